"""推导：the named values that a pack derives from others. All the logic that a pack has."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from govit.calendar.periods import corresponding_day
from govit.judging.values import ABSENT, OPERATORS, UNDATED, UNKNOWN, Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from govit.calendar.periods import Period
    from govit.dossier.model import Neighbour
    from govit.judging.view import View
    from govit.law.conditions import Condition, Ref
    from govit.law.regulation import PackFact

SIMILAR = 0.6  # names that share this much look alike; only ever a hint, never a verdict


def any_of(facts: View, conditions: Iterable[Condition], item: Any) -> Any:  # noqa: ANN401
    """True when one of the conditions holds."""
    results = [facts.holds(condition, item) for condition in conditions]
    if True in results:
        return True
    return UNKNOWN if None in results else False


def known(facts: View, refs: Iterable[Ref], item: Any) -> list[Any]:  # noqa: ANN401
    """The values of refs, an undated record as unknown."""
    return [UNKNOWN if v is UNDATED else v for v in (facts.value(ref, item) for ref in refs)]


def later(facts: View, refs: Iterable[Ref], item: Any) -> Any:  # noqa: ANN401
    """The later of dates; absent while one has not happened."""
    values = known(facts, refs, item)
    if ABSENT in values:
        return ABSENT
    return UNKNOWN if UNKNOWN in values else max(values)


def earlier(facts: View, refs: Iterable[Ref], item: Any) -> Any:  # noqa: ANN401
    """The earlier of the dates that have happened."""
    values = [value for value in known(facts, refs, item) if value is not ABSENT]
    if not values:
        return ABSENT
    return UNKNOWN if UNKNOWN in values else min(values)


def first_known(facts: View, refs: Iterable[Ref], item: Any) -> Any:  # noqa: ANN401
    """The first value that is known."""
    values = known(facts, refs, item)
    first = next((value for value in values if not isinstance(value, Missing)), None)
    if first is not None:
        return first
    return UNKNOWN if UNKNOWN in values else ABSENT


def total(facts: View, refs: Iterable[Ref], item: Any) -> Any:  # noqa: ANN401
    """A sum; what is absent adds nothing."""
    values = [value for value in known(facts, refs, item) if value is not ABSENT]
    return UNKNOWN if UNKNOWN in values else sum(values, Decimal(0))


def difference(facts: View, refs: tuple[Ref, Ref], item: Any) -> Any:  # noqa: ANN401
    """First minus second."""
    first, second = known(facts, refs, item)
    if isinstance(first, Missing):
        return first
    if second is UNKNOWN:
        return UNKNOWN
    return first if second is ABSENT else first - second


def shift(facts: View, parts: tuple[Ref, Period], item: Any) -> Any:  # noqa: ANN401
    """The corresponding day of a period, not rolled."""
    start = facts.date(parts[0], item)
    return start if isinstance(start, Missing) else corresponding_day(start, parts[1])


def exists(facts: View, parts: tuple[str, Condition], item: Any) -> Any:  # noqa: ANN401, ARG001
    """Whether an entry of a list meets a condition."""
    results = [facts.holds(parts[1], entry) for entry in facts.items(parts[0])]
    if True in results:
        return True
    return UNKNOWN if None in results else False


def count(facts: View, parts: tuple[str, Condition], item: Any) -> Any:  # noqa: ANN401, ARG001
    """How many entries of a list meet a condition."""
    results = [facts.holds(parts[1], entry) for entry in facts.items(parts[0])]
    return UNKNOWN if None in results else results.count(True)


def suspicious(facts: View, parts: Any, item: Any) -> Any:  # noqa: ANN401, ARG001
    """Whether there are suspicious neighbours."""
    return bool(neighbours(facts, parts))


def neighbours(facts: View, parts: Any) -> list[Neighbour]:  # noqa: ANN401
    """The other projects of the dossier that a neighbour fact finds suspicious."""
    same, similar, each, together = parts
    mine = known(facts, same, None)
    if any(isinstance(value, Missing) for value in mine) or (each and not facts.holds(each)):
        return []
    found = [n for n in group(facts, same, tuple(mine)) if alike(facts, n, similar, each)]
    if found and together is not None and not all_together(facts, found, together):
        return []
    return found


def group(facts: View, same: tuple[Ref, ...], mine: tuple[Any, ...]) -> list[Neighbour]:
    """The neighbours under the same regulation that share these values."""
    groups = facts.index.groups
    key = tuple(ref.text for ref in same)
    if key not in groups:
        table: dict[tuple[Any, ...], list[Neighbour]] = {}
        for neighbour in facts.index.projects:
            values = tuple(known(facts.of(neighbour.project), same, None))
            table.setdefault(values, []).append(neighbour)
        groups[key] = table
    me = facts.project
    return [
        n
        for n in groups[key].get(mine, ())
        if n.project.source.file != me.source.file and n.project.regulation == me.regulation
    ]


def alike(facts: View, neighbour: Neighbour, similar: Ref | None, each: Condition | None) -> bool:
    """Whether a neighbour meets the condition and has a similar name."""
    other = facts.of(neighbour.project)
    if each is not None and not other.holds(each):
        return False
    return similar is None or _similar(facts.value(similar), other.value(similar))


def all_together(facts: View, found: list[Neighbour], together: Condition) -> bool:
    """Whether the amounts of all together meet the condition."""
    test = together.tests[0]
    amounts = [facts.value(test.ref), *(facts.of(n.project).value(test.ref) for n in found)]
    added = sum((amount for amount in amounts if not isinstance(amount, Missing)), Decimal(0))
    return all(OPERATORS[t.op](added, t.to) for t in together.tests)


def _similar(mine: Any, other: Any) -> bool:  # noqa: ANN401
    if not isinstance(mine, str) or not isinstance(other, str):
        return False
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, mine, other)
    return matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR


FORMS: Mapping[str, Callable[[View, Any, Any], Any]] = {
    "any": any_of,
    "later": later,
    "earlier": earlier,
    "first": first_known,
    "sum": total,
    "difference": difference,
    "shift": shift,
    "exists": exists,
    "count": count,
    "neighbours": suspicious,
}
"""The forms of a fact, written out."""


def inputs(fact: PackFact) -> tuple[Ref, ...]:
    """The refs that a fact is derived from, where it is derived from refs."""
    if fact.form in ("later", "earlier", "first", "sum", "difference"):
        return tuple(fact.parts)
    return (fact.parts[0],) if fact.form == "shift" else ()
