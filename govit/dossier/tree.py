"""文件夹：which projects lie under a path, which dossier they belong to, and which file a path names.

Dossiers come from strangers: links to folders are not followed, no path leaves a project's folder.
"""

from __future__ import annotations

import os
import posixpath
import unicodedata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from govit.base.files import printable, reason
from govit.base.nearest import nearest_word
from govit.base.records import record
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

PROJECT_FILE, DOSSIER_FILE = "project.yaml", "govit.yaml"
_MOST_HINTS = 30
"""Names that are not there for which the folder is searched for one that is meant."""
MAX_FILES = 10_000  # in one project's folder; more is not a project
SKIPPED = frozenset(("templates", "node_modules", "__pycache__"))
_HIDDEN = (".", "~$")
_MISNAMED = {
    wrong: right
    for right in (PROJECT_FILE, DOSSIER_FILE)
    for stem in [right.removesuffix(".yaml")]
    for wrong in (right, f"{stem}.yml", f"{stem}.yaml.txt", f"{stem}.yml.txt")
}


class NoProjectError(Exception):
    """A path that does not exist, or without any project below it."""


# -- finding projects ------------------------------------------------------------------------------


@record
class Folder:
    """A project's folder, the dossier it belongs to, and its files relative to it."""

    path: str
    root: str
    files: list[str]


@record
class Odd:
    """Something in the folders of a dossier that the user should know of, and where."""

    path: str
    root: str
    rule: str
    about: str
    """The file or folder that is odd, in full."""
    message: tuple[str, str]
    """What stands before and after its name in the message."""
    hint: str

    def fault(self, base: Path | None = None) -> Fault:
        """The fault, with a name that is relative to the base of the report where it lies below it."""
        shown = self.about.removeprefix(str(base).rstrip(os.sep) + os.sep) if base is not None else self.about
        before, after = self.message
        return Fault(self.rule, f"{before}{shown}{after}", hint=self.hint, about=shown.replace(os.sep, "/"))


class Tree:
    """One walk through folders: every project, and what is odd about the folders, by dossier."""

    def __init__(self) -> None:
        self.projects: dict[str, Folder] = {}
        self.odd: list[Odd] = []

    def walk(self, top: str, root: str) -> None:
        """Add all projects at or below a folder; links to folders are not followed."""
        todo: list[tuple[str, str, Folder | None]] = [(top, root, None)]
        while todo:
            path, root, home = todo.pop()
            try:
                folders, files, links = _listed(path)
            except OSError as error:
                message = "文件夹“", f"”打不开：{reason(error)}，其中的内容没有检查"
                self.odd.append(Odd(path, root, "GOV-101", path, message, "请取得读取权限后再检查"))
                continue
            if DOSSIER_FILE in files or (".git" in (*folders, *files) and not is_dossier(root)):
                root = path
            if PROJECT_FILE in files:
                home = self.projects[path] = Folder(path, root, [])
            self._misnamed(path, root, folders, files)
            self._linked(path, root, links)
            if home is not None and len(home.files) <= MAX_FILES:
                inner = path[len(home.path) + 1 :].replace(os.sep, "/")
                visible = (name for name in files if not name.startswith(_HIDDEN))
                home.files.extend(f"{inner}/{name}" if inner else name for name in visible)
                if len(home.files) > MAX_FILES:
                    mine = os.path.join(home.path, PROJECT_FILE)
                    message = "", f" 所在的文件夹里有 {MAX_FILES} 个以上的文件，没有全部核对"
                    self.odd.append(Odd(path, root, "GOV-102", mine, message, "与项目无关的文件请移出项目文件夹"))
            inside = (f for f in reversed(folders) if not f.startswith(_HIDDEN) and f not in SKIPPED)
            todo += [(os.path.join(path, name), root, home) for name in inside]

    def _misnamed(self, path: str, root: str, folders: list[str], files: list[str]) -> None:
        """Names that come near to those of a project: what is under them would be passed over in silence."""
        for name in (*files, *folders):
            right = _MISNAMED.get(name.lower())
            if right is not None and right not in files:
                what = "是文件夹，不是文件" if name in folders else f"应当改名为 {right}"
                message, hint = ("", f" {what}，现在没有检查"), f"文件名写成 {right}，全部小写"
                self.odd.append(Odd(path, root, "GOV-101", os.path.join(path, name), message, hint))

    def _linked(self, path: str, root: str, links: list[str]) -> None:
        for name in links:
            link = os.path.join(path, name)
            if os.path.lexists(os.path.join(link, PROJECT_FILE)):
                message = "", " 是指向项目文件夹的链接，没有检查"
                hint = "请放入项目文件夹本身，或直接检查那个文件夹"
                self.odd.append(Odd(link, root, "GOV-201", link, message, hint))


def _listed(path: str) -> tuple[list[str], list[str], list[str]]:
    """Names of the folders and of all else in a folder, in order; and which of the latter are links."""
    folders: list[str] = []
    files: list[str] = []
    links: list[str] = []
    with os.scandir(path) as entries:
        for entry in entries:
            (folders if entry.is_dir(follow_symlinks=False) else files).append(entry.name)
            if entry.is_symlink():
                links.append(entry.name)
    return sorted(folders), sorted(files), sorted(links)


def is_dossier(folder: str) -> bool:
    """Whether a folder has a govit.yaml, readable or not."""
    path = os.path.join(folder, DOSSIER_FILE)
    return os.path.lexists(path) and not os.path.isdir(path)


def root_of(folder: Path) -> Path:
    """The dossier of a project: the nearest govit.yaml above, else the git top level, else itself."""
    folder = folder.resolve()
    for above in (folder, *folder.parents):
        if is_dossier(str(above)):
            return above
    return git_top(folder) or folder


def git_top(folder: Path) -> Path | None:
    """The git top level that a folder lies in, None outside of any."""
    folder = folder.resolve()
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def base_of(folder: Path, paths: Sequence[Path]) -> Path:
    """What the file names of a report are relative to: the git top level, else the current folder.

    From another drive of Windows no name leads here; there it is the folder that the PATHs have in common.
    """
    here, tops = Path.cwd(), [top_of(path) for path in paths]
    near = all(Path(top).anchor == here.anchor for top in tops)
    return git_top(folder) or (here if near else Path(os.path.commonpath(tops)))


def top_of(path: Path) -> str:
    """The folder that a PATH asks for."""
    if not path.exists():
        message = f"路径不存在：{printable(str(path))}"
        raise NoProjectError(message)
    if path.is_dir():
        return os.path.realpath(path)
    if path.name not in (PROJECT_FILE, DOSSIER_FILE):
        message = f"{printable(str(path))} 不是 {PROJECT_FILE}；请给出卷宗、项目文件夹或 {PROJECT_FILE}"
        raise NoProjectError(message)
    return os.path.realpath(path.parent)


@record
class Found:
    """What paths lead to: every project of the dossiers they touch, and of these the ones asked for, by dossier."""

    folders: dict[str, Folder]
    chosen: dict[str, set[str]]
    odd: list[Odd]


def find(paths: Sequence[Path]) -> Found:
    """Walk each dossier once; NoProjectError if a path has no project."""
    trees: dict[str, Tree] = {}
    chosen: dict[str, set[str]] = {}
    tops = [top_of(path) for path in paths]
    for path, top in zip(paths, tops, strict=True):
        root = str(root_of(Path(top)))
        if root not in trees:
            trees[root] = Tree()
            trees[root].walk(root, root)
        for folder in _chosen(trees[root], path, top, root):
            chosen.setdefault(folder.root, set()).add(folder.path)
    folders = {path: folder for tree in trees.values() for path, folder in tree.projects.items()}
    odd = dict.fromkeys(odd for tree in trees.values() for odd in tree.odd)
    near = [o for o in odd if o.path == o.root or any(is_within(o.path, top) for top in tops)]
    return Found(folders, chosen, near)


def _chosen(tree: Tree, path: Path, top: str, root: str) -> list[Folder]:
    """The projects that a path asks for: that of a project.yaml, else all at or below the folder."""
    if path.name == PROJECT_FILE and not path.is_dir() and top in tree.projects:
        return [tree.projects[top]]
    found = [folder for at, folder in tree.projects.items() if is_within(at, top)]
    if not found:  # none, or a folder that the walk passed over
        tree.walk(top, root)
        found = [folder for at, folder in tree.projects.items() if is_within(at, top)]
    if not found:
        within = dict.fromkeys(o.fault().message for o in tree.odd if is_within(o.path, top))
        odd = "".join(f"；{message}" for message in list(within)[:3])
        message = f"{path} 下没有项目：没有找到 {PROJECT_FILE}{odd}"
        raise NoProjectError(printable(message))
    return found


# -- the file that a path names ----------------------------------------------------------------------


def comparable(name: str) -> str:
    """A file name as it is compared: systems differ in case and in how they compose a letter."""
    return unicodedata.normalize("NFC", posixpath.normpath(name)).casefold()


class FolderNames:
    """文件夹里的名称: what folders hold, each listed once for all that is looked for in it."""

    def __init__(self) -> None:
        self._folders: dict[str, dict[str, list[str]]] = {}
        self._real: dict[str, str] = {}
        self._hints = _MOST_HINTS

    def real(self, folder: Path) -> str:
        """Where a folder is, without links, looked up once."""
        given = str(folder)
        if given not in self._real:
            self._real[given] = os.path.realpath(given)
        return self._real[given]

    def entry(self, folder: str, name: str) -> str | _Absent:
        """The name in a folder that a name means: its letters may be composed otherwise, their case may not differ."""
        names = self._folders.get(folder)
        if names is None:
            names = self._folders[folder] = _by_comparable(folder)
        alike = names.get(comparable(name), [])
        if name in alike:
            return name
        composed = unicodedata.normalize("NFC", name)
        for other in alike:
            if unicodedata.normalize("NFC", other) == composed:
                return other
        if alike:
            return _Absent(f"：文件夹里的名称是“{alike[0]}”，大小写不同", f"大小写写成 {alike[0]}")
        self._hints -= 1
        near = nearest_word(name, [one for like in names.values() for one in like]) if self._hints >= 0 else None
        return _Absent(f"，相近的有“{near}”" if near else "", "检查文件名，或放入该文件")


def _by_comparable(folder: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    try:
        names = os.listdir(folder)
    except OSError:
        names = []
    for name in names:
        found.setdefault(comparable(name), []).append(name)
    return found


def resolve(folder: Path, given: str, names: FolderNames | None = None) -> Path | Fault:
    """A path of project.yaml inside the project's folder, or why it is refused."""
    found = inside(folder, given, names)
    if isinstance(found, Path) and found.is_dir():
        return Fault("GOV-201", f"“{given}”是文件夹，不是文件", hint="写到具体的文件名")
    return found


def inside(folder: Path, given: str, names: FolderNames | None = None) -> Path | Fault:
    """The file or folder that a relative path names, or why it is refused; `names` are those listed before."""
    names = names or FolderNames()
    if "\\" in given:
        return Fault("GOV-201", f"路径“{given}”用了反斜杠", hint=f"改成 {given.replace(chr(92), '/')}")
    parts = PurePosixPath(given).parts
    if not parts or given.startswith("/") or ":" in parts[0] or ".." in parts:
        hint = "文件放进项目文件夹，写相对路径，例如 documents/文件名.docx"
        return Fault("GOV-201", f"路径“{given}”不在项目文件夹内", hint=hint)
    here = top = names.real(folder)
    for part in parts:
        found = names.entry(here, part)
        if isinstance(found, _Absent):
            return Fault("GOV-202", f"找不到文件“{given}”{found.near}", hint=found.hint)
        here = _without_link(os.path.join(here, found))
        if not is_within(here, top):
            return Fault("GOV-201", f"“{given}”是指向项目文件夹外的链接", hint="请放入文件本身")
    if not os.path.exists(here):
        return Fault("GOV-202", f"“{given}”是指向不存在的文件的链接", hint="请放入文件本身")
    return Path(here)


def _without_link(path: str) -> str:
    """Where an entry of a folder without links is; on Windows a folder may lead elsewhere and yet be no link."""
    return os.path.realpath(path) if os.name == "nt" or os.path.islink(path) else path


@record
class _Absent:
    """A name that a folder does not have: what comes near to it, and what to do."""

    near: str
    hint: str


def is_within(path: str, folder: str) -> bool:
    """Whether a resolved path is a folder or lies in it."""
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
