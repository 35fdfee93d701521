"""旧格式工作簿（.xls、.et）：BIFF 8 in a compound file -> cells with their places, as of an xlsx file.

calamine gives the values. What it does not tell (which cells are formulas, how a number is shown) is read from the
records themselves, and with it how much memory the values will take, before calamine is asked for any of them.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import olefile
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook, SheetTypeEnum

from govit.base.files import printable
from govit.base.usage import UsageError
from govit.importing.biff import Scanned, scan
from govit.importing.book import MOST_COLUMNS, MOST_ROWS, MOST_SHEETS, SAVE_AS, Book, Cell, Range, Sheet, places_of

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

MARK = b"\xd0\xcf\x11\xe0"
"""How a compound file begins."""
_MOST_PLACES = MOST_ROWS * MOST_COLUMNS
"""Places from the first cell to the last of all sheets: calamine keeps the empty ones too."""
_MOST_TEXT = 100_000_000
"""Characters in all cells: calamine keeps a text once for each cell that has it."""


def read(data: bytes, name: str) -> Book:
    """Every sheet of an old workbook; UsageError if it is none, has a password or is not one to be trusted."""
    refused = f"{name} 是旧格式（.xls、.et）或加了密码，读不出来；{SAVE_AS}，并去掉密码"
    try:
        scanned = scan(_stream(data))
    except Exception as error:  # of a stranger's file a parser raises whatever it does
        raise UsageError(refused) from error
    if sum(sheet.places for sheet in scanned) > _MOST_PLACES or sum(sheet.text for sheet in scanned) > _MOST_TEXT:
        message = f"{name} 的内容太多或铺得太开，没有读取；请只留下项目清单，另存为 .xlsx 再导入"
        raise UsageError(message)
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
            listed = [n for n, one in enumerate(book.sheets_metadata) if one.typ is SheetTypeEnum.WorkSheet]
            found = list(zip((book.get_sheet_by_index(n) for n in listed), scanned, strict=True))
            sheets = tuple(_sheet(values, known) for values, known in found[:MOST_SHEETS])
    except Exception as error:  # likewise
        raise UsageError(refused) from error
    notes = [f"有 {len(found)} 张表，只读前 {MOST_SHEETS} 张"] if len(found) > MOST_SHEETS else []
    notes += [
        f"“{printable(one.title)}”超过 {MOST_ROWS} 行，后面的没有读取"
        for one in scanned[:MOST_SHEETS]
        if one.rows > MOST_ROWS
    ]
    return Book(sheets, tuple(notes))


def _stream(data: bytes) -> bytes:
    """The stream of the workbook in its compound file; OSError if there is none."""
    with olefile.OleFileIO(io.BytesIO(data)) as file, file.openstream("Workbook") as stream:
        return bytes(stream.read())


def _sheet(values: CalamineSheet, known: Scanned) -> Sheet:
    rows: dict[int, dict[int, Cell]] = {}
    for number, row in enumerate(values.to_python(skip_empty_area=False, nrows=MOST_ROWS), 1):
        for column, value in enumerate(row[:MOST_COLUMNS], 1):
            told = known.cells.get((number, column))
            if told is None or (value == "" and not told.formula):
                continue
            filled = told.error or (value if value != "" else None)
            ref = f"{get_column_letter(column)}{number}"
            rows.setdefault(number, {})[column] = Cell(ref, filled, told.formula, told.format)
    merged = [
        Range(left + 1, top + 1, right + 1, bottom + 1)
        for (top, left), (bottom, right) in values.merged_cell_ranges or ()
    ]
    return Sheet(printable(known.title), rows, places_of(merged))
