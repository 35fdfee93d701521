"""No word of a regulation stands in Python: a fifth city needs YAML only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from places import ROOT

from govit.law.library import Library, built_in_packs

if TYPE_CHECKING:
    from govit.law.regulation import Regulation

SOURCES = sorted((ROOT / "govit").rglob("*.py"))
LISTS = ("bodies", "acts", "documents", "events", "submissions", "contracts", "notices", "traits")


def words_of(regulation: Regulation) -> set[str]:
    words = {word for name in LISTS for word in regulation.words[name]}
    words |= {spelling for name in LISTS for word in regulation.words[name].values() for spelling in word.also}
    return words | set(regulation.questions) | {rule.id for rule in regulation.rules} | {regulation.id}


def found_in_python(regulation: Regulation) -> list[str]:
    """The words of a regulation that stand in a source of the program, each with its file."""
    words = words_of(regulation)
    assert len(words) > 50
    return [
        f"{path.name}: {word}"
        for path in SOURCES
        for text in [path.read_text(encoding="utf-8")]
        for word in sorted(words)
        if word in text
    ]


@pytest.mark.parametrize("regulation", [path.stem for path in built_in_packs()])
def test_no_body_act_document_event_question_or_rule_of_a_pack_stands_in_python(regulation: str) -> None:
    pack = Library().get(regulation)
    assert pack is not None
    assert found_in_python(pack) == []
