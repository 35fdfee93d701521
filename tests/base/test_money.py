"""Money: what may be written, what it is worth to the fen, and what a clerk is told about the rest."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from govit.base.money import LARGEST, format_money, parse_money

ACCEPTED = """
320万元          | 3200000       | 320万元
3200000元        | 3200000       | 320万元
3,200,000元      | 3200000       | 320万元
1,234.56万元     | 12345600      | 1234.56万元
320 万元         | 3200000       | 320万元
1.5亿元          | 150000000     | 15000万元
0元              | 0             | 0元
10000元          | 10000         | 1万元
0.999999万元     | 9999.99       | 9999.99元
0.01元           | 0.01          | 0.01元
200.000001万元   | 2000000.01    | 200.000001万元
0.0000000001亿元 | 0.01          | 0.01元
1000000亿元      | 100000000000000 | 10000000000万元
"""

REFUSED = """
320              | 金额“320”没有单位；金额要写数字和单位，例如 320万元 或 3200000元
3,200,000        | 金额“3,200,000”没有单位；金额要写数字和单位，例如 320万元 或 3200000元
320万            | 金额“320万”的单位不全，请写成 320万元
3.2亿            | 金额“3.2亿”的单位不全，请写成 3.2亿元
-5万元           | 金额“-5万元”是负数；金额要写数字和单位，例如 320万元 或 3200000元
－5万元          | 金额“－5万元”是负数；金额要写数字和单位，例如 320万元 或 3200000元
三百万           | 金额“三百万”是汉字数字；金额要写数字和单位，例如 320万元 或 3200000元
叁佰贰拾万元整   | 金额“叁佰贰拾万元整”是汉字数字；请写成 320万元
NaN              | 看不懂金额“NaN”；金额要写数字和单位，例如 320万元 或 3200000元
Infinity元       | 看不懂金额“Infinity元”；金额要写数字和单位，例如 320万元 或 3200000元
1e6元            | 看不懂金额“1e6元”；金额要写数字和单位，例如 320万元 或 3200000元
约320万元        | 看不懂金额“约320万元”；金额要写数字和单位，例如 320万元 或 3200000元
３２０万元       | 金额“３２０万元”含全角字符、引号、空格或货币符号，请写成 320万元
3，200，000元    | 金额“3，200，000元”含全角字符、引号、空格或货币符号，请写成 3,200,000元
“320万元”        | 金额““320万元””含全角字符、引号、空格或货币符号，请写成 320万元
￥320万元        | 金额“￥320万元”含全角字符、引号、空格或货币符号，请写成 320万元
3 200 000元      | 金额“3 200 000元”含全角字符、引号、空格或货币符号，请写成 3200000元
1,0000元         | 金额“1,0000元”的千位逗号不对，请写成 10000元
0.001元          | 金额“0.001元”细于一分；金额最小到分，例如 0.01元
0.0000001万元    | 金额“0.0000001万元”细于一分；金额最小到分，例如 0.01元
1000001亿元      | 金额“1000001亿元”过大，请核对单位和位数
"""

FEN = Decimal("0.01")


def rows(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "yuan", "printed"), rows(ACCEPTED))
def test_an_amount_is_worth_exactly_what_it_says(text: str, yuan: str, printed: str) -> None:
    assert parse_money(text) == Decimal(yuan)
    assert format_money(parse_money(text)) == printed


@pytest.mark.parametrize(("text", "told"), rows(REFUSED))
def test_anything_else_says_how_to_write_it(text: str, told: str) -> None:
    with pytest.raises(ValueError, match="金额") as error:
        parse_money(text)
    assert str(error.value) == told


@pytest.mark.parametrize(
    "text", ["", " ", "元", "万元", "9" * 5000 + "元", "0." + "0" * 5000 + "1元", "一" * 5000, "²元", "٣元"]
)
def test_nothing_is_too_strange_to_be_refused_in_one_short_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="金额") as error:
        parse_money(text)
    assert len(str(error.value)) < 120


fen = st.integers(0, int(LARGEST / FEN)).map(lambda number: Decimal(number) * FEN)


@given(fen)
def test_what_is_printed_reads_back_as_the_same_amount(amount: Decimal) -> None:
    assert parse_money(format_money(amount)) == amount


@given(st.integers(0, 10**10), st.integers(0, 12), st.sampled_from(["元", "万元", "亿元"]))
def test_amounts_are_exact_against_fractions(figures: int, places: int, unit: str) -> None:
    text = f"{figures:0{places + 1}d}"
    text = f"{text[:-places]}.{text[-places:]}" if places else text
    worth = Fraction(figures, 10**places) * {"元": 1, "万元": 10**4, "亿元": 10**8}[unit]
    if worth > LARGEST or (worth * 100).denominator != 1:
        with pytest.raises(ValueError, match="金额"):
            parse_money(text + unit)
    else:
        assert Fraction(parse_money(text + unit)) == worth


@given(st.integers(0, 10**14), st.integers(0, 10**14))
def test_the_least_fen_counts_in_every_comparison(first: int, second: int) -> None:
    amounts = [parse_money(f"{number // 100}.{number % 100:02d}元") for number in (first, second)]
    assert (amounts[0] < amounts[1]) == (first < second)
    assert not any(isinstance(amount, float) for amount in amounts)


@given(st.lists(fen, max_size=40))
def test_sums_lose_nothing(amounts: list[Decimal]) -> None:
    with localcontext() as exact:
        exact.prec = 200
        expected = sum(amounts, Decimal(0))
    assert sum(amounts, Decimal(0)) == expected


@given(st.text())
def test_any_text_is_an_amount_or_a_sentence_about_it(text: str) -> None:
    try:
        found: object = parse_money(text)
    except ValueError as error:
        found = str(error)
    assert (isinstance(found, Decimal) and found >= 0) or "金额" in str(found)
