"""GitLab Code Quality：the findings beside the lines of a merge request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from govit.dossier.finding import Finding, Outcome, Severity
from govit.report.listed import file_of, listed
from govit.report.text import label_of

if TYPE_CHECKING:
    from govit.judging.judge import Report
    from govit.report.jsontext import Entry

LEVELS = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(report: Report) -> str:
    """A list of issues; the same input gives the same bytes."""
    return json.dumps([_issue(f, report) for f in listed(report)], ensure_ascii=False, indent=1) + "\n"


def _issue(finding: Finding, report: Report) -> Entry:
    cite = f"（{finding.article}）" if finding.article else ""
    return {
        "description": f"{label_of(finding)} {finding.message}{cite}{'；' + finding.hint if finding.hint else ''}",
        "check_name": finding.rule,
        "fingerprint": finding.fingerprint,
        "severity": _level(finding),
        "location": {"path": file_of(finding, report), "lines": {"begin": finding.place.line or 1}},
    }


def _level(finding: Finding) -> str:
    if finding.outcome is Outcome.UNDETERMINED:
        return "minor"
    return "info" if finding.waived or finding.advisory else LEVELS[finding.severity]
