"""JSON 报告：the contract of `govit check --format json`, version govit-report/1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from govit import __version__
from govit.report.listed import listed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govit.finding import Finding
    from govit.judge import Judged, Report
    from govit.regulation import Regulation

SCHEMA = "govit-report/1"


def render(report: Report, *, everything: bool = False) -> str:
    """One object; the same input gives the same bytes."""
    parts = {
        "schema": _dump(SCHEMA),
        "as_of": _dump(report.as_of.isoformat()),
        "govit": _dump(__version__),
        "regulations": _list(_regulation(r, report) for r in report.regulations),
        "projects": _list(_project(p) for p in report.projects),
        "findings": _list(_finding(f) for f in listed(report, everything=everything)),
        "counts": _dump(dict(report.counts)),
    }
    return "{\n" + ",\n".join(f'"{key}": {part}' for key, part in parts.items()) + "\n}\n"


def _dump(value: Any) -> str:  # noqa: ANN401 - JSON data
    return json.dumps(value, ensure_ascii=False)


def _list(entries: Iterable[dict[str, Any]]) -> str:
    """One entry a line: quick to write, and git shows a changed finding as one changed line."""
    return "[\n" + ",\n".join(map(_dump, entries)) + "\n]"


def _regulation(regulation: Regulation, report: Report) -> dict[str, Any]:
    return {
        "id": regulation.id,
        "document_number": regulation.document_number,
        "status": regulation.status_on(report.as_of),
        "effective_from": _day(regulation.effective_from),
        "effective_to": _day(regulation.effective_to),
    }


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
        "due": _day(finding.due),
        "waived": {"number": waived.number, "until": waived.until.isoformat()} if waived else None,
        "fingerprint": finding.fingerprint,
    }


def _day(day: Any) -> str | None:  # noqa: ANN401 - a date or None
    return day.isoformat() if day else None
