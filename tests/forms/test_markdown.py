"""Markdown chapters as blocks: what authors write, and nothing of what is only meant for them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from govit.forms.word.markdown import (
    Figure,
    Item,
    MarkdownHeading,
    MarkdownParagraph,
    MarkdownTable,
    Run,
    TableMark,
    empty_headings,
    levelled,
    parse,
)


def text_of(runs: tuple[Run, ...]) -> str:
    return "".join(run.text for run in runs)


def test_headings_lose_their_numbers_and_keep_their_words() -> None:
    blocks = parse("# 第一章 总论\n\n## （一）项目概况\n\n### 1.2.3 系统架构\n\n#### （1）接口\n\n# 3年建设计划\n")
    assert blocks == (
        MarkdownHeading(1, "总论", 1, numbered=True),
        MarkdownHeading(2, "项目概况", 3, numbered=True),
        MarkdownHeading(3, "系统架构", 5, numbered=True),
        MarkdownHeading(4, "接口", 7, numbered=True),
        MarkdownHeading(1, "3年建设计划", 9),
    )


def test_a_heading_too_deep_to_number_is_a_bold_line() -> None:
    assert parse("##### 五级标题") == (MarkdownParagraph((Run("五级标题", bold=True),)),)


def test_lines_of_a_chinese_paragraph_are_joined_without_a_blank() -> None:
    (paragraph,) = parse("第一行\n第二行")
    assert isinstance(paragraph, MarkdownParagraph)
    assert text_of(paragraph.runs) == "第一行第二行"
    (english,) = parse("two\nwords")
    assert isinstance(english, MarkdownParagraph)
    assert text_of(english.runs) == "two words"


def test_looks_and_links() -> None:
    (paragraph,) = parse("**重要**，见 [办法](https://example.com/a)，运行 `govit`")
    assert isinstance(paragraph, MarkdownParagraph)
    assert Run("重要", bold=True) in paragraph.runs
    assert Run("govit", code=True) in paragraph.runs
    assert "办法（https://example.com/a）" in text_of(paragraph.runs)


def test_lists_keep_numbers_and_depth() -> None:
    blocks = parse("3. 甲\n4. 乙\n\n- 丙\n  - 丁\n")
    assert [(text_of(b.runs), b.number, b.depth) for b in blocks if isinstance(b, Item)] == [
        ("甲", 3, 0),
        ("乙", 4, 0),
        ("丙", None, 0),
        ("丁", None, 1),
    ]


def test_tables_figures_quotes_and_code() -> None:
    blocks = parse("| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n![架构图](图/a.png)\n\n> 引文\n\n```\nx = 1\n```\n")
    table, figure, quote, code = blocks
    assert isinstance(table, MarkdownTable)
    assert [[text_of(cell) for cell in row] for row in table.rows] == [["甲", "乙"], ["1", "2"]]
    assert figure == Figure("图/a.png", "架构图", 5)
    assert isinstance(quote, MarkdownParagraph)
    assert quote.look == "quote"
    assert code == MarkdownParagraph((Run("x = 1", code=True),), "code")


def test_html_and_comments_never_reach_a_report() -> None:
    blocks = parse("<!-- 提示：写明现状 -->\n\n正文<!-- 内部 --><script>x</script>\n\n<div>块</div>\n")
    assert [text_of(b.runs) for b in blocks if isinstance(b, MarkdownParagraph)] == ["正文x"]


def test_a_comment_may_ask_for_a_table_of_the_project() -> None:
    assert parse("<!-- govit: 概算表 -->") == (TableMark("概算表", 1),)


def test_the_only_heading_on_top_of_a_single_file_is_its_title() -> None:
    single = parse("# 可行性研究报告\n\n## 总论\n\n文字\n\n## 需求\n\n文字\n")
    (blocks,) = levelled([single])
    assert [(b.level, b.text) for b in blocks if isinstance(b, MarkdownHeading)] == [(1, "总论"), (1, "需求")]


def test_a_heading_with_a_number_is_a_chapter_and_no_title() -> None:
    (blocks,) = levelled([parse("# 一、总论\n\n## （一）概况\n\n文字\n")])
    assert [(b.level, b.text) for b in blocks if isinstance(b, MarkdownHeading)] == [(1, "总论"), (2, "概况")]


def test_of_several_files_each_is_a_chapter() -> None:
    files = [parse("# 总论\n\n## 概况\n\n文字\n"), parse("## 需求\n\n### 现状\n\n文字\n")]
    raised = levelled(files)
    assert [(b.level, b.text) for file in raised for b in file if isinstance(b, MarkdownHeading)] == [
        (1, "总论"),
        (2, "概况"),
        (1, "需求"),
        (2, "现状"),
    ]


def test_headings_without_anything_below_are_found() -> None:
    blocks = parse("# 甲\n\n## 乙\n\n# 丙\n\n文字\n\n# 丁\n\n<!-- 提示 -->\n")
    assert [heading.text for heading in empty_headings(blocks)] == ["乙", "丁"]


@given(st.text(max_size=300))
def test_any_text_can_be_parsed(text: str) -> None:
    parse(text)
