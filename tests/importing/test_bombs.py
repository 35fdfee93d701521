"""A workbook that swells is refused by what is counted in it, before anything is built of it."""

from __future__ import annotations

import contextlib
import io
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING

import openpyxl
import pytest
from books import ods_with

from govit.base.usage import UsageError
from govit.importing import book, csv_text, heads, outline_xlsx, workbooks, xlsx

if TYPE_CHECKING:
    from pathlib import Path

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
MEMORY = 100_000_000


def workbook(sheet: str | None = None, **parts: str) -> bytes:
    """A workbook of openpyxl with parts put in place of its own."""
    made, out = io.BytesIO(), io.BytesIO()
    saved = openpyxl.Workbook()
    saved.active["A1"] = "甲"
    saved.save(made)
    given = {f"xl/{name}.xml": text for name, text in parts.items()}
    if sheet is not None:
        given["xl/worksheets/sheet1.xml"] = f"<worksheet {MAIN}>{sheet}</worksheet>"
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in ({one: old.read(one) for one in old.namelist()} | given).items():
            new.writestr(name, text)
    return out.getvalue()


BOMBS = {
    "empty rows": lambda: workbook("<sheetData>" + "<row/>" * 300_000 + "</sheetData>"),
    "empty cells": lambda: workbook("<sheetData><row>" + "<c/>" * 300_000 + "</row></sheetData>"),
    "unknown elements": lambda: workbook("<x/>" * 300_000),
    "nesting": lambda: workbook("<x>" * 150_000 + "</x>" * 150_000),
    "merged": lambda: workbook("<sheetData/><mergeCells>" + '<mergeCell ref="A1:B2"/>' * 300_000 + "</mergeCells>"),
    "styles": lambda: workbook(
        styles=f"<styleSheet {MAIN}><cellXfs>" + '<xf numFmtId="0"/>' * 300_000 + "</cellXfs></styleSheet>"
    ),
    "texts": lambda: workbook(sharedStrings=f"<sst {MAIN}>" + "<si><t>a</t></si>" * 80_000 + "</sst>"),
    "an attribute": lambda: workbook(f'<sheetData><row x="{"a" * 6_000_000}"/></sheetData>'),
    "bytes": lambda: workbook("<sheetData>" + ("<!--" + "a" * 900_000 + "-->") * 23 + "</sheetData>"),
}


@pytest.mark.parametrize("name", BOMBS)
def test_a_workbook_that_swells_is_refused_before_anything_is_built(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    data = BOMBS[name]()
    monkeypatch.setattr(xlsx, "plain", lambda _: pytest.fail("it was read"))
    tracemalloc.start()
    try:
        with pytest.raises(UsageError, match="解压后太大，没有读取"):
            xlsx.read(data, "a.xlsx")
        assert tracemalloc.get_traced_memory()[1] < MEMORY
    finally:
        tracemalloc.stop()


def test_what_a_sheet_has_besides_its_rows_is_not_built(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    load = openpyxl.load_workbook
    monkeypatch.setattr(xlsx, "load_workbook", lambda file, **more: seen.append(file) or load(file, **more))
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>甲</t></is></c></row>'
    beside = "<hyperlinks>" + '<hyperlink ref="A1"/>' * 2_000 + "</hyperlinks>"
    merged = "<mergeCells>" + '<mergeCell ref="A1:B2"/>' * (outline_xlsx.MOST_MERGED + 9) + "</mergeCells>"
    (sheet,) = xlsx.read(workbook(f"<cols/><sheetData>{rows}</sheetData>{merged}{beside}"), "a.xlsx").sheets
    assert sheet.rows[1][1].text == "甲"
    assert len(set(sheet.merged)) == 4
    assert len(seen) == 1, "without a formula it is read once"
    with zipfile.ZipFile(seen[0]) as file:
        assert b"hyperlink" not in (reduced := file.read("xl/worksheets/sheet1.xml"))
        assert b"mergeCell" not in reduced


@pytest.mark.parametrize(
    "rows",
    [
        "<sheetData/>",
        "<sheetData></sheetData>",
        '<sheetData x=">"></sheetData>',
        "",
        "<!-- <sheetData> --><sheetData/>",
    ],
)
def test_a_sheet_without_rows_is_empty(rows: str) -> None:
    (sheet,) = xlsx.read(workbook(rows), "a.xlsx").sheets
    assert sheet.rows == {}


def test_rows_that_are_not_in_the_file_are_counted_in_all_sheets_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_LINES", 20_000)
    far = workbook('<sheetData><row r="20000"><c r="A20000"><v>1</v></c></row></sheetData>')
    assert list(xlsx.read(far, "a.xlsx").sheets[0].rows) == [20_000]
    monkeypatch.setattr(xlsx, "MOST_LINES", 19_999)
    with pytest.raises(UsageError, match="多余的表"):
        xlsx.read(far, "a.xlsx")


def test_one_part_is_no_two_sheets() -> None:
    listed = '<sheets><sheet name="a" sheetId="1" r:id="rId1"/><sheet name="b" sheetId="2" r:id="rId1"/></sheets>'
    links = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    with pytest.raises(UsageError, match="读不出来"):
        xlsx.read(workbook(workbook=f"<workbook {MAIN} {links}>{listed}</workbook>"), "a.xlsx")


@pytest.mark.parametrize("count", [outline_xlsx.MOST_STYLES + 1, 3])
def test_formats_of_cells_are_counted(count: int) -> None:
    styles = f"<styleSheet {MAIN}><cellXfs>" + '<xf numFmtId="14"/>' * count + "</cellXfs></styleSheet>"
    data = workbook('<sheetData><row r="1"><c r="A1" s="2"><v>45000</v></c></row></sheetData>', styles=styles)
    if count > outline_xlsx.MOST_STYLES:
        with pytest.raises(UsageError, match="读不出来"):
            xlsx.read(data, "a.xlsx")
    else:
        assert xlsx.read(data, "a.xlsx").sheets[0].rows[1][1].value.year == 2023


def test_a_list_of_two_thousand_projects_is_far_from_the_limits() -> None:
    made = openpyxl.Workbook(write_only=True)
    sheet = made.create_sheet()
    for row in range(2_000):
        sheet.append([f"项目 {row}", *range(20)])
    out = io.BytesIO()
    made.save(out)
    with zipfile.ZipFile(out) as file:
        assert sum(file.read(name).count(b"<") for name in file.namelist()) < book.Allowance().marks


def test_a_cell_with_an_empty_style_is_shown_as_any_number() -> None:
    data = workbook('<sheetData><row r="1"><c r="A1" s=""><v>1</v></c></row></sheetData>')
    assert xlsx.read(data, "a.xlsx").sheets[0].rows[1][1].value == 1


def test_attributes_are_counted() -> None:
    many = "<row " + " ".join(f'a{n}=""' for n in range(60_000)) + "/>"
    with pytest.raises(UsageError, match="太大"):
        xlsx.read(workbook(f"<sheetData>{many * 9}</sheetData>"), "a.xlsx")


@pytest.mark.parametrize("mark", [b"\n", b"\r", b",", b"a;"])
def test_a_text_of_nothing_but_separators_is_refused(mark: bytes) -> None:
    with pytest.raises(UsageError, match="太大"):
        csv_text.read(mark * (csv_text.MOST_FIELDS + 1), "a.csv")


# -- one thing that stands for many -----------------------------------------------------------------------

SECONDS = 3.0
CELL = '<table:table-cell office:value-type="string"{}><text:p>{}</text:p></table:table-cell>'
ROW = "<table:table><table:table-row{}>{}</table:table-row></table:table>"
SPANNED = '<table:table-cell table:number-columns-spanned="2"/>'
SHARED = {
    "merged cells in every row.ods": lambda: ods_with(ROW.format(' table:number-rows-repeated="20000"', SPANNED * 250)),
    "tables of merged rows.ods": lambda: ods_with(ROW.format(' table:number-rows-repeated="20000"', SPANNED) * 200),
    "a long cell again and again.ods": lambda: ods_with(
        ROW.format(' table:number-rows-repeated="800"', CELL.format(' table:number-columns-repeated="250"', "长" * 30_000))
    ),
    "formats in one another.ods": lambda: ods_with("", ("<number:a>" * 240 + "</number:a>" * 240) * 190),
    "cells.csv": ("项目名称,项目标识\n" + ("甲," * 240 + "\n") * 4_000).encode,
}


@pytest.mark.parametrize("name", SHARED)
def test_what_stands_for_many_is_counted_as_many(tmp_path: Path, name: str) -> None:
    """A file of three kilobytes kept the reader busy for minutes, and took a gigabyte."""
    (tmp_path / name).write_bytes(SHARED[name]())
    begun = time.process_time()
    tracemalloc.start()
    with contextlib.suppress(UsageError):
        for one in workbooks.read_book(tmp_path / name).sheets:
            heads.tables(one, {})
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MEMORY
    assert time.process_time() - begun < 4 * SECONDS  # to trace costs several times what is traced


def test_a_text_that_goes_on_over_thousands_of_rows_is_put_together_once() -> None:
    rows = {1: ("序号", "项目名称", "总投资"), 2: ("1", "甲", "5")} | dict.fromkeys(range(3, 15000), ("续", "长" * 30000, None))
    cells = {
        row: {at: book.Cell(f"A{row}", value) for at, value in enumerate(values, 1) if value} for row, values in rows.items()
    }
    begun = time.process_time()
    found = heads.tables(book.Sheet("清单", cells, {}), {})
    assert found is not None
    assert 1_000_000 < len(found.rows[0].cells["name"].text) < 1_100_000
    assert time.process_time() - begun < SECONDS
