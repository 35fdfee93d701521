"""段落：the text of a file in the order of its lines, each with its place, read together with its headings.

What is not the file's own text is left out: text boxes, quotations, code and comments of Markdown.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.documents import reader
from govit.documents.paragraph_sink import gathering

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from govit.documents.content import Reading
    from govit.documents.paragraph import Paragraph

MOST = 40_000
"""Of one file; what a thousand pages have."""
LONGEST = 20_000
"""A longer paragraph is no sentence of a report."""
_COMMENT, _END = "<!--", "-->"
_FENCES = ("```", "~~~")
_MARKUP = ("**", "__", "`")


@record
class Passage:
    """一段 or 一格: its text, and where it stands."""

    text: str
    place: int
    """The number of the body paragraph, the line or the page, from 1."""
    unit: str
    """段, 行 or 页."""
    cell: tuple[int, int, int] | None = None
    """Table, row and cell, from 1."""
    in_table: bool = False
    """Of a printed table, whose cells a page does not tell."""


def read_with_passages(path: Path) -> tuple[Reading, tuple[Passage, ...]]:
    """Read a file once, for its headings and for its text."""
    with gathering() as gathered:
        reading = reader.read(path)
    if reading.content is None:
        return reading, ()
    if gathered.lines:
        return reading, tuple(_of_markdown(gathered.lines[gathered.begun :], gathered.begun))[:MOST]
    unit = "页" if reading.content.printed else "段"
    return reading, tuple(_of_paragraphs(gathered.paragraphs, unit))[:MOST]


def _of_paragraphs(paragraphs: Iterable[Paragraph], unit: str) -> Iterator[Passage]:
    """Blank cells count, since the others of their row are told by their places; blank lines do not."""
    for one in paragraphs:
        if one.boxed or one.is_table:
            continue
        text = "".join(one.text)
        if len(text) <= LONGEST and (one.cell is not None or text.strip()):
            yield Passage(text, one.place, unit, one.cell, one.in_table)


def _of_markdown(lines: Sequence[str], begun: int) -> Iterator[Passage]:
    """Rows of tables cell by cell, and paragraphs whose lines are parted by line breaks."""
    table = row = 0
    held: list[str] = []
    for number, line in enumerate(_own_lines(lines), begun + 1):
        cells = _cells(line)
        if cells is None:
            row = 0
        if held and (cells is not None or not line or line.startswith("#")):
            yield Passage("\n".join(held), number - len(held), "行")
            held = []
        if cells is not None:
            table, row = table + (row == 0), row + 1
            yield from (Passage(text, number, "行", (table, row, at)) for at, text in enumerate(cells, 1))
        elif line.startswith("#"):
            yield Passage(line.strip("# "), number, "行")
        elif line:
            held.append(line)
    if held:
        yield Passage("\n".join(held), begun + len(lines) - len(held) + 1, "行")


def _own_lines(lines: Sequence[str]) -> Iterator[str]:
    """Each line without its markup; a blank one for what is no text of the document."""
    fence, comment = "", False
    for raw in lines:
        line = raw.strip()
        if fence or comment:
            comment = comment and _END not in line
            fence = "" if fence and line.startswith(fence) else fence
            yield ""
        elif line.startswith(_FENCES):
            fence = line[:3]
            yield ""
        elif _COMMENT in line:
            comment = _END not in line.partition(_COMMENT)[2]
            yield ""
        elif line.startswith(">") or len(line) > LONGEST:
            yield ""
        else:
            for sign in _MARKUP:
                line = line.replace(sign, "")
            yield line


def _cells(line: str) -> list[str] | None:
    """The cells of a row, none of the line below the head of a table; None of what is no row."""
    if not line.startswith("|"):
        return None
    cells = [one.strip() for one in line.strip("|").split("|")]
    return cells if any(one.strip("-: ") for one in cells) else []
