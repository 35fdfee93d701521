"""个案：each project with its regulation and the options of its dossier, ready to be judged. Every command starts here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import named_record, replace
from govit.calendar.schedules import read_year
from govit.calendar.workdays import with_years
from govit.dossier.documents_of import with_papers
from govit.dossier.finding import Finding, Place
from govit.dossier.own_rules import finding_of
from govit.dossier.secrecy import CLASSIFIED
from govit.dossier.tree import DOSSIER_FILE, resolve
from govit.judging import own_sums as consistency
from govit.judging import reports
from govit.judging.facts import Facts
from govit.judging.figures import contradicted
from govit.judging.gaps import examine, examine_scope
from govit.law.packs.pack_error import PackError
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from govit.calendar.periods import Schedule
    from govit.dossier.model import Project
    from govit.dossier.projects import Dossier
    from govit.judging.engine import Examined, Options
    from govit.law.library import Library
    from govit.law.regulation import Regulation


@named_record
class Case:
    """个案. `findings` is what govit itself says of the project before any rule is judged.

    Of a case that is no more than this no rule can be judged: it has no usable regulation, cannot be read, or is
    classified, of which only the duties are told that its regulation has for it.
    """

    project: Project
    path: str
    dossier: Dossier
    regulation: Regulation | None
    options: Options
    findings: tuple[Finding, ...]


@named_record
class JudgeableCase(Case):
    """可判断的个案：a project that could be read, is not classified, and has a regulation that can be used."""

    regulation: Regulation

    def examined(self, options: Options | None = None) -> Examined:
        """Every rule of the regulation judged."""
        index, options = self.dossier.index, options or self.options
        return examine(self.project, self.regulation, index, options, contradicted(self.project, self.regulation))

    def scope(self, options: Options) -> Examined:
        """Whether the regulation applies, in a run that judges single rules as they are asked for."""
        return examine_scope(self.project, self.regulation, self.dossier.index, options, contradicted(self.project, self.regulation))

    def facts(self) -> Facts:
        """What the refs of the regulation are worth for the project."""
        index, options = self.dossier.index, self.options
        return Facts(self.project, self.regulation, index, options.as_of, options.schedule, contradicted(self.project, self.regulation))


def readable(project: Project) -> bool:
    """Whether project.yaml could be read at all; a file that could not is judged by no rule."""
    return "" in project.source.places


def dossier_options(dossier: Dossier, options: Options) -> tuple[Options, list[Finding]]:
    """The options with the working days that the dossier adds, and what is wrong with the dossier as a whole."""
    findings = [finding_of(fault, dossier.shown, None) for fault in dossier.faults]
    schedule, faults = _schedule(dossier, options)
    findings += [finding_of(fault, file, None) for file, fault in faults]
    return replace(options, schedule=schedule), findings


def cases(dossier: Dossier, library: Library, options: Options) -> Iterator[Case]:
    """The projects of a dossier that were asked for, one at a time; `options` are those of the dossier.

    One that several regulations apply to is a case of each, in the order in which it names them; what govit itself says
    of it is said once.
    """
    for project in dossier.selected:
        yield from cases_of(project, dossier, library, options)


def cases_of(project: Project, dossier: Dossier, library: Library, options: Options) -> Iterator[Case]:
    """One project of a dossier under each of its regulations."""
    first = _case(project, dossier, library, options)
    yield first
    told = {_said(finding) for finding in first.findings}
    for other in project.also:
        case = _case(other, dossier, library, options)
        own = tuple(finding for finding in case.findings if _said(finding) not in told)
        told.update(map(_said, own))
        yield replace(case, findings=own)


def _said(finding: Finding) -> tuple[str, str, Place]:
    return finding.rule, finding.subject, finding.place


def _schedule(dossier: Dossier, options: Options) -> tuple[Schedule, list[tuple[str, Fault]]]:
    """The published working days, and the years that the dossier adds."""
    years, faults = [], []
    for name in dossier.settings.calendars:
        path = resolve(dossier.root, name)
        if isinstance(path, Fault):
            place = dossier.settings.source.place_of("calendars") if dossier.settings.source else None
            faults.append(
                (
                    dossier.shown,
                    replace(path, line=place[0] if place else 1, column=place[1] if place else 1, key="calendars"),
                )
            )
            continue
        year, wrong = read_year(path)
        faults += [(dossier.shown.removesuffix(DOSSIER_FILE) + name, fault) for fault in wrong]
        years += [year] if year else []
    return (with_years(options.schedule, years) if years else options.schedule), faults


def _case(project: Project, dossier: Dossier, library: Library, options: Options) -> Case:
    path = project.source.file.rpartition("/")[0] or "."
    findings = [finding_of(fault, project.source.file, path) for fault in project.faults]
    regulation, broken = regulation_of(project, library, dossier.packs)
    findings += [finding_of(fault, _where_it_lies(file, dossier), path) for file, fault in broken]
    if options.stage is not None and regulation is not None and regulation.order(options.stage) < 0:
        findings.append(finding_of(_no_such_stage(regulation, options.stage), project.source.file, path))
        options = replace(options, stage=None)
    if project.classified and regulation is not None:
        findings.append(_classified(project, regulation, path))
    elif not project.classified:
        project, faults = with_papers(
            project, regulation.vocabulary if regulation is not None else None, reports.is_report
        )
        findings += [finding_of(fault, file, path) for file, fault in faults]
        findings += reports.findings(project, path, regulation)
        findings += [
            finding_of(fault, project.source.file, path)
            for fault in consistency.check(project, dossier.index, options.as_of, regulation)
        ]
    told = tuple(findings)
    if regulation is None or project.classified or not readable(project):
        return Case(project=project, path=path, dossier=dossier, regulation=regulation, options=options, findings=told)
    return JudgeableCase(
        project=project, path=path, dossier=dossier, regulation=regulation, options=options, findings=told
    )


def _no_such_stage(regulation: Regulation, stage: str) -> Fault:
    """The stage asked for is one of another regulation; the project is judged by its own stage instead."""
    stages = "、".join(entry.name for entry in regulation.stages)
    message = f"《{regulation.title}》没有“{stage}”这个阶段，本次按项目自己的阶段判断"
    return Fault("GOV-111", message, 1, 1, f"--stage 写这里面的一个：{stages}", "stage")


def regulation_of(
    project: Project, library: Library, own: Path | None
) -> tuple[Regulation | None, list[tuple[str, Fault]]]:
    """The regulation of a project; where it cannot be used, why."""
    name = project.regulation
    if name is None:
        return None, []
    try:
        found = library.get(name, own)
    except PackError as error:
        return None, [(fault.file or _base_name(error.file), fault) for fault in error.faults]
    if found is not None:
        said = project.settings.commencement
        if said is not None and said.regulation == found.id and found.draft and said.effective_from is not None:
            return library.commenced(found, said), []
        return found, []
    line, column = project.source.place_of("regulation") or (1, 1)
    from govit.base.nearest import did_you_mean

    return None, [
        (
            project.source.file,
            Fault("GOV-109", f"没有“{name}”这个办法", line, column, did_you_mean(name, library.ids(own)), "regulation"),
        )
    ]


def _where_it_lies(file: str, dossier: Dossier) -> str:
    """A file of a pack, or one beside it, with the folder that packs lie in, as the paths of projects are shown."""
    own = dossier.packs
    if own is None or not (own / file).is_file():
        return file
    try:
        inside = (own / file).relative_to(dossier.root).as_posix()
    except ValueError:
        return (own / file).as_posix()
    return dossier.shown.removesuffix(DOSSIER_FILE) + inside


def _base_name(file: str) -> str:
    return file.replace("\\", "/").rpartition("/")[2]


def _classified(project: Project, regulation: Regulation, path: str) -> Finding:
    """涉密项目：one info that lists the duties which the regulation has for it, and the channel."""
    duties = [f"{s.cite}：{s.text}" for a in regulation.articles for s in a.sentences if s.status == "不在本工具内办理"]
    message = f"涉密项目不在本工具内办理，按保密规定线下办理；《{regulation.title}》对涉密项目的规定共 {len(duties)} 处"
    finding = finding_of(
        Fault("GOV-501", message, hint="只保留存根，其余材料按保密渠道报送", key=CLASSIFIED), project.source.file, path
    )
    return replace(
        finding,
        evidence=tuple(duties),
        document_number=regulation.document_number or None,
        place=Place(project.source.file, *(project.source.place_of(CLASSIFIED) or (1, 1))),
    )
