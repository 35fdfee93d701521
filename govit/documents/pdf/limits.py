"""限额：what one PDF may cost, counted by what is unpacked, parsed and kept; no clock is asked."""

from __future__ import annotations

from typing import NoReturn

from govit.documents.content import Trouble, Unreadable

MOST_BYTES = 40_000_000
"""Unpacked of all streams that are read; a report of 1000 pages has some 10 MB, its pictures are never unpacked."""
LARGEST_STREAM = 16_000_000
MOST_TOKENS = 1_000_000
"""Parsed in the whole file; a report has some 3000 on a page."""
FREE_TOKENS = 350_000
"""What a file may have whatever it weighs; the more it weighs, the more it may have."""
GLYPHS_A_TOKEN = 4
"""Characters that cost as much as a token."""
MOST_GLYPHS = 1_200_000
"""Characters shown on all pages; a report of 1000 pages has 800 000."""
MOST_OBJECTS = 300_000
MOST_PAGES = 5_000
REMEDY = "请核实文件来源；原件是 Word 文件的，请在同一目录放入 docx 版本"


class PdfAllowance:
    """余额：what may still be spent on one file."""

    __slots__ = ("bytes", "glyphs", "tokens")

    def __init__(self, most_bytes: int = MOST_BYTES, tokens: int = MOST_TOKENS) -> None:
        self.bytes = min(most_bytes, MOST_BYTES)
        self.tokens = min(tokens, MOST_TOKENS)
        self.glyphs = MOST_GLYPHS

    def unpack(self, size: int) -> None:
        """Pay for bytes that were unpacked or searched."""
        self.bytes -= size
        if self.bytes < 0:
            too_much("要解压的数据太多")

    def parse(self, count: int) -> None:
        """Pay for tokens."""
        self.tokens -= count
        if self.tokens < 0:
            too_much("里面的对象和绘图指令太多")

    def show(self, count: int) -> None:
        """Pay for characters on a page."""
        self.parse(count // GLYPHS_A_TOKEN)
        self.glyphs -= count
        if self.glyphs < 0:
            too_much(f"文字超过 {MOST_GLYPHS // 10_000} 万字")


def too_much(what: str) -> NoReturn:
    """Refuse a file that costs more than any report does."""
    raise Unreadable(Trouble.HUGE, f"PDF 文件过大：{what}，未读取", REMEDY)


def damaged(what: str, cause: Exception | None = None) -> NoReturn:
    """Refuse a file whose structure cannot be followed; other programs may still show it, so it is not called damaged."""
    raise Unreadable(
        Trouble.UNSUPPORTED,
        f"PDF 的内部结构读不通，可能已损坏：{what}",
        "请用 WPS 或 PDF 阅读器打开，另存一份再放入，或重新取得原件；原件是 Word 文件的，请放入 docx 版本",
    ) from cause
