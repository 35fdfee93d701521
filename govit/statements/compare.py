"""核对：the reports of a project, read for what they state, beside project.yaml and beside one another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.model import Budget
from govit.statements.against_project import against_project, names_of
from govit.statements.disagreements import ReadReport
from govit.statements.report_text import report_text
from govit.statements.stated import OPERATION, TOTAL, stated
from govit.statements.within import within
from govit.statements.words import rank_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govit.dossier.model import Project
    from govit.statements.disagreements import Disagreement


def read_reports(project: Project) -> list[ReadReport]:
    """The reports of a project, each file once."""
    names = names_of(project)
    read: dict[str, ReadReport] = {}
    for one in project.documents:
        content = one.reading.content if one.reading else None
        if one.path is not None and content is not None and one.passages and one.path not in read:
            kinds = tuple(kind for other in project.documents if other.path == one.path for kind in other.kinds)
            text = report_text(content, one.passages, names[0] if names else "")
            rank, said = rank_of(kinds), stated(text, names)
            read[one.path] = ReadReport(one.path, kinds, rank, content, one.passages, text, said)
    return list(read.values())


def disagreements(project: Project, reports: Sequence[ReadReport]) -> Iterator[Disagreement]:
    """Where the reports of a project disagree with it or with themselves."""
    yield from against_project(project, reports)
    budget = project.budget or Budget()
    known = {
        key: amount for key, amount in ((TOTAL, budget.total), (OPERATION, budget.operation)) if amount is not None
    }
    for report in reports:
        yield from within(report, known)
    if any(report.content.printed for report in reports):
        yield from _between_copies(project, {report.path: report for report in reports})


def _between_copies(project: Project, read: Mapping[str, ReadReport]) -> Iterator[Disagreement]:
    """Few projects have a printed copy, so what compares one is loaded here."""
    from govit.dossier.copies import versions
    from govit.statements.between_copies import between_copies

    for printed, source in versions(project.documents):
        one, other = read.get(printed.path or ""), read.get(source.path or "")
        if one is not None and other is not None:
            yield from between_copies(one, other)
