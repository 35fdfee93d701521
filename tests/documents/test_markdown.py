from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from govit.documents.content import Content, Heading, Trouble, Unreadable
from govit.documents.markdown import read_markdown


def content(text: str) -> Content:
    return read_markdown(text.encode())


def headings(text: str) -> tuple[Heading, ...]:
    return content(text).headings


def shown(text: str) -> list[tuple[int, str]]:
    return [(one.level, one.text) for one in headings(text)]


def below(text: str) -> tuple[int, str | None]:
    heading = headings("# 总论\n\n" + text)[0]
    return heading.length, heading.placeholder


def test_a_heading_knows_its_line_and_column() -> None:
    first, second, third = headings("\n# 总论\n\n  ## 网络安全 ##\n正文\n\n 数据共享\n---\n")
    assert (first.line, first.column, first.paragraph) == (2, 1, None)
    assert (second.line, second.column, second.path) == (4, 3, ("总论", "网络安全"))
    assert (third.line, third.column, third.level) == (7, 2, 2)


def test_line_ends_and_a_byte_order_mark_shift_nothing() -> None:
    for text in ("﻿# 甲\r\n\r\n# 乙\r\n", "# 甲\r\r# 乙", "# 甲\n\f\n# 乙".replace("\f", "")):
        assert [(one.line, one.column, one.text) for one in headings(text)] == [(1, 1, "甲"), (3, 1, "乙")]
    assert headings("甲\u2028乙\x85丙\n# 丁")[0].line == 2


def test_markup_is_not_shown() -> None:
    assert shown("# **第八章** `网络`_安全_ [保障](x.md)篇 <!-- 待改 -->\n") == [(1, "第八章 网络安全 保障篇")]
    assert shown("# *甲* _乙_ ~~丙~~ \\# &amp; <br> a_b_c ![图](t.png)") == [(1, "甲 乙 丙 # & a_b_c")]
    assert shown("## 网络安全 {#sec-8 .chapter}") == [(2, "网络安全")]


def test_headings_that_are_none() -> None:
    assert shown("#甲\n\n####### 乙\n\n    # 丙\n\n\\# 丁\n\n＃ 戊") == []
    assert shown("# \n\n#\n\n## <!-- 甲 -->") == []


def test_headings_in_code_comments_and_html_are_none() -> None:
    assert shown("```\n# 甲\n```\n\n~~~~ python\n# 乙\n~~~\n# 丙\n~~~~\n# 丁") == [(1, "丁")]
    assert shown("<!-- \n# 甲\n\n# 乙\n-->\n# 丙") == [(1, "丙")]
    assert shown("<div>\n# 甲\n</div>\n\n# 乙") == [(1, "乙")]
    assert shown("```\n# 未完\n") == []


def test_headings_in_lists_and_quotations_are_none() -> None:
    assert shown("> # 甲\n\n- # 乙\n\n  # 丙\n\n1. 步骤\n\n   ```bash\n   # 丁\n   ```\n\n# 戊") == [(1, "戊")]


def test_front_matter_is_skipped_and_a_rule_at_the_top_is_not_front_matter() -> None:
    text = "---\ntitle: 网络安全\n# 注释\n---\n# 甲\n"
    assert [(one.text, one.line) for one in headings(text)] == [("甲", 5)]
    assert content(text).length == 1
    assert shown("---\ntitle: x\n...\n# 甲\n") == [(1, "甲")]
    assert shown("---\n\n# 甲\n\n---\n") == [(1, "甲")]
    assert shown("---\ntitle: x\n# 甲\n") == [(1, "甲")]


def test_text_above_a_rule_is_a_heading_only_if_it_looks_like_one() -> None:
    assert shown("网络安全保障\n---\n") == [(2, "网络安全保障")]
    assert shown("# 甲\n\n系统按三级等保建设。\n---\n") == [(1, "甲")]
    assert below("系统按三级等保建设。\n---\n") == (10, None)
    assert shown("很长" * 60 + "\n===\n") == []


def test_contents_lines_are_no_headings() -> None:
    assert shown("# 第一章 总论……3\n# 第一章 总论\n") == [(1, "第一章 总论")]


def test_what_counts_as_content() -> None:
    assert below("正文 两字") == (4, None)
    assert below("**正文**，[链接](http://例子)，`码`") == (7, None)
    assert below("- 甲\n- 乙\n\n1. 丙\n\n> 丁") == (4, None)
    assert below("```mermaid\ngraph TD\n```") == (7, None)
    assert below("    缩进的代码") == (5, None)
    assert below("<https://a.b>") == (11, None)


def test_a_table_or_figure_is_content() -> None:
    assert below("![架构图](图.png)") == (1, None)
    assert below("![][图]\n\n[图]: 图.png") == (1, None)
    assert below('<img src="图.png">') == (1, None)
    assert below("| 甲 | 乙 |\n|:--|--:|\n|   |   |") == (3, None)
    assert below("<table><tr><td>甲</td></tr></table>") == (2, None)


def test_what_does_not_count() -> None:
    assert below("<!-- 请写明\n\n等保级别 -->\n") == (0, None)
    assert below("---\n\n***\n") == (0, None)
    assert below("<br>\n") == (0, None)
    assert below("[图]: 图.png") == (0, None)
    assert below("```\n```") == (0, None)
    assert below("甲 <!-- 乙 --> 丙") == (2, None)
    assert below("甲 <!-- 乙") == (6, None)


def test_what_only_keeps_a_place_or_leads_elsewhere_is_no_content() -> None:
    assert below("|  |  |\n|---|---|\n|  |  |") == (0, None)
    assert below("| 待补充 | / |\n|---|---|\n| 略 |  |") == (0, "待补充 / 略")
    assert below("| 序号 | 名称 |\n|---|---|\n|  |  |") == (5, None)
    assert below("[网络安全方案](安全.md)") == (0, "网络安全方案")
    assert below("[[网络安全方案]]。") == (0, "[[网络安全方案]]。")
    assert below("见[网络安全方案](安全.md)，按三级建设") == (13, None)
    assert below("![[网络安全方案]]") == (1, None)
    assert below("[TOC]\n\n{: .no_toc }\n\n%% 待写 %%") == (0, None)
    assert below("内容[^1]\n\n[^1]: 注") == (2, None)


def test_signs_of_a_program_are_not_shown_in_a_heading() -> None:
    assert shown("# 二、网络安全保障[^1]") == [(1, "二、网络安全保障")]
    assert shown("# ==二、网络安全保障==") == [(1, "二、网络安全保障")]
    assert shown("# a == b") == [(1, "a == b")]


def test_headings_stand_anywhere_in_a_block_of_html() -> None:
    text = "<p>封面</p>\n<h1>第一章 总论</h1>\n<p>内容</p>\n <h2>1.1 背景</h2>\n<p>内容</p>\n"
    assert [(one.level, one.text, one.line, one.length) for one in headings(text)] == [
        (1, "第一章 总论", 2, 4),
        (2, "1.1 背景", 4, 2),
    ]
    for holder in ("<table>\n<tr><td><h1>甲</h1>", "<!-- <h1>甲</h1>\n-->", "<pre>\n<h1>甲</h1>", "<ul>\n<li><h2>甲</h2>"):
        assert shown(holder) == []


def test_a_short_line_of_any_paragraph_may_be_the_nearest_miss() -> None:
    said = [(one.text, one.line) for one in content("总论\n#第二章 网络安全保障\n内容\n\n## 甲").asides]
    assert said == [("总论", 1), ("#第二章 网络安全保障", 2), ("内容", 3)]


@pytest.mark.parametrize(
    "text", ["待补充", "**待补充**", "- 待补充", "> 待补充", "1. 待补充", "<p>待补充</p>", "`待补充`", "| 待补充"]
)
def test_placeholders_are_found_under_any_markup(text: str) -> None:
    length, placeholder = below(text)
    assert length == 0
    assert placeholder is not None
    assert "待补充" in placeholder


def test_a_comment_asks_and_does_not_answer() -> None:
    assert below("<!-- 在此说明 -->\n\n（待补充）\n") == (0, "（待补充）")


def test_marks_are_placed_by_line_and_column() -> None:
    text = "# 总论\r\n\r\n密级：机密★10年\r\n```\r\n秘密 ★\r\n```\r\n<!-- **绝密**★ -->\r\n机密级\r\n"
    marks = [(mark.line, mark.column, mark.where, mark.paragraph) for mark in content(text).marks]
    assert marks == [(3, 4, "正文", None), (5, 1, "正文", None), (7, 8, "正文", None)]


def test_too_many_headings_are_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        content("# 甲\n" * 20_001)
    assert refusal.value.trouble is Trouble.HUGE
    assert "20000 个标题" in refusal.value.detail


def test_too_many_lines_are_refused() -> None:
    with pytest.raises(Unreadable) as refusal:
        content("\n" * 500_000)
    assert refusal.value.trouble is Trouble.HUGE
    assert "100000 行" in refusal.value.detail


HOSTILE = [
    "<!--" * 20_000,
    "[" * 50_000,
    "![" * 30_000,
    "<a " * 30_000,
    "*" * 100_000,
    "_a" * 50_000,
    "> " * 3_000 + "甲",
    "- " * 3_000 + "甲" + "\n" * 20_000,
    "- " * 3_000 + "甲",
    "`" * 50_000,
    "|" * 50_000 + "\n|---|",
    "# " + "#" * 50_000 + "a",
    "<a" + " b" * 50_000,
    "<" + "a" * 50_000,
    "[a](" * 20_000,
    "甲 " * 50_000 + "\n===",
    "\\" * 50_000,
    "&" * 50_000,
    "[甲]:" + " " * 50_000,
    ("密" + " " * 300) * 200 + "★",
    "秘密★\n" * 99_000,
    "<div>\n" + " " * 50_000 + "x|",
    "|" + "-" * 50_000 + "x",
    "<a b" + " " * 50_000 + "<",
    "<a\n" * 20_000,
    "``` \n" * 20_000,
    "~" * 3 + "\n~~~~~\n" * 20_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_read_to_its_end(text: str) -> None:
    """Each would take minutes where a pattern looks back: that, too, is seen here."""
    assert content(text).headings is not None


FRAGMENTS = [
    "# a", "## b ##", "#c", "####### d", "   # e", "    # f", "# ", "#", "x", "y z", "===", "---", "- - -", "***",
    "```", "~~~", "````", "```py", "> q", "> # r", ">", "> - s", "- i", "- # j", "- - p", "  k", "    l", "   u",
    "1. m", "2. n", "10) o", "1.  t", "-", "*", "", "", "", "<!-- c", "-->", "<!-- d -->", "<div>", "</div>", "<b>",
    "<pre>", "</pre>", "\t# g", "-\tx", "  # h", "   ---", "  ===", "+ ```", "  ```", "<?php", "?>", "_ _ _",
    "-     code", "<a href='x'>", "\\# v", "第一章", "# 第二章 #", "> ```", ">\t# w", "1)", "* * *", "</b>", "<!X", ">>",
]  # fmt: skip
COMMONMARK = MarkdownIt("commonmark")


def by_markdown_it(text: str) -> list[tuple[int, int]]:
    tokens = COMMONMARK.parse(text)
    return [
        (int(token.tag[1]), token.map[0] + 1)
        for token, inline in pairwise(tokens)
        if token.type == "heading_open" and token.level == 0 and inline.content.strip() and token.map
    ]


@given(st.lists(st.sampled_from(FRAGMENTS), max_size=9).map("\n".join))
@settings(max_examples=500)
@example("- a\n\n  # b\n\n# c")
@example("> a\nb\n===")
@example("-\n\n  a\n===")
@example("1.  t\n> q\n2. n")
def test_headings_are_those_of_commonmark(text: str) -> None:
    """And the items of an ordered list that people write as chapters, which are none in CommonMark."""
    lines = text.split("\n")
    marked = [(one.level, one.line) for one in headings(text) if not lines[one.line - 1].startswith(("1", "2"))]
    assert marked == by_markdown_it(text)
