"""安家：where a project that the list has and the dossiers have not is to be made, and what its first file says."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from govit.base.files import RESERVED, is_begun, read_bytes
from govit.base.usage import UsageError
from govit.dossier.keys import specs
from govit.dossier.model import Project, Settings
from govit.dossier.rewriting import read
from govit.dossier.tree import DOSSIER_FILE, NoProjectError, find, inside, top_of
from govit.importing.cells import CellRefusedError
from govit.importing.changes import same_text
from govit.law.packs.pack_error import PackError
from govit.yamltext.edits import EditError, Put, edit_bytes
from govit.yamltext.faults import YamlError
from govit.yamltext.tree import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from govit.dossier.projects import Dossier
    from govit.importing.heads import ProjectRow
    from govit.law.library import Library
    from govit.law.regulation import Regulation

_UNSAFE = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]')
_LONGEST_NAME, _LONGEST_ID = 40, 60


class TargetDossier(NamedTuple):
    """A dossier in which projects can be made."""

    root: Path
    settings: Settings
    regulation: Regulation | None

    @property
    def law(self) -> Regulation:
        """The regulation of a new project; asked only where there is one."""
        if self.regulation is None:
            message = f"{self.root} has no regulation"
            raise ValueError(message)
        return self.regulation


class NewProjectFile(NamedTuple):
    """新项目：its folder, not made yet, and the first lines of its project.yaml."""

    target: TargetDossier
    folder: Path
    id: str
    data: bytes


class UsedNames:
    """已用的名称：what stands in one dossier, and what this import has made in it: looked up once, not for every row."""

    def __init__(self, root: Path, ids: Iterable[str]) -> None:
        """List the folders of the dossier; `ids` are those of its projects."""
        self.root = root
        self.ids = set(ids)
        self._listed = set(os.listdir(root))
        self._folders = {entry.casefold() for entry in self._listed}
        self._reached: dict[str, int] = {}
        """How far the numbers of a name are used; none is ever free again."""

    def add(self, one: NewProjectFile) -> None:
        """A project that will be made."""
        self.ids.add(one.id)
        self._listed.discard(one.folder.name)
        self._folders.add(one.folder.name.casefold())

    def free_id(self, stem: str) -> str:
        """The first identity of a stem that nobody has: 2027-01."""
        return self._free(f"{stem}-", lambda n: f"{stem}-{n:02d}", self.ids, str)

    def free_folder(self, name: str) -> Path:
        """A folder that is not there, or that a killed import had begun: the name, or the name with a number."""
        if name in self._listed and is_begun(self.root / name):
            return self.root / name
        numbered = self._free(
            f"{name.casefold()}/", lambda n: name if n == 1 else f"{name}-{n}", self._folders, str.casefold
        )
        return self.root / numbered

    def _free(self, key: str, named: Callable[[int], str], used: set[str], compared: Callable[[str], str]) -> str:
        number = self._reached.get(key, 1)
        while compared(named(number)) in used:
            number += 1
        self._reached[key] = number
        return named(number)


def with_projects(paths: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The paths that have projects, and those that are dossiers still empty; UsageError for what is neither."""
    full, empty = [], []
    for path in paths:
        try:
            find([path])
            full.append(path)
        except NoProjectError as error:
            if not (path / DOSSIER_FILE).is_file():
                how = f"；导入到新的卷宗时，先用 govit init 建立 {DOSSIER_FILE}" if path.is_dir() else ""
                message = f"{error}{how}"
                raise UsageError(message) from error
            empty.append(path)
    return full, empty


def target_of(dossier: Dossier, library: Library, forced: str | None) -> TargetDossier:
    """A dossier that has projects already."""
    used = {near.project.regulation for near in dossier.index.projects if near.project.regulation}
    name = forced or dossier.settings.regulation or (used.pop() if len(used) == 1 else None)
    return TargetDossier(dossier.root, dossier.settings, _regulation(name, library, dossier.packs))


def empty_target(path: Path, library: Library, forced: str | None, own: Path | None) -> TargetDossier:
    """A dossier that has no projects yet: only what its govit.yaml says."""
    root = top_of(path)
    file = os.path.join(root, DOSSIER_FILE)
    try:
        values, _ = read(read_bytes(file, MAX_BYTES), Settings, None, ("unit.name",))
    except (YamlError, OSError) as error:
        message = f"{file} 读不出来：{error}"
        raise UsageError(message) from error
    settings = Settings(**values)
    packs = inside(type(path)(root), settings.regulations) if settings.regulations else None
    found = own or (packs if isinstance(packs, type(path)) else None)
    return TargetDossier(type(path)(root), settings, _regulation(forced or settings.regulation, library, found))


def _regulation(name: str | None, library: Library, own: Path | None) -> Regulation | None:
    try:
        return library.get(name, own) if name else None
    except PackError:
        return None


# -- one new project -----------------------------------------------------------------------------------


def choose(row: ProjectRow, targets: Sequence[TargetDossier]) -> TargetDossier:
    """The dossier that a new project belongs to; CellRefusedError if that cannot be said."""
    wanted = row.cells["regulation"].text if "regulation" in row.cells else ""
    unit = row.cells["unit.name"].text if "unit.name" in row.cells else ""
    found = [target for target in targets if target.regulation and wanted in ("", target.regulation.id)]
    if not found:
        message = f"适用办法“{wanted}”不是卷宗的办法" if wanted else "不知道适用哪个办法，请用 --regulation 写明"
        raise CellRefusedError(message)
    if len(found) > 1:
        found = [h for h in found if h.settings.unit and same_text(h.settings.unit.name or "") == same_text(unit)]
    if len(found) != 1:
        message = f"有几个卷宗，不知道新项目建在哪一个（项目单位“{unit or '未写'}”）；请一次只导入一个卷宗"
        raise CellRefusedError(message)
    return found[0]


def new_project(
    row: ProjectRow,
    target: TargetDossier,
    year: int | None,
    used: UsedNames,
    origin: str,
) -> NewProjectFile:
    """The first file of a new project: what identifies it, at the first stage; CellRefusedError if it cannot be made."""
    regulation, name = target.law, row.cells["name"].text
    identity = _identity(row, year, used)
    if not name:
        message = "没有项目名称，不能新建"
        raise CellRefusedError(message)
    record: dict[str, str | int] = {"id": identity, "name": name}
    if target.settings.regulation != regulation.id:
        record["regulation"] = regulation.id
    if year is not None and year != target.settings.year:
        record["year"] = year
    record["stage"] = regulation.stages[0].name
    ordered = {key: record[key] for key in specs(Project) if key in record}
    try:
        data = edit_bytes(f"# {origin}\n".encode(), [Put((), ordered)])
    except EditError as error:
        raise CellRefusedError(str(error)) from error
    _, reader = read(data, Project, regulation.vocabulary())
    bad = next((fault for fault in reader.faults if fault.rule != "GOV-108"), None)
    if bad is not None:
        message = f"{bad.message}（{bad.hint}）"
        raise CellRefusedError(message)
    folder = used.free_folder(f"{safe_name(identity)}-{safe_name(name)}")
    return NewProjectFile(target, folder, identity, data)


def _identity(row: ProjectRow, year: int | None, used: UsedNames) -> str:
    given = row.cells["id"].text if "id" in row.cells else ""
    if given:
        if given in used.ids or len(given) > _LONGEST_ID:
            message = f"项目标识“{given[:_LONGEST_ID]}”" + ("已经有了" if given in used.ids else "太长")
            raise CellRefusedError(message)
        return given
    stem = str(year) if year is not None else "new"
    return used.free_id(stem)


def safe_name(text: str) -> str:
    """A name that every system takes for a folder: no separators, no blanks or dots at its ends, not too long."""
    plain = (
        _UNSAFE.sub("_", unicodedata.normalize("NFC", text)).replace("..", "_").strip(" .")[:_LONGEST_NAME].strip(" .")
    )
    return f"_{plain}" if not plain or plain.startswith(("-", "~")) or RESERVED.match(plain) else plain
