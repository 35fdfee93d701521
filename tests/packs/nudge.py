"""Moves every number and period of a rule by its smallest step, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from govit.periods import Period
from govit.refs import Condition
from govit.refs import Percent
from govit.refs import Test as Comparison
from govit.regulation import Regulation
from govit.regulation import Rule

FEN = Decimal("0.01")


def variants(value: Any) -> Iterator[tuple[str, Any]]:
    """Every copy of a value in which one number is moved, with what was moved."""
    if isinstance(value, bool) or isinstance(value, str) or value is None:
        return
    if isinstance(value, (Decimal, int)):
        step = FEN if isinstance(value, Decimal) else 1
        for moved in (value + step, value - step):
            yield f"{value} → {moved}", moved
    elif isinstance(value, Percent):
        for moved in (value.number + FEN, value.number - FEN):
            yield f"{value} → {moved}%", replace(value, number=moved)
    elif isinstance(value, Period):
        for count in (value.count + 1, value.count - 1):
            if count > 0:
                yield f"{value} → {count}", replace(value, count=count)
    elif isinstance(value, Comparison):
        if value.op != "is":
            yield from ((what, replace(value, to=to)) for what, to in variants(value.to))
    elif isinstance(value, Condition):
        for what, tests in variants(value.tests):
            yield what, Condition(tests)
    elif isinstance(value, tuple):
        for n, entry in enumerate(value):
            for what, moved in variants(entry):
                yield what, (*value[:n], moved, *value[n + 1 :])
    elif isinstance(value, Mapping):
        for key, entry in value.items():
            for what, moved in variants(entry):
                yield f"{key}: {what}", {**value, key: moved}


def rule_variants(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rule with one number of its condition or its parameters moved."""
    for what, when in variants(rule.when):
        yield f"when {what}", replace(rule, when=when)
    for what, params in variants(rule.params):
        yield what, replace(rule, params=params)


def fact_variants(regulation: Regulation) -> Iterator[tuple[str, str, Regulation]]:
    """The regulation with one number of one of its facts moved."""
    for name, fact in regulation.facts.items():
        for what, parts in variants(fact.parts):
            yield name, what, replace(regulation, facts={**regulation.facts, name: replace(fact, parts=parts)})


def with_rule(regulation: Regulation, rule: Rule) -> Regulation:
    """The regulation with one rule exchanged for another of the same id."""
    articles = tuple(
        replace(
            article,
            sentences=tuple(
                replace(s, rules=tuple(rule if r.id == rule.id else r for r in s.rules)) for s in article.sentences
            ),
        )
        for article in regulation.articles
    )
    return replace(regulation, articles=articles)
