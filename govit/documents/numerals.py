"""The number formats (编号格式) of Word that occur in Chinese documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    Writer = Callable[[int], str]

_DIGITS = "〇一二三四五六七八九"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_UNITS = ((1000, "千"), (100, "百"), (10, "十"), (1, ""))
_TEENS = range(10, 20)
_TWO_DIGITS = 99
_FOUR_DIGITS = 9999
_LAST_ROMAN = 3999
_LAST_LETTERS = 30 * len(_ALPHABET)
_LAST_ENCLOSED = 20
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip


def numeral(value: int, numerals: str) -> str:
    """Write a number in a format of Word; where the format has no such number, in Arabic digits."""
    if numerals == "none":
        return ""
    last, write = _WRITERS.get(numerals, (0, str))
    return write(value) if 1 <= value <= last else str(value)


def chinese(value: int) -> str:
    """Spell a number below 10 000: 12 is 十二, 101 is 一百零一."""
    text = _spell(value)
    return text[1:] if value in _TEENS else text


def _spell(value: int) -> str:
    text = ""
    for unit, name in _UNITS:
        digit = value // unit % 10
        if digit:
            text += _DIGITS[digit] + name
        elif text and not text.endswith("零") and value % unit:
            text += "零"
    return text


def _counting(value: int) -> str:
    """Spell up to 99, and write the digits of what is larger, as Word does."""
    return chinese(value) if value <= _TWO_DIGITS else _digits(value)


def _digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _formal(value: int) -> str:
    """Spell in the characters of money (大写): 壹拾贰."""
    return _spell(value).translate(str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟"))


def _japanese(value: int) -> str:
    """Spell as in Japan, which WPS also uses for 一、二、: without 零, and 100 is 百."""
    text = ""
    for unit, name in _UNITS:
        digit = value // unit % 10
        if digit:
            text += ("" if digit == 1 and name else _DIGITS[digit]) + name
    return text


def _roman(value: int) -> str:
    text = ""
    for size, letters in _ROMAN:
        text += letters * (value // size)
        value %= size
    return text


def _letters(value: int) -> str:
    """Count A to Z, then AA, BB."""
    rounds, letter = divmod(value - 1, len(_ALPHABET))
    return _ALPHABET[letter] * (rounds + 1)


def _after(first: str) -> Writer:
    """Count characters that follow each other in Unicode: ①②③."""
    return lambda value: chr(ord(first) + value - 1)


_WRITERS: dict[str, tuple[int, Writer]] = {
    "decimalZero": (_TWO_DIGITS, "{:02}".format),
    "chineseCounting": (_FOUR_DIGITS, _counting),
    "taiwaneseCounting": (_FOUR_DIGITS, _counting),
    "chineseCountingThousand": (_FOUR_DIGITS, chinese),
    "taiwaneseCountingThousand": (_FOUR_DIGITS, chinese),
    "japaneseCounting": (_FOUR_DIGITS, _japanese),
    "koreanCounting": (_FOUR_DIGITS, _japanese),
    "chineseLegalSimplified": (_FOUR_DIGITS, _formal),
    "ideographLegalTraditional": (_FOUR_DIGITS, _formal),
    "japaneseLegal": (_FOUR_DIGITS, _formal),
    "ideographDigital": (_FOUR_DIGITS, _digits),
    "japaneseDigitalTenThousand": (_FOUR_DIGITS, _digits),
    "taiwaneseDigital": (_FOUR_DIGITS, _digits),
    "ideographTraditional": (len(_STEMS), lambda value: _STEMS[value - 1]),
    "ideographZodiac": (len(_BRANCHES), lambda value: _BRANCHES[value - 1]),
    "ideographZodiacTraditional": (60, lambda value: _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]),
    "upperRoman": (_LAST_ROMAN, _roman),
    "lowerRoman": (_LAST_ROMAN, lambda value: _roman(value).lower()),
    "upperLetter": (_LAST_LETTERS, _letters),
    "lowerLetter": (_LAST_LETTERS, lambda value: _letters(value).lower()),
    "decimalFullWidth": (_FOUR_DIGITS, lambda value: str(value).translate(_FULL_WIDTH)),
    "decimalFullWidth2": (_FOUR_DIGITS, lambda value: str(value).translate(_FULL_WIDTH)),
    "decimalEnclosedCircle": (_LAST_ENCLOSED, _after("①")),
    "decimalEnclosedCircleChinese": (_LAST_ENCLOSED, _after("①")),
    "decimalEnclosedParen": (_LAST_ENCLOSED, _after("⑴")),
    "decimalEnclosedFullstop": (_LAST_ENCLOSED, _after("⒈")),
}
