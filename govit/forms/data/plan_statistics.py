"""计划的统计：how many projects and how much money, by category, unit, source, approval and self-check. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.forms.data.plan_columns import FUNDING, YEAR_AMOUNT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping, Sequence

    Values = Mapping[str, str | Decimal | dt.date]

NOT_SAID = "（未写）"
_SOURCE = FUNDING.rstrip("*")


@record
class Counted:
    """列入计划的一个项目: the values of its columns, the approvals that it needs and how grave its self-check is."""

    values: Values
    approvals: tuple[str, ...]
    verdict: str


@record
class Statistic:
    """一行统计."""

    name: str
    count: int
    total: Decimal
    year: Decimal


@record
class StatisticGroup:
    """按什么统计. A project may be in several rows of a group that is not `apart`."""

    name: str
    rows: tuple[Statistic, ...]
    apart: bool = True


def statistics(entries: Sequence[Counted]) -> tuple[StatisticGroup, ...]:
    """The statistics of the projects of a plan, by their columns; in the order in which the plan has them."""
    if not entries:
        return ()
    return (
        StatisticGroup("按项目类别", _by(entries, lambda one: [_text(one, "category")])),
        StatisticGroup("按项目单位", _largest_first(_by(entries, lambda one: [_text(one, "unit.name")]))),
        StatisticGroup("按资金来源", _sources([one.values for one in entries]), apart=False),
        StatisticGroup("按需办审批", _by(entries, lambda one: one.approvals), apart=False),
        StatisticGroup("按自查结论", _by(entries, lambda one: [one.verdict])),
    )


def _by(entries: Iterable[Counted], key: Callable[[Counted], Sequence[str]]) -> tuple[Statistic, ...]:
    found: dict[str, list[Values]] = {}
    for one in entries:
        for name in key(one):
            found.setdefault(name, []).append(one.values)
    return tuple(
        Statistic(name, len(rows), _sum(rows, "budget.total"), _sum(rows, YEAR_AMOUNT)) for name, rows in found.items()
    )


def _largest_first(rows: Iterable[Statistic]) -> tuple[Statistic, ...]:
    return tuple(sorted(rows, key=lambda row: (-row.total, row.name)))


def _sources(entries: Sequence[Values]) -> tuple[Statistic, ...]:
    """The money of each source, and the projects that have some of it."""
    names = dict.fromkeys(key for values in entries for key in values if key.startswith(_SOURCE))
    found = []
    for key in names:
        rows = [values for values in entries if values.get(key)]
        found.append(Statistic(key.removeprefix(_SOURCE), len(rows), _sum(rows, key), Decimal(0)))
    return _largest_first(found)


def _text(one: Counted, key: str) -> str:
    return str(one.values.get(key) or NOT_SAID)


def _sum(rows: Iterable[Values], key: str) -> Decimal:
    amounts = (values.get(key) for values in rows)
    return sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0))
