"""写 YAML 的值：plain where that is safe, quoted where a plain one would mean something else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.width import width
from govit.yamltext.written import double_quoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~=<][^:#,\[\]{}\n]*", re.ASCII)
_WORDS = frozenset(("null", "true", "false", "yes", "no", "on", "off"))
"""What a YAML reader, of one version or another, takes for something other than text."""
_WIDTH = 108


def scalar(text: str) -> str:
    """A text as a YAML value that every reader takes for this text."""
    plain = _PLAIN.fullmatch(text) and text == text.strip() and text.casefold() not in _WORDS
    return text if plain else double_quoted(text)


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
