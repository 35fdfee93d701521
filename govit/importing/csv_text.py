"""文本表格（.csv、.txt）：lines of a text -> the cells of one sheet. All of them are texts: what a figure is, its column says."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import TYPE_CHECKING

from openpyxl.utils import get_column_letter

from govit.base.usage import UsageError
from govit.importing.book import MOST_COLUMNS, MOST_ROWS, SAVE_AS, Book, Cell, CellBudget, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

ENDINGS = (".csv", ".tsv", ".txt")
_SEPARATORS = ",\t;，"
MOST_BYTES = 10_000_000
"""Of the file; a list of 2000 projects has a tenth of them."""
MOST_FIELDS = 1_000_000
"""Of a text, filled or not; a list of 2000 projects has a twentieth of them."""
_LOOKED_AT = 20
"""Lines in which the separator is looked for."""
_AS_TEXT = re.compile(r'="([^"]*)"')
"""How a text that looks like a number is written, so that Excel leaves it alone."""


def read(data: bytes, name: str) -> Book:
    """The one sheet of a text; UsageError if it is no text or not one to be trusted."""
    if len(data) > MOST_BYTES:
        message = f"{name} 超过 {MOST_BYTES // 1_000_000} MB，没有读取；只留项目清单再导入"
        raise UsageError(message)
    text = _decoded(data, name)
    separator = _separator(text)
    if text.count(separator) + text.count("\n") + text.count("\r") > MOST_FIELDS:
        message = f"{name} 太大：逗号和换行合计超过 {MOST_FIELDS // 10_000} 万个，没有读取；只留项目清单再导入"
        raise UsageError(message)
    notes = []
    try:
        rows = _rows(csv.reader(io.StringIO(text, newline=""), delimiter=separator), CellBudget(name))
    except csv.Error as error:
        message = f"{name} 读不出来：有不成对的引号，或者一格里的文字太长；{SAVE_AS}"
        raise UsageError(message) from error
    if rows.pop(MOST_ROWS + 1, None) is not None:
        notes.append(f"超过 {MOST_ROWS} 行，后面的没有读取")
    return Book((Sheet("文本", rows, {}),), tuple(notes))


def _decoded(data: bytes, name: str) -> str:
    """UTF-8 with or without BOM, what Excel calls Unicode text, else GBK and its successor GB 18030."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    plain = () if b"\0" in data else ("utf-8-sig", "gb18030")
    for encoding in ("utf-16",) if wide else plain:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    message = f"{name} 不是文本，或者编码不是 UTF-8、GBK，没有读取；{SAVE_AS}"
    raise UsageError(message)


def _separator(text: str) -> str:
    """What stands most often between the quoted parts of the first lines; of a file of one column the comma."""
    head = "\n".join(re.sub(r'"[^"]*"', "", text[:100_000]).splitlines()[:_LOOKED_AT])
    return max(_SEPARATORS, key=head.count)


def _rows(lines: Iterable[list[str]], budget: CellBudget) -> dict[int, dict[int, Cell]]:
    """The filled cells, and one row more than is read, if there is one."""
    rows: dict[int, dict[int, Cell]] = {}
    for number, line in enumerate(lines, 1):
        if number > MOST_ROWS and any(line):
            rows[MOST_ROWS + 1] = {}
            break
        for column, written in enumerate(line[:MOST_COLUMNS], 1):
            quoted = _AS_TEXT.fullmatch(written.strip())
            value = quoted[1] if quoted else written
            if value.strip():
                budget.take(value)
                cell = Cell(f"{get_column_letter(column)}{number}", value)
                rows.setdefault(number, {})[column] = cell
    return rows
