"""Headings that were only typed (手工标题), and lines of a typed table of contents (目录).

Many files have no heading styles at all: the clerk types 第八章 网络安全保障篇 and makes it bold.
The number in front tells the rank; what remains is to put the ranks of one document in order.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.documents.ordinals import CHAPTER, ITEM, PART, POINT, SECTION, SINGLE, ordinal

if TYPE_CHECKING:
    from collections.abc import Iterable

DEEPEST = 9
LONGEST = 60
"""A longer line is a sentence, whatever it begins with."""

_ENDINGS = ("篇", "（章）", "(章)", "篇章", "专章")
"""A bold line that calls itself a chapter needs no number; a bare 章 may be a seal (印章)."""
_STOPS = frozenset("。；;，,！!？?、")
"""No heading ends so."""

_DOTS = re.compile(r"(?:[.．·。]{3,}|[…⋯]|[-—_－＿]{4,}|(?:[.．·]\s){3,})\s*[(（]?[\divxIVX]{1,5}[)）]?\s*$")
_LAST = frozenset("0123456789ivxIVX)） \t")
_TABBED = re.compile(r"\S\s*\t\s*[\divxIVX]{1,4}\s*$")


def kind_of(text: str) -> int:
    """Give the rank that a line claims by its number or its ending, 0 if it claims none."""
    if not text or len(text) > LONGEST or text[-1] in _STOPS:
        return 0
    number = ordinal(text)
    if number is None:
        return CHAPTER if text.endswith(_ENDINGS) else 0
    return number.rank


def is_contents_line(text: str) -> bool:
    """Tell a line of a typed table of contents: dot leaders or a tab, then a page number."""
    if has_leaders(text):
        return True
    if "\t" not in text or len(text) > 2 * LONGEST or _TABBED.search(text) is None:
        return False
    return kind_of(" ".join(text.split()[:-1])) > 0


def has_leaders(text: str) -> bool:
    """Tell a line that ends in dot leaders (前导符) and a page number."""
    if len(text) > 2 * LONGEST or text[-1:] not in _LAST:
        return False
    return _DOTS.search(text) is not None


class Levels:
    """Put typed ranks and heading styles of one document into one order of levels.

    A rank that a styled heading bears too has that heading's level: 第八章 typed in bold stands
    beside 第七章 in 标题 1. A typed 篇 or 章 beside styled headings stands at their top; any other
    rank stands below the anchored heading it first follows.
    """

    def __init__(self, styled: Iterable[tuple[int, int]], typed: Iterable[int]) -> None:
        """Take rank and level of the styled headings, and the ranks of the typed ones."""
        self._level: dict[int, int] = {}
        top = DEEPEST
        for rank, level in styled:
            top = min(top, level)
            if rank:
                self._level.setdefault(rank, level)
        loose = set(typed) - set(self._level)
        ranks = loose | set(self._level)
        worded = ranks & {CHAPTER, SECTION, ITEM}
        self._single_is_point = bool(worded) and any(SINGLE < rank < POINT for rank in ranks)
        if top < DEEPEST or self._level:
            for step, rank in enumerate(sorted(loose & {PART, CHAPTER})):
                self._level[rank] = top + step
        self._anchored = frozenset(self._level)
        self._loose = sorted(loose - self._anchored, key=self._weight)
        self._above = 0

    def styled(self, level: int) -> None:
        """Note that a styled heading of this level stands here."""
        self._above = level

    def typed(self, rank: int) -> int:
        """Give the level of a typed heading that stands here."""
        if rank in self._anchored:
            self._above = self._level[rank]
        elif rank not in self._level:
            self._level[rank] = min(self._above + 1 + self._loose.index(rank), DEEPEST)
        return self._level[rank]

    def _weight(self, rank: int) -> int:
        """Put 1、 below 1.1 where chapters bear words: there it numbers the points of a section."""
        return POINT - 1 if rank == SINGLE and self._single_is_point else rank
