"""No slip of a pack's author passes in silence: it is refused, changes an example's verdict, or is proven to be none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packs import mutate
from packs import pack_checks as checks
from packs.nudge import with_rule
from small_pack import PACK, regulation

from govit.authoring.example_runs import reminders, run_examples
from govit.base.money import parse_money
from govit.base.records import replace
from govit.law.conditions import ALWAYS, Condition
from govit.law.packs.pack import PackError, build
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from govit.law.regulation import Regulation
    from govit.yamltext.nodes import Node

HERE = Path(__file__).parent
PACKS = [
    pytest.param(path, id=path.stem)
    for path in (
        HERE / "fifth" / "regulations" / "shili-city-2026.yaml",
        HERE / "province" / "regulations" / "shili-province-2025.yaml",
    )
]
of_each = pytest.mark.parametrize("pack", PACKS)


def tree(pack: Path) -> Node:
    root, faults = parse(pack.read_text(encoding="utf-8"))
    assert faults == []
    return root


def refused(root: Node) -> list[tuple[int | None, int | None, str]]:
    with pytest.raises(PackError) as caught:
        build(root, [], "pack.yaml")
    return [(fault.line, fault.column, f"{fault.message}；{fault.hint}") for fault in caught.value.faults]


CHOICES = ("plans", "funding_sources", "levels")
"""Lists that only projects name: no rule need ask which of the words was chosen."""


@of_each
def test_every_key_that_is_misspelt_is_refused_in_its_place(pack: Path) -> None:
    """Those of one depth at once, each a fault of its own; but refs are read by what is written beside them, and the
    parameters of a rule by its `check`.
    """
    for depth, *group in sorted({(k.depth, k.is_ref, k.key == "check") for k in mutate.keys(tree(pack))}):
        root = tree(pack)
        chosen = [k for k in mutate.keys(root) if [k.depth, k.is_ref, k.key == "check"] == [depth, *group]]
        assert misspelt_in_silence(root, chosen) == []


def misspelt_in_silence(root: Node, chosen: list[mutate.Key]) -> list[tuple[str, tuple[int, int]]]:
    renamed = []
    for key in chosen:
        wrong = mutate.misspelt(key.key)
        place = key.holder.keys[key.key]
        value = key.holder.entries[key.key]
        mutate.rename(key.holder, key.key, wrong)
        renamed.append((key, wrong, place, (value.line, value.column)))
    found = refused(root)
    lines = {line for line, _, _ in found}
    keys = {(line, column) for line, column, said in found if "这个键" in said}
    silent = [(wrong, place) for key, wrong, place, _ in renamed if not key.is_ref and place not in keys]
    if all(key.key == "check" for key in chosen):  # that it is lacking is all that can be said of such a rule
        return [] if sum("缺少 check" in said for *_, said in found) == len(chosen) else silent
    silent += [(wrong, place) for key, wrong, place, at in renamed if key.is_ref and not {place[0], at[0]} & lines]
    return silent


WORDS = [
    pytest.param(*pack.values, words, id=f"{words}-{pack.id}", marks=pack.marks)
    for pack in PACKS
    for words, defined in checks.loaded(pack.values[0]).words.items()
    if defined
]


@pytest.mark.parametrize(("pack", "words"), WORDS)
def test_a_word_that_is_defined_otherwise_than_it_is_used_is_told(pack: Path, words: str) -> None:
    root = tree(pack)
    defined = root.entries["words"].entries[words]
    names = list(defined.entries)
    for name in names:
        mutate.rename(defined, name, mutate.misspelt(name))
    built = built_or_faults(root)
    if isinstance(built, PackError):
        assert any(f"“{name}" in fault.message for name in names for fault in built.faults)
    else:
        assert words in CHOICES or run_examples(built, checks.SCHEDULE)[1] > 0


def built_or_faults(root: Node) -> Regulation | PackError:
    try:
        return build(root, [], "pack.yaml")
    except PackError as error:
        return error


# -- what loads ------------------------------------------------------------------------------------

NEVER_NEGATIVE = {"SL-7-3 when lines.监理服务费 > → !=", "用财政资金 funding.财政安排 > → !="}
"""Of amounts, which are never below nothing, `> 0` and `!= 0` say the same."""


@pytest.mark.parametrize("amount", ["-1元", "－1元", "-0.01万元"])
def test_no_amount_is_below_nothing(amount: str) -> None:
    with pytest.raises(ValueError, match=amount):
        parse_money(amount)


def silent(pack: Path, vary: Callable[[Any], Iterator[tuple[str, Any]]]) -> Iterator[str]:
    """What is exchanged and leaves every example as it is."""
    regulation = checks.loaded(pack)
    known = checks.results(pack)
    for rule in regulation.rules:
        examples, outcomes = known[rule.id]
        alone = replace(rule, when=Condition(rule.own_when), framed=ALWAYS)
        for what, own in mutate.rules_varied(alone, vary):
            moved = replace(own, when=Condition((*rule.framed.tests, *own.when.tests)), framed=rule.framed)
            if checks.judged(moved, with_rule(regulation, moved), examples) == outcomes:
                yield f"{rule.id} {what}"
    for what, rules in mutate.frames_varied(regulation, vary):
        if all(checks.judged(r, with_rule(regulation, r), known[r.id][0]) == known[r.id][1] for r in rules):
            yield f"{rules[0].article} {what}"
    for name, what, moved in mutate.facts_varied(regulation, vary):
        users = [rule for rule in regulation.rules if name in checks.facts_behind(rule, regulation)]
        if all(checks.judged(rule, moved, known[rule.id][0]) == known[rule.id][1] for rule in users):
            yield f"{name} {what}"


@of_each
def test_every_operator_matters(pack: Path) -> None:
    assert set(silent(pack, mutate.operators)) <= NEVER_NEGATIVE


@of_each
def test_every_true_and_false_matters(pack: Path) -> None:
    assert set(silent(pack, mutate.truths)) == set()


@of_each
def test_every_word_matters(pack: Path) -> None:
    assert set(silent(pack, mutate.Words(checks.loaded(pack)).of)) == set()


@of_each
def test_every_kind_of_a_list_and_every_step_matters(pack: Path) -> None:
    """Judged as late as examples are, an earlier step says nothing else: a later one is not due yet."""
    regulation, known = checks.loaded(pack), checks.results(pack)
    silent_ones = [
        what
        for what, moved in mutate.lists_varied(regulation)
        if checks.judged(moved, with_rule(regulation, moved), known[moved.id][0]) == known[moved.id][1]
    ]
    assert silent_ones == []


OF_WORDS = ("bodies", "documents", "submissions", "acts", "events")
"""The lists whose words other words name: to, via, materials, by, submissions."""


@of_each
def test_every_word_that_another_word_names_matters(pack: Path) -> None:
    """To whom a submission goes, through whom, with what: the next word of the list is refused, changes an example's
    verdict, or is told to the author.
    """
    root, whole = tree(pack), checks.loaded(pack)
    known = {name: tuple(whole.words[name]) for name in OF_WORDS if name in whole.words}
    told = list(reminders(whole))
    silent_ones = []
    for lists, defined in root.entries["words"].entries.items():
        for name, said in defined.entries.items():
            for key, value in said.entries.items() if isinstance(said.value, dict) else ():
                for entry in value.value if isinstance(value.value, list) else [value]:
                    for was, other in next_words(entry.value, known):
                        entry.value = other
                        if passes(root, told):
                            silent_ones.append(f"{lists} {name} {key}: {was} → {other}")
                        entry.value = was
    assert silent_ones == []


def next_words(word: object, known: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, str]]:
    for words in known.values():
        if isinstance(word, str) and word in words and len(words) > 1:
            yield word, words[(words.index(word) + 1) % len(words)]


def passes(root: Node, told: list[str]) -> bool:
    """Whether a pack says nothing of what was done to it."""
    built = built_or_faults(root)
    return not isinstance(built, PackError) and list(reminders(built)) == told and run_examples(built, checks.SCHEDULE)[1] == 0


def test_a_platform_that_the_article_does_not_name_is_told() -> None:
    text = PACK.replace("交报告: {to: 甲局}", "交报告: {to: 甲局, via: 乙局}")
    assert [one for one in reminders(regulation(text)) if "via" in one] == [
        "  提醒 words.submissions“交报告”的 via“乙局”：要求它的条文没有提到；写错的改正"
    ]
    named = text.replace("建成后六个月内交报告，原则", "建成后六个月内通过乙局交报告，原则").replace(
        "quote: 建成后六个月内交报告", "quote: 建成后六个月内通过乙局交报告"
    )
    assert not [one for one in reminders(regulation(named)) if "via" in one]
