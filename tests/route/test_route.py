"""The ways of approval: which route, which steps, why, and whether they were made."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from packs.nudge import only as only_rules
from packs.pack_checks import SCHEDULE, loaded
from places import FIFTH, SAMPLES
from routing import case_of, only, pack, routed, steps_of
from small_pack import PACK, project, regulation

from govit.authoring.examples import ExampleError, build, examples_of
from govit.base.records import replace
from govit.dossier.finding import Outcome, Severity
from govit.judging import run
from govit.law.library import built_in_packs
from govit.law.packs.pack import PackError
from govit.law.packs.pack import build as build_pack
from govit.report import mermaid, route_json
from govit.report import route as route_text
from govit.route.routing import merged, route
from govit.route.steps import StepState
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.dossier.model import Project
    from govit.judging.case import Case
    from govit.judging.engine import Options
    from govit.law.regulation import PackStep, Regulation, Rule
    from govit.route.proof import Proof
    from govit.route.steps import Route, Routed, Step

PACKS = [path.stem for path in built_in_packs()]
SAMPLE = SAMPLES

# -- a small pack: the states of a step ------------------------------------------------------------

ROUTES = """
routes:
  - name: 大项目
    article: 第一条
    when: {建设类: true, budget.total: "> 100万元"}
    steps:
      - {rule: SM-1-1, body: 甲局, does: 审查, papers: [方案书]}
      - {rule: SM-2-1, body: 甲局, does: 收报告}
  - name: 小项目
    article: 第三条
    when: {建设类: true, budget.total: "<= 100万元"}
    steps:
      - rule: SM-3-1
        body: 本单位
        does: 写方案
        choice: [{papers: [方案书]}, {papers: [方案书], merged: true, allowed: 跨界}]
      - {rule: SM-3-2, body: 本单位, does: 问清楚}
      - {rule: SM-2-1, body: 甲局, does: 收报告}
"""
BIG = {"budget": {"total": "120万元"}}
REVIEWED = [{"act": "甲审", "body": "甲局", "result": "通过", "date": "2024-02-01", "number": "甲字1号"}]


def small(on: str = "2024-06-03", stage: str | None = None, text: str = PACK + ROUTES, **given: Any) -> Routed:
    one = regulation(text)
    return route(case_of(one, project(one, **given), dt.date.fromisoformat(on), stage))


def states(found: Route) -> dict[str, StepState]:
    return {step.rule.id: step.state for step in found.steps}


def test_the_route_is_the_one_whose_condition_holds_and_says_why() -> None:
    big, little = small(**BIG), small()
    assert (only(big).name, only(little).name) == ("大项目", "小项目")
    assert only(big).reasons == ("项目类别 新建，属建设类", "总投资 120万元，超过 100万元")
    assert only(little).reasons[-1] == "总投资 100万元，不超过 100万元"
    assert [(o.name, o.reasons) for o in big.others] == [("小项目", ("总投资 120万元，超过 100万元",))]


def test_a_step_that_is_due_and_not_made_is_open_and_next() -> None:
    found = only(small(**BIG))
    assert states(found) == {"SM-1-1": StepState.OPEN, "SM-2-1": StepState.WAITING}
    assert found.next is found.steps[0]
    assert found.steps[0].reasons == ("项目类别 新建，属建设类", "总投资 120万元，超过 100万元")
    assert [(paper.kinds, paper.present) for paper in found.steps[0].papers] == [(("方案书",), True)]


def test_a_step_whose_stage_has_not_come_is_upcoming() -> None:
    found = only(small(**BIG, stage="申报"))
    assert states(found)["SM-1-1"] is StepState.UPCOMING
    assert not found.steps[0].reached
    assert found.steps[0].details == ("“审批”之前办好",)
    assert found.next is found.steps[0]


def test_a_step_that_was_left_behind_is_missed() -> None:
    found = only(small(**{**BIG, "stage": "验收"}))
    assert states(found)["SM-1-1"] is StepState.MISSED


def test_a_step_that_was_made_shows_date_and_number() -> None:
    found = only(small(**BIG, approvals=REVIEWED))
    step = found.steps[0]
    assert step.state is StepState.DONE
    assert [(p.body, p.kind, p.day, p.number) for p in step.proofs] == [
        ("甲局", "甲审", dt.date(2024, 2, 1), "甲字1号")
    ]
    assert found.next is None


def test_a_step_made_ahead_of_its_stage_is_done() -> None:
    assert only(small(**{**BIG, "stage": "草拟"}, approvals=REVIEWED)).steps[0].state is StepState.DONE


def test_a_refusal_is_no_approval() -> None:
    step = only(small(**BIG, approvals=[{**REVIEWED[0], "result": "退回修改"}])).steps[0]
    assert (step.state, step.proofs) == (StepState.OPEN, ())
    assert step.details == ("甲局的“甲审”的结果是退回修改",)


@pytest.mark.parametrize(
    ("on", "reported", "state"),
    [
        ("2024-03-01", None, StepState.OPEN),
        ("2024-08-01", None, StepState.OPEN),
        ("2024-08-02", None, StepState.OVERDUE),
        ("2024-09-02", "2024-08-01", StepState.DONE),
        ("2024-09-02", "2024-08-02", StepState.FAULTY),
    ],
)
def test_a_period_is_open_until_its_last_day_then_overdue_and_faulty_if_made_late(
    on: str, reported: str | None, state: StepState
) -> None:
    reports = [{"kind": "交报告", "to": "甲局", "on": reported}] if reported else []
    found = small(on, **BIG, events=[{"kind": "完成建设", "on": "2024-02-01"}], submissions=reports)
    step = steps_of(only(found))["SM-2-1"]
    assert (step.state, step.due) == (state, dt.date(2024, 8, 1))


def test_a_period_waits_for_its_trigger_and_names_it() -> None:
    step = steps_of(only(small()))["SM-2-1"]
    assert (step.state, step.details) == (StepState.WAITING, ("事项“完成建设”之后 6个月内办",))


def test_what_fell_due_before_the_first_day_is_left_to_the_earlier_law() -> None:
    given = {
        **BIG,
        "stage": "验收",
        "approvals": [{"act": "乙审", "body": "乙局", "result": "通过", "date": "2023-05-01"}],
    }
    assert only(small(**given)).steps[0].state is StepState.EARLIER_LAW


def test_what_is_not_filled_in_is_undetermined_and_named_and_the_routes_that_remain_are_one_ladder() -> None:
    found = only(small(budget=None))
    assert not found.certain
    assert found.name == "大项目，或者小项目"
    assert found.missing == ("budget.total（总投资）",)
    assert [step.rule.id for step in found.steps] == ["SM-1-1", "SM-3-1", "SM-3-2", "SM-2-1"]
    assert found.steps[0].state is StepState.UNDETERMINED
    assert found.next is None or found.next.state is not StepState.UNDETERMINED
    assert steps_of(found)["SM-1-1"].state is StepState.UNDETERMINED
    assert steps_of(found)["SM-1-1"].missing == ("budget.total（总投资）",)


def test_an_answered_question_and_a_paper_that_is_there() -> None:
    assert states(only(small())) == {"SM-3-1": StepState.DONE, "SM-3-2": StepState.MET, "SM-2-1": StepState.WAITING}


def test_the_choices_are_shown_with_whether_and_why() -> None:
    def choices(**given: Any) -> list[tuple[bool | None, tuple[str, ...], bool]]:
        return [(c.allowed, c.reasons, c.taken) for c in only(small(**given)).steps[0].choices]

    assert choices() == [(True, (), False), (None, ("traits.跨界（是否跨界？）",), True)]
    assert choices(traits={"跨界": True})[1][:2] == (True, ("跨界：是",))
    assert choices(traits={"跨界": False})[1][:2] == (False, ("跨界：否",))


def test_a_classified_project_gets_the_channel_and_nothing_more() -> None:
    text = PACK + ROUTES + "  - {name: 涉密项目, article: 第三条, channel: 走专门渠道}\n"
    one = regulation(text)
    stub = replace(project(one), classified=True, name=None)
    found = route(case_of(one, stub, dt.date(2024, 6, 3)))
    assert [(r.name, r.channel, r.steps) for r in found.routes] == [("涉密项目", "走专门渠道", ())]
    assert found.others == ()
    assert [r.name for r in small(text=text).routes] == ["小项目"]


def test_a_route_without_a_condition_is_taken_where_a_step_applies() -> None:
    text = (
        PACK
        + "routes:\n  - name: 报告\n    article: 第二条\n    steps:\n      - {rule: SM-2-1, body: 甲局, does: 收}\n"
    )
    assert small(text=text).routes == ()
    happened = small(text=text, events=[{"kind": "完成建设", "on": "2024-02-01"}])
    assert only(happened).name == "报告"


def test_a_rule_that_waits_for_the_very_act_it_demands_is_simply_to_come() -> None:
    text = PACK.replace('when: {建设类: true, budget.total: "> 100万元"}', "when: {approvals.甲审: true}") + ROUTES
    assert states(only(small(text=text, **BIG, stage="申报")))["SM-1-1"] is StepState.UPCOMING
    assert states(only(small(text=text, **BIG)))["SM-1-1"] is StepState.OPEN


def test_a_rule_that_waits_for_another_act_is_dropped_when_its_stage_is_behind() -> None:
    text = PACK.replace('when: {建设类: true, budget.total: "> 100万元"}', "when: {events.完成建设: true}") + ROUTES
    step = only(small(text=text, **BIG)).steps[0]
    assert (step.state, step.details) == (StepState.WAITING, ("有了事项“完成建设”以后看是否办好",))
    assert only(small(text=text, **{**BIG, "stage": "验收"})).steps[0].state is StepState.NOT_APPLICABLE


def test_a_step_that_guards_an_act_is_to_be_made_before_it() -> None:
    guards = "before: events.完成建设, when: {events.完成建设: true}"
    text = PACK.replace('when: {建设类: true, budget.total: "> 100万元"}', guards) + ROUTES
    assert only(small(text=text, **BIG)).steps[0].details == ("事项“完成建设”之前办好",)


def test_ladders_are_merged_in_the_order_of_each() -> None:
    def ladder(*rules: str) -> list[PackStep]:
        return [step for rule in rules for step in _plans if step.rule == rule]

    _plans = [step for plan in regulation(PACK + ROUTES).routes for step in plan.steps]
    _plans = list({step.rule: step for step in _plans}.values())
    one, two = ladder("SM-1-1", "SM-2-1"), ladder("SM-3-1", "SM-2-1", "SM-3-2")
    assert [step.rule for step in merged([one, two])] == ["SM-1-1", "SM-3-1", "SM-2-1", "SM-3-2"]


# -- what a pack may write -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("rule: SM-1-1", "rule: SM-9-9", "没有“SM-9-9”这个词"),
        ("papers: [方案书]}\n", "papers: [方案]}\n", "没有“方案”这个词"),
        ("papers: [方案书]}\n", "papers: [方案书/图纸]}\n", "没有“图纸”这个词"),
        ("allowed: 跨界", "allowed: 越界", "没有“越界”这个词"),
        ("when: {建设类: true, budget", "when: {建设: true, budget", "没有叫“建设”的事实或特征"),
        ("body: 本单位, does: 问清楚", "does: 问清楚", "缺少 body"),
        ("does: 收报告}\n  - name", "dose: 收报告}\n  - name", "没有“dose”这个键"),
        ("    article: 第一条\n", "    article: 第一条\n    channel: 某处\n", "不能再写 steps"),
        ("    article: 第三条\n", "    article: 第三条\n    order: 2\n", "没有“order”这个键"),
    ],
)
def test_a_fault_of_a_route_is_told_with_its_line(old: str, new: str, message: str) -> None:
    text = PACK + ROUTES
    assert old in ROUTES
    broken = text.replace(ROUTES, ROUTES.replace(old, new, 1))
    root, faults = parse(broken)
    with pytest.raises(PackError) as error:
        build_pack(root, faults, "small-2024.yaml")
    lines = broken.splitlines()
    first = len(PACK.splitlines())
    found = [f for f in error.value.faults if message in f.message]
    assert found
    assert all(first < (f.line or 0) <= len(lines) for f in found)


def test_a_route_with_neither_steps_nor_channel_is_a_fault() -> None:
    root, faults = parse(PACK + "routes:\n  - {name: 空, article: 第一条}\n")
    with pytest.raises(PackError, match="既没有 steps"):
        build_pack(root, faults, "small-2024.yaml")


# -- the routes of the four regulations ------------------------------------------------------------

LYG = "lianyungang-2025"
PLAN_STEPS = ["LYG-12-4", "LYG-12-1", "LYG-15-1", "LYG-15-2", "LYG-15-3", "LYG-17-2"]


def names(found: Routed) -> list[str]:
    return [one.name for one in found.routes]


def changes_aside(found: Routed) -> list[Route]:
    return [one for one in found.routes if one.name != "项目调整"]


def applying(found: Route) -> list[str]:
    return [step.rule.id for step in found.steps if step.state is not StepState.NOT_APPLICABLE]


@pytest.mark.parametrize(
    ("total", "approved"),
    [("200.01万元", True), ("200万元", False), ("199.99万元", False)],
)
def test_over_2_million_yuan_of_fiscal_money_needs_estimate_review_and_approval(total: str, *, approved: bool) -> None:
    found = only(routed(LYG, budget__total=total))
    ids = applying(found)
    assert {"LYG-18-1", "LYG-18-2"} <= set(ids) if approved else not {"LYG-18-1", "LYG-18-2"} & set(ids)
    assert [i for i in ids if i in PLAN_STEPS] == PLAN_STEPS
    assert "LYG-21-4" in ids  # 集中建设 either way
    relation = "超过" if approved else "不超过"
    assert f"总投资 {total}，{relation} 200万元" in found.reasons
    if approved:
        assert f"总投资 {total}，超过 200万元" in steps_of(found)["LYG-18-2"].reasons


def test_without_fiscal_money_there_is_no_budget_advice_no_approval_and_no_central_building() -> None:
    found = only(routed(LYG, funding=[{"source": "自筹资金", "amount": "260万元"}]))
    assert found.name == "不使用财政资金的建设类项目"
    assert not {"LYG-15-2", "LYG-18-1", "LYG-18-2", "LYG-21-4"} & set(applying(found))
    assert {"LYG-15-1", "LYG-15-3", "LYG-17-2", "LYG-23-1"} <= set(applying(found))


@pytest.mark.parametrize("category", ["运维", "购买服务"])
def test_operation_and_services_end_with_the_annual_plan(category: str) -> None:
    found = only(routed(LYG, category=category))
    assert found.name == "运维、购买服务项目"
    assert {"LYG-12-4", "LYG-12-1", "LYG-15-1", "LYG-15-3"} <= set(applying(found))
    assert not [i for i in applying(found) if i.startswith(("LYG-17", "LYG-18", "LYG-21", "LYG-23"))]


def test_an_additional_project_is_reviewed_by_two_bureaus_instead_of_the_plan() -> None:
    found = routed(
        LYG, submissions__追加建设申请="2026-01-05", submissions__年度计划申报=None, approvals__年度计划批准=None
    )
    assert only(found).name == "追加建设项目"
    assert {"LYG-16-2", "LYG-16-3", "LYG-18-2"} <= set(applying(found.routes[0]))
    assert not {"LYG-15-1", "LYG-15-2", "LYG-15-3"} & set(applying(found.routes[0]))


def test_a_project_outside_the_regulation_has_no_step_and_the_reason() -> None:
    found = routed(LYG, objects=["办公终端"], traits__单独购买=True)
    assert (found.outside, names(found)) == (True, ["不纳入管理"])
    assert found.routes[0].steps == ()
    assert "办公终端" in found.routes[0].reasons[0]


def test_a_county_follows_the_regulation_by_analogy_and_files_with_the_bureau() -> None:
    found = routed(LYG, unit__level="县区级")
    main, county = changes_aside(found)
    assert main.name == "使用财政资金、总投资超过200万元的建设类项目"
    assert main.steps[1].advisory
    assert applying(county) == ["LYG-35-2"]
    assert "参照本办法" in county.reasons[0]


def test_an_enterprise_of_the_city_is_outside() -> None:
    found = routed(LYG, unit__kind="市属国有企业")
    assert (found.outside, names(found)) == (True, ["县区、功能板块和市属国有企业的项目"])
    assert "市属国有企业" in found.routes[0].reasons[0]


QD_PAPERS = {"documents.可行性研究报告": {}, "documents.项目建议书": {}}


@pytest.mark.parametrize(
    ("total", "deep", "expected"),
    [
        ("299.99万元", True, (True, True, True)),
        ("299.99万元", False, (True, False, False)),
        ("300万元", True, (True, True, True)),
        ("300万元", False, (True, True, False)),
        ("300.01万元", True, (True, True, False)),
        ("300.01万元", False, (True, True, False)),
        ("500万元", False, (True, True, False)),
        ("500.01万元", True, (True, False, False)),
    ],
)
def test_the_combinations_of_merged_papers_that_are_left_open(
    total: str, expected: tuple[bool, ...], *, deep: bool
) -> None:
    """启东: separately always; proposal with study by plan or amount, and where all may be one; all in one by depth and a ground."""
    found = routed("qidong-2022", budget__total=total, traits__前期达到深度=deep, plans=["其他专项规划"])
    step = steps_of(found.routes[0])["QD-15-8"]
    assert tuple(choice.allowed for choice in step.choices) == expected
    assert [choice.article for choice in step.choices] == ["第七条", "第八条", "第九条"]
    assert [choice.merged for choice in step.choices] == [False, True, True]
    told = [text for choice in step.choices for text in choice.reasons]
    assert any(text.startswith(f"总投资 {total}") for text in told)


def test_a_plan_opens_the_second_way_whatever_the_amount() -> None:
    found = routed("qidong-2022", budget__total="900万元", plans=["江苏省大数据发展规划"])
    second = steps_of(found.routes[0])["QD-15-8"].choices[1]
    assert (second.allowed, second.reasons) == (True, ("列入的规划有江苏省大数据发展规划",))


def test_what_cannot_be_shared_goes_to_the_city_government() -> None:
    shared = applying(only(routed("qidong-2022")))
    alone = applying(only(routed("qidong-2022", traits__能够信息共享=False)))
    assert ("QD-34-1" in shared, "QD-34-3" in shared) == (True, False)
    assert ("QD-34-1" in alone, "QD-34-2" in alone, "QD-34-3" in alone) == (False, True, True)


def test_an_emergency_is_built_first() -> None:
    found = routed(
        "qidong-2022", traits__突发事件应急=True, approvals__应急先行同意={"body": "市政府", "date": "2024-01-10"}
    )
    assert names(found) == ["突发事件应急项目"]
    assert "QD-15-12" not in applying(found.routes[0])


TZ = "taizhou-draft-2025"


@pytest.mark.parametrize(("total", "needed"), [("50万元", True), ("49.99万元", False)])
def test_from_half_a_million_yuan_the_project_is_approved(total: str, *, needed: bool) -> None:
    found = only(routed(TZ, budget__total=total))
    assert ("TZ-15-1" in applying(found)) is needed
    assert ("TZ-15-2" in applying(found)) is not needed
    assert found.name.startswith("50万元以上" if needed else "不满50万元")
    assert f"总投资 {total}，{'不少于' if needed else '小于'} 50万元" in found.reasons


@pytest.mark.parametrize(
    ("total", "source", "organiser"),
    [
        ("100万元", "市级智慧城市专项资金", "TZ-26-9"),
        ("99.99万元", "市级智慧城市专项资金", "TZ-26-11"),
        ("100万元", "其他市本级财政资金", "TZ-26-11"),
    ],
)
def test_who_organises_the_acceptance(total: str, source: str, organiser: str) -> None:
    sources = pack(TZ).words["funding_sources"]
    source = source if source in sources else next(s for s in sources if s != "市级智慧城市专项资金")
    found = routed(TZ, budget__total=total, funding=[{"source": source, "amount": total}])
    ids = applying(found.routes[0])
    assert [i for i in ("TZ-26-9", "TZ-26-11") if i in ids] == [organiser]


def test_an_added_project_goes_to_the_city_government() -> None:
    found = routed(TZ, submissions__增补申请="2025-01-06", traits__突发事件应急=True, traits__迫切重要项目=False)
    assert names(found) == ["增补项目"]
    assert "TZ-13-5" in applying(found.routes[0])
    assert "TZ-12-1" not in applying(found.routes[0])


LZ_CATEGORIES = {
    "政务治理类": (["LZ-9-2", "LZ-9-5"], ["LZ-9-6", "LZ-9-7", "LZ-9-15", "LZ-9-16"]),
    "公共服务类": (["LZ-9-6", "LZ-9-7", "LZ-9-10", "LZ-9-11", "LZ-9-12"], ["LZ-9-2", "LZ-9-5", "LZ-9-15"]),
    "市场运营类": (["LZ-9-14", "LZ-9-15", "LZ-9-16", "LZ-9-19", "LZ-9-21"], ["LZ-9-2", "LZ-9-6", "LZ-9-7", "LZ-10-1"]),
}


@pytest.mark.parametrize("category", LZ_CATEGORIES)
def test_the_three_categories_go_three_ways(category: str) -> None:
    found = routed("laizhou-2022", category=category).routes[0]
    there, absent = LZ_CATEGORIES[category]
    assert found.name == f"{category}项目"
    assert set(there) <= set(applying(found))
    assert not set(absent) & set(applying(found))


def test_a_project_of_no_category_has_no_route_and_all_are_told_why() -> None:
    found = routed("laizhou-2022", category="其他类别", changes=[])
    assert found.routes == ()
    assert ("政务治理类项目", ("项目类别 其他类别，不属政务治理类项目",)) in [(o.name, o.reasons) for o in found.others]


def test_changes_and_decommissioning_are_ways_of_their_own() -> None:
    change = {"on": "2023-02-16", "amount": "200万元", "goal": False, "content": True, "ground": "技术方案完善优化"}
    assert names(routed("laizhou-2022", changes=[change]))[1:] == ["项目调整"]
    assert names(routed("laizhou-2022", events__失去使用价值="2024-08-01"))[-1] == "系统停用"


@pytest.mark.parametrize("name", PACKS)
def test_a_classified_stub_is_shown_the_channel_of_its_regulation(name: str) -> None:
    one = pack(name)
    stub = replace(build(one, {})[0], classified=True)
    found = route(case_of(one, stub, dt.date(2024, 6, 3)))
    channels = [plan.channel for plan in one.routes if plan.channel]
    assert [r.channel for r in found.routes] == channels
    assert (name == "qidong-2022") is (channels == []) or "保密" in "".join(channels)


@pytest.mark.parametrize("name", PACKS)
def test_the_steps_of_a_route_name_rules_once_and_their_own_bodies(name: str) -> None:
    one = pack(name)
    for plan in one.routes:
        ids = [step.rule for step in plan.steps]
        assert len(ids) == len(set(ids)), plan.name


# -- moving on without a required step is a finding ------------------------------------------------

STEPS = [
    pytest.param(name, rule, id=rule)
    for name in PACKS
    for rule in dict.fromkeys(step.rule for plan in pack(name).routes for step in plan.steps)
]


def rule_of(one: Regulation, rule_id: str) -> Rule:
    return next(rule for rule in one.rules if rule.id == rule_id)


@pytest.mark.parametrize(("name", "rule_id"), STEPS)
def test_a_project_that_moved_on_without_a_step_violates_its_rule(name: str, rule_id: str) -> None:
    """However far the project has moved, every example that violates a step's rule still does."""
    one = pack(name)
    rule = rule_of(one, rule_id)
    last = one.stages[-1].name
    alone = only_rules(one, *(other for other in one.rules if other.demand.is_scope), rule)
    broken = [example for example in examples_of(rule, one) if example.expected is Outcome.VIOLATES]
    assert broken
    for example in broken:
        broken_project, others = build(one, example.patch)
        case = case_of(alone, broken_project, example.as_of, last, *others)
        found = [j for j in case.examined().run.judge(rule) if j.verdict.outcome is Outcome.VIOLATES]
        assert found, f"line {example.line}"
        assert rule.strength == "may" or rule.severity is not Severity.INFO or rule.why


DAYS = {"laizhou": dt.date(2024, 9, 20)}
LISTS = {"approvals": "act", "submissions": "kind", "events": "kind", "documents": "kinds", "contracts": "kind"}


@cache
def sample_cases() -> dict[str, Case]:
    """The projects of the samples, by their folders."""
    return {case.path.rpartition("/")[2]: case for case in _sample_cases()}


def _sample_cases() -> Iterator[Case]:
    for city in sorted(path.name for path in SAMPLE.iterdir() if path.is_dir()):
        day = DAYS.get(city, dt.date(2026, 11, 20))
        settings = run.RunSettings(paths=(SAMPLE / city,), as_of=day, assume_in_force=city == "taizhou")
        yield from run.open_dossiers(settings).cases()


CASES = [path.parent.name for path in sorted(SAMPLE.glob("*/*/project.yaml"))]
"""By their names: to read them takes longer than to find them."""


def test_every_project_of_the_samples_is_a_case() -> None:
    assert list(sample_cases()) == CASES


def without(whole: Project, proofs: tuple[Proof, ...]) -> Project:
    """The project without the records that show a step."""
    gone = {(p.list, p.kind, p.day) for p in proofs}

    def shows(name: str, key: str, record: Any) -> bool:
        kinds = getattr(record, key)
        day = getattr(record, "on", None) or getattr(record, "date", None)
        return any((name, kind, day) in gone for kind in (kinds if isinstance(kinds, tuple) else (kinds,)))

    left: dict[str, Any] = {
        name: tuple(r for r in getattr(whole, name) if not shows(name, key, r)) for name, key in LISTS.items()
    }
    return replace(whole, **left)


def beyond(case: Case, step: Step) -> Options:
    """As if about to make the step that this one must precede, or where the project stands if that is later."""
    assert case.regulation is not None
    order = [stage.name for stage in case.regulation.stages]
    place = max(order.index(name) for name in (step.rule.stage, case.project.stage) if name)
    day = max(case.options.as_of, (step.due or case.options.as_of) + dt.timedelta(days=1))
    return replace(case.options, stage=order[place], as_of=day)


def open_now(case: Case, options: Options) -> set[tuple[str, str]]:
    """What is violated or asked: whether a duty without its record exists may be for the clerk to say."""
    return {
        (j.rule.id, j.subject)
        for j in case.examined(options).judgements
        if j.verdict.outcome in (Outcome.VIOLATES, Outcome.UNDETERMINED) and not j.verdict.broken
    }


@pytest.mark.parametrize("name", CASES)
def test_a_step_of_a_sample_project_that_is_struck_out_is_a_finding(name: str) -> None:
    """The records behind each step that was made are taken away; `check` at the next stage says so."""
    case = sample_cases()[name]
    done = [step for found in route(case).routes for step in found.steps if step.state is StepState.DONE]
    assert done
    before: dict[tuple[str | None, dt.date], set[tuple[str, str]]] = {}
    for step in done:
        options = beyond(case, step)
        at = options.stage, options.as_of
        if at not in before:
            before[at] = open_now(case, options)
        struck = replace(case, project=without(case.project, step.proofs))
        new = open_now(struck, options) - before[at]
        assert new, step.rule.id
        state = steps_of(route(replace(struck, options=options)).routes[0]).get(step.rule.id)
        assert state is None or state.state is not StepState.DONE, step.rule.id


@pytest.mark.parametrize("name", CASES)
def test_a_clean_sample_has_no_step_overdue_missed_or_faulty(name: str) -> None:
    case = sample_cases()[name]
    found = [step for one in route(case).routes for step in one.steps]
    assert found
    wrong = (StepState.OVERDUE, StepState.MISSED, StepState.FAULTY)
    assert [step.rule.id for step in found if step.state in wrong] == []


@pytest.mark.parametrize("name", PACKS)
def test_every_step_of_the_route_of_the_base_project_is_made_or_met(name: str) -> None:
    """The base of a pack is a project that did everything: nothing in its ladder is overdue or missed."""
    found = routed(name)
    wrong = (StepState.OVERDUE, StepState.MISSED, StepState.FAULTY)
    assert [s.rule.id for one in found.routes for s in one.steps if s.state in wrong] == []


def test_the_acts_of_a_rule_are_refs_for_every_kind_of_check() -> None:
    for name in PACKS:
        one = pack(name)
        for plan in one.routes:
            for step in plan.steps:
                rule = rule_of(one, step.rule)
                if rule.check not in ("scope", "answered"):
                    assert rule.demand.acts, rule.id


def test_a_fifth_regulation_has_routes_without_a_word_of_python() -> None:
    fifth = loaded(FIFTH / "regulations" / "shili-city-2026.yaml")
    built, _ = build(fifth, {})
    found = route(case_of(fifth, built, SCHEDULE and dt.date(2026, 11, 20)))
    assert names(found) == ["新建、升级项目"]
    assert found.routes[0].steps


# ---------------------------------------------------------------- nothing that must be approved or handed in is left out


def _demanded(regulation: Regulation) -> list[Rule]:
    """The rules of what must be approved or handed in."""
    kinds = ("approved", "submitted")
    return [rule for rule in regulation.rules if rule.check in kinds and rule.strength == "must"]


def _variants(regulation: Regulation) -> list[dict[str, Any]]:
    """Small and great projects, of every category and with money of one's own."""
    own = {"funding": [{"source": "自筹资金", "amount": "40万元"}], "budget.total": "40万元"}
    return [{}, {"budget.total": "40万元"}, own, *({"category": name} for name in regulation.words["categories"])]


@pytest.mark.parametrize("name", PACKS)
def test_what_must_be_approved_or_handed_in_stands_in_the_route_of_each_project_that_it_binds(name: str) -> None:
    """`off_route` of the pack says of which it does not, and why; a category without a route of its own has none."""
    regulation = pack(name)
    off = {rule for entry in regulation.off_route for rule in entry.rules}
    steps = {step.rule for plan in regulation.routes for step in plan.steps}
    ladders = only_rules(regulation, *(r for r in regulation.rules if r.demand.is_scope or r.id in steps))
    left_out = set()
    for rule in _demanded(regulation):
        example = next(e for e in examples_of(rule, regulation) if e.expected is Outcome.VIOLATES)
        for variant in _variants(regulation):
            try:
                project, _ = build(regulation, {**example.patch, **variant})
            except ExampleError:
                continue
            case = case_of(ladders, project, example.as_of, example.stage)
            facts = case.facts()
            items = [None] if rule.each is None else list(facts.items(rule.each.list))
            if not any(facts.holds(rule.when, item) for item in items):
                continue
            found = route(case)
            named = [one for one in found.routes if any(p.name == one.name and p.when for p in regulation.routes)]
            if named and rule.id not in {step.rule.id for one in found.routes for step in one.steps}:
                left_out.add(rule.id)
    assert left_out <= off
    assert off <= {rule.id for rule in _demanded(regulation)}


CIVIL_WORKS = {
    "lianyungang-2025": "LYG-20-1",
    "qidong-2022": "QD-10-1",
    "taizhou-draft-2025": "TZ-16-2",
    "laizhou-2022": "LZ-7-1",
}


@pytest.mark.parametrize("name", PACKS)
@pytest.mark.parametrize("trait", ["新建土建工程", "高耗能项目"])
def test_approvals_that_are_not_spared_are_a_step_of_every_route(name: str, trait: str) -> None:
    found = changes_aside(routed(name, **{f"traits__{trait}": True}))
    assert [applying(one).count(CIVIL_WORKS[name]) for one in found] == [1] * len(found)
    assert not [one for one in changes_aside(routed(name)) if CIVIL_WORKS[name] in applying(one)]


def test_they_are_a_step_where_an_emergency_goes_ahead_too() -> None:
    found = routed(
        "qidong-2022",
        traits__突发事件应急=True,
        traits__高耗能项目=True,
        events__投资计划下达=None,
        approvals__应急先行同意={"body": "市政府", "date": "2024-01-03"},
    )
    assert "QD-10-1" in applying(only(found))


@pytest.mark.parametrize("name", PACKS)
def test_who_acts_and_who_receives_are_two(name: str) -> None:
    regulation = pack(name)
    rules = {rule.id: rule for rule in regulation.rules}
    for one in regulation.routes:
        for step in one.steps:
            demand = rules[step.rule].demand
            handed = demand.handed_in is not None or (
                demand.due_act is not None and demand.due_act.head == "submissions"
            )
            assert step.to != step.body
            assert bool(step.to) or not handed, step
            assert step.body not in demand.bodies or demand.act_word or not step.to, step


def test_reports_show_who_acts_and_who_receives() -> None:
    found, day = routed("qidong-2022"), dt.date(2026, 11, 20)
    who = "项目建设单位 → 市市域社会治理现代化指挥中心"
    told = re.sub(r"\s+", "", route_text.render([found], day, everything=True))
    assert re.sub(r"\s+", "", f"{who}：申请竣工验收") in told
    assert "→" in mermaid.render([found], day) or "#8594;" in mermaid.render([found], day)
    steps = json.loads(route_json.render([found], day))["projects"][0]["routes"][0]["steps"]
    step = next(step for step in steps if step["rule"] == "QD-15-3")
    assert (step["body"], step["to"]) == ("项目建设单位", "市市域社会治理现代化指挥中心")
