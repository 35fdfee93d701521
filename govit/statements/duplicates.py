"""重复建设：pairs of projects, and of projects and existing systems, that are to have the same. Pure.

What more projects have than MOST_HOLDERS is no mark of likeness, as is what every system has. What is only operated is compared with nothing; a
later phase of a system and its rebuilding have what it has, and are no pair with it.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from govit.base.records import record
from govit.statements.features import FUNCTION, RESOURCE, Feature

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govit.statements.profiles import Profile

MOST_HOLDERS = 12
MOST_PAIRS = 200
"""Nobody goes through more."""
FEWEST_ALIKE = 2
"""Functions of one name in both; of data resources one suffices: nobody is to collect them twice."""
SPECIFIC = 5
"""Characters of the name of a function of which one suffices: 食堂视频监管 says more than 问题交办."""
NEAR, SHORTEST_NEAR = 85, 7
"""Names of so many characters are alike from so many parts of a hundred on: 窨井盖告警与处置记录, 窨井盖报警与处置记录."""
_RAREST = 3
_MOST_BESIDE = 200
"""A pair of characters that stands in more names leads to none."""

Named = tuple[str, str]
"""The kind and the core of a feature."""


@record
class SharedFeature:
    """一项相同的：the feature of the one and that of the other."""

    one: Feature
    other: Feature


@record
class SuspectedPair:
    """疑似重复的两个：what they have alike, and what part that is of the one that has less."""

    one: Profile
    other: Profile
    alike: tuple[SharedFeature, ...]
    share: int
    """Of a hundred."""


def pairs(profiles: Sequence[Profile]) -> list[SuspectedPair]:
    """The pairs that are worth a look, those with most in common first."""
    holders: dict[Named, list[int]] = defaultdict(list)
    own: list[Mapping[Named, Feature]] = []
    profiles = sorted((one for one in profiles if one.builds), key=lambda one: one.is_system)
    for number, profile in enumerate(profiles):
        own.append({(one.kind, one.core): one for one in profile.features})
        for named in own[-1]:
            holders[named].append(number)
    rare = {named: numbers for named, numbers in holders.items() if len(numbers) <= MOST_HOLDERS}
    met: dict[tuple[int, int], list[SharedFeature]] = defaultdict(list)
    for mine, theirs, one, other in _meetings(rare):
        first, second = sorted(((mine, one), (theirs, other)))
        met[first[0], second[0]].append(SharedFeature(own[first[0]][first[1]], own[second[0]][second[1]]))
    found = [_pair(profiles[one], profiles[other], alike) for (one, other), alike in met.items()]
    kept = [pair for pair in found if pair is not None]
    return sorted(kept, key=lambda pair: (-len(pair.alike), -pair.share, pair.one.path, pair.other.path))[:MOST_PAIRS]


def _meetings(holders: Mapping[Named, Sequence[int]]) -> Iterator[tuple[int, int, Named, Named]]:
    """Two that have a feature of one name, or of names that are near."""
    for named, numbers in holders.items():
        yield from ((one, other, named, named) for one, other in combinations(numbers, 2))
    for kind in (FUNCTION, RESOURCE):
        for mine, theirs in _near(core for of, core in holders if of == kind):
            first, second = (kind, mine), (kind, theirs)
            for one, other in product(holders[first], holders[second]):
                if one != other:
                    yield one, other, first, second


def _near(cores: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Names that are near, each pair once: those that share one of their rarest pairs of characters are looked at."""
    long = [core for core in cores if len(core) >= SHORTEST_NEAR]
    having: dict[str, list[str]] = defaultdict(list)
    for core in long:
        for two in _twos(core):
            having[two].append(core)
    leading = {core: _rarest(core, having) for core in long}
    for core, twos in leading.items():
        beside = {other for two in twos for other in having[two] if other != core}
        for other, _, _ in process.extract(core, sorted(beside), scorer=fuzz.ratio, score_cutoff=NEAR, limit=_MOST_BESIDE):
            if core < other or not any(two in core for two in leading[other]):  # else the pair is found from the other
                yield core, other


def _rarest(core: str, having: Mapping[str, Sequence[str]]) -> list[str]:
    """The pairs of characters by which those that may be near are found."""
    twos = sorted(_twos(core), key=lambda two: (len(having[two]), two))[:_RAREST]
    return [two for two in twos if len(having[two]) <= _MOST_BESIDE]


def _twos(core: str) -> set[str]:
    return {core[at : at + 2] for at in range(len(core) - 1)}


def _pair(one: Profile, other: Profile, alike: Sequence[SharedFeature]) -> SuspectedPair | None:
    """The pair if it is worth a look: what they have alike is not the same system going on."""
    if (one.is_system and other.is_system) or one.goes_on_with(other):
        return None
    once = {(found.one.kind, found.one.core): found for found in alike}
    enough = (
        len(once) >= FEWEST_ALIKE
        or one.is_system
        or other.is_system
        or any(_suffices(found) for found in once.values())
    )
    if not enough:
        return None
    least = min(len(profile.features) for profile in (one, other) if not profile.is_system)
    return SuspectedPair(one, other, tuple(once.values()), min(100, 100 * len(once) // max(1, least)))


def _suffices(found: SharedFeature) -> bool:
    """Whether one such feature alone makes a pair worth a look."""
    says = found.one.kind == RESOURCE or len(found.one.core) >= SPECIFIC
    return says and found.one.core == found.other.core
