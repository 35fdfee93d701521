"""By the law of which day a duty is judged: every kind of rule and every class of act around both ends of validity."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from small_pack import PACK, judge, project, regulation

from govit.authoring.examples import Example, build, examples_of, outcome_for, outcome_of
from govit.base.records import replace
from govit.calendar.workdays import published
from govit.documents.content import Reading, from_headings
from govit.dossier.finding import Outcome
from govit.dossier.lists import BY_KIND
from govit.dossier.model import Index
from govit.judging.engine import Options, examine
from govit.judging.facts import Facts
from govit.law.kinds.table import DECLARED
from govit.law.library import Library

if TYPE_CHECKING:
    from govit.dossier.finding import Finding
    from govit.law.regulation import Regulation, Rule

START, END = dt.date(2024, 1, 1), dt.date(2025, 12, 31)
ONE = dt.timedelta(days=1)
LATER = "2026-03-02"
HEADS = {
    "events": "{kind: 完成建设, on: DAY}",
    "submissions": "{kind: 交报告, to: 甲局, on: DAY}",
    "approvals": "{act: 乙审, body: 乙局, result: 通过, date: DAY}",
}
"""One record of each class, on a day."""


def around(day: dt.date) -> list[dt.date]:
    """One day before, on and after."""
    return [day - ONE, day, day + ONE]


def said(finding: Finding) -> str:
    """What the law of the day makes of a violation."""
    if finding.outcome is Outcome.NOT_APPLICABLE:
        return "earlier" if finding.earlier_law else "nothing"
    assert finding.outcome is Outcome.VIOLATES, finding.message
    return "advisory" if finding.advisory else "breach"


def expected(day: dt.date) -> str:
    if day < START:
        return "earlier"
    return "advisory" if day > END else "breach"


DAYS = [*around(START), *around(END)]
KINDS = {
    "given": "check: given, field: manager",
    "present": "check: present, documents: [缺的书]",
    "contains_all": "check: contains_all, field: basis, values: [某规划]",
    "approved": "check: approved, act: 甲审, body: 甲局",
    "submitted": "check: submitted, submission: 交报告, to: 甲局",
    "answered": "check: answered, question: 另问",
    "equals": "check: equals, field: builder, value: 甲",
    "one_of": "check: one_of, field: builder, values: [甲]",
    "at_most": "check: at_most, value: budget.total, limit: 1元",
    "at_least": "check: at_least, value: budget.total, limit: 9亿元",
    "forbidden": "check: forbidden, forbidden: {跨界: true}",
}
"""A demand of each kind that is judged from a stage on, which the project does not meet."""


def pack(demand: str, *keys: str) -> str:
    """The small pack whose first rule demands something else."""
    a, b = PACK.index("check: approved"), PACK.index("strength: must, hint: 去甲局")
    changed = PACK[:a] + f"{demand}, stage: 申报, {''.join(f'{key}, ' for key in keys)}" + PACK[b:]
    changed = changed.replace("documents: {方案书: {}}", "documents: {方案书: {}, 缺的书: {}}")
    changed = changed.replace("问清楚: {ask", "另问: {ask: 另问？, who: 经办人}\n    问清楚: {ask")
    changed = changed.replace("questions: {另问", "questions:\n    另问").replace(", who: 经办人}}", ", who: 经办人}")
    return changed.replace("acts: {甲审: {}, 乙审: {}}", "acts: {甲审: {}, 乙审: {}, 丙审: {}}")


GIVEN: dict[str, Any] = {
    "builder": "乙",
    "traits": {"跨界": True},
    "budget": {"total": "100万元"},
    "answers": {"另问": {"answer": "否", "by": "某人", "on": "2023-01-01"}},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_kind_is_judged_by_the_law_of_the_day_of_the_step(kind: str, day: dt.date) -> None:
    """The step itself is the act where the rule names no other; here the submission by which it is made."""
    text = pack(KINDS[kind]).replace("passed: approvals.甲审}", "passed: approvals.丙审}")
    made = [{"act": "丙审", "body": "甲局", "result": "通过", "date": str(day)}]
    finding = judge(text, on=LATER, approvals=made, **GIVEN)["SM-1-1"]
    assert said(finding) == expected(day)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("day", DAYS, ids=str)
def test_each_kind_follows_the_act_that_the_rule_names_and_not_the_stage(kind: str, day: dt.date) -> None:
    text = pack(KINDS[kind], "law_of: events.完成建设").replace("passed: approvals.甲审}", "passed: approvals.丙审}")
    made = [{"act": "丙审", "body": "甲局", "result": "通过", "date": "2024-06-03"}]
    finding = judge(text, on=LATER, approvals=made, events=[{"kind": "完成建设", "on": str(day)}], **GIVEN)["SM-1-1"]
    assert said(finding) == expected(day)


# -- the kinds that have a day of their own ------------------------------------------------------------


def chapter_of(*keys: str, **given: Any) -> Finding:
    """What is said of a paper that lacks a chapter; the day is that of the step, or of the paper itself."""
    small = regulation(pack("check: chapter, chapter: 缺的章, each: {documents: [方案书]}", *keys))
    papers = given.pop("documents")
    one = project(small, documents=papers, **given)
    read = Reading(None, from_headings({"已有的章": 600}), None)
    one = replace(one, documents=tuple(replace(document, reading=read) for document in one.documents))
    options = Options(as_of=dt.date.fromisoformat(LATER), schedule=published())
    return next(f for f in examine(one, small, Index(), options).findings() if f.rule == "SM-1-1")


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_a_chapter_is_judged_by_the_law_of_the_day_of_the_step_or_of_the_paper(day: dt.date) -> None:
    made = [{"act": "甲审", "body": "甲局", "result": "通过", "date": str(day)}]
    assert said(chapter_of(approvals=made, documents=[{"kinds": ["方案书"], "date": "2023-01-04"}])) == expected(day)
    paper = [{"kinds": ["方案书"], "date": str(day)}]
    approved = [{**made[0], "date": "2024-06-03"}]
    assert said(chapter_of("law_of: item.date", approvals=approved, documents=paper)) == expected(day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_scope_is_judged_by_the_law_of_the_day_of_judgement(day: dt.date) -> None:
    approved = "check: approved, act: 甲审, body: 甲局,\n             stage: 审批"
    text = PACK.replace(approved, "check: scope, holds: {跨界: false}, effect: out")
    finding = judge(text, on=str(day), traits={"跨界": True}, budget={"total": "200万元"})["SM-1-1"]
    assert finding.outcome is (Outcome.NOT_APPLICABLE if day < START else Outcome.VIOLATES)


@pytest.mark.parametrize("due", [dt.date(2024, 3, 31), dt.date(2024, 6, 30)], ids=str)
def test_a_regular_report_is_judged_by_the_day_on_which_its_period_ends(due: dt.date) -> None:
    """The first day of the regulation lies before, on and after the day by which the report of a quarter is due; so its last."""
    every = pack("check: every, every: 季度, from: events.完成建设, submission: 交报告").replace("stage: 申报, ", "", 1)
    began = [{"kind": "完成建设", "on": "2024-02-01"}]
    for first, what in ((due - ONE, "breach"), (due, "breach"), (due + ONE, "earlier")):
        text = every.replace("effective_from: 2024-01-01", f"effective_from: {first}")
        assert said(report_of(due, text, began)) == what
    for last, weight in ((due - ONE, "warning"), (due, "error"), (due + ONE, "error")):
        found = report_of(due, every.replace("effective_to: 2025-12-31", f"effective_to: {last}"), began)
        assert (said(found), found.severity.word) == ("breach", weight)  # begun under it, due after it: it weighs less
    over = every.replace("effective_to: 2025-12-31", f"effective_to: {due.replace(month=due.month - 2, day=1) - ONE}")
    assert said(report_of(due, over, began)) == "advisory"


def report_of(due: dt.date, text: str, began: list[dict[str, str]]) -> Finding:
    """What is said of the report of one quarter."""
    small = regulation(text)
    options = Options(as_of=dt.date.fromisoformat(LATER), schedule=published(), everything=True)
    examined = examine(project(small, events=began), small, Index(), options)
    return next(f for f in examined.findings() if f.rule == "SM-1-1" and f.due == due)


def test_every_kind_of_check_is_tried_before_on_and_after_both_ends_of_validity() -> None:
    own = {"before", "within", "every", "chapter", "scope"}
    assert own | set(KINDS) == {kind.kind for kind in DECLARED}


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_the_signature_of_a_contract_the_date_of_a_document_and_of_a_change_are_days_of_acts(day: dt.date) -> None:
    text = PACK.replace("submissions: {交报告", "contracts: {甲约: {}}\n  submissions: {交报告")
    contract = [{"kind": "甲约", "name": "一", "party": "某司", "on": str(day)}]
    a, b = text.index("check: approved"), text.index("strength: must, hint: 去甲局")
    signed = text[:a] + "check: given, field: item.amount, each: {contracts: all}, stage: 申报, " + text[b:]
    assert said(judge(signed, on=LATER, contracts=contract)["SM-1-1"]) == expected(day)
    named = text[:a] + "check: given, field: manager, law_of: contracts.甲约, stage: 申报, " + text[b:]
    assert said(judge(named, on=LATER, contracts=contract)["SM-1-1"]) == expected(day)
    written = text[:a] + "check: given, field: manager, law_of: documents.方案书, stage: 申报, " + text[b:]
    papers = [{"kinds": ["方案书"], "date": str(day)}]
    assert said(judge(written, on=LATER, documents=papers)["SM-1-1"]) == expected(day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_an_approval_that_must_come_before_an_act_is_judged_by_the_day_of_that_act(day: dt.date) -> None:
    text = pack("check: approved, act: 甲审, body: 甲局, before: events.完成建设")
    built = [{"kind": "完成建设", "on": str(day)}]
    assert said(judge(text, on=LATER, events=built)["SM-1-1"]) == expected(day)
    late = [{"act": "甲审", "body": "甲局", "result": "通过", "date": str(day + 3 * ONE)}]
    assert said(judge(text, on=LATER, events=built, approvals=late)["SM-1-1"]) == expected(day)


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_an_order_is_broken_by_the_second_act(day: dt.date) -> None:
    order = "check: before, first: events.完成建设, second: submissions.交报告"
    report = [{"kind": "交报告", "to": "甲局", "on": str(day)}]
    built = [{"kind": "完成建设", "on": str(day + 2 * ONE)}]
    assert said(judge(pack(order), on=LATER, events=built, submissions=report)["SM-1-1"]) == expected(day)


@pytest.mark.parametrize(
    ("built", "what"),
    [
        ("2023-06-29", "earlier"),
        ("2023-06-30", "breach"),
        ("2023-07-01", "breach"),
        ("2023-07-02", "breach"),
        ("2025-06-30", "breach"),
        ("2025-07-01", "breach"),
        ("2025-12-31", "breach"),
        ("2026-01-01", "advisory"),
    ],
)
def test_a_period_is_judged_by_the_day_on_which_it_ends_and_weighs_less_where_that_is_after_expiry(
    built: str, what: str
) -> None:
    finding = judge(on="2027-01-04", events=[{"kind": "完成建设", "on": built}])["SM-2-1"]
    assert said(finding) == what
    if what == "breach":
        assert finding.severity.word == ("warning" if finding.due and finding.due > END else "error")


@pytest.mark.parametrize(
    ("began", "ended", "what"),
    [
        ("2023-01-05", "2023-12-31", "earlier"),
        ("2023-01-05", "2024-01-01", "breach"),
        ("2023-01-05", None, "breach"),
        ("2025-12-31", None, "breach"),
        ("2026-01-01", None, "advisory"),
    ],
)
def test_a_state_is_judged_by_every_day_on_which_it_holds(began: str, ended: str | None, what: str) -> None:
    state = "continuing: true", "law_of: events.完成建设", "held_until: submissions.交报告"
    text = pack(KINDS["equals"], *state)
    report = [{"kind": "交报告", "to": "甲局", "on": ended}] if ended else None
    given = {**GIVEN, "events": [{"kind": "完成建设", "on": began}], "submissions": report}
    assert said(judge(text, on=LATER, **given)["SM-1-1"]) == what


def test_a_state_counts_from_the_step_where_nothing_says_when_it_began() -> None:
    made = [{"act": "甲审", "body": "甲局", "result": "通过", "date": "2023-06-05"}]
    assert said(judge(pack(KINDS["equals"]), on="2024-06-03", approvals=made, **GIVEN)["SM-1-1"]) == "earlier"
    lasting = pack(KINDS["equals"], "continuing: true")
    assert said(judge(lasting, on="2024-06-03", approvals=made, **GIVEN)["SM-1-1"]) == "breach"


def test_what_is_stated_true_is_due_at_once_and_what_is_not_known_waits_for_its_stage() -> None:
    text = pack("check: approved, act: 乙审", "at_once: {跨界: true}", "when: {跨界: true}").replace(
        "act: 乙审, stage: 申报", "act: 乙审, stage: 验收"
    )
    outcomes = {
        flag: judge(text, stage="申报", traits={"跨界": flag} if flag is not None else {})["SM-1-1"].outcome
        for flag in (True, False, None)
    }
    assert outcomes == {True: Outcome.VIOLATES, False: Outcome.NOT_APPLICABLE, None: Outcome.NOT_APPLICABLE}
    assert judge(text, stage="验收", traits={})["SM-1-1"].outcome is Outcome.UNDETERMINED


def test_before_commencement_nothing_is_judged_not_even_scope() -> None:
    findings = judge(on="2023-12-31", budget={"total": "200万元"}, stage="验收")
    assert {finding.outcome for finding in findings.values()} == {Outcome.NOT_APPLICABLE}
    assert Outcome.VIOLATES in {f.outcome for f in judge(on="2024-01-01", budget={"total": "200万元"}).values()}


# ---------------------------------------------------------------- the four packs


LYG, QD, TZ, LZ = (
    Library().get(name, None) for name in ("lianyungang-2025", "qidong-2022", "taizhou-draft-2025", "laizhou-2022")
)
SCHEDULE = published()


def found(pack: Regulation | None, rule: str, as_of: str, patch: dict[str, Any], stage: str | None = None) -> Finding:
    """What a rule of a pack says of its patched base, the gravest of its subjects."""
    assert pack is not None
    one = next(r for r in pack.rules if r.id == rule)
    example = Example(Outcome.VIOLATES, dt.date.fromisoformat(as_of), stage or one.stage, patch, None, 1)
    outcome, findings = outcome_of(one, pack, example, SCHEDULE)
    return next(f for f in findings if f.outcome is outcome)


def _named() -> list[Any]:
    """Every rule of the four packs that names an act, with the record that it is."""
    return [
        pytest.param(pack, rule, id=rule.id)
        for pack in (LYG, QD, TZ, LZ)
        for rule in (pack.rules if pack else ())
        if rule.law_of is not None and rule.law_of.head in BY_KIND and not rule.continuing
    ]


@pytest.mark.parametrize(("pack", "rule"), _named())
def test_every_rule_that_names_an_act_follows_its_day(pack: Regulation, rule: Rule) -> None:
    """A violating example with the regulation's first day laid before, on and after the day of the act; so its last."""
    assert rule.law_of is not None
    violating = [e for e in examples_of(rule, pack) if e.expected is Outcome.VIOLATES]
    tried = 0
    for example in violating:
        built = build(pack, example.patch, example.as_of)
        dated = replace(pack, draft=False, effective_from=None)
        outcome, findings = outcome_for(rule, dated, example, built, SCHEDULE)
        act = _day(pack, rule, example)
        if outcome is not Outcome.VIOLATES or act is None:
            continue
        tried += 1
        seen = replace(example, as_of=max(example.as_of, act + 3 * ONE))
        built = build(pack, seen.patch, seen.as_of)
        for start, what in ((act + ONE, "earlier"), (act, "breach"), (act - ONE, "breach")):
            dated = replace(pack, draft=False, effective_from=start, effective_to=None)
            outcome, findings = outcome_for(rule, dated, seen, built, SCHEDULE)
            assert said(next(f for f in findings if f.outcome is outcome)) == what, (rule.id, start)
        for end, what in ((act - ONE, "advisory"), (act, "breach"), (act + ONE, "breach")):
            dated = replace(pack, draft=False, effective_from=dt.date(2000, 1, 1), effective_to=end)
            outcome, findings = outcome_for(rule, dated, seen, built, SCHEDULE)
            assert said(next(f for f in findings if f.outcome is outcome)) == what, (rule.id, end)
    assert tried, "some violating example has the act on record"


def _day(pack: Regulation, rule: Rule, example: Example) -> dt.date | None:
    assert rule.law_of is not None
    day = Facts(build(pack, example.patch)[0], pack, Index(), example.as_of, SCHEDULE).value(rule.law_of)
    return day if isinstance(day, dt.date) else None


OLD = {
    "approvals.年度计划批准@市政府": "2025-11-20",
    "approvals.立项审批": "2026-02-05",
    "events.发布采购公告": "2026-02-12",
}


@pytest.mark.parametrize("rule", ["LYG-15-1", "LYG-15-2"])
def test_a_listing_finished_under_the_old_measure_is_no_matter_of_the_new_one(rule: str) -> None:
    act = {"LYG-15-1": "联合审核", "LYG-15-2": "预算安排建议"}[rule]
    for day, what in (("2025-12-18", "earlier"), ("2025-12-19", "breach"), ("2025-12-20", "breach")):
        patch = {**OLD, "approvals.年度计划批准@市政府": day, f"approvals.{act}": None}
        assert said(found(LYG, rule, "2026-11-20", patch, "验收")) == what


def test_an_acceptance_meeting_under_the_old_measure_is_no_matter_of_the_new_one() -> None:
    gone = {"approvals.竣工验收组织": None, "events.竣工验收合格": "2026-01-05"}
    for day, what in (("2025-12-10", "earlier"), ("2025-12-18", "earlier"), ("2025-12-19", "breach")):
        assert said(found(LYG, "LYG-30-1", "2026-11-20", {**gone, "events.组织竣工验收": day}, "运维")) == what


def test_a_term_agreed_before_commencement_is_no_matter_of_the_measure() -> None:
    short = {"contracts.建设合同.until": "2023-08-01"}
    for day, what in (("2022-08-01", "earlier"), ("2022-09-28", "earlier"), ("2022-09-29", "breach")):
        patch = {**short, "contracts.建设合同.on": day}
        assert said(found(LZ, "LZ-29-2", "2026-11-20", patch, "运维")) == what


@pytest.mark.parametrize("rule", ["LZ-28-3", "LZ-28-7"])
def test_a_breach_complete_on_signature_is_a_breach_though_no_start_is_recorded(rule: str) -> None:
    papers = {
        "LZ-28-3": {"documents.建设合同文本.headings": {"合同标的": "600"}},
        "LZ-28-7": {"documents.建设合同文本": None},
    }[rule]
    nothing = {"events": [], "approvals": [], "submissions": []}
    for day, what in (("2022-09-28", "earlier"), ("2024-09-28", "breach"), ("2024-09-29", "advisory")):
        patch = {**nothing, **papers, "contracts.建设合同.on": day}
        assert said(found(LZ, rule, "2026-11-20", patch, "实施")) == what


def test_an_overrun_inside_validity_counts_though_the_start_lies_before_it() -> None:
    late = {"events.项目开工": "2022-03-01", "answers.逾期不属严重": "否", "schedule.end": "2023-05-31"}
    assert said(found(LZ, "LZ-32-3", "2026-11-20", {**late, "events.项目建成": "2023-09-01"})) == "breach"
    over = {**late, "schedule.end": "2022-06-30"}
    assert said(found(LZ, "LZ-32-3", "2026-11-20", {**over, "events.项目建成": "2022-09-28"})) == "earlier"
    assert said(found(LZ, "LZ-32-3", "2026-11-20", {**over, "events.项目建成": "2022-09-29"})) == "breach"
    assert (
        said(found(LZ, "LZ-32-3", "2026-11-20", {**late, "schedule.end": "2024-10-08", "events.项目建成": None}))
        == "advisory"
    )


@pytest.mark.parametrize(
    ("rule", "patch"),
    [
        ("LYG-8-1", {"hosting": "自建机房"}),
        ("LYG-9-8", {"answers.未另建数据通道": "否"}),
        ("LYG-24-4", {"answers.安全同步使用": "否"}),
    ],
)
def test_what_binds_the_running_system_is_judged_though_the_application_was_made_before(
    rule: str, patch: dict[str, Any]
) -> None:
    old = {
        "submissions.年度计划申报": "2023-08-01", "events.项目开工": "2024-03-01", "events.竣工验收合格": "2025-01-06",
        "events.投入运行": "2025-02-10", "submissions.验收报告备案": "2025-01-20",
    }  # fmt: skip
    assert said(found(LYG, rule, "2025-12-18", {**old, **patch}, "运维")) == "earlier"
    assert said(found(LYG, rule, "2025-12-19", {**old, **patch}, "运维")) == "breach"


def test_data_put_to_paid_use_and_a_system_in_operation_do_not_wait_for_their_stage() -> None:
    for rule, patch in (
        ("LYG-9-9", {"traits.数据有偿使用": True}),
        ("LYG-9-10", {"traits.公共数据收入": True}),
    ):
        assert said(found(LYG, rule, "2026-11-20", patch, "申报")) == "breach"
    assert found(LYG, "LYG-9-9", "2026-11-20", {"traits.数据有偿使用": None}, "申报").outcome is Outcome.NOT_APPLICABLE
    running = {"approvals.项目竣工验收": None, "events.正式投入运行": "2026-03-02"}
    for rule, patch in (
        ("QD-20-2", {"answers.定期安全检测": "否"}),
        ("QD-36-2", {"answers.防护体系到位": "否"}),
        ("QD-36-3", {"documents.密码应用安全性评估报告": None}),
        ("QD-36-4", {"answers.定期密码评估": "否"}),
    ):
        assert said(found(QD, rule, "2026-11-20", {**running, **patch}, "试运行")) == "breach"
        idle = {**running, **patch, "events.正式投入运行": None}
        assert found(QD, rule, "2026-11-20", idle, "试运行").outcome is Outcome.NOT_APPLICABLE


def test_a_county_project_is_filed_once_it_is_approved() -> None:
    county = {"unit.level": "县区级"}
    assert found(LYG, "LYG-35-2", "2026-11-20", county, "采购").outcome is Outcome.VIOLATES
    assert found(LYG, "LYG-35-2", "2026-11-20", county, "审批").outcome is Outcome.NOT_APPLICABLE


# ---------------------------------------------------------------- the trial


@pytest.mark.parametrize(
    ("pack", "began"),
    [(LYG, "2026-05-06"), (QD, "2024-09-10"), (TZ, "2025-08-20"), (LZ, "2023-12-04")],
    ids=["LYG", "QD", "TZ", "LZ"],
)
@pytest.mark.parametrize("later", [0, 1, 13])
def test_in_trial_and_all_is_well(pack: Regulation, began: str, later: int) -> None:
    """The model project of the pack as it stood in its trial, when nothing of the acceptance was there yet."""
    project = replace(build(pack, {})[0], stage="试运行")
    day = dt.date.fromisoformat(began) + later * ONE
    reports = tuple(replace(d, date=day) if "季度进展报告" in d.kinds else d for d in project.documents)
    options = Options(as_of=day, schedule=SCHEDULE, assume_in_force=pack.draft)
    examined = examine(replace(project, documents=reports), pack, Index(), options)
    assert examined.run.progress.names[examined.run.progress.judged] == "试运行"
    grave = [j for j in examined.judgements if j.verdict.outcome is Outcome.VIOLATES and not j.rule.demand.is_scope]
    assert [(j.rule.id, j.subject, j.verdict.detail) for j in grave] == []


@pytest.mark.parametrize(
    ("rule", "old"),
    [
        ("LYG-24-5", {"events.网络安全检测": "2019-06-03", "events.网络安全风险评估": "2019-06-03"}),
        ("LYG-25-5", {"documents.密码应用安全性评估报告.date": "2019-06-03"}),
        ("LYG-31-2", {"events.资产确认": "2019-06-03"}),
    ],
)
def test_a_record_of_another_time_does_not_carry_the_duty_into_its_own(rule: str, old: dict[str, Any]) -> None:
    """Made years before what it should follow it is another act, as good as none; its day is not that of the duty."""
    assert said(found(LYG, rule, "2026-11-20", old, "绩效")) == "breach"
    assert said(found(LYG, rule, "2026-11-20", {key.removesuffix(".date"): None for key in old}, "绩效")) == "breach"
