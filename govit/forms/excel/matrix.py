"""对应表：which subsystem, data resource and basis of the reports stands in which chapter, as a sheet to look at.

The layout is a real Excel file in templates/. Where most of its kind stand and an item does not, the cell is coloured.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from openpyxl.styles import PatternFill

from govit.forms.excel.one_list import filled, template_of
from govit.forms.job import FormRefusedError, Made, Reason
from govit.judging.reports import matrix_of
from govit.report.text import DISCLAIMER
from govit.statements.correspondence import CHAPTERS, RECORDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.forms.excel.one_list import Row
    from govit.forms.job import Job
    from govit.judging.case import Case
    from govit.statements.correspondence import MatrixItem

TEMPLATE = "对应表.xlsx"
COLUMNS = (*CHAPTERS, RECORDED)
BEFORE = 4
"""序号, 项目, 类别, 名称."""
_NOTE = "格里写的是第一处在哪里，段、行、页照报告数；涂色的是同类各项多数写到、这一项没有写到的地方，叫法不同的也会涂色。"
_LACKING = PatternFill("solid", fgColor="FFFFEB9C")


def make(job: Job) -> list[Made]:
    """The items of the reports of every project that was given."""
    found = [(case, one) for case in job.cases for one in matrix_of(case.project)]
    if not found:
        message = "没有可以对应的内容，没有写出"
        raise FormRefusedError(
            message, [Reason("报告（docx 或 md）登记在 documents，里面写了子系统、数据资源或者依据的，才有对应表")]
        )
    data = filled(
        template_of(job, TEMPLATE),
        f"判断日：{job.as_of}　　{_NOTE}",
        list(_rows(found)),
        [f"依报告里的用语查出，供核对，不是审查结论。{DISCLAIMER}"],
        [(number, column) for number, (_, one) in enumerate(found, 1) for column in _lacking(one)],
        _LACKING,
    )
    name = found[0][0].project.name if len(job.cases) == 1 else None
    return [Made(data=data, parts=(str(job.as_of), name, job.title), suffix=".xlsx")]


def _rows(found: Sequence[tuple[Case, MatrixItem]]) -> Iterator[Row]:
    """Each item with its places."""
    for number, (case, one) in enumerate(found, 1):
        shown = [one.places.get(column, "") for column in COLUMNS]
        yield number, case.project.name or case.path, one.kind, one.name, *shown, "、".join(one.lacking)


def _lacking(one: MatrixItem) -> list[int]:
    """The columns in which an item should stand and does not, from 1."""
    return [BEFORE + at for at, column in enumerate(COLUMNS, 1) if column in one.wanted]
