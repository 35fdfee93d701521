"""行：the texts of a page, put together into the lines that a reader sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govit.documents.printed.page import PlacedText, PrintedPage

SAME_LINE = 0.45
"""Of the smaller size; as far apart two texts still stand on one line."""
BLANK = 0.3
"""Of the size; a gap as wide is a blank."""
CELL = 2.6
"""Of the size; a gap as wide parts the cells of a table. A number stands closer to its heading."""
_TWICE = 0.35
"""Of the size; the same text as near as that was printed twice, to make it bold."""


class PrintedLine:
    """A line (行) of a page."""

    __slots__ = ("bold", "cells", "end", "font", "formats", "level", "page", "size", "text", "x", "y")

    def __init__(self, page: int, texts: Sequence[PlacedText]) -> None:
        """Join texts that stand on one line, from left to right."""
        self.page = page
        """From 0."""
        self.x, self.y = texts[0].x, texts[0].y
        self.end = max(text.end for text in texts)
        self.cells = 1
        self.formats: dict[tuple[bool, float, str], int] = {}
        parts: list[str] = []
        before: PlacedText | None = None
        for text in texts:
            if before is not None:
                gap = text.x - before.end
                if text.text == before.text and abs(text.x - before.x) < _TWICE * text.size:
                    self._embolden(before)
                    continue
                self.cells += gap > CELL * max(text.size, before.size)
                if gap > BLANK * text.size:
                    parts.append(" ")
            parts.append(text.text)
            look = (text.bold, round(text.size * 2) / 2, text.font)
            self.formats[look] = self.formats.get(look, 0) + len(text.text.strip())
            before = text
        self.text = " ".join("".join(parts).split())
        self.bold, self.size, self.font = max(self.formats, key=self.formats.__getitem__)
        levels = {text.level for text in texts if text.text.strip()}
        self.level = levels.pop() if len(levels) == 1 else 0
        """What the file marks the whole line as, 0 for nothing."""

    def _embolden(self, text: PlacedText) -> None:
        look = (text.bold, round(text.size * 2) / 2, text.font)
        count = self.formats.pop(look, 0)
        heavy = (True, *look[1:])
        self.formats[heavy] = self.formats.get(heavy, 0) + count


def lines_of(number: int, page: PrintedPage, *, margin: bool = False) -> list[PrintedLine]:
    """The lines of a page from top to bottom, or those that the file itself puts into the margin."""
    texts = [text for text in page.texts if text.margin == margin and text.text.strip()]
    texts.sort(key=lambda text: (-text.y, text.x))
    return [PrintedLine(number, sorted(row, key=lambda text: text.x)) for row in _rows(texts)]


def _rows(texts: Iterable[PlacedText]) -> Iterable[list[PlacedText]]:
    row: list[PlacedText] = []
    for text in texts:
        if row and row[0].y - text.y > SAME_LINE * min(text.size, row[0].size):
            yield row
            row = []
        row.append(text)
    if row:
        yield row
