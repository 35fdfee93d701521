"""项目的文件：which files of a folder its records name, and which nobody names."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from govit.base.files import control_in
from govit.dossier.keys import Role
from govit.dossier.lists import LISTS, entries_of, list_of, text_of
from govit.dossier.model import Document
from govit.dossier.tree import DOSSIER_FILE, PROJECT_FILE, Tree, comparable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.dossier.fields import Words
    from govit.dossier.model import Project, Record

_NOT_LISTED = frozenset((PROJECT_FILE, DOSSIER_FILE, "readme.md", "thumbs.db", "desktop.ini"))
_DOCUMENTS = list_of(Document)


def with_named_files(listed: Sequence[Document], files: Sequence[str], words: Words | None) -> tuple[Document, ...]:
    """The listed documents, and the files that are named after their kind and need no entry."""
    kinds = (words or {}).get(_DOCUMENTS.words, {})
    mentioned = {comparable(document.path) for document in listed if document.path}
    unnamed = []
    for name in files:
        stem = unicodedata.normalize("NFC", name.rpartition("/")[2].rpartition(".")[0])
        if stem in kinds and comparable(name) not in mentioned and control_in(name) is None:
            unnamed.append(Document(at=f"{_DOCUMENTS.path}:{name}", kinds=(kinds[stem],), path=name))
    return (*listed, *unnamed)


def named_files(project: Project) -> Iterator[tuple[str, Record]]:
    """Every file that a record names, with the record."""
    for one in LISTS.values():
        for entry in entries_of(project, one) if one.key(Role.FILE) else ():
            file = text_of(entry, Role.FILE)
            if file:
                yield file, entry


def unlisted(project: Project) -> list[str]:
    """Files in the folder that project.yaml does not mention and whose names say no kind."""
    if project.folder is None:
        return []
    mentioned = {comparable(file) for file, _ in named_files(project)}
    tree = Tree()
    tree.walk(str(project.folder), str(project.folder))
    home = tree.projects.get(str(project.folder))
    files = home.files if home is not None else []
    return [name for name in files if name.lower() not in _NOT_LISTED and comparable(name) not in mentioned]
