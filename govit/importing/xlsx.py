"""工作簿：an xlsx file from a stranger -> cells with their places. Nothing is calculated, no macro or link is followed.

openpyxl reads a copy of what is needed cell by cell (its read-only mode): loaded whole, one merged range or link over a million rows would
keep it busy for hours. Every part is unpacked within limits and searched for a DTD before openpyxl sees it.
"""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import get_column_letter, range_boundaries

from govit.base.files import printable
from govit.base.usage import UsageError
from govit.documents.content import Trouble, Unreadable
from govit.documents.package import Package
from govit.importing.book import (
    MOST_COLUMNS,
    MOST_LINES,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_TEXT,
    SAVE_AS,
    Allowance,
    Book,
    Cell,
    CellBudget,
    MergedPlaces,
    Range,
    Sheet,
    Value,
    hidden_note,
)
from govit.importing.plain_xlsx import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    _Place = tuple[int, int, ReadOnlyCell]


_RANGE = re.compile(r"[A-Z]{1,3}[0-9]{1,7}:[A-Z]{1,3}[0-9]{1,7}")
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def read(data: bytes, name: str) -> Book:
    """Every sheet of an Open XML workbook; UsageError if it is none or not one to be trusted."""
    examine(data, name)
    return _read(data, name)


@contextmanager
def _distrusted(name: str) -> Iterator[None]:
    """Only around openpyxl and the copy that it is given: of a stranger's file it raises whatever its parsers, decoders and date arithmetic do."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what it does not support is nothing that is read here
            yield
    except Exception as error:
        message = f"{name} 读不出来（{type(error).__name__}）；{SAVE_AS}"
        raise UsageError(message) from error


def examine(data: bytes, name: str) -> None:
    """Unpack every part once, within limits, and refuse what declares entities."""
    try:
        package = Package(io.BytesIO(data), len(data))
        with zipfile.ZipFile(io.BytesIO(data)) as raw:
            if len(raw.infolist()) != len(package.names()):
                message = f"{name} 里有同名的部件，不是 Excel 或 WPS 写的，没有读取"
                raise UsageError(message)
        allowance = Allowance()
        for part in package.names():
            if _declares(allowance.counted(package.chunks(part))):
                message = f"{name} 的 {printable(part)} 里有 DTD 声明，不是 Excel 或 WPS 写的，没有读取"
                raise UsageError(message)
    except Unreadable as error:
        reasons = {Trouble.HUGE: "解压后太大", Trouble.ENCRYPTED: "加了密码"}
        message = f"{name} {reasons.get(error.trouble, '不是完整的 .xlsx 文件')}，没有读取；{SAVE_AS}"
        raise UsageError(message) from error


def _declares(chunks: Iterator[tuple[bytes, bool]]) -> bool:
    """Whether a part that a parser would take for XML has a DTD, or an encoding in which one could hide."""
    tail = b""
    for chunk, is_xml in chunks:
        if is_xml and (b"\0" in chunk or _DTD.search(tail + chunk)):
            return True
        tail = chunk[-20:]
    return False


def _read(data: bytes, name: str) -> Book:
    with _distrusted(name):
        reduced = plain(Package(io.BytesIO(data), len(data)))
        saved = load_workbook(io.BytesIO(reduced.data), read_only=True, data_only=True, keep_links=False)
        written = saved  # to read everything once more costs as much again
        if any(one.formulas for one in reduced.sheets):
            written = load_workbook(io.BytesIO(reduced.data), read_only=True, data_only=False, keep_links=False)
    listed = reduced.sheets
    notes = [f"有 {len(listed)} 张表，只读前 {MOST_SHEETS} 张"] if len(listed) > MOST_SHEETS else []
    sheets, places, budget = list[Sheet](), MergedPlaces(), CellBudget(name)
    lines = iter(range(MOST_LINES))
    for one, values, formulas in zip(listed, saved.worksheets, written.worksheets, strict=False):
        title = printable(one.title)
        rows = _rows(
            _filled(values.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS), name, lines),
            _filled(
                formulas.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS) if one.formulas else (), name, lines
            ),
            budget,
        )
        if rows.pop(MOST_ROWS + 1, None) is not None:
            notes.append(f"“{title}”超过 {MOST_ROWS} 行，后面的没有读取")
        notes += hidden_note(title, rows, one.hidden)
        sheets.append(Sheet(title, rows, places.of(_merged(one.merged))))
    return Book(tuple(sheets), tuple(notes))


def _rows(
    values: Iterable[_Place], formulas: Iterable[_Place], budget: CellBudget
) -> dict[int, dict[int, Cell]]:
    """The filled cells; of a formula the value that was last saved, None where none was."""
    rows: dict[int, dict[int, Cell]] = {}
    for row, column, cell in values:
        ref = f"{get_column_letter(column)}{row}"
        value = _value(cell)
        budget.take(value)
        rows.setdefault(row, {})[column] = Cell(ref, value, cell.data_type == "e", _format(cell))
    for row, column, cell in formulas:
        if cell.data_type == "f":
            known = rows.setdefault(row, {}).get(column) or Cell(f"{get_column_letter(column)}{row}", None)
            rows[row][column] = known._replace(formula=True)
    return rows


def _value(cell: ReadOnlyCell) -> Value:
    value = cell.value if isinstance(cell.value, Value) else str(cell.value)
    return value[: MOST_TEXT + 1] if isinstance(value, str) else value


def _format(cell: ReadOnlyCell) -> str:
    """The number format of a cell; of a style that the workbook does not have, the one that Excel shows it in."""
    try:
        return cell.number_format
    except (IndexError, TypeError):
        return "General"


def _filled(rows: Iterable[tuple[object, ...]], name: str, lines: Iterator[int]) -> Iterator[_Place]:
    """Every filled cell with its row and column; openpyxl reads the file as the rows are asked for.

    `lines` are those that may still be looked at, in all sheets together: one cell in the last row makes thousands.
    """
    given, last = iter(rows), None
    for number in count(1):
        with _distrusted(name):
            row = next(given, None)
        if row is None:
            return
        if next(lines, None) is None:
            message = f"{name} 的各张表一共超过 {MOST_LINES // 20_000} 万行，没有读取；请删去多余的表和下面的空行"
            raise UsageError(message)
        if row is last:  # openpyxl hands out one and the same for every row that is not in the file
            continue
        last = row
        for column, cell in enumerate(row, 1):
            if isinstance(cell, ReadOnlyCell) and cell.value is not None:
                yield number, column, cell


def _merged(refs: Iterable[str]) -> list[Range]:
    return [Range(*range_boundaries(ref)) for ref in refs if _RANGE.fullmatch(ref)]
