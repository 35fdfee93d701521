"""Dates: each period and calendar point of the four regulations, seen for a project that it concerns."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from dating import case_of, dates, of, pack
from small_pack import PACK, project, regulation

from govit.authoring.examples import build, examples_of
from govit.base.records import replace
from govit.calendar.periods import Schedule
from govit.calendar.workdays import YearSchedule, published, with_years
from govit.deadlines import dossiers as deadlines
from govit.deadlines import due
from govit.deadlines.dates import DeadlineState, ordered
from govit.dossier.finding import Outcome, Waived
from govit.judging import run
from govit.law.library import built_in_packs

if TYPE_CHECKING:
    from pathlib import Path

    from govit.deadlines.dates import Deadline
    from govit.dossier.model import Project
    from govit.law.regulation import Rule

LYG, QD, TZ, LZ = "lianyungang-2025", "qidong-2022", "taizhou-draft-2025", "laizhou-2022"


def day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def one(name: str, rule: str, on: str, patch: dict[str, Any], **options: Any) -> Deadline:
    found = of(name, rule, on, patch, **options)
    assert len(found) == 1, [(d.rule, d.subject, d.state) for d in found]
    return found[0]


def told(d: Deadline) -> tuple[Any, ...]:
    return d.state, d.trigger, d.trigger_date, d.period, d.raw, d.last


# ---------------------------------------------------------------- every period and calendar point of the four

UNDONE = {"submissions.竣工验收申请": None, "events.组织竣工验收": None, "events.竣工验收合格": None}
LATE_WORK: dict[str, Any] = {
    "approvals.项目竣工验收": None,
    "submissions.竣工验收申请": None,
    "events": [{"kind": "项目开工", "on": "2025-04-01"}],
}

POINTS = [
    # 竣工验收 within six months of 建成: organised, applied for, or put off
    (LYG, "LYG-28-1", "2026-11-20", {**UNDONE, "events.项目建成": "2026-05-07", "approvals.立项审批@市发改委": None},
     DeadlineState.OVERDUE, "项目建成", "2026-05-07", "6个月", "2026-11-07", "2026-11-09"),
    (LYG, "LYG-28-2", "2026-10-09", {**UNDONE, "events.项目建成": "2026-05-07"},
     DeadlineState.TO_COME, "项目建成", "2026-05-07", "6个月", "2026-11-07", "2026-11-09"),
    (LYG, "LYG-28-2", "2026-10-10", {**UNDONE, "events.项目建成": "2026-05-07"},
     DeadlineState.DUE, "项目建成", "2026-05-07", "6个月", "2026-11-07", "2026-11-09"),
    (QD, "QD-29-1", "2026-02-24", {"events.项目建成": "2025-08-20", "submissions.竣工验收申请": None},
     DeadlineState.DUE, "项目建成", "2025-08-20", "6个月", "2026-02-20", "2026-02-24"),
    (LZ, "LZ-23-8", "2024-07-16", {"events.项目建成": "2024-01-15", "events.组织验收": None, "events.验收合格": None},
     DeadlineState.OVERDUE, "项目建成", "2024-01-15", "6个月", "2024-07-15", "2024-07-15"),
    # 备案 within a month
    (LYG, "LYG-29-1", "2026-10-09", {"events.竣工验收合格": "2026-09-03", "submissions.验收报告备案": None},
     DeadlineState.OVERDUE, "竣工验收合格", "2026-09-03", "1个月", "2026-10-03", "2026-10-08"),
    (TZ, "TZ-29-1", "2026-11-20", {"approvals.项目竣工验收": "2026-10-26", "submissions.验收报告备案": None},
     DeadlineState.DUE, "项目竣工验收", "2026-10-26", "1个月", "2026-11-26", "2026-11-26"),
    # 竣工财务决算 within three months
    (LYG, "LYG-29-5", "2026-11-20", {"events.竣工验收合格": "2026-09-01", "submissions.竣工财务决算报送": None},
     DeadlineState.DUE, "竣工验收合格", "2026-09-01", "3个月", "2026-12-01", "2026-12-01"),
    # ten working days for contract papers
    (TZ, "TZ-21-1", "2026-10-09", {"contracts": [{"kind": "建设合同", "name": "甲", "on": "2026-09-24"}],
                                   "submissions.合同资料上传": None},
     DeadlineState.DUE, "签订日期", "2026-09-24", "10个工作日", "2026-10-15", "2026-10-15"),
    # the standard within a year
    (LZ, "LZ-15-2", "2024-09-20", {"events.标准发布": None},
     DeadlineState.TO_COME, "验收合格", "2024-04-12", "1年", "2025-04-12", "2025-04-14"),
    # self-evaluation: 12 months from the later of two events
    (LZ, "LZ-34-3", "2024-09-20", {"submissions.自评报告上传": None},
     DeadlineState.TO_COME, "投入使用", "2024-04-22", "12个月", "2025-04-22", "2025-04-22"),
    # severe delay of more than six months; 泰州's 以上 begins on the corresponding day itself
    (LYG, "LYG-26-1", "2026-11-20", {"approvals.立项审批.until": "2026-06-15", "events.项目建成": None,
                                     "events.组织竣工验收": None, "events.竣工验收合格": None},
     DeadlineState.DUE, "立项审批的截止日期", "2026-06-15", "6个月", "2026-12-15", "2026-12-15"),
    (LYG, "LYG-26-1", "2026-12-16", {"approvals.立项审批.until": "2026-06-15", "events.项目建成": None,
                                     "events.组织竣工验收": None, "events.竣工验收合格": None},
     DeadlineState.OVERDUE, "立项审批的截止日期", "2026-06-15", "6个月", "2026-12-15", "2026-12-15"),
    (TZ, "TZ-24-2", "2026-12-14", {**LATE_WORK, "approvals.立项审批.until": "2026-06-15"},
     DeadlineState.DUE, "立项审批的截止日期", "2026-06-15", "6个月", "2026-12-14", "2026-12-14"),
    (TZ, "TZ-24-2", "2026-12-15", {**LATE_WORK, "approvals.立项审批.until": "2026-06-15"},
     DeadlineState.OVERDUE, "立项审批的截止日期", "2026-06-15", "6个月", "2026-12-14", "2026-12-14"),
    # the day that the approval set for acceptance
    (TZ, "TZ-26-12", "2026-11-20", {**LATE_WORK, "approvals.验收期限核定": {
        "body": "市发展改革委", "date": "2025-02-26", "until": "2026-12-29"}},
     DeadlineState.TO_COME, "验收期限核定的截止日期", "2026-12-29", "", "2026-12-29", "2026-12-29"),
    # the end of the planned term
    (QD, "QD-18-2", "2026-02-10", {"events.项目建成": None, "schedule.end": "2026-02-16"},
     DeadlineState.DUE, "计划完工日期", None, "", "2026-02-16", "2026-02-16"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "rule", "on", "patch", "state", "trigger", "since", "period", "raw", "last"), POINTS)
def test_each_period_has_its_line(  # noqa: PLR0913, PLR0917
    name: str, rule: str, on: str, patch: dict[str, Any], state: DeadlineState, trigger: str, since: str | None,
    period: str, raw: str, last: str,
) -> None:  # fmt: skip
    found = one(name, rule, on, patch)
    assert told(found) == (state, trigger, day(since), period, day(raw), day(last))
    assert found.days_left(dt.date.fromisoformat(on)) == (dt.date.fromisoformat(last) - dt.date.fromisoformat(on)).days
    assert found.article.startswith("第")
    assert found.duty


def test_the_extension_of_final_accounts_moves_the_date_only_as_far_as_the_regulation_allows() -> None:
    passed = {"events.竣工验收合格": "2026-09-01", "submissions.竣工财务决算报送": None}
    granted = {**passed, "approvals.决算延期批准": {"body": "市财政局", "date": "2026-11-02", "until": "2028-01-01"}}
    refused = {**passed, "approvals.决算延期批准": {"body": "市财政局", "date": "2026-11-02", "result": "不通过"}}
    asked = {**passed, "submissions.决算延期申请": "2026-11-02"}
    assert one(LYG, "LYG-29-5", "2026-11-20", passed).last == dt.date(2026, 12, 1)
    for not_granted in (refused, asked):
        assert one(LYG, "LYG-29-5", "2026-11-20", not_granted).last == dt.date(2026, 12, 1)
    assert one(LYG, "LYG-29-5", "2026-11-20", granted).state is DeadlineState.NOT_APPLICABLE
    strict, wide = one(LYG, "LYG-29-7", "2026-11-20", granted), one(LYG, "LYG-29-8", "2026-11-20", granted)
    assert (strict.period, strict.raw, strict.severity.word) == ("6个月", dt.date(2027, 3, 1), "warning")
    assert (wide.period, wide.raw, wide.severity.word) == ("9个月", dt.date(2027, 6, 1), "error")


@pytest.mark.parametrize(
    ("until", "on", "state", "last"),
    [
        ("2027-01-15", "2026-12-16", DeadlineState.DUE, "2027-01-15"),
        ("2027-01-15", "2027-01-15", DeadlineState.DUE, "2027-01-15"),
        ("2027-01-15", "2027-01-16", DeadlineState.OVERDUE, "2027-01-15"),
        (
            "2027-01-16",
            "2026-12-01",
            DeadlineState.TO_COME,
            "2027-01-16",
        ),  # a Saturday: what was granted moves no further
        ("2027-06-01", "2026-12-01", DeadlineState.TO_COME, "2027-06-01"),
        ("2027-06-02", "2026-12-01", DeadlineState.NOT_APPLICABLE, "2027-06-02"),  # beyond what may be granted at all
        (None, "2026-12-01", DeadlineState.UNDETERMINED, None),
    ],
)
def test_final_accounts_are_due_by_the_day_that_was_granted(
    until: str | None, on: str, state: DeadlineState, last: str | None
) -> None:
    granted = {"body": "市财政局", "date": "2026-11-02", **({"until": until} if until else {})}
    found = one(LYG, "LYG-29-14", on, {
        "events.竣工验收合格": "2026-09-01", "submissions.竣工财务决算报送": None, "approvals.决算延期批准": granted,
    })  # fmt: skip
    assert (found.state, found.last) == (state, day(last))


def test_an_extension_of_acceptance_runs_to_the_day_that_was_granted_and_moves_no_further() -> None:
    built = {"events.组织验收": None, "events.验收合格": None, "events.项目建成": "2024-03-22"}
    applied = {**built, "submissions.延期验收申请": "2024-09-12"}
    granted = {"body": "市行政审批服务局", "date": "2024-09-18", "until": "2024-12-31"}
    assert one(LZ, "LZ-23-8", "2024-09-20", built).state is DeadlineState.DUE
    waits = {d.rule: d for d in dates(LZ, "2024-09-20", applied) if d.rule.startswith("LZ-23-")}
    assert (waits["LZ-23-8"].state, waits["LZ-23-8"].done) == (DeadlineState.DONE, dt.date(2024, 9, 12))
    assert (waits["LZ-23-9"].state, waits["LZ-23-9"].last) == (DeadlineState.DUE, dt.date(2024, 9, 23))
    longer = one(LZ, "LZ-23-10", "2024-09-20", {**applied, "approvals.延期验收批准": granted})
    assert (longer.state, longer.trigger, longer.last) == (
        DeadlineState.TO_COME,
        "延期验收批准的截止日期",
        dt.date(2024, 12, 31),
    )
    sunday = {**granted, "until": "2024-12-29"}
    assert one(LZ, "LZ-23-10", "2024-09-20", {**applied, "approvals.延期验收批准": sunday}).last == dt.date(
        2024, 12, 29
    )


def test_quarters_and_years_each_have_a_line_up_to_the_one_that_runs() -> None:
    base = {"events.项目开工": "2025-03-10", "events.项目建成": None, "approvals.项目竣工验收": None,
            "submissions": [{"kind": "季度进展报送", "to": "市市域社会治理现代化指挥中心", "on": "2025-03-28"}]}  # fmt: skip
    found = ordered(of(QD, "QD-18-3", "2025-08-05", base))
    assert [(d.subject, d.last, d.state) for d in found] == [
        ("2025年第2季度", dt.date(2025, 6, 30), DeadlineState.OVERDUE),
        ("2025年第3季度", dt.date(2025, 9, 30), DeadlineState.TO_COME),
        ("2025年第1季度", dt.date(2025, 3, 31), DeadlineState.DONE),
    ]
    assert {(d.body, d.period, d.trigger) for d in found} == {("市市域社会治理现代化指挥中心", "每季度末", "项目开工")}
    yearly = one(QD, "QD-25-1", "2025-08-05", base)
    assert (yearly.subject, yearly.body, yearly.last) == ("2025年", "市财政局", dt.date(2025, 12, 31))
    year_end = of(LZ, "LZ-24-9", "2024-09-20", {"events.项目建成": None, "events.组织验收": None, "events.验收合格": None,
                                               "events.项目竣工": None, "events.投入使用": None})  # fmt: skip
    assert [(d.subject, d.last, d.state) for d in ordered(year_end)] == [
        ("2024年", dt.date(2024, 12, 31), DeadlineState.TO_COME),
        ("2023年", dt.date(2023, 12, 31), DeadlineState.DONE),
    ]


def test_a_window_shows_both_ends_and_who_comes_too_early_is_told() -> None:
    begun = {
        "approvals.项目竣工验收": "2025-12-10",
        "events.正式投入运行": "2025-12-22",
        "submissions.自评价报告报送": None,
    }
    first, second = ordered(of(QD, "QD-33-1", "2026-11-26", begun))
    assert (first.trigger, first.trigger_date, first.period) == ("正式投入运行", dt.date(2025, 12, 22), "6个月至12个月")
    assert (first.opens, first.raw, first.last) == (dt.date(2026, 6, 22), dt.date(2026, 12, 22), dt.date(2026, 12, 22))
    assert {first.body, second.body} == {"市市域社会治理现代化指挥中心", "市财政局"}
    assert of(QD, "QD-33-2", "2026-11-26", begun) == []
    early = one(QD, "QD-33-2", "2026-11-26", {**begun, "submissions.自评价报告报送": "2026-06-21"})
    assert (early.state, early.opens) == (DeadlineState.EARLY, dt.date(2026, 6, 22))
    assert "2026-06-21" in early.detail


def test_the_bar_on_renewal_ends_on_the_day_after_two_years() -> None:
    old = {"id": "old", "name": "旧系统", "unit": "x", "completed": "2025-03-18"}
    renewal = {
        "category": "续建",
        "stage": "申报",
        "predecessor": "old",
        "systems": [old],
        "submissions.年度计划申报": None,
    }
    barred = one(LYG, "LYG-7-3", "2026-11-20", renewal)
    assert (barred.state, barred.period, barred.opens, barred.last) == (
        DeadlineState.TO_COME,
        "满2年",
        dt.date(2027, 3, 19),
        None,
    )
    assert barred.trigger_date == dt.date(2025, 3, 18)
    assert one(LYG, "LYG-7-3", "2027-03-19", renewal).state is DeadlineState.DUE
    assert one(LYG, "LYG-7-3", "2027-03-20", renewal).state is DeadlineState.ENDED
    filed = {**renewal, "submissions.年度计划申报": "2027-03-18"}
    assert one(LYG, "LYG-7-3", "2027-04-20", filed).state is DeadlineState.EARLY
    assert (
        one(LYG, "LYG-7-3", "2027-04-20", {**renewal, "submissions.年度计划申报": "2027-03-19"}).state
        is DeadlineState.DONE
    )


def test_free_operation_runs_to_its_shortest_length_and_says_what_was_agreed() -> None:
    year = one(
        TZ, "TZ-33-6", "2026-09-20", {"approvals.项目竣工验收": "2025-10-14", "contracts.建设合同.until": "2026-12-31"}
    )
    assert (year.state, year.opens, year.trigger) == (DeadlineState.DUE, dt.date(2026, 10, 14), "项目竣工验收")
    assert year.detail == "服务期截止日期为 2026-12-31"
    short = one(
        TZ, "TZ-33-6", "2026-09-20", {"approvals.项目竣工验收": "2025-10-14", "contracts.建设合同.until": "2026-10-13"}
    )
    assert short.state is DeadlineState.EARLY
    three = one(LZ, "LZ-29-2", "2024-09-20", {})
    assert (three.period, three.opens, three.state) == ("满3年", dt.date(2027, 4, 12), DeadlineState.TO_COME)
    over = one(LZ, "LZ-29-2", "2027-05-20", {})
    assert over.state in (DeadlineState.DONE, DeadlineState.ENDED)


def test_working_days_count_make_up_weekends_and_a_late_upload_is_late() -> None:
    contract = {"kind": "建设合同", "name": "甲", "on": "2026-09-24"}
    upload = {"kind": "合同资料上传", "to": "市政务信息化项目管理平台", "on": "2026-10-16"}
    late = one(TZ, "TZ-21-1", "2026-11-20", {"contracts": [contract], "submissions": [upload]})
    assert (late.state, late.last, late.done) == (DeadlineState.LATE, dt.date(2026, 10, 15), dt.date(2026, 10, 16))
    assert one(TZ, "TZ-21-1", "2026-11-20", {"contracts": []}).state is DeadlineState.WAITING


# ---------------------------------------------------------------- triggers that have not happened


def test_what_waits_says_what_would_start_it() -> None:
    nothing = {"events": [], "approvals.项目竣工验收": None, "submissions.评价报告报送": None}
    both = one(TZ, "TZ-37-2", "2026-11-20", nothing)
    assert (both.state, both.detail, both.last) == (DeadlineState.WAITING, "项目竣工验收和投入运行", None)
    accepted = one(TZ, "TZ-37-2", "2026-11-20", {**nothing, "approvals.项目竣工验收": "2026-04-23"})
    assert (accepted.state, accepted.detail) == (DeadlineState.WAITING, "投入运行")
    assert one(QD, "QD-18-3", "2026-11-20", {"events": [], "contracts": []}).detail == "项目开工或建设合同"
    standard = one(LZ, "LZ-15-2", "2024-09-20", {"events.验收合格": None})
    assert (standard.state, standard.detail) == (DeadlineState.WAITING, "验收合格")


def test_a_rule_that_does_not_apply_is_told_apart_from_one_that_waits() -> None:
    assert one(LZ, "LZ-15-2", "2024-09-20", {"budget.total": "499万元"}).state is DeadlineState.NOT_APPLICABLE
    small = one(LZ, "LZ-15-2", "2024-09-20", {"budget.total": "499万元", "events.验收合格": None})
    assert small.state is DeadlineState.NOT_APPLICABLE


def test_a_value_that_is_not_given_leaves_the_date_open_with_the_reason() -> None:
    open_ = {"budget.total": None, "events.标准发布": None}
    for day in ("2024-09-20", "2025-04-15"):
        unknown = one(LZ, "LZ-15-2", day, open_)
        assert (unknown.state, unknown.last) == (DeadlineState.UNDETERMINED, dt.date(2025, 4, 14))
        assert "budget.total（总投资）" in unknown.detail
    assert one(LZ, "LZ-15-2", "2024-09-20", {"budget.total": None}).state is DeadlineState.DONE


# ---------------------------------------------------------------- dates that bodies set

BUDGET = {"kind": "预算编制截止", "on": "2026-11-27", "number": "连财预〔2026〕21号", "title": "预算通知"}


def test_a_notice_gives_the_rule_its_day_and_its_number() -> None:
    plan = {"year": "2027", "notices": [BUDGET], "submissions.年度计划申报": None}
    found = one(LYG, "LYG-12-3", "2026-11-20", plan)
    assert (found.state, found.last, found.trigger) == (DeadlineState.DUE, dt.date(2026, 11, 27), "《预算通知》")
    assert (found.number, found.body) == ("连财预〔2026〕21号", "市数据局")
    assert one(LYG, "LYG-12-3", "2026-11-28", plan).state is DeadlineState.OVERDUE
    handed_in = {**plan, "submissions.年度计划申报": "2026-11-26"}
    assert one(LYG, "LYG-12-3", "2026-11-26", handed_in).state is DeadlineState.DONE
    late = one(LYG, "LYG-12-3", "2026-11-30", {**plan, "submissions.年度计划申报": "2026-11-28"})
    assert (late.state, late.done) == (DeadlineState.LATE, dt.date(2026, 11, 28))


def test_what_is_dated_after_the_day_of_judgement_ends_nothing() -> None:
    plan = {"year": "2027", "notices": [BUDGET], "submissions.年度计划申报": "2026-11-26"}
    assert one(LYG, "LYG-12-3", "2026-11-20", plan).state is DeadlineState.DUE


def test_several_notices_of_one_kind_have_a_line_each_and_only_those_of_the_project_count() -> None:
    first = {"kind": "限期整改通知", "on": "2026-11-10", "number": "一号", "of": "x"}
    mine = pack(QD).base
    assert mine is not None
    project_id = build(pack(QD), {})[0].id
    notices = [
        first,
        {**first, "on": "2026-12-10", "number": "二号", "of": project_id},
        {**first, "number": "三号", "of": None},
    ]
    found = of(QD, "QD-36-1", "2026-11-20", {"notices": [{k: v for k, v in n.items() if v} for n in notices]})
    assert {(d.number, d.state) for d in found} == {("二号", DeadlineState.DUE), ("三号", DeadlineState.OVERDUE)}
    assert len({d.uid for d in found}) == 2


# ---------------------------------------------------------------- years whose schedule is not known

KNOWN = Schedule(
    years=frozenset(year for year in published().years if year <= 2026),
    holidays=frozenset(d for d in published().holidays if d < dt.date(2026, 12, 1)),
    makeup=frozenset(d for d in published().makeup if d < dt.date(2026, 12, 1)),
)
NEXT_YEAR = YearSchedule(
    2027,
    frozenset({dt.date(2027, 1, 1), dt.date(2027, 2, 6), dt.date(2027, 10, 1)}),
    frozenset(),
    "国办发明电〔2026〕9号",
)


def test_a_year_without_a_schedule_gives_a_provisional_day_with_the_reason() -> None:
    built = {**UNDONE, "events.项目建成": "2026-08-06"}
    found = one(LYG, "LYG-28-2", "2026-11-20", built, schedule=KNOWN)
    assert (found.raw, found.last) == (dt.date(2027, 2, 6), dt.date(2027, 2, 9))  # 正月初一 to 初三 by statute
    assert (
        found.provisional == "2027年的放假安排没有收录，按法定节日和周六、周日推算；公布后写进 govit.yaml 的 calendars"
    )
    known = one(LYG, "LYG-28-2", "2026-11-20", built, schedule=with_years(KNOWN, [NEXT_YEAR]))
    assert (known.last, known.provisional) == (dt.date(2027, 2, 9), "")


def test_working_days_name_every_year_that_is_not_known() -> None:
    contract = {"contracts": [{"kind": "建设合同", "name": "甲", "on": "2026-12-24"}], "submissions.合同资料上传": None}
    found = one(TZ, "TZ-21-1", "2026-12-31", contract, schedule=KNOWN)
    assert found.provisional.startswith("2027年的放假安排没有收录")


def test_the_schedule_of_a_dossier_makes_its_dates_certain(tmp_path: Path) -> None:
    def told_of() -> Deadline:
        settings = run.RunSettings(paths=(tmp_path,), as_of=dt.date(2035, 1, 10), everything=True)
        opened = run.open_dossiers(settings)
        listing = deadlines.listing(opened.dossiers, opened.library, opened.options, 30)
        return next(d for d in listing.deadlines if d.rule == "SM-2-1")

    (tmp_path / "packs").mkdir()
    text = PACK.replace("effective_to: 2025-12-31\n", "")
    (tmp_path / "packs" / "small-2024.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "govit.yaml").write_text("regulation: small-2024\nregulations: packs\n", encoding="utf-8")
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "project.yaml").write_text(
        "id: p\nname: 项目\nstage: 验收\ncategory: 新建\nunit: {name: 某局}\nbudget: {total: 1万元}\n"
        "events: [{kind: 完成建设, on: 2034-08-12}]\n",
        encoding="utf-8",
    )
    before = told_of()
    assert (before.raw, before.last) == (dt.date(2035, 2, 12), dt.date(2035, 2, 12))
    assert before.provisional.startswith("2035年的放假安排没有收录")
    (tmp_path / "2035.yaml").write_text(
        "year: 2035\nsource: 国办发明电〔2034〕8号\nholidays: [2035-02-12, 2035-02-13]\nmakeup: [2035-02-17]\n",
        encoding="utf-8",
    )
    with (tmp_path / "govit.yaml").open("a", encoding="utf-8") as file:
        file.write("calendars: [2035.yaml]\n")
    after = told_of()
    assert (after.raw, after.last, after.provisional) == (dt.date(2035, 2, 12), dt.date(2035, 2, 14), "")
    assert after.uid == before.uid


# ---------------------------------------------------------------- never other than the engine says

STATES = {
    Outcome.COMPLIES: {DeadlineState.DONE},
    Outcome.VIOLATES: {DeadlineState.OVERDUE, DeadlineState.LATE},
    Outcome.UNDETERMINED: {DeadlineState.UNDETERMINED, DeadlineState.WAITING},
    Outcome.NOT_APPLICABLE: {
        DeadlineState.NOT_APPLICABLE,
        DeadlineState.WAITING,
        DeadlineState.TO_COME,
        DeadlineState.DUE,
    },
}


def judged_by_period(rule: Rule) -> bool:
    return rule.check in ("within", "every")


@pytest.mark.parametrize("name", [path.stem for path in built_in_packs()])
def test_a_state_never_contradicts_the_judgement_of_any_example(name: str) -> None:
    seen = 0
    for rule in pack(name).rules:
        if not judged_by_period(rule):
            continue
        for example in examples_of(rule, pack(name)):
            built, _ = build(pack(name), example.patch)
            case = case_of(built, pack(name), example.as_of.isoformat(), assume=pack(name).draft)
            examined = case.examined()
            lines = {d.subject: d.state for d in due.of_rules(case, examined, 30) if d.rule == rule.id}
            for judgement in examined.each:
                if judgement.rule is rule and judgement.subject in lines:
                    seen += 1
                    state, outcome = lines[judgement.subject], judgement.verdict.outcome
                    assert state in STATES[outcome], (rule.id, example.line, state, outcome)
    assert seen > 20


def test_every_rule_with_a_period_has_a_line_for_some_project() -> None:
    for name in (LYG, QD, TZ, LZ):
        wanted = {rule.id for rule in pack(name).rules if judged_by_period(rule)}
        seen: set[str] = set()
        for rule in pack(name).rules:
            if rule.id in wanted:
                for example in examples_of(rule, pack(name)):
                    seen |= {d.rule for d in dates(name, example.as_of.isoformat(), example.patch) if d.day}
        assert wanted - seen == set()


# ---------------------------------------------------------------- waivers, validity, advice


def waived(until: str, subject: str = "") -> dict[str, Any]:
    waiver = {"rule": "SM-2-2", "reason": "特殊", "by": "局长", "number": "豁1号", "until": until}
    return {**waiver, "subject": subject} if subject else waiver


def small(on: str, **given: Any) -> dict[str, Deadline]:
    made = project(regulation(), events=[{"kind": "完成建设", "on": "2024-02-05"}], **given)
    case = case_of(made, regulation(), on)
    examined = case.examined()
    return {
        f"{d.source} {d.rule}": d
        for d in [*due.of_rules(case, examined, 30), *deadlines.of_waivers(case, examined, 30)]
    }


@pytest.mark.parametrize("lacking", ["reason", "by", "number", "until"])
def test_a_waiver_that_the_check_does_not_adopt_covers_no_deadline(lacking: str) -> None:
    made = project(regulation(), events=[{"kind": "完成建设", "on": "2024-02-05"}], waivers=[waived("2024-07-01")])
    (whole,) = made.waivers
    broken = replace(made, waivers=(replace(whole, **{lacking: None}),))

    def mark(of: Project) -> Waived | None:
        case = case_of(of, regulation(), "2024-06-20")
        return next(d.waived for d in due.of_rules(case, case.examined(), 30) if d.rule == "SM-2-2")

    assert mark(made) == Waived("豁1号", dt.date(2024, 7, 1))
    assert mark(broken) is None


def test_a_waiver_is_a_date_of_its_own_and_keeps_an_overdue_line_from_failing() -> None:
    valid = small("2024-06-20", waivers=[waived("2024-07-01")])
    assert (valid["rule SM-2-2"].state, valid["rule SM-2-2"].fails) == (DeadlineState.OVERDUE, False)
    line = valid["waiver SM-2-2"]
    assert (line.state, line.last, line.number, line.body) == (DeadlineState.DUE, dt.date(2024, 7, 1), "豁1号", "局长")
    expired = small("2024-07-02", waivers=[waived("2024-07-01")])
    assert expired["rule SM-2-2"].fails
    assert expired["waiver SM-2-2"].state is DeadlineState.OVERDUE
    settled = small(
        "2024-07-02", waivers=[waived("2024-07-01")], submissions=[{"kind": "交报告", "to": "甲局", "on": "2024-03-01"}]
    )
    assert settled["waiver SM-2-2"].state is DeadlineState.ENDED


def test_the_last_day_of_a_regulation_is_a_date_that_never_moves() -> None:
    (line,) = deadlines.of_regulation(pack(LZ), dt.date(2024, 9, 20), 30)
    assert (line.state, line.last, line.article) == (DeadlineState.DUE, dt.date(2024, 9, 28), "第四十二条")
    assert deadlines.of_regulation(pack(LZ), dt.date(2024, 9, 29), 30)[0].state is DeadlineState.ENDED
    assert deadlines.of_regulation(pack(LYG), dt.date(2026, 9, 29), 30) == []


def test_drafts_and_expired_regulations_only_advise() -> None:
    overdue = {"approvals.项目竣工验收": "2026-09-04", "submissions.验收报告备案": None}
    assert one(TZ, "TZ-29-1", "2026-11-20", overdue).advisory
    assert not one(TZ, "TZ-29-1", "2026-11-20", overdue, assume=True).advisory
    after = {"events.验收合格": "2024-10-10", "events.标准发布": None}
    assert one(LZ, "LZ-15-2", "2026-11-20", after).advisory
    within = one(LZ, "LZ-15-2", "2026-11-20", {"events.标准发布": None})
    assert (within.state, within.advisory, within.severity.word) == (DeadlineState.OVERDUE, False, "warning")


def test_what_fell_due_before_the_first_day_of_the_regulation_is_not_counted() -> None:
    early = {**UNDONE, "events.项目建成": "2025-06-10", "approvals.立项审批@市发改委": None}
    old = one(LYG, "LYG-28-1", "2026-11-20", early)
    assert (old.state, old.detail) == (DeadlineState.NOT_APPLICABLE, "早于施行日，依原办法")
