"""审批路径：for one project the ordered steps of approval, each with its body, condition, article, papers and state.

A step names the rule that demands it and has no condition of its own: whether it applies is the rule's `when`,
whether it is made is the engine's judgement of that rule. So `check` and `route` can never say different things.
"""

from __future__ import annotations

from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from govit.because import awaited, grounds, obstacles, to_fill, wanting
from govit.finding import Outcome, Severity
from govit.proof import Proof, acts, proofs
from govit.records import named_record, record
from govit.refs import describe_ref
from govit.stages import Progress, progress
from govit.values import Missing

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from govit.cases import Case
    from govit.engine import Examined, Judgement
    from govit.facts import Facts
    from govit.finding import Finding
    from govit.refs import Ref
    from govit.regulation import PackChoice, PackRoute, PackStep, Regulation, Rule


class State(Enum):
    """办理情况，the gravest first."""

    OVERDUE = "overdue"
    MISSED = "missed"
    FAULTY = "faulty"
    OPEN = "open"
    UNDETERMINED = "undetermined"
    UPCOMING = "upcoming"
    WAITING = "waiting"
    EARLIER_LAW = "earlier-law"
    DONE = "done"
    MET = "met"
    NOT_APPLICABLE = "not-applicable"


GRAVITY = {state: n for n, state in enumerate(State)}
STATE_WORDS = {
    State.OVERDUE: "逾期",
    State.MISSED: "漏办",
    State.FAULTY: "有误",
    State.OPEN: "待办",
    State.UNDETERMINED: "待定",
    State.UPCOMING: "未到",
    State.WAITING: "等待",
    State.EARLIER_LAW: "依原办法",
    State.DONE: "已办",
    State.MET: "符合",
    State.NOT_APPLICABLE: "不适用",
}
NOW = (State.OVERDUE, State.MISSED, State.OPEN)
SOON = (State.UNDETERMINED, State.UPCOMING)


@record
class Paper:
    """材料：one of these kinds, and whether the project has it."""

    kinds: tuple[str, ...]
    present: bool


@record
class Choice:
    """择一：papers that may be brought, whether this project may, why, and whether it did. None: not known."""

    papers: tuple[tuple[str, ...], ...]
    merged: bool
    allowed: bool | None
    because: tuple[str, ...]
    taken: bool


@named_record
class Step:
    """步骤."""

    rule: Rule
    body: str
    does: str
    state: State
    reached: bool
    """到了没有：whether the stage has come from which the step is due."""
    because: tuple[str, ...]
    """Why it applies, or why it does not, with the project's own figures."""
    details: tuple[str, ...]
    missing: tuple[str, ...]
    proofs: tuple[Proof, ...]
    due: dt.date | None
    papers: tuple[Paper, ...]
    choices: tuple[Choice, ...]
    advisory: bool


@named_record
class Route:
    """路径. Not certain: one of several that cannot be told apart before `missing` is filled in."""

    name: str
    article: str
    because: tuple[str, ...]
    steps: tuple[Step, ...]
    channel: str = ""
    certain: bool = True
    missing: tuple[str, ...] = ()

    @property
    def next(self) -> Step | None:
        """The step to make next: what is due now before what comes later."""
        for states in (NOW, SOON):
            found = next((step for step in self.steps if step.state in states), None)
            if found is not None:
                return found
        return None


@record
class Other:
    """另一条路径 that the project does not take, why not, and whether it may still come to it."""

    name: str
    article: str
    because: tuple[str, ...]
    open: bool


@named_record
class Routed:
    """一个项目的审批路径."""

    path: str
    id: str | None
    name: str | None
    regulation: Regulation | None
    stage: str | None
    classified: bool
    outside: bool = False
    """The regulation does not apply to the project at all."""
    routes: tuple[Route, ...] = ()
    others: tuple[Other, ...] = ()
    doubts: tuple[str, ...] = ()
    """What must be known before it is sure that the regulation applies."""
    findings: tuple[Finding, ...] = ()
    """What govit says of the project itself: why there is no route, or what makes this one unsafe."""


def route(case: Case) -> Routed:
    """The ways of approval that the regulation prescribes for exactly this project."""
    project = case.project
    plain = Routed(
        path=case.path,
        id=project.id,
        name=project.name,
        regulation=case.regulation,
        stage=project.stage,
        classified=bool(project.classified),
        findings=case.findings,
    )
    if project.classified and case.regulation is not None:
        return replace(plain, routes=tuple(_channel(r) for r in case.regulation.routes if r.channel))
    return _judged(plain, case) if case.judgeable else plain


def _channel(plan: PackRoute) -> Route:
    return Route(name=plan.name, article=plan.article, because=(), steps=(), channel=plan.channel)


def _judged(plain: Routed, case: Case) -> Routed:
    regulation = case.regulation
    assert regulation is not None  # noqa: S101 - judgeable
    examined = case.examined(replace(case.options, stage=regulation.stages[-1].name, everything=True))
    made = progress(examined.run.facts, case.options.stage)
    scope = [j for j in examined.judgements if j.rule.check == "scope"]
    failed = {j.rule.id: _ground(examined, j) for j in scope if j.verdict.outcome is Outcome.VIOLATES}
    stage = made.names[made.judged] if made.judged >= 0 else plain.stage
    if len(examined.judgements) == len(failed) == 1 and scope[0].rule.params["effect"] == "out":
        return replace(plain, stage=stage, outside=True, routes=(_outside(regulation, scope[0], failed),))
    ladder = _Ladder(examined, made, failed)
    routes, others = ladder.routes(regulation.routes)
    doubts = tuple(f"{j.rule.title}：{j.verdict.detail}" for j in scope if j.verdict.outcome is Outcome.UNDETERMINED)
    return replace(plain, stage=stage, routes=routes, others=others, doubts=doubts)


def _ground(examined: Examined, judgement: Judgement) -> str:
    found = examined.run.finding(judgement)
    evidence = f"（{'；'.join(found.evidence)}）" if found.evidence else ""
    return f"{found.message}{evidence}（{judgement.rule.article}）"


def _outside(regulation: Regulation, judgement: Judgement, failed: dict[str, str]) -> Route:
    """The route of what is outside: named by the pack where one of its steps is the rule that put it there."""
    rule = judgement.rule
    plan = next((r for r in regulation.routes if any(step.rule == rule.id for step in r.steps)), None)
    name, article = (plan.name, plan.article) if plan else (rule.title, rule.article)
    return Route(name=name, article=article, because=(failed[rule.id],), steps=())


class _Ladder:
    """The steps of one project, each judged once."""

    def __init__(self, examined: Examined, made: Progress, failed: dict[str, str]) -> None:
        self.examined = examined
        self.facts: Facts = examined.run.facts
        self.made = made
        self.failed = failed
        self.rules = {rule.id: rule for rule in self.facts.regulation.rules}
        self.judged: dict[str, list[Judgement]] = {}

    def routes(self, plans: Iterable[PackRoute]) -> tuple[tuple[Route, ...], tuple[Other, ...]]:
        """The routes that are taken, those that may be in one ladder, and the others."""
        taken, possible, others = [], [], []
        for plan in plans:
            if plan.channel:
                continue
            holds = self._holds(plan)
            if holds:
                taken.append(self._route(plan))
            elif holds is None:
                possible.append(plan)
            else:
                others.append(self._other(plan))
        if possible:
            taken.append(self._possible(possible))
        return tuple(taken), tuple(others)

    def _holds(self, plan: PackRoute) -> bool | None:
        if plan.when is not None:
            return self.facts.holds(plan.when)
        idle = (State.NOT_APPLICABLE, State.WAITING, State.UPCOMING)
        return any(
            step.rule in self.failed if self.rules[step.rule].check == "scope" else self.step(step).state not in idle
            for step in plan.steps
        )

    def _route(self, plan: PackRoute) -> Route:
        because = grounds(self.facts, plan.when) if plan.when else self._grounds(plan)
        return Route(name=plan.name, article=plan.article, because=because, steps=self._steps(plan.steps))

    def _grounds(self, plan: PackRoute) -> tuple[str, ...]:
        return tuple(self.failed[step.rule] for step in plan.steps if step.rule in self.failed)

    def _steps(self, plans: Iterable[PackStep]) -> tuple[Step, ...]:
        return tuple(self.step(step) for step in plans if self.rules[step.rule].check != "scope")

    def _possible(self, plans: Sequence[PackRoute]) -> Route:
        """Routes that cannot be told apart yet, as one ladder: what applies to each, its rules say."""
        missing = [text for plan in plans if plan.when for text in wanting(self.facts, plan.when)]
        return Route(
            name="，或者".join(plan.name for plan in plans),
            article="、".join(dict.fromkeys(plan.article for plan in plans)),
            because=(),
            steps=self._steps(merged([plan.steps for plan in plans])),
            certain=False,
            missing=tuple(dict.fromkeys(missing)),
        )

    def _other(self, plan: PackRoute) -> Other:
        if plan.when is None:
            return Other(plan.name, plan.article, (), open=False)
        come = awaited(self.facts, plan.when)
        because = tuple(f"有了{describe_ref(ref)}才是" for ref in come) or obstacles(self.facts, plan.when)
        return Other(plan.name, plan.article, because, open=bool(come) and self.made.proven == 0)

    # -- one step ----------------------------------------------------------------------------------

    def step(self, plan: PackStep) -> Step:
        """One step with its state."""
        rule = self.rules[plan.rule]
        judgements = self._judgements(rule)
        states = {id(j): self._state(rule, j) for j in judgements}
        state = min(states.values(), key=GRAVITY.__getitem__)
        shown = [j for j in judgements if states[id(j)] is state]
        return Step(
            rule=rule,
            body=plan.body,
            does=plan.does,
            state=state,
            reached=self.made.reached(rule.stage),
            because=self._because(rule, shown, state),
            details=self._details(rule, shown, state),
            missing=_once(to_fill(self.facts, ref) for j in shown for ref in j.verdict.missing),
            proofs=_distinct(p for j in judgements for p in proofs(rule, self.facts, j.item)),
            due=min((j.verdict.due for j in shown if j.verdict.due), default=None),
            papers=tuple(self._paper(kinds) for kinds in plan.papers if self._wanted(kinds)),
            choices=self._choices(plan),
            advisory=any(j.advisory for j in judgements),
        )

    def _judgements(self, rule: Rule) -> list[Judgement]:
        if rule.id not in self.judged:
            self.judged[rule.id] = self.examined.run.judge(rule)
        return self.judged[rule.id]

    def _state(self, rule: Rule, judgement: Judgement) -> State:
        verdict = judgement.verdict
        if verdict.broken or verdict.outcome is Outcome.UNDETERMINED:
            return State.UNDETERMINED
        if verdict.earlier_law:
            return State.EARLIER_LAW
        if verdict.outcome is Outcome.COMPLIES:
            return State.DONE if proofs(rule, self.facts, judgement.item) else State.MET
        if verdict.outcome is Outcome.VIOLATES:
            return self._open(rule, judgement)
        return self._idle(rule, judgement)

    def _open(self, rule: Rule, judgement: Judgement) -> State:
        verdict = judgement.verdict
        if self._made(rule, judgement):
            return State.FAULTY
        if verdict.due is not None:
            return State.OVERDUE
        if not self.made.reached(rule.stage):
            return State.UPCOMING
        return State.MISSED if self._behind(rule) and judgement.severity > Severity.INFO else State.OPEN

    def _made(self, rule: Rule, judgement: Judgement) -> bool:
        """Whether the act that a violation speaks of was made, only not as it should be."""
        verdict = judgement.verdict
        if rule.check != "within":
            return bool(verdict.evidence) and verdict.fell_on is not None
        act: Ref = rule.params["act"]
        one = replace(act, text=f"{act.text}@{verdict.subject}", body=verdict.subject) if verdict.subject else act
        return not isinstance(self.facts.value(one, judgement.item), Missing)

    def _idle(self, rule: Rule, judgement: Judgement) -> State:
        """The state of what does not apply, or not yet."""
        verdict, item = judgement.verdict, judgement.item
        if rule.each is not None and item is None:
            return State.WAITING if rule.each.list == "contracts" else State.NOT_APPLICABLE
        if self.facts.holds(rule.when, item) is False:
            return self._to_come(rule, item)
        if verdict.due is not None:
            return State.OPEN
        if rule.check == "before":
            return State.DONE if proofs(rule, self.facts, item) else State.UPCOMING
        return State.WAITING if rule.check in ("within", "every") else State.NOT_APPLICABLE

    def _to_come(self, rule: Rule, item: Any) -> State:  # noqa: ANN401
        """The state of what applies only once a record is there."""
        come = awaited(self.facts, rule.when, item)
        if not come or self._over(rule, item):
            return State.NOT_APPLICABLE
        if not _itself(rule, come):
            return State.WAITING
        return State.OPEN if self.made.reached(rule.stage) else State.UPCOMING

    def _behind(self, rule: Rule) -> bool:
        """Whether the project has moved on past the step that this rule guards."""
        return rule.stage is None or self.made.names.index(rule.stage) < self.made.judged

    def _over(self, rule: Rule, item: Any) -> bool:  # noqa: ANN401
        """Whether a condition that hangs on a record will not come any more."""
        if rule.stage is not None:
            return self._behind(rule)
        return bool(proofs(rule, self.facts, item))

    def _because(self, rule: Rule, shown: list[Judgement], state: State) -> tuple[str, ...]:
        if state is State.NOT_APPLICABLE:
            return _once(t for j in shown for t in obstacles(self.facts, rule.when, j.item)) or _details(shown)
        if state is State.WAITING:
            return _once(t for j in shown for t in self._stands(rule, j.item))
        return _once(t for j in shown for t in grounds(self.facts, rule.when, j.item) if self._applies(rule, j))

    def _applies(self, rule: Rule, judgement: Judgement) -> bool:
        return self.facts.holds(rule.when, judgement.item) is True

    def _stands(self, rule: Rule, item: Any) -> tuple[str, ...]:  # noqa: ANN401
        """Those parts of a condition that hold already."""
        held = tuple(test for test in rule.when.tests if self.facts.test(test, item) is True)
        return grounds(self.facts, replace(rule.when, tests=held), item)

    def _details(self, rule: Rule, shown: list[Judgement], state: State) -> tuple[str, ...]:
        if state in (State.DONE, State.MET, State.NOT_APPLICABLE):
            return ()
        if state is State.WAITING:
            come = dict.fromkeys(ref for j in shown for ref in awaited(self.facts, rule.when, j.item))
            if come:
                return (f"等待{'、'.join(map(describe_ref, come))}",)
            return (
                (f"{describe_ref(rule.params['from'])}之后 {rule.params['period']}内",)
                if rule.check == "within"
                else _details(shown)
            )
        if state is State.UPCOMING:
            return (f"“{rule.stage}”之前办好" if rule.stage else f"{describe_ref(rule.params['second'])}之前办好",)
        return _details(shown)

    # -- papers ------------------------------------------------------------------------------------

    def _has(self, kinds: tuple[str, ...]) -> bool:
        return any(self.facts.records("documents", kind) for kind in kinds)

    def _paper(self, kinds: tuple[str, ...]) -> Paper:
        return Paper(kinds, self._has(kinds))

    def _wanted(self, kinds: tuple[str, ...]) -> bool:
        """Whether it is to be brought: there already, or not asked for only by rules that do not apply."""
        return self._has(kinds) or any(self._asked_for(kind) for kind in kinds)

    def _asked_for(self, kind: str) -> bool:
        asking = [
            rule
            for rule in self.facts.regulation.rules
            if rule.check == "present" and kind in (rule.params.get("documents") or rule.params["any_of"])
        ]
        return not asking or any(rule.each or self.facts.holds(rule.when) is not False for rule in asking)

    def _choices(self, plan: PackStep) -> tuple[Choice, ...]:
        taken = self._taken(plan.choices)
        return tuple(self._choice(choice, taken=choice is taken) for choice in plan.choices)

    def _choice(self, choice: PackChoice, *, taken: bool) -> Choice:
        if choice.allowed is None:
            return Choice(choice.papers, choice.merged, allowed=True, because=(), taken=taken)
        holds = self.facts.holds(choice.allowed)
        told = {True: grounds, False: obstacles, None: wanting}[holds](self.facts, choice.allowed)
        return Choice(choice.papers, choice.merged, allowed=holds, because=told, taken=taken)

    def _taken(self, choices: Sequence[PackChoice]) -> PackChoice | None:
        """The choice that the project's documents show: one document of all its kinds, else most papers there."""
        every = {kind for choice in choices for kinds in choice.papers for kind in kinds}
        wholes = [every & set(d.kinds) for d in self.facts.items("documents")]
        for choice in choices:
            if choice.merged and {kinds[0] for kinds in choice.papers} in wholes:
                return choice
        there = [c for c in choices if not c.merged and all(self._has(kinds) for kinds in c.papers)]
        return max(there, key=lambda choice: len(choice.papers), default=None)


def merged(ladders: Sequence[Sequence[PackStep]]) -> list[PackStep]:
    """Several ladders as one, in which each keeps its order and no rule stands twice."""
    whole: list[PackStep] = []
    for ladder in ladders:
        place = 0
        for step in ladder:
            at = next((n for n, other in enumerate(whole) if other.rule == step.rule), None)
            if at is None:
                whole.insert(place, step)
                place += 1
            else:
                place = at + 1
    return whole


def _itself(rule: Rule, come: Iterable[Ref]) -> bool:
    """Whether a condition waits only for the very act that the rule demands."""
    mine = {(ref.head, ref.key) for ref in acts(rule)}
    return all((ref.head, ref.key) in mine for ref in come)


def _details(shown: Iterable[Judgement]) -> tuple[str, ...]:
    return _once(j.verdict.broken or j.verdict.detail for j in shown)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _distinct(found: Iterable[Proof]) -> tuple[Proof, ...]:
    kept: dict[tuple[Any, ...], Proof] = {}
    for proof in found:
        kept.setdefault((proof.list, proof.kind, proof.body, proof.day, proof.number, proof.file), proof)
    return tuple(kept.values())
