"""govit schema：project.yaml 和 govit.yaml 的 JSON Schema，供编辑器补全和提示."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.cli.common import attempt, put_data

if TYPE_CHECKING:
    import typer

    from govit.cli import completing
    from govit.cli.options import Output, OwnRegulations


class SchemaOf(str, Enum):
    """Which file a schema is of."""

    project = "project"
    govit = "govit"


def command(
    what: Annotated[
        SchemaOf,
        typer.Argument(help="哪个文件：project（project.yaml）或 govit（govit.yaml）", metavar="[project|govit]"),
    ] = (SchemaOf.project),
    regulation: Annotated[
        str | None, typer.Option(help="只列一个办法的词；默认列全部办法的", autocompletion=completing.regulations)
    ] = None,
    regulations: OwnRegulations = None,
    output: Output = None,
) -> None:
    """输出 project.yaml 或 govit.yaml 的 JSON Schema，编辑器用它补全和提示."""
    from govit.authoring import coverage
    from govit.dossier.nearest import regulations_near
    from govit.law.library import Library
    from govit.scaffold import schema

    own = regulations or regulations_near(Path()).packs
    found = attempt(lambda: coverage.chosen(Library(), regulation, own))
    put_data(schema.render(what.value, found), output)
