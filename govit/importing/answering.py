"""人工确认：which questions are open for a project, what an answer writes where, and what it changes. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.base.records import named_record, record, replace
from govit.base.usage import UsageError
from govit.dossier.finding import Outcome
from govit.dossier.lists import list_of
from govit.dossier.model import ANSWERS, INAPPLICABLE, Answer, Project, Settings
from govit.dossier.rewriting import read, rewritten
from govit.dossier.tree import DOSSIER_FILE, PROJECT_FILE
from govit.judging.engine import OPEN
from govit.yamltext.edits import EditError, Put

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from govit.dossier.keys import Declared
    from govit.dossier.model import Source
    from govit.judging.case import Case, JudgeableCase
    from govit.judging.engine import Examined
    from govit.judging.judgement import Judgement
    from govit.law.regulation import Article, Regulation, Rule
    from govit.law.vocabulary import Question

    Words = Mapping[str, Mapping[str, str]]

_ANSWERS = list_of(Answer)
UNIT = "unit"
"""What `of` of a question says that is answered once for the whole unit."""
OUTCOME_WORDS = {
    Outcome.COMPLIES: "合规",
    Outcome.VIOLATES: "不合规",
    Outcome.NOT_APPLICABLE: "不适用",
    Outcome.UNDETERMINED: "待定",
}


@named_record
class Reply:
    """一个回答：what somebody says to a question."""

    question: Question
    answer: str
    by: str
    on: dt.date
    note: str = ""


@record
class Open:
    """待回答的问题，and the rules that wait for the answer."""

    question: Question
    rules: tuple[Rule, ...]


@record
class Target:
    """写在哪里：the file, the record class that it is read as, and the answer that it has already, if any."""

    file: Path
    cls: type[Declared]
    words: Words
    given: frozenset[str]
    existing: str | None


# -- which questions -------------------------------------------------------------------------------


def examined(case: JudgeableCase) -> Examined:
    """The project judged at its stage; at 草拟, where nothing is due yet, as if it were about to be handed in."""
    found = case.examined()
    if case.options.stage is not None or found.run.progress.judged != 0:
        return found
    return case.examined(replace(case.options, stage=case.regulation.first_submission))


def asked_at(found: Examined, case: Case) -> str:
    """The stage that questions are asked for, where it is not the one that the project names; else ''."""
    made = found.run.progress
    judged = made.names[made.judged] if made.judged >= 0 else ""
    return "" if judged == case.project.stage else judged


def open_questions(found: Examined, regulation: Regulation) -> list[Open]:
    """Every question that a rule waits for, in the order of the text; where data decide, none is asked."""
    waiting: dict[str, list[Rule]] = {}
    for judgement in found.judgements:
        if judgement.verdict.outcome is Outcome.UNDETERMINED:
            for ref in judgement.verdict.missing:
                if ref.head == _ANSWERS.name and judgement.rule not in waiting.setdefault(ref.key, []):
                    waiting[ref.key].append(judgement.rule)
    return [Open(regulation.questions[name], tuple(rules)) for name, rules in waiting.items()]


def question_named(regulation: Regulation, name: str) -> Question:
    """The question of a name; UsageError with the nearest one."""
    if name not in regulation.questions:
        message = f"《{regulation.title}》没有“{name}”这个问题；{did_you_mean(name, regulation.questions)}"
        raise UsageError(message)
    return regulation.questions[name]


def articles_of(rules: Iterable[Rule], regulation: Regulation) -> list[Article]:
    """The articles that the rules stand in, each once."""
    found = [a for rule in rules for a in regulation.articles if any(rule in s.rules for s in a.sentences)]
    return list(dict.fromkeys(found))


def rules_asking(regulation: Regulation, question: Question) -> list[Rule]:
    """The rules that ask a question outright."""
    return [rule for rule in regulation.rules if rule.demand.question == question.name]


# -- writing an answer --------------------------------------------------------------------------------


def checked(reply: Reply) -> Reply:
    """A reply that may be recorded; UsageError for what is missing."""
    if reply.answer not in ANSWERS:
        message = f"回答只能是 {'、'.join(ANSWERS)}，不能是“{reply.answer}”"
        raise UsageError(message)
    if not reply.by.strip():
        message = "要写明是谁确认的：--by 姓名"
        raise UsageError(message)
    if reply.answer == INAPPLICABLE and not reply.note.strip():
        message = f"答“{INAPPLICABLE}”要写明为什么：--note 原因"
        raise UsageError(message)
    return reply


def target(case: JudgeableCase, question: Question) -> Target:
    """Where the answer of a project stands or belongs: about the unit, in govit.yaml, where there is one."""
    project, settings, words = case.project, case.project.settings, case.regulation.vocabulary()
    own = f"{_ANSWERS.path}.{question.name}" in project.source.places
    shared = settings.source is not None and "" in settings.source.places
    if question.of == UNIT and shared and not own:
        existing = _existing(settings.answers, settings.source, question)
        file = case.dossier.root / DOSSIER_FILE
        return Target(file, Settings, words, frozenset(("unit.name",)), existing)
    existing = _existing(project.answers, project.source, question)
    given = frozenset(("unit.name",)) if settings.unit and settings.unit.name else frozenset[str]()
    return Target((project.folder or case.dossier.root) / PROJECT_FILE, Project, words, given, existing)


def _existing(answers: Mapping[str, Answer], source: Source | None, question: Question) -> str | None:
    """What is recorded already, in words."""
    answer = answers.get(question.name)
    if answer is not None:
        note = f"，{answer.note}" if answer.note else ""
        return f"{answer.answer}（{answer.by} {answer.on}{note}）"
    place = source.places.get(f"{_ANSWERS.path}.{question.name}") if source is not None else None
    return f"第 {place[0]} 行有一条不完整的记录" if place else None


def still_open(data: bytes, where: Target, question: Question) -> None:
    """UsageError if somebody has answered the question since it was asked: an answer is replaced knowingly or not."""
    values, _ = read(data, where.cls, where.words, where.given)
    answers = values.get("answers", {})
    now = _existing(answers, None, question)
    if question.name in answers and now != where.existing:
        message = f"“{question.name}”刚被人回答过：{now}，没有改动；要替换的再运行一次，加 --replace"
        raise UsageError(message)


def recorded(data: bytes, where: Target, reply: Reply) -> bytes:
    """The file with the answer in it; EditError if it could not be written so that it reads back."""
    value: dict[str, str | dt.date] = {"answer": reply.answer, "by": reply.by, "on": reply.on}
    if reply.note.strip():
        value["note"] = reply.note
    after = rewritten(data, [Put((*_ANSWERS.keys, reply.question.name), value)], where.cls, where.words, where.given)
    values, _ = read(after, where.cls, where.words, where.given)
    found = values.get(_ANSWERS.path, {}).get(reply.question.name)
    if found is None or (found.answer, found.by, found.on) != (reply.answer, reply.by.strip(), reply.on):
        message = f"“{reply.question.name}”的回答写入后读不回来，没有改动"
        raise EditError(message)
    return after


# -- what it changed -----------------------------------------------------------------------------------


@record
class Effect:
    """变化：the outcome of one duty before and after, None where it was not or is no longer listed."""

    rule: Rule
    subject: str
    before: Outcome | None
    after: Outcome | None

    def __str__(self) -> str:
        """As it is shown: 待定 → 合规."""
        subject = f"  [{self.subject}]" if self.subject else ""
        words = " → ".join(OUTCOME_WORDS[o] if o else "未列出" for o in (self.before, self.after))
        return f"{self.rule.id}{subject}  {words}  {self.rule.title}（{self.rule.article}）"


def effects(before: Examined, after: Examined) -> list[Effect]:
    """Every duty whose outcome is another one now, and that was or is open."""
    first, second = _outcomes(before.judgements), _outcomes(after.judgements)
    found = []
    for key in dict.fromkeys((*first, *second)):
        was, now = first.get(key), second.get(key)
        old, new = was.verdict.outcome if was else None, now.verdict.outcome if now else None
        one = now or was
        if old is not new and (old in OPEN or new in OPEN) and one is not None:
            found.append(Effect(one.rule, key[1], old, new))
    return found


def _outcomes(judgements: Iterable[Judgement]) -> dict[tuple[str, str], Judgement]:
    return {(j.rule.id, j.subject): j for j in judgements}
