"""Festivals of the statute against dates known from elsewhere and against every notice since 2004."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from govit.calendar.festivals import festivals, statutory
from govit.calendar.periods import Schedule, notice_year
from govit.calendar.workdays import published

DAY = timedelta(days=1)

# 正月初一, 清明, 端午, 中秋 as almanacs print them.
ALMANAC = """
2024 02-10 04-04 06-10 09-17
2025 01-29 04-04 05-31 10-06
2026 02-17 04-05 06-19 09-25
2027 02-06 04-05 06-09 09-15
2028 01-26 04-04 05-28 10-03
2029 02-13 04-04 06-16 09-22
2030 02-03 04-05 06-05 09-12
2031 01-23 04-05 06-24 10-01
2032 02-11 04-04 06-12 09-19
2033 01-31 04-04 06-01 09-08
2034 02-19 04-05 06-20 09-27
2035 02-08 04-05 06-10 09-16
"""


def of(year: int) -> dict[str, tuple[date, ...]]:
    return {festival.name: festival.days for festival in festivals(year) or ()}


@pytest.mark.parametrize("line", ALMANAC.strip().splitlines())
def test_the_festivals_of_the_moon_and_the_sun(line: str) -> None:
    year, *days = line.split()
    first, clear, boat, autumn = (date.fromisoformat(f"{year}-{day}") for day in days)
    found = of(int(year))
    before = 1 if int(year) >= 2025 else 0
    assert found["春节"] == tuple(first + n * DAY for n in range(-before, 3))
    assert (found["清明节"], found["端午节"], found["中秋节"]) == ((clear,), (boat,), (autumn,))


@pytest.mark.parametrize(
    ("year", "new_year", "spring", "labour", "national", "more"),
    [
        (2000, 1, 3, 3, 3, set()),
        (2007, 1, 3, 3, 3, set()),
        (2008, 1, 3, 1, 3, {"清明节", "端午节", "中秋节"}),
        (2013, 1, 3, 1, 3, {"清明节", "端午节", "中秋节"}),
        (2014, 1, 3, 1, 3, {"清明节", "端午节", "中秋节"}),
        (2024, 1, 3, 1, 3, {"清明节", "端午节", "中秋节"}),
        (2025, 1, 4, 2, 3, {"清明节", "端午节", "中秋节"}),
        (2027, 1, 4, 2, 3, {"清明节", "端午节", "中秋节"}),
    ],
)
def test_each_text_holds_from_its_day(
    year: int, new_year: int, spring: int, labour: int, national: int, more: set[str]
) -> None:
    found = of(year)
    counts = [len(found[name]) for name in ("元旦", "春节", "劳动节", "国庆节")]
    assert counts == [new_year, spring, labour, national]
    assert set(found) == {"元旦", "春节", "劳动节", "国庆节"} | more


def test_the_eve_is_a_festival_of_some_texts_only() -> None:
    eves = {2010: date(2010, 2, 13), 2013: date(2013, 2, 9), 2015: date(2015, 2, 18), 2025: date(2025, 1, 28)}
    assert [eve in statutory(year) for year, eve in eves.items()] == [True, True, False, True]


def test_two_festivals_may_share_days() -> None:
    assert of(2031)["中秋节"] == (date(2031, 10, 1),)
    assert len(statutory(2031)) == 1 + 4 + 1 + 2 + 1 + 3
    assert len(statutory(2027)) == 13


@pytest.mark.parametrize("year", [1, 1899, 1998, 1999, 2101, 9999, 10000])
def test_years_beyond_the_table_are_unknown(year: int) -> None:
    assert festivals(year) is None
    assert statutory(year) == frozenset()


def test_every_notice_gives_the_festivals_of_the_statute() -> None:
    worked = [day for year in sorted(published().years) for day in statutory(year) if not published().is_rest(day)]
    assert worked == []


def test_every_notice_stays_near_the_festivals() -> None:
    """Of all days that a notice since 2008 arranged, only those of September 2015 could not have been foreseen."""
    unforeseen = published()
    years = range(2008, max(unforeseen.years) + 1)
    nothing = Schedule(frozenset(), frozenset(), frozenset())
    arranged = {day for day in unforeseen.holidays if day.weekday() < 5} | unforeseen.makeup
    far = [
        day
        for day in sorted(arranged)
        if notice_year(day) in years and day not in statutory(day.year) and not nothing.is_open(day)
    ]
    assert far == [date(2015, 9, 3), date(2015, 9, 4), date(2015, 9, 6)]


def test_the_lunar_calendar_is_not_imported_for_published_years() -> None:
    program = (
        "import datetime as dt, sys\n"
        "from govit.calendar.periods import last_day, parse_period\n"
        "from govit.calendar.workdays import published\n"
        "last_day(dt.date(2026, 1, 20), parse_period('10个工作日'), published())\n"
        "early = [name for name in sys.modules if name.startswith('borax')]\n"
        "last_day(dt.date(2090, 1, 20), parse_period('10个工作日'), published())\n"
        "sys.exit(1 if early else 0 if 'borax' in sys.modules else 2)\n"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
