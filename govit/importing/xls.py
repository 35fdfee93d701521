"""旧格式工作簿（.xls、.et）：BIFF 8 in a compound file -> cells with their places, as of an xlsx file.

xlrd gives the values and formats. Which cells are formulas it does not tell; that is read from the records themselves.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, NamedTuple

import xlrd
from openpyxl.utils import get_column_letter
from xlrd.compdoc import CompDoc
from xlrd.xldate import xldate_as_datetime

from govit.base.files import printable
from govit.base.usage import UsageError
from govit.importing.book import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    SAVE_AS,
    Book,
    Cell,
    CellBudget,
    MergedPlaces,
    Range,
    Sheet,
    hidden_note,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from xlrd.sheet import Cell as OldCell

    from govit.importing.book import Value

MARK = b"\xd0\xcf\x11\xe0"
"""How a compound file begins."""
_BEGIN, _END, _SHEET, _FORMULA = 0x0809, 0x000A, 0x0085, 0x0006
_BIFF8, _WORKSHEET = 0x0600, 0


def read(data: bytes, name: str) -> Book:
    """Every sheet of an old workbook; UsageError if it is none, has a password or is not one to be trusted."""
    try:
        return _read(data, CellBudget(name))
    except UsageError:
        raise
    except Exception as error:  # of a stranger's file a parser raises whatever it does
        message = f"{name} 是旧格式（.xls、.et）或加了密码，读不出来；{SAVE_AS}，并去掉密码"
        raise UsageError(message) from error


def _read(data: bytes, budget: CellBudget) -> Book:
    listed = _formulas(data)
    notes, sheets, places = list[str](), list[Sheet](), MergedPlaces()
    silent = io.StringIO()
    with xlrd.open_workbook(
        file_contents=data, formatting_info=True, ragged_rows=True, on_demand=True, logfile=silent
    ) as book:
        if len(listed) > MOST_SHEETS:
            notes.append(f"有 {len(listed)} 张表，只读前 {MOST_SHEETS} 张")
        for number, formulas in enumerate(listed[:MOST_SHEETS]):
            one = book.sheet_by_index(number)
            title = printable(one.name)
            if one.nrows > MOST_ROWS:
                notes.append(f"“{title}”超过 {MOST_ROWS} 行，后面的没有读取")
            ranges = [Range(left + 1, top + 1, right, bottom) for top, bottom, left, right in one.merged_cells]
            rows = _rows(book, one, formulas, budget)
            notes += hidden_note(title, rows, (row + 1 for row, info in one.rowinfo_map.items() if info.hidden))
            sheets.append(Sheet(title, rows, places.of(ranges)))
            book.unload_sheet(number)
    return Book(tuple(sheets), tuple(notes))


def _rows(
    book: xlrd.Book, sheet: xlrd.sheet.Sheet, formulas: frozenset[tuple[int, int]], budget: CellBudget
) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for row in range(min(sheet.nrows, MOST_ROWS)):
        for column, cell in enumerate(sheet.row(row)[:MOST_COLUMNS]):
            value, formula = _value(cell, book.datemode), (row, column) in formulas
            if value is not None or formula:
                budget.take(value)
                shown = book.format_map[book.xf_list[cell.xf_index or 0].format_key].format_str
                ref = f"{get_column_letter(column + 1)}{row + 1}"
                one = Cell(ref, value, formula or cell.ctype == xlrd.XL_CELL_ERROR, shown)
                rows.setdefault(row + 1, {})[column + 1] = one
    return rows


def _value(cell: OldCell, datemode: int) -> Value:
    """What a cell holds, as openpyxl would have it; of an error its name."""
    match cell.ctype:
        case xlrd.XL_CELL_DATE:
            return xldate_as_datetime(float(cell.value), 1 if datemode else 0)
        case xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code[int(cell.value)])
        case xlrd.XL_CELL_NUMBER:
            return int(cell.value) if float(cell.value).is_integer() else float(cell.value)
        case xlrd.XL_CELL_TEXT:
            return str(cell.value) or None
        case _:
            return None


# -- records ([MS-XLS]) --------------------------------------------------------------------------------


class _Record(NamedTuple):
    kind: int
    body: bytes


def _formulas(data: bytes) -> list[frozenset[tuple[int, int]]]:
    """Where each worksheet has formulas, rows and columns from 0; ValueError or struct.error if it is not BIFF 8."""
    stream = CompDoc(data, logfile=io.StringIO()).get_named_stream("Workbook")
    if not stream:
        message = "no workbook of BIFF 8"
        raise ValueError(message)
    sheets = [one.body for one in _records(stream) if one.kind == _SHEET]
    starts = sorted(struct.unpack_from("<I", body)[0] for body in sheets)
    if len(set(starts)) != len(starts):
        message = "two sheets in one place"  # each would be read as often as it is listed
        raise ValueError(message)
    ends = dict(zip(starts, [*starts[1:], len(stream)], strict=True))
    worksheets = [struct.unpack_from("<I", body)[0] for body in sheets if body[5] == _WORKSHEET]
    return [
        frozenset(
            struct.unpack_from("<HH", one.body) for one in _records(stream[at : ends[at]]) if one.kind == _FORMULA
        )
        for at in worksheets
    ]


def _records(stream: bytes) -> Iterator[_Record]:
    """The records of one substream, from its beginning to its end; those of a chart inside it are passed over."""
    at, depth = 0, 0
    while True:
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BEGIN:
            depth += 1
            if struct.unpack_from("<H", body)[0] != _BIFF8:
                message = "not BIFF 8"
                raise ValueError(message)
        elif kind == _END:
            depth -= 1
            if not depth:
                return
        elif depth == 1:
            yield _Record(kind, body)
