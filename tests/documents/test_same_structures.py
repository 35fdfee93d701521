"""The same report has the same outline in every format: each skeleton as LibreOffice saves it, and in Markdown.

The saved files stand in files/structures.tar.xz; GOVIT_SNAPSHOTS=write saves them anew, where LibreOffice is here.
"""

from __future__ import annotations

import io
import os
import tarfile
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from word_structures import STRUCTURES, TEXT, TYPES, build, heading_styles

from govit.documents.markdown import read_markdown
from govit.documents.names import unnumbered
from govit.documents.odt import read_odt
from govit.documents.oldword.read import read_old_word
from govit.documents.rtf import read_rtf

if TYPE_CHECKING:
    from collections.abc import Callable

    from word_structures import Structure

    from govit.documents.content import Content

SAVED = Path(__file__).parent / "files" / "structures.tar.xz"
READERS = {"rtf": read_rtf, "doc": read_old_word, "odt": read_odt}
PARTS_OF_ODT = ("content.xml", "styles.xml")
"""All that a reader of its text looks into; the rest of an odt is left out of the archive."""
LOST = {
    ("a multi-level list linked to the styles", "doc"),
    ("bold paragraphs in a list", "doc"),
    ("bold paragraphs in a list", "rtf"),
    ("bold paragraphs in a list", "odt"),
}
"""LibreOffice does not write 正规编号 into a doc or rtf; an odt leaves automatic numbers to the program that shows it."""


def outline(content: Content, *, numbered: bool = True) -> list[tuple[int, str]]:
    return [(one.level, one.text if numbered else unnumbered(one.text)) for one in content.headings]


@cache
def archive() -> dict[str, bytes]:
    """Every saved file; those of one format lie together, since they are much alike."""
    with tarfile.open(SAVED) as files:
        return {one.name: held.read() for one in files if (held := files.extractfile(one)) is not None}


def saved(name: str, suffix: str) -> bytes:
    if suffix != "odt":
        return archive()[f"{name}.{suffix}"]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as odt:
        for part in PARTS_OF_ODT:
            odt.writestr(part, archive()[f"{name}.odt/{part}"])
    return made.getvalue()


@pytest.mark.xdist_group("soffice")
@pytest.mark.skipif(os.environ.get("GOVIT_SNAPSHOTS") != "write", reason="the archive is written only when it is asked for")
def test_the_archive_is_written(word: Any, tmp_path: Path, soffice: Callable[..., None]) -> None:
    made = {
        name: word.write(build(one.lines), styles=one.styles, numbering=one.numbering, parts={"[Content_Types].xml": TYPES})
        for name, one in STRUCTURES.items()
    }
    files: dict[str, bytes] = {}
    for suffix in READERS:
        soffice(suffix, tmp_path / suffix, *made.values())
        for name, path in made.items():
            data = (tmp_path / suffix / f"{path.stem}.{suffix}").read_bytes()
            if suffix != "odt":
                files[f"{name}.{suffix}"] = data
                continue
            with zipfile.ZipFile(io.BytesIO(data)) as odt:
                files |= {f"{name}.odt/{part}": odt.read(part) for part in PARTS_OF_ODT}
    with tarfile.open(SAVED, "w:xz", preset=9) as tar:
        for name in sorted(files, key=lambda name: (name.rpartition(".odt/")[2] if ".odt/" in name else name[-3:], name)):
            entry = tarfile.TarInfo(name)
            entry.size = len(files[name])
            tar.addfile(entry, io.BytesIO(files[name]))


@pytest.mark.parametrize("suffix", READERS)
@pytest.mark.parametrize("name", STRUCTURES)
def test_a_structure_has_its_outline_in_every_format(name: str, suffix: str) -> None:
    data, structure = saved(name, suffix), STRUCTURES[name]
    content = READERS[suffix](io.BytesIO(data), len(data))
    # automatic numbers: an odt has none in its text, an rtf those of the program that saved it
    numbered = structure.numbering is None or suffix == "doc"
    expected = [(level, text if numbered else unnumbered(text)) for level, text in structure.expected]
    assert (outline(content, numbered=numbered) == expected) is ((name, suffix) not in LOST)


# -- Markdown ------------------------------------------------------------------------------------------

SAYS_ITSELF = {
    "a table of contents with heading styles, as converters write it", "one style for every heading",
    "one style for chapters and points of one pattern", "a heading style for emphasis", "an annex with chapters of its own",
    "parts with chapters that start again", "two annexes behind the chapters", "number and name in two paragraphs of 标题 1",
}  # fmt: skip
"""In Markdown # and ## are typed by a person: what they say is the outline, also where numbers say otherwise."""
BESIDE_SIGNS = {
    "styled chapters with bold points that start again", "one chapter without its style", "one plain chapter in a gap of the run",
    "a bold point that goes on with a plain list", "chapters typed above styled sections",
}  # fmt: skip
"""Where a file has headings with #, what has none is no heading."""
OF_A_LOOK = {
    "points that count up to the next chapter's number", "points smaller than sections, right below a chapter",
    "a contents of two lines and a foreword", "a contents title above the first chapter, which comes again",
    "a typed annex with chapters of its own", "a regulation annexed to a report of another numbering",
    "chapters that only bear a name", "number and name in two bold lines",
}  # fmt: skip
"""Told by the size of letters or by lines without a number, which Markdown does not have."""


def in_markdown(structure: Structure) -> str | None:
    """A skeleton as Markdown; None if Markdown cannot say it."""
    if structure.numbering is not None or structure.styles != heading_styles():
        return None
    blocks = []
    for line in structure.lines.strip("\n").split("\n"):
        sign, _, text = line.strip().partition(" ")
        if sign in ("t", "p"):
            blocks.append(text or TEXT)
        elif sign[0] in "hb" and sign[1:].isdecimal():
            blocks.append(f"{'#' * int(sign[1:])} {text}" if sign[0] == "h" else f"**{text}**")
        elif sign == "row":
            blocks.append(f"|{text}|\n|{'---|' * len(text.split('|'))}")
        else:
            return None
    return "\n\n".join(blocks) + "\n"


MARKDOWN = {name: text for name, one in STRUCTURES.items() if (text := in_markdown(one)) is not None}


@pytest.mark.parametrize("name", MARKDOWN)
def test_a_structure_that_markdown_can_say_has_its_outline(name: str) -> None:
    same = outline(read_markdown(MARKDOWN[name].encode())) == STRUCTURES[name].expected
    assert same is (name not in SAYS_ITSELF | BESIDE_SIGNS | OF_A_LOOK)


def test_most_structures_that_markdown_can_say_are_the_same() -> None:
    others = SAYS_ITSELF | BESIDE_SIGNS | OF_A_LOOK
    assert others <= set(MARKDOWN)
    assert len(MARKDOWN) - len(others) >= 50


CHAPTERS = "1. 总论\n\n{0}\n\n2. 数据资源共享分析\n\n{0}\n\n3. 网络安全保障\n\n{0}\n"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (CHAPTERS.format(TEXT), ["1. 总论", "2. 数据资源共享分析", "3. 网络安全保障"]),
        (CHAPTERS.format(f"   {TEXT}"), ["1. 总论", "2. 数据资源共享分析", "3. 网络安全保障"]),  # the text in the items
        (CHAPTERS.format(TEXT).replace(". ", ") "), []),  # no chapters of a Word file without any formatting either
        (f"# 某平台方案\n\n{CHAPTERS.format(TEXT)}", ["某平台方案", "1. 总论", "2. 数据资源共享分析", "3. 网络安全保障"]),
        (f"1. **总论**\n\n{TEXT}\n\n2. **网络安全保障**\n\n{TEXT}\n", ["1. 总论", "2. 网络安全保障"]),
        ("1. 总论\n2. 数据资源共享分析\n3. 网络安全保障\n", []),  # a list, and nothing below its lines
        (f"- 1. 总论\n\n{TEXT}\n\n- 2. 网络安全保障\n\n{TEXT}\n", []),
        (f"> 1. 总论\n>\n> {TEXT}\n>\n> 2. 网络安全保障\n", []),
        (f"# 甲\n\n# 乙\n\n{CHAPTERS.format(TEXT)}", ["甲", "乙"]),
        (f"# 第一章 总论\n\n{CHAPTERS.format(TEXT)}", ["第一章 总论"]),
    ],
)
def test_an_ordered_list_whose_items_have_text_below_them_is_an_outline(text: str, expected: list[str]) -> None:
    assert [heading for _, heading in outline(read_markdown(text.encode()))] == expected
