"""工作簿：what every Excel file of govit has in common.

Templates that a clerk can edit, text that stays text, formulas that carry their values, the same bytes for the
same input.
"""

from __future__ import annotations

import io
import re
import zipfile
from copy import copy, deepcopy
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from openpyxl import load_workbook
from openpyxl.writer.excel import ExcelWriter

from govit.files import read_bytes
from govit.usage import UsageError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from decimal import Decimal

    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST_TEXT = 32_767
"""What one cell holds, in UTF-16 units."""
LONGEST_TITLE = 31
CUT = "……（以下略，全文见 project.yaml）"
PADDING = 6.0
"""Points above and below the text of a row."""
TALLEST = 409.0
LEADING = 1.44
"""The height of a line for each point of its letters, as Excel and WPS set East Asian fonts."""
_MARGIN = 1.5
"""Columns of letters that the borders of a cell take."""
_MOST_TEMPLATE = 20 * 1024 * 1024
_EPOCH = (1980, 1, 1, 0, 0, 0)
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_ESCAPE_LIKE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x005F_(?=x[0-9A-Fa-f]{4}_)")
_LIKE_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_BAD_IN_TITLE = re.compile(r"[\[\]:*?/\\]|[\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_EMPTY_FORMULA = re.compile(rb'(<c r="([A-Z]+[0-9]+)"[^>]*><f>[^<]*</f>)<v ?(?:/>|></v>)')
_SAVED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


# -- templates ---------------------------------------------------------------------------------------


def template_path(name: str) -> Path:
    """A template in the installed package, else in the checkout."""
    package = Path(__file__).parent.parent
    installed = package / "templates" / name
    return installed if installed.is_file() else package.parent / "templates" / name


def load(name: str) -> Workbook:
    """Open a template of ours."""
    path = template_path(name)
    return opened(read_bytes(path, _MOST_TEMPLATE), name)


def opened(data: bytes, name: str) -> Workbook:
    """A template from its bytes; UsageError if it is no workbook."""
    try:
        return load_workbook(io.BytesIO(data))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        message = f"模板打不开：{name}；请在 Excel 或 WPS 里另存为 .xlsx 再试"
        raise UsageError(message) from error


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


def put(cell: Cell | MergedCell, value: Any) -> None:  # noqa: ANN401 - text, number, date or nothing
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


def put_formula(cell: Cell | MergedCell, formula: str) -> None:
    """Write a formula of ours; its value goes into `save`."""
    cell.value = formula
    cell.data_type = "f"


# -- row heights -------------------------------------------------------------------------------------


def lines(text: str, column: float) -> int:
    """Lines that a text takes in a column: programs do not fit the height of a row by themselves."""
    room = max(column - _MARGIN, 1)
    return sum(ceil(max(_width(part), 1) / room) for part in text.split("\n"))


def _width(text: str) -> int:
    """Columns of letters that a text takes in an East Asian font: what GBK writes in two bytes takes two."""
    return len(text.encode("gb18030", "replace"))


def row_height(most_lines: int, size: float = 10.5) -> float:
    """The height of a row in points for so many lines of letters of a size."""
    return min(round(most_lines * size * LEADING + PADDING, 2), TALLEST)


# -- saving ------------------------------------------------------------------------------------------


def save(book: Workbook, values: Mapping[str, Mapping[str, Decimal]] | None = None) -> bytes:
    """The workbook as bytes, the same ones for the same content.

    `values` gives what each formula is worth, by sheet and cell: openpyxl writes none, and a viewer that does not
    calculate would show nothing.
    """
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.active  # several at once would be edited at once
    book.properties.creator = "govit"
    book.properties.lastModifiedBy = None
    cached = {f"xl/worksheets/sheet{n}.xml": (values or {}).get(s.title) for n, s in enumerate(book.worksheets, 1)}
    written = io.BytesIO()
    ExcelWriter(book, zipfile.ZipFile(written, "w", zipfile.ZIP_STORED)).save()
    out = io.BytesIO()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in sorted(source.namelist()):
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _SAVED.sub(rb"\g<1>2000-01-01T00:00:00Z", content)
            elif known := cached.get(name):
                content = _with_values(content, known)
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3
            info.external_attr = 0o644 << 16
            target.writestr(info, content)
    return out.getvalue()


def _with_values(sheet: bytes, values: Mapping[str, Decimal]) -> bytes:
    def valued(found: re.Match[bytes]) -> bytes:
        value = values.get(found[2].decode())
        return found[0] if value is None else found[1] + b"<v>" + f"{value:f}".encode() + b"</v>"

    return _EMPTY_FORMULA.sub(valued, sheet)
