"""编号列表：the lists of a Word file ([MS-DOC] 2.9.131 to 2.9.151), as the docx reader counts them."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from govit.documents.numbering import LEVELS, Level, Number

if TYPE_CHECKING:
    from govit.documents.numbering import Numbering

MOST_LISTS = 4_000
_LIST, _OVERRIDE, _LEVEL = 28, 16, 28
_NUMERALS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal", 10: "ideographDigital",
    11: "japaneseCounting", 14: "decimalFullWidth", 18: "decimalEnclosedCircle", 22: "decimalZero", 23: "bullet",
    30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting", 34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting", 38: "chineseLegalSimplified",
    39: "chineseCountingThousand", 255: "bullet",
}  # fmt: skip
_BETWEEN = ("tab", "space", "nothing")
_LONGEST_PATTERN = 60


class _Read(NamedTuple):
    """A level, and where the next one begins."""

    level: Level
    end: int


def read_lists(table: bytes, lists: tuple[int, int], overrides: tuple[int, int]) -> Numbering:
    """Read all lists, by the number with which a paragraph names them."""
    levels = _levels(table, *lists)
    at, length = overrides
    if length < 4 or at + 4 > len(table):  # noqa: PLR2004
        return {}
    (count,) = struct.unpack_from("<I", table, at)
    count = min(count, MOST_LISTS, (len(table) - at - 4) // _OVERRIDE)
    names = [struct.unpack_from("<I", table, at + 4 + _OVERRIDE * one)[0] for one in range(count)]
    changed = [table[at + 4 + _OVERRIDE * one + 12] for one in range(count)]
    at += 4 + _OVERRIDE * count
    found: dict[str, Number] = {}
    for number, (name, several) in enumerate(zip(names, changed, strict=True), 1):
        own = list(levels.get(name, ())) or [Level()] * LEVELS
        starts: dict[int, int] = {}
        at += 4
        for _ in range(min(several, LEVELS)):
            if at + 8 > len(table):
                break
            start, flags = struct.unpack_from("<iI", table, at)
            at += 8
            level = flags & 15
            if flags & 0x20 and (read := _level(table, at)) is not None:
                at = read.end
                if level < LEVELS:
                    own[level] = read.level
            if flags & 0x10 and level < LEVELS:
                starts[level] = start
        found[str(number)] = Number(str(name), tuple(own), starts)
    return found


def _levels(table: bytes, at: int, length: int) -> dict[int, tuple[Level, ...]]:
    """Read the levels of each list; they stand behind the lists themselves."""
    if length < 2 or at + 2 > len(table):  # noqa: PLR2004
        return {}
    (count,) = struct.unpack_from("<H", table, at)
    count = min(count, MOST_LISTS, (len(table) - at - 2) // _LIST)
    heads = [(struct.unpack_from("<I", table, at + 2 + _LIST * one)[0], table[at + 2 + _LIST * one + 26] & 1) for one in range(count)]
    at += length
    found: dict[int, tuple[Level, ...]] = {}
    for name, simple in heads:
        levels: list[Level] = []
        for _ in range(1 if simple else LEVELS):
            read = _level(table, at)
            if read is None:
                return found
            levels.append(read.level)
            at = read.end
        found[name] = (*levels, *[Level()] * (LEVELS - len(levels)))
    return found


def _level(table: bytes, at: int) -> _Read | None:
    if at + _LEVEL + 2 > len(table):
        return None
    start, numerals, flags = struct.unpack_from("<iBB", table, at)
    between, runs, paragraphs, limit = table[at + 15], table[at + 24], table[at + 25], table[at + 26]
    at += _LEVEL + runs + paragraphs
    if at + 2 > len(table):
        return None
    (length,) = struct.unpack_from("<H", table, at)
    text = table[at + 2 : at + 2 + 2 * min(length, _LONGEST_PATTERN)].decode("utf-16-le", "replace")
    pattern = "".join(f"%{ord(one) + 1}" if ord(one) < LEVELS else one for one in text)
    level = Level(
        start=start,
        numerals=_NUMERALS.get(numerals, "decimal"),
        pattern=pattern,
        restart=limit if flags & 8 else None,
        between=_BETWEEN[between] if between < len(_BETWEEN) else "tab",
        arabic=bool(flags & 4),
    )
    return _Read(level, at + 2 + 2 * length)
