"""阶梯：the steps of one project, each judged by the rule that demands it.

A step has no condition of its own: whether it applies is the rule's `when`, whether it is made is the engine's
judgement of that rule. So `check` and `route` can never say different things.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.dossier.finding import Outcome, Severity
from govit.dossier.lists import BY_RULES
from govit.judging.reasons import awaited, grounds, obstacles, to_fill, wanting
from govit.judging.values import Missing
from govit.law.conditions import Ref, describe_ref
from govit.law.kinds.demand import Clock
from govit.route.proof import Proof, proofs, resolved
from govit.route.steps import GRAVITY, Choice, Paper, Step, StepState

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from govit.dossier.model import Record
    from govit.judging.engine import Examined
    from govit.judging.facts import Facts
    from govit.judging.judgement import Judgement
    from govit.judging.stages import Progress
    from govit.law.regulation import PackChoice, PackStep, Rule


class Ladder:
    """The steps of one project, each judged once."""

    def __init__(self, examined: Examined, made: Progress) -> None:
        self.examined = examined
        self.facts: Facts = examined.run.facts
        self.made = made
        self.rules = {rule.id: rule for rule in self.facts.regulation.rules}
        self._judged: dict[str, list[Judgement]] = {}

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
            to=plan.to,
            does=plan.does,
            state=state,
            reached=self.made.due(rule, self.facts),
            reasons=self._reasons(rule, shown, state),
            details=self._details(rule, shown, state),
            missing=_once(to_fill(self.facts, ref) for j in shown for ref in j.verdict.missing or j.verdict.doubt),
            proofs=_distinct(p for j in judgements for p in proofs(rule, self.facts, j.item)),
            due=min((j.verdict.due for j in shown if j.verdict.due), default=None),
            papers=self._papers(plan.papers),
            choices=self._choices(plan),
            advisory=any(j.advisory for j in judgements),
        )

    def _judgements(self, rule: Rule) -> list[Judgement]:
        if rule.id not in self._judged:
            self._judged[rule.id] = self.examined.run.judge(rule)
        return self._judged[rule.id]

    def _state(self, rule: Rule, judgement: Judgement) -> StepState:
        verdict = judgement.verdict
        if verdict.broken or verdict.outcome is Outcome.UNDETERMINED or verdict.doubt:
            return StepState.UNDETERMINED
        if verdict.earlier_law:
            return StepState.EARLIER_LAW
        if verdict.outcome is Outcome.COMPLIES:
            return StepState.DONE if proofs(rule, self.facts, judgement.item) else StepState.MET
        if verdict.outcome is Outcome.VIOLATES:
            return self._open(rule, judgement)
        return self._idle(rule, judgement)

    def _open(self, rule: Rule, judgement: Judgement) -> StepState:
        verdict = judgement.verdict
        if self._made(rule, judgement):
            return StepState.FAULTY
        if verdict.due is not None:
            return StepState.OVERDUE
        if not self.made.due(rule, self.facts, judgement.item):
            return StepState.UPCOMING
        return StepState.MISSED if self._behind(rule) and judgement.severity > Severity.INFO else StepState.OPEN

    def _made(self, rule: Rule, judgement: Judgement) -> bool:
        """Whether the act that a violation speaks of was made, only not as it should be."""
        verdict = judgement.verdict
        act = rule.demand.due_act
        if act is None:
            return bool(verdict.evidence) and verdict.fell_on is not None
        one = replace(act, text=f"{act.text}@{verdict.subject}", body=verdict.subject) if verdict.subject else act
        return not isinstance(self.facts.value(one, judgement.item), Missing)

    def _idle(self, rule: Rule, judgement: Judgement) -> StepState:
        """The state of what does not apply, or not yet."""
        verdict, item = judgement.verdict, judgement.item
        if rule.each is not None and item is None:
            return StepState.WAITING if rule.each.list == "contracts" else StepState.NOT_APPLICABLE
        if self.facts.holds(rule.when, item) is False:
            return self._to_come(rule, item)
        if verdict.due is not None:
            return StepState.OPEN
        if rule.demand.clock is Clock.ORDER:
            return StepState.DONE if proofs(rule, self.facts, item) else StepState.UPCOMING
        return StepState.WAITING if rule.demand.clock is Clock.PERIOD else StepState.NOT_APPLICABLE

    def _to_come(self, rule: Rule, item: Record | None) -> StepState:
        """The state of what applies only once a record is there."""
        come = awaited(self.facts, rule.when, item)
        if not come or self._over(rule, item):
            return StepState.NOT_APPLICABLE
        if not _itself(rule, come):
            return StepState.WAITING
        return StepState.OPEN if self.made.due(rule, self.facts, item) else StepState.UPCOMING

    def _behind(self, rule: Rule) -> bool:
        """Whether the project has moved on past the step that this rule guards."""
        return rule.stage is None or self.made.names.index(rule.stage) < self.made.judged

    def _over(self, rule: Rule, item: Record | None) -> bool:
        """Whether a condition that hangs on a record will not come any more."""
        if rule.stage is not None:
            return self._behind(rule)
        return bool(proofs(rule, self.facts, item))

    def _reasons(self, rule: Rule, shown: list[Judgement], state: StepState) -> tuple[str, ...]:
        if rule.each is not None and shown[0].item is None:
            return (f"没有{BY_RULES[rule.each.list].listed.entry}",) if state is StepState.NOT_APPLICABLE else ()
        if state is StepState.NOT_APPLICABLE:
            return _once(t for j in shown for t in obstacles(self.facts, rule.when, j.item)) or _details(shown)
        return _once(t for j in shown for t in self._stands(rule, j.item))

    def _stands(self, rule: Rule, item: Record | None) -> tuple[str, ...]:
        """Those parts of a condition that hold already."""
        held = tuple(test for test in rule.when.tests if self.facts.test(test, item) is True)
        return grounds(self.facts, replace(rule.when, tests=held), item)

    def _details(self, rule: Rule, shown: list[Judgement], state: StepState) -> tuple[str, ...]:
        if state in (StepState.DONE, StepState.MET, StepState.NOT_APPLICABLE):
            return ()
        if state is StepState.WAITING:
            return self._waits_for(rule, shown)
        if state is StepState.UPCOMING:
            before = (
                f"“{rule.stage}”" if rule.stage else describe_ref(rule.demand.guarded) if rule.demand.guarded else ""
            )
            return (f"{before}之前办好",)
        return _details(shown)

    def _waits_for(self, rule: Rule, shown: list[Judgement]) -> tuple[str, ...]:
        if rule.each is not None and shown[0].item is None:
            return (f"有了{BY_RULES[rule.each.list].listed.entry}才办",)
        mine = {(ref.head, ref.key) for ref in resolved(self.facts, rule.demand.acts)}
        come = dict.fromkeys(ref for j in shown for ref in awaited(self.facts, rule.when, j.item))
        others = [ref for ref in come if (ref.head, ref.key) not in mine]
        if others and not (rule.demand.clock is Clock.PERIOD and all(ref.head == "events" for ref in others)):
            return (_after(rule, others),)
        return (rule.demand.pace,)

    # -- papers ------------------------------------------------------------------------------------

    def _has(self, kinds: tuple[str, ...]) -> bool:
        """Whether one of the kinds is there, or what a rule that asks for it takes instead."""
        return any(self.facts.records("documents", kind) or self._served(kind) for kind in kinds)

    def _served(self, kind: str) -> bool:
        found = (j.verdict for rule in self._asking(kind) for j in self._judgements(rule))
        return any(v.outcome is Outcome.COMPLIES and kind in v.papers for v in found)

    def _asking(self, kind: str) -> list[Rule]:
        """The rules that ask for a document of this kind."""
        return [rule for rule in self.facts.regulation.rules if kind in rule.demand.papers]

    def _papers(self, wanted: Iterable[tuple[str, ...]]) -> tuple[Paper, ...]:
        """The papers to bring; those left out that only rules which do not apply ask for."""
        papers = (Paper(kinds, self._has(kinds)) for kinds in wanted)
        return tuple(p for p in papers if p.present or any(self._asked_for(kind) for kind in p.kinds))

    def _asked_for(self, kind: str) -> bool:
        asking = self._asking(kind)
        return not asking or any(rule.each or self.facts.holds(rule.when) is not False for rule in asking)

    def _choices(self, plan: PackStep) -> tuple[Choice, ...]:
        taken = self._taken(plan.choices)
        return tuple(self._choice(choice, taken=choice is taken) for choice in plan.choices)

    def _choice(self, choice: PackChoice, *, taken: bool) -> Choice:
        if choice.allowed is None:
            return Choice(choice.papers, choice.merged, choice.article, allowed=True, reasons=(), taken=taken)
        holds = self.facts.holds(choice.allowed)
        reasons = {True: grounds, False: obstacles, None: wanting}[holds](self.facts, choice.allowed)
        return Choice(choice.papers, choice.merged, choice.article, holds, reasons, taken)

    def _taken(self, choices: Sequence[PackChoice]) -> PackChoice | None:
        """The choice that the project's documents show: one document of all its kinds, else most papers there."""
        every = {kind for choice in choices for kinds in choice.papers for kind in kinds}
        wholes = [every & set(d.kinds) for d in self.facts.items("documents")]
        for choice in choices:
            if choice.merged and {kinds[0] for kinds in choice.papers} in wholes:
                return choice
        there = [c for c in choices if not c.merged and all(self._has(kinds) for kinds in c.papers)]
        return max(there, key=lambda choice: len(choice.papers), default=None)


def _itself(rule: Rule, come: Iterable[Ref]) -> bool:
    """Whether a condition waits only for the very act that the rule demands."""
    mine = {(ref.head, ref.key) for ref in rule.demand.acts}
    return all((ref.head, ref.key) in mine for ref in come)


def _after(rule: Rule, come: Sequence[Ref]) -> str:
    """When a step is made that waits for records: before the act that it guards, else after what others do first.

    An event is no such act of others: once it comes, the rule looks whether the step was made.
    """
    guarded = rule.demand.guarded
    if guarded is not None and guarded in come:
        return f"{describe_ref(guarded)}之前办好"
    events = any(ref.head == "events" for ref in come)
    return f"有了{'、'.join(map(describe_ref, come))}{'以后看是否办好' if events else '才办'}"


def _details(shown: Iterable[Judgement]) -> tuple[str, ...]:
    return _once(j.verdict.broken or j.verdict.detail for j in shown)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _distinct(found: Iterable[Proof]) -> tuple[Proof, ...]:
    kept: dict[tuple[str, str, str, dt.date | None, str, str], Proof] = {}
    for proof in found:
        kept.setdefault((proof.list, proof.kind, proof.body, proof.day, proof.number, proof.file), proof)
    return tuple(kept.values())
