"""Lists and filled-in forms: old workbooks, open documents, texts, papers that a project is begun from, lists beside it."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import docx
import xlwt
from books import csv_of, ods_of
from fuzz.chance import ODD_TEXTS, changed_bytes, changed_text
from fuzz.office import FORM, changed_parts, changed_zip
from fuzz.texts import listed, put

from govit.forms.templates import built_in_folder

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

ROWS = (
    ("××市2027年度项目计划表", None, None, None, None),
    ("单位：万元", None, None, None, None),
    ("项目名称", "项目标识", "估算金额", "计划开工时间", "类别"),
    ("好", "good", 12.5, "2027年3月", "新建"),
    ("另一个", "other", "100万元", None, "升级改造"),
    ("合计", None, 112.5, None, None),
)
ODD_NUMBERS = (0, 1, 0xFF, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, 0xFFFFFFFE)
ODD_MARKUP = (
    b"<text:s text:c='9999'/>", b"<text:p/>", b"<table:table-row table:number-rows-repeated='1048576'/>", b"<text:span>a</text:span>",
    b"<table:table-cell table:number-columns-repeated='16384'/>", b"<table:covered-table-cell/>", b"<table:table/>",
    b"<table:table-cell office:value-type='float' office:value='1e999'/>", b"<table:table-cell office:value-type='date'/>",
    b"<table:table-cell table:number-columns-spanned='9' table:number-rows-spanned='99999'/>",
)  # fmt: skip
LIST_KEYS = ("documents", "systems", "people", "units", "calendars", "a/../b", "/etc/passwd", "清单.csv", "\x1b[31m.csv")


@cache
def old_workbook() -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清单")
    for number, row in enumerate(ROWS):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(number, column, value)
    sheet.write_merge(8, 9, 0, 1, "合并")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@cache
def open_workbook() -> bytes:
    return ods_of(ROWS)


def changed_numbers(chance: Random, data: bytes) -> bytes:
    """Sectors, lengths and kinds of records turned: what stands in most of an old workbook."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(0, len(made) - 4, 2)
        made[at : at + 4] = chance.choice((*ODD_NUMBERS, chance.randrange(1 << 32))).to_bytes(4, "little")
    if chance.random() < 0.2:
        del made[chance.randrange(len(made)) :]
    return bytes(made)


def old_list(chance: Random, root: Path) -> bool:
    """An old workbook, or one that bears another name."""
    put(root / "list.xls", changed_numbers(chance, old_workbook()))
    return False


def open_list(chance: Random, root: Path) -> bool:
    data = open_workbook()
    at = data.find(b"<table:table-row") if chance.random() < 0.3 else -1
    if at >= 0:
        data = data[:at] + chance.choice(ODD_MARKUP) * chance.choice((1, 9, 900)) + data[at:]
    put(root / "list.ods", changed_parts(chance, data) if chance.random() < 0.8 else changed_zip(chance, data))
    return False


def text_list(chance: Random, root: Path) -> bool:
    """A list as text, in one of the encodings that programs write."""
    text = csv_of(ROWS, "utf-8", chance.choice((",", "\t", ";"))).decode("utf-8")
    text = changed_text(chance, text, chance.choice((1, 2, 9)))
    for _ in range(chance.choice((0, 1, 3))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice((*ODD_TEXTS, '"', '""', "\r", '="', ",,,")) * chance.choice((1, 1, 400)) + text[at:]
    data = text.encode(chance.choice(("utf-8", "utf-8-sig", "gb18030", "utf-16")), "replace")
    put(root / "list.csv", changed_bytes(chance, data, 2) if chance.random() < 0.3 else data)
    return False


@cache
def form() -> bytes:
    """A form as somebody fills it in: the tags of the template are places where anything may stand."""
    made = docx.Document(io.BytesIO((built_in_folder() / FORM).read_bytes()))
    said = ("城市管理平台", "某局", "2027年3月", "100万元", "新建", "张三", "0518-85800000", "是", "网络安全保障")
    for number, cell in enumerate(cell for table in made.tables for row in table.rows for cell in row.cells):
        if "{{" in cell.text:
            cell.text = said[number % len(said)]
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def filled_form(chance: Random, root: Path) -> bool:
    """A filled form, in its XML or its zip file turned, or with odd words in its cells."""
    data = form()
    if chance.random() < 0.4:
        made = docx.Document(io.BytesIO(data))
        cells = [cell for table in made.tables for row in table.rows for cell in row.cells]
        for _ in range(chance.choice((1, 3, 9))):
            words = "".join(char for char in chance.choice(ODD_TEXTS)[:2_000] if (char.isprintable() and char.isascii()) or "一" <= char <= "龥")
            chance.choice(cells).text = words
        out = io.BytesIO()
        made.save(out)
        data = out.getvalue()
    else:
        data = changed_parts(chance, data) if chance.random() < 0.8 else changed_zip(chance, data)
    put(root / "form.docx", data)
    return False


def answers(chance: Random, root: Path) -> bool:
    """A project whose answers are recorded already, with whatever beside them; the command answers one more."""
    answer = chance.choice((*ODD_TEXTS, "是", "否", "不适用"))
    text = f"id: bad\nname: 坏\nstage: 草拟\nanswers:\n  {chance.choice(('LYG-8-1', 'LYG-9-1', 'a', '是'))}: {answer!r}\n"
    put(root / "bad" / "project.yaml", changed_text(chance, text, chance.choice((0, 1, 2))))
    return False


def beside(chance: Random, root: Path) -> bool:
    """Files beside the projects that govit looks at by their names: calendars, lists, examples of a pack, Word's own leavings."""
    name = chance.choice(("calendars/2027.yaml", "calendar.yaml", "packs/a.yaml", "packs/a.examples.yaml", "packs/a.en.yaml", "packs/a.status.yaml"))
    text = "regulation: a\nid: a\ntitle: 甲\nyear: 2027\nholidays: [2027-01-01]\nworkdays: []\n"
    put(root / name, changed_text(chance, text, chance.choice((1, 3, 9))))
    put(root / "bad" / chance.choice(("~$方案.docx", ".govit-aaaaaaaa", "方案.docx.lnk", "Thumbs.db")), chance.randbytes(200))
    put(root / "bad" / "project.yaml", listed(chance.choice(LIST_KEYS)))
    return False
