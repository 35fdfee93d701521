from __future__ import annotations

import pytest

from govit.documents.numerals import chinese, numeral


@pytest.mark.parametrize(
    ("numerals", "value", "shown"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalZero", 12, "12"),
        ("decimalFullWidth", 10, "１０"),
        ("decimalFullWidth2", 10, "１０"),
        ("decimalEnclosedCircle", 3, "③"),
        ("decimalEnclosedCircleChinese", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "21"),
        ("decimalEnclosedParen", 2, "⑵"),
        ("decimalEnclosedFullstop", 2, "⒉"),
        ("chineseCounting", 8, "八"),
        ("chineseCounting", 10, "十"),
        ("chineseCounting", 12, "十二"),
        ("chineseCounting", 20, "二十"),
        ("chineseCounting", 101, "一〇一"),
        ("chineseCountingThousand", 101, "一百零一"),
        ("chineseCountingThousand", 110, "一百一十"),
        ("chineseCountingThousand", 1001, "一千零一"),
        ("chineseCountingThousand", 10000, "10000"),
        ("taiwaneseCountingThousand", 21, "二十一"),
        ("chineseLegalSimplified", 12, "壹拾贰"),
        ("ideographLegalTraditional", 3, "叁"),
        ("japaneseCounting", 10, "十"),
        ("japaneseCounting", 21, "二十一"),
        ("japaneseCounting", 110, "百十"),
        ("japaneseDigitalTenThousand", 10, "一〇"),
        ("ideographDigital", 12, "一二"),
        ("ideographTraditional", 3, "丙"),
        ("ideographTraditional", 11, "11"),
        ("ideographZodiac", 12, "亥"),
        ("ideographZodiac", 13, "13"),
        ("ideographZodiacTraditional", 13, "丙子"),
        ("upperRoman", 8, "VIII"),
        ("upperRoman", 1994, "MCMXCIV"),
        ("lowerRoman", 4, "iv"),
        ("upperRoman", 4000, "4000"),
        ("upperLetter", 26, "Z"),
        ("lowerLetter", 27, "aa"),
        ("lowerLetter", 10**8, "100000000"),
        ("none", 5, ""),
        ("whatever", 5, "5"),
        ("chineseCounting", 0, "0"),
        ("upperRoman", -3, "-3"),
    ],
)
def test_numbers_are_written_as_word_writes_them(numerals: str, value: int, shown: str) -> None:
    assert numeral(value, numerals) == shown


def test_spelled_numbers_differ_and_read_back() -> None:
    digits = {digit: value for value, digit in enumerate("零一二三四五六七八九")}
    units = {"十": 10, "百": 100, "千": 1000}

    def value_of(text: str) -> int:
        total, digit = 0, 1 if text[0] == "十" else 0
        for character in text:
            if character in units:
                total += digit * units[character]
                digit = 0
            else:
                digit = digits[character]
        return total + digit

    assert [value_of(chinese(number)) for number in range(1, 10_000)] == list(range(1, 10_000))
