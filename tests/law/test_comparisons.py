"""What a pack compares: each form that a Chinese writer uses is understood, and what can never be meant is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from small_pack import PACK, judge, regulation

from govit.dossier.finding import Outcome
from govit.law.conditions import Percent, parse_condition, parse_literal
from govit.law.packs.pack import PackError

WRITTEN = 'budget.total: "> 100万元"'
WAN = Decimal(1_000_000)


def pack(condition: str) -> str:
    """The pack with another condition in place of that about the amount."""
    assert f"建设类: true, {WRITTEN}" in PACK
    return PACK.replace(f"建设类: true, {WRITTEN}", condition)


def refusal(text: str) -> str:
    with pytest.raises(PackError) as caught:
        regulation(text)
    return str(caught.value)


@pytest.mark.parametrize(
    ("text", "op"),
    [
        ("≥100万元", ">="),
        ("≧ 100万元", ">="),
        ("＞100万元", ">"),
        ("＞＝100万元", ">="),
        ("≤ 100万元", "<="),
        ("＜ 100万元", "<"),
        ("≠100万元", "!="),
        ("＝100万元", "="),
        ("大于100万元", ">"),
        ("超过 100万元", ">"),
        ("不超过100万元", "<="),
        ("不少于100万元", ">="),
        ("不低于100万元", ">="),
        ("至少100万元", ">="),
        ("至多100万元", "<="),
        ("小于100万元", "<"),
        ("不足100万元", "<"),
        ("不满100万元", "<"),
        ("100万元以上", ">="),
        ("100万元（含）以上", ">="),
        ("100万元以上（含本数）", ">="),
        ("100万元（不含）以上", ">"),
        ("100万元以下", "<="),
        ("100万元以内", "<="),
        ("100万元以下（不含本数）", "<"),
        ("100万元以下(不含)", "<"),
    ],
)
def test_a_bound_is_read_as_the_law_reads_it(text: str, op: str) -> None:
    (test,) = parse_condition({"budget.total": text}).tests
    assert (test.op, test.to) == (op, WAN)


@pytest.mark.parametrize(
    "text",
    [
        "50万元以上100万元以下",
        "50万元以上，100万元以下",
        "不少于50万元、不超过100万元",
        ">= 50万元, <= 100万元",
        "≥50万元，≤100万元",
    ],
)
def test_two_bounds_are_a_range(text: str) -> None:
    tests = parse_condition({"budget.total": text}).tests
    assert [(test.op, test.to) for test in tests] == [(">=", WAN / 2), ("<=", WAN)]


def test_a_word_beside_a_bound_makes_no_bound() -> None:
    (test,) = parse_condition({"budget.total": "100万元以上、按规定"}).tests
    assert (test.op, test.to) == ("is", "100万元以上、按规定")


def test_bounds_of_other_values_are_understood_too() -> None:
    tests = parse_condition({"events.完成建设": "不早于2024-01-01", "systems.count": "3以上"}).tests
    assert [(test.op, test.to) for test in tests] == [(">=", dt.date(2024, 1, 1)), (">=", 3)]


def test_a_bound_in_chinese_fires_on_its_own_side() -> None:
    text = pack('budget.total: "100万元以上"')
    assert judge(text)["SM-1-1"].outcome is Outcome.VIOLATES
    assert judge(text, budget={"total": "999999.99元"})["SM-1-1"].outcome is Outcome.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ('budget.total: "=> 1000万元"', "是不是“>= 1000万元”"),
        ('budget.total: "=< 1000万元"', "是不是“<= 1000万元”"),
        ('budget.total: "== 1000万元"', "是不是“= 1000万元”"),
        ('budget.total: "<> 1000万元"', "是不是“!= 1000万元”"),
        ('budget.total: ">> 1000万元"', "符号只有"),
        ('budget.total: ">"', "看不懂条件"),
        ('budget.total: "约1000万元"', "是金额，不能与“约1000万元”比较"),
        ('budget.total: "1000万元左右"', "是金额"),
        ('budget.total: "≥1000"', "没有单位"),
        ("budget.total: 1000", "没有单位"),
        ("budget.total: 新建", "是金额"),
        ('budget.total: "> 2024-01-01"', "是金额"),
        ('budget.total: "> 15%"', "什么的百分比"),
        ('budget.total: "15% budget.spent"', "什么的百分比"),
        ('budget.total: "> 15% unit.name"', "不能算它的几分之几"),
        ('budget.total: "> category"', "不能比较"),
        ('budget.total: "> events.完成建设"', "不能比较"),
        ('budget.total: "= true"', "不会等于 true 或 false"),
        ('budget.total: "!= true"', "前面不能写 !="),
        ("budget.total: [100万元, 新建]", "是金额"),
        ("budget.total: ", "条件右边是空的"),
        ("budget.total: {超过: 100万元}", "应当是一个值或列表"),
        ("建设类: 是", "写 true 或 false"),
        ("建设类: True", "写 true 或 false"),
        ("建设类: [是]", "写 true 或 false"),
        ('建设类: "> 0"', "写 true 或 false"),
        ("year: 2024年", "是数目"),
        ("year: 2024万元", "是数目"),
        ('events.完成建设: "2024年1月1日"', "是日期"),
        ('events.完成建设: ">= 2024-1-1"', "是日期"),
        ("events.完成建设: 是", "写 true 或 false"),
        ("events.完成建设.year: 2024-01-01", "是数目"),
        ("approvals.甲审: 通过", "是日期"),
        ("approvals.甲审.result: 合格", "不是 approvals.甲审.result 的词"),
        ("approvals.甲审.amont: 1万元", "看不懂引用"),
        ("events.完成建设.amount: 1万元", "没有 amount 这一项"),
        ("budget.total.year: 2024", "没有 year"),
        ("category: 新健", "是不是“新建”"),
        ('category: "> 新建"', "不能比大小"),
        ("category: 3", "不是 category 的词"),
        ('unit.name: "> 某局"', "不能比大小"),
        ("unit.name: 100万元", "不能与"),
        ("answers.问清楚: 是的", "是不是“是”"),
        ("catalogue.产升.count: 3", "没有“产升”这个词"),
        ("predecessor.grad: 好", "是不是“grade”"),
        ("budget: 100万元", "只能写 true 或 false"),
        ("documents.方案书: 有", "写 true 或 false"),
        ("category: 不是 运维", '写成 "!= 运维"'),
        ("category: 除运维外", '写成 "!= 运维"'),
        ("category: 非运维", '写成 "!= 运维"'),
        ('budget.total: "三家"', "是金额"),
        ('budget.total: "超过5%、不超过15%"', "什么的百分比"),
        ("catalogue.count: 24个月", "这样的整数；小数不能比较"),
        ('catalogue.count: "< 0.3"', "改问两个整数，写成一个是另一个的百分之几"),
    ],
)
def test_what_can_never_be_meant_is_refused_with_the_right_form(condition: str, said: str) -> None:
    told = refusal(pack(condition))
    assert said in told
    line = 1 + next(n for n, row in enumerate(PACK.split("\n")) if WRITTEN in row)
    assert all(row.startswith(f"small-2024.yaml:{line}: ") for row in told.split("\n"))


@pytest.mark.parametrize(
    ("check", "said"),
    [
        ("check: at_most, value: budget.total, limit: 2/3", "什么的几分之几"),
        ("check: at_most, value: budget.total, limit: 三分之二", "什么的几分之几"),
        ("check: at_most, value: budget.total, limit: 2/0", "是金额，不能与“2/0”比较"),
        ("check: at_most, value: budget.total, limit: 100%", "什么的百分比"),
        ("check: at_most, value: budget.total, limit: ≥100万元", "是金额"),
        ("check: at_most, value: budget.total, limit: 100", "没有单位"),
        ("check: at_most, value: category, limit: 新建", "不能比大小"),
        ("check: at_most, value: budget.total, limit: 100万元, of: budget.spent", "of 只用在百分比"),
        ("check: equals, field: 建设类, value: 是", "写 true 或 false"),
        ("check: equals, field: budget.total, value: 超过100万元", "是金额"),
        ("check: equals, field: category, value: 新健", "是不是“新建”"),
        ("check: equals, field: category, to: budget.total", "不能比较"),
        ("check: equals, field: budget.total, value: true", "不会等于 true 或 false"),
        ("check: one_of, field: category, values: [新建, 运为]", "是不是“运维”"),
        ("check: one_of, field: budget.total, values: [100万]", "是金额"),
        ("check: contains_all, field: objects, values: [100万元]", "没有可写的词"),
        ("check: before, first: budget.total, second: events.完成建设", "这里要写日期"),
        ("check: within, from: category, act: submissions.交报告, period: 1日", "这里要写日期"),
        ("check: present, documents: [方案书], before: unit.name", "这里要写日期"),
        ("check: forbidden, forbidden: {budget.total: 100万元左右}", "是金额"),
        ("check: at_most, value: budget.total, limit: 三成", "什么的百分比"),
        ("check: at_most, value: budget.total, limit: 三家", "是金额"),
        ("check: at_most, value: catalogue.count, limit: 0.3", "改问两个整数"),
        (
            "check: within, from: events.完成建设, act: submissions.交报告, period: 二十四小时",
            "24小时写作“1日”，在 reading 里写明",
        ),
        (
            "check: within, each: {events: [完成建设]}, from: item.on, act: item.submissions.交报告, period: 1日",
            "逐次看事项的，直接写 submissions.交报告",
        ),
        ("check: equals, each: {documents: [方案书]}, field: item.result, value: 合格", "没有一条规则要求有《方案书》"),
    ],
)
def test_what_a_check_compares_is_looked_at_in_the_same_way(check: str, said: str) -> None:
    assert said in refusal(PACK.replace("check: present, documents: [方案书]", check))


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ('{name: 大, article: 第一条, any: [{budget.total: "约100万元"}]}', "是金额"),
        ("{name: 大, article: 第一条, sum: [unit.name]}", "这里要写金额或数目"),
        ("{name: 大, article: 第一条, difference: [budget.total, events.完成建设]}", "这里要写金额或数目"),
        ("{name: 大, article: 第一条, shift: {from: budget.total, period: 1年}}", "这里要写日期"),
        ("{name: 大, article: 第一条, year_start: {year: events.完成建设}}", "这里要写数目"),
        ("{name: 大, article: 第一条, exists: {list: changes, where: {item.amount: 100}}}", "没有单位"),
        ("{name: 大, article: 第一条, any: [{item.amount: 一半}]}", "是金额"),
    ],
)
def test_facts_are_looked_at_in_the_same_way(fact: str, said: str) -> None:
    assert said in refusal(PACK.replace("facts: []", f"facts: [{fact}]"))


def test_a_fact_is_worth_what_it_is_derived_from() -> None:
    fact = "facts:\n  - {name: 额, article: 第一条, sum: [budget.total, budget.operation]}"
    told = refusal(pack('额: "约100万元"').replace("facts: []", fact))
    assert "额 是金额" in told
    assert regulation(pack("额: 不超过100万元").replace("facts: []", fact))


@pytest.mark.parametrize(
    ("said", "ops"),
    [
        ("80万元及以上", [">="]),
        ("80万元及以下", ["<="]),
        ("80万元（不含）及以下", ["<"]),
        ("达到80万元", [">="]),
        ("20万元至80万元", [">=", "<="]),
        ("20万元至80万元（不含）", [">=", "<"]),
        ("20万元（不含）至80万元", [">", "<="]),
        ("一至二期", ["is"]),
        ("第1至3类", ["is"]),
    ],
)
def test_a_bound_may_be_said_as_counties_say_it(said: str, ops: list[str]) -> None:
    assert [test.op for test in parse_condition({"budget.total": said}).tests] == ops


@pytest.mark.parametrize(
    ("said", "bounds"),
    [
        ("三级及以上", [(">=", 3)]),
        ("两家以上", [(">=", 2)]),
        ("不少于5人", [(">=", 5)]),
        ("> 12人", [(">", 12)]),
        ("3个（含）以上、10个以下", [(">=", 3), ("<=", 10)]),
        ("二十家至三十家", [(">=", 20), ("<=", 30)]),
        ("三级系统数", [("is", "三级系统数")]),
        (">= 三级系统数", [(">=", "三级系统数")]),
    ],
)
def test_a_count_may_have_its_measure_word(said: str, bounds: list[tuple[str, object]]) -> None:
    assert [(test.op, test.to) for test in parse_condition({"figures.家数": said}).tests] == bounds


def test_a_word_that_looks_like_a_count_stays_a_word() -> None:
    (test,) = parse_condition({"unit.level": "三级"}).tests
    assert test.to == "三级"


@pytest.mark.parametrize(
    ("said", "percent"),
    [("三成", 30), ("3成", 30), ("两成", 20), ("一成五", 15), ("二成半", 25), ("百分之三十", 30), ("12.5%", "12.5")],
)
def test_a_share_may_be_said_in_tenths(said: str, percent: object) -> None:
    share = parse_literal(said)
    assert isinstance(share, Percent)
    assert (share.number, share.parts) == (Decimal(percent), 100)


@pytest.mark.parametrize("said", ["超过5%、不超过15% budget.total", "> 5%, <= 15% budget.total"])
def test_two_shares_have_the_base_of_the_last(said: str) -> None:
    tests = parse_condition({"item.cumulative": said}).tests
    assert [(test.op, str(test.to), test.to.of.text) for test in tests] == [
        (">", "5%", "budget.total"),
        ("<=", "15%", "budget.total"),
    ]
