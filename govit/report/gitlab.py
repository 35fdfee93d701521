"""GitLab Code Quality：the findings beside the lines of a merge request."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from govit.dossier.finding import Finding, Outcome, Severity
from govit.report.listed import file_of, in_order
from govit.report.overview import by_path
from govit.report.text import label_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govit.judging.case import Case
    from govit.judging.judge import Judged, Report
    from govit.judging.stream import ReportHead
    from govit.report.jsontext import Entry
    from govit.report.overview import Totals

LEVELS = {Severity.ERROR: "critical", Severity.WARNING: "major", Severity.INFO: "info"}


def render(report: Report) -> str:
    """A list of issues; the same input gives the same bytes."""
    stream = GitlabStream(report)
    pieces = [stream.first(), *(stream.add(stream.piece(told)) for told in by_path(report.projects))]
    return "".join([*pieces, *stream.last()])


class GitlabStream:
    """The same, of one project after the other."""

    at_once = True

    def __init__(self, head: Report | ReportHead) -> None:
        self._head = head
        self._begun = False

    def first(self) -> str:
        """The findings of no project."""
        return self.add(self._listed(self._head.general))

    def piece(self, told: Sequence[Judged], _: Sequence[Case] = ()) -> str:
        """The findings of a project, under whichever of its regulations."""
        return self._listed(f for one in told for f in one.findings)

    def _listed(self, findings: Iterable[Finding]) -> str:
        issues = [_issue(f, self._head) for f in in_order(findings)]
        return json.dumps(issues, ensure_ascii=False, indent=1)[1:-2] if issues else ""

    def add(self, piece: str) -> str:
        """What a piece adds to those before it."""
        if not piece:
            return ""
        begun, self._begun = self._begun, True
        return ("," if begun else "[") + piece

    def last(self, _: Totals | None = None, __: Iterable[str] = ()) -> Iterator[str]:
        """The end of the list."""
        yield "\n]\n" if self._begun else "[]\n"


def _issue(finding: Finding, report: Report | ReportHead) -> Entry:
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
