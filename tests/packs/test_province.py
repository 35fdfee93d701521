"""A regulation of an invented province: sentences that a city's regulation seldom has, each with the articles that need it."""

from __future__ import annotations

from pathlib import Path

import pytest
from packs import pack_checks as checks

PROVINCE = Path(__file__).parent / "province"
PACK = PROVINCE / "regulations" / "shili-province-2025.yaml"
RULES = [rule.id for rule in checks.loaded(PACK).rules]

pytestmark = pytest.mark.xdist_group(PACK.stem)


@pytest.mark.parametrize("rule_id", RULES)
def test_every_example_holds_and_there_is_one_of_each_kind(rule_id: str) -> None:
    checks.examples_hold(PACK, rule_id)
    checks.examples_suffice(PACK, rule_id)


def test_the_smallest_step_of_any_number_changes_some_example() -> None:
    checks.every_number_of_a_rule_matters(PACK)
    checks.every_number_of_a_fact_matters(PACK)


def test_the_pack_is_the_text_and_nothing_is_left_out() -> None:
    checks.sentences_are_the_law(PACK, (PROVINCE / f"{PACK.stem}.txt").read_text(encoding="utf-8"))
    checks.quotes_are_verbatim_and_no_sentence_is_left_out(PACK)
    checks.without_examples_it_is_the_same_law(PACK)

