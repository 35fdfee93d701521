"""留存：the paragraphs of a file while it is read, for who wants its text and the cells of its tables, not only its headings.

A check of many projects keeps none of them longer than one file takes: a report has a million characters.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govit.documents.paragraph import Paragraph


class Gathered:
    """What was read of one file: paragraphs, or of Markdown its lines."""

    __slots__ = ("begun", "lines", "paragraphs")

    def __init__(self) -> None:
        """Begin with nothing."""
        self.paragraphs: list[Paragraph] = []
        self.lines: Sequence[str] = ()
        self.begun = 0
        """How many lines of Markdown its head (front matter) has."""


_GATHERED: ContextVar[Gathered | None] = ContextVar("kept", default=None)


@contextmanager
def gathering() -> Iterator[Gathered]:
    """Gather the text of what is read meanwhile."""
    found = Gathered()
    before = _GATHERED.set(found)
    try:
        yield found
    finally:
        _GATHERED.reset(before)


def is_kept() -> bool:
    """Tell whether anybody gathers them."""
    return _GATHERED.get() is not None


def hand_over(paragraphs: Iterable[Paragraph]) -> None:
    """Give the paragraphs of the text to whoever gathers them."""
    gathered = _GATHERED.get()
    if gathered is not None:
        gathered.paragraphs.extend(paragraphs)


def hand_over_lines(lines: Sequence[str], begun: int) -> None:
    """Give the lines of a Markdown file to whoever gathers them, and say how many of them are its head."""
    gathered = _GATHERED.get()
    if gathered is not None:
        gathered.lines, gathered.begun = lines, begun
