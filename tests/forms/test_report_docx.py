"""Compiled reports: the chapters of a project in Word, with the tables of its own data, and what is refused."""

from __future__ import annotations

import io
import re
import shutil
import struct
import zlib
from typing import TYPE_CHECKING

import docx
import pytest
from places import SAMPLES
from typer.testing import CliRunner

from govit.cli.commands import app
from govit.documents.names import find_chapter
from govit.documents.reader import read

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

CHAPTERS = """\
# 可行性研究报告

## 第一章 总论

项目由本单位建设。

### 1.1 概况

1. 甲
2. 乙

## 第二章 数据资源共享分析篇（章）

见下表。

<!-- govit: 概算表 -->

## 第三章 网络安全保障篇（章）

![总体架构](图/架构.png)
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return project_in(tmp_path)


@pytest.fixture(scope="module")
def bytes_of_document(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The report of the project as it is, compiled once."""
    folder = tmp_path_factory.mktemp("compiled")
    compiled(project_in(folder), folder / "a.docx")
    return (folder / "a.docx").read_bytes()


@pytest.fixture
def document(bytes_of_document: bytes) -> Document:
    return docx.Document(io.BytesIO(bytes_of_document))


def project_in(place: Path) -> Path:
    """A sample project whose feasibility study is written in Markdown, with one picture."""
    shutil.copytree(SAMPLES / "lianyungang", place / "d")
    folder = place / "d" / "2026-road-inspection"
    (folder / "documents" / "可行性研究报告.md").write_text(CHAPTERS, encoding="utf-8")
    (folder / "documents" / "图").mkdir()
    (folder / "documents" / "图" / "架构.png").write_bytes(png(1200, 400))
    return folder


def png(wide: int, high: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", wide, high, 8, 0, 0, 0, 0)
    rows = b"".join(b"\0" + b"\xff" * wide for _ in range(high))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def run(project: Path, out: Path, *more: str) -> tuple[int, str]:
    arguments = ["render", "proposal", str(project), "--as-of=2026-11-20", "-o", str(out), *more]
    done = CliRunner().invoke(app, arguments)
    return done.exit_code, done.output


def compiled(project: Path, out: Path) -> Document:
    code, said = run(project, out)
    assert code == 0, said
    return docx.Document(str(out))


def test_chapters_are_numbered_by_their_styles_and_listed_in_the_contents(document: Document) -> None:
    styled = [(p.style.name, p.text) for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert styled[:4] == [
        ("Heading 1", "总论"),
        ("Heading 2", "概况"),
        ("Heading 1", "数据资源共享分析篇（章）"),
        ("Heading 1", "网络安全保障篇（章）"),
    ]
    entries = [p.text for p in document.paragraphs if p.style.name.startswith("toc")]
    assert entries[:3] == ["一、总论\t1", "（一）概况\t1", "二、数据资源共享分析篇（章）\t1"]
    assert 'w:dirty="true"' in document.element.xml


def test_what_is_compiled_reads_back_as_the_chapters_that_the_law_asks_for(project: Path, tmp_path: Path) -> None:
    compiled(project, tmp_path / "a.docx")
    content = read(tmp_path / "a.docx").content
    assert content is not None
    assert find_chapter(content, "数据资源共享分析").state.name == "FOUND"
    assert find_chapter(content, "网络安全保障").state.name == "FOUND"


def test_the_budget_stands_where_it_is_asked_for_and_nowhere_else(document: Document) -> None:
    text = [p.text for p in document.paragraphs]
    assert text.index("见下表。") < next(n for n, row in enumerate(text) if "投资概算表" in row) < text.index("附表")
    assert sum("投资概算表" in row for row in text) == 1
    table = next(t for t in document.tables if t.rows[0].cells[1].text == "费用名称")
    assert [cell.text for cell in table.rows[-1].cells][1:4] == ["合计", "", "356.20"]


def test_rows_do_not_split_and_headers_repeat(document: Document) -> None:
    for table in document.tables:
        assert table.rows[0]._tr.trPr.xpath("w:tblHeader")
        assert all(row._tr.trPr.xpath("w:cantSplit") for row in table.rows)


def test_a_picture_is_never_wider_than_the_text(document: Document) -> None:
    (picture,) = document.inline_shapes
    section = document.sections[-1]
    assert picture.width <= section.page_width - section.left_margin - section.right_margin
    assert abs(picture.width / picture.height - 3) < 0.01
    assert "图1　总体架构" in [p.text for p in document.paragraphs]


def test_the_title_page_and_no_tag_or_mark_is_left(document: Document) -> None:
    assert [p.text for p in document.paragraphs[:2]] == ["连云港市市政道路智能巡检平台", "可行性研究报告"]
    assert not re.search(r"\{\{|\{%|〔各章|〔目录", document.element.xml)


def test_the_same_input_gives_the_same_bytes(project: Path, tmp_path: Path) -> None:
    for name in ("a.docx", "b.docx"):
        compiled(project, tmp_path / name)
    assert (tmp_path / "a.docx").read_bytes() == (tmp_path / "b.docx").read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("项目由本单位建设。", "", ""),
        ("见下表。\n\n<!-- govit: 概算表 -->", "<!-- 这里写共享分析 -->", "“数据资源共享分析篇（章）”下面没有内容"),
        ("概算表", "概算标", "没有“概算标”这张表"),
        ("图/架构.png", "图/没有.png", "找不到文件"),
        ("图/架构.png", "../../project.yaml", "不在项目文件夹内"),
        ("图/架构.png", "可行性研究报告.md", "图片不是 png"),
    ],
)
def test_what_is_missing_is_refused_with_its_line(project: Path, tmp_path: Path, old: str, new: str, said: str) -> None:
    path = project / "documents" / "可行性研究报告.md"
    path.write_text(CHAPTERS.replace(old, new), encoding="utf-8")
    code, output = run(project, tmp_path / "a.docx")
    assert code == (1 if said else 0), output
    assert said in output
    assert (tmp_path / "a.docx").exists() is not bool(said)
    if said:
        assert re.search(r"可行性研究报告\.md:\d+", output)
        assert run(project, tmp_path / "a.docx", "--draft")[0] == 0


def test_a_draft_marks_the_chapters_to_be_written(project: Path, tmp_path: Path) -> None:
    path = project / "documents" / "可行性研究报告.md"
    path.write_text(CHAPTERS.replace("见下表。\n\n<!-- govit: 概算表 -->", ""), encoding="utf-8")
    run(project, tmp_path / "a.docx", "--draft")
    text = [p.text for p in docx.Document(str(tmp_path / "a.docx")).paragraphs]
    assert text[text.index("数据资源共享分析篇（章）") + 1] == "（待填：数据资源共享分析篇（章））"


def test_text_that_looks_like_a_template_or_xml_stays_text(project: Path, tmp_path: Path) -> None:
    strange = "{{ project.name }} {% raw %} <w:p> &amp; =HYPERLINK(1) \x07 😀"
    path = project / "documents" / "可行性研究报告.md"
    path.write_text(CHAPTERS.replace("项目由本单位建设。", strange.replace("<", "\\<")), encoding="utf-8")
    document = compiled(project, tmp_path / "a.docx")
    assert any("{{ project.name }} {% raw %} <w:p> & =HYPERLINK(1)  😀" in p.text for p in document.paragraphs)


def test_a_kind_that_the_regulation_does_not_know_is_refused(project: Path, tmp_path: Path) -> None:
    code, said = run(project, tmp_path / "a.docx", "--for", "招股书")
    assert code == 2
    assert "可以编成：可行性研究报告" in said


def test_without_chapters_it_says_where_to_write_them(tmp_path: Path) -> None:
    code, said = run(SAMPLES / "taizhou" / "2025-home-care", tmp_path / "a.docx")
    assert code == 1
    assert "documents/建设方案.md" in said
    assert "已有成稿 documents/建设方案.docx" in said


def test_the_title_page_names_author_and_date_of_the_document(tmp_path: Path) -> None:
    document = compiled(SAMPLES / "lianyungang" / "2026-manhole-safety", tmp_path / "a.docx")
    shown = [p.text for p in document.paragraphs[:6]]
    assert shown[4:] == ["编制单位：江苏示例工程咨询有限公司", "2025年12月22日"]
    document = compiled(SAMPLES / "lianyungang" / "2027-smart-parking", tmp_path / "b.docx")
    assert document.paragraphs[4].text == "2026年11月6日"


def test_a_picture_and_every_table_say_what_they_are(document: Document) -> None:
    (described,) = document.element.body.xpath("//wp:docPr/@descr")
    assert described == "总体架构"
    captions = document.element.body.xpath("//w:tbl/w:tblPr/w:tblCaption/@w:val")
    assert len(captions) == len(document.tables)
    assert captions[0] == "投资概算表"


def test_a_table_that_the_author_has_is_not_printed_again(project: Path, tmp_path: Path) -> None:
    study = project / "documents" / "可行性研究报告.md"
    shutil.copy(SAMPLES / "lianyungang" / "2026-road-inspection" / "documents" / "可行性研究报告.md", study)
    text = [p.text for p in compiled(project, tmp_path / "a.docx").paragraphs]
    assert not any("投资概算表" in row for row in text)
    study.write_text(
        study.read_text("utf-8").replace("| 软件开发费 | 38.00 |", "| 软件开发费 | 39.00 |"), encoding="utf-8"
    )
    text = [p.text for p in compiled(project, tmp_path / "b.docx").paragraphs]
    assert any("投资概算表" in row for row in text), "one that says otherwise does not stand for it"


def test_the_body_in_charge_is_left_blank_where_nobody_gave_it(project: Path, tmp_path: Path) -> None:
    unit = project.parent / "govit.yaml"
    unit.write_text(re.sub(r"(?m)^ *parent:.*\n", "", unit.read_text("utf-8")), encoding="utf-8")
    given = project / "project.yaml"
    given.write_text(re.sub(r"(?m)^ *parent:.*\n", "", given.read_text("utf-8")), encoding="utf-8")
    text = [p.text for p in compiled(project, tmp_path / "a.docx").paragraphs]
    assert "主管部门：" in text


def test_a_chapter_that_fills_pages_puts_the_next_one_on_its_page(project: Path, tmp_path: Path) -> None:
    long = "本项目由本单位建设。" * 40 + "\n\n"
    chapters = (
        f"# 可行性研究报告\n\n## 总论\n\n{long * 10}\n\n## 数据资源共享分析篇\n\n无。\n\n## 网络安全保障篇\n\n无。\n"
    )
    (project / "documents" / "可行性研究报告.md").write_text(chapters, encoding="utf-8")
    document = compiled(project, tmp_path / "a.docx")
    entries = [p.text for p in document.paragraphs if p.style.name.startswith("toc")]
    assert [entry.partition("\t")[2] for entry in entries[:3]] == ["1", "6", "6"]
