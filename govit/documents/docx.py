"""Read a docx: its headings with what stands below them, and its classification marks.

A heading (标题) is a paragraph that its style or outline level (大纲级别) makes one, or one that
was only typed and made bold. python-docx would do, at five times the cost and without the
automatic numbers; see ``benchmarks/``.
"""

from __future__ import annotations

from itertools import islice
from typing import IO, TYPE_CHECKING, NamedTuple

from govit.documents.appearance import Looks
from govit.documents.body import Story
from govit.documents.content import Content, Mark, Piece, Trouble, Unreadable, build
from govit.documents.marks import MOST_MARKS, has_mark
from govit.documents.numbering import Counters, read_numbering
from govit.documents.package import Package
from govit.documents.parts import Parts, find_parts
from govit.documents.styles import Style, Styles, read_styles
from govit.documents.typed_headings import Levels, has_leaders, is_contents_line, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govit.documents.numbering import Numbering
    from govit.documents.paragraph import Paragraph

MOST_HEADINGS = 20_000
LONGEST_HEADING = 300
LONGEST_SENTENCE = 60
"""Under a heading style, a longer paragraph that ends with 。 is body text under a wrong style."""


def read_docx(file: IO[bytes], size: int) -> Content:
    """Read the file, or raise :class:`Unreadable`."""
    package = Package(file, size)
    parts = find_parts(package)
    styles = read_styles(package.read(parts.styles)) if parts.styles else Styles()
    numbering = read_numbering(package.read(parts.numbering)) if parts.numbering else {}
    paragraphs = Story(parts.document, styles).read(package.chunks(parts.document))
    pieces = _Judge(styles, numbering).judge(paragraphs)
    return build(pieces, (*islice(_marks(paragraphs), MOST_MARKS), *_marks_around(package, parts, styles)))


class _Draft(NamedTuple):
    """A paragraph on its way to a piece: a typed heading's level waits for the others."""

    piece: Piece
    rank: int = 0


class _Judge:
    """Decides what each paragraph is."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._counters = Counters(numbering)
        self._looks = Looks(styles)

    def judge(self, paragraphs: Sequence[Paragraph]) -> Iterator[Piece]:
        """Give the pieces in the order of the document."""
        self._looks.learn(paragraphs)
        drafts = [draft for one in paragraphs for draft in self._draft(one)]
        headings = sum(1 for draft in drafts if draft.piece.level or draft.rank)
        if headings > MOST_HEADINGS:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：超过 {MOST_HEADINGS} 个标题，未读取",
                "请检查标题样式是否误用于正文",
            )
        return _levelled(drafts)

    def _draft(self, paragraph: Paragraph) -> Iterator[_Draft]:
        style = self._styles.get(paragraph.style)
        label = self._label(paragraph, style)
        raw = "".join(paragraph.text)
        text = " ".join(raw.split())
        level = self._level(paragraph, text)
        if text and _is_contents(paragraph, style, raw, level):
            return
        rank = self._rank(paragraph, label + text, level) if text else 0
        if level or rank:
            yield _Draft(Piece(label + text, level, paragraph=paragraph.place), rank)
            text = ""
        if text or paragraph.figures:
            yield _Draft(Piece(text, figures=paragraph.figures))
        if paragraph.prompt:
            yield _Draft(Piece("".join(paragraph.prompt), prompt=True))

    def _level(self, paragraph: Paragraph, text: str) -> int:
        """Give the level that style or outline level claims; 0 for body text under a wrong style."""
        if not text or paragraph.boxed or len(text) > LONGEST_HEADING:
            return 0
        if len(text) > LONGEST_SENTENCE and text.endswith("。"):
            return 0
        return self._styles.level(paragraph)

    def _rank(self, paragraph: Paragraph, shown: str, level: int) -> int:
        """Give the rank of a heading's number; for one only typed, if it looks like a heading."""
        if level:
            return kind_of(shown)
        if paragraph.in_table or paragraph.boxed:
            return 0
        rank = kind_of(shown)
        return rank if rank and self._looks.stands_out(paragraph) else 0

    def _label(self, paragraph: Paragraph, style: Style) -> str:
        """Count the paragraph in its list, and give the number that Word shows."""
        number = style.number if paragraph.number is None else paragraph.number
        if number is None or paragraph.unnumbered or style.contents:
            return ""
        return self._counters.label(number, paragraph.list_level, style)


def _levelled(drafts: Sequence[_Draft]) -> Iterator[Piece]:
    """Give the typed headings their levels among the styled ones."""
    levels = Levels(
        ((draft.rank, draft.piece.level) for draft in drafts if draft.piece.level),
        (draft.rank for draft in drafts if draft.rank and not draft.piece.level),
    )
    for piece, rank in drafts:
        if piece.level:
            levels.styled(piece.level)
        yield piece._replace(level=levels.typed(rank)) if rank and not piece.level else piece


def _is_contents(paragraph: Paragraph, style: Style, text: str, level: int) -> bool:
    """Tell a line of a table of contents (目录), by style, by its links or by its look."""
    if style.contents:
        return True
    if level:
        return has_leaders(text)
    linked = paragraph.linked and paragraph.linked == len("".join(text.split()))
    return bool(linked) or is_contents_line(text)


def _marks(paragraphs: Iterable[Paragraph]) -> Iterator[Mark]:
    for one in paragraphs:
        if has_mark("".join(one.text)) or (one.unseen and has_mark("".join(one.unseen))):
            yield Mark(one.place or None, None, None, "正文")


def _marks_around(package: Package, parts: Parts, styles: Styles) -> Iterator[Mark]:
    """Look for marks in headers, footers and notes, each kind reported once."""
    seen: set[str] = set()
    for part, where in parts.around:
        if where not in seen and any(_marks(Story(part, styles).read(package.chunks(part)))):
            seen.add(where)
            yield Mark(None, None, None, where)
