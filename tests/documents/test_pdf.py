"""PDF: what is a heading, what is none, and where that is not certain."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from pdf_files import BODY, CATALOG, GB_FONT, one_font, pdf, report, shown, stream

from govit.documents.content import Trouble, Unreadable
from govit.documents.filled import read_filled
from govit.documents.pdf.read import read_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from govit.documents.content import Content

CHAPTERS = ("总论", "需求分析", "数据资源共享分析", "网络安全保障", "投资估算")


def content(data: bytes) -> Content:
    return read_pdf(io.BytesIO(data), len(data))


def headings(data: bytes) -> list[tuple[int, str]]:
    return [(one.level, one.text) for one in content(data).headings]


def refused(data: bytes) -> Unreadable:
    with pytest.raises(Unreadable) as caught:
        content(data)
    return caught.value


def test_chapters_that_are_larger_and_count_on_are_certain() -> None:
    found = content(one_font(report(CHAPTERS)))
    assert [one.text for one in found.headings] == [f"第{n}章 {name}" for n, name in zip("一二三四五", CHAPTERS, strict=True)]
    assert [one.page for one in found.headings] == [1, 2, 3, 4, 5]
    assert not found.doubt
    assert all(one.length > 400 for one in found.headings)


def test_headers_and_page_numbers_are_no_text() -> None:
    found = content(one_font(report(CHAPTERS)))
    assert not any("可行性研究报告" in one.text for one in (*found.headings, *found.asides))
    assert not any("—" in one.text for one in found.asides)


def test_chapters_that_do_not_count_on_are_in_doubt() -> None:
    pages = report(CHAPTERS)
    found = content(one_font([pages[0], pages[1], pages[3], pages[4]]))
    assert "书签" in found.doubt
    assert len(found.headings) == 4


def test_chapters_that_look_like_the_text_are_in_doubt() -> None:
    assert content(one_font(report(CHAPTERS, size=12))).doubt


def test_sizes_alone_give_headings_in_doubt() -> None:
    found = content(one_font(report(CHAPTERS, number=False)))
    assert [one.text for one in found.headings] == list(CHAPTERS)
    assert found.doubt


def bookmarked(pages: list[str], titles: list[tuple[int, str]]) -> bytes:
    first = 4 + 2 * len(pages)
    entries = [
        b"<</Title<feff%s>/Dest[%d 0 R/XYZ 0 730 0]/Next %d 0 R>>" % (title.encode("utf-16-be").hex().encode(), 4 + 2 * page, first + 2 + at)
        for at, (page, title) in enumerate(titles)
    ]
    outline = b"<</First %d 0 R>>" % (first + 1)
    return one_font(pages, catalog=b"<</Type/Catalog/Pages 2 0 R/Outlines %d 0 R>>" % first, more=[outline, *entries])


def test_bookmarks_are_the_outline() -> None:
    titles = [(at, f"第{n}章 {name}") for at, (n, name) in enumerate(zip("一二三四五", CHAPTERS, strict=True))]
    found = content(bookmarked(report(CHAPTERS, size=12), titles))
    assert [one.text for one in found.headings] == [title for _, title in titles]
    assert not found.doubt


def test_a_bookmark_finds_its_line_whatever_its_number_and_blanks() -> None:
    titles = [(at, f"{at + 1}. {name[0]} {name[1:]}") for at, name in enumerate(CHAPTERS)]
    found = content(bookmarked(report(CHAPTERS, size=12), titles))
    assert [one.text for one in found.headings] == [f"第{n}章 {name}" for n, name in zip("一二三四五", CHAPTERS, strict=True)]


def test_bookmarks_that_lead_to_no_line_are_no_outline() -> None:
    found = content(bookmarked(report(CHAPTERS, size=12), [(at, f"扫描件 {at}") for at in range(5)]))
    assert found.doubt
    assert not any("扫描件" in one.text for one in found.headings)


def test_what_the_file_marks_as_headings_is_certain() -> None:
    pages = []
    for name in CHAPTERS:
        text = "".join(shown(BODY[:38], 60, 690 - 20 * row) for row in range(12))
        pages.append(f"/H1 <</MCID 0>> BDC {shown(name, 60, 720)} EMC /P <</MCID 1>> BDC {text} EMC "
                     f"/Artifact BMC {shown('页眉一行', 60, 800)} EMC")  # fmt: skip
    found = content(one_font(pages))
    assert [(one.level, one.text) for one in found.headings] == [(1, name) for name in CHAPTERS]
    assert not found.doubt
    assert not any("页眉" in one.text for one in found.asides)


def test_a_table_of_contents_is_none() -> None:
    contents = shown("目录", 280, 760, 18) + "".join(
        shown(f"第{n}章 {name} …………………… {at + 3}", 60, 700 - 24 * at) for at, (n, name) in enumerate(zip("一二三四五", CHAPTERS, strict=True))
    )
    found = content(one_font([contents, *report(CHAPTERS)]))
    assert [one.page for one in found.headings if "网络安全" in one.text] == [5]


def test_a_heading_of_two_lines_is_one() -> None:
    pages = report(CHAPTERS)
    long = shown("第一章 关于某市智慧停车公共服务平台的总体建设", 60, 760, 20) + shown("目标与内容", 60, 735, 20)
    assert headings(one_font([long + pages[0].partition("Tj ET\n")[2].partition("Tj ET\n")[2], *pages[1:]]))[0] == (
        1,
        "第一章 关于某市智慧停车公共服务平台的总体建设目标与内容",
    )


@pytest.mark.parametrize("encoding", ["GBK-EUC-H", "GBKp-EUC-H", "GB-EUC-H", "UniGB-UCS2-H", "UniGB-UTF16-H", "GBK2K-H"])
def test_chinese_fonts_of_a_character_set_are_read(encoding: str) -> None:
    codec = "utf-16-be" if encoding.startswith("Uni") else "gbk"
    font = GB_FONT.replace(b"UniGB-UCS2-H", encoding.encode())
    pages = [shown("第一章 总论", 60, 700, 18, codec=codec) + shown(BODY, 60, 660, codec=codec)]
    assert headings(one_font(pages, font=font))[0] == (1, "第一章 总论")


def test_a_font_that_tells_its_characters_is_read() -> None:
    text = "第一章 总论"
    mapped = b"".join(b"<%04x> <%s>\n" % (code, one.encode("utf-16-be").hex().encode()) for code, one in enumerate(text, 1))
    ranged = b"1 beginbfrange <0100> <0102> <4E00> endbfrange"
    tounicode = b"1 begincodespacerange <0000> <ffff> endcodespacerange %d beginbfchar\n%s endbfchar %s" % (len(text), mapped, ranged)
    font = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[<</DW 1000>>]>>"
    page = "BT /F1 18 Tf 60 700 Td [<0001000200030004> -20 <00050006>] TJ 0 -40 Td /F1 9 Tf <01000101010201010102010101000101010201010102> Tj ET"
    found = content(one_font([page], font=font, more=[stream(tounicode)]))
    assert [one.text for one in found.headings] == ["第一章 总论"]
    assert [one.text for one in found.asides] == ["一丁丂丁丂丁一丁丂丁丂"]


def test_a_font_that_does_not_tell_is_no_reason_for_a_verdict() -> None:
    font = b"<</Type/Font/Subtype/Type0/Encoding/Identity-H/DescendantFonts[<</DW 1000>>]>>"
    found = refused(one_font(report(CHAPTERS), font=font))
    assert found.trouble is Trouble.UNSUPPORTED
    assert "乱码" in found.what


IMAGE = "q 595 0 0 842 0 0 cm /Im Do Q "
PICTURE = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/Length 3>>\nstream\nabc\nendstream"


def scanned(pages: list[str]) -> bytes:
    return one_font(pages, more=[PICTURE]).replace(b"/Im 99 0 R", b"/Im %2d 0 R" % (4 + 2 * len(pages)))


def test_a_scan_is_told_as_one() -> None:
    found = refused(scanned([IMAGE, IMAGE]))
    assert found.trouble is Trouble.UNSUPPORTED
    assert "扫描件" in found.what
    assert "docx" in found.remedy


def test_scanned_pages_among_others_leave_a_doubt() -> None:
    found = content(scanned([*report(CHAPTERS), IMAGE]))
    assert "第 6 页" in found.doubt
    assert len(found.headings) == 5


def test_what_a_scanner_read_is_in_doubt() -> None:
    pages = [page.replace("BT ", "BT 3 Tr ") for page in report(CHAPTERS)]
    assert "识别" in content(scanned([IMAGE + page for page in pages])).doubt


def test_a_stamp_is_no_part_of_the_text() -> None:
    stamp = b"/Annots[<</Type/Annot/Subtype/Stamp/Rect[400 100 500 200]/Contents(a)>>]"
    found = content(one_font(report(CHAPTERS), page=stamp))
    assert len(found.headings) == 5
    assert not found.doubt


def test_a_watermark_is_no_part_of_the_text() -> None:
    mark = f"BT /F1 60 Tf 0.7 0.7 -0.7 0.7 100 300 Tm <{'第九章 水印'.encode('utf-16-be').hex()}> Tj ET "
    assert len(content(one_font([mark + page for page in report(CHAPTERS)])).headings) == 5


def test_a_page_that_is_turned_is_read_upright() -> None:
    turned = f"BT /F1 18 Tf 0 1 -1 0 100 60 Tm <{'第一章 总论'.encode('utf-16-be').hex()}> Tj ET"
    turned += f" BT /F1 9 Tf 0 1 -1 0 140 60 Tm <{BODY.encode('utf-16-be').hex()}> Tj ET"
    assert headings(one_font([turned], page=b"/Rotate 90")) == [(1, "第一章 总论")]


def test_text_printed_twice_to_be_bold_is_read_once() -> None:
    page = shown("第一章 总论", 60, 700) + shown("第一章 总论", 60.3, 700) + shown(BODY, 60, 660)
    assert headings(one_font([page])) == [(1, "第一章 总论")]


def test_a_sign_shown_later_stands_in_the_gap_that_was_left_for_it(tmp_path: Path) -> None:
    """Boxes to tick come from another font, behind the words between which they stand."""
    words = [one.encode("utf-16-be").hex() for one in ("项目类别", "新建", "续建", "改建")]
    row = f"BT /F1 12 Tf 1 0 0 1 60 700 Tm [<{words[0]}> -5000 <{words[1]}> -1000 <{words[2]}> -1000 <{words[3]}>] TJ ET "
    boxes = "".join(shown(box, 156 + 36 * at, 700) for at, box in enumerate("□☑□", 1))
    (tmp_path / "表.pdf").write_bytes(one_font([row + boxes]))
    assert [line.text for line in read_filled(tmp_path / "表.pdf").lines] == ["项目类别 新建□续建☑改建□"]


def test_a_classification_mark_is_told_by_its_page() -> None:
    pages = report(CHAPTERS)
    pages[2] += shown("机密★10年", 60, 400)
    assert [(mark.where, mark.page) for mark in content(one_font(pages)).marks] == [("正文", 3)]


def test_protected_files_are_told() -> None:
    found = refused(pdf([CATALOG, b"<</Type/Pages/Kids[]>>"], trailer=b"/Encrypt<</Filter/Standard/V 4>>"))
    assert found.trouble is Trouble.UNSUPPORTED
    assert "密码" in found.what


def test_a_broken_table_is_made_good_by_a_search() -> None:
    data = one_font(report(CHAPTERS))
    assert len(content(data.replace(b"startxref", b"startxxxx")).headings) == 5
    assert len(content(data[: data.rindex(b"xref\n0")] + b"trailer<</Root 1 0 R>>").headings) == 5
    assert len(content(b"\r\n\r\n" + data).headings) == 5


def packed(data: bytes, *, predictor: bool) -> bytes:
    """The same file with its objects in an object stream and its table in a stream."""
    objects = [one.partition(b" 0 obj\n")[2] for one in data.split(b"\nendobj\n")[:-1]]
    plain = {at: one for at, one in enumerate(objects, 1) if b"stream" not in one}
    index, body = b"", b""
    for number, one in plain.items():
        index += b"%d %d " % (number, len(body))
        body += one + b" "
    pack = len(objects) + 1
    out, rows = b"%PDF-1.5\n", {}
    for number, one in enumerate(objects, 1):
        if number not in plain:
            rows[number] = (1, len(out), 0)
            out += b"%d 0 obj\n" % number + one + b"\nendobj\n"
    rows |= {number: (2, pack, at) for at, number in enumerate(plain)}
    rows[pack] = (1, len(out), 0)
    out += b"%d 0 obj\n" % pack + stream(index + body, b"/Type/ObjStm/N %d/First %d" % (len(plain), len(index))) + b"\nendobj\n"
    table = [bytes([kind]) + place.to_bytes(4) + bytes([further]) for kind, place, further in (rows.get(n, (0, 0, 0)) for n in range(pack + 1))]
    more = b"/Type/XRef/W[1 4 1]/Size %d/Root 1 0 R" % (pack + 1)
    if predictor:
        more += b"/DecodeParms<</Predictor 12/Columns 6>>"
        above = bytes(6)
        encoded = b""
        for row in table:
            encoded += b"\2" + bytes((one - other) & 255 for one, other in zip(row, above, strict=True))
            above = row
    else:
        encoded = b"".join(table)
    return out + b"%d 0 obj\n" % (pack + 1) + stream(encoded, more) + b"\nendobj\nstartxref\n%d\n%%%%EOF" % len(out)


@pytest.mark.parametrize("predictor", [False, True])
def test_objects_in_streams_are_found(predictor: bool) -> None:  # noqa: FBT001
    data = packed(one_font(report(CHAPTERS)), predictor=predictor)
    assert len(content(data).headings) == 5
    assert len(content(data.replace(b"startxref", b"startxxxx")).headings) == 5


@pytest.mark.parametrize("name", ["ASCIIHexDecode", "ASCII85Decode", "LZWDecode", "RunLengthDecode"])
def test_other_filters_are_undone(name: str) -> None:
    import base64

    plain = (shown("第一章 总论", 60, 700, 18) + shown(BODY, 60, 660)).encode()
    if name == "ASCIIHexDecode":
        raw = plain.hex().encode() + b">"
    elif name == "ASCII85Decode":
        raw = base64.a85encode(plain) + b"~>"
    elif name == "RunLengthDecode":
        raw = b"".join(bytes([len(part) - 1]) + part for part in (plain[at : at + 100] for at in range(0, len(plain), 100))) + b"\x80"
    else:
        bits = "".join(f"{256:09b}" + "".join(f"{byte:09b}" for byte in plain[at : at + 200]) for at in range(0, len(plain), 200)) + f"{257:09b}"
        raw = int(bits.ljust(-(-len(bits) // 8) * 8, "0"), 2).to_bytes(-(-len(bits) // 8))
    body = b"<</Length %d/Filter/%s>>\nstream\n" % (len(raw), name.encode()) + raw + b"\nendstream"
    page = b"<</Type/Page/Contents 5 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>"
    data = pdf([CATALOG, b"<</Type/Pages/Kids[4 0 R]>>", GB_FONT, page, body])
    assert headings(data) == [(1, "第一章 总论")]


def test_a_file_without_text_is_not_called_empty() -> None:
    found = refused(one_font(["1 0 0 1 10 10 cm 0 0 m 100 100 l S " * 30]))
    assert found.trouble is Trouble.UNSUPPORTED
    assert "曲线" in found.what


def test_what_cannot_be_followed_is_not_called_damaged() -> None:
    for data in (b"%PDF-1.7", b"%PDF-1.4\nscanned", b"abc"):
        assert refused(data).trouble is Trouble.UNSUPPORTED


def test_what_follows_a_packed_stream_is_passed_over() -> None:
    import zlib

    packed_page = zlib.compress(shown("第一章 总论", 60, 700, 18).encode() + shown(BODY, 60, 660).encode() * 4_000)
    body = b"<</Length %d/Filter/FlateDecode>>\nstream\n" % (len(packed_page) + 4) + packed_page + b"abcd\nendstream"
    page = b"<</Type/Page/Contents 5 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>>>>>"
    assert headings(pdf([CATALOG, b"<</Type/Pages/Kids[4 0 R]>>", GB_FONT, page, body]))
