"""The outline (大纲) of a docx: which lines are headings, and how deep each one is.

Heading styles say it, where they are used well. Many files use them badly or not at all, so what a
reader sees speaks too: the number in front, how the numbers run, and how large the line is printed.
A number that starts again at 1 below a heading is deeper than it, whatever it looks like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.documents.ordinals import CHAPTER, PART, POINT, SINGLE, SUBITEM
from govit.documents.typed_headings import is_front

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.documents.appearance import Shown
    from govit.documents.ordinals import Ordinal

DEEPEST = 9
NARROW = 2
"""Half-points by which two lines of one rank may differ in size."""
_DOTTED = range(SINGLE + 1, POINT)
_CHAPTERS = 2
"""A chapter stands at one of the two highest levels."""


class Line:
    """A paragraph that bears a number or a heading style: a heading, if the rest of the file agrees."""

    __slots__ = (
        "alone", "annex", "begins_contents", "below", "claimed", "contents", "face", "framed", "free", "heading", "heavy",
        "level", "linked", "number", "prose", "text",
    )  # fmt: skip

    def __init__(self, text: str, claimed: int, number: Ordinal | None, face: Shown | None) -> None:
        self.text = text
        """As shown, with its automatic number."""
        self.claimed = claimed
        """The level that style or outline level (大纲级别) claims, 0 for none."""
        self.number = number
        self.face = face
        self.heading = claimed > 0
        self.free = False
        """It stands by itself, a line and not a sentence, in no table and no text box."""
        self.alone = False
        """It is all that a table of one cell holds."""
        self.framed = False
        """It fills a row of a table: a heading if the whole file is set in tables."""
        self.heavy = False
        """It bears a number and stands out."""
        self.linked = False
        """All of it is a link into the document."""
        self.begins_contents = False
        """It follows the title of a table of contents."""
        self.annex = False
        self.contents = False
        """It belongs to a typed table of contents."""
        self.below = 0
        """How many paragraphs, tables and figures follow before the next line."""
        self.prose = 0
        """How many of them are more than a few words."""
        self.level = 0

    @property
    def rank(self) -> int:
        """The rank of its number, 0 if it bears none."""
        return self.number.rank if self.number else 0

    @property
    def value(self) -> int:
        """The last part of its number: of 1.2 it is 2."""
        return self.number.numbers[-1] if self.number and self.number.numbers else 0

    @property
    def size(self) -> int:
        """Half-points in which it is printed."""
        return self.face.size if self.face else 0


@record
class _OpenHeading:
    """A heading whose end has not been seen yet."""

    line: Line
    level: int
    claim: int
    """The level that a style must claim to end it."""


def place(lines: Sequence[Line]) -> None:
    """Give every heading among the lines its level."""
    headings = [line for line in lines if line.heading]
    placer = _Placer(headings)
    for line in lines:
        placer.take(line)
    _settle(headings)


def title_of(headings: Sequence[Line]) -> int:
    """Count the headings at the front that are the title (标题): they wrap the whole file, and bear no number."""
    count = front_of(headings)
    return count if count < len(headings) else 0


def front_of(headings: Sequence[Line]) -> int:
    """Count the headings at the front that bear no number and have the highest style to themselves."""
    claims = [line.claimed for line in headings if line.claimed]
    top = min(claims, default=0)
    count = 0
    for line in headings:
        if line.claimed != top or line.number or is_front(line.text):
            break
        count += 1
    return count if count == claims.count(top) else 0


class _Placer:
    """Goes through the lines in order, with the headings that are open."""

    def __init__(self, headings: Sequence[Line]) -> None:
        self._open: list[_OpenHeading] = []
        self._floor = 0
        """Headings below this one stay open: it is the annex that is being read, with what is around it."""
        self._body_last: Line | None = None
        """The last chapter of the body before an annex began."""
        self._listed: dict[int, int] = {}
        """The last number of each rank in plain lists since the last heading."""
        self._seen: dict[int, int] = {}
        self._anchored = _anchored(headings)
        self._nested = _nested(headings)
        self._ahead = _ahead(headings)
        self._resumed = _resumed(headings)

    def take(self, line: Line) -> None:
        """Place a heading; note where a plain list has got to."""
        if not line.heading:
            if line.number and line.value:
                self._listed[line.rank] = line.value
            return
        if line.annex:
            self._begin_annex(line)
        else:
            self._leave_annex(line)
            level = self._styled(line) if line.claimed else self._typed(line)
            self._push(line, level, line.claimed or level)
        self._listed.clear()

    def _push(self, line: Line, level: int, claim: int) -> None:
        line.level = min(level, DEEPEST)
        self._open.append(_OpenHeading(line, line.level, claim))
        if line.number and not line.claimed:
            self._seen.setdefault(line.rank, line.level)

    def _parent_level(self) -> int:
        return self._open[-1].level if self._open else 0

    def _cut(self, keep: int) -> None:
        """Close all open headings but the first ones."""
        del self._open[max(keep, self._floor) :]

    # annexes

    def _begin_annex(self, line: Line) -> None:
        """Put an annex (附件) beside the chapters of the body; its own chapters stand below it."""
        if not self._floor:
            self._body_last = next((one.line for one in self._open if one.line.number), None)
        self._floor = 0
        beside = self._body_last.level if self._body_last else self._parent_level() + 1
        level = line.claimed or beside
        while self._open and self._open[-1].level >= level:
            self._open.pop()
        self._push(line, level, 0)
        self._floor = len(self._open)

    def _leave_annex(self, line: Line) -> None:
        """Leave the annex where the chapters of the body go on."""
        last = self._body_last
        if not self._floor or last is None or line.rank != last.rank or line.value != last.value + 1:
            return
        if any(_continues(line, one.line) for one in self._open[self._floor :]):
            return
        self._floor = 0
        while self._open and self._open[-1].level >= last.level:
            self._open.pop()

    # headings by style

    def _styled(self, line: Line) -> int:
        """Give the level that a style claims, one deeper for each heading of the same style that it stands below."""
        while len(self._open) > self._floor and self._open[-1].claim > line.claimed:
            self._open.pop()
        first = len(self._open)
        while first > self._floor and self._open[first - 1].claim == line.claimed:
            first -= 1
        self._cut(self._among(line, first))
        return max(line.claimed, self._parent_level() + 1)

    def _among(self, line: Line, first: int) -> int:
        """Say how many open headings a styled one leaves open, the first of its own style being given."""
        same = [at for at in range(len(self._open) - 1, first - 1, -1) if self._open[at].line.rank == line.rank > 0]
        if same:
            goes_on = [at for at in same if line.value == self._open[at].line.value + 1]
            return same[0] + 1 if line in self._resumed else (goes_on or same[-1:])[0]
        if line.rank and len(self._open) > first:
            above = self._open[-1].line
            if above.rank and _starts(line, above) and self._is_inside(line.rank, above.rank):
                return len(self._open)
        return first

    # headings by number and size

    def _typed(self, line: Line) -> int:
        """Give the level of a heading that no style makes one."""
        number = line.number
        if number and number.rank in (PART, CHAPTER):
            return self._chapter(line, number.rank)
        if number and number.rank in _DOTTED:
            return self._dotted(line, number)
        return self._numbered(line)

    def _chapter(self, line: Line, rank: int) -> int:
        """Place what calls itself 篇 or 章: beside others of its kind."""
        anchor = self._anchored.get(rank)
        if anchor is not None:
            keep = len(self._open)
            while keep > self._floor and self._open[keep - 1].level >= anchor:
                keep -= 1
            self._cut(keep)
            return max(anchor, self._parent_level() + 1 if self._floor else anchor)
        return self._by_rank(line, rank)

    def _by_rank(self, line: Line, rank: int) -> int:
        """Close all that usage puts at or below the rank."""
        keep = len(self._open)
        while keep > self._floor:
            other = self._open[keep - 1].line
            if not (other.rank == rank or self._is_inside(other.rank, rank) or _is_larger(line, other)):
                break
            keep -= 1
        self._cut(keep)
        return self._parent_level() + 1

    def _dotted(self, line: Line, number: Ordinal) -> int:
        """Place 5.1 below what bears the number 5, beside 5.2."""
        prefix = number.numbers[:-1]
        parent = None
        for at in range(len(self._open) - 1, self._floor - 1, -1):
            other = self._open[at].line
            if other.rank == number.rank and other.number and other.number.numbers[:-1] == prefix:
                level = self._open[at].level
                self._cut(at)
                return level
            if parent is None and other.number and other.number.numbers == prefix:
                parent = at
        anchor = self._anchored.get(number.rank, 0)
        if parent is not None:
            self._cut(parent + 1)
            return max(anchor, self._parent_level() + 1)
        return self._numbered(line)

    def _numbered(self, line: Line) -> int:
        """Place a heading by where its number goes on, or where it starts anew."""
        region = range(len(self._open) - 1, self._floor - 1, -1)
        goes_on = [at for at in region if _continues(line, self._open[at].line)]
        if line.value and self._listed.get(line.rank) == line.value - 1:
            goes_on = [at for at in goes_on if _is_like(line, self._open[at].line)]
            if not goes_on and line.value > 1:
                return self._parent_level() + 1
        if goes_on:
            return self._beside(self._choose(line, goes_on))
        if line.value <= 1:
            return self._anew(line)
        same = [at for at in region if self._open[at].line.rank == line.rank]
        if same:
            alike = [at for at in same if self._is_slip(line, self._open[at].line)]
            return self._beside(alike[0]) if alike else self._parent_level() + 1
        known = self._anchored.get(line.rank, 0)
        if not known:
            return max(self._by_rank(line, line.rank), self._seen.get(line.rank, 0))
        while len(self._open) > self._floor and self._open[-1].level >= known:
            self._open.pop()
        return max(known, self._parent_level() + 1) if self._floor else known

    def _beside(self, at: int) -> int:
        level = self._open[at].level
        self._cut(at)
        return level

    def _choose(self, line: Line, goes_on: Sequence[int]) -> int:
        """Say which of several runs a number goes on with: the one that looks alike, else by what follows."""
        alike = [at for at in goes_on if _is_like(line, self._open[at].line)]
        if len(alike) == 1:
            return alike[0]
        choice = alike or goes_on
        return choice[-1] if line in self._ahead else choice[0]

    def _anew(self, line: Line) -> int:
        """Start a run below the heading that stands above it."""
        keep = len(self._open)
        while keep > self._floor:
            other = self._open[keep - 1].line
            if not (_is_larger(line, other) or self._is_outside(line, other)):
                break
            keep -= 1
        self._cut(keep)
        if len(self._open) > self._floor + 1:
            last, before = self._open[-1], self._open[-2]
            if _is_like(line, last.line) and _is_like(line, before.line):
                return self._beside(len(self._open) - 1)
        return self._parent_level() + 1

    def _is_outside(self, line: Line, other: Line) -> bool:
        """Tell whether usage puts the other heading below a line of this rank."""
        if other.claimed or not other.rank or other.rank == line.rank or other.rank in _DOTTED:
            return False
        return self._is_inside(other.rank, line.rank)

    def _is_slip(self, line: Line, other: Line) -> bool:
        """Tell whether a number that does not go on is a slip of counting: 7 twice, or 8 after 6."""
        return line.value >= other.value and _is_like(line, other)

    def _is_inside(self, rank: int, outer: int) -> bool:
        """Tell whether one rank stands inside another: by usage, unless the numbers show that it is otherwise."""
        if rank in (PART, CHAPTER) or outer in (PART, CHAPTER):
            return rank > outer
        within, outward = (rank, outer) in self._nested, (outer, rank) in self._nested
        return rank > outer if within == outward else within


def _starts(line: Line, above: Line) -> bool:
    """Tell a number that starts a run: 1, or 5.1 below 5."""
    if line.value == 1:
        return True
    return bool(line.number and above.number and line.number.numbers[:-1] == above.number.numbers != ())


def _continues(line: Line, other: Line) -> bool:
    """Tell whether a heading goes on where another one of its rank left off."""
    if other.rank != line.rank or not line.value or line.value != other.value + 1:
        return False
    return bool(other.claimed) or other.size - line.size <= NARROW


def _is_like(line: Line, other: Line) -> bool:
    """Tell whether two lines of one rank look alike."""
    if line.rank != other.rank or line.number is None or other.number is None:
        return False
    return line.face == other.face and line.number.closing == other.number.closing


def _is_larger(line: Line, other: Line) -> bool:
    """Tell a line that is printed larger than a typed heading, and so cannot stand below it."""
    return not other.claimed and line.size - other.size > NARROW


def _anchored(headings: Sequence[Line]) -> dict[int, int]:
    """Give the levels that styled headings lend to typed ones of their rank; 篇 and 章 stand at the top."""
    levels: dict[int, int] = {}
    rest = headings[title_of(headings) :]
    for line in rest:
        if line.claimed and line.rank and not line.annex:
            levels.setdefault(line.rank, line.claimed)
    claims = [line.claimed for line in rest if line.claimed]
    if not claims and len(rest) == len(headings):
        return levels
    top = min(claims, default=headings[0].claimed + 1)
    loose = {line.rank for line in rest if not line.claimed} - set(levels)
    for step, rank in enumerate(sorted(loose & {PART, CHAPTER})):
        levels[rank] = min(top + step, DEEPEST)
    return levels


def _nested(headings: Sequence[Line]) -> set[tuple[int, int]]:
    """Find the ranks that start anew inside another one, again and again: as (inner, outer)."""
    often: dict[tuple[int, int], int] = {}
    begun: dict[int, set[int]] = {}
    for line in headings:
        for rank in begun.get(line.rank, ()) if line.value > 1 else ():
            often[rank, line.rank] = often.get((rank, line.rank), 0) + 1
        if line.value == 1:
            for ranks in begun.values():
                ranks.add(line.rank)
        begun[line.rank] = set()
    return {pair for pair, count in often.items() if count > 1}


def _ahead(headings: Sequence[Line]) -> set[Line]:
    """Find the headings that have others of their own rank below them: the next one starts at 1."""
    found = set()
    following: dict[int, Line] = {}
    behind: Line | None = None
    for line in reversed(headings):
        after = following.get(line.rank)
        if (after and after.value == 1) or (behind and behind.number and behind.number.numbers == (line.value, 1)):
            found.add(line)
        following[line.rank] = behind = line
    return found


def _resumed(headings: Sequence[Line]) -> set[Line]:
    """Find the styled headings that start a run inside a run of the same style and rank, which goes on behind it."""
    found = set()
    last: dict[tuple[int, int], int] = {}
    for at, line in enumerate(headings):
        if not line.claimed or not line.value or line.rank in _DOTTED:
            last.clear()
            continue
        key = (line.claimed, line.rank)
        if line.value == 1 and last.get(key, 0) > 1 and _goes_on_behind(headings, at, last[key]):
            found.add(line)
            continue
        if line.value != 1 and last.get(key) is not None and line.value != last[key] + 1:
            continue
        last[key] = line.value
    return found


def _goes_on_behind(headings: Sequence[Line], at: int, outer: int) -> bool:
    """Look whether, behind the run that starts here, the outer run goes on."""
    first, inner = headings[at], 0
    for line in headings[at:]:
        if line.claimed < first.claimed or line.rank != first.rank:
            if line.claimed == first.claimed and not line.rank:
                return False
            continue
        if line.value == inner + 1:
            inner = line.value
        else:
            return line.value == outer + 1
    return False


def _settle(headings: Sequence[Line]) -> None:
    """Let lines that look alike agree on their level, then shift what stands below them along."""
    targets = _targets(headings)
    stack: list[tuple[int, int]] = []
    for line in headings:
        old = line.level
        while stack and stack[-1][0] >= old:
            stack.pop()
        above = stack[-1] if stack else (0, 0)
        new = max(above[1] + old - above[0], targets.get(line, 0))
        line.level = min(new, DEEPEST)
        stack.append((old, new))


def _targets(headings: Sequence[Line]) -> dict[Line, int]:
    """Find the typed headings that must be deeper than the place where they stand says."""
    targets = dict.fromkeys(_leading(headings), _CHAPTERS)
    deeper: dict[tuple[int, Shown | None], int] = {}
    for line in headings:
        if _is_point(line) and line.level > _CHAPTERS:
            key = (line.rank, line.face)
            deeper[key] = min(deeper.get(key, DEEPEST), line.level)
    sections = max((line.size for line in headings if line.level == _CHAPTERS and not line.claimed), default=0)
    for line in headings:
        if _is_point(line) and line.level == _CHAPTERS:
            small = _CHAPTERS + 1 if sections - line.size > NARROW else 0
            targets[line] = deeper.get((line.rank, line.face), small)
    return targets


def _is_point(line: Line) -> bool:
    return not line.claimed and line.rank >= SUBITEM and line.rank not in _DOTTED


def _leading(headings: Sequence[Line]) -> Iterator[Line]:
    """Give the typed headings that stand before the first one of an outer rank, yet at its level."""
    if any(line.claimed for line in headings):
        return
    outer = min((line.rank for line in headings if line.level == 1 and line.value), default=0)
    for line in headings:
        if outer in (0, line.rank):
            return
        if line.level == 1 and line.number:
            yield line
