"""格式页：which properties hold from where to where in the file ([MS-DOC] 2.9.32, 2.9.175 and 2.9.176)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from govit.documents.oldword.limits import Work

PAGE = 512
_LAST = PAGE - 1

class Runs(NamedTuple):
    """What holds from each place in the file on, to the next."""

    starts: list[int]
    rows: list[bytes]

    def at(self, offset: int) -> tuple[bytes, int]:
        """What holds at a place, and where that ends."""
        index = bisect_right(self.starts, offset) - 1
        end = self.starts[index + 1] if index + 1 < len(self.starts) else 1 << 40
        return (self.rows[index] if index >= 0 else b""), end


class PropertyPages(NamedTuple):
    """How the pages of one kind of properties are read."""

    each: int
    """Bytes of the entry of a run."""
    row: Callable[[bytes, int], bytes]
    """Finds the properties of a run on its page."""


def read_runs(document: bytes, table: bytes, pages: PropertyPages, work: Work) -> Runs:
    """Read all pages of properties; a run without any has an empty row."""
    each = pages.each
    count = max(0, (len(table) - 4) // 8)
    runs: list[tuple[int, bytes]] = []
    for number in struct.unpack_from(f"<{count}I", table, 4 * (count + 1)) if count else ():
        work.pay(1)
        begin = (number & 0x3FFFFF) * PAGE
        page = document[begin : begin + PAGE]
        if len(page) < PAGE:
            continue
        several = min(page[_LAST], (PAGE - 5) // (4 + each))
        work.pay(2 * several)
        starts = struct.unpack_from(f"<{several + 1}I", page)
        for at in range(several):
            entry = 4 * (several + 1) + at * each
            place = 2 * page[entry]
            runs.append((starts[at], pages.row(page, place) if place else b""))
        runs.append((starts[several], b""))
    runs.sort(key=lambda run: run[0])
    kept: dict[int, bytes] = {}
    for start, value in runs:
        if start not in kept or value:
            kept[start] = value
    return Runs(list(kept), list(kept.values()))


def _row_of_run(page: bytes, place: int) -> bytes:
    """The properties of a run."""
    return page[place + 1 : place + 1 + page[place]]


def _row_of_paragraph(page: bytes, place: int) -> bytes:
    """The style of a paragraph (two bytes) and its properties."""
    size = page[place]
    if size:
        return page[place + 1 : place + 2 * size]
    size = page[place + 1] if place + 1 < len(page) else 0
    return page[place + 2 : place + 2 + 2 * size]


OF_RUNS, OF_PARAGRAPHS = PropertyPages(1, _row_of_run), PropertyPages(13, _row_of_paragraph)
