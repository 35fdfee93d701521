"""govit new：新建一个项目：带说明的 project.yaml 和要写的篇章；有现成文件的，从文件里读."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.cli.common import attempt, stop, tell

if TYPE_CHECKING:
    import typer

    from govit.cli import completing
    from govit.cli.from_files import ReadFile
    from govit.cli.options import Category, OwnRegulations, ProjectName, Year
    from govit.importing.filled_papers import Doubt, ReadValue
    from govit.law.regulation import Regulation
    from govit.scaffold.dossier_defaults import DossierDefaults


def command(
    project_id: Annotated[
        str, typer.Argument(help="项目标识，也是文件夹的名称，例如 2027-smart-parking", metavar="ID")
    ],
    more: Annotated[list[Path] | None, typer.Argument(help="与 --from 同用：其余的文件", metavar="[FILE]...")] = None,
    source: Annotated[
        list[Path] | None,
        typer.Option("--from", help="从填好的申报表、报告等读（docx、doc、wps、pdf、ofd、odt、rtf、md，xlsx、xls 等清单）", metavar="FILE"),
    ] = None,
    name: ProjectName = None,
    category: Category = None,
    regulation: Annotated[
        str | None, typer.Option(help="适用的办法；govit.yaml 写过的不必写", autocompletion=completing.regulations)
    ] = None,
    unit: Annotated[str | None, typer.Option(help="项目单位；govit.yaml 写过的不必写")] = None,
    year: Year = None,
    parent: Annotated[Path, typer.Option("--dir", help="建在哪个文件夹里", show_default="当前文件夹")] = Path(),
    regulations: OwnRegulations = None,
    classified: Annotated[bool, typer.Option("--classified", help="涉密项目：只留三行存根")] = False,
) -> None:
    """新建一个项目：带说明的 project.yaml 和要写的篇章；有现成文件的，用 --from 从文件里读."""
    from govit.cli import starting
    from govit.dossier.tree import PROJECT_FILE
    from govit.scaffold.dossier_defaults import dossier_defaults
    from govit.scaffold.names import checked
    from govit.scaffold.project import NewProject

    if more and not source:
        stop(f"“{more[0]}”是什么？从文件里读的，在文件前面写 --from")
    if source and classified:
        stop("涉密项目只留三行存根，不从文件里读；--classified 和 --from 不能同用")
    attempt(lambda: checked(project_id))
    folder = parent / project_id
    if (folder / PROJECT_FILE).exists():
        again = f"；读进已有的项目用 govit import 文件 {folder.as_posix()}" if source else ""
        stop(f"{folder.as_posix()} 里已经有 {PROJECT_FILE}，没有改动；新项目请换一个标识{again}")
    dossier = attempt(lambda: dossier_defaults(parent))
    law = starting.chosen_regulation(regulation or dossier.regulation, regulations or dossier.packs)
    papers = _Papers([*(source or ()), *(more or ())], law, name)
    name, category, year = name or papers.text("name"), category or papers.text("category"), year or papers.text("year")
    unit = unit or (papers.text("unit.name") if source else None)
    new = NewProject(
        id=project_id,
        name="" if classified else starting.chosen_name(name),
        regulation=law,
        category=None if classified else starting.chosen_category(category, law),
        unit=unit if unit != dossier.unit else None,
        year=starting.year_of(year),
        given_by_dossier=dossier.shared(law.id, unit, year),
        schema=starting.schema_for(folder, dossier.root),
    )
    files: dict[str, str | bytes] = {**starting.project_files(new, classified=classified)}
    if papers.files:
        files = papers.written(files, {"name": new.name, "category": new.category, "year": year, "unit.name": unit}, dossier)
    starting.report_saved(*starting.save(folder, files, parent))
    if not classified:
        starting.next_steps(folder, law)


class _Papers:
    """What the files given say; nothing where none are given."""

    def __init__(self, paths: list[Path], law: Regulation, name: str | None) -> None:
        self.files: list[ReadFile] = []
        self.found: list[ReadValue] = []
        self.doubts: list[Doubt] = []
        if paths:
            from govit.cli.from_files import read_files
            from govit.importing.filled_papers import agreed

            self.words = law.vocabulary()
            self.files = read_files(paths, self.words, name)
            self.found, self.doubts = agreed(one.says for one in self.files)

    def text(self, key: str) -> str | None:
        """A value as it is typed on the command line."""
        return next((str(one.value) for one in self.found if one.key == key), None)

    def written(
        self, files: dict[str, str | bytes], known: dict[str, str | None], dossier: DossierDefaults
    ) -> dict[str, str | bytes]:
        """The files of the project with what was read, and the papers themselves; told as it is done."""
        from govit.cli.from_files import filed, tell_found
        from govit.dossier.tree import PROJECT_FILE
        from govit.importing.from_papers import changed, remarked
        from govit.scaffold.chapters import FOLDER

        registered = filed(self.files, self.words)
        there = {key for key in known if known[key]}
        values = [one for one in self.found if one.key not in there and not (one.key == "applicant" and "applicant" in dossier.keys)]
        first = files[PROJECT_FILE]
        data = first if isinstance(first, bytes) else first.encode()
        outcome = changed(data, values, registered, self.words)
        doubts = [one for one in (*self.doubts, *outcome.doubts) if one.key not in there]
        taken = [one for one in self.found if one.key in there or one in outcome.taken]
        tell_found(taken, doubts, self.files, registered)
        tell("")
        covered = {f"{FOLDER}/{one.kind}.md" for one in registered}
        rest = {path: made for path, made in files.items() if path not in covered and path != PROJECT_FILE}
        papers = {one.path: paper.data for one, paper in zip(registered, self.files, strict=True)}
        return {**papers, **rest, PROJECT_FILE: remarked(outcome.data, doubts)}
