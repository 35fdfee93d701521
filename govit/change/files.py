"""版本库里的文件：the files of a project's folder beside those that a revision recorded, by git's own ids.

The ids are computed here, so that git runs no filter that a repository configures. Line ends that git changed on
checkout, and files that are kept in Git LFS, are no difference.
"""

from __future__ import annotations

import hashlib
import os
import re
from typing import TYPE_CHECKING

from govit.base.files import LARGEST_FILE, digest, open_regular, printable, read_bytes
from govit.base.records import replace
from govit.change.papers import FileVersion, PaperChange, inside, papers
from govit.documents import reader
from govit.documents.reader import READ
from govit.dossier.tree import DOSSIER_FILE, PROJECT_FILE, Tree, is_within

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from govit.change.git import Entry, Repository

LARGEST_READ = 60_000_000  # a revision's document that is looked into
LARGEST_TEXT = 20_000_000
_POINTER = 1_024
_LFS = re.compile(rb"version https://git-lfs\.github\.com/spec/v1\n(?:ext-[^\n]*\n)*oid sha256:([0-9a-f]{64})\n")
_SHA256_FIGURES = 64


def compared_papers(
    repository: Repository, then: Mapping[str, Entry], folder: Path, scratch: Path
) -> tuple[PaperChange, ...]:
    """The documents then and now: by hash, and where one changed and can be read, by its headings."""
    recorded = _Recorded(repository, then.values())
    now = {name: recorded.identity(path) for name, path in files(folder)}
    found = []
    for change in papers({name: entry.id for name, entry in then.items()}, now):
        if change.state == "修改" and change.path.lower().endswith(READ):
            before = recorded.paper(change.before, change.path, scratch)
            found.append(inside(change, before, _read(folder / change.path, change.path)))
        else:
            found.append(change)
    return tuple(replace(change, path=printable(change.path), was=printable(change.was)) for change in found)


def uncommitted(repository: Repository, last: Mapping[str, Entry], here: str, folder: Path) -> bool:
    """Whether the project's folder differs from the last commit; git's index is neither read nor written."""
    mine = {path.removeprefix(here): entry for path, entry in last.items() if path.startswith(here) and entry.regular}
    if any(not os.path.lexists(folder / name) for name in mine):
        return True
    recorded = _Recorded(repository, mine.values())
    if PROJECT_FILE not in mine or mine[PROJECT_FILE].id not in recorded.plain(str(folder / PROJECT_FILE)):
        return True
    return any(name not in mine or recorded.identity(path) != mine[name].id for name, path in files(folder))


def files(folder: Path) -> Iterable[tuple[str, str]]:
    """The documents of a project as the dossier reader counts them; links out of the folder are left out."""
    top = os.path.realpath(folder)
    tree = Tree()
    tree.walk(top, top)
    home = tree.projects.get(top)
    for name in home.files if home else []:
        path = os.path.realpath(os.path.join(top, name))
        if name not in (PROJECT_FILE, DOSSIER_FILE) and is_within(path, top) and os.path.isfile(path):
            yield name, path


class _Recorded:
    """The files of a revision, by id."""

    def __init__(self, repository: Repository, entries: Iterable[Entry]) -> None:
        self.repository = repository
        self.ids = {entry.id for entry in entries}
        longest = max(map(len, self.ids), default=0)
        self.algorithm = "sha256" if longest == _SHA256_FIGURES else "sha1"
        self._pointers: dict[str, str] | None = None

    def plain(self, path: str) -> tuple[str, str]:
        """The ids that git would give a file, as it is and with the line ends that git keeps of a text."""
        return _ids(path, self.algorithm)

    def identity(self, path: str) -> str:
        """The id that git would give a file, or that of the recorded file which it is but for line ends or LFS."""
        plain, kept = self.plain(path)
        if plain in self.ids or kept not in self.ids:
            return plain if plain in self.ids else self._pointing(path) or plain
        return kept

    def paper(self, identity: str, path: str, scratch: Path) -> FileVersion:
        """A recorded document with its headings."""
        data = self.repository.blobs([identity], LARGEST_READ).get(identity)
        if data is None:
            return FileVersion(path, identity, detail="批复版本里的这个文件太大，没有读取标题")
        if _LFS.match(data):
            return FileVersion(path, identity, detail="批复版本里的这个文件在 Git LFS 中，没有读取标题")
        copy = scratch / f"document{os.path.splitext(path)[1].lower()}"
        copy.write_bytes(data)
        return _read(copy, path)

    @property
    def pointers(self) -> dict[str, str]:
        """The recorded files that only point into Git LFS, with the sha256 of what they point at."""
        if self._pointers is None:
            small = self.repository.blobs(self.ids, _POINTER)
            found = {identity: _LFS.match(data) for identity, data in small.items()}
            self._pointers = {identity: match[1].decode() for identity, match in found.items() if match}
        return self._pointers

    def _pointing(self, path: str) -> str | None:
        content = _sha256(path) if self.pointers else ""
        return next((identity for identity, oid in self.pointers.items() if oid == content), None)


def _ids(path: str, algorithm: str) -> tuple[str, str]:
    """The git ids of a file as it is, and with the line ends that git keeps of a text."""
    size = os.stat(path).st_size
    if size > LARGEST_FILE:
        return f"{size} bytes", ""  # no id of git: it is not what was recorded, and its reader says why it was not read
    if size <= LARGEST_TEXT:
        data = read_bytes(path, LARGEST_TEXT)
        kept = data if b"\0" in data[:8_000] else data.replace(b"\r\n", b"\n")
        plain = _blob_id(data, algorithm)
        return plain, plain if kept is data else _blob_id(kept, algorithm)
    with open_regular(path) as file:
        return digest(file, algorithm, b"blob %d\0" % size), ""


def _blob_id(data: bytes, algorithm: str) -> str:
    return hashlib.new(algorithm, b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def _sha256(path: str) -> str:
    if os.stat(path).st_size > LARGEST_FILE:
        return ""
    with open_regular(path) as file:
        return digest(file, "sha256")


def _read(path: Path, shown: str) -> FileVersion:
    reading = reader.read(path)
    identity = "" if reading.size is None else _sha256(str(path))
    if reading.content is None:
        return FileVersion(shown, identity, detail=reading.detail)
    return FileVersion(shown, identity, reading.content.headings, reading.content.length)
