"""断句：the sentences of a paragraph, ended as they are printed: by 。 ； ： ！ ？, not inside brackets or quotation marks."""

from __future__ import annotations

import re

_TERMINAL = "。；：！？;"
_OPENERS, _CLOSERS = "（(“《「『【", "）)”》」』】"
_ITEM_HEAD = re.compile("[（(][一二三四五六七八九十]+[)）][^，、；：。]{2,10}。")
"""（一）某事。 is the head of what follows, and no sentence."""


def ended(text: str) -> bool:
    """Whether a text ends where a sentence does."""
    return text.rstrip(_CLOSERS).endswith(tuple(_TERMINAL)) if text else False


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; brackets that are never closed hold nothing together."""
    balanced = all(text.count(a) == text.count(b) for a, b in zip(_OPENERS, _CLOSERS, strict=True))
    found: list[str] = []
    start = depth = 0
    for n, sign in enumerate(text):
        depth += (sign in _OPENERS) - (sign in _CLOSERS) if balanced else 0
        if sign in _TERMINAL and depth == 0:
            found.append(text[start : n + 1])
            start = n + 1
    whole = [*found, text[start:]] if text[start:] else found
    headed = len(whole) > 1 and _ITEM_HEAD.fullmatch(whole[0])
    return [whole[0] + whole[1], *whole[2:]] if headed else whole
