"""Open a docx as what it is, a zip file from a stranger, and hand out its parts piecemeal."""

from __future__ import annotations

import struct
import zipfile
import zlib
from copy import copy
from typing import IO, TYPE_CHECKING, NoReturn

from govit.documents.content import Trouble, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST_PART = 50_000_000
"""Bytes of XML in one part; a 1000-page report has about 10 MB."""
LARGEST_TOTAL = 100_000_000
"""Bytes of all parts that are read."""
LARGEST_ENTRY = 500_000_000
"""Bytes that any entry may claim to unpack to, pictures included."""
MOST_ENTRIES = 10_000
CHUNK = 1 << 16

_END = struct.Struct("<4s4H2LH")
_END64 = struct.Struct("<4sQ2H2L4Q")
_LOCATOR = struct.Struct("<4sLQL")
_LARGEST_DIRECTORY = MOST_ENTRIES * 400


class Package:
    """The parts of one docx file."""

    def __init__(self, file: IO[bytes], size: int, most: int = LARGEST_TOTAL) -> None:
        """Read the directory of the zip file, or raise :class:`Unreadable`; `most` bytes are unpacked of it."""
        _check_directory(file, size)
        try:
            self._zip = zipfile.ZipFile(file)
        except (zipfile.BadZipFile, OSError, ValueError, struct.error, NotImplementedError) as error:
            _damaged("压缩包目录读不出来", error)
        self._most = self._left = most
        self._entries = {info.filename.replace("\\", "/").lstrip("/"): info for info in self._zip.infolist()}
        for info in self._entries.values():
            if info.flag_bits & 1:
                raise Unreadable(
                    Trouble.ENCRYPTED,
                    "文件已加密（压缩包加了密码），无法读取",
                    "请解除密码后重新保存",
                )
            if info.file_size > LARGEST_ENTRY:
                _huge(info.filename, f"声明解压后有 {info.file_size // 1_000_000} MB")

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    @property
    def unpacked(self) -> int:
        """The bytes that were unpacked so far."""
        return self._most - self._left

    def names(self) -> list[str]:
        """The names of all parts, in the order of the file."""
        return list(self._entries)

    def chunks(self, name: str) -> Iterator[bytes]:
        """Unpack a part, never more than the limit, whatever size the entry declares."""
        info = self._entries[name]
        if info.file_size > LARGEST_PART:
            _huge(name, f"声明解压后有 {info.file_size // 1_000_000} MB")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            _damaged(f"{name} 使用了 Word 不用的压缩方法", None)
        entry = copy(info)
        entry.file_size = 2 * LARGEST_PART  # what it declares is not believed
        left = LARGEST_PART
        try:
            with self._zip.open(entry) as stream:
                while chunk := stream.read(CHUNK):
                    left -= len(chunk)
                    self._left -= len(chunk)
                    if left < 0:
                        _huge(name, f"解压后超过 {LARGEST_PART // 1_000_000} MB")
                    if self._left < 0:
                        _huge(name, f"连同此前所有部件，解压后超过 {self._most // 1_000_000} MB")
                    yield chunk
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, struct.error) as error:
            _damaged(f"{name} 解压失败", error)
        except (NotImplementedError, RuntimeError, ValueError) as error:  # zipfile: of a method, a password, a header
            _damaged(f"{name} 读不出来", error)

    def size(self, name: str) -> int:
        """The bytes that a part declares to unpack to."""
        return self._entries[name].file_size

    def read(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """Unpack a part as a whole."""
        chunks, size = [], 0
        for chunk in self.chunks(name):
            chunks.append(chunk)
            size += len(chunk)
            if size > limit:
                _huge(name, f"解压后超过 {limit // 1_000_000} MB")
        return b"".join(chunks)


def _check_directory(file: IO[bytes], size: int) -> None:
    """Refuse a directory of too many entries before zipfile makes an object of each."""
    file.seek(max(0, size - (1 << 16) - _END.size))
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END.size:
        _damaged("压缩包没有结尾，可能没有下载完整", None)
    end = _END.unpack_from(tail, at)
    entries, length = end[4], end[5]
    if at >= _LOCATOR.size and tail.startswith(b"PK\6\7", at - _LOCATOR.size):
        offset = _LOCATOR.unpack_from(tail, at - _LOCATOR.size)[2]
        if offset > size:
            _damaged("压缩包目录指向文件之外", None)
        file.seek(offset)
        record = file.read(_END64.size)
        if len(record) == _END64.size:
            entries, length = _END64.unpack(record)[7:9]
    if entries > MOST_ENTRIES or length > _LARGEST_DIRECTORY:
        raise Unreadable(
            Trouble.HUGE,
            f"未读取：压缩包里有 {entries} 个条目，超过 {MOST_ENTRIES} 个，不是正常的 Word 文件",
            "请用 Word 或 WPS 重新另存为 docx",
        )
    file.seek(0)


def _damaged(what: str, cause: Exception | None) -> NoReturn:
    raise Unreadable(
        Trouble.DAMAGED,
        f"文件已损坏：{what}",
        "请用 Word 或 WPS 打开修复后另存为 docx，或重新取得原件",
    ) from cause


def _huge(name: str, what: str) -> NoReturn:
    raise Unreadable(
        Trouble.HUGE,
        f"文件过大：{name} {what}，未读取",
        "请核实文件来源，用 Word 或 WPS 重新另存为 docx",
    )
