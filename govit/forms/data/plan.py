"""年度计划：which projects are in the plan of a year, what is left out and why, and what a reviewer should look at.

Pure: cases in, a frozen AnnualPlan out. How it looks is the business of plan_xlsx.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govit.base.records import named_record, record, replace
from govit.dossier.finding import Finding, Outcome, Severity
from govit.dossier.keys import Kind
from govit.forms.data.plan_alike import Alike, alike
from govit.forms.data.plan_checks import PlanCheck, checks
from govit.forms.data.plan_columns import BY_KEY, FUNDING, LIST_SEPARATOR, NO, YEAR_AMOUNT, YES, in_wan
from govit.forms.data.plan_statistics import Counted, StatisticGroup, statistics
from govit.forms.data.printed import wan
from govit.judging.case import JudgeableCase, readable
from govit.judging.judge import Judged, judged_case, validity

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govit.dossier.model import Project
    from govit.judging.case import Case
    from govit.judging.facts import Facts
    from govit.law.regulation import PackForm, PlanTest, Regulation, Rule

    Value = str | Decimal | dt.date

NOT_SAID = "（未写类别）"
REGULAR = "年度"
UNSURE = "（待定）"
FORM = "plan"
STUB_ONLY = "GOV-502"


@record
class PlanEntry:
    """列入计划的项目, with the value of each column."""

    case: Case
    values: Mapping[str, Value]
    approvals: tuple[str, ...]
    """What must be approved for it, as the pack tells."""
    verdict: str
    """The gravest that its self-check finds."""

    @property
    def counted(self) -> Counted:
        """As the statistics count it."""
        return Counted(self.values, self.approvals, self.verdict)


@record
class PlanGroup:
    """一类项目：those of one category, in the order of their folders."""

    name: str
    entries: tuple[PlanEntry, ...]


@record
class LeftOut:
    """未列入的项目：why, and the article that says so."""

    case: Case
    why: str
    article: str = ""


@record
class Reviewed:
    """评审提示：what a reviewer should know of one project."""

    case: Case
    judged: Judged
    claims: tuple[str, ...]
    """What the project claims without naming a file that shows it."""

    @property
    def waived(self) -> tuple[Finding, ...]:
        """Findings that somebody has waived: they stand first, nothing is hidden by them."""
        return tuple(f for f in self.open if f.waived)

    @property
    def open(self) -> tuple[Finding, ...]:
        """Everything that is not complied with or not known."""
        wanted = (Outcome.VIOLATES, Outcome.UNDETERMINED)
        return tuple(f for f in self.judged.findings if f.outcome in wanted)

    @property
    def weakness(self) -> tuple[int, ...]:
        """Weakest first when sorted; what was waived from a duty comes before everything."""
        counts = self.judged.counts
        bound = sum(1 for f in self.waived if f.severity is Severity.ERROR)
        worst = tuple(-counts[name] for name in ("error", "warning", "undetermined", "info"))
        return -bound, -len(self.waived), *worst, -len(self.claims)


@named_record
class Part:
    """一个办法的计划."""

    regulation: Regulation
    form: str
    """What the regulation calls the plan; `title` has the year in it."""
    title: str
    to: str
    article: str
    year: int
    sources: tuple[str, ...]
    groups: tuple[PlanGroup, ...]
    left_out: tuple[LeftOut, ...]
    classified: int
    reviewed: tuple[Reviewed, ...]
    checks: tuple[PlanCheck, ...]
    alike: tuple[Alike, ...]
    statistics: tuple[StatisticGroup, ...]

    @property
    def entries(self) -> tuple[PlanEntry, ...]:
        """Every project of the plan, in the order in which it stands there."""
        return tuple(entry for group in self.groups for entry in group.entries)


@named_record
class AnnualPlan:
    """年度计划：one part for each regulation, and the projects that belong to none."""

    year: int
    parts: tuple[Part, ...]
    stray: tuple[LeftOut, ...]
    classified: int
    """Classified projects that belong to no regulation's plan."""


def build(cases: Sequence[Case], year: int) -> AnnualPlan:
    """The plan of a year over all projects that were given."""
    by_regulation: dict[str, tuple[Regulation, list[Case]]] = {}
    stray = []
    classified = 0
    for case in sorted(cases, key=lambda c: (c.path, str(c.dossier.root))):
        why = _belongs_nowhere(case)
        if why is None and case.regulation is not None:
            by_regulation.setdefault(case.regulation.id, (case.regulation, []))[1].append(case)
        elif _may_be_classified(case):
            classified += 1
        else:
            stray.append(LeftOut(case, why or ""))
    parts = [_part(*by_regulation[name], year, len(stray)) for name in sorted(by_regulation)]
    return AnnualPlan(year=year, parts=tuple(parts), stray=tuple(stray), classified=classified)


def years_of(cases: Iterable[Case]) -> list[int]:
    """The years for which projects are planned, the latest first."""
    return sorted({case.project.year for case in cases if case.project.year is not None}, reverse=True)


def _may_be_classified(case: Case) -> bool:
    """Whether a project is, or by its unreadable file may be, classified: counted, never named."""
    return case.project.classified is True or any(finding.rule == STUB_ONLY for finding in case.findings)


def _belongs_nowhere(case: Case) -> str | None:
    """Why a project can be in no regulation's plan, None if it can."""
    if not readable(case.project):
        fault = next(iter(case.findings), None)
        return f"project.yaml 读不出来：{fault.message}" if fault else "project.yaml 读不出来"
    if case.regulation is None:
        return f"没有可以使用的适用办法（{case.project.regulation or '未写 regulation'}）"
    return None


def _part(regulation: Regulation, cases: list[Case], year: int, stray: int) -> Part:
    form = next((entry for entry in regulation.forms if entry.form == FORM), None)
    shown = [case for case in cases if isinstance(case, JudgeableCase)]
    reviewed = [_reviewed(case) for case in shown]
    entries, left_out = [], []
    for case, one in zip(shown, reviewed, strict=True):
        out = _left_out(case, one, form, year)
        if out is None:
            told = worked_out(case)
            row = {**values(case, year, told), "verdict": verdict(one)}
            entries.append(PlanEntry(case, row, told.approvals if told else (), _gravest(one)))
        else:
            left_out.append(out)
    groups = _grouped(entries, regulation)
    of_this_year = [one for one in reviewed if one.case.project.year in (year, None)]
    name = form.title if form else "年度计划"
    near = alike(shown)
    in_force = validity(regulation, cases[0].options)
    return Part(
        regulation=regulation,
        form=name,
        title=plan_title(name, year),
        to=form.to if form else "",
        article=form.article if form else "",
        year=year,
        sources=tuple(regulation.words.get("funding_sources", {})),
        groups=groups,
        left_out=tuple(left_out),
        classified=len(cases) - len(shown),
        reviewed=tuple(sorted(of_this_year, key=lambda r: (*r.weakness, r.case.path))),
        checks=checks(
            [(entry.case, entry.values) for group in groups for entry in group.entries],
            [(one.case, one.judged) for one in reviewed],
            left_out=len(left_out),
            classified=len(cases) - len(shown),
            stray=stray,
            notes=[finding.message for finding in in_force],
            alike=near,
        ),
        alike=near,
        statistics=statistics([entry.counted for group in groups for entry in group.entries]),
    )


COUNTED = (("error", "错误"), ("warning", "警告"), ("undetermined", "待定"), ("waived", "已豁免"))
SOUND = "未发现问题"


def verdict(reviewed: Reviewed) -> str:
    """自查结论 in the words of a column, the gravest first: 错误 2，警告 1."""
    counts = reviewed.judged.counts
    return "，".join(f"{word} {counts[name]}" for name, word in COUNTED if counts[name]) or SOUND


def _gravest(reviewed: Reviewed) -> str:
    counts = reviewed.judged.counts
    return next((word for name, word in COUNTED if counts[name]), SOUND)


def plan_title(title: str, year: int) -> str:
    """The form's title with the year in it: 年度 becomes 2027年度."""
    head, found, rest = title.partition("年度")
    return f"{head}{year}年度{rest}" if found else f"{year}年度{title}"


def _grouped(entries: list[PlanEntry], regulation: Regulation) -> tuple[PlanGroup, ...]:
    names = [*regulation.words.get("categories", {}), NOT_SAID]
    by_name: dict[str, list[PlanEntry]] = {name: [] for name in names}
    for entry in entries:
        by_name[entry.case.project.category or NOT_SAID].append(entry)
    return tuple(PlanGroup(name, tuple(found)) for name, found in by_name.items() if found)


# -- who is in -----------------------------------------------------------------------------------------


def _left_out(case: JudgeableCase, reviewed: Reviewed, form: PackForm | None, year: int) -> LeftOut | None:
    """Why a project is not in the plan; None if it is."""
    regulation = case.regulation
    if form is None:
        return LeftOut(case, "这个办法没有年度计划")
    if case.project.year != year:
        return LeftOut(case, _another_year(case.project, year))
    rules = {rule.id: rule for rule in regulation.rules}
    outside = next((f for f in reviewed.judged.findings if _puts_outside(f, rules)), None)
    if outside is not None:
        return LeftOut(case, outside.message, outside.article or "")
    facts = case.facts()
    for test in form.members:
        holds = facts.holds(test.when)
        if holds is not True:
            return LeftOut(case, _unfulfilled(test, facts, holds=holds), test.article)
    return None


def _another_year(project: Project, year: int) -> str:
    if project.year is None:
        return "没有写计划年度（year）"
    money = _year_amount(project, year)
    more = f"；其中 {year} 年安排投资 {wan(money)} 万元" if money else ""
    return f"计划年度是 {project.year}，不是 {year}{more}"


def _puts_outside(finding: Finding, rules: Mapping[str, Rule]) -> bool:
    rule = rules.get(finding.rule)
    out = rule is not None and rule.demand.effect == "out"
    return out and finding.outcome is Outcome.VIOLATES


def _unfulfilled(test: PlanTest, facts: Facts, *, holds: bool | None) -> str:
    if holds is False:
        return f"不符合列入条件：{test.name}"
    missing = "、".join(ref.text for ref in facts.unknown_in(test.when))
    return f"无法判断是否符合列入条件（{test.name}）：缺少 {missing}"


# -- the values of a row -------------------------------------------------------------------------------


def values(case: Case, year: int, told: WorkedOut | None) -> dict[str, Value]:
    """What each column of the plan holds for a project; what the project does not say is not among them."""
    project = case.project
    found: dict[str, Value | None] = {}
    for key, column in BY_KEY.items():
        given: Any = project
        for part in key.split("."):
            given = getattr(given, part, None)
        found[key] = _shown(given, column.kind)
    found |= {
        "path": case.path,
        "regulation": project.regulation,
        "year": Decimal(project.year) if project.year else None,
        YEAR_AMOUNT: in_wan(_year_amount(project, year)),
    }
    for source in dict.fromkeys(f.source for f in project.funding if f.source):
        amounts = [f.amount for f in project.funding if f.source == source and f.amount is not None]
        if amounts:
            found[FUNDING.replace("*", source)] = in_wan(sum(amounts, Decimal(0)))
    if told is not None:
        found |= {"kind": told.kind, "approvals": LIST_SEPARATOR.join(told.approvals)}
    return {key: value for key, value in found.items() if value is not None and value != ""}


def _shown(given: object, kind: Kind) -> Value | None:
    if given is None:
        return None
    if kind is Kind.MONEY:
        return in_wan(given) if isinstance(given, Decimal) else None
    if kind is Kind.BOOL:
        return YES if given else NO
    if isinstance(given, tuple) and kind is Kind.TEXTS:
        return LIST_SEPARATOR.join(given)
    return given if isinstance(given, (str, dt.date)) else None


def _year_amount(project: Project, year: int) -> Decimal | None:
    """本年度计划投资：the amount of the year, else the money that is provided for it."""
    budgeted = [y.amount for y in project.budget.years if y.year == year] if project.budget else []
    funded = [f.amount for f in project.funding if f.year == year]
    amounts = [a for a in (budgeted or funded) if a is not None]
    return sum(amounts, Decimal(0)) if amounts else None


@record
class WorkedOut:
    """申报类型 and 需办审批, as the pack tells them."""

    kind: str
    approvals: tuple[str, ...]


def worked_out(case: Case) -> WorkedOut | None:
    """What the pack tells of a project for its plan; None where it tells nothing."""
    if not isinstance(case, JudgeableCase):
        return None
    regulation = case.regulation
    form = next((entry for entry in regulation.forms if entry.form == FORM), None)
    if form is None:
        return None
    facts = case.facts()
    marks = [mark.name for mark in form.marks if facts.holds(mark.when) is True]
    rules = {rule.id: rule for rule in regulation.rules}
    needed: dict[str, bool | None] = {}
    for rule in (rules[name] for name in form.approvals):
        holds = facts.holds(rule.when)
        act = "、".join(rule.demand.act_words) or rule.title
        if holds is not False:
            needed[act] = holds if needed.get(act) is not True else True
    acts = tuple(act if sure else act + UNSURE for act, sure in needed.items())
    return WorkedOut("、".join(marks) or REGULAR, acts or ("不需要",))


# -- what a reviewer should know -----------------------------------------------------------------------


def _reviewed(case: Case) -> Reviewed:
    light = replace(case, options=replace(case.options, everything=False))
    return Reviewed(case, judged_case(light), claims_of(case.project))


def claims_of(project: Project) -> tuple[str, ...]:
    """Approvals, submissions and contracts that no file shows."""
    found = [
        f"审批：{_joined(a.act, a.body, a.number, a.date)}"
        for a in project.approvals
        if not a.file and a.act is not None
    ]
    found += [f"报送：{_joined(s.kind, '、'.join(s.to), s.number, s.on)}" for s in project.submissions if not s.file]
    found += [f"合同：{_joined(c.kind, c.party, c.on)}" for c in project.contracts if not c.file]
    found += [f"文件：{'、'.join(d.kinds)} 没有找到" for d in project.documents if d.missing]
    return tuple(found)


def _joined(what: str | None, *more: object) -> str:
    rest = "，".join(str(part) for part in more if part)
    return f"{what or '（未写）'}（{rest}）" if rest else what or "（未写）"
