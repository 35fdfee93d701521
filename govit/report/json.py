"""JSON 报告：the contract of `govit check --format json`, version govit-report/1."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit import __version__
from govit.report.jsontext import day_text, dump, lines, of_regulation
from govit.report.listed import listed

if TYPE_CHECKING:
    from govit.dossier.finding import Finding
    from govit.judging.judge import Judged, Report

SCHEMA = "govit-report/1"


def render(report: Report, *, everything: bool = False) -> str:
    """One object; the same input gives the same bytes."""
    parts = {
        "schema": dump(SCHEMA),
        "as_of": dump(report.as_of.isoformat()),
        "govit": dump(__version__),
        "regulations": lines(of_regulation(r, report.as_of) for r in report.regulations),
        "projects": lines(_project(p) for p in report.projects),
        "findings": lines(_finding(f) for f in listed(report, everything=everything)),
        "counts": dump(dict(report.counts)),
    }
    return "{\n" + ",\n".join(f'"{key}": {part}' for key, part in parts.items()) + "\n}\n"


def _project(project: Judged) -> dict[str, Any]:
    return {
        "path": project.path,
        "id": project.id,
        "name": project.name,
        "regulation": project.regulation.id if project.regulation else None,
        "stage": project.stage,
        "counts": {
            **project.counts,
            "complies": project.complies,
            "not_applicable": project.not_applicable,
            "earlier_law": project.earlier_law,
        },
    }


def _finding(finding: Finding) -> dict[str, Any]:
    place, waived = finding.place, finding.waived
    return {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity.word,
        "nominal": finding.nominal.word,
        "advisory": finding.advisory,
        "outcome": finding.outcome.value,
        "project": finding.project,
        "subject": finding.subject,
        "message": finding.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "heading": place.heading,
        "paragraph": place.paragraph,
        "document_number": finding.document_number,
        "article": finding.article,
        "quote": finding.quote,
        "evidence": list(finding.evidence),
        "nearest": finding.nearest,
        "hint": finding.hint,
        "due": day_text(finding.due),
        "waived": {"number": waived.number, "until": waived.until.isoformat()} if waived else None,
        "fingerprint": finding.fingerprint,
    }
