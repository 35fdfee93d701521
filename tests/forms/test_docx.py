"""Filling in: values come out as the text they are, what is missing is missed, the same input gives the same bytes."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from word_forms import cells, filled, lines, opened, part, template, with_part

from govit.forms.word.docx import BadTemplateError, read, render
from govit.forms.word.lacking import clean
from govit.forms.word.tags import W

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from docx.document import Document

NAME = template("项目：{{ project.name }}。")
TEXTS = template("{%p for line in project.basis %}", "项目：{{ line }}。", "{%p endfor %}")


def named(value: str) -> dict[str, Any]:
    return {"project": {"name": value}}


@pytest.mark.parametrize(
    "value",
    [
        "{{ budget.total }}",
        "{% for x in budget_lines %}",
        "{# 注 #}",
        "{_{ x }_} {_% y %_}",
        "</w:t></w:r></w:p><w:p>",
        "<w:p>甲</w:p>",
        "甲 & 乙 &amp; 丙 &#x4e00;",
        "\"双引号\" '单引号' “弯引号”",
        '=HYPERLINK("http://x", "y")',
        "]]><!--",
        "😀👨‍👩‍👧𠮷",
        "　前后空格　 ",
        "\\n 不是换行 \\x00",
        "（待填：总投资 budget.total）",
        "甲" * 30_000,
    ],
)
def test_a_value_comes_out_as_the_text_that_it_is(value: str) -> None:
    assert lines(filled(NAME, named(value))) == [f"项目：{value}。"]


@pytest.mark.parametrize(
    "bad", ["\x00", "\x08", "\x0b", "\x1f", "\x7f", "\x85", chr(0xD800), chr(0xDFFF), "\ufffe", "\uffff"]
)
def test_what_no_file_can_hold_is_shown_as_a_replacement_and_the_rest_is_kept(bad: str) -> None:
    assert lines(filled(NAME, named(f"甲{bad}乙"))) == ["项目：甲\ufffd乙。"]


def test_line_ends_and_tabs_are_those_of_word() -> None:
    written = filled(NAME, named("甲\r\n乙\r丙\n丁\t戊"))
    assert lines(written) == ["项目：甲\n乙\n丙\n丁\t戊。"]
    assert part(written.data).count("<w:br/>") == 3
    assert part(written.data).count("<w:tab/>") == 1


def test_values_in_headers_and_footers_are_text_too() -> None:
    def with_header(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{{ unit.name }}"
        document.sections[0].footer.paragraphs[0].text = "第 1 页 {{ unit.name }}"

    section = opened(filled(template(build=with_header), {"unit": {"name": "<甲> & {{ 乙 }}"}})).sections[0]
    assert section.header.paragraphs[0].text == "<甲> & {{ 乙 }}"
    assert section.footer.paragraphs[0].text == "第 1 页 <甲> & {{ 乙 }}"


def test_the_look_of_the_tag_is_the_look_of_the_value() -> None:
    def bold(document: Document) -> None:
        run = document.add_paragraph("名称：").add_run("{{ project.name }}")
        run.bold = True
        run.font.size = Pt(22)

    runs = opened(filled(template(build=bold), named("甲\n乙"))).paragraphs[0].runs
    assert [(r.text, r.bold) for r in runs] == [("名称：", None), ("甲\n乙", True)]
    assert runs[1].font.size == Pt(22)


def test_a_tag_that_word_cut_into_pieces_is_whole_again() -> None:
    def cut(document: Document) -> None:
        paragraph = document.add_paragraph()
        for piece in ("甲{", "{ pro", "ject", ".name", " }", "}乙{{ unit.na", "me }}"):
            paragraph.add_run(piece)

    assert lines(filled(template(build=cut), {**named("丙"), "unit": {"name": "丁"}})) == ["甲丙乙丁"]


def test_curly_quotes_and_wide_blanks_inside_a_tag_are_those_that_a_keyboard_makes() -> None:
    assert lines(filled(template("{{　project.lead\xa0or “无” }}"), {})) == ["无"]


# -- rows ------------------------------------------------------------------------------------------


def table(document: Document, *rows: tuple[str, ...]) -> None:
    made = document.add_table(rows=len(rows), cols=len(rows[0]))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


LINES = template(
    build=lambda document: table(
        document,
        ("序号", "名称", "金额（万元）"),
        ("{%tr for line in budget_lines %}", "", ""),
        ("{{ line.n }}", "{{ line.name }}", "{{ line.amount_wan }}"),
        ("{%tr endfor %}", "", ""),
        ("", "合计", "{{ budget.total_wan }}"),
    )
)


def test_a_row_is_repeated_for_each_entry() -> None:
    rows = [{"n": "1", "name": "<甲>", "amount_wan": "1.00"}, {"n": "2", "name": "乙\n丙", "amount_wan": "2.00"}]
    written = filled(LINES, {"budget_lines": rows, "budget": {"total_wan": "3.00"}})
    assert cells(written) == [
        ["序号", "名称", "金额（万元）"],
        ["1", "<甲>", "1.00"],
        ["2", "乙\n丙", "2.00"],
        ["", "合计", "3.00"],
    ]
    assert written.lacks == ()


def test_no_entry_no_row() -> None:
    assert cells(filled(LINES, {"budget": {"total_wan": "0.00"}})) == [
        ["序号", "名称", "金额（万元）"],
        ["", "合计", "0.00"],
    ]


def test_what_conditions_leave_of_a_table_is_still_a_document() -> None:
    def build(document: Document) -> None:
        table(document, ("{%tr if project.lead %}",), ("牵头 {{ project.lead }}",), ("{%tr endif %}",))
        made = document.add_table(rows=1, cols=1)
        made.cell(0, 0).text = "{%p if project.lead %}"
        made.cell(0, 0).add_paragraph("牵头")
        made.cell(0, 0).add_paragraph("{%p endif %}")

    document = opened(filled(template(build=build), {}))
    assert len(document.tables) == 1  # a table without rows would have to be repaired
    assert [p.text for p in document.tables[0].cell(0, 0).paragraphs] == [""]


def test_a_list_of_texts_makes_paragraphs() -> None:
    data = template("{%p for line in project.basis %}", "· {{ line }}", "{%p endfor %}", "完")
    assert lines(filled(data, {"project": {"basis": ["甲", "乙"]}})) == ["· 甲", "· 乙", "完"]


# -- what is missing -------------------------------------------------------------------------------


def test_what_is_printed_and_not_given_is_missed_once_each() -> None:
    data = template("{{ budget.total }} {{ budget.total_wan }} {{ contact.phone }} {{ notes.建设地点 }} {{ revision }}")
    written = filled(data, {})
    assert [(lack.label, lack.key) for lack in written.lacks] == [
        ("总投资", "budget.total"),
        ("联系电话", "contact.phone"),
        ("建设地点", "notes.建设地点"),
        ("版本", ""),
    ]


def test_what_may_stay_blank_says_so() -> None:
    data = template(
        '{{ project.lead or "—" }}{{ project.lead|default("无") }}{% if project.lead %}甲{% else %}乙{% endif %}',
        "{% for n in notices if n.title %}{{ n.title }}{% endfor %}{{ project.basis|join('、') }}",
    )
    written = filled(data, {})
    assert lines(written) == ["—无乙", ""]
    assert written.lacks == ()


def test_a_list_that_the_form_needs_is_missed_when_it_is_empty() -> None:
    data = template("{% for line in budget_lines|required %}{{ line.name }}{% endfor %}")
    written = filled(data, {}, draft=True)
    assert [lack.key for lack in written.lacks] == ["budget.lines", "budget.lines[0].name"]
    assert lines(written) == ["（待填：费用名称 budget.lines[0].name）"]


def test_a_missing_value_of_a_row_is_named_by_the_row() -> None:
    data = template("{% for a in approvals %}{{ a.number }}{% endfor %}")
    rows = [{"at": "approvals[0]", "number": "甲"}, {"at": "approvals[1]"}]
    assert [lack.key for lack in filled(data, {"approvals": rows}).lacks] == ["approvals[1].number"]


def test_a_draft_marks_what_is_missing_and_says_that_it_is_one() -> None:
    def bold(document: Document) -> None:
        document.add_paragraph("电话").add_run("（{{ contact.phone }}）").bold = True

    written = filled(template(build=bold), {}, draft=True)
    document = opened(written)
    assert document.paragraphs[0].text == "电话（（待填：联系电话 contact.phone））"
    marked = [r for r in document.paragraphs[0].runs if r.font.highlight_color is not None]
    assert [(r.text, r.bold) for r in marked] == [("（待填：联系电话 contact.phone）", True)]
    assert document.sections[0].header.paragraphs[0].text == "草　稿"


def test_every_header_of_a_draft_says_so() -> None:
    def headers(document: Document) -> None:
        section = document.sections[0]
        section.different_first_page_header_footer = True
        section.header.paragraphs[0].text = "某局"
        document.add_section()

    document = opened(filled(template("甲", build=headers), {}, draft=True))
    assert [p.text for p in document.sections[0].header.paragraphs] == ["草　稿", "某局"]
    assert [p.text for p in document.sections[0].first_page_header.paragraphs] == ["草　稿"]
    assert document.sections[1].header.is_linked_to_previous


# -- bytes -----------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes_whatever_the_template_s_dates_are() -> None:
    data = template("{{ project.name }}")
    other = with_part(data, "docProps/core.xml", part(data, "docProps/core.xml").replace("2013", "2026").encode())
    assert data != other
    first, second = filled(data, named("甲")), filled(other, named("甲"))
    assert first.data == second.data
    with zipfile.ZipFile(io.BytesIO(first.data)) as file:
        infos = file.infolist()
        assert {(i.date_time, i.create_system, i.compress_type) for i in infos} == {((1980, 1, 1, 0, 0, 0), 3, 0)}
        assert [i.filename for i in infos] == ["[Content_Types].xml", *sorted(i.filename for i in infos[1:])]


def test_the_properties_name_the_form_and_no_one_and_no_day() -> None:
    written = render(read(NAME), named("甲"), title="申报表 & <甲>", draft=False)
    core = opened(written).core_properties
    assert (core.title, core.author, core.created, core.keywords) == ("申报表 & <甲>", "", None, "")
    stamped = render(read(NAME), named("甲"), title="表", draft=False, revision="0123456789ab")
    assert opened(stamped).core_properties.keywords == "0123456789ab"


def test_ids_of_pictures_and_of_paragraphs_are_not_repeated() -> None:
    def paragraph(document: Document) -> None:
        made = document.add_paragraph("{% for x in project.basis %}{{ x }}{% endfor %}")
        made._p.set("{http://schemas.microsoft.com/office/word/2010/wordml}paraId", "1A2B3C4D")
        made._p.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}rsidR", "00AA11BB")

    written = filled(template(build=paragraph), {"project": {"basis": ["甲", "乙"]}})
    assert "1A2B3C4D" not in part(written.data)
    assert "00AA11BB" not in part(written.data)


def test_the_template_of_the_template_is_taken_out() -> None:
    data = template("甲")
    settings = part(data, "word/settings.xml").replace(
        "<w:zoom",
        '<w:attachedTemplate xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="rId9"/><w:zoom',
    )
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId9" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
        'Target="https://evil.example/x.dotm" TargetMode="External"/></Relationships>'
    )
    data = with_part(
        with_part(data, "word/settings.xml", settings.encode()), "word/_rels/settings.xml.rels", rels.encode()
    )
    written = filled(data, {})
    assert b"evil.example" not in written.data
    assert "attachedTemplate" not in part(written.data, "word/settings.xml")
    assert lines(written) == ["甲"]


# -- templates from strangers ----------------------------------------------------------------------


def refused(data: bytes) -> str:
    with pytest.raises(BadTemplateError) as caught:
        filled(data, {})
    return " ".join(slip.message for slip in caught.value.slips)


@pytest.mark.parametrize(
    "tag",
    [
        "{% for i in range(10**9) %}x{% endfor %}",
        '{{ "x" * 1000000000 }}',
        "{{ ''.__class__.__mro__ }}",
        "{{ project.__class__ }}",
        "{{ project.items() }}",
        "{{ project['name'] }}",
        "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
        "{{ self._TemplateReference__context }}",
        "{{ project.name|attr('__class__') }}",
        "{{ project.name|format('x') }}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% set x = 1 %}",
        "{% macro m() %}{% endmacro %}",
        "{{ lipsum() }}",
        "{{ namespace() }}",
    ],
)
def test_a_template_can_do_nothing_but_print_fields(tag: str) -> None:
    assert refused(template(tag))


def test_loops_are_bounded() -> None:
    data = template(
        "{% for a in findings %}{% for b in findings %}{% for c in findings %}{% endfor %}{% endfor %}{% endfor %}"
    )
    with pytest.raises(BadTemplateError) as caught:
        filled(data, {"findings": [{"n": "1"}] * 200})
    assert "循环太多" in caught.value.slips[0].message


def test_what_is_no_word_file_is_refused() -> None:
    assert "docx" in refused(with_part(template("甲"), "[Content_Types].xml", b"<x/>").replace(b"PK", b"XX"))
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("a.txt", "甲")
    assert "不是 Word 的 docx 文件" in refused(buffer.getvalue())


def test_macros_and_links_that_fetch_are_refused() -> None:
    assert "宏" in refused(with_part(template("甲"), "word/vbaProject.bin", b"x"))
    rels = part(template("甲"), "word/_rels/document.xml.rels").replace(
        "</Relationships>",
        '<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="http://evil.example/x.png" TargetMode="External"/></Relationships>',
    )
    assert "打开时会去读取" in refused(with_part(template("甲"), "word/_rels/document.xml.rels", rels.encode()))


def test_entities_are_not_expanded() -> None:
    document = part(template("甲")).replace("<w:document", '<!DOCTYPE x [<!ENTITY a "aaaa">]><w:document', 1)
    assert "读不出来" in refused(with_part(template("甲"), "word/document.xml", document.encode()))


def test_tags_outside_the_text_are_refused() -> None:
    document = part(template("甲")).replace("<w:p>", '<w:p><w:pPr><w:pStyle w:val="{{ project.name }}"/></w:pPr>', 1)
    assert "文字以外" in refused(with_part(template("甲"), "word/document.xml", document.encode()))


# -- a form of a bureau ----------------------------------------------------------------------------


def bureau_form() -> bytes:
    """A blank form as a bureau sends it: one table with cells merged across and down, filled with tags."""
    document = docx.Document()
    made = document.add_table(rows=8, cols=6)
    made.style = "Table Grid"
    made.cell(0, 0).merge(made.cell(0, 5)).text = "{{ form.title }}"
    for row, texts in enumerate([("项目名称", "{{ project.name }}"), ("建设单位", "{{ unit.name }}")], 1):
        made.cell(row, 0).merge(made.cell(row, 1)).text = texts[0]
        made.cell(row, 2).merge(made.cell(row, 5)).text = texts[1]
    made.cell(3, 0).merge(made.cell(6, 0)).text = "投资概算"
    made.cell(3, 1).merge(made.cell(3, 3)).text = "费用名称"
    made.cell(3, 4).merge(made.cell(3, 5)).text = "金额（万元）"
    made.cell(4, 1).merge(made.cell(4, 5)).text = "{%tr for line in budget_lines|required %}"
    made.cell(5, 1).merge(made.cell(5, 3)).text = "{{ line.name }}"
    made.cell(5, 4).merge(made.cell(5, 5)).text = "{{ line.amount_wan }}"
    made.cell(6, 1).merge(made.cell(6, 5)).text = "{%tr endfor %}"
    made.cell(7, 0).merge(made.cell(7, 2)).text = "填表人：{{ contact.person }}"
    made.cell(7, 3).merge(made.cell(7, 5)).text = "{{ blank.date }}"
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def test_a_form_with_merged_cells_keeps_them() -> None:
    written = filled(
        bureau_form(),
        {
            "form": {"title": "某市信息化项目申报表"},
            "project": {"name": "某平台"},
            "unit": {"name": "某局"},
            "contact": {"person": "某人"},
            "blank": {"date": "　　年　月　日"},
            "budget_lines": [{"name": f"第{n}项", "amount_wan": f"{n}.00"} for n in range(1, 4)],
        },
    )
    found = opened(written).tables[0]
    assert len(found.rows) == 8
    assert found.cell(0, 0)._tc is found.cell(0, 5)._tc  # across
    assert found.cell(0, 0).text == "某市信息化项目申报表"
    assert [found.cell(1, n).text for n in range(6)] == ["项目名称"] * 2 + ["某平台"] * 4
    assert [found.cell(row, 0).text for row in range(3, 7)] == ["投资概算"] * 4  # down, over the repeated rows
    assert [(found.cell(row, 1).text, found.cell(row, 5).text) for row in range(3, 7)] == [
        ("费用名称", "金额（万元）"),
        ("第1项", "1.00"),
        ("第2项", "2.00"),
        ("第3项", "3.00"),
    ]
    assert found.cell(7, 0).text == "填表人：某人"
    etree.fromstring(part(written.data).encode())


def test_tags_where_nothing_is_filled_in_are_refused() -> None:
    notes = b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{{ unit.name }}</w:footnotes>'
    assert "脚注里的标签不会填写" in refused(with_part(template("甲"), "word/footnotes.xml", notes))
    deleted = part(template("甲")).replace("<w:p>", "<w:p><w:del><w:r><w:delText>{{ x }}</w:delText></w:r></w:del>", 1)
    assert "修订中删去的文字" in refused(with_part(template("甲"), "word/document.xml", deleted.encode()))


def test_another_dialect_of_word_is_refused_and_not_passed_through() -> None:
    document = part(template("{{ unit.name }}")).replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert "不是 Word 的写法" in refused(with_part(template("甲"), "word/document.xml", document.encode()))


@pytest.mark.parametrize("body", ["(" * 190 + "1" + ")" * 190, "not " * 99 + "draft", "a" + ".a" * 190, "x" * 500])
def test_a_tag_that_goes_too_deep_is_a_fault_of_the_template(body: str) -> None:
    assert refused(template(f"{{{{ {body} }}}}"))


def test_braces_of_the_template_s_own_text_stay_and_make_no_tag() -> None:
    data = template("集合 {1, 2} 的开头 {", "{ 与结尾 } 100%", "} # {甲} {{ project.name }}{", "%}")
    fine = template("集合 {1, 2} 的开头 {", "# 与结尾 } 100%", "} # {甲} {{ project.name }}{")
    assert lines(filled(fine, named("{乙}"))) == ["集合 {1, 2} 的开头 {", "# 与结尾 } 100%", "} # {甲} {乙}{"]
    assert "前面没有对应的标签开头" in refused(data)


def test_a_tag_in_a_place_that_is_not_read_does_not_run() -> None:
    hidden = "<w:pict><w:p><w:r><w:t>{{ unit.name }}</w:t></w:r></w:p></w:pict>"
    document = part(template("甲")).replace("<w:sectPr", f"{hidden}<w:sectPr", 1)
    assert "印不出来" in refused(with_part(template("甲"), "word/document.xml", document.encode()))


def test_a_type_behind_a_long_comment_or_in_utf_16_is_refused() -> None:
    body = part(template("甲")).partition("?>")[2]
    late = f'<?xml version="1.0"?><!--{"x" * 9000}--><!DOCTYPE x [<!ENTITY a "b">]>{body}'
    assert "不是 Word 的写法" in refused(with_part(template("甲"), "word/document.xml", late.encode()))
    wide = f'<?xml version="1.0" encoding="UTF-16"?>{body}'
    assert "不是 Word 的写法" in refused(with_part(template("甲"), "word/document.xml", wide.encode("utf-16")))


def test_a_control_that_word_fills_from_its_own_data_is_cut_loose() -> None:
    control = '<w:sdt><w:sdtPr><w:dataBinding w:xpath="/a" w:storeItemID="{1}"/></w:sdtPr><w:sdtContent>'
    document = part(template("{{ project.name }}"))
    start = document.index("<w:p>")
    end = document.index("</w:p>") + 6
    document = f"{document[:start]}{control}{document[start:end]}</w:sdtContent></w:sdt>{document[end:]}"
    written = filled(with_part(template("甲"), "word/document.xml", document.encode()), named("乙"))
    assert "dataBinding" not in part(written.data)
    assert ">乙<" in part(written.data)


@settings(max_examples=50)
@given(st.lists(st.text(), min_size=4, max_size=8))
def test_any_text_comes_out_as_itself(values: list[str]) -> None:
    """Several in one document, since to write one takes longer than to try a text."""
    shown = lines(filled(TEXTS, {"project": {"basis": values}}))
    assert shown == [f"项目：{clean(value)}。" for value in values]


def test_a_form_that_another_office_program_saved_is_filled_in_too(
    tmp_path: Path, soffice: Callable[..., None]
) -> None:
    (tmp_path / "form.docx").write_bytes(bureau_form())
    soffice("docx:MS Word 2007 XML", tmp_path / "saved", tmp_path / "form.docx")
    data = (tmp_path / "saved" / "form.docx").read_bytes()
    assert read(data).slips == ()
    rows = [{"name": "甲", "amount_wan": "1.00"}, {"name": "乙", "amount_wan": "2.00"}]
    written = filled(data, {**named("某平台"), "budget_lines": rows}, draft=True)
    found = cells(written)
    assert [row[0] for row in found[3:6]] == ["投资概算"] * 3
    assert [(row[1], row[-1]) for row in found[4:6]] == [("甲", "1.00"), ("乙", "2.00")]
    assert "（待填：联系人 contact.person）" in found[-1][0]


@pytest.mark.parametrize(
    "languages",
    ["", '<w:lang w:val="zh-CN" w:eastAsia="zh-CN"/>', '<w:lang w:eastAsia="zh-CN"/>', '<w:lang w:val="ZH-HANS"/>'],
)
def test_figures_in_a_finished_form_are_english_whatever_the_template_calls_them(languages: str) -> None:
    def called_chinese(document: Document) -> None:
        document.add_paragraph().add_run("标准 GB/T 22239-2019")._r.get_or_add_rPr().append(
            docx.oxml.parse_xml(f'<w:lang xmlns:w="{W[1:-1]}" w:val="zh-CN"/>')
        )

    given = template("甲", build=called_chinese)
    styles = re.sub(r"<w:lang\b[^<>]*/>", languages, part(given, "word/styles.xml"))
    written = filled(with_part(given, "word/styles.xml", styles.encode()), {}).data
    defaults = re.search("<w:docDefaults>.*</w:docDefaults>", part(written, "word/styles.xml"), re.DOTALL)
    assert defaults is not None
    (told,) = re.findall("<w:lang [^>]*>", defaults[0])
    assert {'w:val="en-US"', 'w:eastAsia="zh-CN"'} <= set(told[:-2].split())
    assert 'w:lang w:val="zh' not in part(written) + part(written, "word/styles.xml")


def keeps(paragraph: Any) -> bool:
    return bool(paragraph.paragraph_format.keep_with_next)


def test_a_sum_does_not_begin_a_page_and_a_signature_does_not_stand_alone() -> None:
    def build(document: Document) -> None:
        table = document.add_table(rows=5, cols=3)
        for row, texts in zip(
            table.rows,
            (("{%tr for line in budget_lines %}",), ("{{ line.n }}",), ("{%tr endfor %}",), ("末",), ("合计",)),
            strict=True,
        ):
            row.cells[0].text = texts[0]
        table.rows[4].cells[0].merge(table.rows[4].cells[1])
        document.add_paragraph("正文")
        document.add_paragraph("").paragraph_format.keep_with_next = True
        document.add_paragraph("落款")

    made = opened(filled(template(build=build), {"budget_lines": [{"n": "1"}, {"n": "2"}]}))
    rows = made.tables[0].rows
    assert [all(keeps(p) for cell in row.cells for p in cell.paragraphs) for row in rows] == [False, False, True, False]
    assert [keeps(p) for p in made.paragraphs[-3:]] == [True, True, False]
