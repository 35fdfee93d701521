"""改正的草稿：the files of dossiers with what has one right answer put right, before anything is written."""

from __future__ import annotations

import codecs
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from govit.base.files import read_bytes
from govit.dossier.finding import Severity
from govit.dossier.mending import FileKind, stage_mended, values_mended, yaml_mended
from govit.dossier.model import Project, Settings
from govit.dossier.secrecy import may_be_classified
from govit.dossier.tree import DOSSIER_FILE, PROJECT_FILE
from govit.importing.drafts import Draft
from govit.judging.case import JudgeableCase
from govit.yamltext.faults import YamlError
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from govit.dossier.projects import Dossier
    from govit.judging.case import Case
    from govit.judging.run import Opened

    Words = Mapping[str, Mapping[str, str]]

_GIVEN = frozenset(("unit.name",))
_OF_RECORDS = ("GOV-1", "GOV-3")
"""Findings that something is not recorded as it should be."""


class Fixes(NamedTuple):
    """可以改正的, and the files that are left alone, with the reason."""

    drafts: tuple[Draft, ...]
    left_alone: tuple[str, ...]


def fixes(opened: Opened) -> Fixes:
    """What can be put right in the files that were read."""
    drafts: list[Draft] = []
    left: list[str] = []
    for dossier in opened.dossiers:
        file = dossier.root / DOSSIER_FILE
        kind = FileKind(Settings, _words(opened, dossier, dossier.settings.regulation), _GIVEN)
        if dossier.settings.source is not None or dossier.faults:
            drafts += _draft(DOSSIER_FILE, file, partial(_settings, kind=kind))
    for case in opened.cases():
        file = (case.project.folder or case.dossier.root) / PROJECT_FILE
        if case.project.classified:
            left.append(f"{case.path} 是涉密项目，不在本工具内办理")
        else:
            drafts += _draft(case.project.name or case.path, file, partial(_project, case=case, opened=opened))
    return Fixes(tuple(drafts), tuple(left))


def _words(opened: Opened, dossier: Dossier, regulation: str | None) -> Words | None:
    return opened.library.vocabulary(regulation, dossier.packs) if regulation else None


def _draft(name: str, file: Path, mend: Callable[[str], str]) -> Iterator[Draft]:
    """The file as it would be written, if anything of it changes; what cannot be read is told by the check."""
    try:
        before = read_bytes(file, MAX_BYTES)
        text = decode(before)
    except (OSError, YamlError):
        return
    after = text if may_be_classified(text) else mend(text)
    if after != text:
        mark = codecs.BOM_UTF8 if before.startswith(codecs.BOM_UTF8) else b""
        yield Draft(name, file, before, mark + after.encode(), ())


def _settings(text: str, kind: FileKind) -> str:
    return values_mended(yaml_mended(text), kind)


def _project(text: str, case: Case, opened: Opened) -> str:
    after = yaml_mended(text)
    regulation = case.project.regulation or _named(after) or case.dossier.settings.regulation
    given = _GIVEN if case.dossier.settings.unit is not None else frozenset[str]()
    kind = FileKind(Project, _words(opened, case.dossier, regulation), given)
    after = values_mended(after, kind)
    stage = _proven(case) if after == text else ""
    return stage_mended(after, case.project.stage or "", stage, kind) if stage else after


def _named(text: str) -> str | None:
    """The regulation that a file names, once it can be read."""
    try:
        node, _ = parse(text)
    except YamlError:
        return None
    return node.entries["regulation"].text or None if "regulation" in node.entries else None


def _proven(case: Case) -> str:
    """The stage that the records prove, where they are whole and nothing in them is in doubt."""
    if not isinstance(case, JudgeableCase):
        return ""
    found = case.examined()
    doubts = [one for one in case.findings if one.severity is Severity.ERROR and one.rule.startswith(_OF_RECORDS)]
    progress = found.run.progress
    if doubts or found.gaps or not 0 <= progress.declared < progress.proven:
        return ""
    return progress.names[progress.proven]
