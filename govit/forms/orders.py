"""要做的表：from what was asked for to the forms to be made, those that cannot be, and where each goes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.records import named_record
from govit.base.usage import UsageError
from govit.forms import templates
from govit.forms.due import due, entry_of, form_of, knows_stage, listing, not_for, regulations_of, too_early
from govit.forms.file_names import Names
from govit.forms.job import FormRefusedError, Job, Reason
from govit.judging.case import JudgeableCase, readable
from govit.law.regulation import NO_FORM

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from govit.forms.data.plan_compared import PastPlan
    from govit.forms.job import Made
    from govit.forms.templates import Form
    from govit.judging.case import Case
    from govit.law.regulation import PackForm, Regulation

PLAN = "plan"
SUFFIXES = (".docx", ".xlsx", ".csv", ".json")


@named_record
class Order:
    """What was asked for: by what day and step, which of several, for what year, and whether a draft will do."""

    as_of: dt.date
    stage: str | None
    which: str | None = None
    year: int | None = None
    draft: bool = False
    past: PastPlan | None = None
    file_format: str = ""
    stamp: bool = False


Refusals = list[tuple[str, FormRefusedError]]


def jobs(cases: Sequence[Case], word: str | None, order: Order) -> tuple[list[Job], Refusals]:
    """What is to be made, and what cannot be from the start."""
    form = None if word is None else form_of(word, regulations_of(cases))
    _plan_only(form, order)
    if form is not None and form.whole:
        unread = [case for case in cases if not isinstance(case, JudgeableCase) and not case.project.classified]
        return [_job(form, cases, NO_FORM, order, None)], [
            (case.project.name or case.path, FormRefusedError(*_why_not(case))) for case in unread
        ]
    found: list[Job] = []
    refused: Refusals = []
    without: dict[str, list[str]] = {}
    for case in cases:
        name = case.project.name or case.path
        if not isinstance(case, JudgeableCase):
            refused.append((name, FormRefusedError(*_why_not(case))))
            continue
        regulation = case.regulation
        if not knows_stage(case, order.stage):
            stages = "、".join(stage.name for stage in regulation.stages)
            message = f"《{regulation.title}》没有“{order.stage}”这个阶段；可以写：{stages}"
            refused.append((name, FormRefusedError(message, [])))
            continue
        for one in [form] if form is not None else due(case, order.stage):
            entry = entry_of(one, regulation)
            if entry is None:
                without.setdefault(regulation.title, []).append(name)
            elif (why := _unfit(case, entry, order)) is not None:
                refused.append((name, FormRefusedError(why, [])))
            else:
                found.append(_job(one, [case], entry, order, regulation, early=too_early(case, entry)))
    if form is not None and without and not found and not refused:
        message = f"办法里没有《{form.label}》这张表\n{listing(regulations_of(cases))}"
        raise UsageError(message)
    for title, names in without.items():
        message = f"《{title}》没有这张表；govit render --list 列出它的表格"
        refused.append(("、".join(names), FormRefusedError(message, [])))
    return found, refused


def _plan_only(form: Form | None, order: Order) -> None:
    """Refuse what only the annual plan has, of any other form."""
    if (order.file_format or order.past is not None) and (form is None or form.id != PLAN):
        message = "--format、--compare 和 --since 只用于年度计划：govit render plan …"
        raise UsageError(message)


def _unfit(case: JudgeableCase, entry: PackForm, order: Order) -> str | None:
    """Why a project gets no such form: it is for others, or it is too early and neither a draft nor a step was asked for."""
    if (other := not_for(case, entry)) is not None:
        return f"《{entry.title}》只用于{other.name}（{other.article}）"
    early = None if order.draft or order.stage else too_early(case, entry)
    if early is None:
        return None
    then = "先办到那一步、照实登记；要先准备，就加 --draft 出草稿"
    return f"《{entry.title}》还不到填的时候，没有写出：{early}。{then}"


def _why_not(case: Case) -> tuple[str, list[Reason]]:
    if case.project.classified:
        return "涉密项目不在本工具内办理，不生成任何表格；按保密规定线下填报", []
    what = "没有写明可用的办法" if readable(case.project) else "project.yaml 读不出来"
    return f"{what}；先运行 govit check {case.path}", []


def _job(
    form: Form,
    cases: Sequence[Case],
    entry: PackForm,
    order: Order,
    regulation: Regulation | None,
    *,
    early: str | None = None,
) -> Job:
    """One form to be made; one that is too early is a draft."""
    root = cases[0].dossier.root if cases else Path()
    title = entry.title or form.label
    return Job(
        form=form,
        cases=cases,
        as_of=order.as_of,
        entry=entry,
        regulation=regulation,
        template=templates.of_roots(form, {case.dossier.root for case in cases}, title, _packs(cases)),
        which=order.which,
        year=order.year,
        past=order.past,
        file_format=order.file_format,
        draft=order.draft or early is not None,
        early=early or "",
        revision=_revision(root) if order.stamp else None,
    )


def _packs(cases: Sequence[Case]) -> Path | None:
    """The folder of the dossier's own regulations, where a template of theirs may lie."""
    return cases[0].dossier.packs if cases else None


def _revision(root: Path) -> str:
    """The revision that the dossier's files are at."""
    from govit.change.git import GitError, open_repository

    try:
        return open_repository(root).revision("HEAD").commit[:12]
    except GitError as error:
        message = f"--stamp-revision：{error.what}"
        raise UsageError(message) from error


def name_of(job: Job) -> str:
    """A form that is to be made, as it is spoken of."""
    name = job.case.project.name or job.case.path if job.entry.form else ""
    return f"{name} {job.title}".strip()


# -- where they go ---------------------------------------------------------------------------------


class Destination:
    """The file or folder that was asked for; names are given once."""

    def __init__(self, output: Path | None, jobs: Sequence[Job], default: Path) -> None:
        self._names = Names()
        self._output = default if output is None else output
        self.folder: Path | None = self._output
        """Where documents go under names of their own; None if there is one, which goes to the file that was named."""
        if output is not None and output.suffix.lower() in SUFFIXES and not output.is_dir():
            each = next((job.title for job in jobs if job.form.each_unit), "")
            if len(jobs) > 1 or each:
                many = f"《{each}》每个单位一份" if each else f"要写出 {len(jobs)} 份表格"
                message = f"{many}，-o 要写文件夹，例如 -o {output.parent / '表格'}"
                raise UsageError(message)
            self.folder = None
        elif output is not None and output.exists() and not output.is_dir():
            message = f"-o 要写文件夹，或扩展名为 .docx、.xlsx 的文件：{output}"
            raise UsageError(message)

    def path_of(self, made: Made, job: Job) -> Path:
        """Where a document is to be written."""
        if self.folder is not None:
            more = (made.case.project.id if made.case else None) or None
            path = self.folder / self._names.free(made.parts, made.suffix, more)
        else:
            path = self._output
            if path.suffix.lower() != made.suffix:
                message = f"《{job.title}》是 {made.suffix} 文件，-o 的扩展名也要是 {made.suffix}：{path}"
                raise UsageError(message)
        if job.template is not None and path.exists() and path.samefile(job.template.path):
            message = f"不能覆盖模板：{path}；-o 换一个文件名"
            raise UsageError(message)
        return path
