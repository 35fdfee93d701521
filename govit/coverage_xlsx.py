"""核对表：the sheet on which the keeper of a regulation signs off every sentence, one sheet a regulation.

The layout is a real Excel file in templates/ that a clerk can edit; here only rows are filled in.
"""

from __future__ import annotations

import io
import zipfile
from copy import copy
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from openpyxl import load_workbook

from govit.describe import describe
from govit.report.text import width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from govit.regulation import Regulation

TEMPLATE = "办法核对表.xlsx"
FIRST_ROW = 4
LINE_HEIGHT, PADDING = 14.5, 6.0  # points, for the 10.5 pt of the template
_EPOCH = (1980, 1, 1, 0, 0, 0)


def template_path() -> Path:
    """The template in the installed package, else in the checkout."""
    here = Path(__file__).parent
    installed = here / "templates" / TEMPLATE
    return installed if installed.is_file() else here.parent / "templates" / TEMPLATE


def workbook(regulations: list[Regulation]) -> bytes:
    """The workbook, one sheet for each regulation; the same input gives the same bytes."""
    book = load_workbook(template_path())
    model = book.worksheets[0]
    for regulation in regulations:
        sheet = book.copy_worksheet(model)
        sheet.title = regulation.id[:31]
        _fill(sheet, model, regulation)
    book.remove(model)
    book.active = 0
    buffer = io.BytesIO()
    book.save(buffer)
    return _settled(buffer.getvalue())


def _fill(sheet: Worksheet, model: Worksheet, regulation: Regulation) -> None:
    sheet["A1"] = f"《{regulation.title}》逐句核对表"
    sheet["A2"] = f"{regulation.document_number}　　规则 {len(regulation.rules)} 条"
    widths = [model.column_dimensions[letter].width for letter in "ABCDEFGHI"]
    for number, row in enumerate(_rows(regulation), FIRST_ROW):
        for column, value in enumerate(row, 1):
            cell, like = sheet.cell(number, column), model.cell(FIRST_ROW, column)
            for name in ("font", "border", "alignment"):
                setattr(cell, name, copy(getattr(like, name)))
            if value:
                cell.value = value
                cell.data_type = "s"  # text never becomes a formula
        sheet.row_dimensions[number].height = LINE_HEIGHT * max(map(_lines, row, widths)) + PADDING
    sheet.freeze_panes = model.freeze_panes
    sheet.print_title_rows = f"1:{FIRST_ROW - 1}"
    sheet.page_setup = copy(model.page_setup)
    sheet.sheet_properties = copy(model.sheet_properties)
    assert sheet.oddFooter is not None  # noqa: S101 - openpyxl always gives one
    sheet.oddFooter.center.text = "第 &P 页 共 &N 页"


def _lines(text: str, column: float) -> int:
    """Lines that a text takes in a column: programs do not fit the height of a row by themselves."""
    room = max(column - 1.5, 1)
    return sum(ceil(max(width(part), 1) / room) for part in text.split("\n"))


def _rows(regulation: Regulation) -> Iterator[tuple[str, ...]]:
    """Article, sentence, rule, in words, strength and reading; the rest is for the keeper to write."""
    for article in regulation.articles:
        for sentence in article.sentences:
            cite, text = sentence.cite, sentence.text
            for rule in sentence.rules:
                weight = {"must": "应当", "default": "原则上", "may": "可以"}[rule.strength]
                words = describe(rule, regulation) + (f"\n〔释〕{rule.reading}" if rule.reading else "")
                yield cite, text, rule.id, words, weight, "", "", "", ""
                cite = text = ""
            if sentence.status:
                by = f"（{'、'.join(sentence.by)}）" if sentence.by else ""
                yield cite, text, f"〔{sentence.status}〕", f"{by}{sentence.why}", "", "", "", "", ""


def _settled(data: bytes) -> bytes:
    """The same zip with fixed times and without the time of saving."""
    import re  # noqa: PLC0415 - with the other work on bytes

    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:(created|modified)[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            target.writestr(info, content)
    return out.getvalue()
