"""界限：bounds of rules that no example stands on, so that 不超过 and 小于 give the same outcomes: one of them may be a slip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.authoring.examples import ExampleError, build, examples_of, outcome_for
from govit.base.records import replace
from govit.law.conditions import Condition, Ref, describe_test

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.calendar.periods import Schedule
    from govit.dossier.finding import Outcome
    from govit.law.conditions import Test
    from govit.law.regulation import Regulation, Rule

_WITH_OR_WITHOUT = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
"""Each bound, and the same one with or without the bound itself."""


def untried(regulation: Regulation, schedule: Schedule) -> Iterator[tuple[Rule, str, str]]:
    """Each bound of a rule with its other reading, where the examples of the rule come out the same under both."""
    for rule in regulation.rules:
        moved = list(_moved(rule)) if rule.examples else []
        if not moved:
            continue
        outcomes = _outcomes(rule, regulation, schedule)
        if outcomes is not None:
            yield from (
                (rule, describe_test(test), describe_test(other))
                for test, other, changed in moved
                if _outcomes(changed, regulation, schedule) == outcomes
            )


def _moved(rule: Rule) -> Iterator[tuple[Test, Test, Rule]]:
    """The rule with one bound of its own read the other way."""
    framed = rule.when.tests[: len(rule.framed.tests)]
    for n, test in enumerate(rule.own_when):
        if test.op in _WITH_OR_WITHOUT and not _today(test):
            other = replace(test, op=_WITH_OR_WITHOUT[test.op])
            own = (*rule.own_when[:n], other, *rule.own_when[n + 1 :])
            yield test, other, replace(rule, when=Condition((*framed, *own)))
    bound = rule.demand.comparison
    loosened = rule.demand.with_or_without
    if bound is not None and loosened.comparison is not None and loosened.comparison.op != bound.op:
        yield bound, loosened.comparison, replace(rule, demand=loosened)


def _today(test: Test) -> bool:
    """Whether it only asks if a day has come: < as_of."""
    return isinstance(test.to, Ref) and test.to.head == "as_of"


def _outcomes(rule: Rule, regulation: Regulation, schedule: Schedule) -> list[Outcome] | None:
    """What the examples of the rule come out as; None where one of them cannot be built, which is told elsewhere."""
    try:
        return [
            outcome_for(rule, regulation, one, build(regulation, one.patch, one.as_of), schedule)[0]
            for one in examples_of(rule, regulation)
        ]
    except (ExampleError, KeyError, ValueError):
        return None
