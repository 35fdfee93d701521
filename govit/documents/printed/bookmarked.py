"""书签对正文：each entry of the file's outline finds the line that it leads to."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from unicodedata import normalize

from govit.documents.names import unnumbered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.documents.printed.lines import PrintedLine
    from govit.documents.printed.page import Bookmark

MOST_LINES = 4
"""Of one heading."""
LEEWAY = 30.0
"""Points by which a heading may stand above the place that its bookmark leads to."""


class Led(dict[int, tuple[int, int]]):
    """By the place of a line among all lines: the level that its bookmark gives, and how many lines the heading has."""


def lead(entries: Sequence[Bookmark], lines: Sequence[PrintedLine]) -> tuple[Led, list[Bookmark]]:
    """Find the line of each bookmark; those whose line is not found are given as well."""
    by_page: defaultdict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        by_page[line.page].append(at)
    shown = [_key(line.text) for line in lines]
    led, last = Led(), -1
    lost: list[Bookmark] = []
    for entry in entries:
        if entry.page is None:
            continue
        wanted = _key(entry.title)
        near = [at for page in (entry.page, entry.page + 1) for at in by_page.get(page, ()) if at not in led]
        places = [(at, count) for at in near if (count := _matches(shown, at, wanted))]
        place = _best(places, lines, entry, last)
        if place is None:
            lost.append(entry)
        else:
            last = place[0]
            led[place[0]] = (entry.level, place[1])
    return led, lost


def _best(places: Sequence[tuple[int, int]], lines: Sequence[PrintedLine], entry: Bookmark, last: int) -> tuple[int, int] | None:
    """The first line behind the last one found, on its page at or below the place that is led to."""
    below = [
        (at, count) for at, count in places
        if entry.y is None or lines[at].page != entry.page or lines[at].y <= entry.y + LEEWAY
    ]  # fmt: skip
    behind = [place for place in below if place[0] > last]
    return next(iter(behind or below or places), None)


def _matches(shown: Sequence[str], at: int, wanted: str) -> int:
    """Over how many lines from here on a title runs, 0 if it does not stand here."""
    if not wanted or not shown[at]:
        return 0
    together = ""
    for count in range(1, MOST_LINES + 1):
        if at + count > len(shown):
            return 0
        together += shown[at + count - 1]
        if together == wanted or _key(unnumbered(together)) == wanted or together == _key(unnumbered(wanted)):
            return count
        if not wanted.startswith(together) and not _key(unnumbered(wanted)).startswith(together):
            return 0
    return 0


def _key(text: str) -> str:
    return "".join(normalize("NFKC", text).split()).casefold()
