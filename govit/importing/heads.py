"""表头：which column of a sheet holds what, found by the Chinese headers, and the rows below that are projects. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from govit.base.nearest import did_you_mean
from govit.base.usage import UsageError
from govit.dossier.keys import Kind, specs
from govit.dossier.model import Project
from govit.forms.data.plan_columns import BY_KEY, COLUMNS, FUNDING, SUBTOTAL, TOTAL, Column, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govit.importing.book import Cell, Sheet

_FIRST_ROWS = 30
_TAKEN = (Kind.TEXT, Kind.TEXTS, Kind.WORD, Kind.WORDS, Kind.MONEY, Kind.DATE, Kind.BOOL, Kind.INT, Kind.CHOICE)
_IN_BRACKETS = re.compile(r"[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]")
_UNITS = re.compile("亿元|万元|元")
_UNIT_LINE = re.compile(r"单位[:：](?:人民币)?(亿元|万元|元)")
_TITLE_YEAR = re.compile(r"((?:19|20)\d\d)年度", re.ASCII)
_SUMS = re.compile(rf"(?:{SUBTOTAL}|{TOTAL}|总计|共计|累计|其中)(?:[(:].*|\d+[个项].*)?|共\d+[个项](?:项目)?", re.ASCII)
_REMARK = re.compile(r"(?:注|备注|说明|填表|制表|审核人|联系人|单位负责人|日期)\s*\d*[:：]")
_NUMBERS = ("序号", "编号", "No.")
SKIP = "-"
"""In `--map`: this column is not wanted."""


class Head(NamedTuple):
    """一列. `unit` is what its amounts are counted in, '' where the sheet does not say."""

    number: int
    cell: Cell
    text: str
    key: str
    unit: str


class Row(NamedTuple):
    """一个项目. `cells` by key; what is merged over several rows stands in each of them."""

    number: int
    cells: Mapping[str, Cell]
    shared: frozenset[str]
    """Keys whose cell is merged with that of another row."""


class Table(NamedTuple):
    """一张项目清单."""

    sheet: Sheet
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
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
    assert spec is not None  # noqa: S101 - `read_map` has seen to it
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


def plain(text: str) -> tuple[str, str]:
    """A header without blanks, marks and the unit in brackets; and that unit."""
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).strip("*:：·")
    unit = ""
    for bracket in _IN_BRACKETS.findall(bare):
        units = set(_UNITS.findall(bracket))
        if len(units) == 1:
            unit = units.pop()
            bare = bare.replace(bracket, "")
    return bare, unit


_KNOWN = {plain(name)[0]: column.key for column in COLUMNS for name in (column.header, *column.also) if name != "*"}
_SOURCES = {plain(name)[0] for name in (BY_KEY[FUNDING].over, *BY_KEY[FUNDING].also)}
_GROUPS = {plain(column.over)[0] for column in COLUMNS if column.over}


def tables(sheet: Sheet, mapped: Mapping[str, str]) -> Table | None:
    """The list of projects on a sheet, None if it has no header row that is understood."""
    best: tuple[int, list[Head], int] | None = None
    for row in sorted(sheet.rows)[:_FIRST_ROWS]:
        for depth in (1, 2):
            heads = list(_heads(sheet, row, depth, mapped))
            known = [head for head in heads if head.key]
            score = len({head.key for head in known})
            named = any(head.key == "name" for head in known)
            if named and score > 1 and (best is None or score > best[0]):
                best = (score, heads, row + depth - 1)
    if best is None:
        return None
    _, heads, last = best
    return _table(sheet, heads, last)


def _heads(sheet: Sheet, row: int, depth: int, mapped: Mapping[str, str]) -> Iterator[Head]:
    """The columns as one header row, or two of which the upper one groups the lower, would have them."""
    line = _unit_line(sheet, row)
    group, group_unit = "", ""
    columns = sorted({*sheet.rows.get(row, {}), *(sheet.rows.get(row + 1, {}) if depth > 1 else ())})
    for number in columns:
        upper, lower = sheet.at(row, number), sheet.at(row + 1, number) if depth > 1 else sheet.at(row, number)
        if depth > 1 and upper.text:
            group, group_unit = plain(upper.text)
        top, unit = (group, group_unit) if depth > 1 and lower.text else plain(upper.text)
        if depth == 1:
            top = ""
        cell = lower if lower.text else upper
        text, own = plain(cell.text)
        yield Head(number, cell, cell.text, _key(top if lower.text else "", text, mapped), own or unit or line)


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


def _unit_line(sheet: Sheet, before: int) -> str:
    """The unit that the lines above the header give for all amounts, '' if none or several."""
    units = {found for text in _above(sheet, before) for found in _UNIT_LINE.findall(text)}
    return units.pop() if len(units) == 1 else ""


def _above(sheet: Sheet, before: int) -> list[str]:
    texts = (cell.text for number, row in sheet.rows.items() if number < before for cell in row.values())
    return [re.sub(r"\s", "", unicodedata.normalize("NFKC", text)) for text in texts]


# -- rows ----------------------------------------------------------------------------------------------


def _table(sheet: Sheet, heads: list[Head], last: int) -> Table:
    keys = [head.key for head in heads if head.key and head.key != SKIP]
    twice = tuple(head for head in heads if keys.count(head.key) > 1)
    usable = tuple(head for head in heads if head.key and head.key != SKIP and head not in twice)
    unknown = tuple(head for head in heads if not head.key and head.text and plain(head.text)[0] not in _NUMBERS)
    rows, skipped = [], []
    for number in sorted(n for n in sheet.rows if n > last):
        row = _row(sheet, usable, number)
        if row is not None:
            rows.append(row)
        elif any(cell.text for cell in sheet.rows[number].values()):
            skipped.append(number)
    years = {int(found) for text in _above(sheet, last) for found in _TITLE_YEAR.findall(text)}
    return Table(sheet, usable, tuple(rows), unknown, twice, tuple(skipped), years.pop() if len(years) == 1 else None)


def _row(sheet: Sheet, heads: tuple[Head, ...], number: int) -> Row | None:
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
    bare = re.sub(r"\s", "", unicodedata.normalize("NFKC", name.text))
    repeated = plain(name.text)[0] == plain(BY_KEY["name"].header)[0]
    if repeated or _SUMS.fullmatch(bare) or _REMARK.match(bare) or (len(filled) == 1 and titled):
        return None
    return Row(number, cells, frozenset(shared))


def is_ours(table: Table) -> bool:
    """Whether govit wrote the sheet: it says which project of which dossier each row is."""
    keys = {head.key for head in table.heads}
    return all(column.key in keys for column in COLUMNS if column.place is Place.FOLDER)
