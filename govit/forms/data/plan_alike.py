"""相近的项目：pairs of projects of different units that look alike, and in what. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz import fuzz, process

from govit.base.records import record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.dossier.model import Project
    from govit.judging.case import Case

MOST_PAIRS = 30
MOST_COMPARED = 2000
"""Beyond so many projects only their names are compared: all pairs of texts would take minutes."""
ALIKE = 62.0
"""From here on two projects are worth a look; the nearest pair is shown however far apart it is."""
_CANDIDATES = 3
_NAME_CUTOFF, _CONTENT_CUTOFF = 40.0, 40.0
_SHARED_ROWS = 2
"""Data resources of one name by which a pair is looked at, however its texts differ."""
_MOST_SHARING = 20
"""Projects that share a data resource; what more of them have is no mark of likeness."""


@record
class Alike:
    """相近的两个项目: how near, from 0 to 100, and what they have in common."""

    one: Project
    other: Project
    score: float
    name: float
    content: float | None
    """None where one of them says nothing."""
    objects: tuple[str, ...]
    rows: tuple[str, ...]
    """Data resources that stand in both catalogues under one name."""


class _Text(NamedTuple):
    """A project as it is compared: its name without what names the place or unit, and its content."""

    project: Project
    unit: str
    name: str
    content: str


def alike(cases: Sequence[Case]) -> tuple[Alike, ...]:
    """The pairs of projects of different units that are nearest, nearest first."""
    texts = sorted(
        (_text(case.project) for case in cases if case.project.name), key=lambda t: (t.unit, t.project.source.file)
    )
    found = {pair: _pair(texts[pair[0]], texts[pair[1]]) for pair in {*_near_texts(texts), *_shared_rows(texts)}}
    ranked = sorted(found.items(), key=lambda item: (-item[1].score, -item[1].name, item[0]))
    near = (pair for place, (_, pair) in enumerate(ranked[:MOST_PAIRS]) if place == 0 or pair.score >= ALIKE)
    return tuple(near)


def _near_texts(texts: Sequence[_Text]) -> set[tuple[int, int]]:
    """The pairs whose names or contents are near."""
    found: set[tuple[int, int]] = set()
    with_content = len(texts) <= MOST_COMPARED
    names, contents = [t.name for t in texts], [t.content for t in texts]
    start = 0
    for number, text in enumerate(texts):
        if start <= number:
            start = next((n for n in range(number, len(texts)) if texts[n].unit != text.unit), len(texts))
        found |= {(number, other + start) for other in _nearest(text.name, names[start:], _NAME_CUTOFF)}
        if with_content and text.content:
            found |= {(number, other + start) for other in _nearest(text.content, contents[start:], _CONTENT_CUTOFF)}
    return found


def _nearest(text: str, others: Sequence[str], cutoff: float) -> list[int]:
    matches = process.extract(text, others, scorer=fuzz.ratio, score_cutoff=cutoff, limit=_CANDIDATES)
    return [match[2] for match in matches]


def _shared_rows(texts: Sequence[_Text]) -> set[tuple[int, int]]:
    """The pairs that have several data resources of one name."""
    holders: dict[str, list[int]] = {}
    for number, text in enumerate(texts):
        for name in {row.name for row in text.project.catalogue if row.name}:
            holders.setdefault(name, []).append(number)
    counts: dict[tuple[int, int], int] = {}
    for numbers in holders.values():
        if len(numbers) > _MOST_SHARING:
            continue
        for place, one in enumerate(numbers):
            for other in numbers[place + 1 :]:
                if texts[one].unit != texts[other].unit:
                    counts[one, other] = counts.get((one, other), 0) + 1
    return {pair for pair, count in counts.items() if count >= _SHARED_ROWS}


def _pair(one: _Text, other: _Text) -> Alike:
    by_name = fuzz.ratio(one.name, other.name)
    by_content = fuzz.ratio(one.content, other.content) if one.content and other.content else None
    mine, theirs = ([row.name for row in t.project.catalogue if row.name] for t in (one, other))
    rows = tuple(dict.fromkeys(name for name in mine if name in theirs))
    by_text = by_name if by_content is None else (by_name + by_content) / 2
    by_rows = 100 * len(rows) / min(len(mine), len(theirs)) if len(rows) >= _SHARED_ROWS else 0.0
    objects = tuple(name for name in one.project.objects if name in other.project.objects)
    return Alike(one.project, other.project, max(by_text, by_rows), by_name, by_content, objects, rows)


def _text(project: Project) -> _Text:
    unit = project.unit.name if project.unit and project.unit.name else ""
    name = project.name or ""
    shared = next((n for n, (a, b) in enumerate(zip(name, unit, strict=False)) if a != b), min(len(name), len(unit)))
    return _Text(
        project, unit, name[shared:] or name, " ".join((project.content or "", project.objective or "")).strip()
    )
