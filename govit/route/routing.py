"""审批路径：the ways of approval that the regulation prescribes for exactly this project, as ordered steps.

Which route is taken, its `when` says; a route without one is taken where one of its steps applies. What the project
does not say yet is not decided for it: the routes that remain possible are shown as one ladder.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.dossier.finding import Outcome
from govit.judging.case import JudgeableCase
from govit.judging.reasons import awaited, grounds, obstacles, wanting
from govit.judging.stages import progress
from govit.law.conditions import describe_ref
from govit.route.ladder import Ladder
from govit.route.steps import Other, Route, Routed, StepState

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govit.judging.case import Case
    from govit.judging.engine import Examined
    from govit.judging.judgement import Judgement
    from govit.law.regulation import PackRoute, PackStep, Regulation
    from govit.route.steps import Step


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
        shared=project.shared,
        findings=case.findings,
    )
    if project.classified and case.regulation is not None:
        return replace(plain, routes=tuple(_channel(r) for r in case.regulation.routes if r.channel))
    return _judged(plain, case) if isinstance(case, JudgeableCase) else plain


def _channel(plan: PackRoute) -> Route:
    return Route(name=plan.name, article=plan.article, reasons=(), steps=(), channel=plan.channel)


def _judged(plain: Routed, case: JudgeableCase) -> Routed:
    regulation = case.regulation
    examined = case.scope(replace(case.options, stage=regulation.stages[-1].name, everything=True))
    made = progress(examined.run.facts, case.options.stage)
    scope = [j for j in examined.judgements if j.rule.demand.is_scope]
    failed = {j.rule.id: _ground(examined, j) for j in scope if j.verdict.outcome is Outcome.VIOLATES}
    stage = made.names[made.judged] if made.judged >= 0 else plain.stage
    if len(examined.judgements) == len(failed) == 1 and scope[0].rule.demand.effect == "out":
        return replace(plain, stage=stage, outside=True, routes=(_outside(regulation, scope[0], failed),))
    routes, others = _Routes(Ladder(examined, made), failed).sorted(regulation.routes)
    doubts = tuple(f"{j.rule.title}：{j.verdict.detail}" for j in scope if j.verdict.outcome is Outcome.UNDETERMINED)
    return replace(plain, stage=stage, routes=routes, others=others, doubts=doubts)


def _ground(examined: Examined, judgement: Judgement) -> str:
    found = examined.run.finding(judgement)
    evidence = f"（{'；'.join(found.evidence)}）" if found.evidence else ""
    return f"{found.message}{evidence}（{judgement.rule.article}）"


_NO_ROUTE = "不适用本办法，没有审批路径"


def _outside(regulation: Regulation, judgement: Judgement, failed: dict[str, str]) -> Route:
    """The route of what is outside: named by the pack where one of its steps is the rule that put it there.

    Else it is none: what the rule is called is no name of a route.
    """
    rule = judgement.rule
    plan = next((r for r in regulation.routes if any(step.rule == rule.id for step in r.steps)), None)
    name, article = (plan.name, plan.article) if plan else (_NO_ROUTE, rule.article)
    return Route(name=name, article=article, reasons=(failed[rule.id],), steps=())


class _Routes:
    """The routes of one project, sorted by whether it takes them."""

    def __init__(self, ladder: Ladder, failed: dict[str, str]) -> None:
        self.ladder = ladder
        self.failed = failed

    def sorted(self, plans: Iterable[PackRoute]) -> tuple[tuple[Route, ...], tuple[Other, ...]]:
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
            return self.ladder.facts.holds(plan.when)
        scope = [step.rule for step in plan.steps if self.ladder.rules[step.rule].demand.is_scope]
        if scope:
            return any(rule in self.failed for rule in scope)
        idle = (StepState.NOT_APPLICABLE, StepState.WAITING, StepState.UPCOMING)
        return any(self.ladder.step(step).state not in idle for step in plan.steps)

    def _route(self, plan: PackRoute) -> Route:
        reasons = grounds(self.ladder.facts, plan.when) if plan.when else self._grounds(plan)
        return Route(name=plan.name, article=plan.article, reasons=reasons, steps=self._steps(plan.steps))

    def _grounds(self, plan: PackRoute) -> tuple[str, ...]:
        return tuple(self.failed[step.rule] for step in plan.steps if step.rule in self.failed)

    def _steps(self, plans: Iterable[PackStep]) -> tuple[Step, ...]:
        return tuple(self.ladder.step(step) for step in plans if not self.ladder.rules[step.rule].demand.is_scope)

    def _possible(self, plans: Sequence[PackRoute]) -> Route:
        """Routes that cannot be told apart yet, as one ladder: what applies to each, its rules say."""
        missing = [text for plan in plans if plan.when for text in wanting(self.ladder.facts, plan.when)]
        return Route(
            name="，或者".join(plan.name for plan in plans),
            article="、".join(dict.fromkeys(plan.article for plan in plans)),
            reasons=(),
            steps=self._steps(merged([plan.steps for plan in plans])),
            certain=False,
            missing=tuple(dict.fromkeys(missing)),
        )

    def _other(self, plan: PackRoute) -> Other:
        if plan.when is None:
            return Other(plan.name, plan.article, (), open=False)
        come = awaited(self.ladder.facts, plan.when)
        reasons = tuple(f"有了{describe_ref(ref)}才是" for ref in come) or obstacles(self.ladder.facts, plan.when)
        return Other(plan.name, plan.article, reasons, open=bool(come) and self.ladder.made.proven == 0)


def merged(ladders: Sequence[Sequence[PackStep]]) -> list[PackStep]:
    """Several ladders as one, in which each keeps its order and no rule stands twice.

    Steps of one ladder alone stand right before the next that it shares with another.
    """
    whole: list[PackStep] = []
    for ladder in ladders:
        alone: list[PackStep] = []
        for step in ladder:
            at = next((n for n, other in enumerate(whole) if other.rule == step.rule), None)
            if at is None:
                alone.append(step)
            else:
                whole[at:at] = alone
                alone = []
        whole += alone
    return whole
