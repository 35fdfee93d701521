"""工作表的轮廓：where the rows of a sheet stand in its part, and what is known of it without building anything.

openpyxl makes an object of every merged range, link and rule that a sheet has; of a stranger's file there may be
millions. It is given the rows alone; expat, which keeps nothing, says where they are.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.parsers import expat
from xml.sax.saxutils import quoteattr

from govit.importing.book import MOST_ROWS

MOST_MERGED = 20_000
"""Merged ranges of one sheet; a list has some dozens."""
MOST_STYLES = 15_000
"""Formats that cells may have; openpyxl makes an object of each."""
MOST_FORMATS = 2_000
"""Number formats of a workbook's own."""
_ON = frozenset(("1", "true", "on"))
_LONGEST_NUMBER = 7
_DEPTH = 2
"""Where the rows stand: worksheet, sheetData."""


class Outline(NamedTuple):
    """轮廓: the sheet with its rows alone, whether any has a formula, the ranges that are merged, the rows that are hidden."""

    rows: bytes
    formulas: bool
    merged: tuple[str, ...]
    hidden: tuple[int, ...]


class Formats(NamedTuple):
    """数字格式: those of the workbook's own by number, and which of them each style has."""

    codes: dict[int, str]
    used: list[int]


def outline(data: bytes, names: dict[str, str]) -> Outline:
    """Look through a sheet; expat's errors or ValueError if it is none. `names` are namespaces and what they usually are."""
    looked = _Sheet()
    looked.parser.Parse(data, True)  # noqa: FBT003  (expat's own signature)
    root = "".join(f" {key}={quoteattr(names.get(value, value))}" for key, value in looked.spaces.items())
    rows = b""
    if looked.end > data.find(b">", looked.start) + 1:  # else <sheetData/>
        rows = b"%b</%b>" % (data[looked.start : looked.end], looked.holder.encode())
    whole = b"%b<%b%b>%b</%b>" % (data[: looked.head], looked.root.encode(), root.encode(), rows, looked.root.encode())
    return Outline(whole, looked.formulas, tuple(looked.merged), tuple(looked.hidden))


class _Sheet:
    """One pass over the elements of a sheet."""

    def __init__(self) -> None:
        self.root, self.spaces = "", dict[str, str]()
        self.head = self.start = self.end = 0
        self.holder = ""
        """What this program calls sheetData."""
        self.formulas = False
        self.merged: list[str] = []
        self.hidden: list[int] = []
        self._depth = self._row = 0
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._finish

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        local = name.rpartition(":")[2]
        if self._depth == 1:
            self.root, self.head = name, self.parser.CurrentByteIndex
            self.spaces = {key: value for key, value in attributes.items() if key.startswith("xmlns")}
        elif self._depth == _DEPTH and local == "sheetData":
            if self.holder:
                message = "rows in two places"
                raise ValueError(message)
            self.start, self.holder = self.parser.CurrentByteIndex, name
        elif local == "row":
            given = attributes.get("r", "")
            self._row = int(given) if given.isdecimal() and len(given) <= _LONGEST_NUMBER else self._row + 1
            if attributes.get("hidden") in _ON and len(self.hidden) < MOST_ROWS:
                self.hidden.append(self._row)
        elif local == "f":
            self.formulas = True
        elif local == "mergeCell" and len(self.merged) < MOST_MERGED:
            self.merged.append(attributes.get("ref", ""))

    def _finish(self, name: str) -> None:
        if self._depth == _DEPTH and name == self.holder:
            self.end = self.parser.CurrentByteIndex
        self._depth -= 1


def formats(styles: bytes) -> Formats:
    """What a stylesheet says of numbers; ValueError if it has more formats than any list."""
    found = Formats({}, [])
    above: list[str] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        inside = above[-1] if above else ""
        above.append(local)
        if local == "numFmt" and inside == "numFmts":
            found.codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "General")
        elif local == "xf" and inside == "cellXfs":
            found.used.append(int(attributes.get("numFmtId", "0")))
        if len(found.used) > MOST_STYLES or len(found.codes) > MOST_FORMATS:
            message = "too many formats"
            raise ValueError(message)

    parser = expat.ParserCreate()
    parser.StartElementHandler = begin
    parser.EndElementHandler = lambda _name: above.pop()
    parser.Parse(styles, True)  # noqa: FBT003  (expat's own signature)
    return found
