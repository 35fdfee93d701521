"""正文：lines become paragraphs, some of them headings; and it is said where that is not certain.

A PDF does not say where a paragraph ends, nor what is a heading, unless it has bookmarks or tags. What it shows is
judged as a docx is that has no styles: by number, size and weight. Whether a chapter that is not found is really
missing can be said only if the outline is beyond doubt.
"""

from __future__ import annotations

from collections import Counter, deque
from typing import TYPE_CHECKING, NamedTuple

from govit.base.records import replace
from govit.documents.content import Content, Mark, Trouble, Unreadable
from govit.documents.docx import judged
from govit.documents.marks import MOST_MARKS, has_mark
from govit.documents.ordinals import CHAPTER, ITEM, PART, ROMAN, SINGLE, ordinal
from govit.documents.paragraph import Paragraph, RunFormat
from govit.documents.printed.bookmarked import Led, lead
from govit.documents.printed.lines import PrintedLine, lines_of
from govit.documents.printed.margins import in_margin
from govit.documents.styles import Styles
from govit.documents.typed_headings import is_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from govit.documents.content import Heading
    from govit.documents.printed.page import Bookmark, PrintedPage

MOST_LINES = 40_000
"""A report of 1000 pages has 40 000."""
FEWEST_HEADINGS = 3
"""Of bookmarks, tags or numbered chapters; fewer are no outline."""
MOST_LOST = 0.2
"""Of the bookmarks; if more lead to no line, they are not the outline of the text."""
ILLEGIBLE, DOUBTFUL = 0.5, 0.02
"""Of the characters, that their fonts do not tell."""
COVERED = 0.5
"""Of a page without text; it is a picture of a page (扫描页)."""
FEWEST_CHARACTERS = 20
"""Of a page; with fewer, a page that a picture covers has no text of its own."""
MOST_DRAWINGS = 12
"""Lines and areas on a page that may only be rules; more are a table or a figure."""
LARGER = 1.0
"""Points by which a heading is larger than the text."""
LONGEST_UNNUMBERED = 40
_GAP = 2.3
"""Of the size; a wider gap between two lines parts paragraphs."""
_FULL = 2.2
"""Of the size; a line that ends as far from the right edge is the last one of its paragraph."""
_INDENT = 0.8
_WRAPPED = 0.6
_WIDE = 0.6
"""Of the text's width; shorter lines may stand in tables, whose text is smaller."""
_PAGES_TOLD = 8
_TOPS = (PART, CHAPTER, ROMAN, ITEM, SINGLE)
_INSTEAD = "请在同一目录放入 docx 版本；没有的，请对照原件人工核对"


def content_of(pages: Iterable[PrintedPage], bookmarks: Callable[[], Sequence[Bookmark]], called: str) -> Content:
    """Make the content of a file of pages, or raise :class:`Unreadable` for what is no text; `called` is its format."""
    seen = _Seen(pages, called)
    _refuse_pictures(seen.pages, called)
    lines = seen.text()
    if not lines:
        what = f"{called} 里没有文字（是空白页、图片，或者文字已转成曲线），标题无法读取"
        raise Unreadable(Trouble.UNSUPPORTED, what, _INSTEAD)
    body = _Body(lines)
    outline = _outline(lines, bookmarks(), body)
    paragraphs = [*_paragraphs(lines, outline, body, seen.pages)]
    content = judged(paragraphs, Styles(), {})
    sure = outline.certain or _is_complete(content.headings, paragraphs, body)
    return Content(
        tuple(replace(one, paragraph=None, page=one.paragraph) for one in content.headings),
        tuple(seen.marks()),
        content.length,
        tuple(replace(one, paragraph=None, page=one.paragraph) for one in content.asides),
        doubt=_doubt(seen.pages, sure=sure),
        printed=True,
    )


class _Seen:
    """The lines of all pages; of the pages themselves only the figures are kept."""

    def __init__(self, pages: Iterable[PrintedPage], called: str) -> None:
        self.pages: list[PrintedPage] = []
        self._lines: list[list[PrintedLine]] = []
        self._marked: list[Mark] = []
        """In the margins that the file itself tells."""
        count = 0
        for number, page in enumerate(pages):
            lines = lines_of(number, page)
            count += len(lines)
            if count > MOST_LINES:
                raise Unreadable(Trouble.HUGE, f"{called} 文件过大：超过 {MOST_LINES // 10_000} 万行，未读取", "请核实文件来源，或拆分后分别提交")
            self._lines.append(lines)
            self._marked += _marks_around(number, page)
            self.pages.append(page._replace(texts=[]))
        self._margins = in_margin(self._lines, self.pages)

    def text(self) -> list[PrintedLine]:
        """The lines that are no headers, footers and page numbers."""
        both = zip(self._lines, self._margins, strict=True)
        return [line for lines, outside in both for line, out in zip(lines, outside, strict=True) if not out]

    def marks(self) -> Iterator[Mark]:
        """The classification marks, those of headers and footers once each."""
        told: set[str] = set()
        found = list(self._marked)
        for page, lines, outside in zip(self.pages, self._lines, self._margins, strict=True):
            for line, out in zip(lines, outside, strict=True):
                if has_mark(line.text):
                    found.append(Mark(None, None, None, _where(line.y, page) if out else "正文", page=line.page + 1))
        for mark in sorted(found[:MOST_MARKS], key=lambda mark: mark.page or 0):
            if mark.where == "正文" or mark.where not in told:
                told.add(mark.where)
                yield mark


def _marks_around(number: int, page: PrintedPage) -> list[Mark]:
    around = [line for line in lines_of(number, page, margin=True) if has_mark(line.text)]
    return [Mark(None, None, None, _where(line.y, page), page=number + 1) for line in around[:2]]


def _where(y: float, page: PrintedPage) -> str:
    return "页眉" if y * 2 > page.height else "页脚"


class _OutlineSource(NamedTuple):
    """What is known of the headings before anybody looks at their words."""

    led: Led
    lost: Sequence[Bookmark]
    """Bookmarks whose line was not found."""
    certain: bool
    """The file itself says what its headings are."""


def _outline(lines: Sequence[PrintedLine], bookmarks: Sequence[Bookmark], body: _Body) -> _OutlineSource:
    """Take the bookmarks, else what the file marks as headings, else what its sizes tell."""
    if len(bookmarks) >= FEWEST_HEADINGS:
        led, lost = lead(bookmarks, lines)
        if len(led) >= FEWEST_HEADINGS and len(lost) <= MOST_LOST * (len(led) + len(lost)):
            return _OutlineSource(led, lost, certain=True)
    led = _tagged(lines)
    if len(led) >= FEWEST_HEADINGS:
        return _OutlineSource(led, (), certain=True)
    return _OutlineSource(_by_size(lines, body), (), certain=False)


# pages that are no text


def _refuse_pictures(pages: Sequence[PrintedPage], called: str) -> None:
    """Refuse a file of pictures, and one whose fonts do not tell what their characters are."""
    known = sum(page.known for page in pages)
    unknown = sum(page.unknown for page in pages)
    if unknown > ILLEGIBLE * (known + unknown):
        raise Unreadable(
            Trouble.UNSUPPORTED,
            f"{called} 里的字体没有说明各个字是什么字，读出来只会是乱码，没有读取",
            "请用原来的 Word 或 WPS 文件重新导出 PDF，或在同一目录放入 docx 版本",
        )
    if all(_is_picture(page) or not page.known for page in pages) and any(map(_is_picture, pages)):
        raise Unreadable(
            Trouble.UNSUPPORTED,
            f"这是扫描件：{len(pages)} 页都是图片，没有文字层，标题无法读取",
            _INSTEAD,
        )


def _is_picture(page: PrintedPage) -> bool:
    return page.known + page.unknown < FEWEST_CHARACTERS and (page.covered >= COVERED or len(page.pictures) > 1)


def _doubt(pages: Sequence[PrintedPage], *, sure: bool) -> str:
    """Say why what is not found may still be there; empty if nothing speaks for it."""
    scans = [str(number) for number, page in enumerate(pages, 1) if _is_picture(page)]
    known, unknown = sum(page.known for page in pages), sum(page.unknown for page in pages)
    hidden = sum(page.invisible for page in pages)
    reasons = []
    if scans:
        more = " 等" if len(scans) > _PAGES_TOLD else ""
        reasons.append(f"第 {'、'.join(scans[:_PAGES_TOLD])}{more} 页是扫描的图片")
    if unknown > DOUBTFUL * (known + unknown):
        reasons.append("有的字体没有说明是什么字，读不出来")
    if hidden * 2 > known:
        reasons.append("文字是扫描后识别出来的，可能有错")
    elif not sure:
        reasons.append("文件没有书签，只看字号和编号不能确定哪些是标题")
    return "，".join(reasons)


# what is a heading


class _Body:
    """The look and the edges of the running text."""

    def __init__(self, lines: Sequence[PrintedLine]) -> None:
        sizes: Counter[float] = Counter()
        fonts: Counter[str] = Counter()
        wide = _WIDE * (max(line.end for line in lines) - min(line.x for line in lines))
        for line in [line for line in lines if line.end - line.x >= wide] or lines:
            if line.cells == 1:
                sizes[line.size] += len(line.text)
                fonts[line.font] += len(line.text)
        self.size = sizes.most_common(1)[0][0] if sizes else lines[0].size
        self.font = fonts.most_common(1)[0][0] if fonts else ""
        own = [line for line in lines if line.size == self.size and line.cells == 1] or lines
        self.left = _usual((line.x for line in own), first=True)
        self.right = _usual((line.end for line in own), first=False)

    def is_less(self, line: PrintedLine) -> bool:
        """Tell whether the text is smaller than a line."""
        return line.size >= self.size + LARGER


def _usual(places: Iterable[float], *, first: bool) -> float:
    """The edge that a tenth of the lines reach."""
    ordered = sorted(places)
    return ordered[len(ordered) // 10 if first else -1 - len(ordered) // 10]


def _tagged(lines: Sequence[PrintedLine]) -> Led:
    """The lines that the file itself marks as headings; the lines of one are marked one after the other."""
    led = Led()
    first = -1
    for at, line in enumerate(lines):
        if not line.level:
            continue
        before = lines[at - 1] if at else None
        if first >= 0 and before is not None and before.level == line.level and _runs_on(before, line):
            led[first] = (line.level, at - first + 1)
        else:
            first = at
            led[at] = (line.level, 1)
    return led


def _runs_on(before: PrintedLine, line: PrintedLine) -> bool:
    return before.page == line.page and before.size == line.size and ordinal(line.text) is None and len(before.text) > LONGEST_UNNUMBERED // 2


def _by_size(lines: Sequence[PrintedLine], body: _Body) -> Led:
    """Where no large line bears a number, the sizes give the levels; else numbers tell more."""
    large = [(at, line) for at, line in enumerate(lines) if body.is_less(line) and line.cells == 1 and is_line(line.text)]
    large = [(at, line) for at, line in large if len(line.text) <= LONGEST_UNNUMBERED]
    if sum(1 for _, line in large if ordinal(line.text)) > 1:
        return Led()
    sizes = sorted({line.size for _, line in large}, reverse=True)
    levels = {size: min(level, 9) for level, size in enumerate(sizes, 1)}
    return Led({at: (levels[line.size], 1) for at, line in large})


def _is_complete(headings: Sequence[Heading], paragraphs: Sequence[Paragraph], body: _Body) -> bool:
    """Tell whether the chapters stand out and count from 1 without a gap: then none can be overlooked between them."""
    looks = {("".join(one.text), one.place): one for one in paragraphs if one.text}
    for rank in _TOPS:
        run = [(one, number) for one in headings if (number := ordinal(one.text)) and number.rank == rank]
        if len(run) < FEWEST_HEADINGS:
            continue
        level = min(one.level for one, _ in run)
        top = [(one, number) for one, number in run if one.level == level]
        values = [number.numbers[-1] if number.numbers else 0 for _, number in top]
        return (
            len(top) >= FEWEST_HEADINGS
            and values == list(range(1, len(values) + 1))
            and all(_stands_out(looks.get((one.text, one.paragraph or 0)), body) for one, _ in top)
        )
    return False


def _stands_out(paragraph: Paragraph | None, body: _Body) -> bool:
    if paragraph is None:
        return False
    return all(
        (look.size or 0) >= 2 * (body.size + LARGER) or look.bold or (look.font != body.font and is_heading_font(look.font or ""))
        for look in paragraph.formats
    )


def is_heading_font(name: str) -> bool:
    """Tell 黑体 and 楷体, in which official documents set their headings."""
    return any(word in name for word in ("黑", "楷", "标宋", "simhei", "stkai", "kaiti", "xiaobiaosong", "xbs"))


# paragraphs


class _Place(NamedTuple):
    """A picture or the like, by where it stands."""

    page: int
    y: float


def _paragraphs(lines: Sequence[PrintedLine], outline: _OutlineSource, body: _Body, pages: Sequence[PrintedPage]) -> Iterator[Paragraph]:
    """Join lines into paragraphs; what is led to is a heading, and pictures stand where they are."""
    around: list[_Place | Bookmark] = [*_pictures(pages), *outline.lost]
    around.sort(key=_order)
    beside = deque(around)
    held: Paragraph | None = None
    before: PrintedLine | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        here = (line.page, -line.y)
        while beside and _order(beside[0]) < here:
            if held is not None:
                yield held
                held = before = None
            yield _stands_beside(beside.popleft())
        if at in outline.led:
            if held is not None:
                yield held
            level, count = outline.led[at]
            yield _heading(lines[at : at + count], level)
            held = before = None
            at += count
            continue
        if held is not None and before is not None and _goes_on(before, line, body):
            _take(held, line)
        else:
            if held is not None:
                yield held
            held = _new(line)
        before = line
        at += 1
    if held is not None:
        yield held
    yield from map(_stands_beside, beside)


def _order(one: _Place | Bookmark) -> tuple[int, float]:
    """Where it stands among the lines; a bookmark that gives no height leads to the top."""
    return (one.page or 0, -one.y if one.y is not None else float("-inf"))


def _pictures(pages: Sequence[PrintedPage]) -> Iterator[_Place]:
    for number, page in enumerate(pages):
        yield from (_Place(number, y) for y in page.pictures[:20])
        if page.drawings > MOST_DRAWINGS:
            yield _Place(number, 0.0)


def _stands_beside(one: _Place | Bookmark) -> Paragraph:
    found = Paragraph((one.page or 0) + 1, in_table=False, boxed=False)
    if isinstance(one, _Place):
        found.figures = 1
    else:
        found.text.append(one.title)
        found.outline = one.level - 1
    return found


def _heading(lines: Sequence[PrintedLine], level: int) -> Paragraph:
    found = _new(lines[0])
    for line in lines[1:]:
        _take(found, line)
    found.outline = level - 1
    return found


def _new(line: PrintedLine) -> Paragraph:
    found = Paragraph(line.page + 1, in_table=line.cells > 1, boxed=False)
    _take(found, line)
    return found


def _take(paragraph: Paragraph, line: PrintedLine) -> None:
    last = paragraph.text[-1][-1:] if paragraph.text else ""
    if last.isascii() and last.isalnum() and line.text[:1].isascii():
        paragraph.text.append(" ")
    paragraph.text.append(line.text)
    for (bold, size, font), length in line.formats.items():
        look = RunFormat(bold=bold, size=round(size * 2), font=font)
        paragraph.formats[look] = paragraph.formats.get(look, 0) + length


def _goes_on(before: PrintedLine, line: PrintedLine, body: _Body) -> bool:
    """Tell whether a line goes on with the paragraph of the one before."""
    if before.cells > 1 or line.cells > 1 or before.size != line.size or before.bold != line.bold:
        return False
    if before.page == line.page and before.y - line.y > _GAP * line.size:
        return False
    if body.is_less(line):
        return before.page == line.page and before.end - before.x > _WRAPPED * (body.right - body.left) and ordinal(line.text) is None
    return before.end >= body.right - _FULL * line.size and line.x <= body.left + _INDENT * line.size

