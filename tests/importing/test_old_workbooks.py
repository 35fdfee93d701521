"""Lists in the old format: what is known of a cell of an xlsx file is known of one of an xls file too."""

from __future__ import annotations

import datetime as dt
import io
import re
import struct
from typing import TYPE_CHECKING, Any

import pytest
import xlwt

from govit.base.usage import UsageError
from govit.importing import xls
from govit.importing.heads import tables
from govit.importing.workbooks import read_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from govit.importing.book import Book


DAY = dt.datetime(2027, 3, 1)  # noqa: DTZ001 - as Excel has it


def old(*fill: Callable[[Any], None]) -> bytes:
    """A workbook of the old format, one sheet for each function that fills one."""
    book = xlwt.Workbook(encoding="utf-8")
    for number, one in enumerate(fill, 1):
        one(book.add_sheet(f"清单{number}"))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def read(tmp_path: Path, data: bytes) -> Book:
    path = tmp_path / "a.xls"
    path.write_bytes(data)
    return read_book(path)


def filled(one: Any, values: Iterable[Any]) -> None:
    for row, value in enumerate(values):
        one.write(row, 0, value)


def far_apart(one: Any) -> None:
    one.write(0, 0, 1)
    one.write(65_535, 255, 1)


def usual(one: Any) -> None:
    one.write_merge(0, 0, 0, 4, "××市2027年度项目计划表")
    one.write(1, 0, "单位：万元")
    for column, text in enumerate(("项目名称", "总投资", "计划开工时间")):
        one.write(2, column, text)
    one.write(3, 0, "甲")
    one.write(3, 1, 280.5)
    one.write(3, 2, dt.date(2027, 3, 1), xlwt.easyxf(num_format_str="yyyy-mm-dd"))
    one.write(4, 0, "乙" * 9000)
    one.write(4, 1, xlwt.Formula("B4*2"))
    one.write(5, 1, 12000, xlwt.easyxf(num_format_str='0!.0,"万"'))
    for column in range(6):
        one.write(6, column, column)


def test_values_places_formulas_and_formats_are_known(tmp_path: Path) -> None:
    book = read(tmp_path, old(usual, lambda one: one.write(2, 2, "另一张")))
    first, second = book.sheets
    assert (first.title, second.title, second.at(3, 3).value) == ("清单1", "清单2", "另一张")
    assert (first.at(4, 2).ref, first.at(4, 2).value) == ("B4", 280.5)
    assert first.at(4, 3).value == DAY
    assert first.at(5, 1).text == "乙" * 9000
    assert first.at(5, 2).formula
    assert not first.at(4, 2).formula
    assert first.at(6, 2).format == '0!.0,"万"'
    assert [first.at(7, column).value for column in range(1, 7)] == [0, 1, 2, 3, 4, 5]
    assert first.merged[1, 3] == (1, 1, 5, 1)
    assert (first.at(99, 1).text, book.notes) == ("", ())


def test_a_table_of_wps_is_read_as_the_old_format_that_it_is(tmp_path: Path) -> None:
    (tmp_path / "清单.et").write_bytes(old(usual))
    table = tables(read_book(tmp_path / "清单.et").sheets[0], {})
    assert table is not None
    assert table.rows[0].cells["budget.total"].value == 280.5


def test_a_list_is_recognised_with_its_unit(tmp_path: Path) -> None:
    table = tables(read(tmp_path, old(usual)).sheets[0], {})
    assert table is not None
    assert {head.key: head.unit for head in table.heads}["budget.total"] == "万元"
    assert table.year == 2027


def test_a_date_that_a_chinese_excel_has_by_number_is_a_date(tmp_path: Path) -> None:
    def fill(one: Any) -> None:
        one.write(0, 0, dt.date(2027, 3, 1), xlwt.easyxf(num_format_str="MARK-yyyy"))

    data = old(fill)
    number = data[data.index(b"MARK-yyyy") - 5 :][:2]
    styled = re.sub(rb"(\xe0\0\x14\0..)" + re.escape(number), lambda found: found[1] + b"\x1f\0", data, flags=re.DOTALL)
    assert styled != data
    assert read(tmp_path, styled).sheets[0].at(1, 1).value == DAY


def test_cells_far_apart_take_no_memory(tmp_path: Path) -> None:
    book = read(tmp_path, old(far_apart))
    assert list(book.sheets[0].rows) == [1]
    assert "超过 20000 行" in book.notes[0]


def test_hidden_rows_are_read_and_that_is_said(tmp_path: Path) -> None:
    def fill(one: Any) -> None:
        filled(one, range(4))
        one.row(2).hidden = True

    book = read(tmp_path, old(fill))
    assert book.sheets[0].at(3, 1).text
    assert "第 3 行（共 1 行）是隐藏的" in book.notes[0]


def test_an_error_is_known_as_one(tmp_path: Path) -> None:
    def fill(one: Any) -> None:
        one.row(0).set_cell_boolean(0, value=True)
        one.row(1).set_cell_error(0, "#DIV/0!")

    sheet = read(tmp_path, old(fill)).sheets[0]
    assert sheet.at(1, 1).value is True
    assert (sheet.at(2, 1).value, sheet.at(2, 1).formula) == ("#DIV/0!", True)


def test_rows_beyond_the_limit_are_not_read_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xls, "MOST_ROWS", 3)
    book = read(tmp_path, old(lambda one: filled(one, range(6))))
    assert max(book.sheets[0].rows) == 3
    assert "超过 3 行" in book.notes[0]


@pytest.mark.parametrize("cut", [600, 2048, 4096])
def test_a_file_that_is_cut_off_is_refused(tmp_path: Path, cut: int) -> None:
    with pytest.raises(UsageError, match="旧格式"):
        read(tmp_path, old(usual)[:cut])


def test_a_password_an_older_version_and_sheets_in_one_place_are_refused(tmp_path: Path) -> None:
    data = old(usual, usual)
    sheet = struct.pack("<HH", 0x0085, 14)
    first, second = (at for at in range(len(data)) if data.startswith(sheet, at))
    one_place = data[: second + 4] + data[first + 4 : first + 8] + data[second + 8 :]
    begin = data.find(struct.pack("<HHHH", 0x0809, 16, 0x0600, 0x0005))
    older = data[: begin + 4] + struct.pack("<H", 0x0500) + data[begin + 6 :]
    second_record = begin + 20
    locked = data[:second_record] + struct.pack("<H", 0x002F) + data[second_record + 2 :]
    for bad in (one_place, older, locked):
        with pytest.raises(UsageError, match="旧格式"):
            read(tmp_path, bad)
