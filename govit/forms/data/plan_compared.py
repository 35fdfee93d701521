"""与上年对比：what became of the projects of an earlier plan, and what is new. Pure."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.records import named_record, record
from govit.forms.data.plan_columns import YEAR_AMOUNT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from govit.forms.data.plan import AnnualPlan, LeftOut, PlanEntry

NEW, DROPPED, MOVED, RAISED, CUT, CARRIED = "新增", "未再列入", "移出本年度", "调增", "调减", "结转"
SITUATIONS = (NEW, RAISED, CUT, CARRIED, MOVED, DROPPED)
"""In the order of the sheet."""


@record
class PastEntry:
    """上次计划的一个项目, amounts in 万元 as the plan has them."""

    name: str
    identity: str
    unit: str
    category: str
    total: Decimal | None
    year: Decimal | None


@record
class PastPlan:
    """上次的计划: where it was read from."""

    source: str
    entries: tuple[PastEntry, ...]


@named_record
class ComparedProject:
    """一个项目的对比."""

    situation: str
    name: str
    unit: str
    before: Decimal | None = None
    after: Decimal | None = None
    year_before: Decimal | None = None
    year_after: Decimal | None = None
    note: str = ""

    @property
    def difference(self) -> Decimal | None:
        """How much the total rose."""
        return None if self.before is None or self.after is None else self.after - self.before


def past_entry(values: Mapping[str, str | Decimal | dt.date]) -> PastEntry:
    """A project of an earlier plan by its columns."""
    texts = {key: str(values.get(key) or "") for key in ("name", "id", "unit.name", "category")}
    total, year = (values.get(key) for key in ("budget.total", YEAR_AMOUNT))
    return PastEntry(
        texts["name"],
        texts["id"],
        texts["unit.name"],
        texts["category"],
        total if isinstance(total, Decimal) else None,
        year if isinstance(year, Decimal) else None,
    )


def compared(plan: AnnualPlan, past: PastPlan) -> tuple[ComparedProject, ...]:
    """Every project of either plan with what became of it, by situation and then in the order of the plans."""
    entries = [entry for part in plan.parts for entry in part.entries]
    left_out = [one for part in plan.parts for one in part.left_out] + list(plan.stray)
    before = _Known(past.entries)
    found = [_now(entry, before.take(_identity(entry.case.project.id), entry.case.project.name)) for entry in entries]
    for one in left_out:
        then = before.take(_identity(one.case.project.id), one.case.project.name)
        if then is not None:
            found.append(_moved(one, then))
    found += [_of(DROPPED, then) for then in before.rest()]
    return tuple(sorted(found, key=lambda one: SITUATIONS.index(one.situation)))


class _Known:
    """The projects of the earlier plan, each taken once: by its identity, else by its name."""

    def __init__(self, entries: Sequence[PastEntry]) -> None:
        self._entries = list(entries)

    def take(self, identity: str, name: str | None) -> PastEntry | None:
        """The one that is the same project."""
        wanted = same(name or "")
        found = next((e for e in self._entries if identity and e.identity == identity), None) or next(
            (e for e in self._entries if wanted and same(e.name) == wanted), None
        )
        if found is not None:
            self._entries.remove(found)
        return found

    def rest(self) -> list[PastEntry]:
        """Those that nobody took."""
        return self._entries


def same(name: str) -> str:
    """A name as names are compared: without blanks, half-width, and without the year that goes on from plan to plan."""
    return re.sub(r"\s|(?:19|20)\d\d年?度?", "", unicodedata.normalize("NFKC", name))


def _identity(identity: str | None) -> str:
    return identity or ""


def _now(entry: PlanEntry, then: PastEntry | None) -> ComparedProject:
    now = past_entry(entry.values)
    if then is None:
        return ComparedProject(situation=NEW, name=now.name, unit=now.unit, after=now.total, year_after=now.year)
    moved = None if then.total is None or now.total is None else now.total - then.total
    situation = CARRIED if not moved else RAISED if moved > 0 else CUT
    notes = [f"{label}由“{a}”改为“{b}”" for label, a, b in _changed(then, now)]
    return ComparedProject(
        situation=situation,
        name=now.name,
        unit=now.unit,
        before=then.total,
        after=now.total,
        year_before=then.year,
        year_after=now.year,
        note="；".join(notes),
    )


def _changed(then: PastEntry, now: PastEntry) -> list[tuple[str, str, str]]:
    texts = (("名称", then.name, now.name), ("类别", then.category, now.category), ("项目单位", then.unit, now.unit))
    return [(label, a, b) for label, a, b in texts if a and b and a != b]


def _of(situation: str, then: PastEntry, note: str = "") -> ComparedProject:
    return ComparedProject(
        situation=situation, name=then.name, unit=then.unit, before=then.total, year_before=then.year, note=note
    )


def _moved(one: LeftOut, then: PastEntry) -> ComparedProject:
    return _of(MOVED, then, one.why)
