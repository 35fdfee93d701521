from __future__ import annotations

import io
import os
import struct
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from govit.documents.content import MOST_PARAGRAPHS, Trouble
from govit.documents.reader import read

if TYPE_CHECKING:
    from pathlib import Path

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def outcome(path: Path) -> tuple[Trouble | None, str]:
    reading = read(path)
    assert reading.content is None
    assert reading.detail.endswith("。")
    return reading.trouble, reading.detail


def test_every_file_is_recorded_by_its_size(tmp_path: Path) -> None:
    for name in ("批复.pdf", "批复.docx", "批复.md", "批复"):
        data = name.encode() + b"\xff"
        assert read(write(tmp_path, name, data)).size == len(data)


@pytest.mark.parametrize("name", ["a.xlsx", "a.xls", "a.png", "a.PNG", "a.zip", "a.txt", "a"])
def test_other_formats_are_not_looked_into(tmp_path: Path, name: str) -> None:
    trouble, detail = outcome(write(tmp_path, name, b"%PDF-1.7"))
    assert trouble is Trouble.UNSUPPORTED
    assert "只登记" in detail


@pytest.mark.parametrize("name", ["a.pdf", "a.PDF", "a.doc", "a.wps", "a.ofd", "a.rtf", "a.odt"])
def test_what_cannot_be_followed_is_not_called_damaged(tmp_path: Path, name: str) -> None:
    trouble, detail = outcome(write(tmp_path, name, b"%PDF-1.7"))
    assert trouble is Trouble.UNSUPPORTED
    assert "docx" in detail


@pytest.mark.parametrize("name", ["a.docx", "a.md", "a.pdf"])
def test_an_empty_file_is_empty(tmp_path: Path, name: str) -> None:
    trouble, detail = outcome(write(tmp_path, name, b""))
    assert trouble is Trouble.EMPTY
    assert "0 字节" in detail


def test_a_missing_file_a_folder_and_a_pipe_are_answers_too(tmp_path: Path) -> None:
    assert outcome(tmp_path / "无.docx")[0] is Trouble.DAMAGED
    assert outcome(tmp_path)[0] is Trouble.DAMAGED
    assert read(tmp_path).size is None
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "管道.docx")
        assert "不是普通文件" in outcome(tmp_path / "管道.docx")[1]


def test_the_extension_may_be_in_capitals(tmp_path: Path) -> None:
    assert read(write(tmp_path, "A.MD", "# 甲".encode())).content is not None
    assert read(write(tmp_path, "a.markdown", "# 甲".encode())).content is not None


@pytest.mark.parametrize(
    ("data", "name"),
    [
        ("网络安全".encode("gbk"), "GBK"),
        ("网络安全".encode("utf-16"), "UTF-16"),
        ("# 网络 a b c".encode("utf-16-be"), "UTF-16"),
        ("abcd".encode("utf-16-le"), "UTF-16"),
        ("网络".encode("utf-32"), "UTF-32"),
        ("㐀㐁网络".encode("gb18030"), "GB18030"),
    ],
)
def test_the_encoding_of_text_is_named(tmp_path: Path, data: bytes, name: str) -> None:
    trouble, detail = outcome(write(tmp_path, "a.md", data))
    assert trouble is Trouble.ENCODING
    assert f"{name} 编码" in detail
    assert "UTF-8" in detail


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    for data in (b"\xff\xfb\x81\xff", b"\x00\x01\x02\xff\xfe" * 9, b"# a\0b"):
        assert outcome(write(tmp_path, "a.md", data))[0] is Trouble.ENCODING


def test_a_huge_text_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    trouble, detail = outcome(path)
    assert trouble is Trouble.HUGE
    assert "20 MB" in detail


# files that only bear the name of a docx


@pytest.mark.parametrize(
    ("data", "trouble", "words"),
    [
        (b"hello", Trouble.DAMAGED, "不是 zip"),
        (b"\0" * 400, Trouble.DAMAGED, "不是 zip"),
        (b"PK\3\4", Trouble.DAMAGED, "没有结尾"),
        (b"PK\3\4" + b"\0" * 400, Trouble.DAMAGED, "没有结尾"),
        (b"PK\5\6" + b"\0" * 18, Trouble.DAMAGED, "word/document.xml"),
        (b"PK\5\6" + b"\0" * 3, Trouble.DAMAGED, "没有结尾"),
        (b"%PDF-1.7\n", Trouble.UNSUPPORTED, "PDF"),
        (b"{\\rtf1", Trouble.UNSUPPORTED, "RTF"),
        (b"\xef\xbb\xbf\r\n<HTML>", Trouble.UNSUPPORTED, "网页"),
        (b"<?xml version='1.0'?><pkg/>", Trouble.UNSUPPORTED, "XML"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), Trouble.UNSUPPORTED, "旧版 doc"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), Trouble.ENCRYPTED, "密码"),
        (OLE + b"\0" * ((1 << 20) - 20) + "EncryptedPackage".encode("utf-16-le"), Trouble.ENCRYPTED, "密码"),
    ],
)
def test_what_is_not_a_docx_is_told_apart(tmp_path: Path, data: bytes, trouble: Trouble, words: str) -> None:
    found, detail = outcome(write(tmp_path, "可研.docx", data))
    assert found is trouble
    assert words in detail


def test_an_encrypted_entry_is_told(word: Any) -> None:
    data = bytearray(word.write(word.p("甲")).read_bytes())
    at = data.find(b"PK\1\2")
    data[at + 8] |= 1
    trouble, detail = outcome(write(word._folder, "加密.docx", bytes(data)))
    assert trouble is Trouble.ENCRYPTED
    assert "密码" in detail


def test_a_docx_without_a_document_is_told(word: Any) -> None:
    trouble, detail = outcome(word.zip({"xl/workbook.xml": "<x/>"}))
    assert trouble is Trouble.DAMAGED
    assert "word/document.xml" in detail


def test_part_names_may_be_written_with_backslashes(word: Any) -> None:
    path = word.write(word.p("甲"))
    data = path.read_bytes().replace(b"word/document.xml", b"word\\document.xml")
    path.write_bytes(data)
    assert read(path).content is not None


def test_malformed_xml_is_told_with_its_part_and_line(word: Any) -> None:
    trouble, detail = outcome(word.zip({"word/document.xml": "<a>\n<b></a>"}))
    assert trouble is Trouble.DAMAGED
    assert "word/document.xml 第 2 行" in detail
    assert outcome(word.write(word.p("甲"), styles="<w:style>"))[0] is Trouble.DAMAGED
    assert outcome(word.zip({"word/document.xml": ""}))[0] is Trouble.DAMAGED
    assert outcome(word.zip({"word/document.xml": "\0\1"}))[0] is Trouble.DAMAGED


@pytest.mark.parametrize("encoding", ["gbk", "big5", "utf-7", "nonsense", "idna", "utf-32"])
def test_a_part_in_an_encoding_that_word_does_not_use_is_told(word: Any, encoding: str) -> None:
    part = f'<?xml version="1.0" encoding="{encoding}"?><a>甲乙</a>'.encode()
    assert outcome(word.zip({"word/document.xml": part}))[0] is Trouble.DAMAGED


def test_a_part_in_utf_16_is_read(word: Any) -> None:
    path = word.write(word.p("第一章 总论", bold=True))
    with zipfile.ZipFile(path) as archive:
        part = archive.read("word/document.xml").decode()
    content = read(word.zip({"word/document.xml": part.encode("utf-16")})).content
    assert content is not None
    assert content.headings[0].text == "第一章 总论"


@pytest.mark.parametrize(
    "declaration",
    [
        "<!DOCTYPE a>",
        '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a [<!ENTITY a "aa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_a_dtd_is_refused(word: Any, declaration: str) -> None:
    path = word.zip({"word/document.xml": f'<?xml version="1.0"?>{declaration}<a>&x;</a>'})
    trouble, detail = outcome(path)
    assert trouble is Trouble.DAMAGED
    assert "DTD" in detail


@pytest.mark.parametrize("element", ["w:sdt", "w:tbl", "w:p", "w:ins", "mc:Fallback", "other"])
def test_a_deep_nest_is_refused(word: Any, element: str) -> None:
    nest = f"<{element}>" * 10_000 + f"</{element}>" * 10_000
    trouble, detail = outcome(word.write(f"<w:p><w:r><mc:AlternateContent>{nest}</mc:AlternateContent></w:r></w:p>"))
    assert trouble is Trouble.DAMAGED
    assert "嵌套" in detail
    assert outcome(word.write(f"<w:p><w:pPrChange>{nest}</w:pPrChange></w:p>"))[0] is Trouble.DAMAGED


def bomb(size: int) -> bytes:
    """Write a docx whose document unpacks to that many bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("word/document.xml", "w") as entry:
        entry.write(b"<a>")
        for _ in range(size // 1_000_000):
            entry.write(b" " * 1_000_000)
        entry.write(b"</a>")
    return file.getvalue()


def declare(data: bytes, size: int) -> bytes:
    """Make the first entry of a zip file declare another size."""
    changed = bytearray(data)
    directory = changed.rfind(b"PK\1\2")
    struct.pack_into("<L", changed, directory + 24, size)
    return bytes(changed)


@pytest.fixture(scope="module")
def big() -> bytes:
    return bomb(60_000_000)


def test_a_part_that_unpacks_to_too_much_is_refused(tmp_path: Path, big: bytes) -> None:
    trouble, detail = outcome(write(tmp_path, "大.docx", big))
    assert trouble is Trouble.HUGE
    assert "60 MB" in detail


def test_a_part_that_lies_about_its_size_is_refused(tmp_path: Path, big: bytes) -> None:
    trouble, detail = outcome(write(tmp_path, "谎.docx", declare(big, 1000)))
    assert trouble is Trouble.HUGE
    assert "超过 50 MB" in detail


def test_an_entry_of_a_gigabyte_is_refused_wherever_it_is(word: Any) -> None:
    path = word.write(word.p("甲"))
    path.write_bytes(declare(path.read_bytes(), 1_000_000_000))
    trouble, detail = outcome(path)
    assert trouble is Trouble.HUGE
    assert "1000 MB" in detail


def test_pictures_may_be_large(word: Any) -> None:
    path = word.write(word.p("甲"), parts={"media/a.bin": b"\0" * 60_000_000})
    content = read(path).content
    assert content is not None
    assert content.length == 1


def test_too_many_entries_are_refused(word: Any) -> None:
    path = word.zip({f"a{n}": "" for n in range(10_001)}, zipfile.ZIP_STORED)
    trouble, detail = outcome(path)
    assert trouble is Trouble.HUGE
    assert "10001 个条目" in detail


def test_a_zip64_directory_of_too_many_entries_is_refused(tmp_path: Path) -> None:
    record = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, 10**9, 10**9, 10**11, 0)
    locator = struct.pack("<4sLQL", b"PK\6\7", 0, 4, 1)
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    assert outcome(write(tmp_path, "多.docx", b"PK\3\4" + record + locator + end))[0] is Trouble.HUGE


def test_too_many_headings_are_refused(word: Any) -> None:
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    path = word.write(word.p("甲", "1") * 20_001, styles=styles)
    trouble, detail = outcome(path)
    assert trouble is Trouble.HUGE
    assert "20000 个标题" in detail
    trouble, detail = outcome(word.write("<w:p/>" * 201_000))
    assert trouble is Trouble.HUGE
    assert f"{MOST_PARAGRAPHS} 个段落" in detail


FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
LINK = FIELD + "<w:r><w:instrText>HYPERLINK \\l x</w:instrText></w:r>" + FIELD.replace("begin", "separate")
STYLE = '<w:style w:type="paragraph" w:styleId="s{0}"><w:name w:val="s"/><w:basedOn w:val="s{1}"/></w:style>'
ABSTRACT = '<w:abstractNum w:abstractNumId="{0}"><w:numStyleLink w:val="{0}"/></w:abstractNum>'
NUM = '<w:num w:numId="{0}"><w:abstractNumId w:val="{0}"/></w:num>'
HOSTILE: list[tuple[str, dict[str, str]]] = [
    (f"<w:p>{FIELD * 20_000}</w:p>" + f"<w:p>{LINK}</w:p>" * 5_000, {}),
    ("<w:p/>", {"styles": "".join(STYLE.format(n, n + 1) for n in range(8_000))}),
    ("<w:p/>", {"styles": "".join(STYLE.format(n, n - 1) for n in range(8_000))}),
    ("<w:p/>", {"numbering": "".join(ABSTRACT.format(n) + NUM.format(n) for n in range(4_000))}),
    ("<w:p/>", {"styles": '<w:style w:type="table" ' * 100 + "/>" * 0}),
    ("<w:p><w:r><w:t>" + "&#xff;" * 200_000 + "</w:t></w:r></w:p>", {}),
    ("<w:p>" + "<w:r ><w:rPr>" * 900 + "</w:rPr></w:r>" * 900 + "</w:p>", {}),
    ("<w:p>" + "<w:r><w:t>秘密★</w:t></w:r>" * 50_000 + "</w:p>", {}),
    ("<w:p><w:r><w:t>秘密★</w:t></w:r></w:p>" * 10_000, {}),
]


@pytest.mark.parametrize(("body", "parts"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_parts_are_read_or_refused(word: Any, body: str, parts: dict[str, str]) -> None:
    path = word.write(body, **parts)
    reading = read(path)
    assert reading.trouble in (None, Trouble.DAMAGED)
    assert reading.content is None or len(reading.content.marks) <= 1000


@pytest.mark.parametrize("flood", ["<w:p><w:r><w:txbxContent>{}</w:txbxContent></w:r></w:p>", "{}"])
def test_floods_of_tables_and_boxed_paragraphs_are_refused(
    word: Any, flood: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("govit.documents.body.MOST_PARAGRAPHS", 2_000)
    trouble, detail = outcome(word.write(flood.format("<w:tbl/>" * 2_001)))
    assert trouble is Trouble.HUGE
    assert "2000 个段落" in detail


def test_all_parts_together_have_a_limit(word: Any) -> None:
    blanks = " " * 24_000_000
    header = f'<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{blanks}</w:hdr>'
    path = word.write(word.p("甲"), parts={f"word/header{n}.xml": header for n in range(5)})
    trouble, detail = outcome(path)
    assert trouble is Trouble.HUGE
    assert "所有部件" in detail


def test_a_part_with_a_wrong_checksum_is_damaged(word: Any) -> None:
    path = word.zip({"word/document.xml": f"<a>{'甲' * 500}</a>"}, zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace("甲甲乙".encode()[:6], "甲乙".encode(), 1))
    trouble, detail = outcome(path)
    assert trouble is Trouble.DAMAGED
    assert "解压失败" in detail


def test_a_docx_cut_anywhere_is_an_answer(word: Any) -> None:
    path = word.write(word.p("第一章 总论", bold=True) * 20)
    data = path.read_bytes()
    for length in range(1, len(data), 13):
        path.write_bytes(data[:length])
        assert outcome(path)[0] is Trouble.DAMAGED


def test_a_docx_with_any_byte_changed_is_an_answer(word: Any) -> None:
    path = word.write(word.p("第一章 总论", bold=True) * 20, styles="", numbering="")
    data = path.read_bytes()
    for at in range(0, len(data), 7):
        changed = bytearray(data)
        changed[at] ^= 0xFF
        path.write_bytes(bytes(changed))
        reading = read(path)
        assert (reading.content is None) == (reading.trouble is not None)


def test_an_unusual_compression_is_refused(word: Any) -> None:
    path = word.zip({"word/document.xml": "<a/>"}, zipfile.ZIP_BZIP2)
    trouble, detail = outcome(path)
    assert trouble is Trouble.DAMAGED
    assert "压缩方法" in detail


# classification marks


def test_marks_are_told_by_place_and_never_echoed(word: Any) -> None:
    mark = "机密★10年"
    body = word.p("封面") + word.p(f"密级：{mark}") + word.p("机密级系统") + word.p("商务★")
    reading = word.reading(body)
    assert [(one.paragraph, one.where) for one in reading.content.marks] == [(2, "正文")]
    assert mark not in repr(reading)


@pytest.mark.parametrize("text", ["绝密★", "机密★10年", "秘密★", "秘密 ★ 5年", "机　密★", "绝 密 ★ 长期"])
def test_marks_in_several_spellings(word: Any, text: str) -> None:
    assert len(word.content(word.p(text)).marks) == 1


def test_a_mark_may_be_split_hidden_deleted_or_drawn(word: Any) -> None:
    split = "<w:p><w:r><w:t>机</w:t></w:r><w:r><w:t>密</w:t></w:r><w:r><w:t>★</w:t></w:r></w:p>"
    hidden = "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>秘密★</w:t></w:r></w:p>"
    deleted = "<w:p><w:del><w:r><w:delText>绝密★</w:delText></w:r></w:del></w:p>"
    star = '<w:sym w:font="Wingdings" w:char="F0AB"/>'
    drawn = f"<w:p><w:r><w:t>秘密</w:t>{star}</w:r></w:p>"
    boxed = f"<w:p><w:r><w:drawing><w:txbxContent>{word.p('机密★')}</w:txbxContent></w:drawing></w:r></w:p>"
    marks = word.content(split + hidden + deleted + drawn + boxed).marks
    assert [one.paragraph for one in marks] == [1, 2, 3, 4, 5]


def test_marks_in_headers_footers_and_notes_are_found_once_each(word: Any) -> None:
    def part(name: str, text: str) -> str:
        return f'<w:{name} xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">{word.p(text)}</w:{name}>'

    parts = {
        "word/header1.xml": part("hdr", "机密★"),
        "word/header2.xml": part("hdr", "机密★"),
        "word/footer1.xml": part("ftr", "秘密★3年"),
        "word/footnotes.xml": part("footnotes", "绝密★"),
    }
    marks = word.content(word.p("甲"), parts=parts).marks
    assert sorted((one.where, one.paragraph) for one in marks) == [("正文", None), ("页眉", None), ("页脚", None)]
    assert word.content(word.p("甲"), parts={"word/header1.xml": part("hdr", "机密")}).marks == ()
