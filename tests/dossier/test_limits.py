"""The limits that `govit help dossier` names are those by which files are refused."""

from __future__ import annotations

import pytest
from places import ROOT

from govit.base import files
from govit.cli import from_files
from govit.documents import allowance, body, markdown, odt, package, reader, rtf
from govit.documents.ofd import page as ofd
from govit.documents.ofd import parts as ofd_parts
from govit.documents.oldword import story as old_word
from govit.documents.pdf import limits as pdf
from govit.dossier import tree as dossier
from govit.forms import templates
from govit.importing import book
from govit.yamltext import nodes, tree


def million(characters: int, language: str) -> str:
    return f"{characters // 10_000} 万字" if language == "zh" else f"{characters:,} characters"


def rows(language: str) -> list[tuple[str, ...]]:
    """Each line of the table: the figures that stand in it."""
    mb = 1_000_000
    paragraphs = f"{body.MOST_PARAGRAPHS:,}"
    for one in (old_word, rtf, odt):
        assert (one.MOST_CHARACTERS, one.MOST_PARAGRAPHS) == (body.MOST_CHARACTERS, body.MOST_PARAGRAPHS)
    return [
        (f"{dossier.MAX_FILES:,}", f"{files.LARGEST_FILE // mb:,} MB"),
        (f"{tree.MAX_BYTES // mb} MB", f"{nodes.MAX_VALUES:,}", f"{nodes.MAX_DEPTH}"),
        (f"{package.LARGEST_TOTAL // mb} MB", million(body.MOST_CHARACTERS, language), paragraphs),
        (million(old_word.MOST_CHARACTERS, language), f"{rtf.LARGEST // mb} MB"),
        (f"{pdf.MOST_PAGES:,}", million(pdf.MOST_GLYPHS, language)),
        (f"{ofd_parts.MOST_PAGES:,}", million(ofd.MOST_CHARACTERS, language)),
        (f"{reader.LARGEST_TEXT // mb} MB", million(markdown.MOST_CHARACTERS, language)),
        (f"{book.MOST_BYTES // mb} MB", f"{book.MOST_ROWS:,}", f"{book.MOST_COLUMNS}"),
        (f"{from_files._MOST_BYTES // mb} MB",),
        (f"{templates.MOST_BYTES // mb} MB",),
        (f"{allowance.RUN_BYTES // mb} MB",),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_limits_that_are_told_are_those_that_hold(language: str) -> None:
    text = (ROOT / "govit" / "dossier" / "help" / f"dossier.{language}.md").read_text(encoding="utf-8")
    heading = "## 文件可以多大" if language == "zh" else "## How large a file may be"
    table = [line for line in text.split(heading)[1].split("\n## ")[0].splitlines() if line.startswith("| ")][2:]
    wanted = rows(language)
    assert len(table) == len(wanted)
    for line, figures in zip(table, wanted, strict=True):
        assert [figure for figure in figures if figure not in line] == [], line
