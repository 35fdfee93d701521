"""Automatic numbers (自动编号) as Word shows them: 第八章, （一）, 8.1, Ⅷ.

A heading numbered by Word holds no number in its text, but the clerk sees one, and speaks of
第八章. So the lists of ``numbering.xml`` are counted along with the paragraphs.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from govit.base.patterns import regex
from govit.base.records import record
from govit.documents.content import Trouble, Unreadable
from govit.documents.numerals import numeral
from govit.documents.styles import integer, is_on
from govit.documents.xmlguard import Feed, XmlAllowance

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable

    from govit.documents.styles import Style
    from govit.documents.xmlguard import Attributes

LEVELS = 9
MOST_LEVELS = 100_000
"""Levels of all lists of one file; a file of many copied lists has some ten thousand."""
MOST_LISTS = 50_000
_LONGEST_PATTERN = 60
_PLACE = regex(r"%([1-9])")


class Level(NamedTuple):
    """One level (级) of a list."""

    start: int = 1
    numerals: str = "decimal"
    pattern: str = ""
    """``第%1章``."""
    restart: int | None = None
    """After which level (from 1) it starts anew; 0: never; None: after any above it."""
    between: str = "tab"
    arabic: bool = False
    """All numbers in it are shown in Arabic digits (正规形式编号)."""
    style: str = ""
    """The paragraph style that this level numbers."""


@record
class Number:
    """A list in use (num): an abstract list, with levels or starts of its own."""

    abstract: str
    levels: tuple[Level, ...]
    starts: Mapping[int, int]


Numbering = Mapping[str, Number]
"""All lists of one file, by numId."""


def read_numbering(data: bytes) -> Numbering:
    """Read a small ``word/numbering.xml``; files made from one template share it, so it is remembered."""
    return _remembered(data)


def read_lists(chunks: Iterable[bytes], budget: XmlAllowance) -> Numbering:
    """Read ``word/numbering.xml`` piece by piece."""
    reader = _Reader()
    reader.read(chunks, budget)
    return {key: reader.number(key) for key in reader.nums}


@lru_cache(maxsize=8)
def _remembered(data: bytes) -> Numbering:
    return read_lists((data,), XmlAllowance())


class _Abstract:
    """A list as written (abstractNum), or the overriding levels of a num."""

    __slots__ = ("levels", "link", "name", "starts")

    def __init__(self, name: str) -> None:
        self.name = name
        self.levels: dict[int, Level] = {}
        self.starts: dict[int, int] = {}
        self.link = ""


class _Reader:
    """Collects the lists from the XML."""

    def __init__(self) -> None:
        self.abstracts: dict[str, _Abstract] = {}
        self.by_style: dict[str, _Abstract] = {}
        """The list that defines each list style (列表样式)."""
        self.nums: dict[str, _Abstract] = {}
        self._into = _Abstract("")
        self._level = self._levels = 0

    def read(self, chunks: Iterable[bytes], budget: XmlAllowance) -> None:
        feed = Feed("word/numbering.xml", budget)
        starts = {
            "w:abstractNum": self._abstract,
            "w:num": self._num,
            "w:abstractNumId": self._based_on,
            "w:lvl": self._begin_level,
            "w:lvlOverride": self._override,
            "w:startOverride": self._start_override,
            "w:numStyleLink": self._based_on,
            "w:styleLink": self._style,
            "w:start": lambda a: self._set(start=integer(a.get("w:val"))),
            "w:numFmt": lambda a: self._set(numerals=a.get("w:val")),
            "w:lvlText": lambda a: self._set(pattern=a.get("w:val", "")[:_LONGEST_PATTERN]),
            "w:lvlRestart": lambda a: self._set(restart=integer(a.get("w:val"))),
            "w:suff": lambda a: self._set(between=a.get("w:val")),
            "w:isLgl": lambda a: self._set(arabic=is_on(a)),
            "w:pStyle": lambda a: self._set(style=a.get("w:val")),
            "mc:Choice": lambda _attributes: feed.skip(),
        }
        for name in ("w:rPr", "w:pPr", "w:numPicBullet"):
            starts[name] = lambda _attributes: feed.skip()
        feed.run(chunks, starts, {})

    def number(self, key: str) -> Number:
        """Put together what a num takes from its abstract list and what it overrides."""
        num = self.nums[key]
        abstract = self._linked(self.abstracts.get(num.link, _Abstract("")))
        levels = {**abstract.levels, **num.levels}
        return Number(
            abstract.name or f"num {key}",
            tuple(levels.get(index, Level()) for index in range(LEVELS)),
            num.starts,
        )

    def _linked(self, abstract: _Abstract) -> _Abstract:
        """Follow a list that only names a list style (列表样式) to the list that defines it."""
        return self.by_style.get(abstract.link, abstract)

    def _abstract(self, attributes: Attributes) -> None:
        name = attributes.get("w:abstractNumId", "")
        self._count(len(self.abstracts), MOST_LISTS)
        self._into = self.abstracts[name] = _Abstract(name)

    def _num(self, attributes: Attributes) -> None:
        name = attributes.get("w:numId", "")
        self._count(len(self.nums), MOST_LISTS)
        self._into = self.nums[name] = _Abstract(name)

    def _based_on(self, attributes: Attributes) -> None:
        self._into.link = attributes.get("w:val", "")

    def _style(self, attributes: Attributes) -> None:
        self.by_style.setdefault(attributes.get("w:val", ""), self._into)

    def _begin_level(self, attributes: Attributes) -> None:
        self._level = integer(attributes.get("w:ilvl")) or 0
        self._levels += 1
        self._count(self._levels, MOST_LEVELS)
        self._into.levels[self._level] = Level()

    def _count(self, so_many: int, most: int) -> None:
        if so_many > most:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：word/numbering.xml 里的编号列表超过 {most} 个，未读取",
                "请用 Word 或 WPS 重新另存为 docx",
            )

    def _override(self, attributes: Attributes) -> None:
        self._level = integer(attributes.get("w:ilvl")) or 0

    def _start_override(self, attributes: Attributes) -> None:
        start = integer(attributes.get("w:val"))
        if start is not None:
            self._into.starts[self._level] = start

    def _set(self, **known: str | int | None) -> None:
        level = self._into.levels.get(self._level)
        if level is not None:
            said: dict[str, Any] = {key: value for key, value in known.items() if value is not None}
            self._into.levels[self._level] = level._replace(**said)


class Counters:
    """The running numbers of one document."""

    def __init__(self, numbering: Numbering) -> None:
        """Start before the first paragraph."""
        self._numbers = numbering
        self._counts: dict[str, list[int | None]] = {}
        self._begun: set[str] = set()
        self._ties: dict[tuple[str, tuple[str, ...]], int] = {}

    def label(self, number: str, level: int | None, style: Style) -> str:
        """Count a paragraph and give the number that Word shows, with what separates it."""
        found = self._numbers.get(number)
        if found is None:
            return ""
        at = self._tied(number, found, style) if level is None else level
        if not 0 <= at < LEVELS:
            return ""
        counts = self._counts.setdefault(found.abstract, [None] * LEVELS)
        self._begin(number, found, counts)
        now = counts[at]
        counts[at] = found.starts.get(at, found.levels[at].start) if now is None else now + 1
        for below in range(at + 1, LEVELS):
            after = found.levels[below].restart
            if after is None or at < after:
                counts[below] = None
        return _shown(found, counts, at)

    def _tied(self, number: str, found: Number, style: Style) -> int:
        """Find the level of a paragraph that names none, once for each list and style."""
        key = (number, style.ancestors[:1])
        known = self._ties.get(key)
        if known is None:
            known = self._ties[key] = _tied(found, style)
        return known

    def _begin(self, number: str, found: Number, counts: list[int | None]) -> None:
        """Let a list start anew where it says so (重新开始编号), at its first paragraph."""
        if number not in self._begun:
            self._begun.add(number)
            for at in found.starts:
                if at < LEVELS:
                    counts[at] = None


def _tied(number: Number, style: Style) -> int:
    """Find the level that is tied to the style or its ancestors, else the one it names."""
    for name in style.ancestors:
        for at, level in enumerate(number.levels):
            if level.style and level.style == name:
                return at
    return style.number_level or 0


def _shown(number: Number, counts: list[int | None], at: int) -> str:
    """Write a number by its level's pattern: 第%1章 is 第八章."""
    level = number.levels[at]
    if level.numerals == "bullet":
        return ""

    def one(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        count = counts[index]
        other = number.levels[index]
        value = number.starts.get(index, other.start) if count is None else count
        return numeral(value, "decimal" if level.arabic else other.numerals)

    text = _PLACE.sub(one, level.pattern, count=LEVELS)
    return text + ("" if level.between == "nothing" else " ") if text else ""
