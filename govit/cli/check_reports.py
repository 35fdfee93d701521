"""检查报告的格式：what a run of `check` is asked to write, and each report as it is written."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from govit.cli.common import attempt, in_colour, outside_dossiers, stop, tell
from govit.cli.pairs import SCREEN

if TYPE_CHECKING:
    from govit.change.result import Result
    from govit.cli.checking import ReportStream, WantedReport
    from govit.judging.judge import Report
    from govit.judging.run import Opened, RunSettings
    from govit.judging.stream import ReportHead
    from govit.report.baseline import Since


class CheckFormat(str, Enum):
    """Formats of `check`."""

    text = "text"
    json = "json"
    sarif = "sarif"
    junit = "junit"
    github = "github"
    gitlab = "gitlab"
    markdown = "markdown"
    html = "html"


class CheckView(Enum):
    """What of a report people want to read."""

    whole = "whole"
    todo = "--todo"
    summary = "--summary"
    statistics = "--statistics"


class CheckRequest(NamedTuple):
    """What was asked for, of which dossiers."""

    settings: RunSettings
    opened: Opened
    view: CheckView
    level: str
    base: str | None
    """The approved revision, or that since which findings are new."""
    everything: bool
    quiet: bool


class CheckRun(NamedTuple):
    """One run: what was asked for, and the whole report."""

    request: CheckRequest
    report: Report
    since: Since | None


def view_of(*, todo: bool = False, summary: bool, statistics: bool) -> CheckView:
    """The one view that was asked for."""
    views = [CheckView.todo] * todo + [CheckView.summary] * summary + [CheckView.statistics] * statistics
    if len(views) > 1:
        stop(f"{'、'.join(view.value for view in views)} 只能写一个")
    return views[0] if views else CheckView.whole


def wanted(formats: list[CheckFormat], outputs: list[str]) -> list[tuple[CheckFormat, Path | None]]:
    """Each format with the file that it goes to, None for the screen."""
    chosen = [(fmt, None if out == SCREEN else Path(out)) for fmt, out in zip(formats, outputs, strict=True)]
    if sum(output is None for _, output in chosen) > 1:
        stop("几种格式不能都显示在屏幕上；每个 --format 后面跟一个 --output，最多一个不写")
    files = [output for _, output in chosen if output is not None]
    if len(set(files)) < len(files):
        stop(f"几种格式写进了同一个文件：{files[0]}；请用不同的文件名")
    for output in files:
        outside_dossiers(output)
    return chosen


def stream_of(asked: CheckRequest, head: ReportHead, fmt: CheckFormat, output: Path | None) -> WantedReport | None:
    """A report that is written one project after the other, None for a format that needs all of them at once."""
    from govit.cli.checking import WantedReport

    match fmt:
        case CheckFormat.text:
            return WantedReport(_text_stream(asked, head, colour=in_colour(output)), output, human=True)
        case CheckFormat.json:
            from govit.report.json import JsonStream

            stream = JsonStream(
                head,
                everything=asked.everything,
                statistics=asked.view is CheckView.statistics,
                part=asked.opened.part(asked.settings),
            )
            return WantedReport(stream, output, human=False)
        case CheckFormat.gitlab:
            from govit.report.gitlab import GitlabStream

            return WantedReport(GitlabStream(head), output, human=False)
        case _:
            return None


def _text_stream(asked: CheckRequest, head: ReportHead, *, colour: bool) -> ReportStream:
    from govit.report import text

    match asked.view:
        case CheckView.todo:
            from govit.report.next_step import next_step
            from govit.report.todo import TodoStream

            return TodoStream(head, steps=next_step, quiet=asked.quiet)
        case CheckView.summary:
            return text.SummaryStream(text.render_summary, colour=colour)
        case CheckView.statistics:
            return text.SummaryStream(text.render_statistics, colour=colour)
        case _:
            from govit.judging.run import lines_under

            lines = lines_under(asked.settings.paths)
            return text.TextStream(head, lines, colour=colour, everything=asked.everything, quiet=asked.quiet)


def text_of(made: CheckRun, output: Path | None) -> str:
    """What people read: with the line at fault, in colour on a terminal."""
    from govit.report import text

    report, colour = made.report, in_colour(output)
    note = made.since.note if made.since else ""
    match made.request.view:
        case CheckView.todo:
            from govit.report import todo
            from govit.report.next_step import next_steps

            return todo.render(report, next_steps(made.request.opened.cases()), quiet=made.request.quiet, note=note)
        case CheckView.summary:
            return text.render_summary(report, colour=colour, note=note)
        case CheckView.statistics:
            return text.render_statistics(report, colour=colour, note=note)
        case _:
            from govit.judging.run import lines_under

            lines = lines_under(made.request.settings.paths)
            asked = made.request
            return text.render(report, lines, colour=colour, everything=asked.everything, quiet=asked.quiet, note=note)


def rendered(fmt: CheckFormat, made: CheckRun) -> str:
    """What machines read; only that format's module is imported."""
    report = made.report
    match fmt:
        case CheckFormat.sarif:
            from govit.report import sarif

            more = sarif.left_out(report)
            if more:
                tell(more, err=True)
            return sarif.render(report)
        case CheckFormat.junit:
            from govit.report import junit

            return junit.render(report, made.request.level)
        case CheckFormat.github:
            from govit.report import github

            return github.render(report)
        case CheckFormat.gitlab:
            from govit.report import gitlab

            return gitlab.render(report)
        case CheckFormat.markdown:
            from govit.report import markdown

            return markdown.render(report, made.since.note if made.since else "")
        case CheckFormat.html:
            from govit.report import html

            note = made.since.note if made.since else ""
            return html.render(report, made.request.opened.cases(), note, _changes(made))
        case _:
            from govit.report import json

            return json.render(
                report,
                everything=made.request.everything,
                statistics=made.request.view is CheckView.statistics,
                since=made.since,
                part=made.request.opened.part(made.request.settings),
            )


def _changes(made: CheckRun) -> Result | None:
    """The projects beside the approved revision, where one was named."""
    if made.request.base is None:
        return None
    from govit.change import comparing
    from govit.judging.run import RunSettings

    asked = made.request.settings
    same = RunSettings(
        paths=asked.paths,
        as_of=asked.as_of,
        regulation=asked.regulation,
        regulations=asked.regulations,
        assume_in_force=asked.assume_in_force,
    )
    return attempt(lambda: comparing.comparison(comparing.ComparisonSettings(run=same, base=made.request.base)))
