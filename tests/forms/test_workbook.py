"""Workbooks: text stays text, names are allowed ones, formulas carry values, the same input gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import os
import subprocess
import sys
import zipfile
from decimal import Decimal
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.merge import MergedCellRange

from govit.base.usage import UsageError
from govit.forms.excel.workbook import (
    CUT,
    LONGEST_TEXT,
    SheetRows,
    lines,
    load,
    opened,
    put,
    row_height,
    save,
    sheet_title,
    text_for_cell,
    text_of_cell,
)
from govit.forms.templates import built_in_folder


def written(value: object) -> object:
    book = Workbook()
    put(book.worksheets[0]["A1"], value)
    return load_workbook(io.BytesIO(save(book))).worksheets[0]["A1"].value


@pytest.mark.parametrize(
    "text",
    ["=HYPERLINK(1)", "+1", "-1", "@x", "1E5", "0012", "{{ x }}", "<w:p>&amp;", "𠮷 😀", " a ", "第一行\n第二行"],
)
def test_text_stays_the_text_it_is(text: str) -> None:
    book = Workbook()
    put(book.worksheets[0]["A1"], text)
    cell = load_workbook(io.BytesIO(save(book))).worksheets[0]["A1"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_a_text_like_a_formula_stays_text_when_somebody_edits_the_cell() -> None:
    book = Workbook()
    put(book.worksheets[0]["A1"], "=1+1")
    put(book.worksheets[0]["A2"], "一加一")
    sheet = load_workbook(io.BytesIO(save(book))).worksheets[0]
    assert (sheet["A1"].quotePrefix, sheet["A2"].quotePrefix) == (True, False)


def test_what_xml_cannot_hold_is_shown_as_its_number() -> None:
    assert written("a\x00b\x1bc\ud800d\uffff") == r"a\u0000b\u001bc\ud800d\uffff"
    assert written("a\r\nb\rc") == "a\nb\nc"


def test_what_excel_would_read_as_an_escape_is_escaped_and_read_back() -> None:
    assert text_for_cell("_x000D_") == "_x005F_x000D_"
    for text in ("_x000D_", "a_x005F_x000D_b", "_x12_", "_x005F_"):
        assert text_of_cell(text_for_cell(text)) == text


def test_a_text_longer_than_a_cell_is_cut_with_a_mark() -> None:
    assert text_for_cell("字" * LONGEST_TEXT) == "字" * LONGEST_TEXT
    for text in ("字" * (LONGEST_TEXT + 1), "😀" * LONGEST_TEXT):
        cut = text_for_cell(text)
        assert cut.endswith(CUT)
        assert len(cut.encode("utf-16-le")) // 2 <= LONGEST_TEXT


def test_names_of_sheets_are_allowed_and_differ() -> None:
    assert sheet_title("a/b:c[d]*?", []) == "a_b_c_d___"
    assert sheet_title("'计划'", []) == "计划"
    assert sheet_title(" ", []) == "表"
    assert sheet_title("计划", ["计划", "计划_2"]) == "计划_3"
    assert sheet_title("Plan", ["PLAN"]) == "Plan_2"
    long = sheet_title("很" * 40, ["很" * 31])
    assert long == "很" * 29 + "_2"
    assert len(sheet_title("😀" * 20, []).encode("utf-16-le")) // 2 <= 31


def test_rows_are_put_into_a_sheet_and_formulas_carry_their_values() -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    looks = sheet["A1"]._style
    rows = SheetRows(book)
    rows.row(1, 30, [rows.cell("A1", looks, Decimal("1.500001")), rows.cell("B1", looks, dt.date(2027, 3, 1))])
    rows.row(2, 0, [rows.formula("A2", looks, "SUM(A1:A1)", Decimal("1.500001")), rows.cell("B2", looks, None)])
    rows.row(3, 0, [rows.cell("A3", looks, ' =1<2 & "x"\n'), rows.cell("B3", looks, "=1+1")])
    rows.merged.append("A4:B4")
    data = save(book, {sheet.title: rows})
    shown = load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    assert [cell.value for cell in shown["A"]][:3] == [1.500001, 1.500001, ' =1<2 & "x"\n']
    assert (shown["B1"].value, shown["B3"].value) == (46447, "=1+1")
    assert (shown["B3"].quotePrefix, shown["A3"].quotePrefix) == (True, False)
    assert load_workbook(io.BytesIO(data)).worksheets[0]["A2"].value == "=SUM(A1:A1)"
    assert [str(r) for r in shown.merged_cells.ranges] == ["A4:B4"]
    assert shown.row_dimensions[1].height == 30


OWN_FORMAT, OWN_READ = MergedCellRange.format, ExcelReader.read


@pytest.mark.parametrize("name", sorted(path.name for path in built_in_folder().glob("*.xlsx")))
def test_the_quick_borders_and_the_kept_workbooks_of_the_tests_are_those_of_openpyxl(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def looks() -> tuple[list[tuple[Any, ...]], bytes]:
        book = load(name)
        cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
        seen = [(cell.coordinate, type(cell), repr(cell.border), repr(cell.protection), cell.style) for cell in cells]
        return seen, save(book)

    quick = [looks(), looks()]  # the second for certain from what was kept
    monkeypatch.setattr(MergedCellRange, "format", OWN_FORMAT)
    monkeypatch.setattr(ExcelReader, "read", OWN_READ)
    own = looks()
    assert [own, own] == quick


def test_merged_cells_have_an_order_of_their_own() -> None:
    script = (
        "import sys; from openpyxl import Workbook; from govit.forms.excel.workbook import save;"
        "b = Workbook(); s = b.active; [s.merge_cells(f'A{n}:B{n}') for n in range(1, 30)];"
        "import hashlib; print(hashlib.sha256(save(b)).hexdigest())"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(made) == 1


def test_the_same_content_gives_the_same_bytes() -> None:
    def made() -> bytes:
        book = Workbook()
        put(book.worksheets[0]["A1"], "甲")
        return save(book)

    first = made()
    assert made() == first
    names = zipfile.ZipFile(io.BytesIO(first)).infolist()
    assert {info.date_time for info in names} == {(1980, 1, 1, 0, 0, 0)}
    assert names[0].filename == "[Content_Types].xml"


def test_heights_follow_the_text() -> None:
    assert lines("", 10) == 1
    assert lines("一二三四\n五", 9.5) == 2
    assert lines("一二三四五", 9.5) == 2
    assert row_height(2) > row_height(1)
    assert row_height(100) == 409.0


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return out.getvalue()


def test_a_template_that_would_swell_is_refused() -> None:
    usual = {n: zipfile.ZipFile(io.BytesIO(save(Workbook()))).read(n) for n in ("xl/workbook.xml",)}
    dtd = b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + usual["xl/workbook.xml"]
    for parts in ({"xl/workbook.xml": dtd}, {"xl/media/x": b"\0" * 20_000_001}):
        with pytest.raises(UsageError, match="模板打不开"):
            opened(zipped(parts), "年度计划.xlsx")
    book = Workbook()
    book.worksheets[0]["A501"] = 1
    with pytest.raises(UsageError, match="最多 500 行"):
        opened(save(book), "年度计划.xlsx")


def test_usual_workbooks_are_stored_and_very_large_ones_compressed() -> None:
    def methods(count: int) -> set[int]:
        book = Workbook()
        rows = SheetRows(book)
        for number in range(1, count):
            rows.row(number, 0, [rows.cell(f"A{number}", None, "很长的文字" * 100)])
        data = save(book, {book.worksheets[0].title: rows})
        return {info.compress_type for info in zipfile.ZipFile(io.BytesIO(data)).infolist()}

    assert methods(10) == {zipfile.ZIP_STORED}
    assert methods(10_000) == {zipfile.ZIP_DEFLATED}


def test_a_template_that_is_no_workbook_is_named() -> None:
    with pytest.raises(UsageError, match=r"年度计划.xlsx"):
        opened(b"PK", "年度计划.xlsx")


@pytest.mark.parametrize(("usual", "odd"), [(b'width="12.5"', b'width="NaN"'), (b'ht="33"', b'ht="INF"')])
def test_a_template_whose_sizes_are_no_numbers_is_refused(usual: bytes, odd: bytes) -> None:
    book = Workbook()
    book.worksheets[0].column_dimensions["A"].width = 12.5
    book.worksheets[0].row_dimensions[1].height = 33
    book.worksheets[0]["A1"] = "甲"
    parts = zipfile.ZipFile(io.BytesIO(save(book)))
    changed = {name: parts.read(name).replace(usual, odd) for name in parts.namelist()}
    assert any(odd in part for part in changed.values())
    with pytest.raises(UsageError, match="列宽或行高不是数"):
        opened(zipped(changed), "年度计划.xlsx")


def test_neighbours_of_one_width_each_have_it() -> None:
    book = Workbook()
    columns = book.worksheets[0].column_dimensions
    columns["A"].width, columns["E"].width = 5, 20
    columns["B"].width, columns["B"].min, columns["B"].max = 9, 2, 4  # as Excel writes three columns of one width
    file = io.BytesIO()
    book.save(file)
    as_read = load_workbook(io.BytesIO(file.getvalue())).worksheets[0].column_dimensions
    assert [*as_read] == ["A", "B", "E"]  # openpyxl knows the first of them only
    found = opened(file.getvalue(), "模板.xlsx").worksheets[0].column_dimensions
    assert [found[letter].width for letter in "ABCDE"] == [5, 9, 9, 9, 20]
    assert [found["B"].min, found["B"].max] == [2, 2]
