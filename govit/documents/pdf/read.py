"""Read a PDF: its pages and bookmarks become the same content as a docx."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from govit.documents.allowance import purse
from govit.documents.pdf.bookmarks import bookmarks, pages
from govit.documents.pdf.limits import FREE_TOKENS, MOST_BYTES, MOST_TOKENS, PdfAllowance, damaged
from govit.documents.pdf.page import PdfPageReader
from govit.documents.pdf.store import Store
from govit.documents.printed.story import content_of

if TYPE_CHECKING:
    from govit.documents.content import Content

_HEAD = 1024


def read_pdf(file: IO[bytes], size: int) -> Content:
    """Read the file, or raise :class:`Unreadable`."""
    if b"%PDF" not in file.read(_HEAD):
        damaged("不是有效的 PDF 文件，可能已损坏或改过扩展名")
    run = purse()
    most_bytes, most_tokens = run.limits(size)
    allowance = PdfAllowance(min(most_bytes, MOST_BYTES), min(most_tokens, MOST_TOKENS, FREE_TOKENS + size))
    bytes_at_first, tokens_at_first = allowance.bytes, allowance.tokens
    try:
        return _read(file, size, allowance)
    finally:
        run.spend(size, bytes_at_first - allowance.bytes, tokens_at_first - allowance.tokens)


def _read(file: IO[bytes], size: int, allowance: PdfAllowance) -> Content:
    store = Store(file, size, allowance)
    found = pages(store)
    reader = PdfPageReader(store)
    numbers = {number: at for at, (number, _) in enumerate(found)}
    pages_read = (reader.read(page) for _, page in found)
    return content_of(pages_read, lambda: bookmarks(store, numbers), "PDF")
