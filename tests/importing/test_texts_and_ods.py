"""Lists as text (.csv) and as OpenDocument (.ods): the same layouts, read as from xlsx; what is hostile is refused."""

from __future__ import annotations

import datetime as dt
import time
import zipfile
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

import pytest
from books import csv_of, ods_of, ods_with, workbook

from govit.base.usage import UsageError
from govit.dossier.model import Kind
from govit.importing.cells import CellRefusedError, value_of
from govit.importing.heads import read_map, tables
from govit.importing.workbooks import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from govit.importing.book import Book
    from govit.importing.heads import ProjectList

HEADER = ["序号", "项目单位", "项目名称", "总投资"]
TITLE = ["××市2027年度政务信息化项目计划表", None, None, None]
ONE = [1, "市教育局", "甲", 280]

LAYOUTS: dict[str, tuple[list[list[Any]], tuple[str, ...], str]] = {
    "header only, with the unit": ([[*HEADER[:3], "总投资（万元）"], ONE], (), "2800000"),
    "in 元": ([[*HEADER[:3], "总投资（元）"], [*ONE[:3], 2800000]], (), "2800000"),
    "title and unit line": ([TITLE, ["单位：万元", None, None, None], HEADER, ONE], ("A1:D1",), "2800000"),
    "who reports, and the unit": (
        [TITLE, ["填报单位：市教育局", None, None, "单位：万元"], HEADER, ONE],
        (),
        "2800000",
    ),
    "blank rows between": ([TITLE, [], ["单位：万元"], [], HEADER, ONE], (), "2800000"),
    "thousands": ([["单位：元"], HEADER, [*ONE[:3], "2,800,000.00"]], (), "2800000"),
    "full-width figures": ([["单位：万元"], HEADER, [*ONE[:3], "２８０"]], (), "2800000"),
    "the unit in the cell": ([HEADER, [*ONE[:3], "280万元"]], (), "2800000"),
    "a sum below": ([["单位：万元"], HEADER, ONE, [None, None, "合计", 280]], (), "2800000"),
    "a sum above": ([["单位：万元"], HEADER, ["合计", None, None, 280], ONE], ("A3:C3",), "2800000"),
    "numbers below the header": ([["单位：万元"], HEADER, [1, 2, 3, 4], ONE], (), "2800000"),
    "a line break in the header": ([[*HEADER[:3], "总投资\n（万元）"], ONE], (), "2800000"),
    "a note below": ([["单位：万元"], HEADER, ONE, ["注：金额含税", None, None, None]], (), "2800000"),
}
TWO_ROWS = [TITLE, ["单位：万元"], [*HEADER[:3], "投资", None], [None, None, None, "总投资", "年度投资"], [*ONE, 100]]


def book(folder: Path, data: bytes, name: str) -> Book:
    (folder / name).write_bytes(data)
    return read_book(folder / name)


def table(read: Book) -> ProjectList:
    found = tables(read.sheets[0], read_map(()))
    assert found is not None
    return found


def amount(found: ProjectList) -> object:
    head = next(head for head in found.heads if head.key == "budget.total")
    return value_of(found.rows[0].cells["budget.total"], Kind.MONEY, unit=head.unit)


@pytest.mark.parametrize("kind", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "tab", "semicolon", "ods", "xlsx"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_is_read_whatever_it_is_saved_as(tmp_path: Path, layout: str, kind: str) -> None:
    rows, merged, money = LAYOUTS[layout]
    match kind:
        case "ods":
            read = book(tmp_path, ods_of(rows, *merged), "a.ods")
        case "xlsx":
            read = book(tmp_path, workbook(rows, *merged), "a.xlsx")
        case "tab" | "semicolon":
            read = book(tmp_path, csv_of(rows, separator="\t" if kind == "tab" else ";"), "a.txt")
        case encoding:
            read = book(tmp_path, csv_of(rows, encoding), "a.csv")
    found = table(read)
    assert amount(found) == Decimal(money)
    assert [row.cells["name"].text for row in found.rows] == ["甲"]
    assert found.rows[0].cells["name"].ref == f"C{found.rows[0].number}"


def test_two_header_rows_with_merged_cells_are_read(tmp_path: Path) -> None:
    found = table(book(tmp_path, ods_of(TWO_ROWS, "D3:E3", "A3:A4", "B3:B4", "C3:C4"), "a.ods"))
    assert amount(found) == 2_800_000
    assert [row.cells["name"].text for row in found.rows] == ["甲"]


# -- text ------------------------------------------------------------------------------------------


def test_a_text_is_taken_as_it_is_written(tmp_path: Path) -> None:
    data = '编码,名称,说明\r\n="00120","甲，乙","两行\r\n文字 ""引"""\r\n'.encode("gbk")
    rows = book(tmp_path, data, "a.csv").sheets[0].rows
    assert [cell.value for cell in rows[2].values()] == ["00120", "甲，乙", '两行\r\n文字 "引"']
    assert [cell.ref for cell in rows[2].values()] == ["A2", "B2", "C2"]


@pytest.mark.parametrize(
    "data", [b"\0\1\2\3", b"\xff\x00\xff", b'"' + b"a" * 200_000 + b'",b\n', b"\xff\xfe\x00"], ids=range(4)
)
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UsageError, match=r"a\.csv"):
        book(tmp_path, data, "a.csv")


def test_a_text_of_too_many_rows_is_cut_and_says_so(tmp_path: Path) -> None:
    read = book(tmp_path, "甲,乙\n".encode() * 20_050, "a.csv")
    assert len(read.sheets[0].rows) == 20_000
    assert "20000 行" in read.notes[0]


# -- OpenDocument --------------------------------------------------------------------------------------


def test_values_of_an_ods_are_what_xlsx_would_have(tmp_path: Path) -> None:
    row = [1, 2.5, "两行\n文字", dt.date(2027, 3, 1), None, "尾"]
    ods = book(tmp_path, ods_of([row]), "a.ods").sheets[0].rows[1]
    xlsx = book(tmp_path, workbook([row]), "a.xlsx").sheets[0].rows[1]
    assert [(cell.ref, cell.value) for cell in ods.values()] == [(cell.ref, cell.value) for cell in xlsx.values()]


def test_formulas_errors_and_shown_units_are_known(tmp_path: Path) -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="280" table:formula="of:=SUM([.A1])"/>'
        '<table:table-cell office:value-type="string" table:formula="of:=1/0"><text:p>#DIV/0!</text:p></table:table-cell>'
        '<table:table-cell office:value-type="percentage" office:value="0.5"/>'
        '<table:table-cell office:value-type="float" office:value="2800000" table:style-name="c1"/>'
        '<table:table-cell office:value-type="string"><text:p>甲<text:s text:c="2"/>乙<text:span>丙</text:span></text:p>'
        "</table:table-cell>"
    )
    styles = (
        '<number:number-style style:name="n1"><number:number number:display-factor="1000"/></number:number-style>'
        '<style:style style:name="c1" style:family="table-cell" style:data-style-name="n1"/>'
    )
    tables_ = f'<table:table table:name="甲"><table:table-row>{cells}</table:table-row></table:table>'
    row = book(tmp_path, ods_with(tables_, styles), "a.ods").sheets[0].rows[1]
    assert (row[1].formula, row[2].formula, row[5].value) == (True, True, "甲  乙丙")
    for column, message in ((2, "错误值"), (3, "换了单位"), (4, "换了单位")):
        with pytest.raises(CellRefusedError, match=message):
            value_of(row[column], Kind.MONEY, unit="元")


@pytest.mark.parametrize("why", ["collapse", "filter"])
def test_hidden_rows_of_an_ods_are_read_and_that_is_said(tmp_path: Path, why: str) -> None:
    cell = '<table:table-cell office:value-type="string"><text:p>甲</text:p></table:table-cell>'
    rows = f'<table:table-row>{cell}</table:table-row><table:table-row table:visibility="{why}">{cell}</table:table-row>'
    path = tmp_path / "a.ods"
    path.write_bytes(ods_with(f'<table:table table:name="清单">{rows}</table:table>'))
    book = read_book(path)
    assert book.sheets[0].at(2, 1).text == "甲"
    assert "第 2 行（共 1 行）是隐藏的" in book.notes[0]


def test_repeated_cells_and_rows_are_counted_and_bounded(tmp_path: Path) -> None:
    cell = '<table:table-cell table:number-columns-repeated="3"/><table:table-cell office:value-type="float" office:value="1"/>'
    row = f'<table:table-row table:number-rows-repeated="2">{cell}</table:table-row>'
    rows = book(tmp_path, ods_with(f'<table:table table:name="a">{row}</table:table>'), "a.ods").sheets[0].rows
    assert [[one.ref for one in line.values()] for line in rows.values()] == [["D1"], ["D2"]]


BOMB = (
    '<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell '
    'office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row></table:table>'
)


@pytest.mark.parametrize(
    "data",
    [
        ods_with(BOMB),
        ods_with("<a" * 10),
        ods_of([["甲"]])[:300],
        ods_with("<a>" * 300_000),
        ods_with(BOMB.replace("1048576", "9" * 5000)),
    ],
    ids=["repeated", "no xml", "cut off", "deep", "a number without end"],
)
def test_a_hostile_ods_is_refused_at_once(tmp_path: Path, data: bytes) -> None:
    begun = time.perf_counter()
    with pytest.raises(UsageError, match=r"a\.ods"):
        book(tmp_path, data, "a.ods")
    assert time.perf_counter() - begun < 20


def test_an_ods_that_declares_entities_is_refused(tmp_path: Path) -> None:
    source = zipfile.ZipFile(BytesIO(ods_of([["甲"]])))
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("mimetype", source.read("mimetype"), zipfile.ZIP_STORED)
        file.writestr("content.xml", b'<!DOCTYPE a [<!ENTITY b "c">]>' + source.read("content.xml"))
    with pytest.raises(UsageError, match="DTD"):
        book(tmp_path, out.getvalue(), "a.ods")
