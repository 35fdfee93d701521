"""报告里的数：what the reports of a project state otherwise than project.yaml or than themselves, as findings.

They are read by words and places, so they are warnings, never errors: a person looks at both places and decides. What a person has
confirmed stays listed, as information, with the name and the day; another figure in its place is another finding.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.dossier.finding import Finding, Place, Severity
from govit.dossier.own_rules import finding_of
from govit.dossier.tree import PROJECT_FILE
from govit.law.regulation import STAGES
from govit.yamltext.faults import Fault
from govit.yamltext.written import filled_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.dossier.model import Confirmation, Project
    from govit.law.regulation import Regulation, Rule
    from govit.statements.correspondence import MatrixItem
    from govit.statements.disagreements import Disagreement, ReadReport
    from govit.statements.profiles import Profile


_BUILDING = STAGES.index("实施")


def is_report(kinds: tuple[str, ...]) -> bool:
    """Whether a document of these kinds says what is to be built and what it costs."""
    from govit.statements.words import rank_of

    return rank_of(kinds) > 0


def findings(project: Project, path: str, regulation: Regulation | None = None) -> list[Finding]:
    """A warning for each place; a project without reports needs none of what finds them."""
    found: list[Disagreement] = []
    written = _is_being_written(project, regulation)
    reports: Sequence[ReadReport] = ()
    if any(one.passages for one in project.documents):
        from govit.statements.compare import disagreements, read_reports

        reports = read_reports(project)
        found += disagreements(project, reports)
        if written:
            found += _of_words(project, reports, regulation)
    if written and (reports or project.settings.systems):
        from govit.statements.own_duplicates import own_duplicates

        found += own_duplicates(project, _sources(project, reports))
    told = [_finding(one, project, path, regulation) for one in found]
    return [*told, *_unused(project, path, found)] if written else told


def _is_being_written(project: Project, regulation: Regulation | None) -> bool:
    """Whether the words of its reports can still change what is built: nothing is bought yet."""
    if project.contracts or regulation is None or project.stage is None or regulation.order(project.stage) < 0:
        return not project.contracts
    return STAGES.index(regulation.usual_stage(project.stage)) < _BUILDING


def _of_words(
    project: Project, reports: Sequence[ReadReport], regulation: Regulation | None
) -> Iterator[Disagreement]:
    """Words that are worth asking about, what does not correspond, and points that required chapters do not speak of."""
    from govit.statements.correspondence import correspondence, gaps
    from govit.statements.wording import questionable

    sources = _sources(project, reports)
    for report in sources:
        yield from questionable(report.path, report.content, report.passages, project.settings.wording)
    yield from gaps(correspondence(project, sources))
    for rule in regulation.rules if regulation else ():
        if rule.demand.content and rule.each:
            asked = [report for report in sources if not set(rule.each.kinds).isdisjoint(report.kinds)]
            yield from _lacking(rule, asked)


def matrix_of(project: Project) -> list[MatrixItem]:
    """What stands where in the reports of a project; nothing of one without."""
    from govit.statements.compare import read_reports
    from govit.statements.correspondence import correspondence

    reports = _sources(project, read_reports(project))
    return correspondence(project, reports) if reports else []


def matrix_columns() -> tuple[str, ...]:
    """Where an item may stand, in the order of a report; at the end project.yaml."""
    from govit.statements.correspondence import CHAPTERS, RECORDED

    return (*CHAPTERS, RECORDED)


def profile(project: Project, path: str) -> Profile:
    """What a project is compared by with others."""
    from govit.statements.compare import read_reports
    from govit.statements.profiles import profile_of

    return profile_of(project, path, _sources(project, read_reports(project)))


def _sources(project: Project, reports: Sequence[ReadReport]) -> list[ReadReport]:
    """The reports that can still be changed: no stamped copy of another."""
    from govit.dossier.copies import versions

    printed = {copy.path for copy, _ in versions(project.documents)}
    return [report for report in reports if report.path not in printed]


def _lacking(rule: Rule, reports: Sequence[ReadReport]) -> Iterator[Disagreement]:
    """The points of which no report speaks that has the chapter, told of the first of them."""
    from govit.statements.chapter_points import lacking_points

    chapter = (*rule.demand.headings, *rule.demand.also)
    points = [(point.names, point.asked_by) for point in rule.demand.content]
    looked = [lacking_points(report, chapter, points, rule.id) for report in reports]
    first, *others = [found for found in looked if found is not None] or [[]]
    yield from (one for one in first if all(one.subject in {other.subject for other in found} for found in others))


def _finding(one: Disagreement, project: Project, path: str, regulation: Regulation | None) -> Finding:
    folder = project.source.file.rpartition("/")[0]
    file = f"{folder}/{one.path}" if folder else one.path
    confirmed = next((c for c in project.confirmed if _is_of(c, one)), None)
    remark = f"已核对（{confirmed.by}，{confirmed.on}：{confirmed.note}）：" if confirmed else ""
    if one.silenced:
        remark = f"govit.yaml 注明不提示（{one.silenced}）："
    fault = Fault(one.rule, f"{remark}{one.message}", hint="" if remark else _how_to(one), about=one.subject)
    finding = finding_of(fault, file, path)
    line = one.place.place if one.place.unit == "行" else None
    paragraph = one.place.place if one.place.unit == "段" else None
    heading = one.section.heading.text if one.section.heading else None
    place = Place(finding.place.file, line, None if line is None else 1, heading, paragraph)
    severity = Severity.INFO if remark or one.mild else finding.severity
    finding = replace(finding, place=place, severity=severity)
    rule = _asks(one, regulation)
    if rule is None or regulation is None:
        return finding
    return replace(
        finding, article=rule.article, quote=rule.quote, document_number=regulation.document_number or None
    )


def _asks(one: Disagreement, regulation: Regulation | None) -> Rule | None:
    """The rule because of which it is asked, None where no article of the regulation asks for it."""
    if not one.asked_by or regulation is None:
        return None
    return next((rule for rule in regulation.rules if one.asked_by in (rule.id, *rule.wording)), None)


def _is_of(one: Confirmation, other: Disagreement) -> bool:
    """Whether a person has confirmed this place; a record that lacks its reason or its name confirms nothing."""
    whole = None not in (one.by, one.on, one.note)
    return whole and (one.rule, one.file, one.subject) == (other.rule, other.path, other.subject)


def _how_to(one: Disagreement) -> str:
    right = "两处都没有写错" if one.asked_by == "" else "不必改"
    entry = f"{{rule: {one.rule}, file: {filled_in(one.path)}, subject: {filled_in(one.subject)}, by: 核对人, on: 核对日期, note: 核对结果}}"
    return f"{one.hint}；核对后{right}的，在 project.yaml 的 confirmed 里记一条：- {entry}"


def _unused(project: Project, path: str, found: list[Disagreement]) -> Iterator[Finding]:
    """Records whose warning is gone while it would still be given: what is asked no more once things are bought stays true."""
    for one in project.confirmed:
        if (one.rule, one.file) == ("GOV-216", PROJECT_FILE):
            continue  # of a pair with another project, which only `render duplicates` sees
        if not any(_is_of(one, other) for other in found):
            line, column = project.source.place_of(one.at) or (1, 1)
            message = f"{one.file}“{one.subject}”的核对记录没有对应的警告"
            hint = "写全 rule、file、subject、by、on、note，照检查结果写；这一处已经改好的，删去这条记录；没有改，只是批复以后不再核对的，留着"
            yield finding_of(Fault("GOV-404", message, line, column, hint, one.at), project.source.file, path)
