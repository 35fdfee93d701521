"""核对表：the sheet on which the keeper of a regulation signs off every sentence, one sheet a regulation.

The layout is a real Excel file in templates/ that a clerk can edit; here only rows are filled in.
"""

from __future__ import annotations

from copy import copy
from typing import TYPE_CHECKING, Any

from govit.forms.excel.workbook import copy_page, lines, load, page_line, put, row_height, save, sheet_title
from govit.law.in_words import describe
from govit.law.regulation import STRENGTH_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from openpyxl.worksheet.worksheet import Worksheet

    from govit.law.regulation import Regulation

TEMPLATE = "办法核对表.xlsx"
FIRST_ROW = 4


def workbook(regulations: list[Regulation]) -> bytes:
    """The workbook, one sheet for each regulation; the same input gives the same bytes."""
    book = load(TEMPLATE)
    model = book.worksheets[0]
    for regulation in regulations:
        sheet = book.copy_worksheet(model)
        sheet.title = sheet_title(regulation.id, book.sheetnames)
        _fill(sheet, model, regulation)
    book.remove(model)
    book.active = 0
    return save(book)


def _fill(sheet: Worksheet, model: Worksheet, regulation: Regulation) -> None:
    put(sheet["A1"], f"《{regulation.title}》逐句核对表")
    put(sheet["A2"], f"{regulation.document_number}　　规则 {len(regulation.rules)} 条")
    widths = [model.column_dimensions[letter].width for letter in "ABCDEFGHI"]
    for number, row in enumerate(_rows(regulation), FIRST_ROW):
        for column, value in enumerate(row, 1):
            cell: Any = sheet.cell(number, column)
            like: Any = model.cell(FIRST_ROW, column)
            cell._style = copy(like._style)  # noqa: SLF001 - all of its looks at once, as openpyxl copies a sheet
            put(cell, value)
        sheet.row_dimensions[number].height = row_height(max(map(lines, row, widths)))
    copy_page(model, sheet)
    sheet.print_title_rows = f"1:{FIRST_ROW - 1}"
    page_line(sheet.oddFooter).center.text = "第 &P 页 共 &N 页"


def _rows(regulation: Regulation) -> Iterator[tuple[str, ...]]:
    """Article, sentence, rule, in words, strength and reading; the rest is for the keeper to write."""
    for article in regulation.articles:
        for sentence in article.sentences:
            cite, text = sentence.cite, sentence.text
            for rule in sentence.rules:
                weight = STRENGTH_WORDS[rule.strength]
                words = describe(rule) + (f"\n〔释〕{rule.reading}" if rule.reading else "")
                yield cite, text, rule.id, words, weight, "", "", "", ""
                cite = text = ""
            if sentence.status:
                by = f"（{'、'.join(sentence.by)}）" if sentence.by else ""
                yield cite, text, f"〔{sentence.status}〕", f"{by}{sentence.why}", "", "", "", "", ""
