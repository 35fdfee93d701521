"""What a pack declares and nothing uses is told to its author."""

from __future__ import annotations

import pytest
from small_pack import PACK, regulation

from govit.authoring.example_runs import run_examples
from govit.authoring.unused import in_one_line, not_demanded, unused
from govit.calendar.workdays import published
from govit.law.library import Library

USED = PACK.replace("  traits: {跨界: {ask: 是否跨界？}}\n", "")


def test_what_is_used_is_not_named() -> None:
    assert list(unused(regulation(USED))) == []


@pytest.mark.parametrize(
    ("written", "instead", "told"),
    [
        ("乙审: {}}", "乙审: {}, 丙审: {}}", ("words.acts", "丙审")),
        ("方案书: {}", "方案书: {}, 别的书: {also: [另书]}", ("words.documents", "别的书")),
        ("完成建设: {}}", "完成建设: {}, 开始建设: {}}", ("words.events", "开始建设")),
        ("交报告: {to: 甲局}", "交报告: {to: 甲局}, 交别的: {to: 甲局}", ("words.submissions", "交别的")),
        ("运维: {}", "运维: {traits: [运行类]}", ("words.categories 的 traits", "运行类")),
        ("问清楚: {ask", "没人问: {ask: 是否有人问？, who: 经办人}, 问清楚: {ask", ("words.questions", "没人问")),
        (
            "facts: []",
            "facts: [{name: 没人用, article: 第一条, any: [{建设类: true}]}]",
            ("facts", "没人用"),
        ),
    ],
)
def test_each_kind_of_name_that_nothing_uses_is_told(written: str, instead: str, told: tuple[str, str]) -> None:
    assert written in USED
    assert list(unused(regulation(USED.replace(written, instead)))) == [told]


def test_a_word_that_gives_its_article_is_accounted_for() -> None:
    text = USED.replace("乙审: {}}", "乙审: {}, 丙审: {article: 第一条}}")
    assert list(unused(regulation(text))) == []


def test_it_is_told_with_the_examples_and_is_no_fault_of_theirs() -> None:
    base = "base:\n  as_of: 2024-06-03\n  project: {id: b, name: 样板, stage: 申报, category: 新建}\narticles:"
    clean = USED.replace("articles:", base)
    told, wrong = run_examples(regulation(clean), published())
    more, same = run_examples(regulation(clean.replace("乙审: {}}", "乙审: {}, 丙审: {}}")), published())
    assert ("提醒" in told, wrong) == (False, same)
    assert "  提醒 words.acts“丙审”：没有规则、事实、阶段、路径或表格用到" in more


def test_what_the_packs_of_the_package_keep_for_the_record_alone() -> None:
    packs = [pack for name in Library().ids() if (pack := Library().get(name)) is not None]
    assert {(pack.id, name) for pack in packs for _, name in unused(pack)} == {
        ("lianyungang-2025", "咨询设计合同"),
        ("lianyungang-2025", "服务类"),
        ("qidong-2022", "发布采购公告"),
        ("qidong-2022", "服务类"),
        ("taizhou-draft-2025", "部门建设方案"),
    }


def test_it_is_told_to_whoever_judges_by_the_pack_in_one_line() -> None:
    assert in_one_line(regulation(USED)) == ""
    said = in_one_line(regulation(PACK))
    assert said.startswith("提醒：自备办法 small-2024 里有没有用到的名称：words.traits“跨界”；")
    many = ", ".join(f"多余{n}审: {{}}" for n in range(7))
    assert "……共 7 处" in in_one_line(regulation(USED.replace("乙审: {}}", f"乙审: {{}}, {many}}}")))


def test_a_paper_that_only_the_list_of_a_submission_names_is_told() -> None:
    text = USED.replace("交报告: {to: 甲局}", "交报告: {to: 甲局, materials: [方案书, 报告书]}")
    text = text.replace("方案书: {}", "方案书: {}, 报告书: {}")
    assert list(not_demanded(regulation(text))) == [("交报告", "报告书")]
    assert "提醒 words.submissions“交报告”的 materials“报告书”" in run_examples(regulation(text), published())[0]
