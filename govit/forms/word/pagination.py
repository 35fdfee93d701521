"""页码的推算：on which page each heading of a report comes to stand, for a table of contents that is read before Word.

The styles of the template have fixed line heights, so that a page holds the same lines everywhere; what a font does to
the width of a line is guessed. Word works the numbers out anew when it brings the field up to date. Pure.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NARROW, _BLANK = 0.5, 0.25
"""Of the size of the letters: a Latin letter or figure, and a blank."""
_HANGING = ("。", "，", "；", "：", "、")
"""What may stand in the margin at the end of a line."""
_ALONE = 2
"""Lines of a paragraph that do not stand alone at the end or the beginning of a page."""


class PagePiece(NamedTuple):
    """一段、一行表格或一张图. All heights in points; `name` is that of a heading's bookmark."""

    line: float
    lines: int = 1
    before: float = 0.0
    after: float = 0.0
    keeps: bool = False
    """Whether it stays with the next."""
    splits: bool = False
    """Whether it may go on over the page, as a paragraph may."""
    repeated: float = 0.0
    """Of a row of a table: the height of the head that stands again on the next page."""
    name: str = ""

    @property
    def height(self) -> float:
        """All of it."""
        return self.before + self.line * self.lines + self.after


def lines_of(text: str, size: float, room: float, indent: float = 0.0) -> int:
    """The lines that a text takes: letters of a size, a room, and how far the first line goes in."""
    hanging = text[:-1] if text.endswith(_HANGING) else text
    wide = indent + sum(_width(char) for char in hanging) * size
    return max(1, ceil(wide / max(room - room % size, size)))


def _width(char: str) -> float:
    if char == " ":
        return _BLANK
    return 1.0 if east_asian_width(char) in "WFA" else _NARROW


def pages(pieces: Sequence[PagePiece], page: float) -> dict[str, int]:
    """The page of each bookmark, from 1."""
    found: dict[str, int] = {}
    number, used = 1, 0.0
    for at, piece in enumerate(pieces):
        needed = _needed(pieces, at)
        if used and used + needed > page:
            number, used = number + 1, piece.repeated
        if piece.name:
            found[piece.name] = number
        if piece.splits and used + piece.height > page:
            number, used = _over(piece, number, used, page)
        else:
            used += piece.height
    return found


def _needed(pieces: Sequence[PagePiece], at: int) -> float:
    """The room that a piece wants on its page, together with those that it stays with."""
    needed = 0.0
    for piece in pieces[at:]:
        if not piece.keeps:
            first = min(piece.lines, _ALONE) if piece.splits else piece.lines
            return needed + piece.before + piece.line * first
        needed += piece.height
    return needed


def _over(piece: PagePiece, number: int, used: float, page: float) -> tuple[int, float]:
    """A paragraph that goes on over one page or several."""
    left = piece.lines
    room = int((page - used - piece.before) / piece.line)
    while left > room:
        taken = room if left - room >= _ALONE else max(room - 1, 0)
        left -= taken
        number += 1
        room = int(page / piece.line)
    return number, left * piece.line + piece.after


def tallest(cells: Iterable[tuple[str, float]], size: float) -> int:
    """The lines of a row: the most of its cells, each with its width."""
    return max((lines_of(text, size, room) for text, room in cells), default=1)
