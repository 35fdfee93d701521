"""与 project.yaml 对照：what reports state of the project beside what project.yaml says. Pure.

A figure changes on the way from proposal to estimate to approval. So of each figure only the report that has come furthest is compared,
and a total that an approval or a change has set since is not that of the reports. What a report says in two ways is told as that.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.money import format_money
from govit.dossier.model import Budget, named
from govit.statements.amounts import Amount, plain
from govit.statements.disagreements import AGAINST_PROJECT, Disagreement, where
from govit.statements.shares import by_source, by_year
from govit.statements.stated import (
    BUILT_BY,
    DAYS,
    FUNDING,
    LINES,
    NAME,
    OPERATION,
    PERIOD,
    SPAN,
    TOTAL,
    UNIT,
    YEARS,
    Stated,
)
from govit.statements.words import words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from govit.dossier.model import Project
    from govit.statements.disagreements import ReadReport

MOST_LIKE_LINES = 0.5
FEWEST_LIKE_LINES = 2
"""A table is that of project.yaml if so many of its lines, and at least so many in a hundred, are the same."""
LEEWAY = 1
"""Months by which a period may be counted differently."""
LEEWAY_DAYS = 15
SHORTEST_NAME = 4
SHORTEST_UNIT = 3


def against_project(project: Project, reports: Sequence[ReadReport]) -> Iterator[Disagreement]:
    """Every figure, period and name of the reports that project.yaml has otherwise."""
    budget = project.budget or Budget()
    settled = _is_settled(project)
    if budget.total is not None and not settled:
        yield from _money(project, reports, TOTAL, budget.total)
        yield from _shares(project, reports, budget)
        yield from _lines(project, reports, budget)
    if budget.operation is not None:
        yield from _money(project, reports, OPERATION, budget.operation)
    if not (project.contracts or project.changes):
        yield from _periods(project, reports)
    yield from _names(project, reports)


def names_of(project: Project) -> tuple[str, ...]:
    """What a report may call the project: its name, with and without 项目, and without what stands in brackets."""
    name = plain(project.name or "")
    bare = name.partition("(")[0]
    found = {one for text in (name, bare) for one in (text, text.removesuffix("项目")) if len(one) >= SHORTEST_NAME}
    return tuple(sorted(found, key=lambda one: (-len(one), one)))


# -- money -------------------------------------------------------------------------------------------


def _is_settled(project: Project) -> bool:
    """Whether the total is one that an approval or a change has set, whatever the reports said before."""
    budget = project.budget or Budget()
    amounts = [one.amount for one in project.approvals if one.amount is not None]
    granted = project.review is not None and (project.review.granted is not None or project.review.cut is not None)
    return bool(project.changes) or granted or budget.total in amounts


def _furthest(reports: Sequence[ReadReport], key: str) -> Iterator[tuple[ReadReport, list[Stated]]]:
    """The reports that have come furthest among those that state something, with where they do."""
    stating = [(one, said) for one in reports if (said := [s for s in one.stated if s.key == key])]
    furthest = max((one.rank for one, _ in stating), default=0)
    yield from ((one, said) for one, said in stating if one.rank == furthest)


def _money(project: Project, reports: Sequence[ReadReport], key: str, exact: Decimal) -> Iterator[Disagreement]:
    explained = [one.amount for one in project.approvals if one.amount is not None]
    stating = list(_furthest(reports, key))
    if any(isinstance(s.value, Amount) and s.value.says(exact) for _, said in stating for s in said):
        return  # another version, or what one report says in two ways: told as that
    for report, said in stating:
        first = said[0]
        if isinstance(first.value, Amount) and not any(map(first.value.says, explained)):
            yield _disagreement(project, report, first, key, format_money(exact), len(said))


def _disagreement(
    project: Project, report: ReadReport, said: Stated, key: str, written: str, times: int = 1, what: str = ""
) -> Disagreement:
    label = named(key)
    short = what or label.partition("（")[2].rstrip("）") or label
    line = project.source.place_of(key)
    there = f"第 {line[0]} 行" if line else ""
    often = f"等 {times} 处" if times > 1 else ""
    subject = f"{short} {said.shown}"
    message = f"{short}：{where(said.place)}{often}写“{said.shown}”，{project.source.file.rpartition('/')[2]} {there}的 {label} 写 {written}"
    return Disagreement(AGAINST_PROJECT, report.path, subject, message, _HINT, said.place, said.section)


_HINT = "对照定稿核对两处，写错的一处照定稿更正，不得凑数"


def _shares(project: Project, reports: Sequence[ReadReport], budget: Budget) -> Iterator[Disagreement]:
    """Sources and years of the money; what one place states as project.yaml does is not asked about elsewhere."""
    given: dict[str, list[Decimal]] = {}
    for row in project.funding:
        if row.source and row.amount is not None:
            given.setdefault(row.source, []).append(row.amount)
    for line in budget.lines:
        if line.source in given and line.amount:
            given[line.source].append(line.amount)
    years = {one.year: one.amount for one in budget.years if one.year is not None and one.amount is not None}
    furthest = max((report.rank for report in reports), default=0)
    last = [report for report in reports if report.rank == furthest]
    sources = [(report, said) for report in last for said in by_source(report.text, list(given))]
    for report, said in _nowhere_right(sources, lambda about: [sum(_of(project, about), Decimal(0)), *given[about]]):
        exact = sum(_of(project, said.about), Decimal(0))
        yield _disagreement(project, report, said, FUNDING, format_money(exact), what=said.about)
    spent = [
        (report, said)
        for report in last
        for said in by_year(report.text, [one for one in report.stated if one.key == TOTAL], years)
    ]
    for report, said in _nowhere_right(spent, lambda about: [years[int(about)]]):
        yield _disagreement(
            project, report, said, YEARS, format_money(years[int(said.about)]), what=f"{said.about} 年投资"
        )


def _of(project: Project, source: str) -> list[Decimal]:
    return [row.amount for row in project.funding if row.source == source and row.amount is not None]


def _nowhere_right(
    stating: Sequence[tuple[ReadReport, Stated]], possible: Callable[[str], list[Decimal]]
) -> Iterator[tuple[ReadReport, Stated]]:
    """What is stated otherwise than project.yaml has it, of what no place states as it does."""
    right = {said.about for _, said in stating if _says_one(said, possible(said.about))}
    yield from ((report, said) for report, said in stating if said.about not in right)


def _says_one(said: Stated, possible: Iterable[Decimal]) -> bool:
    return isinstance(said.value, Amount) and any(map(said.value.says, possible))


def _lines(project: Project, reports: Sequence[ReadReport], budget: Budget) -> Iterator[Disagreement]:
    """The lines and groups of a budget table that has the lines of project.yaml."""
    exact = _single_amounts(
        [
            *((one.name, one.amount, one.at) for one in budget.lines),
            *((one.name, one.amount, one.at) for one in budget.groups),
        ]
    )
    stating = list(_furthest(reports, LINES))
    right = {s.about for _, said in stating for s in said if s.about in exact and _says_one(s, [exact[s.about][0]])}
    for report, said in stating:
        for table in {s.place.cell[0] if s.place.cell else 0 for s in said}:
            mine = [s for s in said if s.place.cell and s.place.cell[0] == table and s.about in exact]
            names = [s.about for s in mine]
            same = [s for s in mine if _says_one(s, [exact[s.about][0]])]
            if len(same) < max(FEWEST_LIKE_LINES, MOST_LIKE_LINES * len(exact)):
                continue
            for one in mine:
                if one.about not in right and names.count(one.about) == 1:
                    amount, at = exact[one.about]
                    yield _disagreement(
                        project, report, one, f"{at}.amount", format_money(amount), what=f"“{one.about}”"
                    )


def _single_amounts(rows: Iterable[tuple[str | None, Decimal | None, str]]) -> dict[str, tuple[Decimal, str]]:
    """By name, what stands once only."""
    found: dict[str, tuple[Decimal, str]] = {}
    twice: set[str] = set()
    for name, amount, at in rows:
        key = plain(name or "")
        if key in found:
            twice.add(key)
        if key and amount is not None:
            found[key] = (amount, at)
    return {name: one for name, one in found.items() if name not in twice}


# -- periods -----------------------------------------------------------------------------------------


def _periods(project: Project, reports: Sequence[ReadReport]) -> Iterator[Disagreement]:
    schedule = project.schedule
    if schedule is None or schedule.start is None or schedule.end is None or schedule.end < schedule.start:
        return
    written = f"{schedule.start} 至 {schedule.end}"
    for key in (SPAN, PERIOD, DAYS):
        stating = list(_furthest(reports, key))
        if any(_is_period(one, schedule.start, schedule.end) for _, said in stating for one in said):
            continue
        for report, said in stating:
            yield _disagreement(project, report, said[0], "schedule", written, len(said), what=said[0].about)


def _is_period(one: Stated, start: dt.date, end: dt.date) -> bool:
    """Whether a period that was stated may be that from one day to another; a longer one may count what comes before and after."""
    if not isinstance(one.value, int):
        first, last = str(one.value).split()
        return first <= f"{start:%Y-%m}" and f"{end:%Y-%m}" <= last
    if one.key == DAYS:
        return abs(one.value - (end - start).days - 1) <= LEEWAY_DAYS
    return abs(one.value - _months(start, end)) <= max(LEEWAY, one.leeway)


def _months(start: dt.date, end: dt.date) -> int:
    """How many months two days span, those of both counted."""
    return (end.year - start.year) * 12 + end.month - start.month + 1


# -- names -------------------------------------------------------------------------------------------


def _names(project: Project, reports: Sequence[ReadReport]) -> Iterator[Disagreement]:
    """The first unit and name that are others, where no place has those of the project: a report may list others beside them."""
    unit, name = project.unit, project.name
    if unit is not None:
        listed = list(_if_all(reports, UNIT, lambda one: _is_other_unit(one, project)))
        spoken = _if_all(reports, UNIT, lambda one: _is_other_unit(one, project), about=BUILT_BY)
        for report, one in listed or spoken:
            yield _disagreement(project, report, one, UNIT, f"“{unit.name}”", what=one.about)
    if name:
        for report, one in _if_all(reports, NAME, lambda one: not _is_same_name(one.shown, name)):
            yield _disagreement(project, report, one, NAME, f"“{name}”")


def _if_all(
    reports: Sequence[ReadReport], key: str, is_other: Callable[[Stated], bool], about: str = ""
) -> Iterator[tuple[ReadReport, Stated]]:
    """The first that each report states, if all are others; `about` leaves only those that are called so."""
    every = ((report, [one for one in said if about in ("", one.about)]) for report, said in _furthest(reports, key))
    stating = [(report, said) for report, said in every if said]
    if all(is_other(one) for _, said in stating for one in said):
        yield from ((report, said[0]) for report, said in stating)


def _is_other_unit(one: Stated, project: Project) -> bool:
    """Whether a unit is named that is none of the project's; an applicant may be another than the unit."""
    unit, name = project.unit, _without_remark(one.shown)
    if unit is None or not unit.name or (one.about in words().applicants and not project.applicant):
        return False
    others = (unit.parent, project.applicant, project.lead, project.team, project.builder, *project.participants)
    known = [plain(other) for other in (unit.name, *others) if other]
    alike = any(
        _is_short_for(name, other) or any(_is_short_for(core, name) for core in _without_place(other))
        for other in known
    )
    return name.endswith(words().organs) and "、" not in name and not alike


def _without_remark(name: str) -> str:
    return name.partition("(")[0]


def _without_place(name: str) -> list[str]:
    """A name, and what of it stands behind a place: an office of a unit is named with the place or without."""
    found = [name]
    for place in words().places:
        _, at, rest = name.partition(place)
        if at and len(rest) >= SHORTEST_UNIT:
            found.append(rest)
    return found


def _is_short_for(short: str, name: str) -> bool:
    """Whether a name has all characters of a shorter one in their order: 市交通局 and 某市交通运输局."""
    rest = iter(name)
    return all(han in rest for han in short)


def _is_same_name(one: str, other: str) -> bool:
    """Whether two names of a project are one, with or without 项目, 建设 and the like, the place, and what stands in brackets."""
    bare = [_loose(name) for name in (one, other)]
    return any(not name for name in bare) or _is_short_for(bare[0], bare[1]) or _is_short_for(bare[1], bare[0])


def _loose(name: str) -> str:
    core = _without_year(_without_remark(plain(name)).strip('“”"《》'))
    for word in words().loose:
        core = core.replace(word, "")
    return core


def _without_year(name: str) -> str:
    before, year, rest = name.partition("年")
    core = before.rstrip("0123456789")
    return core + rest.removeprefix("度") if year and core != before else name
