"""Binary workbooks: what is known of a cell of an xlsx file is known of one of an xlsb file too."""

from __future__ import annotations

import datetime as dt
import struct
import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from xlsb_files import DATE, WAN, Error, Formula, Styled, cell, packed, record, row, text, xlsb

from govit.base.usage import UsageError
from govit.importing import xlsb as xlsb_reader
from govit.importing.heads import tables
from govit.importing.workbooks import read_book

if TYPE_CHECKING:
    from pathlib import Path

    from govit.importing.book import Book

ROWS = [
    ["某市2027年度项目清单", None, None],
    ["单位：万元"],
    ["项目名称", "建设单位", "总投资", "计划开工日期"],
    ["智慧停车平台", "市城管局", 280.5, Styled(46447.0, DATE)],
    ["数字档案平台", "市档案馆", Formula(60.0), True],
    ["智慧水务平台", "市水务局", Styled(12000, WAN), Error(7)],
    ["很早的平台", "市档案馆", Formula("另见"), Styled(46447, DATE)],
]
SHEET = "xl/worksheets/sheet1.bin"


def read(folder: Path, data: bytes) -> Book:
    path = folder / "清单.xlsb"
    path.write_bytes(data)
    return read_book(path)


def test_values_places_formulas_and_formats_are_known(tmp_path: Path) -> None:
    book = read(tmp_path, xlsb({"清单": ROWS, "说明": [["另一张"]]}, merged=[(0, 0, 0, 2)], hidden=[4]))
    first, second = book.sheets
    assert (first.title, second.title, second.at(1, 1).value) == ("清单", "说明", "另一张")
    assert (first.at(4, 3).ref, first.at(4, 3).value) == ("C4", 280.5)
    assert first.at(4, 4).value == first.at(7, 4).value == dt.datetime(2027, 3, 1)  # noqa: DTZ001 - as Excel has it
    assert (first.at(5, 3).value, first.at(5, 3).formula, first.at(5, 4).value) == (60, True, True)
    assert (first.at(7, 3).value, first.at(7, 3).formula) == ("另见", True)
    assert (first.at(6, 3).value, first.at(6, 3).format) == (12000, '0!.0,"万"')
    assert (first.at(6, 4).value, first.at(6, 4).formula) == ("#DIV/0!", True)
    assert first.merged[1, 3] == (1, 1, 3, 1)
    assert "第 5 行（共 1 行）是隐藏的" in book.notes[0]


def test_a_list_is_recognised_with_its_unit(tmp_path: Path) -> None:
    table = tables(read(tmp_path, xlsb({"清单": ROWS})).sheets[0], {})
    assert table is not None
    assert {head.key: head.unit for head in table.heads}["budget.total"] == "万元"
    assert [one.cells["name"].text for one in table.rows] == [cells[0] for cells in ROWS[3:]]


def test_cells_that_do_not_name_their_column_and_texts_of_their_own(tmp_path: Path) -> None:
    style = struct.pack("<I", 0)
    cells = [record(17, style + text("甲")), record(12, style), record(13, style + packed(2650, hundredths=True)), record(15, style + b"\1")]
    rich = record(62, struct.pack("<II", 6, 0) + b"\0" + text("乙"))
    plain = record(6, struct.pack("<II", 7, 0) + text("丙"))
    part = record(145) + row(0) + b"".join(cells) + rich + plain + record(146)
    found = read(tmp_path, xlsb({"一": []}, parts={SHEET: part})).sheets[0].rows[1]
    assert {column: one.value for column, one in found.items()} == {1: "甲", 3: 26.5, 4: True, 7: "乙", 8: "丙"}


HOSTILE = {
    "cut off": cell(0, 1.5, [])[:-3],
    "a text longer than its record": record(6, struct.pack("<III", 0, 0, 0xFFFFFFF0) + b"a"),
    "a text that there is not": record(7, struct.pack("<III", 0, 0, 99)),
    "records without end": record(1) * 700_000,
    "a length without end": b"\x00\xff\xff\xff\xff\xff",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sheet_is_refused_in_time(tmp_path: Path, name: str) -> None:
    data = xlsb({"清单": ROWS}, parts={SHEET: row(0) + HOSTILE[name]})
    tracemalloc.start()
    begun = time.process_time()
    try:
        with pytest.raises(UsageError, match="另存为“Excel 工作簿"):
            read(tmp_path, data)
        assert tracemalloc.get_traced_memory()[1] < 100_000_000
        assert time.process_time() - begun < 5
    finally:
        tracemalloc.stop()


def test_more_records_than_any_list_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsb_reader, "_MOST_RECORDS", 40)
    with pytest.raises(UsageError, match="xlsb"):
        read(tmp_path, xlsb({"清单": ROWS}))


def test_sheets_in_one_place_and_a_workbook_without_any_are_refused(tmp_path: Path) -> None:
    twice = record(156, struct.pack("<II", 0, 1) + text("rId1") + text("一")) * 2
    for workbook in (twice, b""):
        with pytest.raises(UsageError, match="xlsb"):
            read(tmp_path, xlsb({"一": ROWS}, parts={"xl/workbook.bin": workbook}))


def test_cells_far_apart_take_no_memory(tmp_path: Path) -> None:
    part = record(145) + row(0) + cell(0, 1, []) + cell(16_383, 1, []) + row(1_048_575) + cell(0, 1, []) + record(146)
    book = read(tmp_path, xlsb({"一": []}, parts={SHEET: part}))
    assert {number: list(cells) for number, cells in book.sheets[0].rows.items()} == {1: [1]}
    assert "超过 20000 行" in book.notes[0]
