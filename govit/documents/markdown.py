"""Read Markdown: its headings with what stands below them, and its classification marks.

A scan of lines by CommonMark's rules for blocks. Only headings of the document itself count, not
those inside a quotation or a list. A full parser takes ten times as long, most of it for inline
markup that a heading's place does not need.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.documents.content import Content, Mark, Piece, Trouble, Unreadable, build
from govit.documents.inline import heading_text, measure
from govit.documents.marks import mark_places
from govit.documents.textfile import decode
from govit.documents.typed import has_leaders

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_HEADINGS = 20_000
LONGEST_SETEXT = 100

CODE_INDENT = 4

_ATX = re.compile(r"#{1,6}(?=[ \t]|$)")
_SETEXT = re.compile(r"(?:=+|-+)[ \t]*$")
_BREAK = re.compile(r"(?:\*[ \t]*){3,}$|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$")
_FENCE = re.compile(r"(`{3,})[^`]*$|(~{3,})")
_ITEM = re.compile(r"(?:[-+*]|(\d{1,9})[.)])(?=[ \t]|$)")
_QUOTE = re.compile(r" {0,3}> ?")
_SPECIAL = frozenset("#>-+*=`~<_ \t0123456789")
"""First characters of lines that may be more than the text of a paragraph."""
_FRONT_KEY = re.compile(r"[\"']?[^\s#>:：-][^:：]*[:：]")

_BLOCK_TAGS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head"
    "|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option"
    "|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul"
)
_ATTRIBUTE = r"\s+[a-zA-Z_:][\w.:-]*(?:\s*=\s*(?:[^\s\"'=<>`]+|'[^']*'|\"[^\"]*\"))?"
_BLANK = re.compile(r"^\s*$")
_HTML = (
    (re.compile(r"<(?:script|pre|style|textarea)(?:\s|>|$)", re.IGNORECASE),
     re.compile(r"</(?:script|pre|style|textarea)>", re.IGNORECASE)),
    (re.compile(r"<!--"), re.compile(r"-->")),
    (re.compile(r"<\?"), re.compile(r"\?>")),
    (re.compile(r"<![a-zA-Z]"), re.compile(r">")),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>")),
    (re.compile(rf"</?(?:{_BLOCK_TAGS})(?:\s|/?>|$)", re.IGNORECASE), _BLANK),
)  # fmt: skip
_LONE_TAG = re.compile(
    rf"(?:<[a-zA-Z][a-zA-Z0-9-]*(?:{_ATTRIBUTE})*\s*/?>|</[a-zA-Z][a-zA-Z0-9-]*\s*>)\s*$"
)


def read_markdown(data: bytes) -> Content:
    """Read the file's bytes, or raise :class:`Unreadable`."""
    text = decode(data)
    lines = text.split("\n")
    scanner = _Scanner()
    for number, line in enumerate(lines[(start := _front_matter(lines)) :], start + 1):
        scanner.line(line, number)
    scanner.end()
    return build(scanner.pieces, tuple(_marks(text)))


def _front_matter(lines: Sequence[str]) -> int:
    """Count the lines of a YAML head (front matter); a mere rule at the top is not one."""
    if lines[0].rstrip() != "---" or len(lines) < 2 or not _FRONT_KEY.match(lines[1]):
        return 0
    for number, line in enumerate(lines[1:], 2):
        if line.rstrip() in ("---", "..."):
            return number
    return 0


def _marks(text: str) -> list[Mark]:
    return [
        Mark(None, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at), "正文")
        for at in mark_places(text)
    ]


class _Scanner:
    """Follows the blocks of a document line by line."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self._headings = 0
        self._inside: list[int] = []
        """The containers around the line: 0 for a quotation, else the indent of a list item."""
        self._paragraph: list[str] = []
        self._begun = (0, 0)
        """Line and column of the open paragraph."""
        self._until: re.Pattern[str] | None = None
        """What ends the open code fence or HTML block."""
        self._is_code = False
        self._code = 0
        """Characters of the open code fence."""
        self._raw: list[str] = []
        """The lines of the open HTML block."""
        self._bare_item = 0
        """The line of a list item that begins with nothing: a blank line ends it."""

    def line(self, line: str, number: int) -> None:
        """Take the next line."""
        if not (self._inside or self._until) and line and line[0] not in _SPECIAL:
            if not self._paragraph:
                self._begun = (number, 1)
            self._paragraph.append(line)
            return
        if "\t" in line:
            line = line.expandtabs(4)
        rest, matched = self._match(line)
        if self._until:
            if matched == len(self._inside):
                self._verbatim(rest, self._until)
                return
            self._shut(matched)
        self._blocks(rest, number, matched)

    def end(self) -> None:
        """Close what the end of the file leaves open."""
        self._shut(0)

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
            if indent >= CODE_INDENT or body[0] not in _SPECIAL:
                break
            if body[0] == ">":
                self._shut(matched)
                self._inside.append(0)
                rest = body[2:] if body.startswith("> ") else body[1:]
            elif self._leaf(body, (number, indent + 1), matched):
                return
            else:
                width = self._item_width(body, matched)
                if not width:
                    break
                self._shut(matched)
                self._inside.append(indent + width)
                rest = body[width:]
                if not rest.strip():
                    self._bare_item = number
            matched += 1
        self._text(rest, number, matched)

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
        if first in "=-" and self._paragraph and matched == len(self._inside):
            if _SETEXT.match(body):
                self._setext(1 if first == "=" else 2)
                return True
        if first == "#" and (atx := _ATX.match(body)):
            self._shut(matched)
            self._heading(len(atx[0]), _atx_text(body[atx.end() :]), place)
            return True
        if first in "*-_" and _BREAK.match(body):
            self._shut(matched)
            return True
        if first in "`~" and (fence := _FENCE.match(body)):
            self._shut(matched)
            run = fence[1] or fence[2]
            self._until = re.compile(rf" {{0,3}}{first}{{{len(run)},}}[ \t]*$")
            self._is_code = True
            return True
        return first == "<" and self._html(body, matched)

    def _html(self, body: str, matched: int) -> bool:
        for start, until in _HTML:
            if start.match(body):
                break
        else:
            if self._paragraph or not _LONE_TAG.match(body):
                return False
            until = _BLANK
        self._shut(matched)
        self._until = until
        self._is_code = False
        self._verbatim(body, until)
        return True

    def _verbatim(self, rest: str, until: re.Pattern[str]) -> None:
        """Take a line of code or HTML; it may be the last one."""
        if not self._is_code:
            self._raw.append(rest)
            if until.search(rest):
                self._shut(len(self._inside))
        elif until.match(rest):
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
        if self._paragraph and matched == len(self._inside):
            if not text or (item[1] and int(item[1]) != 1):
                return 0
        blanks = len(after) - len(text)
        return item.end() + (blanks if text and blanks <= CODE_INDENT else 1)

    def _shut(self, matched: int) -> None:
        """Close the open block, and the containers that the line does not continue."""
        del self._inside[matched:]
        self._until = None
        if self._code:
            self.pieces.append(Piece("", length=self._code))
            self._code = 0
        lines = self._paragraph or self._raw
        if lines:
            self._add_text("\n".join(lines))
            lines.clear()

    def _add_text(self, raw: str) -> None:
        text, figures = measure(raw)
        self.pieces.append(Piece(text, figures=figures))

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
        self._headings += 1
        if self._headings > MOST_HEADINGS:
            raise Unreadable(
                Trouble.HUGE, f"文件过大：超过 {MOST_HEADINGS} 个标题，未读取。请核实文件是否正确。"
            )
        self.pieces.append(Piece(shown, level, line=place[0], column=place[1]))


def _atx_text(text: str) -> str:
    """Take blanks and the closing ``##`` off an ATX heading."""
    text = text.strip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else text
