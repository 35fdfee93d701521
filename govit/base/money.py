"""金额：exact decimals in 元, never a float, never rounded before a comparison."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache

from govit.base.capitals import parse_capitals
from govit.base.dates import WrittenOtherwiseError
from govit.base.patterns import regex

_FEN_OF = {"元": 100, "万元": 1_000_000, "亿元": 10_000_000_000}
_AMOUNT = regex(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?\s*(亿元|万元|元)", re.ASCII)
_BARE = regex(r"[\d,]+(\.\d+)?", re.ASCII)
_CHINESE_FIGURES = regex(r"[零〇一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟万亿]+(元整?)?")
_LONGEST = 40
_SIMPLIFIED = str.maketrans("萬億圆圓", "万亿元元")
LARGEST = Decimal(10) ** 14
"""一百万亿元: beyond it a figure is a slip; below it sums of ten thousand amounts stay exact in 28 digits."""
WAN = Decimal(10_000)
HOW_TO = "金额要写数字和单位，例如 320万元 或 3200000元"


@lru_cache(maxsize=4096)
def parse_money(text: str) -> Decimal:
    """Return the amount in 元; ValueError says in Chinese what is wrong and how to write it."""
    found = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST else None
    if found is None:
        raise _what_is_wrong(text)
    whole, decimals, unit = found[1].replace(",", ""), found[2] or "", found[3]
    fen, rest = divmod(int(whole + decimals) * _FEN_OF[unit], 10 ** len(decimals))
    if rest:
        message = f"金额“{text}”细于一分；金额最小到分，例如 0.01元"
        raise ValueError(message)
    amount = Decimal(fen).scaleb(-2)
    if amount > LARGEST:
        message = f"金额“{text}”过大，请核对单位和位数"
        raise ValueError(message)
    return amount


def pattern() -> str:
    """The amounts that parse_money accepts as one regular expression, for a JSON Schema; blanks around are the reader's."""
    largest = LARGEST.adjusted()  # LARGEST is a power of ten
    figures = "|".join(
        _figures(largest - power, power + 2, unit) for unit, power in (("亿元", 8), ("万元", 4), ("元", 0))
    )
    return rf"^\s*(?=\S.{{0,{_LONGEST - 2}}}\S\s*$)(?:{figures})\s*$"


def _figures(digits: int, decimals: int, unit: str) -> str:
    """Amounts in one unit: at most so many digits or ten to their power, and decimals down to a fen."""
    fraction = rf"(?:\.[0-9]{{1,{decimals}}}0*)?"
    below = rf"(?=[0,]*(?:[1-9](?:,?[0-9]){{0,{digits - 1}}})?(?:\.|[ \t]*{unit}))"
    exactly = rf"(?=[0,]*1(?:,?0){{{digits}}}(?:\.0+)?[ \t]*{unit})"
    return rf"(?:{below}|{exactly})(?:[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]+){fraction}[ ]*{unit}"


def _what_is_wrong(text: str) -> ValueError:
    if len(text) > _LONGEST:
        return ValueError(f"看不懂金额“{text[:_LONGEST]}…”；{HOW_TO}")
    normal = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).strip("“”‘’\"'¥").removeprefix("人民币").rstrip("。;")
    if _AMOUNT.fullmatch(normal):
        return WrittenOtherwiseError(f"金额“{text}”含全角字符、引号、空格或货币符号，请写成 {normal}", normal)
    if _AMOUNT.fullmatch(normal.replace(",", "")):
        return ValueError(f"金额“{text}”的千位逗号不对，请写成 {normal.replace(',', '')}")
    if normal.startswith(("-", "−")):
        return ValueError(f"金额“{text}”是负数；{HOW_TO}")
    if _BARE.fullmatch(normal):
        return ValueError(f"金额“{text}”没有单位；{HOW_TO}")
    return _in_other_words(text, normal.translate(_SIMPLIFIED).removesuffix("整").removesuffix("正"))


def _in_other_words(text: str, plain: str) -> ValueError:
    if _AMOUNT.fullmatch(plain):
        return WrittenOtherwiseError(f"金额“{text}”请写成 {plain}", plain)
    if _BARE.fullmatch(plain[:-1]) and plain.endswith(("万", "亿")):
        return WrittenOtherwiseError(f"金额“{text}”的单位不全，请写成 {plain}元", f"{plain}元")
    if _CHINESE_FIGURES.fullmatch(plain):
        amount = parse_capitals(plain)
        how = f"请写成 {format_money(amount)}" if amount is not None else HOW_TO
        return ValueError(f"金额“{text}”是汉字数字；{how}")
    return ValueError(f"看不懂金额“{text}”；{HOW_TO}")


def format_money(amount: Decimal) -> str:
    """Print an amount in 万元 without losing a fen (2000000.01 -> 200.000001万元), less than that in 元."""
    small = abs(amount) < WAN
    text = f"{amount if small else amount.scaleb(-4):f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text + ("元" if small else "万元")
