"""报告的制作：a study or proposal compiled from a project's Markdown chapters and its project.yaml."""

from __future__ import annotations

import io
import struct
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import docx
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError, UnrecognizedImageError
from docx.image.image import Image

from govit.base.files import read_bytes
from govit.base.records import record, replace
from govit.base.usage import UsageError
from govit.documents.names import unnumbered
from govit.dossier.tree import resolve
from govit.forms.data.filled_form import FilledForm
from govit.forms.job import FormRefusedError, Made, Reason
from govit.forms.word import forms as forms_docx
from govit.forms.word import report_tables
from govit.forms.word.markdown import (
    Figure,
    MarkdownHeading,
    MarkdownParagraph,
    Run,
    TableMark,
    empty_headings,
    levelled,
    parse,
)
from govit.forms.word.report_body import CHAPTERS, CONTENTS, Body
from govit.forms.zipped import packed, unpacked
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.tree import decode

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from govit.dossier.model import Document, Project
    from govit.forms.job import Job
    from govit.forms.word.markdown import Block
    from govit.law.regulation import PackForm

MARKDOWN = (".md", ".markdown")
LARGEST_TEXT, LARGEST_PICTURE = 20_000_000, 20_000_000
_BAD_PICTURE = (
    UnrecognizedImageError, InvalidImageStreamError, UnexpectedEndOfFileError, ValueError, ZeroDivisionError,
    struct.error, KeyError, OSError,
)  # fmt: skip


class _File(NamedTuple):
    """A file of chapters; `shown` is its path as reports name it, `folder` that of its pictures."""

    shown: str
    folder: str
    blocks: tuple[Block, ...]


@record
class _Source:
    """What a report is compiled from, and why it cannot be."""

    kind: str
    files: tuple[_File, ...]
    pictures: Mapping[str, bytes]
    names: Mapping[str, str]
    reasons: tuple[Reason, ...]


def make(job: Job) -> list[Made]:
    """The report; FormRefusedError with every chapter that is empty and everything that cannot be found."""
    source = _source(job)
    if source.reasons and not job.draft:
        message = f"《{source.kind}》还有 {len(source.reasons)} 处要补，没有写出；先补齐，或加 --draft 出草稿"
        raise FormRefusedError(message, source.reasons)
    title = job.entry.title if source.kind == _kinds(job)[0] else source.kind
    entry = replace(job.entry, kind=source.kind, title=title)
    made = forms_docx.make(replace(job, entry=entry, which=None))[0]
    filled_form = FilledForm(case=job.case, entry=entry, draft=job.draft, revision=job.revision)
    notes = (*made.notes, *(reason.text for reason in source.reasons))
    return [replace(made, data=_compiled(made.data, source, filled_form, job), notes=notes)]


def is_there(project: Project, entry: PackForm) -> bool:
    """Whether the report is there as a finished file, and not in Markdown to compile it from."""
    found = [d for d in project.documents if d.path and not d.missing and set(entry.documents) & set(d.kinds)]
    return bool(found) and not any(_is_markdown(document) for document in found)


def _is_markdown(document: Document) -> bool:
    return (document.path or "").lower().endswith(MARKDOWN)


def _compiled(template: bytes, source: _Source, filled_form: FilledForm, job: Job) -> bytes:
    document = docx.Document(io.BytesIO(template))
    try:
        body = Body(document, report_tables.grids(filled_form), source.pictures)
        body.write(_joined(source.files, draft=job.draft), source.names)
    except KeyError as lost:
        what = f"没有独占一段的“{lost.args[0]}”或所需的样式"
        hint = f"模板里要有 {CONTENTS} 和 {CHAPTERS}，各占一段；最好从内置模板改起"
        message = f"模板 {job.filled_template.shown} 不能用"
        raise FormRefusedError(message, [Reason(f"{what}；{hint}")]) from lost
    out = io.BytesIO()
    document.save(out)
    return packed(unpacked(out.getvalue()))


def _joined(files: Sequence[_File], *, draft: bool) -> list[Block]:
    """All chapters in order; in a draft, a mark under each that is empty."""
    blocks: list[Block] = []
    for file in files:
        empty = set(map(id, empty_headings(file.blocks)))
        for block in file.blocks:
            if isinstance(block, Figure):
                blocks.append(block._replace(path=_key(file, block)))
                continue
            blocks.append(block)
            if draft and id(block) in empty and isinstance(block, MarkdownHeading):
                blocks.append(MarkdownParagraph((Run(f"（待填：{block.text}）", bold=True),)))
    return [block for block in blocks if not isinstance(block, Figure) or block.path]


def _key(file: _File, figure: Figure) -> str:
    return str(PurePosixPath(file.folder) / figure.path) if figure.path else ""


# -- what it is compiled from ----------------------------------------------------------------------


def _kinds(job: Job) -> tuple[str, ...]:
    """The kinds of document that the regulation lets this form be."""
    return job.entry.documents


def _source(job: Job) -> _Source:
    project = job.case.project
    kind, documents = _chosen(job, project)
    reasons: list[Reason] = []
    files = []
    for document in documents:
        file = _read(job, project, document, reasons)
        if file is not None:
            files.append(file)
    raised = levelled([file.blocks for file in files])
    files = [file._replace(blocks=blocks) for file, blocks in zip(files, raised, strict=True)]
    pictures = dict(_pictures(project, files, reasons))
    names = dict(_names(files, reasons))
    files = [file._replace(blocks=tuple(_usable(file, pictures, names))) for file in files]
    for file in files:
        reasons += [
            Reason(f"“{heading.text}”下面没有内容", f"{file.shown}:{heading.line}")
            for heading in empty_headings(file.blocks)
        ]
    return _Source(kind, tuple(files), pictures, names, tuple(reasons))


def _chosen(job: Job, project: Project) -> tuple[str, list[Document]]:
    """The kind asked for, else the first of which the project has Markdown, and its files in the order given."""
    kinds = _kinds(job)
    if job.which is not None and unnumbered(job.which) not in kinds:
        message = f"《{job.title}》可以编成：{'、'.join(kinds)}；没有“{job.which}”"
        raise UsageError(message)
    for kind in [job.which] if job.which else kinds:
        found = [document for document in project.documents if kind in document.kinds and _is_markdown(document)]
        if found:
            return kind, found
    message = f"没有《{job.which or '、'.join(kinds)}》的 Markdown 章节，没有写出"
    hint = f"正文用 Markdown 写，例如 documents/{job.which or kinds[0]}.md"
    others = [d.path for d in project.documents if d.path and any(kind in d.kinds for kind in kinds)]
    if others:
        hint += f"；已有成稿 {'、'.join(others)}，不用再编"
    raise FormRefusedError(message, [Reason(hint, f"{project.source.file}（写在 documents 下面）")])


def _read(job: Job, project: Project, document: Document, reasons: list[Reason]) -> _File | None:
    shown = f"{job.case.path}/{document.path}".removeprefix("./")
    path = resolve(_folder(project), document.path or "")
    if isinstance(path, Fault):
        reasons.append(Reason(f"{path.message}；{path.hint}", shown))
        return None
    try:
        data = read_bytes(path, LARGEST_TEXT)
        text = decode(data) if len(data) <= LARGEST_TEXT else None
    except (OSError, YamlError) as error:
        reasons.append(Reason(f"读不出来：{error}", shown))
        return None
    if text is None:
        reasons.append(Reason(f"超过 {LARGEST_TEXT // 1_000_000} MB，没有读取", shown))
        return None
    folder = str(PurePosixPath(document.path or "").parent)
    return _File(shown, "" if folder == "." else folder, parse(text))


def _folder(project: Project) -> Path:
    """The folder of a project, which every one has that was read from disk."""
    if project.folder is None:
        message = "a project without a folder"
        raise ValueError(message)
    return project.folder


def _pictures(project: Project, files: Sequence[_File], reasons: list[Reason]) -> Iterator[tuple[str, bytes]]:
    """Every picture that can be put in, by its path in the project's folder."""
    for file in files:
        for figure in file.blocks:
            if not isinstance(figure, Figure):
                continue
            found = resolve(_folder(project), _key(file, figure))
            problem = f"{found.message}；{found.hint}" if isinstance(found, Fault) else ""
            data = b"" if isinstance(found, Fault) else _picture(found)
            if data:
                yield _key(file, figure), data
            else:
                what = problem or "图片不是 png、jpg、gif、bmp 或 tiff，或已损坏，或过大"
                reasons.append(Reason(f"图“{figure.caption or figure.path}”：{what}", f"{file.shown}:{figure.line}"))


def _picture(path: Path) -> bytes:
    """A picture that Word can show, else nothing."""
    try:
        data = read_bytes(path, LARGEST_PICTURE)
        if len(data) > LARGEST_PICTURE:
            return b""
        image = Image.from_blob(data)
    except _BAD_PICTURE:
        return b""
    return data if image.width > 0 and image.height > 0 else b""


def _names(files: Sequence[_File], reasons: list[Reason]) -> Iterator[tuple[str, str]]:
    """Which table each TableMark means."""
    for file in files:
        for block in file.blocks:
            if not isinstance(block, TableMark):
                continue
            name = report_tables.named(block.name)
            if name is None:
                hint = report_tables.nearest(block.name)
                reasons.append(Reason(f"没有“{block.name}”这张表；{hint}", f"{file.shown}:{block.line}"))
            else:
                yield block.name, name


def _usable(file: _File, pictures: Mapping[str, bytes], names: Mapping[str, str]) -> Iterator[Block]:
    """The blocks without what cannot be put in."""
    for block in file.blocks:
        if isinstance(block, Figure) and _key(file, block) not in pictures:
            continue
        if isinstance(block, TableMark) and block.name not in names:
            continue
        yield block
