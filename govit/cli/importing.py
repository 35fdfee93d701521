"""govit import：把改过的年度计划表、别的项目清单或填好的申报表读回各项目的 project.yaml."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from govit.cli.asking import agreed, from_here, on_terminal
from govit.cli.common import EXIT_FINDINGS, attempt, day, stop, tell

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    import typer

    from govit.cli import completing
    from govit.cli.options import AsOf, OwnRegulations, Paths
    from govit.importing.changes import CellNote
    from govit.importing.drafts import Draft, Import, Wanted

_MOST_SHOWN = 200
_MOST_NUMBERED = 100
"""Folders of one name with numbers that are looked into for a project that another import has just made."""


def command(
    workbook: Annotated[
        Path,
        typer.Argument(
            help="年度计划表或项目清单（.xlsx、.xlsb、.xls、.et、.ods、.csv），或填好的申报表（.docx、.doc、.pdf 等）", metavar="FILE"
        ),
    ],
    paths: Paths = None,
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", help="认不出的列：表头=键，例如 估算金额=budget.total；表头=- 不要这一列；可写多次"),
    ] = None,
    year: Annotated[int | None, typer.Option(help="计划年度，表里没有“计划年度”列时用")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只显示会改什么，不写入")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="不询问，直接写入")] = False,
    regulation: Annotated[
        str | None, typer.Option(help="新建项目适用的办法，默认按 govit.yaml", autocompletion=completing.regulations)
    ] = None,
    regulations: OwnRegulations = None,
    as_of: AsOf = None,
) -> None:
    """把改过的计划表、别的清单或填好的申报表读回 project.yaml；先显示改动，注释、次序和引号都不动，从不删除."""
    from govit.cli.from_files import is_paper

    if is_paper(workbook):
        from govit.cli.import_paper import import_paper

        import_paper(workbook, paths or [Path()], regulations, day(as_of), write_drafts, at_once=yes, dry_run=dry_run)
        return
    from govit.importing.drafts import draft
    from govit.importing.workbooks import read_book

    wanted = attempt(
        lambda: _wanted(workbook, paths or [Path()], mapped or [], year, regulation, regulations, day(as_of))
    )
    found = attempt(lambda: draft(read_book(workbook), wanted))
    _show(found)
    if not found.drafts:
        tell("没有要写入的改动，没有动任何文件。")
    elif dry_run:
        tell(f"以上 {len(found.drafts)} 个文件没有写入（--dry-run）。")
    elif yes or agreed(f"写入以上 {len(found.drafts)} 个文件吗？"):
        write_drafts(found.drafts)
    elif on_terminal():
        tell("没有写入。")
    else:
        stop("没有写入：这里不是终端，不能询问；看过以上改动后加 --yes 写入")
    if found.troubles:
        raise SystemExit(EXIT_FINDINGS)


def _wanted(
    workbook: Path,
    paths: list[Path],
    mapped: list[str],
    year: int | None,
    regulation: str | None,
    regulations: Path | None,
    as_of: dt.date,
) -> Wanted:
    from govit.base.files import printable
    from govit.importing.drafts import Wanted
    from govit.importing.heads import read_map
    from govit.importing.target_projects import empty_target, target_of, with_projects
    from govit.judging import run
    from govit.law.library import Library

    headers = read_map(mapped)
    full, empty = with_projects(paths)
    cases, targets, library = [], [], Library(examples=False)
    if full:
        opened = run.open_dossiers(run.RunSettings(paths=tuple(full), as_of=as_of, regulations=regulations))
        cases, library = list(opened.cases()), opened.library
        targets = [target_of(dossier, library, regulation) for dossier in opened.dossiers]
    targets += [empty_target(path, library, regulation, regulations) for path in empty]
    return Wanted(cases, targets, headers, year, printable(workbook.name))


def _show(found: Import) -> None:
    """What would be written, and everything of the workbook that would not be taken."""
    for note in found.notes:
        tell(note)
    if found.same:
        tell(f"{found.same} 行与 project.yaml 一致。")
    for one in found.drafts:
        tell(f"\n■ {one.name}{'（新建）' if one.before is None else ''}  {from_here(one.file)}")
        for cell in one.taken if one.before is not None else ():
            before, after = _brief(cell.before) or "（未写）", _brief(cell.after)
            tell(f"  {cell.sheet}!{cell.ref}  {cell.label}：{before} → {after}")
        for line in one.diff():
            tell(f"    {line}".rstrip())
    _list("没有采用", found.troubles)
    _list("留意", found.remarks)
    tell("")


def _list(title: str, troubles: Iterable[CellNote]) -> None:
    listed = list(troubles)
    if listed:
        tell(f"\n{title}的 {len(listed)} 处：")
    for one in listed[:_MOST_SHOWN]:
        tell(f"  {one.sheet}!{one.ref}  {one.message}")
    if len(listed) > _MOST_SHOWN:
        tell(f"  ……共 {len(listed)} 处，只列出前 {_MOST_SHOWN} 处")


def _brief(text: str) -> str:
    most, one_line = 40, " ".join(text.split())
    return one_line if len(one_line) <= most else one_line[:most] + "…"


def write_drafts(drafts: Sequence[Draft]) -> None:
    """Write every file that stands as it was read; what could not be written takes nothing else along."""
    failed = [f"\n  {from_here(one.file)}：{why}" for one in drafts if (why := _why_not_written(one))]
    if len(failed) < len(drafts):
        tell(f"已写入 {len(drafts) - len(failed)} 个文件；请用 govit check 检查，用 git diff 核对。")
    if failed:
        stop(f"{len(failed)} 个文件没有写入：{''.join(failed)}")


def _why_not_written(one: Draft) -> str:
    """Write one file; why it could not be, '' if it was."""
    from govit.base.files import ChangedError, is_begun, reason, write_bytes

    made = one.before is None
    if made and _made_meanwhile(one):
        return "同样的项目刚被别的程序建好；请再运行一次"
    try:
        if made:
            one.file.parent.mkdir(exist_ok=is_begun(one.file.parent))
        try:
            write_bytes(one.file, one.after, before=one.before)
        except OSError:
            if made:
                one.file.parent.rmdir()
            raise
    except ChangedError:
        return "看改动的时候，它被别人改过；请再运行一次"
    except OSError as error:
        return reason(error)
    return ""


def _made_meanwhile(one: Draft) -> bool:
    """Whether a number was put behind the folder's name because another import had just made the same project there."""
    from govit.base.files import read_bytes

    folder = one.file.parent
    stem, _, number = folder.name.rpartition("-")
    if not (stem and number.isascii() and number.isdecimal()):
        return False
    before = min(int(number[:9]), _MOST_NUMBERED)
    for taken in (stem, *(f"{stem}-{n}" for n in range(2, before))):
        with suppress(OSError):
            if read_bytes(folder.with_name(taken) / one.file.name, len(one.after)) == one.after:
                return True
    return False
