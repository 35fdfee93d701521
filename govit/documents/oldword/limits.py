"""限额：what one old Word file may cost, counted by what is parsed; no clock is asked."""

from __future__ import annotations

from typing import NoReturn

from govit.documents.content import Trouble, Unreadable

MOST_STEPS = 1_200_000
"""Runs, stretches of text and properties; a report of 1000 pages has some 300 000."""


class Work:
    """余额：how many steps may still be taken for one file."""

    __slots__ = ("left",)

    def __init__(self, most: int = MOST_STEPS) -> None:
        self.left = min(most, MOST_STEPS)

    def pay(self, steps: int) -> None:
        """Take steps."""
        self.left -= steps
        if self.left < 0:
            too_much(f"文字格式超过 {MOST_STEPS // 10_000} 万段")


def too_much(what: str) -> NoReturn:
    """Refuse a file that costs more than any report does."""
    raise Unreadable(Trouble.HUGE, f"文件过大：{what}，未读取", "请核实文件来源，用 Word 或 WPS 另存为 docx 后放入")


def damaged(what: str, cause: Exception | None = None) -> NoReturn:
    """Refuse a file whose structure cannot be followed; other programs may still show it, so it is not called damaged."""
    raise Unreadable(
        Trouble.UNSUPPORTED, f"文件的内部结构读不通，可能已损坏：{what}", "请用 Word 或 WPS 打开修复后另存为 docx，或重新取得原件"
    ) from cause
