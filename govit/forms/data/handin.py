"""材料清单：what a submission hands in, in the order of the text, present or missing, and in what shape. Pure.

Which papers a project owes is not told a second time: a paper that a rule asks for only under a
condition is left out where the condition does not hold, and of papers any one of which will do, one is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.base.usage import UsageError
from govit.dossier.lists import BY_KIND
from govit.forms.data.printed import box, day, listed
from govit.judging.stages import progress
from govit.law.regulation import STRENGTH_WORDS
from govit.law.vocabulary import PaperDemand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govit.dossier.model import Document, Notice, Submission
    from govit.forms.data.filled_form import FilledForm
    from govit.forms.data.printed import Row
    from govit.judging.facts import Facts
    from govit.law.conditions import Ref
    from govit.law.regulation import Rule
    from govit.law.vocabulary import Word

READY, LACKING = "已备", "未备"


def handins(filled_form: FilledForm) -> list[Row]:
    """The submissions of the step that the project is about to make, or the one asked for."""
    return [_handin(filled_form, number, word) for number, word in enumerate(_chosen(filled_form), 1)]


def materials(filled_form: FilledForm) -> list[Row]:
    """The papers of the submission that the form belongs to."""
    word = _words(filled_form).get(filled_form.entry.submission)
    return _rows(filled_form, word) if word else []


def count(rows: Iterable[Row], *, present: bool) -> str:
    """How many papers are there, or missing."""
    return str(sum(row["present"] is present for row in rows))


def _words(filled_form: FilledForm) -> Mapping[str, Word]:
    return filled_form.regulation.words.get("submissions", {})


# -- which submissions -----------------------------------------------------------------------------


def _chosen(filled_form: FilledForm) -> list[Word]:
    words = _words(filled_form)
    if filled_form.which:
        if filled_form.which not in words:
            message = f"《{filled_form.regulation.title}》没有“{filled_form.which}”这个报送事项；{did_you_mean(filled_form.which, words)}"
            raise UsageError(message)
        return [words[filled_form.which]]
    owed = _owed_submissions(filled_form)
    return _of_this_step(filled_form, owed) or _nearest_step(filled_form, owed)


def _owed_submissions(filled_form: FilledForm) -> list[Word]:
    """Those that belong to a step, are asked of such a project and have papers."""
    words = _words(filled_form).values()
    return [word for word in words if word.stages and _demanded(filled_form, word) and _rows(filled_form, word)]


def _of_this_step(filled_form: FilledForm, owed: list[Word]) -> list[Word]:
    """Those of the present step: not yet made if there are any, else made."""
    facts = _facts(filled_form)
    order = progress(facts, filled_form.case.options.stage)
    here = [word for word in owed if order.names[order.judged] in word.stages]
    return [word for word in here if not _made(filled_form, word)] or here


def outstanding(filled_form: FilledForm) -> bool:
    """Whether the present step has a submission with papers that has not been made."""
    return any(not _made(filled_form, word) for word in _of_this_step(filled_form, _owed_submissions(filled_form)))


def of_this_step(filled_form: FilledForm) -> bool:
    """Whether the present step has a submission with papers, made or not."""
    return bool(_of_this_step(filled_form, _owed_submissions(filled_form)))


def _nearest_step(filled_form: FilledForm, owed: list[Word]) -> list[Word]:
    """Those of the next step that has any, else of the last one before."""
    facts = _facts(filled_form)
    now = progress(facts, filled_form.case.options.stage).judged
    steps = {filled_form.regulation.order(stage) for word in owed for stage in word.stages}
    later = sorted(step for step in steps if step > now) or sorted(steps)[-1:]
    name = filled_form.regulation.stages[later[0]].name if later else ""
    return [word for word in owed if name in word.stages]


def _demanded(filled_form: FilledForm, word: Word) -> bool:
    """Whether the rule that demands the submission does not speak against it."""
    rule = next((r for r in filled_form.regulation.rules if r.id == word.rule), None)
    return rule is None or _facts(filled_form).holds(rule.when) is not False


def _made(filled_form: FilledForm, word: Word) -> list[Submission]:
    return [
        s
        for s in filled_form.project.submissions
        if s.kind == word.name and s.on is not None and s.on <= filled_form.as_of
    ]


def _facts(filled_form: FilledForm) -> Facts:
    return filled_form.case.facts()


# -- one submission --------------------------------------------------------------------------------


def _handin(filled_form: FilledForm, number: int, word: Word) -> Row:
    made = _made(filled_form, word)
    rows = _rows(filled_form, word)
    last = made[-1] if made else None
    article = word.article
    document = f"（{filled_form.regulation.document_number}）" if filled_form.regulation.document_number else ""
    notices = _notices(filled_form, word)
    return {
        "n": str(number),
        "kind": word.name,
        "to": _addressees(word, last) or "",
        "article": article,
        "cite": f"《{filled_form.regulation.title}》{document}{article}",
        "via": word.via,
        "date": day(last.on) if last else None,
        "number": last.number if last else None,
        "rows": rows,
        "present_count": count(rows, present=True),
        "missing_count": count(rows, present=False),
        "note": "；".join(_said(notice) for notice in notices),
    }


def _addressees(word: Word, made: Submission | None) -> str | None:
    """To whom: as it was made, else as the regulation says, with 或者 between those of whom one is enough."""
    if made and made.to and word.either:
        return listed(made.to)
    return listed(word.to, "或者" if word.either else "、")


def _said(notice: Notice) -> str:
    """A notice that says how to hand in, as a note below the list."""
    title = f"《{notice.title}》" if notice.title else f"“{notice.kind}”"
    return f"形式和份数按{title}（{notice.number}）" if notice.number else f"形式和份数按{title}"


def _rows(filled_form: FilledForm, word: Word) -> list[Row]:
    names = word.materials
    rules = filled_form.regulation.rules
    found: list[Row] = []
    listed: set[str] = set()
    for name in names:
        demanding = [rule for rule in rules if name in rule.demand.papers]
        paper = _paper(filled_form, name)
        either = [other for other in names if any(other in rule.demand.any_of for rule in demanding)]
        if paper is not None:
            found.append(_row(filled_form, word, name, paper, _weight(demanding)))
        elif not _owed(filled_form, demanding) or name in listed or any(_paper(filled_form, other) for other in either):
            continue
        elif either:
            listed |= set(either)
            found.append(_row(filled_form, word, "、".join(either), None, "有其一即可"))
        else:
            found.append(_row(filled_form, word, name, None, _weight(demanding)))
    return [{"n": str(number), **row} for number, row in enumerate(found, 1)]


def _row(filled_form: FilledForm, word: Word, name: str, paper: Document | None, note: str) -> Row:
    notices = _notices(filled_form, word)
    demands = word.demands.get(name, PaperDemand())
    copies = demands.copies or next((n.copies for n in notices if n.copies), "")
    sealed = demands.sealed or any(n.sealed for n in notices)
    path = paper.path if paper else None
    return {
        "at": paper.at if paper else "documents",
        "name": name,
        "present": paper is not None,
        "box": box(chosen=paper is not None),
        "state": READY if paper else LACKING,
        "date": day(paper.date) if paper else None,
        "path": path,
        "file": path.rpartition("/")[2] if path else None,
        "by": paper.by if paper else None,
        "result": paper.result if paper else None,
        "format": demands.format or next((n.format for n in notices if n.format), ""),
        "sealed": "加盖公章" if sealed else "",
        "copies": copies,
        "file_type": path.rpartition(".")[2].lower() if path and "." in path else None,
        "note": demands.note or note,
    }


def _weight(demanding: list[Rule]) -> str:
    """原则上 or 可以 where no rule says 应当."""
    strengths = {rule.strength for rule in demanding}
    if not strengths or "must" in strengths:
        return ""
    return STRENGTH_WORDS["default" if "default" in strengths else "may"]


def _paper(filled_form: FilledForm, name: str) -> Document | None:
    """The latest paper of a kind up to the day of the form."""
    papers = [
        paper
        for paper in filled_form.project.documents
        if name in paper.kinds and not paper.missing and (paper.date is None or paper.date <= filled_form.as_of)
    ]
    dated = [paper for paper in papers if paper.date is not None]
    return max(dated, key=lambda paper: str(paper.date)) if dated else papers[0] if papers else None


def _notices(filled_form: FilledForm, word: Word) -> list[Notice]:
    """The notices on this submission that say in what shape papers are handed in."""
    return [
        notice
        for notice in filled_form.project.settings.notices
        if word.name in _on(filled_form, notice)
        and notice.of in (None, filled_form.project.id)
        and notice.year in (None, filled_form.project.year)
        and (notice.format or notice.sealed or notice.copies)
    ]


def _on(filled_form: FilledForm, notice: Notice) -> list[str]:
    """The submissions that a notice is about."""
    kind = filled_form.regulation.words.get("notices", {}).get(notice.kind or "")
    return list(kind.submissions) if kind else []


# -- which step a paper belongs to ---------------------------------------------------------------------


def of_later_step(filled_form: FilledForm, paper: Document) -> bool:
    """Whether every kind that a paper is belongs to later steps than the form, by the rules and the submissions."""
    if not filled_form.to_its_step:
        return False
    own = filled_form.regulation.order(filled_form.entry.stage)
    return bool(paper.kinds) and all((steps := _steps(filled_form, kind)) and min(steps) > own for kind in paper.kinds)


def _steps(filled_form: FilledForm, kind: str) -> list[int]:
    """The steps at which a kind of paper is asked for."""
    regulation = filled_form.regulation
    named = [rule.stage for rule in regulation.rules if kind in rule.demand.papers]
    named += [stage for word in _words(filled_form).values() if kind in word.materials for stage in word.stages]
    return [regulation.order(stage) for stage in named if stage]


# -- what the rules say of a paper -----------------------------------------------------------------


def _owed(filled_form: FilledForm, demanding: list[Rule]) -> bool:
    """Whether a paper is owed: unless every rule that asks for it speaks of other projects than this one.

    A condition on what has been recorded so far (an approval, the submission itself) does not take a paper off the list.
    """
    facts = _facts(filled_form)
    against = [rule for rule in demanding if _speaks_of_others(filled_form, facts, rule)]
    return not demanding or len(against) < len(demanding)


def _speaks_of_others(filled_form: FilledForm, facts: Facts, rule: Rule) -> bool:
    return any(facts.test(test) is False for test in rule.when.tests if not _on_records(filled_form, test.ref))


def _on_records(filled_form: FilledForm, ref: Ref) -> bool:
    """Whether a value rests on what has been recorded or is asked of each record, itself or through facts of the regulation."""
    todo, seen = [ref], set[str]()
    while todo:
        ref = todo.pop()
        if ref.head in BY_KIND or ref.head == "item":
            return True
        fact = filled_form.regulation.facts.get(ref.key or ref.text)
        if fact is not None and fact.name not in seen:
            seen.add(fact.name)
            todo += fact.derivation.mentioned()
    return False
