"""govit new：新建一个项目：带说明的 project.yaml 和要写的篇章."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.cli.common import attempt, stop

if TYPE_CHECKING:
    import typer

    from govit.cli import completing
    from govit.cli.options import Category, OwnRegulations, ProjectName, Year


def command(
    project_id: Annotated[
        str, typer.Argument(help="项目标识，也是文件夹的名称，例如 2027-smart-parking", metavar="ID")
    ],
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
    """新建一个项目：带说明的 project.yaml 和要写的篇章."""
    from govit.cli import starting
    from govit.dossier.tree import PROJECT_FILE
    from govit.scaffold.dossier_defaults import dossier_defaults
    from govit.scaffold.names import checked
    from govit.scaffold.project import NewProject

    attempt(lambda: checked(project_id))
    folder = parent / project_id
    if (folder / PROJECT_FILE).exists():
        stop(f"{folder.as_posix()} 里已经有 {PROJECT_FILE}，没有改动；新项目请换一个标识")
    dossier = attempt(lambda: dossier_defaults(parent))
    law = starting.chosen_regulation(regulation or dossier.regulation, regulations or dossier.packs)
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
    starting.report_saved(*starting.save(folder, starting.project_files(new, classified=classified), parent))
    if not classified:
        starting.next_steps(folder, law)
