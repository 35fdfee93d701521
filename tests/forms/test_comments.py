"""Word comments: at the chapter concerned, in a copy, the original untouched."""

from __future__ import annotations

import hashlib
import sys
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from typer.testing import CliRunner

from govit.cli.commands import app
from govit.forms.word import comments
from govit.forms.zipped import packed, unpacked

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result
    from docx.document import Document

DAY = "--as-of=2024-06-03"


@pytest.fixture
def word(dossier: Path) -> Path:
    """The dossier's project with its one document in Word: a heading in a table's shadow, one empty chapter."""
    folder = dossier / "bridge"
    (folder / "方案书.md").unlink()
    document = docx.Document()
    document.add_paragraph("桥梁监测平台方案书")
    document.add_table(1, 1).cell(0, 0).text = "封面表格"
    document.add_heading("一、概述", 1)
    document.add_paragraph("监测全市桥梁。")
    document.add_heading("二、安全", 1)
    document.add_paragraph("待补充")
    document.save(str(folder / "方案书.docx"))
    project = (folder / "project.yaml").read_text(encoding="utf-8").replace("方案书.md", "方案书.docx")
    (folder / "project.yaml").write_text(project, encoding="utf-8")
    pack = dossier / "packs" / "small-2024.yaml"
    text = pack.read_text(encoding="utf-8")
    pack.write_text(
        text.rstrip("\n")
        + """
  - number: 第四条
    sentences:
      - text: 方案书应当有安全篇和投资篇。
        rules:
          - {id: SM-4-1, title: 应有安全篇, title_en: F, quote: 应当有安全篇, check: chapter, chapter: 安全,
             each: {documents: [方案书]}, stage: 申报, strength: must, hint: 写明安全措施}
          - {id: SM-4-2, title: 应有投资篇, title_en: G, quote: 和投资篇, check: chapter, chapter: 投资,
             each: {documents: [方案书]}, stage: 申报, strength: must}
""",
        encoding="utf-8",
    )
    return dossier


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, arguments), DAY])


def copied(dossier: Path, out: Path) -> Path:
    result = run(dossier, "--annotate", out)
    assert "已写批注" in result.stderr, result.output
    return next(out.rglob("*.docx"))


def anchored(path: Path) -> list[tuple[str, str]]:
    """Each comment's first line with the text of the paragraph that it stands at."""
    document = docx.Document(str(path))
    found = []
    for comment in document.comments:
        start = document.element.body.xpath(f'.//w:commentRangeStart[@w:id="{comment.comment_id}"]')[0]
        found.append((comment.text.split("\n")[0], Paragraph(start.getparent(), document).text))
    return found


def test_each_finding_stands_at_its_chapter(word: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("out")
    path = copied(word, out)
    assert path.name == "方案书（批注）.docx"
    comments = dict(anchored(path))
    assert comments["govit 自查（判断日 2024-06-03）：本文件有 2 处需要处理。"] == "桥梁监测平台方案书"
    assert next(at for text, at in comments.items() if "SM-4-1" in text) == "二、安全"


def test_the_original_is_only_read(word: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    original = word / "bridge" / "方案书.docx"
    before = hashlib.sha256(original.read_bytes()).hexdigest()
    copied(word, tmp_path_factory.mktemp("out"))
    assert hashlib.sha256(original.read_bytes()).hexdigest() == before
    assert sorted(p.name for p in original.parent.iterdir()) == ["project.yaml", "方案书.docx"]


def test_the_same_input_gives_the_same_bytes(word: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    first, second = (copied(word, tmp_path_factory.mktemp("out")).read_bytes() for _ in range(2))
    assert first == second


def test_a_copy_never_goes_into_a_project(word: Path) -> None:
    result = run(word, "--annotate", word / "bridge" / "批注")
    assert result.exit_code == 2
    assert "不能写进项目文件夹" in result.stderr


def test_without_word_documents_it_says_so(dossier: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    out = tmp_path_factory.mktemp("out")
    assert "没有需要批注的 Word 文件" in run(dossier, "--annotate", out).stderr
    assert not list(out.iterdir())


def test_a_damaged_document_is_named_with_the_reason(word: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    (word / "bridge" / "方案书.docx").write_bytes(b"PK\x03\x04broken")
    result = run(word, "--annotate", tmp_path_factory.mktemp("out"))
    assert "没有批注 bridge/方案书.docx：文件已损坏" in result.stderr
    assert result.exit_code == 1


# -- documents as they come ------------------------------------------------------------------------

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"


def altered(path: Path, part: str, old: str, new: str) -> None:
    """Replace a text in one part of a document."""
    parts = unpacked(path.read_bytes())
    text = parts[part].decode()
    assert old in text
    path.write_bytes(packed({**parts, part: text.replace(old, new, 1)}))


def test_a_document_with_macros_stays_one(word: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    document = word / "bridge" / "方案书.docx"
    macros = "application/vnd.ms-word.document.macroEnabled.main+xml"
    plain = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    altered(document, "[Content_Types].xml", plain, macros)
    parts = unpacked(copied(word, tmp_path_factory.mktemp("out")).read_bytes())
    assert macros in parts["[Content_Types].xml"].decode()
    assert "SM-4-1" in parts["word/comments.xml"].decode()


def test_a_document_that_word_would_not_write_is_named_with_the_reason(
    word: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    gone = '<Relationship Id="rId98" Type="http://example.invalid/x" Target="gone.xml"/></Relationships>'
    altered(word / "bridge" / "方案书.docx", "word/_rels/document.xml.rels", "</Relationships>", gone)
    result = run(word, "--annotate", tmp_path_factory.mktemp("out"))
    assert "没有批注 bridge/方案书.docx：文件的内部结构" in result.stderr
    assert result.exit_code == 1


def test_comments_stay_and_an_anchor_without_its_comment_takes_no_new_one(
    word: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = word / "bridge" / "方案书.docx"
    document = docx.Document(str(path))
    document.add_comment(document.paragraphs[0].runs, "领导批示", author="某人")
    document.save(str(path))
    lost = '<w:commentRangeStart w:id="1"/><w:commentRangeEnd w:id="1"/></w:p>'
    altered(path, "word/document.xml", "</w:p>", lost)
    copy = copied(word, tmp_path_factory.mktemp("out"))
    found = anchored(copy)
    assert ("领导批示", "桥梁监测平台方案书") in found
    assert len({comment.comment_id for comment in docx.Document(str(copy)).comments}) == len(found) == 4
    assert unpacked(copy.read_bytes())["word/document.xml"].decode().count('RangeStart w:id="1"') == 1


def test_of_two_forms_of_a_passage_the_first_is_counted(word: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    forms = (
        f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}"><mc:Choice Requires="w"><w:p/></mc:Choice>'
        "<mc:Fallback><w:p/><w:p/></mc:Fallback></mc:AlternateContent>"
    )
    path = word / "bridge" / "方案书.docx"
    parts = unpacked(path.read_bytes())
    body = parts["word/document.xml"].decode()
    first = body.index("<w:p>")
    moved = body[:first] + forms + body[first:]
    path.write_bytes(packed({**parts, "word/document.xml": moved}))
    comments = dict(anchored(copied(word, tmp_path_factory.mktemp("out"))))
    assert next(at for text, at in comments.items() if "SM-4-1" in text) == "二、安全"


@pytest.mark.parametrize(
    "body",
    [
        "<a/>",
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>',
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body/></w:document>',
    ],
)
def test_a_document_without_a_body_is_the_fault_of_that_document(
    word: Path, tmp_path_factory: pytest.TempPathFactory, body: str
) -> None:
    path = word / "bridge" / "方案书.docx"
    path.write_bytes(packed({**unpacked(path.read_bytes()), "word/document.xml": body.encode()}))
    out = tmp_path_factory.mktemp("out")
    result = run(word, "--annotate", out)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "没有批注 bridge/方案书.docx：" in result.stderr or list(out.rglob("*.docx"))


@pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")
@pytest.mark.parametrize("place", ["bridge", "bridge/方案书（批注）.docx"])
def test_a_copy_is_not_written_through_a_link(word: Path, tmp_path_factory: pytest.TempPathFactory, place: str) -> None:
    out, elsewhere = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("elsewhere")
    (out / place).parent.mkdir(exist_ok=True)
    (out / place).symlink_to(elsewhere / "a.docx" if place.endswith(".docx") else elsewhere)
    result = run(word, "--annotate", out)
    assert result.exit_code == 2
    assert "链接" in result.stderr
    assert not list(elsewhere.iterdir())


def test_a_copy_that_word_would_not_open_is_not_written(word: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = comments._comment

    def led_nowhere(document: Document, paragraph: Paragraph, *said: object) -> None:
        real(document, paragraph, *said)
        paragraph._p.append(paragraph._p.makeelement(qn("w:hyperlink"), {qn("r:id"): "rId999"}))

    monkeypatch.setattr(comments, "_comment", led_nowhere)
    result = run(word, "--annotate", word.parent / "out")
    assert "写了批注的副本 Word 打不开（正文里的引用 rId999 没有对应的部件）" in result.stderr
    assert not list((word.parent / "out").rglob("*.docx"))


def test_what_is_wrong_with_the_original_is_not_held_against_the_copy(word: Path) -> None:
    path = word / "bridge" / "方案书.docx"
    parts = unpacked(path.read_bytes())
    body = parts["word/document.xml"].replace(b"<w:sectPr", b'<w:p><w:hyperlink r:id="rId999"/></w:p><w:sectPr')
    path.write_bytes(packed({**parts, "word/document.xml": body}))
    assert copied(word, word.parent / "out").exists()
