"""govit init：新建一个卷宗：govit.yaml、第一个项目、编辑器和 git 的设置、持续集成."""

from __future__ import annotations

from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govit.cli.common import attempt, stop, tell
from govit.cli.new import Category, Name, Year  # noqa: TC001 - typer reads them at run time

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.law.regulation import Regulation
    from govit.scaffold.dossier_defaults import DossierDefaults

    Given = Mapping[str, str | None]
    FirstAnswers = tuple[str | None, str | None, str | None]


class Host(str, Enum):
    """Where the repository is checked."""

    github = "github"
    gitlab = "gitlab"
    script = "script"
    none = "none"


_HOSTS = {
    Host.none: "先不要",
    Host.github: "GitHub Actions",
    Host.gitlab: "GitLab CI",
    Host.script: "Gitee 等别的平台：一个脚本",
}


def command(
    folder: Annotated[Path, typer.Argument(help="卷宗的文件夹", metavar="[DIR]", show_default="当前文件夹")] = Path(),
    regulation: Annotated[str | None, typer.Option(help="适用的办法，govit regulations 列出可以写的")] = None,
    regulations: Annotated[Path | None, typer.Option("--regulations", help="自备办法的文件夹，要在卷宗里")] = None,
    unit: Annotated[str | None, typer.Option(help="项目单位的全称")] = None,
    level: Annotated[str | None, typer.Option(help="单位的层级，照办法的词写")] = None,
    kind: Annotated[str | None, typer.Option(help="单位的性质，照办法的词写")] = None,
    year: Year = None,
    ci: Annotated[Host | None, typer.Option(help="持续集成用在哪里")] = None,
    install: Annotated[
        str | None,
        typer.Option(
            help="持续集成里用 pip 安装什么：名称和版本、wheel 文件或 git+ 地址", show_default="本版本的 govit"
        ),
    ] = None,
    project: Annotated[str | None, typer.Option(help="第一个项目的标识，例如 2027-smart-parking", metavar="ID")] = None,
    name: Name = None,
    category: Category = None,
) -> None:
    """新建一个卷宗：govit.yaml、第一个项目、编辑器和 git 的设置、持续集成."""
    from govit.cli import starting

    before = _before(folder)
    fresh = before.regulation is None
    try:
        law = starting.chosen_regulation(regulation or before.regulation, regulations or before.packs)
        given = {
            "regulations": _inside(folder, regulations),
            "unit.name": unit or before.unit or (_typed("项目单位的全称（不知道的按回车）") if fresh else None),
            "unit.level": _word(level, law, "levels", "单位的层级", ask=fresh),
            "unit.kind": _word(kind, law, "unit_kinds", "单位的性质", ask=fresh),
            "year": starting.year_of(
                year or (_typed("列入哪一年的计划，例如 2027（不知道的按回车）") if fresh else None)
            ),
        }
        host = ci or _host()
        first = _first(law, given, before, (project, name, category))
    except typer.Abort:
        stop("已取消，没有写入文件")
    files = {**_dossier(law, given, host, _requirement(install)), **first}
    starting.report_saved(*starting.save(folder, files, folder))
    project_folder = next((path.rpartition("/")[0] for path in first), "")
    if project_folder:
        starting.next_steps(folder / project_folder, law)
    else:
        tell("接下来建第一个项目：govit new 2027-smart-parking --name 项目名称 --category 项目类别")
    _advice(folder, host)


def _before(folder: Path) -> DossierDefaults:
    """What a govit.yaml that is there already says; one further up makes this folder part of another dossier."""
    from govit.dossier.tree import DOSSIER_FILE, is_dossier
    from govit.scaffold.dossier_defaults import dossier_defaults

    if folder.exists() and not folder.is_dir():
        stop(f"{folder.as_posix()} 不是文件夹")
    before = attempt(lambda: dossier_defaults(folder))
    if before.root != folder.resolve() and is_dossier(str(before.root)):
        stop(f"这里已经在卷宗 {before.root} 里面（那里有 {DOSSIER_FILE}）；建新项目用 govit new")
    return before


def _inside(folder: Path, regulations: Path | None) -> str | None:
    """The folder of one's own regulations as govit.yaml names it."""
    import os

    if regulations is None:
        return None
    shown = os.path.relpath(regulations.resolve(), folder.resolve()).replace(os.sep, "/")
    if shown.startswith("..") or ":" in shown:
        stop(f"自备办法的文件夹 {regulations.as_posix()} 要放在卷宗 {folder.as_posix()} 里面")
    return shown


def _typed(ask: str) -> str | None:
    from govit.cli import asking, starting

    return (starting.typed(ask) or None) if asking.on_terminal() else None


def _word(given: str | None, law: Regulation, listed: str, label: str, *, ask: bool) -> str | None:
    """A word of the regulation, asked for at a terminal; None if nobody knows."""
    from govit.base.nearest import did_you_mean
    from govit.cli import asking, starting

    words = list(law.words[listed])
    if given is None:
        chosen = starting.pick(label, [*words, "不知道"]) if ask and words and asking.on_terminal() else len(words)
        return words[chosen] if chosen < len(words) else None
    known = law.vocabulary()[listed].get(given)
    if known is None:
        stop(f"{label}不能写“{given}”；{did_you_mean(given, words)}")
    return known


def _host() -> Host:
    from govit.cli import asking, starting

    return (
        list(_HOSTS)[starting.pick("持续集成用在哪里", list(_HOSTS.values()), 0)] if asking.on_terminal() else Host.none
    )


def _dossier(law: Regulation, given: Given, host: Host, install: str) -> dict[str, str]:
    from govit.scaffold.dossier import NewDossier, files

    known = {key: value for key, value in given.items() if value}
    return files(NewDossier(regulation=law, given=known, ci=host.value, install=install))


def _requirement(given: str | None) -> str:
    """What pip installs in CI, on one line that YAML reads as it stands; this version by name if nobody says."""
    from govit import __version__

    if given is None:
        return f"govit=={__version__}"
    if not given.strip() or not given.isprintable() or ": " in given or " #" in given or given.startswith("-"):
        stop(f"--install 不能写“{given}”；写一项，例如 govit=={__version__} 或 wheel 文件的路径")
    return given.strip()


def _first(law: Regulation, given: Given, before: DossierDefaults, answers: FirstAnswers) -> dict[str, str]:
    """The files of the first project, by path in the dossier; none if nobody names one."""
    from govit.cli import starting
    from govit.scaffold.dossier import schema_path
    from govit.scaffold.names import checked
    from govit.scaffold.project import NewProject

    project, name, category = answers
    project = project or _typed("第一个项目的标识，例如 2027-smart-parking（先不建的按回车）")
    if project is None:
        if name or category:
            stop("写明第一个项目的标识，例如 --project 2027-smart-parking")
        return {}
    project_id = attempt(lambda: checked(project))
    shared = {"regulation"} | ({"unit"} if given["unit.name"] else set()) | ({"year"} if given["year"] else set())
    new = NewProject(
        id=project_id,
        name=starting.chosen_name(name),
        regulation=law,
        category=starting.chosen_category(category, law),
        given_by_dossier=before.keys | shared if before.regulation is None else before.shared(law.id, None, None),
        schema=f"../{schema_path('project')}",
    )
    return {f"{project_id}/{path}": text for path, text in starting.project_files(new, classified=False).items()}


def _advice(folder: Path, host: Host) -> None:
    """What to type to put the dossier under git."""
    from govit.dossier.tree import git_top

    there = "" if folder == Path() else f'cd "{folder}" && ' if " " in str(folder) else f"cd {folder} && "
    made = "" if git_top(folder) else "git init && "
    tell(f"放进 git：{there}{made}git add . && git commit -m 新建卷宗")
    if host is Host.script:
        tell("流水线里运行：sh govit-check.sh")
