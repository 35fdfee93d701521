"""Periods as people write them behind a label."""

from __future__ import annotations

import pytest

from govit.statements.periods import months_at, span_at


@pytest.mark.parametrize(
    ("text", "count", "in_days"),
    [
        ("为9个月。", 9, False),
        (":约十二个月", 12, False),
        ("2年", 24, False),
        ("两年", 24, False),
        ("共240个日历天", 240, True),
        ("90天", 90, True),
        ("一年半", 18, False),
        ("1年6个月，", 18, False),
        ("一年零三个月", 15, False),
        ("2年，3个月内", 24, False),
    ],
)
def test_a_length_of_time(text: str, count: int, *, in_days: bool) -> None:
    found = months_at(text, 0)
    assert found is not None
    assert (found.count, found.in_days) == (count, in_days)


@pytest.mark.parametrize(
    ("text", "leeway"), [("9个月", 0), ("约10个月", 1), ("10个月左右", 1), ("1年", 5), ("1年3个月", 0)]
)
def test_how_exact_a_length_of_time_is(text: str, leeway: int) -> None:
    found = months_at(text, 0)
    assert found is not None
    assert found.leeway == leeway


@pytest.mark.parametrize("text", ["", "2027年", "为", "0个月", "9", "9月", "自合同签订之日起6个月", "1000天"])
def test_what_is_no_length_of_time(text: str) -> None:
    assert months_at(text, 0) is None


@pytest.mark.parametrize(
    ("text", "start", "until"),
    [
        ("自2027-03-15至2027-11-30。", "2027-03", "2027-11"),
        ("2027年3月至11月,", "2027-03", "2027-11"),
        ("为2027.3-2027.11", "2027-03", "2027-11"),
        ("从2027年3月15日起到2028年1月底", "2027-03", "2028-01"),
        ("2027/3/15—2027/11/30", "2027-03", "2027-11"),
    ],
)
def test_from_one_month_to_another(text: str, start: str, until: str) -> None:
    found = span_at(text, 0)
    assert found is not None
    assert (found.start, found.until) == (start, until)


@pytest.mark.parametrize(
    "text",
    ["2027年3月", "2027年13月至14月", "3月至11月", "2027年11月至2027年3月", "2027年至2028年", "1999年3月至4月", ""],
)
def test_what_leads_from_no_month_to_another(text: str) -> None:
    assert span_at(text, 0) is None
