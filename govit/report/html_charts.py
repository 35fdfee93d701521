"""网页上的图：the geometry of bars and of a line of dates, in units of their drawings. Pure.

A bar stands in a row of a table beside its name and its figure, so that nothing is said by the picture alone.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.language import is_english, say
from govit.base.records import record
from govit.deadlines.dates import DeadlineState
from govit.report.overview import SHOWN, money

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govit.deadlines.dates import Deadline
    from govit.report.overview import Group

BARS = 12
"""So many bars in one chart; the rest is one line of figures."""
_FULL = 100
_WIDTH, _MARGIN, _ROW, _MARK, _TODAY = 400, 22, 17, 17, 14
_TICKS = 6
_MONTHS = 12
_ZERO = Decimal(0)

CLASS_OF = {
    DeadlineState.OVERDUE: "bad",
    DeadlineState.DUE: "now",
    DeadlineState.TO_COME: "later",
    DeadlineState.EARLY: "bad",
    DeadlineState.LATE: "bad",
    DeadlineState.UNDETERMINED: "unclear",
    DeadlineState.WAITING: "later",
    DeadlineState.DONE: "done",
    DeadlineState.ENDED: "done",
    DeadlineState.NOT_APPLICABLE: "later",
}


# -- bars --------------------------------------------------------------------------------------------


@record
class BarPart:
    """A piece of a bar: what it counts, where it begins and how long it is, of a hundred."""

    kind: str
    x: str
    width: str


@record
class Bar:
    """A row of a chart."""

    name: str
    parts: tuple[BarPart, ...]
    figures: tuple[str, ...]


def amounts(groups: Mapping[str, Sequence[Group]]) -> list[tuple[str, list[Bar]]]:
    """The amounts of the projects of each unit and category, the largest first."""
    return [(by, _amounts(groups[by])) for by in ("unit", "category")]


def _amounts(groups: Sequence[Group]) -> list[Bar]:
    largest = sorted(groups, key=lambda group: (-(group.total or _ZERO), group.name))
    shown, rest = largest[:BARS], largest[BARS:]
    most = max((group.total or _ZERO for group in shown), default=_ZERO)
    bars = [
        Bar(
            group.name or say("（没有写）"),
            (BarPart("amount", "0", _share(group.total or _ZERO, most)),),
            (money(group.total) or "—", str(group.projects)),
        )
        for group in shown
    ]
    if rest:
        figures = money(together(group.total for group in rest)) or "—", str(sum(group.projects for group in rest))
        bars.append(Bar(_others(rest), (), figures))
    return bars


def findings(groups: Sequence[Group]) -> list[Bar]:
    """How many findings there are of each rule, the worst first, their kinds one after another."""
    shown, rest = groups[:BARS], groups[BARS:]
    most = max((sum(group.counts[kind] for kind in SHOWN) for group in shown), default=0)
    bars = [
        Bar(
            f"{group.name} {_title(group)}".strip(),
            tuple(_stacked([group.counts[kind] for kind in SHOWN], most)),
            tuple(str(group.counts[kind]) for kind in SHOWN),
        )
        for group in shown
    ]
    if rest:
        bars.append(Bar(_others(rest), (), tuple(str(sum(group.counts[kind] for group in rest)) for kind in SHOWN)))
    return bars


def _title(group: Group) -> str:
    return group.title_en or group.title if is_english() else group.title


def _stacked(counts: Sequence[int], most: int) -> Iterable[BarPart]:
    before = 0
    for kind, number in zip(SHOWN, counts, strict=True):
        if number:
            yield BarPart(kind, _share(Decimal(before), Decimal(most)), _share(Decimal(number), Decimal(most)))
        before += number


def _others(rest: Sequence[Group]) -> str:
    return say("其余 {} 个").format(len(rest))


def _share(part: Decimal, whole: Decimal) -> str:
    return f"{part * _FULL / whole:.1f}" if whole else "0"


def together(amounts_: Iterable[Decimal | None]) -> Decimal | None:
    """The sum of the amounts that are known, None if none is."""
    known = [amount for amount in amounts_ if amount is not None]
    return sum(known[1:], known[0]) if known else None


# -- a line of dates ---------------------------------------------------------------------------------


@record
class DateMark:
    """A date on the line: its number in the list below, its state, and where it stands."""

    number: int
    kind: str
    x: int
    y: int


@record
class DateTick:
    """A day that is written below the line."""

    label: str
    x: int


@record
class DateLine:
    """时间线."""

    width: int
    height: int
    axis: int
    today: int
    marks: tuple[DateMark, ...]
    ticks: tuple[DateTick, ...]


def date_line(deadlines: Sequence[Deadline], as_of: dt.date) -> DateLine | None:
    """Those of the dates that have a day, from left to right, none upon another."""
    dated = [(d.day, number, CLASS_OF[d.state]) for number, d in enumerate(deadlines, 1) if d.day]
    if not dated:
        return None
    days = [as_of, *(day for day, _, _ in dated)]
    first, span = min(days), max((max(days) - min(days)).days, 1)

    def x(day: dt.date) -> int:
        return _MARGIN + (day - first).days * (_WIDTH - 2 * _MARGIN) // span

    ends: list[int] = []
    placed = []
    for day, number, kind in sorted(dated):
        row = next((n for n, end in enumerate(ends) if end <= x(day)), len(ends))
        ends[row : row + 1] = [x(day) + _MARK]
        placed.append((number, kind, x(day), row))
    axis = _TODAY + len(ends) * _ROW + 4
    marks = tuple(DateMark(number, kind, at, axis - 12 - row * _ROW) for number, kind, at, row in placed)
    ticks = tuple(DateTick(label, x(day)) for day, label in _ticks(first, max(days)))
    return DateLine(_WIDTH, axis + 18, axis, x(as_of), marks, ticks)


def _ticks(first: dt.date, last: dt.date) -> list[tuple[dt.date, str]]:
    """The first days of years, or of months where the line is short, not too many of them."""
    years = [dt.date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]
    if len(years) > 1:
        found = [(day, str(day.year)) for day in years]
    else:
        months = range(first.year * _MONTHS + first.month, last.year * _MONTHS + last.month)
        found = [(day, f"{day:%Y-%m}") for n in months for day in [dt.date(n // _MONTHS, n % _MONTHS + 1, 1)]]
    return found[:: len(found) // _TICKS + 1]
