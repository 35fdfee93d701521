"""工作簿：what every Excel file of govit has in common.

Templates that a clerk can edit, text that stays text, formulas that carry their values, the same bytes for the
same input.
"""

from __future__ import annotations

import datetime as dt
import errno
import io
import re
import warnings
import zipfile
import zlib
from copy import copy, deepcopy
from decimal import Decimal
from math import ceil, isfinite
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lxml.etree import SerialisationError
from openpyxl import load_workbook
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.writer.excel import ExcelWriter

from govit.base.files import read_bytes
from govit.base.usage import UsageError
from govit.forms.excel.whole import damage
from govit.forms.templates import built_in_folder
from govit.forms.zipped import undated, unpacked

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.header_footer import HeaderFooterItem
    from openpyxl.worksheet.worksheet import Worksheet

CellValue = str | int | float | Decimal | dt.date | None
LONGEST_TEXT = 32_767
"""What one cell holds, in UTF-16 units."""
LONGEST_TITLE = 31
CUT = "……（以下略，全文见 project.yaml）"
PADDING = 6.0
"""Points above and below the text of a row."""
TALLEST = 409.0
FOOT = "foot"
"""The kind of the rows below those that are filled in."""
_PIECE = 390.0
"""Of a text that goes on in the next row: two of these fit on a page."""
LEADING = 1.44
"""The height of a line for each point of its letters, as Excel and WPS set East Asian fonts."""
_MARGIN = 1.5
"""Columns of letters that the borders of a cell take."""
_MOST_TEMPLATE = 20 * 1024 * 1024
_MOST_UNPACKED, MOST_MARKUP, MOST_ATTRIBUTES = 20_000_000, 60_000, 300_000
"""Bytes, tags and attributes of a template: openpyxl makes an object of nearly every tag. Ours have some thousand."""
MOST_ROWS, MOST_COLUMNS = 500, 200
"""What a sheet of a template may have."""
PACKED_FROM = 8 * 1024 * 1024
"""From here on a workbook is compressed. Below it is not: programs that compress differ in their bytes."""
_DECLARED = re.compile(rb"<!(?:DOCTYPE|ENTITY)|<\0!\0|\0<\0!")
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BAD_IN_TITLE = re.compile(r"[\[\]:*?/\\]|[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_ROWS = re.compile(rb"<sheetData ?/>|</?sheetData>")
_DIMENSION = re.compile(rb"<dimension [^<>]*(?:/>|></dimension>)")
_MERGED = re.compile(rb"(?:<mergeCell [^<>]*(?:/>|></mergeCell>))+")
_MERGE = re.compile(rb"<mergeCell [^<>]*(?:/>|></mergeCell>)")
"""openpyxl writes merged cells in the order of a set, which differs from run to run."""
_FIRST_DAY = dt.date(1899, 12, 30)
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^<>]*>)[^<]*")


# -- templates ---------------------------------------------------------------------------------------


def template_path(name: str) -> Path:
    """A template in the installed package, else in the checkout."""
    return built_in_folder() / name


def load(name: str) -> Workbook:
    """Open a template of ours."""
    path = template_path(name)
    return opened(read_bytes(path, _MOST_TEMPLATE), name)


def opened(data: bytes, name: str) -> Workbook:
    """A template from its bytes, which a stranger may have made; UsageError if it is no workbook within bounds."""
    try:
        parts = unpacked(data, _MOST_UNPACKED).values()
        marks = sum(part.count(b"<") for part in parts)
        attributes = sum(part.count(b'="') + part.count(b"='") for part in parts)
        swells = any(_DECLARED.search(part) for part in parts) or marks > MOST_MARKUP or attributes > MOST_ATTRIBUTES
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what openpyxl does not support it says in English, and leaves out
            book = None if swells else load_workbook(io.BytesIO(data))
    except Exception:  # noqa: BLE001  (of a stranger's file openpyxl raises whatever its parsers do)
        book = None
    if book is None:  # Excel and WPS declare no entities: who does means to swell
        message = f"模板打不开：{name}；请在 Excel 或 WPS 里另存为 .xlsx 再试"
        raise UsageError(message)
    if not all(map(isfinite, _sizes(book))):
        message = f"模板 {name} 的列宽或行高不是数；请在 Excel 或 WPS 里另存为 .xlsx 再试"
        raise UsageError(message)
    if any(sheet.max_row > MOST_ROWS or sheet.max_column > MOST_COLUMNS for sheet in book.worksheets):
        message = f"模板 {name} 太大：一张表最多 {MOST_ROWS} 行、{MOST_COLUMNS} 列；删去下面和右面的空行空列再试"
        raise UsageError(message)
    for sheet in book.worksheets:
        _ungroup(sheet)
    return book


def _ungroup(sheet: Worksheet) -> None:
    """Give each column its own width: of neighbours of one width a file tells the first only, and openpyxl knows no other."""
    for first in list(sheet.column_dimensions.values()):
        start, end = first.min or 0, min(first.max or 0, MOST_COLUMNS)
        for number in range(start + 1, end + 1):
            one = sheet.column_dimensions[get_column_letter(number)]
            one.width, one.hidden = first.width, first.hidden
        first.max = first.min


def _sizes(book: Workbook) -> Iterator[float]:
    """The widths of columns and heights of rows that are given."""
    for sheet in book.worksheets:
        yield from (column.width for column in sheet.column_dimensions.values())
        yield from (row.height for row in sheet.row_dimensions.values() if row.height is not None)


def copy_page(source: Worksheet, target: Worksheet) -> None:
    """Give a sheet the page of another: paper, margins, header and footer, repeated rows, frozen header, zoom."""
    for name in (
        "page_setup",
        "page_margins",
        "print_options",
        "sheet_properties",
        "sheet_format",
        "oddHeader",
        "oddFooter",
    ):
        setattr(target, name, copy(getattr(source, name)))
    target.views = deepcopy(source.views)
    target.freeze_panes = source.freeze_panes
    if source.print_title_rows:
        target.print_title_rows = source.print_title_rows
    if source.print_title_cols:
        target.print_title_cols = source.print_title_cols


def sheet_title(wanted: str, taken: Collection[str]) -> str:
    """A name that Excel allows for a sheet and that no other sheet has: case does not tell two sheets apart."""
    plain = _BAD_IN_TITLE.sub("_", wanted).strip().strip("'") or "表"
    used = {name.casefold() for name in taken}
    title, number = _shortened(plain, ""), 2
    while title.casefold() in used:
        title, number = _shortened(plain, f"_{number}"), number + 1
    return title


def _shortened(text: str, suffix: str) -> str:
    room = LONGEST_TITLE - len(suffix)
    while len(text.encode("utf-16-le")) // 2 > room:
        text = text[:-1]
    return text + suffix


# -- values ------------------------------------------------------------------------------------------


def text_for_cell(text: str) -> str:
    """A text as a cell can hold it.

    What XML cannot hold is shown as its number, what Excel would read as an escape is escaped, and what is longer
    than a cell is cut with a mark.
    """
    if not text.isprintable():
        text = _UNWRITABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\r\n", "\n").replace("\r", "\n"))
    if "_x" in text:
        text = _ESCAPE_LIKE.sub("_x005F_", text)
    if len(text) * 2 > LONGEST_TEXT and len(text.encode("utf-16-le")) // 2 > LONGEST_TEXT:
        room = (LONGEST_TEXT - len(CUT)) * 2
        text = text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + CUT
    return text


def text_of_cell(text: str) -> str:
    """The text that `text_for_cell` wrote, as a program reads it back."""
    return _ESCAPED.sub("_", text) if "_x005F_" in text else text


def put(cell: Cell | MergedCell, value: CellValue) -> None:
    """Write a value: a text stays the text it is, also when somebody edits the cell; it never becomes a formula."""
    if not isinstance(value, str):
        cell.value = value
        return
    text = text_for_cell(value)
    if not text:
        return
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_LIKE_FORMULA):
        cell.quotePrefix = True


def page_line(line: HeaderFooterItem | None) -> HeaderFooterItem:
    """The line at the head or foot of each page, which openpyxl always gives."""
    if line is None:
        message = "a sheet without a head or foot"
        raise ValueError(message)
    return line


# -- row heights -------------------------------------------------------------------------------------


def lines(text: str, column: float) -> int:
    """Lines that a text takes in a column: programs do not fit the height of a row by themselves."""
    room = max(column - _MARGIN, 1)
    return sum(ceil(max(_width(part), 1) / room) for part in text.split("\n"))


def _width(text: str) -> int:
    """Columns of letters that a text takes in an East Asian font: what GBK writes in two bytes takes two."""
    return len(text.encode("gb18030", "replace"))


def most_lines(size: float = 10.5) -> int:
    """The lines that the tallest row holds."""
    return int((_PIECE - PADDING) / (size * LEADING))


def pieces(text: str, column: float, most: int) -> list[str]:
    """A text cut where a sentence or a line ends, so that no piece takes more lines than that; joined they are the text."""
    found = []
    while (cut := _longest(text, column, most)) < len(text):
        stop = max(text.rfind(mark, cut - cut // 4, cut) for mark in "\n。；，、")
        cut = stop + 1 if stop > 0 else cut
        found.append(text[:cut])
        text = text[cut:]
    return [*found, text]


def _longest(text: str, column: float, most: int) -> int:
    """How many characters from the beginning take no more than so many lines, each of a column of letters at least."""
    low, high = 1, min(len(text), most * (int(column) + 2))
    if lines(text[:high], column) <= most:
        return high
    while low < high:
        middle = (low + high + 1) // 2
        if lines(text[:middle], column) <= most:
            low = middle
        else:
            high = middle - 1
    return low


def row_height(most_lines: int, size: float = 10.5) -> float:
    """The height of a row in points for so many lines of letters of a size."""
    return min(round(most_lines * size * LEADING + PADDING, 2), TALLEST)


# -- rows as they stand in the file --------------------------------------------------------------------


class SheetRows:
    """写好的行：the rows of a sheet as its file holds them, each formula with what it is worth.

    openpyxl writes no values beside formulas, so that a viewer that does not calculate would show nothing; and a
    sheet of a hundred thousand cells would cost it seconds and hundreds of megabytes.
    """

    __slots__ = ("_book", "_packed", "_packer", "_quoted", "_styles", "heights", "kinds", "merged", "size")

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._styles: dict[int, int] = {}
        self._quoted: dict[int, int] = {}
        self._packer = zlib.compressobj(1)
        self._packed: list[bytes] = []
        self.merged: list[str] = []
        self.heights: list[float] = []
        self.kinds: list[str] = []
        self.size = 0

    def row(self, number: int, height: float, cells: Iterable[str], kind: str = "") -> None:
        """Add a row of a kind; a height of 0 leaves it to the program."""
        self.heights.append(height)
        self.kinds.append(kind)
        tall = f' ht="{height:g}" customHeight="1"' if height else ""
        row = f'<row r="{number}"{tall}>{"".join(cells)}</row>'.encode()
        self.size += len(row)
        if packed := self._packer.compress(row):
            self._packed.append(packed)

    def parts(self) -> Iterator[bytes]:
        """All rows, in parts: of a large sheet only the packed rows are ever held."""
        packed = [*self._packed, self._packer.copy().flush()]
        unpacker = zlib.decompressobj()
        for part in packed:
            yield unpacker.decompress(part)

    def cell(self, at: str, style: StyleArray | None, value: CellValue) -> str:
        """A cell with a text, a number, a date or nothing; a text stays text, also when somebody edits it."""
        if value is None or value == "":
            return f'<c r="{at}" s="{self._style(style)}"/>'
        if isinstance(value, str):
            text = text_for_cell(value)
            number = self._style(style, quoted=text.startswith(_LIKE_FORMULA))
            return f'<c r="{at}" s="{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
        return f'<c r="{at}" s="{self._style(style)}"><v>{_figure(value)}</v></c>'

    def formula(self, at: str, style: StyleArray | None, formula: str, value: Decimal) -> str:
        """A cell with a formula and what it is worth."""
        return f'<c r="{at}" s="{self._style(style)}"><f>{escape(formula)}</f><v>{value:f}</v></c>'

    def _style(self, style: StyleArray | None, *, quoted: bool = False) -> int:
        """The number of a style in the workbook; of one that keeps = and + as text, if that is wanted."""
        known = self._quoted if quoted else self._styles
        if id(style) not in known:
            wanted = StyleArray() if style is None else copy(style)
            wanted.quotePrefix = int(quoted)
            known[id(style)] = self._book._cell_styles.add(wanted)  # type: ignore[attr-defined]
        return known[id(style)]


def _figure(value: float | Decimal | dt.date) -> str:
    if isinstance(value, dt.date):
        return str((value - _FIRST_DAY).days)
    return f"{value:f}" if isinstance(value, Decimal) else str(value)


_NO_ROOM = "临时文件夹写不下（磁盘已满、只读，或者限制了文件大小）"


# -- saving ------------------------------------------------------------------------------------------


def save(book: Workbook, written: Mapping[str, SheetRows] | None = None) -> bytes:
    """The workbook as bytes, the same ones for the same content; `written` are rows that go into a sheet, by its name."""
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.active  # several at once would be edited at once
    book.properties.creator = "govit"
    book.properties.lastModifiedBy = None
    rows = {f"xl/worksheets/sheet{n}.xml": (written or {}).get(s.title) for n, s in enumerate(book.worksheets, 1)}
    bare = _written_by_openpyxl(book)
    out = io.BytesIO()
    size = len(bare.getvalue()) + sum(sheet.size for sheet in rows.values() if sheet is not None)
    method = zipfile.ZIP_STORED if size < PACKED_FROM else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(bare) as source, zipfile.ZipFile(out, "w", method) as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            elif name in rows:
                content = _MERGED.sub(lambda found: b"".join(sorted(_MERGE.findall(found[0]))), content)
            with target.open(undated(name, method), "w") as file:
                for part in _with_rows(content, rows.get(name)):
                    file.write(part)
    return _opened_again(out.getvalue())


def _opened_again(data: bytes) -> bytes:
    """The finished workbook, once it is seen that Excel will open it."""
    wrong = damage(data)
    if wrong:
        raise OSError(
            errno.EINVAL,
            f"做出来的工作簿打不开（{wrong}），没有写入；用的是自己的模板的，请用 Excel 或 WPS 另存一份再试",
        )
    return data


def _written_by_openpyxl(book: Workbook) -> io.BytesIO:
    """The workbook as openpyxl writes it, each sheet by way of a temporary file; OSError if there was no room for one.

    lxml does not always say that a file was cut short, so the end of every sheet is looked at.
    """
    bare = io.BytesIO()
    try:
        ExcelWriter(book, zipfile.ZipFile(bare, "w", zipfile.ZIP_STORED)).save()
    except (OSError, SerialisationError) as error:
        raise OSError(errno.EINVAL, _NO_ROOM) from error
    with zipfile.ZipFile(bare) as package:
        sheets = [name for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
        if not all(package.read(name).rstrip().endswith(b"</worksheet>") for name in sheets):
            raise OSError(errno.EINVAL, _NO_ROOM)
    return bare


def _with_rows(sheet: bytes, written: SheetRows | None) -> Iterator[bytes]:
    """A sheet with its rows put in, and the cells that are merged after them, as the format wants it."""
    if written is None:
        yield sheet
        return
    head, *_, tail = _ROWS.split(_DIMENSION.sub(b"", sheet))
    yield from (head, b"<sheetData>")
    yield from written.parts()
    yield b"</sheetData>"
    if written.merged:
        yield f'<mergeCells count="{len(written.merged)}">'.encode()
        yield "".join(f'<mergeCell ref="{ref}"/>' for ref in written.merged).encode()
        yield b"</mergeCells>"
    yield tail
