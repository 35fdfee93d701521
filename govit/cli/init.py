"""govit init：新建一个卷宗：govit.yaml、第一个项目、编辑器和 git 的设置、持续集成."""

from __future__ import annotations

import re
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from govit.cli.common import attempt, stop, tell

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.cli import completing
    from govit.cli.options import Category, ProjectName, Year
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


_BY_NAME = re.compile(r"[\w.-]+\s*(?:\[[^\]]*\]\s*)?(?:[=<>~!].*)?", re.ASCII)
"""A requirement that pip looks up in an index; a path or an address has other signs."""
_HOSTS = {
    Host.none: "先不要",
    Host.github: "GitHub Actions",
    Host.gitlab: "GitLab CI",
    Host.script: "Gitee 等别的平台：一个脚本",
}


def command(
    folder: Annotated[Path, typer.Argument(help="卷宗的文件夹", metavar="[DIR]", show_default="当前文件夹")] = Path(),
    regulation: Annotated[
        str | None,
        typer.Option(help="适用的办法，govit regulations 列出可以写的", autocompletion=completing.regulations),
    ] = None,
    regulations: Annotated[Path | None, typer.Option("--regulations", help="自备办法的文件夹，要在卷宗里")] = None,
    unit: Annotated[str | None, typer.Option(help="项目单位的全称")] = None,
    level: Annotated[str | None, typer.Option(help="单位的层级，照办法的词写")] = None,
    kind: Annotated[str | None, typer.Option(help="单位的性质，照办法的词写")] = None,
    year: Year = None,
    ci: Annotated[Host | None, typer.Option(help="持续集成用在哪里")] = None,
    install: Annotated[
        str | None,
        typer.Option(help="持续集成里用 pip 安装什么：wheel 文件或 git+ 地址", show_default="卷宗 .govit 里的安装包"),
    ] = None,
    project: Annotated[str | None, typer.Option(help="第一个项目的标识，例如 2027-smart-parking", metavar="ID")] = None,
    name: ProjectName = None,
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
    asked = _requirement(install)
    vendored = _wheel(folder, host) if asked is None else {}
    files: dict[str, str | bytes] = {**_dossier(law, given, host, asked), **vendored, **first}
    starting.report_saved(*starting.save(folder, files, folder))
    project_folder = next((path.rpartition("/")[0] for path in first), "")
    if project_folder:
        starting.next_steps(folder / project_folder, law)
    else:
        tell("接下来建第一个项目：govit new 2027-smart-parking --name 项目名称 --category 项目类别")
    _advice(folder, host)
    if host is not Host.none:
        _about_install(folder, asked)


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


def _dossier(law: Regulation, given: Given, host: Host, install: str | None) -> dict[str, str]:
    from govit.scaffold.dossier import PACK, NewDossier, files, schema_path

    known = {key: value for key, value in given.items() if value}
    made = files(NewDossier(regulation=law, given=known, ci=host.value, install=install))
    if "regulations" in known:
        from govit.authoring import pack_schema
        from govit.law.packs.built_packs import BUILT_IN
        from govit.law.packs.pack import vocabulary_of

        own = None if (BUILT_IN / f"{law.id}.yaml").is_file() else vocabulary_of(Path(law.file))
        made[schema_path(PACK)] = pack_schema.render(own)
    return made


def _requirement(given: str | None) -> str | None:
    """What pip installs in CI, on one line; None for the wheel in the dossier. No index is asked unless it is meant."""
    if given is None:
        return None
    if not given.strip() or not given.isprintable() or ": " in given or " #" in given or given.startswith("-"):
        stop(f"--install 不能写“{given}”；写一项：wheel 文件的路径，或者 git+ 加上 govit 仓库副本的地址")
    return given.strip()


def _wheel(folder: Path, host: Host) -> dict[str, bytes]:
    """The program's own wheel for the dossier's CI, unless one lies there."""
    from govit.scaffold.ci import WHEELS
    from govit.scaffold.own_wheel import own_wheel

    if host is Host.none or any((folder / WHEELS).glob("govit-*.whl")):
        return {}
    made = own_wheel()
    return {f"{WHEELS}/{made[0]}": made[1]} if made else {}


def _about_install(folder: Path, asked: str | None) -> None:
    """From where CI takes govit, as far as somebody has to know or to do something."""
    from govit.scaffold.ci import WHEELS

    there = sorted(path.name for path in (folder / WHEELS).glob("govit-*.whl"))
    if asked is not None:
        if _BY_NAME.fullmatch(asked) and not asked.endswith((".whl", ".zip", ".gz")):
            tell(
                f"注意：持续集成按名称安装“{asked}”。先确认所用的软件源里叫 govit 的就是本程序；公共软件源上的同名软件包可能是别人的"
            )
    elif len(there) == 1:
        tell(f"持续集成安装 {WHEELS}/{there[0]}，一起提交；换新版本时换掉这个文件")
    elif there:
        tell(
            f"持续集成要求 {WHEELS}/ 里只有一个 govit 的安装包，现在有 {len(there)} 个（{'、'.join(there)}），请只留一个"
        )
    else:
        tell(f"持续集成要用 govit 的安装包：在 govit 仓库的副本里用 pip wheel --no-deps 生成，放进 {WHEELS}/，一起提交")


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
