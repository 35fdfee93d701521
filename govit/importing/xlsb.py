"""二进制工作簿（.xlsb）：records of BIFF 12 in a package -> cells with their places, as of an xlsx file ([MS-XLSB]).

Libraries that read it tell the values alone; that a cell is a formula, or shown in another unit, must be known as well.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import CALENDAR_MAC_1904, CALENDAR_WINDOWS_1900, from_excel

from govit.base.files import printable
from govit.base.usage import UsageError
from govit.documents.package import Package
from govit.importing.book import (
    MOST_COLUMNS,
    MOST_ROWS,
    MOST_SHEETS,
    MOST_TEXT,
    SAVE_AS,
    Book,
    Cell,
    CellBudget,
    MergedPlaces,
    Range,
    Sheet,
    hidden_note,
)
from govit.importing.plain_xlsx import CHINESE_FORMATS, links_of, target_of, workbook_part

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govit.importing.book import Value

_MOST_RECORDS = 600_000
"""Of all parts together; a list of 2000 projects has some fifty thousand."""
_MOST_MERGED, _MOST_STYLES, _MOST_TEXTS = 20_000, 15_000, 200_000
_ROW, _TEXT_ITEM, _FORMAT, _STYLE, _PROPERTIES, _SHEET, _MERGED = 0, 19, 44, 47, 153, 156, 176
_STYLES_BEGIN, _STYLES_END = 617, 618
_BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _RICH = 1, 2, 3, 4, 5, 6, 7, 62
_FORMULAS = {8: _TEXT, 9: _REAL, 10: _BOOL, 11: _ERROR}
"""Cells with a formula, and what they hold otherwise."""
_SHORT = {12: _BLANK, 13: _RK, 14: _ERROR, 15: _BOOL, 16: _REAL, 17: _TEXT, 18: _SHARED}
"""Cells right of the one before, which do not name their column."""
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}
_HEAD, _SHORT_HEAD = 8, 4
_WORKBOOK = b"xl/workbook.bin"
_HIDDEN = 0x10
_LAST_OF_TYPE, _LAST_OF_SIZE = 2, 4


class _Styles(NamedTuple):
    codes: Mapping[int, str]
    used: Sequence[int]

    def of(self, number: int) -> str:
        """The number format of a style; of one that the workbook does not have, the one that Excel shows it in."""
        known = self.used[number] if number < len(self.used) else 0
        return self.codes.get(known) or CHINESE_FORMATS.get(known) or BUILTIN_FORMATS.get(known, "General")


class _Contents(NamedTuple):
    """What the cells of all sheets refer to."""

    texts: Sequence[str]
    styles: _Styles
    since_1904: bool


def is_xlsb(data: bytes) -> bool:
    """Whether a package says among its entries that its workbook is a binary part."""
    return _WORKBOOK in data


def read(data: bytes, name: str) -> Book:
    """Every sheet of a binary workbook, which `examine` has let pass; UsageError if it is not one to be trusted."""
    try:
        return _BinaryWorkbook(Package(io.BytesIO(data), len(data)), CellBudget(name)).book()
    except UsageError:
        raise
    except Exception as error:  # of a stranger's file the reading of records raises whatever it does
        message = f"{name} 是二进制工作簿（.xlsb），读不出来；{SAVE_AS}"
        raise UsageError(message) from error


class _BinaryWorkbook:
    """One workbook on its way to cells."""

    def __init__(self, package: Package, budget: CellBudget) -> None:
        self._package, self._budget = package, budget
        self._left = _MOST_RECORDS

    def book(self) -> Book:
        """Read the sheets in their order."""
        part = workbook_part(self._package)
        links = links_of(self._package, part)
        workbook = list(self._records(part))
        contents = _Contents(
            self._texts(target_of(links, "/sharedStrings")),
            self._styles(target_of(links, "/styles")),
            any(kind == _PROPERTIES and bool(body[0] & 1) for kind, body in workbook),
        )
        listed = [_named(body, links) for kind, body in workbook if kind == _SHEET]
        parts = [(title, target) for title, (what, target) in listed if what.endswith("/worksheet")]
        if not parts or len({target for _, target in parts}) != len(parts):
            message = "no sheets, or two in one place"  # each would be read as often as it is listed
            raise ValueError(message)
        notes = [f"有 {len(parts)} 张表，只读前 {MOST_SHEETS} 张"] if len(parts) > MOST_SHEETS else []
        sheets, places = list[Sheet](), MergedPlaces()
        for title, target in parts[:MOST_SHEETS]:
            one = _SheetRun(contents, self._budget)
            for kind, body in self._records(target):
                one.take(kind, body)
            shown = printable(title)
            notes += [f"“{shown}”超过 {MOST_ROWS} 行，后面的没有读取"] if one.too_long else []
            notes += hidden_note(shown, one.rows, one.hidden)
            sheets.append(Sheet(shown, one.rows, places.of(one.merged)))
        return Book(tuple(sheets), tuple(notes))

    def _texts(self, part: str) -> list[str]:
        found = list[str]()
        for kind, body in self._records(part):
            if kind == _TEXT_ITEM:
                found.append(_text(body, 1))
                if len(found) > _MOST_TEXTS:
                    message = "too many texts"
                    raise ValueError(message)
        return found

    def _styles(self, part: str) -> _Styles:
        codes, used, inside = dict[int, str](), list[int](), False
        for kind, body in self._records(part):
            if kind in (_STYLES_BEGIN, _STYLES_END):
                inside = kind == _STYLES_BEGIN
            elif kind == _FORMAT:
                codes[struct.unpack_from("<H", body)[0]] = _text(body, 2)
            elif kind == _STYLE and inside:
                used.append(struct.unpack_from("<H", body, 2)[0])
            if len(codes) + len(used) > _MOST_STYLES:
                message = "too many styles"
                raise ValueError(message)
        return _Styles(codes, used)

    def _records(self, part: str) -> Iterator[tuple[int, bytes]]:
        """The records of a part: what each is, and its bytes."""
        data = self._package.read(part) if part in self._package else b""
        at = 0
        while at < len(data):
            kind, at = _number(data, at, _LAST_OF_TYPE)
            size, at = _number(data, at, _LAST_OF_SIZE)
            self._left -= 1
            if at + size > len(data) or self._left < 0:
                message = "cut off, or too many records"
                raise ValueError(message)
            yield kind, data[at : at + size]
            at += size


class _SheetRun:
    """One sheet on its way to cells."""

    def __init__(self, contents: _Contents, budget: CellBudget) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[Range] = []
        self.hidden: list[int] = []
        self.too_long = False
        self._contents, self._budget = contents, budget
        self._row = self._column = 0

    def take(self, kind: int, body: bytes) -> None:
        """Take a record."""
        if kind == _ROW:
            self._row, self._column = struct.unpack_from("<I", body)[0] + 1, 0
            if body[11] & _HIDDEN and self._row <= MOST_ROWS:
                self.hidden.append(self._row)
        elif kind == _MERGED and len(self.merged) < _MOST_MERGED:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            self.merged.append(Range(left + 1, top + 1, right + 1, bottom + 1))
        elif kind in _SHORT:
            self._column += 1
            self._cell(_SHORT[kind], body, _SHORT_HEAD, formula=False)
        elif kind in _FORMULAS or kind in (_BLANK, _RK, _ERROR, _BOOL, _REAL, _TEXT, _SHARED, _RICH):
            self._column = struct.unpack_from("<I", body)[0] + 1
            self._cell(_FORMULAS.get(kind, kind), body, _HEAD, formula=kind in _FORMULAS)

    def _cell(self, kind: int, body: bytes, head: int, *, formula: bool) -> None:
        if self._row > MOST_ROWS:
            self.too_long = True
        elif kind != _BLANK and self._column <= MOST_COLUMNS:
            style = self._contents.styles.of(int.from_bytes(body[head - _SHORT_HEAD : head - 1], "little"))
            value = self._value(kind, body, head, style)
            if value is not None or formula:
                self._budget.take(value)
                ref = f"{get_column_letter(self._column)}{self._row}"
                self.rows.setdefault(self._row, {})[self._column] = Cell(ref, value, formula or kind == _ERROR, style)

    def _value(self, kind: int, body: bytes, at: int, style: str) -> Value:
        """What a cell holds, as openpyxl would have it; of an error its name."""
        match kind:
            case 2:
                return self._figure(_packed(body, at), style)
            case 3:
                return _ERRORS.get(body[at], "#N/A")
            case 4:
                return bool(body[at])
            case 5:
                return self._figure(struct.unpack_from("<d", body, at)[0], style)
            case 7:
                return self._contents.texts[struct.unpack_from("<I", body, at)[0]] or None
            case 62:
                return _text(body, at + 1) or None
            case _:
                return _text(body, at) or None

    def _figure(self, number: float, style: str) -> Value:
        if is_date_format(style):
            day: Value = from_excel(number, CALENDAR_MAC_1904 if self._contents.since_1904 else CALENDAR_WINDOWS_1900)
            return day
        return int(number) if float(number).is_integer() else number


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of up to so many bytes, seven bits in each, and where it ends."""
    found = 0
    for place in range(most):
        byte = data[at + place]
        found |= (byte & 0x7F) << (7 * place)
        if byte < 0x80:  # noqa: PLR2004 - the eighth bit says that another byte follows
            return found, at + place + 1
    return found, at + most


def _text(body: bytes, at: int) -> str:
    """A text with its length before it; of a longer one just enough to refuse it."""
    (length,) = struct.unpack_from("<I", body, at)
    begin = at + 4
    if begin + 2 * length > len(body):
        message = "a text longer than its record"
        raise ValueError(message)
    return body[begin : begin + 2 * min(length, MOST_TEXT + 1)].decode("utf-16-le", "replace")


def _packed(body: bytes, at: int) -> float:
    """A number in four bytes: an integer, or the upper half of a fraction; perhaps in hundredths."""
    (raw,) = struct.unpack_from("<i", body, at)
    number: float = raw >> 2 if raw & 2 else struct.unpack("<d", b"\0\0\0\0" + struct.pack("<i", raw & ~3))[0]
    return number / 100 if raw & 1 else number


def _named(body: bytes, links: Mapping[str, tuple[str, str]]) -> tuple[str, tuple[str, str]]:
    """A sheet: its title, and what it is and where."""
    (length,) = struct.unpack_from("<I", body, 8)
    link = "" if length == 0xFFFFFFFF else _text(body, 8)  # noqa: PLR2004 - no text at all
    behind = 12 + (0 if length == 0xFFFFFFFF else 2 * length)  # noqa: PLR2004
    return _text(body, behind), links.get(link, ("", ""))
