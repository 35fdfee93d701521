"""报告里的表：its header, what it lists, the column of amounts, and rows that are sums of others. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.statements.amounts import Amount, amount_in, decimals_of, plain
from govit.statements.words import has, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govit.documents.passages import Passage
    from govit.statements.sections import ReportSection

_MONEY_UNITS = ("亿元", "万元", "元")
_NUMBERS = frozenset("0123456789.")
_HAN = frozenset("一二三四五六七八九十")
HEAD_ROWS = 4
"""The header of a table stands in its first rows."""
LONGEST_HEAD, LONGEST_CAPTION = 24, 80
LONGEST_NUMBER = 8
FEWEST_COLUMNS = 2
BLANK = frozenset(("", "-", "—", "——", "/", "\\", "无", "0"))
BUDGET = "概算"


class TableRow:
    """一行：its cells, and the place of the first. Most tables of a report are of no interest, so cells are made plain when asked for."""

    __slots__ = ("_parts", "_plain", "place")

    def __init__(self, parts: Mapping[int, Sequence[Passage]]) -> None:
        """Take the passages of each cell."""
        self.place = parts[min(parts)][0]
        self._parts = parts
        self._plain: tuple[str, ...] | None = None

    @property
    def cells(self) -> tuple[str, ...]:
        """The text of each cell, plain."""
        if self._plain is None:
            self._plain = tuple(plain("".join(one.text for one in self._parts[at])) for at in sorted(self._parts))
        return self._plain


@record
class ReportTable:
    """一张表."""

    kind: str
    """概算, 资源, 进度, 功能; '' of any other."""
    head: tuple[str, ...]
    """Empty if no row heads the others."""
    rows: tuple[TableRow, ...]
    """Those below the header, or all."""
    unit: str
    """Of its amounts, as its header or the line above it says."""
    caption: str
    """The line above it, plain."""
    section: ReportSection
    name_at: int = -1
    """The column of names, -1 if there is none."""
    amount_at: int = -1
    """The one column of amounts that says what a row comes to, counted from the right, from 1; -1 if none does."""
    of_which: str = ""
    """The header of that column."""


@record
class AmountRow:
    """概算表的一行."""

    number: str
    name: str
    amount: Amount | None
    blank: bool
    """Nothing is written where its amount would be."""
    decimals: int
    place: Passage


def gathered(cells: Sequence[Passage], caption: str, section: ReportSection) -> Iterator[ReportTable]:
    """The table that these cells make."""
    rows = _rows(cells)
    caption = caption if len(caption) <= LONGEST_CAPTION else ""
    unit = next((found for text in (caption, *rows[0].cells) if (found := unit_in(text))), "") if rows else ""
    for at, row in enumerate(rows[:HEAD_ROWS]):
        kind = _kind(row.cells)
        if kind:
            yield _headed(kind, row, rows[at + 1 :], unit, caption, section)
            return
    if rows:
        yield ReportTable("", (), tuple(rows), unit, caption, section)


def amount_rows(table: ReportTable) -> list[AmountRow]:
    """What each row of a table comes to."""
    return [one for row in table.rows if (one := _amount_row(table, row)) is not None]


def unit_in(text: str) -> str:
    """The unit of amounts that a header or a line above a table names, '' if none."""
    found = ((text.find(sign + unit), unit) for sign in ("(", "单位:", "单位:人民币") for unit in _MONEY_UNITS)
    return next((unit for at, unit in found if at >= 0), "")


def bare_head(text: str) -> str:
    """The words of a header without its unit and remarks."""
    before, bracket, rest = text.partition("(")
    return before + rest.partition(")")[2] if bracket else text


def is_number(text: str) -> bool:
    """Whether a cell holds the number of a row: 1.2, 一, （三）."""
    core = text.strip("()、.")
    return 0 < len(core) <= LONGEST_NUMBER and (_NUMBERS.issuperset(core) or _HAN.issuperset(core))


def style_of(number: str) -> str:
    """How a row is numbered: rows that are numbered alike are beside one another."""
    core = number.rstrip("、.")
    if not core:
        return ""
    if core.strip("()")[:1] in _HAN:
        return "(一)" if core[:1] == "(" else "一"
    return "(1)" if core[:1] == "(" else "1" + ".1" * core.count(".")


def _rows(cells: Sequence[Passage]) -> list[TableRow]:
    held: dict[int, dict[int, list[Passage]]] = {}
    for one in cells:
        if one.cell is not None:
            held.setdefault(one.cell[1], {}).setdefault(one.cell[2], []).append(one)
    return [TableRow(row) for _, row in sorted(held.items())]


def _kind(cells: Sequence[str]) -> str:
    """What a row heads: at least two cells are no figures, and one of them is a known name of a column."""
    heads = [bare_head(one) for one in cells]
    if len(heads) < FEWEST_COLUMNS or any(len(one) > LONGEST_HEAD or _is_figure(one) for one in heads):
        return ""
    known = words()
    for kind, names in known.tables.items():
        if not names.isdisjoint(heads) and (kind != BUDGET or any(_is_amounts(one) for one in heads)):
            return kind
    return ""


def _is_figure(text: str) -> bool:
    """Whether a cell holds a figure or a number, and so no header."""
    return _NUMBERS.issuperset(text) and bool(text)


def _headed(
    kind: str, row: TableRow, rows: Sequence[TableRow], unit: str, caption: str, section: ReportSection
) -> ReportTable:
    heads = [bare_head(one) for one in row.cells]
    name_at = next((at for at, one in enumerate(heads) if one in words().tables[kind]), -1)
    column = _column(heads) if kind == BUDGET else -1
    own = unit_in(row.cells[column]) if column >= 0 else ""
    from_right = len(heads) - column if column >= 0 else -1
    head = heads[column] if column >= 0 else ""
    return ReportTable(kind, row.cells, tuple(rows), own or unit, caption, section, name_at, from_right, head)


def _is_amounts(head: str) -> bool:
    known = words()
    return head.endswith(known.amounts) and not has(head, known.prices) and not has(head, known.other_columns)


def _column(heads: Sequence[str]) -> int:
    """The column that says what each row comes to: the only one, or the one that calls itself so."""
    columns = [at for at, one in enumerate(heads) if _is_amounts(one)]
    if len(columns) == 1:
        return columns[0]
    named = [at for at in columns if heads[at] in ("合计", "总价", "合价")]
    return named[0] if len(named) == 1 else -1


def _amount_row(table: ReportTable, row: TableRow) -> AmountRow | None:
    """A row shorter than the header has its cells joined at the left; the amount is counted from the right."""
    cells = row.cells
    if table.amount_at < 0 or table.name_at < 0 or len(cells) < table.amount_at or len(cells) > len(table.head):
        return None
    amount_cell = cells[len(cells) - table.amount_at]
    left = cells[: len(cells) - table.amount_at]
    number = next((one for one in left[:1] if is_number(one)), "")
    if len(cells) == len(table.head) and table.name_at < len(left):
        name = cells[table.name_at]
    else:
        name = next((one for one in left if one and one != number), "")
    name = name or next((one for one in left if one and one != number), "")
    known = words()
    name = next((one for one in left if one in known.part_sums or one in known.sums), name)
    blank = amount_cell in BLANK
    amount = None if blank else amount_in(amount_cell, table.unit or "元")
    return AmountRow(number, name, amount, blank, decimals_of(amount_cell), row.place)
