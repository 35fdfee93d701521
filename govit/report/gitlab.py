"""GitLab Code Quality：the findings beside the lines of a merge request."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from govit.dossier.finding import Finding, Outcome, Severity
from govit.report.listed import file_of, listed
from govit.report.text import label_of

if TYPE_CHECKING:
    from govit.judging.judge import Report

LEVELS = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(report: Report) -> str:
    """A list of issues; the same input gives the same bytes."""
    seen: dict[str, int] = {}
    return json.dumps([_issue(f, report, seen) for f in listed(report)], ensure_ascii=False, indent=1) + "\n"


def _issue(finding: Finding, report: Report, seen: dict[str, int]) -> dict[str, Any]:
    cite = f"（{finding.article}）" if finding.article else ""
    return {
        "description": f"{label_of(finding)} {finding.message}{cite}{'；' + finding.hint if finding.hint else ''}",
        "check_name": finding.rule,
        "fingerprint": _unique(finding.fingerprint, seen),
        "severity": _level(finding),
        "location": {"path": file_of(finding, report), "lines": {"begin": finding.place.line or 1}},
    }


def _level(finding: Finding) -> str:
    if finding.outcome is Outcome.UNDETERMINED:
        return "minor"
    return "info" if finding.waived or finding.advisory else LEVELS[finding.severity]


def _unique(fingerprint: str, seen: dict[str, int]) -> str:
    """GitLab drops what repeats a fingerprint, so findings that share one are numbered."""
    seen[fingerprint] = seen.get(fingerprint, 0) + 1
    number = seen[fingerprint]
    return fingerprint if number == 1 else sha256(f"{fingerprint} {number}".encode()).hexdigest()[:16]
