"""A paragraph of a docx as written; what it means, the styles and its neighbours decide."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class RunFormat(NamedTuple):
    """How a run says it looks; what it leaves open, the styles decide."""

    style: str = ""
    bold: bool | None = None
    size: int | None = None
    font: str | None = None
    hidden: bool | None = None


PLAIN = RunFormat()
BODY_TEXT = 9
"""The outline level (大纲级别) that says: not a heading."""
MOST_LINES = 200
"""Of one paragraph, that are looked at one by one."""


class Paragraph:
    """A paragraph (段落): its text, seen and unseen, and what it says of itself."""

    __slots__ = (
        "alone",
        "bold_pieces",
        "boxed",
        "cell",
        "ended_lines",
        "figures",
        "in_table",
        "is_table",
        "linked",
        "list_level",
        "looks_of_line",
        "number",
        "outline",
        "own_row",
        "place",
        "prompt",
        "runs_on",
        "style",
        "text",
        "unnumbered",
        "unseen",
        "unseen_length",
    )  # fmt: skip

    def __init__(self, place: int, *, in_table: bool, boxed: bool) -> None:
        self.place = place
        """The number of the body paragraph."""
        self.in_table = in_table
        self.boxed = boxed
        self.cell: tuple[int, int, int] | None = None
        """The table, row and cell that it stands in, from 1, where the reader was asked for them."""
        self.alone = False
        """It is all that a table of one cell holds."""
        self.own_row = False
        """It stands in a row of one cell, of a table that stands in none."""
        self.is_table = False
        """It stands for a table that ends here."""
        self.style = ""
        self.outline: int | None = None
        self.number: str | None = None
        self.list_level: int | None = None
        self.text: list[str] = []
        self.unseen: Sequence[str] = ()
        self.unseen_length = 0
        self.prompt: Sequence[str] = ()
        """What an unfilled content control (内容控件) shows."""
        self.bold_pieces = 0
        """How many pieces of the text, from its beginning, are bold by themselves."""
        self.looks_of_line: dict[RunFormat, int] = {}
        """How many characters look so, since the last line break."""
        self.ended_lines: Sequence[tuple[int, dict[RunFormat, int]]] = ()
        """The lines that a line break (软回车) ended: up to which piece of the text, and their looks."""
        self.linked = 0
        """Characters inside links into the document."""
        self.figures = 0
        self.runs_on = False
        """Its paragraph mark is deleted."""
        self.unnumbered = False
        """Its paragraph mark is deleted or hidden: no number is shown or counted."""

    @property
    def formats(self) -> dict[RunFormat, int]:
        """How many characters of the whole paragraph look so."""
        if not self.ended_lines:
            return self.looks_of_line
        whole = dict(self.looks_of_line)
        for _, looks in self.ended_lines:
            for look, length in looks.items():
                whole[look] = whole.get(look, 0) + length
        return whole

    def end_line(self) -> None:
        """Begin a new line inside the paragraph; of very many, the last ones stay together."""
        if len(self.ended_lines) < MOST_LINES:
            self.ended_lines = (*self.ended_lines, (len(self.text), self.looks_of_line))
            self.looks_of_line = {}

    def lines(self) -> list[Paragraph]:
        """The lines of a paragraph that has line breaks, each as a paragraph; the first one keeps what it claims."""
        ends = [*self.ended_lines, (len(self.text), self.looks_of_line)]
        lines, begun = [], 0
        for end, looks in ends:
            line = Paragraph(self.place, in_table=self.in_table, boxed=self.boxed)
            line.alone, line.own_row, line.style = False, self.own_row, self.style
            line.outline = BODY_TEXT if begun else self.outline
            line.text, line.looks_of_line = self.text[begun:end], looks
            line.bold_pieces = max(0, min(self.bold_pieces, end) - begun)
            lines.append(line)
            begun = end
        lines[-1].figures, lines[-1].prompt = self.figures, self.prompt
        return lines

    def ask(self, text: str) -> None:
        """Add to the prompt of a content control; most paragraphs have none."""
        if isinstance(self.prompt, list):
            self.prompt.append(text)
        else:
            self.prompt = [text]

    def hide(self, text: str) -> None:
        """Add to the text that nobody sees; most paragraphs have none, and keep no list for it."""
        if isinstance(self.unseen, list):
            self.unseen.append(text)
        else:
            self.unseen = [text]
        self.unseen_length += len(text)

    def take(self, before: Paragraph) -> None:
        """Begin with the text of the paragraph that runs on into this one, which has none of its own yet.

        Its lists are taken over, not copied: a thousand deleted paragraph marks in a row cost no more than one.
        """
        self.text = before.text
        self.unseen, self.unseen_length = before.unseen, before.unseen_length
        self.looks_of_line, self.ended_lines, self.bold_pieces = (
            before.looks_of_line,
            before.ended_lines,
            before.bold_pieces,
        )
        self.linked += before.linked
        self.figures += before.figures
