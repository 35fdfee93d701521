"""生成表格的过程：which forms for which projects, where they go, and what is said of it."""

from __future__ import annotations

import os
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from govit.base.nearest import did_you_mean
from govit.base.records import named_record
from govit.base.usage import UsageError
from govit.cli.common import EXIT_FINDINGS, attempt, make_folder, stop, tell, write
from govit.cli.makers import is_whole, maker_of
from govit.dossier.tree import PROJECT_FILE
from govit.forms import templates
from govit.forms.data import handin
from govit.forms.data.about import About
from govit.forms.file_names import Names
from govit.forms.job import Job, Reason, RefusedError
from govit.judging.case import JudgeableCase, readable
from govit.judging.stages import progress
from govit.law.regulation import NO_FORM, STATUS_WORDS
from govit.report.text import width

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from govit.forms.job import Made
    from govit.forms.templates import Form, Found
    from govit.judging.case import Case
    from govit.judging.run import Opened
    from govit.law.regulation import PackForm, PlanTest, Regulation

SUFFIXES = (".docx", ".xlsx")


@named_record
class Asked:
    """What the command line asked for."""

    output: Path | None
    as_of: dt.date
    stage: str | None
    which: str | None = None
    year: int | None = None
    draft: bool = False
    stamp: bool = False


# -- which forms -----------------------------------------------------------------------------------


def regulations_of(cases: Iterable[Case]) -> list[Regulation]:
    """The regulations of the projects, each once."""
    return list({case.regulation.id: case.regulation for case in cases if case.regulation is not None}.values())


def form_of(word: str, regulations: Sequence[Regulation]) -> Form:
    """The form that a word means: our name, a regulation's title, or the usual one."""
    forms = templates.forms()
    if word in forms:
        return forms[word]
    by_title = {entry.title: forms[entry.form] for r in regulations for entry in r.forms}
    by_title |= {form.label: form for form in forms.values() if form.label not in by_title}
    by_title |= {Path(form.template).stem: form for form in forms.values() if Path(form.template).stem not in by_title}
    if word in by_title:
        return by_title[word]
    hint = did_you_mean(word, [*by_title, *forms])
    message = f"没有“{word}”这张表；{hint if '可以写' not in hint else ''}\n{listing(regulations)}".rstrip()
    raise UsageError(message)


def entry_of(form: Form, regulation: Regulation) -> PackForm | None:
    """The form as a regulation knows it, None if it does not."""
    return next((entry for entry in regulation.forms if entry.form == form.id), None)


def listing(regulations: Iterable[Regulation]) -> str:
    """The forms of each regulation with their titles."""
    lines = []
    for regulation in regulations:
        lines.append(f"《{regulation.title}》的表格：")
        lines += [f"  {entry.form:<12}{entry.title}（{_about(entry)}）" for entry in regulation.forms]
    return "\n".join(lines)


def _about(entry: PackForm) -> str:
    said = (f"报{entry.to}" if entry.to else "", f"阶段 {entry.stage}" if entry.stage else "", entry.article)
    return "，".join(part for part in said if part)


def due(case: JudgeableCase, stage: str | None) -> list[Form]:
    """The forms that the step before which a project stands needs; what is only handed in on occasion is asked for."""
    regulation = case.regulation
    made = progress(case.facts(), stage)
    now = made.names[made.judged] if made.judged >= 0 else case.project.stage
    found: list[Form] = []
    for entry in regulation.forms:
        form = templates.forms()[entry.form]
        if not form.occasional and not is_whole(form) and _needed(case, entry, form, now):
            found.append(form)
    return found


def _needed(case: JudgeableCase, entry: PackForm, form: Form, now: str | None) -> bool:
    """Whether a project may need a form now: it is for such projects, its rule asks for it, it is not there already."""
    if form.each_step:
        return handin.outstanding(About(case=case, entry=entry))
    if entry.stage != (now or ""):
        return False
    rule = next((rule for rule in case.regulation.rules if rule.id == entry.rule), None)
    if not_for(case, entry) is not None or (rule is not None and case.facts().holds(rule.when) is False):
        return False
    ready = getattr(maker_of(form), "is_there", None)
    return ready is None or not ready(case.project, entry)


def not_for(case: JudgeableCase, entry: PackForm) -> PlanTest | None:
    """The condition by which a form is for other projects than this one; None if it is for this one or may be."""
    facts = case.facts()
    return next((test for test in entry.members if facts.holds(test.when) is False), None)


# -- making them -----------------------------------------------------------------------------------


def produce(opened: Opened, word: str | None, asked: Asked) -> None:
    """Make one form, or all that are due, and say what became of each."""
    cases = attempt(lambda: list(opened.cases()))
    jobs, refused = attempt(lambda: _jobs(cases, word, asked))
    target = _Target(asked.output, len(jobs))
    tell(f"判断日 {asked.as_of}")
    for regulation in regulations_of(cases):
        status = STATUS_WORDS[regulation.status_on(asked.as_of)]
        tell(f"《{regulation.title}》{regulation.document_number}（{status}）")
    said: list[str] = []
    bar = len(jobs) > 1 and sys.stderr.isatty()
    for job in _watched(jobs, bar=bar):
        try:
            for made in _made(job, alone=len(jobs) == 1):
                said += _told(made, target.put(made, job))
        except RefusedError as error:
            refused.append((_of(job), error))
        if not bar:
            _empty(said)
    _empty(said)
    for name, why in refused:
        tell(f"未写出 {name}：{why.message}")
        wide = max((width(reason.text) for reason in why.reasons), default=0)
        for reason in why.reasons:
            tell(f"  {reason.text}{' ' * (wide - width(reason.text))}  {reason.place}".rstrip())
    if not jobs and not refused:
        tell("当前阶段没有要交的表格；govit render --list 列出全部表格，也可以写明生成哪一张")
    if refused:
        raise typer.Exit(EXIT_FINDINGS)


def _made(job: Job, *, alone: bool) -> list[Made]:
    """What comes of a job; what the user got wrong for one of many projects does not keep the others from theirs."""
    make: Callable[[], list[Made]] = partial(maker_of(job.form).make, job)
    if alone:
        return attempt(make)
    try:
        return make()
    except UsageError as error:
        raise RefusedError(str(error), []) from error


def _told(made: Made, path: Path) -> list[str]:
    """What is said of a document that was written."""
    lacking = f"（草稿，待填 {len(made.notes)} 项）" if made.notes else ""
    return [f"已写出 {path}{lacking}", *(f"  {note}" for note in made.notes)]


def _empty(said: list[str]) -> None:
    for line in said:
        tell(line)
    said.clear()


Refusals = list[tuple[str, RefusedError]]


def _jobs(cases: Sequence[Case], word: str | None, asked: Asked) -> tuple[list[Job], Refusals]:
    """What is to be made, and what cannot be from the start."""
    form = None if word is None else form_of(word, regulations_of(cases))
    if form is not None and is_whole(form):
        unread = [case for case in cases if not isinstance(case, JudgeableCase) and not case.project.classified]
        return [_job(form, cases, NO_FORM, asked, None)], [
            (case.project.name or case.path, RefusedError(*_why_not(case))) for case in unread
        ]
    jobs: list[Job] = []
    refused: Refusals = []
    without: dict[str, list[str]] = {}
    for case in cases:
        name = case.project.name or case.path
        if not isinstance(case, JudgeableCase):
            refused.append((name, RefusedError(*_why_not(case))))
            continue
        regulation = case.regulation
        if asked.stage is not None and regulation.order(asked.stage) < 0:
            stages = "、".join(stage.name for stage in regulation.stages)
            message = f"《{regulation.title}》没有“{asked.stage}”这个阶段；可以写：{stages}"
            refused.append((name, RefusedError(message, [])))
            continue
        for one in [form] if form is not None else due(case, asked.stage):
            entry = entry_of(one, regulation)
            if entry is None:
                without.setdefault(regulation.title, []).append(name)
            elif (other := not_for(case, entry)) is not None:
                message = f"《{entry.title}》只用于{other.name}（{other.article}）"
                refused.append((name, RefusedError(message, [])))
            else:
                jobs.append(_job(one, [case], entry, asked, regulation))
    if form is not None and without and not jobs and not refused:
        message = f"办法里没有《{form.label}》这张表\n{listing(regulations_of(cases))}"
        raise UsageError(message)
    for title, names in without.items():
        message = f"《{title}》没有这张表；govit render --list 列出它的表格"
        refused.append(("、".join(names), RefusedError(message, [])))
    return jobs, refused


def _why_not(case: Case) -> tuple[str, list[Reason]]:
    if case.project.classified:
        return "涉密项目不在本工具内办理，不生成任何表格；按保密规定线下填报", []
    what = "没有写明可用的办法" if readable(case.project) else "project.yaml 读不出来"
    return f"{what}；先运行 govit check {case.path}", []


def _job(form: Form, cases: Sequence[Case], entry: PackForm, asked: Asked, regulation: Regulation | None) -> Job:
    root = cases[0].dossier.root if cases else Path()
    title = entry.title or form.label
    return Job(
        form=form,
        cases=cases,
        as_of=asked.as_of,
        entry=entry,
        regulation=regulation,
        template=_template(form, cases, title),
        which=asked.which,
        year=asked.year,
        draft=asked.draft,
        revision=_revision(root) if asked.stamp else None,
    )


def _template(form: Form, cases: Sequence[Case], title: str) -> Found:
    """The dossier's own template, or ours: over several dossiers none of them says how the others' form looks."""
    roots = {case.dossier.root for case in cases}
    return templates.find(form, roots.pop(), title) if len(roots) == 1 else templates.built_in(form)


def _revision(root: Path) -> str:
    """The revision that the dossier's files are at."""
    from govit.change.git import GitError, open_repository

    try:
        return open_repository(root).revision("HEAD").commit[:12]
    except GitError as error:
        why = str(error).partition("，")[0]
        message = f"--stamp-revision：{why}"
        raise UsageError(message) from error


def _watched(jobs: Sequence[Job], *, bar: bool) -> Iterator[Job]:
    """The jobs, with a bar on the terminal where there are many; what is said then waits until it is full."""
    if not bar:
        yield from jobs
        return
    with typer.progressbar(jobs, label="生成表格", file=sys.stderr) as watched:
        yield from watched


def _of(job: Job) -> str:
    name = job.case.project.name or job.case.path if job.entry.form else ""
    return f"{name} {job.title}".strip()


# -- where they go ---------------------------------------------------------------------------------


class _Target:
    """The file or folder that was asked for; names are given once."""

    def __init__(self, output: Path | None, many: int) -> None:
        self._names = Names()
        self._file: Path | None = None
        self._folder = _default_folder() if output is None else output
        if output is not None and output.suffix.lower() in SUFFIXES and not output.is_dir():
            if many > 1:
                stop(f"要写出 {many} 份表格，-o 要写文件夹，例如 -o {output.parent / '表格'}")
            self._file = output
        elif output is not None and output.exists() and not output.is_dir():
            stop(f"-o 要写文件夹，或扩展名为 .docx、.xlsx 的文件：{output}")

    def put(self, made: Made, job: Job) -> Path:
        """Write one document; gives where."""
        if self._file is None:
            make_folder(self._folder)
            more = (made.case.project.id if made.case else None) or None
            path = self._folder / self._names.free(made.parts, made.suffix, more)
        else:
            path = self._file
            if path.suffix.lower() != made.suffix:
                stop(f"《{job.title}》是 {made.suffix} 文件，-o 的扩展名也要是 {made.suffix}：{path}")
        if job.template is not None and path.exists() and path.samefile(job.template.path):
            stop(f"不能覆盖模板：{path}；-o 换一个文件名")
        write(path, made.data)
        return path


def _default_folder() -> Path:
    """The current folder; the one above, where the current one is a project's, whose files are all accounted for."""
    here = Path.cwd()
    inside = [folder for folder in (here, *here.parents) if (folder / PROJECT_FILE).is_file()]
    return Path(os.path.relpath(inside[-1].parent)) if inside else Path()
