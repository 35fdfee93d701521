"""压缩包：the directory of a zip file and what its entries hold, read as `zipfile` reads them.

To import `zipfile`, with all that it can write, is a twentieth of a short run. Here is what a document needs: entries
that are stored or deflated. `tests/documents/test_archive.py` holds both against each other.
"""

from __future__ import annotations

import zlib
from typing import IO, TYPE_CHECKING

from govit.base.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator

STORED, DEFLATED = 0, 8
"""The methods that can be read."""
ENCRYPTED = 1
"""Of the flags of an entry: that it has a password."""
_END, _LOCATOR, _END64, _ENTRY, _LOCAL = 22, 20, 56, 46, 30
"""The bytes of a zip file's structures, as far as they are of one length."""
_LONGEST_REMARK = 1 << 16
_UTF8, _UNREADABLE = 0x800, 0x61
"""Flags: how a name is written; a password, patched data and strong encryption."""
_NEWEST = 63
"""A tenth of the version of the format, which is 6.3."""
_ELSEWHERE = 0xFFFF_FFFF
"""In place of a number that stands, with eight bytes, among the additions."""
_WIDE = 1
"""The addition that holds such numbers."""
_FARTHEST = 1 << 62
"""No file is so long, and no system can be asked for what would stand there."""
_CHUNK = 1 << 16


NO_END = "没有结尾，可能没有下载完整"
BEYOND = "目录指向文件之外"
NO_DIRECTORY = "目录读不出来"
NOT_WHOLE = "解压失败"
OTHER_KIND = "读不出来"


class ArchiveError(Exception):
    """What is wrong with a zip file, or with an entry, in the words of a clerk."""


@record
class Directory:
    """Where the directory of a zip file stands, and what it says of itself."""

    start: int
    length: int
    entries: int
    shift: int
    """Bytes that somebody has put before the zip file."""


@record
class ZipEntry:
    """One file in a zip file."""

    name: str
    method: int
    flags: int
    sum: int
    packed: int
    size: int
    """The bytes that it says it unpacks to."""
    offset: int


def _number(data: bytes, at: int, width: int) -> int:
    return int.from_bytes(data[at : at + width], "little")


# -- the directory -------------------------------------------------------------------------------------


def find_directory(file: IO[bytes], size: int) -> Directory:
    """Find the directory by the record at the end of the file."""
    start = max(0, size - _LONGEST_REMARK - _END)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(b"PK\5\6")
    if at < 0 or len(tail) - at < _END:
        raise ArchiveError(NO_END)
    entries, length, offset = _number(tail, at + 10, 2), _number(tail, at + 12, 4), _number(tail, at + 16, 4)
    end = start + at
    if wide := _wide_end(file, size, end):
        end -= _LOCATOR + _END64
        entries, length, offset = _number(wide, 32, 8), _number(wide, 40, 8), _number(wide, 48, 8)
    return Directory(end - length, length, entries, end - length - offset)


def _wide_end(file: IO[bytes], size: int, end: int) -> bytes:
    """The record with wider numbers that may stand before the end; empty if there is none."""
    if end < _LOCATOR + _END64:
        return b""
    file.seek(end - _LOCATOR - _END64)
    before = file.read(_LOCATOR + _END64)
    locator = before[_END64:]
    if not locator.startswith(b"PK\6\7"):
        return b""
    if _number(locator, 8, 8) > size:
        raise ArchiveError(BEYOND)
    if _number(locator, 4, 4) or _number(locator, 16, 4) > 1:
        raise ArchiveError(NO_DIRECTORY)
    return before[:_END64] if before.startswith(b"PK\6\6") else b""


def entries(file: IO[bytes], directory: Directory) -> list[ZipEntry]:
    """All entries, in the order of the directory."""
    if directory.start < 0:
        raise ArchiveError(NO_DIRECTORY)
    file.seek(directory.start)
    data = file.read(directory.length)
    found, at = [], 0
    while at < directory.length:
        if data[at : at + 4] != b"PK\1\2" or len(data) - at < _ENTRY:
            raise ArchiveError(NO_DIRECTORY)
        name = at + _ENTRY
        extra = name + _number(data, at + 28, 2)
        remark = extra + _number(data, at + 30, 2)
        found.append(_entry(data[at:name], data[name:extra], data[extra:remark], directory.shift))
        at = remark + _number(data, at + 32, 2)
    return found


def _entry(head: bytes, name: bytes, extra: bytes, shift: int) -> ZipEntry:
    if head[6] > _NEWEST:
        raise ArchiveError(NO_DIRECTORY)
    flags = _number(head, 8, 2)
    size, packed, offset = _widened([_number(head, 24, 4), _number(head, 20, 4), _number(head, 42, 4)], extra)
    return ZipEntry(
        name=decoded(name, flags),
        method=_number(head, 10, 2),
        flags=flags,
        sum=_number(head, 16, 4),
        packed=packed,
        size=size,
        offset=offset + shift,
    )


def decoded(name: bytes, flags: int) -> str:
    """A name as text."""
    try:
        return name.decode("ascii" if name.isascii() else "utf-8" if flags & _UTF8 else "cp437")
    except UnicodeDecodeError as error:
        raise ArchiveError(OTHER_KIND) from error


def _widened(numbers: list[int], extra: bytes) -> list[int]:
    """Numbers of an entry, those taken from the additions that are too big for its own fields."""
    at = 0
    while at + 4 <= len(extra):
        kind, following = _number(extra, at, 2), at + 4 + _number(extra, at + 2, 2)
        if following > len(extra):
            raise ArchiveError(NO_DIRECTORY)
        if kind == _WIDE:
            numbers = _wide(numbers, extra[at + 4 : following])
        at = following
    return numbers


def _wide(numbers: list[int], given: bytes) -> list[int]:
    widened = []
    for number in numbers:
        if number != _ELSEWHERE:
            widened.append(number)
            continue
        if len(given) < 8:  # noqa: PLR2004 - bytes of such a number
            raise ArchiveError(NO_DIRECTORY)
        widened.append(_number(given, 0, 8))
        given = given[8:]
    return widened


# -- an entry ------------------------------------------------------------------------------------------


def unpacked(file: IO[bytes], entry: ZipEntry) -> Iterator[bytes]:
    """What an entry holds, piece by piece, whatever size it declares."""
    total = 0
    for data in _pieces(file, entry):
        total = zlib.crc32(data, total)
        yield data
    if total != entry.sum:
        raise ArchiveError(NOT_WHOLE)


def _pieces(file: IO[bytes], entry: ZipEntry) -> Iterator[bytes]:
    if entry.method == STORED:
        yield from _packed(file, entry)
        return
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for packed in _packed(file, entry):
            yield unpacker.decompress(packed, _CHUNK)
            while unpacker.unconsumed_tail and not unpacker.eof:  # behind the end, zlib gives back the same rest for ever
                yield unpacker.decompress(unpacker.unconsumed_tail, _CHUNK)
            if unpacker.eof:
                break
        yield unpacker.flush()
    except zlib.error as error:
        raise ArchiveError(NOT_WHOLE) from error


def _packed(file: IO[bytes], entry: ZipEntry) -> Iterator[bytes]:
    at, left = _start(file, entry), entry.packed
    while left > 0:
        file.seek(at)
        data = file.read(min(left, _CHUNK))
        if not data:
            raise ArchiveError(NOT_WHOLE)
        at += len(data)
        left -= len(data)
        yield data


def _start(file: IO[bytes], entry: ZipEntry) -> int:
    """Where the data of an entry begin, behind the second head that each has."""
    if not 0 <= entry.offset < _FARTHEST:
        raise ArchiveError(NOT_WHOLE)
    file.seek(entry.offset)
    head = file.read(_LOCAL)
    if len(head) < _LOCAL or not head.startswith(b"PK\3\4"):
        raise ArchiveError(NOT_WHOLE)
    length = _number(head, 26, 2)
    if entry.flags & _UNREADABLE:
        raise ArchiveError(OTHER_KIND)
    if decoded(file.read(length), _number(head, 6, 2)) != entry.name:
        raise ArchiveError(NOT_WHOLE)
    return entry.offset + _LOCAL + length + _number(head, 28, 2)
