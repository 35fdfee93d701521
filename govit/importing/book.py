"""工作簿：an xlsx file from a stranger -> cells with their places. Nothing is calculated, no macro or link is followed.

openpyxl reads it cell by cell (its read-only mode): loaded whole, one merged range or link over a million rows would
keep it busy for hours. Every part is unpacked within limits and searched for a DTD before openpyxl sees it.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from govit.base.files import printable, read_bytes
from govit.base.usage import UsageError
from govit.documents.content import Trouble, Unreadable
from govit.documents.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    _Place = tuple[int, int, "Cell"]

MOST_BYTES = 30_000_000
MOST_SHEETS, MOST_ROWS, MOST_COLUMNS = 200, 20_000, 250
MOST_TEXT = 32_767
"""Characters that a cell holds in Excel and WPS."""
_MOST_MERGED = 200_000
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7})[\"']")
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_SAVE_AS = "请用 Excel 或 WPS 打开，另存为“Excel 工作簿（.xlsx）”再导入"


class Cell(NamedTuple):
    """单元格：its place, its value, and whether a formula worked it out (the value is then the one last saved)."""

    ref: str
    value: Any
    formula: bool = False
    format: str = "General"

    @property
    def text(self) -> str:
        """The value as text, '' for an empty cell."""
        return "" if self.value is None else str(self.value).strip()


_EMPTY = Cell("", None)


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


def read_book(path: Path) -> Book:
    """Read every sheet; UsageError if it is no workbook or not one to be trusted."""
    data = read_bytes(path, MOST_BYTES)
    name = printable(path.name)
    if len(data) > MOST_BYTES:
        message = f"{name} 超过 {MOST_BYTES // 1_000_000} MB，没有读取；项目清单不会这样大，请删去图片和多余的表"
        raise UsageError(message)
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        message = f"{name} 是旧格式（.xls、.et）或加了密码；{_SAVE_AS}，并去掉密码"
        raise UsageError(message)
    _examine(data, name)
    return _read(data, name)


@contextmanager
def _openpyxl(name: str) -> Iterator[None]:
    """Only around openpyxl: of a stranger's file it raises whatever its parsers, decoders and date arithmetic do."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it does not support is nothing that is read here
            yield
    except Exception as error:
        message = f"{name} 读不出来（{type(error).__name__}）；{_SAVE_AS}"
        raise UsageError(message) from error


def _examine(data: bytes, name: str) -> None:
    """Unpack every part once, within limits, and refuse what declares entities."""
    try:
        package = Package(io.BytesIO(data), len(data))
        with zipfile.ZipFile(io.BytesIO(data)) as raw:
            if len(raw.infolist()) != len(package.names()):
                message = f"{name} 里有同名的部件，不是 Excel 或 WPS 写的，没有读取"
                raise UsageError(message)
        for part in package.names():
            if _declares(package.chunks(part)):
                message = f"{name} 的 {printable(part)} 里有 DTD 声明，不是 Excel 或 WPS 写的，没有读取"
                raise UsageError(message)
    except Unreadable as error:
        reasons = {Trouble.HUGE: "解压后太大", Trouble.ENCRYPTED: "加了密码"}
        message = f"{name} {reasons.get(error.trouble, '不是完整的 .xlsx 文件')}，没有读取；{_SAVE_AS}"
        raise UsageError(message) from error


def _declares(chunks: Iterator[bytes]) -> bool:
    """Whether a part that a parser would take for XML has a DTD, or an encoding in which one could hide."""
    tail, is_xml = b"", None
    for chunk in chunks:
        if is_xml is None:
            is_xml = chunk.lstrip(b" \t\r\n\0")[:1] == b"<" or chunk.startswith(
                (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
            )
        if is_xml and (b"\0" in chunk or _DTD.search(tail + chunk)):
            return True
        tail = chunk[-20:]
    return False


def _read(data: bytes, name: str) -> Book:
    package = Package(io.BytesIO(data), len(data))
    with _openpyxl(name):
        saved = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        written = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    notes = [f"有 {len(saved.worksheets)} 张表，只读前 {MOST_SHEETS} 张"] if len(saved.worksheets) > MOST_SHEETS else []
    sheets = []
    for values, formulas in list(zip(saved.worksheets, written.worksheets, strict=True))[:MOST_SHEETS]:
        title = printable(values.title)
        rows = _rows(_filled(values, name, "e"), _filled(formulas, name, "f"))
        if rows.pop(MOST_ROWS + 1, None) is not None:
            notes.append(f"“{title}”超过 {MOST_ROWS} 行，后面的没有读取")
        part = getattr(values, "_worksheet_path", "").lstrip("/")
        sheets.append(Sheet(title, rows, _merged(package.read(part)) if part in package else {}))
    return Book(tuple(sheets), tuple(notes))


def _rows(values: Iterable[_Place], formulas: Iterable[_Place]) -> dict[int, dict[int, Cell]]:
    """The filled cells; of a formula the value that was last saved, None where none was."""
    rows: dict[int, dict[int, Cell]] = {}
    for row, column, cell in values:
        rows.setdefault(row, {})[column] = cell
    for row, column, cell in formulas:
        if cell.formula:
            kept = rows.setdefault(row, {}).get(column) or Cell(cell.ref, None)
            rows[row][column] = kept._replace(formula=True)
    return rows


def _filled(sheet: Any, name: str, formula: str) -> Iterator[_Place]:  # noqa: ANN401 - a read-only worksheet
    """Every filled cell with its row and column; openpyxl reads the file as the rows are asked for.

    `formula` is the type of cell that counts as worked out.
    """
    rows = iter(sheet.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS))
    for number in count(1):
        with _openpyxl(name):  # also a cell's format is looked up only when it is asked for
            row = next(rows, None)
            found = [(column, _cell(number, column, cell, formula)) for column, cell in enumerate(row or (), 1)]
        if row is None:
            return
        for column, cell in found:
            if cell.value is not None:
                yield number, column, cell


def _cell(row: int, column: int, cell: Any, formula: str) -> Cell:  # noqa: ANN401 - a read-only cell, or an empty one
    """A cell as it was read. A text that is longer than any that Excel holds keeps just enough to be refused."""
    value = cell.value
    if value is None:
        return _EMPTY
    if isinstance(value, str):
        value = value[: MOST_TEXT + 1]
    return Cell(f"{get_column_letter(column)}{row}", value, cell.data_type == formula, cell.number_format)


def _merged(part: bytes) -> dict[tuple[int, int], Range]:
    """The places that lie in merged ranges; of ranges without end only as much as a list can have."""
    places: dict[tuple[int, int], Range] = {}
    for ref in _MERGED.findall(part):
        one = Range(*range_boundaries(ref.decode()))
        rows = range(one.top, min(one.bottom, MOST_ROWS) + 1)
        columns = range(one.left, min(one.right, MOST_COLUMNS) + 1)
        if len(places) + len(rows) * len(columns) <= _MOST_MERGED:
            places |= dict.fromkeys(((row, column) for row in rows for column in columns), one)
    return places
