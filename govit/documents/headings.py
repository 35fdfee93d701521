"""The headings of a docx among its paragraphs: what a style claims, and what looks and reads like one.

A paragraph may be a line that bears a number, several lines that only a line break (软回车) parts, or 第七章 with its
name in the next paragraph. What no style makes a heading, the other lines of the file decide.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.documents.appearance import Typography
from govit.documents.candidates import choose
from govit.documents.content import CONTENTS, MOST_ASIDES, Aside, Piece, Trouble, Unreadable
from govit.documents.marks import has_mark
from govit.documents.numbering import Counters
from govit.documents.ordinals import ordinal
from govit.documents.outline import Line, place
from govit.documents.placeholders import is_placeholder
from govit.documents.typed_headings import (
    LONGEST,
    first_words,
    has_leaders,
    is_annex,
    is_bare_number,
    is_contents_line,
    is_contents_title,
    is_line,
    number_of,
    without_page,
)
from govit.documents.xmlguard import A_NUMBERED_LINE, XmlAllowance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.documents.numbering import Numbering
    from govit.documents.paragraph import Paragraph
    from govit.documents.styles import Style, Styles

MOST_HEADINGS = 20_000
MOST_NUMBERED = 40_000
"""Lines that may be headings: they have a number or a heading style. A 1000-page report has a few thousand."""
LONGEST_PARAGRAPH = 1_000_000
"""Characters; nobody writes one of more than some thousand."""
LONGEST_HEADING = 300
FEW_WORDS = 20
"""A page number, 参考文献 and the like, as they stand in a table of contents."""
LONGEST_SENTENCE = 60
"""Under a heading style, a longer paragraph that ends with 。 is body text under a wrong style; so is a sentence of parts."""


@record
class _Draft:
    """A paragraph that may be a heading, on its way to a piece."""

    line: Line
    paragraph: Paragraph
    text: str
    """Without its automatic number."""
    place: int


@record
class _TableEnd:
    """The end of a table; its cells are the drafts since `begun`."""

    begun: int


@record
class _Bare:
    """第七章 on a line of its own, whose name may be the next line."""

    paragraph: Paragraph
    shown: str
    text: str
    level: int


class HeadingFinder:
    """Decides what each paragraph is."""

    def __init__(self, styles: Styles, numbering: Numbering, budget: XmlAllowance | None = None) -> None:
        """Know the styles and lists of the file, and what may still be spent on it."""
        self._budget = budget or XmlAllowance()
        self._styles = styles
        self._counters = Counters(numbering)
        self._typography = Typography(styles)
        self._lines: list[Line] = []
        self._drafts: list[Piece | _Draft | _TableEnd] = []
        self._table: int | None = None
        """Where the drafts of the table begin that is being read."""
        self._bare: _Bare | None = None
        self._contents_begin = False
        """目录 was the last line."""
        self.asides: list[Aside] = []
        """The short texts that are no headings."""

    def find(self, paragraphs: Sequence[Paragraph]) -> Iterator[Piece]:
        """Give the pieces in the order of the document."""
        self._typography.learn(paragraphs)
        for one in paragraphs:
            self._take(one)
        self._release()
        lines = choose(self._lines)
        if sum(1 for line in lines if line.heading) > MOST_HEADINGS:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：超过 {MOST_HEADINGS} 个标题，未读取",
                "请检查标题样式是否误用于正文",
            )
        place(lines)
        return self._pieces()

    # paragraphs

    def _take(self, paragraph: Paragraph) -> None:
        """Note what a paragraph holds, line by line where it is no heading as a whole."""
        if paragraph.is_table:
            self._end_table()
            return
        if sum(map(len, paragraph.text)) > LONGEST_PARAGRAPH:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：一个段落超过 {LONGEST_PARAGRAPH // 10_000} 万字，未读取",
                "请核实文件是否正确",
            )
        if not paragraph.in_table:
            self._table = None
        elif self._table is None:
            self._release()
            self._table = len(self._drafts)
        style = self._styles.get(paragraph.style)
        label = self._label(paragraph, style)
        if not (paragraph.ended_lines and self._is_several(paragraph)):
            self._take_line(paragraph, style, label)
            return
        for line in paragraph.lines():
            label = self._take_line(line, style, label)

    def _is_several(self, paragraph: Paragraph) -> bool:
        """Tell whether line breaks part more than one thing: a heading from its text, an entry from the next."""
        text = " ".join("".join(paragraph.text).split())
        if self._styles.level(paragraph):
            return not self._level(paragraph, text)
        lines = [" ".join("".join(line.text).split()) for line in paragraph.lines()]
        if number_of(text) is None or any(number_of(line) for line in lines[1:]):
            return True
        return number_of(lines[0]) is not None and not self._typography.stands_out(paragraph)

    def _take_line(self, paragraph: Paragraph, style: Style, label: str) -> str:
        """Take a paragraph or a line of one; give its automatic number back if it is still to be shown."""
        raw = "".join(paragraph.text)
        text = " ".join(raw.split())
        if text:
            level = self._level(paragraph, text)
            if _is_contents(paragraph, style, raw, level):
                self._release()
                self._add_aside(without_page(label + raw), paragraph, CONTENTS)
            else:
                self._offer(paragraph, label + text, text, level)
            label = ""
        elif paragraph.figures:
            self._release()
            self._add(Piece("", figures=paragraph.figures))
        if paragraph.prompt:
            self._drafts.append(Piece("".join(paragraph.prompt), prompt=True))
        return label

    def _end_table(self) -> None:
        """Note that a table ends; what stands in it decides whether it is content."""
        self._release()
        begun = len(self._drafts) if self._table is None else self._table
        self._table = None
        if self._lines and any(isinstance(draft, Piece) for draft in self._drafts[begun:]):
            self._lines[-1].below += 1
            self._lines[-1].prose += 1
        self._drafts.append(_TableEnd(begun))

    # 第七章 above its name

    def _offer(self, paragraph: Paragraph, shown: str, text: str, level: int) -> None:
        """Take a text, with the number that stands alone in front of it; keep such a number until its name comes."""
        bare = self._bare
        if bare is not None and self._is_name_of(bare, paragraph, shown, level):
            self._bare = None
            place, joined = bare.paragraph.place, f"{bare.shown} {shown}"
            self._put(paragraph, joined, f"{bare.text} {text}", bare.level or level, place)
            return
        self._release()
        if is_bare_number(shown) and not (paragraph.in_table or paragraph.boxed or paragraph.figures):
            self._bare = _Bare(paragraph, shown, text, level)
        else:
            self._put(paragraph, shown, text, level, paragraph.place)

    def _is_name_of(self, bare: _Bare, paragraph: Paragraph, shown: str, level: int) -> bool:
        """Tell whether a line is the name of the chapter whose number stands above it."""
        if paragraph.in_table or paragraph.boxed or not is_line(shown):
            return False
        if ordinal(shown) or is_bare_number(shown) or is_annex(shown):
            return False
        if level and bare.level:
            return level == bare.level
        stands_out = self._typography.stands_out
        return level > 0 or stands_out(paragraph) or not (bare.level or stands_out(bare.paragraph))

    def _release(self) -> None:
        """Take the number that stood alone for what it is: no name followed."""
        if self._bare is not None:
            bare, self._bare = self._bare, None
            self._put(bare.paragraph, bare.shown, bare.text, bare.level, bare.paragraph.place)

    # lines

    def _put(self, paragraph: Paragraph, shown: str, text: str, level: int, place: int) -> None:
        """Note a text, as a line if it may be a heading."""
        line = self._line(paragraph, shown, level)
        if line is not None:
            line.begins_contents = self._contents_begin
            self._drafts.append(_Draft(line, paragraph, text, place))
        else:
            self._add(Piece(text, figures=paragraph.figures))
            self._add_aside(shown, paragraph, _where(paragraph))
        self._contents_begin = is_contents_title(text)

    def _add(self, piece: Piece) -> None:
        self._drafts.append(piece)
        if self._lines:
            self._lines[-1].below += 1
            self._lines[-1].prose += piece.figures > 0 or len(piece.text) > FEW_WORDS

    def _line(self, paragraph: Paragraph, shown: str, level: int) -> Line | None:
        """Give the line that a paragraph is if it claims a level, bears a number or begins an annex."""
        inside = (paragraph.in_table and not paragraph.alone) or paragraph.boxed
        number = number_of(shown)
        framed = inside and not level and paragraph.own_row and number is not None
        if inside and not (level or framed):
            return None
        annex = not inside and number is None and is_annex(shown)
        counted = number or (None if inside else ordinal(shown[:LONGEST]))
        if not (level or counted or annex):
            return None
        if len(self._lines) >= MOST_NUMBERED:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：超过 {MOST_NUMBERED} 行带编号，未读取",
                "请核实文件是否正确；确需报送的，拆分后分别放入",
            )
        line = Line(shown, level, counted, self._typography.face(paragraph))
        line.annex, line.framed, line.linked = annex, framed, not level and _is_linked(paragraph)
        line.heavy = number is not None and self._typography.stands_out(paragraph)
        line.alone = paragraph.alone and line.heavy
        line.free = number is not None and not paragraph.in_table
        line.heading = level > 0 or (line.free and line.heavy)
        if self._lines and not (level or line.free or line.alone or annex or framed):
            self._lines[-1].below += 1
            self._lines[-1].prose += 1
        self._lines.append(line)
        self._budget.line(A_NUMBERED_LINE)
        return line

    # what comes of it

    def _pieces(self) -> Iterator[Piece]:
        for at, draft in enumerate(self._drafts):
            if isinstance(draft, Piece):
                yield draft
            elif isinstance(draft, _Draft):
                yield from self._pieces_of(draft)
            elif _is_figure(self._drafts[draft.begun : at]):
                yield Piece("", figures=1)

    def _pieces_of(self, draft: _Draft) -> Iterator[Piece]:
        line, paragraph, text = draft.line, draft.paragraph, draft.text
        if line.heading:
            yield Piece(line.text, line.level, paragraph=draft.place)
            text = ""
        else:
            shown = without_page(line.text) if line.contents else line.text
            self._add_aside(shown, paragraph, CONTENTS if line.contents else _where(paragraph))
        if (text and not line.contents) or paragraph.figures:
            yield Piece("" if line.contents else text, figures=paragraph.figures)

    def _add_aside(self, text: str, paragraph: Paragraph, where: str) -> None:
        """Keep a short text, or the words with which a longer one begins: 七、网络安全：…… or what is bold of it."""
        if len(self.asides) >= MOST_ASIDES:
            return
        short = first_words(text) or (text if len(text) <= LONGEST else _begun_bold(paragraph))
        if short and not has_mark(short):  # a marked sentence is told by its place alone
            self.asides.append(Aside(short, where, paragraph.place))

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


def _begun_bold(paragraph: Paragraph) -> str:
    """Give the short bold words with which a paragraph begins."""
    if not paragraph.bold_pieces:
        return ""
    begun = " ".join("".join(paragraph.text[: paragraph.bold_pieces]).split())
    return begun if len(begun) <= LONGEST else ""


def _where(paragraph: Paragraph) -> str:
    return "表格" if paragraph.in_table else "文本框" if paragraph.boxed else "正文"


def _is_figure(drafts: Sequence[Piece | _Draft | _TableEnd]) -> bool:
    """Tell a table that is content by itself: it holds more than places to fill in, and is no frame around headings."""
    if any(isinstance(draft, _Draft) and draft.line.heading for draft in drafts):
        return False
    return any(_is_content(draft) for draft in drafts)


def _is_content(draft: Piece | _Draft | _TableEnd) -> bool:
    if isinstance(draft, Piece):
        return draft.figures > 0 or not (draft.prompt or is_placeholder(draft.text))
    if isinstance(draft, _Draft):
        return draft.paragraph.figures > 0 or not is_placeholder(draft.text)
    return False


def _is_contents(paragraph: Paragraph, style: Style, text: str, level: int) -> bool:
    """Tell a line of a table of contents (目录), by style, by its links or by its look."""
    if style.contents:
        return True
    if level:
        return has_leaders(text)
    return (_is_linked(paragraph) and number_of(" ".join(text.split())) is None) or is_contents_line(text)


def _is_linked(paragraph: Paragraph) -> bool:
    """Tell whether all of a paragraph is a link into the document."""
    return paragraph.linked > 0 and paragraph.linked == len("".join("".join(paragraph.text).split()))
