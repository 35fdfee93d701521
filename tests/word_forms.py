"""Word templates made in a test, and what a rendered document says."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import docx
from blank_word import blank_word
from places import SAMPLES

from govit.forms.data.filled_form import FilledForm
from govit.forms.word.docx import FilledDocument, read, render
from govit.judging import run

if TYPE_CHECKING:
    from collections.abc import Callable

    from docx.document import Document

AS_OF = dt.date(2026, 11, 20)


def template(*paragraphs: str, build: Callable[[Document], None] | None = None) -> bytes:
    """A template of these paragraphs, and of what `build` adds."""
    document = blank_word()
    for text in paragraphs:
        document.add_paragraph(text)
    if build is not None:
        build(document)
    return saved(document)


def saved(document: Document) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The file with a part put in or replaced."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
        target.writestr(name, content)
    return out.getvalue()


def part(data: bytes, name: str = "word/document.xml") -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return file.read(name).decode()


def filled(data: bytes, context: dict[str, Any], *, draft: bool = False) -> FilledDocument:
    return render(read(data), context, title="表", draft=draft)


def opened(written: FilledDocument) -> Document:
    return docx.Document(io.BytesIO(written.data))


def lines(written: FilledDocument) -> list[str]:
    """The text of each paragraph outside tables."""
    return [paragraph.text for paragraph in opened(written).paragraphs]


def cells(written: FilledDocument, table: int = 0) -> list[list[str]]:
    return [[cell.text for cell in row.cells] for row in opened(written).tables[table].rows]


def faults(data: bytes) -> list[str]:
    """What is wrong with a template, each as `place|message|hint`."""
    return [f"{slip.place}|{slip.message}|{slip.hint}" for slip in read(data).slips]


@lru_cache(maxsize=8)
def sample(name: str, form: str = "application") -> FilledForm:
    """A form of a sample project."""
    path = next(SAMPLES.glob(f"*/{name}"))
    opened_ = run.open_dossiers(run.RunSettings(paths=(path,), as_of=AS_OF))
    case = next(iter(opened_.cases()))
    assert case.regulation is not None
    entry = next(entry for entry in case.regulation.forms if entry.form == form)
    return FilledForm(case=case, entry=entry)
