"""Headings of a Markdown file in which nobody typed a #: 第七章 on a line of its own, bold lines with numbers.

Such lines are judged as those of a docx without heading styles: together, by the run of their numbers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govit.documents.candidates import choose
from govit.documents.ordinals import CHAPTER, PART
from govit.documents.outline import Line, place
from govit.documents.typed_headings import LONGEST, is_front, number_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govit.documents.content import Piece

MOST_TYPED = 5_000
"""Lines that are looked at; a report of 1000 pages has some hundred headings."""
_FEW_WORDS = 20
_BOLD = ("**", "__")


class Maybe(NamedTuple):
    """可能是标题的一行: what it says as a heading, and whether it is bold."""

    words: str
    bold: bool


def typed_heading(line: str, *, alone: bool) -> str:
    """The words of a line that may be a heading, '' of any other: numbered, and alone, bold, or called a chapter."""
    text = line.strip()
    if not text or len(text) > LONGEST + len(_BOLD[0]) * 2:
        return ""
    words = " ".join(words_of(text).split())
    number = number_of(words)
    if number is None or not number.numbers or "|" in words:
        return ""
    return words if alone or is_bold(text) or (number.worded and number.rank in (PART, CHAPTER)) else ""


def item_heading(number: str, line: str) -> str:
    """The words of the first line of a list item with its number, '' of one that cannot be a heading."""
    return typed_heading(f"{number} {words_of(line.strip())}", alone=True)


def is_bold(text: str) -> bool:
    """Whether a line is bold from its beginning to its end."""
    sign = text[:2]
    return sign in _BOLD and text.endswith(sign) and text.count(sign) == len(_BOLD)


def is_title(heading: Piece) -> bool:
    """Whether the only heading of a file may be its title: it bears no number, and is no chapter by its name."""
    return not is_front(heading.text) and number_of(heading.text) is None


def words_of(text: str) -> str:
    """A line without what makes it bold."""
    return text[2:-2].strip() if is_bold(text) else text


def with_typed(pieces: Sequence[Piece], typed: Mapping[int, Maybe]) -> list[Piece]:
    """The pieces with those made headings that are; `typed` are the lines that may be, by their places."""
    lines: dict[int, Line] = {}
    last: Line | None = None
    for at, piece in enumerate(pieces):
        if piece.level or at in typed:
            text = typed[at].words if at in typed else piece.text
            last = lines[at] = Line(text, piece.level, number_of(text), None)
            last.free = not piece.level
            last.heading = piece.level > 0 or typed[at].bold
        elif last is not None and (piece.text.strip() or piece.figures or piece.length):
            last.below += 1
            last.prose += piece.figures > 0 or len(piece.text) > _FEW_WORDS
    place(choose(list(lines.values())))
    return [
        piece._replace(text=lines[at].text, level=lines[at].level) if at in lines and lines[at].heading else piece
        for at, piece in enumerate(pieces)
    ]
