"""一张清单：a sheet of rows below a header, set out as the first row of its template shows."""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from govit.forms.excel.layout import as_list
from govit.forms.excel.pages import set_out
from govit.forms.excel.workbook import lines, load, opened, put, row_height, save
from govit.forms.job import FormRefusedError, Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from openpyxl import Workbook

    from govit.forms.job import Job

FIRST_ROW = 4
"""Below the title, a remark and the header."""

PLAIN = PatternFill()
Row = tuple[str | int, ...]


def template_of(job: Job, own: str) -> Workbook:
    """The template that is filled in; refused if it has other sheets than our own."""
    book = opened(job.filled_template.data, job.filled_template.shown)
    if len(book.worksheets) != len(load(own).worksheets):
        message = f"模板 {job.filled_template.shown} 的工作表和内置的不一样，没有写出"
        raise FormRefusedError(message, [Reason("工作表的个数不能改，样式可以改")])
    book.properties.keywords = job.revision
    return book


def filled(
    book: Workbook,
    remark: str,
    rows: Sequence[Row],
    foot: Sequence[str],
    marked: Iterable[tuple[int, int]] = (),
    mark: PatternFill = PLAIN,
) -> bytes:
    """The book with its remark, its rows and what stands below them, line by line; `marked` are rows and columns from 1."""
    sheet = book.worksheets[0]
    columns = len(rows[0])
    widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, columns + 1)]
    first: list[Any] = [sheet.cell(FIRST_ROW, column) for column in range(1, columns + 1)]
    model = [copy(cell._style) for cell in first]  # noqa: SLF001 - all of its looks at once, as openpyxl copies a sheet
    put(sheet["A2"], remark)
    for number, row in enumerate(rows, FIRST_ROW):
        for column, (value, style) in enumerate(zip(row, model, strict=True), 1):
            cell: Any = sheet.cell(number, column)
            cell._style = copy(style)  # noqa: SLF001 - likewise
            put(cell, value)
        sheet.row_dimensions[number].height = row_height(max(map(lines, map(str, row), widths)))
    for number, column in marked:
        shown: Any = sheet.cell(FIRST_ROW - 1 + number, column)
        shown.fill = copy(mark)
    last = FIRST_ROW - 1 + len(rows)
    sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{get_column_letter(columns)}{last}"
    sheet.merge_cells(start_row=last + 1, end_row=last + 1, start_column=1, end_column=columns)
    below: Any = sheet.cell(last + 1, 1)
    below.font, below.alignment = copy(sheet["A2"].font), copy(sheet["A2"].alignment)
    put(below, "".join(foot))
    sheet.row_dimensions[last + 1].height = row_height(len(foot))
    set_out([as_list(book, FIRST_ROW, last)])
    return save(book)
