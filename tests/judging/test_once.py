"""Facts rest on facts, often on the same by many ways: each is worked out once, whatever is asked of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import TYPE_CHECKING, Any

import pytest
from small_pack import PACK, project, regulation

from govit.calendar.workdays import published
from govit.deadlines import triggers
from govit.dossier.model import Index
from govit.judging import facts as facts_module
from govit.judging import reasons
from govit.judging.checks.value import basis_of
from govit.judging.engine import Options, evaluate
from govit.judging.facts import Facts
from govit.law.asks_for import holds
from govit.law.conditions import Ref, parse_condition
from govit.law.packs.pack import PackError
from govit.route.proof import resolved

if TYPE_CHECKING:
    from collections.abc import Callable

    from govit.law.derivations import Derivation

DEPTH = 20
TOP = Ref(f"事{DEPTH}", "name", f"事{DEPTH}")


def _chain(first: str, each: Callable[[int], str], depth: int = DEPTH) -> str:
    lines = [f"  - {{name: 事0, article: 第一条, {first}}}"]
    lines += [f"  - {{name: 事{n}, article: 第一条, {each(n)}}}" for n in range(1, depth + 1)]
    return PACK.replace("facts: []", "facts:\n" + "\n".join(lines))


def _twice(n: int) -> str:
    return f'any: [{{事{n - 1}: true}}, {{事{n - 1}: true, budget.total: "> 1元"}}]'


BY_TRAIT = _chain("any: [{跨界: true}]", _twice)
BY_ITEM = _chain(
    "any: [{item.date: '> 2023-01-01'}]",
    lambda n: _twice(n).replace('budget.total: "> 1元"', "item.date: '> 2023-01-01'"),
)
BY_DAY = _chain("later: [events.完成建设, submissions.交报告]", lambda n: f"later: [事{n - 1}, 事{n - 1}]")


def _facts(text: str, **given: Any) -> Facts:
    pack = regulation(text)
    return Facts(project(pack, **given), pack, Index(), dt.date(2024, 6, 3), published())


@pytest.fixture
def derived(monkeypatch: pytest.MonkeyPatch) -> Counter[int]:
    """How often each derivation is worked out."""
    found: Counter[int] = Counter()
    real = facts_module.derive

    def counted(facts: Any, how: Derivation, item: Any) -> Any:
        found[id(how)] += 1
        return real(facts, how, item)

    monkeypatch.setattr(facts_module, "derive", counted)
    return found


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often it is asked whether a test holds: by far the most that is done."""
    found: Counter[str] = Counter()
    real = Facts.test

    def counted(self: Facts, test: Any, item: Any = None) -> bool | None:
        found["tests"] += 1
        return real(self, test, item)

    monkeypatch.setattr(Facts, "test", counted)
    return found


WHETHER = parse_condition({TOP.text: "true"})
MOST = 40 * DEPTH


@pytest.mark.parametrize("traits", [{}, {"跨界": True}, {"跨界": False}])
@pytest.mark.parametrize(
    "ask",
    [
        lambda facts: facts.unknown_in(WHETHER),
        lambda facts: basis_of(TOP, facts, None),
        lambda facts: reasons.grounds(facts, WHETHER),
        lambda facts: reasons.obstacles(facts, WHETHER),
        lambda facts: reasons.awaited(facts, WHETHER),
        lambda facts: reasons.wanting(facts, WHETHER),
        lambda facts: facts.rests_on([TOP], [Ref("name", "field", "name")]),
        lambda facts: list(resolved(facts, [TOP])),
        lambda facts: holds(WHETHER, facts.regulation, "新建"),
    ],
)
def test_a_chain_is_followed_once(
    ask: Callable[[Facts], object], traits: dict[str, bool], derived: Counter[int], asked: Counter[str]
) -> None:
    facts = _facts(BY_TRAIT, traits=traits)
    ask(facts)
    ask(facts)
    assert set(derived.values()) <= {1}
    assert asked["tests"] <= MOST


def test_behind_the_unknown_at_the_end_stands_the_one_trait() -> None:
    facts = _facts(BY_TRAIT)
    assert facts.unknown_in(WHETHER) == [Ref("traits.跨界", "trait", "跨界")]
    assert facts.rests_on([TOP], [Ref("traits.跨界", "trait", "跨界")])


def test_of_an_item_too(derived: Counter[int], asked: Counter[str]) -> None:
    facts = _facts(BY_ITEM, documents=[{"kinds": ["方案书"], "date": "2024-01-01"}, {"kinds": ["方案书"]}])
    first, second = facts.items("documents")
    assert facts.holds(WHETHER, first) is True
    assert facts.holds(WHETHER, second) is None
    assert facts.unknown_in(WHETHER, second) == [Ref("item.date", "item", "date")]
    assert set(derived.values()) == {2}, "once for each of the two documents"
    assert asked["tests"] <= MOST


def test_of_days_too(derived: Counter[int]) -> None:
    facts = _facts(BY_DAY)
    rule = facts.regulation.rules[0]
    assert triggers.awaited(facts, TOP) == "完成建设和交报告"
    assert triggers.described(facts, TOP, rule) == "完成建设和交报告"
    assert facts.unknown_behind(TOP) == []
    assert set(derived.values()) == {1}


def test_a_whole_run_follows_it_once(derived: Counter[int]) -> None:
    pack = regulation(BY_TRAIT.replace("when: {建设类: true", f"when: {{事{DEPTH}: true, 建设类: true"))
    options = Options(as_of=dt.date(2024, 6, 3), schedule=published())
    evaluate(project(pack), pack, Index(), options)
    assert derived
    assert set(derived.values()) == {1}


def test_facts_that_rest_on_one_another_too_deep_are_refused() -> None:
    with pytest.raises(PackError, match="40 层以下"):
        regulation(_chain("any: [{跨界: true}]", _twice, depth=60))


def test_a_circle_at_the_end_of_a_chain_is_told_once_for_each_fact() -> None:
    with pytest.raises(PackError) as caught:
        regulation(_chain(f"any: [{{事{DEPTH}: true}}]", _twice))
    assert len(caught.value.faults) == DEPTH + 1
