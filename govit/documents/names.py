"""Find a chapter (篇、章) by its name, as a person who knows the regulation would.

Nobody types the name exactly as the regulation prints it: it is numbered, ends in 篇（章）, is
spaced out, or shares its heading with another chapter.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING
from unicodedata import normalize

from govit.base.patterns import regex
from govit.base.records import record
from govit.documents.content import CONTENTS
from govit.documents.ordinals import CHAPTER, ITEM, PART, ROMAN, SINGLE, ordinal
from govit.documents.typed_headings import REPORTS, is_annex, is_front, is_report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govit.documents.content import Aside, Content, Heading

SHORTEST_TITLE = 6
"""Characters; what is shorter is the name of a chapter."""
_CHAPTER_RANKS = (PART, CHAPTER, ROMAN, ITEM, SINGLE)
MOST_NUMBERS = 8
"""In front of one name, one after the other; a line of a hundred is no heading's."""
LITTLE_MORE = 8
"""Characters by which a text may be longer than the name that it holds."""
NEAR = 0.5
"""How alike two names are, from 0 to 1, for one to be the nearest miss of the other."""

_BETWEEN = " \t\n　.、,:-—·"
_ENDING = regex(r"(?:\)[篇章节]{1,2}专?\(|[篇章节]专?)*")
"""Read from the end, so that a long row of them is looked at once."""
_JOINERS = "与和及、,/+&"
_NOT_NAME = regex(rf"[^\w{_JOINERS}]+|_+")
_NOT_WORD = regex(r"[\W_]+")
_ENGLISH = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 \t&,.'-/()（）:")
_APART = frozenset(" \t/(（")
SHORTEST_ENGLISH = 8
"""Letters of a translation; fewer may be part of the name: 数据资源共享分析 IT."""


class ChapterState(Enum):
    """How a chapter was found, or why not."""

    FOUND = "found"
    EMPTY = "empty"
    PLACEHOLDER = "placeholder"
    TOO_DEEP = "too deep"
    ANNEXED = "annexed"
    """It is a chapter of an annex (附件) that has chapters of its own."""
    ASIDE = "aside"
    """The words stand in the text, but no heading bears them."""
    LISTED = "listed"
    """Only the table of contents (目录) has it."""
    NEAR = "near"
    MISSING = "missing"


@record
class ChapterSearch:
    """The outcome of looking for a chapter (篇、章)."""

    state: ChapterState
    heading: Heading | None
    """The heading found, or the nearest miss."""
    aside: Aside | None = None
    """The text that bears the name, where no heading does."""


@lru_cache(maxsize=8192)
def bare_name(text: str) -> str:
    """Reduce a heading to its name: 第八章 网络安全保障篇（章） is 网络安全保障."""
    core = _without_number(text)
    return _NOT_WORD.sub("", _without_ending(core.rstrip(".。:;,!-—…")))


def _without_ending(core: str) -> str:
    """Take 篇（章） and the like off the end."""
    ending = _ENDING.match(core[::-1])
    return core[: len(core) - ending.end()] if ending else core


def _without_number(text: str) -> str:
    """Normalise a heading and take its number off: 第八章, 八、, （一）, 1.2, Ⅷ; and what repeats it in English."""
    own = normalize("NFKC", unnumbered(_without_translation(text))).casefold()
    return "".join(unnumbered(own).split())


def unnumbered(text: str) -> str:
    """Take the numbers off a heading and leave its words as they are: 第八章　安全 is 安全."""
    core = text.strip()
    for _ in range(MOST_NUMBERS):
        number = ordinal(core)
        if number is None:
            break
        core = core[number.end :].lstrip(_BETWEEN)
    return core


def _without_translation(text: str) -> str:
    """Take off the English behind the Chinese of a heading: 网络安全保障 Network Security."""
    if not text or not text[-1].isascii():
        return text
    start = len(text)
    while start and text[start - 1] in _ENGLISH:
        start -= 1
    tail = text[start:]
    apart = tail[:1] in _APART
    return text[:start] if apart and sum(map(str.isalpha, tail)) >= SHORTEST_ENGLISH and start else text


def find_chapter(content: Content, name: str, also: Sequence[str] = ()) -> ChapterSearch:
    """Look for a chapter: a heading of the two highest levels in use that bears its name.

    The title that wraps the whole file is no level, and what calls itself 第七章 is a chapter wherever
    its style stands. Where several bear the name, one with content wins. Where none does, the nearest
    miss is given: the name at a deeper level, in an annex, in the text, or another name that resembles it.
    """
    wanted = _bare((name, *also))
    named = [one for one in content.headings if _bears(one.text, wanted)]
    annexed = [one for one in named if _is_annexed(one, content.headings)]
    body = [one for one in named if one not in annexed]
    levels = chapter_levels(content.headings)
    chapters = [one for one in body if one.level in levels or _is_worded(one.text)]
    if chapters:
        return _best(chapters)
    if body:
        return ChapterSearch(ChapterState.TOO_DEEP, min(body, key=lambda one: (not one.length, one.level)))
    if annexed:
        return ChapterSearch(ChapterState.ANNEXED, annexed[0])
    if aside := find_aside(content, (name, *also)):
        return ChapterSearch(ChapterState.ASIDE, None, aside)
    if listed := next((one for one in content.asides if one.where == CONTENTS and _bears(one.text, wanted)), None):
        return ChapterSearch(ChapterState.LISTED, None, listed)
    near = nearest_heading(content, (name, *also))
    if (near is None or not _holds(near.text, wanted)) and (aside := _nearest_aside(content, wanted)):
        return ChapterSearch(ChapterState.ASIDE, None, aside)
    return ChapterSearch(ChapterState.NEAR if near else ChapterState.MISSING, near)


def _holds(text: str, wanted: Sequence[str]) -> bool:
    return any(name in bare_name(text) for name in wanted)


def _nearest_aside(content: Content, wanted: Sequence[str]) -> Aside | None:
    """Find a text that holds the name and little more: 二数据资源共享分析, 【二】数据资源共享分析（含目录）."""
    near = [
        one
        for one in content.asides
        if one.where != CONTENTS and _holds(one.text, wanted) and len(one.text) <= max(map(len, wanted)) + LITTLE_MORE
    ]
    return min(near, key=lambda one: len(one.text), default=None)


def chapter_levels(headings: Sequence[Heading]) -> frozenset[int]:
    """Give the two highest levels in use, and the title's where a title wraps the whole file."""
    levels = sorted({one.level for one in headings})
    return frozenset(levels[: 3 if _has_title(headings) else 2])


def _has_title(headings: Sequence[Heading]) -> bool:
    """Tell whether the headings at the front are the title: nothing but annexes has their level, and they name the file."""
    top = min((one.level for one in headings), default=0)
    rest = [one for one in headings if one.level > top or not (is_front(one.text) or is_annex(one.text))]
    count = 0
    for one in rest:
        if one.level != top or ordinal(one.text):
            break
        count += 1
    if not 0 < count < len(rest) or any(one.level == top for one in rest[count:]):
        return False
    return _names_a_file("".join(one.text for one in rest[:count]), rest[count].text)


def _names_a_file(text: str, following: str) -> bool:
    """Tell the title of a report about 智慧停车平台 from the one chapter 总体设计: by its words, or by the chapters that it wraps."""
    name = bare_name(text)
    if len(name) < SHORTEST_TITLE:
        return False
    number = ordinal(following)
    return name.endswith(REPORTS) or (number is not None and number.rank in _CHAPTER_RANKS and number.numbers == (1,))


def _is_worded(text: str) -> bool:
    """Tell what calls itself 第七章 or 第七篇."""
    number = ordinal(text)
    return number is not None and number.worded and number.rank in (PART, CHAPTER)


def _is_annexed(one: Heading, headings: Sequence[Heading]) -> bool:
    """Tell a chapter of an annex from one of the body: the body has chapters of its own before it."""
    annex = next((text for text in one.path[:-1] if is_annex(text)), None)
    number = ordinal(one.text)
    if annex is None or number is None:
        return False
    before = takewhile(lambda other: other.text != annex, headings)
    ranks = [theirs.rank for other in before if (theirs := ordinal(other.text))]
    return number.rank in ranks or (len(ranks) > 1 and not is_report(annex))


def _best(chapters: Sequence[Heading]) -> ChapterSearch:
    """Prefer a chapter with content, then one that at least says where the content is."""
    for one in chapters:
        if one.length:
            return ChapterSearch(ChapterState.FOUND, one)
    for one in chapters:
        if one.placeholder:
            return ChapterSearch(ChapterState.PLACEHOLDER, one)
    return ChapterSearch(ChapterState.EMPTY, chapters[0])


def find_topic(content: Content, alternatives: Sequence[str]) -> Heading | None:
    """Find a heading of any level that speaks of a topic and has content."""
    wanted = _bare(alternatives)
    for one in content.headings:
        if one.length and any(name in bare_name(one.text) for name in wanted):
            return one
    return None


def find_aside(content: Content, names: Iterable[str]) -> Aside | None:
    """Find a text that bears one of the names but is no heading: a plain line, a cell of a table, a text box."""
    wanted = _bare(names)
    return next((one for one in content.asides if one.where != CONTENTS and _bears(one.text, wanted)), None)


def nearest_heading(content: Content, names: Iterable[str]) -> Heading | None:
    """Find the heading whose name most resembles one of the names, if any does enough."""
    wanted = _bare(names)
    nearest, best = None, NEAR
    for one in content.headings:
        bare = bare_name(one.text)
        likeness = max((_likeness(bare, name) for name in wanted), default=0.0)
        if likeness > best or (nearest is None and likeness >= NEAR):
            nearest, best = one, likeness
    return nearest


def _bare(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(bare for name in names if (bare := bare_name(name))))


def _bears(text: str, wanted: Sequence[str]) -> bool:
    """Tell whether a heading is, or names among others, one of the chapters."""
    bare = bare_name(text)
    if bare in wanted or any(name in bare and _joins(text, name) for name in wanted):
        return True
    return text[-1:] in ("）", ")") and bare_name(_without_remark(text)) in wanted


def _without_remark(text: str) -> str:
    """Take a remark in brackets off the end: 网络安全保障（含密码应用）; a number there is that of a page."""
    start = max(text.rfind("（"), text.rfind("("))
    return text[:start] if start >= 0 and not text[start + 1 : -1].strip().isdigit() else text


def _joins(text: str, name: str) -> bool:
    """Tell a heading of several chapters: 数据资源共享分析与网络安全保障篇."""
    core = _NOT_NAME.sub("", _without_number(text))
    part = rf"(?:^|[{_JOINERS}]){re.escape(name)}专?[篇章节]{{0,2}}(?:$|以及|[{_JOINERS}])"
    return re.search(part, core) is not None


def _likeness(one: str, other: str) -> float:
    """Compare two names by the pairs of neighbouring characters that they share."""
    if other in one:
        return 1.0
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others) or 1)


def _pairs(name: str) -> set[str]:
    return {name[at : at + 2] for at in range(len(name) - 1)}
