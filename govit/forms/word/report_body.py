"""报告正文：chapters, tables, figures and the table of contents, put where the template has its marks."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

from govit.base.width import width
from govit.forms.data.printed import numeral
from govit.forms.word.markdown import Figure, Item, MarkdownHeading, MarkdownParagraph, MarkdownTable, Run, TableMark
from govit.forms.word.parts import drop

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from docx.document import Document
    from docx.table import Table as WordTable
    from docx.table import _Cell as WordCell
    from docx.text.paragraph import Paragraph as WordParagraph
    from lxml.etree import _Element as Element

    from govit.forms.word.markdown import Block, Runs
    from govit.forms.word.report_tables import Grid

CHAPTERS, CONTENTS = "〔各章正文〕", "〔目录〕"
"""Where a template has the chapters and the table of contents; both stand in a paragraph of their own."""
TEXT, QUOTE, CODE, CELL, CAPTION = "正文缩进", "引用文字", "代码", "表格文字", "题注"
"""Styles of the template beside Word's own headings and entries of a table of contents."""
IN_CONTENTS = 3
APPENDIX = "附表"
_NARROWEST = 6
"""Columns of letters that a column of a table gets at least."""


class Body:
    """Writes blocks before a mark of the template."""

    def __init__(self, document: Document, grids: Mapping[str, Grid], pictures: Mapping[str, bytes]) -> None:
        self.document = document
        self.mark = marked(document, CHAPTERS)
        self.grids = dict(grids)
        self.pictures = pictures
        self.headings: list[tuple[int, str]] = []
        self.counts = [0] * 5
        self.tables = self.figures = 0
        section = document.sections[-1]
        self.wide = int((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))

    def write(self, blocks: Sequence[Block], names: Mapping[str, str]) -> None:
        """Every block; `names` says which table a TableMark means. Tables that nobody asked for follow as an appendix."""
        for block in blocks:
            match block:
                case MarkdownHeading():
                    self.heading(block.level, block.text)
                case MarkdownParagraph():
                    self.paragraph(block.runs, {"quote": QUOTE, "code": CODE}.get(block.look, TEXT))
                case Item():
                    self.item(block)
                case MarkdownTable():
                    self.table(block.rows)
                case Figure():
                    self.figure(block)
                case TableMark():
                    self.grid(self.grids.pop(names[block.name], None))
        if self.grids:
            self.heading(1, APPENDIX)
            for grid in self.grids.values():
                self.grid(grid)
        contents(self.document, self.headings)
        _remove(self.mark)

    def heading(self, level: int, text: str) -> None:
        """A heading; the template's style numbers it."""
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (len(self.counts) - level - 1)
        self.mark.insert_paragraph_before(text, style=f"Heading {level}")
        self.headings.append((level, f"{number(level, self.counts[level])}{text}"))

    def paragraph(self, runs: Runs, style: str = TEXT) -> None:
        """A paragraph of text."""
        _fill(self.mark.insert_paragraph_before("", style=style), runs)

    def item(self, item: Item) -> None:
        """An item of a list, its number or point typed in front."""
        point = f"{item.number}." if item.number is not None else "•"
        paragraph = self.mark.insert_paragraph_before("", style=TEXT)
        if item.depth:
            paragraph.paragraph_format.left_indent = Emu(item.depth * 355600)
        _fill(paragraph, (Run(f"{point} "), *item.runs))

    def table(self, rows: Sequence[Sequence[Runs]]) -> None:
        """A table of the author's own: columns as wide as their text asks."""
        columns = max(len(row) for row in rows)
        longest = [
            max(_NARROWEST, min(40, max((_columns(row[n]) for row in rows if n < len(row)), default=0)))
            for n in range(columns)
        ]
        table = self._table(len(rows), columns, longest)
        for at, row in enumerate(rows):
            for column, runs in enumerate(row):
                _fill(_cell(table, at, column), tuple(run._replace(bold=run.bold or at == 0) for run in runs))

    def grid(self, grid: Grid | None) -> None:
        """A table of project.yaml with its number and title; none is asked for twice."""
        if grid is None:
            return
        self.tables += 1
        self.mark.insert_paragraph_before(f"表{self.tables}　{grid.title}", style=CAPTION)
        table = self._table(len(grid.rows) + 1, len(grid.header), grid.widths)
        for column, text in enumerate(grid.header):
            _fill(_cell(table, 0, column), (Run(text, bold=True),)).alignment = WD_ALIGN_PARAGRAPH.CENTER
        for at, row in enumerate(grid.rows):
            for column, text in enumerate(row):
                paragraph = _fill(_cell(table, at + 1, column), (Run(text, bold=at in grid.strong),))
                if column in grid.figures:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                elif column == 0:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def figure(self, figure: Figure) -> None:
        """A picture as wide as it is, at most as the text, and its number and title below."""
        self.figures += 1
        paragraph = self.mark.insert_paragraph_before("", style=CAPTION)
        paragraph.paragraph_format.keep_with_next = True
        picture = paragraph.add_run().add_picture(io.BytesIO(self.pictures[figure.path]))
        if picture.width > self.wide:
            picture.height = Emu(int(picture.height * self.wide / picture.width))
            picture.width = Emu(self.wide)
        self.mark.insert_paragraph_before(f"图{self.figures}　{figure.caption}".rstrip("　"), style=CAPTION)

    def _table(self, rows: int, columns: int, shares: Sequence[int]) -> WordTable:
        table: WordTable = self.document.add_table(rows, columns, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        whole = sum(shares)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Emu(self.wide * share // whole)
        for at, row in enumerate(table.rows):
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if at == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, share in zip(row.cells, shares, strict=True):
                cell.width = Emu(self.wide * share // whole)
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                cell.paragraphs[0].style = self.document.styles[CELL]
                if at == 0:
                    _shade(cell)
        _put_before(self.mark._p, table._tbl)
        self.mark.insert_paragraph_before("", style=CELL)  # else two tables in a row would become one
        return table


def number(level: int, count: int) -> str:
    """The number that the template's style shows: 一、（一）1.（1）."""
    return {1: f"{numeral(count)}、", 2: f"（{numeral(count)}）", 3: f"{count}.", 4: f"（{count}）"}[level]


def marked(document: Document, mark: str) -> WordParagraph:
    """The paragraph of a mark; KeyError if the template has lost it."""
    found = next((p for p in document.paragraphs if p.text.strip() == mark), None)
    if found is None:
        raise KeyError(mark)
    return found


def contents(document: Document, headings: Sequence[tuple[int, str]]) -> None:
    """The table of contents: a field that Word brings up to date, its entries already in it."""
    mark = marked(document, CONTENTS)
    listed = [(level, text) for level, text in headings if level <= IN_CONTENTS] or [(1, "")]
    entries = [mark.insert_paragraph_before("", style=f"toc {level}") for level, _ in listed]
    _field(entries[0], "begin")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f' TOC \\o "1-{IN_CONTENTS}" \\h \\z \\u '
    _append(entries[0].add_run()._r, instruction)
    _field(entries[0], "separate")
    for paragraph, (_, text) in zip(entries, listed, strict=True):
        paragraph.add_run(text)
    _field(entries[-1], "end")
    _remove(mark)


def _field(paragraph: WordParagraph, kind: str) -> None:
    character = OxmlElement("w:fldChar")
    character.set(qn("w:fldCharType"), kind)
    if kind == "begin":
        character.set(qn("w:dirty"), "true")
    _append(paragraph.add_run()._r, character)


def _cell(table: WordTable, row: int, column: int) -> WordParagraph:
    found: WordParagraph = table.rows[row].cells[column].paragraphs[0]
    return found


def _shade(cell: WordCell) -> None:
    shade = OxmlElement("w:shd")
    for key, value in (("val", "clear"), ("color", "auto"), ("fill", "EDEDED")):
        shade.set(qn(f"w:{key}"), value)
    _insert(cell._tc.get_or_add_tcPr(), shade, _AFTER_SHADE)


def _fill(paragraph: WordParagraph, runs: Runs) -> WordParagraph:
    """Text as it is: what XML cannot carry is left out, code in a type of even width."""
    for run in runs:
        made = paragraph.add_run(_NOT_CARRIED.sub("", run.text))
        made.bold = run.bold or None
        made.italic = run.italic or None
        if run.code:
            made.font.name = "Consolas"
    return paragraph


_NOT_CARRIED = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML file may hold."""


def _columns(runs: Runs) -> int:
    return width("".join(run.text for run in runs))


def _remove(paragraph: WordParagraph) -> None:
    drop(paragraph._p)


def _append(element: Element, last: Element) -> None:
    element.append(last)


def _insert(element: Element, child: Element, after: frozenset[str]) -> None:
    """Put a child in front of the first of those that come after it in the order of Word's elements."""
    element.insert(next((n for n, one in enumerate(element) if one.tag in after), len(element)), child)


_AFTER_SHADE = frozenset(map(qn, ("w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")))


def _put_before(element: Element, other: Element) -> None:
    element.addprevious(other)
