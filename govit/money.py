"""金额：exact decimals in 元, never a float, never rounded before a comparison."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

_UNITS = {"元": Decimal(1), "万元": Decimal(10_000), "亿元": Decimal(100_000_000)}
_AMOUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?\s*(亿元|万元|元)", re.ASCII)
_CHINESE_FIGURES = re.compile(r"[零一二三四五六七八九十百千两壹贰叁肆伍陆柒捌玖拾佰仟]+(亿|万)?元?")
FEN = Decimal("0.01")
HOW_TO = "金额要写数字和单位，例如 320万元 或 3200000元"


def parse_money(text: str) -> Decimal:
    """Return the amount in 元; ValueError says in Chinese what is wrong and how to write it."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        raise ValueError(_what_is_wrong(text))
    whole, decimals, unit = found.groups()
    amount = Decimal(whole.replace(",", "") + (decimals or "")) * _UNITS[unit]
    if amount % FEN:
        message = f"金额“{text}”小于一分，金额精确到分"
        raise ValueError(message)
    return amount


def _what_is_wrong(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text).replace("，", ",").replace(" ", "")
    if normal != text and _AMOUNT.fullmatch(normal):
        return f"金额“{text}”含全角字符或空格，请写成 {normal}"
    if normal.startswith("-"):
        return f"金额“{text}”是负数；{HOW_TO}"
    if re.fullmatch(r"[\d,]+(\.\d+)?", normal):
        return f"金额“{text}”没有单位；{HOW_TO}"
    if re.fullmatch(r"[\d,]+(\.\d+)?万", normal):
        return f"金额“{text}”的单位不全，请写成 {normal}元"
    if _CHINESE_FIGURES.fullmatch(normal):
        return f"金额“{text}”是汉字数字；{HOW_TO}"
    return f"看不懂金额“{text}”；{HOW_TO}"


def format_money(amount: Decimal) -> str:
    """Print an amount in 万元 without losing a fen: 2000000.01 -> 200.000001万元."""
    wan = amount / _UNITS["万元"]
    text = f"{wan:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return f"{text or '0'}万元"
