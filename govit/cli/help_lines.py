"""折行：text in lines of so many columns, where a Chinese character takes two and may stand at the end of a line."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.width import width

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING, _CLOSING = "（《“‘「『【〔", "，。；：、！？）》”’」』】〕…"
"""What no line ends with, and what no line begins with."""
_WIDE = r"\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff"
_UNBROKEN = rf"`[^`]+`|[{_WIDE}]|[^\s`{_WIDE}{_OPENING}{_CLOSING}]+|`"
_PIECE = re.compile(rf"\s+|[{_OPENING}]*(?:{_UNBROKEN})?[{_CLOSING}]*")
"""A gap, or what is not broken: a Chinese character, a word or what stands in backticks, with the punctuation at it."""


def wrapped(text: str, columns: int) -> list[str]:
    """The lines of one paragraph; what is longer than a line is cut."""
    lines, line = [], ""
    for piece in _pieces(text, columns):
        if line and width(line) + width(piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str, columns: int) -> Iterator[str]:
    for found in _PIECE.finditer(text.strip()):
        piece = found[0]
        while width(piece) > columns:
            fits = next(n for n in range(len(piece), -1, -1) if width(piece[:n]) <= columns) or 1
            yield piece[:fits]
            piece = piece[fits:]
        yield piece


def padded(text: str, columns: int) -> str:
    """The text, with blanks up to a column."""
    return text + " " * (columns - width(text))
