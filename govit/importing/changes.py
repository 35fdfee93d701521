"""改动：rows of a list against the projects of the dossiers -> what each project.yaml is to say, cell by cell. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from govit.base.money import LARGEST, format_money
from govit.dossier.keys import Kind, Role
from govit.dossier.lists import list_of
from govit.dossier.model import BudgetYear, Funding, Project, named
from govit.forms.data.plan_columns import BY_KEY, FUNDING, ColumnPlace
from govit.importing.cells import CellRefusedError, RemarkedError, spec_of, value_of, written
from govit.importing.heads import column_of, year_named
from govit.yamltext.edits import Append, Put

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from govit.importing.book import Cell
    from govit.importing.heads import Head, ProjectList, ProjectRow
    from govit.judging.case import Case
    from govit.yamltext.edits import Change

    Shown = Mapping[str, str | Decimal | dt.date]
    Words = Mapping[str, Mapping[str, str]]


_UNIT = "万元"
_FUNDING, _YEARS = list_of(Funding), list_of(BudgetYear)
_OUT_OF_PROPORTION = 1000
_MOST_LISTED = 10
"""Projects that a message names."""


class ElsewhereError(Exception):
    """A row of a plan whose project lies in a dossier that was not given: a plan is that of many units."""


class CellNote(NamedTuple):
    """不能采用的一格：the sheet and cell, and why."""

    sheet: str
    ref: str
    message: str


class Taken(NamedTuple):
    """采用的一格：what it changes, and in words from what to what."""

    sheet: str
    ref: str
    key: str
    label: str
    before: str
    after: str
    change: Change


class ReadAgainst(NamedTuple):
    """What a row is read against: the project if there is one, the year of the plan, the words of the regulation."""

    project: Project | None
    year: int | None
    words: Words | None
    ours: bool
    """Whether govit wrote the sheet, so that every column of it means what it says."""


class Drawn(NamedTuple):
    """What one row says: the cells that are taken, those that cannot be, and what else is worth knowing."""

    taken: tuple[Taken, ...]
    troubles: tuple[CellNote, ...]
    remarks: tuple[CellNote, ...]


# -- which project a row is ----------------------------------------------------------------------------


@lru_cache(maxsize=20_000)
def same_text(text: str) -> str:
    """A name as names are compared: full-width or half-width, and without blanks."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


class KnownProjects:
    """已有的项目：looked up by identity, name and folder; a list of thousands of rows meets thousands of projects."""

    def __init__(self, cases: Sequence[Case]) -> None:
        self.cases = tuple(cases)
        self._by_id: defaultdict[str, list[int]] = defaultdict(list)
        self._by_name: defaultdict[str, list[int]] = defaultdict(list)
        self._by_folder: defaultdict[str, list[int]] = defaultdict(list)
        for at, case in enumerate(self.cases):
            self._by_id[case.project.id or ""].append(at)
            self._by_folder[_last(case.path)].append(at)
            if case.project.name:
                self._by_name[same_text(case.project.name)].append(at)

    @property
    def names(self) -> Mapping[str, Sequence[int]]:
        """The names as they are compared, each with the places of its projects."""
        return self._by_name

    def of_id(self, identity: str) -> list[Case]:
        """The projects of an identity."""
        return [self.cases[at] for at in self._by_id.get(identity, ())]

    def of_name(self, name: str) -> list[Case]:
        """The projects of a name."""
        return [self.cases[at] for at in self._by_name.get(same_text(name), ())]

    def at(self, path: str) -> list[Case]:
        """The projects that may lie in a folder."""
        near = (self.cases[at] for at in self._by_folder.get(_last(path), ()))
        return [case for case in near if _same_place(case.path, path)]


def project_of(row: ProjectRow, known: KnownProjects) -> Case | None:
    """The project that a row speaks of, None if there is none yet; CellRefusedError if that cannot be said.

    ElsewhereError if it is one of another dossier. Of path and identity one alone is believed only with the name:
    folders and identities are unique in one dossier, not in all.
    """
    found = _identified(row, known)
    if found is not None:
        _whole(row, found, known)
    return found


def _identified(row: ProjectRow, known: KnownProjects) -> Case | None:
    path, identity, name = (row.cells[key].text if key in row.cells else "" for key in ("path", "id", "name"))
    if not path:
        return _only(known.of_id(identity), identity) if identity else _by_name(row, known)
    there = known.at(path)
    both = [c for c in there if c.project.id == identity]
    if both:
        return _only([c for c in both if c.path == path] or both, identity)
    half = [*there, *(known.of_id(identity) if identity else ())]
    named_so = [c for c in half if c.project.name and same_text(c.project.name) == same_text(name)]
    if not half:
        raise ElsewhereError
    if not named_so:
        message = (
            f"卷宗路径和项目标识（{identity or '未写'}）只有一个与 {half[0].path} 相同，名称也不同，不知道是不是它"
        )
        raise CellRefusedError(message)
    return _only(named_so, identity)


def _whole(row: ProjectRow, found: Case, known: KnownProjects) -> None:
    """Refuse a row that has the identity of one project and the name of another: only some columns were sorted."""
    name = same_text(row.cells["name"].text)
    if not name or name == same_text(found.project.name or ""):
        return
    other = next((c for c in known.of_name(name) if c is not found), None)
    if other is not None:
        message = (
            f"项目标识是 {found.project.id} 的，项目名称是 {other.project.id} 的，像是排序时漏了几列；"
            "请连同隐藏的列一起排序"
        )
        raise CellRefusedError(message)


def _same_place(one: str, other: str) -> bool:
    """Whether two paths may be the same folder, seen from different folders above."""
    return one == other or one.endswith(f"/{other}") or other.endswith(f"/{one}")


def _last(path: str) -> str:
    """The last part of a path; two that may be the same folder have it in common."""
    return path.rpartition("/")[2]


def _only(found: Sequence[Case], identity: str) -> Case | None:
    if len(found) > 1:
        message = f"有 {len(found)} 个项目都可能是它（标识“{identity}”：{_listed(found)}），不知道是哪一个"
        raise CellRefusedError(message)
    return found[0] if found else None


def _listed(cases: Sequence[Case]) -> str:
    return "、".join(case.path for case in cases[:_MOST_LISTED]) + ("……" if len(cases) > _MOST_LISTED else "")


def _by_name(row: ProjectRow, known: KnownProjects) -> Case | None:
    found = known.of_name(row.cells["name"].text)
    unit = row.cells["unit.name"].text if "unit.name" in row.cells else ""
    if len(found) > 1 and unit:
        found = [c for c in found if c.project.unit and same_text(c.project.unit.name or "") == same_text(unit)]
    if len(found) > 1:
        message = f"有 {len(found)} 个同名项目（{_listed(found)}），请加一列“项目标识”"
        raise CellRefusedError(message)
    return found[0] if found else None


# -- what a row changes --------------------------------------------------------------------------------


def drawn(table: ProjectList, row: ProjectRow, against: ReadAgainst, shown: Shown) -> Drawn:
    """Every cell of a row against the project; `shown` is what the plan holds for it, by column."""
    taken: list[Taken] = []
    troubles: list[CellNote] = []
    remarks: list[CellNote] = []
    for head in table.heads:
        cell = row.cells[head.key]
        if against.ours and head.key not in shown and column_of(head.key).place is ColumnPlace.DERIVED:
            continue  # what was judged on the day of the plan is no value of the project
        try:
            if not cell.text and not cell.formula:
                if against.ours and head.key in shown and column_of(head.key).editable:
                    remarks.append(CellNote(table.sheet.title, cell.ref, f"{_label(head)}留空，原有的值没有删去"))
                continue
            if _unchanged(cell, shown.get(head.key), head.unit):
                continue
            one = _taken(head, cell, against, shared=head.key in row.shared)
        except CellRefusedError as error:
            listed = remarks if isinstance(error, RemarkedError) else troubles
            listed.append(CellNote(table.sheet.title, cell.ref, f"{_label(head)}：{error}"))
            continue
        if one is not None:
            taken.append(one._replace(sheet=table.sheet.title))
    return Drawn(tuple(taken), tuple(troubles), tuple(remarks))


def _label(head: Head) -> str:
    key = head.key
    if key.startswith("funding."):
        return f"资金来源“{key.removeprefix('funding.')}”"
    return named(key) if named(key) != key else column_of(key).header


def _unchanged(cell: Cell, shown: object, unit: str) -> bool:
    """Whether a cell still holds what the plan, whose amounts are in 万元, holds for the project."""
    if shown is None or cell.formula:
        return False
    if isinstance(shown, Decimal):
        if not isinstance(cell.value, (int, float)) or not abs(cell.value) < LARGEST:
            return False
        return unit in ("", _UNIT) and round(Decimal(repr(float(cell.value))), 6) == shown
    if isinstance(shown, str):
        return isinstance(cell.value, str) and cell.value.strip() == shown.strip()
    return bool(getattr(cell.value, "date", lambda: cell.value)() == shown)


def _taken(head: Head, cell: Cell, against: ReadAgainst, *, shared: bool) -> Taken | None:
    key, column, project = head.key, column_of(head.key), against.project
    if not column.editable:
        _refuse_edit(key, cell, against)
        return None
    if cell.formula:
        message = f"是公式，没有采用（上次算出 {cell.text or '空'}）；请复制后选择性粘贴为数值"
        raise CellRefusedError(message)
    if shared and column.kind is Kind.MONEY:
        message = "这一格是几行合并的，不知道各占多少"
        raise CellRefusedError(message)
    spec = spec_of(key)
    value = value_of(cell, column.kind, words=spec.words if spec else "", unit=head.unit, known=against.words)
    if column.place is ColumnPlace.FUNDING and isinstance(value, Decimal):
        return _funding(cell, key, value, against)
    if column.place is ColumnPlace.YEAR and isinstance(value, Decimal):
        if year_named(head) not in (None, against.year):
            message = f"表头写的是 {year_named(head)} 年，计划年度是 {against.year or '未写'}"
            raise CellRefusedError(message)
        return _year_amount(cell, key, value, against)
    before = _field(project, key)
    _same_size(cell, before, value)
    if key == "classified" and value is True and before is not True:
        message = "涉密项目不登记内容，按保密规定线下办理；govit 不从表里改这一项"
        raise CellRefusedError(message)
    if before == value or (before in (None, ()) and value in ("", ())):
        return None
    change = Put(tuple(key.split(".")), written(value))
    return Taken("", cell.ref, key, _label(head), _said(before), _said(value), change)


def _same_size(cell: Cell, before: object, after: object) -> None:
    """Refuse a figure without a unit that is thousands of times the old one, or a thousandth: 元 taken for 万元."""
    if not isinstance(before, Decimal) or not isinstance(after, Decimal) or not before or not after:
        return
    if max(before / after, after / before) >= _OUT_OF_PROPORTION and "元" not in cell.text:
        message = (
            f"{format_money(before)} 变成 {format_money(after)}，差上千倍，像是弄错了元和万元；"
            "没有弄错的，在单元格里连单位一起写"
        )
        raise CellRefusedError(message)


def _refuse_edit(key: str, cell: Cell, against: ReadAgainst) -> None:
    """What says which project a row is, or is worked out, is never taken back; an edit of it must not pass unseen."""
    column, project = BY_KEY[key], against.project
    if column.place is ColumnPlace.DERIVED:
        if against.ours and project is not None:
            message = f"写的是“{' '.join(cell.text.split())}”，与 govit 现在推算的不同；这一列不从表里采用"
            raise RemarkedError(message)
        return
    if project is None or key == "path":
        return
    given = getattr(project, key)
    same = given == value_of(cell, Kind.INT) if key == "year" else str(given or "") == cell.text
    if not same:
        message = f"{column.header}是用来认项目的，不能从表里改（现在是 {given or '未写'}）"
        raise CellRefusedError(message)


def _field(project: Project | None, key: str) -> object:
    found: object = project
    for part in key.split("."):
        found = getattr(found, part, None)
    return found


def _funding(cell: Cell, key: str, value: Decimal, against: ReadAgainst) -> Taken | None:
    project = against.project
    given = key.removeprefix(FUNDING.removesuffix("*"))
    accepted = (against.words or {}).get("funding_sources", {})
    source = accepted.get(given) or accepted.get(unicodedata.normalize("NFKC", given))
    if source is None:
        known = "、".join(dict.fromkeys(accepted.values()))
        message = f"表头“{given}”不是本办法的资金来源；可以是 {known}"
        raise CellRefusedError(message)
    entries = [f for f in project.funding if f.source == source] if project is not None else []
    label = f"资金来源“{source}”"
    if len(entries) > 1:
        if sum((f.amount for f in entries if f.amount is not None), Decimal(0)) == value:
            return None
        message = f"project.yaml 里这项来源分 {len(entries)} 条写（{_places(entries, project)}），不能从一格改"
        raise CellRefusedError(message)
    if not entries:
        if not value:
            return None
        years = any(f.year for f in project.funding) if project is not None else True
        record: dict[str, str | int] = {"source": source, "amount": format_money(value)}
        record |= {"year": against.year} if against.year and years else {}
        return Taken("", cell.ref, key, label, "", _said(value), Append(_FUNDING.keys, record))
    if entries[0].amount == value:
        return None
    _same_size(cell, entries[0].amount, value)
    path: tuple[str | int, ...] = (*_FUNDING.keys, _number(entries[0].at), _FUNDING.key(Role.AMOUNT))
    return Taken("", cell.ref, key, label, _said(entries[0].amount), _said(value), Put(path, format_money(value)))


def _year_amount(cell: Cell, key: str, value: Decimal, against: ReadAgainst) -> Taken | None:
    project, year = against.project, against.year
    if year is None:
        message = "不知道是哪一年；请加一列“计划年度”，或用 --year 写明"
        raise CellRefusedError(message)
    listed = project.budget.years if project is not None and project.budget else ()
    entries = [y for y in listed if y.year == year]
    funded = [f.amount for f in project.funding if f.year == year and f.amount is not None] if project else []
    label = f"{year} 年投资"
    if len(entries) > 1:
        message = f"project.yaml 里 {year} 年写了 {len(entries)} 条（{_places(entries, project)}），不能从一格改"
        raise CellRefusedError(message)
    if not entries:
        if funded and sum(funded, Decimal(0)) == value:
            return None
        change: Change = Append(_YEARS.keys, {"year": year, "amount": format_money(value)})
        return Taken("", cell.ref, key, label, "", _said(value), change)
    if entries[0].amount == value:
        return None
    _same_size(cell, entries[0].amount, value)
    change = Put((*_YEARS.keys, _number(entries[0].at), _YEARS.key(Role.AMOUNT)), format_money(value))
    return Taken("", cell.ref, key, label, _said(entries[0].amount), _said(value), change)


def _number(at: str) -> int:
    """The place of a record in its list: 2 of funding[2]."""
    return int(at[at.rindex("[") + 1 : -1])


def _places(entries: Sequence[Funding | BudgetYear], project: Project | None) -> str:
    places = [project.source.place_of(entry.at) for entry in entries] if project is not None else []
    return "第 " + "、".join(str(place[0]) for place in places if place) + " 行"


def _said(value: object) -> str:
    """A value in words, for the list of changes."""
    if value in (None, ()):
        return ""
    if isinstance(value, Decimal):
        return format_money(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return "；".join(map(str, value)) if isinstance(value, tuple) else str(value)
