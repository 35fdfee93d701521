"""Lists as bureaus lay them out: where the unit stands, what stands above, below and between, and what stays refused."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from books import sheet

from govit.dossier.model import Kind
from govit.importing.cells import CellRefusedError, value_of
from govit.importing.heads import read_map, tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.importing.heads import ProjectList

HEADER = ["序号", "项目单位", "项目名称", "总投资"]
ONE = [1, "市教育局", "甲", 280]
TITLE = ["××市2027年度政务信息化项目计划表", None, None, None]


def found(rows: Sequence[Any], *merged: str, mapped: tuple[str, ...] = ()) -> ProjectList:
    table = tables(sheet(rows, *merged), read_map(mapped))
    assert table is not None
    return table


def amount(table: ProjectList, key: str = "budget.total") -> Decimal:
    """The amount of the first project, with the unit of its column."""
    head = next(head for head in table.heads if head.key == key)
    value = value_of(table.rows[0].cells[key], Kind.MONEY, unit=head.unit)
    assert isinstance(value, Decimal)
    return value


LAYOUTS = {
    "title, line with the unit, header": ([TITLE, ["单位：万元"], HEADER, ONE], ("A1:D1", "A2:D2")),
    "the unit at the right": ([TITLE, [None, None, None, "单位：万元"], HEADER, ONE], ("A1:D1",)),
    "the unit right of the table": ([TITLE, [*[None] * 6, "单位：万元"], HEADER, ONE], ()),
    "an annex above the title": ([["附件1"], TITLE, ["单位:万元"], HEADER, ONE], ()),
    "who reports, and the unit": ([TITLE, ["填报单位：市教育局", None, None, "金额单位：人民币万元"], HEADER, ONE], ()),
    "both in one cell": ([TITLE, ["编制单位：市教育局    单位：万元"], HEADER, ONE], ("A2:D2",)),
    "label and unit in two cells": ([TITLE, [None, None, "单位：", "万元"], HEADER, ONE], ()),
    "the unit in brackets": ([TITLE, [None, None, None, "（单位：万 元）"], HEADER, ONE], ()),
    "the unit in the title": ([["2027年计划表（单位：万元）"], HEADER, ONE], ("A1:D1",)),
    "the unit in the header": ([TITLE, [*HEADER[:3], "总投资\n（万元）"], ONE], ()),
    "the unit behind a stroke": ([TITLE, [*HEADER[:3], "总投资/万元"], ONE], ()),
    "the unit behind a comma": ([TITLE, [*HEADER[:3], "总投资，单位：万元"], ONE], ()),
    "the unit below the header": ([TITLE, HEADER, [None, None, None, "（万元）"], ONE], ("A2:A3", "B2:B3", "C2:C3")),
    "the unit right above the column": ([TITLE, [None, None, None, "万元"], HEADER, ONE], ()),
    "numbers below the header": ([TITLE, ["单位：万元"], HEADER, ["甲", "乙", 1, 2], ONE], ()),
    "a blank row above the header": ([TITLE, ["单位：万元"], [], HEADER, ONE], ()),
    "the upper of two header rows": (
        [TITLE, ["单位：万元"], [*HEADER[:3], "投资", None], [None, None, None, "总投资", "年度投资"], [*ONE, 100]],
        ("D3:E3", "A3:A4", "B3:B4", "C3:C4"),
    ),
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_unit_is_found_where_lists_have_it(layout: str) -> None:
    rows, merged = LAYOUTS[layout]
    table = found(rows, *merged)
    assert amount(table) == 2_800_000
    assert [row.cells["name"].text for row in table.rows] == ["甲"]
    assert table.rows[0].cells["budget.total"].ref == f"D{table.rows[0].number}"
    assert not [head.text for head in table.unknown]


def test_a_unit_merged_over_some_columns_is_theirs() -> None:
    rows = [
        TITLE,
        [None, None, None, "单位：元", None, "单位：亿元", None],
        ["项目单位", "项目名称", "备案号", "总投资", "年度投资", "财政", "自筹"],
        ["市教育局", "甲", "x", 1, 2, 3, 4],
    ]
    table = found(rows, "D2:E2", "F2:G2")
    units = {head.key: head.unit for head in table.heads}
    assert (units["budget.total"], units["budget.years"], units["name"]) == ("元", "元", "")


@pytest.mark.parametrize(
    ("rows", "merged"),
    [
        ([TITLE, HEADER, ONE], ()),
        ([TITLE, ["单位：万元", None, None, "单位：元"], HEADER, ONE], ()),
        ([TITLE, ["单位：千元"], HEADER, ONE], ()),
        ([TITLE, ["单位：万美元"], HEADER, ONE], ()),
        ([TITLE, ["单位：万元"], [*HEADER[:3], "总投资（千元）"], ONE], ()),
        ([TITLE, ["单位：万元"], [*HEADER[:3], "总投资（百万元）"], ONE], ()),
        ([TITLE, ["单位：万元"], [*HEADER[:3], "总投资（万美元）"], ONE], ()),
        ([TITLE, ["单位：万元"], [*HEADER[:3], "总投资/千元"], ONE], ()),
        ([TITLE, ["（万元）"], HEADER, ONE], ("A2:B2",)),
    ],
)
def test_an_amount_whose_unit_is_not_said_or_not_read_stays_refused(rows: Sequence[Any], merged: Sequence[str]) -> None:
    with pytest.raises(CellRefusedError, match="看不出"):
        amount(found(rows, *merged))


def test_a_unit_that_is_not_read_is_no_other_for_a_column_that_is_mapped() -> None:
    table = found([["单位：万元"], ["项目名称", "估算（千元）"], ["甲", 1]], mapped=("估算（千元）=budget.total",))
    with pytest.raises(CellRefusedError, match="看不出"):
        amount(table)


def test_a_group_ends_where_its_cell_ends() -> None:
    rows = [
        ["项目名称", "资金来源（万元）", None, None],
        [None, "财政", "自筹", "本年度计划投资"],
        ["甲", 1, 2, 3],
    ]
    table = found(rows, "B1:C1")
    assert {head.key: head.unit for head in table.heads} == {
        "name": "",
        "funding.财政": "万元",
        "funding.自筹": "万元",
        "budget.years": "",
    }


@pytest.mark.parametrize(
    "band",
    [
        ["一", None, "新建项目", 280],
        ["（一）", None, "新建项目", 280],
        [None, None, "一、新建项目", 280],
        [None, None, "（一）市教育局", 280],
        [None, None, "一、新建项目", None],
    ],
)
def test_a_band_with_its_sum_is_no_project(band: Sequence[Any]) -> None:
    table = found([["单位：万元"], HEADER, band, ONE, ["合计", None, None, 280]])
    assert [row.cells["name"].text for row in table.rows] == ["甲"]
    assert table.skipped == (3, 5)


def test_a_project_with_a_chinese_number_of_its_own_is_one() -> None:
    rows = [["单位：万元"], HEADER, ["一", "市教育局", "甲", 280], ["二", "市教育局", "乙", 100]]
    assert len(found(rows).rows) == 2


def test_a_header_that_names_the_year_of_the_title_is_the_amount_of_that_year() -> None:
    header = [*HEADER, "2027年计划投资", "2028年计划投资"]
    table = found([TITLE, ["单位：万元"], header, [*ONE, 100, 180]])
    assert amount(table, "budget.years") == 1_000_000
    assert [head.text for head in table.unknown] == ["2028年计划投资"]
