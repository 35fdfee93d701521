"""Working days as the State Council arranges them, year by year (Civil Code art. 203).

The notice for a year comes out in the last months of the year before. It names the rest days
and the weekend days that are worked in exchange (调休). The chinesecalendar package carries the
notices; a year that it does not have yet can be added by hand.
"""

from collections.abc import Iterable
from datetime import date
from functools import cache
from importlib import import_module
from typing import Final

from govit.base.records import value_record
from govit.calendar.festivals import statutory
from govit.calendar.periods import Schedule, notice_year

_SATURDAY: Final = 5


@value_record
class YearSchedule:
    """The schedule of one year and the document that it comes from.

    The notice for a year may also arrange days of the December before: 2022-12-31 is a rest
    day by the notice for 2023.
    """

    year: int
    holidays: frozenset[date]
    makeup: frozenset[date]
    source: str

    def __post_init__(self) -> None:
        for day in sorted(self.holidays | self.makeup):
            if problem := self._problem(day):
                msg = f"{self.year}年放假安排有误：{day.isoformat()}{problem}"
                raise ValueError(msg)

    def _problem(self, day: date) -> str:
        """Say what is wrong with a day of the schedule, nothing if it is right."""
        if self.year not in {day.year, notice_year(day)}:
            return f"不属于{self.year}年，也不在上一年12月"
        if day not in self.makeup:
            return ""
        if day in self.holidays:
            return "既列为休息日又列为上班日"
        if day in statutory(day.year):
            return "是法定节日，不能列为调休上班日"
        return "不是周六、周日，不能列为调休上班日" if day.weekday() < _SATURDAY else ""


@cache
def published() -> Schedule:
    """Give the schedule of all years that the installed chinesecalendar package has, read when the first day is asked for.

    A year counts as published when its National Day is there, so that a notice which reaches
    into a neighbouring year does not make that year known.
    """
    return _Published()


@cache
def _notices() -> Schedule:
    data = import_module("chinese_calendar.constants")
    holidays: frozenset[date] = frozenset(data.holidays)
    return Schedule(
        years=frozenset(day.year for day in holidays if (day.month, day.day) == (10, 1)),
        holidays=holidays,
        makeup=frozenset(data.workdays),
    )


class _Published(Schedule):
    """The notices: most runs ask for no working day, and reading them takes as long as reading a project."""

    def __init__(self) -> None:
        """Read nothing yet."""

    @property
    def years(self) -> frozenset[int]:
        """The years with a notice."""
        return _notices().years

    @property
    def holidays(self) -> frozenset[date]:
        """The rest days that notices name."""
        return _notices().holidays

    @property
    def makeup(self) -> frozenset[date]:
        """The weekend days that are worked."""
        return _notices().makeup


def with_years(schedule: Schedule, extra: Iterable[YearSchedule]) -> Schedule:
    """Add years to a schedule; a year that it already has is replaced, the later one wins."""
    for year in extra:
        schedule = _with_year(schedule, year)
    return schedule


def _with_year(schedule: Schedule, extra: YearSchedule) -> Schedule:
    """Put one year in the place of what was known of it; what is off by statute is off whether it lists it or not."""
    holidays = (_without_notice(schedule.holidays, extra.year) - extra.makeup) | statutory(extra.year)
    makeup = _without_notice(schedule.makeup, extra.year) - extra.holidays
    return Schedule(
        years=schedule.years | {extra.year},
        holidays=holidays | extra.holidays,
        makeup=makeup | extra.makeup,
    )


def _without_notice(days: frozenset[date], year: int) -> frozenset[date]:
    """Leave out the days that the notice for a year arranged."""
    return frozenset(day for day in days if notice_year(day) != year)
