"""A workbook from a stranger: read within limits, nothing calculated, followed or run."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from typing import TYPE_CHECKING

import pytest
from books import repacked, workbook
from openpyxl import Workbook

from govit.base.usage import UsageError
from govit.dossier.model import Kind
from govit.importing import book, workbooks, xlsx
from govit.importing.cells import CellRefusedError, value_of
from govit.importing.workbooks import read_book

if TYPE_CHECKING:
    from pathlib import Path

ROWS = [["项目名称", "总投资（万元）"], ["甲", 1]]
SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def read(tmp_path: Path, data: bytes) -> book.Book:
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    return read_book(path)


def test_values_and_their_places(tmp_path: Path) -> None:
    sheet = read(tmp_path, workbook([*ROWS, [None, "=B2*2"]], "A1:A1")).sheets[0]
    assert sheet.at(2, 1).value == "甲"
    assert sheet.at(2, 2).ref == "B2"
    assert sheet.at(3, 2).formula
    assert sheet.at(3, 2).value is None
    assert sheet.at(99, 2).text == ""


def test_of_a_formula_the_last_saved_value_is_known(tmp_path: Path) -> None:
    data = repacked(
        workbook([*ROWS, [None, "=B2*2"]]),
        lambda n, d: d.replace(b"<v></v>", b"<v>2</v>").replace(b"<v />", b"<v>2</v>") if n == SHEET else d,
    )
    cell = read(tmp_path, data).sheets[0].at(3, 2)
    assert (cell.formula, cell.value) == (True, 2)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "不是完整的 .xlsx"),
        (b"PK\x03\x04 broken", "不是完整的 .xlsx"),
        ("项目名称,总投资".encode("gbk"), "不是完整的 .xlsx"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "旧格式"),
    ],
)
def test_what_is_no_workbook_is_refused(tmp_path: Path, data: bytes, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        read(tmp_path, data)


def test_a_docx_is_no_workbook(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("word/document.xml", "<w:document/>")
    with pytest.raises(UsageError, match="读不出来"):
        read(tmp_path, out.getvalue())


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "docProps/core.xml"])
def test_entities_are_refused_before_they_are_read(tmp_path: Path, part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'

    def change(name: str, data: bytes) -> bytes:
        head, mark, rest = data.partition(b"?>")
        return (head + mark + bomb + rest if mark else bomb + data) if name == part else data

    with pytest.raises(UsageError, match="DTD"):
        read(tmp_path, repacked(workbook(ROWS), change))


def test_a_part_in_utf_16_cannot_hide_entities(tmp_path: Path) -> None:
    data = repacked(workbook(ROWS), lambda n, d: d.decode().encode("utf-16") if n == SHEET else d)
    with pytest.raises(UsageError, match="DTD"):
        read(tmp_path, data)


def test_a_part_under_another_name_cannot_hide_entities(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "a">]><worksheet/>'
    with pytest.raises(UsageError, match="DTD"):
        read(tmp_path, repacked(workbook(ROWS), lambda _, d: d, {"xl/media/sheet9.png": bomb}))
    with pytest.raises(UsageError, match="同名的部件"):
        read(tmp_path, repacked(workbook(ROWS), lambda _, d: d, {"/" + SHEET: b"<worksheet/>"}))


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    data = repacked(workbook(ROWS), lambda n, d: d + b" " * 60_000_000 if n == SHEET else d)
    assert len(data) < 200_000
    with pytest.raises(UsageError, match="解压后太大"):
        read(tmp_path, data)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_BYTES", 1000)
    with pytest.raises(UsageError, match="没有读取"):
        read(tmp_path, workbook(ROWS))


def test_merged_ranges_links_and_dimensions_without_end_cost_no_time(tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        if name != SHEET:
            return data
        huge = b'<mergeCells count="1"><mergeCell ref="A5:XFD1048576"/></mergeCells><hyperlinks><hyperlink ref="A5:XFD1048576"/></hyperlinks>'
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        return data.replace(b"</sheetData>", far + huge)

    sheet = read(tmp_path, repacked(workbook(ROWS), change)).sheets[0]
    assert sheet.at(2, 1).value == "甲"


def test_rows_beyond_the_limit_are_not_read_and_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MOST_ROWS", 3)
    book = read(tmp_path, workbook([*ROWS, ["乙", 2], ["丙", 3]]))
    assert max(book.sheets[0].rows) == 3
    assert "超过 3 行" in book.notes[0]


def test_macros_and_links_to_other_files_are_not_looked_at(tmp_path: Path) -> None:
    data = repacked(
        workbook(ROWS),
        lambda _, d: d,
        {"xl/vbaProject.bin": b"\0" * 100, "xl/externalLinks/externalLink1.xml": b"<externalLink/>"},
    )
    assert read(tmp_path, data).sheets[0].at(2, 2).value == 1


def test_an_empty_workbook_has_no_list(tmp_path: Path) -> None:
    out = io.BytesIO()
    Workbook().save(out)
    assert read(tmp_path, out.getvalue()).sheets[0].rows == {}


def test_a_workbook_that_openpyxl_chokes_on_is_named(tmp_path: Path) -> None:
    data = repacked(workbook(ROWS), lambda n, d: b"<broken" if n == "xl/workbook.xml" else d)
    with pytest.raises(UsageError, match="读不出来"):
        read(tmp_path, data)


STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships"
    ),
}


def strict(_: str, data: bytes) -> bytes:
    for usual, named in STRICT.items():
        data = data.replace(usual, named)
    return data


def restyled(styles: bytes) -> bytes:
    return repacked(workbook([*ROWS, [None, dt.date(2027, 3, 1)]]), lambda n, d: styles if n == STYLES else d)


def test_strict_open_xml_is_read(tmp_path: Path) -> None:
    rows = [*ROWS, [STRICT[b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"].decode(), "=B2*2"]]
    found = read(tmp_path, repacked(workbook(rows, "A5:B5"), strict)).sheets[0]
    assert (found.title, found.at(2, 2).value, found.at(3, 2).formula) == ("清单", 1, True)
    assert found.at(3, 1).value == "http://purl.oclc.org/ooxml/spreadsheetml/main"
    assert (5, 2) in found.merged


def test_dates_of_strict_open_xml_are_dates(tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        day = b'<c r="B2" t="d"><v>2027-03-01</v></c>'
        return strict(name, re.sub(rb'<c r="B2".*?</c>', day, data))

    assert read(tmp_path, repacked(workbook(ROWS), change)).sheets[0].at(2, 2).text.startswith("2027-03-01")


def test_styles_that_nobody_needs_for_reading_may_be_broken(tmp_path: Path) -> None:
    def broken(name: str, data: bytes) -> bytes:
        fills = re.sub(rb"<fills.*?</fills>", b"<fills><fill/></fills>", data)
        return (
            re.sub(rb"<cellStyles.*?</cellStyles>", b"<cellStyles><cellStyle/></cellStyles>", fills)
            if name == STYLES
            else data
        )

    found = read(tmp_path, repacked(workbook([*ROWS, [None, dt.date(2027, 3, 1)]]), broken)).sheets[0]
    assert found.at(3, 2).value == dt.datetime(2027, 3, 1)  # noqa: DTZ001 - as Excel has it


def test_without_styles_a_date_is_the_number_that_is_stored(tmp_path: Path) -> None:
    data = repacked(workbook([*ROWS, [None, dt.date(2027, 3, 1)]]), lambda _, d: d)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if name != STYLES:
                target.writestr(name, source.read(name))
    found = read(tmp_path, out.getvalue()).sheets[0]
    assert found.at(3, 2).value == 46447
    assert found.at(2, 1).value == "甲"


@pytest.mark.parametrize("number", [27, 31, 57])
def test_a_format_that_a_chinese_excel_has_by_number_is_a_date(tmp_path: Path, number: int) -> None:
    styles = f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="{number}"/></cellXfs></styleSheet>'
    assert read(tmp_path, restyled(styles.encode())).sheets[0].at(3, 2).text.startswith("2027-03-01")


def test_a_format_that_shows_another_figure_is_known_from_broken_styles(tmp_path: Path) -> None:
    styles = (
        f'<styleSheet xmlns="{MAIN}"><numFmts><numFmt numFmtId="176" formatCode="0!.0,"/></numFmts><fills><fill/></fills>'
        '<cellXfs><xf numFmtId="0"/><xf numFmtId="176"/></cellXfs></styleSheet>'
    )
    assert read(tmp_path, restyled(styles.encode())).sheets[0].at(3, 2).format == "0!.0,"


@pytest.mark.parametrize(
    ("part", "data"),
    [
        ("docProps/core.xml", b"<broken"),
        ("docProps/app.xml", b""),
        ("xl/theme/theme1.xml", b"<broken"),
    ],
)
def test_parts_that_hold_no_cells_may_be_broken(tmp_path: Path, part: str, data: bytes) -> None:
    assert read(tmp_path, repacked(workbook(ROWS), lambda n, d: data if n == part else d)).sheets[0].at(2, 2).value == 1


def test_names_and_titles_that_excel_would_not_take_are_no_reason_not_to_read(tmp_path: Path) -> None:
    def change(name: str, data: bytes) -> bytes:
        names = (
            b'<definedNames><definedName name="_xlnm.Print_Area" localSheetId="7">#REF!</definedName></definedNames>'
        )
        data = data.replace(b"<definedNames />", names).replace(b"<definedNames/>", names)
        return data.replace("清单".encode(), ("清" * 40 + "[1]").encode()) if name == "xl/workbook.xml" else data

    assert read(tmp_path, repacked(workbook(ROWS), change)).sheets[0].title == "清" * 40 + "[1]"


@pytest.mark.parametrize("number", ["9999", "99999999999999999999"])
def test_a_cell_of_a_style_that_is_not_there_is_shown_as_excel_shows_it(tmp_path: Path, number: str) -> None:
    data = repacked(
        workbook(ROWS),
        lambda name, part: part.replace(b'<c r="B2"', f'<c r="B2" s="{number}"'.encode()) if name == SHEET else part,
    )
    cell = read(tmp_path, data).sheets[0].at(2, 2)
    assert (cell.value, cell.format) == (1, "General")


def test_without_styles_a_date_is_refused_as_a_number(tmp_path: Path) -> None:
    data = repacked(workbook([["开工日期"], [dt.date(2027, 3, 1)]]), lambda _, part: part)
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if name != STYLES:
                target.writestr(name, source.read(name))
    with pytest.raises(CellRefusedError, match="不知道是不是日期"):
        value_of(read(tmp_path, out.getvalue()).sheets[0].at(2, 1), Kind.DATE)


def test_a_cell_with_more_text_than_excel_holds_is_kept_short_and_refused(tmp_path: Path) -> None:
    long = repacked(
        workbook([["项目名称"], ["LONG"]]),
        lambda name, part: part.replace(b"LONG", b"LONG" * 300_000) if name.endswith(".xml") else part,
    )
    cell = read(tmp_path, long).sheets[0].at(2, 1)
    assert len(cell.text) == book.MOST_TEXT + 1
    with pytest.raises(CellRefusedError, match="超过 32767 个字"):
        value_of(cell, Kind.TEXT)


def test_hidden_rows_are_read_and_that_is_said(tmp_path: Path) -> None:
    rows = [["项目名称", "总投资（万元）"], *([f"甲{number}", number] for number in range(2, 20))]

    def hide(_: str, part: bytes) -> bytes:
        for number in (3, 5, 90):
            part = part.replace(b'<row r="%d"' % number, b'<row r="%d" hidden="1"' % number)
        return part

    path = tmp_path / "a.xlsx"
    path.write_bytes(repacked(workbook(rows), hide))
    book = read_book(path)
    assert book.sheets[0].at(3, 1).value == "甲3"
    assert book.notes == ("“清单”第 3、5 行（共 2 行）是隐藏的或被筛选掉的，也读取了；不要的请先在表里删去",)
    path.write_bytes(repacked(workbook(rows), lambda _, part: part.replace(b"<row r=", b'<row hidden="true" r=')))
    assert "第 1、2、3、4、5、6、7、8、9、10 等 行（共 19 行）" in read_book(path).notes[0]
