"""What is said of a chapter that is not one: where its words stand, and which file decides."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from word_structures import STRUCTURES, build

from govit.documents.content import Content, Reading, Trouble, from_headings
from govit.documents.markdown import read_markdown
from govit.dossier.finding import Outcome
from govit.dossier.model import Document
from govit.judging.checks.inside import chapter_in, topic_in
from govit.judging.checks.presence import chapter

KIND, SHARING, SECURITY = "可行性研究报告", "数据资源共享分析", "网络安全保障"


def document(content: Content | None, path: str = "可研.docx", kinds: tuple[str, ...] = (KIND,)) -> Document:
    trouble = None if content else Trouble.UNSUPPORTED
    return Document(kinds=kinds, path=path, reading=Reading(None, content, trouble, "只登记，不读取"))


def said(word: Any, name: str, wanted: str) -> tuple[str, str | None]:
    structure = STRUCTURES[name]
    content = word.content(build(structure.lines), styles=structure.styles, numbering=structure.numbering)
    verdict = chapter_in(document(content), wanted, ())
    assert verdict.outcome is Outcome.VIOLATES
    return verdict.detail, verdict.nearest


@pytest.mark.parametrize(
    ("name", "wanted", "place", "nearest"),
    [
        (
            "a form's table and a text box are no chapters",
            SHARING,
            "文中第 1 段附近的表格里有",
            "第七章 数据资源共享分析",
        ),
        ("a form's table and a text box are no chapters", "运维保障", "文中第 2 段附近的文本框里有", "第九章 运维保障"),
        ("plain chapters with plain sections and lists", SECURITY, "文中第 8 段有", "1. 网络安全保障"),
        ("sentences that begin with a heading", SECURITY, "文中第 3 段有", "（二）网络安全保障"),
    ],
)
def test_words_that_are_no_heading_are_named_by_their_place(
    word: Any, name: str, wanted: str, place: str, nearest: str
) -> None:
    detail, near = said(word, name, wanted)
    assert f"{place}“{nearest}”这几个字，但不是标题" in detail
    assert near == nearest


def test_a_chapter_that_only_the_contents_lists_is_told_and_not_to_be_made_a_heading_there(word: Any) -> None:
    detail, near = said(word, "a contents with page numbers in brackets", SECURITY)
    assert detail.endswith("只有目录（或跳转链接）里有“第四章 网络安全保障”，正文里没有这个标题")
    assert near == "第四章 网络安全保障"


def test_bold_words_in_front_of_a_text_are_named(word: Any) -> None:
    detail, near = said(word, "headings run in, bold before plain", SECURITY)
    assert "文中第 2 段有“七、网络安全保障”这几个字，但不是标题" in detail
    assert near == "七、网络安全保障"


@pytest.mark.parametrize(
    "line", ["二网络安全保障", "【二】网络安全保障", "B. 网络安全保障", "#网络安全保障", "网络安全保障（一期）和其他"]
)
def test_a_line_that_holds_the_name_and_little_more_is_the_nearest_miss(word: Any, line: str) -> None:
    content = word.content(build(f"h1 一、总论\n t\n p {line}\n t"), styles=STRUCTURES["WPS styles"].styles)
    assert chapter_in(document(content), SECURITY, ()).nearest == line
    sentence = word.content(build("h1 一、总论\n p 报告应有网络安全保障篇（章），另见第十九条的要求。"))
    assert chapter_in(document(sentence), SECURITY, ()).nearest is None


def test_a_deeper_heading_is_named_with_its_depth(word: Any) -> None:
    detail, near = said(word, "typed headings of three sizes", SHARING)
    assert "只是第 3 级标题" in detail
    assert near == "1. 数据资源共享分析"


def test_a_chapter_of_an_annex_is_named_with_the_annex(word: Any) -> None:
    detail, near = said(word, "an annex with chapters of its own", SECURITY)
    assert "在“附件1 数据管理办法”里" in detail
    assert near == "第二章 网络安全保障"


def test_markdown_names_the_line() -> None:
    text = "# 第一章 总论\n\n**第七章 网络安全保障**\n\n内容。\n\n| 甲 | 数据资源共享分析 |\n|---|---|\n| 乙 | 丙 |\n"
    content = read_markdown(text.encode())
    assert "文中第 3 行有“第七章 网络安全保障”" in chapter_in(document(content), SECURITY, ()).detail
    assert "文中第 7 行附近的表格里有“数据资源共享分析”" in chapter_in(document(content), SHARING, ()).detail


def test_a_topic_that_is_no_heading_is_named_too() -> None:
    content = read_markdown("# 总论\n\n网络安全建设方案\n\n内容。\n".encode())
    assert "文中第 3 行有“网络安全建设方案”" in topic_in(document(content), KIND, "网络安全建设方案").detail


# a stamped PDF beside the file that it was made from


def judged(item: Document, *others: Document) -> Outcome:
    demand: Any = SimpleNamespace(chapter=SECURITY, also=())
    facts: Any = SimpleNamespace(items=lambda _name: [item, *others])
    (verdict,) = chapter(demand, facts, item)
    return verdict.outcome


def test_one_readable_file_of_the_kind_decides() -> None:
    stamped = document(None, "可研.pdf")
    good = document(from_headings({SECURITY: 9}))
    bad = document(from_headings({"总论": 9}))
    assert judged(stamped) is Outcome.UNDETERMINED
    assert judged(stamped, good) is Outcome.NOT_APPLICABLE
    assert judged(stamped, bad) is Outcome.NOT_APPLICABLE
    assert judged(good, stamped) is Outcome.COMPLIES
    assert judged(bad, stamped) is Outcome.VIOLATES
    assert judged(stamped, document(None, "可研.doc")) is Outcome.UNDETERMINED


def test_a_file_of_another_kind_decides_nothing() -> None:
    stamped = document(None, "可研.pdf")
    design = document(from_headings({SECURITY: 9}), "初设.docx", ("初步设计",))
    assert judged(stamped, design) is Outcome.UNDETERMINED
    both = document(None, "可研和初设.pdf", (KIND, "初步设计"))
    assert judged(both, design) is Outcome.UNDETERMINED
    assert judged(both, design, document(from_headings({SECURITY: 9}))) is Outcome.NOT_APPLICABLE
