"""文中的金额：a figure as people write it, how exact it is, and when two figures say the same. Pure.

268万元 says no more than whole 万元: 268.35 万元 is rounded or cut to it, and does not contradict it. 268.00万元 is exact.
With 约 or 左右 the last figure that is not zero is what was meant: 约260万元 is anything from 250 to 270.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal

from govit.base.patterns import regex
from govit.base.records import record

UNITS = {"亿元": 8, "亿": 8, "万元": 4, "万": 4, "元": 0}
DIGITS = frozenset("0123456789")
_WIDE = regex("[Ａ-Ｚａ-ｚ０-９]")
_FIGURES = DIGITS | frozenset(",.")
_LONGEST, _DECIMALS, _GROUP = 20, 8, 3
_ABOUT_BEFORE = ("约", "近", "逾", "超")
_ABOUT_AFTER = ("左右", "上下", "多", "余")


@record
class Amount:
    """金额：in 元, with the size of its last figure."""

    value: Decimal
    step: Decimal
    shown: str
    end: int = 0
    """Where the text goes on behind it."""

    def says(self, exact: Decimal) -> bool:
        """Whether an exact amount may be written so."""
        return abs(self.value - exact) < self.step

    def agrees(self, other: Amount) -> bool:
        """Whether both may stand for one amount."""
        return abs(self.value - other.value) < max(self.step, other.step)


def plain(text: str) -> str:
    """A text in one width and without blanks."""
    return "".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).split())


def in_one_width(text: str) -> str:
    """A text whose letters and digits are of one width: normalising a whole report, of which few need it, is slow."""
    return unicodedata.normalize("NFKC", text) if _WIDE.search(text) else text


def amount_at(text: str, at: int) -> Amount | None:
    """The amount that begins at a place of a plain text, None if none does."""
    end = run_end(text, at, _FIGURES)
    unit = next((one for one in UNITS if text.startswith(one, end)), "")
    if end == at or not unit:
        return None
    about = text.endswith(_ABOUT_BEFORE, 0, at) or text.startswith(_ABOUT_AFTER, end + len(unit))
    return _amount(text[at:end], unit, text[at : end + len(unit)], end + len(unit), about=about)


def amount_in(text: str, unit: str) -> Amount | None:
    """The amount that a cell is, in its own unit or that of its column; None if it is none."""
    cell = text.strip("¥")
    figure = cell.rstrip("亿万元")
    own = cell[len(figure) :] or unit
    if own not in UNITS:
        return None
    one = _amount(figure.removeprefix("-"), own, figure + own, 0, about=False)
    return Amount(-one.value, one.step, one.shown) if one is not None and figure[:1] == "-" else one


def decimals_of(text: str) -> int:
    """How many places a figure is written with."""
    return len(text.rstrip("亿万元").partition(".")[2])


def run_end(text: str, at: int, characters: frozenset[str], most: int = _LONGEST) -> int:
    """Where a run of some characters ends; a longer one than anybody writes is cut off."""
    end = at
    while end < len(text) and end - at < most and text[end] in characters:
        end += 1
    return end


def _amount(figure: str, unit: str, shown: str, end: int, *, about: bool) -> Amount | None:
    whole, point, decimals = figure.partition(".")
    first, *groups = whole.split(",")
    if any(len(one) != _GROUP for one in groups) or (groups and not 0 < len(first) <= _GROUP):
        return None
    digits = whole.replace(",", "") + decimals
    if not first or len(decimals) > _DECIMALS or bool(point) != bool(decimals) or not DIGITS.issuperset(digits):
        return None
    power = UNITS[unit] - len(decimals)
    zeros = len(digits) - len(digits.rstrip("0")) if about else 0
    return Amount(Decimal(int(digits)).scaleb(power), Decimal(1).scaleb(power + zeros), shown, end)
