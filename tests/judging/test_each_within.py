"""A period that runs from each of several events: each wants an act of its own."""

from __future__ import annotations

import pytest
from small_pack import PACK, judge, regulation

from govit.dossier.finding import Outcome

RULE = "from: events.完成建设, act: submissions.交报告, period: 6个月, strength: must"
EACH = RULE.replace("from: events.完成建设", "each: {events: [完成建设]}, from: item.on").replace("6个月", "10日")
TEXT = PACK.replace(RULE, EACH)
TWO = [{"kind": "完成建设", "on": "2024-03-01"}, {"kind": "完成建设", "on": "2024-03-04"}]


def sent(*days: str, **more: str) -> list[dict[str, str]]:
    return [{"kind": "交报告", "to": "甲局", "on": day, **more} for day in days]


@pytest.mark.parametrize(
    ("submissions", "outcome"),
    [
        (sent("2024-03-06", "2024-03-14"), Outcome.COMPLIES),
        (sent("2024-03-06"), Outcome.VIOLATES),
        (sent("2024-03-06", "2024-03-15"), Outcome.VIOLATES),
        (sent("2024-03-06", of="2024-03-04"), Outcome.VIOLATES),
        ([*sent("2024-03-06", of="2024-03-04"), *sent("2024-03-11")], Outcome.COMPLIES),
        ([*sent("2024-03-06", of="2024-03-04"), *sent("2024-03-13")], Outcome.VIOLATES),
        ([], Outcome.VIOLATES),
    ],
)
def test_one_record_serves_for_one_event(submissions: list[dict[str, str]], outcome: Outcome) -> None:
    assert judge(TEXT, on="2024-06-03", events=TWO, submissions=submissions)["SM-2-1"].outcome is outcome


def test_one_event_is_judged_as_before() -> None:
    assert judge(TEXT, events=TWO[:1], submissions=sent("2024-03-11"))["SM-2-1"].outcome is Outcome.COMPLIES
    assert judge(TEXT, events=[], submissions=[])["SM-2-1"].outcome is Outcome.NOT_APPLICABLE


def test_it_says_so_itself_and_may_be_said_otherwise() -> None:
    (rule, *_) = [one for one in regulation(TEXT).rules if one.id == "SM-2-1"]
    assert rule.demand.in_words.endswith("事项“完成建设”各有自己的一份")
    (plain, *_) = [one for one in regulation(PACK).rules if one.id == "SM-2-1"]
    assert "各有自己的一份" not in plain.demand.in_words
