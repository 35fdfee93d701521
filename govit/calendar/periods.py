"""Periods of time as the Civil Code counts them: pure date arithmetic.

Articles 200 to 204 of the Civil Code (民法典) set the rules: years, months and days of the
common calendar (200); the day of the trigger does not count (201); months and years end on the
corresponding day, or on the last day of a month that has none (202); a last day on a rest day
moves to the next working day (203). Which days are rest days is an input: a `Schedule`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import MAXYEAR, date, timedelta
from enum import Enum
from functools import partial
from typing import Final

from govit.base.records import field, value_record
from govit.calendar.festivals import Festival, festivals, statutory

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_FEBRUARY: Final = 2
_MONTHS_IN_YEAR: Final = 12
_MONTH_LENGTHS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PeriodUnit(Enum):
    """What a period is counted in (art. 200); the value is how it is written."""

    DAYS = "日"
    WORKDAYS = "个工作日"
    MONTHS = "个月"
    YEARS = "年"


@value_record
class Period:
    """A length of time of at least one unit, such as 6个月."""

    count: int
    unit: PeriodUnit

    def __post_init__(self) -> None:
        if self.count < 1:
            msg = f"期间应当为正整数：{self.count}{self.unit.value}"
            raise ValueError(msg)

    def __str__(self) -> str:
        """Write the period so that `parse_period` reads it back."""
        return f"{self.count}{self.unit.value}"


_UNITS: Final = {
    "日": PeriodUnit.DAYS,
    "天": PeriodUnit.DAYS,
    "个自然日": PeriodUnit.DAYS,
    "工作日": PeriodUnit.WORKDAYS,
    "个工作日": PeriodUnit.WORKDAYS,
    "个月": PeriodUnit.MONTHS,
    "个自然月": PeriodUnit.MONTHS,
    "年": PeriodUnit.YEARS,
}
_DIGITS: Final = "一二三四五六七八九"
_PERIOD: Final = rf"(?P<count>[0-9０-９]{{1,6}}|[零两{_DIGITS}十百]+)(?P<unit>{'|'.join(_UNITS)})"
_NUMERAL: Final = (
    rf"(?:(?P<hundreds>[两{_DIGITS}])百(?=$|零|[{_DIGITS}]十))?"
    rf"(?:(?<=百)零(?=[{_DIGITS}])|(?P<tens>[{_DIGITS}])?(?P<ten>十))?"
    rf"(?P<ones>[{_DIGITS}])?"
)


def parse_period(text: str) -> Period:
    """Read a period as regulations write it: 6个月, 六个月, 半年, 10个工作日, 30日, 30天.

    半年 is six months by its common meaning. 6月 is June, not a period, and is refused.
    """
    compact = "".join(text.split())
    if compact == "半年":
        return Period(6, PeriodUnit.MONTHS)
    match = re.fullmatch(_PERIOD, compact)
    count = _count(match["count"]) if match else 0
    if match is None or count < 1:
        hours = "；期间最短是一日，24小时写作“1日”，在 reading 里写明" if compact.endswith("小时") else ""
        msg = f"无法识别的期间：“{text}”，应当写作“6个月”“半年”“1年”“10个工作日”或者“30日”{hours}"
        raise ValueError(msg)
    return Period(count, _UNITS[match["unit"]])


def _count(text: str) -> int:
    """Value of digits or of a Chinese numeral up to 999, 0 for what is neither."""
    if text.isdecimal():
        return int(text)
    if text == "两":
        return 2
    match = re.fullmatch(_NUMERAL, text)
    if match is None:
        return 0
    tens = (_digit(match["tens"]) or 1) if match["ten"] else 0
    return 100 * _digit(match["hundreds"]) + 10 * tens + _digit(match["ones"])


def _digit(character: str | None) -> int:
    """Value of one Chinese digit, 0 where there is none."""
    if character is None:
        return 0
    return 2 if character == "两" else _DIGITS.index(character) + 1


@value_record
class Schedule:
    """Which days are rest days (法定休假日 of art. 203), where that is known.

    `years` are those with a published schedule, `holidays` the rest days that the notices put
    on weekdays or name, `makeup` the weekend days that are worked (调休上班). In other years the
    festivals of the statute and the weekends are rest days. The festivals are certain. Whether a
    notice will free a working day beside them, or have a weekend day worked, is open near a
    festival (`is_open`) and nowhere else; in a year whose festivals are not known, everywhere.
    """

    years: frozenset[int]
    holidays: frozenset[date]
    makeup: frozenset[date]

    def is_rest(self, day: date) -> bool:
        """Whether nobody has to work on the day, as far as is known."""
        if day in self.holidays:
            return True
        if day in self.makeup:
            return False
        return day.weekday() >= _SATURDAY or (day.year not in self.years and day in statutory(day.year))

    def is_open(self, day: date) -> bool:
        """Whether a notice that is not published yet may make a rest day of a working day, or the reverse.

        What the statute or a published notice says of the day itself stays. 元旦 draws days of the December
        before it into the notice of its own year, so late December is open until that one is out.
        """
        waited_for = {day.year, notice_year(day)} - self.years
        if not waited_for or day in self.holidays or day in self.makeup:
            return False
        if day.year in waited_for and day in statutory(day.year):
            return False
        return any(_may_arrange(year, day) for year in waited_for)

    def unsettled(self, first: date, last: date) -> tuple[int, ...]:
        """The years without a notice that could arrange a day from `first` to `last`."""
        return tuple(year for year in range(first.year, notice_year(last) + 1) if year not in self.years)

    def next_workday(self, day: date) -> date:
        """Give the day itself if it is a working day, else the first one after it (art. 203)."""
        return _next(day, self.is_rest)

    def earliest_workday(self, day: date) -> date:
        """The same by the notice that has everybody work soonest: open weekend days are worked."""
        return _next(day, lambda one: self.is_rest(one) and not self.is_open(one))

    def latest_workday(self, day: date) -> date:
        """The same by the notice that frees the most: open working days are off."""
        return _next(day, lambda one: self.is_rest(one) or self.is_open(one))


def notice_year(day: date) -> int:
    """Year whose notice arranges a day: December days belong to the New Year that follows."""
    return day.year + 1 if day.month == _MONTHS_IN_YEAR else day.year


@value_record
class _Reach:
    """How many days before and after a festival a notice may have a weekend day worked or free a working day."""

    worked: tuple[int, int]
    freed: tuple[int, int]


_NEAR: Final = _Reach(worked=(5, 6), freed=(3, 3))
_FAR: Final = _Reach(worked=(9, 11), freed=(3, 6))
"""For a festival that is `near`, and for one that makes a long holiday: one day more than in any notice from 2008 to
2026. Only the three days of September 2015, by a notice of their own, lay near no festival."""


def _may_arrange(year: int, day: date) -> bool:
    """Whether a day is as near to a festival of the year as its notice may go."""
    return any(_in_reach((day - off).days, day, one) for one in festivals(year) or () for off in one.days)


def _in_reach(distance: int, day: date, festival: Festival) -> bool:
    """Whether a notice goes so many days from a festival for such a day."""
    reach = _NEAR if festival.near else _FAR
    before, after = reach.worked if day.weekday() >= _SATURDAY else reach.freed
    return -before <= distance <= after


def _next(day: date, is_rest: Callable[[date], bool]) -> date:
    """The day itself if it is worked, else the first one after it."""
    workday = day
    while is_rest(workday):
        if workday == date.max:
            raise _beyond_calendar(day, "之后的工作日")
        workday += _DAY
    return workday


@value_record
class LastDay:
    """The last day of a period: as counted, and as moved off a rest day (art. 203).

    `provisional` says that a notice which is not published yet may move `day`, to none before
    `earliest` and none after `latest`, where that is known.
    """

    raw: date
    day: date
    provisional: bool
    earliest: date | None = field(default=None, compare=False)
    latest: date | None = field(default=None, compare=False)

    def is_met_by(self, act: date) -> bool | None:
        """Whether an act on a day is in time; None if only the notice will tell."""
        if not self.provisional:
            return act <= self.day
        if act <= (self.earliest or self.raw):
            return True
        return None if act <= (self.latest or self.day) else False


def last_day(start: date, period: Period, schedule: Schedule, *, roll: bool = True) -> LastDay:
    """Last day of a period triggered on `start` (arts. 201 to 203).

    An act on the last day is in time. `roll` moves it off a rest day; lengths, bans and calendar
    points do not move. Working days are counted as such and end on one whatever `roll` says.

    A day is provisional if notices that are not published yet could make it another one: the
    period is also counted by a notice that would have every open day worked and by one that would
    free every open day (`Schedule.is_open`), and where both give the same day it is certain. No
    notice goes that far; an act between the two is in time or late by what the notice will say,
    and by nobody's guess. Where the festivals of a year are not known, all of it is provisional.
    """
    if period.unit is PeriodUnit.WORKDAYS:
        return _moved(start, None, schedule, partial(_count_workdays, start, period))
    raw = corresponding_day(start, period)
    if not roll:
        return LastDay(raw, raw, provisional=False)
    return _moved(raw, raw, schedule, lambda next_workday: next_workday(raw))


_NextWorkday = Callable[[date], date]


def _moved(first: date, raw: date | None, schedule: Schedule, find: Callable[[_NextWorkday], date]) -> LastDay:
    """The last day that `find` gives, from `first` on, and what the notices may still make of it."""
    day = find(schedule.next_workday)
    raw = day if raw is None else raw
    waited_for = schedule.unsettled(first, day)
    if not waited_for:
        return LastDay(raw, day, provisional=False)
    if any(festivals(year) is None for year in waited_for):
        return LastDay(raw, day, provisional=True)
    earliest, latest = find(schedule.earliest_workday), find(schedule.latest_workday)
    return LastDay(raw, day, provisional=earliest != latest, earliest=earliest, latest=latest)


def _count_workdays(start: date, period: Period, next_workday: _NextWorkday) -> date:
    """Give the last working day of the period; the day of the trigger is not counted (art. 201)."""
    if period.count > (date.max - start).days:
        raise _beyond_calendar(start, f"加{period}")
    day = start
    for _ in range(period.count):
        if day == date.max:
            raise _beyond_calendar(start, f"加{period}")
        day = next_workday(day + _DAY)
    return day


def corresponding_day(start: date, period: Period) -> date:
    """Last day of a period of days, months or years, wherever it falls (arts. 201, 202).

    The corresponding day is that of `start` itself: 30 June and six months give 30 December.
    """
    if period.unit is PeriodUnit.WORKDAYS:
        msg = f"{period}没有对应日，应当逐个工作日计算"
        raise ValueError(msg)
    if period.unit is not PeriodUnit.DAYS:
        return _add_months(start, period)
    if period.count > (date.max - start).days:
        raise _beyond_calendar(start, f"加{period}")
    return start + timedelta(days=period.count)


def _add_months(start: date, period: Period) -> date:
    """Corresponding day in the last month, or the last day of a month without one (art. 202)."""
    months = period.count * (_MONTHS_IN_YEAR if period.unit is PeriodUnit.YEARS else 1)
    year, month = divmod(start.year * _MONTHS_IN_YEAR + start.month - 1 + months, _MONTHS_IN_YEAR)
    if year > MAXYEAR:
        raise _beyond_calendar(start, f"加{period}")
    return date(year, month + 1, min(start.day, _month_length(year, month + 1)))


def _month_length(year: int, month: int) -> int:
    """Days of a month; `calendar.monthrange` without the cost of importing `calendar`."""
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    return 29 if month == _FEBRUARY and leap else _MONTH_LENGTHS[month - 1]


def _beyond_calendar(start: date, what: str) -> ValueError:
    """Give the error for a day that no calendar date can express."""
    return ValueError(f"{start.isoformat()}{what}超出可以表示的日期（最晚{date.max.isoformat()}）")


_KIND_MONTHS: Final = {"月": 1, "季度": 3, "半年": 6, "年": 12}


def period_ends(kind: str, start: date, end: date) -> tuple[tuple[str, date], ...]:
    """Name and last day of every calendar period that contains a day of `start` to `end`.

    `kind` is 月, 季度, 半年 or 年. These are calendar points and never move (art. 203 is for
    periods). Both ends belong to the span; a span that ends before it starts has no days.
    """
    months = _KIND_MONTHS.get(kind)
    if months is None:
        msg = f"未知的周期：“{kind}”，应当是{'、'.join(_KIND_MONTHS)}之一"
        raise ValueError(msg)
    return tuple(_period_ends(kind, months, start, end)) if start <= end else ()


def _period_ends(kind: str, months: int, start: date, end: date) -> Iterator[tuple[str, date]]:
    """Calendar periods of so many months, from that of `start` to that of `end`."""
    first, last = ((day.year * _MONTHS_IN_YEAR + day.month - 1) // months for day in (start, end))
    for index in range(first, last + 1):
        year, month = divmod((index + 1) * months - 1, _MONTHS_IN_YEAR)
        closing = date(year, month + 1, _month_length(year, month + 1))
        yield _period_name(kind, closing), closing


def _period_name(kind: str, closing: date) -> str:
    """Name of the calendar period that ends on a day, such as 2026年第1季度."""
    names = {
        "年": "",
        "半年": "上半年" if closing.month == 6 else "下半年",  # noqa: PLR2004
        "季度": f"第{closing.month // 3}季度",
        "月": f"{closing.month}月",
    }
    return f"{closing.year}年{names[kind]}"
