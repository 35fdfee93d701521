"""推导：the named values that a pack derives from others. All the logic that a pack has."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from govit.calendar.periods import corresponding_day
from govit.dossier.lists import day_of
from govit.judging.given import counting, worth
from govit.judging.values import ABSENT, OPERATORS, UNDATED, UNKNOWN, Missing, furthest, number
from govit.law.conditions import record_ref
from govit.law.derivations import (
    AnyOf,
    Count,
    Earlier,
    Exists,
    First,
    FirstAfter,
    LastBefore,
    Later,
    Neighbours,
    OfYears,
    OnlyIf,
    Remainder,
    Shift,
    Total,
    YearStart,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from govit.dossier.model import Neighbour, Record
    from govit.judging.values import Value
    from govit.judging.view import View
    from govit.law.conditions import Condition, Ref
    from govit.law.derivations import Derivation

SIMILAR = 0.6  # names that share this much look alike; only ever a hint, never a verdict


def any_of(facts: View, how: AnyOf, item: Record | None) -> bool | Missing:
    """True when one of the conditions holds."""
    results = [facts.holds(condition, item) for condition in how.conditions]
    if True in results:
        return True
    return UNKNOWN if None in results else False


def known(facts: View, refs: Iterable[Ref], item: Record | None) -> list[Value]:
    """The values of refs, an undated record as unknown."""
    return [UNKNOWN if v is UNDATED else v for v in (facts.value(ref, item) for ref in refs)]


def later(facts: View, how: Later, item: Record | None) -> Value:
    """The later of dates; absent while one has not happened."""
    values = known(facts, how.refs, item)
    if ABSENT in values:
        return ABSENT
    return UNKNOWN if UNKNOWN in values else furthest(values, ">")


def earlier(facts: View, how: Earlier, item: Record | None) -> Value:
    """The earlier of the dates that have happened."""
    values = [value for value in known(facts, how.refs, item) if value is not ABSENT]
    if not values:
        return ABSENT
    return UNKNOWN if UNKNOWN in values else furthest(values, "<")


def first_known(facts: View, how: First, item: Record | None) -> Value:
    """The first value that is known; one that places differ about, or whose record is lost, is not passed over."""
    values = known(facts, how.refs, item)
    for ref, value in zip(how.refs, values, strict=True):
        if not isinstance(value, Missing):
            return value
        if facts.differs(ref) or facts.is_lost(ref, item):
            return UNKNOWN
    return UNKNOWN if UNKNOWN in values else ABSENT


def total(facts: View, how: Total, item: Record | None) -> Value:
    """A sum; what is absent adds nothing."""
    values = [
        (ref, value) for ref, value in zip(how.refs, known(facts, how.refs, item), strict=True) if value is not ABSENT
    ]
    if any(value is UNKNOWN for _, value in values):
        return UNKNOWN
    return sum((number(value, ref) for ref, value in values), Decimal(0))


def difference(facts: View, how: Remainder, item: Record | None) -> Value:
    """First minus second."""
    first, second = known(facts, how.refs, item)
    if isinstance(first, Missing):
        return first
    if second is UNKNOWN:
        return UNKNOWN
    return first if second is ABSENT else number(first, how.minuend) - number(second, how.subtrahend)


def shift(facts: View, how: Shift, item: Record | None) -> Value:
    """The corresponding day of a period, moved on from a rest day only where the pack says so."""
    start = facts.date(how.start, item)
    if isinstance(start, Missing):
        return start
    return facts.last_day(start, how.period, roll=True).day if how.roll else corresponding_day(start, how.period)


def last_before(facts: View, how: LastBefore, item: Record | None) -> Value:
    """What the last record not later than a day is worth: an undated one may be it, so it must agree."""
    day = facts.date(how.day, item)
    found = counting(facts, how.value)
    if not found:
        return ABSENT
    if day is UNKNOWN or _differs(facts, how.value):
        return UNKNOWN
    until = dt.date.max if isinstance(day, Missing) else day
    dated = [(on, r) for r in found if (on := day_of(r)) is not None and on <= until]
    last = max((on for on, _ in dated), default=None)
    possible = [r for on, r in dated if on == last] + [r for r in found if day_of(r) is None]
    values = {worth(r, how.value) for r in possible}
    if not values:
        return ABSENT
    return values.pop() if len(values) == 1 else UNKNOWN


def first_after(facts: View, how: FirstAfter, item: Record | None) -> Value:
    """What the first record not earlier than a day is worth."""
    day = facts.date(how.day, item)
    found = counting(facts, how.value)
    if isinstance(day, Missing):
        return ABSENT if day is ABSENT or not found else UNKNOWN
    if _differs(facts, how.value):
        return UNKNOWN
    dated = [(on, r) for r in found if (on := day_of(r)) is not None and on >= day]
    if not dated:
        return UNKNOWN if any(day_of(r) is None for r in found) else ABSENT
    first = min(on for on, _ in dated)
    return worth(next(r for on, r in dated if on == first), how.value)


def _differs(facts: View, ref: Ref) -> bool:
    """Whether places differ about what a record says, or about its day, by which it is chosen."""
    return facts.differs(ref) or facts.differs(record_ref(ref.head, ref.key, ref.body))


def year_start(facts: View, how: YearStart, item: Record | None) -> Value:
    """The first of January of a year, or of so many years before it."""
    year = facts.value(how.year, item)
    return year if isinstance(year, Missing) else dt.date(int(number(year, how.year)) - how.back, 1, 1)


def only_if(facts: View, how: OnlyIf, item: Record | None) -> Value:
    """A value while a condition holds; what is absent is so whatever the condition, and nothing is asked for it."""
    holds = facts.holds(how.when, item)
    value = facts.value(how.value, item) if holds is not False else ABSENT
    return UNKNOWN if holds is None and value is not ABSENT else value


def exists(facts: View, how: Exists, _: Record | None) -> bool | Missing:
    """Whether an entry of a list meets a condition."""
    results = [facts.holds(how.where, entry) for entry in facts.items(how.listed)]
    if True in results:
        return True
    return UNKNOWN if None in results else False


def count(facts: View, how: Count, _: Record | None) -> int | Missing:
    """How many entries of a list meet a condition."""
    results = [facts.holds(how.where, entry) for entry in facts.items(how.listed)]
    return UNKNOWN if None in results else results.count(True)


def suspicious(facts: View, how: Neighbours, _: Record | None) -> bool:
    """Whether there are suspicious neighbours."""
    return bool(neighbours(facts, how))


def neighbours(facts: View, how: Neighbours) -> list[Neighbour]:
    """The other projects of the dossier that a neighbour fact finds suspicious."""
    mine = known(facts, how.same, None)
    if any(isinstance(value, Missing) for value in mine) or (how.each and not facts.holds(how.each)):
        return []
    found = [n for n in group(facts, how.same, tuple(mine)) if alike(facts, n, how)]
    if found and how.together is not None and not all_together(facts, found, how.together):
        return []
    return found


def of_years(facts: View, how: OfYears, _: Record | None) -> bool | Missing:
    """Whether another project of these years meets the condition."""
    mine, year = known(facts, how.same, None), facts.project.year
    if year is None or UNKNOWN in mine:
        return UNKNOWN
    if ABSENT in mine:
        return False
    results = [held for _, held in of_the_years(facts, how)]
    if True in results:
        return True
    return UNKNOWN if None in results else False


def of_the_years(facts: View, how: OfYears) -> Iterator[tuple[Neighbour, bool | None]]:
    """The projects of these years that share the values, each with whether it meets the condition."""
    year = facts.project.year
    for one in group(facts, how.same, tuple(known(facts, how.same, None))):
        planned = one.project.year
        if year is not None and planned is not None and year - how.back <= planned <= year:
            yield one, facts.of(one.project).holds(how.of_others)


def group(facts: View, same: tuple[Ref, ...], mine: tuple[Value, ...]) -> list[Neighbour]:
    """The neighbours under the same regulation that share these values."""
    by = (facts.regulation.id, *(ref.text for ref in same))  # another regulation may mean something else by a name
    groups = facts.index.grouped(by, lambda project: tuple(known(facts.of(project), same, None)))
    me = facts.project
    return [
        n
        for n in groups.get(mine, ())
        if n.project.source.file != me.source.file and n.project.regulation == me.regulation
    ]


def alike(facts: View, neighbour: Neighbour, how: Neighbours) -> bool:
    """Whether a neighbour meets the condition and has a similar name."""
    other = facts.of(neighbour.project)
    if how.each is not None and not other.holds(how.each):
        return False
    return how.similar is None or _similar(facts.value(how.similar), other.value(how.similar))


def all_together(facts: View, found: list[Neighbour], together: Condition) -> bool:
    """Whether the amounts of all together meet the condition."""
    ref = together.tests[0].ref
    amounts = [facts.value(ref), *(facts.of(n.project).value(ref) for n in found)]
    added = sum((number(amount, ref) for amount in amounts if not isinstance(amount, Missing)), Decimal(0))
    return all(OPERATORS[t.op](added, number(facts.operand(t.to), "together 的界限")) for t in together.tests)


def _similar(mine: Value, other: Value) -> bool:
    if not isinstance(mine, str) or not isinstance(other, str):
        return False
    from difflib import SequenceMatcher

    matcher = SequenceMatcher(None, mine, other)
    return matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR


_BY_FORM: Mapping[type[Derivation], Callable[..., Value]] = {
    AnyOf: any_of,
    Later: later,
    Earlier: earlier,
    First: first_known,
    Total: total,
    Remainder: difference,
    Shift: shift,
    LastBefore: last_before,
    FirstAfter: first_after,
    YearStart: year_start,
    OnlyIf: only_if,
    Exists: exists,
    Count: count,
    Neighbours: suspicious,
    OfYears: of_years,
}
"""What works out each form, written out."""


def derive(facts: View, how: Derivation, item: Record | None) -> Value:
    """What a derivation gives for one project, or for one item of a list."""
    return _BY_FORM[type(how)](facts, how, item)
