"""govit change：与批复版本相比变了什么，办法怎么看."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.cli.common import EXIT_FINDINGS, EXIT_USAGE, FailOn, attempt, day, in_colour, outside_dossiers, put, put_data
from govit.cli.proof import proof

if TYPE_CHECKING:
    import typer

    from govit.cli.options import AsOf, AssumeInForce, OneRegulation, Output, OwnRegulations, Paths, Unproven


class ChangeFormat(str, Enum):
    """Formats of `change`."""

    text = "text"
    json = "json"


class Goal(str, Enum):
    """What the clerk says of the goal."""

    same = "不变"
    changed = "改变"


class ContentAnswer(str, Enum):
    """What the clerk says of the main content."""

    adjusted = "有调整"
    same = "无调整"


def command(
    paths: Paths = None,
    base: Annotated[
        str | None,
        typer.Option(
            metavar="REF",
            help="批复版本：git 的标签、分支或提交；默认是 project.yaml 的 approved_revision，没有写的取最新的 approved/ 标签",
        ),
    ] = None,
    as_of: AsOf = None,
    fmt: Annotated[ChangeFormat, typer.Option("--format", help="报告格式")] = ChangeFormat.text,
    output: Output = None,
    fail_on: Annotated[FailOn, typer.Option(help="后果达到哪一级时退出码为 1")] = FailOn.error,
    goal: Annotated[Goal | None, typer.Option(help="说明建设目标是否改变")] = None,
    content: Annotated[ContentAnswer | None, typer.Option(help="说明主要内容有没有调整")] = None,
    ground: Annotated[str | None, typer.Option(help="说明调整属于办法规定的哪一种情形")] = None,
    regulation: OneRegulation = None,
    regulations: OwnRegulations = None,
    assume_in_force: AssumeInForce = False,
    unproven: Unproven = False,
) -> None:
    """与批复版本相比变了什么，占多少，办法要求怎么办."""
    from govit.change import comparing
    from govit.change.difference import Claims
    from govit.judging import run

    outside_dossiers(output)
    settings = comparing.ComparisonSettings(
        run=run.RunSettings(
            paths=tuple(paths or [Path()]),
            as_of=day(as_of),
            regulation=regulation,
            regulations=regulations,
            assume_in_force=assume_in_force,
            proof=proof(unproven=unproven),
        ),
        base=base,
        claims=Claims(
            goal=None if goal is None else goal is Goal.changed,
            content=None if content is None else content is ContentAnswer.adjusted,
            ground=ground,
        ),
    )
    result = attempt(lambda: comparing.comparison(settings))
    if fmt is ChangeFormat.json:
        from govit.report import change_json

        put_data(change_json.render(result), output)
    else:
        from govit.report import change as report

        put(report.render(result, colour=in_colour(output)), output)
    if comparing.nothing_compared(result):
        raise SystemExit(EXIT_USAGE)
    if comparing.fails(result, fail_on.value):
        raise SystemExit(EXIT_FINDINGS)
