"""What running the examples says of a pack: what holds, what does not, and where."""

from __future__ import annotations

from small_pack import PACK, regulation

from govit.authoring.example_runs import run_examples
from govit.calendar.workdays import published

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
