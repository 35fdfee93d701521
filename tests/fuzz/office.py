"""Packages of Word and Excel: mutated as a zip file, and as the XML inside."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from functools import cache
from typing import TYPE_CHECKING

import docx
import openpyxl
from fuzz.chance import ODD_TEXTS, changed_bytes
from fuzz.texts import listed, put
from lxml import etree

from govit.forms.templates import built_in_folder

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

TAG = re.compile(rb"<[^<>]{1,400}>")
ATTRIBUTE = re.compile(rb'="([^"]{0,80})"')
FORM, SHEET_FORM = "项目申报表.docx", "年度计划.xlsx"
ODD_PARTS = ("../a", "/a", "a\\b", "word/document.xml", "xl/workbook.xml", "\x1b[31m", "a" * 300, "_rels/.rels")
ODD_ELEMENTS = (
    b"<w:p/>", b"<w:tbl/>", b"<w:tr/>", b"<w:tc/>", b'<w:del w:id="1"/>', b"<w:fldSimple/>", b'<w:fldChar w:fldCharType="begin"/>',
    b"<w:sdt><w:sdtContent/></w:sdt>", b"<w:txbxContent><w:p/></w:txbxContent>", b"<row/>", b'<c r="XFD1048576"/>', b'<c t="s"><v>9</v></c>',
    b"<c><f>1+1</f></c>", b'<mergeCell ref="A1:XFD9"/>', b'<xf numFmtId="14"/>', b"<x:y/>", b"<!-- a -->", b"<![CDATA[a]]>", b"<?a b?>",
    b"<!DOCTYPE a>", b"&a;", b"&#0;", b"&#55555555;", b"</w:p>", b"<w:t>{{ project.name }}</w:t>", b"<w:t>{% if year %}</w:t>",
)  # fmt: skip
ODD_NUMBERS = (
    b"",
    b"-1",
    b"0",
    b"1",
    b"9999999999",
    b"1e9",
    b"NaN",
    b"\xe7\x94\xb2",
    b"true",
    b"A1:",
    b"rId1",
    b"../x",
    b"file:///etc/passwd",
)


@cache
def papers() -> tuple[bytes, ...]:
    """Word files that are as they should be."""
    made = docx.Document()
    made.add_heading("总论", 1)
    made.add_paragraph("内容", style="List Number")
    table = made.add_table(2, 2)
    table.cell(0, 0).text = "第一章 网络安全"
    made.add_heading("网络安全保障", 2)
    made.sections[0].header.paragraphs[0].text = "页眉"
    out = io.BytesIO()
    made.save(out)
    return (out.getvalue(), (built_in_folder() / "建设方案.docx").read_bytes(), (built_in_folder() / FORM).read_bytes())


@cache
def lists() -> tuple[bytes, ...]:
    """Workbooks that are as they should be."""
    made = openpyxl.Workbook()
    sheet = made.active
    sheet.append(["项目名称", "项目标识", "估算金额（万元）", "开工日期", "类别"])
    sheet.append(["好", "good", 12.5, None, "新建"])
    sheet.append(["另一个", "other", "=1+1", "2027年3月", "升级改造"])
    sheet.merge_cells("A5:B6")
    out = io.BytesIO()
    made.save(out)
    return (out.getvalue(), (built_in_folder() / SHEET_FORM).read_bytes())


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def changed_zip(chance: Random, data: bytes) -> bytes:
    """The file itself turned: mostly its directory, where sizes, methods and places stand."""
    if chance.random() < 0.5:
        at = data.rfind(b"PK\1\2") if chance.random() < 0.5 else data.find(b"PK\1\2")
        return data[:at] + changed_bytes(chance, data[at:], chance.choice((1, 1, 2, 9)))
    return changed_bytes(chance, data, chance.choice((1, 2, 9, 60)))


def changed_parts(chance: Random, data: bytes) -> bytes:
    """Parts taken out, doubled, exchanged, or their XML turned."""
    parts = unpacked(data)
    for _ in range(chance.choice((1, 1, 2, 6))):
        name = chance.choice(sorted(parts))
        match chance.randrange(8):
            case 0 if len(parts) > 1:
                del parts[name]
            case 1:
                parts[chance.choice((*ODD_PARTS, *sorted(parts)))] = parts[name]
            case _:
                parts[name] = changed_xml(chance, parts[name])
    return packed(parts)


def changed_xml(chance: Random, data: bytes) -> bytes:
    """One element or attribute of a part turned into something else."""
    tags = [found.span() for found in TAG.finditer(data)][:5_000]
    if not tags or chance.random() < 0.1:
        return changed_bytes(chance, data, 3)
    start, end = chance.choice(tags)
    match chance.randrange(8):
        case 0:
            return data[:start] + data[end:]
        case 1:
            return data[:start] + data[start:end] * chance.choice((2, 9, 400)) + data[end:]
        case 2:
            return data[:start] + chance.choice(ODD_ELEMENTS) * chance.choice((1, 1, 3, 300)) + data[start:]
        case 3 | 4:
            return _changed_attribute(chance, data)
        case 5:
            other, until = chance.choice(tags)
            return data[:start] + data[min(other, start) : until] + data[start:]
        case 6:
            return data[:start] + chance.choice(ODD_TEXTS).encode("utf-8", "replace") + data[start:]
        case _:
            return data.replace(data[start:end], b"", chance.choice((1, -1)))


def _changed_attribute(chance: Random, data: bytes) -> bytes:
    fields = [found.span(1) for found in ATTRIBUTE.finditer(data)][:5_000]
    start, end = chance.choice(fields or [(0, 0)])
    odd = chance.choice((*ODD_NUMBERS, chance.choice(ODD_TEXTS).encode("utf-8", "replace").replace(b'"', b"")))
    return data[:start] + odd + data[end:]


def is_no_paper(data: bytes) -> bool:
    """Whether a Word file cannot be read by anybody: no zip file, or a body that is no XML."""
    parser = etree.XMLParser(resolve_entities=False, huge_tree=True)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            if "word/document.xml" in file.namelist():
                etree.fromstring(file.read("word/document.xml"), parser)
    except etree.XMLSyntaxError:
        # A name of a namespace that is no address, such as 甲, is well-formed XML all the same.
        return any(entry.domain != etree.ErrorDomains.NAMESPACE for entry in parser.error_log)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        return True
    except (NotImplementedError, RuntimeError, ValueError):
        return True
    return False


def _paper(root: Path, data: bytes) -> bool:
    put(root / "bad" / "方案.docx", data)
    put(root / "bad" / "project.yaml", listed("方案.docx"))
    return is_no_paper(data)


def document_zip(chance: Random, root: Path) -> bool:
    return _paper(root, changed_zip(chance, chance.choice(papers())))


def document_xml(chance: Random, root: Path) -> bool:
    return _paper(root, changed_parts(chance, chance.choice(papers())))


def _list(root: Path, data: bytes) -> bool:
    put(root / "list.xlsx", data)
    return not zipfile.is_zipfile(io.BytesIO(data)) and not data.startswith(b"\xd0\xcf")


def list_zip(chance: Random, root: Path) -> bool:
    return _list(root, changed_zip(chance, chance.choice(lists())))


def list_xml(chance: Random, root: Path) -> bool:
    return _list(root, changed_parts(chance, chance.choice(lists())))


def template(chance: Random, root: Path) -> bool:
    """The form of the dossier's own, which is to be filled in."""
    data = changed_parts(chance, papers()[-1]) if chance.random() < 0.8 else changed_zip(chance, papers()[-1])
    put(root / "templates" / FORM, data)
    return is_no_paper(data)


def sheet_template(chance: Random, root: Path) -> bool:
    data = changed_parts(chance, lists()[-1]) if chance.random() < 0.8 else changed_zip(chance, lists()[-1])
    put(root / "templates" / SHEET_FORM, data)
    return not zipfile.is_zipfile(io.BytesIO(data))
