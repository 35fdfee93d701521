"""Periods against dates checked by hand, against dateutil and against counting day by day."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from chinese_calendar import is_workday
from dateutil.relativedelta import relativedelta
from hypothesis import given, settings
from hypothesis import strategies as st

from govit.calendar.festivals import statutory
from govit.calendar.periods import (
    LastDay,
    Period,
    PeriodUnit,
    Schedule,
    corresponding_day,
    last_day,
    notice_year,
    parse_period,
    period_ends,
)
from govit.calendar.workdays import published

DAY = timedelta(days=1)
WEEKENDS = Schedule(years=frozenset(), holidays=frozenset(), makeup=frozenset())

# Worked out by hand from the State Council's notices for 2022 to 2026, as they are typed in test_workdays.py, and
# arts. 201 to 203: count from the day after the trigger to the day of the same number, or to the month's last day;
# if nobody works on it, go on to the first day that is worked, also on a weekend.
# trigger | period | as counted (art. 202) | last day (art. 203) | what it shows
HAND_CHECKED = """
2026-01-31 | 1个月    | 2026-02-28 | 2026-02-28 | no 31 February; Saturday, but worked
2025-08-31 | 6个月    | 2026-02-28 | 2026-02-28 | the same
2025-12-01 | 1个月    | 2026-01-01 | 2026-01-04 | New Year ends on a worked Sunday
2025-06-30 | 6个月    | 2025-12-30 | 2025-12-30 | corresponding day, not end of month
2025-02-28 | 6个月    | 2025-08-28 | 2025-08-28 | the same
2023-02-28 | 1个月    | 2023-03-28 | 2023-03-28 | the same
2023-02-28 | 12个月   | 2024-02-28 | 2024-02-28 | not the 29th
2023-08-28 | 6个月    | 2024-02-28 | 2024-02-28 | four triggers …
2023-08-29 | 6个月    | 2024-02-29 | 2024-02-29 | … of which three …
2023-08-30 | 6个月    | 2024-02-29 | 2024-02-29 | … share …
2023-08-31 | 6个月    | 2024-02-29 | 2024-02-29 | … one last day
2024-02-29 | 2年      | 2026-02-28 | 2026-02-28 | no 29 February; worked Saturday
2024-02-29 | 1年      | 2025-02-28 | 2025-02-28 | Friday
2020-02-29 | 4年      | 2024-02-29 | 2024-02-29 | from leap year to leap year
2024-01-31 | 1个月    | 2024-02-29 | 2024-02-29 | leap year
2025-03-31 | 1个月    | 2025-04-30 | 2025-04-30 | month of 30 days
2025-10-31 | 1个月    | 2025-11-30 | 2025-12-01 | month of 30 days that ends on a Sunday
2026-05-07 | 6个月    | 2026-11-07 | 2026-11-09 | ordinary Saturday
2026-05-08 | 6个月    | 2026-11-08 | 2026-11-09 | ordinary Sunday
2022-06-30 | 6个月    | 2022-12-30 | 2022-12-30 | Friday before New Year
2022-08-31 | 4个月    | 2022-12-31 | 2023-01-03 | New Year 2023 begins in December
2023-06-30 | 6个月    | 2023-12-30 | 2024-01-02 | New Year 2024 begins in December
2022-07-21 | 6个月    | 2023-01-21 | 2023-01-28 | Spring Festival 2023 ends on a worked Saturday
2023-08-03 | 6个月    | 2024-02-03 | 2024-02-04 | Saturday before a worked Sunday
2023-08-04 | 6个月    | 2024-02-04 | 2024-02-04 | worked Sunday
2023-08-10 | 6个月    | 2024-02-10 | 2024-02-18 | Spring Festival 2024 ends on a worked Sunday
2024-07-25 | 6个月    | 2025-01-25 | 2025-01-26 | Saturday before a worked Sunday
2024-07-26 | 6个月    | 2025-01-26 | 2025-01-26 | worked Sunday
2024-07-28 | 6个月    | 2025-01-28 | 2025-02-05 | Spring Festival 2025
2024-08-08 | 6个月    | 2025-02-08 | 2025-02-08 | worked Saturday
2025-08-14 | 6个月    | 2026-02-14 | 2026-02-14 | worked Saturday
2025-08-16 | 6个月    | 2026-02-16 | 2026-02-24 | Spring Festival 2026
2023-03-05 | 1个月    | 2023-04-05 | 2023-04-06 | Tomb-sweeping Day, a Wednesday
2024-01-06 | 3个月    | 2024-04-06 | 2024-04-07 | Tomb-sweeping Day ends on a worked Sunday
2026-01-04 | 3个月    | 2026-04-04 | 2026-04-07 | Tomb-sweeping Day, Saturday to Monday
2024-01-27 | 3个月    | 2024-04-27 | 2024-04-28 | Saturday before a worked Sunday
2025-11-01 | 半年     | 2026-05-01 | 2026-05-06 | Labour Day
2025-11-09 | 半年     | 2026-05-09 | 2026-05-09 | worked Saturday
2023-12-08 | 6个月    | 2024-06-08 | 2024-06-11 | Dragon Boat Festival
2024-12-01 | 6个月    | 2025-06-01 | 2025-06-03 | Dragon Boat Festival
2025-12-19 | 6个月    | 2026-06-19 | 2026-06-22 | Dragon Boat Festival
2024-03-14 | 6个月    | 2024-09-14 | 2024-09-14 | worked Saturday
2024-03-15 | 6个月    | 2024-09-15 | 2024-09-18 | Mid-autumn Festival
2026-03-19 | 6个月    | 2026-09-19 | 2026-09-20 | Saturday before a worked Sunday
2026-06-25 | 3个月    | 2026-09-25 | 2026-09-28 | Mid-autumn Festival
2022-07-01 | 3个月    | 2022-10-01 | 2022-10-08 | National Day 2022 ends on a worked Saturday
2023-04-01 | 6个月    | 2023-10-01 | 2023-10-07 | National Day 2023 ends on a worked Saturday
2022-09-28 | 2年      | 2024-09-28 | 2024-09-29 | Saturday before a worked Sunday
2024-04-01 | 6个月    | 2024-10-01 | 2024-10-08 | National Day 2024
2023-10-12 | 1年      | 2024-10-12 | 2024-10-12 | worked Saturday
2024-10-01 | 1年      | 2025-10-01 | 2025-10-09 | National Day 2025, eight days
2025-04-11 | 6个月    | 2025-10-11 | 2025-10-11 | worked Saturday
2025-04-12 | 6个月    | 2025-10-12 | 2025-10-13 | the Sunday after it is not worked
2026-04-01 | 6个月    | 2026-10-01 | 2026-10-08 | National Day 2026
2026-04-10 | 6个月    | 2026-10-10 | 2026-10-10 | worked Saturday
2026-01-01 | 30日     | 2026-01-31 | 2026-02-02 | days are counted one by one
2025-12-02 | 30天     | 2026-01-01 | 2026-01-04 | and move as well
2024-02-01 | 28日     | 2024-02-29 | 2024-02-29 | through 29 February
2025-12-31 | 10个工作日 | 2026-01-15 | 2026-01-15 | Sunday 4 January counts
2026-02-12 | 10个工作日 | 2026-03-04 | 2026-03-04 | Saturdays 14 and 28 February count
2025-01-20 | 10个工作日 | 2025-02-08 | 2025-02-08 | the tenth is a Saturday
2024-02-02 | 10个工作日 | 2024-02-21 | 2024-02-21 | Sundays 4 and 18 February count
2022-09-30 | 10个工作日 | 2022-10-19 | 2022-10-19 | 8 and 9 October count
2023-09-28 | 10个工作日 | 2023-10-18 | 2023-10-18 | 7 and 8 October count
2025-09-26 | 10个工作日 | 2025-10-16 | 2025-10-16 | 28 September and 11 October count
2026-09-24 | 10个工作日 | 2026-10-15 | 2026-10-15 | two festivals, 10 October counts
2026-11-20 | 10个工作日 | 2026-12-04 | 2026-12-04 | two ordinary weeks
2022-12-26 | 5个工作日  | 2023-01-03 | 2023-01-03 | over New Year
2026-04-30 | 1个工作日  | 2026-05-06 | 2026-05-06 | Labour Day does not count
2026-05-08 | 1个工作日  | 2026-05-09 | 2026-05-09 | worked Saturday
2026-10-03 | 1个工作日  | 2026-10-08 | 2026-10-08 | triggered on a rest day
2026-12-09 | 10个工作日 | 2026-12-23 | 2026-12-23 | before the days that the notice for 2027 may arrange
"""

# The same, where the schedule of 2026 is known and that of 2027 is not: 1 January 2027 is a Friday, 除夕 5 February,
# 清明 5 April (Monday), 端午 9 June (Wednesday), 中秋 15 September (Wednesday), 国庆 from a Friday on.
# trigger | period | as counted | last day | the earliest and the latest that a notice could make of it | why
PROVISIONAL = """
2026-07-01 | 6个月    | 2027-01-01 | 2027-01-04 | 2027-01-02 | 2027-01-05 | a festival, then a weekend
2026-07-02 | 6个月    | 2027-01-02 | 2027-01-04 | 2027-01-02 | 2027-01-05 | Saturday after New Year
2026-07-04 | 6个月    | 2027-01-04 | 2027-01-04 | 2027-01-04 | 2027-01-05 | Monday after New Year
2026-06-30 | 6个月    | 2026-12-30 | 2026-12-30 | 2026-12-30 | 2027-01-05 | the notice for 2027 arranges December too
2026-12-28 | 10个工作日 | 2027-01-12 | 2027-01-12 | 2027-01-08 | 2027-01-18 | over New Year
2026-12-18 | 10个工作日 | 2027-01-04 | 2027-01-04 | 2026-12-31 | 2027-01-08 | the same
2026-12-30 | 5个工作日  | 2027-01-07 | 2027-01-07 | 2027-01-05 | 2027-01-11 | begins in the known year
2026-08-05 | 6个月    | 2027-02-05 | 2027-02-09 | 2027-02-09 | 2027-02-15 | Spring Festival is four days
2026-08-08 | 6个月    | 2027-02-08 | 2027-02-09 | 2027-02-09 | 2027-02-15 | its last day
2026-10-05 | 6个月    | 2027-04-05 | 2027-04-06 | 2027-04-06 | 2027-04-09 | Tomb-sweeping Day
2026-11-01 | 6个月    | 2027-05-01 | 2027-05-03 | 2027-05-03 | 2027-05-10 | Labour Day, Saturday and Sunday
2026-12-09 | 6个月    | 2027-06-09 | 2027-06-10 | 2027-06-10 | 2027-06-14 | Dragon Boat Festival
2026-06-15 | 15个月   | 2027-09-15 | 2027-09-16 | 2027-09-16 | 2027-09-20 | Mid-autumn Festival
2026-10-03 | 1年      | 2027-10-03 | 2027-10-04 | 2027-10-04 | 2027-10-11 | National Day is three days
2030-08-12 | 1个月    | 2030-09-12 | 2030-09-13 | 2030-09-13 | 2030-09-16 | Mid-autumn Festival on a Thursday
"""

# And the days that no notice will move, published or not.
CERTAIN = """
2026-07-20 | 6个月    | 2027-01-20 | 2027-01-20 | a Wednesday between the festivals
2026-09-17 | 6个月    | 2027-03-17 | 2027-03-17 | a Wednesday far from any
2026-09-20 | 6个月    | 2027-03-20 | 2027-03-22 | a Saturday far from any
2027-03-01 | 10个工作日 | 2027-03-15 | 2027-03-15 | two ordinary weeks
2030-01-31 | 1个月    | 2030-02-28 | 2030-02-28 | years ahead
2027-06-20 | 2个月    | 2027-08-20 | 2027-08-20 | summer
"""

# Beyond the texts of the statute and the tables of the lunar calendar nothing is certain.
UNKNOWN_YEARS = """
1989-12-31 | 1个月    | 1990-01-31 | 1990-01-31 | before any text of the table
2119-12-31 | 1个月    | 2120-01-31 | 2120-01-31 | after the lunar tables
"""


def known_to_2026() -> Schedule:
    """Give the published schedule as it was before the notice for 2027."""
    schedule = published()
    before_the_notice = date(2026, 12, 1)
    return Schedule(
        years=frozenset(year for year in schedule.years if year <= 2026),
        holidays=frozenset(day for day in schedule.holidays if day < before_the_notice),
        makeup=frozenset(day for day in schedule.makeup if day < before_the_notice),
    )


KNOWN = known_to_2026()


def rows(table: str) -> list[tuple[date, Period, date, date]]:
    """Read a table of dates."""
    cells = [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]
    return [
        (
            date.fromisoformat(trigger),
            parse_period(period),
            date.fromisoformat(raw),
            date.fromisoformat(day),
        )
        for trigger, period, raw, day, _ in cells
    ]


@pytest.mark.parametrize(("trigger", "period", "raw", "day"), rows(HAND_CHECKED), ids=str)
def test_last_day_by_hand(trigger: date, period: Period, raw: date, day: date) -> None:
    assert last_day(trigger, period, KNOWN) == LastDay(raw, day, provisional=False)


@pytest.mark.parametrize(("trigger", "period", "raw", "day"), rows(CERTAIN), ids=str)
def test_last_day_that_no_notice_will_move(trigger: date, period: Period, raw: date, day: date) -> None:
    assert last_day(trigger, period, KNOWN) == LastDay(raw, day, provisional=False)


@pytest.mark.parametrize(("trigger", "period", "raw", "day"), rows(UNKNOWN_YEARS), ids=str)
def test_last_day_in_a_year_without_known_festivals(trigger: date, period: Period, raw: date, day: date) -> None:
    assert last_day(trigger, period, KNOWN) == LastDay(raw, day, provisional=True)


@pytest.mark.parametrize("line", PROVISIONAL.strip().splitlines())
def test_last_day_in_an_unpublished_year(line: str) -> None:
    trigger, period, *days, _ = (cell.strip() for cell in line.split("|"))
    raw, day, earliest, latest = map(date.fromisoformat, days)
    found = last_day(date.fromisoformat(trigger), parse_period(period), KNOWN)
    assert found == LastDay(raw, day, provisional=True)
    assert (found.earliest, found.latest) == (earliest, latest)
    assert [found.is_met_by(one) for one in (earliest, latest + DAY)] == [True, False]
    between = days_after(earliest, latest)
    assert between
    assert {found.is_met_by(one) for one in between} == {None}


def test_a_certain_last_day_is_met_or_missed() -> None:
    found = last_day(date(2025, 12, 1), Period(1, PeriodUnit.MONTHS), KNOWN)
    assert [found.is_met_by(date(2026, 1, one)) for one in (1, 4, 5)] == [True, True, False]


def test_a_day_of_a_year_without_known_festivals_is_met_before_it_can_move() -> None:
    found = last_day(date(2119, 12, 20), Period(1, PeriodUnit.MONTHS), KNOWN)  # 2120-01-20 is a Saturday
    assert [found.is_met_by(date(2120, 1, one)) for one in (20, 22, 23)] == [True, None, False]


def test_last_day_moves_over_the_end_of_the_known_years() -> None:
    to_2022 = Schedule(years=frozenset({2022}), holidays=frozenset({date(2022, 12, 30)}), makeup=frozenset())
    month = Period(1, PeriodUnit.MONTHS)
    on_friday = last_day(date(2022, 11, 30), month, to_2022)
    assert on_friday == LastDay(date(2022, 12, 30), date(2023, 1, 2), provisional=True)
    on_wednesday = last_day(date(2022, 11, 28), month, to_2022)
    assert on_wednesday == LastDay(date(2022, 12, 28), date(2022, 12, 28), provisional=False)


def test_counting_through_a_gap_between_known_years_is_provisional() -> None:
    gap = Schedule(frozenset({2024, 2026}), frozenset(), frozenset())
    assert last_day(date(2024, 12, 30), Period(265, PeriodUnit.WORKDAYS), gap).day.year == 2026
    assert last_day(date(2024, 12, 30), Period(265, PeriodUnit.WORKDAYS), gap).provisional


def test_the_day_of_the_trigger_does_not_make_a_count_provisional() -> None:
    later = Schedule(frozenset({2026}), frozenset(), frozenset())
    assert not last_day(date(2025, 12, 31), Period(3, PeriodUnit.WORKDAYS), later).provisional


def test_without_roll_nothing_moves_and_nothing_is_provisional() -> None:
    month = Period(1, PeriodUnit.MONTHS)
    new_year, unknown = date(2026, 1, 1), date(2031, 1, 1)
    assert last_day(date(2025, 12, 1), month, KNOWN, roll=False) == LastDay(new_year, new_year, provisional=False)
    assert last_day(date(2030, 12, 1), month, KNOWN, roll=False) == LastDay(unknown, unknown, provisional=False)


def test_working_days_are_counted_whatever_roll_says() -> None:
    period = Period(10, PeriodUnit.WORKDAYS)
    for trigger in (date(2026, 9, 24), date(2026, 12, 18)):
        assert last_day(trigger, period, KNOWN, roll=False) == last_day(trigger, period, KNOWN)


# ---------------------------------------------------------------- reading and writing periods


@pytest.mark.parametrize(
    ("text", "count", "unit"),
    [
        ("6个月", 6, PeriodUnit.MONTHS),
        ("六个月", 6, PeriodUnit.MONTHS),
        ("半年", 6, PeriodUnit.MONTHS),
        ("一个月", 1, PeriodUnit.MONTHS),
        ("两个月", 2, PeriodUnit.MONTHS),
        ("十二个月", 12, PeriodUnit.MONTHS),
        ("12个自然月", 12, PeriodUnit.MONTHS),
        (" 6 个月 ", 6, PeriodUnit.MONTHS),
        ("６个月", 6, PeriodUnit.MONTHS),
        ("1年", 1, PeriodUnit.YEARS),
        ("一年", 1, PeriodUnit.YEARS),
        ("2年", 2, PeriodUnit.YEARS),
        ("10个工作日", 10, PeriodUnit.WORKDAYS),
        ("十个工作日", 10, PeriodUnit.WORKDAYS),
        ("10工作日", 10, PeriodUnit.WORKDAYS),
        ("30日", 30, PeriodUnit.DAYS),
        ("30天", 30, PeriodUnit.DAYS),
        ("三十日", 30, PeriodUnit.DAYS),
        ("15个自然日", 15, PeriodUnit.DAYS),
        ("一百零五日", 105, PeriodUnit.DAYS),
        ("一百一十日", 110, PeriodUnit.DAYS),
        ("一百八十日", 180, PeriodUnit.DAYS),
        ("两百日", 200, PeriodUnit.DAYS),
    ],
)
def test_parse_period(text: str, count: int, unit: PeriodUnit) -> None:
    assert parse_period(text) == Period(count, unit)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "6", "个月", "6月", "半月", "半个月", "0个月", "零个月", "-1个月", "1.5年",
        "6个月内", "一年半", "6 months", "及时", "6-12个月", "一百五日", "百日", "一百零日",
        "零五日", "二两日", "一二日", "十十日", "1个年", "9999999日", "二十两日",
    ],
)  # fmt: skip
def test_parse_period_refuses(text: str) -> None:
    with pytest.raises(ValueError, match="无法识别的期间") as caught:
        parse_period(text)
    assert f"“{text}”" in str(caught.value)


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Period(6, PeriodUnit.MONTHS), "6个月"),
        (Period(1, PeriodUnit.YEARS), "1年"),
        (Period(10, PeriodUnit.WORKDAYS), "10个工作日"),
        (Period(30, PeriodUnit.DAYS), "30日"),
    ],
)
def test_a_period_is_written(period: Period, text: str) -> None:
    assert str(period) == text


def hanzi(number: int) -> str:
    """Write a number from 1 to 999 in Chinese."""
    digits = "零一二三四五六七八九"
    places = f"{number:03}"
    text = "".join(
        digits[int(digit)] + (place if digit != "0" else "")
        for digit, place in zip(places, ("百", "十", ""), strict=True)
    )
    text = re.sub("零+", "零", text).strip("零")
    return text.removeprefix("一") if text.startswith("一十") else text


@pytest.mark.parametrize("unit", list(PeriodUnit))
def test_chinese_numerals(unit: PeriodUnit) -> None:
    for number in range(1, 1000):
        assert parse_period(hanzi(number) + unit.value) == Period(number, unit)


@pytest.mark.parametrize("count", [0, -1])
def test_a_period_has_at_least_one_unit(count: int) -> None:
    with pytest.raises(ValueError, match="应当为正整数"):
        Period(count, PeriodUnit.DAYS)


def test_values_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Period(1, PeriodUnit.DAYS).count = 2


# ---------------------------------------------------------------- the end of the calendar


@pytest.mark.parametrize(
    "compute",
    [
        lambda: corresponding_day(date.max, Period(1, PeriodUnit.DAYS)),
        lambda: corresponding_day(date.max, Period(1, PeriodUnit.MONTHS)),
        lambda: corresponding_day(date(2026, 1, 1), Period(8000, PeriodUnit.YEARS)),
        lambda: corresponding_day(date(2026, 1, 1), Period(10**30, PeriodUnit.DAYS)),
        lambda: corresponding_day(date(2026, 1, 1), Period(10**30, PeriodUnit.MONTHS)),
        lambda: last_day(date(2026, 1, 1), Period(10**30, PeriodUnit.WORKDAYS), WEEKENDS),
        lambda: last_day(date(9999, 12, 20), Period(10, PeriodUnit.WORKDAYS), WEEKENDS),
        lambda: last_day(date.max, Period(1, PeriodUnit.WORKDAYS), WEEKENDS),
        lambda: Schedule(frozenset(), frozenset({date.max}), frozenset()).next_workday(date.max),
    ],
)
def test_beyond_the_calendar(compute: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match="超出可以表示的日期"):
        compute()


def test_up_to_the_end_of_the_calendar() -> None:
    assert corresponding_day(date(9999, 11, 30), Period(31, PeriodUnit.DAYS)) == date.max
    assert corresponding_day(date(9999, 10, 31), Period(2, PeriodUnit.MONTHS)) == date.max
    assert last_day(date(9999, 12, 30), Period(1, PeriodUnit.WORKDAYS), WEEKENDS).day == date.max
    assert period_ends("年", date.max, date.max) == (("9999年", date.max),)


@pytest.mark.parametrize(("start", "last"), [("1999-08-29", "2000-02-29"), ("2099-08-29", "2100-02-28")])
def test_a_century_has_a_leap_day_every_four_hundred_years(start: str, last: str) -> None:
    assert corresponding_day(date.fromisoformat(start), Period(6, PeriodUnit.MONTHS)) == date.fromisoformat(last)


def test_working_days_have_no_corresponding_day() -> None:
    with pytest.raises(ValueError, match="10个工作日没有对应日"):
        corresponding_day(date(2026, 1, 1), Period(10, PeriodUnit.WORKDAYS))


# ---------------------------------------------------------------- independent formulations

DATES = st.dates(date(1900, 1, 1), date(2200, 12, 31))
NEAR_FIRST, NEAR_LAST = date(2021, 11, 1), date(2027, 3, 31)
NEAR = st.dates(NEAR_FIRST, NEAR_LAST)
CALENDAR_UNITS = st.sampled_from([PeriodUnit.DAYS, PeriodUnit.MONTHS, PeriodUnit.YEARS])


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    """Draw a schedule that knows some of the years, with holidays in any of them."""
    weekdays = NEAR.filter(lambda day: day.weekday() < 5)
    weekends = NEAR.filter(lambda day: day.weekday() >= 5)
    return Schedule(
        years=draw(st.frozensets(st.integers(2021, 2027))),
        holidays=draw(st.frozensets(weekdays, max_size=40)),
        makeup=draw(st.frozensets(weekends, max_size=20)),
    )


PERIODS = st.builds(Period, st.integers(1, 40), st.sampled_from(PeriodUnit))


@given(DATES, st.integers(1, 2000), CALENDAR_UNITS)
def test_corresponding_day_is_that_of_dateutil(start: date, count: int, unit: PeriodUnit) -> None:
    length = {
        PeriodUnit.DAYS: relativedelta(days=count),
        PeriodUnit.MONTHS: relativedelta(months=count),
        PeriodUnit.YEARS: relativedelta(years=count),
    }[unit]
    assert corresponding_day(start, Period(count, unit)) == start + length


@given(DATES, st.integers(1, 100))
def test_a_year_is_twelve_months(start: date, count: int) -> None:
    years, months = Period(count, PeriodUnit.YEARS), Period(12 * count, PeriodUnit.MONTHS)
    assert corresponding_day(start, years) == corresponding_day(start, months)


@given(DATES, DATES, st.integers(1, 100), CALENDAR_UNITS)
def test_a_later_trigger_never_ends_earlier(one: date, other: date, count: int, unit: PeriodUnit) -> None:
    first, second = sorted((one, other))
    period = Period(count, unit)
    assert corresponding_day(first, period) <= corresponding_day(second, period)


@given(PERIODS)
def test_a_written_period_is_read_back(period: Period) -> None:
    assert parse_period(str(period)) == period


def naive_is_rest(schedule: Schedule, day: date) -> bool:
    """Tell a rest day by asking one thing after the other."""
    if day in schedule.makeup:
        return False
    if day.year not in schedule.years and day in statutory(day.year):
        return True
    return day in schedule.holidays or day.isoweekday() in (6, 7)


def days_after(start: date, last: date) -> list[date]:
    """List the days after `start` up to and with `last`."""
    return [start + n * DAY for n in range(1, (last - start).days + 1)]


@given(NEAR, schedules())
def test_next_workday_is_the_first(day: date, schedule: Schedule) -> None:
    found = schedule.next_workday(day)
    assert not naive_is_rest(schedule, found)
    assert all(naive_is_rest(schedule, other) for other in days_after(day - DAY, found - DAY))


@given(NEAR, st.integers(1, 60), schedules())
def test_working_days_counted_one_by_one(start: date, count: int, schedule: Schedule) -> None:
    found = last_day(start, Period(count, PeriodUnit.WORKDAYS), schedule)
    worked = [day for day in days_after(start, found.day) if not naive_is_rest(schedule, day)]
    assert len(worked) == count
    assert worked[-1] == found.day == found.raw


@given(NEAR, PERIODS, schedules())
def test_last_day_is_a_working_day_not_before_the_raw_one(start: date, period: Period, schedule: Schedule) -> None:
    found = last_day(start, period, schedule)
    assert start < found.raw <= found.day
    assert not schedule.is_rest(found.day)
    if period.unit is not PeriodUnit.WORKDAYS:
        assert found.raw == corresponding_day(start, period)
        assert found.day == schedule.next_workday(found.raw)


REAL = st.dates(date(2020, 1, 1), date(2026, 11, 30))


@given(REAL, st.integers(1, 24), st.sampled_from([PeriodUnit.DAYS, PeriodUnit.MONTHS, PeriodUnit.YEARS]))
def test_the_last_day_is_that_of_dateutil_and_chinesecalendar(start: date, count: int, unit: PeriodUnit) -> None:
    length = {"DAYS": {"days": count}, "MONTHS": {"months": count}, "YEARS": {"years": count}}[unit.name]
    day = start + relativedelta(**length)
    if day > date(2026, 12, 20):
        return
    while not is_workday(day):
        day += DAY
    assert last_day(start, Period(count, unit), published()).day == day


@given(REAL, st.integers(1, 30))
def test_working_days_are_those_of_chinesecalendar(start: date, count: int) -> None:
    if start > date(2026, 10, 1):
        return
    day, left = start, count
    while left:
        day += DAY
        left -= is_workday(day)
    assert last_day(start, Period(count, PeriodUnit.WORKDAYS), published()).day == day


def test_more_than_forty_dates_were_worked_out_by_hand() -> None:
    table = [line.split("|") for line in HAND_CHECKED.strip().splitlines()]
    assert len(table) >= 40
    assert len({tuple(row[:2]) for row in table}) == len(table)


@given(NEAR, PERIODS, schedules(), st.data())
def test_no_notice_moves_a_last_day_out_of_its_bounds(
    start: date, period: Period, schedule: Schedule, data: st.DataObject
) -> None:
    """Whatever the notices say that are not published yet: any open day may be freed or worked."""
    found = last_day(start, period, schedule)
    begin = start if period.unit is PeriodUnit.WORKDAYS else found.raw - DAY
    reached = days_after(begin, max(found.day, found.latest or found.day) + 30 * DAY)
    may_change = [day for day in reached if schedule.is_open(day)]
    picked = data.draw(st.frozensets(st.sampled_from(may_change))) if may_change else frozenset()
    years = {day.year for day in reached} - schedule.years
    festive = {day for year in years for day in statutory(year)} - schedule.makeup
    then = last_day(
        start,
        period,
        Schedule(
            schedule.years | years | {max(reached).year + 1},
            schedule.holidays | festive | {day for day in picked if day.weekday() < 5},
            schedule.makeup | {day for day in picked if day.weekday() >= 5},
        ),
    )
    assert not then.provisional
    assert (found.earliest or found.day) <= then.day <= (found.latest or found.day)
    assert found.provisional or then.day == found.day


@given(NEAR, PERIODS, schedules())
def test_a_provisional_day_is_one_that_two_notices_disagree_on(start: date, period: Period, schedule: Schedule) -> None:
    found = last_day(start, period, schedule)
    if found.earliest is None or found.latest is None:
        assert not found.provisional
        return
    assert found.earliest <= found.day <= found.latest
    assert found.provisional is (found.earliest < found.latest)


SINCE_2008 = st.dates(date(2008, 1, 1), date(2026, 1, 1))


@settings(max_examples=400)
@given(SINCE_2008, PERIODS)
def test_the_notices_since_2008_moved_no_last_day_out_of_its_bounds(start: date, period: Period) -> None:
    """What would have been said before each notice came out, against what came."""
    real = last_day(start, period, published())
    if real.day.year == 2015 or start.year == 2015:
        return  # the three days of September, by a notice of their own
    before = Schedule(
        years=frozenset(year for year in published().years if year < start.year),
        holidays=frozenset(day for day in published().holidays if notice_year(day) < start.year),
        makeup=frozenset(day for day in published().makeup if notice_year(day) < start.year),
    )
    said = last_day(start, period, before)
    assert said.is_met_by(real.day) is not False
    assert said.provisional or said.day == real.day
    assert said.raw <= real.day or period.unit is PeriodUnit.WORKDAYS


# ---------------------------------------------------------------- calendar periods


@pytest.mark.parametrize(
    ("kind", "start", "end", "expected"),
    [
        (
            "季度",
            date(2026, 3, 31),
            date(2026, 7, 1),
            (
                ("2026年第1季度", date(2026, 3, 31)),
                ("2026年第2季度", date(2026, 6, 30)),
                ("2026年第3季度", date(2026, 9, 30)),
            ),
        ),
        (
            "季度",
            date(2025, 10, 1),
            date(2026, 1, 1),
            (("2025年第4季度", date(2025, 12, 31)), ("2026年第1季度", date(2026, 3, 31))),
        ),
        (
            "年",
            date(2022, 12, 31),
            date(2023, 1, 1),
            (("2022年", date(2022, 12, 31)), ("2023年", date(2023, 12, 31))),
        ),
        (
            "半年",
            date(2026, 6, 30),
            date(2026, 7, 1),
            (("2026年上半年", date(2026, 6, 30)), ("2026年下半年", date(2026, 12, 31))),
        ),
        (
            "月",
            date(2024, 1, 31),
            date(2024, 2, 1),
            (("2024年1月", date(2024, 1, 31)), ("2024年2月", date(2024, 2, 29))),
        ),
        ("月", date(2026, 2, 28), date(2026, 2, 28), (("2026年2月", date(2026, 2, 28)),)),
        ("季度", date(2026, 7, 1), date(2026, 6, 30), ()),
    ],
)
def test_period_ends(kind: str, start: date, end: date, expected: tuple[tuple[str, date], ...]) -> None:
    assert period_ends(kind, start, end) == expected


@pytest.mark.parametrize("kind", ["周", "", "quarter"])
def test_period_ends_refuses(kind: str) -> None:
    with pytest.raises(ValueError, match="未知的周期"):
        period_ends(kind, date(2026, 1, 1), date(2026, 12, 31))


KINDS: dict[str, Callable[[date], tuple[int, str]]] = {
    "月": lambda day: (day.year, "abcdefghijkl"[day.month - 1]),
    "季度": lambda day: (day.year, "aaabbbcccddd"[day.month - 1]),
    "半年": lambda day: (day.year, "aaaaaabbbbbb"[day.month - 1]),
    "年": lambda day: (day.year, "aaaaaaaaaaaa"[day.month - 1]),
}


@given(st.sampled_from(sorted(KINDS)), DATES, st.integers(0, 1200))
def test_period_ends_day_by_day(kind: str, start: date, length: int) -> None:
    end = start + length * DAY
    found = period_ends(kind, start, end)
    touched = {KINDS[kind](day) for day in [start, *days_after(start, end)]}
    assert [KINDS[kind](closing) for _, closing in found] == sorted(touched)
    for _, closing in found:
        assert KINDS[kind](closing) != KINDS[kind](closing + DAY)
    assert len({name for name, _ in found}) == len(found)
