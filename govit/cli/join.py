"""govit join：把几份检查报告合成一份."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from govit.base.files import read_bytes
from govit.cli.check import LARGEST_REPORT
from govit.cli.check_reports import CheckFormat, CheckView, view_of, wanted
from govit.cli.common import EXIT_FINDINGS, EXIT_USAGE, FailOn, attempt, in_colour, put, put_data, stop, tell
from govit.cli.pairs import SCREEN, paired

if TYPE_CHECKING:
    from pathlib import Path

    import typer

    from govit.cli.options import OwnRegulations
    from govit.judging.judge import Report

arranged = paired
"""Each --output stands beside its --format before the options are read."""


def command(
    files: Annotated[list[Path], typer.Argument(help="govit check --format json 写出的报告", metavar="FILE...")],
    formats: Annotated[
        list[CheckFormat] | None,
        typer.Option("--format", help="报告格式，可写多个，各跟一个 --output", show_default="text"),
    ] = None,
    outputs: Annotated[list[str] | None, typer.Option("--output", "-o", help="报告写入文件", metavar="PATH")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="达到哪一级时退出码为 1")] = FailOn.error,
    regulations: OwnRegulations = None,
    summary: Annotated[bool, typer.Option("--summary", help="只列汇总表，最需要处理的项目在前")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="只列统计：按规则、单位、阶段、类别")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只列有问题的项目")] = False,
) -> None:
    """把几个任务分份检查的报告合成一份."""
    from govit.judging.run import fails
    from govit.law.library import Library
    from govit.report import joined

    view = view_of(summary=summary, statistics=statistics)
    chosen = wanted(formats or [CheckFormat.text], outputs or [SCREEN])
    if regulations is not None and not regulations.is_dir():
        stop(f"自备办法的文件夹不存在：{regulations}")
    parts = attempt(lambda: [joined.read_part(read_bytes(path, LARGEST_REPORT), str(path)) for path in files])
    report = attempt(lambda: joined.joined(parts, Library(examples=False), regulations))
    written = [_put(report, fmt, output, view, fail_on.value, quiet=quiet) for fmt, output in chosen]
    if not all(written):
        raise SystemExit(EXIT_USAGE)
    if fails(report.counts, fail_on.value):
        raise SystemExit(EXIT_FINDINGS)


def _put(report: Report, fmt: CheckFormat, output: Path | None, view: CheckView, level: str, *, quiet: bool) -> bool:
    """Write one format; whether it could be written."""
    try:
        if fmt is CheckFormat.text:
            put(_as_text(report, view, colour=in_colour(output), quiet=quiet), output)
        else:
            put_data(_rendered(report, fmt, level, statistics=view is CheckView.statistics), output)
    except SystemExit:  # it was said why
        return False
    return True


def _as_text(report: Report, view: CheckView, *, colour: bool, quiet: bool) -> str:
    """What people read. The lines at fault are those of other folders, maybe of other machines: none is shown."""
    from govit.report import text

    match view:
        case CheckView.summary:
            return text.render_summary(report, colour=colour)
        case CheckView.statistics:
            return text.render_statistics(report, colour=colour)
        case _:
            return text.render(report, lambda _: None, colour=colour, everything=True, quiet=quiet)


def _rendered(report: Report, fmt: CheckFormat, level: str, *, statistics: bool) -> str:
    """What machines read: what the parts list, all of it."""
    from importlib import import_module

    module = import_module(f"govit.report.{fmt.value}")
    match fmt:
        case CheckFormat.json:
            return str(module.render(report, everything=True, statistics=statistics))
        case CheckFormat.junit:
            return str(module.render(report, level))
        case CheckFormat.sarif:
            more = module.left_out(report)
            if more:
                tell(more, err=True)
    return str(module.render(report))
