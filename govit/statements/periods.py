"""文中的工期：九个月, 240 个日历天, 2027年3月至2027年11月. Pure."""

from __future__ import annotations

from govit.base.records import record
from govit.statements.amounts import DIGITS, run_end

_LEADS = ("为", "是", "共计", "共", "计划", "计", "预计", "约", ":", "自", "从")
_MOST_LEADS = 5
_UNITS = (("个月", 1, False), ("个日历天", 1, True), ("日历天", 1, True), ("天", 1, True), ("年", 12, False))
_HAN = {han: value for value, han in enumerate("零一二三四五六七八九")} | {"两": 2}
_HAN_FIGURES = frozenset("一二两三四五六七八九十")
_MARKS = frozenset("年./-")
_BETWEEN = frozenset("至到—–-~")
_ABOUT_BEFORE, _ABOUT_AFTER = ("约", "近"), ("左右", "上下")
_HALF = 6
LEEWAY_OF_YEARS = 5
_CENTURY, _YEAR, _TWO, _THREE, _MONTHS = "20", 4, 2, 3, 12


@record
class StatedLength:
    """多长时间, in months or in days."""

    count: int
    in_days: bool
    shown: str
    end: int
    leeway: int
    """By how many more months it may be meant: one that is given in years is seldom exact."""


@record
class StatedSpan:
    """从哪月到哪月: 2027-03 and 2027-11."""

    start: str
    until: str
    shown: str
    end: int


@record
class _Month:
    year: str
    month: int
    end: int


def months_at(text: str, at: int) -> StatedLength | None:
    """A length of time that follows a label, None if none does."""
    at = _led(text, at)
    end = run_end(text, at, DIGITS, _THREE)
    count = int(text[at:end]) if end > at else 0
    if not count:
        end = run_end(text, at, _HAN_FIGURES, _THREE)
        count = _han(text[at:end])
    found = next((one for one in _UNITS if text.startswith(one[0], end)), None)
    if found is None or not count:
        return None
    unit, times, in_days = found
    begun, count, end = at, count * times, end + len(unit)
    about = text.endswith(_ABOUT_BEFORE, 0, at) or text.startswith(_ABOUT_AFTER, end)
    leeway = LEEWAY_OF_YEARS if times > 1 else int(about)
    if times > 1:
        more, end = _more_months(text, end)
        count, leeway = count + more, 0 if more else leeway
    return StatedLength(count, in_days, text[begun:end], end, leeway)


def _more_months(text: str, at: int) -> tuple[int, int]:
    """The months that follow so many years, and where the text goes on: 一年半, 1年6个月, 一年零六个月."""
    if text.startswith("半", at):
        return _HALF, at + 1
    more = months_at(text, at + text.startswith(("零", "又"), at)) if at < len(text) else None
    return (more.count, more.end) if more is not None and not more.in_days and more.count < _MONTHS else (0, at)


def span_at(text: str, at: int) -> StatedSpan | None:
    """From one month to another, None if a label is not followed by them, or they are in no order."""
    at = _led(text, at)
    first = _month(text, at, "")
    if first is None:
        return None
    between = run_end(text, first.end + text.startswith("起", first.end), _BETWEEN, _TWO)
    last = _month(text, between, first.year) if between > first.end else None
    if last is None or text[last.end : last.end + 1] in DIGITS:
        return None
    start, until = (f"{one.year}-{one.month:02d}" for one in (first, last))
    return StatedSpan(start, until, text[at : last.end], last.end) if start <= until else None


def _led(text: str, at: int) -> int:
    for _ in range(_MOST_LEADS):
        at += next((len(one) for one in _LEADS if text.startswith(one, at)), 0)
    return at


def _month(text: str, at: int, year: str) -> _Month | None:
    """2027年3月, 2027-03-15, or 7月 of the year that was named before."""
    end = run_end(text, at, DIGITS)
    named = text[at:end]
    if len(named) == _YEAR and named.startswith(_CENTURY) and text[end : end + 1] in _MARKS:
        year, at = named, end + 1
        end = run_end(text, at, DIGITS)
    elif text[end : end + 1] not in ("月", "-", ".", "/"):
        return None
    month = text[at:end]
    if not year or not 0 < len(month) <= _TWO or not 0 < int(month) <= _MONTHS:
        return None
    return _Month(year, int(month), _day_end(text, end))


def _day_end(text: str, at: int) -> int:
    """Where a month ends with its day, if it has one."""
    mark = text[at : at + 1]
    if mark not in ("月", ".", "/", "-"):
        return at
    end = run_end(text, at + 1, DIGITS)
    if 0 < end - at - 1 <= _TWO:
        return end + (text[end : end + 1] == "日")
    return at + (mark == "月")


def _han(text: str) -> int:
    """Up to ninety-nine: 十二, 九."""
    tens, ten, ones = text.partition("十")
    if not ten:
        return _HAN.get(text, 0)
    return 10 * _HAN.get(tens, 1) + _HAN.get(ones, 0)
