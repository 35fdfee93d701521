"""Cases for tests of the routes: the base project of a pack, or a small one, with some of its values changed."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from given_cases import AsGiven
from packs.pack_checks import SCHEDULE, loaded

from govit.authoring.examples import base_day, build
from govit.base.records import replace
from govit.dossier.model import Index, Neighbour, Source
from govit.judging.engine import Options
from govit.law.library import BUILT_IN
from govit.route.routing import route

if TYPE_CHECKING:
    from govit.dossier.model import Project
    from govit.law.regulation import Regulation
    from govit.route.steps import Route, Routed, Step


class _Dossier:
    """What a case asks of its dossier."""

    def __init__(self, index: Index) -> None:
        self.index = index


def pack(name: str) -> Regulation:
    return loaded(BUILT_IN / f"{name}.yaml")


def case_of(
    regulation: Regulation, project: Project, as_of: dt.date, stage: str | None = None, *others: Project
) -> AsGiven:
    """A case as the dossier would give it."""
    index = Index(projects=tuple(Neighbour(f"neighbour-{n}", other) for n, other in enumerate(others)))
    dossier: Any = _Dossier(index)
    placed = replace(project, source=Source("p/project.yaml", {"": (1, 1)}))
    options = Options(as_of=as_of, schedule=SCHEDULE, stage=stage, assume_in_force=regulation.draft)
    return AsGiven(project=placed, path="p", dossier=dossier, regulation=regulation, options=options, findings=())


def routed(name: str, stage: str | None = None, as_of: str = "", **patch: Any) -> Routed:
    """The routes of a pack's base project with a patch, `__` for a dot."""
    regulation = pack(name)
    project, _ = build(regulation, {key.replace("__", "."): value for key, value in patch.items()})
    day = dt.date.fromisoformat(as_of) if as_of else base_day(regulation)[0]
    return route(case_of(regulation, project, day, stage))


def only(found: Routed) -> Route:
    """The one route; that of its changes, which a base project may have, is not meant."""
    mine = [one for one in found.routes if one.name != "项目调整"]
    assert len(mine) == 1, [one.name for one in mine]
    return mine[0]


def steps_of(found: Route) -> dict[str, Step]:
    return {step.rule.id: step for step in found.steps}
