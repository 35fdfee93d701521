"""JUnit XML：one suite for each project, one case for each finding, for the hosts that draw test results.

A finding that fails the run is a failure. Whatever else is open (warnings below the failing level, what is
undetermined, waived or advisory) is a skipped case with its message, so that it stays in sight; what complies
is a passed case.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from govit.base.files import printable
from govit.dossier.finding import FAILING, Finding, Outcome
from govit.report.listed import file_of, full_text, listed
from govit.report.text import chosen_rules, label_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.judging.judge import Report


def render(report: Report, level: str) -> str:
    """The document; `level` is the one at which the run fails. The same input gives the same bytes."""
    findings = [f for f in listed(report, everything=True) if f.outcome is not Outcome.NOT_APPLICABLE]
    names = {project.path: project.name or project.id or project.path for project in report.projects}
    suites = [(name, [f for f in findings if f.project == path]) for path, name in names.items()]
    general = [f for f in findings if f.project not in names]
    if general:
        suites.insert(0, ("卷宗", general))
    failures = sum(_fails(f, level) for f in findings)
    named = "govit" + (f"（{chosen_rules(report)}）" if report.chosen else "")
    top = Element("testsuites", name=printable(named), tests=str(len(findings)), failures=str(failures), errors="0")
    for name, mine in suites:
        _suite(top, name, mine, report, level)
    indent(top)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(top, encoding="unicode")}\n'


def _suite(top: Element, name: str, findings: Sequence[Finding], report: Report, level: str) -> None:
    suite = SubElement(
        top,
        "testsuite",
        name=printable(name),
        tests=str(len(findings)),
        failures=str(sum(_fails(f, level) for f in findings)),
        errors="0",
        skipped=str(sum(_skipped(f, level) for f in findings)),
        timestamp=f"{report.as_of}T00:00:00",
    )
    seen: dict[str, int] = {}
    for finding in findings:
        _case(suite, finding, _name(finding, seen), report, level)


def _name(finding: Finding, seen: dict[str, int]) -> str:
    """What a case is called. Hosts keep one of those that share a name, so these are numbered."""
    subject = f"〔{finding.subject}〕" if finding.subject and finding.article else ""
    name = f"{finding.rule} {finding.title}{subject}"
    seen[name] = seen.get(name, 0) + 1
    return name if seen[name] == 1 else f"{name}（{seen[name]}）"


def _case(suite: Element, finding: Finding, name: str, report: Report, level: str) -> None:
    case = SubElement(suite, "testcase", classname=printable(finding.project or "卷宗"), name=printable(name))
    result = "failure" if _fails(finding, level) else "skipped" if _skipped(finding, level) else ""
    if not result:
        return
    place = file_of(finding, report) + (f":{finding.place.line}" if finding.place.line else "")
    message = printable(f"{label_of(finding)}：{finding.message}")
    body = SubElement(case, result, type=_kind(finding), message=message)
    body.text = "\n".join(printable(row) for row in f"{place}\n{full_text(finding)}".split("\n"))


def _kind(finding: Finding) -> str:
    return "undetermined" if finding.outcome is Outcome.UNDETERMINED else finding.severity.word


def _fails(finding: Finding, level: str) -> bool:
    return finding.outcome is not Outcome.COMPLIES and finding.counts_as in FAILING[level]


def _skipped(finding: Finding, level: str) -> bool:
    return finding.outcome is not Outcome.COMPLIES and not _fails(finding, level)
