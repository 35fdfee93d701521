"""留存：the paragraphs of a file while it is read, for who wants its text and the cells of its tables, not only its headings.

A check of many projects keeps none of them: a report has a million characters, and headings are all that rules ask for.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govit.documents.paragraph import Paragraph

_PARAGRAPHS: ContextVar[list[Paragraph] | None] = ContextVar("kept", default=None)


@contextmanager
def gathering() -> Iterator[list[Paragraph]]:
    """Gather the paragraphs of what is read meanwhile."""
    found: list[Paragraph] = []
    before = _PARAGRAPHS.set(found)
    try:
        yield found
    finally:
        _PARAGRAPHS.reset(before)


def is_kept() -> bool:
    """Tell whether anybody gathers them."""
    return _PARAGRAPHS.get() is not None


def hand_over(paragraphs: Iterable[Paragraph]) -> None:
    """Give the paragraphs of the text to whoever gathers them."""
    gathered = _PARAGRAPHS.get()
    if gathered is not None:
        gathered.extend(paragraphs)
