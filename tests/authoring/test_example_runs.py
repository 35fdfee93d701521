"""What running the examples says of a pack: what holds, what does not, and where."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
from authoring.whole_pack import WHOLE
from small_pack import PACK, regulation

from govit.authoring.example_runs import run_examples
from govit.calendar.workdays import published
from govit.law.packs import pack
from govit.yamltext.tree import parse

BASE = """
base:
  as_of: 2024-06-03
  stage: 申报
  project: {id: b, name: 样板, stage: 申报, category: 新建, documents: [{kinds: [方案书]}]}
"""


def test_examples_that_do_not_hold_are_named_with_their_line_and_what_came_out() -> None:
    text = PACK.replace(
        "stage: 申报, strength: must}\n          - {id: SM-3-2",
        "stage: 申报, strength: must, examples: [{is: complies}, {is: violates, set: {}}]}\n          - {id: SM-3-2",
    )
    told, wrong = run_examples(regulation(text.replace("articles:", BASE + "articles:")), published())
    assert "SM-3-1：应当不合规，结果是合规" in told
    assert "SM-1-1：缺少一个“合规”的示例" in told
    assert "SM-3-2" not in told
    assert wrong == told.count("\n  第 ")
    assert "5 条规则、2 个示例，" in told
    assert told.partition("\n")[0].endswith(f"处不成立，还缺 {told.count('缺少一个')} 个示例")


def test_a_model_project_that_cannot_be_read_is_told_once_in_its_own_place() -> None:
    base = BASE.replace("category: 新建", "category: 新健").replace(
        "kinds: [方案书]", "kinds: [方按书], headings: {一: 9}"
    )
    text = PACK.replace("articles:", base + "articles:").replace(
        "question: 问清楚,\n", "question: 问清楚, examples: [{is: complies}, {is: violates}],\n"
    )
    told, wrong = run_examples(regulation(text), published())
    line = 1 + text[: text.index("新健")].count("\n")
    assert told.split("\n")[:2] == [
        "small-2024：base（样板项目）有 2 处错误，示例没有运行",
        f"  第 {line} 行 base：category（项目类别）写的“新健”不是本办法的词；是不是“新建”？",
    ]
    assert wrong == 2


def test_a_pack_whose_examples_all_hold_says_so() -> None:
    from govit.law.library import Library

    pack = Library().get("lianyungang-2025")
    assert pack is not None
    told, wrong = run_examples(pack, published())
    assert (wrong, "全部成立" in told) == (0, True)


# -- a pack that is being written ------------------------------------------------------------------


def whole(**changes: Any) -> Any:
    data = copy.deepcopy(WHOLE)
    data.update(changes)
    data = {key: value for key, value in data.items() if value is not None}
    return pack.build(*parse(json.dumps(data, ensure_ascii=False)), "shown-2026.yaml")


def test_a_pack_without_a_model_project_is_told_so_once() -> None:
    text, count = run_examples(whole(base=None), published())
    assert (count, text.count("没有 base（样板项目）")) == (1, 1)
    assert "在办法旁边写 shown-2026.examples.yaml" in text


def test_answers_that_cannot_be_tried_are_told_once_with_what_to_write() -> None:
    rule = {
        "id": "SH-1-1",
        "title": "甲",
        "check": "answered",
        "question": "数据共享落实",
        "stage": "实施",
        "when": {"紧急": True},
    }
    given = {"number": "第一条", "chapter": "第一章 总则", "sentences": [{"text": "应当这样。", "rules": [rule]}]}
    base = copy.deepcopy(WHOLE["base"])
    base["project"] |= {"category": "新建", "traits": {"紧急": False}}
    others: dict[str, Any] = {"routes": [], "off_route": [], "articles": [given], "base": base}
    text, _ = run_examples(whole(**others), published())
    assert text.count("SH-1-1：条件在样板项目上不成立") == 1
    assert "{is: complies, set: {…, answers.数据共享落实: 是}}" in text
    rule["examples"] = [
        {"is": "complies", "set": {"traits.紧急": True, "answers.数据共享落实": "是"}},
        {"is": "not-applicable"},
    ]
    text, count = run_examples(whole(**others), published())
    assert count == 0, text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("period: 6个月", "period: 9个月", "SM-2-1：第二条里没有“9个月”"),
        ("period: 6个月", "period: 6个工作日", "SM-2-1：第二条里没有“6个工作日”"),
        ("> 100万元", "> 10万元", "SM-1-1：第一条里没有“10万元”"),
        (
            "effective_from: 2024-01-01",
            "effective_from: 2024-02-01",
            "effective_from：2024-02-01，条文说的是 2024-01-01",
        ),
        ("effective_to: 2025-12-31", "effective_to: 2026-12-31", "effective_to：2026-12-31，条文说的是 2025-12-31"),
        ("effective_to: 2025-12-31\n", "", "effective_to：没有写，条文说的是 2025-12-31"),
    ],
)
def test_a_figure_that_the_law_does_not_say_is_told(old: str, new: str, told: str) -> None:
    last = """
  - number: 第九条
    sentences:
      - {text: 本办法自2024年1月1日起施行，有效期2年。, status: 施行, why: 见文件开头。}
"""
    text = PACK.rstrip() + last
    assert old in text
    assert "里没有“" not in run_examples(regulation(text), published())[0]
    assert "条文说的是" not in run_examples(regulation(text), published())[0]
    assert told in run_examples(regulation(text.replace(old, new)), published())[0]


@pytest.mark.parametrize(
    ("said", "written", "told"),
    [
        ("应当有方案书，两家以上", "check: at_least, value: catalogue.count, limit: 2", False),
        ("应当有方案书，三家以上", "check: at_least, value: catalogue.count, limit: 2", True),
        ("应当有方案书，不超过三成", "check: at_most, value: budget.spent, limit: 30%, of: budget.total", False),
        ("应当有方案书，不超过两成", "check: at_most, value: budget.spent, limit: 30%, of: budget.total", True),
        ("应当有方案书，不得超概算", "check: at_most, value: budget.spent, limit: 100%, of: budget.total", False),
        ("应当有方案书，次月10日前报", "check: every, every: 月, from: events.完成建设, submission: 交报告, period: 10日", False),
        ("应当有方案书，次月10日前报", "check: every, every: 月, from: events.完成建设, submission: 交报告, period: 1日", True),
        ("应当有方案书，每年8月31日前报", "check: every, every: 年, from: events.完成建设, submission: 交报告, period: 1日", True),
    ],
)
def test_what_an_article_says_in_its_own_way_is_said(said: str, written: str, told: bool) -> None:  # noqa: FBT001 - a column of the table
    text = PACK.replace("text: 应当有方案书，问清楚。", f"text: {said}，问清楚。").replace(
        "check: present, documents: [方案书],\n             stage: 申报", written + ("" if "every" in written else ", stage: 申报")
    )
    report = run_examples(regulation(text.replace("articles:", BASE + "articles:")), published())[0]
    assert ("SM-3-1：第三条里没有“" in report) is told


BOUNDED = PACK.replace(
    'budget.total: "> 100万元"}, strength: must, hint: 去甲局}',
    'budget.total: "> 100万元"}, strength: must, hint: 去甲局, examples: [{}, {}, {}]}',
)
IN, OUT = "{is: violates, set: {budget.total: 101万元}}", "{is: not-applicable, set: {budget.total: 99万元}}"
DONE = "{is: complies, set: {budget.total: 101万元, approvals.甲审@甲局: 2024-05-06}}"


@pytest.mark.parametrize(
    ("out", "told"),
    [(OUT, True), (OUT.replace("99", "100"), False), (OUT.replace("99万元", "100.01万元").replace("not-applicable", "violates"), True)],
)
def test_a_bound_on_which_no_example_stands_is_told(out: str, told: bool) -> None:  # noqa: FBT001 - a column of the table
    text = BOUNDED.replace("[{}, {}, {}]", f"[{IN}, {DONE}, {out}]").replace("articles:", BASE + "articles:")
    report, _ = run_examples(regulation(text), published())
    said = "SM-1-1：“budget.total（总投资）超过 100万元”写成“budget.total（总投资）不少于 100万元”，示例的结论都不变"
    assert (said in report) is told
    assert "SM-1-1：应当" not in report


def test_a_limit_on_which_no_example_stands_is_told() -> None:
    limit = "check: at_most, value: budget.spent, limit: 90万元, stage: 申报, examples: [{}, {}]"
    text = PACK.replace("check: present, documents: [方案书],\n             stage: 申报", limit).replace("articles:", BASE + "articles:")
    near = text.replace("[{}, {}]", "[{is: complies, set: {budget.spent: 89万元}}, {is: violates, set: {budget.spent: 91万元}}]")
    assert "“budget.spent（实际支出）不超过 90万元”写成“budget.spent（实际支出）小于 90万元”" in run_examples(regulation(near), published())[0]
    assert "示例的结论都不变" not in run_examples(regulation(near.replace("89万元", "90万元")), published())[0]


def told_of(example: str, base: str = BASE) -> str:
    """What is said of one example of the period rule of the small pack."""
    text = PACK.replace("period: 6个月, strength: must}", f"period: 6个月, strength: must, examples: [{example}]}}")
    return run_examples(regulation(text.replace("articles:", base + "articles:")), published())[0]


def test_an_example_set_in_days_that_have_not_come_is_told_so() -> None:
    late = "{is: violates, set: {events.完成建设: 2024-01-02, submissions.交报告: 2024-08-02}}"
    assert "set 里的 2024-08-02 晚于判断日 2024-06-03，那一天还没有来；写一个更晚的 as_of" in told_of(late)
    in_time = late.replace("set:", "as_of: 2024-09-02, set:")
    assert "晚于判断日" not in told_of(in_time)
    assert "SM-2-1：应当" not in told_of(in_time)


def test_an_example_in_a_year_without_its_notice_is_told_where_to_move() -> None:
    open_ = "{is: violates, as_of: 2029-11-02, set: {events.完成建设: 2029-04-02, submissions.交报告: 2029-10-09}}"
    known = max(published().years)
    text = told_of(open_)
    assert f"2029 年的放假安排没有收录；示例用 {known} 年及以前的日子，或者离期限满远一些" in text


def test_what_did_come_out_is_said_once() -> None:
    """Of several subjects only those that decided, and no title twice."""
    several = "{is: complies, set: {documents: []}}"
    text = PACK.replace(
        "documents: [方案书],\n             stage: 申报, strength: must}",
        f"documents: [方案书],\n             stage: 申报, strength: must, examples: [{several}]}}",
    )
    told = run_examples(regulation(text.replace("articles:", BASE + "articles:")), published())[0]
    line = next(one for one in told.split("\n") if "SM-3-1：应当合规" in one)
    assert line.count("应有方案书") == 1
