"""Classification marks (密级标志): 绝密★, 机密★10年, 秘密★.

Only their place is ever told: a message that echoed the words around a mark would spread them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

STAR = "★"
_MARK = re.compile(rf"[绝机秘][\s*_]*密[\s*_]*{STAR}")


def has_mark(text: str) -> bool:
    """Tell whether a text bears a mark, blanks and emphasis between its characters allowed."""
    return STAR in text and _MARK.search(text) is not None


def mark_places(text: str) -> Iterator[int]:
    """Give the place of each mark in a text."""
    if STAR in text:
        for match in _MARK.finditer(text):
            yield match.start()
