"""基线：only what is new since an earlier report, by fingerprints, and how much was mended since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from govit.base.language import say
from govit.base.records import record, replace
from govit.base.usage import UsageError
from govit.dossier.finding import Finding, Outcome
from govit.report.jsontext import REPORT_SCHEMA
from govit.report.overview import GRAVEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govit.judging.judge import Report
    from govit.report.jsontext import Entry, Json

_OPEN = (Outcome.VIOLATES, Outcome.UNDETERMINED)


class Known(NamedTuple):
    """What an earlier report said under a fingerprint: of which project, and how grave it was."""

    project: str | None
    counted_as: str


@record
class Since:
    """与基线相比: the findings that are new, and how many are known and how many were mended."""

    name: str
    report: Report
    new: int
    known: int
    mended: int

    @property
    def note(self) -> str:
        """The comparison in one line."""
        told = say("与 {} 相比：新出现 {} 项，已改正 {} 项；原有的 {} 项没有列出。")
        return told.format(self.name, self.new, self.mended, self.known)

    def as_json(self) -> Entry:
        """The comparison as a part of the JSON report."""
        return {"name": self.name, "new": self.new, "known": self.known, "mended": self.mended}


def read_report(data: bytes, name: str) -> dict[str, Known]:
    """The open findings of a JSON report, by fingerprint; UsageError if it is none."""
    message = f"{name} 不是 govit check --format json 写出的报告，不能作基线"
    try:
        report = json.loads(data)
        known = {f["fingerprint"]: Known(f["project"], _counted_as(f)) for f in report["findings"] if _is_open(f)}
    except (ValueError, KeyError, TypeError) as error:
        raise UsageError(message) from error
    if report.get("schema") != REPORT_SCHEMA:
        raise UsageError(message)
    if report.get("rules"):
        message = f"{name} 是用 --rule 写出的报告，只有部分规则的结论，不能作基线"
        raise UsageError(message)
    return known


def of_findings(findings: Iterable[Finding]) -> dict[str, Known]:
    """The open findings of a run, by fingerprint."""
    return {f.fingerprint: Known(f.project, f.counts_as) for f in findings if f.outcome in _OPEN}


def _is_open(finding: Mapping[str, Json]) -> bool:
    return finding["outcome"] in (Outcome.VIOLATES.value, Outcome.UNDETERMINED.value)


def _counted_as(finding: Mapping[str, Json]) -> str:
    if finding["outcome"] == Outcome.UNDETERMINED.value:
        return "undetermined"
    counter = "waived" if finding["waived"] else "advisory" if finding["advisory"] else finding["severity"]
    if counter not in GRAVEST:
        raise ValueError(counter)
    return str(counter)


def since(report: Report, earlier: Mapping[str, Known], name: str) -> Since:
    """A report without what was known. What has become graver is new: it was not known as grave as that."""
    known = {f.fingerprint for f in report.findings if f.outcome in _OPEN and _no_graver(f, earlier)}
    current = {f.fingerprint for f in report.findings if f.outcome in _OPEN}
    judged = {None, *(project.path for project in report.projects)}
    mended = sum(mark not in current and was.project in judged for mark, was in earlier.items())
    projects = tuple(replace(p, findings=_without(p.findings, known)) for p in report.projects)
    kept = replace(report, projects=projects, general=_without(report.general, known))
    new = sum(f.outcome in _OPEN for f in kept.findings)
    return Since(name, kept, new, len(known), mended)


def _no_graver(finding: Finding, earlier: Mapping[str, Known]) -> bool:
    was = earlier.get(finding.fingerprint)
    return was is not None and GRAVEST.index(finding.counts_as) >= GRAVEST.index(was.counted_as)


def _without(findings: Iterable[Finding], known: set[str]) -> tuple[Finding, ...]:
    return tuple(f for f in findings if f.outcome not in _OPEN or f.fingerprint not in known)
