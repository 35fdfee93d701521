"""版面：a template sheet filled with rows. What a sheet looks like is the template's business, not the program's.

A template is an ordinary workbook. `{{ title }}` in a cell is a value of the sheet. A marker with a dot says that its
row is a pattern: `{{ row.name }}` stands in the row that is repeated for each row of that kind, with its looks. All
pattern rows stand together; what is above them is the head, what is below them the foot. A column whose markers end
in `.*` is repeated for each of the names that the sheet gives. A label may be written instead of a key:
`{{ row.项目名称 }}`. Nothing in a template is ever run.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl.utils import get_column_letter

from govit.base.nearest import did_you_mean
from govit.base.records import named_record
from govit.forms.data.plan_columns import CONTINUED
from govit.forms.excel.workbook import (
    FOOT,
    PADDING,
    CellValue,
    SheetRows,
    copy_page,
    lines,
    most_lines,
    pieces,
    row_height,
    sheet_title,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from openpyxl import Workbook
    from openpyxl.styles.cell_style import StyleArray
    from openpyxl.worksheet.worksheet import Worksheet

_MARKER = re.compile(r"\{\{([^{}]*)\}\}")
DEFAULT_WIDTH = 8.43
STAR = ".*"
DEFAULT_SIZE = 10.5
_MODEL = "govit template "
_ROOM = 2.3
"""Columns of letters beside an amount: the borders of its cell, and bold figures."""


class Sum(NamedTuple):
    """合计：a formula over rows of the sheet, counted from the first that is filled, and what it is worth."""

    first: int
    last: int
    value: Decimal


class Share(NamedTuple):
    """占比：the amount of this row in that of another, as a formula, and what it is worth."""

    key: str
    of: int
    value: Decimal


_Value = CellValue | Sum | Share


class Filled(NamedTuple):
    """A sheet that was filled: its rows, the first and the last pattern row, and its columns by key."""

    sheet: Worksheet
    rows: SheetRows
    first: int
    last: int
    columns: Mapping[str, str]


def as_list(book: Workbook, first: int, last: int) -> Filled:
    """The first sheet of a workbook whose rows were written one by one, as the module sees it that sets out pages.

    What stands below the last row is its foot.
    """
    sheet = book.worksheets[0]
    rows = SheetRows(book)
    rows.heights = [sheet.row_dimensions[number].height or 0.0 for number in range(1, sheet.max_row + 1)]
    rows.kinds = [FOOT if number > max(last, first - 1) else "" for number in range(1, sheet.max_row + 1)]
    return Filled(sheet, rows, first, last, {})


class SheetRow(NamedTuple):
    """一行：of which pattern, and its values by key."""

    kind: str
    values: Mapping[str, Any]


@named_record
class Fields:
    """What the markers of a sheet may name: keys with their labels, of the sheet and of each kind of row."""

    sheet: Mapping[str, str]
    rows: Mapping[str, Mapping[str, str]]
    needed: tuple[str, ...] = ()
    """Kinds of rows that the template must have."""


class _Cell(NamedTuple):
    """A cell of the template: its text with its markers, its looks, and over how many columns and rows it is merged."""

    text: str
    markers: tuple[str, ...]
    style: StyleArray | None
    size: float
    span: int
    tall: bool
    number: CellValue = None

    @property
    def repeats(self) -> bool:
        """Whether it is written anew in each column that its own becomes."""
        return any(marker.endswith(STAR) for marker in self.markers)


class SheetTemplate:
    """A sheet of a template, read once and filled any number of times."""

    def __init__(self, sheet: Worksheet, fields: Fields) -> None:
        self.sheet = sheet
        self.fields = fields
        self.faults: list[str] = []
        by_place = sorted(sheet.merged_cells.ranges, key=lambda r: (r.min_row, r.min_col))  # openpyxl has a set of them
        self._merged = {(r.min_row, r.min_col): r for r in by_place}
        self.rows = {n: self._read_row(n) for n in range(1, sheet.max_row + 1)}
        self.kinds: dict[str, int] = {}
        for number, cells in self.rows.items():
            for kind in dict.fromkeys(m.split(".")[0] for c in cells.values() for m in c.markers if "." in m):
                if kind != "*" and kind in fields.rows:
                    self._pattern(kind, number)
        self.first = min(self.kinds.values(), default=sheet.max_row + 1)
        self.last = max(self.kinds.values(), default=sheet.max_row)
        for kind in fields.needed:
            if kind not in self.kinds:
                self.faults.append(f"“{sheet.title}”表里没有写着 {{{{ {kind}.… }}}} 的一行，不知道内容填在哪里")
        between = [
            number for number in self.rows if self.first < number < self.last and number not in self.kinds.values()
        ]
        if between:
            self.faults.append(f"“{sheet.title}”表第 {between[0]} 行夹在填内容的各行中间，要移到上面或下面")

    @property
    def printed(self) -> tuple[str, ...]:
        """Every marker, each once, in the order of the sheet."""
        return tuple(dict.fromkeys(m for cells in self.rows.values() for cell in cells.values() for m in cell.markers))

    def _pattern(self, kind: str, number: int) -> None:
        if kind in self.kinds and self.kinds[kind] != number:
            self.faults.append(
                f"“{self.sheet.title}”表第 {self.kinds[kind]} 行和第 {number} 行都是 {kind} 行，只能有一行"
            )
        self.kinds.setdefault(kind, number)

    def _read_row(self, number: int) -> dict[int, _Cell]:
        cells = {}
        for column in range(1, self.sheet.max_column + 1):
            cell = self.sheet.cell(number, column)
            merged = self._merged.get((number, column))
            span = merged.max_col - merged.min_col + 1 if merged else 1
            text = cell.value if isinstance(cell.value, str) else ""
            markers = tuple(self._known(name.strip(), cell.coordinate) for name in _MARKER.findall(text))
            tall = merged is not None and merged.max_row > merged.min_row
            style = cell._style  # type: ignore[union-attr]
            size = float(cell.font.sz or DEFAULT_SIZE)
            cells[column] = _Cell(text, markers, style, size, span, tall, _number(cell.value))
        return cells

    def _known(self, name: str, at: str) -> str:
        """The key that a marker names, by itself or by its label."""
        head, dot, rest = name.partition(".")
        rows = self.fields.rows
        of_row = bool(dot) and head in rows
        known = rows[head] if of_row else self.fields.sheet
        key = rest if of_row else name
        if key in known:
            return name
        by_label = next((k for k, label in known.items() if label == key), None)
        if by_label is not None:
            return f"{head}.{by_label}" if known is not self.fields.sheet else by_label
        if any(k.endswith(STAR) and key.startswith(k[:-1]) for k in known):
            return name
        shown = [*known, *known.values()]
        self.faults.append(f"“{self.sheet.title}”表 {at}：没有“{name}”这个名称；{did_you_mean(key, shown)}")
        return name


class _Columns:
    """Where each column of a template goes: one that ends in `.*` becomes several, or none."""

    def __init__(self, template: SheetTemplate, names: Mapping[str, Sequence[str]]) -> None:
        self.to: dict[int, list[tuple[int, str]]] = {}
        self.width: dict[int, float] = {}
        place = 1
        for column in range(1, template.sheet.max_column + 1):
            keys = {m for cells in template.rows.values() for m in cells[column].markers if m.endswith(STAR)}
            key = next((m.partition(".")[2] if m.count(".") > 1 else m for m in sorted(keys)), "")
            repeated: Sequence[str] = names.get(key.removesuffix(STAR), ()) if key else ("",)
            self.to[column] = [(place + n, name) for n, name in enumerate(repeated)]
            given = template.sheet.column_dimensions[get_column_letter(column)]
            for number, _ in self.to[column]:
                self.width[number] = 0.0 if given.hidden else float(given.width or DEFAULT_WIDTH)
            place += len(repeated)
        self.count = place - 1

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """The columns that those of the template from first to last become."""
        places = [number for column in range(first, last + 1) for number, _ in self.to[column]]
        return (places[0], places[-1]) if places else None


def read(
    book: Workbook, fields: Mapping[str, Fields], needed: Collection[str]
) -> tuple[dict[str, SheetTemplate], list[str]]:
    """The sheets of a template by name, and all that is wrong with them; a sheet that is not needed may be gone."""
    models = {name: SheetTemplate(book[name], its) for name, its in fields.items() if name in book.sheetnames}
    faults = [f"模板里没有“{name}”这张表；工作表的名称不能改" for name in needed if name not in models]
    for number, model in enumerate(models.values()):
        model.sheet.title = f"{_MODEL}{number}"  # its name is for the sheet that is made of it
    return models, faults + [fault for model in models.values() for fault in model.faults]


def fill(
    book: Workbook,
    model: SheetTemplate,
    title: str,
    values: Mapping[str, str],
    rows: Iterable[SheetRow],
    names: Mapping[str, Sequence[str]] | None = None,
) -> Filled:
    """A new sheet laid out as the template says.

    A formula may name a row above it; one that names a row below wants all rows as a list.
    """
    sheet = book.create_sheet(sheet_title(title, book.sheetnames))
    return _Filler(book, sheet, model, values, names or {}).filled(rows)


class _Filler:
    """Fills one sheet."""

    def __init__(
        self,
        book: Workbook,
        sheet: Worksheet,
        model: SheetTemplate,
        values: Mapping[str, str],
        names: Mapping[str, Sequence[str]],
    ) -> None:
        self.sheet = sheet
        self.model = model
        self.values = values
        self.columns = _Columns(model, names)
        self.written = SheetRows(book)
        self.fitted: dict[str, float] = {}
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.wide = {(row, column): self._room(row, column) for row in model.rows for column in model.rows[row]}

    def filled(self, rows: Iterable[SheetRow]) -> Filled:
        """Head, rows and foot."""
        self._page()
        at = 1
        for number in range(1, self.model.first):
            self._row(number, at, self.values, "")
            at += 1
        self._place((), at)
        if isinstance(rows, list):
            self._place(rows, at)
        for row in rows:
            if row.kind in self.model.kinds:
                for values in self._pieces(row):
                    self._row(self.model.kinds[row.kind], at, values, row.kind)
                    at += 1
            if not isinstance(rows, list):
                self.starts.append(at)
                self.ends.append(at - 1)
        last = at - 1
        for number in range(self.model.last + 1, len(self.model.rows) + 1):
            self._row(number, at, self.values, FOOT)
            at += 1
        for letter, needed in self.fitted.items():
            column = self.sheet.column_dimensions[letter]
            column.width = max(column.width, needed)
        return Filled(self.sheet, self.written, self.starts[0], last, self._by_key())

    def _place(self, rows: Sequence[SheetRow], at: int) -> None:
        """Where each row stands, and for one whose pattern the template lacks, the next and the last before it."""
        self.starts, self.ends = [at], [at - 1]
        for row in rows:
            at += len(self._pieces(row)) if row.kind in self.model.kinds else 0
            self.starts.append(at)
            self.ends.append(at - 1)

    def _by_key(self) -> dict[str, str]:
        """The letter of the column that holds each key of a row."""
        found: dict[str, str] = {}
        for number in self.model.kinds.values():
            for column, cell in self.model.rows[number].items():
                for place, name in self.columns.to[column]:
                    for marker in cell.markers:
                        found.setdefault(_key(marker, name, static=False), get_column_letter(place))
        return found

    def _page(self) -> None:
        source = self.model.sheet
        copy_page(source, self.sheet)
        for column, places in self.columns.to.items():
            given = source.column_dimensions[get_column_letter(column)]
            for number, _ in places:
                wanted = self.sheet.column_dimensions[get_column_letter(number)]
                wanted.width, wanted.hidden = given.width or DEFAULT_WIDTH, given.hidden

    def _pieces(self, row: SheetRow) -> list[Mapping[str, Any]]:
        """The values of a row; of one with a text too long for the tallest row, those of several rows.

        The rows that go on hold nothing but the rest of the texts and say so, so that nothing counts twice.
        """
        source = self.model.kinds[row.kind]
        split: dict[str, list[str]] = {}
        for column, cell in self.model.rows[source].items():
            marker = cell.markers[0] if len(cell.markers) == 1 else ""
            key = _key(marker, "", static=False)
            value, wide, most = row.values.get(key), self.wide[source, column], most_lines(cell.size)
            if isinstance(value, str) and wide and not cell.tall and len(value) > most:
                cut = pieces(value, wide, most)
                if len(cut) > 1:
                    split[key] = cut
        if not split:
            return [row.values]
        count = max(map(len, split.values()))
        rest = [{key: cut[n] for key, cut in split.items() if n < len(cut)} for n in range(count)]
        number = next((key for key in ("n", "kind") if key in row.values and key not in split), "")
        goes_on = {number: CONTINUED} if number else {}
        return [{**row.values, **rest[0]}, *({**goes_on, **more} for more in rest[1:])]

    def _row(self, source: int, at: int, values: Mapping[str, Any], kind: str) -> None:
        static = kind in ("", FOOT)
        height = float(self.model.sheet.row_dimensions[source].height or 0)
        written = []
        for column, cell in self.model.rows[source].items():
            places = self.columns.to[column]
            for number, name in places:
                once = cell.repeats or number == places[0][0]
                value = self._value(cell, name, values, static=static) if once else None
                written.append(self._cell(number, at, cell, value))
                if value is not None:
                    height = max(height, self._height(value, cell, self.wide[source, column]))
            if len(places) > 1 and static and not cell.repeats and cell.span == 1 and cell.text:
                self.written.merged.append(_range(at, places[0][0], at, places[-1][0]))
        self._merges(source, at)
        self.written.row(at, height, written, kind)

    def _cell(self, column: int, at: int, model: _Cell, value: _Value) -> str:
        letter = get_column_letter(column)
        place = f"{letter}{at}"
        if isinstance(value, Sum):
            self._fit(letter, value.value)
            formula = f"SUBTOTAL(9,{letter}{self.starts[value.first]}:{letter}{self.ends[value.last + 1]})"
            return self.written.formula(place, model.style, formula, value.value)
        if isinstance(value, Share):
            amount = self._by_key()[value.key]
            formula = f"{amount}{at}/{amount}${self.starts[value.of]}"
            return self.written.formula(place, model.style, formula, value.value)
        if isinstance(value, Decimal):
            self._fit(letter, value)
        return self.written.cell(place, model.style, value)

    def _value(self, model: _Cell, name: str, values: Mapping[str, Any], *, static: bool) -> _Value:
        if not model.markers:
            return model.text or model.number
        keys = [_key(marker, name, static=static) for marker in model.markers]
        if len(keys) == 1 and _MARKER.fullmatch(model.text.strip()):
            return values.get(keys[0])
        given = iter(keys)
        return _MARKER.sub(lambda _: _text(values.get(next(given))), model.text)

    def _room(self, row: int, column: int) -> float:
        """How wide a cell of the template is once its columns are repeated: the merged ones together."""
        span = self.columns.span(column, column + self.model.rows[row][column].span - 1)
        if span is None:
            return 0.0
        if self.model.rows[row][column].span == 1:
            return self.columns.width[span[0]]
        return sum(self.columns.width[n] for n in range(span[0], span[1] + 1))

    def _height(self, value: object, cell: _Cell, wide: float) -> float:
        """The height that a text asks of its row; what is merged over rows or hidden asks for none."""
        if cell.tall or not wide or not isinstance(value, str):
            return 0.0
        taken = lines(value, wide)
        return row_height(taken, cell.size) if taken > 1 else cell.size + PADDING

    def _fit(self, letter: str, amount: Decimal) -> None:
        """Widen a column for an amount that would not fit: a spreadsheet would show #### instead."""
        needed = len(f"{amount:,.2f}") + _decimals_beyond(amount) + _ROOM
        self.fitted[letter] = max(needed, self.fitted.get(letter, 0.0))

    def _merges(self, source: int, at: int) -> None:
        for (row, column), merged in self.model._merged.items():
            span = self.columns.span(column, merged.max_col) if row == source else None
            last = at + merged.max_row - merged.min_row
            if span is not None and (at, span[0]) != (last, span[1]):
                self.written.merged.append(_range(at, span[0], last, span[1]))


def _range(top: int, left: int, bottom: int, right: int) -> str:
    return f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}"


def _number(value: object) -> CellValue:
    """What a cell of a template holds if it is no text."""
    return value if isinstance(value, (int, float, Decimal, dt.date)) else None


def _key(marker: str, name: str, *, static: bool) -> str:
    key = marker if static else marker.partition(".")[2] or marker
    return f"{key.removesuffix(STAR)}.{name}" if key.endswith(STAR) else key


def _decimals_beyond(amount: Decimal) -> int:
    """Decimals that an amount has beyond the two that every amount shows."""
    exponent = amount.normalize().as_tuple().exponent
    return max(-exponent - 2, 0) if isinstance(exponent, int) else 0


def _text(value: object) -> str:
    return "" if value is None else str(value)
