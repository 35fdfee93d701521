"""先后：which records stand where a rule wants them in time, and what to say of those that do not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from govit.base.records import record
from govit.base.wording import Wording, joined
from govit.dossier.keys import Role
from govit.dossier.lists import BY_KIND, day_of, kinds_of, text_of
from govit.dossier.model import PASSED, Approval
from govit.judging.checks.verdict import Verdict, undetermined, violates
from govit.judging.values import UNKNOWN, Missing
from govit.law.conditions import describe_ref
from govit.law.kinds.time import Within

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from govit.dossier.model import Record
    from govit.judging.facts import Facts
    from govit.law.conditions import Ref
    from govit.law.kinds.order import After, Placed

R = TypeVar("R", bound="Record")


@record
class Bound:
    """界限：a day that an act must not pass, and what that day is."""

    day: dt.date
    ref: Ref

    @property
    def named(self) -> str:
        """The day with its name."""
        return Wording("{}（{}）", describe_ref(self.ref), self.day)


@record
class Span:
    """一段时间：from one day to another; a day that has not come bounds nothing."""

    after: Bound | None
    before: Bound | None
    strict: bool
    unknown: tuple[Ref, ...]
    """What must be filled in before one of its days can be told."""

    @property
    def bounded(self) -> bool:
        """Whether there is anything that a record could stand on the wrong side of."""
        return bool(self.after or self.before or self.unknown)

    @property
    def shown(self) -> tuple[str, ...]:
        """Its days, as evidence."""
        return tuple(bound.named for bound in (self.after, self.before) if bound is not None)

    def _early(self, day: dt.date) -> bool:
        return self.after is not None and (day < self.after.day or (self.strict and day == self.after.day))

    def _late(self, day: dt.date) -> bool:
        return self.before is not None and (day > self.before.day or (self.strict and day == self.before.day))

    def has(self, day: dt.date) -> bool:
        """Whether a day lies in it."""
        return not self._early(day) and not self._late(day)

    def passed_by(self, day: dt.date) -> Bound | None:
        """The bound on whose wrong side a day lies."""
        return self.after if self._early(day) else self.before if self._late(day) else None

    def wanted(self, bound: Bound) -> str:
        """What one of its bounds wants: 不晚于…."""
        words = ("晚于", "早于") if self.strict else ("不早于", "不晚于")
        return Wording("{}{}", words[bound is self.before], bound.named)

    def in_words(self) -> str:
        """What its bounds want, together."""
        return joined("、", (self.wanted(bound) for bound in (self.after, self.before) if bound is not None))


_UNBOUNDED = {strict: Span(None, None, strict, ()) for strict in (False, True)}
"""Of the many rules that want no day."""


def span_of(demand: After, facts: Facts, item: Record | None) -> Span:
    """When the act of a rule must be done, for one project or one item of a list."""
    if not demand.bounds:
        return _UNBOUNDED[demand.strict]
    days = {ref: facts.date(ref, item) for ref in demand.bounds}
    bounds = {ref: Bound(day, ref) for ref, day in days.items() if not isinstance(day, Missing)}
    unknown = (
        behind for ref, day in days.items() if day is UNKNOWN for behind in facts.unknown_behind(ref, item) or [ref]
    )
    before = demand.guarded
    return Span(
        bounds.get(demand.after) if demand.after else None,
        bounds.get(before) if before else None,
        demand.strict,
        tuple(unknown),
    )


@record
class Placing(Generic[R]):
    """分开：the records that count, those on the wrong side of a day, those of which one cannot tell."""

    counted: list[R]
    outside: list[R]
    undated: list[R]


def sort_out(records: Iterable[R], span: Span) -> Placing[R]:
    """Records by where they lie; where there are no bounds all count."""
    found: Placing[R] = Placing([], [], [])
    for one in records:
        day = day_of(one)
        if not span.bounded or (day is not None and span.has(day)):
            found.counted.append(one)
        else:
            (found.undated if day is None else found.outside).append(one)
    return found


def misplaced(
    subject: str, placed: Placing[R], span: Span, shown: Callable[[R], str], called: str = ""
) -> Verdict | None:
    """What is said where whatever could count has no day or stands on the wrong side of one; None if there is nothing.

    `called` is what a message names it, where that is more than its subject.
    """
    called = called or f"“{subject}”"
    if placed.undated:
        detail = Wording("{}没有写日期，无法判断是否{}", called, span.in_words() or "在规定的时候")
        return undetermined(subject, detail, at=placed.undated[0].at)
    nearest = min(placed.outside, key=lambda one: _off(one, span), default=None)
    day = day_of(nearest) if nearest is not None else None
    bound = span.passed_by(day) if day is not None else None
    if nearest is None or day is None or bound is None:
        return None
    late = bound.day if bound is span.before else None
    return violates(
        subject,
        Wording("{}的日期 {} 应当{}", called, day, span.wanted(bound)),
        at=nearest.at,
        evidence=(shown(nearest), bound.named),
        fell_on=late,  # one made too early is another act: the day of this one is not its day
    )


def of_own(placed: Placing[R], mine: Sequence[R]) -> Placing[R]:
    """Of records that stand on either side those that a day has for its own, where none of its own counts."""
    return Placing([], list(mine), []) if mine and placed.counted else placed


def _off(one: Record, span: Span) -> int:
    """By how many days a record lies on the wrong side."""
    day = day_of(one)
    bound = span.passed_by(day) if day else None
    return abs((day - bound.day).days) if day and bound else 0


def taken(subject: str, at: str, called: str = "") -> Verdict:
    """What is said where there are records, but each belongs to another day that must have its own."""
    return violates(subject, f"没有另外一份{called or f'“{subject}”'}：已有的各归于别的一次，每次要有自己的一份", at=at)


# -- each day its own record ---------------------------------------------------------------------------


@record
class _Own:
    """要有自己一份记录的一天."""

    day: dt.date
    names: tuple[str | None, ...]
    record: Record | None
    ref: Ref


def counted_of(mine: Iterable[R], counted: Iterable[R]) -> list[R]:
    """Of the records that an item may have those that count; there may be thousands of them."""
    known = set(counted)
    return [one for one in mine if one in known]


def own_of(demand: Placed | Within, facts: Facts, item: Record | None, records: Sequence[R]) -> Sequence[R]:
    """Of the records those that this item may have, where each of several days must have its own.

    What its `of` names belongs to that day; the others go to the days in their order, each the first on or after it.
    Of deadlines the first is met by the first record, however late, the second by the second.
    """
    if not demand.one_each:
        return records
    days = sorted(_days(demand, facts, item), key=lambda own: own.day)
    mine = next((own for own in days if _is_mine(own, demand, item)), None)
    if mine is None:
        return records
    spoken = {id(r): [own for own in days if text_of(r, Role.OF) in own.names] for r in records}
    free = sorted((r for r in records if day_of(r) is not None), key=lambda r: (day_of(r), 0))
    taken_by_day: dict[int, R] = {}
    for named in (True, False):
        for own in days:
            if id(own) not in taken_by_day:
                fits = (r for r in free if _fits(r, own, spoken[id(r)], demand, named=named) and _since(r, own, demand, facts))
                if (one := next(fits, None)) is not None:
                    taken_by_day[id(own)] = one
                    free.remove(one)
    return [taken_by_day[id(mine)]] if id(mine) in taken_by_day else []


def _fits(one: Record, own: _Own, spoken: Sequence[_Own], demand: Placed | Within, *, named: bool) -> bool:
    return (_of_deadlines(demand) or _on_or_after(one, own)) and (own in spoken if named else not spoken)


def _of_deadlines(demand: Placed | Within) -> bool:
    """Whether the days are those that an act must not be later than: the rule bounds it by the day of the item itself."""
    if isinstance(demand, Within):
        return False
    own_day = demand.before is not None and demand.before.head == "item" and demand.before.key == "on"
    return own_day or (demand.after is None and demand.before is not None)


def _since(one: Record, own: _Own, demand: Placed | Within, facts: Facts) -> bool:
    """Whether a record is not earlier than where the time for one of several deadlines begins."""
    day = day_of(one)
    if isinstance(demand, Within) or demand.after is None or day is None or not _of_deadlines(demand):
        return True
    start = facts.date(demand.after, own.record)
    return isinstance(start, Missing) or day >= start


def _on_or_after(one: Record, own: _Own) -> bool:
    day = day_of(one)
    return day is not None and day >= own.day


def _days(demand: Placed | Within, facts: Facts, item: Record | None) -> Iterator[_Own]:
    for ref in demand.one_each:
        if ref.head in BY_KIND:
            for one in facts.found(ref.head, ref.key, ref.body):
                day = day_of(one)
                if day is not None and _ended_alike(one, item):
                    yield _Own(day, (*kinds_of(one), f"{day}", *_called(one)), one, ref)
        else:
            value = facts.date(ref)
            if not isinstance(value, Missing):
                yield _Own(value, (ref.key, f"{value}"), None, ref)


def _ended_alike(one: Record, item: Record | None) -> bool:
    """Whether an approval was given or refused as that of the item was: what follows a refusal is owed for no approval."""
    if not isinstance(one, Approval) or not isinstance(item, Approval):
        return True
    return (one.result == PASSED) == (item.result == PASSED)


def _called(one: Record) -> Iterator[str]:
    """What a record may be named by, beside its kind and its day."""
    for role in (Role.OF, Role.NUMBER):
        if (name := text_of(one, role)) is not None:
            yield name


def _is_mine(own: _Own, demand: Placed | Within, item: Record | None) -> bool:
    """Whether a day is that of the item, or, of a rule that goes over no list, the day that it must follow."""
    if item is not None:
        return own.record is item
    follows = demand.trigger if isinstance(demand, Within) else demand.after
    return own.record is None and own.ref.text == getattr(follows, "text", "")
