"""样式表：the styles of a Word file ([MS-DOC] 2.4.6 and 2.9.271), as the docx reader knows them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from govit.documents.oldword.properties import (
    BOLD,
    FONT_ASIA,
    HIDDEN,
    LIST,
    LIST_LEVEL,
    OUTLINE,
    SIZE,
    is_on,
    properties,
)  # fmt: skip
from govit.documents.paragraph import BODY_TEXT
from govit.documents.styles import MOST_ANCESTORS, Style, Styles, level_of_name

if TYPE_CHECKING:
    from govit.documents.oldword.limits import Work

MOST_STYLES = 4095
_NO_STYLE = 0xFFF
_PARAGRAPH, _CHARACTER = 1, 2
_HEADINGS, _CONTENTS = range(1, 10), (*range(19, 28), 35, 268)
"""Built-in styles by their numbers: 标题 1 to 9; 目录 1 to 9, 图表目录 and 目录标题."""
_LONGEST_NAME = 255
_DEFAULT_SIZE = 20


class _WrittenStyle(NamedTuple):
    """A style as written."""

    name: str
    number: int
    kind: int
    based_on: int
    paragraph: bytes
    run: bytes


def read_styles(data: bytes, fonts: list[str], work: Work) -> Styles:
    """Read the style sheet; each style is known by its place, as text."""
    raws = _raws(data)
    done: dict[int, Style] = {}
    for first in raws:
        chain: dict[int, None] = {}
        at = first
        while at in raws and at not in done and at not in chain:
            chain[at] = None
            at = raws[at].based_on
        for one in reversed(chain):
            raw = raws[one]
            done[one] = _inherit(one, raw, done.get(raw.based_on, Style()), fonts, work)
    default = done.get(0, Style())
    return Styles({str(at): style for at, style in done.items()}, default, Style(size=_DEFAULT_SIZE))


def _raws(data: bytes) -> dict[int, _WrittenStyle]:
    if len(data) < 6:  # noqa: PLR2004
        return {}
    head, count, base = struct.unpack_from("<HHH", data)
    at, found = 2 + head, dict[int, _WrittenStyle]()
    for number in range(min(count, MOST_STYLES)):
        if at + 2 > len(data):
            break
        (size,) = struct.unpack_from("<H", data, at)
        std = data[at + 2 : at + 2 + size]
        at += 2 + size
        if len(std) >= max(base, 10) + 2:
            found[number] = _raw(std, base)
    return found


def _raw(std: bytes, base: int) -> _WrittenStyle:
    number, kind, parts = struct.unpack_from("<HHH", std)
    (length,) = struct.unpack_from("<H", std, base)
    begin = base + 2
    name = std[begin : begin + 2 * min(length, _LONGEST_NAME)].decode("utf-16-le", "replace")
    at = begin + 2 * length + 2
    rows: list[bytes] = []
    for _ in range(min(parts & 15, 3)):
        at += at % 2
        if at + 2 > len(std):
            break
        (size,) = struct.unpack_from("<H", std, at)
        rows.append(std[at + 2 : at + 2 + size])
        at += 2 + size
    kind &= 15
    based_on = struct.unpack_from("<H", std, 2)[0] >> 4
    paragraph = rows[0][2:] if kind == _PARAGRAPH and rows else b""
    run = rows[1] if kind == _PARAGRAPH and len(rows) > 1 else rows[0] if kind == _CHARACTER and rows else b""
    return _WrittenStyle(name, number & 0xFFF, kind, based_on if based_on != _NO_STYLE else -1, paragraph, run)


def _inherit(at: int, raw: _WrittenStyle, parent: Style, fonts: list[str], work: Work) -> Style:
    named = level_of_name(raw.name.casefold()) if raw.kind == _PARAGRAPH else None
    style = parent._replace(
        name=raw.name.casefold(),
        level=raw.number if raw.kind == _PARAGRAPH and raw.number in _HEADINGS else named or parent.level,
        contents=parent.contents or (raw.kind == _PARAGRAPH and raw.number in _CONTENTS),
        ancestors=(str(at), *parent.ancestors[: MOST_ANCESTORS - 1]),
    )
    for code, value in properties(raw.paragraph, work):
        if code == OUTLINE:
            style = style._replace(level=value + 1 if value < BODY_TEXT else 0)
        elif code == LIST:
            style = style._replace(number=str(value))
        elif code == LIST_LEVEL:
            style = style._replace(number_level=value)
    for code, value in properties(raw.run, work):
        if code == BOLD:
            style = style._replace(bold=is_on(value, inherited=parent.bold))
        elif code == SIZE:
            style = style._replace(size=value)
        elif code == HIDDEN:
            style = style._replace(hidden=is_on(value, inherited=parent.hidden))
        elif code == FONT_ASIA and value < len(fonts):
            style = style._replace(font=fonts[value])
    return style


def read_fonts(data: bytes) -> list[str]:
    """Read the names of the fonts ([MS-DOC] 2.9.286 and 2.9.82)."""
    if len(data) < 4:  # noqa: PLR2004
        return []
    count, extra = struct.unpack_from("<HH", data)
    at, names = 4, list[str]()
    for _ in range(count):
        if at >= len(data):
            break
        size = data[at]
        name = data[at + 40 : at + 1 + size].decode("utf-16-le", "replace").partition("\0")[0]
        names.append(name.casefold())
        at += 1 + size + extra
    return names
