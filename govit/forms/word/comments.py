"""批注：a copy of a Word document with the findings as comments at the chapters concerned; the original is only read."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from govit.base.files import read_bytes
from govit.base.records import record
from govit.documents.content import Trouble, Unreadable
from govit.documents.reader import read
from govit.forms.word.whole import flaws
from govit.forms.zipped import CONTENT_TYPES, packed, unpacked
from govit.report.listed import OPEN, full_text
from govit.report.text import DISCLAIMER, label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

    from govit.dossier.finding import Finding
    from govit.judging.judge import Report

WORD = (".docx", ".docm")
LARGEST = 200_000_000
"""Bytes of a document; python-docx holds all of what it unpacks to in memory."""
AUTHOR, INITIALS = "govit 自查", "自查"
_NOT_BODY = frozenset(qn(name) for name in ("w:tbl", "w:txbxContent"))
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_ANCHORS = tuple(qn(f"w:comment{name}") for name in ("RangeStart", "RangeEnd", "Reference"))
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_LIKE_IT = (
    b"application/vnd.ms-word.document.macroEnabled.main+xml",
    b"application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
)
"""Documents with macros and templates: python-docx takes no file that calls itself one of these."""


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
    if len(data) > LARGEST:
        return Annotated(file, 0, None, f"文件超过 {LARGEST // 1_000_000} MB，没有批注")
    try:
        return Annotated(file, len(findings) + 1, commented(data, findings, as_of))
    except Unreadable as error:
        return Annotated(file, 0, None, error.detail)


def commented(data: bytes, findings: Sequence[Finding], as_of: dt.date) -> bytes:
    """The document with one comment for each finding and one that sums them up; the same input, the same bytes.

    Whatever python-docx makes of a stranger's document is that document's fault, and the others are annotated.
    """
    try:
        return _commented(data, findings, as_of)
    except Unreadable:
        raise
    except Exception as error:
        raise Unreadable(
            Trouble.UNSUPPORTED,
            "文件的内部结构与 Word 平常写出的不同，没有批注；请用 Word 或 WPS 打开后另存为 docx 再试",
        ) from error


def _commented(data: bytes, findings: Sequence[Finding], as_of: dt.date) -> bytes:
    parts = unpacked(data)
    kind = next((kind for kind in _LIKE_IT if kind in parts.get(CONTENT_TYPES, b"")), _DOCUMENT)
    document = _opened(parts, kind)
    body = _body(document)
    first = next((p for p in body if p.text.strip()), None) or (body[0] if body else document.add_paragraph())
    _comment(
        document, first, f"govit 自查（判断日 {as_of}）：本文件有 {len(findings)} 处需要处理。\n{DISCLAIMER}", as_of
    )
    for finding in sorted(findings, key=lambda f: (f.place.paragraph or 0, -f.severity, f.rule, f.subject)):
        at = finding.place.paragraph
        where = body[at - 1] if at and at <= len(body) else first
        _comment(document, where, f"【{label_of(finding)}】{finding.rule} {full_text(finding)}", as_of)
    buffer = io.BytesIO()
    document.save(buffer)
    done = unpacked(buffer.getvalue())
    result = packed({**done, CONTENT_TYPES: done[CONTENT_TYPES].replace(_DOCUMENT, kind)})
    _look_again(parts, result, kind)
    return result


def _look_again(before: Mapping[str, bytes], result: bytes, kind: bytes) -> None:
    """Open what was made, or raise :class:`Unreadable`; what is wrong with the original already is not its fault."""
    own = {one.message for one in flaws(_as_document(before, kind))}
    new = [one.message for one in flaws(_as_document(unpacked(result), kind)) if one.message not in own]
    if new:
        what = f"写了批注的副本 Word 打不开（{new[0]}），没有写出；请用 Word 或 WPS 打开原件，另存为 docx 再试"
        raise Unreadable(Trouble.UNSUPPORTED, what)
    docx.Document(io.BytesIO(packed(_as_document(unpacked(result), kind))))


def _as_document(parts: Mapping[str, bytes], kind: bytes) -> dict[str, bytes]:
    """The parts, called a document whatever they call themselves."""
    return {**parts, CONTENT_TYPES: parts.get(CONTENT_TYPES, b"").replace(kind, _DOCUMENT)}


def _opened(parts: Mapping[str, bytes], kind: bytes) -> Document:
    """The document, without anchors of comments that are not there: a new comment may get their number."""
    document = docx.Document(io.BytesIO(packed(_as_document(parts, kind))))
    known = {str(comment.comment_id) for comment in document.comments}
    for anchor in list(document.element.body.iter(*_ANCHORS)):
        if anchor.get(qn("w:id")) not in known:
            anchor.getparent().remove(anchor)
    return document


def _body(document: Document) -> list[Paragraph]:
    """The paragraphs that the reader numbers: those outside tables and text boxes, inside content controls too.

    Of the forms that older programs have of a passage it reads the first.
    """
    found = document.element.body.iter(qn("w:p"))
    return [Paragraph(p, document) for p in found if not any(map(_is_apart, p.iterancestors()))]


def _is_apart(element: BaseOxmlElement) -> bool:
    """Whether what stands in an element is no paragraph of the body."""
    if element.tag in _NOT_BODY:
        return True
    parent = element.getparent()
    return parent is not None and parent.tag == _ALTERNATIVES and element.getprevious() is not None


def _comment(document: Document, paragraph: Paragraph, text: str, as_of: dt.date) -> None:
    runs = paragraph.runs or [paragraph.add_run("")]
    comment = document.add_comment(runs, text, author=AUTHOR, initials=INITIALS)
    comment._comment_elm.date = dt.datetime.combine(as_of, dt.time(), dt.UTC)  # it takes the clock's
