"""一页：what stands on a printed page, and where; measured in points from its lower left corner."""

from __future__ import annotations

from typing import NamedTuple


class PlacedText(NamedTuple):
    """A text (文字) on one line, in one look."""

    x: float
    y: float
    """Of the line that it stands on."""
    end: float
    size: float
    bold: bool
    font: str
    text: str
    level: int = 0
    """What the file itself marks it as (H1, H2), 0 for nothing."""
    margin: bool = False
    """The file itself says that it is no part of the text: a header, a page number, a watermark."""


class PrintedPage(NamedTuple):
    """A page (页)."""

    width: float
    height: float
    texts: list[PlacedText]
    pictures: list[float]
    """How high each picture on it begins."""
    covered: float
    """How much of it pictures cover, from 0 to 1."""
    drawings: int
    """Lines and areas that are drawn."""
    unknown: int
    """Characters whose font does not tell what they are."""
    known: int
    turned: int = 0
    """Characters that stand upright or aslant: watermarks, the heads of narrow columns."""
    invisible: int = 0
    """Characters that lie unseen over a picture."""


class Bookmark(NamedTuple):
    """An entry of the file's own outline (书签)."""

    title: str
    level: int
    """1 to 9."""
    page: int | None
    """From 0; None if it leads nowhere."""
    y: float | None
    """How high on the page it leads to."""
