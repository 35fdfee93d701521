"""Read an RTF: its control words, read in one pass without recursion, become the paragraphs of a docx.

Many an old .doc is an RTF that bears another name.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, NamedTuple, NoReturn

from govit.documents.allowance import purse
from govit.documents.content import MOST_CHARACTERS, MOST_PARAGRAPHS, Content, Mark, Trouble, Unreadable
from govit.documents.docx import judged
from govit.documents.hidden import LINK_FIELD
from govit.documents.marks import MOST_MARKS, has_mark
from govit.documents.paragraph import BODY_TEXT, PLAIN, Paragraph, RunFormat
from govit.documents.styles import Style, Styles, level_of_name
from govit.documents.xmlguard import A_LINE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

LARGEST = 50_000_000
"""Bytes of the file; pictures stand in it as hexadecimal digits, and are passed over."""
MOST_TOKENS = 1_000_000
"""Control words, groups and stretches of text."""
_FREE_TOKENS = 300_000
_OBEYED = 3
"""Tokens that a word costs that means anything, as much time as it takes; so do a stretch of text and a style."""
DEEPEST = 500
"""Groups in one another."""
MOST_STYLES = 20_000
_MOST_TEXT = 4 * MOST_CHARACTERS
"""Bytes of one stretch of text, in whatever character set."""
_TOKEN = re.compile(
    rb"\\([a-z]{1,32})(-?\d{1,10})? ?"  # 1, 2 control word
    rb"|\\'([0-9a-fA-F]{2})"  # 3 byte
    rb"|\\([^a-z])"  # 4 control symbol
    rb"|([{}])"  # 5
    rb"|([^\\{}\r\n]+)"  # 6
    rb"|[\r\n]+",
    re.DOTALL,
)
_WORD, _NUMBER, _BYTE, _SYMBOL, _BRACE, _TEXT = 1, 2, 3, 4, 5, 6
_CHARSETS = {134: "gbk", 136: "big5", 128: "cp932", 129: "cp949", 0: "cp1252"}
_SKIPPED = frozenset(
    (b"colortbl", b"info", b"listtable", b"listoverridetable", b"rsidtbl", b"themedata", b"generator", b"datafield", b"xmlnstbl",
     b"pgdsctbl", b"nonshppict", b"bkmkstart", b"bkmkend", b"objdata", b"annotation", b"atnid", b"atnauthor", b"sp", b"revtbl",
     b"filetbl", b"fchars", b"lchars", b"private", b"xe", b"tc", b"template", b"background", b"colorschememapping", b"latentstyles",
     b"datastore", b"wgrffmtfilter", b"pnseclvl", b"mmathPr", b"userprops", b"ftnsep", b"ftnsepc", b"aftnsep", b"aftnsepc"),
)  # fmt: skip
_BESIDE_TEXT = {
    b"header": "页眉", b"headerl": "页眉", b"headerr": "页眉", b"headerf": "页眉",
    b"footer": "页脚", b"footerl": "页脚", b"footerr": "页脚", b"footerf": "页脚", b"footnote": "正文",
}  # fmt: skip
_PLAIN_SIGNS = {
    b"tab": "\t", b"line": "\n", b"emdash": "—", b"endash": "–", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“",
    b"rdblquote": "”", b"bullet": "•", b"emspace": " ", b"enspace": " ",
}  # fmt: skip
_SYMBOLS = {b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\t": "\t"}
_LINE = b"line"
_STARRED = ("*",)
_CONTENTS = "TOC"
_LONGEST_INSTRUCTION = 60
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LONE = re.compile("[\ud800-\udfff]")


def read_rtf(file: IO[bytes], size: int) -> Content:
    """Read the file, or raise :class:`Unreadable`."""
    if size > LARGEST:
        _huge(f"RTF 文件超过 {LARGEST // 1_000_000} MB")
    run = purse()
    most = min(MOST_TOKENS, _FREE_TOKENS + size // 3, run.limits(size)[1])
    reader = _RtfReader(most)
    try:
        reader.read(file.read(LARGEST))
    finally:
        run.spend(size, 0, most - reader.left)
    content = judged(reader.paragraphs, reader.styles(), {})
    marks = [*_marks(reader.paragraphs, "正文")]
    for where, around in reader.beside_text.items():
        marks += list(_marks(around, where))[:1]
    return Content(content.headings, tuple(marks[:MOST_MARKS]), content.length, content.asides)


def _marks(paragraphs: Iterable[Paragraph], where: str) -> Iterator[Mark]:
    for one in paragraphs:
        if has_mark("".join(one.text)) or (one.unseen and has_mark("".join(one.unseen))):
            yield Mark(one.place or None, None, None, where)


def _huge(what: str) -> NoReturn:
    raise Unreadable(Trouble.HUGE, f"文件过大：{what}，未读取", "请核实文件来源，用 Word 或 WPS 另存为 docx")


class _GroupState(NamedTuple):
    """What holds inside a group."""

    into: str = ""
    """Where text goes: the body, 页眉, a font's name, nowhere (-)."""
    look: RunFormat = PLAIN
    font: int = -1
    style: str = "0"
    outline: int | None = None
    in_table: bool = False
    boxed: bool = False
    nested: bool = False
    """In a table that stands in a cell."""
    asian: bool = False
    """What is said of the other script's look is meant: the characters are Chinese ones."""
    linked: bool = False
    """In a link into the document."""
    fallback: int = 1
    """Characters that stand in for one of Unicode."""


class _RtfReader:
    """Goes through the file once."""

    def __init__(self, most: int) -> None:
        self.left = most
        self.paragraphs: list[Paragraph] = []
        self.beside_text: dict[str, list[Paragraph]] = {}
        self._state = _GroupState()
        self._states: list[_GroupState] = []
        self._open: dict[str, Paragraph] = {}
        self._bytes = bytearray()
        self._skip = 0
        self._characters = MOST_CHARACTERS
        self._codec = "cp1252"
        self._charsets: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._instructions: list[str] = []
        self._sheet: dict[str, Style] = {}
        self._style, self._based_on = "", ""
        self._places = self._count = 0
        self._was_table = False
        self._at = (0, 1, 1)
        """The table, row and cell that is being read."""
        self._table_begun = self._row_begun = self._cells = 0
        """Where the paragraphs of the table and of its row begin, and how many cells it has."""

    def read(self, data: bytes) -> None:
        """Read the file to its end."""
        at = 0
        while match := _TOKEN.match(data, at):
            at = match.end()
            kind = match.lastindex
            self._pay(1)
            if kind in (_WORD, _NUMBER):
                if self._passes_over(match[_WORD]):
                    continue
                self._pay(_OBEYED)
                number = match[_NUMBER]
                at = self._word(match[_WORD], int(number) if number else None, at)
            elif kind == _BYTE:
                self._put_bytes(bytes([int(match[_BYTE], 16)]))
            elif kind == _TEXT:
                self._put_text(match)
            elif kind == _BRACE:
                self._flush()
                (self._begin if match[_BRACE] == b"{" else self._end)()
            elif kind == _SYMBOL:
                self._symbol(match[_SYMBOL])
        self._flush()
        if self._pending().text:
            self._end_paragraph()
        self._end_table()

    def _passes_over(self, word: bytes) -> bool:
        """Tell a word that means nothing here; note of which characters the look is told that follows."""
        if word in _SCRIPTS:
            if self._state.asian is not (word == _ASIAN):
                self._state = self._state._replace(asian=not self._state.asian)
            return True
        return word not in (_KNOWN_TOO if self._state.asian else _KNOWN) and self._state.into not in _STARRED

    def _pay(self, tokens: int) -> None:
        self.left -= tokens
        if self.left < 0:
            _huge("控制字太多")

    # groups and words

    def _begin(self) -> None:
        if len(self._states) >= DEEPEST:
            raise Unreadable(Trouble.UNSUPPORTED, f"未读取：RTF 的分组嵌套超过 {DEEPEST} 层", "请用 Word 或 WPS 重新另存为 docx")
        self._states.append(self._state)

    def _end(self) -> None:
        ended = self._state
        if self._states:
            self._state = self._states.pop()
        if ended.into == "style" and self._state.into == "stylesheet":
            self._keep_style(ended)
        if ended.into in self.beside_text and self._state.into != ended.into:
            self._end_paragraph(ended)

    def _symbol(self, sign: bytes) -> None:
        if sign == b"*":
            self._state = self._state._replace(into="*" if self._state.into != "-" else "-")
        elif sign in (b"\r", b"\n"):
            self._flush()
            self._end_paragraph()
        elif sign in _SYMBOLS:
            self._pay(_OBEYED)
            self._flush()
            self._put(_SYMBOLS[sign])

    def _word(self, word: bytes, number: int | None, at: int) -> int:
        """Obey a control word; give where to go on."""
        if word == b"u" and number is not None:
            self._flush()
            self._put(chr(number & 0xFFFF))
            self._skip = self._state.fallback
            return at
        self._flush()
        self._skip = 0
        if word == b"bin" and number:
            return at + max(0, number)
        if word == b"pict":
            self._pending().figures += self._state.into in ("", "*")
            self._state = self._state._replace(into="-")
        elif not self._destination(word):
            self._property(word, number)
        return at

    def _destination(self, word: bytes) -> bool:
        """Send what follows in the group where it belongs."""
        into = self._state.into
        if into == "-":
            return True
        if word in _SKIPPED:
            self._state = self._state._replace(into="-")
        elif word in _INTO:
            if word in _BESIDE_TEXT:
                self.beside_text.setdefault(_BESIDE_TEXT[word], [])
            self._state = self._state._replace(into=_INTO[word])
        elif word in _OF_FIELDS:
            self._field(word)
        elif word in _OF_SHAPES:
            self._state = self._state._replace(into="" if into == "*" or word == b"shptxt" else into, boxed=word == b"shptxt" or self._state.boxed)
        elif into == "*":
            self._state = self._state._replace(into="-")
        else:
            return False
        return True

    def _field(self, word: bytes) -> None:
        """Begin a field, its instruction or its result; the result of a table of contents (目录) is left out."""
        into = self._state.into
        if word == b"field":
            self._instructions.append("")
            del self._instructions[:-DEEPEST]
        elif word == b"fldinst":
            self._state = self._state._replace(into="fldinst")
            del self._instructions[-1:]
            self._instructions.append("")
        else:
            instruction = self._instructions[-1] if self._instructions else ""
            contents = instruction.lstrip()[:3].upper() == _CONTENTS
            linked = self._state.linked or LINK_FIELD.match(instruction) is not None
            self._state = self._state._replace(into="-" if contents else "" if into == "*" else into, linked=linked)

    def _property(self, word: bytes, number: int | None) -> None:
        """Note what a word says of characters, paragraphs, fonts or styles."""
        if self._state.into == "stylesheet" and self._states and self._states[-1].into == "stylesheet":
            self._state = _GroupState(into="style")
            self._style, self._based_on = "0", ""
        if self._state.into == "style":
            self._style_word(word, number)
        if word in _PLAIN_SIGNS:
            self._put(_PLAIN_SIGNS[word])
            if word == _LINE:
                self._pay(A_LINE)
                self._end_line()
        elif word in _ENDS:
            self._end_part(word)
        elif word in _RESETS:
            self._state = _RESETS[word](self._state)
        elif word == b"f" and number is not None:
            look = self._state.look._replace(font=self._names.get(number))
            self._state = self._state._replace(font=number, look=look)
        elif number is None:
            self._switch(word, on=True)
        else:
            self._valued(word, number)

    def _valued(self, word: bytes, number: int) -> None:
        state = self._state
        match word:
            case b"s" if state.into != "style":
                self._state = state._replace(style=str(number))
            case b"outlinelevel":
                self._state = state._replace(outline=number)
            case b"fs" | b"afs":
                self._state = state._replace(look=state.look._replace(size=number))
            case b"itap":
                self._state = state._replace(nested=number > 1)
            case b"af":
                self._state = state._replace(look=state.look._replace(font=self._names.get(number)))
            case b"uc":
                self._state = state._replace(fallback=max(0, min(number, 8)))
            case b"ansicpg":
                self._codec = {936: "gbk", 54936: "gb18030", 950: "big5", 932: "cp932", 65001: "utf-8"}.get(number, "cp1252")
            case b"fcharset":
                self._charsets[state.font] = _CHARSETS.get(number, self._codec)
            case _:
                self._switch(word, on=number != 0)

    def _switch(self, word: bytes, *, on: bool) -> None:
        look = self._state.look
        if word in (b"b", b"ab"):
            if look.bold is not on:
                self._state = self._state._replace(look=look._replace(bold=on))
        elif word in (b"v", b"deleted"):
            self._state = self._state._replace(look=look._replace(hidden=on))

    # styles

    def _style_word(self, word: bytes, number: int | None) -> None:
        if word == b"s" and number is not None:
            self._style = str(number)
        elif word == b"cs" and number is not None:
            self._style = f"character {number}"
        elif word == b"sbasedon" and number is not None:
            self._based_on = str(number)

    def _keep_style(self, ended: _GroupState) -> None:
        """Keep a style whose group has ended; its name was the text in it."""
        pending = self._open.pop("style", None)
        name = "".join(pending.text).strip(" ;").casefold() if pending else ""
        parent = self._sheet.get(self._based_on, Style())
        number = int(name[-1]) if name[-1:].isdecimal() and name[-1:] != "0" and name[-1:].isascii() else 0
        word = name[:-1].rstrip()
        level = level_of_name(name) or parent.level
        if ended.outline is not None:
            level = ended.outline + 1 if 0 <= ended.outline < BODY_TEXT else 0
        self._pay(_OBEYED)
        if len(self._sheet) < MOST_STYLES:
            self._sheet[self._style] = parent._replace(
                name=name[:255], level=level, contents=parent.contents or (word in ("toc", "目录") and number > 0),
                bold=parent.bold if ended.look.bold is None else ended.look.bold,
                size=parent.size if ended.look.size is None else ended.look.size,
                font=parent.font if ended.look.font is None else ended.look.font,
            )  # fmt: skip

    def styles(self) -> Styles:
        """The styles; a paragraph says itself what it looks like, so that its style only tells what it is."""
        default = self._sheet.get("0", Style())
        return Styles(self._sheet, default, Style(size=24))

    # text

    def _put_text(self, match: re.Match[bytes]) -> None:
        """Take a stretch of text, unless it is a picture or another thing that is passed over, which may be long."""
        if self._state.into == "-":
            self._skip = 0
            return
        if match.end() - match.start() > _MOST_TEXT:
            self._refuse_text()
        self._put_bytes(match[_TEXT])

    def _put_bytes(self, data: bytes) -> None:
        if self._skip:
            count = min(self._skip, len(data))
            self._skip -= count
            data = data[count:]
        self._bytes += data
        if len(self._bytes) > _MOST_TEXT:
            self._refuse_text()

    def _refuse_text(self) -> NoReturn:
        _huge(f"文字超过 {MOST_CHARACTERS // 10_000} 万字")

    def _flush(self) -> None:
        """Decode the bytes that were collected, in the character set of the font."""
        if self._bytes:
            self._pay(_OBEYED)
            codec = self._charsets.get(self._state.font, self._codec)
            if codec == "cp1252" and not self._bytes.isascii():
                codec = self._codec
            text = self._bytes.decode(codec, "replace")
            self._bytes.clear()
            self._put(text)

    def _put(self, text: str) -> None:
        state = self._state
        self._characters -= len(text)
        if self._characters < 0:
            self._refuse_text()
        if state.into in ("-", "*", "stylesheet"):
            return
        if state.into == "fldinst":
            if self._instructions and len(self._instructions[-1]) < _LONGEST_INSTRUCTION:
                self._instructions[-1] += text
        elif state.into == "fonttbl":
            self._names[state.font] = (self._names.get(state.font, "") + text.strip(";")).casefold()[:255]
        else:
            paragraph = self._pending()
            if state.look.hidden:
                paragraph.hide(text)
            else:
                paragraph.text.append(text)
                look = state.look if state.look.hidden is None else state.look._replace(hidden=None)
                paragraph.looks_of_line[look] = paragraph.looks_of_line.get(look, 0) + len(text.strip())
                if state.linked:
                    paragraph.linked += sum(map(len, text.split()))

    def _end_line(self) -> None:
        """End a line inside the paragraph, where it is seen."""
        paragraph = self._pending()
        if paragraph.text and paragraph.text[-1] == _PLAIN_SIGNS[_LINE]:
            paragraph.end_line()

    def _pending(self) -> Paragraph:
        """The paragraph that is being written, of the body or of what is around it."""
        into = self._state.into if self._state.into in self.beside_text or self._state.into == "style" else ""
        if self._state.boxed:
            into = "box"
        if into not in self._open:
            self._open[into] = Paragraph(0, in_table=False, boxed=False)
        return self._open[into]

    def _end_part(self, word: bytes) -> None:
        """End a paragraph, and with it the cell or the row that it ends."""
        if word == b"row":
            self._end_row()
            return
        if word not in _OF_PAGES or self._pending().text:
            self._end_paragraph()
        if word == b"cell":
            self._at = (*self._at[:2], self._at[2] + 1)
            self._cells += 1

    def _end_row(self) -> None:
        """Go to the next row; note which paragraphs share the one that ends with other cells."""
        if self._at[2] != 2:  # noqa: PLR2004 - one cell has ended, and the second would begin
            for one in self.paragraphs[self._row_begun :]:
                one.own_row = False
        self._at = (self._at[0], self._at[1] + 1, 1)
        self._row_begun = len(self.paragraphs)

    def _end_paragraph(self, state: _GroupState | None = None) -> None:
        state = state or self._state
        if state.into in ("-", "*", "style", "stylesheet", "fonttbl", "fldinst"):
            return
        key = "box" if state.boxed else state.into if state.into in self.beside_text else ""
        done = self._open.pop(key, None) or Paragraph(0, in_table=False, boxed=False)
        done.in_table, done.boxed, done.style, done.outline = state.in_table, state.boxed, state.style, state.outline
        _join(done)
        self._count_paragraph()
        if key in self.beside_text:
            self.beside_text[key].append(done)
            return
        if not done.in_table:
            self._end_table()
        if done.in_table:
            if not self._was_table:
                self._at, self._cells = (self._at[0] + 1, 1, 1), 0
                self._table_begun = self._row_begun = len(self.paragraphs)
            done.cell, done.own_row = self._at, not (state.nested or done.boxed)
        self._was_table = done.in_table
        self._places += not (done.in_table or done.boxed)
        done.place = self._places
        self.paragraphs.append(done)

    def _count_paragraph(self) -> None:
        self._pay(A_LINE)
        self._count += 1
        if self._count > MOST_PARAGRAPHS:
            _huge(f"超过 {MOST_PARAGRAPHS} 个段落")

    def _end_table(self) -> None:
        if self._was_table:
            self._was_table = False
            self._count_paragraph()
            inside = [one for one in self.paragraphs[self._table_begun :] if one.text or one.figures or one.is_table]
            if self._cells == 1 and len(inside) == 1:
                inside[0].alone = True
            table = Paragraph(self._places, in_table=True, boxed=False)
            table.is_table = True
            self.paragraphs.append(table)


_ENDS, _OF_PAGES = frozenset((b"par", b"sect", b"page", b"cell", b"nestcell", b"row")), frozenset((b"sect", b"page"))
_RESETS: Mapping[bytes, Callable[[_GroupState], _GroupState]] = {
    b"pard": lambda state: state._replace(style="0", outline=None, in_table=False, nested=False),
    b"plain": lambda state: state._replace(look=PLAIN, asian=False),
    b"intbl": lambda state: state._replace(in_table=True),
}
_INTO = {b"fonttbl": "fonttbl", b"stylesheet": "stylesheet", **_BESIDE_TEXT}
_OF_FIELDS, _OF_SHAPES = frozenset((b"field", b"fldinst", b"fldrslt")), frozenset((b"shptxt", b"shpinst", b"shppict", b"shp"))
_VALUED = frozenset(
    (b"s", b"cs", b"sbasedon", b"outlinelevel", b"fs", b"uc", b"ansicpg", b"fcharset", b"b", b"v", b"deleted", b"f", b"itap")
)
_KNOWN = (
    _ENDS | _RESETS.keys() | _INTO.keys() | _OF_FIELDS | _OF_SHAPES | _VALUED | _SKIPPED | _PLAIN_SIGNS.keys() | {b"u", b"bin", b"pict"}
)
"""Words that mean anything here; most of a file are others."""
_ASIAN = b"dbch"
_SCRIPTS = frozenset((_ASIAN, b"loch", b"hich", b"ltrch", b"rtlch"))
"""Of which characters the look is told that follows."""
_KNOWN_TOO = _KNOWN | {b"ab", b"afs", b"af"}
"""Words that mean something as well where the look of Chinese characters is told."""


def _join(paragraph: Paragraph) -> None:
    """Make one piece of the text of a paragraph, of one with line breaks one of each line."""
    text, begun = list[str](), 0
    for end in [*(end for end, _ in paragraph.ended_lines), len(paragraph.text)]:
        text.append(_whole("".join(paragraph.text[begun:end])))
        begun = end
    paragraph.ended_lines = tuple((at, looks) for at, (_, looks) in enumerate(paragraph.ended_lines, 1))
    paragraph.text = text if any(text) else []


def _whole(text: str) -> str:
    """Join the halves of characters outside the first plane; a half alone is none."""
    if _LONE.search(text) is None:
        return text
    text = _SURROGATES.sub(lambda match: match[0].encode("utf-16-le", "surrogatepass").decode("utf-16-le"), text)
    return _LONE.sub("\ufffd", text)
