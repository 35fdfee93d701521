"""大写金额：贰佰陆拾捌万叁仟伍佰元整, as figures. Pure."""

from __future__ import annotations

from decimal import Decimal

DIGITS = {han: value for value, han in enumerate("零壹贰叁肆伍陆柒捌玖")} | {"〇": 0, "两": 2, "貳": 2, "陸": 6}
_TENS = {"拾": 10, "佰": 100, "仟": 1_000}
_GREAT = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_PARTS = {"角": Decimal("0.1"), "分": Decimal("0.01")}
_YUAN = "元圆圓"
CHARACTERS = frozenset((*DIGITS, *_TENS, *_GREAT, *_PARTS, *_YUAN, "整", "正"))
LONGEST = 60


def parse_capitals(text: str) -> Decimal | None:
    """The amount in 元; None of what is no amount in capitals, or is written in a way that could be read twice."""
    core = text.removesuffix("整").removesuffix("正")
    if not 0 < len(core) <= LONGEST:
        return None
    whole, sign, rest = _parted(core)
    above, below = _whole(whole), _parts(rest)
    return None if not sign or above is None or below is None else above + below


def _parted(core: str) -> tuple[str, str, str]:
    for yuan in _YUAN:
        if yuan in core:
            return core.partition(yuan)
    return core, "", ""


def _whole(text: str) -> Decimal | None:
    """贰佰陆拾捌万叁仟伍佰: each 万 or 亿 counts what stands before it."""
    total = section = digit = 0
    begun = False
    for han in text:
        if han in DIGITS:
            if digit:
                return None
            digit = DIGITS[han]
        elif han in _TENS:
            section, digit = section + (digit or (0 if begun else 1)) * _TENS[han], 0
        elif han in _GREAT:
            total, section, digit = (
                (total + section + digit) * _GREAT[han] if han in "亿億" else total + (section + digit) * _GREAT[han],
                0,
                0,
            )
        else:
            return None
        begun = True
    return Decimal(total + section + digit) if text else None


def _parts(text: str) -> Decimal | None:
    """叁角伍分."""
    total, digit = Decimal(0), 0
    for han in text:
        if han in DIGITS:
            digit = DIGITS[han]
        elif han in _PARTS:
            total, digit = total + digit * _PARTS[han], 0
        else:
            return None
    return None if digit else total
