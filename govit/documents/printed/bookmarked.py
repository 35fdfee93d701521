"""书签对正文：each entry of the file's outline finds the line that it leads to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from unicodedata import normalize

from govit.documents.content import Trouble, Unreadable
from govit.documents.names import unnumbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.documents.printed.lines import PrintedLine
    from govit.documents.printed.page import Bookmark

MOST_LINES = 4
"""Of one heading."""
MOST_COMPARED = 500_000
"""What the search for the lines of all bookmarks may cost; in a report of 1000 pages it costs some 200 000."""
A_COMPARISON = 8
"""Of a title with a line, as much as to look eight beginnings up."""
LEEWAY = 30.0
"""Points by which a heading may stand above the place that its bookmark leads to."""


class Led(dict[int, tuple[int, int]]):
    """By the place of a line among all lines: the level that its bookmark gives, and how many lines the heading has."""


def lead(entries: Sequence[Bookmark], lines: Sequence[PrintedLine]) -> tuple[Led, list[Bookmark]]:
    """Find the line of each bookmark; those whose line is not found are given as well."""
    beginnings = _Beginnings(lines)
    led, last = Led(), -1
    lost: list[Bookmark] = []
    for entry in entries:
        if entry.page is None:
            continue
        title = _Title(entry.title)
        near = [at for at in beginnings.of(title, (entry.page, entry.page + 1)) if at not in led]
        places = [(at, count) for at in near if (count := _matches(beginnings.shown, at, title))]
        place = _best(places, lines, entry, last)
        if place is None:
            lost.append(entry)
        else:
            last = place[0]
            led[place[0]] = (entry.level, place[1])
    return led, lost


class _Title:
    """A title as it is compared: whole, and without its number."""

    __slots__ = ("bare", "whole")

    def __init__(self, text: str) -> None:
        self.whole = _key(text)
        self.bare = _key(unnumbered(self.whole))

    def begins(self, text: str) -> bool:
        """Tell whether the title begins with a text."""
        return self.whole.startswith(text) or self.bare.startswith(text)


class _Beginnings:
    """The lines of each page by their words: a title is compared with the few that it begins with, not with all."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        self.shown = [_key(line.text) for line in lines]
        self._pages: defaultdict[int, list[int]] = defaultdict(list)
        for at, line in enumerate(lines):
            self._pages[line.page].append(at)
        self._known: dict[int, _PageBeginnings] = {}
        self._left = MOST_COMPARED

    def of(self, title: _Title, pages: Sequence[int]) -> list[int]:
        """The lines of the pages with which a title may begin, in order; Unreadable if too many had to be compared."""
        found: list[int] = []
        for page in pages:
            if page not in self._known:
                self._known[page] = _PageBeginnings(self.shown, self._pages.get(page, ()))
            on_page = self._known[page].of(title)
            self._left -= A_COMPARISON * len(on_page) + len(self._known[page].lengths)
            if self._left < 0:
                raise Unreadable(
                    Trouble.HUGE,
                    "文件过大：书签和正文的行太多，无法一一对上，未读取",
                    "请核实文件来源；原件是 Word 文件的，请在同一目录放入 docx 版本",
                )
            found += on_page
        return found


class _PageBeginnings:
    """The lines of one page by their words, as they stand and without their numbers."""

    def __init__(self, shown: Sequence[str], places: Sequence[int]) -> None:
        self._whole: defaultdict[str, list[int]] = defaultdict(list)
        self._bare: defaultdict[str, list[int]] = defaultdict(list)
        for at in places:
            if shown[at]:
                self._whole[shown[at]].append(at)
                self._bare[_key(unnumbered(shown[at]))].append(at)
        self.lengths = sorted({len(text) for text in self._whole})

    def of(self, title: _Title) -> list[int]:
        """The lines that are the title, or its beginning."""
        found = set(self._bare.get(title.whole, ()))
        for text in (title.whole, title.bare):
            for length in self.lengths:
                if length > len(text):
                    break
                found.update(self._whole.get(text[:length], ()))
        return sorted(found)


def _best(places: Sequence[tuple[int, int]], lines: Sequence[PrintedLine], entry: Bookmark, last: int) -> tuple[int, int] | None:
    """The first line behind the last one found, on its page at or below the place that is led to."""
    below = [
        (at, count) for at, count in places
        if entry.y is None or lines[at].page != entry.page or lines[at].y <= entry.y + LEEWAY
    ]  # fmt: skip
    behind = [place for place in below if place[0] > last]
    return next(iter(behind or below or places), None)


def _matches(shown: Sequence[str], at: int, title: _Title) -> int:
    """Over how many lines from here on a title runs, 0 if it does not stand here."""
    if not title.whole or not shown[at]:
        return 0
    together = ""
    for count in range(1, MOST_LINES + 1):
        if at + count > len(shown):
            return 0
        together += shown[at + count - 1]
        if together in (title.whole, title.bare) or _key(unnumbered(together)) == title.whole:
            return count
        if not title.begins(together):
            return 0
    return 0


def _key(text: str) -> str:
    return "".join(normalize("NFKC", text).split()).casefold()
