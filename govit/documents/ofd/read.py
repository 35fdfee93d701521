"""Read an OFD: its pages and outline become the same content as a docx."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from govit.documents.allowance import purse
from govit.documents.content import Trouble, Unreadable
from govit.documents.ofd.page import POINTS, OfdPageReader
from govit.documents.ofd.parts import documents
from govit.documents.package import LARGEST_TOTAL, Package
from govit.documents.printed.page import Bookmark
from govit.documents.printed.story import content_of
from govit.documents.xmlguard import XmlAllowance

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.documents.content import Content
    from govit.documents.ofd.parts import OfdDocument
    from govit.documents.printed.page import PrintedPage

MOST_TAGS = 600_000
_REMEDIES = {
    Trouble.ENCRYPTED: "请解除加密后重新保存，或放入 docx 版本",
    Trouble.DAMAGED: "请用 OFD 阅读器打开核实，重新取得原件，或放入 docx 版本",
    Trouble.HUGE: "请核实文件来源，或放入 docx 版本",
}


def read_ofd(file: IO[bytes], size: int) -> Content:
    """Read the file, or raise :class:`Unreadable`."""
    run = purse()
    most_bytes, most_tags = run.limits(size)
    budget = XmlAllowance(min(MOST_TAGS, most_tags))
    tags = budget.tags
    package: Package | None = None
    try:
        package = Package(file, size, min(LARGEST_TOTAL, most_bytes))
        return _read(package, budget)
    except Unreadable as error:
        remedy = _REMEDIES.get(error.trouble, error.remedy)
        # what govit cannot follow, an OFD reader may still show: it is not called damaged
        trouble = Trouble.UNSUPPORTED if error.trouble is Trouble.DAMAGED else error.trouble
        what = error.what.replace("Word", "OFD").replace("文件已损坏", "OFD 的内部结构读不通，可能已损坏")
        raise Unreadable(trouble, what, remedy) from error
    finally:
        run.spend(size, package.unpacked if package else 0, tags - budget.tags)


def _read(package: Package, budget: XmlAllowance) -> Content:
    found = documents(package, budget)
    if not any(document.pages for document in found):
        raise Unreadable(Trouble.DAMAGED, "文件已损坏：OFD 里没有页面", "")
    heights: list[float] = []
    return content_of(_pages(package, found, heights, budget), lambda: list(_bookmarks(found, heights)), "OFD")


def _pages(package: Package, found: Sequence[OfdDocument], heights: list[float], budget: XmlAllowance) -> Iterator[PrintedPage]:
    for document in found:
        reader = OfdPageReader(package, document, budget)
        for _, part in document.pages:
            page = reader.read(part)
            heights.append(page.height)
            yield page


def _bookmarks(found: Sequence[OfdDocument], heights: Sequence[float]) -> Iterator[Bookmark]:
    first = 0
    for document in found:
        places = {number: first + at for at, (number, _) in enumerate(document.pages)}
        for entry in document.outline:
            at = places.get(entry.page)
            y = heights[at] - entry.top * POINTS if at is not None and entry.top is not None else None
            yield Bookmark(entry.title, entry.level, at, y)
        first += len(document.pages)
