"""The engine: four outcomes, stages, the law of the day, one duty one finding, broken rules."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from small_pack import PACK, judge, project, regulation

from govit.calendar.workdays import published
from govit.dossier.finding import Outcome, Severity
from govit.dossier.model import Index
from govit.judging.facts import Facts
from govit.judging.stages import progress
from govit.judging.values import RuleError

if TYPE_CHECKING:
    from govit.calendar.periods import LastDay, Period
    from govit.judging.stages import Progress

COMPLIES, VIOLATES = Outcome.COMPLIES, Outcome.VIOLATES
NOT_APPLICABLE, UNDETERMINED = Outcome.NOT_APPLICABLE, Outcome.UNDETERMINED

PASSED = {"body": "甲局", "act": "甲审", "result": "通过", "date": "2024-03-01"}


@pytest.mark.parametrize(
    ("total", "outcome"),
    [("100万元", NOT_APPLICABLE), ("1000000.01元", VIOLATES), ("100.000001万元", VIOLATES), (None, UNDETERMINED)],
)
def test_more_than_a_hundred_begins_one_fen_beyond_it_and_an_unknown_total_is_no_pass(
    total: str | None, outcome: Outcome
) -> None:
    budget = {"total": total} if total else None
    assert judge(budget=budget)["SM-1-1"].outcome is outcome


def test_false_and_unknown_is_false() -> None:
    assert judge(category="运维", budget=None)["SM-1-1"].outcome is NOT_APPLICABLE


def test_a_comparison_with_a_record_that_is_not_there_is_false_and_with_one_that_does_not_say_it_unknown() -> None:
    text = PACK.replace('budget.total: "> 100万元"', 'budget.total: "> approvals.乙审.amount"')
    seen = {**PASSED, "act": "乙审"}
    assert judge(text)["SM-1-1"].outcome is NOT_APPLICABLE
    assert judge(text, approvals=[seen])["SM-1-1"].outcome is UNDETERMINED
    assert judge(text, approvals=[{**seen, "amount": "99万元"}])["SM-1-1"].outcome is VIOLATES


def test_an_approval_of_another_body_does_not_count_but_is_named_as_nearest() -> None:
    other = {**PASSED, "body": "乙局"}
    finding = judge(budget={"total": "200万元"}, approvals=[other])["SM-1-1"]
    assert finding.outcome is VIOLATES
    assert finding.nearest == "乙局的“甲审”"


def test_a_refusal_is_no_approval() -> None:
    refused = {**PASSED, "result": "不通过"}
    finding = judge(budget={"total": "200万元"}, approvals=[refused])["SM-1-1"]
    assert finding.outcome is VIOLATES
    assert "不通过" in finding.message


def test_a_rule_is_due_from_its_stage_on_and_not_before() -> None:
    assert judge(stage="申报", budget={"total": "200万元"})["SM-1-1"].outcome is NOT_APPLICABLE
    assert judge(stage="审批", budget={"total": "200万元"})["SM-1-1"].outcome is VIOLATES
    assert judge(stage="验收", budget={"total": "200万元"})["SM-1-1"].outcome is VIOLATES


def test_records_that_prove_a_later_stage_outweigh_what_the_clerk_wrote() -> None:
    late = [{**PASSED, "act": "乙审"}]
    assert judge(budget={"total": "200万元"}, approvals=late)["SM-1-1"].outcome is VIOLATES
    assert judge(budget={"total": "200万元"}, approvals=late, stage="申报")["SM-1-1"].outcome is NOT_APPLICABLE


def progress_of(text: str = PACK, **given: Any) -> Progress:
    pack = regulation(text)
    return progress(Facts(project(pack, **given), pack, Index(), dt.date(2024, 6, 3), published()))


def test_a_project_is_judged_at_the_later_of_what_is_written_and_what_is_proven() -> None:
    proven = progress_of(stage="申报", approvals=[{**PASSED, "act": "乙审"}])
    assert (proven.declared, proven.proven, proven.judged) == (1, 3, 3)
    written = progress_of(stage="审批", approvals=[PASSED])
    assert (written.declared, written.proven, written.judged) == (2, 2, 2)
    ahead = progress_of(stage="验收", approvals=[PASSED])
    assert (ahead.declared, ahead.proven, ahead.judged) == (3, 2, 3)


def test_after_the_last_step_a_project_stays_at_it() -> None:
    text = PACK.replace("{name: 验收}", "{name: 验收, passed: events.完成建设}")
    made = progress_of(text, stage="申报", events=[{"kind": "完成建设", "on": "2024-03-01"}])
    assert (made.proven, made.judged, made.names[made.proven]) == (3, 3, "验收")


def test_at_the_draft_stage_nothing_is_due() -> None:
    findings = judge(stage="草拟", documents=None, answers=None)
    assert {f.outcome for f in findings.values()} == {NOT_APPLICABLE}


@pytest.mark.parametrize(
    ("reported", "outcome"),
    [("2024-07-15", COMPLIES), ("2024-07-16", VIOLATES), (None, VIOLATES)],
)
def test_a_period_runs_from_its_trigger_and_its_last_day_is_inside(reported: str | None, outcome: Outcome) -> None:
    submissions = [{"kind": "交报告", "to": "甲局", "on": reported}] if reported else None
    findings = judge(on="2024-08-01", events=[{"kind": "完成建设", "on": "2024-01-15"}], submissions=submissions)
    assert findings["SM-2-1"].outcome is outcome
    assert str(findings["SM-2-1"].due) == "2024-07-15"


def test_a_period_whose_trigger_has_not_happened_waits_and_one_that_still_runs_is_not_due() -> None:
    assert "等待触发" in judge()["SM-2-1"].message
    running = judge(on="2024-07-15", events=[{"kind": "完成建设", "on": "2024-01-15"}])["SM-2-1"]
    assert running.outcome is NOT_APPLICABLE
    assert "还有 0 天" in running.message


def test_an_act_before_its_trigger_is_no_fulfilment_but_a_contradiction() -> None:
    event = [{"kind": "完成建设", "on": "2024-01-15"}]
    early = [{"kind": "交报告", "to": "甲局", "on": "2024-01-14"}]
    finding = judge(on="2024-08-01", events=event, submissions=early)["SM-2-1"]
    assert finding.outcome is UNDETERMINED
    assert "核对两个日期" in finding.message
    again = [*early, {"kind": "交报告", "to": "甲局", "on": "2024-01-15"}]
    assert judge(on="2024-08-01", events=event, submissions=again)["SM-2-1"].outcome is COMPLIES


def test_what_happens_after_the_day_of_judgement_has_not_happened_yet() -> None:
    findings = judge(on="2024-03-01", events=[{"kind": "完成建设", "on": "2024-03-02"}])
    assert "等待触发" in findings["SM-2-1"].message


def test_an_unanswered_question_is_undetermined_and_a_no_violates() -> None:
    assert judge(answers=None)["SM-3-2"].outcome is UNDETERMINED
    assert judge(answers=None)["SM-3-2"].who == "经办人"
    answered = {"问清楚": {"answer": "否", "by": "某人", "on": "2024-02-01"}}
    assert judge(answers=answered)["SM-3-2"].outcome is VIOLATES


def test_strength_gives_the_severity() -> None:
    findings = judge(on="2024-12-02", events=[{"kind": "完成建设", "on": "2024-01-15"}])
    assert findings["SM-2-1"].severity is Severity.ERROR
    assert findings["SM-2-2"].severity is Severity.WARNING


def test_rules_that_share_a_quote_are_one_duty_and_only_the_gravest_outcome_is_kept() -> None:
    banded = PACK.replace("quote: 原则上三个月内交", "quote: 建成后六个月内交报告")
    event = [{"kind": "完成建设", "on": "2024-01-15"}]
    both_late = judge(banded, on="2024-12-02", events=event)
    assert "SM-2-1" in both_late
    assert "SM-2-2" not in both_late
    one_late = judge(banded, on="2024-05-06", events=event)
    assert "SM-2-1" not in one_late
    assert one_late["SM-2-2"].severity is Severity.WARNING


UNPUBLISHED = PACK.replace("effective_to: 2025-12-31\n", "")


@pytest.mark.parametrize(
    ("built", "last", "reported", "outcome"),
    [
        # six months end on 1 January 2080, a festival; the Tuesday to Thursday after it may be freed by the notice
        ("2079-07-01", "2080-01-02", "2080-01-01", COMPLIES),
        ("2079-07-01", "2080-01-02", "2080-01-02", COMPLIES),
        ("2079-07-01", "2080-01-02", "2080-01-03", UNDETERMINED),
        ("2079-07-01", "2080-01-02", "2080-01-05", UNDETERMINED),
        ("2079-07-01", "2080-01-02", "2080-01-06", VIOLATES),
        # on Saturday 6 January, which may be worked; Monday the 8th certainly is
        ("2079-07-06", "2080-01-08", "2080-01-06", COMPLIES),
        ("2079-07-06", "2080-01-08", "2080-01-07", UNDETERMINED),
        ("2079-07-06", "2080-01-08", "2080-01-08", UNDETERMINED),
        ("2079-07-06", "2080-01-08", "2080-01-09", VIOLATES),
        # on Saturday 16 March, far from every festival
        ("2079-09-16", "2080-03-18", "2080-03-18", COMPLIES),
        ("2079-09-16", "2080-03-18", "2080-03-19", VIOLATES),
    ],
)
def test_only_what_the_notice_of_the_year_will_say_is_undetermined(
    built: str, last: str, reported: str, outcome: Outcome
) -> None:
    event = [{"kind": "完成建设", "on": built}]
    submissions = [{"kind": "交报告", "to": "甲局", "on": reported}]
    finding = judge(UNPUBLISHED, on="2080-12-01", events=event, submissions=submissions)["SM-2-1"]
    assert (finding.outcome, str(finding.due)) == (outcome, last)
    if outcome is UNDETERMINED:
        assert "放假安排没有收录，是否逾期未定" in finding.message
    late = judge(UNPUBLISHED, on=reported, events=event)["SM-2-1"]
    assert late.outcome is (NOT_APPLICABLE if reported <= last else outcome)


@pytest.mark.parametrize(("strength", "kept"), [("must", "SM-1-2"), ("may", "SM-1-1")])
def test_what_is_not_known_is_graver_than_what_may_be_left_out_and_lighter_than_a_breach(
    strength: str, kept: str
) -> None:
    other = (
        "          - {id: SM-1-2, title: 一百万元以内, title_en: A, quote: 应当经甲局审, check: one_of, field: category,\n"
        f"             values: [运维], stage: 审批, strength: {strength}, hint: 去甲局}}\n"
    )
    first = "          - {id: SM-1-1"
    found = judge(PACK.replace(first, other + first), budget=None)
    assert {rule for rule in found if rule.startswith("SM-1")} == {kept}


# -- the law of the day --------------------------------------------------------------------------


def test_what_fell_due_before_the_first_day_is_judged_by_the_earlier_law() -> None:
    early = {"kind": "完成建设", "on": "2023-06-30"}
    day_before = judge(on="2024-03-01", events=[early | {"on": "2023-06-28"}])["SM-2-1"]
    assert (day_before.outcome, "早于施行日，依原办法" in day_before.message) == (NOT_APPLICABLE, True)
    last_day_is_the_second = judge(on="2024-03-01", events=[early | {"on": "2023-07-02"}])["SM-2-1"]
    assert last_day_is_the_second.outcome is VIOLATES


def test_a_step_made_before_the_first_day_is_judged_by_the_earlier_law() -> None:
    old = [{**PASSED, "date": "2023-12-31"}]
    assert judge(documents=None, approvals=old)["SM-3-1"].outcome is NOT_APPLICABLE
    new = [{**PASSED, "date": "2024-01-01"}]
    assert judge(documents=None, approvals=new)["SM-3-1"].outcome is VIOLATES


@pytest.mark.parametrize("own", [(), ({**PASSED, "date": "2024-01-05"},)])
@pytest.mark.parametrize(("day", "outcome"), [("2023-12-31", NOT_APPLICABLE), ("2024-01-01", VIOLATES)])
def test_a_step_was_made_at_the_latest_when_a_later_one_was(
    own: tuple[object, ...], day: str, outcome: Outcome
) -> None:
    later = {**PASSED, "act": "乙审", "date": day}
    assert judge(documents=None, approvals=[later, *own])["SM-3-1"].outcome is outcome


def test_after_expiry_a_breach_inside_validity_keeps_its_weight() -> None:
    finding = judge(on="2026-06-01", events=[{"kind": "完成建设", "on": "2025-06-30"}])["SM-2-1"]
    assert str(finding.due) == "2025-12-30"
    assert (finding.outcome, finding.severity, finding.advisory) == (VIOLATES, Severity.ERROR, False)


def test_after_expiry_what_began_inside_and_fell_due_after_is_at_most_a_warning() -> None:
    finding = judge(on="2026-08-03", events=[{"kind": "完成建设", "on": "2025-12-31"}])["SM-2-1"]
    assert (finding.outcome, finding.severity, finding.advisory) == (VIOLATES, Severity.WARNING, False)


@pytest.mark.parametrize(("end", "severity"), [("2025-12-30", Severity.ERROR), ("2025-12-29", Severity.WARNING)])
def test_what_fell_due_on_the_very_last_day_of_validity_keeps_its_weight(end: str, severity: Severity) -> None:
    text = PACK.replace("effective_to: 2025-12-31", f"effective_to: {end}")
    finding = judge(text, on="2026-06-01", events=[{"kind": "完成建设", "on": "2025-06-30"}])["SM-2-1"]
    assert (str(finding.due), finding.outcome, finding.severity) == ("2025-12-30", VIOLATES, severity)


def test_after_expiry_what_began_after_is_advisory() -> None:
    finding = judge(on="2026-12-01", events=[{"kind": "完成建设", "on": "2026-01-05"}])["SM-2-1"]
    assert (finding.outcome, finding.severity, finding.advisory) == (VIOLATES, Severity.INFO, True)
    assert finding.nominal is Severity.ERROR


def test_the_last_day_of_validity_is_inside() -> None:
    on_it = judge(on="2025-12-31", documents=None)["SM-3-1"]
    after = judge(on="2026-01-01", documents=None)["SM-3-1"]
    assert (on_it.advisory, after.advisory) == (False, True)


def test_a_draft_is_advisory_on_every_day_and_at_full_weight_when_assumed_in_force() -> None:
    draft = PACK.replace("status: in_force", "status: draft")
    for day in ("2023-06-01", "2024-06-03", "2027-06-01"):
        assert judge(draft, on=day, documents=None, answers=None)["SM-3-1"].advisory
    assumed = judge(draft, documents=None, assume_in_force=True)["SM-3-1"]
    assert (assumed.advisory, assumed.severity) == (False, Severity.ERROR)


def test_before_it_is_in_force_a_regulation_demands_nothing() -> None:
    findings = judge(on="2023-12-31", documents=None, answers=None)
    assert {f.outcome for f in findings.values()} == {NOT_APPLICABLE}


# -- scope and faults ----------------------------------------------------------------------------

SCOPED = PACK.replace(
    "articles:\n",
    """articles:
  - number: 第零条
    sentences:
      - text: 只管新建项目。
        rules:
          - {id: SM-9-1, title: 只管新建, title_en: S, quote: 只管新建项目, check: scope, holds: {建设类: true},
             effect: EFFECT, strength: must}
""",
).replace("第零条", "第九条")


def test_outside_the_scope_there_is_one_info_and_nothing_else() -> None:
    findings = judge(SCOPED.replace("EFFECT", "out"), category="运维", documents=None)
    assert list(findings) == ["SM-9-1"]
    assert findings["SM-9-1"].severity is Severity.INFO
    assert "不适用本办法" in findings["SM-9-1"].message


def test_a_scope_that_only_refers_makes_everything_advisory_or_lower() -> None:
    referred = judge(SCOPED.replace("EFFECT", "advisory"), category="运维", documents=None)["SM-3-1"]
    assert (referred.advisory, referred.nominal) == (True, Severity.ERROR)
    lower = judge(SCOPED.replace("EFFECT", "lower"), category="运维", documents=None)["SM-3-1"]
    assert (lower.advisory, lower.severity) == (False, Severity.WARNING)


def test_an_unknown_scope_is_undetermined_and_the_rest_is_judged() -> None:
    findings = judge(SCOPED.replace("EFFECT", "out"), category=None, documents=None)
    assert findings["SM-9-1"].outcome is UNDETERMINED
    assert findings["SM-3-1"].outcome is VIOLATES


@pytest.fixture
def _six_months_cannot_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program in one rule: what a pack can get wrong is refused when it is read."""
    own = Facts.last_day

    def last_day(self: Facts, start: dt.date, period: Period, *, roll: bool) -> LastDay:
        if str(period) == "6个月":
            message = "算不出最后一天"
            raise RuleError(message)
        return own(self, start, period, roll=roll)

    monkeypatch.setattr(Facts, "last_day", last_day)


BUILT: list[dict[str, str]] = [{"kind": "完成建设", "on": "2024-01-15"}]


@pytest.mark.usefixtures("_six_months_cannot_run")
def test_a_rule_that_cannot_run_is_an_error_and_never_a_pass() -> None:
    finding = judge(on="2024-12-02", events=BUILT)["GOV-601"]
    assert (finding.outcome, finding.severity) == (VIOLATES, Severity.ERROR)
    assert "SM-2-1" in finding.message


@pytest.mark.usefixtures("_six_months_cannot_run")
def test_a_rule_that_cannot_run_hides_no_other_of_its_duty() -> None:
    one_duty = PACK.replace("quote: 原则上三个月内交", "quote: 建成后六个月内交报告")
    found = judge(one_duty, on="2024-12-02", events=BUILT)
    assert (found["GOV-601"].outcome, found["SM-2-2"].outcome) == (VIOLATES, VIOLATES)


# -- recurring reports ---------------------------------------------------------------------------

QUARTERLY = PACK.replace(
    """check: within,
             from: events.完成建设, act: submissions.交报告, period: 6个月""",
    """check: every,
             every: 季度, from: events.完成建设, submission: 交报告, to: 甲局""",
)


def reports(*days: str, **more: str) -> list[dict[str, str]]:
    return [{"kind": "交报告", "to": "甲局", "on": day, **more} for day in days]


def test_each_quarter_wants_its_own_report_by_its_last_day() -> None:
    event = [{"kind": "完成建设", "on": "2024-02-20"}]
    findings = judge(QUARTERLY, on="2024-07-01", events=event, submissions=reports("2024-03-31"))
    assert findings["SM-2-1"].subject == "2024年第2季度"
    assert findings["SM-2-1"].outcome is VIOLATES
    both = judge(QUARTERLY, on="2024-07-01", events=event, submissions=reports("2024-06-30", "2024-03-31"))
    assert both["SM-2-1"].outcome is not VIOLATES


def test_a_report_is_due_so_many_days_after_each_quarter() -> None:
    pack = QUARTERLY.replace("every: 季度,", "every: 季度, period: 10日,")
    event = [{"kind": "完成建设", "on": "2024-02-20"}]

    def first(on: str, *given: dict[str, str]) -> tuple[Outcome, str]:
        one = judge(pack, on=on, events=event, submissions=list(given))["SM-2-1"]
        return one.outcome, one.subject

    quarter = "2024年第1季度"
    assert first("2024-04-10")[0] is Outcome.NOT_APPLICABLE
    assert first("2024-04-11") == (VIOLATES, quarter)
    assert first("2024-04-11", *reports("2024-04-10"))[0] is not VIOLATES
    assert first("2024-05-11", *reports("2024-04-11")) == (VIOLATES, quarter)
    # what is handed in during a quarter is not the report of that quarter, and one that says so is asked about
    assert first("2024-04-11", *reports("2024-03-30")) == (VIOLATES, quarter)
    early = reports("2024-03-30", period="2024Q1")
    assert first("2024-04-11", *early) == (Outcome.UNDETERMINED, quarter)
    assert first("2024-04-11", *early, *reports("2024-04-09", period="2024Q1"))[0] is not Outcome.UNDETERMINED


def test_days_after_a_period_move_off_a_rest_day_unless_they_must_not() -> None:
    event = [{"kind": "完成建设", "on": "2024-02-20"}]
    for roll, last, after in (("true", "2024-04-15", "2024-04-16"), ("false", "2024-04-13", "2024-04-14")):
        pack = QUARTERLY.replace("every: 季度,", f"every: 季度, period: 13日, roll: {roll},")
        late = judge(pack, on=after, events=event)["SM-2-1"]
        assert (late.outcome, last in late.message) == (VIOLATES, True)
        assert judge(pack, on=last, events=event)["SM-2-1"].outcome is not VIOLATES


def test_a_late_duplicate_does_not_hide_a_timely_report() -> None:
    event = [{"kind": "完成建设", "on": "2024-05-20"}]
    twice = reports("2024-07-02", "2024-06-28", period="2024Q2")
    assert judge(QUARTERLY, on="2024-07-03", events=event, submissions=twice)["SM-2-1"].outcome is not VIOLATES


def test_a_report_of_a_period_that_began_after_expiry_is_advisory() -> None:
    event = [{"kind": "完成建设", "on": "2025-08-20"}]
    pack = QUARTERLY.replace("effective_to: 2025-12-31", "effective_to: 2025-11-15")
    inside = judge(pack, on="2026-01-05", events=event, submissions=reports("2025-09-30"))["SM-2-1"]
    assert (inside.subject, inside.severity, inside.advisory) == ("2025年第4季度", Severity.WARNING, False)
    after = judge(pack, on="2026-04-02", events=event, submissions=reports("2025-09-30", "2025-12-31"))["SM-2-1"]
    assert (after.subject, after.advisory) == ("2026年第1季度", True)


# -- duties of their own kind --------------------------------------------------------------------


def test_a_duty_owed_every_day_is_judged_by_the_law_of_the_day_of_judgement() -> None:
    old = [{**PASSED, "date": "2023-12-31"}]
    daily = PACK.replace(
        "check: present, documents: [方案书],", "check: present, documents: [方案书], continuing: true,"
    )
    assert judge(daily, documents=None, approvals=old)["SM-3-1"].outcome is VIOLATES


def test_a_duty_of_those_who_only_refer_keeps_its_weight() -> None:
    own = SCOPED.replace("EFFECT", "advisory").replace(
        "check: present, documents: [方案书],", "check: present, documents: [方案书], own: true,"
    )
    assert judge(own, category="运维", documents=None)["SM-3-1"].advisory is False
