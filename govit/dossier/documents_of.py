"""文件：the files that a project names, looked at once, with faults about those that fail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.files import control_in, printable
from govit.base.records import replace
from govit.dossier.file_kinds import kind_of_name
from govit.dossier.keys import Role
from govit.dossier.listed_files import named_files, unlisted
from govit.dossier.lists import list_of
from govit.dossier.model import Document
from govit.dossier.tree import FolderNames, resolve
from govit.yamltext.faults import Fault
from govit.yamltext.written import filled_in

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from govit.documents.content import Reading
    from govit.documents.passages import Passage
    from govit.dossier.model import Project

_TROUBLES = {
    "EMPTY": "GOV-205",
    "DAMAGED": "GOV-203",
    "ENCRYPTED": "GOV-204",
    "HUGE": "GOV-206",
    "ENCODING": "GOV-209",
    "FAULT": "GOV-210",
}
_LOOKED_INTO = (".docx", ".docm", ".md", ".markdown", ".doc", ".wps", ".rtf", ".odt", ".pdf", ".ofd")
MAX_UNLISTED = 20


def with_papers(
    project: Project,
    vocabulary: Callable[[], Mapping[str, Mapping[str, str]]] | None = None,
    in_full: Callable[[tuple[str, ...]], bool] | None = None,
) -> tuple[Project, list[tuple[str, Fault]]]:
    """The project with every document read, and the faults, each with the file that it stands in.

    `vocabulary` gives the words of its regulation; asked only of files that nobody registered. `in_full` says of which
    kinds of documents the text is wanted too.
    """
    if project.folder is None or project.classified or not project.source.places:
        return project, []  # of a project.yaml that cannot be read it is not known whether it is classified
    desk = _Desk(project, project.folder, in_full)
    documents = tuple(desk.document(document) for document in project.documents)
    desk.compare(documents)
    for given, key in referred(project):
        desk.find(given, key)
    desk.leftovers(unlisted(project), vocabulary)
    return replace(project, documents=documents), desk.faults


def referred(project: Project) -> list[tuple[str, str]]:
    """The files that records name besides documents, each with its key."""
    return [
        (file, f"{record.at}.{list_of(type(record)).key(Role.FILE)}")
        for file, record in named_files(project)
        if not isinstance(record, Document)
    ]


class _Desk:
    """One project's files: each is looked at once, however many records name it."""

    def __init__(
        self, project: Project, folder: Path, in_full: Callable[[tuple[str, ...]], bool] | None = None
    ) -> None:
        self.project = project
        self.folder = folder
        self.in_full = in_full
        self.passages: dict[Path, tuple[Passage, ...]] = {}
        self.faults: list[tuple[str, Fault]] = []
        self.readings: dict[Path, Reading] = {}
        self.names = FolderNames()

    def document(self, document: Document) -> Document:
        if document.path is None:
            message = f"{document.at} 缺少 path（文件路径）"
            self._fault(document.at, Fault("GOV-108", message, hint="补写 path: documents/文件名"))
            return replace(document, missing=True)
        path = self.find(document.path, f"{document.at}.path")
        if path is None:
            return replace(document, missing=True)
        if self.in_full is not None and path not in self.readings and self.in_full(document.kinds):
            reading = self._noted(path, document.path, self._read_in_full(path))
        else:
            reading = self._read(path, document.path)
        return replace(document, reading=reading, passages=self.passages.get(path, ()), missing=reading.empty)

    def _read_in_full(self, path: Path) -> Reading:
        from govit.documents.passages import read_with_passages

        reading, self.passages[path] = read_with_passages(path)
        return _counted(reading)

    def compare(self, documents: tuple[Document, ...]) -> None:
        """A printed copy beside its source; most projects have none, and need no comparison."""
        if any(one.reading and one.reading.content and one.reading.content.printed for one in documents):
            from govit.dossier.copies import copies_that_differ

            self.faults.extend((self._shown(name), fault) for name, fault in copies_that_differ(documents))

    def find(self, given: str, key: str) -> Path | None:
        """The file that a record names, None and a fault at the record if there is none."""
        found = resolve(self.folder, given, self.names)
        if isinstance(found, Fault):
            self._fault(key, found)
            return None
        return found

    def _fault(self, key: str, fault: Fault) -> None:
        line, column = self.project.source.place_of(key) or (1, 1)
        self.faults.append((self.project.source.file, replace(fault, line=line, column=column, key=key)))

    def _read(self, path: Path, name: str) -> Reading:
        return self.readings[path] if path in self.readings else self._noted(path, name, read(path))

    def _noted(self, path: Path, name: str, reading: Reading) -> Reading:
        """A file that was looked at, with what is wrong with it."""
        self.readings[path] = reading
        shown = self._shown(name)
        if reading.trouble is not None and reading.trouble.name in _TROUBLES:
            message = f"《{name}》：{reading.what}"
            fault = Fault(_TROUBLES[reading.trouble.name], message, hint=reading.remedy, about=name)
            self.faults.append((shown, fault))
        self.faults.extend((shown, fault) for fault in _marks(reading))
        return reading

    def leftovers(
        self, names: list[str], vocabulary: Callable[[], Mapping[str, Mapping[str, str]]] | None = None
    ) -> None:
        """Files that nothing mentions: reported, and looked into for classification marks only."""
        kinds = vocabulary().get(list_of(Document).words, {}) if names and vocabulary is not None else {}
        for name in names[:MAX_UNLISTED]:
            hint = _how_to_register(name, kinds)
            if control_in(name) is not None:
                hint = "文件名是乱码，多半是解压时编码不对；请重新解压或改名"
            message = f"“{name}”没有登记，未参与判断"
            self.faults.append((self._shown(name), Fault("GOV-207", message, hint=hint, about=name)))
        if len(names) > MAX_UNLISTED:
            message = f"还有 {len(names) - MAX_UNLISTED} 个文件没有登记，未参与判断"
            self._fault(list_of(Document).path, Fault("GOV-207", message, hint="与本项目无关的文件请移出项目文件夹"))
        for name in names:
            if not name.lower().endswith(_LOOKED_INTO):
                continue
            path = resolve(self.folder, name, self.names)
            if not isinstance(path, Fault) and path not in self.readings:
                self.faults.extend((self._shown(name), fault) for fault in _marks(read(path)))

    def _shown(self, name: str) -> str:
        folder = self.project.source.file.rpartition("/")[0]
        return printable(f"{folder}/{name}" if folder else name)


def _how_to_register(name: str, kinds: Mapping[str, str]) -> str:
    """What to write for a file that nothing mentions, with its kind where the name speaks of one."""
    kind = kind_of_name(name, kinds)
    if not kind:
        return "在 project.yaml 的 documents 里登记，或把文件名改成文件种类"
    entry = f"- {{kinds: [{kind}], path: {filled_in(name)}}}"
    return f"看名称像是“{kind}”：是的，在 project.yaml 的 documents 里登记 {entry}；不是的，按它的种类登记"


def read(path: Path) -> Reading:
    """Look at one file; a project without files has no need of the readers, so they are loaded here."""
    from govit.documents import reader

    return _counted(reader.read(path))


def _counted(reading: Reading) -> Reading:
    """A reading; where a file was too large, what the run had left may have decided it."""
    from govit.documents import allowance
    from govit.documents.content import Trouble

    if reading.trouble is Trouble.HUGE:
        allowance.purse().depended = True
    return reading


def _marks(reading: Reading) -> list[Fault]:
    """密级标志 are reported by place only: the sentence is never repeated."""
    if reading.content is None:
        return []
    found = []
    for mark in reading.content.marks:
        where = f"第 {mark.paragraph} 段" if mark.paragraph else f"第 {mark.line} 行" if mark.line else ""
        where = where or (f"第 {mark.page} 页" if mark.page else "")
        hint = "涉密文件不得放在普通项目里：立即移走，从 git 历史中清除，并报告保密部门"
        found.append(Fault("GOV-208", f"{mark.where}{where}有密级标志", mark.line, mark.column, hint))
    return found
