"""govit schema：project.yaml、govit.yaml 和办法的 JSON Schema，供编辑器补全和提示."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.cli.common import attempt, put_data, stop

if TYPE_CHECKING:
    import typer

    from govit.cli import completing
    from govit.cli.options import Output, OwnRegulations
    from govit.law.vocabulary import Vocabulary


class SchemaOf(str, Enum):
    """Which file a schema is of."""

    project = "project"
    govit = "govit"
    regulation = "regulation"


def command(
    what: Annotated[
        SchemaOf,
        typer.Argument(
            help="哪个文件：project（project.yaml）、govit（govit.yaml）或 regulation（自备的办法）",
            metavar="[project|govit|regulation]",
        ),
    ] = (SchemaOf.project),
    regulation: Annotated[
        str | None,
        typer.Option(help="只列一个办法的词；默认列全部办法的", autocompletion=completing.regulations),
    ] = None,
    regulations: OwnRegulations = None,
    output: Output = None,
) -> None:
    """输出 project.yaml、govit.yaml 或办法的 JSON Schema，编辑器用它补全和提示."""
    from govit.dossier.nearest import regulations_near

    own = regulations or regulations_near(Path()).packs
    if what is SchemaOf.regulation:
        from govit.authoring import pack_schema

        put_data(pack_schema.render(_words(regulation, own)), output)
        return
    from govit.authoring import coverage
    from govit.law.library import Library
    from govit.scaffold import schema

    found = attempt(lambda: coverage.chosen(Library(), regulation, own))
    put_data(schema.render(what.value, found), output)


def _words(regulation: str | None, own: Path | None) -> Vocabulary | None:
    """The words of a pack, also of one that has faults elsewhere: its author wants them while he writes."""
    from govit.base.nearest import did_you_mean
    from govit.law.library import Library
    from govit.law.packs.pack import PackError, vocabulary_of

    if regulation is None:
        return None
    library = Library()
    path = library.path(regulation, own)
    if path is None:
        stop(f"没有“{regulation}”这个办法；{did_you_mean(regulation, library.ids(own))}")
    try:
        return attempt(lambda: vocabulary_of(path))
    except PackError as error:
        stop(f"办法包读不出来：\n{error}")
