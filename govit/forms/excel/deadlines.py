"""期限表：the dates as a sheet that a clerk prints and ticks off.

The layout is a real Excel file in templates/; its sheet 图例 says what each state means and in which colour it stands.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from openpyxl.utils import get_column_letter

from govit.base.records import replace
from govit.deadlines.dates import SOON, Deadline, DeadlineState, Listing
from govit.deadlines.dossiers import of_cases
from govit.forms.excel.layout import as_list
from govit.forms.excel.pages import set_out
from govit.forms.excel.workbook import lines, load, opened, put, row_height, save
from govit.forms.job import FormRefusedError, Made, Reason
from govit.report.deadlines import about, days_word, remarks, state_word
from govit.report.text import DISCLAIMER

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from govit.forms.excel.workbook import CellValue
    from govit.forms.job import Job

TEMPLATE = "期限表.xlsx"
FIRST_ROW = 4
_STATE_COLUMNS = (2, 3)
"""Where a state stands and how many days are left: coloured."""
_LEGEND = {DeadlineState.DUE: "即将到期"}
"""States that the legend calls otherwise than the rows do, which name the number of days."""


def make(job: Job) -> list[Made]:
    """The dates of all projects that were given."""
    options = replace(job.cases[0].options, everything=True)
    listing = of_cases(job.cases, options, SOON)
    book = opened(job.filled_template.data, job.filled_template.shown)
    if [sheet.title for sheet in book.worksheets] != [sheet.title for sheet in load(TEMPLATE).worksheets]:
        message = f"模板 {job.filled_template.shown} 的工作表和内置的不一样，没有写出"
        raise FormRefusedError(message, [Reason("工作表的名称、个数和先后不能改，样式可以改")])
    book.properties.keywords = job.revision
    one = job.cases[0].project.name if len(job.cases) == 1 else None
    titles = {entry.title for r in listing.regulations for entry in r.forms if entry.form == job.form.id}
    title = titles.pop() if len(titles) == 1 else job.title
    return [Made(data=workbook(listing, book), parts=(str(job.as_of), one, title), suffix=".xlsx")]


def workbook(
    listing: Listing,
    book: Workbook | None = None,
    *,
    everything: bool = False,
    near: bool = False,
    overdue: bool = False,
) -> bytes:
    """The workbook, laid out by our template or another; the same input gives the same bytes."""
    book = book or load(TEMPLATE)
    sheet, legend = book.worksheets
    shown = listing.shown(everything=everything, near=near, overdue=overdue)
    _head(sheet, listing)
    fills = _fills(legend)
    columns = sheet.max_column
    widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, columns + 1)]
    model = _styles_of_first_row(sheet, columns)
    for number, deadline in enumerate(shown, 1):
        row = FIRST_ROW + number - 1
        values = _values(number, deadline, listing)
        for column, (value, like) in enumerate(zip(values, model, strict=True), 1):
            cell = sheet.cell(row, column)
            for name, part in like.items():
                setattr(cell, name, copy(part))
            put(cell, value)
            if column in _STATE_COLUMNS:
                cell.fill = copy(fills[deadline.state])
        sheet.row_dimensions[row].height = row_height(max(map(lines, map(_text, values), widths)))
    last = FIRST_ROW + len(shown) - 1
    sheet.auto_filter.ref = f"A{FIRST_ROW - 1}:{get_column_letter(columns)}{last}"
    _foot(sheet, last + 1, listing, hidden=len(listing.deadlines) - len(shown))
    set_out([as_list(book, FIRST_ROW, last)])
    return save(book)


def _styles_of_first_row(sheet: Worksheet, columns: int) -> list[dict[str, Any]]:
    """How each column of the first row looks, before it is filled in."""
    names = ("font", "border", "alignment", "number_format")
    return [
        {name: copy(getattr(sheet.cell(FIRST_ROW, column), name)) for name in names} for column in range(1, columns + 1)
    ]


def _head(sheet: Worksheet, listing: Listing) -> None:
    named = [f"《{r.title}》（{r.standing(listing.as_of)}）" for r in listing.regulations]
    assumed = "　〔假定施行〕假定所列办法在判断日施行，不是现行效力" if listing.assume_in_force else ""
    text = f"判断日：{listing.as_of}　　{'、'.join(named)}{assumed}"
    put(sheet["A2"], text)
    room = sum(sheet.column_dimensions[get_column_letter(n)].width for n in range(1, sheet.max_column + 1))
    sheet.row_dimensions[2].height = row_height(lines(text, float(room)))


def _fills(legend: Worksheet) -> dict[DeadlineState, Any]:
    """The colour of each state, as the legend of the template has it."""
    colours: dict[object, Any] = {row[0].value: row[0].fill for row in legend.iter_rows(min_row=2)}
    return {state: colours[_LEGEND.get(state) or state_word(state, 0)] for state in DeadlineState}


def _values(number: int, d: Deadline, listing: Listing) -> tuple[CellValue, ...]:
    special, since = about(d), d.trigger_date
    done = f"\n{d.done}" if d.done and d.state in (DeadlineState.DONE, DeadlineState.LATE, DeadlineState.EARLY) else ""
    opens = f"\n{d.opens} 起" if d.opens else ""
    waits = f"等 {d.detail}" if d.state is DeadlineState.WAITING else ""
    return (
        number,
        state_word(d.state, listing.within) + done,
        days_word(d, listing.as_of).replace(" ", ""),
        d.project_name or d.project_id or d.project or "",
        d.duty + (f"\n〔{special}〕" if special else ""),
        d.body,
        waits or d.trigger + (f"\n{since}" if since else ""),
        d.period + opens,
        d.raw,
        d.last,
        "\n".join(filter(None, (d.rule, d.article, d.number))),
        remarks(d),
    )


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _foot(sheet: Worksheet, row: int, listing: Listing, *, hidden: int) -> None:
    """What is not in the table, and that the sheet decides nothing."""
    rest = "" if row > FIRST_ROW else "没有要列出的期限。"
    rest += f"另有 {hidden} 个早已完成、已届满或者不适用的期限没有列出。" if hidden else ""
    for number, note in enumerate((*listing.notes, f"{rest}{DISCLAIMER}"), row):
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=sheet.max_column)
        cell = sheet.cell(number, 1)
        cell.font = copy(sheet["A2"].font)
        cell.alignment = copy(sheet["A2"].alignment)
        put(cell, note)
        sheet.row_dimensions[number].height = row_height(1)
