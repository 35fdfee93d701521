"""文件信息块：the head of a Word file: what kind it is, and where everything stands ([MS-DOC] 2.5)."""

from __future__ import annotations

import struct
from typing import NamedTuple

from govit.documents.content import Trouble, Unreadable
from govit.documents.oldword.limits import damaged

SHORTEST = 898
"""Bytes of the head of a file of Word 97."""
_WORD_97 = 193
_MAGIC = (0xA5EC,)
_OLDER = (0xA5DB, 0xA5DC, 0xA59B, 0xA59C, 0xFE37)
_ENCRYPTED, _SECOND_TABLE = 0x0100, 0x0200
_PLACES = 154
"""Where the list of places and lengths begins."""
STYLES, CHARACTERS, PARAGRAPHS, FONTS, PIECES, LISTS, LIST_OVERRIDES = 1, 12, 13, 15, 33, 73, 74
_COUNTS = 76


class FileHead(NamedTuple):
    """What the head of the file says."""

    table: str
    """The stream that holds everything but the text."""
    lengths: tuple[int, ...]
    """Characters of the text, the footnotes, the headers, (nothing), the comments, the endnotes, the text boxes, those of headers."""
    places: tuple[tuple[int, int], ...]
    """Where in the table stream each structure begins, and how long it is."""


def read_head(data: bytes) -> FileHead:
    """Read the head, or raise :class:`Unreadable` for what no program of this century wrote."""
    if len(data) < 32:  # noqa: PLR2004
        damaged("文件没有内容")
    magic, version = struct.unpack_from("<HH", data)
    (flags,) = struct.unpack_from("<H", data, 10)
    if magic in _OLDER or (magic in _MAGIC and version < _WORD_97):
        raise Unreadable(
            Trouble.UNSUPPORTED,
            "这是 Word 95 或更早的文件，没有读取",
            "请用 Word 或 WPS 打开，另存为 docx 后放入",
        )
    if magic not in _MAGIC:
        damaged("不是 Word 文件")
    if flags & _ENCRYPTED:
        raise Unreadable(Trouble.ENCRYPTED, "文件设有打开密码，无法读取", "请在 Word 或 WPS 中取消密码后重新保存")
    if len(data) < SHORTEST:
        damaged("文件头不完整")
    lengths = struct.unpack_from("<8i", data, _COUNTS)
    if any(length < 0 for length in lengths):
        damaged("文件头有错误")
    places = tuple(struct.iter_unpack("<II", data[_PLACES : _PLACES + 8 * 93]))
    return FileHead("1Table" if flags & _SECOND_TABLE else "0Table", lengths, places)
