"""govit check：逐条检查项目能否进入下一步."""

from __future__ import annotations

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated

import typer

from govit.cli.common import (
    EXIT_FINDINGS,
    AsOf,
    OneRegulation,
    Output,
    OwnRegulations,
    Paths,
    attempt,
    day,
    outside_dossiers,
    put,
)


class FailOn(str, Enum):
    """At which level a run fails."""

    error = "error"
    warning = "warning"
    undetermined = "undetermined"


class CheckFormat(str, Enum):
    """Formats of `check`."""

    text = "text"
    json = "json"


def command(  # noqa: PLR0913, PLR0917 - one parameter for each option
    paths: Paths = None,
    stage: Annotated[str | None, typer.Option(help="按即将进入的阶段判断，例如 审批")] = None,
    as_of: AsOf = None,
    fmt: Annotated[CheckFormat, typer.Option("--format", help="报告格式")] = CheckFormat.text,
    output: Output = None,
    fail_on: Annotated[FailOn, typer.Option(help="达到哪一级时退出码为 1")] = FailOn.error,
    regulation: OneRegulation = None,
    regulations: OwnRegulations = None,
    assume_in_force: Annotated[bool, typer.Option("--assume-in-force", help="假定办法在判断日施行")] = False,  # noqa: FBT002
    no_waivers: Annotated[bool, typer.Option("--no-waivers", help="不采用豁免")] = False,  # noqa: FBT002
    everything: Annotated[bool, typer.Option("--all", help="连同合规和不适用的一起列出")] = False,  # noqa: FBT002
    todo: Annotated[bool, typer.Option("--todo", help="只列待办事项，按谁来回答分组")] = False,  # noqa: FBT002
) -> None:
    """逐条检查项目能否进入下一步."""
    from govit import run

    outside_dossiers(output)
    settings = run.Settings(
        paths=tuple(paths or [Path()]),
        as_of=day(as_of),
        stage=stage,
        regulation=regulation,
        regulations=regulations,
        assume_in_force=assume_in_force,
        waivers=not no_waivers,
        todo=todo,
        everything=everything,
    )
    report = attempt(lambda: run.check(settings))
    if fmt is CheckFormat.json:
        from govit.report import json as report_json

        text = report_json.render(report, everything=everything)
    else:
        from govit.report import text as report_text

        if todo:
            text = report_text.render_todo(report)
        else:
            colour = output is None and sys.stdout.isatty()
            text = report_text.render(report, run.lines_under(settings.paths), colour=colour, everything=everything)
    put(text, output)
    if run.fails(report, fail_on.value):
        raise typer.Exit(EXIT_FINDINGS)
