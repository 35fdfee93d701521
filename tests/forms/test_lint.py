"""Checking templates: every unknown name, bad tag and lost field with its place, nothing stops at the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from blank_word import blank_word
from word_forms import faults, saved, template

from govit.forms.data.context import ROOTS
from govit.forms.data.fields import FIELDS, FieldShape, leaves
from govit.forms.word.docx import read

if TYPE_CHECKING:
    from docx.document import Document


def one(tag: str) -> str:
    """The only fault of a template with one paragraph."""
    found = faults(template(tag))
    assert len(found) == 1, found
    return found[0]


def test_an_unknown_name_is_named_with_the_nearest_and_its_place() -> None:
    assert one("单位：{{ unit.nmae }}") == "第 1 段|没有“unit.nmae”这个栏目|是不是“unit.name”？"
    assert one("{{ budgets.total }}") == "第 1 段|没有“budgets”这个栏目|是不是“budget”？"
    assert one("{{ contact.电话 }}") == "第 1 段|没有“contact.电话”这个栏目|是不是“contact.phone”？"
    assert one("{{ 联系电话 }}") == "第 1 段|没有“联系电话”这个栏目|是不是“contact.phone”？"
    assert "可以写：unit.name、unit.level、unit.kind、unit.parent；" in one("{{ unit.xyz }}")


def test_places_are_those_that_a_clerk_sees() -> None:
    document = blank_word()
    document.add_paragraph("甲")
    outer = document.add_table(rows=2, cols=3)
    outer.cell(1, 0).merge(outer.cell(1, 1)).text = "{{ a }}"
    outer.cell(1, 2).text = "乙"
    outer.cell(1, 2).add_paragraph("{{ b }}")
    outer.cell(0, 0).add_table(rows=1, cols=1).cell(0, 0).text = "{{ c }}"
    document.add_paragraph("{{ d }}")
    document.sections[0].header.paragraphs[0].text = "{{ e }}"
    document.sections[0].footer.paragraphs[0].text = "{{ f }}"
    assert [fault.split("|")[0] for fault in faults(saved(document))] == [
        "第 1 张表第 1 行第 1 格内第 1 张表第 1 行第 1 格",
        "第 1 张表第 2 行第 1 格",
        "第 1 张表第 2 行第 2 格",
        "第 2 段",
        "页眉第 1 段",
        "页脚第 1 段",
    ]


@pytest.mark.parametrize(
    ("tag", "message"),
    [
        ("{{ unit.name", "标签没有写完，缺少“}}”"),
        ("{{ unit.name {{ unit.level }}", "标签没有写完，缺少“}}”"),
        ("unit.name }}", "“}}”前面没有对应的标签开头"),
        ("｛｛ unit.name ｝｝", "“｛｛”是全角的花括号"),
        ("{ { unit.name } }", "“{ {”中间有空格"),
        ("{{ unit．name }}", "看不懂标签“unit．name”"),
        ("{{ }}", "看不懂标签“”"),
        ("{{ unit }}", "“unit”（项目单位）是一组，不能直接印出"),
        ("{{ budget_lines }}", "“budget_lines”（概算明细）是列表，不能直接印出"),
        ("{{ project.basis }}", "“project.basis”（建设依据）是列表，不能直接印出"),
        ("{{ project.name.length }}", "“project.name”（项目名称）是文字，后面没有“.length”"),
        ("{{ budget_lines.name }}", "“budget_lines”（概算明细）是列表，后面没有“.name”"),
        ("{{p unit.name }}", "没有 {{p … }} 这种标签"),
        ("{{- unit.name }}", "标签里不能用减号去空白"),
        ("{% tr for x in budget_lines %}", "没有“{% tr”这种写法"),
        ("{%r if draft %}", "没有“{% r”这种写法"),
        ("{% vm %}", "没有“vm”这种标签"),
        ("{% if draft %}甲", "“if”没有结束"),
        ("甲{% endif %}", "“endif”前面没有 if"),
        ("{% for x in budget_lines %}{% endif %}", "“endif”之前，第 1 段的“for”还没有结束"),
        ("{% else %}", "“else”前面没有 if"),
        ("{% for x in unit %}{% endfor %}", "“unit”（项目单位）不是列表，不能用 for"),
        ("{% for a, b in budget_lines %}{% endfor %}", "看不懂标签“for a, b in budget_lines”"),
        ("{% for unit in budget_lines %}{% endfor %}", "“unit”是栏目的名称，不能再用作行的名称"),
        ("{%tr for x in budget_lines %}", "{%tr … %} 会把它所在的表格的一行整个去掉，那里还有别的内容"),
        ("甲{%p if draft %}", "{%p … %} 会把它所在的一段整个去掉，那里还有别的内容"),
        ("{{ budget.total + budget.spent }}", "标签里不能用“+”"),
        ("{{ unit.name|upper|safe }}", "标签里不能用“|safe”"),
        ("{{ unit.name is string }}", "标签里不能用“is string”"),
        ("{% if budget.totle %}{% endif %}", "没有“budget.totle”这个栏目"),
    ],
)
def test_bad_tags_are_explained(tag: str, message: str) -> None:
    assert message in "\n".join(faults(template(tag)))


def test_full_width_punctuation_is_what_a_clerk_types() -> None:
    assert one("{{ unit．name }}").endswith("标点用半角，写成 unit.name")


def test_all_faults_come_at_once() -> None:
    found = faults(template("{{ a.b }}", "{{ unit.name", "{% for x in budget_lines %}{{ x.nam }}{% endfor %}"))
    assert [fault.split("|")[0] for fault in found] == ["第 1 段", "第 2 段", "第 3 段"]


def rows(document: Document, *texts: tuple[str, ...]) -> None:
    made = document.add_table(rows=len(texts), cols=len(texts[0]))
    for row, cells in zip(made.rows, texts, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text


def test_tags_that_would_cut_the_document_are_refused() -> None:
    crossing = template(
        build=lambda d: rows(d, ("{% for x in budget_lines %}{{ x.name }}", "{{ x.amount }}{% endfor %}"))
    )
    assert faults(crossing) == [
        "第 1 张表第 1 行第 2 格|“endfor”和第 1 张表第 1 行第 1 格的“for”不在同一段|整段的写 {%p … %}，整行的写 {%tr … %}"
    ]
    mixed = template(build=lambda d: rows(d, ("{%tr for x in budget_lines %}",), ("{%p endfor %}",)))
    assert faults(mixed) == [
        "第 1 张表第 2 行第 1 格|“endfor”写成了 {%p %}，第 1 张表第 1 行第 1 格的“for”写成了 {%tr %}|前后一致，都写 {%tr … %}"
    ]
    both = template(build=lambda d: rows(d, ("{%tr for x in budget_lines %}", "{%tr endfor %}")))
    assert "整个去掉" in "".join(faults(both))

    def two(document: Document) -> None:
        rows(document, ("{%tr for x in budget_lines %}",), ("{{ x.name }}",))
        rows(document, ("{%tr endfor %}",))

    assert "不在同一张表" in "".join(faults(template(build=two)))


def test_what_is_right_has_no_faults() -> None:
    data = template(
        "{{ form.title }}{% if draft and not revision %}甲{% elif project.stage == '申报' %}乙{% endif %}",
        "{%p for g in budget_groups if g.name %}",
        "{{ loop.index }}{{ g.name }}{% for l in g.lines %}{{ l.n }}{{ l.name or '—' }}{% endfor %}",
        "{%p endfor %}",
        "{{ notes.任何栏目 }}{{ project.basis|join('、') }}{# 注 #}{{ '甲' if draft else '乙' }}",
    )
    assert faults(data) == []
    assert read(data).roots == {"form", "draft", "revision", "project", "budget_groups", "notes"}
    assert "budget_groups[].lines[].name" in read(data).printed


def test_every_name_can_be_made_and_has_a_label() -> None:
    assert set(ROOTS) == set(FIELDS)
    for name, field in leaves():
        assert field.label, name
        assert field.shape is not FieldShape.ROWS or field.fields, name


def test_the_name_of_a_row_means_nothing_outside_its_loop() -> None:
    data = template("{% for line in budget_lines %}{{ line.n }}{% endfor %}", "{{ line.name }}")
    assert faults(data) == ["第 2 段|“line”在这里没有内容|它只在第 1 段的 for 和它的 endfor 之间能用"]
