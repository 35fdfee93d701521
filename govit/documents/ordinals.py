"""The numbers in front of headings (编号): 第八章, 八、, （一）, 1.2, 8, Ⅷ, ①, Chapter 8."""

from __future__ import annotations

import re
from unicodedata import normalize, numeric

from govit.base.patterns import regex
from govit.base.records import record

PART, CHAPTER, SECTION, ROMAN, ITEM, SUBITEM, SINGLE, POINT, HALF, SMALL_ROMAN, CIRCLE = (
    10, 20, 30, 35, 40, 50, 60, 90, 92, 93, 95,
)  # fmt: skip
"""Ranks: 篇, 章, 节, Ⅰ, 一、, （一）, 1, （1）, 1）, ⅰ, ①; 1.1 and 1.1.1 follow SINGLE."""

_CHINESE = "一二三四五六七八九十百零〇○两壹贰叁肆伍陆柒捌玖拾"
_WORDED = regex(
    rf"第\s*([{_CHINESE}](?:\s?[{_CHINESE}]){{0,4}}|\d{{1,3}}|[IVXivxⅠ-Ⅻⅰ-ⅻ]{{1,5}})\s*(部\s*分|[篇编部章节])\s*"
)
_ENGLISH = regex(r"(chapter|part)\s{1,3}(\d{1,3}|[ivx]{1,5})\s*[.:：、]?\s+", re.IGNORECASE)
_GLYPH = regex(r"([①-⑳㉑-㉟㊱-㊿❶-❿]|[⑴-⒇]|[⒈-⒛]|[㈠-㈩])\s*[、.．]?\s*")
_ORDINAL = regex(
    r"([(（\[])?\s*"
    rf"([{_CHINESE}]{{1,5}}|\d{{1,3}}(?:[.．]\d{{1,3}})*(?!\d)|[IVXivxⅠ-Ⅻⅰ-ⅻ]{{1,5}})"
    r"\s*([)）\]、.．,，:：])?\s*"
)
_STARTS = frozenset(_CHINESE + "第([（IVXivxCcPp")
_UNIT_RANKS = {"部": PART, "篇": PART, "编": PART, "章": CHAPTER, "节": SECTION}
_ENGLISH_RANKS = {"chapter": CHAPTER, "part": PART}
_GLYPH_RANKS = (("①", "⑳", CIRCLE), ("⑴", "⒇", POINT), ("⒈", "⒛", SINGLE), ("㈠", "㈩", SUBITEM))
_UNITS = frozenset("%％‰年月日时分秒个项万亿元台套人家次天周米吨页份级类种条名户路块倍期大")
"""After digits these count something: 3年建设计划 bears no number."""
_DATES = frozenset("年月日")
_CLASSES = frozenset("类級级型期标代区段")
"""After a Roman numeral these name a class: Ⅱ类水质 bears no number."""
_MOST_DOTS = 9
_CLOSERS = (")", "）", "]")
_STOPS = ("、", ".", "．", ")", "）")
_NUMERIC = (".", "．", ",", "，", ":", "：")
_ROMAN = frozenset("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅺⅻ")
_LETTERS = {"i": 1, "v": 5, "x": 10}
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2}
_DIGITS |= {digit: value for value, digit in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_TENS = {"十": 10, "拾": 10, "百": 100}


@record
class Ordinal:
    """The number of a heading."""

    rank: int
    end: int
    """Where the heading's own words begin."""
    numbers: tuple[int, ...] = ()
    """``1.2`` is (1, 2)."""
    closing: str = ""
    """What ends the number: 、 or a full stop."""
    worded: bool = False
    """It calls itself 第……章, not merely a number."""


def ordinal(text: str) -> Ordinal | None:
    """Find the number in front of a heading that has words after it."""
    first = text[:1]
    if first not in _STARTS and not first.isnumeric() and first not in _ROMAN:
        return None
    found = _worded(text) or _glyph(text) or _plain(text)
    return found if found and found.end < len(text) else None


def bare_chapter(text: str) -> bool:
    """Tell 第七章 or 第二篇 without any words."""
    match = _WORDED.fullmatch(text)
    return match is not None and match[2][0] != "节"


def _worded(text: str) -> Ordinal | None:
    """Read 第八章 and Chapter 8."""
    if text[0] == "第" and (match := _WORDED.match(text)):
        return Ordinal(_UNIT_RANKS[match[2][0]], match.end(), (_value(match[1]),), "", worded=True)
    if text[0] in "CcPp" and (match := _ENGLISH.match(text)):
        return Ordinal(_ENGLISH_RANKS[match[1].lower()], match.end(), (_value(match[2]),), "", worded=True)
    return None


def _glyph(text: str) -> Ordinal | None:
    """Read a number that is one character with its brackets: ①, ⑴, ⒈, ㈠."""
    match = _GLYPH.match(text) if "①" <= text[0] <= "㊿" else None
    if match is None:
        return None
    rank = next((rank for first, last, rank in _GLYPH_RANKS if first <= match[1] <= last), CIRCLE)
    return Ordinal(rank, match.end(), (int(numeric(match[1])),))


def _plain(text: str) -> Ordinal | None:
    match = _ORDINAL.match(text)
    if match is None or match.end() == len(text):
        return None
    opening, count, closing = match.groups()
    end = match.end()
    if opening:
        rank = _enclosed(count) if closing in _CLOSERS else 0
    elif count[0].isdigit():
        rank = _arabic(count, closing, text[match.end(2)], text[end])
    elif count.isascii() or count[0] in _ROMAN:
        rank = _roman(count, closing, text[match.end(2)], text[end])
    else:
        apart = text[match.end(2)].isspace() and not text[end].isascii() and text[end] not in _DATES
        rank = ITEM if closing or apart else 0
    return Ordinal(rank, end, _values(count), closing or "") if rank else None


def _enclosed(count: str) -> int:
    return POINT if count[0].isdigit() else SUBITEM


def _arabic(count: str, closing: str | None, after: str, first: str) -> int:
    """Tell 8 网络安全, 8.网络安全 and 8网络安全 from 8年, 8,000 and 5G."""
    dots = count.replace("．", ".").count(".")
    if first.isdigit() and closing in _NUMERIC:
        return 0
    if not closing and not after.isspace() and (first in _UNITS or (first.isascii() and not dots)):
        return 0
    return HALF if closing in _CLOSERS and not dots else SINGLE + min(dots, _MOST_DOTS)


def _roman(count: str, closing: str | None, after: str, first: str) -> int:
    """Tell Ⅷ 网络安全, Ⅷ网络安全, VIII. and VIII 网络安全 from Ⅱ类水质, IT运维 and X光."""
    if first.isascii() or not _value(count):
        return 0
    if closing not in _STOPS and count.isascii() and (closing or not after.isspace() or not count.isupper()):
        return 0
    if not closing and first in _CLASSES:
        return 0
    return SMALL_ROMAN if count.islower() else ROMAN


def _values(count: str) -> tuple[int, ...]:
    if count[0].isdigit():
        return tuple(map(int, count.replace("．", ".").split(".")))
    return (_value(count),)


def _value(count: str) -> int:
    """Read a number in Arabic, Chinese or Roman numerals; what is none is 0."""
    if count.isdigit():
        return int(count)
    letters = normalize("NFKC", count).lower()
    return _from_roman(letters) if letters.isascii() else _from_chinese(count)


def _from_roman(letters: str) -> int:
    values = [_LETTERS.get(letter, 0) for letter in letters]
    total = 0
    for value, following in zip(values, [*values[1:], 0], strict=True):
        total += -value if value < following else value
    return total if 0 not in values else 0


def _from_chinese(count: str) -> int:
    """Read 十二, 一百零三 and 二〇二六."""
    total, digit, digits = 0, 0, ""
    for character in count:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        elif character in _DIGITS:
            digit = _DIGITS[character]
            digits += str(digit)
    return total + digit if total else int(digits or 0)
