"""对应关系：which subsystem, data resource and basis of a report stands in which of its chapters and in project.yaml. Pure.

A gap is only told where most of the others stand there: a report whose budget is by other headings than its content
leaves nothing to be compared.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from functools import cached_property
from itertools import accumulate
from operator import itemgetter
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from govit.base.patterns import regex
from govit.base.records import record
from govit.documents.names import bare_name
from govit.dossier.model import label_of
from govit.statements.amounts import in_one_width, plain
from govit.statements.disagreements import CORRESPONDENCE, Disagreement, place_of, where
from govit.statements.line_sections import with_sections
from govit.statements.sections import section_of
from govit.statements.words import has, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govit.documents.passages import Passage
    from govit.dossier.model import Project
    from govit.statements.disagreements import ReadReport
    from govit.statements.sections import ReportSection
    from govit.statements.tables import ReportTable

SUBSYSTEM, RESOURCE, BASIS = "子系统", "数据资源", "依据"
RECORDED = "project.yaml"
BUDGET_LINES, CATALOGUE, BASES = "budget.lines", "catalogue", "basis"
CHAPTERS = ("依据", "现状", "需求", "目标", "建设内容", "功能", "数据", "安全", "概算", "进度", "效益")
"""The columns of the matrix, by the roles of sections."""
_CONTENT, _BUDGET = frozenset(("建设内容", "功能")), frozenset(("概算", RECORDED))
_PLACES_WANTED: Mapping[str, tuple[tuple[str, frozenset[str]], ...]] = {
    SUBSYSTEM: (("建设内容", _CONTENT), ("概算", _BUDGET)),
    RESOURCE: (("数据资源共享", frozenset(("数据",))), ("数据资源目录", frozenset((RECORDED,)))),
    BASIS: (("依据", frozenset(("依据",))),),
}
"""Where each kind should stand: what the place is called, and the columns of which one suffices."""
_STOP = regex(r"[。；;：:，,（()）\n]")
_NUMBERS = "两二三四五六七八九十0123456789"
LONGEST_LIST = 120
"""Characters in which the names of 甲、乙、丙三个子系统 stand."""
_BETWEEN = regex("[和及与]")
_MARKS = regex(r"[ \t\r\f\v\u00a0\u3000〔〕\[\]()（）［］【】《》〈〉“”‘’\"']+")
_LONGEST, _SHORTEST = 20, 2
MOST_ITEMS = 500
"""Of one kind; of more nobody reads a matrix, and each is looked for in the whole text."""
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
    """Every item of the reports of a project with its places; of a kind with too many only how many there are."""
    lines = [line for report in reports for line in _lines(report, alone=len(reports) == 1)]
    tables = [table for report in reports for table in report.text.tables]
    texts = _texts(lines)
    budget, catalogue = _recorded(project, BUDGET_LINES), _recorded(project, CATALOGUE)
    found: list[MatrixItem] = []
    for kind, names, recorded in (
        (SUBSYSTEM, _subsystems(budget, lines, tables), budget),
        (RESOURCE, _resources(catalogue, tables), catalogue),
        (BASIS, project.basis, _recorded(project, BASES)),
    ):
        once: dict[str, str] = {}
        for name in names:
            once.setdefault(_bare(name), name)
        once.pop("", None)
        if len(once) > MOST_ITEMS:
            found.append(MatrixItem(kind, f"（超过 {MOST_ITEMS} 项，没有逐项对应）", {}))
            continue
        items = [_item(kind, name, core, texts, recorded) for core, name in once.items()]
        found += _with_gaps(items)
    return found


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
    found = [(place_of(heading), section_of(heading), True) for heading in report.content.headings]
    found += [(one.passage, one.section, False) for one in with_sections(report.content.headings, report.passages)]
    bare = _bare("\n".join(place.text.replace("\n", " ") for place, _, _ in found)).split("\n")
    for text, (place, section, is_heading) in zip(bare, found, strict=True):
        yield _Line(report.path, text, section.role, place, of + where(place), section, heading=is_heading)


@record
class _RoleText:
    """All lines of chapters of one role as one text, in which an item is found at once however many lines there are."""

    text: str
    begins: tuple[int, ...]
    lines: tuple[tuple[int, _Line], ...]
    """Each with its number among all."""

    def line_with(self, part: str) -> tuple[int, _Line] | None:
        """The first line that has a part, None if none does."""
        at = self.text.find(part)
        return None if at < 0 else self.lines[bisect_right(self.begins, at) - 1]


def _texts(lines: Sequence[_Line]) -> Mapping[str, _RoleText]:
    by_role: dict[str, list[tuple[int, _Line]]] = {}
    for number, line in enumerate(lines):
        by_role.setdefault(line.role, []).append((number, line))
    found = {}
    for role, of_role in by_role.items():
        begins = accumulate((len(line.bare) + 1 for _, line in of_role), initial=0)
        found[role] = _RoleText("\n".join(line.bare for _, line in of_role), tuple(begins)[:-1], tuple(of_role))
    return found


def _item(
    kind: str, name: str, core: str, texts: Mapping[str, _RoleText], recorded: RecordedNames
) -> MatrixItem:
    """An item with its places; one that joins two by 与 stands wherever both stand."""
    parts = [part for part in _BETWEEN.split(core) if len(part) >= _SHORTEST] if kind == SUBSYSTEM else [core]
    met = {role: [text.line_with(part) for part in parts] for role, text in texts.items()}
    hits = {role: [hit for hit in found if hit is not None] for role, found in met.items()}
    places = {
        role: min(hits[role], key=itemgetter(0))[1].shown
        for role in CHAPTERS
        if role in hits and parts and len(hits[role]) == len(parts)
    }
    if core in recorded.joined or any(listed in core for listed in recorded.bare):
        places[RECORDED] = recorded.label
    first = min((hit for found in hits.values() for hit in found), key=itemgetter(0), default=None)
    if first is None:
        return MatrixItem(kind, name, places)
    return MatrixItem(kind, name, places, path=first[1].path, first=first[1].place, section=first[1].section)


def _bare(text: str) -> str:
    """Lines without blanks, brackets and quotation marks: 苏政办发〔2025〕35号 is 苏政办发[2025]35号."""
    return _MARKS.sub("", in_one_width(text))


def _with_gaps(items: Sequence[MatrixItem]) -> Iterator[MatrixItem]:
    """All items of one kind, with what is missing; those that stand in the same columns are counted together."""
    alike = Counter(frozenset(one.places) for one in items)
    spoken_of = next((one for one in items if one.first is not None), None)
    for one in items:
        own = frozenset(one.places)
        beside = {columns: number - (columns == own) for columns, number in alike.items() if columns & own}
        lacking: list[str] = []
        wanted: set[str] = set()
        for called, columns in _PLACES_WANTED[one.kind]:
            there = sum(number for other, number in beside.items() if other & columns)
            if not own & columns and there >= FEWEST_OTHERS and there * 3 >= sum(beside.values()) * 2:
                lacking.append(called)
                wanted |= columns
        # What no report speaks of is told where the others of its kind begin.
        home = one if one.first is not None else spoken_of or one
        yield MatrixItem(
            one.kind, one.name, one.places, tuple(lacking), frozenset(wanted), home.path, home.first, home.section
        )


# -- what there is -----------------------------------------------------------------------------------


def _subsystems(budget: RecordedNames, lines: Sequence[_Line], tables: Sequence[ReportTable]) -> list[str]:
    """The names without 子系统, in the order in which they are met, those of project.yaml first."""
    endings = words().subsystems
    named = [*budget.names]
    named += [bare_name(line.text) for line in lines if line.heading and not line.section.elsewhere]
    named += [
        row.cells[table.name_at]
        for table in tables
        if table.name_at >= 0 and not table.section.elsewhere
        for row in table.rows
        if len(row.cells) == len(table.head)
    ]
    cores = dict.fromkeys(filter(_is_name, (_core(name, endings) for name in named if name.endswith(endings))))
    for line in lines:
        if len(cores) > MOST_ITEMS:
            break
        if not line.section.elsewhere and has(line.bare, endings):
            for listed in _listings(line.text, endings):
                more = [_listed_core(name, cores) for name in _parted(listed, budget)]
                cores |= dict.fromkeys(filter(_is_name, more))
    return [*cores]


def _core(name: str, endings: tuple[str, ...]) -> str:
    ending = next((one for one in endings if name.endswith(one)), "")
    return plain(name.removesuffix(ending))


def _listings(text: str, endings: Iterable[str]) -> Iterator[str]:
    """What is listed before 三个子系统: the names with 、 between them."""
    for ending in endings:
        for before in text.split(f"个{ending}")[:-1]:
            counted = _STOP.split(before[-LONGEST_LIST:])[-1]
            listed = counted.rstrip(_NUMBERS)
            if "、" in listed and listed != counted:
                yield listed.removesuffix("等")


def _parted(listed: str, budget: RecordedNames) -> Iterator[str]:
    """The names of a list; one that the budget has with 与 or 和 in it is one name."""
    for name in listed.split("、"):
        yield from [name] if name in budget.joined else _BETWEEN.split(name)


def _listed_core(name: str, known: Iterable[str]) -> str:
    """A name among others in a sentence, whose first has words before it: 项目建设停车管理、停车诱导两个子系统."""
    same = next((core for core in known if name.endswith(core)), None)
    return same or min((name.rpartition(word)[2] for word in words().before_lists), key=len)


def _is_name(core: str) -> bool:
    """Whether it may be what a subsystem is called: 其他子系统 and 各子系统 are none."""
    return _SHORTEST <= len(core) <= _LONGEST and core.isalnum() and not core.startswith(words().no_subsystem)


def _resources(catalogue: RecordedNames, tables: Sequence[ReportTable]) -> list[str]:
    listed = [one for one in tables if one.kind == "资源" and one.name_at >= 0 and one.section.role == "数据"]
    rows = [row.cells[one.name_at] for one in listed for row in one.rows if len(row.cells) == len(one.head)]
    return [*catalogue.names, *filter(None, rows)]


@record
class RecordedNames:
    """What project.yaml has of one kind: the names, as they are and as they are looked for."""

    label: str
    names: tuple[str, ...]
    bare: tuple[str, ...]
    joined: str


def _recorded(project: Project, key: str) -> RecordedNames:
    listed: Mapping[str, Iterable[str | None]] = {
        BUDGET_LINES: (one.name for one in project.budget.lines) if project.budget else (),
        CATALOGUE: (one.name for one in project.catalogue),
        BASES: project.basis,
    }
    names = tuple(name for name in listed[key] if name)
    bare = tuple(filter(None, map(_bare, names)))
    return RecordedNames(label_of(key), names, bare, "\n".join(bare))
