"""The packs: every example holds, every number matters, every sentence is accounted for."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from packs.nudge import fact_variants, rule_variants, with_rule

from govit.engine import Options, evaluate
from govit.examples import Example, base_day, build, examples_of, outcome_of
from govit.finding import Outcome
from govit.library import BUILT_IN, Library
from govit.model import Index, Neighbour
from govit.packs import load
from govit.refs import refs_in
from govit.workdays import published

if TYPE_CHECKING:
    from govit.regulation import Regulation, Rule

LAW = Path(__file__).parent.parent / "law"
IDS = [path.stem for path in sorted(BUILT_IN.glob("*.yaml"))]
SCHEDULE = published()


@cache
def pack(name: str) -> Regulation:
    found = Library().get(name)
    assert found is not None
    return found


@cache
def results(name: str) -> dict[str, tuple[list[Example], list[Outcome]]]:
    regulation = pack(name)
    return {rule.id: judged(rule, regulation, examples_of(rule, regulation)) for rule in regulation.rules}


def judged(rule: Rule, regulation: Regulation, examples: list[Example]) -> tuple[list[Example], list[Outcome]]:
    return examples, [outcome_of(rule, regulation, example, SCHEDULE)[0] for example in examples]


def grouped(name: str, *more: str) -> Any:
    """One worker judges all the examples of a pack, so that they are judged once."""
    return pytest.param(name, *more, marks=pytest.mark.xdist_group(name), id="-".join((*more[-1:], name)[:1]))


RULES = [grouped(name, rule.id) for name in IDS for rule in pack(name).rules]
PACKS = [grouped(name) for name in IDS]


@pytest.mark.parametrize(("name", "rule_id"), RULES)
def test_every_example_of_a_rule_holds(name: str, rule_id: str) -> None:
    examples, outcomes = results(name)[rule_id]
    wrong = [
        f"line {example.line}: expected {example.expected.value}, got {outcome.value}"
        for example, outcome in zip(examples, outcomes, strict=True)
        if outcome is not example.expected
    ]
    assert wrong == []


@pytest.mark.parametrize(("name", "rule_id"), RULES)
def test_every_rule_has_an_example_that_complies_one_that_violates_and_one_it_does_not_apply_to(
    name: str, rule_id: str
) -> None:
    rule = next(rule for rule in pack(name).rules if rule.id == rule_id)
    expected = {example.expected for example in results(name)[rule_id][0]}
    needed = {Outcome.COMPLIES, Outcome.VIOLATES} | ({Outcome.NOT_APPLICABLE} if rule.when.tests else set())
    assert needed <= expected


@pytest.mark.parametrize("name", PACKS)
def test_the_smallest_step_of_any_number_of_a_rule_changes_some_example(name: str) -> None:
    regulation = pack(name)
    idle = []
    for rule in regulation.rules:
        examples, outcomes = results(name)[rule.id]
        for what, moved in rule_variants(rule):
            if judged(moved, with_rule(regulation, moved), examples)[1] == outcomes:
                idle.append(f"{rule.id}: {what}")
    assert idle == []


@pytest.mark.parametrize("name", PACKS)
def test_the_smallest_step_of_any_number_of_a_fact_changes_some_example(name: str) -> None:
    regulation = pack(name)
    idle = []
    for fact, what, moved in fact_variants(regulation):
        users = [rule for rule in regulation.rules if fact in facts_behind(rule, regulation)]
        if all(judged(rule, moved, results(name)[rule.id][0]) == results(name)[rule.id] for rule in users):
            idle.append(f"{fact}: {what}")
    assert idle == []


def facts_behind(rule: Rule, regulation: Regulation) -> set[str]:
    waiting = [ref.key for ref in refs_in((rule.when, *rule.params.values())) if ref.head == "name"]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in regulation.facts and name not in found:
            found.add(name)
            waiting += [ref.key for ref in refs_in(regulation.facts[name].parts) if ref.head == "name"]
    return found


@pytest.mark.parametrize("name", PACKS)
def test_the_sentences_joined_are_the_articles_of_the_law(name: str) -> None:
    regulation = pack(name)
    law = flat((LAW / f"{name}.txt").read_text(encoding="utf-8"))
    for mended in regulation.mended:
        printed = flat(str(mended["printed"]))
        assert printed in law, mended
        law = law.replace(printed, flat(str(mended["reads"])))
    at = law.index(flat(f"{regulation.articles[0].number}{regulation.articles[0].text}"))
    for article in regulation.articles:
        text = flat(f"{article.number}{article.text}")
        found = law.find(text, at)
        assert found >= 0, f"{article.cite} differs from the law"
        between = re.sub(r"第[一二三四五六七八九]章[\u4e00-\u9fff]{2,10}", "", law[at:found])
        assert between == "", f"text before {article.cite} is not in the pack: {between}"
        at = found + len(text)
    assert not re.match(r"第[一二三四五六七八九十]+条", law[at:])


def flat(text: str) -> str:
    """The text without layout: blanks, and the hyphens that a scan put before numbered items."""
    return re.sub(r"-(?=\([一二三四五六七八九十]\))", "", re.sub(r"\s+", "", text))


@pytest.mark.parametrize("name", PACKS)
def test_every_quote_is_verbatim_and_every_sentence_has_rules_or_a_reason(name: str) -> None:
    for article in pack(name).articles:
        for sentence in article.sentences:
            assert sentence.rules or (sentence.status and sentence.why), sentence.text
            assert all(rule.quote in sentence.text for rule in sentence.rules)


@pytest.mark.parametrize("name", PACKS)
def test_the_base_project_is_clean_at_its_own_stage_and_is_judged_in_earnest(name: str) -> None:
    regulation = pack(name)
    project, _ = build(regulation, {})
    day, stage = base_day(regulation)
    options = Options(as_of=day, schedule=SCHEDULE, stage=stage, assume_in_force=regulation.draft)
    findings = evaluate(project, regulation, Index((Neighbour("base", project),)), options)
    bad = [f"{f.rule} {f.subject}: {f.message}" for f in findings if f.outcome is Outcome.VIOLATES]
    assert bad == []
    assert sum(1 for f in findings if f.outcome is Outcome.COMPLIES) >= 30


@pytest.mark.parametrize("name", PACKS)
def test_every_word_of_a_pack_is_specific_enough_to_be_recognised(name: str) -> None:
    regulation = pack(name)
    assert all(len(word) >= 2 for words in regulation.words.values() for word in words)


@pytest.mark.parametrize("name", PACKS)
def test_open_readings_and_deviations_say_why(name: str) -> None:
    regulation = pack(name)
    assert any(rule.reading for rule in regulation.rules)
    assert all(rule.hint for rule in regulation.rules if rule.check != "scope"), [
        rule.id for rule in regulation.rules if not rule.hint
    ]


@pytest.mark.parametrize("name", PACKS)
def test_the_pack_holds_what_later_commands_need(name: str) -> None:
    regulation = pack(name)
    assert regulation.routes
    assert {"application", "plan"} <= {form["form"] for form in regulation.forms}
    assert any(word.about.get("materials") for word in regulation.words["submissions"].values())
    assert any(rule.check in ("within", "every", "before") for rule in regulation.rules)


@pytest.mark.parametrize("name", PACKS)
def test_a_pack_read_without_its_examples_is_the_same_law(name: str) -> None:
    lean, whole = load(BUILT_IN / f"{name}.yaml", examples=False), pack(name)
    assert not any(rule.examples for rule in lean.rules)
    assert [replace(rule, examples=()) for rule in whole.rules] == list(lean.rules)
    assert (lean.words, lean.facts, lean.stages) == (whole.words, whole.facts, whole.stages)
    assert [a.text for a in lean.articles] == [a.text for a in whole.articles]
