"""Read Markdown: its headings with what stands below them, and its classification marks.

A scan of lines by CommonMark's rules for blocks. Only headings of the document itself count, not
those inside a quotation or a list. A full parser takes ten times as long, most of it for inline
markup that a heading's place does not need.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn

from govit.base.patterns import regex
from govit.documents.content import LONGEST_ASIDE, MOST_ASIDES, Aside, Content, Mark, Piece, Trouble, Unreadable, build
from govit.documents.htmlblock import html_end
from govit.documents.inline import atx_text, heading_text, measure, only_instructs, only_refers, rows_of
from govit.documents.markdown_lines import MOST_TYPED, Maybe, is_bold, is_title, item_heading, typed_heading, with_typed
from govit.documents.marks import has_mark, mark_places
from govit.documents.paragraph_sink import hand_over_lines
from govit.documents.placeholders import is_placeholder
from govit.documents.textfile import decode
from govit.documents.typed_headings import has_leaders, is_front

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_HEADINGS = 20_000
LONGEST_HEADING = 300
"""A longer line is a text that begins with #."""
LONGEST_SETEXT = 100
LONGEST_ROW = 2_000
"""A longer row of a table is not looked into for a chapter's name."""

CODE_INDENT = 4
CODE_BLANKS = " " * CODE_INDENT
BREAK_SIGNS = 2
MOST_LINES = 100_000
MOST_CONTAINERS = 250_000
"""Quotations and list items in one file."""
LONGEST_LINE = 100_000
"""A longer line is a picture written as text (base64) or the like: it is counted, not looked into."""
MOST_CHARACTERS = 5_000_000
"""Of lines that are looked into; a 1000-page report has a million."""
DEEPEST_NEST = 32
"""Lists in lists in quotations; deeper ones are text."""

_ATX = regex(r"#{1,6}(?=[ \t]|$)")
_SETEXT = regex(r"(?:=+|-+)[ \t]*$")
_FENCE = regex(r"(`{3,})[^`]*$|(~{3,})")
_ITEM = regex(r"(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)")
_QUOTE = regex(r" {0,3}> ?")
_SPECIAL = frozenset("#>-+*=`~<_ \t0123456789")
"""First characters of lines that may be more than the text of a paragraph."""
_BULLETS = frozenset("-*+")
_ITEM_ONLY = frozenset("+0123456789")
"""First characters of lines that can only be a list item or text."""
_HTML_HEADING = regex(
    r"(?:<(?:div|center|p)\b[^<>]{0,200}>\s{0,20})?<h([1-6])\b[^<>]{0,200}>"
    r"((?:[^<>]|</?(?:b|strong|i|em|span|font|a|u|br)\b[^<>]{0,200}>){1,400})</h\1\s*>",
    re.IGNORECASE,
)
_HTML_WHOLE = regex(r"<(?:!|\?|(?:script|pre|style|textarea)\b)", re.IGNORECASE)
"""What no heading can stand in."""
_HTML_HOLDERS = regex(r"<!--|<(?:table|ul|ol|blockquote|details|pre)\b", re.IGNORECASE)
"""A heading behind these is none of the document's own."""
_FRONT_KEY = regex(r"[\"']?[^\s#>:：-][^:：]*[:：]")


def read_markdown(data: bytes) -> Content:
    """Read the file's bytes, or raise :class:`Unreadable`."""
    text = decode(data)
    del data  # a large file is in memory twice at the most
    if text.count("\n") >= MOST_LINES:
        _too_many(f"{MOST_LINES} 行")
    marks = tuple(_marks(text))
    lines = text.split("\n")
    del text
    if sum(len(line) for line in lines if len(line) <= LONGEST_LINE) > MOST_CHARACTERS:
        _too_many(f"{MOST_CHARACTERS // 10_000} 万字")
    start = _front_matter(lines)
    hand_over_lines(lines, start)
    scanner = _Scanner()
    for number, line in enumerate(lines[start:], start + 1):
        scanner.line(line, number)
    scanner.end()
    return build(scanner.outlined(), marks, scanner.asides)


def _front_matter(lines: Sequence[str]) -> int:
    """Count the lines of a YAML head (front matter); a mere rule at the top is not one."""
    if lines[0].rstrip() != "---" or not _FRONT_KEY.match("".join(lines[1:2])):
        return 0
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() in ("---", "..."):
            return number
    return 0


def _marks(text: str) -> list[Mark]:
    return [Mark(None, line, column, "正文") for line, column in mark_places(text)]


class _Scanner:
    """Follows the blocks of a document line by line."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.asides: list[Aside] = []
        self._typed: dict[int, Maybe] = {}
        """Which pieces may be headings though nobody typed a #."""
        self._number = ""
        """The number of the list item that begins here: 1. of a list of the document itself."""
        self._headings = self._containers = 0
        self._stated = 0
        """How many headings are neither a preface nor a table of contents."""
        self._inside: list[int] = []
        """The containers around the line: 0 for a quotation, else the indent of a list item."""
        self._paragraph: list[str] = []
        self._begun = (0, 0)
        """Line and column of the open paragraph."""
        self._until: re.Pattern[str] | None = None
        """What ends the open HTML block."""
        self._raw: list[str] = []
        """The lines of the open HTML block."""
        self._raw_begun = (0, 0)
        self._fence = ""
        """What began the open code fence."""
        self._code = 0
        """Characters of the open code fence."""
        self._bare_item = 0
        """The line of a list item that begins with nothing: a blank line ends it."""

    def line(self, line: str, number: int) -> None:
        """Take the next line."""
        if len(line) > LONGEST_LINE:
            self._take_long(line)
            return
        if not (self._fence or self._until) and self._take_plain(line, number):
            return
        if "\t" in line:
            line = line.expandtabs(4)
        rest, matched = self._match(line)
        if matched < len(self._inside) or not (self._fence or self._until):
            if self._fence or self._until:
                self._shut(matched)
            self._blocks(rest, number, matched)
        elif self._until:
            self._take_html(rest, self._until)
        else:
            self._take_code(rest)

    def _take_long(self, line: str) -> None:
        """Count a line that no person wrote."""
        self._shut(0)
        self.pieces.append(Piece("", length=len(line) - line.count(" "), figures=int("![" in line)))

    def _take_plain(self, line: str, number: int) -> bool:
        """Take the lines that make up most documents: text, blank ones, simple list items."""
        first = line[:1]
        if not self._inside and first not in _SPECIAL:
            if not line:
                self._shut(0)
                return True
            if not self._paragraph:
                self._begun = (number, 1)
            self._paragraph.append(line)
            return True
        if first in _BULLETS and line[1:2] == " " and line[2:3].isalpha():
            self._shut(0)
            self._enter(2)
            self._begun = (number, 3)
            self._paragraph.append(line[2:])
            return True
        return False

    def end(self) -> None:
        """Close what the end of the file leaves open."""
        self._shut(0)

    def outlined(self) -> list[Piece]:
        """The pieces; of a file with no headings but its title, with those that only numbers and words tell."""
        own = [at for at, piece in enumerate(self.pieces) if piece.level and not is_front(piece.text)]
        title_only = not own or (
            len(own) == 1 and own[0] < min(self._typed, default=0) and is_title(self.pieces[own[0]])
        )
        return with_typed(self.pieces, self._typed) if self._typed and title_only else self.pieces

    def _match(self, line: str) -> tuple[str, int]:
        """Take off the line what continues the containers; count how many it continues."""
        for matched, indent in enumerate(self._inside):
            if indent:
                body = line.lstrip(" ")
                if body and len(line) - len(body) < indent:
                    return line, matched
                line = line[indent:]
            else:
                quote = _QUOTE.match(line)
                if quote is None:
                    return line, matched
                line = line[quote.end() :]
        return line, len(self._inside)

    def _blocks(self, rest: str, number: int, matched: int) -> None:
        """Open the containers that begin on the line, and then the block inside them."""
        while body := rest.lstrip(" "):
            indent = len(rest) - len(body)
            first = body[0]
            if indent >= CODE_INDENT or first not in _SPECIAL or matched >= DEEPEST_NEST:
                break
            if first == ">":
                self._shut(matched)
                self._enter(0)
                rest = body[2:] if body.startswith("> ") else body[1:]
            elif first not in _ITEM_ONLY and self._leaf(body, (number, indent + 1), matched):
                return
            else:
                width = self._item_width(body, matched)
                if not width:
                    break
                self._shut(matched)
                self._enter(indent + width)
                self._number = body[:width].strip() if len(self._inside) == 1 and first.isdecimal() else ""
                rest = body[width:]
                if not rest.strip():
                    self._bare_item = number
            matched += 1
        self._text(rest, number, matched)

    def _enter(self, indent: int) -> None:
        """Open a container, if the file has not had too many."""
        self._containers += 1
        if self._containers > MOST_CONTAINERS:
            _too_many(f"{MOST_CONTAINERS} 个列表项和引用")
        self._inside.append(indent)

    def _text(self, rest: str, number: int, matched: int) -> None:
        """Take a line that begins no block: text, indented code, or blank."""
        body = rest.lstrip(" ")
        if not body:
            if self._bare_item == number - 1 and matched == len(self._inside):
                matched -= 1
            self._shut(matched)
        elif self._paragraph:
            self._paragraph.append(body)
        else:
            self._shut(matched)
            indent = len(rest) - len(body)
            if indent >= CODE_INDENT:
                self._add_text(body)
            else:
                self._begun = (number, indent + 1)
                self._paragraph.append(body)

    def _leaf(self, body: str, place: tuple[int, int], matched: int) -> bool:
        """Open the heading, rule, fence or HTML block that begins here, if one does."""
        first = body[0]
        if first in "=-" and self._is_underline(body, matched):
            self._setext(1 if first == "=" else 2)
        elif first == "#" and (atx := _ATX.match(body)):
            self._shut(matched)
            self._heading(len(atx[0]), atx_text(body[atx.end() :]), place)
        elif first in "*-_" and body.count(first) > BREAK_SIGNS and not body.strip(first + " \t"):
            self._shut(matched)
        elif first in "`~" and (fence := _FENCE.match(body)):
            self._shut(matched)
            self._fence = fence[1] or fence[2]
        else:
            return first == "<" and self._html(body, place, matched)
        return True

    def _is_underline(self, body: str, matched: int) -> bool:
        """Tell whether the line makes a heading of the paragraph above it."""
        return bool(self._paragraph) and matched == len(self._inside) and _SETEXT.match(body) is not None

    def _html(self, body: str, place: tuple[int, int], matched: int) -> bool:
        until = html_end(body, in_paragraph=bool(self._paragraph))
        if until is None:
            return False
        self._shut(matched)
        self._until = until
        self._raw_begun = place
        self._take_html(body, until)
        return True

    def _take_html(self, rest: str, until: re.Pattern[str]) -> None:
        """Take a line of HTML; it may be the last one."""
        self._raw.append(rest)
        if until.search(rest):
            self._shut(len(self._inside))

    def _take_code(self, rest: str) -> None:
        """Take a line of fenced code, or the fence that ends it."""
        text = rest.strip(" \t")
        if text.startswith(self._fence) and not text.strip(text[0]) and not rest.startswith(CODE_BLANKS):
            self._shut(len(self._inside))
        else:
            self._code += sum(map(len, rest.split()))

    def _item_width(self, body: str, matched: int) -> int:
        """Measure the marker of a list item with the blanks after it; 0 if there is none."""
        item = _ITEM.match(body)
        if item is None:
            return 0
        after = body[item.end() :]
        text = after.lstrip(" ")
        interrupts = self._paragraph and matched == len(self._inside)
        if interrupts and (not text or (item[1] and int(item[1]) != 1)):
            return 0
        blanks = len(after) - len(text)
        return item.end() + (blanks if text and blanks <= CODE_INDENT else 1)

    def _shut(self, matched: int) -> None:
        """Close the open block, and the containers that the line does not continue."""
        inside = bool(self._inside)
        del self._inside[matched:]
        if lines := self._paragraph:
            if self._number and len(lines) == 1:
                self._add_item(lines[0])
            else:
                self._add_paragraph(lines, inside=inside)
            self._add_asides(lines)
            lines.clear()
            self._number = ""
        elif self._until:
            self._add_html("\n".join(self._raw), inside=inside)
            self._raw.clear()
            self._until = None
        elif self._fence:
            if self._code:
                self.pieces.append(Piece("", length=self._code))
            self._code, self._fence = 0, ""

    def _add_item(self, line: str) -> None:
        """Add the line of a list item: a program that shows it sets it and its number as those of a chapter."""
        words = item_heading(self._number, line) if self._stated <= 1 and len(self._typed) < MOST_TYPED else ""
        if not words:
            self._add_text(line)
            return
        text, figures = measure(line)
        self._typed[len(self.pieces)] = Maybe(words, is_bold(line.strip()))
        self.pieces.append(Piece(text, figures=figures, line=self._begun[0], column=self._begun[1]))

    def _add_paragraph(self, lines: Sequence[str], *, inside: bool) -> None:
        """Add a paragraph; a line in it that may be a heading becomes a piece of its own."""
        if inside or self._stated > 1 or len(self._typed) >= MOST_TYPED:
            self._add_text("\n".join(lines))
            return
        begun, alone = 0, len(lines) == 1
        marked = any(map(has_mark, lines))
        for at, line in enumerate(lines):
            if len(self._typed) < MOST_TYPED and (words := typed_heading(line, alone=alone)):
                if begun < at:
                    self._add_text("\n".join(lines[begun:at]))
                begun = at + 1
                self._typed[len(self.pieces)] = Maybe(words, is_bold(line.strip()))
                column = self._begun[1] if at == 0 else len(line) - len(line.lstrip()) + 1
                self.pieces.append(Piece(words, line=self._begun[0] + at, column=column))
                if not alone and len(self.asides) < MOST_ASIDES and not marked:
                    self.asides.append(Aside(words, "正文", None, self._begun[0] + at))
        if begun < len(lines):
            self._add_text("\n".join(lines[begun:]))

    def _add_html(self, raw: str, *, inside: bool) -> None:
        """Add a block of HTML: its headings, as far as none of them stands in a table or a list, and its text."""
        begun, (line, column) = 0, self._raw_begun
        for found in () if inside or _HTML_WHOLE.match(raw) else _HTML_HEADING.finditer(raw):
            before = raw[begun : found.start()]
            shown = heading_text(found[2])
            if not shown or _HTML_HOLDERS.search(before):
                break
            if before.strip():
                self._add_text(before)
            down = before.count("\n")
            line, column = line + down, 1 if down else column
            self._heading(int(found[1]), shown, (line, column))
            begun, line = found.end(), line + found[0].count("\n")
        self._add_text(raw[begun:])

    def _add_asides(self, lines: Sequence[str]) -> None:
        """Keep short lines, and the cells of a table."""
        if len(self.asides) >= MOST_ASIDES or any(map(has_mark, lines)):
            return  # a marked sentence is told by its place alone
        number = self._begun[0]
        for at, line in enumerate(lines):
            if len(line) <= LONGEST_ASIDE and "|" not in line:
                self.asides.append(Aside(line.strip("*_` \t"), "正文", None, number + at))
            elif "|" in line and len(line) <= LONGEST_ROW:
                cells = (cell.strip("*_` \t") for cell in line.split("|"))
                self.asides += [Aside(one, "表格", None, number + at) for one in cells if 1 < len(one) <= LONGEST_ASIDE]

    def _add_text(self, raw: str) -> None:
        if only_instructs(raw):
            return
        text, figures = measure(raw)
        if figures and "|" in raw and "![" not in raw and all(map(is_placeholder, cells := rows_of(raw))):
            self.pieces.append(Piece(" ".join(cells), prompt=bool(cells)))
        else:
            self.pieces.append(Piece(text, figures=figures, prompt=only_refers(raw)))

    def _setext(self, level: int) -> None:
        """Make a heading of the open paragraph, unless it is text that a rule (----) follows."""
        text = heading_text(" ".join(map(str.strip, self._paragraph)))
        if self._inside or len(text) > LONGEST_SETEXT or text.endswith("。"):
            self._shut(len(self._inside))
            return
        self._paragraph.clear()
        self._heading(level, text, self._begun)

    def _heading(self, level: int, text: str, place: tuple[int, int]) -> None:
        if self._inside:
            self._add_text(text)
            return
        shown = heading_text(text)
        if not shown or has_leaders(shown):
            return
        if len(shown) > LONGEST_HEADING:
            self._add_text(text)
            return
        self._headings += 1
        self._stated += not is_front(shown)
        if self._headings > MOST_HEADINGS:
            _too_many(f"{MOST_HEADINGS} 个标题")
        self.pieces.append(Piece(shown, level, line=place[0], column=place[1]))


def _too_many(what: str) -> NoReturn:
    raise Unreadable(Trouble.HUGE, f"文件过大：超过 {what}，未读取", "请核实文件是否正确")
