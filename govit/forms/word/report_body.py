"""报告正文：chapters, tables, figures and the table of contents, put where the template has its marks."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, NamedTuple

from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu

from govit.base.width import width
from govit.forms.data.plan_columns import TOTAL
from govit.forms.data.printed import numeral
from govit.forms.word.markdown import Figure, Item, MarkdownHeading, MarkdownParagraph, MarkdownTable, Run, TableMark
from govit.forms.word.pagination import PagePiece, lines_of, pages, tallest
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
_PARAGRAPHS = {TEXT: (14.0, 26.0, 28.0), QUOTE: (14.0, 26.0, 28.0), CODE: (10.5, 14.0, 0.0), CELL: (10.5, 16.0, 0.0)}
"""Size, height of a line and indent of the first, as the built-in template has them."""
_HEAD_SIZES = {1: 16.0, 2: 15.0, 3: 14.0, 4: 14.0}
_HEAD_LINES = {1: (28.0, 12.0, 6.0), 2: (27.0, 6.0, 3.0), 3: (26.0, 6.0, 3.0), 4: (26.0, 6.0, 3.0)}
"""Height of a line, and the space before and after."""
_CAPTION_PIECE = PagePiece(20.0, before=6.0, after=3.0, keeps=True)
_CELL_MARGINS, _RULE = 10.8, 0.5
_NARROWEST = 6
"""Columns of letters that a column of a table gets at least."""


class ListedHeading(NamedTuple):
    """A heading as the table of contents has it."""

    level: int
    text: str
    bookmark: str


class Body:
    """Writes blocks before a mark of the template."""

    def __init__(self, document: Document, grids: Mapping[str, Grid], pictures: Mapping[str, bytes]) -> None:
        self.document = document
        self.mark = marked(document, CHAPTERS)
        self.grids = dict(grids)
        self.pictures = pictures
        self.headings: list[ListedHeading] = []
        self.counts = [0] * 5
        self.tables = self.figures = 0
        section = document.sections[-1]
        self.flow: list[PagePiece] = []
        self.head_height = 0.0
        self.page = Emu((section.page_height or 0) - (section.top_margin or 0) - (section.bottom_margin or 0)).pt
        self.wide = int((section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0))
        self.room = Emu(self.wide).pt

    def write(self, blocks: Sequence[Block], names: Mapping[str, str]) -> None:
        """Every block; `names` says which table a TableMark means.

        Tables that nobody asked for follow as an appendix, unless the author has a table that says the same.
        """
        self._leave_out_what_is_said(blocks, names)
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
        contents(self.document, self.headings, pages(self.flow, self.page))
        _remove(self.mark)

    def _leave_out_what_is_said(self, blocks: Sequence[Block], names: Mapping[str, str]) -> None:
        """Take out the tables that nobody asked for and that the author has one of."""
        asked = {names[block.name] for block in blocks if isinstance(block, TableMark)}
        authored = [_texts_of(block.rows) for block in blocks if isinstance(block, MarkdownTable)]
        for name in [name for name in self.grids if name not in asked]:
            if any(_says(rows, self.grids[name]) for rows in authored):
                del self.grids[name]

    def heading(self, level: int, text: str) -> None:
        """A heading; the template's style numbers it."""
        self.counts[level] += 1
        self.counts[level + 1 :] = [0] * (len(self.counts) - level - 1)
        paragraph = self.mark.insert_paragraph_before(text, style=f"Heading {level}")
        bookmark = f"_Toc{len(self.headings) + 1:06}"
        _bookmarked(paragraph, bookmark, len(self.headings) + 1)
        shown = f"{number(level, self.counts[level])}{text}"
        self.headings.append(ListedHeading(level, shown, bookmark))
        lines = lines_of(shown, _HEAD_SIZES[level], self.room)
        line, before, after = _HEAD_LINES[level]
        self.flow.append(PagePiece(line, lines, before, after, keeps=True, name=bookmark))

    def paragraph(self, runs: Runs, style: str = TEXT) -> None:
        """A paragraph of text."""
        size, line, indent = _PARAGRAPHS[style]
        for text in "".join(run.text for run in runs).split("\n"):
            self.flow.append(PagePiece(line, lines_of(text, size, self.room, indent), splits=True))
        _fill(self.mark.insert_paragraph_before("", style=style), runs)

    def item(self, item: Item) -> None:
        """An item of a list, its number or point typed in front."""
        point = f"{item.number}." if item.number is not None else "•"
        size, line, indent = _PARAGRAPHS[TEXT]
        text = "".join(run.text for run in item.runs)
        self.flow.append(PagePiece(line, lines_of(f"{point} {text}", size, self.room, indent), splits=True))
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
        table = self._table(len(rows), columns, longest, self.headings[-1].text if self.headings else "")
        for at, row in enumerate(rows):
            self._row_flows(["".join(run.text for run in runs) for runs in row], longest, first=at == 0)
            for column, runs in enumerate(row):
                _fill(_cell(table, at, column), tuple(run._replace(bold=run.bold or at == 0) for run in runs))
        self.flow.append(PagePiece(_PARAGRAPHS[CELL][1]))

    def grid(self, grid: Grid | None) -> None:
        """A table of project.yaml with its number and title; none is asked for twice."""
        if grid is None:
            return
        self.tables += 1
        self.mark.insert_paragraph_before(f"表{self.tables}　{grid.title}", style=CAPTION)
        self.flow.append(_CAPTION_PIECE)
        for at, row in enumerate((grid.header, *grid.rows)):
            self._row_flows(row, grid.widths, first=at == 0)
        table = self._table(len(grid.rows) + 1, len(grid.header), grid.widths, grid.title)
        for column, text in enumerate(grid.header):
            _fill(_cell(table, 0, column), (Run(text, bold=True),)).alignment = WD_ALIGN_PARAGRAPH.CENTER
        for at, row in enumerate(grid.rows):
            for column, text in enumerate(row):
                paragraph = _fill(_cell(table, at + 1, column), (Run(text, bold=at in grid.strong),))
                if column in grid.figures:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
                elif column == 0:
                    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.flow.append(PagePiece(_PARAGRAPHS[CELL][1]))

    def figure(self, figure: Figure) -> None:
        """A picture as wide as it is, at most as the text, and its number and title below."""
        self.figures += 1
        paragraph = self.mark.insert_paragraph_before("", style=CAPTION)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.line_spacing_rule = WD_LINE_SPACING.SINGLE
        picture = paragraph.add_run().add_picture(io.BytesIO(self.pictures[figure.path]))
        described = _NOT_CARRIED.sub("", figure.caption) or f"图{self.figures}"
        picture._inline.docPr.set("descr", described)
        picture._inline.docPr.set("name", f"图{self.figures}")
        if picture.width > self.wide:
            picture.height = Emu(int(picture.height * self.wide / picture.width))
            picture.width = Emu(self.wide)
        self.mark.insert_paragraph_before(f"图{self.figures}　{figure.caption}".rstrip("　"), style=CAPTION)
        self.flow += [PagePiece(Emu(picture.height).pt, keeps=True), _CAPTION_PIECE._replace(keeps=False)]

    def _row_flows(self, texts: Sequence[str], shares: Sequence[int], *, first: bool) -> None:
        """A row of a table on its way down the page; the first is the head, which stands again on each."""
        whole = sum(shares)
        cells = [(text, self.room * share / whole - _CELL_MARGINS) for text, share in zip(texts, shares, strict=False)]
        size, line, _ = _PARAGRAPHS[CELL]
        piece = PagePiece(line, tallest(cells, size), after=_RULE, keeps=first)
        self.head_height = piece.height if first else self.head_height
        self.flow.append(piece._replace(repeated=0.0 if first else self.head_height))

    def _table(self, rows: int, columns: int, shares: Sequence[int], title: str) -> WordTable:
        """A table; its title is what a screen reader says of it."""
        table: WordTable = self.document.add_table(rows, columns, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        caption = OxmlElement("w:tblCaption")
        caption.set(qn("w:val"), _NOT_CARRIED.sub("", title))
        _append(table._tbl.tblPr, caption)
        whole = sum(shares)
        for column, share in zip(table.columns, shares, strict=True):
            column.width = Emu(self.wide * share // whole)
        first = table.cell(0, 0).paragraphs[0]
        first.style = self.document.styles[CELL]
        look = first._p.style  # python-docx would look for it anew in every cell
        for at, row in enumerate(table.rows):
            properties = row._tr.get_or_add_trPr()
            properties.append(OxmlElement("w:cantSplit"))
            if at == 0:
                properties.append(OxmlElement("w:tblHeader"))
            for cell, share in zip(row.cells, shares, strict=True):
                cell.width = Emu(self.wide * share // whole)
                cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
                cell.paragraphs[0]._p.style = look
                if at == 0:
                    _shade(cell)
        _put_before(self.mark._p, table._tbl)
        self.mark.insert_paragraph_before("", style=CELL)  # else two tables in a row would become one
        return table


def _texts_of(rows: Sequence[Sequence[Runs]]) -> list[set[str]]:
    """The texts of each row of an author's table."""
    return [{"".join(run.text for run in cell).strip() for cell in row} for row in rows]


def _says(rows: Sequence[set[str]], grid: Grid) -> bool:
    """Whether a table has every row of a grid: its name and its amounts."""
    wanted = [{row[1], *(row[column] for column in grid.figures)} - {""} for row in grid.rows if row[1] != TOTAL]
    return all(any(one <= row for row in rows) for one in wanted)


def number(level: int, count: int) -> str:
    """The number that the template's style shows: 一、（一）1.（1）."""
    return {1: f"{numeral(count)}、", 2: f"（{numeral(count)}）", 3: f"{count}.", 4: f"（{count}）"}[level]


def marked(document: Document, mark: str) -> WordParagraph:
    """The paragraph of a mark; KeyError if the template has lost it."""
    found = next((p for p in document.paragraphs if p.text.strip() == mark), None)
    if found is None:
        raise KeyError(mark)
    return found


def contents(document: Document, headings: Sequence[ListedHeading], on: Mapping[str, int]) -> None:
    """The table of contents: a field that Word brings up to date, its entries with their pages already in it."""
    mark = marked(document, CONTENTS)
    listed = [one for one in headings if one.level <= IN_CONTENTS] or [ListedHeading(1, "", "")]
    entries = [mark.insert_paragraph_before("", style=f"toc {one.level}") for one in listed]
    _field(entries[0], "begin")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f' TOC \\o "1-{IN_CONTENTS}" \\h \\z \\u '
    _append(entries[0].add_run()._r, instruction)
    _field(entries[0], "separate")
    for paragraph, one in zip(entries, listed, strict=True):
        paragraph.add_run(one.text)
        if one.bookmark:
            paragraph.add_run("\t")
            _page_of(paragraph, one.bookmark, on[one.bookmark])
    _field(entries[-1], "end")
    _remove(mark)


def _page_of(paragraph: WordParagraph, bookmark: str, page: int) -> None:
    """A field with the page of a bookmark."""
    _field(paragraph, "begin")
    instruction = OxmlElement("w:instrText")
    instruction.set(qn("xml:space"), "preserve")
    instruction.text = f" PAGEREF {bookmark} \\h "
    _append(paragraph.add_run()._r, instruction)
    _field(paragraph, "separate")
    paragraph.add_run(str(page))
    _field(paragraph, "end")


def _bookmarked(paragraph: WordParagraph, name: str, number: int) -> None:
    """A bookmark around the text of a heading, for its page in the table of contents."""
    for tag, at in (("w:bookmarkStart", 0), ("w:bookmarkEnd", None)):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if at == 0:
            mark.set(qn("w:name"), name)
            first = paragraph.runs[0]._r if paragraph.runs else None
            if first is not None:
                _put_before(first, mark)
                continue
        _append(paragraph._p, mark)


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
