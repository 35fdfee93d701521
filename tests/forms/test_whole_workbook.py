"""A workbook that Excel would not open is seen before it is put in place."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from govit.forms.excel import workbook
from govit.forms.excel.whole import damage
from govit.forms.excel.workbook import save

SHEET, BOOK, TYPES = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "[Content_Types].xml"


def made() -> bytes:
    book = Workbook()
    book.worksheets[0]["A1"] = "甲"
    return save(book)


def changed(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with one part changed; all of it replaced if `old` is empty, left out if both are."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            content = source.read(entry)
            if entry == name:
                assert old in content
                content = content.replace(old, new) if old else new
            if entry != name or old or new:
                target.writestr(entry, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "old", "new", "what"),
    [
        (SHEET, b"</worksheet>", b"", "no element|unclosed|no element found"),
        (SHEET, b"", b"", "不在文件里"),
        (SHEET, b'r="A1"', b'r="A1" s="99"', "单元格的格式"),
        (BOOK, b'r:id="rId1"', b'r:id="rId99"', "工作表 Sheet 不在文件里"),
        (BOOK, b"", b"", "缺少部件"),
        (TYPES, b'Extension="rels"', b'Extension="x"', "没有类型"),
        (TYPES, b"", b"", "缺少部件"),
        ("xl/_rels/workbook.xml.rels", b"styles.xml", b"nothing.xml", "nothing.xml 不在文件里"),
    ],
)
def test_what_excel_refuses_is_found(name: str, old: bytes, new: bytes, what: str) -> None:
    found = damage(changed(made(), name, old, new))
    assert any(one in found for one in what.split("|")), found


def test_a_file_that_is_cut_short_or_none_is_found() -> None:
    assert damage(made()) == ""
    assert damage(made()[:-30])
    assert damage(b"")


def test_it_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_with_rows", lambda content, _: [content[:-5]])
    with pytest.raises(OSError, match="做出来的工作簿打不开"):
        made()
