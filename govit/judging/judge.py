"""一次检查：dossiers and regulations -> one report. A fault in one project never hides another's."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from govit.base.records import named_record, replace
from govit.base.wording import Wording
from govit.dossier.finding import Finding, Outcome, Severity, count, told_apart
from govit.dossier.own_rules import NOT_IN_FORCE, finding_of
from govit.judging import own_sums as consistency
from govit.judging import waivers
from govit.judging.case import JudgeableCase, cases, dossier_options
from govit.judging.figures import repeated
from govit.judging.gaps import missing_record
from govit.judging.selection import told_of
from govit.law.regulation import STATUS_WORDS
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence
    from decimal import Decimal

    from govit.dossier.projects import Dossier
    from govit.judging.case import Case
    from govit.judging.engine import Options
    from govit.law.library import Library
    from govit.law.regulation import Regulation


@named_record
class Judged:
    """一个项目的结果：what is open, or every finding if that was asked for; the others are counted."""

    path: str
    id: str | None
    name: str | None
    regulation: Regulation | None
    stage: str | None
    findings: tuple[Finding, ...]
    unit: str | None = None
    category: str | None = None
    total: Decimal | None = None
    complies: int = 0
    not_applicable: int = 0
    earlier_law: int = 0
    shared: bool = False
    """Whether other regulations apply to the project as well, which are told of apart."""

    @property
    def counts(self) -> Mapping[str, int]:
        """The six counters of this project."""
        return count(list(self.findings))


@named_record
class Report:
    """一次检查的结果."""

    as_of: dt.date
    assume_in_force: bool
    regulations: tuple[Regulation, ...]
    projects: tuple[Judged, ...]
    general: tuple[Finding, ...]
    chosen: tuple[str, ...] = ()
    """The rules that were asked for, where not all were."""

    @property
    def size(self) -> int:
        """How many projects there are, each once however many regulations apply to it."""
        return len({project.path for project in self.projects})

    @property
    def findings(self) -> list[Finding]:
        """All findings, those of no single project first."""
        return [*self.general, *(finding for project in self.projects for finding in project.findings)]

    def first_of(self, regulation: str) -> str | None:
        """The path of the first project under a regulation."""
        return next((p.path for p in self.projects if p.regulation and p.regulation.id == regulation), None)

    @property
    def counts(self) -> Mapping[str, int]:
        """The six counters of the run."""
        return count(self.findings)


def asked_once(judged: Sequence[Judged]) -> list[Judged]:
    """One project under several regulations: what the first asks for is asked by it alone, also for the others."""
    if len(judged) == 1:
        return list(judged)
    found = [list(one.findings) for one in judged]
    asked: dict[object, tuple[int, int]] = {}
    for n, findings in enumerate(found):
        kept: list[Finding] = []
        for finding in findings:
            keys = _asks(finding)
            before = [asked.get(key) for key in keys]
            first = before[0] if before and None not in before else None
            if first is not None and first[0] < n and found[first[0]][first[1]].severity >= finding.severity:
                at, place = first
                found[at][place] = _for_another(found[at][place], finding, judged[n].regulation)
                continue
            for key in keys:
                asked.setdefault(key, (n, len(kept)))
            kept.append(finding)
        found[n] = kept
    return [replace(one, findings=tuple(f), shared=True) for one, f in zip(judged, found, strict=True)]


def _asks(finding: Finding) -> list[object]:
    """What must be answered or filled in before a finding can be judged: values of the whole project only."""
    if finding.outcome is not Outcome.UNDETERMINED:
        return []
    if finding.asks is not None:
        return [finding.asks.name]
    return list(finding.missing) if all(one.whole for one in finding.missing) else []


def _for_another(finding: Finding, other: Finding, regulation: Regulation | None) -> Finding:
    """A question that another regulation asks as well."""
    title = f"《{regulation.title}》" if regulation is not None else ""
    also = f"；{title}{other.article}（{other.rule}）也要知道"
    detail = Wording("{}{}", finding.detail, also) if finding.detail else ""
    return replace(finding, message=Wording("{}{}", finding.message, also), detail=detail)


def judge(
    dossiers: Iterable[Dossier],
    library: Library,
    options: Options,
    *,
    todo: bool = False,
) -> Report:
    """Judge the chosen projects of every dossier; `todo` looks from 草拟 to the first submission."""
    projects: list[Judged] = []
    general: list[Finding] = []
    used: dict[str, Regulation] = {}
    for dossier in dossiers:
        its_options, found = dossier_options(dossier, options)
        general.extend(found)
        for _, same in groupby(cases(dossier, library, its_options), key=lambda case: case.path):
            judged = []
            for case in same:
                judged.append(judged_case(case, todo=todo))
                if case.regulation is not None:
                    used.setdefault(case.regulation.id, case.regulation)
            projects += asked_once(judged)
    for regulation in used.values():
        general.extend(validity(regulation, options))
    projects.sort(key=lambda p: p.path)
    return Report(
        as_of=options.as_of,
        assume_in_force=options.assume_in_force,
        regulations=tuple(used[key] for key in sorted(used)),
        projects=tuple(projects),
        general=told_apart(general),
    )


def judged_case(case: Case, *, todo: bool = False) -> Judged:
    """What is said of one project: by govit itself, and by its regulation if that can be judged."""
    project = case.project
    told = not project.classified  # of a classified project nothing is shown but that it is there
    judged = Judged(
        path=case.path,
        id=project.id,
        name=project.name,
        regulation=case.regulation,
        stage=project.stage,
        findings=told_apart(case.findings),
        unit=project.unit.name if told and project.unit else None,
        category=project.category if told else None,
        total=project.budget.total if told and project.budget else None,
    )
    if not isinstance(case, JudgeableCase):
        return judged  # of whatever rules: why none of them could be judged
    whole, chosen = _by_regulation(judged, case, todo=todo), case.options.rules
    return replace(whole, findings=tuple(told_of(whole.findings, chosen))) if chosen else whole


def _by_regulation(judged: Judged, case: JudgeableCase, *, todo: bool) -> Judged:
    """What its regulation says of a project, added to what govit itself says."""
    project, regulation, options = case.project, case.regulation, case.options
    examined = case.examined()
    if todo and options.stage is None and examined.run.progress.judged == 0:
        options = replace(options, stage=regulation.first_submission)
        examined = case.examined(options)
    found = examined.findings(everything=options.everything)
    made = examined.run.progress
    faults: list[Fault] = [] if options.stage else consistency.lagging(project, made)
    if options.waivers:
        found, wrong = waivers.apply(found, project, regulation, options.as_of, several=project.shared)
        if options.rules and project.waivers:  # whether one is used is said by what it waives, asked for or not
            every = case.examined(replace(options, rules=())).findings(everything=options.everything)
            _, wrong = waivers.apply(every, project, regulation, options.as_of, several=project.shared)
        faults += wrong
    mine = [finding_of(fault, project.source.file, judged.path) for fault in faults]
    mine += [missing_record(gap, project, judged.path) for gap in examined.gaps if not gap.reported]
    return replace(
        judged,
        stage=made.names[made.judged] if made.judged >= 0 else project.stage,
        findings=told_apart((*_not_repeated(case, found), *mine, *found)),
        complies=examined.tally(Outcome.COMPLIES),
        not_applicable=examined.tally(Outcome.NOT_APPLICABLE),
        earlier_law=examined.earlier_law,
    )


def _not_repeated(case: JudgeableCase, found: Iterable[Finding]) -> list[Finding]:
    """What govit itself says, without what a rule of the regulation says of the same figures with its article."""
    open_ = {
        f.rule for f in found if f.outcome is Outcome.VIOLATES and f.waived is None and f.severity is Severity.ERROR
    }
    told = (r.demand.alike for r in case.regulation.rules if r.id in open_ and r.demand.alike)
    said = repeated(case.project, told)
    return [f for f in case.findings if (f.rule, f.subject) not in said]


def _before(regulation: Regulation) -> str:
    return f"；当日适用的是{regulation.preceded_by}" if regulation.preceded_by else ""


def validity(regulation: Regulation, options: Options) -> list[Finding]:
    """A warning that a regulation is not in force on the day of judgement."""
    status = regulation.status_on(options.as_of)
    if status == "in_force":
        return []
    effect = {
        "draft": "是征求意见稿，不是现行规定，结论仅供参考",
        "not_yet_in_force": f"自 {regulation.effective_from} 起施行，在 {options.as_of} 尚未施行，不作判断{_before(regulation)}",
        "expired": f"已于 {regulation.effective_to} 失效：有效期内的问题照常列出，之后的仅供参考",
    }[status]
    if options.assume_in_force:
        effect = f"在 {options.as_of} 不是现行有效（{STATUS_WORDS[status]}），本次按假定施行判断"
    message = f"{regulation.numbered}{effect}"
    if regulation.superseded_by:
        message += f"；{regulation.superseded_by}"
    finding = finding_of(Fault(NOT_IN_FORCE, message), f"{regulation.id}.yaml", None, regulation.id)
    return [replace(finding, document_number=regulation.document_number or None)]
