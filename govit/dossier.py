"""卷宗：folders -> projects, and faults about what cannot be read.

Dossiers come from strangers: no path leaves the project's folder, links are not followed out of it,
sizes are bounded. The words of a regulation come in as data; packs are never imported here.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from govit.model import Document, Index, Neighbour, Project, Settings, Source, Unit
from govit.reading import Reader
from govit.yamltext import Fault, Node, YamlError, decode, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    Words = Mapping[str, Mapping[str, str]]
    Vocabulary = Callable[[str, Path | None], Words | None]

PROJECT_FILE, DOSSIER_FILE = "project.yaml", "govit.yaml"
STUB_KEYS = ("id", "regulation", "classified")
MAX_FILES = 2_000  # in one project's folder; more is not a project
_SKIPPED = frozenset(("templates", "node_modules", "__pycache__"))


@dataclass(frozen=True, slots=True)
class Raw:
    """一个 YAML 文件：its tree, or why there is none."""

    path: Path
    shown: str
    node: Node | None
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Dossier:
    """卷宗：its settings, all its projects, and those that were asked for."""

    root: Path
    shown: str
    settings: Settings
    faults: tuple[Fault, ...]
    projects: tuple[Project, ...]
    chosen: frozenset[Path]
    index: Index = field(default_factory=Index)
    packs: Path | None = None
    """The folder of the user's own regulations."""

    @property
    def selected(self) -> Iterator[Project]:
        """The projects that were asked for, in order of their paths."""
        return (project for project in self.projects if project.folder in self.chosen)


class NoProjectError(Exception):
    """A path that does not exist, or without any project below it."""


def find(path: Path) -> list[Path]:
    """The folders of all projects at or below a path, in order; NoProjectError if there is none."""
    if not path.exists():
        message = f"路径不存在：{path}"
        raise NoProjectError(message)
    if path.is_file():
        if path.name == PROJECT_FILE:
            return [path.parent]
        message = f"{path} 不是 {PROJECT_FILE}；请给出卷宗、项目文件夹或 {PROJECT_FILE}"
        raise NoProjectError(message)
    found = sorted(_walk(path))
    if not found:
        message = f"{path} 下没有项目：没有找到 {PROJECT_FILE}"
        raise NoProjectError(message + _near_miss(path))
    return found


def _walk(top: Path) -> Iterator[Path]:
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(f for f in folders if not f.startswith(".") and f not in _SKIPPED)
        if PROJECT_FILE in files:
            yield Path(folder)


def _near_miss(path: Path) -> str:
    near = [f for f in sorted(os.listdir(path))[:200] if f.lower() in ("project.yml", "project.yaml.txt", "govit.yaml")]
    if "govit.yaml" in near:
        return "（这里有 govit.yaml，但还没有项目文件夹）"
    return f"（有 {near[0]}，请改名为 {PROJECT_FILE}）" if near else ""


def root_of(folder: Path) -> Path:
    """The dossier of a project: the nearest govit.yaml above, else the git top level, else itself."""
    folder = folder.resolve()
    for above in (folder, *folder.parents):
        if (above / DOSSIER_FILE).is_file():
            return above
    return git_top(folder) or folder


def git_top(folder: Path) -> Path | None:
    """The git top level that a folder lies in, None outside of any."""
    folder = folder.resolve()
    return next((above for above in (folder, *folder.parents) if (above / ".git").exists()), None)


def load(
    paths: Sequence[Path], vocabulary: Vocabulary, regulation: str | None = None, packs: Path | None = None
) -> list[Dossier]:
    """Read every dossier that the paths touch; NoProjectError if a path has none.

    `regulation` and `packs` come before what the dossier says.
    """
    chosen: dict[Path, set[Path]] = {}
    bases: dict[Path, Path] = {}
    for path in paths:
        for folder in find(path):
            root = root_of(folder)
            chosen.setdefault(root, set()).add(folder.resolve())
            bases.setdefault(root, git_top(folder) or (path if path.is_dir() else path.parent).resolve())
    return [_dossier(root, chosen[root], bases[root], vocabulary, regulation, packs) for root in sorted(chosen)]


def _dossier(
    root: Path, chosen: set[Path], base: Path, vocabulary: Vocabulary, forced: str | None, packs: Path | None
) -> Dossier:
    top = _read(root / DOSSIER_FILE, base) if (root / DOSSIER_FILE).is_file() else None
    folders = sorted({*_walk(root), *chosen}) if top or (root / ".git").exists() else sorted(chosen)
    own = [f for f in folders if f in chosen or root_of(f) == root]
    raws = [_read(folder / PROJECT_FILE, base) for folder in own]
    default = _scalar(top.node if top else None, "regulation")
    packs = packs or _own_packs(root, top)
    named = [forced or _scalar(raw.node, "regulation") or default for raw in raws]
    ids = {name for name in (forced or default, *named) if name}
    settings, faults = _settings(top, _union(vocabulary(name, packs) for name in sorted(ids)))
    projects = tuple(
        _project(raw, settings, name, vocabulary(name, packs) if name else None)
        for raw, name in zip(raws, named, strict=True)
    )
    shown = _shown(root / DOSSIER_FILE, base)
    neighbours = tuple(Neighbour(p.source.file.rpartition("/")[0] or ".", p) for p in projects)
    return Dossier(root, shown, settings, tuple(faults), projects, frozenset(chosen), Index(neighbours), packs)


def _own_packs(root: Path, top: Raw | None) -> Path | None:
    """The folder of the user's own packs, if it lies inside the dossier."""
    given = _scalar(top.node if top else None, "regulations")
    if not given:
        return None
    folder = (root / given).resolve()
    return folder if folder.is_relative_to(root) else None


def _union(vocabularies: Iterable[Words | None]) -> Words | None:
    merged: dict[str, dict[str, str]] = {}
    for words in vocabularies:
        for name, listed in (words or {}).items():
            merged.setdefault(name, {}).update(listed)
    return merged or None


def _read(path: Path, base: Path) -> Raw:
    shown = _shown(path, base)
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
            return Raw(
                path, shown, None, (Fault("GOV-201", f"{path.name} 是指向文件夹外的链接", 1, 1, "请放入文件本身"),)
            )
        data = path.read_bytes()
        text = decode(data)
        if not text.strip():
            return Raw(
                path, shown, None, (Fault("GOV-101", "文件是空的", 1, 1, "至少要写 id、name、regulation、stage"),)
            )
        node, faults = parse(text)
    except OSError as error:
        return Raw(path, shown, None, (Fault("GOV-101", f"文件打不开：{error.strerror}"),))
    except YamlError as error:
        return Raw(path, shown, None, tuple(error.faults))
    if data.startswith(b"\xef\xbb\xbf"):
        faults.append(Fault("GOV-110", "文件开头有 BOM，已照常读取", 1, 1, "另存为“UTF-8（无 BOM）”可去掉"))
    if not isinstance(node.value, dict):
        faults.append(
            Fault("GOV-103", "文件内容不是“键: 值”", node.line, node.column, "每行写一个 键: 值，冒号用半角并空一格")
        )
        return Raw(path, shown, None, tuple(faults))
    return Raw(path, shown, node, tuple(faults))


def _shown(path: Path, base: Path) -> str:
    resolved = path.resolve() if not path.is_symlink() else path.parent.resolve() / path.name
    return resolved.relative_to(base).as_posix() if resolved.is_relative_to(base) else resolved.as_posix()


def _scalar(node: Node | None, key: str) -> str | None:
    value = node.value.get(key) if node is not None and isinstance(node.value, dict) else None
    return value.value if value is not None and isinstance(value.value, str) else None


def _settings(top: Raw | None, words: Words | None) -> tuple[Settings, list[Fault]]:
    if top is None or top.node is None:
        return Settings(), list(top.faults) if top else []
    reader = Reader(words)
    settings = reader.record(Settings, top.node, "")
    return replace(settings, source=Source(top.shown, reader.places)), [*top.faults, *reader.faults]


def _project(raw: Raw, settings: Settings, regulation: str | None, words: Words | None) -> Project:
    folder = raw.path.parent.resolve()
    if raw.node is None:
        source = Source(raw.shown, {})
        return Project(source=source, folder=folder, settings=settings, faults=raw.faults)
    reader = Reader(words)
    if _scalar(raw.node, "classified") in ("true", "True", "TRUE"):
        return _stub(raw, reader, regulation, settings, folder)
    project = reader.record(Project, raw.node, "")
    faults = [*raw.faults, *reader.faults]
    if regulation is None:
        faults.append(
            Fault(
                "GOV-108",
                "缺少 regulation（适用办法）",
                1,
                1,
                "在 project.yaml 或 govit.yaml 写明，例如 regulation: 办法标识；govit regulations 列出可用的办法",
            )
        )
    documents = _with_named_files(project, folder, words)
    return replace(
        project,
        regulation=regulation,
        unit=_merged_unit(project.unit, settings.unit),
        applicant=project.applicant or settings.applicant,
        year=project.year if project.year is not None else settings.year,
        documents=documents,
        settings=settings,
        folder=folder,
        source=Source(raw.shown, reader.places),
        faults=tuple(faults),
    )


def _merged_unit(own: Unit | None, default: Unit | None) -> Unit | None:
    if own is None or default is None:
        return own or default
    return Unit(
        name=own.name or default.name,
        level=own.level or default.level,
        kind=own.kind or default.kind,
        parent=own.parent or default.parent,
    )


def _stub(raw: Raw, reader: Reader, regulation: str | None, settings: Settings, folder: Path) -> Project:
    """涉密项目：a stub only; whatever else the file or the folder holds is refused, never read."""
    node = raw.node
    assert node is not None  # noqa: S101 - only called with a tree
    faults = list(raw.faults)
    for key in node.value:
        if key not in STUB_KEYS:
            line, column = node.keys[key]
            faults.append(
                Fault(
                    "GOV-502",
                    f"涉密项目只写 id、regulation、classified，不写 {key}",
                    line,
                    column,
                    "删去这一行，并从 git 历史中清除；按保密规定线下办理",
                )
            )
    if any(name != PROJECT_FILE for name in _files(folder)):
        faults.append(Fault("GOV-502", "涉密项目的文件夹里有别的文件", 1, 1, "移走这些文件，并从 git 历史中清除"))
    places = {key: (node.keys[key][0], node.keys[key][1]) for key in STUB_KEYS if key in node.keys}
    source = Source(raw.shown, {"": (1, 1), **places})
    return Project(
        id=_scalar(node, "id"),
        regulation=regulation,
        classified=True,
        settings=settings,
        folder=folder,
        source=source,
        faults=(*faults, *reader.faults),
    )


def _files(folder: Path) -> list[str]:
    """Every file of a project, relative to its folder; hidden ones and templates/ aside."""
    found: list[str] = []
    for top, folders, files in os.walk(folder):
        inner = Path(top)
        folders[:] = sorted(
            f
            for f in folders
            if not f.startswith(".") and f not in _SKIPPED and not (inner / f / PROJECT_FILE).is_file()
        )
        found.extend((inner / f).relative_to(folder).as_posix() for f in sorted(files) if not f.startswith((".", "~$")))
        if len(found) > MAX_FILES:
            break
    return found


def _with_named_files(project: Project, folder: Path, words: Words | None) -> tuple[Document, ...]:
    """The listed documents, and the files that are named after their kind and need no entry."""
    kinds = (words or {}).get("documents", {})
    listed = {PurePosixPath(d.path).as_posix() for d in project.documents if d.path}
    named = tuple(
        Document(at=f"documents:{name}", kinds=(kinds[PurePosixPath(name).stem],), path=name)
        for name in _files(folder)
        if PurePosixPath(name).stem in kinds and name not in listed
    )
    return (*project.documents, *named)


def unlisted(project: Project) -> list[str]:
    """Files in the folder that project.yaml does not mention and whose names say no kind."""
    if project.folder is None:
        return []
    mentioned = {PROJECT_FILE, DOSSIER_FILE, "README.md"}
    records: tuple[Any, ...] = (*project.documents, *project.approvals, *project.submissions, *project.contracts)
    for record in records:
        path = getattr(record, "path", None) or getattr(record, "file", None)
        if path:
            mentioned.add(PurePosixPath(path).as_posix())
    return [name for name in _files(project.folder) if name not in mentioned]


def resolve(folder: Path, given: str) -> Path | Fault:
    """A path of project.yaml inside the project's folder, or why it is refused."""
    if "\\" in given:
        return Fault("GOV-201", f"路径“{given}”用了反斜杠", hint=f"改成 {given.replace(chr(92), '/')}")
    pure = PurePosixPath(given)
    if pure.is_absolute() or ":" in pure.parts[0] or ".." in pure.parts:
        return Fault(
            "GOV-201", f"路径“{given}”不在项目文件夹内", hint="文件放进项目文件夹，写相对路径，例如 documents/可研.docx"
        )
    path = folder / pure
    try:
        real = path.resolve()
    except (OSError, RuntimeError):
        return Fault("GOV-201", f"路径“{given}”是无法解析的链接", hint="请放入文件本身")
    if not real.is_relative_to(folder.resolve()):
        return Fault("GOV-201", f"“{given}”是指向项目文件夹外的链接", hint="请放入文件本身")
    if real.is_dir():
        return Fault("GOV-201", f"“{given}”是文件夹，不是文件", hint="写到具体的文件名")
    if not real.exists():
        return Fault("GOV-202", f"找不到文件“{given}”{_similar_file(path)}", hint="检查文件名，或放入该文件")
    return real


def _similar_file(path: Path) -> str:
    from govit.nearest import nearest_word  # noqa: PLC0415 - only for a missing file

    names = os.listdir(path.parent) if path.parent.is_dir() else []
    near = nearest_word(path.name, names)
    return f"，相近的有“{near}”" if near else ""
