"""变更的后果：what the regulation makes of what changed since the approved revision. Pure.

Nothing of a regulation stands here: the rules about changes, their bounds and the bases of these are read
from the pack, and judged on the project as if the change that was measured had been recorded today.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from govit.base.files import printable
from govit.base.records import named_record, record, replace
from govit.change.limits import CUMULATIVE, ChangeLimit, limits, speaks_of_changes, surplus_rules, tests_of
from govit.dossier.finding import Outcome
from govit.dossier.lists import day_of
from govit.dossier.model import Approval, Budget, Change, Project, Submission
from govit.judging.gaps import examine
from govit.judging.reasons import grounds, obstacles

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from govit.change.difference import Difference
    from govit.dossier.finding import Finding
    from govit.dossier.model import Index
    from govit.judging.engine import Examined, Options
    from govit.judging.facts import Facts
    from govit.judging.judgement import Judgement
    from govit.law.regulation import Regulation, Rule

Mark = tuple[str, str, str]
Answers: TypeAlias = dict[str, bool | str]
"""What no comparison sees, by the key of a change."""
Act = TypeVar("Act", Approval, Submission)
BEFORE = "批复以前的调整"
OTHERWISE = "其他情形"
NOTHING = "建设目标、主要内容和资金都没有调整"
SHOWN = (Outcome.VIOLATES, Outcome.UNDETERMINED, Outcome.COMPLIES)


@record
class Scenario:
    """一种情形：what follows when the things that no comparison sees are so; `when` is '' if they do not matter."""

    when: str
    findings: tuple[Finding, ...]


@named_record
class Sides:
    """前后两边：a project then and now, what is different, and which documents were written or rewritten since."""

    then: Project
    now: Project
    found: Difference
    written: frozenset[str] = frozenset()
    """Their paths."""


@named_record
class Consequences:
    """后果：what the regulation makes of the difference."""

    limits: tuple[ChangeLimit, ...] = ()
    together: Decimal | None = None
    """历次累计 as the rules of the regulation add it up."""
    depends_on: tuple[str, ...] = ()
    """The keys of a change that decide and are not known."""
    always: tuple[Finding, ...] = ()
    scenarios: tuple[Scenario, ...] = ()
    surplus: tuple[Finding, ...] = ()
    """The rules about money left over, with what they say."""
    left_over: tuple[Rule, ...] = ()
    outside: str = ""
    """Why the regulation does not apply at all."""
    earlier_law: bool = False
    """Whether a recorded change is judged by the law before this one."""
    aside: tuple[str, ...] = ()
    """Why none of the rules about changes is about this project, where none is."""
    used: tuple[str, ...] = ()
    """Documents that were made for changes before the approved revision: this change wants its own."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What holds whatever the answers are."""
        return (*self.always, *self.surplus)


def consequences(sides: Sides, regulation: Regulation, index: Index, options: Options) -> Consequences:
    """What the rules about changes say of the difference, whatever the unknown answers are and for each of them."""
    found = sides.found
    judge = _ChangeJudge(sides, regulation, index, options)
    first = judge.examined(found.judged)
    if first.judgements and first.judgements[0].rule.demand.is_scope and len(first.judgements) == 1:
        return Consequences(outside=first.run.finding(first.judgements[0]).message)
    facts = first.run.facts
    change = found.judged or next(iter(reversed((*judge.project.changes,))), None)
    together = _together(found, facts, change)
    base = Consequences(
        limits=tuple(limits(judge.regulation, facts, _amounts(found, together), change)),
        together=together,
        surplus=judge.surplus(first),
        left_over=tuple(surplus_rules(regulation)),
        earlier_law=any(j.verdict.earlier_law for j in judge.mine(first)),
    )
    ways = [(answers, judge.findings(change)) for answers, change in judge.ways()]
    if not ways:
        return base
    if not base.earlier_law and not any(findings for _, findings in ways):
        aside = (NOTHING,) if found.judged and judge.is_nothing(found.judged) else judge.aside(first)
        return replace(base, limits=(), aside=aside)
    return replace(_sorted(base, ways, regulation), used=judge.used)


def _together(found: Difference, facts: Facts, change: Change | None) -> Decimal:
    """All changes together as the rules add them up: since the estimate was last approved anew."""
    added = facts.value(CUMULATIVE, change) if change is not None and change.on is not None else None
    return added if isinstance(added, Decimal) else found.cumulative


def _amounts(found: Difference, together: Decimal) -> dict[str, Decimal]:
    """What the bounds are held against: one change for itself, and all together, as the rules will judge them."""
    priced = [c.amount for c in (*found.recorded.since, *([found.judged] if found.judged else [])) if c.amount]
    return {"amount": max(priced, default=Decimal(0)), "cumulative": together}


class _ChangeJudge:
    """One project judged with a change as if recorded."""

    def __init__(self, sides: Sides, regulation: Regulation, index: Index, options: Options) -> None:
        then, found = sides.then, sides.found
        self.found = found
        self.left_over = {rule.id for rule in surplus_rules(regulation)}
        self.rules = {rule.id for rule in regulation.rules if speaks_of_changes(rule, regulation)} - self.left_over
        self.regulation = _about(regulation, self.rules | self.left_over)
        self.index = index
        last = max((regulation.order(rule.stage) for rule in regulation.rules if rule.id in self.rules), default=-1)
        self.options = replace(options, everything=True, stage=regulation.stages[last].name if last >= 0 else None)
        self.everything = replace(options, everything=True)
        self.content_counts = any(
            test.ref.head == "item" and test.ref.key == "content"
            for rule in regulation.rules
            if rule.id in self.rules
            for test in tests_of(rule, regulation)
        )
        project = _as_approved(then, sides.now, found)
        """Judged on the approved total, which is what the bounds are shares of."""
        papers = _wanted(rule for rule in regulation.rules if rule.id in self.rules)
        old = {d.path for d in then.documents} - sides.written if then.changes else set()
        used = [d for d in project.documents if d.path in old and not papers.isdisjoint(d.kinds)]
        self.project = replace(project, documents=tuple(d for d in project.documents if d not in used))
        self.used = tuple(printable(d.path or "") for d in used)

    def examined(self, change: Change | None, options: Options | None = None) -> Examined:
        """Every rule judged as if the change were recorded."""
        project = self.project
        if change is not None:
            project = replace(project, changes=(*project.changes, change))
        return examine(project, self.regulation, self.index, options or self.options)

    def mine(self, examined: Examined) -> list[Judgement]:
        """What the rules about changes say of those since the approved revision."""
        before = (*self.found.recorded.earlier, *self.found.recorded.gone)
        return [
            j for j in examined.judgements if j.rule.id in self.rules and not any(j.item is change for change in before)
        ]

    def aside(self, examined: Examined) -> tuple[str, ...]:
        """Why no rule about changes applies."""
        facts = examined.run.facts
        reasons = (text for j in self.mine(examined) if j.item for text in obstacles(facts, j.rule.when, j.item))
        return tuple(dict.fromkeys(reasons))

    def findings(self, change: Change | None) -> tuple[Finding, ...]:
        """The duties that a change sets in motion, met or not."""
        examined = self.examined(None if change and self.is_nothing(change) else change)
        unmoved = self.unmoved()
        return tuple(
            _reason(examined, j) for j in self.mine(examined) if j.verdict.outcome in SHOWN and _said(j) not in unmoved
        )

    def unmoved(self) -> set[tuple[str, str, Outcome]]:
        """What the rules about changes say of the project without any change: no change sets it in motion."""
        without = examine(replace(self.project, changes=()), self.regulation, self.index, self.options)
        return {_said(j) for j in without.judgements if j.item is None}

    def is_nothing(self, change: Change) -> bool:
        """Whether nothing is left that a law about the content, the goal and the money of a project speaks of."""
        untouched = (change.goal, change.content) == (False, False) and not change.amount
        return self.content_counts and untouched and not self.found.money.net

    def surplus(self, first: Examined) -> tuple[Finding, ...]:
        """What the rules about money left over say at the stage that the project has reached."""
        examined = self.examined(None, self.everything) if self.left_over else first
        return tuple(
            examined.run.finding(j)
            for j in examined.judgements
            if j.rule.id in self.left_over and j.verdict.outcome in SHOWN
        )

    def ways(self) -> list[tuple[Answers, Change | None]]:
        """The change with every possible answer to what no comparison sees."""
        change = self.found.judged
        if change is None:
            return [({}, None)] if self.found.recorded.since else []
        open_: dict[str, tuple[bool | str, ...]] = {}
        if change.goal is None:
            open_["goal"] = (False, True)
        if change.content is None:
            open_["content"] = (True, False)
        grounds = tuple(self.regulation.words.get("grounds", {}))
        if change.ground not in grounds and grounds:
            open_["ground"] = grounds
        return [
            (answers, _answered(change, answers))
            for values in product(*open_.values())
            for answers in [dict(zip(open_, values, strict=True))]
        ]


def _answered(change: Change, answers: Answers) -> Change:
    """The change with these answers."""
    for key, value in answers.items():
        if key == "ground":
            change = replace(change, ground=str(value))
        elif key == "goal":
            change = replace(change, goal=bool(value))
        else:
            change = replace(change, content=bool(value))
    return change


def _about(regulation: Regulation, rules: set[str]) -> Regulation:
    """The regulation with these rules and those about its scope alone: each way is judged anew."""
    articles = tuple(
        replace(
            article,
            sentences=tuple(
                replace(s, rules=tuple(r for r in s.rules if r.id in rules or r.demand.is_scope))
                for s in article.sentences
            ),
        )
        for article in regulation.articles
    )
    return replace(regulation, articles=articles)


def _said(judgement: Judgement) -> tuple[str, str, Outcome]:
    return judgement.rule.id, judgement.subject, judgement.verdict.outcome


def _reason(examined: Examined, judgement: Judgement) -> Finding:
    """A finding whose evidence is why its rule applies, since that is what the clerk of a change wants to know."""
    found, facts = examined.run.finding(judgement), examined.run.facts
    applies = facts.holds(judgement.rule.when, judgement.item)
    why = grounds(facts, judgement.rule.when, judgement.item) if applies else ()
    return replace(found, evidence=why)


def _wanted(rules: Iterable[Rule]) -> set[str]:
    """The kinds of documents that rules ask for."""
    return {kind for rule in rules for kind in rule.demand.papers}


def _as_approved(then: Project, now: Project, found: Difference) -> Project:
    """The project now, with the total that was approved, and with records that somebody took out since."""
    approved = found.money.before
    budget = replace(now.budget or Budget(), total=approved) if approved is not None else now.budget
    project = replace(now, budget=budget, changes=(*found.recorded.gone, *now.changes))
    if not then.changes:
        return project
    return replace(
        project,
        approvals=tuple(_of_before(a, [(o.act, o.date) for o in then.approvals], a.act) for a in now.approvals),
        submissions=tuple(_of_before(s, [(o.kind, o.on) for o in then.submissions], s.kind) for s in now.submissions),
    )


def _of_before(record: Act, then: list[tuple[str | None, dt.date | None]], kind: str | None) -> Act:
    """A record without `of` that the approved revision has already is about the changes of that time, not of this."""
    return replace(record, of=BEFORE) if record.of is None and (kind, day_of(record)) in then else record


def _sorted(
    base: Consequences, ways: list[tuple[Answers, tuple[Finding, ...]]], regulation: Regulation
) -> Consequences:
    """What holds in every way apart from what depends on the answers; ways with the same outcome are one."""
    groups: dict[tuple[Mark, ...], list[Answers]] = {}
    told: dict[Mark, Finding] = {}
    for answers, findings in ways:
        marked = {(f.rule, f.subject, f.outcome.value): f for f in findings}
        groups.setdefault(tuple(sorted(marked)), []).append(answers)
        for mark, finding in marked.items():
            told[mark] = _alike(told[mark], finding) if mark in told else finding
    common = set.intersection(*(set(marks) for marks in groups))
    order = {rule.id: n for n, rule in enumerate(regulation.rules)}
    ranked = sorted(told, key=lambda mark: (order.get(mark[0], 0), mark))
    scenarios = [
        Scenario(_when(answers, [a for a, _ in ways]), tuple(told[m] for m in ranked if m in marks and m not in common))
        for marks, answers in groups.items()
    ]
    keys = ways[0][0] if len(groups) > 1 else {}
    depends_on = tuple(key for key in keys if _decides(key, groups.values(), [a for a, _ in ways]))
    return replace(
        base,
        always=tuple(told[mark] for mark in ranked if mark in common),
        scenarios=tuple(scenarios) if len(groups) > 1 else (),
        depends_on=depends_on,
    )


def _alike(one: Finding, other: Finding) -> Finding:
    """A finding of several ways, with the grounds that all of them have."""
    return replace(one, evidence=tuple(text for text in one.evidence if text in other.evidence))


_GOAL = {False: "建设目标不变", True: "建设目标改变"}
_CONTENT = {True: "主要内容有调整", False: "主要内容没有调整"}


def _when(mine: list[Answers], every: list[Answers]) -> str:
    """In words what a group of answers has in common, if it is all combinations of some; else 其他情形."""
    held = {key: list(dict.fromkeys(a[key] for a in mine)) for key in mine[0]}
    combinations = 1
    for values in held.values():
        combinations *= len(values)
    if combinations != len(mine):
        return OTHERWISE
    whole = {key: len({a[key] for a in every}) for key in held}
    parts = []
    for key, values in held.items():
        if len(values) == whole[key]:
            continue
        if key == "ground":
            parts.append(f"调整情形是{'、'.join(f'“{v}”' for v in values)}" + ("之一" if len(values) > 1 else ""))
        else:
            parts.append((_GOAL if key == "goal" else _CONTENT)[bool(values[0])])
    return "，".join(parts)


def _decides(key: str, groups: Iterable[list[Answers]], every: list[Answers]) -> bool:
    """Whether a group of answers leaves out one value of a key: then the key matters."""
    whole = {a[key] for a in every}
    return any({a[key] for a in group} != whole for group in groups)
