"""工作簿：the cells of a workbook with their places, whatever program wrote it, and how much of one is read."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.utils import get_column_letter

from govit.base.usage import UsageError
from govit.documents.content import Trouble, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

MOST_BYTES = 30_000_000
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 200, 20_000, 250
MOST_TEXT = 32_767
"""Characters that a cell holds in Excel and WPS; of a longer text just enough is kept to refuse it."""
MOST_CHARACTERS = 10_000_000
"""Of all cells together, a text that many cells share counted in each; a list of 2000 projects has some hundred thousand."""
MOST_CELLS = 200_000
"""Filled cells of a whole workbook, however few bytes they take in the file."""
_MOST_MERGED = 200_000
"""Places in merged ranges, of all sheets together."""
_MOST_NAMED = 10
"""Hidden rows that a note names one by one."""
SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再导入"

MOST_LINES = 200_000
"""Rows of all sheets together that are looked at, each once for its value and once for its formula."""
_MOST_XML, _MOST_MARKUP, _LONGEST_MARK = 20_000_000, 200_000, 5_000_000
_MOST_ATTRIBUTES = 500_000
"""Of a whole file: bytes of XML, its tags, bytes of one tag or text, attributes; a list of 2000 projects has a tenth of them."""

Value = str | int | float | bool | dt.datetime | dt.date | dt.time | dt.timedelta | None
"""What a cell holds, None if nothing."""


class Allowance:
    """What may be spent on the parts of one workbook: counted as they are unpacked, before anything is built of them."""

    def __init__(self) -> None:
        self._bytes, self.marks, self._attributes = _MOST_XML, _MOST_MARKUP, _MOST_ATTRIBUTES

    def counted(self, chunks: Iterable[bytes]) -> Iterator[tuple[bytes, bool]]:
        """The pieces of a part, each with whether a parser would take the part for XML; Unreadable beyond the limits."""
        is_xml, since = None, 0
        for chunk in chunks:
            if is_xml is None:
                head = chunk.lstrip(b" \t\r\n\0")
                is_xml = head[:1] == b"<" or chunk.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))
            if is_xml:
                marks, first = chunk.count(b"<"), chunk.find(b"<")
                self._bytes -= len(chunk)
                self.marks -= marks
                self._attributes -= chunk.count(b'="') + chunk.count(b"='")
                longest = since + (first if marks else len(chunk))
                since = len(chunk) - chunk.rfind(b"<") if marks else longest
                spent = min(self._bytes, self.marks, self._attributes) < 0
                if spent or longest > _LONGEST_MARK:
                    raise Unreadable(Trouble.HUGE, "工作簿太大")
            yield chunk, is_xml


class CellBudget:
    """余额：how many cells and characters of one workbook are still kept, counted where the cells are made."""

    def __init__(self, name: str) -> None:
        self._name, self._cells, self._characters = name, MOST_CELLS, MOST_CHARACTERS

    def take(self, value: Value) -> None:
        """Count a cell; UsageError beyond the limits."""
        self._cells -= 1
        if self._cells < 0:
            message = f"{self._name} 有内容的单元格超过 {MOST_CELLS // 10_000} 万个，没有读取；只留项目清单再导入"
            raise UsageError(message)
        if isinstance(value, str):
            self._characters -= len(value)
            if self._characters < 0:
                message = f"{self._name} 各格的文字合计超过 {MOST_CHARACTERS // 10_000} 万字，没有读取；只留项目清单再导入"
                raise UsageError(message)


class Cell(NamedTuple):
    """单元格：its place, its value, and whether a formula worked it out (the value is then the one last saved)."""

    ref: str
    value: Value
    formula: bool = False
    format: str = "General"

    @property
    def text(self) -> str:
        """The value as text, '' for an empty cell."""
        return "" if self.value is None else str(self.value).strip()


class Range(NamedTuple):
    """合并的单元格：columns and rows, both ends inside."""

    left: int
    top: int
    right: int
    bottom: int


class Sheet(NamedTuple):
    """工作表. `rows` holds only what is filled, by row and column from 1; `merged` leads to the range of each place."""

    title: str
    rows: dict[int, dict[int, Cell]]
    merged: dict[tuple[int, int], Range]

    def at(self, row: int, column: int) -> Cell:
        """The cell at a place, an empty one where nothing stands."""
        return self.rows.get(row, {}).get(column) or Cell(f"{get_column_letter(column)}{row}", None)


class Book(NamedTuple):
    """工作簿. `notes` say what of it was not read."""

    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...]


def hidden_note(title: str, rows: Mapping[int, object], hidden: Iterable[int]) -> list[str]:
    """What is said of filled rows that nobody sees: they are hidden or filtered out, and read nevertheless."""
    unseen = sorted({number for number in hidden if number in rows})
    if not unseen:
        return []
    named = "、".join(map(str, unseen[:_MOST_NAMED])) + (" 等" if len(unseen) > _MOST_NAMED else "")
    return [f"“{title}”第 {named} 行（共 {len(unseen)} 行）是隐藏的或被筛选掉的，也读取了；不要的请先在表里删去"]


class MergedPlaces:
    """合并区域里的位置: of ranges without end only as much as a list can have, in all sheets of a workbook together."""

    def __init__(self) -> None:
        self._left = _MOST_MERGED

    def of(self, merged: Iterable[Range]) -> dict[tuple[int, int], Range]:
        """The places that lie in the ranges of one sheet, each with its range."""
        places: dict[tuple[int, int], Range] = {}
        for one in merged:
            rows = range(one.top, min(one.bottom, MOST_ROWS) + 1)
            columns = range(one.left, min(one.right, MOST_COLUMNS) + 1)
            if len(rows) * len(columns) <= self._left:
                self._left -= len(rows) * len(columns)
                places |= dict.fromkeys(((row, column) for row in rows for column in columns), one)
        return places
