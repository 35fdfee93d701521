"""Every skeleton has the outline that a reader of its pages sees, and the right chapters count."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from word_structures import CHAPTERS, STRUCTURES, Structure, build, heading_styles

from govit.documents.names import ChapterState, find_chapter

SHARING, SECURITY = "数据资源共享分析", "网络安全保障"


def read(word: Any, structure: Structure) -> Any:
    return word.content(build(structure.lines), styles=structure.styles, numbering=structure.numbering)


@pytest.mark.parametrize("name", STRUCTURES)
def test_a_structure_has_its_outline(word: Any, name: str) -> None:
    structure = STRUCTURES[name]
    assert [(one.level, one.text) for one in read(word, structure).headings] == structure.expected


@pytest.mark.parametrize(
    ("name", "chapter", "state"),
    [
        ("styled chapters with bold points that start again", SHARING, ChapterState.FOUND),
        ("styled chapters with bold points that start again", SECURITY, ChapterState.FOUND),
        ("typed headings of three sizes", SHARING, ChapterState.TOO_DEEP),
        ("typed headings of three sizes", SECURITY, ChapterState.TOO_DEEP),
        ("plain chapters", SHARING, ChapterState.FOUND),
        ("plain chapters with plain sections and lists", SECURITY, ChapterState.ASIDE),
        ("a plain list is no outline", SECURITY, ChapterState.ASIDE),
        ("a bold table of contents whose last line is no chapter", SECURITY, ChapterState.EMPTY),
        ("a table of contents that lists a chapter which the report lacks", SECURITY, ChapterState.LISTED),
        ("the title is 标题 1, 篇 标题 2, 章 标题 3", SHARING, ChapterState.FOUND),
        ("a title of two lines in 标题 1", SECURITY, ChapterState.FOUND),
        ("Roman chapters by style", SHARING, ChapterState.FOUND),
        ("Roman chapters by style", SECURITY, ChapterState.FOUND),
        ("Roman chapters typed in letters", SECURITY, ChapterState.FOUND),
        ("Roman numbers in capital letters", SHARING, ChapterState.FOUND),
        ("full-width numbers", SECURITY, ChapterState.FOUND),
        ("single glyphs as numbers", SECURITY, ChapterState.FOUND),
        ("letter-spaced chapters", SECURITY, ChapterState.FOUND),
        ("chapters in shaded tables of one cell", SHARING, ChapterState.FOUND),
        ("a form's table and a text box are no chapters", SHARING, ChapterState.ASIDE),
        ("a form's table and a text box are no chapters", "运维保障", ChapterState.ASIDE),
        ("sentences that begin with a heading", SECURITY, ChapterState.ASIDE),
        ("a bold point that goes on with a plain list", SECURITY, ChapterState.TOO_DEEP),
        ("points of one look at two depths", SECURITY, ChapterState.TOO_DEEP),
        ("one style for every heading", SECURITY, ChapterState.TOO_DEEP),
        ("an annex with chapters of its own", SECURITY, ChapterState.ANNEXED),
        ("a typed annex with chapters of its own", SECURITY, ChapterState.ANNEXED),
        ("a regulation annexed to a report of another numbering", SECURITY, ChapterState.ANNEXED),
        ("a report annexed to a request", SECURITY, ChapterState.FOUND),
        ("a report that is itself an annex", SECURITY, ChapterState.FOUND),
        ("a report that quotes the chapters of a regulation", SECURITY, ChapterState.ASIDE),
        ("bilingual headings", SHARING, ChapterState.FOUND),
        ("bilingual headings", SECURITY, ChapterState.FOUND),
        ("chapters in the first rows of tables", SECURITY, ChapterState.FOUND),
        ("a report set in one table", SECURITY, ChapterState.FOUND),
        ("a report in one bordered cell", SHARING, ChapterState.FOUND),
        ("a report in one cell whose last chapter is empty", SECURITY, ChapterState.EMPTY),
        ("bands of a table in a report with headings", SECURITY, ChapterState.ASIDE),
        ("tables of one cell, the last without text", SHARING, ChapterState.FOUND),
        ("tables of one cell, the last without text", SECURITY, ChapterState.EMPTY),
        ("a chapter of nothing but an empty table", SECURITY, ChapterState.EMPTY),
        ("a chapter of nothing but a form that says 略", SECURITY, ChapterState.PLACEHOLDER),
        ("a heading and its text parted by a line break", SECURITY, ChapterState.FOUND),
        ("a whole report in one paragraph, pasted from a page", SHARING, ChapterState.FOUND),
        ("a heading style over heading and text", SECURITY, ChapterState.FOUND),
        ("headings run in, bold before plain", SECURITY, ChapterState.ASIDE),
        ("number and name in two bold lines", SECURITY, ChapterState.FOUND),
        ("number and name in two paragraphs of 标题 1", SHARING, ChapterState.FOUND),
        ("a contents of two lines and a foreword", SECURITY, ChapterState.LISTED),
        ("a contents with page numbers in brackets", SECURITY, ChapterState.LISTED),
        ("a contents with page numbers between dashes", SECURITY, ChapterState.LISTED),
        ("a contents in shaded tables of one cell", SECURITY, ChapterState.LISTED),
        ("headings that link back to the contents", SECURITY, ChapterState.FOUND),
        ("a contents of links and a foreword", SECURITY, ChapterState.LISTED),
        ("links to chapters of another report, each with a remark", SHARING, ChapterState.LISTED),
        ("a contents title above the first chapter, which comes again", SECURITY, ChapterState.FOUND),
        ("plain chapters of which one number is left out", SECURITY, ChapterState.FOUND),
        ("a style of one's own called 公文一级标题", SECURITY, ChapterState.FOUND),
        ("a style called 图表标题1", SECURITY, ChapterState.ASIDE),
        ("headings under tracked changes", SECURITY, ChapterState.MISSING),
        ("a chapter with a remark in brackets", SECURITY, ChapterState.FOUND),
    ],
)
def test_a_chapter_counts_only_where_it_is_one(word: Any, name: str, chapter: str, state: ChapterState) -> None:
    search = find_chapter(read(word, STRUCTURES[name]), chapter)
    assert search.state is state
    if state is ChapterState.TOO_DEEP:
        assert search.heading is not None
        assert search.heading.level == 3


def test_the_nearest_miss_outside_headings_is_named_by_its_place(word: Any) -> None:
    content = read(word, STRUCTURES["a form's table and a text box are no chapters"])
    asides = [find_chapter(content, name).aside for name in (SHARING, SECURITY, "运维保障")]
    assert [(one.text, one.where, one.paragraph) for one in asides] == [
        ("第七章 数据资源共享分析", "表格", 1),
        ("第八章 网络安全保障", "表格", 1),
        ("第九章 运维保障", "文本框", 2),
    ]


NUMBERS = ["第{}章 ", "第{}篇 ", "{}、", "（{}）", "{}. ", "1.{} ", "{}）", "附件{} ", ""]
LINES = st.lists(
    st.tuples(
        st.sampled_from(["h1", "h2", "h3", "b32", "b24", "p", "cell", "o2", "n1.0", "n1.1", "row", "box"]),
        st.sampled_from(NUMBERS),
        st.integers(1, 4),
        st.sampled_from(["总论", "网络安全保障", "数据"]),
        st.booleans(),
    ),
    max_size=14,
)


@given(LINES)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_order_of_lines_has_an_outline(word: Any, rows: list[tuple[str, str, int, str, bool]]) -> None:
    lines = []
    for sign, number, value, words, text in rows:
        lines += [f"{sign} {number.format(value)}{words}", *(["t"] if text else [])]
    content = word.content(build("\n".join(lines) or "t"), styles=heading_styles(), numbering=CHAPTERS)
    assert all(1 <= one.level <= 9 for one in content.headings)
    assert [one.paragraph for one in content.headings] == sorted(one.paragraph for one in content.headings)
    for one in content.headings:
        assert one.path[-1] == one.text
        assert len(one.path) <= one.level
