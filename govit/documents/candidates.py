"""Which lines of a docx are headings, before anybody asks how deep they are.

A heading style decides at once. Without one, a line that bears a number and stands out is a heading;
so is a plain line where the numbers of the file's headings run through it, or where the file has no
better headings at all. Lines of a typed table of contents (目录), which come again as headings, are none.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from govit.base.patterns import regex
from govit.documents.ordinals import CHAPTER, ITEM, PART, ROMAN, SECTION, SINGLE, SUBITEM
from govit.documents.outline import front_of
from govit.documents.typed_headings import is_front, is_report

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govit.documents.outline import Line

SHORTEST_CONTENTS = 3
SHORTEST_RUN = 2
_PAGE = regex(r"[\s.．·…\d()（）—–-]{1,12}$")
_TOPS = (PART, CHAPTER, ROMAN, ITEM, SINGLE)
"""What the chapters of a file without any formatting may be numbered by; the first that it has is taken."""
_BELOW: Mapping[int, tuple[int, ...]] = {
    PART: (CHAPTER, SECTION, ITEM, SUBITEM),
    CHAPTER: (SECTION, ITEM, SUBITEM),
    ROMAN: (ITEM, SUBITEM),
    ITEM: (SUBITEM,),
    SINGLE: (),
}
"""What numbers their sections; anything else that is numbered may be a list."""
_DOTS = (SINGLE + 1, SINGLE + 2)


def choose(lines: Sequence[Line]) -> list[Line]:
    """Mark the headings among the lines, those that stand out being marked already; give the lines that count."""
    counted = _without_frames(_without_links(lines))
    _drop_contents(counted)
    _join_runs(counted)
    _fill_gaps(counted)
    _take_plain(counted)
    _mark_annexes(counted)
    return list(counted)


# lines that count only if the file has no others


def _without_links(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave out the lines that are links: a table of contents, unless most have text below, which links back to it."""
    linked = [line for line in lines if line.linked]
    if not linked:
        return lines
    with_text = [line for line in linked if line.prose]
    has_others = any(line.heading and line.number and not line.linked for line in lines)
    if len(with_text) >= SHORTEST_RUN and len(with_text) * 2 >= len(linked) and not has_others:
        return lines
    for line in linked:
        line.contents, line.heading = True, False
    return _without(lines, linked)


def _without_frames(lines: Sequence[Line]) -> Sequence[Line]:
    """Leave out the lines in rows of tables; of a file that is set in tables altogether they are as any others."""
    framed = [line for line in lines if line.framed]
    if not framed:
        return lines
    headings = [line for line in lines if (line.heading or line.alone) and not line.framed]
    if any(not (is_front(line.text) or line.annex) for line in headings[front_of(headings) :]):
        return _without(lines, framed)
    for line in framed:
        line.free, line.heading = True, line.heavy
    return lines


def _without(lines: Sequence[Line], some: Sequence[Line]) -> list[Line]:
    """Leave out some lines; what stands below them stands below the line before."""
    left_out = set(some)
    kept: list[Line] = []
    for line in lines:
        if line not in left_out:
            kept.append(line)
        elif kept:
            kept[-1].below += line.below + (not line.contents)
            kept[-1].prose += line.prose + (not line.contents)
    return kept


# tables of contents that were only typed


def _drop_contents(lines: Sequence[Line]) -> None:
    """Find rows of lines with next to nothing between them, most of which come again further on."""
    keys = [_key(line) for line in lines]
    last = {key: at for at, key in enumerate(keys)}
    first = 0
    while first < len(lines):
        end = _row_end(lines, keys, last, first)
        again = sum(1 for key in keys[first:end] if last[key] >= end)
        titled = lines[first].begins_contents and end - first >= SHORTEST_RUN
        least = 1 if titled else SHORTEST_CONTENTS
        if again >= least and again * 2 >= end - first:
            for line in lines[first:end]:
                line.contents, line.heading = True, False
        first = max(end, first + 1)


def _row_end(lines: Sequence[Line], keys: Sequence[str], last: Mapping[str, int], first: int) -> int:
    """Find where a row of lines ends that may be a table of contents.

    What the table lists and the report lacks does not come again; its number then runs on in the row.
    """
    row: set[str] = set()
    counted: dict[int, int] = {}
    for at in range(first, len(lines)):
        line, key = lines[at], keys[at]
        runs_on = line.value > 0 and counted.get(line.rank) == line.value - 1
        if not key or key in row or not (last[key] > at or runs_on) or (row and lines[at - 1].prose):
            return at
        row.add(key)
        counted[line.rank] = line.value
    return len(lines)


def _key(line: Line) -> str:
    """Reduce a line to what its entry in a table of contents shares with it; an entry has a number, or its page's."""
    text = _PAGE.sub("", line.text[:80])
    if not (line.free or line.claimed or line.alone) or not (line.rank or len(text) < len(line.text)):
        return ""
    return "".join(text.split())


# lines that the others vouch for


def _join_runs(lines: Sequence[Line]) -> None:
    """Make a heading of a numbered line in a table of one cell, if its number runs on from or to another one."""
    alone = [line for line in lines if line.alone and line.number and not line.contents]
    known = {(line.rank, line.value) for line in lines if line.heading} | {(line.rank, line.value) for line in alone}
    for line in alone:
        if line.value and ((line.rank, line.value - 1) in known or (line.rank, line.value + 1) in known):
            line.heading = True


def _fill_gaps(lines: Sequence[Line]) -> None:
    """Make headings of the plain lines 第七章 that stand exactly where the run of chapters has a gap."""
    for rank in (PART, CHAPTER):
        run = [line for line in lines if _is_worded(line, rank)]
        gap: list[Line] = []
        before: Line | None = None
        for line in run:
            if not line.heading:
                gap.append(line)
                continue
            _fill(before, gap, line)
            before, gap = line, []
        _fill(before, gap, None)


def _is_worded(line: Line, rank: int) -> bool:
    return line.rank == rank and line.value > 0 and (line.heading or line.free) and not line.contents


def _fill(before: Line | None, gap: Sequence[Line], after: Line | None) -> None:
    if before is None or not gap:
        return
    values = [line.value for line in gap]
    if values != list(range(before.value + 1, before.value + 1 + len(gap))):
        return
    if after is None or after.value == values[-1] + 1:
        for line in gap:
            line.heading = True


# files without any formatting


def _take_plain(lines: Sequence[Line]) -> None:
    """Make headings of short lines whose numbers run in order, where the file has no better ones."""
    headings = [line for line in lines if line.heading]
    if any(line.claimed and not (is_front(line.text) or line.annex) for line in headings[front_of(headings) :]):
        return
    for rank in _TOPS:
        if any(line.heading and 0 < line.rank <= rank for line in lines):
            return
        run = [at for at, line in enumerate(lines) if line.free and line.rank == rank and not line.contents]
        chapters = _chapters_among(lines, run)
        if chapters and not _is_crossed(lines, rank):
            _take(lines, chapters)
        if chapters or (run and rank != PART):
            return


def _take(lines: Sequence[Line], run: Sequence[int]) -> None:
    """Make headings of a run of plain chapters, and of what runs in order below them."""
    top = lines[run[0]].rank
    for at in run:
        lines[at].heading = True
    chapters = [at for at, line in enumerate(lines) if line.free and line.rank == CHAPTER and not line.contents]
    if top == PART and _chapters_among(lines, chapters):
        _take(lines, chapters)
    else:
        _take_sections(lines, top)


def _chapters_among(lines: Sequence[Line], run: Sequence[int]) -> list[int]:
    """Tell chapters from lists: they count without a gap, and have text of their own; empty if they are none.

    Where a line calls itself 第七章, now and then a number may be left out or come twice.
    """
    worded = bool(run) and lines[run[0]].rank in (PART, CHAPTER)
    chapters = list(run) if worded else _outer_run([(at, lines[at].value) for at in run])
    if len(chapters) < SHORTEST_RUN:
        return []
    if worded:
        filled = sum(1 for at in chapters if _has_text(lines, at)) * 2 >= len(chapters)
        pairs = [(lines[one], lines[other]) for one, other in pairwise(chapters)]
        slips = sum(1 for one, other in pairs if not _follows(one, other))
        forward = all(other.value >= one.value or other.value == 1 for one, other in pairs)
        return chapters if filled and forward and slips * 2 <= len(pairs) else []
    spans = zip(chapters, [*chapters[1:], len(lines)], strict=True)
    texts = [any(line.below for line in lines[start:end]) for start, end in spans]
    return chapters if all(texts[:-1]) else []


def _follows(line: Line, following: Line) -> bool:
    return following.value in (line.value + 1, 1)


def _outer_run(run: Sequence[tuple[int, int]]) -> list[int]:
    """Give the places of the run that goes through; others start at 1 and end inside it. Empty if that is not clear."""
    outer: list[int] = []
    last: list[int] = []
    depths: dict[int, int] = {}  # how often a value stands in `last`, which may be as deep as the file has lines
    for at, value in run:
        goes_on = depths.get(value - 1, 0)
        if goes_on > 1 or (not goes_on and last and value != 1):
            return []
        while goes_on:
            dropped = last.pop()
            depths[dropped] -= 1
            goes_on = dropped != value - 1
        last.append(value)
        depths[value] = depths.get(value, 0) + 1
        if len(last) == 1:
            outer.append(at)
    return outer


def _has_text(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is followed by anything but the next one of its rank."""
    return lines[at].below > 0 or (at + 1 < len(lines) and lines[at + 1].rank != lines[at].rank)


def _is_crossed(lines: Sequence[Line], rank: int) -> bool:
    """Tell whether headings that stand out count on across the plain lines: then those only quote."""
    begun: set[int] = set()
    for line in lines:
        if line.rank == rank and line.free and not line.contents:
            begun.clear()
        elif line.heading and line.rank > rank and line.rank not in begun:
            if line.value > 1:
                return True
            begun.add(line.rank)
    return False


def _take_sections(lines: Sequence[Line], top: int) -> None:
    """Make headings of the lines below the chapters that usage numbers sections by, where they run in order."""
    last: dict[int, int] = {}
    chapter = 0
    for line in lines:
        if not line.number or line.contents:
            continue
        if line.heading and line.rank == top:
            chapter, last = line.value, {}
        elif line.free and not line.heading and line.below and chapter and _is_section(line, top, chapter, last):
            line.heading = True
            last = {rank: value for rank, value in last.items() if rank < line.rank} | {line.rank: line.value}


def _is_section(line: Line, top: int, chapter: int, last: Mapping[int, int]) -> bool:
    number = line.number
    if number is None or line.value != last.get(line.rank, 0) + 1:
        return False
    if line.rank in _DOTS:
        return number.numbers[0] == chapter
    return line.rank in _BELOW[top]


# annexes


def _mark_annexes(lines: Sequence[Line]) -> None:
    """Mark the lines that begin an annex (附件): chapters that start at 1 again follow, after those of the body."""
    begun = False
    for line, has_chapters in _annexes(lines):
        line.annex = has_chapters or (begun and line.claimed > 0)
        begun = begun or has_chapters
        if line.annex:
            line.heading, line.number = True, None


def _annexes(lines: Sequence[Line]) -> Iterator[tuple[Line, bool]]:
    """Give each line that may begin an annex, and whether chapters that start anew follow it."""
    counts: dict[int, int] = {}
    waiting: Line | None = None
    for line in lines:
        if line.annex:
            if waiting is not None:
                yield waiting, False
            waiting = line
        elif line.heading and line.number:
            if waiting is not None:
                alike = 0 if is_report(waiting.text) else sum(counts.values())
                before = max(counts.get(line.rank, 0), alike)
                yield waiting, line.value == 1 and line.rank in _TOPS and before >= SHORTEST_RUN
                waiting = None
            if line.rank in _TOPS:
                counts[line.rank] = counts.get(line.rank, 0) + 1
    if waiting is not None:
        yield waiting, False
