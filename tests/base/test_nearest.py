"""The nearest known word, and what is said where none is near."""

from __future__ import annotations

import pytest

from govit.base.nearest import did_you_mean, nearest_word

KNOWN = ["name", "stage", "budget", "立项审批", "概算审核"]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("nmae", "name"), ("Stage", "stage"), ("budgets", "budget"), ("立顶审批", "立项审批"), ("zzz", None), ("", None)],
)
def test_a_typo_leads_to_the_word_it_resembles(typed: str, meant: str | None) -> None:
    assert nearest_word(typed, KNOWN) == meant


def test_a_hint_names_the_word_or_lists_what_may_be_written() -> None:
    assert did_you_mean("nmae", KNOWN) == "是不是“name”？"
    assert did_you_mean("zzz", KNOWN[:2]) == "可以写：name、stage"
    assert did_you_mean("zzz", [f"词{n}" for n in range(20)]).endswith("词19")
    assert did_you_mean("zzz", [f"词{n}" for n in range(21)]).endswith("词19……共 21 个")
    assert did_you_mean("zzz", []) == "这里没有可写的词"


def test_a_word_of_a_million_characters_is_not_compared_at_all() -> None:
    assert nearest_word("甲" * 1_000_000, ["甲" * 999_999]) is None
