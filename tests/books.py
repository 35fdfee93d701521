"""Workbooks for tests, made with openpyxl and changed in their XML where openpyxl would not write such a thing."""

from __future__ import annotations

import csv
import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook

from govit.importing.workbooks import read_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from govit.importing.book import Sheet


def workbook(rows: Iterable[Any], *merged: str, title: str = "清单") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    one = book.active
    assert one is not None
    one.title = title
    for row in rows:
        one.append(row)
    for ref in merged:
        one.merge_cells(ref)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(rows: Iterable[Any], *merged: str) -> Sheet:
    """A sheet as `govit import` reads it."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(workbook(rows, *merged))
        return read_book(path).sheets[0]


def edited(path: Path, title: str, cells: Mapping[str, Any], target: Path | None = None) -> None:
    """Change cells of a workbook as a clerk does."""
    book = load_workbook(path)
    for ref, value in cells.items():
        book[title][ref] = value
    book.save(target or path)


def repacked(data: bytes, change: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook with its parts changed, and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return out.getvalue()


def csv_of(rows: Iterable[Any], encoding: str = "utf-8", separator: str = ",") -> bytes:
    """The rows as Excel and WPS save them as text."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue().encode(encoding)


OFFICE = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"), ("table", "table"), ("text", "text"), ("style", "style"), ("number", "datastyle"),
    )
)  # fmt: skip


def ods_of(rows: Iterable[Any], *merged: str, styles: str = "", cell_style: str = "") -> bytes:
    """The rows as LibreOffice and WPS save them as an OpenDocument spreadsheet."""
    from openpyxl.utils import range_boundaries

    spans = {(box[1], box[0]): box for box in map(range_boundaries, merged)}
    lines = []
    for number, row in enumerate(rows, 1):
        cells = []
        for column, value in enumerate(row, 1):
            box = spans.get((number, column))
            span = (
                f' table:number-columns-spanned="{box[2] - box[0] + 1}" table:number-rows-spanned="{box[3] - box[1] + 1}"'
                if box
                else ""
            )
            cells.append(_ods_cell(value, span + (f' table:style-name="{cell_style}"' if cell_style else "")))
        lines.append(f"<table:table-row>{''.join(cells)}</table:table-row>")
    lines.append('<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>')
    return ods_with(f'<table:table table:name="清单">{"".join(lines)}</table:table>', styles)


def ods_with(tables: str, styles: str = "") -> bytes:
    """A spreadsheet of these tables."""
    content = (
        f"<office:document-content {OFFICE}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        file.writestr("content.xml", content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _ods_cell(value: Any, more: str) -> str:
    if value is None:
        return f"<table:table-cell{more}/>"
    if isinstance(value, dt.date):
        return f'<table:table-cell office:value-type="date" office:date-value="{value}"{more}/>'
    if isinstance(value, (int, float)):
        return f'<table:table-cell office:value-type="float" office:value="{value}"{more}/>'
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    return f'<table:table-cell office:value-type="string"{more}>{paragraphs}</table:table-cell>'
