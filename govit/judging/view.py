"""所见：what a given or derived value may ask of the facts of one project. They are worked out in `facts`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import datetime as dt

    from govit.dossier.model import Answer, Index, Project
    from govit.judging.values import Missing
    from govit.law.conditions import Condition, Ref
    from govit.law.regulation import Regulation


class View(Protocol):
    """One project as of one day."""

    project: Project
    regulation: Regulation
    index: Index
    as_of: dt.date

    def value(self, ref: Ref, item: Any = None) -> Any:  # noqa: ANN401
        """What a ref is worth."""

    def holds(self, condition: Condition, item: Any = None) -> bool | None:  # noqa: ANN401
        """Whether a condition holds; None is unknown."""

    def date(self, ref: Ref, item: Any = None) -> dt.date | Missing:  # noqa: ANN401
        """A ref's date."""

    def answer(self, question: str) -> Answer | None:
        """The answer given to a question."""

    def records(self, head: str, key: str, body: str = "") -> list[Any]:
        """The records of one kind."""

    def items(self, name: str) -> list[Any]:
        """The entries of a list that rules go over."""

    def of(self, other: Project) -> View:
        """Another project of the dossier, looked at in the same way."""
