"""Reading: given this text, these values; and for what cannot be read, this sentence at this place."""

from __future__ import annotations

import datetime as dt
import json
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govit.base.dates import parse_date
from govit.dossier.fields import Reader
from govit.dossier.keys import Kind, Spec, specs
from govit.dossier.model import Project, Settings
from govit.yamltext.faults import MAX_FAULTS
from govit.yamltext.tree import parse

WORDS = {
    "stages": {"草拟": "草拟", "申报": "申报"},
    "categories": {"新建": "新建", "运维": "运维"},
    "objects": {"软件开发": "软件开发", "数据治理": "数据治理", "AI应用": "AI应用"},
    "levels": {"市级": "市级"},
    "bodies": {"甲局": "甲局", "乙局": "乙局"},
    "acts": {"甲审": "甲审"},
    "events": {"完工": "完工"},
    "submissions": {"交报告": "交报告"},
    "documents": {"方案书": "方案书", "方案": "方案书"},
    "funding_sources": {"自筹": "自筹"},
    "traits": {"跨界": "跨界", "跨行业": "跨界"},
    "questions": {"问清楚": "问清楚"},
    "rules": {"SM-1-1": "SM-1-1"},
}
HEAD = "id: p\nname: 项目\nstage: 申报\n"


def read(text: str, words: Any = WORDS) -> tuple[Project, list[str]]:
    """The project that a text gives, and its faults as `line:column rule message | hint`."""
    reader = Reader(words)
    project = reader.record(Project, parse(text)[0], "")
    return project, [f"{f.line}:{f.column} {f.rule} {f.message} | {f.hint}" for f in reader.faults]


def test_every_kind_of_value_is_read_into_its_type() -> None:
    project, faults = read(
        HEAD + "year: 2027\nclassified: false\ncategory: 新建\nobjects: [软件开发, 数据治理]\nparticipants:\n  - 丙局\n"
        "unit: {name: 甲局, level: 市级}\nbudget: {total: '1,234.56万元', lines: [{name: 开发, amount: 5元}]}\n"
        "traits: {跨界: true}\nevents: [{kind: 完工, on: 2026-03-01}]\n"
        "approvals: [{body: 甲局, act: 甲审, result: 通过, date: 2026-02-28, until: 2027-02-28}]\n"
        "submissions: [{kind: 交报告, to: 甲局, on: 2026-04-01, period: 2026Q1}]\n"
        "documents: [{kinds: [方案], path: documents/方案.docx}]\n"
        "answers: {问清楚: {answer: 不适用, by: 张三, on: 2026-05-01, note: 没有}}\n"
        "content: |\n  第一段\n\n  第二段\n"
    )
    assert faults == []
    assert (project.year, project.classified, project.category) == (2027, False, "新建")
    assert (project.objects, project.participants) == (("软件开发", "数据治理"), ("丙局",))
    assert project.unit is not None
    assert (project.unit.name, project.unit.level) == ("甲局", "市级")
    assert project.budget is not None
    assert (project.budget.total, project.budget.lines[0].amount) == (12345600, 5)
    assert (project.traits, project.events[0].on) == ({"跨界": True}, dt.date(2026, 3, 1))
    assert (project.approvals[0].result, project.approvals[0].until) == ("通过", dt.date(2027, 2, 28))
    assert (project.submissions[0].to, project.submissions[0].period) == (("甲局",), "2026Q1")
    assert project.documents[0].kinds == ("方案书",)
    assert project.answers["问清楚"].note == "没有"
    assert project.content == "第一段\n\n第二段"


def test_traits_are_answered_as_questions_are() -> None:
    project, faults = read(HEAD + "traits: {跨界: 是}\n")
    assert (project.traits, faults) == ({"跨界": True}, [])
    project, faults = read(HEAD + "traits: {跨界: 否}\n")
    assert (project.traits, faults) == ({"跨界": False}, [])


def test_every_value_keeps_its_place_under_its_dotted_key() -> None:
    reader = Reader(WORDS)
    reader.record(
        Project, parse(HEAD + "budget:\n  lines:\n    - name: 开发\n      amount: 5元\ntraits:\n  跨界: true\n")[0], ""
    )
    assert reader.places[""] == (1, 1)
    assert reader.places["stage"] == (3, 8)
    assert reader.places["budget.lines[0]"] == (6, 7)
    assert reader.places["budget.lines[0].amount"] == (7, 15)
    assert reader.places["traits.跨界"] == (9, 7)


def test_an_absent_value_is_absent_and_never_a_fault() -> None:
    project, faults = read(HEAD + "year:\nbudget: ~\nevents: []\nanswers:\n  问清楚:\ntraits: {跨界: ~}\n")
    assert faults == []
    assert (project.year, project.budget, project.events, project.answers, project.traits) == (None, None, (), {}, {})


REFUSED = """
nmae: 项目
    4:1 GOV-105 没有“nmae”这个键
    是不是“name”（项目名称）？
项目代码: 甲
    4:1 GOV-105 没有“项目代码”这个键
    键名写英文：project_code
total: 5万元
    4:1 GOV-105 没有“total”这个键
    total 写在 budget（投资）下面
events: [{kind：完工, kind: 完工, on: 2026-03-01}]
    4:11 GOV-105 没有“kind：完工”这个键
    冒号是全角的，改成半角冒号加一个空格，写成 kind: 完工
category: 新键
    4:11 GOV-106 category（项目类别）写的“新键”不是本办法的词
    是不是“新建”？
category: “新建”
    4:11 GOV-106 category（项目类别）写的““新建””不是本办法的词
    去掉引号，写 新建
objects: 软件开发、数据治理
    4:10 GOV-106 objects（建设内容类型）写的“软件开发、数据治理”不是本办法的词
    几项之间用半角逗号，外面加方括号：[软件开发, 数据治理]
objects: [软件开发，数据治理]
    4:11 GOV-106 objects（建设内容类型）写的“软件开发，数据治理”不是本办法的词
    几项之间用半角逗号，写成 软件开发, 数据治理
participants: [甲局，乙局]
    4:16 GOV-107 participants（参建部门）的方括号里用了全角逗号或顿号，几项成了一项
    改成半角逗号“, ”；一项之内本来就有逗号的，每项另起一行写成“- …”
participants: {甲: 乙}
    4:15 GOV-107 participants（参建部门）应当是列表
    写成 [甲, 乙] 或每行一个“- 甲”
participants: [甲, ~]
    4:19 GOV-107 participants（参建部门）有一项是空的
    补写或删去这一项
lead: [甲]
    4:7 GOV-107 lead（牵头部门）应当是一段文字
    不要写成列表或多层
year: ２０２７
    4:7 GOV-107 year（计划年度）应当是四位年份，现在是“２０２７”
    只写半角数字，例如 2027
year: 27
    4:7 GOV-107 year（计划年度）应当是四位年份，现在是“27”
    只写半角数字，例如 2027
classified: 是
    4:13 GOV-107 classified（是否涉密）只能写 true 或 false
    是写 true，否写 false
traits: {跨界: yes}
    4:14 GOV-107 traits.跨界（项目特征）只能写 true 或 false，现在是“yes”
    是写 true，否写 false；也可以直接写 是 或 否
traits: {跨届: true}
    4:14 GOV-106 traits（项目特征）写的“跨届”不是本办法的词
    是不是“跨界”？
traits: {跨界: true, 跨行业: false}
    4:25 GOV-104 traits.跨界 用两种写法写了两次
    只留一处
traits: 跨界
    4:9 GOV-107 traits（项目特征）应当每行写一个“名称: 值”
    每行写一个 键: 值，冒号用半角并空一格
budget: {total: 320}
    4:17 GOV-107 budget.total（总投资）：金额“320”没有单位；金额要写数字和单位，例如 320万元 或 3200000元
    例如 320万元
budget: total：320万元
    4:9 GOV-107 budget（投资）应当是“键: 值”的写法
    里面用了全角冒号“：”，改成半角冒号加一个空格，写成 total: 320万元
schedule: {start: 2026-02-30}
    4:19 GOV-107 schedule.start（计划开工日期）：没有“2026-02-30”这一天
    日期写成 2026-03-01 的样子
unit: {level: 市级}
    4:7 GOV-108 unit 缺少 name（项目单位）
    补写 name: …
events: {kind: 完工}
    4:9 GOV-107 events（事项）应当是列表
    每条记录以“- ”开头
events: {－ kind: 完工}
    4:9 GOV-107 events（事项）应当是列表
    列表项以半角“- ”开头：横线用半角，后面空一格
events: [完工]
    4:10 GOV-107 events[0]（事项）应当是“键: 值”的写法
    每行写一个 键: 值，冒号用半角并空一格；“完工”写在它的键后面，例如 kind: 完工
approvals: [{body: 甲局, act: 甲审, result: 同意, date: 2026-01-05}]
    4:41 GOV-106 approvals[0].result（审批结果）不能写“同意”
    可以写：通过、不通过、退回修改
submissions: [{kind: 交报告, to: [甲局, 丙局], on: 2026-01-05}]
    4:36 GOV-106 submissions[0].to（报送对象）写的“丙局”不是本办法的词
    可以写：甲局、乙局
submissions: [{kind: 交报告, to: 甲局, on: 2026-01-05, period: 2026q1}]
    4:59 GOV-107 submissions[0].period（所属期间）看不懂“2026q1”
    写成 2026、2026Q1、2026H1 或 2026-01
answers: {问清楚: 是}
    4:16 GOV-107 answers.问清楚 只写了回答，还要写明谁在哪天确认
    照实写成 问清楚: {answer: 是, by: 确认人, on: 确认的日期}，日期例如 2026-03-01
answers: {问清处: {answer: 是, by: 甲, on: 2026-03-01}}
    4:16 GOV-106 answers（人工确认）写的“问清处”不是本办法的词
    是不是“问清楚”？
answers: {问清楚: {answer: 不适用, by: 甲, on: 2026-03-01}}
    4:16 GOV-108 answers.问清楚 答了“不适用”，还要写 note（说明）为什么
    补写 note: 不适用的原因
waivers: [{rule: SM-1-2, reason: 甲, by: 乙, number: 丙, until: 2026-03-01}]
    4:18 GOV-106 waivers[0].rule（规则编号）写的“SM-1-2”不是本办法的词
    是不是“SM-1-1”？
"""


def triples(table: str) -> list[list[str]]:
    lines = [line.strip() for line in table.strip().splitlines()]
    return [lines[n : n + 3] for n in range(0, len(lines), 3)]


@pytest.mark.parametrize(("text", "fault", "remedy"), triples(REFUSED))
def test_what_cannot_be_read_is_told_with_place_label_and_remedy(text: str, fault: str, remedy: str) -> None:
    project, faults = read(HEAD + text + "\n")
    assert faults == [f"{fault} | {remedy}"]
    assert project.id == "p"


def test_an_unreadable_value_is_none_so_that_no_rule_can_take_it_for_something() -> None:
    project, _ = read(
        HEAD + "category: 新键\nbudget: {total: '320'}\nschedule: {end: 明年}\n"
        "answers: {问清楚: {answer: 不适用, by: 甲, on: 2026-03-01}}\n"
    )
    assert project.category is None
    assert project.budget is not None
    assert project.budget.total is None
    assert project.schedule is not None
    assert project.schedule.end is None
    assert project.answers == {}


def test_all_faults_of_a_file_come_in_one_run() -> None:
    _, faults = read("id: p\nstage: 申保\nyear: 27\nbudgett: 1\nevents:\n  - {kind: 完工}\n")
    assert [fault.split(" ")[:2] for fault in faults] == [
        ["2:8", "GOV-106"], ["3:7", "GOV-107"], ["4:1", "GOV-105"], ["6:5", "GOV-108"], ["1:1", "GOV-108"],
    ]  # fmt: skip


def test_a_required_value_that_is_blank_is_missing_and_one_with_a_default_is_not() -> None:
    _, faults = read("id: ''\nname: '  '\nstage: ~\n")
    assert [fault.split(" | ")[0] for fault in faults] == [
        "1:1 GOV-108 缺少 id（项目标识）",
        "1:1 GOV-108 缺少 name（项目名称）",
        "1:1 GOV-108 缺少 stage（当前阶段）",
    ]
    reader = Reader(WORDS, given={"unit.name"})
    reader.record(Project, parse(HEAD + "unit: {level: 市级}\n")[0], "")
    assert reader.faults == []


def test_words_are_found_under_their_other_spellings_and_typed_full_width() -> None:
    project, faults = read(HEAD + "objects: [ＡＩ应用]\ndocuments: [{kinds: 方案, path: a.docx}]\n")
    assert (project.objects, project.documents[0].kinds, faults) == (("AI应用",), ("方案书",), [])


def test_without_a_regulation_words_are_taken_as_they_are() -> None:
    project, faults = read(HEAD + "category: 什么\ntraits: {那个: true}\n", None)
    assert (project.category, project.traits, faults) == ("什么", {"那个": True}, [])


# -- text that must not reach a terminal or a form -------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('name: "红\\e[31m字"', "4:7 GOV-107 name（项目名称）含有看不见的控制字符 U+001B"),
        ('name: "反\\u202e转"', "4:7 GOV-107 name（项目名称）含有看不见的控制字符 U+202E"),
        ('name: "零\\u200b宽"', "4:7 GOV-107 name（项目名称）含有看不见的控制字符 U+200B"),
        ('name: "空\\0"', "4:7 GOV-107 name（项目名称）含有看不见的控制字符 U+0000"),
        ('name: "两\\n行"', "4:7 GOV-107 name（项目名称）应当写在一行里"),
        ("name: 甲\u200e乙", "4:7 GOV-107 name（项目名称）含有看不见的控制字符 U+200E"),
        ('content: "甲\\a"', "4:10 GOV-107 content（主要建设内容）含有看不见的控制字符 U+0007"),
        ('category: "\\e新建"', "4:11 GOV-107 category（项目类别）含有看不见的控制字符 U+001B"),
        ('basis: ["\\e"]', "4:9 GOV-107 basis（建设依据）含有看不见的控制字符 U+001B"),
        ('traits: {"跨\\e界": true}', "4:18 GOV-107 traits（项目特征）的名称含有看不见的控制字符"),
    ],
)
def test_control_characters_are_refused_wherever_text_is_read(text: str, told: str) -> None:
    head = "id: p\nstage: 申报\n# …\n" if text.startswith("name") else HEAD
    for words in (WORDS, None):
        project, faults = read(head + text + "\n", words)
        assert faults[0].startswith(told)
        assert project.name in (None, "项目")


def test_wide_blanks_and_rare_characters_are_ordinary_text() -> None:
    project, faults = read('id: p\nname: 某　平台（一期）𠮷\ue000\nstage: 申报\ncontent: "甲\\n\\t乙"\n')
    assert (project.name, project.content, faults) == ("某　平台（一期）𠮷\ue000", "甲\n\t乙", [])


# -- dates ---------------------------------------------------------------------------------------

DATES = """
2026-02-30     | 没有“2026-02-30”这一天
2026-13-01     | 没有“2026-13-01”这一天
2026/3/1       | 日期“2026/3/1”请写成 2026-03-01
2026.03.01     | 日期“2026.03.01”请写成 2026-03-01
2026-3-1       | 日期“2026-3-1”请写成 2026-03-01
2026年3月1日   | 日期“2026年3月1日”请写成 2026-03-01
20260301       | 日期“20260301”请写成 2026-03-01
２０２６－０３－０１ | 日期“２０２６－０３－０１”请写成 2026-03-01
2026/2/30      | 没有“2026/2/30”这一天
0226-03-01     | 日期“0226-03-01”的年份不合常理
9999-12-31     | 日期“9999-12-31”的年份不合常理
2026-03        | 日期“2026-03”没有写到日
3月1日         | 看不懂日期“3月1日”
明年           | 看不懂日期“明年”
2026-03-01T00:00 | 日期“2026-03-01T00:00”请写成 2026-03-01
"""


@pytest.mark.parametrize("row", DATES.strip().splitlines())
def test_any_other_way_of_writing_a_date_is_an_error_that_says_so(row: str) -> None:
    text, told = (part.strip() for part in row.split("|"))
    with pytest.raises(ValueError, match=r"日期|这一天") as error:
        parse_date(text)
    assert str(error.value) == told


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_reads_back(day: dt.date) -> None:
    assert parse_date(day.isoformat()) == day
    with pytest.raises(ValueError, match=re.escape(f"请写成 {day}")):
        parse_date(f"{day.year}年{day.month}月{day.day}日")


@given(st.text())
def test_any_text_is_a_date_or_a_short_sentence_about_it(text: str) -> None:
    try:
        found: object = parse_date(text)
    except ValueError as error:
        found = str(error)
    assert isinstance(found, dt.date) or len(str(found)) < 70


# -- any value in any field ------------------------------------------------------------------------

FIELDS = list(specs(Project).values())
scalars = st.sampled_from(
    ["甲", "", "true", "320万元", "-5万元", "2026-03-01", "NaN", "是", "~", "9" * 30, "甲" * 300, "\x1b[31m"]
)
values = st.recursive(
    scalars, lambda v: st.one_of(st.lists(v, max_size=3), st.dictionaries(st.sampled_from(["kind", "on", "amount", "answer", "甲"]), v, max_size=3)),
    max_leaves=6,
)  # fmt: skip


@pytest.mark.parametrize("spec", FIELDS, ids=lambda spec: spec.key)
def test_whatever_stands_in_a_field_is_read_or_is_a_fault_with_a_place(spec: Spec) -> None:
    @settings(max_examples=20)
    @given(values)
    def in_this_field(value: Any) -> None:
        text = (
            HEAD.replace(f"{spec.key}: ", f"x_{spec.key}: ") + f"{spec.key}: {json.dumps(value, ensure_ascii=True)}\n"
        )
        project, faults = read(text)
        found = getattr(project, spec.key)
        assert not isinstance(found, float)
        assert all(fault[0].isdigit() for fault in faults)
        if spec.kind is Kind.WORD and found is not None:
            assert found in WORDS[spec.words].values()

    in_this_field()


def test_a_file_of_a_hundred_thousand_faults_is_cut_off_and_says_so() -> None:
    _, faults = read(HEAD + "".join(f"k{n}: 1\n" for n in range(20_000)))
    assert len(faults) == MAX_FAULTS + 1
    assert "问题太多" in faults[-1]
    _, faults = read(HEAD + "events:\n" + "  - 甲\n" * 20_000)
    assert len(faults) == MAX_FAULTS + 1


def test_no_near_word_is_looked_for_where_nothing_more_is_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for: list[str] = []
    monkeypatch.setattr("govit.dossier.fields.key_hint", lambda key, _: looked_for.append(key) or ("改名", ""))
    read(HEAD + "".join(f"k{n}: 1\n" for n in range(2_000)))
    assert len(looked_for) == MAX_FAULTS + 1


def test_a_long_value_is_not_repeated_at_length() -> None:
    _, faults = read(
        HEAD + f"category: {'甲' * 5000}\n{'k' * 900}: 1\nyear: {'9' * 5000}\nbudget: {{total: {'9' * 5000}}}\n"
    )
    assert len(faults) == 4
    assert max(len(fault) for fault in faults) < 250


def test_defaults_of_a_dossier_are_read_by_the_same_rules() -> None:
    reader = Reader(WORDS)
    defaults = reader.record(
        Settings, parse("regulation: r\nyear: 2027\nsystems:\n  - {id: s, name: 系统, completed: 2024年}\n")[0], ""
    )
    assert (defaults.regulation, defaults.year, defaults.systems[0].id) == ("r", 2027, "s")
    assert [f.message for f in reader.faults] == ["systems[0].completed（建成日期）：看不懂日期“2024年”"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("contracts: [{kind: 甲, date: 2026-03-01}]\n", "这里写 on（签订日期）"),
        ("approvals: [{body: 甲, act: 乙, on: 2026-03-01}]\n", "这里写 date（审批日期）"),
        ("submissions: [{act: 甲, to: 乙, on: 2026-03-01}]\n", "这里写 kind（报送事项）"),
        ("submissions: [{kind: 甲, body: 乙, on: 2026-03-01}]\n", "这里写 to（报送对象）"),
    ],
)
def test_a_key_of_another_list_is_told_as_what_says_the_same_here(text: str, hint: str) -> None:
    root, _ = parse(HEAD + text)
    reader = Reader(None)
    reader.record(Project, root, "")
    assert hint in [fault.hint for fault in reader.faults]
