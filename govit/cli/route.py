"""govit route：列出本项目的审批路径."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.cli.common import EXIT_FINDINGS, attempt, day, in_colour, outside_dossiers, put, put_data
from govit.cli.proof import proof

if TYPE_CHECKING:
    import typer

    from govit.cli.options import AsOf, AssumeInForce, OneRegulation, Output, OwnRegulations, Paths, Stage, Unproven


class RouteFormat(str, Enum):
    """Formats of `route`."""

    text = "text"
    json = "json"
    mermaid = "mermaid"


def command(
    paths: Paths = None,
    stage: Stage = None,
    as_of: AsOf = None,
    fmt: Annotated[
        RouteFormat, typer.Option("--format", help="格式；mermaid 是写在 Markdown 里的流程图")
    ] = RouteFormat.text,
    output: Output = None,
    regulation: OneRegulation = None,
    regulations: OwnRegulations = None,
    assume_in_force: AssumeInForce = False,
    unproven: Unproven = False,
    everything: Annotated[bool, typer.Option("--all", help="连同不适用的步骤和另外的路径一起列出，写明原因")] = False,
) -> None:
    """列出本项目的审批路径：每一步由谁办、依据哪一条、带什么材料、办了没有."""
    from govit.judging import run
    from govit.report import route as text
    from govit.route.routing import route

    outside_dossiers(output)
    settings = run.RunSettings(
        paths=tuple(paths or [Path()]),
        as_of=day(as_of),
        stage=stage,
        regulation=regulation,
        regulations=regulations,
        assume_in_force=assume_in_force,
        proof=proof(unproven=unproven),
    )
    opened = attempt(lambda: run.open_dossiers(settings))
    general, routed = opened.findings(), sorted(map(route, opened.cases()), key=lambda r: r.path)
    if fmt is RouteFormat.json:
        from govit.report import route_json

        put_data(route_json.render(routed, settings.as_of, general, everything=everything), output)
    elif fmt is RouteFormat.mermaid:
        from govit.report import mermaid

        put_data(mermaid.render(routed, settings.as_of, general, assume_in_force=assume_in_force), output)
    else:
        shown = text.render(
            routed,
            settings.as_of,
            general,
            assume_in_force=assume_in_force,
            everything=everything,
            colour=in_colour(output),
        )
        put(shown, output)
    if text.errors_in(general) or any(not r.routes and text.errors_of(r) for r in routed):
        raise SystemExit(EXIT_FINDINGS)
