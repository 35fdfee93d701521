"""Markdown 显示在终端上：a topic as plain text, its lines as long as the terminal is wide."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from govit.base.language import say
from govit.base.width import width
from govit.cli.help_lines import padded, wrapped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from markdown_it.token import Token

_NARROW, _BROAD = 50, 100
_INDENT, _CODE = "  ", "      "
_HEADS = {"h2": "■ ", "h3": "□ "}
_LEAST = 10
"""The narrowest that a column of a table becomes."""
_GAP = "  "
_CUT = ("⋮", "……")
"""What stands for lines left out; the first is in no Chinese console's code page."""
_CHINESE, _MARK = r"[\u3000-\u9fff\uff00-\uffef]", "[，。；：、！？（）《》]"
_BETWEEN_CHINESE = re.compile(rf"(?<={_CHINESE})\n(?={_CHINESE})|(?<={_MARK})\n|\n(?={_MARK})")
"""Where the lines of the file meet without a blank."""


def columns_of_terminal() -> int:
    """How wide lines may be."""
    return min(max(shutil.get_terminal_size().columns, _NARROW), _BROAD)


def listed(topics: Iterable[tuple[str, ...]], columns: int) -> str:
    """Every topic under both its names, with what it is about."""
    rows = [list(topic) for topic in topics]
    lines = [say("主题（govit help 主题）："), "", *_table(rows, _INDENT, columns), ""]
    closing = say("命令的选项用 govit 命令 --help 看；--lang en 显示英文。")
    return "\n".join([*lines, *wrapped(closing, columns)]) + "\n"


def as_text(markdown: str, columns: int) -> str:
    """A page of Markdown as text."""
    lines: list[str] = []
    listing = False
    for block, entry in _blocks(MarkdownIt("commonmark").enable("table").parse(markdown), columns):
        lines += block if not lines or (listing and entry) else ["", *block]
        listing = entry
    return "\n".join(lines) + "\n"


class _Lists:
    """The lists that a block stands in: their marks, a number for the next entry or a dash."""

    def __init__(self) -> None:
        self.marks: list[str] = []

    def see(self, token: Token) -> None:
        """Go into a list, out of one, or on to its next entry."""
        match token.type:
            case "ordered_list_open":
                self.marks.append(str(token.attrGet("start") or 1))
            case "bullet_list_open":
                self.marks.append("-")
            case "ordered_list_close" | "bullet_list_close":
                self.marks.pop()
            case "list_item_close" if self.marks[-1].isdigit():
                self.marks[-1] = str(int(self.marks[-1]) + 1)

    def head(self, *, first: bool) -> str:
        """What stands before a paragraph: its indent, and the mark at the first one of an entry."""
        if not self.marks:
            return _INDENT
        mark = f"{self.marks[-1]}. " if self.marks[-1].isdigit() else "- "
        return _INDENT * len(self.marks) + (mark if first else " " * len(mark))


def _blocks(tokens: Sequence[Token], columns: int) -> Iterator[tuple[list[str], bool]]:
    """The lines of every block, and whether it is an entry of a list, which stand close together."""
    lists = _Lists()
    rows: list[list[str]] = []
    for n, token in enumerate(tokens):
        lists.see(token)
        match token.type:
            case "heading_open":
                yield _paragraph(tokens[n + 1], _HEADS.get(token.tag, ""), columns), False
            case "paragraph_open":
                head = lists.head(first=tokens[n - 1].type == "list_item_open")
                yield _paragraph(tokens[n + 1], head, columns), bool(lists.marks)
            case "fence":
                yield _program(token), False
            case "tr_open":
                rows.append([])
            case "th_open" | "td_open":
                rows[-1].append(_inline(tokens[n + 1]))
            case "table_close":
                yield _table(rows, _INDENT, columns), False
                rows = []


def _paragraph(token: Token, head: str, columns: int) -> list[str]:
    first, *more = wrapped(_inline(token), columns - width(head))
    return [head + first, *(" " * width(head) + line for line in more)]


def _program(token: Token) -> list[str]:
    if token.info == "mermaid":
        return [_INDENT + say("（这里是一张流程图，由 govit route --format mermaid 画出）")]
    return [(_CODE + line.replace(*_CUT)).rstrip() for line in token.content.splitlines()]


def _inline(token: Token) -> str:
    """The words of a paragraph, without what only a browser needs."""
    shown = ""
    for child in token.children or ():
        match child.type:
            case "text":
                shown += child.content
            case "code_inline":
                shown += f"`{child.content}`"
            case "softbreak":
                shown += "\n"
            case "image":
                shown += say("（图：{}）").format(child.content)
    return _BETWEEN_CHINESE.sub("", shown).replace("\n", " ")


def _table(rows: Sequence[Sequence[str]], indent: str, columns: int) -> list[str]:
    """Cells under one another; the broadest column gives way until a row fits."""
    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    while sum(widths) + len(_GAP) * (len(widths) - 1) > columns - len(indent) and max(widths) > _LEAST:
        widths[widths.index(max(widths))] -= 1
    lines = []
    for row in rows:
        cells = [wrapped(cell, w) for cell, w in zip(row, widths, strict=True)]
        for n in range(max(map(len, cells))):
            parts = [padded(cell[n] if n < len(cell) else "", w) for cell, w in zip(cells, widths, strict=True)]
            lines.append((indent + _GAP.join(parts)).rstrip())
    return lines
