"""Markdown in which nobody typed a #: chapters by their words, bold lines and HTML, and what stays a text."""

from __future__ import annotations

import time

import pytest

from govit.documents.markdown import read_markdown
from govit.documents.names import ChapterState, find_chapter

TEXT = "系统按照网络安全等级保护第三级要求建设，设置边界防护、身份鉴别、访问控制与安全审计。"
OUTLINES = {
    "plain chapters": (
        f"某平台报告\n\n第七章 数据共享\n\n{TEXT}\n\n第八章 网络安全保障\n\n{TEXT}\n",
        [(1, "第七章 数据共享", 3), (1, "第八章 网络安全保障", 7)],
    ),
    "plain chapters without blank lines": (
        f"第七章 数据共享\n{TEXT}\n第八章 网络安全保障\n{TEXT}\n{TEXT}\n",
        [(1, "第七章 数据共享", 1), (1, "第八章 网络安全保障", 3)],
    ),
    "plain chapters below a title": (
        f"# 某平台报告\n\n第一章 总论\n\n{TEXT}\n\n第二章 网络安全保障\n\n{TEXT}\n",
        [(1, "某平台报告", 1), (2, "第一章 总论", 3), (2, "第二章 网络安全保障", 7)],
    ),
    "chapters with sections": (
        f"第一章 总论\n\n1.1 背景\n\n{TEXT}\n\n1.2 目标\n\n{TEXT}\n\n第二章 网络安全保障\n\n{TEXT}\n",
        [(1, "第一章 总论", 1), (2, "1.1 背景", 3), (2, "1.2 目标", 7), (1, "第二章 网络安全保障", 11)],
    ),
    "plain 一、 as in a notice": (
        f"一、总体要求\n\n{TEXT}\n\n二、网络安全保障\n\n{TEXT}\n",
        [(1, "一、总体要求", 1), (1, "二、网络安全保障", 5)],
    ),
    "bold numbered lines": (
        f"**一、总论**\n\n{TEXT}\n\n__二、网络安全保障__\n{TEXT}\n",
        [(1, "一、总论", 1), (1, "二、网络安全保障", 5)],
    ),
    "underlined": (
        f"第七章 数据共享\n=======\n\n{TEXT}\n\n第八章 网络安全保障\n-------\n\n{TEXT}\n",
        [(1, "第七章 数据共享", 1), (2, "第八章 网络安全保障", 6)],
    ),
    "HTML": (
        f'<h1>第七章 数据共享</h1>\n\n{TEXT}\n\n<h2 align="center"><b>网络安全</b>保障</h2>\n{TEXT}\n',
        [(1, "第七章 数据共享", 1), (2, "网络安全保障", 5)],
    ),
    "HTML in the middle": (f"<div align=center>\n<h1>某报告</h1>\n</div>\n\n{TEXT}\n", [(1, "某报告", 1)]),
    # what is none
    "a list": (f"建设内容：\n\n1. 数据共享\n2. 网络安全保障\n\n{TEXT}\n", []),
    "a list without text between": ("内容如下：\n\n（一）数据共享\n\n（二）网络安全保障\n\n（三）运维\n", []),
    "chapters in a quotation": (f"> 第一章 总论\n> {TEXT}\n>\n> 第二章 网络安全保障\n> {TEXT}\n", []),
    "chapters in a code block": (f"```\n第一章 总论\n{TEXT}\n第二章 网络安全保障\n{TEXT}\n```\n", []),
    "numbers that do not run": (f"第一章 总论\n\n{TEXT}\n\n第九章 网络安全保障\n\n{TEXT}\n", []),
    "a file with headings": (
        f"# 总论\n\n{TEXT}\n\n# 方案\n\n第一章 总论\n\n{TEXT}\n\n第二章 网络安全保障\n\n{TEXT}\n",
        [(1, "总论", 1), (1, "方案", 5)],
    ),
    "HTML in a comment": (f"<!-- <h1>网络安全保障</h1> -->\n\n{TEXT}\n", []),
    "HTML in code": (f"<pre>\n<h1>网络安全保障</h1>\n</pre>\n\n{TEXT}\n", []),
    "bold words in a sentence": (f"**一、总论** {TEXT}\n\n**注意** {TEXT}\n", []),
}


@pytest.mark.parametrize("name", OUTLINES)
def test_the_outline_is_what_a_reader_sees(name: str) -> None:
    text, outline = OUTLINES[name]
    content = read_markdown(text.encode())
    assert [(one.level, one.text, one.line) for one in content.headings] == outline


def test_what_stands_below_such_a_chapter_is_counted() -> None:
    content = read_markdown(f"第一章 总论\n\n{TEXT}\n\n第二章 网络安全保障\n\n第三章 运维\n\n{TEXT}\n".encode())
    assert find_chapter(content, "总论").state is ChapterState.FOUND
    assert find_chapter(content, "网络安全保障").state is ChapterState.EMPTY


def test_a_line_that_is_no_heading_is_still_told() -> None:
    content = read_markdown(f"第一章 总论\n{TEXT}\n第九章 网络安全保障\n{TEXT}\n".encode())
    search = find_chapter(content, "网络安全保障")
    assert search.state is ChapterState.ASIDE
    assert search.aside is not None
    assert search.aside.line == 3


@pytest.mark.parametrize(
    "text",
    ["第一章 总论\n\n" * 49_000, "**一、总论**\n" * 99_000, "<h1>" + "<b>" * 20_000, "<h1>甲\n" * 20_000],
    ids=["chapters", "bold", "tags", "html"],
)
def test_hostile_files_are_read_in_no_time(text: str) -> None:
    begun = time.perf_counter()
    read_markdown(text.encode())
    assert time.perf_counter() - begun < 30
