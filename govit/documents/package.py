"""Open a docx as what it is, a zip file from a stranger, and hand out its parts piecemeal."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, NoReturn

from govit.documents.archive import (
    DEFLATED,
    ENCRYPTED,
    NO_DIRECTORY,
    NOT_WHOLE,
    STORED,
    ArchiveError,
    entries,
    find_directory,
    unpacked,
)
from govit.documents.content import Trouble, Unreadable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.documents.archive import ZipEntry

LARGEST_PART = 50_000_000
"""Bytes of XML in one part; a 1000-page report has about 10 MB."""
LARGEST_TOTAL = 100_000_000
"""Bytes of all parts that are read."""
LARGEST_ENTRY = 500_000_000
"""Bytes that any entry may claim to unpack to, pictures included."""
MOST_ENTRIES = 10_000
_LARGEST_DIRECTORY = MOST_ENTRIES * 400


class Package:
    """The parts of one docx file."""

    def __init__(self, file: IO[bytes], size: int, most: int = LARGEST_TOTAL) -> None:
        """Read the directory of the zip file, or raise :class:`Unreadable`; `most` bytes are unpacked of it."""
        self._file = file
        self._most = self._left = most
        self._entries = _entries(file, size)
        for name, entry in self._entries.items():
            if entry.flags & ENCRYPTED:
                raise Unreadable(
                    Trouble.ENCRYPTED,
                    "文件已加密（压缩包加了密码），无法读取",
                    "请解除密码后重新保存",
                )
            if entry.size > LARGEST_ENTRY:
                _huge(name, f"声明解压后有 {entry.size // 1_000_000} MB")

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
        entry = self._entries[name]
        if entry.size > LARGEST_PART:
            _huge(name, f"声明解压后有 {entry.size // 1_000_000} MB")
        if entry.method not in (STORED, DEFLATED):
            _damaged(f"{name} 使用了 Word 不用的压缩方法", None)
        left = LARGEST_PART
        try:
            for chunk in unpacked(self._file, entry):
                left -= len(chunk)
                self._left -= len(chunk)
                if left < 0:
                    _huge(name, f"解压后超过 {LARGEST_PART // 1_000_000} MB")
                if self._left < 0:
                    _huge(name, f"连同此前所有部件，解压后超过 {self._most // 1_000_000} MB")
                yield chunk
        except ArchiveError as error:
            _damaged(f"{name} {error}", error)
        except OSError as error:
            _damaged(f"{name} {NOT_WHOLE}", error)

    def size(self, name: str) -> int:
        """The bytes that a part declares to unpack to."""
        return self._entries[name].size

    def read(self, name: str, limit: int = LARGEST_PART) -> bytes:
        """Unpack a part as a whole."""
        chunks, size = [], 0
        for chunk in self.chunks(name):
            chunks.append(chunk)
            size += len(chunk)
            if size > limit:
                _huge(name, f"解压后超过 {limit // 1_000_000} MB")
        return b"".join(chunks)


def _entries(file: IO[bytes], size: int) -> dict[str, ZipEntry]:
    """What the zip file holds, by name; a directory of too many entries is not read."""
    try:
        directory = find_directory(file, size)
        if directory.entries > MOST_ENTRIES or directory.length > _LARGEST_DIRECTORY:
            raise Unreadable(
                Trouble.HUGE,
                f"未读取：压缩包里有 {directory.entries} 个条目，超过 {MOST_ENTRIES} 个，不是正常的 Word 文件",
                "请用 Word 或 WPS 重新另存为 docx",
            )
        found = entries(file, directory)
    except ArchiveError as error:
        _damaged(f"压缩包{error}", error)
    except OSError as error:
        _damaged(f"压缩包{NO_DIRECTORY}", error)
    return {one.name.partition("\0")[0].replace("\\", "/").lstrip("/"): one for one in found}


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
