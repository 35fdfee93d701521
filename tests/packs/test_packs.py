"""The packs: every example holds, every number matters, every sentence is accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from packs import pack_checks as checks
from places import TESTS

from govit.law.library import built_in_packs

if TYPE_CHECKING:
    from pathlib import Path

LAW = TESTS / "law"
PATHS = built_in_packs()


def named(path: Path, *more: str) -> Any:
    """By the rule or by the pack."""
    return pytest.param(path, *more, id="-".join((*more[-1:], path.stem)[:1]))


RULES = [named(path, rule.id) for path in PATHS for rule in checks.loaded(path).rules]
PACKS = [named(path) for path in PATHS]


@pytest.mark.parametrize(("path", "rule_id"), RULES)
def test_every_example_of_a_rule_holds(path: Path, rule_id: str) -> None:
    checks.examples_hold(path, rule_id)


@pytest.mark.parametrize("path", PACKS)
def test_every_rule_has_an_example_that_complies_one_that_violates_and_one_it_does_not_apply_to(path: Path) -> None:
    checks.all_examples_suffice(path)


@pytest.mark.parametrize("path", PACKS)
def test_the_smallest_step_of_any_number_of_a_rule_changes_some_example(path: Path) -> None:
    checks.every_number_of_a_rule_matters(path)


@pytest.mark.parametrize("path", PACKS)
def test_the_smallest_step_of_any_number_of_a_fact_changes_some_example(path: Path) -> None:
    checks.every_number_of_a_fact_matters(path)


@pytest.mark.parametrize("path", PACKS)
def test_the_sentences_joined_are_the_articles_of_the_law(path: Path) -> None:
    checks.sentences_are_the_law(path, (LAW / f"{path.stem}.txt").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", PACKS)
def test_every_quote_is_verbatim_and_every_sentence_has_rules_or_a_reason(path: Path) -> None:
    checks.quotes_are_verbatim_and_no_sentence_is_left_out(path)


@pytest.mark.parametrize("path", PACKS)
def test_the_base_project_is_clean_at_its_own_stage_and_is_judged_in_earnest(path: Path) -> None:
    checks.base_is_clean_and_judged_in_earnest(path)


@pytest.mark.parametrize("path", PACKS)
def test_every_word_of_a_pack_is_specific_enough_to_be_recognised(path: Path) -> None:
    checks.words_are_specific(path)


@pytest.mark.parametrize("path", PACKS)
def test_open_readings_and_deviations_say_why(path: Path) -> None:
    checks.readings_and_hints_are_given(path)


@pytest.mark.parametrize("path", PACKS)
def test_the_pack_holds_what_later_commands_need(path: Path) -> None:
    checks.later_commands_find_what_they_need(path)


@pytest.mark.parametrize("path", PACKS)
def test_a_pack_read_without_its_examples_is_the_same_law(path: Path) -> None:
    checks.without_examples_it_is_the_same_law(path)
