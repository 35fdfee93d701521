"""The number formats (编号格式) of Word that occur in Chinese documents."""

from __future__ import annotations

_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip

_SPELLED = frozenset(
    ("chineseCounting", "chineseCountingThousand", "taiwaneseCountingThousand", "taiwaneseCounting")
)
_FORMAL_FORMATS = frozenset(
    ("chineseLegalSimplified", "ideographLegalTraditional", "japaneseLegal")
)
_DIGIT_BY_DIGIT = frozenset(
    ("ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital", "koreanDigital2")
)


def numeral(value: int, numerals: str) -> str:
    """Write a number in a format of Word; an unknown format, or one too small, is decimal."""
    if numerals == "none":
        return ""
    if numerals == "decimalZero":
        return f"{value:02}"
    if value < 1:
        return str(value)
    return _worded(value, numerals) or _lettered(value, numerals) or str(value)


def _worded(value: int, numerals: str) -> str:
    """Formats in Chinese characters."""
    if value >= 10_000:
        return ""
    if numerals == "chineseCounting" and value >= 100:
        return _spell_digits(value)
    if numerals in _SPELLED:
        return chinese(value)
    if numerals in ("japaneseCounting", "koreanCounting"):
        return _japanese(value)
    if numerals in _FORMAL_FORMATS:
        return chinese(value, _FORMAL, "拾佰仟", short=False)
    if numerals in _DIGIT_BY_DIGIT:
        return _spell_digits(value)
    if numerals == "ideographTraditional":
        return _STEMS[value - 1] if value <= len(_STEMS) else ""
    if numerals == "ideographZodiac":
        return _BRANCHES[value - 1] if value <= len(_BRANCHES) else ""
    if numerals == "ideographZodiacTraditional":
        return _STEMS[(value - 1) % 10] + _BRANCHES[(value - 1) % 12]
    return ""


def _lettered(value: int, numerals: str) -> str:
    """Formats in letters and in digits of another shape."""
    if numerals in ("upperRoman", "lowerRoman"):
        text = _roman(value)
        return text if numerals == "upperRoman" else text.lower()
    if numerals in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (value - 1) % 26) * ((value - 1) // 26 + 1) if value <= 780 else ""
        return letter if numerals == "upperLetter" else letter.lower()
    if numerals.startswith("decimalFullWidth"):
        return "".join(chr(ord("０") + int(digit)) for digit in str(value))
    if value <= 20:
        first = {
            "decimalEnclosedCircle": "①",
            "decimalEnclosedCircleChinese": "①",
            "decimalEnclosedParen": "⑴",
            "decimalEnclosedFullstop": "⒈",
        }.get(numerals)
        return chr(ord(first) + value - 1) if first else ""
    return ""


def chinese(
    value: int, digits: str = "零一二三四五六七八九", units: str = "十百千", *, short: bool = True
) -> str:
    """Spell a number below 10 000: 12 is 十二, 101 is 一百零一."""
    text = ""
    for power in (3, 2, 1, 0):
        digit = value // 10**power % 10
        if digit:
            text += digits[digit] + (units[power - 1] if power else "")
        elif text and not text.endswith(digits[0]) and value % 10**power:
            text += digits[0]
    if short and 10 <= value < 20:
        return text[1:]
    return text


def _spell_digits(value: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(value))


def _japanese(value: int) -> str:
    """Spell as in Japan, which WPS also uses for 一、二、: without 零, 100 is 百."""
    text = ""
    for power, unit in ((3, "千"), (2, "百"), (1, "十"), (0, "")):
        digit = value // 10**power % 10
        if digit:
            text += ("" if digit == 1 and unit else _DIGITS[digit]) + unit
    return text


def _roman(value: int) -> str:
    if value >= 4000:
        return ""
    text = ""
    for size, letters in _ROMAN:
        text += letters * (value // size)
        value %= size
    return text
