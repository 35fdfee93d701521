"""复合文档：the streams of a compound file ([MS-CFB]), a file system in a file that a stranger laid out."""

from __future__ import annotations

import struct
import sys
from array import array
from typing import IO

from govit.documents.oldword.limits import damaged, too_much

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LARGEST_STREAM = 24_000_000
"""Bytes of a stream that is read; a document's text has a few, its pictures stand elsewhere."""
MOST_ENTRIES = 20_000
"""Of the directory."""
_HEADER = 512
_LAST_SECTOR = 0xFFFFFFFA
"""Numbers from here on are no sectors but marks."""
_ENTRY = 128
_NAME_END = 64
_STREAM = 2
_MINI = 64


class Compound:
    """A compound file: finds streams by name and hands out their bytes."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        """Read the allocation table and the directory, or raise :class:`Unreadable`."""
        self._file, self._size = file, size
        head = self._bytes(0, _HEADER)
        if len(head) < _HEADER or not head.startswith(MAGIC):
            damaged("不是有效的 doc 文件")
        shift, mini = struct.unpack_from("<HH", head, 30)
        if shift not in (9, 12) or mini != 6:  # noqa: PLR2004  (the only sizes there are)
            damaged("文件头有错误")
        self._size_of_sector: int = 1 << shift
        self._sectors = size // self._size_of_sector + 1
        (first_entry,) = struct.unpack_from("<I", head, 48)
        self._cutoff, first_mini = struct.unpack_from("<II", head, 56)
        self._table = self._allocation(head)
        self._entries = self._directory(self._joined(first_entry, MOST_ENTRIES * _ENTRY))
        self._mini_table = _numbers(self._joined(first_mini, LARGEST_STREAM)) if first_mini < _LAST_SECTOR else array("I")
        self._mini_sectors = self._chain(self._table, self._entries[0][1], self._sectors) if self._entries else array("I")

    def __contains__(self, name: str) -> bool:
        return self._find(name) is not None

    def stream(self, name: str) -> bytes:
        """The bytes of a stream of the document itself (not of what is embedded in it); empty if there is none."""
        found = self._find(name)
        if found is None:
            return b""
        start, length = found
        if length > LARGEST_STREAM:
            too_much(f"{name} 声明有 {length // 1_000_000} MB")
        if length >= self._cutoff:
            return self._joined(start, length)[:length]
        return self._small(start, length)

    def _find(self, name: str) -> tuple[int, int] | None:
        return next(((start, length) for one, start, length in self._children() if one == name), None)

    # sectors

    def _bytes(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(length)

    def _at(self, sector: int) -> int:
        return (sector + 1) * self._size_of_sector

    def _allocation(self, head: bytes) -> array[int]:
        """Put the allocation table together from the sectors that the header and its continuations list."""
        listed = list(struct.unpack_from("<109I", head, 76))
        following, count = struct.unpack_from("<II", head, 68)
        seen = 0
        while following < _LAST_SECTOR and seen < min(count, self._sectors):
            more = _numbers(self._bytes(self._at(following), self._size_of_sector))
            if len(more) * 4 < self._size_of_sector:
                break
            listed += more[:-1]
            following = more[-1]
            seen += 1
            if len(listed) * self._size_of_sector // 4 > 2 * self._sectors + 1_000:
                damaged("分配表有错误")
        table = array("I")
        for sector in listed:
            if sector < self._sectors and len(table) < self._sectors:
                table.extend(_numbers(self._bytes(self._at(sector), self._size_of_sector)))
        return table

    def _chain(self, table: array[int], start: int, most: int) -> array[int]:
        """Follow a chain of sectors; one that is longer than the file bites its tail."""
        found = array("I")
        while start < len(table) and start < _LAST_SECTOR:
            found.append(start)
            if len(found) > most:
                damaged("分配表有循环")
            start = table[start]
        return found

    def _joined(self, start: int, most: int) -> bytes:
        """The bytes of a chain of sectors, neighbours read at once."""
        chain = self._chain(self._table, start, self._sectors)[: most // self._size_of_sector + 1]
        parts: list[bytes] = []
        at = 0
        while at < len(chain):
            last = at
            while last + 1 < len(chain) and chain[last + 1] == chain[last] + 1:
                last += 1
            parts.append(self._bytes(self._at(chain[at]), (last - at + 1) * self._size_of_sector))
            at = last + 1
        return b"".join(parts)

    def _small(self, start: int, length: int) -> bytes:
        """The bytes of a short stream: they stand in parts of sectors of another stream."""
        parts: list[bytes] = []
        each = self._size_of_sector // _MINI
        for mini in self._chain(self._mini_table, start, length // _MINI + 2):
            if mini // each >= len(self._mini_sectors):
                break
            parts.append(self._bytes(self._at(self._mini_sectors[mini // each]) + mini % each * _MINI, _MINI))
        return b"".join(parts)[:length]

    # directory

    def _directory(self, data: bytes) -> list[tuple[str, int, int, int, tuple[int, int, int]]]:
        """Each entry: its name, where it begins, how long it is, its kind, and its two siblings and first child."""
        found = []
        for at in range(0, len(data) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", data, at + _NAME_END)
            left, right, child = struct.unpack_from("<III", data, at + 68)
            start, low = struct.unpack_from("<II", data, at + 116)
            name = data[at : at + max(0, min(length, _NAME_END) - 2)].decode("utf-16-le", "replace")
            found.append((name, start, low, kind, (left, right, child)))
        if not found:
            damaged("没有目录")
        return found

    def _children(self) -> list[tuple[str, int, int]]:
        """The streams that stand directly in the root."""
        found: list[tuple[str, int, int]] = []
        waiting, seen = [self._entries[0][4][2]], set[int]()
        while waiting:
            at = waiting.pop()
            if at >= len(self._entries) or at in seen:
                continue
            seen.add(at)
            name, start, length, kind, (left, right, _) = self._entries[at]
            if kind == _STREAM:
                found.append((name, start, length))
            waiting += [left, right]
        return found


def _numbers(data: bytes) -> array[int]:
    found = array("I")
    found.frombytes(data[: len(data) // 4 * 4])
    if sys.byteorder == "big":
        found.byteswap()
    return found

