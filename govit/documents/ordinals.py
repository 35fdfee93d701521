"""The numbers in front of headings (编号): 第八章, 八、, （一）, 1.2, 8, Ⅷ."""

from __future__ import annotations

import re
from typing import NamedTuple

PART, CHAPTER, SECTION, ITEM, SUBITEM, SINGLE, POINT = 10, 20, 30, 40, 50, 60, 90
"""Ranks: 篇, 章, 节, 一、, （一）, 1, （1）; 1.1 and 1.1.1 follow SINGLE."""

_ORDINAL = re.compile(
    r"(第|[(（\[])?\s*"
    r"([一二三四五六七八九十百零〇○两壹贰叁肆伍陆柒捌玖拾]{1,5}|\d{1,3}(?:[.．]\d{1,3})*(?!\d)|[IVXivxⅠ-Ⅻⅰ-ⅻ]{1,5})"
    r"\s*(部\s*分|[篇编部章节)）\]、.．,，:：])?\s*"
)
_UNIT_RANKS = {"部": PART, "篇": PART, "编": PART, "章": CHAPTER, "节": SECTION}
_UNITS = frozenset("%％‰年月日时分秒个项万亿元台套人家次天周米吨页份级类种条名户路块倍期大")
"""After digits these count something: 3年建设计划 bears no number."""
_CLOSERS = (")", "）", "]")
_STOPS = ("、", ".", "．", ")", "）")
_NUMERIC = (".", "．", ",", "，", ":", "：")
_ROMAN = frozenset("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ")


class Ordinal(NamedTuple):
    """The number of a heading."""

    rank: int
    end: int
    """Where the heading's own words begin."""


def ordinal(text: str) -> Ordinal | None:
    """Find the number in front of a heading that has words after it."""
    match = _ORDINAL.match(text)
    if match is None or match.end() == len(text):
        return None
    opening, count, closing = match.groups()
    end = match.end()
    if closing and closing[0] in _UNIT_RANKS and opening != "第":
        closing, end = None, match.start(3)
    if opening == "第":
        rank = _UNIT_RANKS.get(closing[0], 0) if closing else 0
    elif opening:
        rank = _enclosed(count) if closing in _CLOSERS else 0
    elif count[0].isdigit():
        rank = _arabic(count, closing, text[match.end(2)], text[end])
    elif count.isascii() or count[0] in _ROMAN:
        rank = ITEM if closing in _STOPS and not text[end].isascii() else 0
    else:
        apart = text[match.end(2)].isspace() and not text[end].isascii()
        rank = ITEM if closing or apart else 0
    return Ordinal(rank, end) if rank else None


def _enclosed(count: str) -> int:
    return POINT if count[0].isdigit() else SUBITEM


def _arabic(count: str, closing: str | None, after: str, first: str) -> int:
    """Tell 8 网络安全, 8.网络安全 and 8网络安全 from 8年, 8,000 and 5G."""
    dots = count.replace("．", ".").count(".")
    if first.isdigit() and closing in _NUMERIC:
        return 0
    if not closing and not after.isspace() and (first in _UNITS or (first.isascii() and not dots)):
        return 0
    return SINGLE + dots
