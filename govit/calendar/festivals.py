"""法定节日：the days on which everybody is off by national statute, whatever the notice of the year will say.

全国年节及纪念日放假办法 art. 2 fixes them by the solar calendar, the lunar one, or a solar term. Its texts stand
in festivals.yaml, each from the day on which it took effect; borax knows the lunar calendar from 1900 to 2100.
Both are read when a year without a published notice is asked for, and not before.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any, Final

from govit.base.records import value_record

_EVE: Final = "除夕"
_DAY: Final = dt.timedelta(days=1)


@value_record
class Festival:
    """节日. `near`: notices exchange days only close to it, since it makes no long holiday."""

    name: str
    days: tuple[dt.date, ...]
    near: bool


@cache
def festivals(year: int) -> tuple[Festival, ...] | None:
    """The festivals of a year; None for a year that no text or no lunar calendar reaches."""
    from borax.calendars.lunardate import MAX_LUNAR_YEAR, MIN_LUNAR_YEAR

    if not MIN_LUNAR_YEAR <= year <= MAX_LUNAR_YEAR:
        return None
    text = next((one for one in reversed(_texts()) if one["effective_from"] <= dt.date(year, 1, 1)), None)
    if text is None:
        return None
    return tuple(
        Festival(entry["name"], tuple(_days(year, entry)), near=entry.get("near", False)) for entry in text["festivals"]
    )


@cache
def statutory(year: int) -> frozenset[dt.date]:
    """The days of a year that are off by statute; none where they are not known."""
    return frozenset(day for festival in festivals(year) or () for day in festival.days)


@cache
def _texts() -> list[dict[str, Any]]:
    """The texts of the statute, the oldest first."""
    import yaml

    from govit.yamltext.written import loader

    table = Path(__file__).with_name("festivals.yaml").read_text(encoding="utf-8")
    texts: list[dict[str, Any]] = yaml.load(table, loader())  # noqa: S506 - the safe loader, of libyaml if it is there
    return texts


def _days(year: int, entry: dict[str, Any]) -> list[dt.date]:
    """The days of one festival, by whichever calendar it goes."""
    if "term" in entry:
        from borax.calendars.lunardate import TermUtils

        return [TermUtils.day_start_from_term(year, entry["term"])]
    if "lunar" in entry:
        return [_lunar(year, written) for written in entry["lunar"]]
    return [dt.date(year, *_month_and_day(written)) for written in entry["solar"]]


def _lunar(year: int, written: str) -> dt.date:
    """The day of the lunar year that begins in `year`; its eve is the day before, the last of the lunar year before."""
    from borax.calendars.lunardate import LunarDate

    month, number = (1, 1) if written == _EVE else _month_and_day(written)
    day: dt.date = LunarDate(year, month, number).to_solar_date()
    return day - _DAY if written == _EVE else day


def _month_and_day(written: str) -> tuple[int, int]:
    month, day = written.split("-")
    return int(month), int(day)
