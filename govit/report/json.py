"""JSON 报告：the contract of `govit check --format json`, version govit-report/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit import __version__
from govit.report.jsontext import REPORT_SCHEMA, amount_text, day_text, dump, lines, of_regulation
from govit.report.listed import OPEN, listed
from govit.report.overview import grouped, ranked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.dossier.finding import Finding
    from govit.judging.judge import Judged, Report
    from govit.report.baseline import Since
    from govit.report.jsontext import Entry
    from govit.report.overview import Group, Ranked


def render(
    report: Report,
    *,
    everything: bool = False,
    statistics: bool = False,
    since: Since | None = None,
    part: Mapping[str, int | str | bool] | None = None,
) -> str:
    """One object; the same input gives the same bytes. `part` says which part of a dossier this is, if it is one."""
    places = {row.project.path: (rank, row) for rank, row in enumerate(ranked(report), 1)}
    parts = {
        "schema": dump(REPORT_SCHEMA),
        "as_of": dump(report.as_of.isoformat()),
        "govit": dump(__version__),
        "regulations": lines(of_regulation(r, report.as_of) for r in report.regulations),
        "projects": lines(_project(p, places[p.path]) for p in report.projects),
        "findings": lines(_finding(f) for f in listed(report, everything=everything)),
        "counts": dump(dict(report.counts)),
    }
    if since is not None:
        parts["baseline"] = dump(since.as_json())
    if part is not None:
        parts["part"] = dump(dict(part))
    if statistics:
        parts["statistics"] = dump({by: [_group(group) for group in groups] for by, groups in grouped(report).items()})
    return "{\n" + ",\n".join(f'"{key}": {part}' for key, part in parts.items()) + "\n}\n"


def _group(group: Group) -> Entry:
    return {
        "name": group.name,
        "title": group.title,
        "projects": group.projects,
        "total": amount_text(group.total),
        "counts": dict(group.counts),
    }


def _project(project: Judged, place: tuple[int, Ranked]) -> Entry:
    rank, row = place
    return {
        "path": project.path,
        "id": project.id,
        "name": project.name,
        "regulation": project.regulation.id if project.regulation else None,
        "stage": project.stage,
        "unit": project.unit,
        "category": project.category,
        "total": amount_text(project.total),
        "rank": rank,
        "gravest": row.gravest.rule if row.gravest else None,
        "counts": {
            **row.counts,
            "complies": project.complies,
            "not_applicable": project.not_applicable,
            "earlier_law": project.earlier_law,
        },
    }


def _finding(finding: Finding) -> Entry:
    place, waived = finding.place, finding.waived
    return {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity.word if finding.outcome in OPEN else None,
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
