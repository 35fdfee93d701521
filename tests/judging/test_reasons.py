"""Why a condition holds or does not, in the project's own figures, down through the facts of the pack."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from small_pack import PACK, project, regulation

from govit.calendar.workdays import published
from govit.dossier.model import Index
from govit.judging.facts import Facts
from govit.judging.reasons import awaited, grounds, obstacles, wanting
from govit.law.conditions import Ref, describe_ref, label_of_ref, parse_condition, parse_ref, record_ref
from govit.route.proof import proofs

if TYPE_CHECKING:
    from govit.law.conditions import Condition

FACTS = """facts:
  - {name: 大项目, article: 第一条, any: [{建设类: true, budget.total: "> 100万元"}, {跨界: true}]}
  - {name: 已审, article: 第一条, any: [{approvals.甲审@甲局: true}, {approvals.乙审: true}]}
  - {name: 称已审, article: 第一条, any: [{objective: 已审}, {approvals.甲审: true}]}
  - {name: 完成日, article: 第二条, first: [events.完成建设, approvals.乙审]}
  - {name: 审毕日, article: 第二条, later: [approvals.甲审, approvals.乙审]}
  - {name: 规模, article: 第一条, first: [budget.single, budget.total]}
  - {name: 有大额行, article: 第一条, exists: {list: lines, where: {item.amount: "> 50万元"}}}
"""
TEXT = PACK.replace("facts: []\n", FACTS)
REVIEW = {"act": "甲审", "body": "甲局", "result": "通过", "date": "2024-02-01", "number": "甲字1号"}


def facts(**given: Any) -> Facts:
    one = regulation(TEXT)
    return Facts(project(one, **given), one, Index(), dt.date(2024, 6, 3), published())


def condition_of(given: dict[str, Any]) -> Condition:
    """A condition as a pack writes it, where true is the word."""
    return parse_condition(
        {key: str(value).lower() if isinstance(value, bool) else value for key, value in given.items()}
    )


def held(condition: dict[str, Any], **given: Any) -> tuple[str, ...]:
    known = facts(**given)
    parsed = condition_of(condition)
    assert known.holds(parsed) is True
    return grounds(known, parsed)


def failed(condition: dict[str, Any], **given: Any) -> tuple[str, ...]:
    known = facts(**given)
    parsed = condition_of(condition)
    assert known.holds(parsed) is False
    return obstacles(known, parsed)


BIG: dict[str, Any] = {"budget": {"total": "120万元"}}


def test_figures_are_told_with_the_bound_that_they_pass_or_miss() -> None:
    assert held({"budget.total": "> 100万元"}, **BIG) == ("总投资 120万元，超过 100万元",)
    assert failed({"budget.total": "> 120万元"}, **BIG) == ("总投资 120万元，不超过 120万元",)
    assert failed({"budget.total": ">= 121万元"}, **BIG) == ("总投资 120万元，小于 121万元",)
    assert held({"budget.total": "> 100万元, <= 120万元"}, **BIG) == ("总投资 120万元，超过 100万元，不超过 120万元",)
    assert held({"budget.total": "> 0元"}, **BIG) == ("总投资 120万元",)


def test_a_per_cent_is_told_with_its_base() -> None:
    given = {"budget": {"total": "120万元", "operation": "12万元"}}
    (told,) = held({"budget.operation": "<= 10% budget.total"}, **given)
    assert told.endswith(" 12万元，不超过 总投资 120万元的 10%")


def test_a_fact_is_followed_to_what_decided_it() -> None:
    assert held({"大项目": True}, **BIG) == ("项目类别 新建，属建设类", "总投资 120万元，超过 100万元")
    assert held({"大项目": True}, traits={"跨界": True}) == ("跨界：是",)
    assert failed({"大项目": True}, traits={"跨界": False}) == ("总投资 100万元，不超过 100万元", "跨界：否")
    assert held({"规模": "> 100万元"}, **BIG) == ("总投资 120万元，超过 100万元",)
    assert held({"有大额行": False}, budget={"total": "1元", "lines": [{"name": "甲", "amount": "1元"}]}) == (
        "“有大额行”不成立",
    )


def test_a_category_is_told_by_its_name() -> None:
    assert held({"建设类": False}, category="运维") == ("项目类别 运维，不属建设类",)
    assert failed({"category": ["运维"]}) == ("项目类别 新建，不是运维",)
    assert held({"category": "新建"}) == ("项目类别 新建",)


def test_records_are_told_with_date_and_number() -> None:
    assert held({"approvals.甲审": True}, approvals=[REVIEW]) == ("已有审批“甲审”（2024-02-01 甲字1号）",)
    assert held({"approvals.甲审": False}) == ("没有审批“甲审”",)
    assert failed({"approvals.甲审": True}) == ("没有审批“甲审”",)
    assert held({"approvals.甲审": "< 2024-03-01"}, approvals=[REVIEW]) == ("审批“甲审” 2024-02-01，早于 2024-03-01",)
    assert failed({"events.完成建设": "< 2024-03-01"}) == ("没有事项“完成建设”",)


def test_what_is_only_not_recorded_is_told_by_the_name_of_the_fact() -> None:
    assert held({"已审": False}) == ("“已审”不成立",)


def test_dates_taken_from_one_of_several_records() -> None:
    event = [{"kind": "完成建设", "on": "2024-05-01"}]
    assert held({"完成日": "< 2024-06-01"}, events=event) == ("事项“完成建设” 2024-05-01，早于 2024-06-01",)
    assert held({"完成日": True}, events=event) == ("事项“完成建设” 2024-05-01",)
    assert held({"完成日": False}) == ("“完成日”没有日期或金额",)


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"approvals.甲审": True}, ["审批“甲审”"]),
        ({"已审": True}, ["甲局的审批“甲审”"]),
        ({"称已审": True, "建设类": True}, ["审批“甲审”"]),
        ({"审毕日": True}, ["“审毕日”"]),
        ({"approvals.甲审": True, "budget.total": "> 900万元"}, []),
        ({"建设类": False}, []),
        ({"建设类": True}, []),
    ],
)
def test_the_records_still_to_come_are_named_unless_something_else_decides(
    condition: dict[str, Any], expected: list[str]
) -> None:
    known = facts(objective="未审")
    assert [describe_ref(ref) for ref in awaited(known, condition_of(condition))] == expected


def test_what_must_be_filled_in_is_named_a_trait_with_its_question() -> None:
    known = facts(budget=None)
    condition = condition_of({"大项目": True})
    assert known.holds(condition) is None
    assert wanting(known, condition) == ("budget.total（总投资）", "traits.跨界（是否跨界？）")


def test_proofs_are_the_records_that_a_rule_is_about_by_date() -> None:
    refused = {**REVIEW, "result": "不通过", "date": "2024-01-01"}
    known = facts(approvals=[{**REVIEW, "date": "2024-03-01"}, REVIEW, refused], documents=[{"kinds": ["方案书"]}])
    rules = {rule.id: rule for rule in known.regulation.rules}
    assert [(p.day, p.number) for p in proofs(rules["SM-1-1"], known)] == [
        (dt.date(2024, 2, 1), "甲字1号"),
        (dt.date(2024, 3, 1), "甲字1号"),
    ]
    assert [(p.list, p.kind) for p in proofs(rules["SM-3-1"], known)] == [("documents", "方案书")]
    assert proofs(rules["SM-3-2"], known) == ()


@pytest.mark.parametrize(
    ("ref", "label"),
    [
        (parse_ref("budget.total"), "总投资"),
        (parse_ref("schedule.end.year"), "schedule.end（计划完工日期）的年份"),
        (parse_ref("item.cumulative"), "累计调整数额"),
        (parse_ref("funding.财政资金（市级）"), "财政资金（市级）"),
        (parse_ref("approvals.立项@甲局.until"), "甲局的审批“立项”的截止日期"),
        (Ref("traits.涉密（分级）", "trait", "涉密（分级）"), "traits.涉密（分级）"),
    ],
)
def test_a_label_is_the_key_s_own_and_no_part_of_what_is_shown(ref: Ref, label: str) -> None:
    assert label_of_ref(ref) == label


def test_what_is_handed_in_goes_to_a_body_and_what_is_approved_comes_from_it() -> None:
    assert describe_ref(record_ref("submissions", "年度计划申报", "市数据局")) == "向市数据局的报送“年度计划申报”"
    assert describe_ref(record_ref("approvals", "方案审核", "市数据局")) == "市数据局的审批“方案审核”"
