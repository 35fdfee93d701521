"""Read one file of a project: record it, and look inside if its format is known.

Nothing in a file is a reason to fail: whatever is wrong with it is an answer for the clerk.
"""

from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING, NoReturn

from govit.base.files import LARGEST_FILE, open_regular, reason
from govit.documents.content import Content, Reading, Trouble, Unreadable

if TYPE_CHECKING:
    from io import BufferedReader
    from pathlib import Path

MARKDOWN = (".md", ".markdown")
WORD = (".docx", ".docm")
OTHER_WORD = (".doc", ".wps", ".rtf", ".odt")
"""What Word, WPS and other office programs write besides; one is often saved under the name of another."""
PRINTED = (".pdf", ".ofd")
READ = (*MARKDOWN, *WORD, *OTHER_WORD, *PRINTED)
"""All that is looked into."""
TEMPLATES = (".dotx", ".dotm", ".dot", ".wpt")
LARGEST_TEXT = 20_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RTF = b"{\\rtf"
_ODT = b"application/vnd.oasis.opendocument.text"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OTHER_FORMATS = (
    (b"%PDF", "PDF"),
    (b"{\\rtf", "RTF"),
    (b"\x89PNG", "PNG 图片"),
    (b"\xff\xd8\xff", "JPEG 图片"),
    (b"<!DOCTYPE html", "网页"),
    (b"<html", "网页"),
    (b"<?xml", "XML 文件（Word 2003 XML 或网页）"),
    (b"Rar!", "RAR 压缩包"),
    (b"7z\xbc\xaf", "7z 压缩包"),
)


_TELL = "请把文件和这句话一起发给 govit 的维护者（涉密、敏感的文件不要发），并先用 Word 或 WPS 另存一份再试"


def read(path: Path) -> Reading:
    """Read a file; what is in READ is looked into, anything else is recorded."""
    try:
        with open_regular(path) as file:
            return _read_open(file, path.suffix.lower())
    except OSError as error:
        if error.errno == errno.EINVAL:
            return Reading(None, None, Trouble.DAMAGED, "不是普通文件，无法读取", "请换成文件本身")
        return Reading(None, None, Trouble.DAMAGED, f"文件打不开：{reason(error)}", "请检查文件是否存在、是否有读取权限")


def _read_open(file: BufferedReader, suffix: str) -> Reading:
    size = os.fstat(file.fileno()).st_size
    if size > LARGEST_FILE:
        what = f"文件过大：{size // 1_000_000_000} GB，超过 {LARGEST_FILE // 1_000_000_000} GB，未读取"
        return Reading(size, None, Trouble.HUGE, what, "请核实文件是否正确；确需报送的，压缩图片或拆分后分别放入")
    try:
        return Reading(size, _content(file, size, suffix), None)
    except Unreadable as answer:
        return Reading(size, None, answer.trouble, answer.what, answer.remedy)
    except OSError:
        raise
    except Exception as error:  # noqa: BLE001  (one file's fault, and govit's own, must not take the other files along)
        what = f"govit 读取这个文件时自己出了错（{type(error).__name__} {_place(error)}），文件内容没有检查，其他文件不受影响"
        return Reading(size, None, Trouble.FAULT, what, _TELL)


def _place(error: Exception) -> str:
    """Say where in govit an error was raised, without a word of the file."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{os.path.basename(trace.tb_frame.f_code.co_filename)}:{trace.tb_lineno}" if trace else "?"


def _content(file: BufferedReader, size: int, suffix: str) -> Content:
    if not size:
        raise Unreadable(Trouble.EMPTY, "文件是空的（0 字节）", "请重新放入内容完整的文件")
    if suffix in WORD:
        return _word(file, size)
    if suffix in MARKDOWN:
        return _markdown(file, size)
    if suffix in OTHER_WORD:
        return _other_word(file, size, suffix)
    if suffix in PRINTED:
        return _printed(file, size, suffix)
    if suffix in TEMPLATES:
        raise Unreadable(
            Trouble.UNSUPPORTED,
            f"这是 Word 或 WPS 的模板（{suffix[1:]}），不是文档，没有读取",
            "请用 Word 或 WPS 打开模板，另存为 docx 后放入",
        )
    raise Unreadable(
        Trouble.UNSUPPORTED,
        "只登记文件大小和校验值，不读取内容",
        "需要检查篇章时，请另附 docx 或 md 文件",
    )


def _other_word(file: BufferedReader, size: int, suffix: str) -> Content:
    """Read what an office program wrote, by what it is and not by its name."""
    head = file.read(512)
    file.seek(0)
    if head.startswith(_OLE):
        from govit.documents.oldword.read import read_old_word

        return read_old_word(file, size)
    if head.startswith(b"PK"):
        if _ODT in head:
            from govit.documents.odt import read_odt

            return read_odt(file, size)
        return _word(file, size)
    if head.lstrip().startswith(_RTF):
        from govit.documents.rtf import read_rtf

        return read_rtf(file, size)
    _refuse_other(head, suffix)
    raise Unreadable(
        Trouble.UNSUPPORTED,
        f"不是有效的 {suffix[1:]} 文件，可能已损坏或改过扩展名，没有读取",
        "请用 Word 或 WPS 打开修复后另存为 docx",
    )


def _printed(file: BufferedReader, size: int, suffix: str) -> Content:
    if suffix == ".ofd":
        from govit.documents.ofd.read import read_ofd

        return read_ofd(file, size)
    from govit.documents.pdf.read import read_pdf

    return read_pdf(file, size)


def _refuse_other(head: bytes, suffix: str) -> None:
    """Refuse a file that is something else than its name says."""
    for magic, name in _OTHER_FORMATS:
        if head.lstrip(b"\xef\xbb\xbf \r\n").lower().startswith(magic.lower()):
            raise Unreadable(
                Trouble.UNSUPPORTED,
                f"扩展名是 {suffix[1:]}，内容却是{name}，没有读取",
                "请用 Word 或 WPS 另存为 docx",
            )


def _word(file: BufferedReader, size: int) -> Content:
    head = file.read(512)
    if head.startswith(_OLE):
        _refuse_ole(file)
    if not head.startswith(b"PK"):
        _refuse_other(head, ".docx")
        raise Unreadable(
            Trouble.DAMAGED,
            "不是有效的 docx 文件（不是 zip 压缩包），可能已损坏或改过扩展名",
            "请用 Word 或 WPS 打开修复后另存为 docx",
        )
    from govit.documents.docx import read_docx

    return read_docx(file, size)


def _refuse_ole(file: BufferedReader) -> NoReturn:
    """Tell an encrypted docx from an old Word file: both are OLE compound files (复合文档)."""
    file.seek(0)
    tail = b""
    while chunk := file.read(1 << 20):
        if _ENCRYPTED_PACKAGE in tail + chunk:
            raise Unreadable(
                Trouble.ENCRYPTED,
                "文件设有打开密码，无法读取",
                "请在 Word 或 WPS 中取消密码后重新保存",
            )
        tail = chunk[-len(_ENCRYPTED_PACKAGE) :]
    raise Unreadable(
        Trouble.UNSUPPORTED,
        "扩展名是 docx，内容却是旧版 doc 或 wps 格式，没有读取",
        "请用 Word 或 WPS 另存为 docx",
    )


def _markdown(file: BufferedReader, size: int) -> Content:
    if size > LARGEST_TEXT:
        raise Unreadable(
            Trouble.HUGE,
            f"文件过大：{size // 1_000_000} MB 的文本，超过 {LARGEST_TEXT // 1_000_000} MB，未读取",
            "请核实文件是否正确",
        )
    from govit.documents.markdown import read_markdown

    return read_markdown(file.read(LARGEST_TEXT + 1))
