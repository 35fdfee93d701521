"""生成表格的过程：the forms that were asked for are made and written, and it is said what became of each."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from govit.base.usage import UsageError
from govit.base.width import width
from govit.cli.common import EXIT_FINDINGS, EXIT_USAGE, attempt, make_folder, tell, write
from govit.dossier.tree import PROJECT_FILE
from govit.forms import orders
from govit.forms.due import knows_stage, nothing_due, regulations_of
from govit.forms.job import FormRefusedError
from govit.forms.makers import maker_of
from govit.forms.orders import Destination, name_of
from govit.judging.case import JudgeableCase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from govit.forms.job import Job, Made
    from govit.forms.orders import Order
    from govit.judging.case import Case
    from govit.judging.run import Opened


def produce(opened: Opened, word: str | None, order: Order, output: Path | None) -> None:
    """Make one form, or all that are due, and say what became of each."""
    cases = attempt(lambda: list(opened.cases()))
    jobs, refused = attempt(lambda: orders.jobs(cases, word, order))
    target = attempt(lambda: Destination(output, jobs, _default_folder()))
    tell(f"判断日 {order.as_of}")
    for regulation in regulations_of(cases):
        status = regulation.standing(order.as_of)
        tell(f"《{regulation.title}》{regulation.document_number}（{status}）")
    said: list[str] = []
    whole = True
    bar = len(jobs) > 1 and sys.stderr.isatty()
    for job in _watched(jobs, bar=bar):
        try:
            lines, put = _put(_made(job, alone=len(jobs) == 1), job, target)
            said += lines
            whole = whole and put
        except FormRefusedError as error:
            refused.append((name_of(job), error))
        if not bar:
            _empty(said)
    _empty(said)
    for name, why in refused:
        _say_refused(name, why)
    _say_what_is_not_due(cases if word is None else [], jobs, order)
    if not jobs and not refused:
        tell("没有要写出的表格；govit render --list 列出全部表格，也可以写明生成哪一张")
    if not whole:
        raise SystemExit(EXIT_USAGE)
    if refused:
        raise SystemExit(EXIT_FINDINGS)


def _put(found: list[Made], job: Job, target: Destination) -> tuple[list[str], bool]:
    """Write what came of a job; what is said of it, and whether all of it could be written."""
    if not found:
        return [f"没有要写进《{job.title}》的内容，没有写出"], True
    paths = [(made, _written(made, job, target)) for made in found]
    said = [line for made, path in paths if path for line in _outcome(made, path, job.early)]
    return said, all(path is not None for _, path in paths)


def _say_refused(name: str, why: FormRefusedError) -> None:
    """A form that was not written, with every reason and its place."""
    tell(f"未写出 {name}：{why.message}")
    wide = max((width(reason.text) for reason in why.reasons), default=0)
    for reason in why.reasons:
        tell(f"  {reason.text}{' ' * (wide - width(reason.text))}  {reason.place}".rstrip())


def _say_what_is_not_due(cases: Sequence[Case], jobs: Sequence[Job], order: Order) -> None:
    """Of each project without a form: what was handed in, and when the next one is due."""
    made = {id(job.cases[0]) for job in jobs}
    for case in cases:
        if isinstance(case, JudgeableCase) and id(case) not in made and knows_stage(case, order.stage):
            tell(f"{case.project.name or case.path}：{nothing_due(case, order.stage)}")


def _made(job: Job, *, alone: bool) -> list[Made]:
    """What comes of a job; what the user got wrong for one of many projects does not keep the others from theirs."""
    make: Callable[[], list[Made]] = partial(maker_of(job.form).make, job)
    if alone:
        return attempt(make)
    try:
        return make()
    except UsageError as error:
        raise FormRefusedError(str(error), []) from error


def _outcome(made: Made, path: Path, early: str) -> list[str]:
    """What is said of a document that was written, and why it is but a draft."""
    lacking = f"（草稿，待填 {len(made.notes)} 项）" if made.notes else "（草稿）" if early or made.why else ""
    why = [f"  还不到填的时候：{early}"] if early else [f"  {made.why}"] if made.why else []
    return [f"已写出 {path}{lacking}", *why, *(f"  {note}" for note in made.notes)]


def _empty(said: list[str]) -> None:
    for line in said:
        tell(line)
    said.clear()


def _written(made: Made, job: Job, target: Destination) -> Path | None:
    """Write one document; gives where, None where it could not be: the others are written all the same."""
    if target.folder is not None:
        make_folder(target.folder)
    path = attempt(lambda: target.path_of(made, job))
    try:
        write(path, made.data)
    except SystemExit:  # it was said why
        return None
    return path


def _watched(jobs: Sequence[Job], *, bar: bool) -> Iterator[Job]:
    """The jobs, with a bar on the terminal where there are many; what is said then waits until it is full."""
    if not bar:
        yield from jobs
        return
    with typer.progressbar(jobs, label="生成表格", file=sys.stderr) as watched:
        yield from watched


def _default_folder() -> Path:
    """The current folder; the one above, where the current one is a project's, whose files are all accounted for."""
    here = Path.cwd()
    inside = [folder for folder in (here, *here.parents) if (folder / PROJECT_FILE).is_file()]
    return Path(os.path.relpath(inside[-1].parent)) if inside else Path()
