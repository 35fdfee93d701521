"""Workbooks for tests, made with openpyxl and changed in their XML where openpyxl would not write such a thing."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from openpyxl import Workbook, load_workbook

from govit.importing.workbooks import read_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from govit.importing.book import Sheet


def workbook(rows: Iterable[Any], *merged: str, title: str = "清单") -> bytes:
    """A workbook of one sheet."""
    book = Workbook()
    one = book.active
    assert one is not None
    one.title = title
    for row in rows:
        one.append(row)
    for ref in merged:
        one.merge_cells(ref)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sheet(rows: Iterable[Any], *merged: str) -> Sheet:
    """A sheet as `govit import` reads it."""
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(workbook(rows, *merged))
        return read_book(path).sheets[0]


def edited(path: Path, title: str, cells: Mapping[str, Any], target: Path | None = None) -> None:
    """Change cells of a workbook as a clerk does."""
    book = load_workbook(path)
    for ref, value in cells.items():
        book[title][ref] = value
    book.save(target or path)


def repacked(data: bytes, change: Callable[[str, bytes], bytes], more: Mapping[str, bytes] | None = None) -> bytes:
    """A workbook with its parts changed, and others added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
        for name, content in (more or {}).items():
            target.writestr(name, content)
    return out.getvalue()
