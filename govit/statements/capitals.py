"""大写和小写：an amount in capitals and the same in figures beside it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.capitals import CHARACTERS, LONGEST, parse_capitals
from govit.base.records import record
from govit.statements.amounts import Amount, amount_at, run_end

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from govit.statements.report_text import ReportText, TextBlock

_BETWEEN = frozenset("(),:¥即大小写人民币为")
_FIGURES = frozenset("0123456789,.亿万元")
FAR = 12
"""Characters between an amount in figures and the same in capitals."""


@record
class WrittenTwice:
    """一个金额的大写和小写."""

    capitals: str
    value: Decimal
    figures: Amount
    block: TextBlock


def in_capitals(report: ReportText) -> Iterator[WrittenTwice]:
    """Each amount in capitals that has one amount in figures right beside it."""
    for block in report.blocks:
        at = 0
        while at < len(block.text):
            end = run_end(block.text, at, CHARACTERS, LONGEST)
            value = parse_capitals(block.text[at:end]) if end > at + 1 else None
            figures = _beside(block.text, at, end) if value is not None else None
            if value is not None and figures is not None:
                yield WrittenTwice(block.text[at:end], value, figures, block)
            at = max(end, at + 1)


def _over(text: str, at: int, end: int) -> int:
    """Where what leads from one writing to the other ends; after a comma that names neither, another amount begins."""
    between = text[at:end]
    return at if "," in between and "写" not in between else end


def _beside(text: str, start: int, end: int) -> Amount | None:
    """The one amount in figures that stands right before or behind, with nothing but marks and 大写 between."""
    behind = _over(text, end, run_end(text, end, _BETWEEN, FAR))
    before = start
    while before > 0 and start - before < FAR and text[before - 1] in _BETWEEN:
        before -= 1
    before = before if _over(text, before, start) > before else start
    begun = before
    while before - begun < FAR + FAR and begun > 0 and text[begun - 1] in _FIGURES:
        begun -= 1
    one = amount_at(text, behind) if behind > end else None
    other = amount_at(text, begun) if begun < before < start else None
    found = [
        amount for amount in (one, other if other is not None and other.end == before else None) if amount is not None
    ]
    return found[0] if len(found) == 1 else None
