"""批注：a copy of a Word document with the findings as comments at the chapters concerned; the original is only read."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from govit.documents import read
from govit.documents.content import Unreadable
from govit.files import read_bytes
from govit.records import record
from govit.render.zipped import packed, unpacked
from govit.report.listed import OPEN, told
from govit.report.text import DISCLAIMER, label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from docx.document import Document

    from govit.finding import Finding
    from govit.judge import Report

WORD = (".docx", ".docm")
LARGEST = 200_000_000
"""Bytes of a document and of what it unpacks to; python-docx holds all of it in memory."""
AUTHOR, INITIALS = "govit 自查", "自查"
_NOT_BODY = frozenset(qn(name) for name in ("w:tbl", "w:txbxContent"))


@record
class Annotated:
    """一份批注：which document, how many comments, and the copy, or why there is none."""

    file: str
    comments: int
    copy: bytes | None
    reason: str = ""


def annotate(report: Report, located: Callable[[str], Path | None]) -> Iterator[Annotated]:
    """A copy of every Word document that has open findings, in the order of their paths."""
    by_file: dict[str, list[Finding]] = {}
    for finding in report.findings:
        if finding.outcome in OPEN and finding.place.file.lower().endswith(WORD):
            by_file.setdefault(finding.place.file, []).append(finding)
    for file in sorted(by_file):
        path = located(file)
        yield _one(file, path, by_file[file], report.as_of) if path else Annotated(file, 0, None, "找不到文件")


def _one(file: str, path: Path, findings: Sequence[Finding], as_of: dt.date) -> Annotated:
    reading = read(path)
    if reading.content is None:
        return Annotated(file, 0, None, reading.detail)
    data = read_bytes(path, LARGEST)
    if len(data) > LARGEST or _unpacked(data) > LARGEST:
        return Annotated(file, 0, None, f"文件解压后超过 {LARGEST // 1_000_000} MB，没有批注")
    try:
        return Annotated(file, len(findings) + 1, commented(data, findings, as_of))
    except Unreadable as error:
        return Annotated(file, 0, None, error.detail)


def _unpacked(data: bytes) -> int:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return sum(info.file_size for info in package.infolist())


def commented(data: bytes, findings: Sequence[Finding], as_of: dt.date) -> bytes:
    """The document with one comment for each finding and one that sums them up; the same input, the same bytes."""
    document = docx.Document(io.BytesIO(data))
    body = _body(document)
    first = next((p for p in body if p.text.strip()), None) or (body[0] if body else document.add_paragraph())
    _comment(
        document, first, f"govit 自查（判断日 {as_of}）：本文件有 {len(findings)} 处需要处理。\n{DISCLAIMER}", as_of
    )
    for finding in sorted(findings, key=lambda f: (f.place.paragraph or 0, -f.severity, f.rule, f.subject)):
        at = finding.place.paragraph
        where = body[at - 1] if at and at <= len(body) else first
        _comment(document, where, f"【{label_of(finding)}】{finding.rule} {told(finding)}", as_of)
    buffer = io.BytesIO()
    document.save(buffer)
    return packed(unpacked(buffer.getvalue()))


def _body(document: Document) -> list[Paragraph]:
    """The paragraphs that the reader numbers: those outside tables and text boxes, inside content controls too."""
    found = document.element.body.iter(qn("w:p"))
    return [Paragraph(p, document) for p in found if not any(a.tag in _NOT_BODY for a in p.iterancestors())]


def _comment(document: Document, paragraph: Paragraph, text: str, as_of: dt.date) -> None:
    runs = paragraph.runs or [paragraph.add_run("")]
    comment = document.add_comment(runs, text, author=AUTHOR, initials=INITIALS)
    comment._comment_elm.date = dt.datetime.combine(as_of, dt.time(), dt.UTC)  # noqa: SLF001 - it takes the clock's
