"""govit explain：说明一条规则或一条条文."""

from __future__ import annotations

from typing import Annotated

import typer

from govit.cli.common import OwnRegulations, attempt, tell


def command(
    what: Annotated[
        str,
        typer.Argument(help="规则编号（前缀-条号-序号）或条号（第十九条，可加 --regulation）", metavar="RULE|ARTICLE"),
    ],
    regulation: Annotated[str | None, typer.Option(help="办法标识")] = None,
    regulations: OwnRegulations = None,
) -> None:
    """说明一条规则或一条条文：原文、要求、示例、怎么写."""
    from govit.authoring import explain as explaining
    from govit.law.library import Library

    tell(attempt(lambda: explaining.explain(Library(), what, regulation, regulations)), nl=False)
