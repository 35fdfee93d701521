"""数据资源目录：the data that a project produces and needs, laid out by templates/数据资源目录.xlsx."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.model import DIRECTIONS
from govit.forms.data.printed import numeral
from govit.forms.excel.layout import Fields, SheetRow, fill
from govit.forms.excel.sheets import made_of, missing, page_of, place_of, slips_of, template_of
from govit.forms.job import FormRefusedError, Made, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.dossier.model import Project
    from govit.forms.job import Job
    from govit.forms.word.tags import Slip

TEMPLATE = "数据资源目录.xlsx"
CATALOGUE = "目录"
FIELDS: Mapping[str, Fields] = {
    CATALOGUE: Fields(
        sheet={
            "title": "表名",
            "project": "项目名称",
            "unit": "项目单位",
            "to": "报送对象",
            "article": "依据条款",
            "year": "年度",
            "produced": "产生项数",
            "needed": "需要项数",
        },
        rows={
            "section": {"name": "部分", "count": "项数"},
            "row": {
                "n": "序号",
                "name": "数据资源名称",
                "provider": "提供方",
                "share": "共享类型",
                "recipients": "共享对象",
                "basis": "依据",
                "traits": "数据特征",
            },
        },
        needed=("row",),
    ),
}
_SECTIONS = dict(zip(DIRECTIONS, ("本项目产生的数据资源", "本项目需要其他单位提供的数据资源"), strict=True))


def check_template(data: bytes) -> list[Slip]:
    """What is wrong with a template of this form."""
    return slips_of(data, TEMPLATE, FIELDS, (CATALOGUE,))


def make(job: Job) -> list[Made]:
    """The catalogue of one project; FormRefusedError with what it lacks."""
    project = job.case.project
    reasons = [*missing(project, "name", "catalogue"), *_incomplete(project)]
    if reasons and not job.draft:
        message = f"缺 {len(reasons)} 项数据，没有写出；先补齐，或加 --draft 出草稿"
        raise FormRefusedError(message, reasons)
    book, models = template_of(job, FIELDS, (CATALOGUE,))
    counts = {direction: sum(1 for row in project.catalogue if row.direction == direction) for direction in DIRECTIONS}
    page = {
        **page_of(job),
        "produced": str(counts[DIRECTIONS[0]]),
        "needed": str(counts[DIRECTIONS[1]]),
    }
    made = [fill(book, models[CATALOGUE], CATALOGUE, page, _rows(project))]
    return made_of(job, book, made, reasons)


def _incomplete(project: Project) -> list[Reason]:
    """Rows that do not say how they are shared: the column that the catalogue is for."""
    return [
        Reason(f"{row.at}.share（“{row.name or '未命名'}”的共享类型）", place_of(project, f"{row.at}.share"))
        for row in project.catalogue
        if row.share is None and row.direction == DIRECTIONS[0]
    ]


def _rows(project: Project) -> Iterator[SheetRow]:
    for place, (direction, heading) in enumerate(_SECTIONS.items(), 1):
        found = [row for row in project.catalogue if row.direction == direction]
        yield SheetRow("section", {"name": f"{numeral(place)}、{heading}", "count": len(found)})
        for number, row in enumerate(found, 1):
            values = {
                "n": number,
                "name": row.name,
                "provider": row.provider,
                "share": row.share or ("（待填：共享类型）" if direction == DIRECTIONS[0] else None),
                "recipients": "、".join(row.recipients),
                "basis": row.basis,
                "traits": "、".join(name for name, holds in row.traits.items() if holds),
            }
            yield SheetRow("row", values)
        if not found:
            yield SheetRow("row", {"n": "—", "name": "无"})
