"""SARIF 2.1.0：the OASIS format that code hosts and editors read, with the article in each rule's help."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import quote

from govit import __version__
from govit.dossier.finding import Finding, Outcome, Severity
from govit.law.in_words import describe
from govit.report.graded import graded
from govit.report.listed import file_of, full_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from govit.judging.judge import Report
    from govit.law.regulation import Regulation, Rule
    from govit.report.jsontext import Entry

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
KINDS = {Outcome.VIOLATES: "fail", Outcome.UNDETERMINED: "open"}
"""SARIF §3.27.9: open is “the tool could not decide”, which is what undetermined says."""
MOST = 5_000
"""How many results GitHub shows of one run."""


def render(report: Report) -> str:
    """One log with one run; the same input gives the same bytes.

    What complies or does not apply is no result: code hosts show every result as an alert, whatever its kind.
    """
    every = graded(report)
    findings = every[:MOST]
    ids = sorted({finding.rule for finding in findings})
    index = {rule: at for at, rule in enumerate(ids)}
    run = {
        "tool": {
            "driver": {
                "name": "govit",
                "version": __version__,
                "semanticVersion": __version__,
                "rules": _rules(ids, findings, report.regulations),
            }
        },
        **_left_out(len(every) - len(findings)),
        "language": "zh-CN",
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index[finding.rule], report) for finding in findings],
        "properties": {
            "asOf": report.as_of.isoformat(),
            "assumeInForce": report.assume_in_force,
            "regulations": [
                f"{r.document_number or r.title}（{_standing(r, report.as_of)}）" for r in report.regulations
            ],
        },
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


def left_out(report: Report) -> str:
    """What is said where there are more results than code hosts show; empty where there are not."""
    more = len(graded(report)) - MOST
    return _said_of(more) if more > 0 else ""


def _said_of(more: int) -> str:
    return f"SARIF 只列最重的 {MOST} 项（代码平台最多显示这么多），还有 {more} 项没有列入；全部用 --format json 或 text 写出"


def _left_out(more: int) -> Entry:
    if more <= 0:
        return {}
    told_of: Entry = {"level": "warning", "message": {"text": _said_of(more)}}
    return {"invocations": [{"executionSuccessful": True, "toolExecutionNotifications": [told_of]}]}


# -- rules -----------------------------------------------------------------------------------------


def _rules(ids: Sequence[str], findings: Sequence[Finding], regulations: Sequence[Regulation]) -> list[Entry]:
    known = {rule.id: (rule, regulation) for regulation in regulations for rule in regulation.rules}
    first = {finding.rule: finding for finding in reversed(findings)}
    return [_rule(*known[id_]) if id_ in known else _own_rule(first[id_]) for id_ in ids]


def _rule(rule: Rule, regulation: Regulation) -> Entry:
    law = f"《{regulation.title}》{regulation.document_number} {rule.article}"
    demand = describe(rule)
    rows = [f"{law}：“{rule.quote}”", f"要求：{demand}。"]
    if rule.hint:
        rows.append(f"怎么办：{rule.hint}")
    rows.append(f"说明与示例：govit explain {rule.id}")
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{law}：“{rule.quote}”"},
        "help": {"text": "\n".join(rows), "markdown": "\n\n".join(rows)},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
        "properties": {"tags": [regulation.id, rule.article], **({"titleEn": rule.title_en} if rule.title_en else {})},
    }


def _own_rule(finding: Finding) -> Entry:
    text = finding.hint or finding.title
    return {
        "id": finding.rule,
        "shortDescription": {"text": finding.title},
        "fullDescription": {"text": finding.title},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": LEVELS[finding.nominal]},
        "properties": {"tags": ["govit"], "titleEn": finding.title_en},
    }


# -- results ---------------------------------------------------------------------------------------


def _result(finding: Finding, index: int, report: Report) -> Entry:
    violates = finding.outcome is Outcome.VIOLATES
    result: Entry = {
        "ruleId": finding.rule,
        "ruleIndex": index,
        "kind": KINDS[finding.outcome],
        "level": LEVELS[finding.severity] if violates else "none",
        "message": {"text": full_text(finding)},
        "locations": [_location(finding, report)],
        # GitHub reads the second name only; without it, a finding is closed and opened anew by every save.
        "partialFingerprints": {"govit/v1": finding.fingerprint, "primaryLocationLineHash": finding.fingerprint},
        "properties": _properties(finding),
    }
    if finding.waived:
        reason = f"豁免 {finding.waived.number}，有效期至 {finding.waived.until}"
        result["suppressions"] = [{"kind": "external", "status": "accepted", "justification": reason}]
    return result


def _location(finding: Finding, report: Report) -> Entry:
    """The place; a docx has no lines, so its heading is given as the logical place of the file."""
    place = finding.place
    region = {"startLine": place.line or 1}
    if place.column:
        region["startColumn"] = place.column
    uri = quote(file_of(finding, report), safe="/")
    location: Entry = {
        "physicalLocation": {"artifactLocation": {"uri": uri, "uriBaseId": "%SRCROOT%"}, "region": region}
    }
    if place.heading:
        location["logicalLocations"] = [{"fullyQualifiedName": place.heading, "kind": "heading"}]
    return location


def _properties(finding: Finding) -> Entry:
    given = {
        "project": finding.project,
        "subject": finding.subject,
        "outcome": finding.outcome.value,
        "severity": finding.severity.word,
        "nominal": finding.nominal.word,
        "advisory": finding.advisory,
        "documentNumber": finding.document_number,
        "article": finding.article,
        "quote": finding.quote,
        "evidence": list(finding.evidence),
        "due": finding.due.isoformat() if finding.due else None,
    }
    return {key: value for key, value in given.items() if value not in (None, "", [])}


def _standing(regulation: Regulation, day: dt.date) -> str:
    return regulation.status_on(day) + ("，由卷宗指定" if regulation.by_dossier else "")
