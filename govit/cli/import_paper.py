"""govit import FILE.docx：a filled form or a report, read into the project.yaml of a project that is there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.files import printable
from govit.cli.asking import agreed as agreed_to
from govit.cli.asking import from_here, on_terminal
from govit.cli.common import attempt, stop, tell
from govit.cli.from_files import filed, read_files, tell_found

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from govit.importing.drafts import Draft
    from govit.importing.from_papers import Filed
    from govit.judging.case import Case


def import_paper(
    file: Path,
    paths: Sequence[Path],
    own: Path | None,
    as_of: dt.date,
    write: Callable[[Sequence[Draft]], None],
    *,
    at_once: bool,
    dry_run: bool,
) -> None:
    """Show what the file would change in its project, and `write` it when that is agreed to."""
    from govit.base.files import read_bytes, write_bytes
    from govit.dossier.tree import PROJECT_FILE
    from govit.importing.drafts import Draft
    from govit.importing.filled_papers import agreed
    from govit.importing.from_papers import against, changed
    from govit.yamltext.tree import MAX_BYTES

    case = _project(file, paths, own, as_of)
    folder, words = case.project.folder, case.regulation.vocabulary() if case.regulation is not None else None
    if folder is None or words is None:
        stop(f"{case.path} 的 project.yaml 没有写明适用的办法，先用 govit check 检查")
    files = read_files([file], words)
    found, open_ones = agreed(one.says for one in files)
    new, same, left = against(case.project, found)
    target = folder / PROJECT_FILE
    before = attempt(lambda: read_bytes(target, MAX_BYTES))
    papers = [one for one in filed(files, words) if one.path not in {document.path for document in case.project.documents}]
    outcome = changed(before, new, papers, words)
    given = [one for one in open_ones if one.key not in {said.key for said in same}]
    tell_found(outcome.taken, [*given, *left, *outcome.doubts], files, papers)
    if same:
        tell(f"{len(same)} 项与 project.yaml 一致。")
    draft = Draft(case.project.name or case.path, target, before, outcome.data, ())
    tell(f"\n■ {draft.name}  {from_here(target)}")
    for line in draft.diff():
        tell(f"    {line}".rstrip())
    tell("")
    copied = _to_copy(folder, papers, files[0].data)
    if outcome.data == before and not copied:
        tell("没有要写入的改动，没有动任何文件。")
    elif _is_agreed(at_once=at_once, dry_run=dry_run):
        if copied is not None:
            attempt(lambda: write_bytes(copied, files[0].data, below=folder, before=None))
            tell(f"已放入 {from_here(copied)}")
        if outcome.data != before:
            write([draft])


def _is_agreed(*, at_once: bool, dry_run: bool) -> bool:
    """Whether the changes shown are to be written."""
    if dry_run:
        tell("以上改动没有写入（--dry-run）。")
        return False
    if at_once or agreed_to("写入以上改动吗？"):
        return True
    if not on_terminal():
        stop("没有写入：这里不是终端，不能询问；看过以上改动后加 --yes 写入")
    tell("没有写入。")
    return False


def _project(file: Path, paths: Sequence[Path], own: Path | None, as_of: dt.date) -> Case:
    """The project that is meant: the only one, or the one whose name the file says."""
    from govit.documents.filled import read_filled
    from govit.importing.changes import same_text
    from govit.importing.filled_papers import agreed, said_by
    from govit.judging import run
    from govit.judging.case import readable

    settings = run.RunSettings(paths=tuple(paths), as_of=as_of, regulations=own)
    cases = attempt(lambda: list(run.open_dossiers(settings).cases()))
    if len(cases) > 1:
        said = agreed([said_by(read_filled(file), "", None)])[0] if file.is_file() else []
        name = next((str(one.value) for one in said if one.key == "name"), "")
        named = [case for case in cases if name and case.project.name and same_text(case.project.name) == same_text(name)]
        if len(named) != 1:
            what = f"文件里的项目名称“{name}”" if name else "文件里没有读出项目名称，"
            stop(f"{what}认不出是 {len(cases)} 个项目中的哪一个；在文件后面写明项目文件夹，新项目用 govit new ID --from {printable(file.name)}")
        cases = named
    case = cases[0]
    if case.project.classified:
        stop(f"{case.path} 是涉密项目，不登记内容，按保密规定线下办理")
    if not readable(case.project):
        stop(f"{case.path} 的 project.yaml 读不出来，先用 govit check 检查")
    return case


def _to_copy(folder: Path, papers: Sequence[Filed], data: bytes) -> Path | None:
    """Where the file is to be put, None if it is there already; another file of that name stays."""
    for paper in papers:
        target = folder / paper.path
        if not target.exists() and not target.is_symlink():
            return target
        if not target.is_file() or target.read_bytes() != data:
            stop(f"{from_here(target)} 已经有了，内容不同，没有改动；请先给新文件换一个名称")
    return None

