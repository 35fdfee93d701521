"""Markdown 章节：what an author writes, as the blocks that a report is made of. Pure; nothing is fetched or run.

HTML is left out, comments with it: the hints of a chapter skeleton never reach a report.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from markdown_it import MarkdownIt

from govit.documents.names import unnumbered

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markdown_it.token import Token

DEEPEST = 4
"""Levels of headings that a report numbers: 一、（一）1.（1）."""
_INSERT = re.compile(r"<!--\s*govit\s*[:：]\s*([^\s<]+?)\s*-->")


class Run(NamedTuple):
    """文字 of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False


Runs = tuple[Run, ...]


class MarkdownHeading(NamedTuple):
    """标题, without its number; `line` counts from 1."""

    level: int
    text: str
    line: int
    numbered: bool = False


class MarkdownParagraph(NamedTuple):
    """段落. `look` is text, quote or code."""

    runs: Runs
    look: str = "text"


class Item(NamedTuple):
    """列表项. `number` is None under a bullet; `depth` counts from 0."""

    runs: Runs
    number: int | None
    depth: int


class MarkdownTable(NamedTuple):
    """表格; the first row is its header."""

    rows: tuple[tuple[Runs, ...], ...]


class Figure(NamedTuple):
    """图."""

    path: str
    caption: str
    line: int


class TableMark(NamedTuple):
    """插入：a table of project.yaml, asked for by <!-- govit: 概算表 -->."""

    name: str
    line: int


Block = MarkdownHeading | MarkdownParagraph | Item | MarkdownTable | Figure | TableMark


def parse(text: str) -> tuple[Block, ...]:
    """The blocks of one file, in order."""
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return tuple(_Stream(tokens).blocks())


class _Stream:
    """Walks through the tokens of a file, and knows in which lists and quotes it stands."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.lists: list[int | None] = []
        """The lists around a token: the number of the next item, None under bullets."""
        self.quoted = 0

    def blocks(self) -> Iterator[Block]:
        """Every block, in order."""
        table: list[Token] | None = None
        for at, token in enumerate(self.tokens):
            if token.type == "table_open":
                table = []
            elif token.type == "table_close":
                yield MarkdownTable(tuple(_rows(table or [])))
                table = None
            elif table is not None:
                table.append(token)
            elif token.type == "inline":
                yield from self._inline(at)
            else:
                self._structure(token)
                yield from _literal(token)

    def _structure(self, token: Token) -> None:
        match token.type:
            case "bullet_list_open":
                self.lists.append(None)
            case "ordered_list_open":
                self.lists.append(int(token.attrGet("start") or 1))
            case "bullet_list_close" | "ordered_list_close":
                self.lists.pop()
            case "blockquote_open":
                self.quoted += 1
            case "blockquote_close":
                self.quoted -= 1

    def _inline(self, at: int) -> Iterator[Block]:
        token, opened = self.tokens[at], self.tokens[at - 1]
        line = (token.map[0] if token.map else 0) + 1
        if opened.type == "heading_open":
            yield from _heading(int(opened.tag[1]), token, line)
            return
        runs = _runs(token)
        if "".join(run.text for run in runs).strip():
            yield (
                self._item(runs)
                if self._opens_item(at)
                else MarkdownParagraph(runs, "quote" if self.quoted else "text")
            )
        for child in token.children or []:
            if child.type == "image":
                yield Figure(unquote(str(child.attrGet("src") or "")), child.content.strip(), line)
            elif child.type == "html_inline":
                yield from _inserts(child.content, line)

    def _opens_item(self, at: int) -> bool:
        """Whether a paragraph is the first of a list item."""
        return at > 1 and self.tokens[at - 2].type == "list_item_open"

    def _item(self, runs: Runs) -> Item:
        number = self.lists[-1]
        if number is not None:
            self.lists[-1] = number + 1
        return Item(runs, number, len(self.lists) - 1)


def _literal(token: Token) -> Iterator[Block]:
    """What stands in a block of its own: code as it is, HTML only for what it asks govit to put in."""
    if token.type in ("fence", "code_block"):
        yield from (MarkdownParagraph((Run(row, code=True),), "code") for row in token.content.rstrip("\n").split("\n"))
    elif token.type == "html_block":
        yield from _inserts(token.content, (token.map[0] if token.map else 0) + 1)


def _inserts(html: str, line: int) -> Iterator[TableMark]:
    return (TableMark(found[1], line) for found in _INSERT.finditer(html))


def _heading(level: int, inline: Token, line: int) -> Iterator[Block]:
    words = "".join(run.text for run in _runs(inline))
    text = unnumbered(words) or words.strip()
    if text and level > DEEPEST:
        yield MarkdownParagraph((Run(text, bold=True),))
    elif text:
        yield MarkdownHeading(level, text, line, numbered=text != words.strip())


def _rows(tokens: Sequence[Token]) -> Iterator[tuple[Runs, ...]]:
    row: list[Runs] = []
    for token in tokens:
        if token.type == "tr_open":
            row = []
        elif token.type == "inline":
            row.append(_runs(token))
        elif token.type == "tr_close":
            yield tuple(row)


_EMPHASIS = {"strong_open": (1, 0), "strong_close": (-1, 0), "em_open": (0, 1), "em_close": (0, -1)}


def _runs(inline: Token) -> Runs:
    """The text of a paragraph; a link keeps its address behind its words, a line end is a blank or nothing."""
    runs: list[Run] = []
    bold = italic = 0
    href = ""
    for child in inline.children or []:
        more = _EMPHASIS.get(child.type, (0, 0))
        bold, italic = bold + more[0], italic + more[1]
        text = _text_of(child, runs, href)
        if text:
            runs.append(Run(text, bool(bold), bool(italic), code=child.type == "code_inline"))
        if child.type == "link_open":
            href = unquote(str(child.attrGet("href") or ""))
    return tuple(runs)


def _text_of(child: Token, before: Sequence[Run], href: str) -> str:
    match child.type:
        case "text" | "code_inline":
            return child.content
        case "hardbreak":
            return "\n"
        case "softbreak":
            return _joint(before)
        case "link_close":
            return f"（{href}）" if href and not (before and href in before[-1].text) else ""
    return ""


def _joint(runs: Sequence[Run]) -> str:
    """Between two lines of one paragraph: nothing after Chinese, a blank after Latin."""
    last = runs[-1].text[-1:] if runs else ""
    return " " if last.isascii() else ""


# -- several files as one report -------------------------------------------------------------------


def levelled(files: Sequence[tuple[Block, ...]]) -> list[tuple[Block, ...]]:
    """Headings as chapters from level 1 on, whichever level the author began with.

    A file that begins with its only heading of the highest level and has more below it bears its own title
    there, if it is the only file and the heading has no number; of several files each is a chapter.
    """
    if len(files) == 1 and _has_title(files[0]):
        first = next(block for block in files[0] if isinstance(block, MarkdownHeading))
        files = [tuple(block for block in files[0] if block is not first)]
    tops = [min((b.level for b in file if isinstance(b, MarkdownHeading)), default=1) for file in files]
    return [tuple(_raised(block, top - 1) for block in file) for file, top in zip(files, tops, strict=True)]


def _has_title(blocks: Sequence[Block]) -> bool:
    headings = [block for block in blocks if isinstance(block, MarkdownHeading)]
    if not headings or headings[0] is not blocks[0] or headings[0].numbered:
        return False
    top = headings[0].level
    rest = headings[1:]
    return bool(rest) and all(heading.level > top for heading in rest)


def _raised(block: Block, by: int) -> Block:
    return block._replace(level=block.level - by) if isinstance(block, MarkdownHeading) else block


def empty_headings(blocks: Sequence[Block]) -> list[MarkdownHeading]:
    """Headings with nothing below them: neither text nor a deeper heading."""
    found = []
    for at, block in enumerate(blocks):
        if not isinstance(block, MarkdownHeading):
            continue
        following = blocks[at + 1] if at + 1 < len(blocks) else None
        if following is None or (isinstance(following, MarkdownHeading) and following.level <= block.level):
            found.append(block)
    return found
