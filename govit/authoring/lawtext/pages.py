"""读入：the lines of a law's text from the file that somebody received."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.files import read_bytes
from govit.base.records import record
from govit.base.usage import UsageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

BAR = "｜"
"""What stands between the cells of a row."""
_PLAIN = (".txt", ".text", ".md", ".markdown")
_MOST_BYTES = 20_000_000


@record
class PageLine:
    """一行：its text, and where it stands: 第 12 行, 第 3 段, 第 2 页."""

    text: str
    place: str


def read_lines(path: Path) -> tuple[PageLine, ...]:
    """The lines of a law's text, empty ones as well; UsageError where nothing can be read."""
    if not path.is_file():
        message = f"没有文件 {path}"
        raise UsageError(message)
    found = _plain(path) if path.suffix.lower() in _PLAIN else _paper(path)
    if not any(line.text.strip() for line in found):
        message = f"{path.name} 里没有文字；扫描件先识别成文字，另存为 docx 或 txt"
        raise UsageError(message)
    return found


def _plain(path: Path) -> tuple[PageLine, ...]:
    from govit.documents.content import Unreadable
    from govit.documents.textfile import decode

    data = read_bytes(path, _MOST_BYTES)
    if len(data) > _MOST_BYTES:
        message = f"{path.name} 超过 {_MOST_BYTES // 1_000_000} MB，不像一部办法的文本"
        raise UsageError(message)
    try:
        text = decode(data)
    except Unreadable as error:
        message = f"{path.name}：{error.what}；{error.remedy}"
        raise UsageError(message) from error
    marked = path.suffix.lower() in (".md", ".markdown")
    return tuple(
        PageLine(_unmarked(line) if marked else line, f"第 {number} 行")
        for number, line in enumerate(text.splitlines(), 1)
    )


def _unmarked(line: str) -> str:
    """A line of Markdown as it is printed; a row of a table as a line."""
    text = line.strip()
    if text.startswith("|"):
        return _row(part.strip() for part in text.strip("|").split("|")) if text.strip("|-: ") else ""
    return line.lstrip("#").replace("**", "")


def _row(cells: Iterable[str]) -> str:
    """A row of a table as a line: what stands in its cells, with a bar between; '' where nothing does."""
    texts = ["".join(text.split()).rstrip("；。") for text in cells]
    return f"{BAR.join(texts)}；" if any(texts) else ""


def _paper(path: Path) -> tuple[PageLine, ...]:
    from govit.documents.filled import read_filled

    paper = read_filled(path)
    if paper.reading.content is None:
        message = f"{path.name} 读不出文字：{paper.reading.detail}"
        raise UsageError(message)
    found = [PageLine(line.text, f"第 {line.number} {line.unit}") for line in paper.lines]
    for table, before in reversed(paper.lines_before):
        rows = [row for row in paper.rows if row[0].table == table]
        found[before:before] = [PageLine(_row(cell.text for cell in row), f"第 {table} 个表第 {row[0].row} 行") for row in rows]
    return tuple(found)
