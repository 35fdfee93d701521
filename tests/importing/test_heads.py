"""Which column holds what: headers as bureaus write them, rows that are projects and rows that are not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from books import sheet

from govit.base.usage import UsageError
from govit.importing.heads import ProjectList, read_map, tables

if TYPE_CHECKING:
    from collections.abc import Sequence


def found(rows: Sequence[Any], *merged: str, mapped: tuple[str, ...] = ()) -> ProjectList:
    table = tables(sheet(rows, *merged), read_map(mapped))
    assert table is not None
    return table


def keys(table: ProjectList) -> dict[str, str]:
    return {head.cell.ref: head.key for head in table.heads}


def test_headers_are_known_by_any_of_their_names() -> None:
    table = found(
        [["序号", " 申报项目\n名称* ", "建设单位（盖章）", "项目性质", "估算投资(万元)"], [1, "甲", "乙", "新建", 3]]
    )
    assert keys(table) == {"B1": "name", "C1": "unit.name", "D1": "category", "E1": "budget.total"}
    assert [row.number for row in table.rows] == [2]
    assert not table.unknown


def test_the_unit_of_a_column_comes_from_it_or_its_group_or_the_line_above() -> None:
    rows = [
        ["XX市2027年度清单", None, None, None, None],
        [None, None, None, None, "单位： 万元"],
        ["项目名称", "总投资（元）", "资金来源（亿元）", None, "本年度计划投资"],
        [None, None, "财政", "自筹（元）", None],
        ["甲", 1, 2, 3, 4],
    ]
    table = found(rows, "C3:D3")
    units = {head.key: head.unit for head in table.heads}
    assert units["budget.total"] == "元"
    assert units["funding.财政"] == "亿元"
    assert units["funding.自筹"] == "元"
    assert units["budget.years"] == "万元"
    assert table.year == 2027


def test_two_units_above_are_none() -> None:
    table = found([["单位：万元", "单位：元"], ["项目名称", "总投资"], ["甲", 1]])
    assert [head.unit for head in table.heads] == ["", ""]


def test_a_sum_under_the_sources_of_money_is_no_source() -> None:
    rows = [["项目名称", "总投资", "资金来源", None, None], [None, None, "小计", "财政", "自筹"], ["甲", 1, 2, 3, 4]]
    assert "funding.小计" not in keys(found(rows, "C1:E1")).values()


def test_what_is_remarked_of_an_amount_may_make_another_amount_of_it() -> None:
    table = found([["项目名称（全称）", "类别", "总投资（不含运维）"], ["甲", "新建", 1]])
    assert keys(table) == {"A1": "name", "B1": "category"}
    assert [head.text for head in table.unknown] == ["总投资（不含运维）"]


def test_a_column_is_named_by_hand() -> None:
    rows = [["项目名称", "估算金额（万元）", "部署", "财政拨款"], ["甲", 1, "云", 2]]
    mapped = ("估算金额=总投资", "部署=hosting", "财政拨款=funding.市级财政资金")
    assert keys(found(rows, mapped=mapped)) == {
        "A1": "name",
        "B1": "budget.total",
        "C1": "hosting",
        "D1": "funding.市级财政资金",
    }


@pytest.mark.parametrize("given", ["总投资", "=name", "甲=", "甲=budget.totel", "甲=events", "甲=budget.lines"])
def test_a_map_that_leads_nowhere_is_refused(given: str) -> None:
    with pytest.raises(UsageError):
        read_map([given])


def test_of_two_columns_for_one_thing_none_is_taken_until_one_is_put_aside() -> None:
    rows = [["项目名称", "总投资（万元）", "估算投资（万元）"], ["甲", 1, 2], ["乙", 1, 2]]
    table = found([["项目名称", "总投资（万元）", "估算投资（万元）", "类别"], *rows[1:]])
    assert [head.text for head in table.twice] == ["总投资（万元）", "估算投资（万元）"]
    assert "budget.total" not in keys(table).values()
    kept = found(rows, mapped=("估算投资=-",))
    assert keys(kept) == {"A1": "name", "B1": "budget.total"}


def test_of_two_columns_for_the_name_none_is_taken_and_no_row_is_read() -> None:
    table = found([["项目名称", "项目名称", "类别"], ["甲", "乙", "新建"]])
    assert [head.text for head in table.twice] == ["项目名称", "项目名称"]
    assert table.rows == ()


def test_bands_sums_blank_rows_notes_and_repeated_headers_are_no_projects() -> None:
    rows = [
        ["序号", "项目名称", "类别"],
        ["一、新建", None, None],
        [None, None, None],
        [1, "一、二期合建项目", "新建"],
        [None, "二、续建", None],
        ["序号", "项目名称", "类别"],
        [2, "合计费项目", "新建"],
        [None, "小 计", 3],
        ["合计", None, 5],
        [None, "共计2个项目", 5],
        [None, "共 12 项", 5],
        [None, "注：以上均含税", "x"],
        [None, "填表人：张三", None],
    ]
    table = found(rows)
    assert [row.cells["name"].value for row in table.rows] == ["一、二期合建项目", "合计费项目"]
    assert table.skipped == (2, 5, 6, 8, 9, 10, 11, 12, 13)


def test_a_cell_merged_over_rows_stands_in_each_of_them() -> None:
    rows = [["项目名称", "建设单位", "总投资（万元）"], ["甲", "某局", 3], ["乙", None, None], ["丙", "他局", 1]]
    table = found(rows, "B2:B3", "C2:C3")
    assert [row.cells["unit.name"].value for row in table.rows] == ["某局", "某局", "他局"]
    assert table.rows[1].shared == {"unit.name", "budget.total"}


def test_a_sheet_without_projects_is_none() -> None:
    assert tables(sheet([["姓名", "电话"], ["甲", 1]]), {}) is None
    assert tables(sheet([["项目名称"], ["甲"]]), {}) is None
    assert tables(sheet([]), {}) is None


@pytest.mark.parametrize("parts", [["合计", "财政", "自筹"], ["财政", "自筹", "合计"], ["财政", "合计", "自筹"]])
@pytest.mark.parametrize("merged", [(), ("A1:A2", "B1:B2", "C1:E1")])
def test_a_header_over_several_columns_is_none_of_them(parts: list[str], merged: tuple[str, ...]) -> None:
    amounts = {"合计": 280, "财政": 200, "自筹": 80}
    header = ["项目名称", "项目类别", "总投资（万元）", None, None]
    table = found([header, [None, None, *parts], ["甲", "新建", *map(amounts.get, parts)]], *merged)
    assert table.rows[0].cells["budget.total"].value == 280
    assert [head.text for head in table.unknown] == ["财政", "自筹"]
    assert table.skipped == ()


def test_a_header_merged_like_its_rows_is_one_column() -> None:
    table = found([["项目名称", None, "总投资（万元）"], ["甲", None, 3]], "A1:B1", "A2:B2")
    assert keys(table) == {"A1": "name", "C1": "budget.total"}
    assert table.rows[0].cells["name"].text == "甲"
