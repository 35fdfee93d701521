"""补正通知的制作：one letter for each unit whose projects lack anything, and the list on which their receipt is noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.forms.data import context, correction
from govit.forms.data.filled_form import FilledForm
from govit.forms.job import FormRefusedError, Made
from govit.forms.templates import forms, of_roots
from govit.forms.word.docx import BadTemplateError, read, render
from govit.forms.word.forms import reason_of
from govit.judging.case import JudgeableCase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.forms.data.correction import CorrectionLetter
    from govit.forms.data.printed import Row
    from govit.forms.job import Job
    from govit.forms.templates import TemplateFile

RECEIPTS = "receipts"


def make(job: Job) -> list[Made]:
    """The letters and the list; nothing where no project lacks anything."""
    letters = correction.letters(job.cases, job.as_of)
    if not letters:
        return []
    listed = _receipts(job, letters)
    return [listed] if job.form.id == RECEIPTS else [*(_letter(job, one) for one in letters), listed]


def _letter(job: Job, letter: CorrectionLetter) -> Made:
    draft = job.draft or not letter.in_force
    called = letter.title or job.title
    title = f"{called}（{letter.row['unit']}）"
    data = _filled(job, job.filled_template, {"correction": letter.row}, title, draft=draft)
    parts = (letter.row["unit"], called, "草稿" if draft else None)
    return Made(data=data, parts=parts, suffix=job.form.suffix, why=letter.row["banner"])


def _receipts(job: Job, letters: Sequence[CorrectionLetter]) -> Made:
    form = forms()[RECEIPTS]
    template = (
        job.filled_template
        if job.form is form
        else of_roots(form, {case.dossier.root for case in job.cases}, form.label)
    )
    rows = {"receipts": correction.receipts(letters)}
    data = _filled(job, template, rows, form.label, draft=job.draft)
    return Made(data=data, parts=(str(job.as_of), form.label, "草稿" if job.draft else None), suffix=form.suffix)


def _filled(job: Job, template: TemplateFile, values: Row, title: str, *, draft: bool) -> bytes:
    """A template with these values; of the rest, what is the same in every letter."""
    word = read(template.data)
    first = next(case for case in job.cases if isinstance(case, JudgeableCase))
    about = FilledForm(case=first, entry=job.entry, draft=draft, revision=job.revision)
    shared = context.build(about, word.roots & _SHARED)
    try:
        filled = render(word, {**shared, **values}, title=title, draft=draft, revision=job.revision)
    except BadTemplateError as bad:
        message = f"模板 {template.shown} 有 {len(bad.slips)} 处问题，没有写出"
        raise FormRefusedError(message, [reason_of(slip) for slip in bad.slips]) from None
    return filled.data


_SHARED = frozenset(("as_of", "as_of_year", "as_of_quarter", "draft", "blank", "revision"))
"""Names whose values belong to no one project."""
