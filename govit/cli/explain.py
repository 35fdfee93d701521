"""govit explain：说明一条规则或一条条文."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.cli.common import attempt, tell

if TYPE_CHECKING:
    import typer

    from govit.cli import completing
    from govit.cli.options import OwnRegulations


def command(
    what: Annotated[
        str,
        typer.Argument(
            help="规则编号（前缀-条号-序号）、条号（第十九条，可加 --regulation），或者要找的词",
            metavar="RULE|ARTICLE|WORDS",
            autocompletion=completing.rules,
        ),
    ],
    regulation: Annotated[str | None, typer.Option(help="办法标识", autocompletion=completing.regulations)] = None,
    regulations: OwnRegulations = None,
) -> None:
    """说明一条规则或一条条文：原文、要求、示例、怎么写；或者按词查找."""
    from govit.authoring import explain as explaining
    from govit.dossier.nearest import regulations_near
    from govit.law.library import Library

    near = regulations_near(Path())
    own = regulations or near.packs
    if near.odd and own is None:
        tell(f"提醒：{near.odd}", err=True)
    tell(attempt(lambda: explaining.explain(Library(), what, regulation, own, near.ids)), nl=False)
