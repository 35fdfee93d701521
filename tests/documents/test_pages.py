"""What the reader calls an outline stands on the pages: each heading a line of its own, in that order."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from word_structures import STRUCTURES, TYPES, build

from govit.documents.names import unnumbered
from govit.documents.reader import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PDFTOTEXT = shutil.which("pdftotext")


def squeezed(text: str) -> str:
    return "".join(text.split())


def page_lines(path: Path) -> list[str]:
    assert PDFTOTEXT is not None
    shown = subprocess.run([PDFTOTEXT, "-layout", str(path), "-"], capture_output=True, check=True, encoding="utf-8")
    return [squeezed(line) for line in shown.stdout.splitlines() if line.strip()]


@pytest.mark.skipif(PDFTOTEXT is None, reason="pdftotext is not installed")
def test_every_heading_is_a_line_of_the_pages(word: Any, tmp_path: Path, soffice: Callable[..., None]) -> None:
    files = {}
    printed = {name: structure for name, structure in STRUCTURES.items() if structure.printed}
    assert len(printed) > 90
    for at, (name, structure) in enumerate(printed.items()):
        body = build(structure.lines)
        made = word.write(
            body, styles=structure.styles, numbering=structure.numbering, parts={"[Content_Types].xml": TYPES}
        )
        files[name] = made.rename(tmp_path / f"structure{at}.docx")
    soffice("pdf", tmp_path / "pages", *files.values())
    wrong = {}
    for name, path in files.items():
        content = read(path).content
        assert content is not None
        lines = page_lines(tmp_path / "pages" / f"{path.stem}.pdf")
        assert lines, name
        words = [squeezed(unnumbered(one.text) if STRUCTURES[name].numbering else one.text) for one in content.headings]
        missing = not_in_order(words, lines)
        if missing:
            wrong[name] = missing
    assert wrong == {}


def not_in_order(headings: list[str], lines: list[str]) -> list[str]:
    """Give the headings that do not follow on the pages where the ones before them stood.

    A long one may be broken once; of an automatic number LibreOffice may show another form than Word.
    """
    missing, at = [], 0
    for heading in headings:
        found = next((here for here in range(at, len(lines)) if is_shown(heading, lines, here)), None)
        if found is None:
            missing.append(heading)
        else:
            at = found + 1
    return missing


def is_shown(heading: str, lines: list[str], here: int) -> bool:
    return lines[here].endswith(heading) or "".join(lines[here : here + 2]) == heading
