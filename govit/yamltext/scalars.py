"""空白表的行：records on one line and explanations as comments, made of values that are YAML already."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.width import width

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WIDTH = 108


def flow(entries: Mapping[str, str]) -> str:
    """One record on one line; the values are YAML already."""
    return "{" + ", ".join(f"{key}: {value}" for key, value in entries.items()) + "}"


def explained(text: str, indent: str = "") -> Iterator[str]:
    """An explanation as comment lines: two number signs, so that removing one still leaves a comment."""
    rows = list(_wrapped(text, _WIDTH - len(indent)))
    yield f"{indent}## {rows[0]}"
    for row in rows[1:]:
        yield f"{indent}##   {row}"


def _wrapped(text: str, most: int) -> Iterator[str]:
    """Lines that break after punctuation only, so that no word is cut."""
    row = ""
    for piece in re.findall(r"[^、，；。]*[、，；。]?", text):
        if row and width(row + piece) > most:
            yield row
            row = ""
        row += piece
    if row or not text:
        yield row
