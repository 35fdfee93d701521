"""Working-day schedules against chinesecalendar itself and against the notices, typed by hand."""

import subprocess
import sys
from datetime import date, timedelta
from importlib import import_module

import pytest

from govit.calendar.festivals import statutory
from govit.calendar.periods import LastDay, Period, PeriodUnit, Schedule, last_day
from govit.calendar.workdays import YearSchedule, published, with_years

DAY = timedelta(days=1)

# The notices: rest days other than ordinary weekends, and the weekend days that are worked.
NOTICES = """
2023 rest 2022-12-31..2023-01-02 2023-01-21..2023-01-27 2023-04-05..2023-04-05
2023 rest 2023-04-29..2023-05-03 2023-06-22..2023-06-24 2023-09-29..2023-10-06
2023 work 2023-01-28 2023-01-29 2023-04-23 2023-05-06 2023-06-25 2023-10-07 2023-10-08
2024 rest 2023-12-30..2024-01-01 2024-02-10..2024-02-17 2024-04-04..2024-04-06
2024 rest 2024-05-01..2024-05-05 2024-06-10..2024-06-10 2024-09-15..2024-09-17
2024 rest 2024-10-01..2024-10-07
2024 work 2024-02-04 2024-02-18 2024-04-07 2024-04-28 2024-05-11 2024-09-14 2024-09-29 2024-10-12
2025 rest 2025-01-01..2025-01-01 2025-01-28..2025-02-04 2025-04-04..2025-04-06
2025 rest 2025-05-01..2025-05-05 2025-05-31..2025-06-02 2025-10-01..2025-10-08
2025 work 2025-01-26 2025-02-08 2025-04-27 2025-09-28 2025-10-11
2026 rest 2026-01-01..2026-01-03 2026-02-15..2026-02-23 2026-04-04..2026-04-06
2026 rest 2026-05-01..2026-05-05 2026-06-19..2026-06-21 2026-09-25..2026-09-27
2026 rest 2026-10-01..2026-10-07
2026 work 2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10
"""


def days(first: date, last: date) -> list[date]:
    """List the days from `first` to `last`."""
    return [first + n * DAY for n in range((last - first).days + 1)]


def noticed(year: int, what: str) -> frozenset[date]:
    """Read the days of one year and kind from the notices above."""
    head = f"{year} {what} "
    lines = [line.removeprefix(head) for line in NOTICES.splitlines() if line.startswith(head)]
    spans = [span.split("..") for span in " ".join(lines).split()]
    return frozenset(
        day for first, *last in spans for day in days(date.fromisoformat(first), date.fromisoformat([first, *last][-1]))
    )


def notice(year: int) -> YearSchedule:
    """Read one of the notices above."""
    return YearSchedule(year, noticed(year, "rest"), noticed(year, "work"), "国务院办公厅通知")


def test_every_published_day_is_that_of_chinesecalendar() -> None:
    is_workday = import_module("chinese_calendar").is_workday
    schedule = published()
    first, last = date(min(schedule.years), 1, 1), date(max(schedule.years), 12, 31)
    assert [day for day in days(first, last) if schedule.is_rest(day) is is_workday(day)] == []


def test_the_published_years_are_those_of_chinesecalendar() -> None:
    is_workday = import_module("chinese_calendar").is_workday
    years = published().years
    assert years == set(range(min(years), max(years) + 1))
    assert years >= set(range(2004, 2027))
    for beyond in (date(min(years) - 1, 12, 31), date(max(years) + 1, 1, 1)):
        with pytest.raises(NotImplementedError):
            is_workday(beyond)


def test_the_published_years_are_those_of_the_notices() -> None:
    typed = with_years(Schedule(frozenset(), frozenset(), frozenset()), map(notice, range(2023, 2027)))
    assert typed.years == {2023, 2024, 2025, 2026}
    # December 2026 is left out: the notice for 2027 may yet arrange it.
    span = days(date(2022, 12, 1), date(2026, 11, 30))
    differing = [day for day in span if typed.is_rest(day) is not published().is_rest(day)]
    assert differing == []


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248)])
def test_working_days_of_a_year(year: int, count: int) -> None:
    span = days(date(year, 1, 1), date(year, 12, 31))
    assert sum(not published().is_rest(day) for day in span) == count


def test_makeup_days_are_weekend_days_and_no_holidays() -> None:
    schedule = published()
    assert all(day.weekday() >= 5 for day in schedule.makeup)
    assert not schedule.makeup & schedule.holidays


def test_published_is_read_once_and_only_on_demand() -> None:
    assert published() is published()
    program = "import sys, govit.calendar.workdays; sys.exit('chinese_calendar' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


UNKNOWN = 2090  # 2090-01-01 is a Sunday


def extra(*, year: int = UNKNOWN, holidays: tuple[date, ...] = (), makeup: tuple[date, ...] = ()) -> YearSchedule:
    """Build the schedule of a year far ahead."""
    return YearSchedule(year, frozenset(holidays), frozenset(makeup), "测试")


def test_an_added_year_is_known_and_the_others_stay() -> None:
    schedule = published()
    monday, saturday = date(2090, 1, 2), date(2090, 1, 7)
    added = with_years(schedule, [extra(holidays=(monday,), makeup=(saturday,))])
    assert added.years == schedule.years | {UNKNOWN}
    assert added.holidays == schedule.holidays | {monday} | statutory(UNKNOWN)
    assert added.makeup == schedule.makeup | {saturday}
    assert not schedule.is_rest(monday)


def test_an_added_year_makes_its_dates_final() -> None:
    month, trigger = Period(1, PeriodUnit.MONTHS), date(2089, 12, 2)
    monday, tuesday = date(2090, 1, 2), date(2090, 1, 3)
    assert last_day(trigger, month, published()) == LastDay(monday, monday, provisional=True)
    added = with_years(published(), [extra(holidays=(monday,))])
    assert last_day(trigger, month, added) == LastDay(monday, tuesday, provisional=False)


def test_a_notice_arranges_the_december_before() -> None:
    friday, saturday = date(2089, 12, 30), date(2089, 12, 24)
    added = with_years(published(), [extra(holidays=(friday,), makeup=(saturday,))])
    assert added.is_rest(friday)
    assert not added.is_rest(saturday)
    assert 2089 not in added.years


def test_a_year_given_again_is_replaced() -> None:
    wrong, right = date(2090, 1, 3), date(2090, 1, 4)
    added = with_years(published(), [extra(holidays=(wrong,)), extra(holidays=(right,))])
    assert not added.is_rest(wrong)
    assert added.is_rest(right)


def test_replacing_a_year_keeps_what_the_next_notice_arranged() -> None:
    replaced = with_years(published(), [extra(year=2022)])
    assert replaced.is_rest(date(2022, 12, 31))
    assert date(2022, 12, 31) in replaced.holidays
    assert replaced.is_rest(date(2022, 10, 3)), "by statute"
    assert not replaced.is_rest(date(2022, 10, 5)), "by the notice alone"


def test_the_later_of_two_notices_on_one_day_wins() -> None:
    saturday = date(2089, 12, 31)
    rest = extra(year=2089, holidays=(saturday,))
    worked = extra(makeup=(saturday,))
    assert not with_years(published(), [rest, worked]).is_rest(saturday)
    assert with_years(published(), [worked, rest]).is_rest(saturday)


def test_with_no_years_nothing_changes() -> None:
    assert with_years(published(), []) == published()


@pytest.mark.parametrize(
    ("holidays", "makeup", "problem"),
    [
        ((date(2091, 1, 1),), (), "2091-01-01不属于2090年"),
        ((date(2089, 11, 30),), (), "2089-11-30不属于2090年"),
        ((date(2090, 1, 7),), (date(2090, 1, 7),), "既列为休息日又列为上班日"),
        ((), (date(2090, 1, 2),), "2090-01-02不是周六、周日"),
    ],
)
def test_a_wrong_schedule_is_refused(holidays: tuple[date, ...], makeup: tuple[date, ...], problem: str) -> None:
    with pytest.raises(ValueError, match=f"2090年放假安排有误：.*{problem}"):
        extra(holidays=holidays, makeup=makeup)


INCOMPLETE = YearSchedule(2027, frozenset({date(2027, 2, 8)}), frozenset({date(2027, 2, 20)}), "手抄的通知")
"""A notice of which somebody copied two days."""


@pytest.mark.parametrize(
    "day",
    [date(2027, 1, 1), date(2027, 2, 5), date(2027, 2, 8), date(2027, 4, 5), date(2027, 5, 1), date(2027, 5, 2),
     date(2027, 6, 9), date(2027, 9, 15), date(2027, 10, 1), date(2027, 10, 2), date(2027, 10, 3)],
)  # fmt: skip
def test_an_incomplete_year_drops_no_festival_of_the_statute(day: date) -> None:
    assert with_years(published(), [INCOMPLETE]).is_rest(day)


def test_a_published_year_given_again_incompletely_keeps_the_festivals_and_loses_what_only_its_notice_gave() -> None:
    copied = YearSchedule(2026, frozenset({date(2026, 1, 1)}), frozenset(), "手抄的通知")
    again = with_years(published(), [copied])
    assert [again.is_rest(date(2026, 10, day)) for day in (1, 2, 5)] == [True, True, False]
    assert not again.is_rest(date(2026, 9, 30))


def test_a_period_that_ends_on_new_year_moves_on_under_an_incomplete_year() -> None:
    known = with_years(published(), [INCOMPLETE])
    assert last_day(date(2026, 12, 1), Period(1, PeriodUnit.MONTHS), known, roll=True).day == date(2027, 1, 4)
    assert last_day(date(2026, 12, 28), Period(10, PeriodUnit.WORKDAYS), known, roll=True).day == date(2027, 1, 12)


@pytest.mark.parametrize("day", [date(2027, 5, 1), date(2027, 10, 2), date(2027, 10, 3)])
def test_a_festival_on_a_weekend_is_never_worked(day: date) -> None:
    with pytest.raises(ValueError, match="法定节日"):
        YearSchedule(2027, frozenset({date(2027, 1, 1)}), frozenset({day}), "手抄的通知")
