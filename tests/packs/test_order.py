"""先后: each rule that wants a record says when, or the table order.yaml says why any day will do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from packs.order_checks import free_days, of_time, orders_that_no_example_needs, wants_records
from packs.pack_checks import judged, loaded, results
from places import TESTS
from ruamel.yaml import YAML

from govit.law.library import built_in_packs

if TYPE_CHECKING:
    from pathlib import Path

TABLE: dict[str, dict[str, Any]] = YAML(typ="safe").load(TESTS / "packs" / "order.yaml")
REASONS = TABLE["reasons"]
PACKS = [pytest.param(path, id=path.stem) for path in built_in_packs()]


@pytest.mark.parametrize("path", PACKS)
def test_a_record_of_any_other_day_counts_only_where_the_table_says_why(path: Path) -> None:
    regulation = loaded(path)
    found = {
        rule.id: days
        for rule in regulation.rules
        if wants_records(rule) and (days := free_days(rule, regulation, results(path)[rule.id][0]))
    }
    assert found == {rule: "".join(why) for rule, why in TABLE[path.stem].items()}


@pytest.mark.parametrize("path", PACKS)
def test_every_reason_of_the_table_is_a_known_one_or_a_rule_of_time(path: Path) -> None:
    rules = {rule.id: rule for rule in loaded(path).rules}
    given = {(rule, why) for rule, by_way in TABLE[path.stem].items() for why in by_way.values()}
    strange = {(rule, why) for rule, why in given if why not in REASONS and not (why in rules and of_time(rules[why]))}
    assert strange == set()
    assert {why for _, why in given if why in REASONS} <= set(REASONS)


@pytest.mark.parametrize("path", PACKS)
def test_no_order_of_a_rule_can_be_left_out_without_an_example_telling(path: Path) -> None:
    assert orders_that_no_example_needs(loaded(path), results(path), judged) == []
