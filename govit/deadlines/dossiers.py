"""期限清单：the dates of all chosen projects, and beside those of rules the days of notices, waivers and validity."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.deadlines import due
from govit.deadlines.dates import Deadline, DeadlineState, Listing, ordered, running
from govit.deadlines.notices import unregistered
from govit.dossier.finding import Finding, Outcome, Severity
from govit.judging.case import JudgeableCase, cases, dossier_options, readable
from govit.judging.waivers import subject_of

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from govit.dossier.projects import Dossier
    from govit.judging.case import Case
    from govit.judging.engine import Examined, Options
    from govit.law.library import Library
    from govit.law.regulation import Regulation


def listing(dossiers: Iterable[Dossier], library: Library, options: Options, within: int) -> Listing:
    """Every date of the chosen projects, most urgent first."""
    gathered = _Gathered(options.as_of, within)
    for dossier in dossiers:
        its_options, found = dossier_options(dossier, options)
        gathered.dossier(dossier, found, cases(dossier, library, its_options))
    return gathered.listing(options)


def of_cases(given: Sequence[Case], options: Options, within: int) -> Listing:
    """The dates of projects that were already opened, for a sheet of them."""
    gathered = _Gathered(options.as_of, within)
    by_dossier: dict[int, list[Case]] = {}
    for case in given:
        by_dossier.setdefault(id(case.dossier), []).append(case)
    for mine in by_dossier.values():
        its_options, found = dossier_options(mine[0].dossier, options)
        gathered.dossier(mine[0].dossier, found, (replace(case, options=its_options) for case in mine))
    return gathered.listing(options)


def _distinct(deadlines: Iterable[Deadline]) -> Iterator[Deadline]:
    """Each with a key of its own, also where two projects share an id or two contracts a name."""
    taken: dict[tuple[str, ...], int] = {}
    for deadline in deadlines:
        count = taken[deadline.key] = taken.get(deadline.key, 0) + 1
        if count == 1:
            yield deadline
        else:
            yield replace(deadline, key=(*deadline.key, deadline.project or "", f"{count}"))


class _Gathered:
    """What was found so far."""

    def __init__(self, as_of: dt.date, within: int) -> None:
        self.as_of = as_of
        self.within = within
        self.deadlines: list[Deadline] = []
        self.notes: list[str] = []
        self.used: dict[str, Regulation] = {}
        self.incomplete = False

    def faulty(self, place: str, findings: Iterable[Finding]) -> None:
        """Note that something is written wrongly, so that a date may be missing or wrong."""
        errors = sum(1 for f in findings if f.severity is Severity.ERROR)
        if errors:
            self.notes.append(f"{place}：有 {errors} 处错误，期限可能不全或不准；请先运行 govit check 改正")

    def project(self, case: Case) -> None:
        """Take the dates of one project, or note why it has none."""
        if case.regulation is not None:
            self.used.setdefault(case.regulation.id, case.regulation)
        if case.project.classified:
            self.notes.append(f"{case.path}：涉密项目不在本工具内办理，不列期限")
            return
        called = f"{case.project.name}（{case.path}）" if case.project.name else case.path
        if not isinstance(case, JudgeableCase):
            self.incomplete = True
            why = "没有可用的办法" if readable(case.project) else "project.yaml 无法读取"
            self.notes.append(f"{called}：{why}，没有列出期限；请先运行 govit check 改正")
            return
        self.faulty(called, case.findings)
        examined = case.examined()
        if any(j.rule.demand.is_scope for j in examined.each):
            self.notes.append(f"{called}：不适用所写的办法，没有期限")
            return
        self.notes += [f"{called}：{told}" for told in unregistered(case)]
        self.deadlines += due.of_rules(case, examined, self.within)
        self.deadlines += of_waivers(case, examined, self.within)

    def dossier(self, dossier: Dossier, findings: Iterable[Finding], chosen: Iterable[Case]) -> None:
        """Take the dates of the chosen projects of a dossier, and those that bodies have set for it."""
        self.faulty(dossier.shown, findings)
        before = len(self.deadlines)
        for case in chosen:
            self.project(case)
        self.deadlines += of_notices(dossier, self.as_of, self.within, self.deadlines[before:])

    def listing(self, options: Options) -> Listing:
        """All of it, most urgent first."""
        used = [self.used[key] for key in sorted(self.used)]
        for regulation in used:
            self.deadlines += of_regulation(regulation, self.as_of, self.within)
        return Listing(
            as_of=self.as_of,
            within=self.within,
            assume_in_force=options.assume_in_force,
            regulations=tuple(used),
            deadlines=tuple(ordered(_distinct(self.deadlines))),
            notes=tuple(self.notes),
            incomplete=self.incomplete,
        )


def of_waivers(case: Case, examined: Examined, within: int) -> Iterator[Deadline]:
    """The days on which waivers expire; one that has expired matters while its problem is still there."""
    project, facts = case.project, examined.run.facts
    regulation = facts.regulation
    open_ = {(j.rule.id, j.subject) for j in examined.each if j.verdict.outcome is Outcome.VIOLATES}
    titles = {rule.id: (rule.title, rule.article) for rule in regulation.rules}
    for waiver in project.waivers:
        if waiver.until is None or waiver.rule not in titles:
            continue
        subject = subject_of(waiver, [subject for rule, subject in sorted(open_) if rule == waiver.rule])
        title, article = titles[waiver.rule]
        state = running(waiver.until, facts.as_of, within)
        if state is DeadlineState.OVERDUE and (waiver.rule, subject) not in open_:
            state = DeadlineState.ENDED
        yield Deadline(
            source="waiver",
            project=case.path,
            project_id=project.id,
            project_name=project.name,
            regulation=regulation.id,
            document_number=regulation.document_number,
            rule=waiver.rule,
            duty=f"豁免到期：{title}",
            subject=subject,
            about=subject,
            body=waiver.by or "",
            period="豁免的有效期",
            raw=waiver.until,
            last=waiver.until,
            state=state,
            ends="重新取得批准，或者改正问题",
            article=article,
            number=waiver.number or "",
            severity=Severity.WARNING,
            key=(project.id or case.path, waiver.rule, subject, "waiver"),
        )


def of_notices(dossier: Dossier, as_of: dt.date, within: int, told: Iterable[Deadline]) -> Iterator[Deadline]:
    """The days that bodies set and of which no rule of the chosen projects speaks; `told` is what those say."""
    numbers = {d.number for d in told if d.state is not DeadlineState.NOT_APPLICABLE}
    paths = {near.project.id: (near.path, near.project.name) for near in dossier.near}
    for notice in dossier.settings.notices:
        if notice.on is None or notice.number in numbers or (notice.of is not None and notice.of not in paths):
            continue
        path, name = paths[notice.of] if notice.of else (None, None)
        state = running(notice.on, as_of, within)
        yield Deadline(
            source="notice",
            project=path,
            project_id=notice.of,
            project_name=name,
            regulation=dossier.settings.regulation or "",
            duty=notice.kind or "",
            trigger=f"《{notice.title}》" if notice.title else "",
            period="通知定的日期",
            raw=notice.on,
            last=notice.on,
            state=DeadlineState.ENDED if state is DeadlineState.OVERDUE else state,
            number=notice.number or "",
            severity=Severity.INFO,
            key=(notice.of or "", "notice", notice.kind or "", notice.number or ""),
        )


def of_regulation(regulation: Regulation, as_of: dt.date, within: int) -> list[Deadline]:
    """The last day of a regulation's validity; it never moves."""
    end = regulation.effective_to
    if end is None or regulation.draft:
        return []
    state = running(end, as_of, within)
    says = [s.cite for a in regulation.articles for s in a.sentences if s.status == "施行"]
    line = Deadline(
        source="regulation",
        project=None,
        regulation=regulation.id,
        document_number=regulation.document_number,
        duty=f"《{regulation.title}》有效期届满",
        trigger_date=regulation.effective_from,
        period=f"有效期自 {regulation.effective_from} 至 {end}",
        raw=end,
        last=end,
        state=DeadlineState.ENDED if state is DeadlineState.OVERDUE else state,
        detail=regulation.superseded_by,
        article=says[-1] if says else "",
        severity=Severity.INFO,
        key=("", "regulation", regulation.id),
    )
    return [line]
