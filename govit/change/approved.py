"""批复版本：the approved revision of a project, taken out of git and read as any dossier is read.

Nothing is checked out into the working tree. What the reader needs of the revision is put into a folder of its
own: project.yaml, the govit.yaml above it, and the names of the project's files. A file's content is fetched only
where its headings are compared.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.files import printable
from govit.base.records import named_record, replace
from govit.change.files import compared_papers, uncommitted
from govit.change.git import SHALLOW, GitError, open_repository
from govit.change.put_back import put_back
from govit.change.result import Base, BaseChoice, Why
from govit.dossier import load as dossier
from govit.dossier.tree import DOSSIER_FILE, MAX_FILES, PROJECT_FILE, Tree, git_top
from govit.yamltext.faults import YamlError
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from govit.change.git import Entry, Repository, Revision
    from govit.change.papers import PaperChange
    from govit.dossier.model import Project

TAGS = "approved"
READ = (PROJECT_FILE, DOSSIER_FILE)


class NotComparedError(Exception):
    """A project that cannot be compared; the text says why and what to do."""

    def __init__(self, why: Why, message: str) -> None:
        super().__init__(message)
        self.why = why


@named_record
class Approved:
    """取出的批复版本 of one project."""

    base: Base
    here: str
    """Where the project lies now, in the same repository."""
    project: Project
    papers: tuple[PaperChange, ...]
    uncommitted: bool
    """Whether the folder holds what is not committed."""


class Repositories:
    """The repositories of a run, each asked once for what several projects need."""

    def __init__(self) -> None:
        self._opened: dict[str, Repository | GitError] = {}
        self._trees: dict[tuple[str, str], dict[str, Entry]] = {}
        self._tags: dict[str, list[Revision]] = {}
        self._data: dict[str, bytes | None] = {}
        self._ids: dict[tuple[str, str], dict[str, list[str]]] = {}

    def of(self, folder: Path) -> tuple[Repository, str]:
        """The repository of a project's folder, and where the folder lies in it; GitError if there is none."""
        top = str(git_top(folder) or folder)
        if top not in self._opened:
            try:
                self._opened[top] = open_repository(Path(top))
            except GitError as error:
                self._opened[top] = error
        found = self._opened[top]
        if isinstance(found, GitError):
            raise found
        inner = os.path.relpath(os.path.realpath(folder), os.path.realpath(top)).replace(os.sep, "/")
        return found, found.prefix + ("" if inner == "." else f"{inner}/")

    def tree(self, repository: Repository, commit: str) -> dict[str, Entry]:
        """The files of a commit."""
        key = (repository.top, commit)
        if key not in self._trees:
            self._trees[key] = repository.tree(commit)
        return self._trees[key]

    def last(self, repository: Repository) -> dict[str, Entry]:
        """The files of the last commit; none where nothing is committed."""
        try:
            return self.tree(repository, repository.revision("HEAD").commit)
        except GitError:
            return {}

    def tags(self, repository: Repository) -> list[Revision]:
        """The tags of approvals, newest first."""
        if repository.top not in self._tags:
            self._tags[repository.top] = repository.tags(TAGS)
        return self._tags[repository.top]

    def folders_of(self, repository: Repository, commit: str, project_id: str) -> list[str]:
        """Where in a commit projects with an id lie."""
        key = (repository.top, commit)
        if key not in self._ids:
            self._ids[key] = self._by_id(repository, commit)
        return self._ids[key].get(project_id, [])

    def data(self, repository: Repository, entries: Iterable[Entry]) -> dict[str, bytes]:
        """The content of project.yaml and govit.yaml files by id, fetched once; what is too large is left out."""
        ids = [entry.id for entry in entries if entry.regular]
        new = [identity for identity in ids if identity not in self._data]
        if new:
            found = repository.blobs(new, MAX_BYTES)
            self._data.update((identity, found.get(identity)) for identity in new)
        return {identity: data for identity in ids if (data := self._data[identity]) is not None}

    def _by_id(self, repository: Repository, commit: str) -> dict[str, list[str]]:
        tree = self.tree(repository, commit)
        files = {path: e for path, e in tree.items() if e.regular and path.rpartition("/")[2] in READ}
        data = self.data(repository, files.values())
        found: dict[str, list[str]] = {}
        for path, entry in files.items():
            name = _id_in(data.get(entry.id, b"")) if path.endswith(PROJECT_FILE) else None
            if name:
                found.setdefault(name, []).append(path.removesuffix(PROJECT_FILE))
        return found


def approved(
    repositories: Repositories,
    project: Project,
    wanted: str | None,
    others: frozenset[str],
    vocabulary: Callable[..., Mapping[str, Mapping[str, str]] | None],
    regulation: str | None,
    packs: Path | None,
) -> Approved:
    """Read the approved revision of a project; NotComparedError or GitError if that cannot be done."""
    assert project.folder is not None  # noqa: S101 - read from a folder
    repository, here = repositories.of(project.folder)
    revision, choice = _chosen(repositories, repository, project, wanted, others)
    tree = repositories.tree(repository, revision.commit)
    there = _located(repositories, repository, revision, tree, here, project.id)
    with tempfile.TemporaryDirectory(prefix="govit-", ignore_cleanup_errors=True) as top:
        folder, names = _taken_out(repositories, repository, tree, there, Path(top))
        loaded = dossier.load([folder], vocabulary, regulation, packs)
        then = next(p for d in loaded for p in d.projects if p.folder == folder)
        then = next((p for p in (then, *then.also) if p.regulation == project.regulation), then)
        _readable(then, revision)
        changed = compared_papers(repository, {n: tree[there + n] for n in names}, project.folder, Path(top))
    return Approved(
        base=Base(
            revision=replace(revision, name=printable(revision.name)),
            choice=choice,
            folder=printable(there.rstrip("/") or "."),
        ),
        here=printable(here.rstrip("/") or "."),
        project=then,
        papers=changed,
        uncommitted=uncommitted(repository, repositories.last(repository), here, project.folder),
    )


# -- which revision, and where the project lies in it ----------------------------------------------


def _chosen(
    repositories: Repositories, repository: Repository, project: Project, wanted: str | None, others: frozenset[str]
) -> tuple[Revision, BaseChoice]:
    if wanted is not None:
        return repository.revision(wanted), BaseChoice.OPTION
    if project.approved_revision is not None:
        return repository.revision(project.approved_revision), BaseChoice.NAMED
    tags = repositories.tags(repository)
    own = [t for t in tags if project.id and f"{t.name}/".startswith(f"{TAGS}/{project.id}/")]
    shared = [t for t in tags if t.name.split("/")[1] not in others]
    for tag in (*own, *shared):
        return tag, BaseChoice.TAG
    message = (
        f"没有写明批复版本：版本库里没有适用的 {TAGS}/ 标签，project.yaml 也没有写 approved_revision（批复版本）。"
        f"用 --base 写出批复时的版本；或者给它打上标签：git tag {TAGS}/年度 版本号"
    )
    raise NotComparedError(Why.REVISION, f"{message}。另外，{SHALLOW}" if repository.shallow else message)


def _located(
    repositories: Repositories,
    repository: Repository,
    revision: Revision,
    tree: Mapping[str, Entry],
    here: str,
    project_id: str | None,
) -> str:
    """Where the project lay: at the same path, else wherever its id is found."""
    same = tree.get(here + PROJECT_FILE)
    found = repositories.folders_of(repository, revision.commit, project_id) if project_id else []
    if here in found or (same is not None and not found):
        return here
    if len(found) == 1:
        return found[0]
    when = f"{printable(revision.name)}（{revision.on}）"
    if found:
        shown = "、".join(printable(f.rstrip("/") or ".") for f in found[:5])
        message = f"批复版本 {when} 里有几个文件夹的 id 都是“{project_id}”：{shown}；请改用只有一个的版本"
        raise NotComparedError(Why.AMBIGUOUS, message)
    message = (
        f"批复版本 {when} 里还没有这个项目：既没有 {printable(here)}{PROJECT_FILE}，也没有 id 为“{project_id}”的项目。"
        "项目是后来才有的，没有可以比较的；要比较别的版本，用 --base 写明"
    )
    raise NotComparedError(Why.NEW, message)


def _id_in(data: bytes) -> str | None:
    """The id that a project.yaml gives, None if it cannot be read."""
    try:
        node, _ = parse(decode(data))
    except YamlError:
        return None
    value = node.value.get("id") if type(node.value) is dict else None
    return value.value.strip() if value is not None and type(value.value) is str else None


def _readable(then: Project, revision: Revision) -> None:
    when = f"{printable(revision.name)}（{revision.on}）"
    if then.classified:
        raise NotComparedError(Why.CLASSIFIED, f"批复版本 {when} 里是涉密项目的存根，不在本工具内比较")
    if "" not in then.source.places:
        why = then.faults[0].message if then.faults else ""
        message = f"批复版本 {when} 的 project.yaml 不能读取：{why}；请用 --base 写一个能读取的版本"
        raise NotComparedError(Why.UNREADABLE, message)


# -- taking it out -----------------------------------------------------------------------------------


def _taken_out(
    repositories: Repositories, repository: Repository, tree: Mapping[str, Entry], there: str, top: Path
) -> tuple[Path, list[str]]:
    """Put what the reader needs into a folder; its path, and the project's files as the reader counts them."""
    above = [""] + [there[: n + 1] for n, c in enumerate(there) if c == "/"]
    wanted = [f"{folder}{DOSSIER_FILE}" for folder in above] + [there + PROJECT_FILE]
    entries = {path: tree[path] for path in wanted if path in tree}
    if there + PROJECT_FILE in entries and not entries[there + PROJECT_FILE].regular:
        message = f"批复版本的 {printable(there)}{PROJECT_FILE} 是链接，不是文件，没有读取"
        raise NotComparedError(Why.UNREADABLE, message)
    blobs = repositories.data(repository, entries.values())
    (top / ".git").mkdir()
    top = Path(os.path.realpath(top))
    names = [path for path, entry in tree.items() if path.startswith(there) and entry.regular]
    for path in names[: MAX_FILES + 1]:
        put_back(str(top), path, b"")
    for path, entry in entries.items():
        held = entry.id in blobs and put_back(str(top), path, blobs[entry.id])
        if not held and path.endswith(PROJECT_FILE):
            why = "的路径这台电脑写不下" if entry.id in blobs else "太大，或者版本库里这个文件已经损坏、不在本机"
            raise NotComparedError(Why.UNREADABLE, f"批复版本的 {printable(path)} {why}，没有读取")
    if not any(path.endswith(DOSSIER_FILE) for path in entries):
        put_back(str(top), DOSSIER_FILE, b"{}\n")
    folder = top / there if there else top
    walked = Tree()
    walked.walk(str(folder), str(top))
    home = walked.projects.get(str(folder).rstrip("/\\"))
    files = home.files if home else []
    return folder, [n for n in files if n not in (PROJECT_FILE, DOSSIER_FILE) and there + n in tree]
