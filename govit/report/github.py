"""GitHub 批注：workflow commands that mark the very line of a pull request.

GitHub shows ten of each kind and step. The last of the ten says how many more there are; those stand in the log.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.finding import Finding, Outcome, Severity
from govit.report.graded import graded
from govit.report.listed import file_of, full_text
from govit.report.text import chosen_rules, label_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.judging.judge import Report

COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
MOST = 10
"""How many annotations of a kind GitHub shows of one step."""
_WORDS = {"error": "错误", "warning": "警告和待定", "notice": "提示"}


def render(report: Report) -> str:
    """One command a line, the gravest first; what GitHub would not show is told in plain lines."""
    found: dict[str, list[Finding]] = {command: [] for command in COMMANDS.values()}
    for finding in graded(report):
        found[_command(finding)].append(finding)
    rows = [row for command, mine in found.items() for row in _annotations(command, mine, report)]
    rows += [_plain(f, report) for command, mine in found.items() for f in _left_out(mine)]
    if report.chosen:
        rows.append(f"::notice::{_escaped(chosen_rules(report))}")
    return "".join(f"{row}\n" for row in rows)


def _command(finding: Finding) -> str:
    if finding.outcome is Outcome.UNDETERMINED:
        return "warning"
    return "notice" if finding.waived or finding.advisory else COMMANDS[finding.severity]


def _left_out(findings: Sequence[Finding]) -> Sequence[Finding]:
    return findings[MOST - 1 :] if len(findings) > MOST else ()


def _annotations(command: str, findings: Sequence[Finding], report: Report) -> Iterator[str]:
    rest = len(_left_out(findings))
    yield from (_line(finding, report) for finding in findings[: len(findings) - rest])
    if rest:
        title = f"还有 {rest} 项{_WORDS[command]}没有标在行上"
        where = "每种最多标 10 处；其余的在这一步的日志里，全部结论见运行摘要，或者用 govit check 查看"
        yield f"::{command} title={_property(title)}::{_escaped(f'{title}：{where}')}"


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


def _plain(finding: Finding, report: Report) -> str:
    """A line of the log. What the runner takes for its own commands wherever it stands is broken up."""
    line = f":{finding.place.line}" if finding.place.line else ""
    text = f"{label_of(finding)} {file_of(finding, report)}{line} {finding.rule} {finding.message}"
    return text.replace("\n", " ").replace("\r", " ").replace("##[", "## [")


def _escaped(text: str) -> str:
    """What the runner would take for the end of the command is written as it wants it."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")
