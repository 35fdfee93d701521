"""运行摘要：Markdown for the page that a host shows of a run, at most as long as GitHub keeps it.

Everything that somebody wrote into a dossier stands in HTML with its signs escaped, so that it is never markup.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from govit.base.language import say
from govit.report.graded import graded
from govit.report.listed import file_of, full_text
from govit.report.overview import SHOWN, WORDS, called, headed, money, ranked
from govit.report.text import DISCLAIMER, chosen_rules, label_of, tally, verdict

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govit.dossier.finding import Finding
    from govit.judging.judge import Report
    from govit.report.overview import Ranked

MOST_BYTES = 1024 * 1024
"""What GitHub keeps of the summary of one step."""
_FOR_THE_REST = 2_000
"""Bytes kept for the lines that say what was left out."""


def render(report: Report, note: str = "") -> str:
    """The verdict, the projects ranked, and their findings, the gravest first; `note` is one line more."""
    head = [
        f"### govit {_text(verdict(report, note))}",
        "",
        f"<p>{say('判断日')} {report.as_of}{''.join(f'<br>{_text(law)}' for law in _laws(report))}</p>",
        f"<p>{_text(tally(report))}</p>",
        *(f"<p>{_text(line)}</p>" for line in (note, chosen_rules(report)) if line),
    ]
    page = _Page(MOST_BYTES - _FOR_THE_REST)
    page.add("\n".join(head) + "\n\n")
    _table(page, report)
    _findings(page, report)
    page.add_always(f"<p>{_text(say(DISCLAIMER))}</p>\n")
    return "".join(page.parts)


class _Page:
    """A page that takes only so many bytes."""

    def __init__(self, room: int) -> None:
        self.parts: list[str] = []
        self.room = room

    def add(self, part: str) -> bool:
        """Add a part, if there is room for it."""
        self.room -= (size := len(part.encode()))
        if self.room < 0:
            self.room += size
            return False
        self.parts.append(part)
        return True

    def add_always(self, part: str) -> None:
        """Add what room is kept for."""
        self.parts.append(part)

    def add_all(self, parts: Iterable[str]) -> int:
        """Add parts while there is room; how many were left out."""
        full, left = False, 0
        for part in parts:
            full = full or not self.add(part)
            left += full
        return left


def _laws(report: Report) -> Iterator[str]:
    for regulation in report.regulations:
        yield f"《{regulation.title}》{regulation.document_number}（{regulation.standing(report.as_of, say)}）"
    if report.assume_in_force:
        yield say("〔假定施行〕以下结论假定所列办法在判断日施行，不是现行效力")


def _table(page: _Page, report: Report) -> None:
    heads = ["", say("项目"), say("项目单位"), say("总投资"), *(say(WORDS[c]) for c in SHOWN), say("最重的一条")]
    page.add("<table>\n" + f"<tr>{''.join(f'<th>{_text(head)}</th>' for head in heads)}</tr>\n")
    left = page.add_all(_row(number, row) for number, row in enumerate(ranked(report), 1))
    page.add_always("</table>\n\n")
    if left:
        page.add_always(f"<p>{_text(_rest('个项目', left))}</p>\n\n")


def _row(number: int, row: Ranked) -> str:
    project = row.project
    cells = [
        str(number),
        f"{called(project)}（{project.path}）",
        project.unit or "",
        money(project.total),
        *(str(row.counts[counter]) for counter in SHOWN),
        headed(row.gravest),
    ]
    return f"<tr>{''.join(f'<td>{_text(cell)}</td>' for cell in cells)}</tr>\n"


def _findings(page: _Page, report: Report) -> None:
    findings = graded(report)
    if not findings:
        return
    page.add_always(f"<details><summary>{_text(say('结论，最重的在前'))}</summary>\n<pre>\n")
    left = page.add_all(_finding(finding, report) for finding in findings)
    page.add_always("</pre>\n</details>\n\n")
    if left:
        page.add_always(f"<p>{_text(_rest('项结论', left))}</p>\n\n")


def _finding(finding: Finding, report: Report) -> str:
    line = f":{finding.place.line}" if finding.place.line else ""
    head = f"{label_of(finding)} {finding.rule} {file_of(finding, report)}{line}"
    rows = [row for row in full_text(finding).split("\n") if row.strip()]
    return escape("\n  ".join([head, *rows]), quote=False) + "\n"


def _rest(what: str, left: int) -> str:
    return f"还有 {left} {what}没有列在这里（运行摘要最多 1 MiB，轻的略去）：用 govit check 加 --format text 或 json 看全部"


def _text(text: str) -> str:
    """What stands in a line of HTML: no sign of it is markup, and no end of a line ends it."""
    return escape(" ".join(text.split()), quote=False)
