"""列入报告的结论：what every machine format lists, in one order, each with a file of the repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.finding import Finding, Outcome
from govit.dossier.own_rules import NOT_IN_FORCE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govit.judging.judge import Report
    from govit.judging.stream import ReportHead

OPEN = (Outcome.VIOLATES, Outcome.UNDETERMINED)


def listed(report: Report, *, everything: bool = False) -> list[Finding]:
    """What is open, or everything, sorted so that the same input gives the same bytes."""
    return in_order(report.findings, everything=everything)


def in_order(findings: Iterable[Finding], *, everything: bool = False) -> list[Finding]:
    """Likewise, of some findings: those of no project, then those of one project after the other are the whole list."""
    return sorted((f for f in findings if everything or f.outcome in OPEN), key=_order)


def _order(finding: Finding) -> tuple[str, int, str, str, str, int, int, str]:
    return (
        finding.project or "",
        -finding.severity,
        finding.rule,
        finding.subject,
        finding.place.file,
        finding.place.line or 0,
        finding.place.column or 0,
        finding.message,
    )


def file_of(finding: Finding, report: Report | ReportHead) -> str:
    """The file to mark: what concerns a regulation as such is marked where the first project names it."""
    if finding.rule != NOT_IN_FORCE:
        return finding.place.file
    first = report.first_of(finding.subject)
    return f"{first}/project.yaml" if first is not None else finding.place.file


def full_text(finding: Finding) -> str:
    """What happened, by which article, and what to do, in a few lines of plain text."""
    rows = [finding.message]
    if finding.article:
        rows.append(" ".join(filter(None, ("依据", finding.document_number, f"{finding.article}“{finding.quote}”"))))
    if finding.nearest:
        rows.append(f"最接近 {finding.nearest}")
    if finding.place.heading or finding.place.paragraph:
        paragraph = f"第 {finding.place.paragraph} 段" if finding.place.paragraph else ""
        rows.append(f"位置 {paragraph} {finding.place.heading or ''}".replace("  ", " ").rstrip())
    if finding.place.key:
        rows.append(f"写在 {finding.place.key}")
    if finding.waived:
        rows.append(f"豁免 {finding.waived.number}，有效期至 {finding.waived.until}")
    if finding.hint:
        rows.append(f"怎么办 {finding.hint}")
    return "\n".join(rows)
