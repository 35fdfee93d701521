from __future__ import annotations

import re
import zipfile
from typing import Any

import pytest

from govit.documents.content import Trouble
from govit.documents.reader import read

H1 = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
H2 = '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 2"/></w:style>'
H3 = '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="heading 3"/></w:style>'
STYLES = H1 + H2 + H3
TOC = '<w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 1"/></w:style>'


SWITCHES = r"\o &quot;1-3&quot; "
LINK = r" HYPERLINK \l &quot;_Toc1&quot; "


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    return f'<w:r><w:instrText xml:space="preserve">{text}</w:instrText></w:r>'


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def table(*cells: str) -> str:
    inner = "".join(f"<w:tc><w:tcPr/>{cell}</w:tc>" for cell in cells)
    return f"<w:tbl><w:tblPr/><w:tr>{inner}</w:tr></w:tbl>"


def test_a_heading_knows_its_place_its_path_and_what_stands_below_it(word: Any) -> None:
    body = (
        word.p("封面")
        + word.p("第七章 数据资源共享分析篇", "1")
        + word.p("本章 说明。")
        + word.p("7.1 目录", "2")
        + word.p("八个字的正文内容")
        + word.p("第八章 网络安全保障篇", "1")
    )
    seven, one, eight = word.headings(body, styles=STYLES)
    assert (seven.paragraph, one.paragraph, eight.paragraph) == (2, 4, 6)
    assert (seven.line, seven.column) == (None, None)
    assert one.path == ("第七章 数据资源共享分析篇", "7.1 目录")
    assert (seven.length, one.length, eight.length) == (5 + 8, 8, 0)
    assert eight.placeholder is None


@pytest.mark.parametrize(
    "style",
    [
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="heading 2"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="Heading 2"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="标题 2"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="标题2"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="标题二"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="二级标题"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="2级标题"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="Überschrift 2"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="自定"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="自定"/><w:basedOn w:val="2"/></w:style>' + H2,
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="自定"/><w:basedOn w:val="y"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:name w:val="再定"/><w:basedOn w:val="2"/></w:style>' + H2,
        '<w:style w:styleId="x" w:type="paragraph" w:customStyle="1"><w:name w:val="heading 2"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="heading 2,二级标题,H2"/></w:style>',
    ],
)
def test_a_style_in_any_language_or_based_on_one_makes_a_heading(word: Any, style: str) -> None:
    assert word.shown(word.p("建设方案", "x"), styles=style) == [(2, "建设方案")]


@pytest.mark.parametrize(
    "style",
    [
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="Title"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="标题"/></w:style>',
        '<w:style w:type="character" w:styleId="x"><w:name w:val="标题 1 字符"/></w:style>',
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="TOC Heading"/><w:basedOn w:val="1"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>' + H1,
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="正文一"/><w:basedOn w:val="1"/>'
        '<w:pPr><w:outlineLvl w:val="9"/></w:pPr></w:style>' + H1,
    ],
)
def test_other_styles_make_none(word: Any, style: str) -> None:
    assert word.shown(word.p("建设方案", "x"), styles=style) == []


def test_broken_numbers_in_styles_are_as_if_absent(word: Any) -> None:
    styles = (
        H1
        + word.style("x", "甲", '<w:outlineLvl w:val="many"/>')
        + word.style("y", "乙", f'<w:outlineLvl w:val="{"9" * 50}"/>')
    )
    assert word.shown(word.p("甲", "x") + word.p("乙", "y") + word.p("丙", "1"), styles=styles) == [(1, "丙")]


def test_table_styles_and_comments_in_the_styles_change_nothing(word: Any) -> None:
    table_style = '<w:style w:type="table" w:styleId="t"><w:name w:val="heading 9"/></w:style>'
    for styles in (table_style + H1, H1 + table_style, "<!-- <w:style -->" + table_style + H1):
        assert word.shown(word.p("第一章 总论", "1"), styles=styles) == [(1, "第一章 总论")]


def test_a_circle_of_styles_is_no_trap(word: Any) -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="x"><w:name w:val="甲"/><w:basedOn w:val="y"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="y"><w:name w:val="乙"/><w:basedOn w:val="x"/></w:style>'
    )
    assert word.shown(word.p("建设方案", "x"), styles=styles) == []


def test_an_outline_level_makes_a_heading_and_unmakes_one(word: Any) -> None:
    body = word.p("总则", properties='<w:outlineLvl w:val="0"/>') + word.p(
        "说明", "1", properties='<w:outlineLvl w:val="9"/>'
    )
    assert word.shown(body, styles=STYLES) == [(1, "总则")]


def test_the_default_style_holds_for_paragraphs_that_name_none(word: Any) -> None:
    styles = (
        '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/>'
        '<w:pPr><w:outlineLvl w:val="2"/></w:pPr></w:style>'
    )
    assert word.shown(word.p("总则"), styles=styles) == [(3, "总则")]


def test_a_long_sentence_under_a_heading_style_is_body_text(word: Any) -> None:
    body = word.p("第一章 总论", "1") + word.p("本项目建设内容包括" * 10 + "。", "1")
    (heading,) = word.headings(body, styles=STYLES)
    assert heading.length == 91


def test_an_empty_heading_paragraph_is_no_heading(word: Any) -> None:
    assert word.shown(word.p("", "1") + word.p("  ", "1"), styles=STYLES) == []


def test_line_breaks_and_tabs_inside_a_heading_are_blanks(word: Any) -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>'
        "<w:r><w:t>第八章</w:t><w:tab/><w:t>网络</w:t><w:br/><w:t>安全</w:t></w:r></w:p>"
    )
    assert word.shown(body, styles=STYLES) == [(1, "第八章 网络 安全")]


# text that counts, and text that does not


def below(word: Any, inner: str, **parts: object) -> tuple[int, str | None]:
    (heading,) = word.headings(word.p("第一章 总论", "1") + inner, **{"styles": STYLES, **parts})
    return heading.length, heading.placeholder


def test_text_in_tables_counts_and_so_does_the_table(word: Any) -> None:
    assert below(word, table(word.p("甲乙"), word.p("丙"))) == (4, None)


@pytest.mark.parametrize(
    ("cells", "said"),
    [(("",), None), (("", " "), None), (("待补充", "/"), "待补充"), (("略",), "略"), (("第一章 甲",), None)],
)
def test_a_table_that_holds_nothing_is_no_content(word: Any, cells: tuple[str, ...], said: str | None) -> None:
    if said or not cells[0]:
        assert below(word, table(*map(word.p, cells))) == (0, said)
    else:
        assert [one.length for one in word.headings(table(word.p(cells[0], "1")), styles=STYLES)] == [0]
    assert below(word, table("<w:p><w:r><w:drawing/></w:r></w:p>")) == (2, None)


def test_a_table_whose_rows_are_deleted_is_no_content(word: Any) -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>甲乙</w:delText></w:r></w:del>'
    row = f'<w:tr><w:trPr><w:del w:id="2"/></w:trPr><w:tc><w:p>{deleted}</w:p></w:tc></w:tr>'
    assert below(word, f"<w:tbl>{row}</w:tbl>") == (0, None)


def test_nested_tables_are_one_table(word: Any) -> None:
    assert below(word, table(table(word.p("甲")) + word.p("乙"))) == (3, None)


def test_text_in_content_controls_and_insertions_counts(word: Any) -> None:
    assert below(word, f"<w:sdt><w:sdtPr/><w:sdtContent>{word.p('甲乙')}</w:sdtContent></w:sdt>") == (2, None)
    assert below(word, f"<w:p><w:ins w:id='1'>{run('甲乙')}</w:ins></w:p>") == (2, None)
    assert below(word, f"<w:p><w:moveTo w:id='1'>{run('甲乙')}</w:moveTo></w:p>") == (2, None)
    assert below(word, f"<w:p><w:smartTag>{run('甲乙')}</w:smartTag></w:p>") == (2, None)


def test_text_deleted_or_moved_away_does_not(word: Any) -> None:
    deleted = "<w:p><w:del w:id='1'><w:r><w:delText>甲乙</w:delText></w:r></w:del></w:p>"
    assert below(word, deleted) == (0, None)
    assert below(word, f"<w:p><w:moveFrom w:id='1'>{run('甲乙')}</w:moveFrom></w:p>") == (0, None)
    assert below(word, f"<w:p><w:del w:id='1'>{run('甲乙')}</w:del>{run('丙')}</w:p>") == (1, None)


def test_a_deleted_heading_is_none(word: Any) -> None:
    body = (
        '<w:p><w:pPr><w:pStyle w:val="1"/><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>'
        "<w:del w:id='2'><w:r><w:delText>第一章</w:delText></w:r></w:del></w:p>" + word.p("第二章", "1")
    )
    assert word.shown(body, styles=STYLES) == [(1, "第二章")]


def test_a_paragraph_whose_mark_is_deleted_runs_on(word: Any) -> None:
    body = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("第一章 ")}</w:p>' + word.p("总论", "1")
    assert word.shown(body, styles=STYLES) == [(1, "第一章 总论")]
    alone = f'<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{run("甲")}</w:p>'
    assert word.content(alone).length == 1


def test_former_properties_of_a_tracked_change_do_not_count(word: Any) -> None:
    body = (
        '<w:p><w:pPr><w:pPrChange w:id="1"><w:pPr><w:pStyle w:val="1"/></w:pPr></w:pPrChange></w:pPr>'
        + run("甲", '<w:rPrChange w:id="2"><w:rPr><w:vanish/></w:rPr></w:rPrChange>')
        + "</w:p>"
    )
    content = word.content(body, styles=STYLES)
    assert (content.headings, content.length) == ((), 1)


def test_hidden_text_does_not_count(word: Any) -> None:
    assert below(word, f"<w:p>{run('甲乙', '<w:vanish/>')}{run('丙')}</w:p>") == (1, None)
    shown = run("甲", '<w:vanish w:val="0"/>')
    assert below(word, f"<w:p>{shown}</w:p>") == (1, None)
    hidden = '<w:style w:type="character" w:styleId="h"><w:name w:val="hid"/><w:rPr><w:vanish/></w:rPr></w:style>'
    styled = run("甲", '<w:rStyle w:val="h"/>')
    assert below(word, f"<w:p>{styled}</w:p>", styles=STYLES + hidden) == (0, None)
    styles = STYLES + word.style("v", "hint", run="<w:vanish/>")
    assert below(word, word.p("甲乙", "v"), styles=styles) == (0, None)
    assert below(word, word.p("甲乙", "v", run='<w:vanish w:val="false"/>'), styles=styles) == (2, None)


BOX = "<w:txbxContent>{}</w:txbxContent>"


def test_text_in_a_text_box_counts_once(word: Any) -> None:
    box = BOX.format(word.p("甲乙丙"))
    alternatives = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f'<mc:Choice Requires="wpg"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    assert below(word, f"<w:p><w:r>{alternatives}</w:r>{run('丁')}</w:p>") == (4, None)
    assert below(word, f"<w:p><w:r><w:pict>{box}</w:pict></w:r></w:p>") == (3, None)


def test_a_text_box_stands_below_the_heading_it_is_anchored_to(word: Any) -> None:
    box = BOX.format(word.p("甲乙丙", "1"))
    anchored = f'<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>{run("第二章")}<w:r><w:drawing>{box}</w:drawing></w:r></w:p>'
    first, second = word.headings(word.p("第一章", "1") + anchored, styles=STYLES)
    assert (first.length, second.length, second.text) == (0, 3, "第二章")


def test_a_figure_is_content(word: Any) -> None:
    assert below(word, "<w:p><w:r><w:drawing><a/></w:drawing></w:r></w:p>") == (1, None)
    assert below(word, "<w:p><w:r><w:pict><v:shape/></w:pict></w:r></w:p>") == (1, None)
    assert below(word, "<w:p><w:r><w:object/></w:r></w:p>") == (1, None)
    assert below(word, "<w:p><w:del w:id='1'><w:r><w:drawing/></w:r></w:del></w:p>") == (0, None)


def test_a_figure_inside_a_heading_stands_below_it(word: Any) -> None:
    body = f'<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>{run("第一章")}<w:r><w:drawing/></w:r></w:p>'
    assert [one.length for one in word.headings(body, styles=STYLES)] == [1]


def test_a_formula_is_content(word: Any) -> None:
    assert below(word, "<w:p><m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath></w:p>") == (3, None)


def test_ruby_and_field_instructions_are_not_text(word: Any) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('wang')}</w:rt><w:rubyBase>{run('网')}</w:rubyBase></w:ruby></w:r>"
    assert below(word, f"<w:p>{ruby}</w:p>") == (1, None)
    page = field("begin") + instruction(" PAGE ") + field("separate") + run("3") + field("end")
    assert below(word, f"<w:p>{page}</w:p>") == (1, None)


def test_placeholders_are_not_content(word: Any) -> None:
    assert below(word, word.p("（待补充）") + word.p("……")) == (0, "（待补充）")
    assert below(word, word.p("详见附件3。")) == (0, "详见附件3。")
    assert below(word, word.p("待补充") + word.p("已采用等保三级")) == (7, None)


def test_an_unfilled_content_control_is_a_placeholder(word: Any) -> None:
    control = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
        f"<w:sdtContent>{word.p('概述网络安全的总体要求')}</w:sdtContent></w:sdt>"
    )
    assert below(word, control) == (0, "概述网络安全的总体要求")


def test_a_placeholder_below_a_subheading_speaks_for_the_chapter(word: Any) -> None:
    body = word.p("第一章", "1") + word.p("1.1 甲", "2") + word.p("待补充") + word.p("1.2 乙", "2")
    chapter, first, second = word.headings(body, styles=STYLES)
    assert (chapter.placeholder, first.placeholder, second.placeholder) == ("待补充", "待补充", None)


def test_headings_in_tables_are_placed_at_the_paragraph_before(word: Any) -> None:
    body = word.p("封面") + table(word.p("第一章 总论", "1") + word.p("甲乙")) + word.p("第二章", "1")
    first, second = word.headings(body, styles=STYLES)
    assert (first.text, first.paragraph, first.length) == ("第一章 总论", 1, 2)
    assert second.paragraph == 2


def test_paragraphs_in_content_controls_are_numbered_and_those_in_tables_are_not(word: Any) -> None:
    control = f"<w:sdt><w:sdtContent>{word.p('甲')}{word.p('乙')}</w:sdtContent></w:sdt>"
    body = control + table(word.p("一"), word.p("二")) + word.p("第一章", "1")
    assert word.headings(body, styles=STYLES)[0].paragraph == 3


# tables of contents


def test_a_contents_field_is_no_chapter(word: Any) -> None:
    body = (
        f"<w:p>{field('begin')}{instruction(' TOC ')}{instruction(SWITCHES)}{field('separate')}"
        f"{run('第一章 总论')}{field('begin')}{instruction('PAGEREF _Toc1')}{field('separate')}{run('1')}{field('end')}</w:p>"
        f"<w:p>{run('第二章 网络安全保障', '<w:b/>')}</w:p>"
        f"<w:p>{field('end')}</w:p>" + word.p("第一章 总论", "1") + word.p("正文")
    )
    content = word.content(body, styles=STYLES)
    assert [(one.text, one.length) for one in content.headings] == [("第一章 总论", 2)]
    assert content.length == 2 + 5


def test_a_simple_contents_field_is_no_chapter(word: Any) -> None:
    body = f'<w:p><w:fldSimple w:instr=" TOC \\o ">{run("第一章 总论", "<w:b/>")}</w:fldSimple></w:p>'
    assert word.content(body).length == 0


def test_the_end_of_the_contents_field_may_stand_in_the_first_heading(word: Any) -> None:
    body = (
        f"<w:p>{field('begin')}{instruction('TOC')}{field('separate')}{run('第一章 3')}</w:p>"
        f'<w:p><w:pPr><w:pStyle w:val="1"/></w:pPr>{field("end")}{run("第一章 总论")}</w:p>' + word.p("正文")
    )
    assert word.shown(body, styles=STYLES) == [(1, "第一章 总论")]


def test_a_contents_field_without_end_does_not_swallow_the_document(word: Any) -> None:
    begin = f"<w:p>{field('begin')}{instruction('TOC')}{field('separate')}{run('第一章 3')}</w:p>"
    assert word.shown(begin + word.p("第一章 总论", "1"), styles=STYLES) == [(1, "第一章 总论")]
    typed = begin + word.p("很长的正文" * 50) + word.p("第二章 网络安全", bold=True) + word.p("正文")
    content = word.content(typed)
    assert [one.text for one in content.headings] == ["第二章 网络安全"]
    assert content.length == 250 + 7 + 2


def test_a_contents_building_block_is_no_chapter(word: Any) -> None:
    block = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{word.p('目录', '1')}{word.p('第一章 总论', '1')}</w:sdtContent></w:sdt>"
    )
    headings = word.headings(block + word.p("第一章 总论", "1"), styles=STYLES)
    assert [(one.text, one.paragraph) for one in headings] == [("第一章 总论", 3)]


@pytest.mark.parametrize(
    "name", ["toc 1", "WPSOffice手动目录 1", "TOC 2", "目录 1", "目录3", "Verzeichnis 1", "table of figures"]
)
def test_contents_styles_make_no_chapter(word: Any, name: str) -> None:
    styles = word.style("x", name, '<w:outlineLvl w:val="0"/>')
    assert word.content(word.p("第一章 总论", "x", bold=True), styles=styles).length == 0


def test_paragraphs_that_are_one_link_into_the_document_are_contents(word: Any) -> None:
    link = f'<w:p><w:hyperlink w:anchor="_Toc42">{run("第一章 总论", "<w:b/>")}{run("3")}</w:hyperlink></w:p>'
    coded = f"<w:p>{field('begin')}{instruction(LINK)}{field('separate')}{run('第二章', '<w:b/>')}{field('end')}</w:p>"
    content = word.content(link + coded)
    assert (content.headings, content.length) == ((), 0)


def test_a_link_within_a_sentence_and_a_link_without_end_are_text(word: Any) -> None:
    inner = f'<w:p>{run("见")}<w:hyperlink w:anchor="_Ref">{run("图一")}</w:hyperlink></w:p>'
    outer = f'<w:p><w:hyperlink r:id="r9" w:anchor="x">{run("国务院")}</w:hyperlink></w:p>'
    open_end = f"<w:p>{run('甲')}{field('begin')}{instruction(LINK)}{field('separate')}</w:p>"
    assert word.content(inner + outer + open_end + word.p("乙丙")).length == 3 + 3 + 1 + 2


@pytest.mark.parametrize(
    "line",
    [
        "第一章 总论……………………1",
        "第一章 总论.........12",
        "一、总论 · · · · · 3",
        "1.1 目标\t5",
        "第二章 现状 ------ 7",
        "第三章 需求…(9)",
    ],
)
def test_typed_lines_of_contents_are_no_chapters(word: Any, line: str) -> None:
    assert word.content(word.p(line, bold=True).replace("\t", "</w:t><w:tab/><w:t>")).length == 0


def test_dot_leaders_betray_a_contents_line_even_under_a_heading_style(word: Any) -> None:
    assert word.shown(word.p("第一章 总论......1", "1") + word.p("2 系统 3", "1"), styles=STYLES) == [(1, "2 系统 3")]


# headings that were only typed


BODY = "为落实数字政府建设要求，统筹建设数据资源共享与业务协同能力。" * 3


@pytest.mark.parametrize(
    "text",
    [
        "第八章 网络安全保障篇",
        "第八篇 网络安全保障",
        "第 八 章  网络安全保障",
        "八、网络安全保障",
        "（八）网络安全保障",
        "8 网络安全保障",
        "8.1 网络安全保障",
        "8．网络安全保障",
        "8.1.2网络安全保障",
        "Ⅷ、网络安全保障",
        "网络安全保障篇",
        "网络安全保障篇（章）",
    ],
)
def test_a_bold_numbered_line_is_a_heading(word: Any, text: str) -> None:
    headings = word.headings(word.p(text, bold=True) + word.p(BODY))
    assert [one.text for one in headings] == [" ".join(text.split())]
    assert headings[0].level == 1
    assert headings[0].length == len(BODY)


@pytest.mark.parametrize(
    "text",
    [
        "第八章 网络安全保障是重点。",
        "网络安全保障",
        "2026年建设计划",
        "3年建设计划",
        "一体化平台",
        "第八章",
        "电子印章",
        "8,000万元的投资",
        "第八章" + "网络安全保障" * 12,
        "15%的变更",
    ],
)
def test_another_bold_line_is_not(word: Any, text: str) -> None:
    assert word.shown(word.p(text, bold=True) + word.p(BODY)) == []


def test_a_larger_line_or_one_in_a_heading_font_is_a_heading_too(word: Any) -> None:
    small, large = '<w:sz w:val="28"/>', '<w:sz w:val="32"/>'
    body = word.p(BODY, run=small)
    assert word.shown(word.p("八、网络安全", run=large) + body) == [(1, "八、网络安全")]
    assert word.shown(word.p("八、网络安全", run=small) + body) == []
    black = small + '<w:rFonts w:eastAsia="黑体"/>'
    song = small + '<w:rFonts w:eastAsia="仿宋_GB2312"/>'
    assert word.shown(word.p("八、网络安全", run=black) + word.p(BODY, run=song)) == [(1, "八、网络安全")]
    assert word.shown(word.p("八、网络安全", run=black) + word.p(BODY, run=black)) == []


def test_small_print_in_tables_does_not_make_the_body_large(word: Any) -> None:
    small = table(word.p(BODY * 9, run='<w:sz w:val="18"/>'))
    body = word.p(BODY, run='<w:sz w:val="28"/>')
    item = word.p("（一）建设目标", run='<w:sz w:val="28"/>')
    assert word.shown(small + body + item) == []


def test_a_look_from_the_style_counts(word: Any) -> None:
    styles = word.style("s", "强调", run="<w:b/>") + (
        '<w:style w:type="character" w:styleId="c"><w:name w:val="strong"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    assert word.shown(word.p("八、网络安全", "s") + word.p(BODY), styles=styles) == [(1, "八、网络安全")]
    strong = word.p("八、网络安全", run='<w:rStyle w:val="c"/>')
    assert word.shown(strong + word.p(BODY), styles=styles) == [(1, "八、网络安全")]
    plain = word.p("八、网络安全", "s", run='<w:b w:val="0"/>')
    assert word.shown(plain + word.p(BODY), styles=styles) == []


def test_a_partly_bold_line_is_text(word: Any) -> None:
    assert word.shown(f"<w:p>{run('八、目标：', '<w:b/>')}{run('建成平台')}</w:p>" + word.p(BODY)) == []


def test_bold_lines_in_tables_and_text_boxes_are_labels(word: Any) -> None:
    label = word.p("一、基本情况", bold=True)
    box = f"<w:p><w:r><w:drawing>{BOX.format(label)}</w:drawing></w:r></w:p>"
    assert word.shown(table(label) + box + word.p(BODY)) == []


def typed(word: Any, *lines: str) -> list[tuple[int, str]]:
    shown: list[tuple[int, str]] = word.shown("".join(word.p(line, bold=True) + word.p(BODY) for line in lines))
    return shown


def levels(word: Any, *lines: str) -> list[int]:
    return [level for level, _ in typed(word, *lines)]


def test_typed_ranks_are_put_in_order(word: Any) -> None:
    assert levels(word, "第一篇 甲", "第一章 乙", "第一节 丙", "一、丁", "（一）戊") == [1, 2, 3, 4, 5]
    assert levels(word, "一、甲", "（一）乙", "1.丙", "（1）丁", "二、戊") == [1, 2, 3, 4, 1]
    assert levels(word, "1 甲", "1.1 乙", "1.1.1 丙", "2 丁") == [1, 2, 3, 1]
    assert levels(word, "第一章 甲", "1.1 乙", "1.1.1 丙", "1、丁", "第二章 戊") == [1, 2, 3, 4, 1]
    assert levels(word, "（一）甲", "一、乙", "（二）丙") == [2, 1, 2]


def test_a_typed_chapter_stands_beside_the_styled_ones(word: Any) -> None:
    body = (
        word.p("第七章 甲", "1")
        + word.p("7.1 乙", "2")
        + word.p(BODY)
        + word.p("第八章 丙", bold=True)
        + word.p("8.1 丁", bold=True)
        + word.p("（一）戊", bold=True)
        + word.p(BODY)
    )
    assert word.shown(body, styles=STYLES) == [
        (1, "第七章 甲"),
        (2, "7.1 乙"),
        (1, "第八章 丙"),
        (2, "8.1 丁"),
        (3, "（一）戊"),
    ]


def test_a_typed_section_stands_right_below_the_typed_chapter(word: Any) -> None:
    body = (
        word.p("第七章 甲", "1")
        + word.p("乙", "2")
        + word.p("丙", "3")
        + word.p(BODY)
        + word.p("第八章 丁", bold=True)
        + word.p("（一）戊", bold=True)
        + word.p(BODY)
    )
    assert [level for level, _ in word.shown(body, styles=STYLES)] == [1, 2, 3, 1, 2]


def test_a_typed_chapter_beside_styled_headings_without_numbers_stands_at_their_top(word: Any) -> None:
    body = word.p("前言", "1") + word.p("背景", "3") + word.p(BODY) + word.p("第八章 甲", bold=True) + word.p(BODY)
    assert word.shown(body, styles=STYLES)[-1] == (1, "第八章 甲")


# other forms of the file


def test_a_strict_document_and_one_with_another_prefix_are_read(word: Any) -> None:
    strict = 'xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    body = word.p("第一章 总论", "1")
    assert word.shown(body, styles=H1, namespaces=strict) == [(1, "第一章 总论")]
    other = 'xmlns:ns0="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    path = word.write(body, styles=H1)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    for name in ("word/document.xml", "word/styles.xml"):
        parts[name] = re.sub(r"\bw:", "ns0:", re.sub(r"<(w:\w+) xmlns:w.*?>", rf"<\1 {other}>", parts[name], count=1))
    content = read(word.zip(parts)).content
    assert content is not None
    assert [(one.level, one.text) for one in content.headings] == [(1, "第一章 总论")]


def test_a_document_under_another_name_is_found_by_its_relationship(word: Any) -> None:
    path = word.write(word.p("第一章 总论", "1"), styles=H1, document="word/document2.xml")
    content = read(path).content
    assert content is not None
    assert content.headings[0].text == "第一章 总论"


def test_runs_that_look_alike_are_read_alike(word: Any) -> None:
    look = '<w:b/><w:sz w:val="44"/>'
    first = "".join(f"<w:p>{run(f'第{n}章 ', look)}{run('总论', look)}</w:p>" for n in "一二三")
    other = f"<w:p>{run('四、', look)}{run('总论', '<w:i/>')}</w:p>" + word.p(BODY)
    assert [text for _, text in word.shown(first + other)] == ["第一章 总论", "第二章 总论", "第三章 总论"]


@pytest.mark.parametrize(("element", "said"), [("w:altChunk", "整块嵌入"), ("w:subDoc", "主控文档")])
def test_a_file_whose_text_is_elsewhere_is_told(word: Any, element: str, said: str) -> None:
    reading = word.reading(word.p("第一章 总论", "1") + f'<{element} r:id="r9"/>', styles=STYLES)
    assert reading.content is None
    assert reading.trouble is Trouble.UNSUPPORTED
    assert said in reading.detail
    assert "另存为" in reading.detail


def test_a_horizontal_rule_is_no_figure(word: Any) -> None:
    rule = '<w:p><w:r><w:pict><v:rect style="width:0;height:1.5pt" o:hr="t" o:hrstd="t"/></w:pict></w:r></w:p>'
    assert below(word, rule) == (0, None)
    assert below(word, rule.replace(' o:hr="t"', "")) == (1, None)


def test_a_style_separator_leaves_the_number(word: Any) -> None:
    lists = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    listed = '<w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:vanish/>{}</w:rPr>'
    body = word.p("总论", "1", properties=listed.format("<w:specVanish/>"))
    assert word.shown(body, styles=STYLES, numbering=lists) == [(1, "1 总论")]
    assert word.shown(word.p("总论", "1", properties=listed.format("")), styles=STYLES, numbering=lists) == [(1, "总论")]


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("公文一级标题", 1),
        ("第二级标题", 2),
        ("标题3级", 3),
        ("标题 一级", 1),
        ("标题 1_可研", 1),
        ("样式 标题 2 + 居中", 2),
        ("style_heading_2", 2),
        ("图表标题1", None),
        ("副标题1", None),
        ("标题 1 字符", None),
        ("heading 10", None),
        ("标题11", None),
        ("标题一字不改", None),
        ("页眉标题1", None),
    ],
)
def test_the_name_of_a_style_speaks_of_its_level(word: Any, name: str, level: int | None) -> None:
    shown = word.shown(word.p("总论", "x"), styles=word.style("x", name))
    assert shown == ([(level, "总论")] if level else [])


def test_the_lines_of_a_paragraph_of_a_thousand_breaks_are_read(word: Any) -> None:
    breaks = "<w:r><w:br/></w:r>".join(run(f"第{number}章 总论" if number % 2 else "正文") for number in range(1, 1000))
    assert word.content(f"<w:p>{breaks}</w:p>").length > 3000
