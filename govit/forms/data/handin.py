"""材料清单：what a submission hands in, in the order of the text, present or missing, and in what shape. Pure.

Which papers a project owes is not told a second time: a paper that a rule asks for only under a
condition is left out where the condition does not hold, and of papers any one of which will do, one is enough.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit.base.nearest import did_you_mean
from govit.base.usage import UsageError
from govit.dossier.lists import BY_KIND
from govit.forms.data.printed import box, day, listed
from govit.judging.facts import Facts
from govit.judging.stages import progress
from govit.law.regulation import STRENGTH_WORDS
from govit.law.vocabulary import PaperDemand

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govit.dossier.model import Document, Notice, Submission
    from govit.forms.data.about import About
    from govit.law.conditions import Ref
    from govit.law.regulation import Rule
    from govit.law.vocabulary import Word

Row = dict[str, Any]
READY, LACKING = "已备", "未备"


def handins(about: About) -> list[Row]:
    """The submissions of the step that the project is about to make, or the one asked for."""
    return [_handin(about, number, word) for number, word in enumerate(_chosen(about), 1)]


def materials(about: About) -> list[Row]:
    """The papers of the submission that the form belongs to."""
    word = _words(about).get(about.entry.submission)
    return _rows(about, word) if word else []


def count(rows: Iterable[Row], *, present: bool) -> str:
    """How many papers are there, or missing."""
    return str(sum(row["present"] is present for row in rows))


def _words(about: About) -> Mapping[str, Word]:
    return about.regulation.words.get("submissions", {})


# -- which submissions -----------------------------------------------------------------------------


def _chosen(about: About) -> list[Word]:
    words = _words(about)
    if about.which:
        if about.which not in words:
            message = f"《{about.regulation.title}》没有“{about.which}”这个报送事项；{did_you_mean(about.which, words)}"
            raise UsageError(message)
        return [words[about.which]]
    owed = _owed_submissions(about)
    return _of_this_step(about, owed) or _nearest_step(about, owed)


def _owed_submissions(about: About) -> list[Word]:
    """Those that belong to a step, are asked of such a project and have papers."""
    words = _words(about).values()
    return [word for word in words if word.stages and _demanded(about, word) and _rows(about, word)]


def _of_this_step(about: About, owed: list[Word]) -> list[Word]:
    """Those of the present step: not yet made if there are any, else made."""
    facts = _facts(about)
    order = progress(facts, about.case.options.stage)
    here = [word for word in owed if order.names[order.judged] in word.stages]
    return [word for word in here if not _made(about, word)] or here


def outstanding(about: About) -> bool:
    """Whether the present step has a submission with papers that has not been made."""
    return any(not _made(about, word) for word in _of_this_step(about, _owed_submissions(about)))


def _nearest_step(about: About, owed: list[Word]) -> list[Word]:
    """Those of the next step that has any, else of the last one before."""
    facts = _facts(about)
    now = progress(facts, about.case.options.stage).judged
    steps = {about.regulation.order(stage) for word in owed for stage in word.stages}
    later = sorted(step for step in steps if step > now) or sorted(steps)[-1:]
    name = about.regulation.stages[later[0]].name if later else ""
    return [word for word in owed if name in word.stages]


def _demanded(about: About, word: Word) -> bool:
    """Whether the rule that demands the submission does not speak against it."""
    rule = next((r for r in about.regulation.rules if r.id == word.rule), None)
    return rule is None or _facts(about).holds(rule.when) is not False


def _made(about: About, word: Word) -> list[Submission]:
    return [s for s in about.project.submissions if s.kind == word.name and s.on is not None and s.on <= about.as_of]


def _facts(about: About) -> Facts:
    options = about.case.options
    return Facts(about.project, about.regulation, about.case.dossier.index, options.as_of, options.schedule)


# -- one submission --------------------------------------------------------------------------------


def _handin(about: About, number: int, word: Word) -> Row:
    made = _made(about, word)
    rows = _rows(about, word)
    last = made[-1] if made else None
    article = word.article
    document = f"（{about.regulation.document_number}）" if about.regulation.document_number else ""
    notices = _notices(about, word)
    return {
        "n": str(number),
        "kind": word.name,
        "to": _addressees(word, last) or "",
        "article": article,
        "cite": f"《{about.regulation.title}》{document}{article}",
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


def _rows(about: About, word: Word) -> list[Row]:
    names = word.materials
    rules = about.regulation.rules
    found: list[Row] = []
    told: set[str] = set()
    for name in names:
        asked = [rule for rule in rules if name in rule.demand.papers]
        paper = _paper(about, name)
        either = [other for other in names if any(other in rule.demand.any_of for rule in asked)]
        if paper is not None:
            found.append(_row(about, word, name, paper, _weight(asked)))
        elif not _owed(about, asked) or name in told or any(_paper(about, other) for other in either):
            continue
        elif either:
            told |= set(either)
            found.append(_row(about, word, "、".join(either), None, "有其一即可"))
        else:
            found.append(_row(about, word, name, None, _weight(asked)))
    return [{"n": str(number), **row} for number, row in enumerate(found, 1)]


def _row(about: About, word: Word, name: str, paper: Document | None, note: str) -> Row:
    notices = _notices(about, word)
    demands = word.demands.get(name, PaperDemand())
    copies = demands.copies or next((n.copies for n in notices if n.copies), "")
    sealed = demands.sealed or any(n.sealed for n in notices)
    path = paper.path if paper else None
    return {
        "at": paper.at if paper else "documents",
        "name": name,
        "present": paper is not None,
        "box": box(paper is not None),
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


def _weight(asked: list[Rule]) -> str:
    """原则上 or 可以 where no rule says 应当."""
    strengths = {rule.strength for rule in asked}
    if not strengths or "must" in strengths:
        return ""
    return STRENGTH_WORDS["default" if "default" in strengths else "may"]


def _paper(about: About, name: str) -> Document | None:
    """The latest paper of a kind up to the day of the form."""
    papers = [
        paper
        for paper in about.project.documents
        if name in paper.kinds and not paper.missing and (paper.date is None or paper.date <= about.as_of)
    ]
    dated = [paper for paper in papers if paper.date is not None]
    return max(dated, key=lambda paper: str(paper.date)) if dated else papers[0] if papers else None


def _notices(about: About, word: Word) -> list[Notice]:
    """The notices on this submission that say in what shape papers are handed in."""
    return [
        notice
        for notice in about.project.settings.notices
        if word.name in _on(about, notice)
        and notice.of in (None, about.project.id)
        and notice.year in (None, about.project.year)
        and (notice.format or notice.sealed or notice.copies)
    ]


def _on(about: About, notice: Notice) -> list[str]:
    """The submissions that a notice is about."""
    kind = about.regulation.words.get("notices", {}).get(notice.kind or "")
    return list(kind.submissions) if kind else []


# -- what the rules say of a paper -----------------------------------------------------------------


def _owed(about: About, asked: list[Rule]) -> bool:
    """Whether a paper is owed: unless every rule that asks for it speaks of other projects than this one.

    A condition on what has been recorded so far (an approval, the submission itself) does not take a paper off the list.
    """
    facts = _facts(about)
    against = [rule for rule in asked if _speaks_of_others(about, facts, rule)]
    return not asked or len(against) < len(asked)


def _speaks_of_others(about: About, facts: Facts, rule: Rule) -> bool:
    failed = [test for test in rule.when.tests if facts.test(test) is False]
    return any(not _on_records(about, test.ref, set()) for test in failed)


def _on_records(about: About, ref: Ref, seen: set[str]) -> bool:
    """Whether a value rests on what has been recorded, itself or through facts of the regulation."""
    if ref.head in BY_KIND:
        return True
    fact = about.regulation.facts.get(ref.key or ref.text)
    if fact is None or fact.name in seen:
        return False
    return any(_on_records(about, part, seen | {fact.name}) for part in fact.derivation.mentioned())
