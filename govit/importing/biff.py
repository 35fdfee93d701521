"""BIFF 8：the records of an old workbook that say what its cells are, without their values ([MS-XLS])."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS

from govit.importing.plain_xlsx import CHINESE_FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterator

    _Record = tuple[int, bytes]

_BOF, _EOF, _CONTINUE, _PASSWORD = 0x0809, 0x000A, 0x003C, 0x002F
_SHEET, _FORMAT, _STYLE, _TEXTS = 0x0085, 0x041E, 0x00E0, 0x00FC
_FORMULA, _NUMBER, _RK, _SHARED_TEXT, _TEXT, _RICH_TEXT, _BOOL_OR_ERROR = (
    0x0006,
    0x0203,
    0x027E,
    0x00FD,
    0x0204,
    0x00D6,
    0x0205,
)
_SINGLE = (_FORMULA, _NUMBER, _RK, _SHARED_TEXT, _TEXT, _RICH_TEXT, _BOOL_OR_ERROR)
_MANY_NUMBERS, _MANY_STEP = 0x00BD, 6
_BIFF8, _WORKSHEET = 0x0600, 0
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


class Told(NamedTuple):
    """What is known of a filled cell without its value."""

    formula: bool
    """Whether a formula worked it out, or an error stands in it."""
    format: str
    error: str = ""


class Scanned(NamedTuple):
    """一张工作表：its cells by row and column from 1, and what they span and hold."""

    title: str
    cells: dict[tuple[int, int], Told]
    rows: int
    places: int
    """From the first cell to the last, empty ones too."""
    text: int
    """Characters in all cells."""


class _Workbook(NamedTuple):
    """What the first records say of all sheets."""

    sheets: tuple[tuple[int, str], ...]
    """Where each worksheet begins, and its title."""
    formats: tuple[str, ...]
    """The number format of each style."""
    texts: tuple[int, ...]
    """How long each shared text is."""


def scan(stream: bytes) -> tuple[Scanned, ...]:
    """Every worksheet of a workbook's stream; ValueError, IndexError or struct.error if it is none of BIFF 8."""
    book = _workbook(stream)
    starts = sorted({at for at, _ in book.sheets})
    if len(starts) != len(book.sheets):
        message = "two sheets in one place"
        raise ValueError(message)
    ends = dict(zip(starts, [*starts[1:], len(stream)], strict=True))
    return tuple(_sheet(stream[at : ends[at]], title, book) for at, title in book.sheets)


def _records(stream: bytes) -> Iterator[_Record]:
    """The records of one substream, from its beginning to its end; those of a chart inside it are passed over."""
    at, depth = 0, 0
    while True:
        kind, length = struct.unpack_from("<HH", stream, at)
        body = stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _BOF:
            depth += 1
            if struct.unpack_from("<H", body)[0] != _BIFF8:
                message = "not BIFF 8"
                raise ValueError(message)
        elif kind == _EOF:
            depth -= 1
            if not depth:
                return
        elif kind == _PASSWORD:
            message = "a password"
            raise ValueError(message)
        elif depth == 1:
            yield kind, body


# -- what holds for all sheets -------------------------------------------------------------------------


def _workbook(stream: bytes) -> _Workbook:
    sheets: list[tuple[int, str]] = []
    formats: dict[int, str] = {**BUILTIN_FORMATS, **CHINESE_FORMATS}
    styles: list[int] = []
    texts: list[bytes] = []
    last = 0
    for kind, body in _records(stream):
        if kind == _SHEET and body[5] == _WORKSHEET:
            sheets.append((struct.unpack_from("<I", body)[0], _short_text(body[6:])))
        elif kind == _FORMAT:
            formats[struct.unpack_from("<H", body)[0]] = _long_text(body[2:])
        elif kind == _STYLE:
            styles.append(struct.unpack_from("<H", body, 2)[0])
        elif kind == _TEXTS or (kind == _CONTINUE and last == _TEXTS):
            texts.append(body)
        last = last if kind == _CONTINUE else kind
    return _Workbook(tuple(sheets), tuple(formats.get(number, "General") for number in styles), tuple(_lengths(texts)))


def _short_text(data: bytes) -> str:
    return _decoded(data[2:], data[0], wide=bool(data[1] & 1))


def _long_text(data: bytes) -> str:
    return _decoded(data[3:], struct.unpack_from("<H", data)[0], wide=bool(data[2] & 1))


def _decoded(data: bytes, length: int, *, wide: bool) -> str:
    return data[: length * 2].decode("utf-16-le", "replace") if wide else data[:length].decode("latin-1")


def _lengths(parts: list[bytes]) -> Iterator[int]:
    """The lengths of the shared texts, which go on from record to record."""
    if not parts:
        return
    reader = _Continued(parts)
    reader.skip(4)
    for _ in range(reader.number("<I")):
        length, flags = reader.number("<H"), reader.number("<B")
        runs = reader.number("<H") if flags & 8 else 0
        phonetic = reader.number("<I") if flags & 4 else 0
        reader.skip_text(length, wide=bool(flags & 1))
        reader.skip(runs * 4 + phonetic)
        yield length


class _Continued:
    """A record and those that go on with it, read as one."""

    def __init__(self, parts: list[bytes]) -> None:
        self._parts = parts
        self._part, self._at = 0, 0

    def _left(self) -> int:
        while self._at >= len(self._parts[self._part]):
            self._part, self._at = self._part + 1, 0
        return len(self._parts[self._part]) - self._at

    def number(self, how: str) -> int:
        """The next number; none is parted by the end of a record."""
        self._left()
        found: int = struct.unpack_from(how, self._parts[self._part], self._at)[0]
        self._at += struct.calcsize(how)
        return found

    def skip(self, length: int) -> None:
        """Pass over bytes."""
        while length > 0:
            step = min(length, self._left())
            self._at += step
            length -= step

    def skip_text(self, length: int, *, wide: bool) -> None:
        """Pass over characters; where they go on in the next record, it says anew how wide they are."""
        while length > 0:
            if self._at >= len(self._parts[self._part]):
                wide = bool(self.number("<B") & 1)
            size = 2 if wide else 1
            step = min(length, self._left() // size)
            if not step:
                message = "half a character"
                raise ValueError(message)
            self._at += step * size
            length -= step


# -- one sheet -----------------------------------------------------------------------------------------


def _sheet(stream: bytes, title: str, book: _Workbook) -> Scanned:
    cells: dict[tuple[int, int], Told] = {}
    text = 0
    for kind, body in _records(stream):
        if kind in _SINGLE:
            row, column, style = struct.unpack_from("<HHH", body)
            error = _ERRORS.get(body[6], "#?") if kind == _BOOL_OR_ERROR and body[7] else ""
            cells[row + 1, column + 1] = Told(kind == _FORMULA or bool(error), book.formats[style], error)
            text += _length(kind, body, book)
        elif kind == _MANY_NUMBERS:
            row, first = struct.unpack_from("<HH", body)
            for n, at in enumerate(range(4, len(body) - _MANY_STEP + 1, _MANY_STEP)):
                cells[row + 1, first + n + 1] = Told(
                    formula=False, format=book.formats[struct.unpack_from("<H", body, at)[0]]
                )
    rows, columns = [row for row, _ in cells], [column for _, column in cells]
    places = max(rows) * max(columns) if cells else 0
    return Scanned(title, cells, max(rows, default=0), places, text)


def _length(kind: int, body: bytes, book: _Workbook) -> int:
    """How many characters a cell holds at the most."""
    if kind == _SHARED_TEXT:
        number: int = struct.unpack_from("<I", body, 6)[0]
        return book.texts[number]
    return len(body) if kind != _FORMULA else 0
