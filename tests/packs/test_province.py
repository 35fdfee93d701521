"""A regulation of an invented province: sentences that a city's regulation seldom has, each with the articles that need it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from packs import pack_checks as checks

from govit.authoring.examples import build
from govit.change.limits import ChangeLimit, limits
from govit.dossier.finding import Outcome
from govit.dossier.model import Index, Neighbour
from govit.judging.engine import Options, evaluate
from govit.judging.facts import Facts

PROVINCE = Path(__file__).parent / "province"
PACK = PROVINCE / "regulations" / "shili-province-2025.yaml"
RULES = [rule.id for rule in checks.loaded(PACK).rules]


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


def judged(day: str = "2027-01-05", **given: Any) -> dict[str, tuple[str, bool]]:
    """What each rule says of the base of the pack with some of its values exchanged, and whether it only advises."""
    regulation = checks.loaded(PACK)
    project, _ = build(regulation, {key.replace("__", "."): value for key, value in given.items()})
    options = Options(as_of=dt.date.fromisoformat(day), schedule=checks.SCHEDULE, stage="运行")
    found = evaluate(project, regulation, Index((Neighbour("base", project),)), options)
    gravest_last = sorted(found, key=lambda f: f.outcome is Outcome.VIOLATES)
    return {f.rule: (f.outcome.value, f.advisory) for f in gravest_last}


def test_of_a_project_outside_only_the_rules_that_are_spared_are_judged() -> None:
    found = judged(category="运行维护", participants=["某局"])
    assert {rule for rule in found if not rule.startswith("SS-1-")} == {"SS-8-1"}
    assert found["SS-8-1"] == ("violates", False)
    assert found["SS-1-2"][0] == "violates"


def test_of_a_project_that_another_scope_rule_leaves_out_as_well_nothing_is_judged() -> None:
    assert set(judged(category="运行维护", unit__kind="国有企业")) == {"SS-1-1"}


def test_a_condition_of_a_chapter_or_an_article_binds_all_of_its_rules() -> None:
    rules = {rule.id: rule for rule in checks.loaded(PACK).rules}
    assert [len(rules[name].framed.tests) for name in ("SS-2-1", "SS-5-1", "SS-6-1", "SS-8-1")] == [0, 2, 1, 0]
    found = judged(category="租赁服务")
    assert {found[name][0] for name in ("SS-5-1", "SS-6-1", "SS-6-2", "SS-6-3", "SS-7-1")} == {"not-applicable"}
    assert found["SS-2-1"][0] == "complies"


@pytest.mark.parametrize("asked", ["开工建设", "实施"])
def test_a_stage_is_found_by_its_own_name_and_by_the_usual_one(asked: str) -> None:
    regulation = checks.loaded(PACK)
    assert regulation.order(asked) == 2
    assert regulation.usual_stage("开工建设") == "实施"


def test_a_share_and_a_sum_of_one_sentence_are_both_bounds_of_a_change() -> None:
    regulation = checks.loaded(PACK)
    project, _ = build(regulation, {})
    facts = Facts(project, regulation, Index(), dt.date(2026, 11, 18), checks.SCHEDULE)
    amounts = {"amount": Decimal(550_000), "cumulative": Decimal(550_000)}
    found = {limit.text: (limit.most, limit.beyond(Decimal(550_000))) for limit in limits(regulation, facts, amounts)}
    assert found == {"10%": (Decimal(600_000), False), "50万元": (Decimal(500_000), True)}


def test_a_third_is_compared_exactly_also_where_it_is_no_amount() -> None:
    thirds = ChangeLimit("amount", Decimal(1), True, "总投资", "总投资", Decimal(100), (), "", "", False, parts=3)  # noqa: FBT003
    assert (thirds.text, thirds.most) == ("1/3", None)
    assert thirds.beyond(Decimal("33.33")) is False
    assert thirds.beyond(Decimal("33.34")) is True
    assert ChangeLimit("amount", Decimal(2), True, "", "", Decimal(300), (), "", "", False, parts=3).most == 200  # noqa: FBT003
