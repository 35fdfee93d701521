"""对象：the objects of one PDF by their numbers, found by its cross-reference table or, where that is broken, by search."""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING

from govit.documents.content import Trouble, Unreadable
from govit.documents.pdf.filters import UnknownFilterError, unpacked
from govit.documents.pdf.limits import LARGEST_STREAM, MOST_OBJECTS, damaged, too_much
from govit.documents.pdf.tokens import EndOfDataError, Lexer, Name, Reference, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.documents.pdf.limits import PdfAllowance

LARGEST_SEARCHED = 40_000_000
"""Bytes of a file without a cross-reference table that is searched for its objects."""
LARGEST_OBJECT = 1_000_000
"""Bytes of one object as it is written, its stream not counted."""
MOST_REVISIONS = 200
"""Tables that continue one another: a file that was signed or changed often has some dozens."""
MOST_HOPS = 8
_WINDOW = 4096
_TAIL = 2048
_OBJECT = re.compile(rb"(?<![\d.])(\d{1,7})[\0\t\n\f\r ]{1,4}\d{1,5}[\0\t\n\f\r ]{1,4}obj(?![a-z])")
_AN_OBJECT = re.compile(rb"(?:\A|[^\d.])(\d{1,7})[\0\t\n\f\r ]{1,4}\d{1,5}[\0\t\n\f\r ]{1,4}\Z")
"""Looked for in front of every ``obj``."""
_FRONT = 24
_BLANKS = frozenset(b"\0\t\n\f\r ")
_COST = 12
"""Tokens that an object costs besides its own."""
_TRAILER = re.compile(rb"trailer")
_START = re.compile(rb"startxref[\0\t\n\f\r ]{1,8}(\d{1,12})")
_SECTION = re.compile(rb"[\0\t\n\f\r ]*+(\d{1,8})[\t ]{1,4}(\d{1,8})[\0\t\n\f\r ]{1,4}")
_ENTRY = re.compile(rb"[\0\t\n\f\r ]*+(\d{10})[\t ](\d{5})[\t ]([nf])")
_STREAM = re.compile(rb"[\0\t\n\f\r ]*+stream(?:\r\n|\n|\r)")
_END_STREAM = re.compile(rb"[\r\n]{0,2}endstream")

Dictionary = dict[str, Value]


class Stream:
    """A stream: its dictionary, and where its bytes begin in the file; they are read when they are asked for."""

    __slots__ = ("begin", "dictionary")

    def __init__(self, dictionary: Dictionary, begin: int) -> None:
        self.dictionary = dictionary
        self.begin = begin


class Store:
    """The objects of one file."""

    def __init__(self, file: IO[bytes], size: int, allowance: PdfAllowance) -> None:
        """Find where the objects are, or raise :class:`Unreadable`."""
        self._file = file
        self._size = size
        self.allowance = allowance
        self._places: dict[int, tuple[int, int]] = {}
        """By number: an offset and -1, or the object stream and the place in it."""
        self._known: dict[int, Value | Stream] = {}
        self._packs: dict[int, dict[int, Value]] = {}
        self._loading: set[int] = set()
        self._searched = False
        self.trailer: Dictionary = {}
        self._shift = max(0, self._bytes(0, 1024).find(b"%PDF"))
        if not self._tables() or not isinstance(self.get(self.trailer.get("Root")), dict):
            self._search()
        if self.trailer.get("Encrypt") is not None:
            raise Unreadable(
                Trouble.UNSUPPORTED,  # most are only protected against printing, and open without a password
                "PDF 文件加了密码或设了权限保护（禁止打印、复制等），没有读取",
                "请在同一目录放入 docx 版本；没有的，用制作它的程序取消密码和保护后重新导出",
            )

    # values

    def get(self, value: Value) -> Value | Stream:
        """Follow a reference to what it names; None for what is not there."""
        for _ in range(MOST_HOPS):
            if type(value) is not Reference:
                return value
            found = self._object(value.number)
            if isinstance(found, Stream):
                return found
            value = found
        return None

    def dictionary(self, value: Value) -> Dictionary:
        """Follow a reference to a dictionary; an empty one if there is none."""
        found = self.get(value)
        if isinstance(found, Stream):
            return found.dictionary
        return found if isinstance(found, dict) else {}

    def array(self, value: Value) -> list[Value]:
        """Follow a reference to an array; an empty one if there is none."""
        found = self.get(value)
        return found if isinstance(found, list) else []

    def number(self, value: Value, usual: float = 0) -> float:
        """Follow a reference to a number."""
        found = self.get(value)
        return found if isinstance(found, int | float) else usual

    def name(self, value: Value) -> str:
        """Follow a reference to a name; empty if there is none."""
        found = self.get(value)
        return str(found) if isinstance(found, Name) else ""

    def unpack(self, stream: Stream) -> bytes:
        """Undo the filters of a stream; empty where they are those of a picture."""
        given = stream.dictionary
        names = [self.name(one) for one in self._each(given.get("Filter"))]
        parameters = [self.dictionary(one) for one in self._each(given.get("DecodeParms"))]
        raw = self._raw(given, stream.begin)
        try:
            return unpacked(raw, [name for name in names if name], parameters, self.allowance)
        except UnknownFilterError:
            return b""

    def _each(self, value: Value) -> list[Value]:
        """A value that may be an array, or stand for an array of itself."""
        found = self.get(value)
        return found if isinstance(found, list) else [value]

    # objects

    def _object(self, number: int) -> Value | Stream:
        if number in self._known:
            return self._known[number]
        place = self._places.get(number)
        if place is None or number in self._loading:
            return None
        self._loading.add(number)
        try:
            found = self._packed(place[0], number) if place[1] >= 0 else self._written(number, place[0])
        except EndOfDataError:
            found = None
        finally:
            self._loading.discard(number)
        self._known[number] = found
        return found

    def _written(self, number: int, offset: int) -> Value | Stream:
        """Read an object where the table says that it is."""
        self.allowance.parse(_COST)
        head = self._bytes(offset, 32)
        match = _OBJECT.match(head.lstrip(b"\0\t\n\f\r "))
        if match is None or int(match[1]) != number:
            if self._searched:
                return None
            self._search()
            place = self._places.get(number, (0, 0))
            return self._written(number, place[0]) if place[1] == -1 else self._packed(place[0], number)
        begin = offset + len(head) - len(head.lstrip(b"\0\t\n\f\r ")) + match.end()
        value, end = self._value_at(begin)
        if isinstance(value, dict):
            opening = _STREAM.match(self._bytes(end, 64))
            if opening:
                return Stream(value, end + opening.end())
        return value

    def _value_at(self, offset: int) -> tuple[Value, int]:
        """Parse a value, with ever more bytes of the file until it ends."""
        length = _WINDOW
        while True:
            data = self._bytes(offset, length)
            lexer = Lexer(data, self.allowance)
            try:
                value = lexer.value()
            except EndOfDataError:
                if length >= LARGEST_OBJECT or len(data) < length:
                    raise
            else:
                if lexer.at < len(data) or len(data) < length:
                    return value, offset + lexer.at
            length *= 8

    def _raw(self, given: Dictionary, begin: int) -> bytes:
        """The bytes of a stream, by the length that it declares or else up to its end."""
        length = self.number(given.get("Length"), -1)
        if 0 <= length <= LARGEST_STREAM and _END_STREAM.match(self._bytes(begin + int(length), 16)):
            return self._bytes(begin, int(length))
        if begin + length > self._size:
            length = -1
        most = LARGEST_STREAM if self._size <= LARGEST_SEARCHED else 1 << 20
        self.allowance.unpack(min(most, self._size - begin) // 4)
        data = self._bytes(begin, most)
        end = data.find(b"endstream")
        return data[:end] if end >= 0 else data

    def _packed(self, pack: int, number: int) -> Value:
        """Read an object out of an object stream; its neighbours are read along with it."""
        if pack not in self._packs:
            self._packs[pack] = {}
            self._packs[pack] = self._unpack_objects(pack)
        return self._packs[pack].get(number)

    def _unpack_objects(self, pack: int) -> dict[int, Value]:
        place = self._places.get(pack)
        if place is None or place[1] >= 0:
            return {}
        stream = self._object(pack)
        if not isinstance(stream, Stream):
            return {}
        data = self.unpack(stream)
        first, count = self.number(stream.dictionary.get("First")), self.number(stream.dictionary.get("N"))
        index = Lexer(data, self.allowance)
        found: dict[int, Value] = {}
        for _ in range(int(min(count, MOST_OBJECTS))):
            try:
                number, offset = index.value(), index.value()
                if isinstance(number, int) and isinstance(offset, int) and offset >= 0 and number not in found:
                    found[number] = Lexer(data, self.allowance, int(first) + offset).value()
            except EndOfDataError:
                break
        return found

    def _bytes(self, offset: int, length: int) -> bytes:
        if offset < 0 or offset >= self._size:
            return b""
        self._file.seek(offset)
        return self._file.read(length)

    # where they are

    def _tables(self) -> bool:
        """Follow the cross-reference tables from the last one back; tell whether that led anywhere."""
        starts = _START.findall(self._bytes(max(0, self._size - _TAIL), _TAIL))
        if not starts:
            return False
        waiting, seen = [int(starts[-1]) + self._shift], set[int]()
        while waiting and len(seen) < MOST_REVISIONS:
            offset = waiting.pop(0)
            if offset in seen or not 0 <= offset < self._size:
                continue
            seen.add(offset)
            try:
                trailer = self._table(offset) if self._bytes(offset, 16).lstrip().startswith(b"xref") else self._table_stream(offset)
            except EndOfDataError:
                return False
            for key, value in trailer.items():
                self.trailer.setdefault(key, value)
            waiting += [
                int(at) + self._shift for key in ("XRefStm", "Prev") if isinstance(at := trailer.get(key), int | float)
            ]
        return "Root" in self.trailer

    def _table(self, offset: int) -> Dictionary:
        """Read a table as it is written (xref … trailer)."""
        at = offset + self._bytes(offset, 16).index(b"xref") + 4
        while section := _SECTION.match(self._bytes(at, 64)):
            first, count = int(section[1]), int(section[2])
            at += section.end()
            if count > MOST_OBJECTS:
                too_much(f"对象超过 {MOST_OBJECTS // 10_000} 万个")
            data = self._bytes(at, count * 20 + 8)
            self.allowance.parse(count // 2)
            end = 0
            for number in range(first, first + count):
                entry = _ENTRY.match(data, end)
                if entry is None:
                    break
                end = entry.end()
                if entry[3] == b"n":
                    self._place(number, int(entry[1]) + self._shift, -1)
            at += end
        rest = self._bytes(at, 64)
        match = _TRAILER.search(rest)
        if match is None:
            raise EndOfDataError
        trailer, _ = self._value_at(at + match.end())
        return trailer if isinstance(trailer, dict) else {}

    def _table_stream(self, offset: int) -> Dictionary:
        """Read a table that is a stream."""
        match = _OBJECT.match(self._bytes(offset, 32).lstrip(b"\0\t\n\f\r "))
        if match is None:
            raise EndOfDataError
        stream = self._written(int(match[1]), offset) if not self._searched else None
        if not isinstance(stream, Stream):
            raise EndOfDataError
        self._entries(stream)
        return {key: value for key, value in stream.dictionary.items() if key in ("Root", "Prev", "Encrypt", "Info")}

    def _entries(self, stream: Stream) -> None:
        given = stream.dictionary
        widths = [int(one) for one in self.array(given.get("W")) if isinstance(one, int) and 0 <= one <= 8]  # noqa: PLR2004
        index = [int(one) for one in self.array(given.get("Index")) if isinstance(one, int | float)]
        index = index or [0, int(self.number(given.get("Size")))]
        width = sum(widths)
        if len(widths) < 3 or not width:  # noqa: PLR2004  (kind, place and generation)
            raise EndOfDataError
        data, at = self.unpack(stream), 0
        ends = (widths[0], widths[0] + widths[1], width)
        for first, count in zip(index[::2], index[1::2], strict=False):
            for number in range(first, first + count):
                entry = data[at : at + width]
                if len(entry) < width:
                    return
                at += width
                self.allowance.parse(1)
                kind = int.from_bytes(entry[: ends[0]]) if widths[0] else 1
                place, further = int.from_bytes(entry[ends[0] : ends[1]]), int.from_bytes(entry[ends[1] :])
                if kind == 1:
                    self._place(number, place + self._shift, -1)
                elif kind == 2:  # noqa: PLR2004
                    self._place(number, place, further)

    def _place(self, number: int, place: int, further: int) -> None:
        self._places.setdefault(number, (place, further))
        if len(self._places) > MOST_OBJECTS:
            too_much(f"对象超过 {MOST_OBJECTS // 10_000} 万个")

    # where the tables are broken

    def _search(self) -> None:
        """Find the objects by looking through the whole file; the last one of a number counts."""
        if self._searched or self._size > LARGEST_SEARCHED:
            damaged("找不到对象的索引")
        self._searched = True
        self._places.clear()
        self._known.clear()
        self._packs.clear()
        data = self._bytes(0, self._size)
        self.allowance.unpack(len(data) // 2)
        for number, offset in self._objects_in(data):
            self._places[number] = (offset, -1)
            if len(self._places) > MOST_OBJECTS:
                too_much(f"对象超过 {MOST_OBJECTS // 10_000} 万个")
        packs = list(self._packs_in(data))
        for trailer in self._trailers(data):
            self.trailer.update(trailer)
        del data
        for pack in packs:
            for number in self._unpack_objects(pack):
                self._places.setdefault(number, (pack, 0))
        if not isinstance(self.get(self.trailer.get("Root")), dict):
            root = next((number for number in self._places if self.dictionary(Reference(number)).get("Type") == "Catalog"), None)
            if root is None:
                damaged("找不到文件的目录对象（可能没有下载完整）")
            self.trailer["Root"] = Reference(root)

    def _objects_in(self, data: bytes) -> Iterator[tuple[int, int]]:
        """The number and place of everything that looks like the beginning of an object."""
        for at in _occurrences(data, b"obj"):
            if at == 0 or data[at - 1] not in _BLANKS:
                continue
            self.allowance.parse(4)
            front = data[max(0, at - _FRONT) : at]
            match = _AN_OBJECT.search(front)
            if match is not None:
                yield int(match[1]), at - len(front) + match.start(1)

    def _packs_in(self, data: bytes) -> Iterator[int]:
        for number, (offset, _) in list(self._places.items()):
            if b"/ObjStm" in data[offset : offset + 400]:
                yield number
            elif b"/XRef" in data[offset : offset + 400]:
                found = self.get(Reference(number))
                if isinstance(found, Stream):
                    keep = {key: value for key, value in found.dictionary.items() if key in ("Root", "Encrypt")}
                    self.trailer.update(keep)

    def _trailers(self, data: bytes) -> Iterator[Dictionary]:
        for count, at in enumerate(_occurrences(data, b"trailer")):
            if count > MOST_REVISIONS:
                return
            try:
                value = Lexer(data[at + 7 : at + _WINDOW], self.allowance).value()
            except EndOfDataError:
                continue
            if isinstance(value, dict):
                yield {key: one for key, one in value.items() if key in ("Root", "Encrypt")}


def _occurrences(data: bytes, word: bytes) -> Iterator[int]:
    """The places of a word, found faster than a pattern would."""
    at = data.find(word)
    while at >= 0:
        yield at
        at = data.find(word, at + len(word))
