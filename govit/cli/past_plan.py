"""上次的计划：read from last year's workbook or from a revision, for `govit render plan`."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.base.usage import UsageError
from govit.forms.data.plan_compared import PastEntry, PastPlan, past_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govit.change.git import Repository
    from govit.importing.heads import ProjectList, ProjectRow
    from govit.judging.run import RunSettings

_KEYS = ("name", "id", "unit.name", "category", "budget.total", "budget.years")
_LARGEST = 5_000_000


def from_workbook(path: Path) -> PastPlan:
    """The projects of a plan that govit wrote, or of any list that it can read; UsageError if there is none."""
    from govit.importing.heads import is_ours, tables
    from govit.importing.workbooks import read_book

    try:
        book = read_book(path)
    except OSError as error:
        message = f"--compare：{path} 读不出来：{error.strerror or error}"
        raise UsageError(message) from error
    found = [table for sheet in book.sheets if (table := tables(sheet, {})) is not None]
    chosen = [table for table in found if is_ours(table)] or found
    if not chosen:
        message = f"--compare：{path.name} 里没有认出项目清单；要有一行表头，至少有“项目名称”和另一列"
        raise UsageError(message)
    return PastPlan(path.name, tuple(_entry(table, row) for table in chosen for row in table.rows))


def _entry(table: ProjectList, row: ProjectRow) -> PastEntry:
    from govit.base.money import WAN
    from govit.dossier.keys import Kind
    from govit.importing.cells import CellRefusedError, value_of

    values: dict[str, str | Decimal] = {}
    for head in table.heads:
        cell = row.cells[head.key]
        if head.key not in _KEYS or not cell.text:
            continue
        if not head.key.startswith("budget"):
            values[head.key] = cell.text
            continue
        try:
            amount = value_of(cell, Kind.MONEY, unit=head.unit)
        except CellRefusedError as error:
            message = f"--compare：“{table.sheet.title}”{cell.ref}：{error}"
            raise UsageError(message) from error
        if isinstance(amount, Decimal):
            values[head.key] = amount / WAN
    return past_entry(values)


def from_revision(settings: RunSettings, name: str, year: int) -> PastPlan:
    """The plan of the year as the projects were at a revision; where it had none yet, that of the year before."""
    from govit.change.git import GitError
    from govit.forms.data.plan import build
    from govit.judging.run import open_dossiers

    with tempfile.TemporaryDirectory(prefix="govit-") as folder:
        try:
            paths = tuple(_of_then(settings.paths, name, Path(folder)))
        except GitError as error:
            message = f"--since：{error.what}"
            raise UsageError(message) from error
        cases = list(open_dossiers(replace(settings, paths=paths)).cases())
        plans = [build(cases, one) for one in (year, year - 1)]
    entries = [[entry.values for part in plan.parts for entry in part.entries] for plan in plans]
    chosen = entries[0] or entries[1]
    return PastPlan(f"版本 {name}", tuple(past_entry(values) for values in chosen))


def _of_then(paths: Iterable[Path], name: str, folder: Path) -> Iterable[Path]:
    """The YAML files of a revision in a folder of their own; gives where each path with a project lies in it."""
    from govit.change.git import open_repository
    from govit.dossier.tree import PROJECT_FILE

    repositories: dict[str, tuple[Path, list[str]]] = {}
    for path in paths:
        here = path if path.is_dir() else path.parent
        repository = open_repository(here)
        if repository.top not in repositories:
            top = folder / str(len(repositories))
            repositories[repository.top] = top, list(_written(repository, name, top))
        top, files = repositories[repository.top]
        if any(file.startswith(repository.prefix) and file.rpartition("/")[2] == PROJECT_FILE for file in files):
            yield top / repository.prefix


def _written(repository: Repository, name: str, top: Path) -> Iterable[str]:
    """The YAML files of a revision that could be put there."""
    from govit.change.put_back import put_back

    entries: Mapping[str, str] = {
        path: entry.id
        for path, entry in repository.tree(repository.revision(name).commit).items()
        if entry.regular and path.lower().endswith((".yaml", ".yml"))
    }
    contents = repository.blobs(entries.values(), _LARGEST)
    for path, identity in entries.items():
        if identity in contents and put_back(str(top), path, contents[identity]):
            yield path
