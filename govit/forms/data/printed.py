"""印出的样子：dates, amounts, checkboxes and lists as a form prints them. Pure."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, Any

from govit.base.money import WAN, format_money
from govit.base.wording import day_in_words

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable
    from decimal import Decimal

Row = dict[str, Any]
"""What is printed, by the names of a form's fields."""
TICKED, EMPTY = "☑", "☐"
NUMERALS = "〇一二三四五六七八九"
_TEN = 10


def day(date: dt.date | None) -> str | None:
    """2026年1月5日, without leading zeros."""
    return None if date is None else day_in_words(date)


def money(amount: Decimal | None) -> str | None:
    """An amount with its unit: 236.4万元."""
    return None if amount is None else format_money(amount)


def wan(amount: Decimal | None) -> str | None:
    """The bare figure of a column in 万元: two decimals at least, never a digit lost."""
    if amount is None:
        return None
    whole, _, decimals = f"{amount / WAN:f}".partition(".")
    return f"{whole}.{decimals.rstrip('0'):0<2}"


def amounts(name: str, amount: Decimal | None) -> dict[str, str | None]:
    """An amount under its name with its unit, and under name_wan as the figure of a column."""
    return {name: money(amount), f"{name}_wan": wan(amount)}


def percent(part: Decimal, whole: Decimal) -> str | None:
    """A share of a whole with two decimals, None of nothing."""
    return f"{part * 100 / whole:.2f}%" if whole else None


def numeral(number: int) -> str:
    """一、二 … 九十九 as headings are numbered."""
    tens, ones = divmod(number, _TEN)
    if tens == 0:
        return NUMERALS[ones]
    head = "" if tens == 1 else NUMERALS[tens]
    return f"{head}十{NUMERALS[ones] if ones else ''}"


def box(*, chosen: bool) -> str:
    """A checkbox."""
    return TICKED if chosen else EMPTY


def box_line(names: Iterable[str], chosen: Iterable[str]) -> str:
    """All that can be chosen on one line: ☑新建　☐扩建."""
    taken = set(chosen)
    return "　".join(f"{box(chosen=name in taken)}{name}" for name in names)


def pairs(texts: Iterable[str]) -> list[tuple[str, str]]:
    """Texts two by two; the last may stand alone, beside ''."""
    given = list(texts)
    return [(left, right) for left, right in zip_longest(given[::2], given[1::2], fillvalue="")]


def columns(texts: Iterable[str]) -> str:
    """Texts in two columns: a tab between the two, a line end after them."""
    return "\n".join(f"{left}\t{right}".rstrip() for left, right in pairs(texts))


def yes_no(yes: str = "是", no: str = "否", *, answer: bool | None) -> str | None:
    """☑是　☐否; None where nobody has said."""
    return None if answer is None else box_line((yes, no), (yes if answer else no,))


def paragraphs(text: str | None) -> list[str]:
    """The paragraphs of a long text, blank lines dropped."""
    return [line.strip() for line in (text or "").split("\n") if line.strip()]


def listed(names: Iterable[str], between: str = "、") -> str | None:
    """Names in one text, None if there are none."""
    return between.join(names) or None


def numbered(rows: Iterable[Row]) -> list[Row]:
    """Rows with their number, from 1."""
    return [{"n": str(number), **row} for number, row in enumerate(rows, 1)]
