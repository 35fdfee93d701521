"""文件种类：the kind that the name of a file speaks of, though it is not the kind itself: 某报告（报批稿）终稿."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from govit.base.patterns import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DRAFTS = (
    "报批稿|送审稿|征求意见稿|评审稿|修订稿|修改稿|讨论稿|上会稿|盖章稿|初稿|终稿|定稿|原稿|草稿|正稿|"
    "盖章版|签字版|正式版|最终版|修改版|修订版|终版|定版|打印版|扫描版|电子版|新版|"
    "盖章件|扫描件|复印件|签字件|原件|复件|副本|已盖章|盖章|签章|签字|用印|扫描|最终|最新|修改后|修改|copy|final"
)
_NUMBERED = r"v?\d{1,6}(\.\d{1,6}){0,4}|第?[一二三四五六七八九十\d]{1,6}[稿版次]|v[一二三四五六七八九十]{1,4}"
_DAY = r"(19|20)\d{2}[-./年]?\d{1,2}([-./月]?\d{1,2}日?|月)?|(19|20)\d{2}年?"
_MARGIN_SIGNS = " \t_-—–·.,，、()（）[]【】《》〈〉“”\"'+&"
_ENDING = regex(rf"(?:{_DRAFTS}|{_DAY}|{_NUMBERED})$", re.IGNORECASE)
_BEGINNING = regex(r"^(?:附[件录]?\s*[一二三四五六七八九十\d]*|\d+|[一二三四五六七八九十]+)[\s、.．:：_-]+")
_SHORTEST = 2
_MOST_ENDINGS = 10
_LONGEST = 120


def kind_of_name(name: str, kinds: Mapping[str, str]) -> str:
    """The one kind that a file name speaks of, '' if none or several; `kinds` are all spellings with their kind."""
    stem = unicodedata.normalize("NFKC", name.rpartition("/")[2].rpartition(".")[0])[:_LONGEST]
    spelled = {unicodedata.normalize("NFKC", spelling): kind for spelling, kind in kinds.items()}
    for core in _cores(stem):
        if core in spelled:
            return spelled[core]
        if found := _single(spelled[word] for word in _longest_at_end(core, spelled)):
            return found
    core = list(_cores(stem))[-1]
    if len(core) < _SHORTEST:
        return ""
    return _single(kind for word, kind in spelled.items() if _abbreviates(core, word))


def _cores(stem: str) -> Iterator[str]:
    """The name with one ending after the other taken off."""
    core = _BEGINNING.sub("", stem).strip(_MARGIN_SIGNS)
    for _ in range(_MOST_ENDINGS):
        yield core
        shorter = _ENDING.sub("", core).strip(_MARGIN_SIGNS)
        if shorter == core or len(shorter) < _SHORTEST:
            return
        core = shorter


def _longest_at_end(core: str, words: Mapping[str, str]) -> list[str]:
    """The longest word that a name ends with, behind the name of the project."""
    at_end = [word for word in words if core.endswith(word) and len(word) > _SHORTEST]
    most = max(map(len, at_end), default=0)
    return [word for word in at_end if len(word) == most]


def _abbreviates(core: str, word: str) -> bool:
    """Whether a short name is made of characters of a word, in their order and from its first."""
    rest = iter(word)
    return core[0] == word[0] and len(core) < len(word) and all(character in rest for character in core)


def _single(kinds: Iterator[str]) -> str:
    found = set(kinds)
    return found.pop() if len(found) == 1 else ""
