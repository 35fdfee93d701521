"""表头：which column of a sheet holds what, found by the Chinese headers, and the rows below that are projects. Pure."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from govit.base.nearest import did_you_mean
from govit.base.usage import UsageError
from govit.dossier.keys import Kind, specs
from govit.dossier.model import Project
from govit.forms.data.plan_columns import (
    BY_KEY,
    COLUMNS,
    CONTINUED,
    FUNDING,
    SUBTOTAL,
    TOTAL,
    Column,
    ColumnPlace,
)
from govit.importing.book import MOST_COLUMNS
from govit.yamltext.tree import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govit.importing.book import Cell, Sheet

_FIRST_ROWS = 30
_LONGEST_TITLE = 1_000
"""Characters of a header, or of a title or remark above it; what is longer is neither."""
_TAKEN = (Kind.TEXT, Kind.TEXTS, Kind.WORD, Kind.WORDS, Kind.MONEY, Kind.DATE, Kind.BOOL, Kind.INT, Kind.CHOICE)
_IN_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_MONEY_UNIT = re.compile(r"(?<![十百千万亿])[十百千万亿]*[美欧日港澳英韩]?元")
"""A unit of money as it is written, also one that no amount is read in: 千元, 万美元."""
_UNITS = ("元", "万元", "亿元")
_BARE_UNIT = re.compile(rf"[(\[]?(?:人民币)?({_MONEY_UNIT.pattern})[)\]]?")
_UNIT_LINE = re.compile(rf"单位[:(](?:人民币)?({_MONEY_UNIT.pattern})")
_UNIT_ALONE = re.compile(rf"[(\[]?[^()\[\],/、]*单位[:(](?:人民币)?{_MONEY_UNIT.pattern}[^()\[\]]*[)\]]?")
"""A cell that says the unit of the sheet and is no header with its unit in brackets."""
_UNIT_BEHIND = re.compile(rf"(.+?)[/:,、](?:单位:?)?({_MONEY_UNIT.pattern})")
"""A header with its unit behind a stroke or a comma: 总投资/万元."""
_TITLE_YEAR = re.compile(r"((?:19|20)\d\d)年度", re.ASCII)
_HEADER_YEAR = re.compile(r"((?:19|20)\d\d)年度?", re.ASCII)
_SUMS = re.compile(rf"(?:{SUBTOTAL}|{TOTAL}|总计|共计|累计|其中)(?:[(:].*|\d+[个项].*)?|共\d+[个项](?:项目)?", re.ASCII)
_REMARK = re.compile(r"(?:注|备注|说明|填表|制表|审核人|联系人|单位负责人|日期)\s*\d*[:：]")
_COLUMN_NUMBER = re.compile(r"[甲乙丙丁戊己庚辛壬癸A-Z]|[(\[]?(\d{1,2})[)\]]?(?:=.*)?", re.ASCII)
_LEAST_COLUMNS = 2
_CHINESE_NUMBER = re.compile("[(]?[一二三四五六七八九十]+[)、.]?")
_CHINESE_NUMBERED = re.compile("[一二三四五六七八九十]+[、.]|[(][一二三四五六七八九十]+[)]")
_NUMBERS = ("序号", "编号", "No.")
NO_UNIT = "?"
"""The unit of a column whose header names one that amounts are not read in."""
SKIP = "-"
"""In `--map`: this column is not wanted."""


class Head(NamedTuple):
    """一列. `unit` is what its amounts are counted in, '' where the sheet does not say."""

    number: int
    cell: Cell
    text: str
    key: str
    unit: str


class ProjectRow(NamedTuple):
    """一个项目. `cells` by key; what is merged over several rows stands in each of them."""

    number: int
    cells: Mapping[str, Cell]
    shared: frozenset[str]
    """Keys whose cell is merged with that of another row."""


class ProjectList(NamedTuple):
    """一张项目清单."""

    sheet: Sheet
    heads: tuple[Head, ...]
    rows: tuple[ProjectRow, ...]
    unknown: tuple[Head, ...]
    """Columns that were not recognised."""
    twice: tuple[Head, ...]
    """Columns of which two claim to be the same thing; none of them is taken."""
    skipped: tuple[int, ...]
    """Rows that are bands, sums or notes."""
    year: int | None
    """The year that the title above the header gives, None if none or several."""


def column_of(key: str) -> Column:
    """The column of a key: one of the plan, a source of money, or any simple field of project.yaml."""
    if key.startswith("funding."):
        return BY_KEY[FUNDING]
    if key in BY_KEY:
        return BY_KEY[key]
    of: type | None = Project
    spec = None
    for part in key.split("."):
        spec = specs(of).get(part) if of is not None else None
        of = spec.of if spec is not None else None
    if spec is None:
        message = f"no field {key}"
        raise ValueError(message)
    return Column(key=key, header=spec.label, kind=spec.kind)


def read_map(given: Iterable[str]) -> dict[str, str]:
    """`--map 表头=键` as header -> key; UsageError for a key that no cell can fill."""
    found: dict[str, str] = {}
    for one in given:
        header, mark, key = one.partition("=")
        key = key.strip()
        if not mark or not header.strip() or not key:
            message = f"--map 写成 表头=键，例如 --map 估算金额=budget.total；现在是“{one}”"
            raise UsageError(message)
        named = next((column.key for column in COLUMNS if key in (column.header, column.key)), key)
        if named != SKIP and not _fillable(named):
            message = f"--map：没有“{key}”这一列；{did_you_mean(key, [*BY_KEY, *specs(Project)])}"
            raise UsageError(message)
        found[plain(header)[0]] = named
    return found


def _fillable(key: str) -> bool:
    if key.startswith("funding.") and key != FUNDING:
        return True
    if key in BY_KEY:
        return key != FUNDING
    of: type | None = Project
    for n, part in enumerate(parts := key.split(".")):
        spec = specs(of).get(part) if of is not None else None
        if spec is None or (n < len(parts) - 1 and spec.kind is not Kind.RECORD):
            return False
        of = spec.of
        if n == len(parts) - 1:
            return spec.kind in _TAKEN
    return False


# -- headers -----------------------------------------------------------------------------------------


def _bare(text: str) -> str:
    return _short_bare(text) if len(text) <= _LONGEST_TITLE else re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=8_192)
def _short_bare(text: str) -> str:
    """The same cells are looked at for every row that might be the header."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def plain(text: str) -> tuple[str, str]:
    """A header without blanks, marks and the unit in brackets; and that unit, `NO_UNIT` if no amount is read in it."""
    return _plain(text) if len(text) <= _LONGEST_TITLE else ("", "")


@lru_cache(maxsize=8_192)
def _plain(text: str) -> tuple[str, str]:
    bare = _bare(text).strip("*:：·")
    unit = ""
    for bracket in _IN_BRACKETS.findall(bare):
        units = set(_MONEY_UNIT.findall(bracket))
        if len(units) == 1:
            unit = _readable(units.pop())
            bare = bare.replace(bracket, "")
    behind = None if unit or _UNIT_ALONE.fullmatch(bare) else _UNIT_BEHIND.fullmatch(bare)
    return (behind[1], _readable(behind[2])) if behind else (bare, unit)


def _readable(unit: str) -> str:
    return unit if unit in _UNITS else NO_UNIT


_KNOWN = {plain(name)[0]: column.key for column in COLUMNS for name in (column.header, *column.also) if name != "*"}
_SOURCES = {plain(name)[0] for name in (BY_KEY[FUNDING].over, *BY_KEY[FUNDING].also)}
_GROUPS = {plain(column.over)[0] for column in COLUMNS if column.over}


def tables(sheet: Sheet, mapped: Mapping[str, str]) -> ProjectList | None:
    """The list of projects on a sheet, None if it has no header row that is understood."""
    best: _Header | None = None
    for row in sorted(sheet.rows)[:_FIRST_ROWS]:
        for depth in (1, 2):
            one = _Header(row + depth - 1, list(_heads(sheet, row, depth, mapped)))
            if one.is_one and (best is None or one.is_better_than(best)):
                best = one
    return _table(sheet, best.heads, best.last) if best is not None else None


class _Header(NamedTuple):
    """What a header would be, if it ended in this row."""

    last: int
    heads: list[Head]

    @property
    def keys(self) -> set[str]:
        return {head.key for head in self.heads if head.key}

    @property
    def is_one(self) -> bool:
        return "name" in self.keys and len(self.keys) > 1

    @property
    def units(self) -> int:
        return sum(1 for head in self.heads if head.key and head.unit)

    def is_better_than(self, other: _Header) -> bool:
        """More columns are known, or as many and, with the row below for units, the units of more of them."""
        if len(self.keys) != len(other.keys):
            return len(self.keys) > len(other.keys)
        return self.last <= other.last + 1 and self.units > other.units


def _heads(sheet: Sheet, row: int, depth: int, mapped: Mapping[str, str]) -> Iterator[Head]:
    """The columns as one header row, or two of which the upper one groups the lower, would have them."""
    line = _unit_line(sheet, row, depth)
    if depth > 1:
        yield from _two_rows(sheet, row, mapped, line)
        return
    for number in sorted(sheet.rows.get(row, {})):
        head = _head(sheet.at(row, number), number, mapped, _Group("", line))
        yield head._replace(key="") if _parts(sheet, row, number) else head


def _parts(sheet: Sheet, row: int, number: int) -> bool:
    """Whether a header is that of several columns, which the row below names: 总投资 over 合计, 财政资金, 自筹资金."""
    merged = sheet.merged.get((row, number))
    if merged is not None and merged.right > merged.left:
        below = [sheet.at(merged.bottom + 1, column) for column in range(merged.left, merged.right + 1)]
        return sum(1 for cell in below if _is_words(cell)) > 1
    following = next((column for column in sorted(sheet.rows[row]) if column > number), MOST_COLUMNS + 1)
    below = [cell for column, cell in sheet.rows.get(row + 1, {}).items() if number <= column < following]
    texts = [_bare(cell.text) for cell in below if _is_words(cell)]
    return len(texts) > 1 and any(map(_SUMS.fullmatch, texts))


def _is_words(cell: Cell) -> bool:
    return isinstance(cell.value, str) and not cell.text.replace(",", "").replace(".", "").isdecimal() and bool(cell.text)


class _Group(NamedTuple):
    """What the upper cell of a header says of the columns below it, as far as it stands over them."""

    text: str
    unit: str
    right: int = MOST_COLUMNS


def _head(cell: Cell, number: int, mapped: Mapping[str, str], group: _Group) -> Head:
    text, unit = plain(cell.text)
    return Head(number, cell, cell.text, _key(group.text, text, mapped), unit or group.unit)


def _two_rows(sheet: Sheet, row: int, mapped: Mapping[str, str], line: str) -> Iterator[Head]:
    group = alone = _Group("", line)
    for number in sorted({*sheet.rows.get(row, {}), *sheet.rows.get(row + 1, {})}):
        upper, lower = sheet.at(row, number), sheet.at(row + 1, number)
        if upper.text:
            group = _group(sheet, row, number, line)
        elif number > group.right:
            group = alone
        below = _unit_alone(lower.text) if upper.text else ""
        if below:
            yield _head(upper, number, mapped, alone)._replace(unit=below)
        elif lower.text:
            yield _head(lower, number, mapped, group)
        elif not _unit_alone(upper.text):
            yield _head(upper, number, mapped, alone)


def _group(sheet: Sheet, row: int, number: int, line: str) -> _Group:
    """The group that begins in a column; of an upper cell that is not merged, it reaches to the next one.

    单位：万元 in a cell of its own is said of the whole sheet; merged over some columns, of these.
    """
    text, merged = sheet.at(row, number).text, sheet.merged.get((row, number))
    right = merged.right if merged is not None and merged.right > merged.left else MOST_COLUMNS
    unit = _unit_alone(text)
    if not unit:
        name, unit = plain(text)
        return _Group(name, unit or line, right)
    of_these = right < MOST_COLUMNS or _BARE_UNIT.fullmatch(_bare(text))
    return _Group("", unit if of_these else line, right)


def _unit_alone(text: str) -> str:
    """The unit of a cell that says nothing else, with or without 单位 before it; '' if it says more."""
    bare = _bare(text)
    found = _BARE_UNIT.fullmatch(bare)
    if found is None and _UNIT_ALONE.fullmatch(bare):
        found = _UNIT_LINE.search(bare)
    return _readable(found[1]) if found else ""


def _key(over: str, text: str, mapped: Mapping[str, str]) -> str:
    for name in (f"{over}/{text}", f"{over}{text}", text):
        if name in mapped:
            return mapped[name]
    if over in _SOURCES and text != over:
        return "" if _SUMS.fullmatch(text) else f"funding.{text}"
    for column in COLUMNS:
        if column.over and plain(column.over)[0] == over and plain(column.header)[0] == text:
            return column.key
    if over and over not in _GROUPS and f"{over}{text}" in _KNOWN:
        return _KNOWN[f"{over}{text}"]
    if over in _KNOWN and _SUMS.fullmatch(text):
        return _KNOWN[over]
    return _KNOWN.get(text) or _without_remark(text)


def _without_remark(text: str) -> str:
    """A header with a remark in brackets; what is remarked of an amount may make another amount of it."""
    key = _KNOWN.get(_IN_BRACKETS.sub("", text), "")
    return "" if key and column_of(key).kind is Kind.MONEY else key


def _unit_line(sheet: Sheet, row: int, depth: int) -> str:
    """The unit that the lines above the header give for all amounts, '' if none or several.

    The usual layout is a title, a line with the unit and the header: the line with the unit may be the upper of two.
    """
    texts = _texts_before(sheet, row)
    if depth > 1:
        texts += [text for text in _texts_before(sheet, row + 1, row) if _UNIT_ALONE.fullmatch(text)]
    units = {found for text in texts for found in _UNIT_LINE.findall(text)}
    return _readable(units.pop()) if len(units) == 1 else ""


def _texts_before(sheet: Sheet, before: int, first: int = 1) -> list[str]:
    """The texts above a row; a label that ends in a colon together with what stands in the next cell."""
    texts = []
    for number in sorted(sheet.rows):
        if first <= number < before:
            row = (cell.text for _, cell in sorted(sheet.rows[number].items()))
            cells = [_bare(text) for text in row if text and len(text) <= _LONGEST_TITLE]
            texts += cells
            texts += [label + value for label, value in pairwise(cells) if label.endswith(":")]
    return texts


# -- rows ----------------------------------------------------------------------------------------------


def _table(sheet: Sheet, found: list[Head], last: int) -> ProjectList:
    years = {int(year) for text in _texts_before(sheet, last) for year in _TITLE_YEAR.findall(text)}
    year = years.pop() if len(years) == 1 else None
    heads = [_of_the_year(head, year) for head in found]
    keys = [head.key for head in heads if head.key and head.key != SKIP]
    twice = tuple(head for head in heads if keys.count(head.key) > 1)
    usable = tuple(head for head in heads if head.key and head.key != SKIP and head not in twice)
    unknown = tuple(head for head in heads if not head.key and head.text and plain(head.text)[0] not in _NUMBERS)
    if not any(head.key == "name" for head in usable):  # two columns claim to be it: which one is meant nobody knows
        return ProjectList(sheet, usable, (), unknown, twice, (), year)
    rows: list[ProjectRow] = []
    skipped: list[int] = []
    going_on: dict[int, list[int]] = {}
    """Which rows go on with the texts of which."""
    numbering = tuple(head.number for head in heads if plain(head.text)[0] in _NUMBERS)
    for number in sorted(n for n in sheet.rows if n > last):
        if rows and any(sheet.at(number, column).text == CONTINUED for column in numbering):
            going_on.setdefault(len(rows) - 1, []).append(number)
            continue
        row = None if _numbers_columns(sheet, number) else _row(sheet, usable, number)
        if row is not None and _is_band(sheet, row, numbering):
            row = None
        if row is not None:
            rows.append(row)
        elif any(cell.text for cell in sheet.rows[number].values()):
            skipped.append(number)
    for at, numbers in going_on.items():
        rows[at] = _with_the_rest(rows[at], sheet, usable, numbers)
    return ProjectList(sheet, usable, tuple(rows), unknown, twice, tuple(skipped), year)


def year_named(head: Head) -> int | None:
    """The year that a header names: 2027年计划投资."""
    found = _HEADER_YEAR.match(plain(head.text)[0])
    return int(found[1]) if found else None


def _of_the_year(head: Head, year: int | None) -> Head:
    """A header that names the year of the title is that of the year's amount."""
    if head.key or year is None or year_named(head) != year:
        return head
    return head._replace(key=_KNOWN.get(_HEADER_YEAR.sub("本年度", plain(head.text)[0]), ""))


def _row(sheet: Sheet, heads: tuple[Head, ...], number: int) -> ProjectRow | None:
    cells: dict[str, Cell] = {}
    shared = set()
    for head in heads:
        cell = sheet.at(number, head.number)
        merged = sheet.merged.get((number, head.number))
        if merged is not None and merged.top != merged.bottom:
            shared.add(head.key)
            cell = sheet.at(merged.top, merged.left) if merged.left == merged.right else cell
        cells[head.key] = cell
    filled = [key for key, cell in cells.items() if cell.text]
    name, identity = cells["name"], cells.get("id")
    titled = bool(name.text) and "name" not in shared
    if not titled and not (identity is not None and identity.text):
        return None
    bare = _bare(name.text)
    repeated = plain(name.text)[0] == plain(BY_KEY["name"].header)[0]
    if repeated or _SUMS.fullmatch(bare) or _REMARK.match(bare) or (len(filled) == 1 and titled):
        return None
    return ProjectRow(number, cells, frozenset(shared))


def _with_the_rest(row: ProjectRow, sheet: Sheet, heads: tuple[Head, ...], numbers: Sequence[int]) -> ProjectRow:
    """A row together with those that go on with its texts, which were too long for one cell.

    Of a text that no project.yaml has room for, no more is kept than that this can be seen.
    """
    cells = dict(row.cells)
    for head in heads:
        cell, pieces, left = cells[head.key], list[str](), MAX_BYTES
        for number in numbers:
            more = sheet.at(number, head.number).value
            if isinstance(more, str) and left > 0:
                pieces.append(more)
                left -= len(more)
        if pieces:
            cells[head.key] = cell._replace(value="".join(("" if cell.value is None else str(cell.value), *pieces)))
    return row._replace(cells=cells)


def _numbers_columns(sheet: Sheet, number: int) -> bool:
    """Whether a row only numbers the columns: 甲 乙 1 2 3."""
    texts = [_bare(cell.text) for _, cell in sorted(sheet.rows[number].items()) if cell.text]
    counted = [found[1] for text in texts if (found := _COLUMN_NUMBER.fullmatch(text)) and found[1]]
    running = counted == [str(n) for n in range(1, len(counted) + 1)]
    return len(texts) > _LEAST_COLUMNS and running and all(map(_COLUMN_NUMBER.fullmatch, texts))


def _is_band(sheet: Sheet, row: ProjectRow, numbering: tuple[int, ...]) -> bool:
    """Whether a row with a Chinese number and nothing but amounts sums up the projects below it: 一、新建项目."""
    if any(cell.text and key != "name" and not _is_amount(key) for key, cell in row.cells.items()):
        return False
    texts = [_bare(sheet.at(row.number, column).text) for column in numbering]
    return any(map(_CHINESE_NUMBER.fullmatch, texts)) or bool(_CHINESE_NUMBERED.match(_bare(row.cells["name"].text)))


def _is_amount(key: str) -> bool:
    return column_of(key).kind is Kind.MONEY


def is_ours(table: ProjectList) -> bool:
    """Whether govit wrote the sheet: it says which project of which dossier each row is."""
    keys = {head.key for head in table.heads}
    return all(column.key in keys for column in COLUMNS if column.place is ColumnPlace.FOLDER)
