"""openpyxl's merged cells with each border worked out once: half of the time that it takes to open a plan.

Of a range of hundreds of cells openpyxl adds the same side to the same border, and compares the result with all others,
anew for each; and of a row of equal ranges anew for each range. `test_workbook` holds what comes out against openpyxl's own.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from openpyxl.cell.cell import MergedCell
from openpyxl.styles.borders import Border
from openpyxl.styles.cell_style import StyleArray

if TYPE_CHECKING:
    from openpyxl.worksheet.merge import MergedCellRange

_KNOWN: WeakKeyDictionary[Any, dict[tuple[int, str, int], int]] = WeakKeyDictionary()
"""By workbook, the border of the first cell, a side of it, and the border before: the border after."""


def format_once(merged: MergedCellRange) -> None:
    """What `MergedCellRange.format` does."""
    start: Any = merged.start_cell
    for name in ("top", "left", "right", "bottom"):
        side = getattr(start.border, name)
        if side and side.style is None:
            continue
        known = _KNOWN.setdefault(start.parent.parent, {})
        given = start._style.borderId
        for cell in (_cell(merged, at) for at in getattr(merged, name)):
            before = cell._style.borderId
            if (given, name, before) not in known:
                cell.border += Border(**{name: side})
                known[given, name, before] = cell._style.borderId
            cell._style.borderId = known[given, name, before]
    if start.protection is None:
        return
    protection = None
    for cell in (_cell(merged, at) for at in merged.cells):
        if protection is None:
            cell.protection = copy(start.protection)
            protection = cell._style.protectionId
        cell._style.protectionId = protection


def _cell(merged: MergedCellRange, at: tuple[int, int]) -> Any:
    cells: Any = merged.ws._cells
    if at not in cells:
        cells[at] = MergedCell(merged.ws, *at)
    cell = cells[at]
    if cell._style is None:
        cell._style = StyleArray()
    return cell
