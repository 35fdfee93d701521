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
    from govit.law.regulation import PackForm, PlanTest, Regulation, Rule


def regulations_of(cases: Iterable[Case]) -> list[Regulation]:
    """The regulations of the projects, each once."""
    return list({case.regulation.id: case.regulation for case in cases if case.regulation is not None}.values())


def form_of(word: str, regulations: Sequence[Regulation]) -> Form:
    """The form that a word means: our name, a regulation's title, or the usual one."""
    forms = templates.forms_of(regulations)
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
        if not regulation.forms:
            lines.append("  没有：办法文件里没有写 forms；要生成表格的，在办法文件里写（govit help pack）")
    return "\n".join(lines)


def _where_and_when(entry: PackForm) -> str:
    said = (f"报{entry.to}" if entry.to else "", f"阶段 {entry.stage}" if entry.stage else "", entry.article)
    return "，".join(part for part in said if part)


def due(case: JudgeableCase, stage: str | None) -> list[Form]:
    """The forms that the step before which a project stands needs; what is only handed in on occasion is asked for."""
    now = _judged(case, stage)
    found: list[Form] = []
    for entry in case.regulation.forms:
        form = templates.form_for(entry)
        if not form.occasional and not form.whole and _needed(case, entry, form, now, asked=stage is not None):
            found.append(form)
    return found


def knows_stage(case: JudgeableCase, stage: str | None) -> bool:
    """Whether a project's regulation has a step."""
    return stage is None or case.regulation.order(stage) >= 0


def _judged(case: JudgeableCase, stage: str | None) -> str | None:
    made = progress(case.facts(), stage)
    return made.names[made.judged] if made.judged >= 0 else case.project.stage


def _needed(case: JudgeableCase, entry: PackForm, form: Form, now: str | None, *, asked: bool) -> bool:
    """Whether a project may need a form now: it is for such projects, its rule asks for it, it is not there already.

    What was handed in is made again where the step is `asked` for by its name.
    """
    if form.each_step:
        filled_form = FilledForm(case=case, entry=entry)
        return handin.of_this_step(filled_form) if asked else handin.outstanding(filled_form)
    if entry.stage != (now or ""):
        return False
    rule = next((rule for rule in case.regulation.rules if rule.id == entry.rule), None)
    if not_for(case, entry) is not None or (rule is not None and case.facts().holds(rule.when) is False):
        return False
    ready = getattr(maker_of(form), "is_there", None)
    return ready is None or not ready(case.project, entry)


def nothing_due(case: JudgeableCase, stage: str | None) -> str:
    """Why no form is due: what was handed in last, and at which step the next forms are."""
    now = _judged(case, stage)
    names = [step.name for step in case.regulation.stages]
    at = names.index(now) if now in names else -1
    told = f"“{now or '（未写阶段）'}”这一步没有要交的表格"
    days = [(s.on, s.kind) for s in case.project.submissions if s.on is not None and s.on <= case.options.as_of]
    if days:
        day, kind = max(days, key=lambda one: one[0])
        word = case.regulation.words.get("submissions", {}).get(kind or "")
        again = f"；要再印那时的表格，加 --stage {word.stages[0]}" if word and word.stages else ""
        told += f"；最近一次报送是 {day} 的{kind}{again}"
    for name in names[at + 1 :]:
        titles = [entry.title for entry in case.regulation.forms if _awaited(case, entry, name)]
        if titles:
            return f"{told}；下一次是“{name}”：{'、'.join(titles)}"
    return told


def _awaited(case: JudgeableCase, entry: PackForm, stage: str) -> bool:
    form = templates.form_for(entry)
    kept = form.occasional or form.whole or form.each_step
    return not kept and _needed(case, entry, form, stage, asked=True)


# -- whom a form is for, and whether it is too early for it ------------------------------------------


def not_for(case: JudgeableCase, entry: PackForm) -> PlanTest | None:
    """The condition by which a form is for other projects than this one; None if it is for this one or may be."""
    facts = case.facts()
    failed = (test for test in entry.members if facts.holds(test.when) is False)
    return next((test for test in failed if not _ahead(case, test)), None)


def _ahead(case: JudgeableCase, member: PlanTest) -> list[Rule]:
    """The rules that demand of this project the approvals which a condition still misses; [] if it misses more."""
    facts = case.facts()
    found: list[Rule] = []
    for test in member.when.tests:
        if facts.test(test) is not False:
            continue
        owed = [
            rule
            for rule in case.regulation.rules
            if test.ref.head == "approvals"
            and test.ref.key in rule.demand.act_words
            and facts.holds(rule.when) is not False
        ]
        if not owed:
            return []
        found += owed
    return found


def too_early(case: JudgeableCase, entry: PackForm) -> str | None:
    """Why a form about what has been done cannot be handed in yet; None if it can, or is no such form."""
    if not templates.form_for(entry).afterwards:
        return None
    for member in entry.members:
        if rules := _ahead(case, member):
            asked = "、".join(dict.fromkeys(f"{act}（{rule.article}）" for rule in rules for act in rule.demand.act_words))
            return f"项目要先经{asked}，现在还没有批复的记录"
    regulation = case.regulation
    made = progress(case.facts())
    if regulation.order(entry.stage) <= max(made.judged, 0):
        return None
    now = made.names[made.judged] if made.judged >= 0 else case.project.stage or "未写阶段"
    return f"它写的是“{entry.stage}”这一步的事，项目现在在“{now}”"
