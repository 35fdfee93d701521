from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from govit.documents.content import from_headings
from govit.documents.names import ChapterState, bare_name, find_chapter, find_topic, nearest_heading

SHARING, SECURITY = "数据资源共享分析", "网络安全保障"


@pytest.mark.parametrize(
    "text",
    [
        "网络安全保障",
        "第八章 网络安全保障篇",
        "第8章网络安全保障",
        "第 八 章　网 络 安 全 保 障",
        "第十二篇、网络安全保障篇（章）",
        "第三部分：网络安全保障(章)",
        "八、网络安全保障",
        "八.网络安全保障",
        "八 网络安全保障",
        "（八）网络安全保障",
        "(8) 网络安全保障",
        "8 网络安全保障",
        "8网络安全保障",
        "8、网络安全保障章",
        "8.网络安全保障",
        "８．２　网络安全保障篇",
        "1.2.3 网络安全保障",
        "1.2网络安全保障",
        "Ⅷ、网络安全保障",
        "第八章 8.1 网络安全保障",
        "第八章 网络安全保障专篇",
        "第八章 网络安全保障专章：",
        "【网络安全保障】",
        "网络安全保障（篇章）",
        "网络安全保障篇章",
        "“网络安全”保障。",
    ],
)
def test_the_bare_name_is_what_remains(text: str) -> None:
    assert bare_name(text) == SECURITY


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("一体化平台", "一体化平台"),
        ("12345热线建设", "12345热线建设"),
        ("5G专网", "5g专网"),
        ("3年行动计划", "3年行动计划"),
        ("2026年建设计划", "2026年建设计划"),
        ("8 节能与环保", "节能与环保"),
        ("8节能与环保", "节能与环保"),
        ("第八章", "第八"),
        ("第八章 ", "第八"),
        ("１．ＩＴ运维", "it运维"),
        ("", ""),
        ("……", ""),
        ("篇章", ""),
    ],
)
def test_words_that_look_like_numbers_stay(text: str, name: str) -> None:
    assert bare_name(text) == name


@given(st.text(max_size=40))
@settings(max_examples=150)
def test_a_bare_name_of_any_text_has_no_blank_or_punctuation(text: str) -> None:
    assert all(character.isalnum() for character in bare_name(text) if character.isprintable() and character.isascii())


def test_a_chapter_with_content_is_found() -> None:
    content = from_headings({"第七章 数据资源共享分析篇": 900, "第八章 网络安全保障篇": 300})
    search = find_chapter(content, SHARING)
    assert search.state is ChapterState.FOUND
    assert search.heading is content.headings[0]


def test_the_regulation_may_print_the_name_with_its_ending() -> None:
    content = from_headings({"七、数据资源共享分析": 900})
    assert find_chapter(content, "数据资源共享分析篇（章）").state is ChapterState.FOUND


def test_other_names_may_count() -> None:
    content = from_headings({"信息资源共享分析": 900})
    assert find_chapter(content, SHARING, ["信息资源共享分析篇"]).state is ChapterState.FOUND


@pytest.mark.parametrize(
    "heading",
    [
        "数据资源共享分析与网络安全保障篇",
        "第七章 数据资源共享分析和网络安全保障",
        "数据资源共享分析篇及网络安全保障篇",
        "数据资源共享分析、网络安全保障篇（章）",
        "数据资源共享分析篇（章）以及网络安全保障篇（章）",
        "数据资源共享分析 / 网络安全保障",
        "项目管理、数据资源共享分析、网络安全保障",
    ],
)
def test_one_heading_may_serve_two_chapters(heading: str) -> None:
    content = from_headings({heading: 900})
    assert find_chapter(content, SHARING).state is ChapterState.FOUND
    assert find_chapter(content, SECURITY).state is ChapterState.FOUND


def test_a_longer_name_is_another_name() -> None:
    content = from_headings({"网络安全保障体系与运维": 900})
    assert find_chapter(content, SECURITY).state is ChapterState.NEAR


def test_a_chapter_is_a_heading_of_the_two_highest_levels_in_use() -> None:
    second = from_headings({"# 可行性研究报告": 0, "## 网络安全保障": 9})
    assert find_chapter(second, SECURITY).state is ChapterState.FOUND
    skipped = from_headings({"## 总论": 5, "##### 网络安全保障": 9})
    assert find_chapter(skipped, SECURITY).state is ChapterState.FOUND
    third = from_headings({"# 报告": 0, "## 技术方案": 5, "### 网络安全保障": 9})
    search = find_chapter(third, SECURITY)
    assert search.state is ChapterState.TOO_DEEP
    assert search.heading is third.headings[2]
    fuller = from_headings(
        {"# 报告": 0, "## 方案": 5, "### 网络安全保障": 0, "#### 网络安全保障": 9, "##### 网络安全保障": 9}
    )
    assert find_chapter(fuller, SECURITY).heading is fuller.headings[2]
    apart = from_headings({"# 报告": 0, "## 方案": 5, "### 网络安全保障": 0, "## 附": 1, "#### 网络安全保障": 9})
    assert find_chapter(apart, SECURITY).heading is apart.headings[4]


def test_an_empty_chapter_and_one_with_a_placeholder_are_told_apart() -> None:
    content = from_headings({SHARING: 0, SECURITY: "见附件"})
    assert find_chapter(content, SHARING).state is ChapterState.EMPTY
    search = find_chapter(content, SECURITY)
    assert search.state is ChapterState.PLACEHOLDER
    assert search.heading is not None
    assert search.heading.placeholder == "见附件"


def test_of_several_occurrences_the_full_one_wins() -> None:
    content = from_headings({"网络安全保障": 0, "第八章 网络安全保障": "待补充", "八、网络安全保障": 30})
    search = find_chapter(content, SECURITY)
    assert (search.state, search.heading) == (ChapterState.FOUND, content.headings[2])
    without = from_headings({"网络安全保障": 0, "第八章 网络安全保障": "待补充"})
    assert find_chapter(without, SECURITY).state is ChapterState.PLACEHOLDER


def test_subheadings_fill_their_chapter() -> None:
    content = from_headings({SECURITY: 0, "## 等级保护": 30})
    assert find_chapter(content, SECURITY).state is ChapterState.FOUND
    assert [one.length for one in content.headings] == [30, 30]


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        (SHARING, "信息资源共享分析"),
        (SHARING, "数据共享分析"),
        (SECURITY, "网络安全设计"),
        (SECURITY, "网络安全"),
        (SECURITY, "网络安全保障体系建设及密码应用方案"),
        (SECURITY, "信息安全保障"),
    ],
)
def test_a_name_that_resembles_it_is_the_nearest_miss(name: str, heading: str) -> None:
    content = from_headings({"总论": 10, heading: 900, "质量保障": 20})
    search = find_chapter(content, name)
    assert search.state is ChapterState.NEAR
    assert search.heading is content.headings[1]


def test_nothing_alike_is_missing() -> None:
    content = from_headings({"项目概述": 900, "投资估算": 100, "数据库设计": 30})
    for missing in (find_chapter(content, SECURITY), find_chapter(from_headings({}), SECURITY)):
        assert (missing.state, missing.heading) == (ChapterState.MISSING, None)


def test_a_name_that_is_nothing_is_never_found() -> None:
    assert find_chapter(from_headings({"篇章": 5, "……": 5}), "篇章").state is ChapterState.MISSING


def test_a_topic_is_a_heading_of_any_level_with_content() -> None:
    content = from_headings({"总论": 5, "## 公共数据资源目录": 0, "## 3.1 公共数据资源目录及共享方式": 30})
    assert find_topic(content, ["数据共享需求", "公共数据资源目录"]) is content.headings[2]
    assert find_topic(content, ["投资概算"]) is None


def test_the_nearest_heading_is_the_most_alike() -> None:
    content = from_headings({"网络设计": 5, "网络安全设计": 5, "网络安全体系": 5})
    assert nearest_heading(content, ["网络安全保障"]) is content.headings[1]
    assert nearest_heading(content, []) is None
    assert nearest_heading(content, ["投资估算"]) is None


def test_half_alike_is_near_and_less_is_not() -> None:
    half, less = from_headings({"网络安": 9}), from_headings({"网络安排": 9})
    assert nearest_heading(half, ["网络图"]) is half.headings[0]
    assert nearest_heading(less, ["网络图"]) is None


@pytest.mark.parametrize(
    ("title", "child", "state"),
    [
        ("# 智慧停车平台可行性研究报告", "## 第一篇 总论", ChapterState.FOUND),
        ("# 某市智慧停车平台", "## 一、总体情况", ChapterState.FOUND),
        ("# 数据平台初步设计方案", "## 总体情况", ChapterState.FOUND),
        ("# 总体设计", "## 数据设计", ChapterState.TOO_DEEP),
        ("# 总体设计", "## 一、数据设计", ChapterState.TOO_DEEP),
        ("# 某市智慧停车平台", "## 总体情况", ChapterState.TOO_DEEP),
        ("# 第五章 某平台建设方案", "## 5.1 总体", ChapterState.TOO_DEEP),
    ],
)
def test_a_title_that_wraps_the_file_is_no_level(title: str, child: str, state: ChapterState) -> None:
    content = from_headings({title: 0, child: 5, "### 网络安全保障": 9})
    assert find_chapter(content, SECURITY).state is state
    annexed = from_headings({title: 0, child: 5, "### 网络安全保障": 9, "# 附件1 清单": 3})
    assert find_chapter(annexed, SECURITY).state is state
    again = from_headings({title: 0, child: 5, "### 网络安全保障": 9, "# 又一部分": 3})
    assert find_chapter(again, SECURITY).state is ChapterState.TOO_DEEP


@pytest.mark.parametrize("text", ["第七章 网络安全保障", "第七篇 网络安全保障", "Chapter 7 网络安全保障"])
def test_what_calls_itself_a_chapter_is_one_at_any_level(text: str) -> None:
    content = from_headings({"# 甲": 1, "## 乙": 1, f"#### {text}": 9, "# 丙": 1})
    assert find_chapter(content, SECURITY).state is ChapterState.FOUND
    section = from_headings({"# 甲": 1, "## 乙": 1, "#### 第七节 网络安全保障": 9, "# 丙": 1})
    assert find_chapter(section, SECURITY).state is ChapterState.TOO_DEEP


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("第七章 网络安全保障 Network Security", SECURITY),
        ("网络安全保障 (Network Security)", SECURITY),
        ("网络安全保障/Cyber Security Assurance", SECURITY),
        ("Chapter 8 网络安全保障", SECURITY),
        ("Ⅶ 网络安全保障", SECURITY),
        ("Ⅷ. 网络安全保障", SECURITY),
        ("VIII 网络安全保障", SECURITY),
        ("⑦网络安全保障", SECURITY),
        ("⒎网络安全保障", SECURITY),
        ("㈦网络安全保障", SECURITY),
        ("网络安全保障 IT", "网络安全保障it"),
        ("IT运维平台", "it运维平台"),
        ("Ⅱ类水质", "ii类水质"),
        ("X光机", "x光机"),
        ("Network Security", "networksecurity"),
    ],
)
def test_numbers_of_all_kinds_and_translations_come_off(text: str, name: str) -> None:
    assert bare_name(text) == name


def test_a_chapter_of_an_annex_is_none_of_the_report() -> None:
    body = {"第一章 总论": 5, "第二章 方案": 5}
    content = from_headings({**body, "附件1 管理办法": 0, "## 第一章 总则": 3, "## 第二章 网络安全保障": 9})
    search = find_chapter(content, SECURITY)
    assert (search.state, search.heading) == (ChapterState.ANNEXED, content.headings[4])
    itself = from_headings({"附件1 申报表": 3, "附件2 可行性研究报告": 0, "## 第二章 网络安全保障": 9})
    assert find_chapter(itself, SECURITY).state is ChapterState.FOUND
