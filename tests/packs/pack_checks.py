"""What is asked of every pack, built in or not: each check takes a regulation and asserts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from packs.nudge import fact_variants, rule_variants, with_rule

from govit.authoring.examples import Example, base_day, build, examples_of, outcome_for
from govit.base.records import fields, is_record, replace
from govit.calendar.workdays import published
from govit.dossier.finding import Outcome
from govit.dossier.model import Index, Neighbour
from govit.judging.engine import Options, evaluate
from govit.law.conditions import refs_in
from govit.law.kinds.demand import Clock
from govit.law.library import BUILT_IN, Library
from govit.law.packs.pack import load

if TYPE_CHECKING:
    from pathlib import Path

    from govit.dossier.model import Project
    from govit.law.regulation import Regulation, Rule

    Built = tuple[Example, tuple[Project, list[Project]]]
    Results = dict[str, tuple[list[Built], list[Outcome]]]

SCHEDULE = published()


@cache
def loaded(path: Path) -> Regulation:
    """A pack, read once; one of this package by whoever asks first."""
    found = Library(examples=True).get(path.stem) if path.parent == BUILT_IN else None
    return load(path) if found is None else found


@cache
def results(path: Path) -> Results:
    """Every example of a pack with its project and with what came out, built and judged once."""
    regulation = loaded(path)
    projects: dict[str, tuple[Project, list[Project]]] = {}

    def built(example: Example) -> Built:
        key = repr((example.patch, example.as_of))
        if key not in projects:
            projects[key] = build(regulation, example.patch, example.as_of)
        return example, projects[key]

    made = {rule.id: [built(example) for example in examples_of(rule, regulation)] for rule in regulation.rules}
    return {rule.id: (made[rule.id], judged(rule, regulation, made[rule.id])) for rule in regulation.rules}


def judged(rule: Rule, regulation: Regulation, examples: list[Built]) -> list[Outcome]:
    return [outcome_for(rule, regulation, example, project, SCHEDULE)[0] for example, project in examples]


# -- the examples ----------------------------------------------------------------------------------


def examples_hold(path: Path, rule_id: str) -> None:
    examples, outcomes = results(path)[rule_id]
    wrong = [
        f"line {example.line}: expected {example.expected.value}, got {outcome.value}"
        for (example, _), outcome in zip(examples, outcomes, strict=True)
        if outcome is not example.expected
    ]
    assert wrong == [], "\n".join(wrong)


def examples_suffice(path: Path, rule_id: str) -> None:
    assert lacking(path, next(rule for rule in loaded(path).rules if rule.id == rule_id)) == set()


def all_examples_suffice(path: Path) -> None:
    assert [(rule.id, found) for rule in loaded(path).rules if (found := lacking(path, rule))] == []


def lacking(path: Path, rule: Rule) -> set[Outcome]:
    """The outcomes that a rule can have and no example of it has."""
    needed = {Outcome.COMPLIES, Outcome.VIOLATES} | ({Outcome.NOT_APPLICABLE} if rule.own_when else set())
    return needed - {example.expected for example, _ in results(path)[rule.id][0]}


# -- the numbers -----------------------------------------------------------------------------------


def every_number_of_a_rule_matters(path: Path) -> None:
    regulation = loaded(path)
    idle = []
    for rule in regulation.rules:
        examples, outcomes = results(path)[rule.id]
        for what, moved in rule_variants(rule):
            if judged(moved, with_rule(regulation, moved), examples) == outcomes:
                idle.append(f"{rule.id}: {what}")
    assert idle == [], "\n".join(idle)


def every_number_of_a_fact_matters(path: Path) -> None:
    regulation = loaded(path)
    idle = []
    for fact, what, moved in fact_variants(regulation):
        users = [rule for rule in regulation.rules if fact in facts_behind(rule, regulation)]
        if all(judged(rule, moved, results(path)[rule.id][0]) == results(path)[rule.id][1] for rule in users):
            idle.append(f"{fact}: {what}")
    assert idle == [], "\n".join(idle)


def facts_behind(rule: Rule, regulation: Regulation) -> set[str]:
    waiting = [ref.key for ref in (*refs_in(rule.when), *rule.demand.refs()) if ref.head == "name"]
    found: set[str] = set()
    while waiting:
        name = waiting.pop()
        if name in regulation.facts and name not in found:
            found.add(name)
            waiting += [ref.key for ref in regulation.facts[name].derivation.mentioned() if ref.head == "name"]
    return found


# -- the text --------------------------------------------------------------------------------------


def sentences_are_the_law(path: Path, law_text: str) -> None:
    regulation = loaded(path)
    law = flat(law_text)
    for mended in regulation.mended:
        printed = flat(mended.printed)
        assert printed in law, mended
        law = law.replace(printed, flat(mended.reads))
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


def quotes_are_verbatim_and_no_sentence_is_left_out(path: Path) -> None:
    for article in loaded(path).articles:
        for sentence in article.sentences:
            assert sentence.rules or (sentence.status and sentence.why), sentence.text
            assert all(rule.quote in sentence.text for rule in sentence.rules)


# -- the rest --------------------------------------------------------------------------------------


def base_is_clean_and_judged_in_earnest(path: Path) -> None:
    regulation = loaded(path)
    project, _ = build(regulation, {})
    day, stage = base_day(regulation)
    options = Options(as_of=day, schedule=SCHEDULE, stage=stage, assume_in_force=regulation.draft)
    findings = evaluate(project, regulation, Index((Neighbour("base", project),)), options)
    bad = [f"{f.rule} {f.subject}: {f.message}" for f in findings if f.outcome is Outcome.VIOLATES]
    assert bad == [], "\n".join(bad)
    assert sum(1 for f in findings if f.outcome is Outcome.COMPLIES) >= 30


def words_are_specific(path: Path) -> None:
    assert all(len(word) >= 2 for words in loaded(path).words.values() for word in words)


def readings_and_hints_are_given(path: Path) -> None:
    regulation = loaded(path)
    assert any(rule.reading for rule in regulation.rules)
    assert all(rule.hint for rule in regulation.rules if rule.check != "scope"), [
        rule.id for rule in regulation.rules if not rule.hint
    ]


def later_commands_find_what_they_need(path: Path) -> None:
    regulation = loaded(path)
    assert regulation.routes
    assert {"application", "plan"} <= {form.form for form in regulation.forms}
    assert any(word.materials for word in regulation.words["submissions"].values())
    assert any(rule.demand.clock is not Clock.STANDING for rule in regulation.rules)


def without_examples_it_is_the_same_law(path: Path) -> None:
    lean, whole = load(path, examples=False), loaded(path)
    assert not any(rule.examples for rule in lean.rules)
    assert [as_data(replace(rule, examples=())) for rule in whole.rules] == as_data(list(lean.rules))
    assert as_data([lean.words, lean.facts, lean.stages]) == as_data([whole.words, whole.facts, whole.stages])
    assert [a.text for a in lean.articles] == [a.text for a in whole.articles]


def as_data(value: Any) -> Any:
    """What records hold, all the way down: records are equal only to themselves."""
    if is_record(value):
        return type(value).__name__, {f.name: as_data(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {key: as_data(entry) for key, entry in value.items()}
    return [as_data(entry) for entry in value] if isinstance(value, (list, tuple)) else value
