"""Read a filled form or a report whole: the cells of its tables, row by row, and the lines of its text, each with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govit.documents import reader
from govit.documents.paragraph_sink import gathering
from govit.documents.textfile import decode

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from govit.documents.content import Reading
    from govit.documents.paragraph import Paragraph

MOST_CELLS, MOST_LINES = 20_000, 20_000
"""Of one file; a form has some hundred."""


class FormCell(NamedTuple):
    """一格：its text, line by line, and where it stands, from 1."""

    text: str
    table: int
    row: int
    cell: int


class TextLine(NamedTuple):
    """一段：a paragraph outside of tables; its number in the body, or the page or line that it stands on."""

    text: str
    number: int
    unit: str
    """段, 页 or 行."""
    in_table: bool = False
    """A line of a printed table, whose cells a PDF does not tell."""


class FilledPaper(NamedTuple):
    """填好的文件. Nothing but the reading where it could not be looked into."""

    reading: Reading
    rows: tuple[tuple[FormCell, ...], ...] = ()
    lines: tuple[TextLine, ...] = ()
    lines_before: tuple[tuple[int, int], ...] = ()
    """Of each table, by the number that its cells give, how many of the lines stand before it."""

    @property
    def printed(self) -> bool:
        """Whether it comes from pages: a line may go on in the next one."""
        return self.reading.content is not None and self.reading.content.printed

    @property
    def line_over(self) -> Mapping[int, str]:
        """The line right above a table, by its number; often the unit of its amounts."""
        found, last = dict[int, str](), 0
        for table, before in self.lines_before:
            found[table] = self.lines[before - 1].text if last < before <= len(self.lines) else ""
            last = before
        return found


def read_filled(path: Path) -> FilledPaper:
    """Read a file of any format that is looked into."""
    with gathering() as gathered:
        reading = reader.read(path)
    if reading.content is None:
        return FilledPaper(reading)
    if path.suffix.lower() in reader.MARKDOWN:
        return _markdown(reading, decode(path.read_bytes()))
    unit = "页" if reading.content.printed else "段"
    rows, lines = _rows(gathered.paragraphs), _lines(gathered.paragraphs, unit)
    before = tuple(_lines_before(gathered.paragraphs))
    return FilledPaper(reading, tuple(rows)[:MOST_CELLS], tuple(lines)[:MOST_LINES], before)


def _rows(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[FormCell, ...]]:
    """The cells of each row, those of nothing but blanks too: a value stands right of its label."""
    held: dict[tuple[int, int], dict[int, list[str]]] = {}
    for one in paragraphs:
        if one.cell is not None and not one.boxed and not one.is_table:
            table, row, cell = one.cell
            held.setdefault((table, row), {}).setdefault(cell, []).append("".join(one.text).strip())
    for (table, row), cells in held.items():
        yield tuple(
            FormCell("\n".join(filter(None, texts)), table, row, number) for number, texts in sorted(cells.items())
        )


def _lines(paragraphs: Iterable[Paragraph], unit: str) -> Iterator[TextLine]:
    for one in paragraphs:
        if one.cell is None and not one.is_table and (text := "".join(one.text).strip()):
            yield TextLine(text, one.place, unit, in_table=one.in_table)


def _lines_before(paragraphs: Iterable[Paragraph]) -> Iterator[tuple[int, int]]:
    lines, seen = 0, set()
    for one in paragraphs:
        if one.cell is not None and one.cell[0] not in seen:
            seen.add(one.cell[0])
            yield one.cell[0], lines
        lines += one.cell is None and not one.is_table and bool("".join(one.text).strip())


def _markdown(reading: Reading, text: str) -> FilledPaper:
    """Tables in bars, and everything else line by line."""
    rows: list[tuple[FormCell, ...]] = []
    lines: list[TextLine] = []
    table = row = 0
    before = False
    for number, raw in enumerate(text.splitlines()[:MOST_LINES], 1):
        line = raw.strip()
        barred = line.startswith("|")
        if barred:
            table, row = (table, row + 1) if before else (table + 1, 1)
            cells = [part.strip() for part in line.strip("|").split("|")]
            if any(part.strip("-: ") for part in cells):
                rows.append(tuple(FormCell(part, table, row, at) for at, part in enumerate(cells, 1)))
        elif line:
            lines.append(TextLine(line.lstrip("#").strip().replace("**", ""), number, "行"))
        before = barred
    return FilledPaper(reading, tuple(rows), tuple(lines))
