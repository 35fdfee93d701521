"""JUnit XML：one suite for each project, one case for each finding, for the hosts that draw test results.

A finding that fails the run is a failure. Whatever else is open (warnings below the failing level, what is
undetermined, waived or advisory) is a skipped case with its message, so that it stays in sight; what complies
is a passed case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from govit.base.files import printable
from govit.dossier.finding import FAILING, Finding, Outcome
from govit.report.listed import file_of, listed, told
from govit.report.text import label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.judging.judge import Report


def render(report: Report, level: str) -> str:
    """The document; `level` is the one at which the run fails. The same input gives the same bytes."""
    findings = [f for f in listed(report, everything=True) if f.outcome is not Outcome.NOT_APPLICABLE]
    names = {project.path: project.name or project.id or project.path for project in report.projects}
    suites = [_suite(name, [f for f in findings if f.project == path], report, level) for path, name in names.items()]
    general = [f for f in findings if f.project not in names]
    if general:
        suites.insert(0, _suite("卷宗", general, report, level))
    failures = sum(_fails(f, level) for f in findings)
    head = f'<testsuites name="govit" tests="{len(findings)}" failures="{failures}" errors="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *suites, "</testsuites>"]) + "\n"


def _suite(name: str, findings: Sequence[Finding], report: Report, level: str) -> str:
    failures = sum(_fails(f, level) for f in findings)
    skipped = sum(_skipped(f, level) for f in findings)
    counts = f'tests="{len(findings)}" failures="{failures}" errors="0" skipped="{skipped}"'
    head = f'  <testsuite name={_attribute(name)} {counts} timestamp="{report.as_of}T00:00:00">'
    seen: dict[str, int] = {}
    return "\n".join([head, *(_case(f, _name(f, seen), report, level) for f in findings), "  </testsuite>"])


def _name(finding: Finding, seen: dict[str, int]) -> str:
    """What a case is called. Hosts keep one of those that share a name, so these are numbered."""
    subject = f"〔{finding.subject}〕" if finding.subject and finding.article else ""
    name = f"{finding.rule} {finding.title}{subject}"
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}（{seen[name]}）"


def _case(finding: Finding, name: str, report: Report, level: str) -> str:
    head = f"    <testcase classname={_attribute(finding.project or '卷宗')} name={_attribute(name)}"
    place = file_of(finding, report) + (f":{finding.place.line}" if finding.place.line else "")
    told_ = _text(f"{place}\n{told(finding)}")
    message = _attribute(f"{label_of(finding)}：{finding.message}")
    if _fails(finding, level):
        return f'{head}>\n      <failure type="{_kind(finding)}" message={message}>{told_}</failure>\n    </testcase>'
    if _skipped(finding, level):
        return f'{head}>\n      <skipped type="{_kind(finding)}" message={message}>{told_}</skipped>\n    </testcase>'
    return f"{head}/>"


def _kind(finding: Finding) -> str:
    return "undetermined" if finding.outcome is Outcome.UNDETERMINED else finding.severity.word


def _fails(finding: Finding, level: str) -> bool:
    return finding.outcome is not Outcome.COMPLIES and finding.counts_as in FAILING[level]


def _skipped(finding: Finding, level: str) -> bool:
    return finding.outcome is not Outcome.COMPLIES and not _fails(finding, level)


def _attribute(text: str) -> str:
    return quoteattr(printable(text))


def _text(text: str) -> str:
    return escape("\n".join(printable(row) for row in text.split("\n")))
