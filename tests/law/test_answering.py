"""未回答 and 已回答: whether a question is answered is known by itself, whatever the answer."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from small_pack import PACK, judge, project, regulation

from govit.calendar.workdays import published
from govit.dossier.finding import Outcome
from govit.dossier.model import Index
from govit.judging.facts import Facts
from govit.judging.reasons import grounds, obstacles
from govit.law.conditions import describe_condition, parse_condition
from govit.law.library import Library, built_in_packs
from govit.law.packs.pack import PackError

NONE: dict[str, Any] = {}


def _answered(answer: str, on: str = "2024-02-01") -> dict[str, Any]:
    note = {"note": "没有"} if answer == "不适用" else {}
    return {"问清楚": {"answer": answer, "by": "某人", "on": on, **note}}


def _pack(words: str) -> str:
    return PACK.replace(
        "stage: 审批, when: {建设类: true, budget", f"stage: 审批, when: {{answers.问清楚: {words}, budget"
    )


@pytest.mark.parametrize(
    ("words", "applies"),
    [
        ("未回答", {"": True, "是": False, "否": False, "不适用": False}),
        ("已回答", {"": False, "是": True, "否": True, "不适用": True}),
        ("[未回答, 否]", {"": True, "是": False, "否": True, "不适用": False}),
        ("[已回答, 是]", {"": False, "是": True, "否": True, "不适用": True}),
    ],
)
def test_whether_it_is_answered_is_never_unknown(words: str, applies: dict[str, bool]) -> None:
    for answer, holds in applies.items():
        given = _answered(answer) if answer else NONE
        found = judge(_pack(words), answers=given, budget={"total": "200万元"})["SM-1-1"]
        assert found.outcome is (Outcome.VIOLATES if holds else Outcome.NOT_APPLICABLE), (words, answer)


def test_an_answer_of_a_later_day_is_none_yet() -> None:
    given: dict[str, Any] = {"answers": _answered("是", "2024-06-04"), "budget": {"total": "200万元"}}
    assert judge(_pack("未回答"), **given)["SM-1-1"].outcome is Outcome.VIOLATES
    assert judge(_pack("未回答"), on="2024-06-04", **given)["SM-1-1"].outcome is Outcome.NOT_APPLICABLE


def test_an_answer_itself_is_still_unknown_while_nobody_gave_it() -> None:
    found = judge(_pack("否"), answers=NONE, budget={"total": "200万元"})["SM-1-1"]
    assert found.outcome is Outcome.UNDETERMINED


@pytest.mark.parametrize(("words", "said"), [("不知", "不是 answers.问清楚 的词"), ('"!= 未回答"', "不能用来比较")])
def test_another_word_is_refused(words: str, said: str) -> None:
    with pytest.raises(PackError) as error:
        regulation(_pack(words))
    assert any(said in fault.message for fault in error.value.faults)


def _facts(answers: dict[str, Any]) -> Facts:
    pack = regulation()
    return Facts(project(pack, answers=answers), pack, Index(), dt.date(2024, 6, 3), published())


def test_it_is_said_in_words() -> None:
    one, several = parse_condition({"answers.问清楚": "未回答"}), parse_condition({"answers.问清楚": ["未回答", "否"]})
    assert describe_condition(one) == "人工确认“问清楚”未回答"
    assert describe_condition(several) == "人工确认“问清楚”为未回答、否之一"
    facts = _facts(NONE)
    assert grounds(facts, several) == ("人工确认“问清楚”未回答",)
    facts = _facts(_answered("是"))
    assert obstacles(facts, several) == ("人工确认“问清楚”已回答“是”",)


@pytest.mark.parametrize("path", built_in_packs(), ids=lambda path: path.stem)
def test_no_pack_says_it_with_a_condition_that_never_holds(path: Any) -> None:
    pack = Library(examples=False).get(path.stem)
    assert pack is not None
    days = [
        test.to
        for fact in pack.facts.values()
        for condition in fact.derivation.conditions
        for test in condition.tests
        if test.ref.head == "as_of" and isinstance(test.to, dt.date)
    ]
    assert all(pack.issued and day >= pack.issued for day in days), "a day of judgement is never so early"
