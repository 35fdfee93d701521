"""先后：where an act stands in time, for every kind that wants a record or an answer: before, after, strict, one_each."""

from __future__ import annotations

from govit.base.records import field, named_record
from govit.law.conditions import Ref, describe_ref
from govit.law.kinds.demand import Demand, Syntax, written


@named_record
class After(Demand):
    """不早于：done on or after a day; `strict` leaves out the day itself. A day that has not come bounds nothing."""

    after: Ref | None = field(default=None, metadata=written(Syntax.DAY))
    strict: bool = field(default=False, metadata=written(Syntax.FLAG))

    @property
    def bounds(self) -> tuple[Ref, ...]:
        """The days that it must not be earlier or later than."""
        return (self.after,) if self.after else ()

    @property
    def order_in_words(self) -> str:
        """不早于哪一天."""
        return _not_before(self.after, strict=self.strict)


@named_record
class Placed(After):
    """先后：not later than `before` as well; `one_each`: each of these days has a record of its own on or after it."""

    before: Ref | None = field(default=None, metadata=written(Syntax.DAY))
    one_each: tuple[Ref, ...] = field(default=(), metadata=written(Syntax.DAYS))

    @property
    def guarded(self) -> Ref | None:
        """之前."""
        return self.before

    @property
    def bounds(self) -> tuple[Ref, ...]:
        """Both."""
        return tuple(ref for ref in (self.after, self.before) if ref is not None)

    @property
    def order_in_words(self) -> str:
        """不早于、不晚于哪一天."""
        until = f"，{'早于' if self.strict else '不晚于'}{describe_ref(self.before)}" if self.before is not None else ""
        own = f"，{'、'.join(map(describe_ref, self.one_each))}各有自己的一份" if self.one_each else ""
        return f"{_not_before(self.after, strict=self.strict)}{until}{own}"


def _not_before(day: Ref | None, *, strict: bool) -> str:
    return f"，{'晚于' if strict else '不早于'}{describe_ref(day)}" if day is not None else ""
