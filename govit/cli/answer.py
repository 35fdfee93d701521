"""govit answer：记录人工确认的回答，或者逐个问完一个项目的待答问题."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from govit.cli.asking import (
    again,
    agreed,
    before_stage,
    cases_of,
    on_terminal,
    save,
    show_question,
    shown_file,
    typed,
    walk,
    why_not,
)
from govit.cli.common import EXIT_USAGE, attempt, day, stop, tell

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    import typer

    from govit.cli import completing
    from govit.cli.options import AsOf, OwnRegulations
    from govit.judging.case import Case, JudgeableCase
    from govit.judging.run import RunSettings
    from govit.law.vocabulary import Question

_HOW = "govit answer 项目文件夹 问题 是|否|不适用 --by 姓名（答“不适用”的加 --note 原因）"


class AnswerRequest(NamedTuple):
    """What the words after `govit answer` mean."""

    path: Path
    question: str | None
    answer: str | None


class Given(NamedTuple):
    """What the options say of an answer."""

    by: str
    on: dt.date
    note: str
    replace: bool


_QUESTION_AND_ANSWER, _ALL_THREE = 2, 3
"""How many words are given: question and answer, or a path before them."""


def command(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            help="项目或卷宗（默认当前文件夹）、问题的名称、回答（是、否、不适用）；不写问题的逐个提问",
            metavar="[PATH] [QUESTION ANSWER]",
            show_default=False,
            autocompletion=completing.questions,
        ),
    ] = None,
    by: Annotated[str | None, typer.Option("--by", help="谁确认的")] = None,
    note: Annotated[str, typer.Option("--note", help="说明；答“不适用”的必须写", show_default=False)] = "",
    on: Annotated[str | None, typer.Option("--on", help="哪天确认的，默认判断日", metavar="DATE")] = None,
    replace: Annotated[bool, typer.Option("--replace", help="替换已有的回答")] = False,
    as_of: AsOf = None,
    stage: Annotated[
        str | None, typer.Option(help="按即将进入的阶段提问，例如 审批", autocompletion=completing.stages)
    ] = None,
    regulations: OwnRegulations = None,
) -> None:
    """记录人工确认的回答；不写问题的，在终端上逐个提问，每个都显示条文."""
    from govit.judging import run

    request = _request(words or [])
    today = day(as_of)
    settings = run.RunSettings(paths=(request.path,), as_of=today, stage=stage, regulations=regulations)
    cases = cases_of(settings)
    confirmed = _confirmed(on, today)
    if request.question is None:
        if on_terminal():
            walk(settings, cases, by, confirmed)
        else:
            _list(cases)
        return
    case = _case_for(cases, request.question)
    _answer_one(settings, cases, case, request, Given(by or "", confirmed, note, replace))


def _request(words: list[str]) -> AnswerRequest:
    """PATH, QUESTION and ANSWER, of which the first or the last two may be left out."""
    from govit.dossier.model import ANSWERS

    if len(words) > _ALL_THREE:
        stop(f"多写了“{' '.join(words[_ALL_THREE:])}”；写成 {_HOW}")
    if words and words[-1].strip() in ANSWERS and len(words) > 1:
        path = Path(words[0]) if len(words) == _ALL_THREE else Path()
        return AnswerRequest(path, words[-2].strip(), words[-1].strip())
    if len(words) == _ALL_THREE:
        stop(f"回答只能是 {'、'.join(ANSWERS)}，不能是“{words[2]}”")
    first = Path(words[0]) if words and Path(words[0]).exists() else None
    if not words or (first is not None and len(words) == 1):
        return AnswerRequest(first or Path(), None, None)
    if first is None and len(words) == _QUESTION_AND_ANSWER:
        stop(f"路径不存在：{words[0]}；也可能是回答写错了，只能写 {'、'.join(ANSWERS)}，不能是“{words[1]}”")
    if first is None and ("/" in words[0] or os.sep in words[0] or words[0].endswith(".yaml")):
        stop(f"路径不存在：{words[0]}")
    return AnswerRequest(first or Path(), words[-1].strip(), None)


def _confirmed(on: str | None, today: dt.date) -> dt.date:
    from govit.base.dates import parse_date

    if on is None:
        return today
    try:
        given = parse_date(on)
    except ValueError as error:
        stop(f"--on：{error}；写成 2026-03-01 的样子")
    if given > today:
        stop(f"确认日期 {given} 晚于判断日 {today}，还没有到的日子不能确认")
    return given


def _case_for(cases: list[Case], question: str) -> JudgeableCase:
    """The one project that a question is asked of; of a question about the unit, any project of one dossier."""
    from govit.base.nearest import did_you_mean
    from govit.importing import answering
    from govit.judging.case import JudgeableCase

    usable = [case for case in cases if isinstance(case, JudgeableCase)]
    if not usable:
        stop(f"{why_not(cases[0])}")
    if len(usable) == 1:
        return usable[0]
    found = [case for case in usable if question in case.regulation.questions]
    if not found:
        known = dict.fromkeys(name for case in usable for name in case.regulation.questions)
        return stop(f"没有“{question}”这个问题；{did_you_mean(question, known)}")
    if len({case.path for case in found}) == 1:
        return found[0]
    about_unit = all(case.regulation.questions[question].of == answering.UNIT for case in found)
    if len(found) == 1 or (about_unit and len({case.dossier.root for case in found}) == 1):
        return found[0]
    listed = "".join(f"\n  govit answer {typed(case)} {question} …" for case in found[:20])
    return stop(f"这里有 {len(found)} 个项目可以回答它，请写明是哪一个：{listed}")


# -- one question --------------------------------------------------------------------------------------


def _answer_one(
    settings: RunSettings, cases: list[Case], case: JudgeableCase, request: AnswerRequest, given: Given
) -> None:
    from govit.importing import answering
    from govit.importing.answering import Reply

    regulation = case.regulation
    question = attempt(lambda: answering.question_named(regulation, request.question or ""))
    where = answering.target(case, question)
    if request.answer is None:
        show_question(question, regulation, where)
        tell(f"回答：govit answer {typed(case)} {question.name} 是|否|不适用 --by 姓名")
        raise SystemExit(EXIT_USAGE)
    reply = Reply(question=question, answer=request.answer, by=given.by, on=given.on, note=given.note)
    attempt(lambda: answering.checked(reply))
    if where.existing is not None:
        tell(f"“{question.name}”已有回答：{where.existing}  {where.file.name}")
        if not given.replace and not agreed(f"换成“{reply.answer}”（{reply.by} {reply.on}）吗？"):
            stop("没有改动；要替换的加 --replace")
    save(where, reply, shown_file(where, case))
    tell(f"已记入 {shown_file(where, case)}：{question.name} {reply.answer}（{reply.by} {reply.on}）")
    again_asked: Sequence[Case] = cases if where.cls is not type(case.project) else [case]
    _show_effects(settings, again_asked, question, first=where.existing is None)


def _key(case: Case) -> tuple[str, str | None]:
    """A project under one regulation."""
    return case.path, case.project.regulation


def _show_effects(settings: RunSettings, cases: Sequence[Case], question: Question, *, first: bool) -> None:
    """What `check` says otherwise than before, of every project that was asked for."""
    from govit.importing import answering
    from govit.judging.case import JudgeableCase

    before = {_key(case): answering.examined(case) for case in cases if isinstance(case, JudgeableCase)}
    changed = 0
    for case in [again(settings, cases[0])] if len(cases) == 1 else cases_of(settings):
        if _key(case) not in before or not isinstance(case, JudgeableCase):
            continue
        after = answering.examined(case)
        found = answering.effects(before[_key(case)], after)
        changed += len(found)
        if found and len(before) > 1:
            tell(f"■ {case.project.name}  {case.path}")
        for effect in found:
            tell(f"  {effect}")
        left = answering.open_questions(after, case.regulation)
        if left and (found or len(before) == 1):
            tell(f"  还有 {len(left)} 个问题待回答：{'、'.join(one.question.name for one in left)}")
    if not changed and not first:
        tell("  check 的结论没有变化")
    elif not changed:
        regulation = next(case for case in cases if isinstance(case, JudgeableCase)).regulation
        rules = "、".join(rule.id for rule in answering.rules_asking(regulation, question))
        tell(f"  check 的结论没有变化：{rules or '各条规则'} 现在不等这个回答（没到那一步、不适用，或由已有数据判断）")


# -- all open questions ----------------------------------------------------------------------------------


def _list(cases: list[Case]) -> None:
    """Without a terminal nobody can be asked: what is open, and how to answer."""
    from govit.importing import answering
    from govit.judging.case import JudgeableCase

    total = 0
    for case in cases:
        if not isinstance(case, JudgeableCase):
            tell(f"■ {why_not(case)}")
            continue
        found = answering.examined(case)
        left = answering.open_questions(found, case.regulation)
        total += len(left)
        many = f"待回答 {len(left)} 个" if left else "没有待回答的问题"
        tell(f"■ {case.project.name}  {case.path}  {before_stage(found, case)}{many}")
        for one in left:
            unit = "（对整个单位）" if one.question.of == answering.UNIT else ""
            cites = "、".join(dict.fromkeys(rule.article for rule in one.rules))
            tell(f"  □ {one.question.name}{unit}：{one.question.ask}（{one.question.who}，{cites}）")
    if total:
        stop(f"{total} 个问题待回答，这里不是终端，不能逐个提问；逐个写：{_HOW}")
