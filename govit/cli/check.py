"""govit check：逐条检查项目能否进入下一步."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from govit.base.files import read_bytes
from govit.cli.common import (
    EXIT_FINDINGS,
    EXIT_USAGE,
    FailOn,
    attempt,
    day,
    in_colour,
    outside_dossiers,
    put,
    put_data,
    stop,
    tell,
    write,
)
from govit.cli.pairs import SCREEN, paired

if TYPE_CHECKING:
    import typer

    from govit.change.result import Result
    from govit.cli.options import AsOf, AssumeInForce, NoWaivers, OneRegulation, OwnRegulations, Paths, Stage
    from govit.judging.judge import Report
    from govit.judging.run import Opened, RunSettings
    from govit.law.regulation import Regulation
    from govit.report.baseline import Since
    from govit.yamltext.faults import Fault


LARGEST_REPORT = 500_000_000


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


arranged = paired
"""Each --output stands beside its --format before the options are read."""


def command(
    paths: Paths = None,
    stage: Stage = None,
    as_of: AsOf = None,
    formats: Annotated[
        list[CheckFormat] | None,
        typer.Option("--format", help="报告格式，可写多个，各跟一个 --output", show_default="text"),
    ] = None,
    outputs: Annotated[list[str] | None, typer.Option("--output", "-o", help="报告写入文件", metavar="PATH")] = None,
    fail_on: Annotated[FailOn, typer.Option(help="达到哪一级时退出码为 1")] = FailOn.error,
    regulation: OneRegulation = None,
    regulations: OwnRegulations = None,
    assume_in_force: AssumeInForce = False,
    no_waivers: NoWaivers = False,
    everything: Annotated[bool, typer.Option("--all", help="连同合规和不适用的一起列出")] = False,
    unproven: Annotated[bool, typer.Option("--unproven", help="自备办法的示例不成立，也照样据它判断（编写时用）")] = False,
    annotate: Annotated[
        Path | None, typer.Option(help="把问题写成批注，存为 Word 副本放进这个文件夹，原文件不动", metavar="FOLDER")
    ] = None,
    todo: Annotated[bool, typer.Option("--todo", help="只列待办事项和下一步，按谁来办分组")] = False,
    summary: Annotated[bool, typer.Option("--summary", help="只列汇总表，最需要处理的项目在前")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="只列统计：按规则、单位、阶段、类别")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="只列有问题的项目")] = False,
    baseline: Annotated[
        Path | None, typer.Option(help="只列比这份 JSON 报告新出现的，并计已改正的", metavar="FILE")
    ] = None,
    diff: Annotated[str | None, typer.Option(help="只列比这个 git 版本新出现的，并计已改正的", metavar="REV")] = None,
    base: Annotated[
        str | None,
        typer.Option(help="网页（--format html）里列出每个项目与这个批复版本相比的变更", metavar="REF"),
    ] = None,
    fix: Annotated[bool, typer.Option("--fix", help="显示只有一种改法的笔误怎样改，问过再写入；注释不动")] = False,
    write_fixes: Annotated[bool, typer.Option("--write", help="与 --fix 同用：不询问，直接写入")] = False,
) -> None:
    """逐条检查项目能否进入下一步."""
    from govit.judging import run
    from govit.judging.judge import judge

    view = _view(todo=todo, summary=summary, statistics=statistics)
    if annotate is not None:
        outside_dossiers(annotate / "批注.docx")
    wanted = _wanted(formats or [CheckFormat.text], outputs or [SCREEN])
    if base is not None and CheckFormat.html not in dict(wanted):
        stop("--base 只用于网页：govit check --format html --base …；单看变更用 govit change --base …")
    settings = run.RunSettings(
        paths=tuple(paths or [Path()]),
        as_of=day(as_of),
        stage=stage,
        regulation=regulation,
        regulations=regulations,
        assume_in_force=assume_in_force,
        waivers=not no_waivers,
        todo=todo,
        everything=everything or CheckFormat.junit in dict(wanted),
        proof=None if unproven else _unproven,
    )
    opened = attempt(lambda: run.open_dossiers(settings))
    if fix or write_fixes:
        from govit.cli.fixing import offer

        offer(opened, fix=fix, at_once=write_fixes)
        return
    report = judge(opened.dossiers, opened.library, opened.options, todo=todo)
    _tell_unused(report)
    compared = _since(report, settings, baseline, diff)
    report = compared.report if compared else report
    made = CheckRun(
        settings, opened, report, view, fail_on.value, compared, base or diff, everything=everything, quiet=quiet
    )
    written = [_put(made, fmt, output) for fmt, output in wanted]
    if annotate is not None:
        written.append(_annotate(report, settings, annotate))
    if not all(written):
        raise SystemExit(EXIT_USAGE)
    if run.fails(report, fail_on.value):
        raise SystemExit(EXIT_FINDINGS)


def _unproven(regulation: Regulation) -> list[Fault]:
    """The examples of a pack of the dossier's own that do not hold; imported when there is such a pack."""
    from govit.authoring.example_runs import unproven
    from govit.calendar.workdays import published

    return unproven(regulation, published())


def _tell_unused(report: Report) -> None:
    """What packs of the dossier's own declare and nothing uses, in a line beside the report: it is their author's matter."""
    from govit.law.library import is_built_in

    own = [regulation for regulation in report.regulations if not is_built_in(regulation)]
    if own:
        from govit.authoring.unused import in_one_line

        for line in filter(None, map(in_one_line, own)):
            tell(line, err=True)


class CheckView(Enum):
    """What of a report people want to read."""

    whole = "whole"
    todo = "--todo"
    summary = "--summary"
    statistics = "--statistics"


class CheckRun(NamedTuple):
    """One run: what was asked for, and the report."""

    settings: RunSettings
    opened: Opened
    report: Report
    view: CheckView
    level: str
    since: Since | None
    base: str | None
    """The approved revision, or that since which findings are new."""
    everything: bool
    quiet: bool


def _view(*, todo: bool, summary: bool, statistics: bool) -> CheckView:
    wanted = [CheckView.todo] * todo + [CheckView.summary] * summary + [CheckView.statistics] * statistics
    if len(wanted) > 1:
        stop(f"{'、'.join(view.value for view in wanted)} 只能写一个")
    return wanted[0] if wanted else CheckView.whole


def _since(report: Report, settings: RunSettings, baseline: Path | None, diff: str | None) -> Since | None:
    """What is new since an earlier report or revision, where one was named."""
    if baseline is None and diff is None:
        return None
    if baseline is not None and diff is not None:
        stop("--baseline、--diff 只能写一个")
    from govit.report import baseline as comparing

    if baseline is not None:
        data = attempt(lambda: read_bytes(baseline, LARGEST_REPORT))
        earlier, name = attempt(lambda: comparing.read_report(data, str(baseline))), str(baseline)
    else:
        from govit.change.earlier import findings_at

        name = diff or ""
        earlier = comparing.of_findings(attempt(lambda: findings_at(settings, name)))
    return comparing.since(report, earlier, name)


def _put(made: CheckRun, fmt: CheckFormat, output: Path | None) -> bool:
    """Write one report; whether it could be written. The others are written whatever becomes of it."""
    try:
        if fmt is CheckFormat.text:
            put(_as_text(made, output), output)
        else:
            put_data(_rendered(fmt, made), output)
    except SystemExit:  # it was said why
        return False
    return True


def _wanted(formats: list[CheckFormat], outputs: list[str]) -> list[tuple[CheckFormat, Path | None]]:
    """Each format with the file that it goes to, None for the screen."""
    wanted = [(fmt, None if out == SCREEN else Path(out)) for fmt, out in zip(formats, outputs, strict=True)]
    if sum(output is None for _, output in wanted) > 1:
        stop("几种格式不能都显示在屏幕上；每个 --format 后面跟一个 --output，最多一个不写")
    files = [output for _, output in wanted if output is not None]
    if len(set(files)) < len(files):
        stop(f"几种格式写进了同一个文件：{files[0]}；请用不同的文件名")
    for output in files:
        outside_dossiers(output)
    return wanted


def _annotate(report: Report, settings: RunSettings, folder: Path) -> bool:
    """Write the copies; what became of each document is said beside the report. Whether all could be written."""
    from govit.forms.word.comments import annotate
    from govit.judging.run import located

    none, whole = True, True
    for one in annotate(report, located(settings.paths)):
        none = False
        if one.copy is None:
            tell(f"没有批注 {one.file}：{one.reason}", err=True)
            continue
        path = Path(one.file)
        target = folder / path.parent / f"{path.stem}（批注）{path.suffix}"
        try:
            write(target, one.copy, folder)
        except SystemExit:  # it was said why
            whole = False
        else:
            tell(f"已写批注 {target}（{one.comments} 条）", err=True)
    if none:
        tell("没有需要批注的 Word 文件；Markdown 文件和 project.yaml 的问题见报告", err=True)
    return whole


def _changes(made: CheckRun) -> Result | None:
    """The projects beside the approved revision, where one was named."""
    if made.base is None:
        return None
    from govit.change import comparing
    from govit.judging.run import RunSettings

    asked = made.settings
    same = RunSettings(
        paths=asked.paths,
        as_of=asked.as_of,
        regulation=asked.regulation,
        regulations=asked.regulations,
        assume_in_force=asked.assume_in_force,
    )
    return attempt(lambda: comparing.comparison(comparing.ComparisonSettings(run=same, base=made.base)))


def _as_text(made: CheckRun, output: Path | None) -> str:
    """What people read: with the line at fault, in colour on a terminal."""
    from govit.report import text

    report, colour = made.report, in_colour(output)
    note = made.since.note if made.since else ""
    match made.view:
        case CheckView.todo:
            from govit.report import todo
            from govit.report.next_step import next_steps

            return todo.render(report, next_steps(made.opened.cases()), quiet=made.quiet, note=note)
        case CheckView.summary:
            return text.render_summary(report, colour=colour, note=note)
        case CheckView.statistics:
            return text.render_statistics(report, colour=colour, note=note)
        case _:
            from govit.judging.run import lines_under

            lines = lines_under(made.settings.paths)
            return text.render(report, lines, colour=colour, everything=made.everything, quiet=made.quiet, note=note)


def _rendered(fmt: CheckFormat, made: CheckRun) -> str:
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

            return junit.render(report, made.level)
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
            return html.render(report, made.opened.cases(), note, _changes(made))
        case _:
            from govit.report import json

            return json.render(
                report, everything=made.everything, statistics=made.view is CheckView.statistics, since=made.since
            )
