"""读表：a workbook from a stranger -> its sheets. Nothing is calculated, no macro or link is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.files import printable, read_bytes
from govit.base.usage import UsageError
from govit.importing import xls, xlsx
from govit.importing.book import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from govit.importing.book import Book


def read_book(path: Path) -> Book:
    """Read every sheet; UsageError if it is no workbook or not one to be trusted."""
    data = read_bytes(path, MOST_BYTES)
    name = printable(path.name)
    if len(data) > MOST_BYTES:
        message = f"{name} 超过 {MOST_BYTES // 1_000_000} MB，没有读取；项目清单不会这样大，请删去图片和多余的表"
        raise UsageError(message)
    return xls.read(data, name) if data.startswith(xls.MARK) else xlsx.read(data, name)
