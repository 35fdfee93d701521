"""GitHub 批注：workflow commands that mark the very line of a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.finding import Finding, Outcome, Severity
from govit.report.listed import file_of, full_text, listed
from govit.report.text import label_of

if TYPE_CHECKING:
    from govit.judging.judge import Report

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report) -> str:
    """One command a line, the gravest first: GitHub shows the first ten of each kind and step."""
    findings = sorted(listed(report), key=lambda f: list(COMMANDS.values()).index(_command(f)))
    return "".join(f"{_line(finding, report)}\n" for finding in findings)


def _command(finding: Finding) -> str:
    if finding.outcome is Outcome.UNDETERMINED:
        return "warning"
    return "notice" if finding.waived or finding.advisory else COMMANDS[finding.severity]


def _line(finding: Finding, report: Report) -> str:
    place = finding.place
    given = {
        "file": file_of(finding, report),
        "line": str(place.line) if place.line else "",
        "col": str(place.column) if place.line and place.column else "",
        "title": f"{label_of(finding)} {finding.rule} {finding.title}",
    }
    properties = ",".join(f"{key}={_property(value)}" for key, value in given.items() if value)
    return f"::{_command(finding)} {properties}::{_escaped(full_text(finding))}"


def _escaped(text: str) -> str:
    """What the runner would take for the end of the command is written as it wants it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
