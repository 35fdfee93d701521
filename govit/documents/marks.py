"""Classification marks (密级标志): 绝密★, 机密★10年, 秘密★.

Only their place is ever told: a message that echoed the words around a mark would spread them.
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from govit.base.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

STAR = "★"
MOST_MARKS = 1000
"""Told of one document; a clerk who has found so many needs no more."""
_MARK = regex(rf"[绝机秘][\s*_]*密[\s*_]*{STAR}")


def has_mark(text: str) -> bool:
    """Tell whether a text bears a mark, blanks and emphasis between its characters allowed."""
    return STAR in text and _MARK.search(text) is not None


def mark_places(text: str) -> Iterator[tuple[int, int]]:
    """Give line and column of each mark in a text, from 1."""
    if STAR not in text:
        return
    line, begun, seen = 1, 0, 0
    for match in islice(_MARK.finditer(text), MOST_MARKS):
        at = match.start()
        line += text.count("\n", seen, at)
        begun = max(begun, text.rfind("\n", seen, at) + 1)
        seen = at
        yield line, at - begun + 1
