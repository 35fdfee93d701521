"""What several articles want is missing once: one line, which names the other articles; but what is waived is a line of its own."""

from __future__ import annotations

from typing import Any

from small_pack import PACK, judge

from govit.dossier.finding import Finding, Outcome

ARTICLES = """
  - number: 第四条
    sentences:
      - text: 未经审查不得建成；应当经审查。
        rules:
          - {id: SM-4-1, title: 审查后才建成, title_en: F, quote: 未经审查不得建成, check: before,
             first: approvals.甲审@甲局, second: events.完成建设, strength: must}
          - {id: SM-4-2, title: 应经审查, title_en: G, quote: 应当经审查, check: approved, act: 甲审,
             stage: 审批, strength: must}
"""
BUILT = [{"kind": "完成建设", "on": "2024-05-01"}]


def wrong(**given: Any) -> dict[str, Finding]:
    """The findings about the one review that is not there."""
    found = judge(PACK.rstrip() + ARTICLES, budget={"total": "200万元"}, events=BUILT, **given)
    return {
        rule: f for rule, f in found.items() if f.outcome is Outcome.VIOLATES and rule in ("SM-1-1", "SM-4-1", "SM-4-2")
    }


def test_one_line_tells_what_three_rules_want_the_act_itself_before_its_order() -> None:
    (told,) = wrong().values()
    assert told.rule == "SM-1-1"
    assert told.message.endswith("；第四条（SM-4-2）、第四条（SM-4-1）要的也是这一件")


def test_what_is_waived_is_a_line_of_its_own_and_names_no_other() -> None:
    waiver = {"rule": "SM-1-1", "reason": "特批", "by": "某局", "number": "豁1号", "until": "2024-12-31"}
    found = wrong(waivers=[waiver])
    assert set(found) == {"SM-1-1", "SM-4-2"}
    assert "要的也是这一件" not in found["SM-1-1"].message
    assert found["SM-4-2"].message.endswith("；第四条（SM-4-1）要的也是这一件")


def test_a_rule_that_was_asked_for_has_a_line_of_its_own() -> None:
    for rule in ("SM-1-1", "SM-4-1", "SM-4-2"):
        assert set(wrong(rules=[rule])) == {rule}
    both = wrong(rules=["SM-4"])
    assert set(both) == {"SM-4-2"}
    assert both["SM-4-2"].message.endswith("；第四条（SM-4-1）要的也是这一件")
