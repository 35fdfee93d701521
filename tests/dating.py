"""The dates of a pack's base project with a patch laid over it, for tests."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from given_cases import AsGiven

from govit.authoring.examples import build
from govit.calendar.workdays import published
from govit.deadlines import dossiers as deadlines
from govit.deadlines import due
from govit.dossier.model import Index, Neighbour
from govit.judging.engine import Options
from govit.law.library import Library

if TYPE_CHECKING:
    from govit.calendar.periods import Schedule
    from govit.deadlines.dates import Deadline
    from govit.dossier.model import Project
    from govit.dossier.projects import Dossier
    from govit.law.regulation import Regulation


@cache
def pack(name: str) -> Regulation:
    """A built-in regulation with its base."""
    found = Library().get(name)
    assert found is not None
    return found


class _Dossier:
    def __init__(self, index: Index) -> None:
        self.index = index


def case_of(
    project: Project, regulation: Regulation, on: str, schedule: Schedule | None = None, *, assume: bool = False
) -> AsGiven:
    """A project ready to be judged on a day."""
    options = Options(as_of=dt.date.fromisoformat(on), schedule=schedule or published(), assume_in_force=assume)
    dossier = cast("Dossier", _Dossier(Index((Neighbour("p", project),))))
    return AsGiven(project=project, path="p", dossier=dossier, regulation=regulation, options=options, findings=())


def dates(name: str, on: str, patch: dict[str, Any], **options: Any) -> list[Deadline]:
    """Every date of the patched base of a regulation."""
    project, _ = build(pack(name), patch)
    case = case_of(project, pack(name), on, **options)
    examined = case.examined()
    return [*due.of_rules(case, examined, 30), *deadlines.of_waivers(case, examined, 30)]


def of(name: str, rule: str, on: str, patch: dict[str, Any], **options: Any) -> list[Deadline]:
    """The dates that one rule sets."""
    return [d for d in dates(name, on, patch, **options) if d.rule == rule]
