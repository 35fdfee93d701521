"""Read a docx: its headings with what stands below them, and its classification marks.

A heading (标题) is a paragraph that its style or outline level (大纲级别) makes one, or one that
was only typed and made bold. python-docx would do, at five times the cost and without the
automatic numbers; see ``benchmarks/``.
"""

from __future__ import annotations

from itertools import islice
from typing import IO, TYPE_CHECKING, NoReturn

from govit.documents.allowance import purse
from govit.documents.body import Story
from govit.documents.celled import CelledStory
from govit.documents.content import Content, Mark, Trouble, Unreadable, build
from govit.documents.headings import HeadingFinder
from govit.documents.marks import MOST_MARKS, has_mark
from govit.documents.numbering import read_lists, read_numbering
from govit.documents.package import LARGEST_TOTAL, Package
from govit.documents.paragraph_sink import hand_over, is_kept
from govit.documents.parts import Parts, find_parts, refuse_template
from govit.documents.styles import LARGEST_REMEMBERED, LARGEST_STYLES, Styles, read_styles
from govit.documents.xmlguard import XmlAllowance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govit.documents.numbering import Numbering
    from govit.documents.paragraph import Paragraph


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
    story = CelledStory if is_kept() else Story
    paragraphs = story(parts.document, styles, budget).read(package.chunks(parts.document))
    hand_over(paragraphs)
    finder = HeadingFinder(styles, numbering, budget)
    pieces = list(finder.find(paragraphs))
    marks = (*islice(_marks(paragraphs), MOST_MARKS), *_marks_around(package, parts, styles, budget))
    return build(pieces, marks, finder.asides)


def judged(
    paragraphs: Sequence[Paragraph], styles: Styles, numbering: Numbering, budget: XmlAllowance | None = None
) -> Content:
    """Make the content of paragraphs that another format gave, without its marks."""
    hand_over(paragraphs)
    finder = HeadingFinder(styles, numbering, budget)
    return build(finder.find(paragraphs), (), finder.asides)


def _numbering(package: Package, part: str, budget: XmlAllowance) -> Numbering:
    """Read the lists; a part too large to be remembered is not even kept while it is read."""
    if package.size(part) <= LARGEST_REMEMBERED:
        return read_numbering(package.read(part, LARGEST_REMEMBERED))
    return read_lists(package.chunks(part), budget)


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
