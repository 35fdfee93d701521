"""govit check：逐条检查项目能否进入下一步."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.base.files import read_bytes
from govit.cli.check_reports import CheckFormat, CheckRequest, CheckRun, rendered, stream_of, text_of, view_of, wanted
from govit.cli.common import (
    EXIT_FINDINGS,
    EXIT_USAGE,
    FailOn,
    attempt,
    day,
    outside_dossiers,
    put,
    put_data,
    stop,
    tell,
    write,
)
from govit.cli.pairs import SCREEN, paired
from govit.cli.proof import proof

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import typer

    from govit.cli.checking import WantedReport
    from govit.cli.options import AsOf, AssumeInForce, NoWaivers, OneRegulation, OwnRegulations, Paths, Stage, Unproven
    from govit.judging.judge import Report
    from govit.judging.run import RunSettings
    from govit.judging.stream import Pile
    from govit.law.regulation import Regulation
    from govit.report.baseline import Since


LARGEST_REPORT = 500_000_000
MOST_PARTS, MOST_JOBS = 1000, 256

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
    unproven: Unproven = False,
    annotate: Annotated[
        Path | None, typer.Option(help="把问题写成批注，存为 Word 副本放进这个文件夹，原文件不动", metavar="FOLDER")
    ] = None,
    todo: Annotated[bool, typer.Option("--todo", help="只列待办事项和下一步，按谁来办分组")] = False,
    summary: Annotated[bool, typer.Option("--summary", help="只列汇总表，最需要处理的项目在前")] = False,
    statistics: Annotated[bool, typer.Option("--statistics", help="只列统计：按规则、单位、阶段、类别")] = False,
    rules: Annotated[
        list[str] | None,
        typer.Option("--rule", help="只列这条规则的结论，可写多个；写 LYG-12 是 LYG-12- 打头的各条", metavar="RULE"),
    ] = None,
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
    jobs: Annotated[
        int | None,
        typer.Option(help="用几个进程检查，几个都是同样的报告", metavar="N", show_default="看项目数和处理器"),
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option(
            help="只检查几份里的一份，例如 2/4；邻近项目看整个卷宗，各份的 JSON 用 govit join 合并", metavar="N/M"
        ),
    ] = None,
) -> None:
    """逐条检查项目能否进入下一步."""
    from govit.base import workers
    from govit.cli import checking
    from govit.judging import run
    from govit.judging.stream import Pile

    view = view_of(todo=todo, summary=summary, statistics=statistics)
    if annotate is not None:
        outside_dossiers(annotate / "批注.docx")
    chosen = wanted(formats or [CheckFormat.text], outputs or [SCREEN])
    if rules:
        _can_be_chosen(dict(chosen), compared=baseline is not None or diff is not None, shard=shard is not None)
    if base is not None and CheckFormat.html not in dict(chosen):
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
        everything=everything or CheckFormat.junit in dict(chosen),
        rules=tuple(dict.fromkeys(rules or ())),
        proof=proof(unproven=unproven),
        part=_part(shard),
        jobs=_jobs(jobs),
    )
    opened = attempt(lambda: run.open_dossiers(settings))
    if fix or write_fixes:
        from govit.cli.fixing import offer

        offer(opened, fix=fix, at_once=write_fixes)
        return
    pile = Pile(opened, todo=todo)
    _known_rules(settings.rules, pile.head.regulations)
    _tell_unused(pile.head.regulations)
    asked = CheckRequest(settings, opened, view, fail_on.value, base or diff, everything=everything, quiet=quiet)
    processes = workers.processes(settings.jobs, len(pile))
    streams = [stream_of(asked, pile.head, fmt, output) for fmt, output in chosen]
    if annotate is None and baseline is None and diff is None and all(streams):
        counts, written = _streamed(pile, streams, processes)
    else:
        report = checking.gathered(pile, processes)
        compared = _since(report, settings, baseline, diff)
        report = compared.report if compared else report
        made = CheckRun(asked, report, compared)
        put_out = [_put(made, fmt, output) for fmt, output in chosen]
        written = all(put_out)
        if annotate is not None:
            written = _annotate(report, settings, annotate) and written
        counts = report.counts
    if not written:
        raise SystemExit(EXIT_USAGE)
    if run.fails(counts, fail_on.value):
        raise SystemExit(EXIT_FINDINGS)


def _part(given: str | None) -> tuple[int, int] | None:
    """The number of the part, and of how many, of 2/4."""
    if given is None:
        return None
    number, _, of = given.partition("/")
    plain = all(text.isascii() and text.isdigit() and len(text) <= len(str(MOST_PARTS)) for text in (number, of))
    if not plain or not 1 <= int(number) <= int(of) <= MOST_PARTS:
        stop(f"--shard：看不懂“{given}”，写成 2/4 的样子（四份里的第二份），最多 {MOST_PARTS} 份")
    return int(number), int(of)


def _jobs(given: int | None) -> int | None:
    if given is not None and not 1 <= given <= MOST_JOBS:
        stop(f"--jobs：写 1 到 {MOST_JOBS}，是 {given}；不写的，看项目数和处理器")
    return given


def _can_be_chosen(formats: Iterable[CheckFormat], *, compared: bool, shard: bool) -> None:
    """Not where what is left out would pass for mended."""
    aside = [fmt.value for fmt in formats if fmt in (CheckFormat.sarif, CheckFormat.gitlab)]
    if aside:
        stop(f"--rule 不能与 --format {aside[0]} 一起用：平台会把没有列出的当作已经改正")
    if compared or shard:
        stop("--rule 不能与 --baseline、--diff、--shard 一起用：没有列出的会被当作已经改正或者没有问题")


def _known_rules(rules: Sequence[str], regulations: Iterable[Regulation]) -> None:
    """Each that was asked for is a rule of a regulation of these projects, or one of govit's own."""
    if not rules:
        return
    from govit.base.nearest import did_you_mean
    from govit.dossier.own_rules import GOV_RULES
    from govit.judging.selection import unknown

    known = [*(rule.id for one in regulations for rule in one.rules), *GOV_RULES]
    wrong = unknown(rules, known)
    if wrong is not None:
        stop(f"--rule：这些项目的办法里没有 {wrong}；{did_you_mean(wrong, known)}")


def _tell_unused(regulations: Iterable[Regulation]) -> None:
    """What packs of the dossier's own declare and nothing uses, in a line beside the report: it is their author's matter."""
    from govit.law.library import is_built_in

    own = [regulation for regulation in regulations if not is_built_in(regulation)]
    if own:
        from govit.authoring.unused import in_one_line

        for line in filter(None, map(in_one_line, own)):
            tell(line, err=True)


def _streamed(pile: Pile, streams: Sequence[WantedReport | None], processes: int) -> tuple[Mapping[str, int], bool]:
    """The counts of all projects, and whether every report could be written."""
    from govit.cli.checking import streamed

    totals, written = streamed(pile, [one for one in streams if one is not None], processes)
    return totals.counts, written


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
            put(text_of(made, output), output)
        else:
            put_data(rendered(fmt, made), output)
    except SystemExit:  # it was said why
        return False
    return True


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
