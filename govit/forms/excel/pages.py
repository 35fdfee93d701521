"""分页：how sheets stand on paper: legible, in whole columns, no sum and no head alone on a page.

Programs that scale a sheet to the width of a page print twenty columns at five points and ignore breaks. Here every
sheet of a workbook has the same scale, never one below which letters cannot be read, and the breaks are set.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties

from govit.forms.excel.workbook import FOOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl.worksheet.worksheet import Worksheet

    from govit.forms.excel.layout import Filled

SMALLEST = 86
"""Per cent: 10.5 points become 9."""
_WHOLE = 100
HEADS = frozenset(("group", "section", "project"))
"""Rows that stay with the next."""
SUMS = frozenset(("subtotal", "total", FOOT))
"""Rows that stay with the one before."""
_PAPERS = {"8": (297.0, 420.0), "9": (210.0, 297.0)}
"""Short and long side in millimetres, by the number that the file format has for A3 and A4."""
_COLUMN = 2.4
"""Millimetres of a column of letters, in the widest of the fonts that stand in for ours."""
_POINTS, _INCH = 72 / 25.4, 25.4
_ROW = 15.0
"""Points of a row without a height."""
_MOST_BREAKS = 1000
"""What a program takes on one sheet."""


def set_out(sheets: Sequence[Filled]) -> None:
    """Give the sheets of a workbook one scale, and each its breaks."""
    scale = min((_fitting(filled.sheet) for filled in sheets), default=_WHOLE)
    for filled in sheets:
        sheet = filled.sheet
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=False)
        sheet.page_setup.fitToWidth = sheet.page_setup.fitToHeight = None
        sheet.page_setup.scale = scale
        sheet.page_setup.pageOrder = "overThenDown"
        for number, after in enumerate(_row_breaks(filled, scale)):
            if number < _MOST_BREAKS:
                sheet.row_breaks.append(Break(id=after))
        for after in _column_breaks(filled, scale):
            sheet.col_breaks.append(Break(id=after))


def _room(sheet: Worksheet) -> tuple[float, float]:
    """Width and height of the print area of a page, in millimetres."""
    short, long = _PAPERS.get(str(sheet.page_setup.paperSize), _PAPERS["9"])
    wide, high = (long, short) if sheet.page_setup.orientation == "landscape" else (short, long)
    margins = sheet.page_margins
    return wide - (margins.left + margins.right) * _INCH, high - (margins.top + margins.bottom) * _INCH


def _widths(sheet: Worksheet) -> list[float]:
    """The columns that are printed, 0 for one that is hidden."""
    found = sheet.column_dimensions
    last = max((column_index_from_string(letter) for letter in found), default=0)
    columns = [found[get_column_letter(number)] for number in range(1, last + 1)]
    printed = [0.0 if column.hidden else float(column.width) for column in columns]
    area = sheet.print_area
    if area:
        printed = printed[: column_index_from_string("".join(c for c in area.rpartition(":")[2] if c.isalpha()))]
    return printed


def _fitting(sheet: Worksheet) -> int:
    """The scale at which a sheet fits on a page, as far as it can still be read."""
    return max(SMALLEST, min(_WHOLE, int(_room(sheet)[0] / _COLUMN / max(sum(_widths(sheet)), 1.0) * _WHOLE)))


def _column_breaks(filled: Filled, scale: int) -> Iterator[int]:
    """After which columns a page ends; the repeated ones stand on every page."""
    sheet = filled.sheet
    room = _room(sheet)[0] / _COLUMN * _WHOLE / scale
    widths = _widths(sheet)
    titles = sheet.print_title_cols
    repeated = sum(widths[: column_index_from_string(titles.rpartition(":")[2].lstrip("$"))]) if titles else 0.0
    left = {right: at for at, right in _groups(filled)}
    taken, start = 0.0, 0
    for number, width in enumerate(widths, 1):
        if taken and taken + width > room:
            after = number - 1
            while after in left and left[after] > start + 1:
                after = left[after] - 1
            yield after
            start, taken = after, repeated + sum(widths[after : number - 1])
        taken += width


def _groups(filled: Filled) -> Iterator[tuple[int, int]]:
    """Columns that a heading of the repeated rows holds together: the first, and each but the last."""
    titles = filled.sheet.print_title_rows
    if not titles:
        return
    first, last = (int(part.lstrip("$")) for part in titles.split(":"))
    for merged in filled.rows.merged:
        found = CellRange(merged)
        if first <= found.min_row <= last:
            yield from ((found.min_col, column) for column in range(found.min_col, found.max_col))


def _row_breaks(filled: Filled, scale: int) -> Iterator[int]:
    """After which rows a page ends."""
    heights = [height or _ROW for height in filled.rows.heights]
    kinds = filled.rows.kinds
    room = _room(filled.sheet)[1] * _POINTS * _WHOLE / scale
    titles = filled.sheet.print_title_rows
    first, last = (int(part.lstrip("$")) for part in titles.split(":")) if titles else (1, 0)
    repeated = sum(heights[first - 1 : last])
    start, taken = 0, 0.0
    for number, height in enumerate(heights):
        if taken and taken + height > room:
            at = _kept_together(kinds, number, start)
            yield at
            start, taken = at, repeated + sum(heights[at:number])
        taken += height


def _kept_together(kinds: Sequence[str], at: int, start: int) -> int:
    """Where to break instead, so that no sum begins a page and no head ends one."""
    wanted = at
    while wanted > start + 1 and kinds[wanted] in SUMS:
        wanted -= 1
    while wanted > start + 1 and kinds[wanted - 1] in HEADS:
        wanted -= 1
    return wanted if wanted > start + 1 else at
