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
