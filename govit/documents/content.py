"""What govit knows of a document's inside: headings with what stands below them, and marks.

The docx reader and the Markdown reader both hand over a flat stream of pieces (a heading, a
paragraph, a table), and :func:`build` counts what stands below each heading. So the two formats
cannot disagree about what an empty chapter (空章节) is.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from govit.base.records import record
from govit.documents.placeholders import is_placeholder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

DEEPEST = 9


class Trouble(Enum):
    """Why a file's inside is not known."""

    EMPTY = "empty"
    DAMAGED = "damaged"
    ENCRYPTED = "encrypted"
    HUGE = "huge"
    ENCODING = "encoding"
    UNSUPPORTED = "unsupported"
    FAULT = "fault"
    """The reader itself failed (读取程序出错)."""


@record
class Heading:
    """A heading (标题) and how much stands below it."""

    text: str
    """As shown, with its automatic number."""
    level: int
    """1 to 9."""
    path: tuple[str, ...]
    """The texts of the headings above it, itself last."""
    paragraph: int | None
    """docx: the number of the body paragraph, from 1; in a table, of the paragraph before it."""
    line: int | None
    """Markdown: from 1."""
    column: int | None
    """Markdown: from 1, in characters."""
    length: int
    """Characters of content below it, subheadings' text included; blanks do not count."""
    placeholder: str | None
    """The placeholder (占位文字) found where there is nothing else."""
    page: int | None = None
    """PDF, OFD: from 1."""


@record
class Mark:
    """A classification mark (密级标志): its place only, never the words around it."""

    paragraph: int | None
    line: int | None
    column: int | None
    where: str
    """正文, 页眉 or 页脚."""
    page: int | None = None


CONTENTS = "目录"
"""Where an aside stands that only a table of contents has."""
MOST_PARAGRAPHS = 50_000
MOST_CHARACTERS = 5_000_000
"""Of text, seen and unseen, in a text document of any format; a 1000-page report has a million."""
MOST_ASIDES = 20_000
LONGEST_ASIDE = 60


@record
class Aside:
    """A short text (旁文) that is no heading; a chapter's name in it is worth telling."""

    text: str
    where: str
    """正文, 表格, 文本框 or 目录."""
    paragraph: int | None
    line: int | None = None
    page: int | None = None


@record
class Content:
    """The inside of a document that could be read."""

    headings: tuple[Heading, ...]
    marks: tuple[Mark, ...]
    length: int
    """Characters of the whole text, headings included; blanks do not count."""
    asides: tuple[Aside, ...] = ()
    """The short texts that are no headings, the first ones of a long file."""
    doubt: str = ""
    """Why a heading that is not found may be there all the same; empty if all headings are known."""
    printed: bool = False
    """It comes from pages (PDF, OFD): what is a heading was seen, not said."""


@record
class Reading:
    """The outcome of reading one file: its content, or the trouble with it."""

    size: int | None
    """The bytes of the file; None of what is none, or cannot be opened."""
    content: Content | None
    trouble: Trouble | None
    what: str = ""
    """For the clerk: what is wrong; empty if nothing is."""
    remedy: str = ""
    """What to do about it."""

    @property
    def detail(self) -> str:
        """What is wrong and what to do, in full sentences."""
        return in_sentences(self.what, self.remedy)

    @property
    def empty(self) -> bool:
        """Whether there is nothing in the file."""
        return self.trouble is Trouble.EMPTY

    @property
    def closed(self) -> bool:
        """Whether the file is no use to anybody: empty, damaged, locked or too large."""
        return self.trouble not in (None, Trouble.UNSUPPORTED)


class Unreadable(Exception):  # noqa: N818  (an answer, not a fault of the program)
    """A file's inside cannot be read; carries what :class:`Reading` will say."""

    def __init__(self, trouble: Trouble, what: str, remedy: str = "") -> None:
        self.detail = in_sentences(what, remedy)
        super().__init__(self.detail)
        self.trouble = trouble
        self.what = what
        self.remedy = remedy


def in_sentences(what: str, remedy: str) -> str:
    """What is wrong with a file and what to do about it, one after the other."""
    return f"{what}。{remedy}。" if remedy else what


class Piece(NamedTuple):
    """One paragraph, heading, table or figure, in the order of the document."""

    text: str
    level: int = 0
    """0: not a heading."""
    figures: int = 0
    """Tables and figures; each counts as one character of content."""
    paragraph: int | None = None
    line: int | None = None
    column: int | None = None
    length: int | None = None
    """Stands for a text of that many characters, when the text itself is not given."""
    prompt: bool = False
    """The text only asks for content, whatever it says."""


class _Open:
    """A heading whose end has not been seen yet."""

    __slots__ = ("below", "path", "piece", "placeholder", "start")

    def __init__(self, piece: Piece, path: tuple[str, ...], start: int) -> None:
        self.piece = piece
        self.path = path
        self.start = start
        self.below = 0
        self.placeholder: str | None = None

    def close(self) -> Heading:
        piece = self.piece
        return Heading(
            text=piece.text,
            level=piece.level,
            path=self.path,
            paragraph=piece.paragraph,
            line=piece.line,
            column=piece.column,
            length=self.below,
            placeholder=None if self.below else self.placeholder,
        )


def build(pieces: Iterable[Piece], marks: Sequence[Mark] = (), asides: Sequence[Aside] = ()) -> Content:
    """Count what stands below each heading, deeper sections included."""
    found: list[_Open] = []
    stack: list[_Open] = []
    total = titles = 0
    for piece in pieces:
        if piece.level:
            while stack and stack[-1].piece.level >= piece.level:
                _close(stack, total)
            above = stack[-1].path if stack else ()
            opened = _Open(piece, (*above, piece.text), total)
            stack.append(opened)
            found.append(opened)
            titles += _characters(piece.text)
            continue
        given = piece.length
        length = _characters(piece.text) if given is None else given
        if piece.prompt or (length and given is None and is_placeholder(piece.text)):
            if stack and stack[-1].placeholder is None:
                stack[-1].placeholder = " ".join(piece.text.split())
            length = 0
        total += length + piece.figures
    while stack:
        _close(stack, total)
    return Content(tuple(item.close() for item in found), tuple(marks), total + titles, tuple(asides))


def _close(stack: list[_Open], total: int) -> None:
    """End the innermost heading; its placeholder also speaks for the heading above."""
    ended = stack.pop()
    ended.below = total - ended.start
    if stack and stack[-1].placeholder is None:
        stack[-1].placeholder = ended.placeholder


def _characters(text: str) -> int:
    return sum(map(len, text.split()))


def from_headings(mapping: Mapping[str, int | str]) -> Content:
    """Build the content that an example describes in short (办法示例的简写).

    ``{"数据资源共享分析": 900, "## 小节": 30, "网络安全保障": "见附件"}``: a heading and the
    length of the text directly below it, or that text; leading ``#`` give the level.
    """
    pieces = []
    for key, below in mapping.items():
        name = key.lstrip("#")
        level = min(max(len(key) - len(name), 1), DEEPEST)
        pieces.append(Piece(name.strip(), level=level))
        if isinstance(below, str):
            pieces.append(Piece(below))
        else:
            pieces.append(Piece("", length=below))
    return build(pieces)
