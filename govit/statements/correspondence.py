"""对应关系：which subsystem, data resource and basis of a report stands in which of its chapters and in project.yaml. Pure.

A gap is only told where most of the others stand there: a report whose budget is by other headings than its content
leaves nothing to be compared.
"""

from __future__ import annotations

import unicodedata
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from govit.base.patterns import regex
from govit.base.records import record
from govit.documents.names import bare_name
from govit.documents.passages import Passage
from govit.dossier.model import label_of
from govit.statements.amounts import plain
from govit.statements.disagreements import CORRESPONDENCE, Disagreement, where
from govit.statements.line_sections import with_sections
from govit.statements.sections import section_of
from govit.statements.words import has, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govit.dossier.model import Project
    from govit.statements.disagreements import ReadReport
    from govit.statements.sections import ReportSection
    from govit.statements.tables import ReportTable

SUBSYSTEM, RESOURCE, BASIS = "子系统", "数据资源", "依据"
RECORDED = "project.yaml"
CHAPTERS = ("依据", "现状", "需求", "目标", "建设内容", "功能", "数据", "安全", "概算", "进度", "效益")
"""The columns of the matrix, by the roles of sections."""
_CONTENT, _BUDGET = frozenset(("建设内容", "功能")), frozenset(("概算", RECORDED))
_PLACES_WANTED: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = {
    SUBSYSTEM: (("建设内容", _CONTENT), ("概算", _BUDGET)),
    RESOURCE: (("数据资源共享", frozenset(("数据",))), ("数据资源目录", frozenset((RECORDED,)))),
    BASIS: (("依据", frozenset(("依据",))),),
}
"""Where each kind should stand: what the place is called, and the columns of which one suffices."""
_LISTED = regex(r"([^。；;：:，,（()）\n]{2,80}?)等?(?:[两二三四五六七八九十]{1,2}|\d{1,2})个(?:子系统|分系统)")
_BETWEEN = regex("[和及与]")
_MARKS = regex(r"[ \t\r\f\v\u00a0\u3000〔〕\[\]()（）［］【】《》〈〉“”‘’\"']+")
_WIDE = regex("[Ａ-Ｚａ-ｚ０-９]")
_LONGEST, _SHORTEST = 20, 2
FEWEST_OTHERS = 2
"""Of those that stand beside an item so many must stand where it is missing, and at least two of three."""


@record
class MatrixItem:
    """一项：what it is, and the first place in each column where it stands."""

    kind: str
    name: str
    places: Mapping[str, str]
    lacking: tuple[str, ...] = ()
    """The places in which most of its kind stand and it does not."""
    wanted: frozenset[str] = frozenset()
    """The columns that make up these places."""
    path: str = ""
    """The report in which it stands first."""
    first: Passage | None = None
    section: ReportSection | None = None


@record
class _Line:
    """A heading or a line of a report."""

    path: str
    bare: str
    role: str
    place: Passage
    shown: str
    section: ReportSection
    heading: bool

    @cached_property
    def text(self) -> str:
        """Its text in one width and without blanks."""
        return plain(self.place.text)


def correspondence(project: Project, reports: Sequence[ReadReport]) -> list[MatrixItem]:
    """Every item of the reports of a project with its places."""
    lines = [line for report in reports for line in _lines(report, alone=len(reports) == 1)]
    tables = [table for report in reports for table in report.text.tables]
    found: dict[str, MatrixItem] = {}
    for kind, names in (
        (SUBSYSTEM, _subsystems(project, lines, tables)),
        (RESOURCE, _resources(project, tables)),
        (BASIS, project.basis),
    ):
        for name in names:
            found.setdefault(f"{kind} {_bare(name)}", _item(kind, name, lines, project))
    items = list(found.values())
    return [_with_gaps(one, [other for other in items if other.kind == one.kind]) for one in items]


def gaps(items: Iterable[MatrixItem]) -> Iterator[Disagreement]:
    """The items that stand in one place and are missing from another."""
    for one in items:
        if one.lacking and one.first is not None and one.section is not None:
            said = "、".join(f"{column}（{place}）" for column, place in one.places.items())
            lacking = "、".join(one.lacking)
            yield Disagreement(
                CORRESPONDENCE,
                one.path,
                f"{one.kind} {one.name}",
                f"{one.kind}“{one.name}”写在{said}，{lacking}里没有",
                f"核对{lacking}：漏写的补上，叫法不同的统一，不再建设的从各处删去",
                one.first,
                one.section,
                asked_by=CORRESPONDENCE,
                mild=True,
            )


def _lines(report: ReadReport, *, alone: bool) -> Iterator[_Line]:
    """The headings and the lines of a report; with the name of its file where there are others."""
    of = "" if alone else f"{PurePosixPath(report.path).stem} "
    found: list[tuple[Passage, ReportSection, bool]] = []
    for heading in report.content.headings:
        unit = "行" if heading.line else "页" if heading.page else "段"
        place = Passage(heading.text, heading.line or heading.page or heading.paragraph or 0, unit)
        found.append((place, section_of(heading), True))
    found += [(one.passage, one.section, False) for one in with_sections(report.content.headings, report.passages)]
    bare = _bare("\n".join(place.text.replace("\n", " ") for place, _, _ in found)).split("\n")
    for text, (place, section, is_heading) in zip(bare, found, strict=True):
        yield _Line(report.path, text, section.role, place, of + where(place), section, heading=is_heading)


def _item(kind: str, name: str, lines: Sequence[_Line], project: Project) -> MatrixItem:
    """An item with its places; one that joins two by 与 stands wherever both stand."""
    core = _bare(name)
    parts = [part for part in _BETWEEN.split(core) if len(part) >= _SHORTEST] if kind == SUBSYSTEM else [core]
    met: dict[str, dict[str, _Line]] = {}
    first: _Line | None = None
    for line in lines:
        for part in parts:
            if part in line.bare:
                first = first or line
                met.setdefault(line.role, {}).setdefault(part, line)
    places = {role: next(iter(met[role].values())).shown for role in CHAPTERS if len(met.get(role, {})) == len(parts)}
    recorded = {SUBSYSTEM: _budget_names, RESOURCE: _catalogue_names, BASIS: _basis_names}[kind](project)
    at = next((place for listed, place in recorded if core in _bare(listed) or _bare(listed) in core), None)
    if at is not None:
        places[RECORDED] = at
    if first is None:
        return MatrixItem(kind, name, places)
    return MatrixItem(kind, name, places, path=first.path, first=first.place, section=first.section)


def _bare(text: str) -> str:
    """Lines without blanks, brackets and quotation marks: 苏政办发〔2025〕35号 is 苏政办发[2025]35号."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text) if _WIDE.search(text) else text)


def _with_gaps(one: MatrixItem, alike: Sequence[MatrixItem]) -> MatrixItem:
    others = [other for other in alike if other is not one]
    beside = [other for other in others if not one.places.keys().isdisjoint(other.places)]
    lacking: list[str] = []
    wanted: set[str] = set()
    for called, columns in _PLACES_WANTED[one.kind]:
        there = sum(not columns.isdisjoint(other.places) for other in beside)
        if columns.isdisjoint(one.places) and there >= FEWEST_OTHERS and there * 3 >= len(beside) * 2:
            lacking.append(called)
            wanted |= columns
    # What no report speaks of is told where the others of its kind begin.
    home = one if one.first is not None else next((other for other in others if other.first is not None), one)
    return MatrixItem(
        one.kind, one.name, one.places, tuple(lacking), frozenset(wanted), home.path, home.first, home.section
    )


# -- what there is -----------------------------------------------------------------------------------


def _subsystems(project: Project, lines: Sequence[_Line], tables: Sequence[ReportTable]) -> list[str]:
    """The names without 子系统, in the order in which they are met."""
    endings = words().subsystems
    named = [name for name, _ in _budget_names(project)]
    named += [bare_name(line.text) for line in lines if line.heading and not line.section.elsewhere]
    named += [
        row.cells[table.name_at]
        for table in tables
        if table.name_at >= 0 and not table.section.elsewhere
        for row in table.rows
        if len(row.cells) == len(table.head)
    ]
    cores = [_core(name, endings) for name in named if name.endswith(endings)]
    for line in lines:
        if not line.section.elsewhere and has(line.bare, endings):
            for listed in _LISTED.finditer(line.text):
                cores += [_listed_core(name, cores) for name in _parted(listed[1], project)] if "、" in listed[1] else []
    return [core for core in dict.fromkeys(cores) if _SHORTEST <= len(core) <= _LONGEST and not _is_generic(core)]


def _core(name: str, endings: tuple[str, ...]) -> str:
    ending = next((one for one in endings if name.endswith(one)), "")
    return plain(name.removesuffix(ending))


def _parted(listed: str, project: Project) -> Iterator[str]:
    """The names of a list; one that the budget has with 与 or 和 in it is one name."""
    budget = "\n".join(plain(name) for name, _ in _budget_names(project))
    for name in listed.split("、"):
        yield from [name] if name in budget else _BETWEEN.split(name)


def _listed_core(name: str, known: Sequence[str]) -> str:
    """A name among others in a sentence, whose first has words before it: 项目建设停车管理、停车诱导两个子系统."""
    same = next((core for core in known if name.endswith(core)), None)
    return same or min((name.rpartition(word)[2] for word in words().before_lists), key=len)


def _is_generic(core: str) -> bool:
    return core.startswith(words().no_subsystem) or not core.isalnum()


def _resources(project: Project, tables: Sequence[ReportTable]) -> list[str]:
    listed = [one for one in tables if one.kind == "资源" and one.name_at >= 0 and one.section.role == "数据"]
    rows = [row.cells[one.name_at] for one in listed for row in one.rows if len(row.cells) == len(one.head)]
    return list(dict.fromkeys((*(name for name, _ in _catalogue_names(project)), *filter(None, rows))))


def _budget_names(project: Project) -> list[tuple[str, str]]:
    lines = project.budget.lines if project.budget else ()
    return [(one.name, label_of("budget.lines")) for one in lines if one.name]


def _catalogue_names(project: Project) -> list[tuple[str, str]]:
    return [(one.name, label_of("catalogue")) for one in project.catalogue if one.name]


def _basis_names(project: Project) -> list[tuple[str, str]]:
    return [(one, label_of("basis")) for one in project.basis]
