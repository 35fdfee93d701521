"""Word 表的制作：a template of the dossier or of the program, filled in for one project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.usage import UsageError
from govit.forms.data import context
from govit.forms.data.filled_form import FilledForm
from govit.forms.job import FormRefusedError, Made, Reason
from govit.forms.word.docx import BadTemplateError, read, render

_SEVERAL = frozenset(("handins", "change", "progress", "form.rows"))
"""Names of which a project has several, so that --for chooses one."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govit.forms.job import Job
    from govit.forms.word.lacking import Lack
    from govit.forms.word.tags import Slip
    from govit.judging.case import Case


def make(job: Job) -> list[Made]:
    """One document; FormRefusedError with all that is missing, or all that is wrong with the template."""
    filled_form = FilledForm(case=job.case, entry=job.entry, which=job.which, draft=job.draft, revision=job.revision)
    template = read(job.filled_template.data)
    if job.which and not _SEVERAL & template.printed.keys():
        message = f"《{job.title}》每个项目只有一份，不用 --for"
        raise UsageError(message)
    title = f"{job.title}（{job.case.project.name or job.case.project.id or job.case.path}）"
    try:
        filled = render(
            template,
            context.build(filled_form, template.roots),
            title=title,
            draft=job.draft,
            revision=job.revision,
        )
    except BadTemplateError as bad:
        message = f"模板 {job.filled_template.shown} 有 {len(bad.slips)} 处问题，没有写出"
        raise FormRefusedError(message, [reason_of(slip) for slip in bad.slips]) from None
    if filled.lacks and not job.draft:
        reasons = _where(filled.lacks, job.case)
        message = f"缺 {len(reasons)} 项数据，没有写出；先补齐，或加 --draft 出草稿"
        raise FormRefusedError(message, reasons)
    project = job.case.project
    parts = (
        str(project.year) if project.year else None,
        project.name or project.id,
        job.title,
        "草稿" if job.draft else None,
    )
    notes = tuple(lack.mark for lack in filled.lacks)
    return [Made(data=filled.data, parts=parts, suffix=".docx", case=job.case, notes=notes)]


def reason_of(slip: Slip) -> Reason:
    """A fault of a template as a reason: what, what to do, and where."""
    hint = f"；{slip.hint}" if slip.hint else ""
    near = f"“{slip.near}”" if slip.near else ""
    return Reason(f"{slip.message}{hint}", f"{slip.place}{near}")


def _where(lacks: Iterable[Lack], case: Case) -> list[Reason]:
    """What is missing, each key once, and the line of project.yaml where it belongs."""
    labels: dict[str, list[str]] = {}
    for lack in lacks:
        labels.setdefault(lack.key or lack.label, []).append(lack.label)
    return [_reason(key, list(dict.fromkeys(found)), case) for key, found in labels.items()]


def _reason(key: str, labels: list[str], case: Case) -> Reason:
    file, places, blanks = case.project.source.file, case.project.source.places, case.project.source.blanks
    top, _, name = key.partition(".")
    if key == labels[0]:
        return Reason(key)
    if top == "notes":
        return Reason(key, f"{file}（在 notes 里写 - {{name: {name}, text: 内容}}）")
    if top == "progress":
        period, _, name = name.partition(".")
        return Reason(key, f"{file}（在 progress 里写 - {{period: {period}, name: {name}, text: 内容}}）")
    named = f"{key}（{'、'.join(labels)}）"
    if key in blanks:
        return Reason(named, f"{file}:{blanks[key][0]}（写在这里）")
    holder = next((part for part in _outwards(key) if part in places or part in blanks), None)
    if holder is None:
        return Reason(named, f"{file}（补写 {top.partition('[')[0]}）")
    line = f"{file}:{(places.get(holder) or blanks[holder])[0]}"
    if holder != key:
        return Reason(named, f"{line}（写在 {holder} 下面）")
    wrong = any(fault.line == places[key][0] for fault in case.project.faults)
    return Reason(named, f"{line}（写法有误，先运行 govit check）" if wrong else line)


def _outwards(key: str) -> Iterator[str]:
    """A key, and those around it, outwards."""
    while key:
        yield key
        cut = max(key.rfind("."), key.rfind("["))
        key = key[:cut] if cut > 0 else ""
