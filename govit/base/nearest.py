"""最接近的词：the nearest known word for a typo."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_LONGEST = 60
_SHOWN = 20


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """The known word that the typo most resembles, None if nothing is near."""
    if len(word) > _LONGEST:
        return None
    from difflib import get_close_matches

    words = list(known)
    same = next((known for known in words if known.casefold() == word.casefold()), None)
    close = get_close_matches(word, words, n=1, cutoff=0.5)
    return same or (close[0] if close else None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint for an unknown word: the nearest one, else the list of what may be written."""
    words = sorted(known) if isinstance(known, (set, frozenset)) else list(known)  # the same order in every run
    return near_hint(nearest_word(word, words), words)


def near_hint(near: str | None, known: Iterable[str]) -> str:
    """The hint for an unknown word of which the nearest known one has been looked for."""
    words = list(known)
    if near is not None:
        return f"是不是“{near}”？"
    if not words:
        return "这里没有可写的词"
    shown = "、".join(words[:_SHOWN])
    return f"可以写：{shown}{f'……共 {len(words)} 个' if len(words) > _SHOWN else ''}"
