"""栏宽：how many columns of letters a text takes on a screen."""

from __future__ import annotations

import unicodedata
from functools import cache


def width(text: str) -> int:
    """Columns that a text takes on a terminal: full-width characters take two."""
    return len(text) if text.isascii() else sum(map(_columns, text))


@cache
def _columns(letter: str) -> int:
    return 0 if unicodedata.combining(letter) else 2 if unicodedata.east_asian_width(letter) in "WF" else 1
