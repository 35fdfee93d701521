"""Decode a text file: UTF-8, or an answer that names the encoding (编码) it seems to have."""

from __future__ import annotations

import codecs
from typing import NoReturn

from govit.documents.content import Trouble, Unreadable

_WIDE = ((codecs.BOM_UTF32_LE, "UTF-32"), (codecs.BOM_UTF32_BE, "UTF-32"),
         (codecs.BOM_UTF16_LE, "UTF-16"), (codecs.BOM_UTF16_BE, "UTF-16"))  # fmt: skip


def decode(data: bytes) -> str:
    """Decode UTF-8, with or without a byte order mark; line ends become line feeds."""
    for mark, name in _WIDE:
        if data.startswith(mark):
            _refuse(name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(_guess(data))
    if "\0" in text:
        _refuse(_guess(data))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text


def _guess(data: bytes) -> str:
    """Name the encoding of text that is not UTF-8: the legacy one that it fits."""
    nulls = data.count(0)
    if nulls:
        return "UTF-16" if nulls * 5 > len(data) and len(data) % 2 == 0 else ""
    for name, codec in (("GBK", "gbk"), ("GB18030", "gb18030"), ("Big5", "big5")):
        try:
            data.decode(codec)
        except UnicodeDecodeError:
            continue
        return name
    return ""


def _refuse(name: str) -> NoReturn:
    if not name:
        raise Unreadable(
            Trouble.ENCODING,
            "不是 UTF-8 编码的文本，也认不出是哪种编码，可能不是文本文件",
            "请另存为 UTF-8 编码的文件",
        )
    raise Unreadable(
        Trouble.ENCODING,
        f"文件是 {name} 编码，govit 只读 UTF-8",
        "请在编辑器中用“另存为”或“通过编码保存”改为 UTF-8",
    )
