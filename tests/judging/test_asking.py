"""Only what can change the outcome is asked, and whatever is not asked can change none."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

from places import SAMPLES, UNCLEAN
from possible import facts_in, worlds
from small_pack import PACK, judge

from govit.base.records import replace
from govit.dossier.finding import Outcome
from govit.judging.case import JudgeableCase
from govit.judging.checks.table import verdicts
from govit.judging.run import RunSettings, open_dossiers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.dossier.model import Project, Record
    from govit.judging.engine import Examined
    from govit.judging.facts import Facts
    from govit.judging.judgement import Judgement
    from govit.law.regulation import Rule

DAY = dt.date(2026, 11, 20)
OPEN = (Outcome.VIOLATES, Outcome.UNDETERMINED)
APPROVED = {"body": "甲局", "act": "甲审", "result": "通过", "date": "2024-03-01"}


def test_an_unknown_condition_is_not_asked_about_where_the_record_is_there() -> None:
    assert judge(budget=None)["SM-1-1"].outcome is Outcome.UNDETERMINED
    assert judge(budget=None, approvals=[APPROVED])["SM-1-1"].outcome is Outcome.COMPLIES
    refused = {**APPROVED, "result": "不通过"}
    assert judge(budget=None, approvals=[refused])["SM-1-1"].outcome is Outcome.UNDETERMINED


def test_a_period_that_still_runs_is_not_asked_about_before_it_is_over() -> None:
    pack = PACK.replace("period: 6个月, strength", "period: 6个月, when: {跨界: true}, strength")
    built = [{"kind": "完成建设", "on": "2024-01-15"}]
    assert judge(pack, on="2024-07-15", events=built)["SM-2-1"].outcome is Outcome.NOT_APPLICABLE
    late = judge(pack, on="2024-07-16", events=built)["SM-2-1"]
    assert (late.outcome, "跨界" in late.message) == (Outcome.UNDETERMINED, True)


def test_what_is_false_for_another_reason_is_not_named_among_the_unknown() -> None:
    pack = PACK.replace(
        "facts: []",
        "facts: [{name: 要审, article: 第一条, any: [{建设类: false, 跨界: true}, {budget.total: '> 100万元'}]}]",
    ).replace('{建设类: true, budget.total: "> 100万元"}', "{要审: true}")
    message = judge(pack, budget=None)["SM-1-1"].message
    assert "budget.total" in message
    assert "跨界" not in message


def test_a_check_that_rests_on_the_very_unknown_took_it_for_nothing_and_the_question_stays() -> None:
    spent = "{name: 已花, article: 第一条, first: [budget.spent, lines.spent]}"
    pack = PACK.replace("facts: []", f"facts: [{spent}]").replace(
        'check: approved, act: 甲审, body: 甲局,\n             stage: 审批, when: {建设类: true, budget.total: "> 100万元"}',
        'check: at_most, value: 已花, limit: 0元, stage: 审批, when: {budget.spent: "> 0元"}',
    )
    lines = {"lines": [{"name": "开发", "amount": "10万元"}]}
    assert judge(pack, budget=lines)["SM-1-1"].outcome is Outcome.UNDETERMINED


def _stripped(project: Project) -> Iterator[Project]:
    """The project as it is, and with more and more of what rules turn on left out."""
    yield project
    yield replace(project, traits={})
    yield replace(project, hosting=None, builder=None, build_mode=None, schedule=None)
    yield replace(
        project, traits={}, hosting=None, builder=None, build_mode=None, objects=(), plans=(), category=None,
        budget=None, funding=(), predecessor=None,
    )  # fmt: skip


@cache
def _examined() -> tuple[Examined, ...]:
    """Every sample with more and more left out, at every stage of its regulation."""
    return tuple(
        replace(case, project=project).examined(replace(case.options, stage=stage.name, everything=True))
        for root in (SAMPLES, UNCLEAN)
        for case in open_dossiers(RunSettings(paths=(root,), as_of=DAY)).cases()
        if isinstance(case, JudgeableCase)
        for project in _stripped(case.project)
        for stage in case.regulation.stages
    )


def _once() -> Iterator[tuple[Facts, Judgement]]:
    """Every judgement of every run that is due; one that a project had at an earlier stage only once."""
    seen: set[tuple[object, ...]] = set()
    for examined in _examined():
        facts = examined.run.facts
        for one in (one for rule in facts.regulation.rules for one in examined.run.judge(rule)):
            rule, told = one.rule, one.verdict
            key = (id(facts.project), rule.id, id(one.item), told.outcome, told.subject, told.missing)
            of_nothing = rule.demand.is_scope or (rule.each is not None and one.item is None)
            if key not in seen and not of_nothing and examined.run.progress.due(rule, facts, one.item):
                seen.add(key)
                yield facts, one


def test_no_value_of_what_is_not_asked_makes_a_fault() -> None:
    """At no stage is there a rule of which it is not known whether it applies, nothing is asked, and a value could be a fault."""
    tried = 0
    for facts, judgement in _once():
        rule = judgement.rule
        if judgement.verdict.outcome in OPEN or facts.holds(rule.when, judgement.item) is not None:
            continue
        for project, item in worlds(facts, facts.unknown_in(rule.when, judgement.item), judgement.item):
            there = facts_in(facts, project)
            tried += 1
            if there.holds(rule.when, item) is not False:
                said = {verdict.outcome for verdict in verdicts(rule.demand, there, item)}
                assert not said & {*OPEN}, (facts.project.id, rule.id, judgement.verdict.detail)
    assert tried > 1000, "the samples leave enough open to try"


def test_what_is_asked_can_matter() -> None:
    """Of every question about a condition, at whatever stage, some answer is a fault, or leads to the next question."""
    idle = set()
    for facts, judgement in _once():
        rule, missing = judgement.rule, judgement.verdict.missing
        if missing and not any(_faulty(facts, rule, world) for world in worlds(facts, missing, judgement.item)):
            idle.add((rule.id, *(ref.text for ref in missing)))
    unregistered = {entry for entry in idle if "predecessor.id" in entry}
    assert idle == unregistered, "a predecessor that is not registered is no value that can be written down here"


def _faulty(facts: Facts, rule: Rule, world: tuple[Project, Record | None]) -> bool:
    project, item = world
    there = facts_in(facts, project)
    if there.holds(rule.when, item) is False:
        return False
    return any(verdict.outcome in OPEN for verdict in verdicts(rule.demand, there, item))
