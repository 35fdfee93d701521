"""本项目自己的重复：what a project is to have that its unit has already, and what one table lists twice. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.documents.passages import Passage
from govit.dossier.model import DUPLICATES
from govit.dossier.tree import PROJECT_FILE
from govit.statements.disagreements import DUPLICATE, Disagreement, where
from govit.statements.features import core_of, table_functions
from govit.statements.profiles import profile_of, systems_of
from govit.statements.sections import NOWHERE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.dossier.model import Project
    from govit.statements.disagreements import ReadReport
    from govit.statements.profiles import Profile
    from govit.statements.tables import ReportTable, TableRow

ALIKE = 90
"""Descriptions of two rows of one name, of a hundred: what differs more is another end of the same function."""
SHORTEST_DESCRIPTION = 8
LONGEST_DESCRIPTION = 2_000
"""Nobody describes a function at such length: what is longer is not compared."""
MOST_TOLD = 10
"""Of one table."""
MOST_OF_A_NAME = 20
"""Rows of one name that a row is compared with: a table that has more names something else than functions."""


def own_duplicates(project: Project, reports: Sequence[ReadReport]) -> Iterator[Disagreement]:
    """What is to be built twice."""
    own = profile_of(project, "", reports) if project.settings.systems else None
    if own is not None and own.builds:
        yield from _built_already(project, own)
    for report in reports:
        for table in report.text.tables:
            yield from _listed_twice(report, table)


def _built_already(project: Project, own: Profile) -> Iterator[Disagreement]:
    """Systems of the unit whose name is that of the project, or of a part of it."""
    by_core = {one.core: one for one in own.features}
    line, _ = project.source.place_of("name") or (1, 1)
    for system in systems_of(project.settings.systems, own.unit):
        same = by_core.get(system.features[0].core)
        if same is None or own.goes_on_with(system):
            continue
        owner = "本单位" if system.unit == own.unit else system.unit
        yield Disagreement(
            DUPLICATE,
            PROJECT_FILE,
            f"已有系统 {system.name}",
            f"“{same.name}”（{same.place}）与{owner}的已有系统“{system.name}”（govit.yaml 的 systems）名称相同，疑似重复建设",
            "核对两者的功能：相同的利用已有系统，不再新建；在它上面续建、升级的，在 predecessor 写它的 id",
            Passage(project.name or "", line, "行"),
            NOWHERE,
            asked_by=DUPLICATES,
            mild=True,
        )


def _listed_twice(report: ReadReport, table: ReportTable) -> Iterator[Disagreement]:
    """Rows of a table of functions that have one name and nearly one description; of many the first, with how many more."""
    twice = list(_twice(table))
    for number, (name, earlier, place) in enumerate(twice[:MOST_TOLD], 1):
        more = f"；本表另有 {len(twice) - MOST_TOLD} 处" if number == MOST_TOLD < len(twice) else ""
        yield Disagreement(
            DUPLICATE,
            report.path,
            f"功能 {name}",
            f"功能“{name}”在{where(earlier)}和{where(place)}各列了一次，说明几乎相同，疑似重复计列{more}",
            "核对两处：同一个功能的删去一处，概算相应核减；不是同一个的，说明里写清区别",
            place,
            table.section,
            asked_by=DUPLICATES,
            mild=True,
        )


def _twice(table: ReportTable) -> Iterator[tuple[str, Passage, Passage]]:
    """The name of each row that says what one before it says, with the places of both."""
    rows = {row.place: row for row in table.rows}
    seen: dict[str, list[Passage]] = {}
    for name, place in table_functions(table):
        core = core_of(name)
        earlier = next((one for one in seen.get(core, ()) if _says_the_same(rows[one], rows[place])), None)
        if core and earlier is not None:
            yield name, earlier, place
        elif core and len(same := seen.setdefault(core, [])) < MOST_OF_A_NAME:
            same.append(place)


def _says_the_same(one: TableRow, other: TableRow) -> bool:
    from rapidfuzz import fuzz

    mine, theirs = (max(row.cells, key=len, default="") for row in (one, other))
    shorter, longer = sorted((len(mine), len(theirs)))
    comparable = shorter >= SHORTEST_DESCRIPTION and longer <= LONGEST_DESCRIPTION
    return comparable and fuzz.ratio(mine, theirs) >= ALIKE
