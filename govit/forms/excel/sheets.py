"""Excel 表的制作：what the makers of workbooks share: the template of a job, what is missing and where it belongs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.model import named
from govit.forms.excel import layout
from govit.forms.excel.pages import set_out
from govit.forms.excel.workbook import load, opened, page_line, save
from govit.forms.job import FormRefusedError, Made, Reason
from govit.forms.word.tags import Slip

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from openpyxl import Workbook

    from govit.dossier.model import Project
    from govit.forms.excel.layout import Fields, Filled, SheetTemplate
    from govit.forms.job import Job

DRAFT = "草稿"


def template_of(
    job: Job, fields: Mapping[str, Fields], needed: Collection[str]
) -> tuple[Workbook, dict[str, SheetTemplate]]:
    """The workbook of the job's template and its sheets; FormRefusedError with all that is wrong with it."""
    book = opened(job.filled_template.data, job.filled_template.shown)
    models, faults = layout.read(book, fields, needed)
    if faults:
        message = f"模板 {job.filled_template.shown} 有 {len(faults)} 处问题，没有写出"
        raise FormRefusedError(message, [Reason(fault) for fault in faults])
    return book, models


def slips_of(data: bytes, name: str, fields: Mapping[str, Fields], needed: Collection[str]) -> list[Slip]:
    """What is wrong with a template of a form, and what our own one prints that it does not."""
    models, faults = layout.read(opened(data, name), fields, needed)
    slips = [Slip("", "", fault) for fault in faults]
    if slips:
        return slips
    ours, _ = layout.read(load(name), fields, needed)
    for sheet, model in ours.items():
        if sheet not in models:
            slips.append(Slip("", "", f"没有“{sheet}”这张表，不会写出", grave=False))
            continue
        lost = [marker for marker in model.printed if marker not in models[sheet].printed]
        slips += [Slip(f"“{sheet}”表", "", f"没有用到 {{{{ {marker} }}}}", grave=False) for marker in lost]
    return slips


def finished(book: Workbook, made: Sequence[Filled], job: Job) -> bytes:
    """The workbook without its models, as bytes; a draft says so at the head of each page."""
    titles = {filled.sheet.title for filled in made}
    for name in list(book.sheetnames):
        if name not in titles:
            book.remove(book[name])
    if job.draft:
        for sheet in book.worksheets:
            page_line(sheet.oddHeader).right.text = DRAFT
    set_out(made)
    book.active = 0
    book.properties.keywords = job.revision
    return save(book, {filled.sheet.title: filled.rows for filled in made})


def page_of(job: Job) -> dict[str, str]:
    """What the head of each sheet of one project may print."""
    project = job.case.project
    return {
        "title": job.title,
        "project": project.name or "（待填：项目名称 name）",
        "unit": (project.unit.name if project.unit else None) or "",
        "to": job.entry.to,
        "article": job.entry.article,
        "year": str(project.year or ""),
    }


def made_of(job: Job, book: Workbook, sheets: Sequence[Filled], reasons: Sequence[Reason]) -> list[Made]:
    """The workbook of one project, under its year, name and title; a draft notes what is still missing."""
    project = job.case.project
    parts = (str(project.year) if project.year else None, project.name, job.title, DRAFT if job.draft else None)
    notes = tuple(f"（待填：{reason.text}）" for reason in reasons)
    return [Made(data=finished(book, sheets, job), parts=parts, suffix=".xlsx", case=job.case, notes=notes)]


def missing(project: Project, *keys: str) -> list[Reason]:
    """The keys that a form needs and that the project has not given, each with its place."""
    return [Reason(named(key), place_of(project, key)) for key in keys if not _given(project, key)]


def place_of(project: Project, key: str) -> str:
    """Where a key stands in project.yaml, or where it belongs."""
    at = project.source.place_of(key)
    return f"{project.source.file}:{at[0]}" if at else project.source.file


def _given(project: Project, key: str) -> bool:
    value: object = project
    for part in key.split("."):
        value = getattr(value, part, None)
    return value not in (None, ())
