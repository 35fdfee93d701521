"""列：figures under one another, on a console where a Chinese character takes two columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.width import width
from govit.report.route import folded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal


def signed(amount: Decimal, text: str) -> str:
    """A figure with its sign, none for nothing."""
    return text if not amount else f"{'+' if amount > 0 else '-'}{text}"


def columns(rows: Sequence[tuple[str, ...]], indent: str, *, last: bool = False) -> Iterator[str]:
    """A table of words and, to the right, figures; with `last` the last column is words too."""
    widths = [max(width(row[n]) for row in rows) for n in range(len(rows[0]))]
    room = 100 - len(indent) - sum(widths[1:]) - 2 * (len(widths) - 1)
    widths[0] = min(widths[0], room)
    for row in rows:
        first, *rest = list(folded(row[0], "", "  ", widths[0]))
        cells = list(zip(row[1:], widths[1:], strict=True))
        right = cells[:-1] if last else cells
        figures = "".join("  " + " " * (w - width(cell)) + cell for cell, w in right)
        figures += f"  {row[-1]}" if last else ""
        yield f"{indent}{first}{' ' * (widths[0] - width(first))}{figures}".rstrip()
        yield from (indent + more for more in rest)
