"""草稿：what an import would write, file by file, and what of the workbook it cannot take. Nothing is written here."""

from __future__ import annotations

from difflib import unified_diff
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from govit.base.files import read_bytes
from govit.base.money import parse_money
from govit.base.usage import UsageError
from govit.dossier.keys import Kind
from govit.dossier.model import Project
from govit.dossier.rewriting import rewritten
from govit.dossier.tree import PROJECT_FILE
from govit.forms.data.plan import values, worked_out
from govit.importing.cells import CellRefusedError, spec_of, value_of
from govit.importing.changes import (
    CellNote,
    Drawn,
    ElsewhereError,
    KnownProjects,
    ReadAgainst,
    Taken,
    drawn,
    project_of,
    same_text,
)
from govit.importing.heads import SKIP, is_ours, tables
from govit.importing.target_projects import UsedNames, choose, new_project
from govit.judging.case import readable
from govit.yamltext.edits import EditError, Put
from govit.yamltext.faults import YamlError
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from govit.importing.book import Book
    from govit.importing.changes import Shown, Words
    from govit.importing.heads import ProjectList, ProjectRow
    from govit.importing.target_projects import TargetDossier
    from govit.judging.case import Case
    from govit.yamltext.edits import Change


_ALMOST = 85
"""Per cent of two names that are the same."""
_MOST_COMPARED = 4_000_000
"""Names of new projects with those that there are, in one import: 2000 of each; what nobody can look through is not told."""
_MOST_NEAR = 3
"""Names that are told of one row."""


class Draft(NamedTuple):
    """一个文件的改动. `before` is None for a project that is to be made."""

    name: str
    file: Path
    before: bytes | None
    after: bytes
    taken: tuple[Taken, ...]

    def diff(self) -> list[str]:
        """The lines that change, as a diff shows them."""
        old = decode(self.before).splitlines() if self.before is not None else []
        return list(unified_diff(old, decode(self.after).splitlines(), n=1, lineterm=""))[2:]


class Import(NamedTuple):
    """导入的结果，before anything is written."""

    drafts: tuple[Draft, ...]
    same: int
    """Rows that say what project.yaml says already."""
    troubles: tuple[CellNote, ...]
    remarks: tuple[CellNote, ...]
    notes: tuple[str, ...]


class Wanted(NamedTuple):
    """What an import was asked for."""

    cases: Sequence[Case]
    targets: Sequence[TargetDossier]
    mapped: Mapping[str, str]
    year: int | None
    source: str
    """The name of the workbook, for the first line of a new project.yaml."""


def draft(book: Book, wanted: Wanted) -> Import:
    """Hold every row of every list in the workbook against the projects; UsageError if it has no list."""
    found = [table for sheet in book.sheets if (table := tables(sheet, wanted.mapped)) is not None]
    if not found:
        titles = "、".join(f"“{sheet.title}”" for sheet in book.sheets) or wanted.source
        message = f"{titles} 里没有认出项目清单：要有一行表头，至少有“项目名称”和另一列；认不出的列用 --map 表头=键"
        raise UsageError(message)
    ours = [table for table in found if is_ours(table)]
    run = _ImportRun(wanted)
    run.notes += book.notes
    for table in ours or found:
        run.table(table)
    return Import(tuple(run.drafts.values()), run.same, tuple(run.troubles), tuple(run.remarks), tuple(run.notes))


class _ImportRun:
    """One import: what was found so far."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.known = KnownProjects(wanted.cases)
        self.compared = 0
        """Names that were held against one another so far."""
        self.drafts: dict[Path, Draft] = {}
        self.used: dict[Path, UsedNames] = {}
        self.same = 0
        self.troubles: list[CellNote] = []
        self.remarks: list[CellNote] = []
        self.notes: list[str] = []
        self.seen: dict[object, str] = {}
        self.rows: dict[Path, tuple[str, set[tuple[str, str]]]] = {}
        """Where each project's row stands, and what it would change."""

    def table(self, table: ProjectList) -> None:
        """Take every row of a list."""
        title = table.sheet.title
        self.notes += _about(table)
        self.troubles += [
            CellNote(
                title,
                head.cell.ref,
                f"表头“{head.text}”和另一列指同一项内容，两列都没有采用；用 --map {head.text}={SKIP} 排除一列",
            )
            for head in table.twice
        ]
        elsewhere = []
        for row in table.rows:
            ref = row.cells["name"].ref
            try:
                self.row(table, row)
            except ElsewhereError:
                elsewhere.append(row.number)
            except CellRefusedError as error:
                self.troubles.append(CellNote(title, ref, f"这一行没有采用：{error}"))
        if elsewhere:
            rows = f"第 {_numbers(elsewhere)} 行"
            self.notes.append(f"“{title}”有 {len(elsewhere)} 行是所给卷宗以外的项目，没有读取：{rows}")

    def row(self, table: ProjectList, row: ProjectRow) -> None:
        """Take one row: change its project, or draw up a new one."""
        case = project_of(row, self.known)
        where = f"{table.sheet.title}!{row.cells['name'].ref}"
        if "classified" in row.cells and _says_classified(row):
            message = "涉密项目按保密规定线下办理，不导入"
            raise CellRefusedError(message)
        if case is None:
            self.new(table, row, where)
            return
        if case.project.classified or not readable(case.project) or case.project.folder is None:
            message = (
                "涉密项目不登记内容" if case.project.classified else "它的 project.yaml 读不出来，先用 govit check 检查"
            )
            raise CellRefusedError(message)
        year = _year(row, self.wanted.year or table.year) or case.project.year
        words = case.regulation.vocabulary() if case.regulation is not None else None
        shown: Shown = values(case, 0 if year is None else year, worked_out(case))
        found = drawn(table, row, ReadAgainst(case.project, year, words, is_ours(table)), shown)
        file = case.project.folder / PROJECT_FILE
        self._twice(file, where, found)
        self.remarks += found.remarks
        self._apply(found, Draft(case.project.name or case.path, file, read_bytes(file, MAX_BYTES), b"", ()), words)

    def new(self, table: ProjectList, row: ProjectRow, where: str) -> None:
        """Draw up a project that the dossiers do not have."""
        target = choose(row, self.wanted.targets)
        year = _year(row, self.wanted.year or table.year) or target.settings.year
        used = self._used(target.root)
        origin = f"由 {self.wanted.source} 的“{table.sheet.title}”第 {row.number} 行导入"
        one = new_project(row, target, year, used, origin)
        self._once((target.root, row.cells["name"].text), where)
        self._near(table, row)
        used.add(one)
        words = target.law.vocabulary()
        found = drawn(table, row, ReadAgainst(None, year, words, is_ours(table)), {})
        unit = target.settings.unit.name if target.settings.unit else None
        known = {"name": row.cells["name"].text, "unit.name": unit, "applicant": target.settings.applicant}
        said = tuple(t for t in found.taken if t.after != known.get(t.key, ""))
        self._apply(
            found._replace(taken=said),
            Draft(row.cells["name"].text, one.folder / PROJECT_FILE, None, one.data, ()),
            words,
        )

    def _used(self, root: Path) -> UsedNames:
        if root not in self.used:
            ids = (case.project.id for case in self.wanted.cases if case.project.id and case.dossier.root == root)
            self.used[root] = UsedNames(root, ids)
        return self.used[root]

    def _near(self, table: ProjectList, row: ProjectRow) -> None:
        """A new project that is called almost like one that exists may be the same with a slip of the pen."""
        cell, names = row.cells["name"], self.known.names
        if self.compared > _MOST_COMPARED:
            return
        self.compared += len(names)
        if self.compared > _MOST_COMPARED:
            self.notes.append(f"新项目太多，从第 {row.number} 行起没有再查找名称相近的已有项目；是同一个的，请先改成一样的名称")
            return
        for name, _, _ in extract(same_text(cell.text), names.keys(), scorer=ratio, score_cutoff=_ALMOST, limit=_MOST_NEAR):
            case = self.known.cases[names[name][0]]
            message = f"按新项目建立；名称与“{case.project.name}”（{case.path}）很相近，是同一个的请改成一样的名称再导入"
            self.remarks.append(CellNote(table.sheet.title, cell.ref, message))

    def _once(self, project: object, where: str) -> None:
        first = self.seen.setdefault(project, where)
        if first != where:
            message = f"同一个项目已经在 {first} 出现过"
            raise CellRefusedError(message)

    def _twice(self, file: Path, where: str, found: Drawn) -> None:
        """Of two rows about one project, the first counts if they agree; if they do not, nobody knows which is right."""
        says = {(one.key, one.after) for one in found.taken}
        first, said = self.rows.setdefault(file, (where, says))
        if first == where:
            return
        if said == says:
            message = f"同一个项目已经在 {first} 出现过"
            raise CellRefusedError(message)
        self.drafts.pop(file, None)
        message = f"同一个项目在 {first} 写的不一样，不知道以哪一行为准，两行都没有采用；是新项目的，清空它的项目标识和卷宗路径"
        raise CellRefusedError(message)

    def _apply(self, found: Drawn, start: Draft, words: Words | None) -> None:
        """Make the changes of a row, one by one if they cannot be made together: a bad cell takes no good one along."""
        self.troubles += found.troubles
        first = start.before if start.before is not None else start.after
        data, taken = first, found.taken
        try:
            data = _with(first, taken, words)
        except EditError:
            data, taken = first, ()
            for one in found.taken:
                try:
                    data, taken = _with(data, (one,), words), (*taken, one)
                except EditError as error:
                    self.troubles.append(CellNote(one.sheet, one.ref, f"{one.label}：{error}"))
        if start.before is None or taken:
            self.drafts[start.file] = start._replace(after=data, taken=taken)
        else:
            self.same += 1


def _with(data: bytes, taken: Sequence[Taken], words: Words | None) -> bytes:
    changes = [_in_its_unit(data, one) for one in taken]
    return rewritten(data, changes, Project, words, ("unit.name",)) if changes else data


def _about(table: ProjectList) -> list[str]:
    title, notes = table.sheet.title, []
    if table.unknown:
        listed = "、".join(f"{head.cell.ref}“{head.text}”" for head in table.unknown)
        notes.append(f"“{title}”没有认出的列：{listed}；需要的用 --map 表头=键")
    if table.skipped and not is_ours(table):
        notes.append(f"“{title}”跳过 {len(table.skipped)} 行分组、小计、合计或说明：第 {_numbers(table.skipped)} 行")
    return notes


def _numbers(rows: Sequence[int]) -> str:
    most = 20
    return "、".join(map(str, rows[:most])) + ("……" if len(rows) > most else "")


def _says_classified(row: ProjectRow) -> bool:
    try:
        return bool(row.cells["classified"].text) and value_of(row.cells["classified"], Kind.BOOL) is True
    except CellRefusedError:
        return False


def _year(row: ProjectRow, given: int | None) -> int | None:
    """The year that a row is planned for: its own, else the one that was asked for."""
    if "year" not in row.cells or not row.cells["year"].text:
        return given
    try:
        found = value_of(row.cells["year"], Kind.INT)
    except CellRefusedError:
        return given
    return found if isinstance(found, int) else given


def _in_its_unit(data: bytes, one: Taken) -> Change:
    """An amount that its author writes in 元 stays in 元."""
    change = one.change
    spec = spec_of(".".join(str(key) for key in change.path if isinstance(key, str)))
    if not isinstance(change, Put) or spec is None or spec.kind is not Kind.MONEY:
        return change
    try:
        node, _ = parse(decode(data))
    except YamlError:
        return change
    for key in change.path:
        listed = node.value
        if isinstance(listed, dict) and key in listed:
            node = listed[str(key)]
        elif isinstance(listed, list) and int(key) < len(listed):
            node = listed[int(key)]
        else:
            return change
    old = node.value.strip() if isinstance(node.value, str) else ""
    if not old.endswith("元") or old.endswith(("万元", "亿元")):
        return change
    amount = parse_money(str(change.value))
    return Put(change.path, f"{amount.normalize():f}元")
