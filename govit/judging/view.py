"""所见：what a given or derived value may ask of the facts of one project. They are worked out in `facts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from govit.calendar.periods import LastDay, Period
    from govit.dossier.model import Answer, Index, Project, Record
    from govit.judging.values import Missing, Value
    from govit.law.conditions import Condition, Literal, Operand, Ref
    from govit.law.regulation import Regulation


class View(Protocol):
    """One project as of one day."""

    project: Project
    regulation: Regulation
    index: Index
    as_of: dt.date

    def value(self, ref: Ref, item: Record | None = None) -> Value:
        """What a ref is worth."""

    def differs(self, ref: Ref) -> bool:
        """Whether places differ about a value."""

    def is_lost(self, ref: Ref, item: Record | None = None) -> bool:
        """Whether a value is not known since a record that must be there is not."""

    def is_short_of(self, ref: Ref) -> bool:
        """Whether a record that a value is made of must be there and is not."""

    def holds(self, condition: Condition, item: Record | None = None) -> bool | None:
        """Whether a condition holds; None is unknown."""

    def operand(self, to: Operand | tuple[Literal, ...], item: Record | None = None) -> Value:
        """What stands right of a comparison."""

    def date(self, ref: Ref, item: Record | None = None) -> dt.date | Missing:
        """A ref's date."""

    def last_day(self, start: dt.date, period: Period, *, roll: bool) -> LastDay:
        """The last day of a period."""

    def answer(self, question: str) -> Answer | None:
        """The answer given to a question."""

    def found(self, head: str, key: str, body: str = "") -> Sequence[Record]:
        """The records of one kind."""

    def items(self, name: str) -> Sequence[Record]:
        """The entries of a list that rules go over."""

    def of(self, other: Project) -> View:
        """Another project of the dossier, looked at in the same way."""
