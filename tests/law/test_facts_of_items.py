"""A fact that names another one of the item of a list is itself of the item, however many lie between."""

from __future__ import annotations

import datetime as dt

import pytest
from small_pack import PACK, judge, project, regulation

from govit.calendar.workdays import published
from govit.dossier.finding import Outcome
from govit.dossier.model import Index
from govit.judging.engine import Options, evaluate

OWN = '{name: 写于去年, article: 第三条, any: [{item.date: "< 2024-01-01"}]}'
THROUGH = {
    "any": "{name: 过期, article: 第三条, any: [{写于去年: true}]}",
    "any twice": "{name: 中间, article: 第三条, any: [{写于去年: true}]}, "
    "{name: 过期, article: 第三条, any: [{建设类: true, 中间: true}]}",
    "before its own": "{name: 过期, article: 第三条, any: [{写于去年: true}]}",
    "first": "{name: 过期, article: 第三条, first: [写于去年]}",
    "only_if": "{name: 过期, article: 第三条, only_if: {value: 写于去年, when: {建设类: true}}}",
}
"""A fact that speaks of the item only through another."""
PAPERS = [
    {"kinds": ["方案书"], "date": "2023-12-31", "path": "旧.md"},
    {"kinds": ["方案书"], "date": "2024-01-01", "path": "新.md"},
]


def _pack(facts: str) -> str:
    return PACK.replace("facts: []", f"facts: [{facts}]").replace(
        "check: present, documents: [方案书],",
        "check: forbidden, forbidden: {过期: true}, each: {documents: [方案书]},",
    )


@pytest.mark.parametrize("how", THROUGH)
def test_each_item_is_judged_by_itself_through_another_fact(how: str) -> None:
    facts = f"{THROUGH[how]}, {OWN}" if how == "before its own" else f"{OWN}, {THROUGH[how]}"
    pack = regulation(_pack(facts))
    found = evaluate(
        project(pack, documents=PAPERS), pack, Index(), Options(as_of=dt.date(2024, 6, 3), schedule=published())
    )
    assert [f.outcome for f in found if f.rule == "SM-3-1"] == [Outcome.VIOLATES, Outcome.COMPLIES]


def test_what_goes_over_a_list_of_its_own_is_of_no_item() -> None:
    facts = '{name: 写于去年, article: 第三条, any: [{item.date: "< 2024-01-01"}]}, '
    facts += "{name: 有过期的, article: 第三条, exists: {list: documents, where: {写于去年: true}}}"
    pack = regulation(PACK.replace("facts: []", f"facts: [{facts}]"))
    assert {name: fact.per_item for name, fact in pack.facts.items()} == {"写于去年": True, "有过期的": False}
    text = PACK.replace("facts: []", f"facts: [{facts}]").replace(
        "check: present, documents: [方案书],", "check: forbidden, forbidden: {有过期的: true},"
    )
    assert judge(text, documents=PAPERS)["SM-3-1"].outcome is Outcome.VIOLATES
    assert judge(text, documents=PAPERS[1:])["SM-3-1"].outcome is Outcome.COMPLIES
