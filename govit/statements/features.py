"""建设内容：the functions, subsystems and data resources that a project is to have, each under the name by which it is compared. Pure.

What every system has (登录、日志、统计分析) is left out: it is no sign of anything being built twice. The words are in the list beside
this file.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from govit.base.records import named_record, record
from govit.documents.names import bare_name
from govit.dossier.model import DIRECTIONS, label_of
from govit.statements.amounts import plain
from govit.statements.disagreements import place_of, where
from govit.statements.sections import section_of
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.documents.passages import Passage
    from govit.dossier.model import Project
    from govit.statements.disagreements import ReadReport
    from govit.statements.sections import ReportSection
    from govit.statements.tables import ReportTable

FUNCTION, RESOURCE = "功能", "数据资源"
PRODUCED = DIRECTIONS[0]
SHORTEST, LONGEST = 3, 24
"""Characters of a name that says what is built: of shorter ones many systems have one."""
MOST = 2_000
"""Of one project; what has more is no list of functions."""
_AND = frozenset("与和及")
_BUILT = frozenset(("功能", "建设内容"))


@named_record
class FeatureWords:
    """用语."""

    endings: tuple[str, ...]
    heads: frozenset[str]
    loose: tuple[str, ...]
    common: frozenset[str]
    operating: tuple[str, ...]
    continuing: tuple[str, ...]


@record
class Feature:
    """一项功能或者数据资源."""

    kind: str
    name: str
    """As it is written."""
    core: str
    """As it is compared."""
    place: str
    """Where it stands: 可研.md 第 33 段; 概算明细."""


@cache
def words() -> FeatureWords:
    """The list that govit has."""
    root, _ = parse((Path(__file__).parent / "features.yaml").read_text(encoding="utf-8"))
    of = {name: tuple(node.text.split()) for name, node in root.entries.items()}
    return FeatureWords(
        endings=of["endings"],
        heads=frozenset(of["heads"]),
        loose=of["loose"],
        common=frozenset(of["common"]),
        operating=of["operating"],
        continuing=of["continuing"],
    )


def features(project: Project, reports: Sequence[ReadReport]) -> list[Feature]:
    """What a project is to have, each once for each kind, at the first place where it stands."""
    found: dict[tuple[str, str], Feature] = {}
    for one in (*_recorded(project), *(one for report in reports for one in _of_report(report))):
        if len(found) < MOST:
            found.setdefault((one.kind, one.core), one)
    return [*found.values()]


def core_of(name: str, *, is_function: bool = True) -> str:
    """The name by which it is compared; '' if every system has such a thing, or it is no name."""
    core = plain(name)
    if is_function:
        core = _without_ending(core)
    return core if SHORTEST <= len(core) <= LONGEST and core.isalnum() and not _is_common(core) else ""


def _is_common(core: str) -> bool:
    """Whether it is put together of nothing but what every system has: 数据可视化大屏, 安全防护与密码应用."""
    known = words().common
    reached = {0}
    for end in range(1, len(core) + 1):
        if (core[end - 1] in _AND and end - 1 in reached) or any(core[begin:end] in known for begin in reached):
            reached.add(end)
    return len(core) in reached


def table_functions(table: ReportTable) -> Iterator[tuple[str, Passage]]:
    """The names of a table of functions, or of a table of contents without amounts, each with its row."""
    lists = table.kind == FUNCTION or _speaks_of_what_is_built(table.section)
    if not lists or not table.rows or table.amount_at >= 0 or table.section.elsewhere:
        return
    head = table.head or table.rows[0].cells
    at = next((at for at, cell in enumerate(head) if cell in words().heads), table.name_at)
    for row in table.rows if table.head else table.rows[1:]:
        if at >= 0 and len(row.cells) == len(head):
            yield row.cells[at], row.place


def _without_ending(core: str) -> str:
    """停车诱导管理子系统 is 停车诱导; a name that is nothing but such words stays as it is."""
    while (ending := next((one for one in words().loose if core.endswith(one)), "")) and core != ending:
        core = core.removesuffix(ending)
    return core


def _recorded(project: Project) -> Iterator[Feature]:
    lines = project.budget.lines if project.budget else ()
    for line in lines:
        if line.name and line.name.endswith(words().endings) and (core := core_of(line.name)):
            yield Feature(FUNCTION, line.name, core, label_of("budget.lines"))
    for row in project.catalogue:
        if row.name and row.direction == PRODUCED and (core := core_of(row.name, is_function=False)):
            yield Feature(RESOURCE, row.name, core, label_of("catalogue"))


def _of_report(report: ReadReport) -> Iterator[Feature]:
    """The headings that name a part of what is built, and the rows of tables of functions."""
    file = PurePosixPath(report.path).name
    for heading in report.content.headings:
        name = bare_name(heading.text)
        if name.endswith(words().endings) and _speaks_of_what_is_built(section_of(heading)) and (core := core_of(name)):
            yield Feature(FUNCTION, name, core, f"{file} {where(place_of(heading))}")
    for table in report.text.tables:
        for name, place in table_functions(table):
            if core := core_of(name):
                yield Feature(FUNCTION, name, core, f"{file} {where(place)}")


def _speaks_of_what_is_built(section: ReportSection) -> bool:
    return section.role in _BUILT and not section.elsewhere
