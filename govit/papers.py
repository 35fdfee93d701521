"""文件：the files that a project names, looked at once, with faults about those that fail."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govit.documents import Trouble, read
from govit.dossier import resolve, unlisted
from govit.yamltext import Fault

if TYPE_CHECKING:
    from pathlib import Path

    from govit.documents import Reading
    from govit.model import Document, Project

_TROUBLES = {
    Trouble.EMPTY: "GOV-205",
    Trouble.DAMAGED: "GOV-203",
    Trouble.ENCRYPTED: "GOV-204",
    Trouble.HUGE: "GOV-206",
    Trouble.ENCODING: "GOV-209",
}
MAX_UNLISTED = 20


def with_papers(project: Project) -> tuple[Project, list[tuple[str, Fault]]]:
    """The project with every document read, and the faults, each with the file that it stands in."""
    folder = project.folder
    if folder is None or project.classified:
        return project, []
    faults: list[tuple[str, Fault]] = []
    documents = tuple(_looked_at(project, folder, d, faults) for d in project.documents)
    for given, key in referred(project):
        _referred(project, folder, given, key, faults)
    hint = "在 project.yaml 的 documents 里登记，或把文件名改成文件种类"
    faults += [
        (_shown(project, name), Fault("GOV-207", f"“{name}”没有登记，未参与判断", hint=hint))
        for name in unlisted(project)[:MAX_UNLISTED]
    ]
    return replace(project, documents=documents), faults


def referred(project: Project) -> list[tuple[str, str]]:
    """The files that records name besides documents, each with its key."""
    records = [(r.file, r.at) for r in project.approvals]
    records += [(r.file, r.at) for r in project.submissions]
    records += [(r.file, r.at) for r in project.contracts]
    return [(file, f"{at}.file") for file, at in records if file]


def _looked_at(project: Project, folder: Path, document: Document, faults: list[tuple[str, Fault]]) -> Document:
    if document.path is None:
        line, column = project.source.place_of(document.at) or (1, 1)
        faults.append(
            (
                project.source.file,
                Fault("GOV-108", f"{document.at} 缺少 path（文件路径）", line, column, "补写 path: documents/文件名"),
            )
        )
        return replace(document, missing=True)
    path = _referred(project, folder, document.path, f"{document.at}.path", faults)
    if path is None:
        return replace(document, missing=True)
    reading = read(path)
    shown = _shown(project, document.path)
    if reading.trouble in _TROUBLES:
        faults.append((shown, Fault(_TROUBLES[reading.trouble], f"《{document.path}》：{reading.detail}")))
    faults.extend((shown, fault) for fault in _marks(reading))
    return replace(document, reading=reading, missing=reading.trouble is Trouble.EMPTY)


def _marks(reading: Reading) -> list[Fault]:
    """密级标志 are reported by place only: the sentence is never repeated."""
    if reading.content is None:
        return []
    found = []
    for mark in reading.content.marks:
        where = f"第 {mark.paragraph} 段" if mark.paragraph else f"第 {mark.line} 行" if mark.line else ""
        found.append(
            Fault(
                "GOV-208",
                f"{mark.where}{where}有密级标志",
                mark.line,
                mark.column,
                "涉密文件不得放在普通项目里：立即移走，从 git 历史中清除，并报告保密部门",
            )
        )
    return found


def _referred(project: Project, folder: Path, given: str, key: str, faults: list[tuple[str, Fault]]) -> Path | None:
    found = resolve(folder, given)
    if not isinstance(found, Fault):
        return found
    line, column = project.source.place_of(key) or (1, 1)
    faults.append((project.source.file, replace(found, line=line, column=column)))
    return None


def _shown(project: Project, name: str) -> str:
    folder = project.source.file.rpartition("/")[0]
    return f"{folder}/{name}" if folder else name
