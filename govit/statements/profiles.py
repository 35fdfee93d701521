"""画像：what a project or an existing system is compared by: whose it is, what it goes on with, what it is to have. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.statements.features import FUNCTION, Feature, core_of, features, words
from govit.statements.words import words as report_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govit.dossier.model import Project, System
    from govit.statements.disagreements import ReadReport

SYSTEMS = "govit.yaml 的 systems"
_LONGEST_PLACE = 8


@record
class Profile:
    """一个项目，或者一个已有系统."""

    path: str
    """The folder of the project; of a system whence it is known."""
    id: str
    name: str
    unit: str
    year: int | None
    before: str
    """The id of what it goes on with."""
    is_system: bool
    features: tuple[Feature, ...]

    @property
    def builds(self) -> bool:
        """Whether it is to have anything new: what is only operated is no duplicate of anything."""
        return not any(word in self.name for word in words().operating)

    def goes_on_with(self, other: Profile) -> bool:
        """Whether both are one system in its phases: the one names the other, or both the same before them.

        Of one unit also where a name says so: 升级改造, 二期.
        """
        named = self.before and self.before in (other.id, other.before)
        if named or (other.before and other.before == self.id) or (self.id and self.id == other.id):
            return True
        return self.unit == other.unit and any(word in self.name + other.name for word in words().continuing)


def profile_of(project: Project, path: str, reports: Sequence[ReadReport]) -> Profile:
    """What a project is compared by."""
    name = project.name or ""
    own = features(project, reports)
    whole = core_of(_without_place(name, _unit_of(project)))
    called = [Feature(FUNCTION, name, whole, "项目名称")] if whole else []
    return Profile(
        path=path,
        id=project.id or "",
        name=name,
        unit=_unit_of(project),
        year=project.year,
        before=project.predecessor or "",
        is_system=False,
        features=tuple({(one.kind, one.core): one for one in (*own, *called)}.values()),
    )


def systems_of(systems: Iterable[System], unit: str) -> Iterator[Profile]:
    """The existing systems of a unit; one without a name that says something is compared with nothing."""
    for one in systems:
        name, owner = one.name or "", one.unit or unit
        core = core_of(_without_place(name, owner))
        if core:
            year = one.completed.year if one.completed else None
            called = Feature(FUNCTION, name, core, SYSTEMS)
            yield Profile(SYSTEMS, one.id or "", name, owner, year, "", is_system=True, features=(called,))


def _unit_of(project: Project) -> str:
    return (project.unit.name if project.unit else None) or ""


def _without_place(name: str, unit: str) -> str:
    """某市智慧停车平台 is 智慧停车平台: the unit's name or the place at its head says nothing of what is built."""
    if unit and name.startswith(unit):
        name = name.removeprefix(unit)
    ends = [name.find(place) for place in report_words().places if 0 < name.find(place) < _LONGEST_PLACE]
    at = min(ends, default=-1)
    return name[at + 1 :] if at >= 0 and unit.startswith(name[: at + 1]) else name
