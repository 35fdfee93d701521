"""正文：the pieces of a Word file's text ([MS-DOC] 2.8.35, 2.9.38) become the paragraphs of a docx."""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, NamedTuple

from govit.documents.content import MOST_CHARACTERS, MOST_PARAGRAPHS
from govit.documents.hidden import LINK_FIELD
from govit.documents.oldword.limits import damaged, too_much
from govit.documents.oldword.properties import (
    BOLD,
    CHARACTER_STYLE,
    DELETED,
    FONT_ASIA,
    HIDDEN,
    IN_TABLE,
    LIST,
    LIST_LEVEL,
    OUTLINE,
    ROW_END,
    SIZE,
    STYLE,
    is_on,
    properties,
)  # fmt: skip
from govit.documents.paragraph import PLAIN, Paragraph, RunFormat

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.documents.oldword.limits import Work
    from govit.documents.oldword.runs import Runs
    from govit.documents.styles import Styles

MOST_PIECES = 200_000
_COMPRESSED = 1 << 30
_PARAGRAPH, _CELL, _PAGE, _LINE = "\r", "\a", "\f", "\v"
_FIELD, _RESULT, _FIELD_END = "\x13", "\x14", "\x15"
_PICTURE, _DRAWN = "\x01", "\x08"
_ENDS = frozenset((_PARAGRAPH, _CELL, _PAGE))
_SHOWN = {_LINE: "\n", "\t": "\t", "\x1e": "-", "\xa0": " "}
_SPECIAL = re.compile("[\0-\x1f\xa0]")
_LONGEST_INSTRUCTION = 80
_DEEPEST_FIELD = 40
_CONTENTS = "TOC"


class TextPiece(NamedTuple):
    """A stretch of text (片段) that lies together in the file."""

    offset: int
    length: int
    """In characters."""
    width: int
    """Bytes of a character."""
    row: bytes
    """Properties that hold for all of it."""


def read_pieces(table: bytes) -> list[TextPiece]:
    """Read where the text lies."""
    at, rows = 0, list[bytes]()
    while at + 3 <= len(table) and table[at] == 1:
        (size,) = struct.unpack_from("<H", table, at + 1)
        rows.append(table[at + 3 : at + 3 + size])
        at += 3 + size
    if at + 5 > len(table) or table[at] != 2:  # noqa: PLR2004  (the mark of the piece table)
        damaged("找不到文字的位置表")
    (size,) = struct.unpack_from("<I", table, at + 1)
    data = table[at + 5 : at + 5 + size]
    count = max(0, (len(data) - 4) // 12)
    if count > MOST_PIECES:
        too_much(f"文字片段超过 {MOST_PIECES // 10_000} 万段")
    places = struct.unpack_from(f"<{count + 1}I", data) if count else ()
    found = []
    for index in range(count):
        _, offset, prm = struct.unpack_from("<HIH", data, 4 * (count + 1) + 8 * index)
        length = places[index + 1] - places[index]
        if length < 0 or places[index + 1] > MOST_CHARACTERS:
            too_much(f"文字超过 {MOST_CHARACTERS // 10_000} 万字")
        row = rows[prm >> 1] if prm & 1 and prm >> 1 < len(rows) else b""
        if offset & _COMPRESSED:
            found.append(TextPiece((offset & ~_COMPRESSED & 0x3FFFFFFF) // 2, length, 1, row))
        else:
            found.append(TextPiece(offset & 0x3FFFFFFF, length, 2, row))
    return found


class _Stretch(NamedTuple):
    """Characters of one look, with the place of each in the file."""

    text: str
    offset: int
    width: int
    piece: bytes
    run: bytes


class Written(NamedTuple):
    """The text as it is written, with what holds for it."""

    document: bytes
    pieces: list[TextPiece]
    runs: Runs
    paragraphs: Runs


class Stories:
    """Turns stretches of characters into paragraphs."""

    def __init__(self, text: Written, styles: Styles, fonts: list[str], work: Work) -> None:
        self._text, self._styles, self._fonts, self.work = text, styles, fonts, work
        self._known_looks: dict[tuple[bytes, bytes, bool | None], tuple[RunFormat, bool]] = {}
        self._count = 0

    def read(self, begin: int, length: int, *, boxed: bool = False) -> list[Paragraph]:
        """The paragraphs of a part of the text, from one place to another."""
        story = _StoryReader(self, boxed=boxed)
        for stretch in self._stretches(begin, begin + length):
            story.take(stretch)
        story.finish()
        return story.paragraphs

    def _stretches(self, begin: int, end: int) -> Iterator[_Stretch]:
        at = 0
        for piece in self._text.pieces:
            first, last = max(begin, at), min(end, at + piece.length)
            offset = piece.offset + (first - at) * piece.width
            left = last - first
            at += piece.length
            self.work.pay(1)
            while left > 0:
                self.work.pay(2)
                row, run_end = self._text.runs.at(offset)
                _, row_end = self._text.paragraphs.at(offset)
                stop = min(run_end, row_end)
                count = min(left, max(1, (stop - offset + piece.width - 1) // piece.width))
                data = self._text.document[offset : offset + count * piece.width]
                if len(data) < count * piece.width:
                    damaged("文字不完整")
                text = data.decode("cp1252" if piece.width == 1 else "utf-16-le", "replace")
                yield _Stretch(text, offset, piece.width, piece.row, row)
                offset += count * piece.width
                left -= count

    def look(self, stretch: _Stretch, *, bold: bool | None) -> tuple[RunFormat, bool]:
        """The look of a run, and whether it is unseen."""
        key = (stretch.run, stretch.piece, bold)
        if key not in self._known_looks:
            self._known_looks[key] = self._read_look(stretch.run + stretch.piece, bold=bold)
        return self._known_looks[key]

    def _read_look(self, row: bytes, *, bold: bool | None) -> tuple[RunFormat, bool]:
        look, unseen = PLAIN, False
        for code, value in properties(row, self.work):
            if code == BOLD:
                look = look._replace(bold=is_on(value, inherited=bold))
            elif code == SIZE:
                look = look._replace(size=value)
            elif code == FONT_ASIA and value < len(self._fonts):
                look = look._replace(font=self._fonts[value])
            elif code == CHARACTER_STYLE:
                look = look._replace(style=str(value))
            elif code == HIDDEN:
                unseen = is_on(value, inherited=False) is True
            elif code == DELETED:
                unseen = unseen or value == 1
        return look, unseen

    def row(self, stretch: _Stretch, offset: int) -> bytes:
        """The properties of the paragraph that ends at a place."""
        return self._text.paragraphs.at(offset)[0] + stretch.piece

    def style(self, number: str) -> bool | None:
        """Whether a paragraph's style is bold."""
        return self._styles.get(number).bold

    def pay(self) -> None:
        """Count a paragraph."""
        self._count += 1
        if self._count > MOST_PARAGRAPHS:
            too_much(f"超过 {MOST_PARAGRAPHS} 个段落")


class _StoryReader:
    """One story on its way to paragraphs."""

    def __init__(self, stories: Stories, *, boxed: bool) -> None:
        self.paragraphs: list[Paragraph] = []
        self._stories = stories
        self._boxed = boxed
        self._places = self._cells = self._table_begun = self._row_cells = self._row_begun = self._linked = 0
        self._in_table = False
        self._at = (0, 1, 1)
        """The table, row and cell that is being read."""
        self._parts: list[tuple[str, _Stretch]] = []
        self._figures = 0
        self._fields: list[list[str | bool]] = []
        """Of each open field: its instruction, and whether its result has begun."""

    def take(self, stretch: _Stretch) -> None:
        """Go through the characters; a stretch holds few that are special."""
        at = 0
        for match in _SPECIAL.finditer(stretch.text):
            self._add(stretch.text[at : match.start()], stretch)
            at = match.end()
            character = match[0]
            self._stories.work.pay(1)
            if character in _ENDS:
                self._end(character, stretch, stretch.offset + match.start() * stretch.width)
            elif character in (_FIELD, _RESULT, _FIELD_END):
                self._field(character)
            elif character in (_PICTURE, _DRAWN):
                self._figures += not self._is_silent()
            elif character in _SHOWN:
                self._add(_SHOWN[character], stretch)
        self._add(stretch.text[at:], stretch)

    def _add(self, text: str, stretch: _Stretch) -> None:
        """Add plain characters to the paragraph, or to the instruction of a field."""
        if not text:
            return
        if self._fields and not self._fields[-1][1]:
            if len(str(self._fields[-1][0])) < _LONGEST_INSTRUCTION:
                self._fields[-1][0] = str(self._fields[-1][0]) + text
        elif not self._is_silent():
            self._parts.append((text, stretch))
            if any(LINK_FIELD.match(str(instruction)) for instruction, _ in self._fields):
                self._linked += sum(map(len, text.split()))

    def _field(self, character: str) -> None:
        if character == _FIELD:
            if len(self._fields) < _DEEPEST_FIELD:
                self._fields.append(["", False])
        elif self._fields and character == _RESULT:
            self._fields[-1][1] = True
        elif self._fields:
            self._fields.pop()

    def _is_silent(self) -> bool:
        """Tell what stands in the instruction of a field, or in a table of contents (目录)."""
        return any(not begun or str(instruction).lstrip()[:3].upper() == _CONTENTS for instruction, begun in self._fields)

    def _end(self, character: str, stretch: _Stretch, offset: int) -> None:
        """End a paragraph: its properties stand at its mark."""
        row = self._stories.row(stretch, offset)
        done = Paragraph(0, in_table=False, boxed=self._boxed)
        done.style = str(int.from_bytes(row[:2], "little")) if len(row) > 1 else "0"
        row_end = self._read(done, row[2:])
        if character == _CELL and not done.in_table:
            done.in_table = row_end = True  # the many properties of a long row are kept elsewhere
        if done.in_table and not self._in_table:
            self._table_begun, self._cells = len(self.paragraphs), 0
            self._row_begun, self._row_cells = len(self.paragraphs), 0
            self._at = (self._at[0] + 1, 1, 1)
        elif self._in_table and not done.in_table:
            self._end_table()
        self._in_table = done.in_table
        self._cells += character == _CELL and not row_end
        self._row_cells += character == _CELL and not row_end
        if done.in_table:
            done.cell = self._at
            self._at = self._behind(character, row_end=row_end)
        self._places += not (done.in_table or self._boxed)
        done.place = self._places
        self._fill(done)
        if row_end:
            self._end_row()
        else:
            self._stories.pay()
            self.paragraphs.append(done)

    def _end_row(self) -> None:
        """Note which paragraphs stand in a row of one cell."""
        for one in self.paragraphs[self._row_begun :] if not self._boxed else ():
            one.own_row = self._row_cells == 1
        self._row_begun, self._row_cells = len(self.paragraphs), 0

    def _behind(self, character: str, *, row_end: bool) -> tuple[int, int, int]:
        """The cell that follows the end of this one, or the first one of the next row."""
        table, row, cell = self._at
        return (table, row + 1, 1) if row_end else (table, row, cell + (character == _CELL))

    def _read(self, done: Paragraph, row: bytes) -> bool:
        """Read the properties of a paragraph; tell whether it only ends a row."""
        row_end = False
        for code, value in properties(row, self._stories.work):
            if code == STYLE:
                done.style = str(value)
            elif code == OUTLINE:
                done.outline = value
            elif code == LIST:
                done.number = str(value)
            elif code == LIST_LEVEL:
                done.list_level = value
            elif code == IN_TABLE:
                done.in_table = value == 1
            elif code == ROW_END:
                row_end = value == 1
        return row_end

    def _fill(self, done: Paragraph) -> None:
        """Give a paragraph the text that was collected for it."""
        bold = self._stories.style(done.style)
        for text, stretch in self._parts:
            look, unseen = self._stories.look(stretch, bold=bold)
            if unseen:
                done.hide(text)
                continue
            done.text.append(text)
            if text == _SHOWN[_LINE]:
                done.end_line()
            else:
                done.looks_of_line[look] = done.looks_of_line.get(look, 0) + len(text.strip())
        done.figures, done.linked = self._figures, self._linked
        self._parts, self._figures, self._linked = [], 0, 0

    def _end_table(self) -> None:
        inside = [one for one in self.paragraphs[self._table_begun :] if one.text or one.figures or one.is_table]
        if self._cells == 1 and len(inside) == 1:
            inside[0].alone = True
        table = Paragraph(self._places, in_table=True, boxed=self._boxed)
        table.is_table = True
        self.paragraphs.append(table)

    def finish(self) -> None:
        """End what is still open."""
        if self._parts:
            last = self._parts[-1][1]
            self._end(_PARAGRAPH, last, last.offset)
        if self._in_table:
            self._end_table()
