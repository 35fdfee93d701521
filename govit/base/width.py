"""栏宽：how many columns of letters a text takes on a screen."""

from __future__ import annotations

import unicodedata


def width(text: str) -> int:
    """Columns that a text takes on a terminal: full-width characters take two."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)
