"""提问：asking a person at the keyboard, showing the article each time, and saving what is said."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from govit.base.files import change_bytes, printable
from govit.cli.common import attempt, prompted, stop, tell

if TYPE_CHECKING:
    import datetime as dt

    from govit.importing.answering import Open, Reply, Target
    from govit.judging.case import Case, JudgeableCase
    from govit.judging.engine import Examined
    from govit.judging.run import RunSettings
    from govit.law.regulation import Article, Regulation
    from govit.law.vocabulary import Question

_SKIP, _LEAVE = "跳过", "退出"


def cases_of(settings: RunSettings) -> list[Case]:
    """Read the projects anew, as they stand in their files."""
    from govit.judging import run

    return attempt(lambda: list(run.open_dossiers(settings).cases()))


def again(settings: RunSettings, case: Case) -> Case:
    """One project as it stands in its files now."""
    from govit.base.records import replace

    folder = case.project.folder or Path()
    found = cases_of(replace(settings, paths=(folder,)))
    same = next((one for one in found if one.project.regulation == case.project.regulation), found[0])
    return replace(same, path=case.path)


def why_not(case: Case) -> str:
    """Why a project cannot be asked about."""
    if case.project.classified:
        return f"{case.path} 是涉密项目，不在本工具内办理"
    return f"{case.path} 现在不能判断，先用 govit check {typed(case)} 看 project.yaml 有什么问题"


def typed(case: Case) -> str:
    """The project's folder as it is typed from here."""
    folder = from_here(case.project.folder or Path())
    return f'"{folder}"' if " " in folder else folder


def from_here(path: Path) -> str:
    """A path as it is typed from here; on another drive of Windows, whole."""
    try:
        return printable(os.path.relpath(path))
    except ValueError:
        return printable(str(path))


def shown_file(where: Target, case: Case) -> str:
    """The file that was written, as `check` shows it."""
    from govit.dossier.tree import DOSSIER_FILE

    return case.dossier.shown if where.file.name == DOSSIER_FILE else case.project.source.file


def save(where: Target, reply: Reply, shown: str) -> None:
    """Write an answer into its file, whole or not at all; into the new text, if somebody changed it meanwhile."""
    from govit.importing import answering
    from govit.yamltext.edits import EditError
    from govit.yamltext.tree import MAX_BYTES

    def change(data: bytes) -> bytes:
        after = answering.recorded(data, where, reply)
        answering.still_open(data, where, reply.question)
        return after

    def again() -> None:
        tell(f"{shown} 刚被别的程序改过，在新的内容里重新写入", err=True)

    try:
        attempt(lambda: change_bytes(where.file, MAX_BYTES, change, again))
    except EditError as error:
        stop(f"{shown}：{error}")


# -- asking --------------------------------------------------------------------------------


def walk(settings: RunSettings, cases: list[Case], by: str | None, on: dt.date) -> None:
    """Ask every open question; each answer is saved at once, so one can leave at any time."""
    from govit.importing import answering
    from govit.judging.case import JudgeableCase

    for case in cases:
        if not isinstance(case, JudgeableCase):
            tell(f"■ {why_not(case)}")
            continue
        skipped: set[str] = set()
        fresh = again(settings, case) if case.project.shared else case  # what one regulation asked, no other asks again
        now = fresh if isinstance(fresh, JudgeableCase) else case
        while left := [
            one
            for one in answering.open_questions(answering.examined(now), now.regulation)
            if one.question.name not in skipped
        ]:
            ahead = before_stage(answering.examined(now), now)
            tell(f"\n■ {now.project.name}  {now.path}  {ahead}还有 {len(left)} 个问题")
            given = _ask(now, left[0], by, on)
            if given is None:
                return
            reply, by = given
            if reply is None:
                skipped.add(left[0].question.name)
                continue
            where = answering.target(now, reply.question)
            save(where, reply, shown_file(where, now))
            tell(f"已记入 {shown_file(where, now)}")
            fresh = again(settings, now)
            if not isinstance(fresh, JudgeableCase):  # somebody has written in the file meanwhile
                tell(f"■ {why_not(fresh)}")
                return
            for effect in answering.effects(answering.examined(now), answering.examined(fresh)):
                tell(f"  {effect}")
            now = fresh
        if skipped:
            tell(f"■ {now.project.name}：跳过 {len(skipped)} 个，下次再答：{'、'.join(sorted(skipped))}")
        else:
            tell(f"■ {now.project.name}：{before_stage(answering.examined(now), now)}没有待回答的问题")


def before_stage(found: Examined, case: Case) -> str:
    """The words that name the stage which the questions are about, if it is another than the project's own."""
    from govit.importing import answering

    stage = answering.asked_at(found, case)
    return f"到“{stage}”" if stage else ""


def _ask(case: JudgeableCase, one: Open, by: str | None, on: dt.date) -> tuple[Reply | None, str | None] | None:
    """One question: the reply and who gave it, None in its place if it is skipped; None if the person leaves."""
    from govit.dossier.model import ANSWERS, INAPPLICABLE
    from govit.importing.answering import Reply

    show_question(one.question, case.regulation, None, one)
    choices = (*ANSWERS, _SKIP, _LEAVE)
    try:
        given = _choice(choices)
        if given == _LEAVE:
            return None
        if given == _SKIP:
            return None, by
        while not by:
            by = prompted("谁确认的（姓名）")
        note = ""
        while given == INAPPLICABLE and not note:
            note = prompted("为什么不适用")
        if not note:
            note = prompted("说明（可以不写）", default="", show_default=False)
    except typer.Abort:
        tell(f"\n{_LEAVE}；前面的回答都已保存")
        return None
    return Reply(question=one.question, answer=given, by=by, on=on, note=note), by


def _choice(choices: tuple[str, ...]) -> str:
    """One of the choices, by its word or its number."""
    shown = "  ".join(f"{n} {word}" for n, word in enumerate(choices, 1))
    while True:
        given = prompted(f"回答（{shown}）")
        if given in choices:
            return str(given)
        if given.isascii() and given.isdigit() and 0 < int(given) <= len(choices):
            return choices[int(given) - 1]
        tell(f"请写 {'、'.join(choices)}，或者前面的数字")


def show_question(question: Question, regulation: Regulation, where: Target | None, one: Open | None = None) -> None:
    """The question with the whole text of the articles that ask it."""
    from govit.importing import answering

    rules = one.rules if one is not None else tuple(answering.rules_asking(regulation, question))
    articles: list[Article] = answering.articles_of(rules, regulation)
    for article in articles:
        tell(f"《{regulation.title}》{article.cite}")
        tell(f"  {article.text}")
    unit = "，对整个单位只回答一次" if question.of == answering.UNIT else ""
    tell(f"{question.name}：{question.ask}（由{question.who}回答{unit}）")
    if where is not None and where.existing is not None:
        tell(f"  已有回答：{where.existing}")


def agreed(ask: str) -> bool:
    """Whether somebody at a terminal says yes."""
    try:
        return on_terminal() and typer.confirm(printable(ask))
    except typer.Abort:
        return False


def on_terminal() -> bool:
    """Whether a person sits at both ends."""
    return sys.stdin.isatty() and sys.stdout.isatty()
