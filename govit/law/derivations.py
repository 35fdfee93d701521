"""推导：the forms in which a pack may derive a named value from others, a frozen class each. Nothing is worked out here."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, TypeAlias

from govit.base.records import field, record
from govit.law.conditions import parse_ref, refs_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.calendar.periods import Period
    from govit.law.conditions import Condition, Ref


YEAR = parse_ref("year")
"""计划年度."""


class _Form:
    """What every form can be asked: a form that has no such part has the empty one."""

    __slots__ = ()
    written: ClassVar[str]
    """The key that a pack writes it under."""
    of_items: ClassVar[bool] = True
    """Whether it may speak of the item of a list that a rule goes over."""
    joined: ClassVar[str] = ""
    """How the dates that it is derived from are named together."""
    wants_all: ClassVar[bool] = False
    """Whether it has no value before all of them have one."""
    chooses: ClassVar[bool] = False
    """Whether it is worth what one of its refs is worth."""

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The values that it is derived from."""
        return ()

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The conditions that it turns on, where these are of the project."""
        return ()

    @property
    def listed(self) -> str:
        """The list whose entries it looks at."""
        return ""

    @property
    def where(self) -> Condition | None:
        """What it asks of each entry."""
        return None

    def mentioned(self) -> Iterator[Ref]:
        """Every ref that stands in it."""
        yield from self.refs
        yield from refs_in((*self.conditions, self.where))


@record
class AnyOf(_Form):
    """任一条件成立."""

    written: ClassVar[str] = "any"
    conditions: tuple[Condition, ...] = field()


@record
class _OfRefs(_Form):
    refs: tuple[Ref, ...] = field()


@record
class Later(_OfRefs):
    """较晚的日期：absent while one has not happened."""

    written: ClassVar[str] = "later"
    joined: ClassVar[str] = "和"
    wants_all: ClassVar[bool] = True
    chooses: ClassVar[bool] = True


@record
class Earlier(_OfRefs):
    """较早的日期 of those that have happened."""

    written: ClassVar[str] = "earlier"
    joined: ClassVar[str] = "或"
    chooses: ClassVar[bool] = True


@record
class First(_OfRefs):
    """第一个已知的值."""

    written: ClassVar[str] = "first"
    joined: ClassVar[str] = "或"
    chooses: ClassVar[bool] = True


@record
class Total(_OfRefs):
    """合计：what is absent adds nothing."""

    written: ClassVar[str] = "sum"


@record
class Remainder(_Form):
    """相减."""

    written: ClassVar[str] = "difference"
    minuend: Ref
    subtrahend: Ref

    @property
    def refs(self) -> tuple[Ref, ...]:
        """First and second."""
        return self.minuend, self.subtrahend


@record
class Shift(_Form):
    """对应日：the corresponding day of a period, not rolled."""

    written: ClassVar[str] = "shift"
    joined: ClassVar[str] = "和"
    wants_all: ClassVar[bool] = True
    start: Ref
    period: Period
    roll: bool = False
    """顺延：a last day on a rest day moves on, as where someone must act within the period."""

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The day that it starts from."""
        return (self.start,)


@record
class _AtDay(_Form):
    """A value of the records on one side of a day."""

    value: Ref
    day: Ref

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What it is worth, and the day."""
        return self.value, self.day


@record
class LastBefore(_AtDay):
    """某日之前的最后一次：of the last record not later than the day; as it stands while the day has not come."""

    written: ClassVar[str] = "last_before"


@record
class FirstAfter(_AtDay):
    """某日之后的第一次：of the first record not earlier than the day; absent while the day has not come."""

    written: ClassVar[str] = "first_after"


@record
class YearStart(_Form):
    """年初：the first of January of a year, or of so many years before it."""

    written: ClassVar[str] = "year_start"
    year: Ref
    back: int

    @property
    def refs(self) -> tuple[Ref, ...]:
        """The year."""
        return (self.year,)


@record
class OnlyIf(_Form):
    """有条件的值：worth what its value is while a condition holds, else absent."""

    written: ClassVar[str] = "only_if"
    value: Ref
    when: Condition

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What it is worth."""
        return (self.value,)

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """The condition."""
        return (self.when,)


@record
class _OfList(_Form):
    of_items: ClassVar[bool] = False
    listed: str = field()
    where: Condition = field()


@record
class Exists(_OfList):
    """列表中有没有这样的一项."""

    written: ClassVar[str] = "exists"


@record
class Count(_OfList):
    """列表中有几项是这样."""

    written: ClassVar[str] = "count"


@record
class Neighbours(_Form):
    """邻近项目：others of the dossier that share values, look alike, and meet conditions each and together."""

    written: ClassVar[str] = "neighbours"
    of_items: ClassVar[bool] = False
    same: tuple[Ref, ...]
    similar: Ref | None
    each: Condition | None
    together: Condition | None

    def mentioned(self) -> Iterator[Ref]:
        """Every ref that stands in it."""
        yield from refs_in((self.same, self.similar, self.each, self.together))


@record
class OfYears(_Form):
    """历年项目：whether another project of the dossier that shares values, of this plan year or so many before, meets a condition."""

    written: ClassVar[str] = "years"
    of_items: ClassVar[bool] = False
    same: tuple[Ref, ...]
    back: int
    of_others: Condition

    @property
    def refs(self) -> tuple[Ref, ...]:
        """What they share, and the year."""
        return (*self.same, YEAR)

    def mentioned(self) -> Iterator[Ref]:
        """Every ref that stands in it."""
        yield from refs_in((self.refs, self.of_others))


Derivation: TypeAlias = (
    AnyOf
    | Later
    | Earlier
    | First
    | Total
    | Remainder
    | Shift
    | LastBefore
    | FirstAfter
    | YearStart
    | OnlyIf
    | Exists
    | Count
    | Neighbours
    | OfYears
)
FORMS: tuple[type[Derivation], ...] = (
    AnyOf,
    Later,
    Earlier,
    First,
    Total,
    Remainder,
    Shift,
    LastBefore,
    FirstAfter,
    YearStart,
    OnlyIf,
    Exists,
    Count,
    Neighbours,
    OfYears,
)
"""The forms, in the order in which a message names them."""
