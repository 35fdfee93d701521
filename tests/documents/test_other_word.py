"""Files of other programs (.doc, .wps, .rtf, .odt) and PDFs made of the same report have the same headings."""

from __future__ import annotations

import io
import shutil
import struct
import time
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from govit.documents.content import MOST_PARAGRAPHS, Trouble, Unreadable
from govit.documents.oldword.read import read_old_word
from govit.documents.reader import read
from govit.documents.rtf import read_rtf

if TYPE_CHECKING:
    from collections.abc import Callable

    from govit.documents.content import Content

FILES = Path(__file__).parent / "files"
"""One report with numbered heading styles, a table, headers and hidden text, saved by LibreOffice in each format."""
OUTLINE = [
    (1, "第一章 总论"), (2, "（一） 项目概况"), (2, "（二） 编制依据"), (1, "第二章 需求分析"), (2, "（一） 业务需求"),
    (1, "第三章 数据资源共享分析"), (1, "第四章 网络安全保障"), (2, "（一） 等级保护"), (1, "第五章 投资估算"), (1, "第六章 效益分析"),
]  # fmt: skip
SECONDS = 4.0


def inside(path: Path) -> Content:
    found = read(path)
    assert found.content is not None, found.detail
    return found.content


@pytest.mark.parametrize("name", ["report.doc", "report.rtf", "report.pdf", "unmarked.pdf", "report.odt"])
def test_the_same_report_has_the_same_outline(name: str) -> None:
    found = inside(FILES / name)
    # an odt leaves automatic numbers to the program that shows it
    wanted = [(level, text.partition(" ")[2] if name.endswith("odt") else text) for level, text in OUTLINE]
    assert [(one.level, one.text) for one in found.headings] == wanted
    assert not found.doubt
    unfilled = next(one for one in found.headings if "投资估算" in one.text)
    assert (unfilled.length, unfilled.placeholder) == (0, "（待补充）")
    assert all(one.length > 100 for one in found.headings if one is not unfilled)
    assert not any("隐藏" in one.text for one in found.asides)


@pytest.mark.parametrize(("name", "as_name"), [("report.doc", "a.wps"), ("report.rtf", "a.doc"), ("report.odt", "a.wps")])
def test_a_file_is_read_by_what_it_is(name: str, as_name: str, tmp_path: Path) -> None:
    shutil.copy(FILES / name, tmp_path / as_name)
    assert len(inside(tmp_path / as_name).headings) == len(OUTLINE)


def test_what_is_no_word_file_is_told(tmp_path: Path) -> None:
    for data, word in ((b"%PDF-1.4", "PDF"), (b"<html>", "网页"), (b"abc", "不是有效的 doc 文件")):
        (tmp_path / "a.doc").write_bytes(data)
        assert word in read(tmp_path / "a.doc").what


# -- old Word ---------------------------------------------------------------------------------------------


def old(data: bytes) -> Content:
    return read_old_word(io.BytesIO(data), len(data))


def answer(reader: Callable[[bytes], Content], data: bytes) -> Unreadable | None:
    """Why a file is refused, None if it is read."""
    try:
        reader(data)
    except Unreadable as error:
        return error
    return None


def refused(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        old(data)
    return caught.value


def document_at(data: bytes) -> int:
    """Where the stream with the text begins."""
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    at = data.index("WordDocument".encode("utf-16-le"))
    return (struct.unpack_from("<I", data, at + 116)[0] + 1) * sector


def changed(offset: int, layout: str, *values: int) -> bytes:
    data = bytearray((FILES / "report.doc").read_bytes())
    struct.pack_into(layout, data, offset, *values)
    return bytes(data)


def test_passwords_and_older_versions_are_told() -> None:
    at = document_at((FILES / "report.doc").read_bytes())
    flags = struct.unpack_from("<H", (FILES / "report.doc").read_bytes(), at + 10)[0]
    assert refused(changed(at + 10, "<H", flags | 0x100)).trouble is Trouble.ENCRYPTED
    found = refused(changed(at, "<HH", 0xA5DC, 101))
    assert found.trouble is Trouble.UNSUPPORTED
    assert "Word 95" in found.what
    assert "docx" in found.remedy


def test_chains_that_bite_their_tail_are_refused() -> None:
    data = (FILES / "report.doc").read_bytes()
    sector = 1 << struct.unpack_from("<H", data, 30)[0]
    table = (struct.unpack_from("<I", data, 76)[0] + 1) * sector
    first = struct.unpack_from("<I", data, 48)[0]
    assert refused(changed(table + 4 * first, "<I", first)).trouble is Trouble.UNSUPPORTED
    assert refused(changed(48, "<I", 0xFFFFFF00)).trouble is Trouble.UNSUPPORTED


def test_declared_lengths_are_not_believed() -> None:
    at = document_at((FILES / "report.doc").read_bytes())
    for offset in (76, 80, 96):
        refused(changed(at + offset, "<i", -1))
    name = (FILES / "report.doc").read_bytes().index("WordDocument".encode("utf-16-le"))
    assert refused(changed(name + 120, "<I", 500_000_000)).trouble is Trouble.HUGE


def test_whatever_is_cut_off_or_changed_is_an_answer() -> None:
    data = (FILES / "report.doc").read_bytes()
    begun = time.process_time()
    for end in range(0, len(data), 499):
        error = answer(old, data[:end])
        assert error is None or error.what
    for at in range(0, len(data), 997):
        error = answer(old, data[:at] + b"\xff\xff\xff\x7f" + data[at + 4 :])
        assert error is None or error.what
    assert time.process_time() - begun < 15 * SECONDS


# -- RTF --------------------------------------------------------------------------------------------------


def rich(data: bytes) -> Content:
    return read_rtf(io.BytesIO(data), len(data))


def test_an_rtf_in_gbk_is_read() -> None:
    escaped = "".join(f"\\'{byte:02x}" for byte in "第一章 总论".encode("gbk"))
    body = "".join(f"\\'{byte:02x}" for byte in "正文".encode("gbk"))
    data = f"{{\\rtf1\\ansi\\ansicpg936{{\\stylesheet{{\\s1\\outlinelevel0 heading 1;}}}}\\s1\\outlinelevel0 {escaped}\\par\\pard {body}\\par}}"
    assert [(one.level, one.text, one.length) for one in rich(data.encode()).headings] == [(1, "第一章 总论", 2)]


def test_characters_of_unicode_replace_what_stands_in_for_them() -> None:
    data = b"{\\rtf1\\uc1{\\stylesheet{\\s1\\outlinelevel0 a;}}\\outlinelevel0 \\u31532?\\u19968?\\u31456? \\u-10179?\\u-8704?\\par}"
    assert [one.text for one in rich(data).headings] == ["第一章 😀"]


HOSTILE_RTF = {
    "words": b"{\\rtf1" + b"\\b a" * 2_000_000,
    "groups": b"{\\rtf1" + b"{" * 2_000_000,
    "paragraphs": b"{\\rtf1" + b"a\\par\n" * 1_000_000,
    "a length": b"{\\rtf1 a\\bin999999999 ",
    "halves": b"{\\rtf1" + b"\\uc0\\u55357 a" * 300_000,
    "fonts": b"{\\rtf1{\\fonttbl" + b"".join(b"{\\f%d a;}" % n for n in range(300_000)),
    "fields": b"{\\rtf1" + b"{\\field{\\*\\fldinst TOC}{\\fldrslt " * 200,
    "closing": b"{\\rtf1" + b"}" * 1_000_000,
    "styles": b"{\\rtf1{\\stylesheet" + b"{\\s1\\sbasedon1 a;}" * 300_000,
}


@pytest.mark.parametrize("name", HOSTILE_RTF)
def test_hostile_rtf_ends(name: str) -> None:
    begun = time.process_time()
    error = answer(rich, HOSTILE_RTF[name])
    assert error is None or error.what
    assert time.process_time() - begun < SECONDS


# -- odt --------------------------------------------------------------------------------------------------


def odt(tmp_path: Path, name: str, change: tuple[bytes, bytes]) -> Path:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(FILES / "report.odt") as old_file, zipfile.ZipFile(path, "w") as new_file:
        for one in old_file.namelist():
            data = old_file.read(one)
            new_file.writestr(one, data.replace(*change) if one == name else data)
    return path


def test_an_odt_with_a_password_is_told(tmp_path: Path) -> None:
    path = odt(tmp_path, "META-INF/manifest.xml", (b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"))
    assert read(path).trouble is Trouble.ENCRYPTED


def test_entities_in_an_odt_are_refused(tmp_path: Path) -> None:
    path = odt(tmp_path, "content.xml", (b"<office:document-content", b'<!DOCTYPE a [<!ENTITY b "c">]><office:document-content'))
    assert "DTD" in read(path).what


def test_pictures_of_an_rtf_are_passed_over_however_large() -> None:
    """Their digits were counted as text: a report with photographs was refused."""
    found = rich(b"{\\rtf1 {\\pict " + b"00" * 5_000_000 + b"}\\par \\outlinelevel0 a\\par\\pard b\\par}")
    assert [one.text for one in found.headings] == ["a"]


def test_what_stands_around_the_text_of_an_rtf_is_counted_too() -> None:
    for around in (b"{\\header a\\par}", b"{\\footnote a\\par}"):
        error = answer(rich, b"{\\rtf1 " + around * (MOST_PARAGRAPHS + 1) + b"b" * 900_000 + b"}")
        assert error is not None
        assert error.trouble is Trouble.HUGE


ODT_NAMES = " ".join(f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "text", "table"))
LARGEST_ODT = {
    "tables of nothing": "<table:table></table:table>" * 300_000,
    "looks": "<text:p>" + "".join(f'<text:span text:style-name="a{at}">甲</text:span>' for at in range(300_000)) + "</text:p>",
    "broken lines": "<text:p>" + "1.a<text:line-break/>" * 300_000 + "</text:p>",
}


@pytest.mark.parametrize("name", LARGEST_ODT)
def test_what_an_odt_holds_of_one_thing_is_counted(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("mimetype"), "application/vnd.oasis.opendocument.text")
        body = f"<office:body><office:text>{LARGEST_ODT[name]}</office:text></office:body>"
        file.writestr("content.xml", f"<office:document-content {ODT_NAMES}>{body}</office:document-content>")
    begun = time.process_time()
    assert read(path).trouble is Trouble.HUGE
    assert time.process_time() - begun < SECONDS
