"""The same phrase is treated alike in all texts, or it is written why not."""

from __future__ import annotations

import pytest
import yaml
from packs.pack_checks import loaded
from packs.phrase_checks import differing, treatments
from places import TESTS

from govit.law.library import built_in_packs

REASONS = TESTS / "packs" / "phrases.yaml"
TOO_SHORT = 10
"""A reason of fewer characters says nothing."""


@pytest.fixture(scope="module")
def reasons() -> dict[str, str]:
    found: dict[str, str] = yaml.safe_load(REASONS.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def unlike() -> dict[str, dict[str, set[str]]]:
    return dict(differing(loaded(path) for path in built_in_packs()))


def test_every_phrase_that_two_texts_treat_differently_has_a_written_reason(
    reasons: dict[str, str], unlike: dict[str, dict[str, set[str]]]
) -> None:
    unexplained = {phrase: how for phrase, how in unlike.items() if phrase not in reasons}
    assert unexplained == {}


def test_no_reason_is_kept_for_what_is_treated_alike(
    reasons: dict[str, str], unlike: dict[str, dict[str, set[str]]]
) -> None:
    assert sorted(set(reasons) - set(unlike)) == []


def test_every_reason_says_something(reasons: dict[str, str]) -> None:
    assert [phrase for phrase, why in reasons.items() if len(why) < TOO_SHORT] == []


@pytest.mark.parametrize(
    "phrase",
    [
        "国库集中支付有关制度规定执行",
        "限期整改",
        "高耗能项目的除外",
        "需求合理，目标明确",
        "建设内容、技术方案和投资估算合理可行",
    ],
)
def test_what_was_once_treated_lazily_is_judged_wherever_it_stands(phrase: str) -> None:
    packs = [loaded(path) for path in built_in_packs()]
    treated = treatments(phrase, packs)
    assert len(treated) > 1
    assert not any("无法判断" in how for how in treated.values())
