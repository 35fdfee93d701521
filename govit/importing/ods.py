"""开放文档表格（.ods，GB/T 20916 的同类）：content.xml of an OpenDocument file -> cells with their places.

What the zip file holds was examined before, as of an xlsx file: its size, its tags, and that it declares no entities.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from itertools import islice
from typing import TYPE_CHECKING

from lxml import etree
from openpyxl.utils import get_column_letter

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
from govit.importing.outline_xlsx import MOST_MERGED

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.importing.book import Value

    _ReadCells = Mapping[etree._Element, Cell]  # noqa: SLF001 - lxml names the type of its elements so

MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_CONTENT, _STYLES = "content.xml", "styles.xml"
_NAMES = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
_MOST_PARTS = 30
"""Elements of a number format that are looked at; one has some five."""
_SCALED = re.compile("[万亿]")
_GENERAL = "General"


def is_ods(data: bytes) -> bool:
    """Whether a file is a spreadsheet of OpenDocument: the first entry of its zip file says so, unpacked."""
    return MIMETYPE in data[:200]


def read(data: bytes, name: str) -> Book:
    """Every sheet; UsageError if there is none or they are not to be trusted."""
    try:
        package = Package(io.BytesIO(data), len(data))
        styles = etree.fromstring(package.read(_STYLES), _parser()) if _STYLES in package else None
        return _book(etree.fromstring(package.read(_CONTENT), _parser()), styles, CellBudget(name))
    except UsageError:
        raise
    except Exception as error:  # of a stranger's file a parser raises whatever it does
        message = f"{name} 读不出来（{type(error).__name__}）；{SAVE_AS}"
        raise UsageError(message) from error


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _name(prefix: str, local: str) -> str:
    kind = {"number": "datastyle"}.get(prefix, prefix)
    return f"{{{_NAMES.format(kind)}}}{local}"


_TABLE, _ROW = _name("table", "table"), _name("table", "table-row")
_CELL, _COVERED = _name("table", "table-cell"), _name("table", "covered-table-cell")
_COLUMN, _DEFAULT = _name("table", "table-column"), _name("table", "default-cell-style-name")
_TEXT = _name("text", "p")


def _book(root: etree._Element, styles: etree._Element | None, budget: CellBudget) -> Book:
    scaled = frozenset(name for part in (root, styles) if part is not None for name in _scaled_styles(part))
    tables = list(root.iter(_TABLE))
    notes = [f"有 {len(tables)} 张表，只读前 {MOST_SHEETS} 张"] if len(tables) > MOST_SHEETS else []
    sheets, places = list[Sheet](), MergedPlaces()
    for table in tables[:MOST_SHEETS]:
        title = printable(table.get(_name("table", "name"), ""))
        one = _Table(table, scaled, budget)
        if one.cut:
            notes.append(f"“{title}”超过 {MOST_ROWS} 行，后面的没有读取")
        notes += hidden_note(title, one.rows, one.hidden)
        sheets.append(Sheet(title, one.rows, places.of(one.merged)))
    return Book(tuple(sheets), tuple(notes))


def _scaled_styles(part: etree._Element) -> Iterator[str]:
    """The cell styles that show another figure than the one that is stored: in thousands, in 万."""
    style, factor = _name("style", "name"), _name("number", "display-factor")
    data = set()
    for one in part.iter():
        if not isinstance(one.tag, str) or not one.tag.startswith(_name("number", "")):
            continue
        parts = list(islice(one.iter(), _MOST_PARTS))
        shown = "".join(f"{part.text or ''}{part.tail or ''}" for part in parts)
        if any(part.get(factor, "1") != "1" for part in parts) or _SCALED.search(shown):
            data.add(one.get(style))
    for one in part.iter(_name("style", "style")):
        if one.get(_name("style", "data-style-name")) in data - {None}:
            yield one.get(style, "")


class _Table:
    """One sheet: its filled cells by row and column, its merged ranges, and whether it has more rows than are read."""

    def __init__(self, table: etree._Element, scaled: frozenset[str], budget: CellBudget) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[Range] = []
        self.hidden: list[int] = []
        self.cut = False
        self._scaled, self._budget = scaled, budget
        self._columns = _column_styles(table)
        number = 1
        for row in table.iter(_ROW):
            times = _count(row, "number-rows-repeated")
            cells = [one for one in _cells(row) if _is_filled(one[1]) or _is_merged(one[1])]
            if cells:
                if number > MOST_ROWS:
                    self.cut = True
                    break
                unseen = row.get(_name("table", "visibility")) in ("collapse", "filter")
                read = {cell: _read_cell(cell) for _, cell, _ in cells if _is_filled(cell)}
                filled = [one for one in cells if one[1] in read]
                self._merge(number, cells)
                for at in range(number, min(number + times, MOST_ROWS + 1)) if filled else ():
                    self._take(at, row, filled, read)
                    self.hidden += [at] if unseen else []
            number += times

    def _merge(self, number: int, cells: list[tuple[int, etree._Element, int]]) -> None:
        for first, cell, _ in cells:
            if _is_merged(cell) and len(self.merged) < MOST_MERGED:
                wide, high = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
                self.merged.append(Range(first, number, first + wide - 1, number + high - 1))

    def _take(
        self, number: int, row: etree._Element, cells: list[tuple[int, etree._Element, int]], read: _ReadCells
    ) -> None:
        """Take the filled cells of a row; what they hold was read once, however often the row is repeated."""
        for first, cell, times in cells:
            for column in range(first, first + times):
                self._budget.take(read[cell].value)
                style = cell.get(_name("table", "style-name")) or row.get(_DEFAULT) or self._columns.get(column, "")
                one = read[cell]._replace(ref=f"{get_column_letter(column)}{number}")
                scaled = style in self._scaled and one.format == _GENERAL
                self.rows.setdefault(number, {})[column] = one._replace(format="0万") if scaled else one


def _column_styles(table: etree._Element) -> Mapping[int, str]:
    """The style that the cells of each column have, where they name none."""
    styles: dict[int, str] = {}
    number = 1
    for column in table.iter(_COLUMN):
        times = _count(column, "number-columns-repeated")
        styles |= dict.fromkeys(range(number, min(number + times, MOST_COLUMNS + 1)), column.get(_DEFAULT, ""))
        number += times
    return styles


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element, int]]:
    """The cells of a row that are read, each with its column and how many times it stands there."""
    column = 1
    for cell in row.iterchildren(_CELL, _COVERED):
        times = _count(cell, "number-columns-repeated")
        if column > MOST_COLUMNS:
            return
        yield column, cell, min(times, MOST_COLUMNS - column + 1)
        column += times


def _count(node: etree._Element, what: str) -> int:
    given = node.get(_name("table", what), "1")
    return max(1, int(given)) if given.isascii() and given.isdigit() else 1


def _is_merged(cell: etree._Element) -> bool:
    return max(_count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")) > 1


def _is_filled(cell: etree._Element) -> bool:
    return cell.tag == _CELL and (cell.get(_name("office", "value-type")) is not None or cell.find(_TEXT) is not None)


def _read_cell(cell: etree._Element) -> Cell:
    """What a cell holds, wherever it stands."""
    kind = cell.get(_name("office", "value-type"), "string")
    shown = "0%" if kind == "percentage" else _GENERAL
    return Cell("", _value(cell, kind), cell.get(_name("table", "formula")) is not None, shown)


def _value(cell: etree._Element, kind: str) -> Value:
    """What a cell holds, as openpyxl would have it."""
    match kind:
        case "float" | "percentage" | "currency":
            number = float(cell.get(_name("office", "value"), "nan"))
            return int(number) if number.is_integer() else number
        case "date":
            return dt.datetime.fromisoformat(cell.get(_name("office", "date-value"), ""))
        case "boolean":
            return cell.get(_name("office", "boolean-value")) == "true"
        case _:
            text = "\n".join(_words(line) for line in cell.iterchildren(_TEXT))
            return text or cell.get(_name("office", "string-value")) or None


def _words(line: etree._Element) -> str:
    """The text of a paragraph, with the blanks and breaks that OpenDocument writes as elements."""
    words = line.text or ""
    for part in line.iterchildren():
        if len(words) > MOST_TEXT:
            break
        kind = etree.QName(part).localname if isinstance(part.tag, str) else ""
        blank = {"s": " " * min(_count_blanks(part), 100), "tab": "\t", "line-break": "\n"}.get(kind)
        inner = _words(part) if kind in ("span", "a") else ""
        words += (blank if blank is not None else inner) + (part.tail or "")
    return words


def _count_blanks(blanks: etree._Element) -> int:
    given = blanks.get(_name("text", "c"), "1")
    return int(given) if given.isascii() and given.isdigit() and len(given) < len("10000") else 1
