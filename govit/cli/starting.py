"""起步：what `init` and `new` share: asking at a terminal, writing without ever overwriting, saying what was done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from govit.cli.asking import on_terminal
from govit.cli.common import attempt, day, prompted, stop, tell

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from govit.law.regulation import Regulation
    from govit.scaffold.project import NewProject

_YEAR_DIGITS = 4


def chosen_regulation(given: str | None, own: Path | None) -> Regulation:
    """The regulation of an id, asked for at a terminal if it was not given."""
    from govit.authoring import coverage
    from govit.law.library import Library
    from govit.law.regulation import STATUS_WORDS

    if own is not None and not own.is_dir():
        stop(f"自备办法的文件夹不存在：{own}")
    library = Library(examples=False)
    known = attempt(lambda: coverage.chosen(library, given, own))
    if given is None and len(known) > 1:
        if not on_terminal():
            stop("写明适用哪个办法，例如 --regulation " + "、".join(regulation.id for regulation in known))
        today = day(None)
        known.sort(key=lambda regulation: regulation.status_on(today) != "in_force")
        shown = [
            f"{r.title}（{'，'.join(filter(None, (r.document_number, STATUS_WORDS[r.status_on(today)])))}）"
            for r in known
        ]
        return known[pick("适用哪个办法", shown)]
    return known[0]


def chosen_category(given: str | None, regulation: Regulation) -> str | None:
    """A category of the regulation, asked for at a terminal if it was not given; not needed elsewhere."""
    from govit.base.nearest import did_you_mean

    words = list(regulation.words["categories"])
    if given is None:
        return words[pick("项目类别", words)] if on_terminal() else None
    known = regulation.vocabulary()["categories"].get(given)
    if known is None:
        stop(f"“{given}”不是本办法的项目类别；{did_you_mean(given, words)}")
    return known


def chosen_name(given: str | None) -> str:
    """The name of a project, asked for at a terminal if it was not given."""
    name = (given or "").strip()
    if not name and on_terminal():
        name = typed("项目名称")
    if not name:
        stop("写明项目名称，例如 --name 智慧停车服务系统")
    return name


def year_of(given: str | None) -> str | None:
    """A year as it was typed, refused if it is none."""
    if given is not None and not (given.isascii() and given.isdigit() and len(given) == _YEAR_DIGITS):
        stop(f"“{given}”不是四位年份，例如 --year 2027")
    return given


def pick(ask: str, words: Sequence[str], default: int | None = None) -> int:
    """One of several, by its number or as it is written."""
    tell(f"{ask}：")
    for number, word in enumerate(words, 1):
        tell(f"  {number} {word}")
    while True:
        given = prompted("写数字", default=None if default is None else str(default + 1))
        if given in words:
            return words.index(given)
        if given.isascii() and given.isdigit() and 0 < int(given) <= len(words):
            return int(given) - 1
        tell(f"请写 1 到 {len(words)} 的数字")


def typed(ask: str) -> str:
    """A line that somebody types, '' if nothing."""
    return prompted(ask, default="", show_default=False)


def project_files(new: NewProject, *, classified: bool) -> dict[str, str]:
    """The files of a new project, by path in its folder."""
    from govit.dossier.tree import PROJECT_FILE
    from govit.scaffold.chapters import skeletons
    from govit.scaffold.project import project_yaml, stub

    if classified:
        return {PROJECT_FILE: stub(new.id, new.regulation.id)}
    return {PROJECT_FILE: project_yaml(new), **skeletons(new.regulation, new.category, new.name)}


def schema_for(folder: Path, root: Path) -> str | None:
    """The JSON Schema of the dossier as seen from a project's folder, None if there is none."""
    import os

    from govit.scaffold.dossier import schema_path

    path = root / schema_path("project")
    return os.path.relpath(path, folder.resolve()).replace(os.sep, "/") if path.is_file() else None


def save(folder: Path, files: Mapping[str, str | bytes], below: Path) -> tuple[list[Path], list[Path]]:
    """Write what is not there yet; what is there stays as it is. Both lists, in order.

    `below` is the folder that was asked for: no link in it is followed. What makes a folder a project comes last, so
    that `new` can be run again after a write that failed.
    """
    from govit.base.files import make_folder, write_bytes
    from govit.dossier.tree import PROJECT_FILE

    held = {folder / name: d.encode() if isinstance(d, str) else d for name, d in files.items()}
    fresh = [path for path in held if not path.exists() and not path.is_symlink()]
    ordered = sorted(fresh, key=lambda path: path.name == PROJECT_FILE)
    for path in ordered:
        attempt(partial(make_folder, path.parent, below))
    for path in ordered:
        attempt(partial(write_bytes, path, held[path], below=below, before=None))
    return fresh, [path for path in held if path not in fresh]


def report_saved(written: Sequence[Path], left_alone: Sequence[Path]) -> None:
    """Say which files were written and which were left alone."""
    if written:
        tell("已写入：")
        for path in written:
            tell(f"  {path.as_posix()}")
    if left_alone:
        tell("已经有了，没有改动：")
        for path in left_alone:
            tell(f"  {path.as_posix()}")


def next_steps(folder: Path, law: Regulation) -> None:
    """What to do with a new project."""
    shown = folder.as_posix()
    shown = f'"{shown}"' if " " in shown else shown
    stage = law.first_submission
    tell(
        f"接下来填 {shown}/project.yaml，然后：\n"
        f"  govit check {shown} --todo --stage {stage}    到“{stage}”还差什么、谁来办\n"
        f"  govit answer {shown} --stage {stage}          逐个回答要确认的问题"
    )
