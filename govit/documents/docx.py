"""Read a docx: its headings with what stands below them, and its classification marks.

A heading (标题) is a paragraph that its style or outline level (大纲级别) makes one, or one that
was only typed and made bold. python-docx would do, at five times the cost and without the
automatic numbers; see ``benchmarks/``.
"""

from __future__ import annotations

from itertools import islice
from typing import IO, TYPE_CHECKING, NamedTuple, NoReturn

from govit.documents.allowance import purse
from govit.documents.appearance import Typography
from govit.documents.body import Story
from govit.documents.candidates import choose
from govit.documents.content import MOST_ASIDES, Aside, Content, Mark, Piece, Trouble, Unreadable, build
from govit.documents.marks import MOST_MARKS, has_mark
from govit.documents.numbering import Counters, read_lists, read_numbering
from govit.documents.ordinals import ordinal
from govit.documents.outline import Line, place
from govit.documents.package import LARGEST_TOTAL, Package
from govit.documents.parts import Parts, find_parts, refuse_template
from govit.documents.styles import LARGEST_REMEMBERED, LARGEST_STYLES, Style, Styles, read_styles
from govit.documents.typed_headings import LONGEST, first_words, has_leaders, is_annex, is_contents_line, number_of
from govit.documents.xmlguard import XmlAllowance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govit.documents.numbering import Numbering
    from govit.documents.paragraph import Paragraph

MOST_HEADINGS = 20_000
LONGEST_HEADING = 300
FEW_WORDS = 20
"""A page number, 参考文献 and the like, as they stand in a table of contents."""
LONGEST_SENTENCE = 60
"""Under a heading style, a longer paragraph that ends with 。 is body text under a wrong style; so is a sentence of parts."""


def read_docx(file: IO[bytes], size: int) -> Content:
    """Read the file, or raise :class:`Unreadable`."""
    run, budget = purse(), XmlAllowance()
    most_bytes, most_tags = run.limits(size)
    scarce = most_bytes < LARGEST_TOTAL or most_tags < budget.tags
    budget.tags = at_first = min(budget.tags, most_tags)
    package = Package(file, size, min(LARGEST_TOTAL, most_bytes))
    try:
        return _read(package, budget)
    except Unreadable as error:
        if scarce and error.trouble is Trouble.HUGE:
            _refuse_for_the_run(error)
        raise
    finally:
        run.spend(size, package.unpacked, at_first - budget.tags)


def _refuse_for_the_run(error: Unreadable) -> NoReturn:
    raise Unreadable(
        Trouble.HUGE,
        "未读取：这个文件解压后异常地大，本次检查里这样的文件已经太多",
        "请核实文件来源，用 Word 或 WPS 重新另存为 docx；确有需要的，单独检查这一个项目",
    ) from error


def _read(package: Package, budget: XmlAllowance) -> Content:
    parts = find_parts(package, budget)
    refuse_template(package, parts.document, budget)
    styles = read_styles(package.read(parts.styles, LARGEST_STYLES), budget) if parts.styles else Styles()
    numbering = _numbering(package, parts.numbering, budget) if parts.numbering else {}
    paragraphs = Story(parts.document, styles, budget).read(package.chunks(parts.document))
    judge = _Judge(styles, numbering)
    pieces = list(judge.judge(paragraphs))
    marks = (*islice(_marks(paragraphs), MOST_MARKS), *_marks_around(package, parts, styles, budget))
    return build(pieces, marks, judge.asides)


def judged(paragraphs: Sequence[Paragraph], styles: Styles, numbering: Numbering) -> Content:
    """Make the content of paragraphs that another format gave, without its marks."""
    judge = _Judge(styles, numbering)
    return build(judge.judge(paragraphs), (), judge.asides)


def _numbering(package: Package, part: str, budget: XmlAllowance) -> Numbering:
    """Read the lists; a part too large to be remembered is not even kept while it is read."""
    if package.size(part) <= LARGEST_REMEMBERED:
        return read_numbering(package.read(part, LARGEST_REMEMBERED))
    return read_lists(package.chunks(part), budget)


class _Draft(NamedTuple):
    """A paragraph that may be a heading, on its way to a piece."""

    line: Line
    paragraph: Paragraph
    text: str
    """Without its automatic number."""


class _Judge:
    """Decides what each paragraph is."""

    def __init__(self, styles: Styles, numbering: Numbering) -> None:
        self._styles = styles
        self._counters = Counters(numbering)
        self._typography = Typography(styles)
        self._lines: list[Line] = []
        self._drafts: list[Piece | _Draft] = []
        self.asides: list[Aside] = []
        """The short texts that are no headings."""

    def judge(self, paragraphs: Sequence[Paragraph]) -> Iterator[Piece]:
        """Give the pieces in the order of the document."""
        self._typography.learn(paragraphs)
        for one in paragraphs:
            self._take(one)
        choose(self._lines)
        if sum(1 for line in self._lines if line.heading) > MOST_HEADINGS:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：超过 {MOST_HEADINGS} 个标题，未读取",
                "请检查标题样式是否误用于正文",
            )
        place(self._lines)
        return self._pieces()

    def _take(self, paragraph: Paragraph) -> None:
        """Note what a paragraph holds, as a line if it may be a heading."""
        style = self._styles.get(paragraph.style)
        label = self._label(paragraph, style)
        raw = "".join(paragraph.text)
        text = " ".join(raw.split())
        if text:
            level = self._level(paragraph, text)
            if _is_contents(paragraph, style, raw, level):
                return
            line = self._line(paragraph, label + text, level)
            if line is not None:
                self._drafts.append(_Draft(line, paragraph, text))
            else:
                self._add(Piece(text, figures=paragraph.figures))
                self._add_aside(label + text, paragraph)
        elif paragraph.figures:
            self._add(Piece("", figures=paragraph.figures))
        if paragraph.prompt:
            self._drafts.append(Piece("".join(paragraph.prompt), prompt=True))

    def _add(self, piece: Piece) -> None:
        self._drafts.append(piece)
        if self._lines:
            self._lines[-1].below += 1
            self._lines[-1].prose += piece.figures > 0 or len(piece.text) > FEW_WORDS

    def _line(self, paragraph: Paragraph, shown: str, level: int) -> Line | None:
        """Give the line that a paragraph is if it claims a level, bears a number or begins an annex."""
        inside = (paragraph.in_table and not paragraph.alone) or paragraph.boxed
        if inside and not level:
            return None
        number = number_of(shown)
        annex = not inside and number is None and is_annex(shown)
        counted = number or (None if inside else ordinal(shown[:LONGEST]))
        if not (level or counted or annex):
            return None
        line = Line(shown, level, counted, self._typography.face(paragraph))
        line.annex = annex
        line.alone = paragraph.alone and number is not None and self._typography.stands_out(paragraph)
        line.free = number is not None and not paragraph.in_table
        line.heading = level > 0 or (line.free and self._typography.stands_out(paragraph))
        if self._lines and not (level or line.free or annex):
            self._lines[-1].below += 1
            self._lines[-1].prose += 1
        self._lines.append(line)
        return line

    def _pieces(self) -> Iterator[Piece]:
        for draft in self._drafts:
            if isinstance(draft, Piece):
                yield draft
                continue
            line, paragraph, text = draft
            if line.heading:
                yield Piece(line.text, line.level, paragraph=paragraph.place)
                text = ""
            elif not line.contents:
                self._add_aside(line.text, paragraph)
            if (text and not line.contents) or paragraph.figures:
                yield Piece("" if line.contents else text, figures=paragraph.figures)

    def _add_aside(self, text: str, paragraph: Paragraph) -> None:
        """Keep a short text, or the words with which a longer one begins: 七、网络安全：……"""
        if len(self.asides) >= MOST_ASIDES:
            return
        text = first_words(text) or (text if len(text) <= LONGEST else "")
        if text:
            where = "表格" if paragraph.in_table else "文本框" if paragraph.boxed else "正文"
            if not has_mark(text):  # a marked sentence is told by its place alone
                self.asides.append(Aside(text, where, paragraph.place))

    def _level(self, paragraph: Paragraph, text: str) -> int:
        """Give the level that style or outline level claims; 0 for body text under a wrong style."""
        if paragraph.boxed or len(text) > LONGEST_HEADING:
            return 0
        if text.endswith("。") and (len(text) > LONGEST_SENTENCE or "，" in text):
            return 0
        return self._styles.level(paragraph)

    def _label(self, paragraph: Paragraph, style: Style) -> str:
        """Count the paragraph in its list, and give the number that Word shows."""
        number = paragraph.number or style.number
        if number is None or paragraph.unnumbered or style.contents:
            return ""
        return self._counters.label(number, paragraph.list_level, style)


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


def _marks_around(package: Package, parts: Parts, styles: Styles, budget: XmlAllowance) -> Iterator[Mark]:
    """Look for marks in headers, footers and notes, each kind reported once."""
    seen: set[str] = set()
    for part, where in parts.beside_text:
        if where not in seen and any(_marks(Story(part, styles, budget).read(package.chunks(part)))):
            seen.add(where)
            yield Mark(None, None, None, where)
