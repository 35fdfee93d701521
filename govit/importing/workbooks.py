"""读表：a workbook from a stranger -> its sheets. Nothing is calculated, no macro or link is followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.files import printable, read_bytes
from govit.base.usage import UsageError
from govit.importing import csv_text, ods, xls, xlsb, xlsx
from govit.importing.book import MOST_BYTES

if TYPE_CHECKING:
    from pathlib import Path

    from govit.importing.book import Book

_ZIP = b"PK"


def read_book(path: Path) -> Book:
    """Read every sheet; UsageError if it is no workbook or not one to be trusted."""
    data = read_bytes(path, MOST_BYTES)
    name = printable(path.name)
    if len(data) > MOST_BYTES:
        message = f"{name} 超过 {MOST_BYTES // 1_000_000} MB，没有读取；项目清单不会这样大，请删去图片和多余的表"
        raise UsageError(message)
    if data.startswith(xls.MARK):
        return xls.read(data, name)
    if path.suffix.lower() in csv_text.ENDINGS and not data.startswith(_ZIP):
        return csv_text.read(data, name)
    if ods.is_ods(data):
        xlsx.examine(data, name)
        return ods.read(data, name)
    if xlsb.is_xlsb(data):
        xlsx.examine(data, name)
        return xlsb.read(data, name)
    return xlsx.read(data, name)
