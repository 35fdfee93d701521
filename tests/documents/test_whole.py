"""Files as programs write them: made with python-docx, read as a whole, compared with it."""

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from govit.documents.body import Story
from govit.documents.names import ChapterState, find_chapter
from govit.documents.reader import read
from govit.documents.styles import Styles

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document
    from docx.text.paragraph import Paragraph

    from govit.documents.paragraph import RunFormat


SENTENCE = "本项目按照应归尽归原则，向公共数据平台归集数据资源。"


def picture() -> io.BytesIO:
    """Draw the smallest PNG there is."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = struct.pack(">2L5B", 1, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0\0")
    parts = chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    return io.BytesIO(b"\x89PNG\r\n\x1a\n" + parts)


def bold(document: Document, text: str, size: int = 16) -> Paragraph:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.bold = True
    run.font.size = Pt(size)
    return paragraph


def contents(document: Document, *lines: str) -> None:
    """Write a contents field as Word does: begin and end in the first and last line."""
    for at, line in enumerate(lines):
        paragraph = document.add_paragraph()
        if at == 0:
            for kind, text in (("begin", None), (None, 'TOC \\o "1-3" \\h'), ("separate", None)):
                run = paragraph.add_run()._r
                element = OxmlElement("w:fldChar" if kind else "w:instrText")
                if kind:
                    element.set(qn("w:fldCharType"), kind)
                element.text = text
                run.append(element)
        paragraph.add_run(f"{line}\t{at + 1}")
        if at == len(lines) - 1:
            end = OxmlElement("w:fldChar")
            end.set(qn("w:fldCharType"), "end")
            paragraph.add_run()._r.append(end)


def feasibility_study(path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "秘密★5年"
    document.add_heading("智慧停车项目可行性研究报告", 0)
    document.add_paragraph("某市城市管理局")
    contents(document, "第一章 概述", "第二章 数据资源共享分析篇", "第三章 网络安全保障篇")
    document.add_heading("第一章 概述", 1)
    document.add_heading("1.1 项目名称", 2)
    document.add_paragraph("智慧停车项目")
    document.add_heading("第二章 数据资源共享分析篇（章）", 1)
    document.add_paragraph(SENTENCE)
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("序号", "数据资源", "1", "车位"), strict=True):
        cell.text = text
    document.add_picture(picture())
    bold(document, "第三章 网络安全保障篇")
    bold(document, "3.1 等级保护", 14)
    document.add_paragraph(SENTENCE)
    document.add_heading("第四章 投资估算", 1)
    document.add_paragraph("详见附件2。")
    document.save(str(path))


def test_a_feasibility_study_is_read_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "可行性研究报告.docx"
    feasibility_study(path)
    content = read(path).content
    assert content is not None
    length = len(SENTENCE)
    assert [(one.level, one.text, one.paragraph, one.length, one.placeholder) for one in content.headings] == [
        (1, "第一章 概述", 6, 6, None),
        (2, "1.1 项目名称", 7, 6, None),
        (1, "第二章 数据资源共享分析篇（章）", 9, length + 9 + 2, None),
        (1, "第三章 网络安全保障篇", 12, length, None),
        (2, "3.1 等级保护", 13, length, None),
        (1, "第四章 投资估算", 15, 0, "详见附件2。"),
    ]
    assert [(mark.where, mark.paragraph) for mark in content.marks] == [("页眉", None)]
    assert find_chapter(content, "数据资源共享分析").state is ChapterState.FOUND
    assert find_chapter(content, "网络安全保障").state is ChapterState.FOUND
    assert find_chapter(content, "投资估算").state is ChapterState.PLACEHOLDER
    assert find_chapter(content, "信息安全保障").state is ChapterState.NEAR


TEXTS = st.text("甲乙 a1。", min_size=1, max_size=8).filter(lambda text: "。。。" not in text)
"""Three and more in a row are the leaders of a typed table of contents, which is no heading whatever its style."""
BLOCKS = st.lists(st.tuples(st.integers(0, 4), TEXTS, st.booleans()), max_size=10)


@given(BLOCKS)
@settings(max_examples=25)
def test_headings_and_places_are_those_of_python_docx(
    tmp_path_factory: object, blocks: list[tuple[int, str, bool]]
) -> None:
    document = docx.Document()
    for level, text, in_table in blocks:
        if level:
            document.add_heading(text, level)
            document.add_paragraph(SENTENCE)
        elif in_table:
            document.add_table(1, 1)._cells[0].text = text
        else:
            document.add_paragraph(text)
    path = tmp_path_factory.mktemp("docx") / "a.docx"
    document.save(str(path))
    expected = [
        (int((one.style.name or "")[-1]), " ".join(one.text.split()), at)
        for at, one in enumerate(document.paragraphs, 1)
        if one.style is not None and (one.style.name or "").startswith("Heading") and one.text.strip()
    ]
    content = read(path).content
    assert content is not None
    assert [(one.level, one.text, one.paragraph) for one in content.headings] == expected


RUNS = st.lists(
    st.tuples(
        st.sampled_from(
            [
                "",
                "<w:b/>",
                '<w:b w:val="0"/>',
                '<w:b/><w:sz w:val="32"/>',
                "<w:vanish/>",
                '<w:rFonts w:eastAsia="黑体"/>',
                '<w:rStyle w:val="x"/>',
                "<w:b></w:b>",
                '<w:rPrChange w:id="1"><w:rPr><w:vanish/></w:rPr></w:rPrChange>',
                "<!-- <w:b/> -->",
                "<!-- <w:r><w:rPr><w:b/></w:rPr> -->",
                "<?x <w:r><w:rPr><w:b/></w:rPr>?>",
                "<w:i/>",
            ]
        ),
        st.sampled_from(["甲", "乙丙", " ", "<![CDATA[<w:r><w:rPr><w:b/></w:rPr>]]>"]),
        st.sampled_from(["", ' w:rsidR="00AB"']),
    ),
    max_size=12,
)
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@given(RUNS, st.integers(1, 400))
@settings(max_examples=200)
def test_naming_looks_changes_nothing(runs: list[tuple[str, str, str]], chunk: int) -> None:
    def paragraphs(rows: list[str], size: int) -> list[tuple[str, str, dict[RunFormat, int]]]:
        data = f"<w:document {W}><w:body>{''.join(rows)}</w:body></w:document>".encode()
        chunks = [data[at : at + size] for at in range(0, len(data), size)]
        return [("".join(one.text), "".join(one.unseen), one.formats) for one in Story("x", Styles()).read(chunks)]

    rows = [
        f"<w:p><w:r{attribute}><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r></w:p>" for look, text, attribute in runs
    ]
    unnamed = ["<!-- -->", *rows]
    assert paragraphs(rows, chunk) == paragraphs(rows, 10**6) == paragraphs(unnamed, 10**6)
