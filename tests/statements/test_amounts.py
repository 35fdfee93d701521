"""Figures as people write them, how exact they are, and amounts in capitals."""

from __future__ import annotations

from decimal import Decimal

import pytest

from govit.base.capitals import parse_capitals
from govit.statements.amounts import amount_at, amount_in, plain

WAN = Decimal(10_000)


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("260万元", 2_600_000),
        ("２６０．５ 万 元", 2_605_000),
        ("2,600,000.00元", 2_600_000),
        ("0.026亿元", 2_600_000),
        ("260万", 2_600_000),
        ("1.2亿", 120_000_000),
    ],
)
def test_an_amount_is_read_in_any_writing(text: str, yuan: int) -> None:
    amount = amount_at(plain(text), 0)
    assert amount is not None
    assert amount.value == yuan


@pytest.mark.parametrize(
    "text", ["万元", "260", "26O万元", "2,60万元", "260.万元", "1.2.3万元", ".5万元", "²万元x", "260%", ""]
)
def test_what_is_no_amount_is_none(text: str) -> None:
    assert amount_at(text, 0) is None


@pytest.mark.parametrize(
    ("said", "exact", "agrees"),
    [
        ("268万元", "268.35", True),
        ("268万元", "268.99", True),
        ("268万元", "269", False),
        ("268万元", "267.01", True),
        ("268.00万元", "268.35", False),
        ("268.3万元", "268.35", True),
        ("约260万元", "268", True),
        ("约260万元", "270", False),
        ("近300万元", "260", True),
        ("260万元左右", "255", True),
        ("0.03亿元", "260", True),
        ("2600000元", "260.0001", False),
        ("2600000元", "260", True),
    ],
)
def test_a_figure_says_no_more_than_its_last_place(said: str, exact: str, *, agrees: bool) -> None:
    at = 0 if said[0].isdigit() else 1
    amount = amount_at(said, at)
    assert amount is not None
    assert amount.says(Decimal(exact) * WAN) is agrees


def test_a_cell_takes_the_unit_of_its_column() -> None:
    assert [one.value if (one := amount_in(text, unit)) else None for text, unit in
            [("146.00", "万元"), ("1,460,000", "元"), ("-13.2", "万元"), ("146元", "万元"), ("146", ""), ("待定", "万元")]] == [
        1_460_000, 1_460_000, -132_000, 146, None, None]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("贰佰陆拾万元整", "2600000"),
        ("贰佰陆拾捌万叁仟伍佰元整", "2683500"),
        ("人民币", None),
        ("壹仟零伍元叁角伍分", "1005.35"),
        ("拾万元整", "100000"),
        ("壹亿贰仟万元", "120000000"),
        ("壹拾贰万零叁拾元正", "120030"),
        ("贰贰佰元", None),
        ("贰佰陆拾万", None),
        ("元整", None),
        ("伍角", None),
    ],
)
def test_amounts_in_capitals(text: str, yuan: str | None) -> None:
    assert parse_capitals(text) == (None if yuan is None else Decimal(yuan))
