"""属性：what a row of single properties (Prl, Sprm) says of a paragraph or a run ([MS-DOC] 2.2.5, 2.6)."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.documents.oldword.limits import Work

STYLE, OUTLINE, LIST, LIST_LEVEL, IN_TABLE, ROW_END = 0x4600, 0x2640, 0x460B, 0x260A, 0x2416, 0x2417
BOLD, SIZE, HIDDEN, DELETED, FONT_ASIA, CHARACTER_STYLE, SPECIAL = 0x0835, 0x4A43, 0x083C, 0x0800, 0x4A50, 0x4A30, 0x0855
SYMBOL = 0x6A09
_SIZES = (1, 1, 2, 4, 2, 2, 0, 3)
"""Bytes of an operand, by the last three bits of the code; 0: it says so itself."""
_TABLE_CODES = (0xD608, 0xD606)
"""Their length has two bytes."""
_TABS = 0xC615
_WHOLE = 255
MOST = 400
"""Properties in one row; Word writes some dozens at most."""


def properties(row: bytes, work: Work) -> Iterator[tuple[int, int]]:
    """Give each property with its value; one that is longer than four bytes comes without."""
    at = 0
    for _ in range(MOST):
        if at + 2 > len(row):
            return
        work.pay(1)
        (code,) = struct.unpack_from("<H", row, at)
        at += 2
        size = _SIZES[code >> 13]
        if not size:
            size = _length(row, at, code)
            yield code, 0
        else:
            yield code, int.from_bytes(row[at : at + size], "little")
        at += size


def _length(row: bytes, at: int, code: int) -> int:
    """How long an operand of its own length is, that length included."""
    if code in _TABLE_CODES:
        return int.from_bytes(row[at : at + 2], "little") + 1
    length = row[at] if at < len(row) else 0
    if code == _TABS and length == _WHOLE:
        deleted = row[at + 1] if at + 1 < len(row) else 0
        added = at + 2 + 4 * deleted
        return 3 + 4 * deleted + 3 * (row[added] if added < len(row) else 0)
    return length + 1


def is_on(value: int, *, inherited: bool | None) -> bool | None:
    """Read a switch: on, off, as the style says (128), or the other way round (129)."""
    match value:
        case 0:
            return False
        case 1:
            return True
        case 129:
            return not inherited
        case _:
            return None
