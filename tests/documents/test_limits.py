"""No file hurts: it is read or refused within counted limits, and whatever fails is that file's own answer."""

from __future__ import annotations

import struct
import time
import tracemalloc
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from govit.documents import headings, xmlguard
from govit.documents.appearance import MOST_FORMATS
from govit.documents.body import MOST_PARAGRAPHS
from govit.documents.candidates import _outer_run
from govit.documents.content import Trouble, Unreadable
from govit.documents.headings import LONGEST_PARAGRAPH
from govit.documents.inline import heading_text, measure
from govit.documents.markdown import LONGEST_LINE, MOST_CHARACTERS, MOST_CONTAINERS, read_markdown
from govit.documents.numbering import MOST_LEVELS
from govit.documents.reader import read
from govit.documents.styles import MOST_STYLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MEMORY = 100_000_000
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def refused(path: Path) -> tuple[Trouble | None, str]:
    reading = read(path)
    assert reading.content is None
    return reading.trouble, reading.detail


@pytest.mark.parametrize("inside", ["<x:y/>", '<w:p x:y="1"/>', "<w:sectPr><x:y/></w:sectPr>"])
def test_a_prefix_that_is_declared_nowhere_is_damage(word: Any, inside: str) -> None:
    """Word does not open such a file: what it holds besides is not to be taken for the whole of it."""
    trouble, detail = refused(word.write(word.p("甲") + inside))
    assert trouble is Trouble.DAMAGED
    assert "word/document.xml 用了没有声明的前缀 x" in detail
    declared = inside.replace("x:y", 'x:y xmlns:x="urn:x"', 1) if inside.startswith("<x") else ""
    assert read(word.write(word.p("甲") + declared)).content is not None


# three files that ended a whole run


def test_a_zip_that_needs_an_unheard_of_version_is_damaged(word: Any) -> None:
    path = word.write(word.p("甲"))
    data = bytearray(path.read_bytes())
    data[data.find(b"PK\1\2") + 6] = 255
    path.write_bytes(bytes(data))
    assert refused(path)[0] is Trouble.DAMAGED


def test_a_zip64_locator_that_points_beyond_the_file_is_damaged(word: Any) -> None:
    path = word.write(word.p("甲"))
    data = path.read_bytes()
    at = data.rfind(b"PK\5\6")
    path.write_bytes(data[:at] + struct.pack("<4sLQL", b"PK\6\7", 0, 2**64 - 1, 1) + data[at:])
    assert refused(path)[0] is Trouble.DAMAGED


@pytest.mark.parametrize(
    "styles",
    [
        '<a w:type="table"></w:style>',
        '<w:style w:type="table"></w:style>',
        '<w:style w:type="table" ',
        "</w:style>",
        "",
    ],
)
def test_styles_that_are_none_are_damaged(word: Any, styles: str) -> None:
    path = word.write(word.p("甲"), styles="")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    trouble, detail = refused(word.zip({**parts, "word/styles.xml": styles}))
    if styles.endswith("</w:style>") and styles.startswith("<w:style"):
        assert "styles.xml" in detail
    assert trouble is Trouble.DAMAGED


def test_a_failure_of_the_reader_is_the_answer_for_that_file(word: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        message = "机密的正文"
        raise IndexError(message)

    monkeypatch.setattr(headings, "choose", fail)
    trouble, detail = refused(word.write(word.p("甲")))
    assert trouble is Trouble.FAULT
    assert "IndexError test_limits.py:" in detail
    assert "维护者" in detail
    assert "正文" not in detail
    monkeypatch.undo()
    assert read(word.write(word.p("甲"))).trouble is None


# what is counted


@pytest.fixture
def few_tags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xmlguard.XmlAllowance.__init__, "__defaults__", (2_000,))


TAGS = ["<w:r/>", "<w:tab/>", "<x/>", "<w:sdt></w:sdt>", "<w:drawing/>", '<w:fldChar w:fldCharType="begin"/>']


@pytest.mark.usefixtures("few_tags")
@pytest.mark.parametrize("tag", TAGS)
@pytest.mark.parametrize("around", ["<w:p><w:r>{}</w:r></w:p>", "<w:p><w:pPrChange>{}</w:pPrChange></w:p>"])
def test_tags_of_every_kind_are_counted(word: Any, tag: str, around: str) -> None:
    assert read(word.write(around.format(tag * 500))).content is not None
    trouble, detail = refused(word.write(around.format(tag * 2_001)))
    assert trouble is Trouble.HUGE
    assert "元素太多" in detail


@pytest.mark.usefixtures("few_tags")
def test_the_tags_of_all_parts_are_counted_together(word: Any) -> None:
    header = f"<w:hdr {W}>{'<w:r/>' * 700}</w:hdr>"
    parts = {f"word/header{at}.xml": header for at in range(4)}
    assert refused(word.write(word.p("甲"), parts=parts))[0] is Trouble.HUGE
    assert read(word.write(word.p("甲"), parts=dict(list(parts.items())[:2]))).content is not None


@pytest.mark.parametrize(
    "body",
    [
        '<w:p w:x="{}"/>'.format("a" * 1_200_000),
        '<w:p w:x="{}"/>'.format(">" * 1_200_000),
        "<w:p {}/>".format(" ".join(f'a{at}=""' for at in range(150_000))),
        "<!--{}-->".format("a" * 1_200_000),
        "<?x {}?>".format("a" * 1_200_000),
        "<{0}></{0}>".format("a" * 1_200_000),
    ],
    ids=["attribute", "attribute of >", "attributes", "comment", "instruction", "name"],
)
def test_one_endless_token_is_refused_before_it_is_kept(word: Any, body: str) -> None:
    trouble, detail = refused(word.write(body))
    assert trouble is Trouble.HUGE
    assert "1 MB" in detail


def test_endless_text_is_refused(word: Any) -> None:
    for text in ("甲" * 5_000_001, "<![CDATA[" + "甲" * 5_000_001 + "]]>"):
        trouble, detail = refused(word.write(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"))
        assert trouble is Trouble.HUGE
        assert "500 万字" in detail


def test_a_line_that_a_break_ends_counts_like_a_paragraph(word: Any) -> None:
    line = "<w:t>甲</w:t><w:br/>"
    trouble, detail = refused(word.write(f"<w:p><w:r>{line * (MOST_PARAGRAPHS + 1)}</w:r></w:p>"))
    assert trouble is Trouble.HUGE
    assert f"{MOST_PARAGRAPHS} 个段落" in detail
    assert read(word.write(f"<w:p><w:r>{line * 300}</w:r></w:p>")).content is not None


@pytest.mark.usefixtures("few_tags")
def test_a_line_with_a_number_costs_more_than_its_tags(word: Any) -> None:
    assert read(word.write(word.p("甲") * 70)).content is not None
    assert read(word.write(word.p("1.甲") * 40)).content is not None
    assert refused(word.write(word.p("1.甲") * 70))[0] is Trouble.HUGE


def test_a_paragraph_without_end_is_refused(word: Any) -> None:
    text = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
    trouble, detail = refused(word.write(text.format("甲 " * (LONGEST_PARAGRAPH // 2 + 1))))
    assert trouble is Trouble.HUGE
    assert "一个段落超过 100 万字" in detail
    assert read(word.write(text.format("甲 " * 100_000))).content is not None


SECONDS = 4.0
"""Of the processor: several times what it takes, for machines that are busy."""
PIECE = "<w:t>甲</w:t>"
UNFILLED = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:p><w:r>{}</w:r></w:p></w:sdtContent></w:sdt>"
LARGEST = {
    "pieces of a prompt": lambda: UNFILLED.format(PIECE * 490_000),
    "numbered lines": lambda: "<w:p><w:r><w:t>1.甲乙，丙</w:t></w:r></w:p>" * 31_000,
    "places to fill in": lambda: "<w:p><w:r><w:t>（此处填写xxxx）</w:t></w:r></w:p>" * 49_900,
    "broken lines": lambda: f"<w:p><w:r>{'<w:t>1.甲</w:t><w:br/>' * 199}</w:r></w:p>" * 150,
    "tabs": lambda: f"<w:p><w:r>{'<w:tab/>' * 999_000}</w:r></w:p>",
    "numbers before numbers": lambda: f"<w:p><w:r><w:t>{'一、' * 120}甲</w:t></w:r></w:p>" * 19_000,
}


@pytest.mark.parametrize("name", LARGEST)
def test_the_largest_files_that_are_read_take_about_a_second(word: Any, name: str) -> None:
    path = word.write(LARGEST[name]())
    begun = time.process_time()
    content = read(path).content
    assert time.process_time() - begun < SECONDS
    assert content is not None


def test_too_many_styles_lists_looks_and_relations_are_refused(word: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govit.documents.styles.MOST_STYLES", 30)
    assert "样式" in refused(word.write("<w:p/>", styles="".join(map(STYLE.format, range(31)))))[1]
    monkeypatch.setattr("govit.documents.numbering.MOST_LEVELS", 80)
    assert "编号列表" in refused(word.write("<w:p/>", numbering=lists(9)))[1]
    monkeypatch.setattr("govit.documents.numbering.MOST_LEVELS", 90)
    monkeypatch.setattr("govit.documents.numbering.MOST_LISTS", 7)
    assert "编号列表" in refused(word.write("<w:p/>", numbering=lists(9)))[1]
    monkeypatch.setattr("govit.documents.appearance.MOST_FORMATS", 50)
    runs = "".join(f'<w:r><w:rPr><w:sz w:val="{at}"/></w:rPr><w:t>甲</w:t></w:r>' for at in range(60))
    assert "文字格式" in refused(word.write(f"<w:p>{runs}</w:p>"))[1]
    monkeypatch.setattr("govit.documents.parts.MOST_RELATIONS", 5)
    headers = {f"word/header{at}.xml": f"<w:hdr {W}/>" for at in range(6)}
    assert "关系" in refused(word.write("<w:p/>", parts=headers))[1]


def test_a_large_styles_part_is_refused(word: Any) -> None:
    table = '<w:style w:type="table" w:styleId="t"><w:name w:val="x"/></w:style>'
    trouble, detail = refused(word.write("<w:p/>", styles=table * 310_000))
    assert trouble is Trouble.HUGE
    assert "20 MB" in detail


# what it costs


def lists(count: int) -> str:
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1"/></w:lvl>'
        for at in range(9)
    )
    return "".join(
        f'<w:abstractNum w:abstractNumId="{at}">{levels}</w:abstractNum>'
        f'<w:num w:numId="{at}"><w:abstractNumId w:val="{at}"/></w:num>'
        for at in range(count)
    )


DELETED = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr><w:r><w:t>甲</w:t></w:r></w:p>'
STYLE = '<w:style w:type="paragraph" w:styleId="s{0}"><w:name w:val="n{0}"/></w:style>'
SIZED = '<w:r><w:rPr><w:sz w:val="{}"/></w:rPr><w:t>甲</w:t></w:r>'
CELL = "<w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc>"
PART = 20
"""Measured is one twentieth of what is let through; the whole costs twenty times as much."""
COSTLY: dict[str, Callable[[], tuple[str, dict[str, str]]]] = {
    "paragraphs": lambda: ("<w:p><w:r><w:t>甲乙</w:t></w:r></w:p>" * (MOST_PARAGRAPHS // PART), {}),
    "numbered lines": lambda: (
        "".join(f"<w:p><w:r><w:t>{at}. 甲</w:t></w:r></w:p>" for at in range(MOST_PARAGRAPHS // PART)),
        {},
    ),
    "cells": lambda: (f"<w:tbl><w:tr>{CELL * (MOST_PARAGRAPHS // PART)}</w:tr></w:tbl>", {}),
    "deleted marks": lambda: (DELETED * (MOST_PARAGRAPHS // PART), {}),
    "texts": lambda: (f"<w:p><w:r>{'<w:t>甲乙</w:t>' * (xmlguard.MOST_TAGS // 2 // PART)}</w:r></w:p>", {}),
    "looks": lambda: (f"<w:p>{''.join(map(SIZED.format, range(MOST_FORMATS // PART)))}</w:p>", {}),
    "styles": lambda: ("<w:p/>", {"styles": "".join(map(STYLE.format, range(MOST_STYLES // PART)))}),
    "lists": lambda: ("<w:p/>", {"numbering": lists(MOST_LEVELS // 9 // PART)}),
}


@pytest.fixture
def traced() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


@pytest.mark.usefixtures("traced")
@pytest.mark.parametrize("name", COSTLY)
def test_the_largest_files_that_are_read_stay_within_memory(word: Any, name: str) -> None:
    body, parts = COSTLY[name]()
    path, small = word.write(body, **parts), word.write("<w:p/>", styles="", numbering="")
    del body
    assert read(small).content is not None
    tracemalloc.reset_peak()
    before = tracemalloc.get_traced_memory()[0]
    assert read(path).content is not None
    fixed = 2 * 65_536 + len(parts.get("numbering", "")) + 2 * len(parts.get("styles", ""))
    assert (tracemalloc.get_traced_memory()[1] - before - fixed) * PART < MEMORY


def test_joined_paragraphs_keep_their_text_without_copies(word: Any) -> None:
    content = word.content(DELETED * 20_000 + word.p("乙"))
    assert content.length == 20_001


def test_a_label_is_counted_once_however_many_places_its_pattern_has(word: Any) -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/>'
        f'<w:lvlText w:val="{"%1" * 30}"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/></w:style>'
    listed = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    (heading,) = word.headings(word.p("甲", "1", properties=listed), styles=styles, numbering=numbering)
    assert heading.text.startswith("a" * 9 + "%1")


# templates


@pytest.mark.parametrize("suffix", ["dotx", "dotm", "dot", "wpt", "DOTX"])
def test_a_template_is_named_as_one(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"可行性研究报告.{suffix}"
    path.write_bytes(b"PK\3\4")
    trouble, detail = refused(path)
    assert trouble is Trouble.UNSUPPORTED
    assert f"模板（{suffix.lower()}）" in detail


@pytest.mark.parametrize("kind", ["template.main+xml", "template.macroEnabledTemplate.main+xml", "document.main+xml"])
def test_a_template_under_the_name_of_a_document_is_named_as_one(word: Any, kind: str) -> None:
    start = (
        "application/vnd.ms-word"
        if "macro" in kind
        else "application/vnd.openxmlformats-officedocument.wordprocessingml"
    )
    types = f'<Types><Override PartName="/word/document.xml" ContentType="{start}.{kind}"/></Types>'
    reading = read(word.write(word.p("甲"), parts={"[Content_Types].xml": types}))
    if "emplate" in kind:
        assert reading.trouble is Trouble.UNSUPPORTED
        assert "模板" in reading.detail
    else:
        assert reading.content is not None


# Markdown


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("- " * 30 + "a\n", "列表项和引用"),
        ("甲" * 99 + "\n", "万字"),
    ],
)
def test_markdown_beyond_its_limits_is_refused(text: str, what: str) -> None:
    count = MOST_CONTAINERS // 30 + 1 if "-" in text else MOST_CHARACTERS // 99 + 1
    with pytest.raises(Unreadable) as refusal:
        read_markdown((text * count).encode())
    assert refusal.value.trouble is Trouble.HUGE
    assert what in refusal.value.detail


def test_a_line_that_no_person_wrote_is_content_and_no_more() -> None:
    picture = "![图](data:image/png;base64," + "A" * LONGEST_LINE + ")"
    content = read_markdown(f"# 甲\n\n{picture}\n\n# {'乙' * (LONGEST_LINE + 1)}\n".encode())
    assert [one.text for one in content.headings] == ["甲"]
    assert content.headings[0].length > LONGEST_LINE


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("总论 {#a}", "总论"),
        ("总论{.x .y}", "总论"),
        ("总论 {a}", "总论 {a}"),
        ("总论 {#a}}", "总论 {#a}}"),
        ("{#a}", ""),
        ("总论 }", "总论 }"),
        ("总论" + " " * 80_000 + "}", "总论 }"),
        ("总论 {#" + "a" * 300 + "}", "总论 {#" + "a" * 300 + "}"),
    ],
)
def test_a_pandoc_identifier_is_taken_off(raw: str, shown: str) -> None:
    assert heading_text(raw) == shown


def test_pictures_count_and_open_brackets_are_text() -> None:
    assert measure("![图](a.png) 甲 ![b][c]")[1] == 2
    assert measure("![" * 9)[1] == 0


def test_a_file_without_end_is_refused_before_it_is_counted_up(tmp_path: Path) -> None:
    for name in ("a.docx", "a.pdf", "a.md"):
        with (path := tmp_path / name).open("wb") as file:
            file.truncate(30_000_000_000)  # takes no room on the disk
        assert refused(path) == (Trouble.HUGE, "文件过大：30 GB，超过 1 GB，未读取。请核实文件是否正确；确需报送的，压缩图片或拆分后分别放入。")


def test_attributes_are_counted(word: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    many = "<w:x " + " ".join(f'a{n}=""' for n in range(500)) + "/>"
    assert read(word.write(word.p("甲") + many * 4)).trouble is None
    monkeypatch.setattr(xmlguard, "MOST_ATTRIBUTES", 1_900)
    trouble, detail = refused(word.write(word.p("甲") + many * 4))
    assert trouble is Trouble.HUGE
    assert "属性太多" in detail


def test_lines_that_all_begin_a_list_are_gone_through_once() -> None:
    """Each might have gone on from any before it: 19,000 took eleven seconds."""
    run = [(at, 1) for at in range(200_000)]
    begun = time.process_time()
    assert _outer_run(run) == [0]
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("values", "outer"),
    [
        ([1, 2, 3], [0, 1, 2]),
        ([1, 1, 2, 2], []),
        ([1, 1, 2, 3, 2], []),
        ([1, 2, 1, 2, 3, 3], []),
        ([1, 2, 1, 3], [0, 1, 3]),
        ([1, 2, 1, 2], [0, 1]),
        ([1, 3], []),
        ([2, 3, 1, 4], [0, 1, 3]),
        ([], []),
    ],
)
def test_the_run_that_goes_through(values: list[int], outer: list[int]) -> None:
    assert _outer_run(list(enumerate(values))) == outer


def test_more_numbered_lines_than_any_report_has_are_refused(word: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(headings, "MOST_NUMBERED", 30)
    assert read(word.write("".join(word.p(f"{at}.甲乙丙") for at in range(1, 31)))).trouble is None
    trouble, detail = refused(word.write("".join(word.p(f"{at}.甲乙丙") for at in range(1, 32))))
    assert trouble is Trouble.HUGE
    assert "超过 30 行带编号" in detail
