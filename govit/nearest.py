"""最接近的词：the nearest known word for a typo."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """The known word that the typo most resembles, None if nothing is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only needed once a typo was found

    close = get_close_matches(word, list(known), n=1, cutoff=0.5)
    return close[0] if close else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for an unknown word: the nearest one, else the list of what may be written."""
    words = list(known)
    near = nearest_word(word, words)
    if near is not None:
        return f"是不是“{near}”？"
    if not words:
        return "这里没有可写的词"
    shown = "、".join(words[:12])
    return f"可以写：{shown}{'等' if len(words) > 12 else ''}"  # noqa: PLR2004 - one line of text
