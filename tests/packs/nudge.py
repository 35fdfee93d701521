"""Moves every number and period of a rule by its smallest step, one at a time."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govit.base.records import fields, is_record, replace
from govit.calendar.periods import Period
from govit.law.conditions import Condition, Percent, Ref
from govit.law.conditions import Test as Comparison

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.law.regulation import Regulation, Rule

FEN = Decimal("0.01")


def variants(value: Any) -> Iterator[tuple[str, Any]]:
    """Every copy of a value in which one number is moved, with what was moved."""
    match value:
        case bool() | str() | None:
            return
        case Decimal() | int():
            step = FEN if isinstance(value, Decimal) else 1
            yield from ((f"{value} → {moved}", moved) for moved in (value + step, value - step))
        case Percent():
            step = FEN if value.parts == Percent(value.number).parts else 1  # a fraction has whole numbers
            moved = (replace(value, number=number) for number in (value.number + step, value.number - step))
            yield from ((f"{value} → {one}", one) for one in moved)
        case Period():
            counts = (value.count + 1, value.count - 1)
            yield from ((f"{value} → {count}", replace(value, count=count)) for count in counts if count > 0)
        case Comparison():
            yield from ((what, replace(value, to=to)) for what, to in variants(value.to) if value.op != "is")
        case Condition():
            yield from ((what, Condition(tests)) for what, tests in variants(value.tests))
        case tuple():
            yield from inside(value)
        case _ if is_record(value) and not isinstance(value, (type, Ref)):
            for name in (f.name for f in fields(value)):
                moved_fields = variants(getattr(value, name))
                yield from ((f"{name}: {what}", replace(value, **{name: moved})) for what, moved in moved_fields)


def inside(value: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    for n, entry in enumerate(value):
        yield from ((what, (*value[:n], moved, *value[n + 1 :])) for what, moved in variants(entry))


def rule_variants(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """The rule with one number of its condition or its parameters moved."""
    for what, when in variants(rule.when):
        yield f"when {what}", replace(rule, when=when)
    for what, demand in variants(rule.demand):
        yield what, replace(rule, demand=demand)


def fact_variants(regulation: Regulation) -> Iterator[tuple[str, str, Regulation]]:
    """The regulation with one number of one of its facts moved."""
    for name, fact in regulation.facts.items():
        for what, derivation in variants(fact.derivation):
            moved = replace(fact, derivation=derivation)
            yield name, what, replace(regulation, facts={**regulation.facts, name: moved})


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


def only(regulation: Regulation, *wanted: Rule) -> Regulation:
    """The regulation with these rules left, so that no other is judged."""
    articles = tuple(
        replace(article, sentences=tuple(replace(s, rules=tuple(r for r in s.rules if r in wanted)) for s in sentences))
        for article in regulation.articles
        if (sentences := [s for s in article.sentences if any(rule in wanted for rule in s.rules)])
    )
    return replace(regulation, articles=articles)
