"""下一步：what the unit hands to whom, with which papers, until when, after what is open has been done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.language import say
from govit.deadlines.dates import OPEN
from govit.deadlines.due import of_rules
from govit.deadlines.notices import unregistered
from govit.judging.case import JudgeableCase
from govit.report.deadlines import days_word
from govit.report.route import numbered, paper_of
from govit.route.routing import route

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govit.deadlines.dates import Deadline
    from govit.judging.case import Case
    from govit.route.steps import Route, Step

SOON = 30


def next_steps(cases: Iterable[Case]) -> dict[tuple[str, str], list[str]]:
    """Of every project, by its path and its regulation, the lines that say what comes next."""
    return {(case.path, case.regulation.id if case.regulation else ""): list(next_step(case)) for case in cases}


def next_step(case: Case) -> Iterator[str]:
    """The lines of one project."""
    routes = route(case).routes
    for one in routes:
        name = f"（{one.name}）" if len(routes) > 1 else ""
        head = f"  {say('下一步')}{name} "
        if one.channel:
            yield head + one.channel
        elif one.next is not None and isinstance(case, JudgeableCase):
            yield from _step(one, one.next, case, head)
        elif one.steps:
            yield head + (say("没有现在要办的步骤") if one.certain else say("先填写所缺的，才能确定下一步"))


def _step(taken: Route, step: Step, case: JudgeableCase, head: str) -> Iterator[str]:
    number = say("第 {} 步").format(numbered(taken)[step])
    yield f"{head}{number}，{step.who}：{step.does}（{step.rule.article}，{step.rule.id}）"
    papers = [paper_of(paper) for paper in step.papers]
    word = case.regulation.words["submissions"].get(step.rule.demand.submission)
    known = {kind for paper in step.papers for kind in paper.kinds}
    if word is not None:
        there = {kind for document in case.project.documents for kind in document.kinds}
        papers += [f"{'√' if kind in there else '×'}{kind}" for kind in word.materials if kind not in known]
    if papers:
        yield f"       {say('材料 {}').format('  '.join(papers))}"
    yield from (f"       {row}" for row in _until(step, case))


def _until(step: Step, case: JudgeableCase) -> Iterator[str]:
    """The last day where one runs, else by which step it must be done, and the notice that would set a day."""
    as_of = case.options.as_of
    dates = [d for d in of_rules(case, case.examined(), SOON) if d.state in OPEN and d.last and _about(d, step, case)]
    soonest = min(dates, key=lambda d: d.last or as_of, default=None)
    if soonest is not None:
        basis = "，".join(filter(None, (days_word(soonest, as_of), soonest.rule, soonest.article, soonest.number)))
        yield f"{say('期限')} {soonest.last}（{basis}）"
    elif step.details and not step.missing:
        yield say("情况 {}").format("；".join(step.details))
    yield from unregistered(case, step.rule.demand.submission)


def _about(deadline: Deadline, step: Step, case: JudgeableCase) -> bool:
    """Whether a date is one of the step: of its rule, or of another rule about the same submission."""
    if deadline.rule == step.rule.id:
        return True
    kind = step.rule.demand.submission
    rule = next((rule for rule in case.regulation.rules if rule.id == deadline.rule), None)
    return (
        bool(kind) and rule is not None and any(r.head == "submissions" and r.key == kind for r in rule.demand.refs())
    )
