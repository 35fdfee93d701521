"""JSON 报告：the contract of `govit check --format json`, version govit-report/1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit import __version__
from govit.report.jsontext import REPORT_SCHEMA, amount_text, day_text, dump, lines, of_regulation
from govit.report.listed import OPEN, in_order
from govit.report.overview import by_path, grouped, ranked, totals

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govit.dossier.finding import Finding
    from govit.judging.case import Case
    from govit.judging.judge import Judged, Report
    from govit.judging.stream import ReportHead
    from govit.report.baseline import Since
    from govit.report.jsontext import Entry
    from govit.report.overview import Group, Ranked, Totals


def render(
    report: Report,
    *,
    everything: bool = False,
    statistics: bool = False,
    since: Since | None = None,
    part: Mapping[str, int | str | bool] | None = None,
) -> str:
    """One object; the same input gives the same bytes. `part` says which part of a dossier this is, if it is one."""
    stream = JsonStream(report, everything=everything, statistics=statistics, since=since, part=part)
    pieces = [stream.first(), *(stream.add(stream.piece(told)) for told in by_path(report.projects))]
    return "".join(stream.last(totals(report), pieces))


class JsonStream:
    """The same, of one project after the other: their findings stand below what is known only at the end."""

    at_once = False

    def __init__(
        self,
        head: Report | ReportHead,
        *,
        everything: bool = False,
        statistics: bool = False,
        since: Since | None = None,
        part: Mapping[str, int | str | bool] | None = None,
    ) -> None:
        self._head = head
        self._everything = everything
        self._statistics = statistics
        self._since = since
        self._part = part
        self._begun = False

    def first(self) -> str:
        """The findings of no project."""
        return self.add(self._listed(self._head.general))

    def piece(self, told: Sequence[Judged], _: Sequence[Case] = ()) -> str:
        """The findings of a project, under whichever of its regulations."""
        return self._listed(f for one in told for f in one.findings)

    def _listed(self, findings: Iterable[Finding]) -> str:
        return ",\n".join(dump(_finding(f)) for f in in_order(findings, everything=self._everything))

    def add(self, piece: str) -> str:
        """What a piece adds to those before it."""
        if not piece:
            return ""
        begun, self._begun = self._begun, True
        return ",\n" + piece if begun else piece

    def last(self, whole: Totals, pieces: Iterable[str]) -> Iterator[str]:
        """All of it, the pieces where they belong."""
        head = self._head
        places = {id(row): rank for rank, row in enumerate(ranked(whole), 1)}
        regulations = lines(of_regulation(r, head.as_of) for r in head.regulations)
        yield f'{{\n"schema": {dump(REPORT_SCHEMA)},\n"as_of": {dump(head.as_of.isoformat())},\n'
        yield f'"govit": {dump(__version__)},\n"regulations": {regulations},\n"projects": [\n'
        for n, row in enumerate(whole.rows):
            yield (",\n" if n else "") + dump(_project(row, places[id(row)]))
        yield '\n],\n"findings": [\n'
        yield from pieces
        parts = {"counts": dump(dict(whole.counts))}
        if self._since is not None:
            parts["baseline"] = dump(self._since.as_json())
        if head.chosen:
            parts["rules"] = dump(list(head.chosen))
        if self._part is not None:
            parts["part"] = dump(dict(self._part))
        if self._statistics:
            groups = {by: [_group(group) for group in mine] for by, mine in grouped(whole).items()}
            parts["statistics"] = dump(groups)
        yield "\n],\n" + ",\n".join(f'"{key}": {part}' for key, part in parts.items()) + "\n}\n"


def _group(group: Group) -> Entry:
    return {
        "name": group.name,
        "title": group.title,
        "projects": group.projects,
        "total": amount_text(group.total),
        "counts": dict(group.counts),
    }


def _project(row: Ranked, rank: int) -> Entry:
    project = row.project
    return {
        "path": project.path,
        "id": project.id,
        "name": project.name,
        "regulation": project.regulation.id if project.regulation else None,
        "stage": project.stage,
        "unit": project.unit,
        "category": project.category,
        "total": amount_text(project.total),
        "rank": rank,
        "gravest": row.gravest.rule if row.gravest else None,
        "counts": {
            **row.counts,
            "complies": project.complies,
            "not_applicable": project.not_applicable,
            "earlier_law": project.earlier_law,
        },
    }


def _finding(finding: Finding) -> Entry:
    place, waived = finding.place, finding.waived
    return {
        "rule": finding.rule,
        "title": finding.title,
        "severity": finding.severity.word if finding.outcome in OPEN else None,
        "nominal": finding.nominal.word,
        "advisory": finding.advisory,
        "outcome": finding.outcome.value,
        "project": finding.project,
        "subject": finding.subject,
        "message": finding.message,
        "file": place.file,
        "line": place.line,
        "column": place.column,
        "heading": place.heading,
        "paragraph": place.paragraph,
        "document_number": finding.document_number,
        "article": finding.article,
        "quote": finding.quote,
        "evidence": list(finding.evidence),
        "nearest": finding.nearest,
        "hint": finding.hint,
        "due": day_text(finding.due),
        "waived": {"number": waived.number, "until": waived.until.isoformat()} if waived else None,
        "fingerprint": finding.fingerprint,
    }
