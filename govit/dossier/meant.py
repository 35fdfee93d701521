"""本意：what was meant by a word, a key or a figure that is refused, where there is one right answer; else ''."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from govit.base.nearest import nearest_word
from govit.base.patterns import regex
from govit.dossier.secrecy import like_classified

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

_QUOTES = "“”‘’＂＇「」\"'"
_UNSEEN = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\xad"))
_SEPARATORS = regex("[，、；,;]")
_MEANINGFUL = frozenset(
    "不未无非没否免已再零一二三四五六七八九十两单双上中下前后左右首初终末先复正副大小多少高低全部总分主次"
    "甲乙丙丁省市县区乡镇国州年季月周日旬新旧改内外入出收发买卖增减加减升降重轻可应得有是同异公私自他己本开关始止"
)
"""Characters that make another word of the right length, not a misspelt one."""
_COMMAS = regex("[，、]")
_SHORTEST_KEY, _SHORTEST_WORD = 4, 2
_CHANGED_PLACES = 2
_PAIR = regex(r"([a-z_]+)\s*(?:：\s*|:)([^\s：:#][^：:#]*)")


def half_width(text: str, parse: Callable[[str], object]) -> str:
    """A figure or day in half-width characters, if it is then what `parse` takes and says the same."""
    narrow = unicodedata.normalize("NFKC", text).strip()
    if narrow == text:
        return ""
    try:
        return narrow if parse(narrow) is not None else ""
    except ValueError:
        return ""


def without_unseen(text: str) -> str:
    """A text without the characters of no width that come along from Word or a page of the web."""
    return text.translate(_UNSEEN)


def right_word(text: str, accepted: Mapping[str, str], *, several: bool) -> str:
    """The word of a closed list: without its quotes, of several the list in brackets, or one character beside it."""
    bare = "".join(unicodedata.normalize("NFKC", text).split()).strip(_QUOTES)
    if bare in accepted:
        return bare
    parts = [part.strip() for part in _SEPARATORS.split(text.strip(_QUOTES))]
    if several and len(parts) > 1 and all(part in accepted for part in parts):
        return f"[{', '.join(parts)}]"
    near = {accepted[word] for word in accepted if _misspelt(bare, word)}
    return near.pop() if len(near) == 1 else ""


def right_key(key: str, labels: Mapping[str, str]) -> str:
    """The key that was typed in Chinese, in full width, or with one letter wrong; never one about secrecy."""
    if like_classified(key):
        return ""
    plain = unicodedata.normalize("NFKC", without_unseen(key)).strip()
    if plain in labels:
        return plain
    if pair := right_pair(key, labels):
        return pair
    near = {name for name, label in labels.items() if label == plain}
    near = near or {name for name in labels if len(name) >= _SHORTEST_KEY and _one_apart(plain, name)}
    return near.pop() if len(near) == 1 and not like_classified(min(near)) else ""


def right_pair(text: str, labels: Mapping[str, str]) -> str:
    """`name：甲` and `name:甲` as the key and the value that they were meant to be; several with full-width commas as well."""
    parts = [part.strip() for part in _COMMAS.split(text)]
    several = len(parts) > 1 and all(_PAIR.fullmatch(part) for part in parts)
    found = [_PAIR.fullmatch(part) for part in (parts if several else [text])]
    pairs = [(one[1], one[2]) for one in found if one is not None and one[1] in labels and not like_classified(one[1])]
    return ", ".join(f"{key}: {value}" for key, value in pairs) if len(pairs) == len(found) == len(dict(pairs)) else ""


def near_word(text: str, words: Iterable[str]) -> str | None:
    """The known word that a text resembles; not one that differs in a character that says something: 续建 is not 新建."""
    near = nearest_word(text, words)
    if near is None or len(near) != len(text):
        return near
    other = any(a != b and (a in _MEANINGFUL or b in _MEANINGFUL) for a, b in zip(text, near, strict=True))
    return None if other else near


def _misspelt(text: str, word: str) -> bool:
    """Whether two words of one length differ in one character, or two that changed places; none that says something."""
    if len(text) != len(word) or len(word) < _SHORTEST_WORD:
        return False
    apart = [(a, b) for a, b in zip(text, word, strict=True) if a != b]
    if any(a in _MEANINGFUL or b in _MEANINGFUL or not a.isalpha() for a, b in apart):
        return False
    return len(apart) == 1 or (len(apart) == _CHANGED_PLACES and apart[0] == apart[1][::-1])


def _one_apart(text: str, name: str) -> bool:
    """Whether a key has one letter too many, too few, wrong or in the wrong place."""
    if abs(len(text) - len(name)) > 1:
        return False
    if len(text) != len(name):
        long, short = sorted((text, name), key=len, reverse=True)
        return any(long[:n] + long[n + 1 :] == short for n in range(len(long)))
    apart = [n for n, (a, b) in enumerate(zip(text, name, strict=True)) if a != b]
    swapped = len(apart) == _CHANGED_PLACES and [text[n] for n in apart] == [name[n] for n in reversed(apart)]
    return len(apart) == 1 or (swapped and apart[1] == apart[0] + 1)
