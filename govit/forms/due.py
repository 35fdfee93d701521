"""要交的表：which form a word means, and which forms a project needs at its step. Pure."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.base.usage import UsageError
from govit.forms import templates
from govit.forms.data import handin
from govit.forms.data.filled_form import FilledForm
from govit.forms.makers import maker_of
from govit.judging.stages import progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govit.forms.templates import Form
    from govit.judging.case import Case, JudgeableCase
    from govit.law.regulation import PackForm, PlanTest, Regulation


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
        lines += [f"  {entry.form:<12}{entry.title}（{_where_and_when(entry)}）" for entry in regulation.forms]
    return "\n".join(lines)


def _where_and_when(entry: PackForm) -> str:
    said = (f"报{entry.to}" if entry.to else "", f"阶段 {entry.stage}" if entry.stage else "", entry.article)
    return "，".join(part for part in said if part)


def due(case: JudgeableCase, stage: str | None) -> list[Form]:
    """The forms that the step before which a project stands needs; what is only handed in on occasion is asked for."""
    made = progress(case.facts(), stage)
    now = made.names[made.judged] if made.judged >= 0 else case.project.stage
    found: list[Form] = []
    for entry in case.regulation.forms:
        form = templates.forms()[entry.form]
        if not form.occasional and not form.whole and _needed(case, entry, form, now):
            found.append(form)
    return found


def _needed(case: JudgeableCase, entry: PackForm, form: Form, now: str | None) -> bool:
    """Whether a project may need a form now: it is for such projects, its rule asks for it, it is not there already."""
    if form.each_step:
        return handin.outstanding(FilledForm(case=case, entry=entry))
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
