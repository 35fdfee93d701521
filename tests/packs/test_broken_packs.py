"""A broken pack is refused whole, with every fault and its line."""

from __future__ import annotations

import pytest
from small_pack import PACK, regulation

from govit.forms.due import listing
from govit.law.packs.pack import PackError


def faults(text: str) -> list[str]:
    with pytest.raises(PackError) as caught:
        regulation(text)
    assert all(fault.line for fault in caught.value.faults)
    return [fault.message + fault.hint for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id: SM-1-1", "id: SM-1", "SM-条号-序号"),
        ("id: SM-2-2", "id: SM-2-1", "写了两次"),
        ("id: SM-1-1", "id: LY-1-1", "SM-条号-序号"),
        ("prefix: SM", "prefix: GOV", "留给 govit"),
        ("quote: 应当经甲局审", "quote: 应当经乙局审", "不是本句的原文"),
        ("check: approved", "check: aproved", "是不是“approved”"),
        ("act: 甲审, body", "act: 丙审, body", "没有“丙审”这个词"),
        ("body: 甲局,\n", "body: 丁局,\n", "没有“丁局”这个词"),
        ("check: approved, act: 甲审, body: 甲局", "check: approved, body: 甲局", "缺少 act"),
        ("stage: 审批, when", "stage: 采购, when", "本办法没有“采购”这个阶段"),
        ("{name: 验收}", "{name: 验 收}", "不在固定的名称里"),
        (
            "stage: 申报, strength: must}\n          - {id: SM-3-2",
            "strength: must}\n          - {id: SM-3-2",
            "缺少 stage",
        ),
        ('budget.total: "> 100万元"', 'budget.totl: "> 100万元"', "看不懂引用"),
        ('budget.total: "> 100万元"', 'budget.total: "> 一百万元"', "是金额，不能与“一百万元”比较"),
        ("when: {建设类: true", "when: {建社类: true", "是不是“建设类”"),
        ("when: {建设类: true", "when: {category: 新健", "不是 category 的词"),
        ("from: events.完成建设", "from: events.完成", "是不是“完成建设”"),
        ("act: submissions.交报告, period: 6个月", "act: submissions.交报告, period: 6月", "6月"),
        ("question: 问清楚", "question: 问楚清", "是不是“问清楚”"),
        ("strength: must, hint", "strength: most, hint", "must、default 或 may"),
        ("strength: must, hint", "strength: must, severity: warning, hint", "还要写 why"),
        ("strength: must, hint", "strenght: must, hint", "是不是“strength”"),
        ("status: in_force", "status: inforce", "in_force 或 draft"),
        ("effective_from: 2024-01-01", "effective_from: 2024-02-30", "没有“2024-02-30”这一天"),
        (
            "facts: []",
            "facts:\n  - {name: 甲, article: 第一条, any: [{乙: true}]}\n  - {name: 乙, article: 第一条, any: [{甲: true}]}",
            "成了圈",
        ),
        ("facts: []", "facts:\n  - {name: 甲, article: 第一条}", "有且只有一种写法"),
        ("number: 第一条", "number: 第1条", "照原文写"),
        ("documents: [方案书],", "documents: [方案],", "是不是“方案书”"),
        ("完成建设: {}", "完成建设: {after: [events.动工]}", "没有“动工”这个词"),
        ("完成建设: {}", "完成建设: {after: [events.完成建设]}", "先后成了圈"),
        ("{to: 甲局}", "{to: 甲局, stage: [申保]}", "是不是“申报”"),
        ("{to: 甲局}", "{to: 甲局, rule: SM-9-9}", "没有“SM-9-9”这个词"),
        ("完成建设: {}", "完成建设: {after: [budget.total]}", "after 只能写事项、审批、报送、文件、合同"),
        ("方案书: {}", "方案书: {after: [events.完成建设]}", "没有“after”这个键"),  # nobody would read it
        ("stage: 审批, when", "stage: 审批, point: events.完工, when", "没有“完工”这个词"),
    ],
)
def test_each_fault_is_named(old: str, new: str, message: str) -> None:
    assert old in PACK
    assert any(message in fault for fault in faults(PACK.replace(old, new, 1)))


def test_a_sentence_needs_rules_or_a_status_with_a_reason() -> None:
    bare = PACK + "  - number: 第四条\n    sentences:\n      - text: 由甲局解释。\n"
    assert any("既没有 rules 也没有 status" in fault for fault in faults(bare))
    assert any("还要写 why" in fault for fault in faults(bare + "        status: 机关职责\n"))
    assert any("不在固定的名称里" in fault for fault in faults(bare + "        status: 职责\n        why: x\n"))
    regulation(bare + "        status: 机关职责\n        why: 规定由谁解释\n")


def test_all_faults_are_listed_in_one_run() -> None:
    text = PACK.replace("check: approved", "check: aproved").replace("question: 问清楚", "question: 问楚清")
    text = text.replace("status: in_force", "status: inforce")
    assert len(faults(text)) >= 3


def test_a_duplicate_key_in_a_pack_is_a_fault() -> None:
    assert any("写了两次" in fault for fault in faults(PACK + "title: 又一个\n"))


def test_an_amount_without_unit_an_article_twice_and_an_empty_title_are_faults() -> None:
    assert any("没有单位" in fault for fault in faults(PACK.replace("> 100万元", "> 100")))
    assert any("第一条写了两次" in fault for fault in faults(PACK.replace("number: 第二条", "number: 第一条")))
    assert any("title 是空的" in fault for fault in faults(PACK.replace("title: 应经甲局审", 'title: ""')))


def test_an_unknown_kind_of_check_is_one_line_since_nobody_knows_its_keys() -> None:
    assert faults(PACK.replace("check: approved", "check: aproved")) == ["没有“aproved”这种检查是不是“approved”？"]


@pytest.mark.parametrize("members", ["[甲]", "{建设类: true}", "全部"])
def test_wrong_members_are_one_line_that_names_the_key(members: str) -> None:
    form = f"facts: []\nforms:\n  - {{form: acceptance, title: 表, members: {members}}}"
    (told,) = faults(PACK.replace("facts: []", form))
    assert told.startswith("members 应当是列表")


@pytest.mark.parametrize(("key", "above"), [("prefix", "id"), ("title", "prefix"), ("status", "title")])
def test_a_key_that_every_pack_has_is_missed_below_the_one_that_it_follows(key: str, above: str) -> None:
    text = "\n".join(line for line in PACK.split("\n") if not line.startswith(f"{key}:"))
    with pytest.raises(PackError) as caught:
        regulation(text)
    told = next(fault for fault in caught.value.faults if f"缺少 {key}" in fault.message)
    assert told.line == 1 + text.split("\n").index(next(row for row in text.split("\n") if row.startswith(f"{above}:")))
    assert told.hint == f"在 {above} 下面写 {key}: …"


@pytest.mark.parametrize(("old", "new"), [("prefix: SM", "prefix: sm"), ("status: in_force", "status: valid")])
def test_a_wrong_value_of_the_head_is_told_in_its_own_line(old: str, new: str) -> None:
    with pytest.raises(PackError) as caught:
        regulation(PACK.replace(old, new))
    assert 1 + PACK.split("\n").index(old) in [fault.line for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{name: 审批, passed", "{name: 立项, passed", "用 stands_for 写明相当于哪一个"),
        ("{name: 审批, passed", "{name: 立项, stands_for: 审核, passed", "是不是“审批”"),
        ("{name: 审批, passed", "{name: 审批, stands_for: 审批, passed", "不用再写 stands_for"),
        ("{name: 审批, passed", "{name: 申报, passed", "阶段“申报”写了两次"),
        ("number: 第二条\n", "number: 第二条\n    when: {建社类: true}\n", "是不是“建设类”"),
        ("articles:\n", "chapters: {第一章: {when: {建设类: true}}}\narticles:\n", "没有一条的 chapter 是“第一章”"),
        ("check: approved, act: 甲审", "check: approved, acts: [甲审, 丙审]", "没有“丙审”这个词"),
        ("body: 甲局,\n", "body: 甲局, each: {bodies: [丁局]},\n", "没有“丁局”这个词"),
        ("facts: []", "facts:\n  - {name: 甲, article: 第一条, years: {back: 1}}", "years 缺少 same"),
        ("facts: []", "facts:\n  - {name: 甲, article: 第一条, years: {same: [unit.name], back: 上, where: {}}}", "整年数"),
        ('budget.total: "> 100万元"', 'figures.人数: "> 3"', "没有“人数”这个词"),
    ],
)
def test_each_fault_of_what_is_more_is_named(old: str, new: str, message: str) -> None:
    assert old in PACK
    assert any(message in fault for fault in faults(PACK.replace(old, new, 1)))


def test_a_scope_rule_spares_rules_that_are_there_and_are_no_scope() -> None:
    scope = """          - {id: SM-3-3, title: 范围, title_en: S, quote: 问清楚, check: scope, holds: {建设类: true}, effect: out,
             except: [SM-3-2, %s], strength: must}
"""
    assert any("SM-9-9 不存在" in fault for fault in faults(PACK + scope % "SM-9-9"))
    assert any("适用范围的规则，不能除外" in fault for fault in faults(PACK + scope % "SM-3-3"))
    found = regulation(PACK + scope % "SM-2-1")
    assert found.rules[-1].demand.spares == ("SM-3-2", "SM-2-1")


def test_the_rule_that_asks_for_a_point_is_there() -> None:
    chapter = """          - {id: SM-3-3, title: 篇章, title_en: C, quote: 问清楚, check: chapter, chapter: 安全, if_any: true,
             points: [%s 密码应用/密码, 应急/预案], each: {documents: [方案]}, strength: must}
"""
    assert any("SM-9-9 不存在" in fault for fault in faults(PACK + chapter % "SM-9-9"))
    assert any("密码应用 不存在" in fault for fault in faults(PACK + chapter.replace("%s ", "密码应用 ")))


def test_a_figure_is_a_number_or_money_as_its_word_says() -> None:
    text = PACK.replace("  traits: {跨界", "  figures: {人数: {}, 缺口: {money: true}}\n  traits: {跨界")
    condition = 'budget.total: "> 100万元"'
    assert regulation(text.replace(condition, 'figures.人数: "> 3", figures.缺口: "> 3万元"'))
    assert any("figures.人数 是数目" in fault for fault in faults(text.replace(condition, 'figures.人数: "> 3万元"')))
    assert any("没有单位" in fault for fault in faults(text.replace(condition, 'figures.缺口: "> 3"')))


def test_a_rule_has_the_number_of_its_article() -> None:
    found = faults(PACK.replace("id: SM-2-2", "id: SM-12-2"))
    assert found == ["规则编号“SM-12-2”中间的数应当是本条的条号 2写成 SM-2-2"]
    moved = PACK.replace("number: 第二条", "number: 第一百二十条").replace("SM-2-", "SM-120-")
    assert regulation(moved).rules[1].id == "SM-120-1"


def test_several_refs_in_the_place_of_one_are_told_how_they_are_said() -> None:
    several = "act: [submissions.交报告, events.完成建设], period: 6个月"
    (found,) = faults(PACK.replace("act: submissions.交报告, period: 6个月", several))
    assert "只能写一个引用" in found
    assert "later" in found


@pytest.mark.parametrize("where", ["base", "example"])
def test_a_step_of_the_model_project_or_of_an_example_is_one_of_the_pack(where: str) -> None:
    base = "base:\n  as_of: 2024-06-03\n  stage: {}\n  project: {{id: b, name: 样板, stage: 申报, category: 新建}}\n"
    text = PACK.replace("articles:", base.format("运营" if where == "base" else "申报") + "articles:")
    if where == "example":
        text = text.replace("strength: default}", "strength: default, examples: [{is: complies, stage: 运营}]}", 1)
    (found,) = faults(text)
    assert "本办法没有“运营”这个阶段可以写：草拟、申报、审批、验收" in found


def test_a_pack_without_forms_says_so_where_its_forms_are_listed() -> None:
    assert "没有写 forms" in listing([regulation()])
