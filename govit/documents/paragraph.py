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


class Paragraph:
    """A paragraph (段落): its text, seen and unseen, and what it says of itself."""

    __slots__ = (
        "alone",
        "boxed",
        "figures",
        "formats",
        "in_table",
        "linked",
        "list_level",
        "number",
        "outline",
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
        self.alone = False
        """It is all that a table of one cell holds."""
        self.style = ""
        self.outline: int | None = None
        self.number: str | None = None
        self.list_level: int | None = None
        self.text: list[str] = []
        self.unseen: Sequence[str] = ()
        self.unseen_length = 0
        self.prompt: Sequence[str] = ()
        """What an unfilled content control (内容控件) shows."""
        self.formats: dict[RunFormat, int] = {}
        self.linked = 0
        """Characters inside links into the document."""
        self.figures = 0
        self.runs_on = False
        """Its paragraph mark is deleted."""
        self.unnumbered = False
        """Its paragraph mark is deleted or hidden: no number is shown or counted."""

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
        self.formats = before.formats
        self.linked += before.linked
        self.figures += before.figures
