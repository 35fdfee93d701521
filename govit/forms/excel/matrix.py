"""对应表：which subsystem, data resource and basis of the reports stands in which chapter, as a sheet to look at.

The layout is a real Excel file in templates/. Where most of its kind stand and an item does not, the cell is coloured.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from openpyxl.styles import PatternFill
from openpyxl.utils import get_column_letter

from govit.forms.excel.layout import as_list
from govit.forms.excel.pages import set_out
from govit.forms.excel.workbook import lines, load, opened, put, row_height, save
from govit.forms.job import FormRefusedError, Made, Reason
from govit.judging.reports import matrix_of
from govit.report.text import DISCLAIMER
from govit.statements.correspondence import CHAPTERS, RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from govit.forms.job import Job
    from govit.judging.case import Case
    from govit.statements.correspondence import MatrixItem

TEMPLATE = "对应表.xlsx"
FIRST_ROW = 4
_NOTE = "格里写的是第一处在哪里，段、行、页照报告数；涂色的是同类各项多数写到、这一项没有写到的地方，叫法不同的也会涂色。"
_LACKING = PatternFill("solid", fgColor="FFFFEB9C")


def make(job: Job) -> list[Made]:
    """The items of the reports of every project that was given."""
    found = [(case, items) for case in job.cases if (items := matrix_of(case.project))]
    if not found:
        message = "没有可以对应的内容，没有写出"
        raise FormRefusedError(
            message, [Reason("报告（docx 或 md）登记在 documents，里面写了子系统、数据资源或者依据的，才有对应表")]
        )
    book = opened(job.filled_template.data, job.filled_template.shown)
    if len(book.worksheets) != len(load(TEMPLATE).worksheets):
        message = f"模板 {job.filled_template.shown} 的工作表和内置的不一样，没有写出"
        raise FormRefusedError(message, [Reason("工作表的个数不能改，样式可以改")])
    book.properties.keywords = job.revision
    one = found[0][0].project.name if len(job.cases) == 1 else None
    return [Made(data=_workbook(book, found, str(job.as_of)), parts=(str(job.as_of), one, job.title), suffix=".xlsx")]


def _workbook(book: Workbook, found: Sequence[tuple[Case, Sequence[MatrixItem]]], as_of: str) -> bytes:
    sheet = book.worksheets[0]
    columns = len(CHAPTERS) + 6
    widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, columns + 1)]
    first: list[Any] = [sheet.cell(FIRST_ROW, column) for column in range(1, columns + 1)]
    model = [copy(cell._style) for cell in first]  # noqa: SLF001 - all of its looks at once, as openpyxl copies a sheet
    put(sheet["A2"], f"判断日：{as_of}　　{_NOTE}")
    last = FIRST_ROW - 1
    for last, (row, coloured) in enumerate(_rows(found), FIRST_ROW):
        for column, (value, style) in enumerate(zip(row, model, strict=True), 1):
            cell: Any = sheet.cell(last, column)
            cell._style = copy(style)  # noqa: SLF001 - likewise
            put(cell, value)
            if column in coloured:
                cell.fill = copy(_LACKING)
        sheet.row_dimensions[last].height = row_height(max(map(lines, map(str, row), widths)))
    sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{get_column_letter(columns)}{last}"
    _foot(sheet, last + 1, columns)
    set_out([as_list(book, FIRST_ROW, last)])
    return save(book)


def _rows(
    found: Sequence[tuple[Case, Sequence[MatrixItem]]],
) -> Iterator[tuple[tuple[str | int, ...], frozenset[int]]]:
    """Each item with its places, and the columns that are coloured."""
    number = 0
    for case, items in found:
        for one in items:
            number += 1
            shown = [one.places.get(column, "") for column in (*CHAPTERS, RECORDED)]
            coloured = {5 + at for at, column in enumerate((*CHAPTERS, RECORDED)) if column in one.wanted}
            name = case.project.name or case.path
            yield (number, name, one.kind, one.name, *shown, "、".join(one.lacking)), frozenset(coloured)


def _foot(sheet: Worksheet, row: int, columns: int) -> None:
    sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=columns)
    cell: Any = sheet.cell(row, 1)
    cell.font, cell.alignment = copy(sheet["A2"].font), copy(sheet["A2"].alignment)
    put(cell, f"依报告里的用语查出，供核对，不是审查结论。{DISCLAIMER}")
    sheet.row_dimensions[row].height = row_height(1)
