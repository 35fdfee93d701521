"""一次检查：dossiers and regulations -> one report. A fault in one project never hides another's."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govit import consistency, waivers
from govit.calendars import read_year
from govit.engine import Options, examine
from govit.finding import Finding, Outcome, Place, count
from govit.folders import DOSSIER_FILE, resolve
from govit.gov import finding_of
from govit.packs import PackError
from govit.papers import with_papers
from govit.records import named_record
from govit.regulation import STATUS_WORDS
from govit.workdays import with_years
from govit.yamltext import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from govit.dossier import Dossier
    from govit.library import Library
    from govit.model import Project
    from govit.periods import Schedule
    from govit.regulation import Regulation


@named_record
class Judged:
    """一个项目的结果：what is open, or every finding if that was asked for; the others are counted."""

    path: str
    id: str | None
    name: str | None
    regulation: Regulation | None
    stage: str | None
    findings: tuple[Finding, ...]
    complies: int = 0
    not_applicable: int = 0
    earlier_law: int = 0

    @property
    def counts(self) -> Mapping[str, int]:
        """The six counters of this project."""
        return count(list(self.findings))


@named_record
class Report:
    """一次检查的结果."""

    as_of: dt.date
    assume_in_force: bool
    regulations: tuple[Regulation, ...]
    projects: tuple[Judged, ...]
    general: tuple[Finding, ...]

    @property
    def findings(self) -> list[Finding]:
        """All findings, those of no single project first."""
        return [*self.general, *(finding for project in self.projects for finding in project.findings)]

    @property
    def counts(self) -> Mapping[str, int]:
        """The six counters of the run."""
        return count(self.findings)


def judge(dossiers: Iterable[Dossier], library: Library, options: Options, *, todo: bool = False) -> Report:
    """Judge the chosen projects of every dossier; `todo` looks one step ahead of 草拟."""
    projects: list[Judged] = []
    general: list[Finding] = []
    used: dict[str, Regulation] = {}
    for dossier in dossiers:
        general.extend(finding_of(fault, dossier.shown, None) for fault in dossier.faults)
        schedule, faults = _schedule(dossier, options)
        general.extend(finding_of(fault, file, None) for file, fault in faults)
        for project in dossier.selected:
            judged = _one(project, dossier, library, replace(options, schedule=schedule), todo=todo)
            projects.append(judged)
            if judged.regulation is not None:
                used.setdefault(judged.regulation.id, judged.regulation)
    for regulation in used.values():
        general.extend(_status(regulation, options))
    projects.sort(key=lambda p: p.path)
    return Report(
        as_of=options.as_of,
        assume_in_force=options.assume_in_force,
        regulations=tuple(used[key] for key in sorted(used)),
        projects=tuple(projects),
        general=tuple(general),
    )


def _schedule(dossier: Dossier, options: Options) -> tuple[Schedule, list[tuple[str, Fault]]]:
    """The published working days, and the years that the dossier adds."""
    years, faults = [], []
    for name in dossier.settings.calendars:
        path = resolve(dossier.root, name)
        if isinstance(path, Fault):
            place = dossier.settings.source.place_of("calendars") if dossier.settings.source else None
            faults.append(
                (dossier.shown, replace(path, line=place[0] if place else 1, column=place[1] if place else 1))
            )
            continue
        year, wrong = read_year(path)
        faults += [(dossier.shown.removesuffix(DOSSIER_FILE) + name, fault) for fault in wrong]
        years += [year] if year else []
    return (with_years(options.schedule, years) if years else options.schedule), faults


def _one(project: Project, dossier: Dossier, library: Library, options: Options, *, todo: bool) -> Judged:
    path = project.source.file.rpartition("/")[0] or "."
    findings = [finding_of(fault, project.source.file, path) for fault in project.faults]
    regulation, broken = _regulation(project, library, dossier.packs)
    findings += [finding_of(fault, file, path) for file, fault in broken]
    if project.classified and regulation is not None:
        findings.append(_classified(project, regulation, path))
    elif not project.classified:
        project, faults = with_papers(project)
        findings += [finding_of(fault, file, path) for file, fault in faults]
        findings += [
            finding_of(fault, project.source.file, path)
            for fault in consistency.check(project, dossier.index, options.as_of)
        ]
    judged = Judged(
        path=path,
        id=project.id,
        name=project.name,
        regulation=regulation,
        stage=project.stage,
        findings=tuple(findings),
    )
    if regulation is None or project.classified or not readable(project):
        return judged
    return _by_regulation(judged, project, dossier, options, todo=todo)


def readable(project: Project) -> bool:
    """Whether project.yaml could be read at all; a file that could not is judged by no rule."""
    return "" in project.source.places


def _by_regulation(judged: Judged, project: Project, dossier: Dossier, options: Options, *, todo: bool) -> Judged:
    """What its regulation says of a project, added to what govit itself says."""
    regulation = judged.regulation
    assert regulation is not None  # noqa: S101 - asked only with one
    examined = examine(project, regulation, dossier.index, options)
    if todo and options.stage is None and examined.run.progress.judged == 0 and len(regulation.stages) > 1:
        options = replace(options, stage=regulation.stages[1].name)
        examined = examine(project, regulation, dossier.index, options)
    found = examined.findings(everything=options.everything)
    made = examined.run.progress
    faults: list[Fault] = [] if options.stage else consistency.lagging(project, made)
    if options.waivers:
        found, wrong = waivers.apply(found, project, regulation, options.as_of)
        faults += wrong
    mine = [finding_of(fault, project.source.file, judged.path) for fault in faults]
    return replace(
        judged,
        stage=made.names[made.judged] if made.judged >= 0 else project.stage,
        findings=(*judged.findings, *mine, *found),
        complies=examined.tally(Outcome.COMPLIES),
        not_applicable=examined.tally(Outcome.NOT_APPLICABLE),
        earlier_law=examined.earlier_law,
    )


def _regulation(
    project: Project, library: Library, own: Path | None
) -> tuple[Regulation | None, list[tuple[str, Fault]]]:
    name = project.regulation
    if name is None:
        return None, []
    try:
        found = library.get(name, own)
    except PackError as error:
        return None, [(_base_name(error.file), fault) for fault in error.faults]
    if found is not None:
        return found, []
    line, column = project.source.place_of("regulation") or (1, 1)
    from govit.nearest import did_you_mean  # noqa: PLC0415 - only for an unknown id

    return None, [
        (
            project.source.file,
            Fault("GOV-109", f"没有“{name}”这个办法", line, column, did_you_mean(name, library.ids(own))),
        )
    ]


def _base_name(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2]


def _status(regulation: Regulation, options: Options) -> list[Finding]:
    status = regulation.status_on(options.as_of)
    if status == "in_force":
        return []
    effect = {
        "draft": "是征求意见稿，不是现行规定，结论仅供参考",
        "not_yet_in_force": f"自 {regulation.effective_from} 起施行，在 {options.as_of} 尚未施行，不作判断",
        "expired": f"已于 {regulation.effective_to} 失效：有效期内的问题照常列出，之后的仅供参考",
    }[status]
    if options.assume_in_force:
        effect = f"在 {options.as_of} 不是现行有效（{STATUS_WORDS[status]}），本次按假定施行判断"
    message = f"《{regulation.title}》（{regulation.document_number}）{effect}"
    if regulation.superseded_by:
        message += f"；{regulation.superseded_by}"
    finding = finding_of(Fault("GOV-503", message), f"{regulation.id}.yaml", None, regulation.id)
    return [replace(finding, document_number=regulation.document_number)]


def _classified(project: Project, regulation: Regulation, path: str) -> Finding:
    """涉密项目：one info that lists the duties which the regulation has for it, and the channel."""
    duties = [f"{s.cite}：{s.text}" for a in regulation.articles for s in a.sentences if s.status == "不在本工具内办理"]
    message = f"涉密项目不在本工具内办理，按保密规定线下办理；《{regulation.title}》对涉密项目的规定共 {len(duties)} 处"
    finding = finding_of(
        Fault("GOV-501", message, hint="只保留存根，其余材料按保密渠道报送"), project.source.file, path
    )
    return replace(
        finding,
        evidence=tuple(duties),
        document_number=regulation.document_number,
        place=Place(project.source.file, *(project.source.place_of("classified") or (1, 1))),
    )
