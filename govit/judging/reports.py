"""报告里的数：what the reports of a project state otherwise than project.yaml or than themselves, as findings.

They are read by words and places, so they are warnings, never errors: a person looks at both places and decides. What a person has
confirmed stays listed, as information, with the name and the day; another figure in its place is another finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.dossier.finding import Finding, Place, Severity
from govit.dossier.own_rules import finding_of
from govit.yamltext.faults import Fault
from govit.yamltext.written import filled_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.dossier.model import Confirmation, Project
    from govit.statements.disagreements import Disagreement


def is_report(kinds: tuple[str, ...]) -> bool:
    """Whether a document of these kinds says what is to be built and what it costs."""
    from govit.statements.words import rank_of

    return rank_of(kinds) > 0


def findings(project: Project, path: str) -> list[Finding]:
    """A warning for each place; a project without reports needs none of what finds them."""
    found: list[Disagreement] = []
    if any(one.passages for one in project.documents):
        from govit.statements.compare import disagreements

        found += disagreements(project)
    told = [_finding(one, project, path) for one in found]
    return [*told, *_unused(project, path, found)] if project.confirmed else told


def _finding(one: Disagreement, project: Project, path: str) -> Finding:
    folder = project.source.file.rpartition("/")[0]
    file = f"{folder}/{one.path}" if folder else one.path
    confirmed = next((c for c in project.confirmed if _is_of(c, one)), None)
    message = (
        one.message
        if confirmed is None
        else f"已核对（{confirmed.by}，{confirmed.on}：{confirmed.note}）：{one.message}"
    )
    finding = finding_of(
        Fault(one.rule, message, hint="" if confirmed else _how_to(one), about=one.subject), file, path
    )
    line = one.place.place if one.place.unit == "行" else None
    paragraph = one.place.place if one.place.unit == "段" else None
    heading = one.section.heading.text if one.section.heading else None
    place = Place(finding.place.file, line, None if line is None else 1, heading, paragraph)
    return replace(finding, place=place, severity=Severity.INFO if confirmed else finding.severity)


def _is_of(one: Confirmation, other: Disagreement) -> bool:
    """Whether a person has confirmed this place; a record that lacks its reason or its name confirms nothing."""
    whole = None not in (one.by, one.on, one.note)
    return whole and (one.rule, one.file, one.subject) == (other.rule, other.path, other.subject)


def _how_to(one: Disagreement) -> str:
    entry = f"{{rule: {one.rule}, file: {filled_in(one.path)}, subject: {filled_in(one.subject)}, by: 核对人, on: 核对日期, note: 核对结果}}"
    return f"{one.hint}；核对后两处都没有写错的，在 project.yaml 的 confirmed 里记一条：- {entry}"


def _unused(project: Project, path: str, found: list[Disagreement]) -> Iterator[Finding]:
    for one in project.confirmed:
        if not any(_is_of(one, other) for other in found):
            line, column = project.source.place_of(one.at) or (1, 1)
            message = f"{one.file}“{one.subject}”的核对记录没有对应的警告"
            hint = "写全 rule、file、subject、by、on、note，照检查结果写；问题已经没有了的，删去这条记录"
            yield finding_of(Fault("GOV-404", message, line, column, hint, one.at), project.source.file, path)
