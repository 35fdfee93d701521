"""页眉页脚：lines in the margins that come again from page to page, and page numbers; they are no part of the text."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.documents.printed.lines import PrintedLine
    from govit.documents.printed.page import PrintedPage

ZONE = 0.12
"""Of the page's height, above and below."""
FEWEST = 2
"""Pages on which a line of the margin stands at least."""
_DIGITS = re.compile(r"\d{1,9}|[一二三四五六七八九十百]{1,4}(?=页)|\b[ivxIVX]{1,6}\b")
_NUMBER = re.compile(
    r"[-—–－_·•|/]{0,9}第?(?:\d{1,4}|[ivxlIVXL]{1,6}|[一二三四五六七八九十百]{1,4}(?=页))页?"
    r"(?:[,，/／|]?(?:共|of)?\d{1,4}页?)?[-—–－_·•|/]{0,9}"
)
"""Blanks taken off: —3—, 第3页共10页, 3/10."""


def in_margin(lines: Sequence[Sequence[PrintedLine]], pages: Sequence[PrintedPage]) -> list[list[bool]]:
    """Tell, for each line of each page, whether it is a header, a footer or a page number."""
    found = [[_is_outside(line, page) for line in on_page] for on_page, page in zip(lines, pages, strict=True)]
    texts: Counter[tuple[str, int]] = Counter()
    for on_page, outside in zip(lines, found, strict=True):
        texts.update({_key(line) for line, out in zip(on_page, outside, strict=True) if out})
    for on_page, outside in zip(lines, found, strict=True):
        for at, line in enumerate(on_page):
            if outside[at]:
                again = texts[_key(line)]
                outside[at] = again >= FEWEST or _NUMBER.fullmatch("".join(line.text.split())) is not None
    return found


def _is_outside(line: PrintedLine, page: PrintedPage) -> bool:
    return line.y < ZONE * page.height or line.y > (1 - ZONE) * page.height


def _key(line: PrintedLine) -> tuple[str, int]:
    """Reduce a line to what stays the same from page to page: its words without numbers, and its height."""
    return _DIGITS.sub("#", "".join(line.text.split())), round(line.y / 4)
