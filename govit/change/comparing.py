"""比较：every project that was asked for beside its approved revision, for the command line and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.base.records import named_record
from govit.base.usage import UsageError
from govit.change.approved import Approved, NotComparedError, Repositories, approved
from govit.change.consequences import Sides, consequences
from govit.change.difference import Claims, compare
from govit.change.git import GitError
from govit.change.result import Compared, Comparison, Result, Why
from govit.change.words import in_words
from govit.dossier.finding import FAILING, count
from govit.dossier.model import named
from govit.judging.case import readable
from govit.judging.run import Opened, RunSettings, open_dossiers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govit.change.difference import Difference
    from govit.dossier.finding import Finding
    from govit.dossier.model import Project
    from govit.judging.case import Case


@named_record
class ComparisonSettings:
    """What a comparison was asked for."""

    run: RunSettings
    base: str | None = None
    claims: Claims = Claims()


def comparison(settings: ComparisonSettings) -> Result:
    """Compare; UsageError for what the user got wrong."""
    opened = open_dossiers(settings.run)
    found = list(opened.cases())
    _known_ground(settings.claims.ground, found)
    repositories = Repositories()
    projects = [_compared(case, repositories, opened, settings) for case in found]
    regulations = {case.regulation.id: case.regulation for case in found if case.regulation}
    return Result(
        as_of=opened.options.as_of,
        assume_in_force=opened.options.assume_in_force,
        regulations=tuple(regulations[key] for key in sorted(regulations)),
        projects=tuple(sorted(projects, key=lambda project: project.path)),
    )


def fails(result: Result, level: str) -> bool:
    """Whether a run fails: at a finding of the level, or because a project that should be compared could not be."""
    if any(p.why not in (None, Why.NEW, Why.CLASSIFIED) for p in result.projects):
        return True
    return any(_reaches(project.findings, level) or _every_way(project, level) for project in result.projects)


def _every_way(project: Compared, level: str) -> bool:
    """Whether each of the ways that are left reaches the level; that several are left is itself undetermined."""
    follows = project.comparison.consequences if project.comparison else None
    if follows is None or not follows.scenarios:
        return False
    return level == "undetermined" or all(_reaches(scenario.findings, level) for scenario in follows.scenarios)


def _reaches(findings: Iterable[Finding], level: str) -> bool:
    counts = count(list(findings))
    return any(counts[counter] for counter in FAILING[level])


def nothing_compared(result: Result) -> bool:
    """Whether there is no comparison at all: the user asked for what cannot be had."""
    return not any(p.comparison or p.why is Why.CLASSIFIED for p in result.projects)


def _known_ground(ground: str | None, found: list[Case]) -> None:
    known = {word: None for case in found if case.regulation for word in case.regulation.words.get("grounds", {})}
    if ground is not None and ground not in known:
        other = did_you_mean(ground, known) if known else "这些项目的办法没有规定调整情形，不用写 --ground"
        message = f"没有“{ground}”这个调整情形；{other}"
        raise UsageError(message)


def _compared(case: Case, repositories: Repositories, opened: Opened, settings: ComparisonSettings) -> Compared:
    project = case.project
    if project.classified:
        return _without(case, Why.CLASSIFIED, "涉密项目不在本工具内比较，按保密规定线下办理")
    if not readable(project):
        told = project.faults[0].message if project.faults else ""
        return _without(case, Why.UNREADABLE, f"project.yaml 不能读取：{told}；先用 govit check 查看")
    others = {n.project.id for n in case.dossier.index.projects if n.project.id and n.project.id != project.id}
    run = settings.run
    try:
        then = approved(
            repositories,
            project,
            settings.base,
            frozenset(others),
            opened.library.vocabulary,
            run.regulation,
            run.regulations or case.dossier.packs,
        )
    except NotComparedError as error:
        return _without(case, error.why, str(error))
    except GitError as error:
        return _without(case, Why.REPOSITORY, str(error))
    return _with(case, then, settings.claims)


def _without(case: Case, why: Why, message: str) -> Compared:
    return Compared(
        path=case.path,
        id=case.project.id,
        name=case.project.name,
        regulation=case.regulation,
        shared=case.project.shared,
        why=why,
        message=message,
    )


def _with(case: Case, then: Approved, claims: Claims) -> Compared:
    project, regulation = case.project, case.regulation
    found = compare(then.project, project, case.options.as_of, claims)
    sides = Sides(then=then.project, now=project, found=found, written=frozenset(paper.path for paper in then.papers))
    follows = consequences(sides, regulation, case.dossier.index, case.options) if regulation else None
    return Compared(
        path=case.path,
        id=project.id,
        name=project.name,
        regulation=regulation,
        shared=project.shared,
        base=then.base,
        comparison=Comparison(
            difference=found,
            papers=then.papers,
            consequences=follows,
            notes=tuple(_notes(case, then, found)),
        ),
    )


def _notes(case: Case, then: Approved, found: Difference) -> Iterator[str]:
    """What the reader of a comparison should know about the two sides of it."""
    before, now = then.project, case.project
    if then.uncommitted:
        yield "项目文件夹里的改动还没有提交：比较的是文件夹里现在的内容，不是最近一次提交"
    if then.base.folder != then.here:
        yield f"批复时文件夹是 {then.base.folder}，现在是 {then.here}，按项目标识 id 认出"
    for key in ("id", "regulation"):
        if getattr(before, key) != getattr(now, key):
            yield f"{named(key)}不同：批复版本是 {in_words(getattr(before, key))}，现在是 {in_words(getattr(now, key))}"
    for when, project in (("批复版本的", before), ("现在的", now)):
        if project.faults:
            first = project.faults[0]
            yield (
                f"{when} project.yaml 有 {len(project.faults)} 处问题，读不出的值按没有填写比较；"
                f"第一处：第 {first.line} 行 {first.message}"
            )
    yield from found.money.doubts
    yield from _about_approvals(before, now)
    yield from _about_records(found)


def _about_approvals(before: Project, now: Project) -> Iterator[str]:
    """Approvals of the revision that are gone or say another amount: bounds are shares of what was approved."""
    kept = {(a.act, a.body, a.date): a.amount for a in now.approvals}
    for approval in before.approvals:
        key = approval.act, approval.body, approval.date
        when = f"{approval.body or ''}“{approval.act or ''}”（{approval.date or '没有日期'}）"
        if key not in kept:
            yield f"批复版本里有{when}的记录，现在没有了：更正的请说明，批准过的记录不应删去"
        elif kept[key] != approval.amount:
            yield (
                f"{when}的金额，批复版本是 {in_words(approval.amount)}，现在改为 {in_words(kept[key])}；"
                "限额按现在的计算，请先核对批文。重新批准的应另记一条"
            )


def _about_records(found: Difference) -> Iterator[str]:
    recorded = found.recorded
    for change in recorded.gone:
        yield f"批复版本里有 {change.on or '没有日期'} 的调整记录，现在没有了；调整记录不应删去，仍计入累计"
    for was, change in recorded.corrected:
        yield f"{change.on} 的调整，批复版本记 {in_words(was)}，现在改为 {in_words(change.amount)}；累计按现在的计算"
    if recorded.unpriced:
        yield "有调整记录没有写 amount（资金调整数额），累计时没有计入"
