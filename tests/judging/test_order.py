"""先后: what a rule wants before or after a day, each event with its own record, values as they stood on a day."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from small_pack import PACK, judge, project, regulation

from govit.base.records import replace
from govit.calendar.workdays import published
from govit.dossier.finding import Outcome
from govit.dossier.model import Index, Notice, Settings
from govit.judging.engine import Options, examine

if TYPE_CHECKING:
    from govit.judging.judgement import Judgement

WORDS = "documents: {方案书: {}}\n  events: {完成建设: {}}"
assert WORDS in PACK
MORE = "documents: {方案书: {}}\n  events: {完成建设: {}, 出事: {}}\n  contracts: {合同: {}}"
PRESENT = "check: present, documents: [方案书],"
EACH = (
    "check: submitted, submission: 交报告, to: 甲局, each: {events: [出事]}, after: item.on, one_each: [events.出事],"
)
FAILED = "check: forbidden, forbidden: {当时的结论: 不合格},"
AS_IT_STOOD = (
    "facts: [{name: 当时的结论, article: 第三条, "
    "last_before: {value: documents.方案书.result, day: submissions.交报告.last}}]"
)


def said(check: str, facts: str = "facts: []", **given: Any) -> Outcome:
    text = PACK.replace(WORDS, MORE).replace(PRESENT, check).replace("facts: []", facts)
    found = judge(text, on="2024-10-08", **given)
    return found["SM-3-1"].outcome


def trouble(*days: str, **of: str) -> list[dict[str, str]]:
    return [{"kind": "出事", "on": day, **of} for day in days]


def reports(*days: str, of: str = "") -> list[dict[str, Any]]:
    return [{"kind": "交报告", "to": ["甲局"], "on": day, **({"of": of} if of else {})} for day in days]


@pytest.mark.parametrize(
    ("days", "reported", "outcome"),
    [
        (["2024-03-04"], ["2024-03-04"], Outcome.COMPLIES),
        (["2024-03-04"], ["2024-03-03"], Outcome.VIOLATES),
        (["2024-03-04", "2024-04-08"], ["2024-04-09"], Outcome.VIOLATES),
        (["2024-03-04", "2024-04-08"], ["2024-03-05", "2024-04-09"], Outcome.COMPLIES),
        (["2024-03-04", "2024-04-08"], ["2024-04-09", "2024-04-10"], Outcome.COMPLIES),
        (["2024-04-08", "2024-03-04"], ["2024-03-05", "2024-03-06"], Outcome.VIOLATES),
        (["2024-03-04", "2024-03-04"], ["2024-03-05"], Outcome.VIOLATES),
    ],
)
def test_each_event_has_its_own_report(days: list[str], reported: list[str], outcome: Outcome) -> None:
    assert said(EACH, events=trouble(*days), submissions=reports(*reported)) is outcome


def test_a_report_that_names_one_event_is_not_that_of_another() -> None:
    events = trouble("2024-03-04", "2024-04-08")
    second = reports("2024-04-09", of="2024-04-08")
    assert said(EACH, events=events, submissions=second) is Outcome.VIOLATES
    assert said(EACH, events=events, submissions=[*second, *reports("2024-04-10")]) is Outcome.COMPLIES


@pytest.mark.parametrize(
    ("results", "outcome"),
    [
        ({"2024-05-01": "不合格", "2024-07-01": "合格"}, Outcome.VIOLATES),
        ({"2024-05-01": "合格", "2024-07-01": "不合格"}, Outcome.COMPLIES),
        ({"2024-04-01": "不合格", "2024-05-01": "合格", "2024-06-01": "不合格"}, Outcome.VIOLATES),
        ({"2024-05-01": "不合格", "2024-06-10": "合格"}, Outcome.COMPLIES),
        ({"2024-05-01": "合格", "": "不合格"}, Outcome.UNDETERMINED),
        ({"2024-05-01": "合格", "": "合格"}, Outcome.COMPLIES),
        ({"2024-07-01": "不合格"}, Outcome.COMPLIES),
    ],
)
def test_what_counts_is_the_last_result_up_to_the_day(results: dict[str, str], outcome: Outcome) -> None:
    papers = [{"kinds": ["方案书"], "result": r, **({"date": day} if day else {})} for day, r in results.items()]
    assert said(FAILED, AS_IT_STOOD, documents=papers, submissions=reports("2024-06-10")) is outcome


@pytest.mark.parametrize(
    ("date", "signed", "outcome"),
    [
        ("2024-05-06", "2024-05-06", Outcome.COMPLIES),
        ("2024-05-07", "2024-05-06", Outcome.VIOLATES),
        (None, "2024-05-06", Outcome.UNDETERMINED),
        ("2024-05-06", None, Outcome.UNDETERMINED),
    ],
)
def test_a_day_that_is_not_told_is_no_order_kept(date: str | None, signed: str | None, outcome: Outcome) -> None:
    paper = {"kinds": ["方案书"], **({"date": date} if date else {})}
    contract = {"kind": "合同", **({"on": signed} if signed else {})}
    assert said(f"{PRESENT} before: contracts.合同,", documents=[paper], contracts=[contract]) is outcome


def test_a_day_that_has_not_come_bounds_nothing() -> None:
    assert said(f"{PRESENT} before: contracts.合同,", documents=[{"kinds": ["方案书"]}]) is Outcome.COMPLIES


def test_the_last_word_before_the_day_counts() -> None:
    check = "check: approved, act: 乙审, before: events.完成建设,"
    built = [{"kind": "完成建设", "on": "2024-06-03"}]

    def words(*days: tuple[str, str]) -> list[dict[str, str]]:
        return [{"body": "乙局", "act": "乙审", "date": day, "result": result} for day, result in days]

    returned = words(("2024-05-06", "通过"), ("2024-05-20", "退回修改"), ("2024-07-01", "通过"))
    later = words(("2024-05-06", "通过"), ("2024-07-01", "退回修改"))
    assert said(check, approvals=returned, events=built) is Outcome.VIOLATES
    assert said(check, approvals=later, events=built) is Outcome.COMPLIES


# -- each deadline its own act -------------------------------------------------------------------------

DEADLINES = (
    "check: given, field: events.改好, each: {notices: [通知改]}, before: item.on, one_each: [notices.通知改],"
)


def put_right(days: list[str], orders: list[str], of: str = "") -> list[Outcome]:
    """The verdict on each order to put something right, by the days on which it was done."""
    return [one.verdict.outcome for one in _judged(days, orders, of)]


def told_of(days: list[str], orders: list[str]) -> list[str]:
    """What is said of each."""
    return [one.verdict.detail for one in _judged(days, orders)]


def _judged(
    days: list[str], orders: list[str], of: str = "", *, check: str = DEADLINES, issued: list[str] | None = None
) -> list[Judgement]:
    text = PACK.replace(WORDS, f"{MORE}\n  notices: {{通知改: {{}}}}").replace("出事: {}", "出事: {}, 改好: {}")
    pack = regulation(text.replace(PRESENT, check))
    done = [{"kind": "改好", "on": day} for day in days]
    if of:
        done[-1]["of"] = of
    sent = [dt.date.fromisoformat(day) for day in issued or []] or [None] * len(orders)
    notices = tuple(
        Notice(kind="通知改", on=dt.date.fromisoformat(day), issued=out, number=f"{n}号")
        for n, (day, out) in enumerate(zip(orders, sent, strict=True))
    )
    one = replace(project(pack, events=done), settings=Settings(notices=notices))
    found = examine(one, pack, Index(), Options(as_of=dt.date(2024, 10, 8), schedule=published())).each
    return [j for j in found if j.rule.id == "SM-3-1"]


YES, NO = Outcome.COMPLIES, Outcome.VIOLATES


@pytest.mark.parametrize(
    ("done", "orders", "said"),
    [
        (["2024-05-06"], ["2024-05-06"], [YES]),
        (["2024-05-07"], ["2024-05-06"], [NO]),
        ([], ["2024-05-06"], [NO]),
        (["2024-05-06"], ["2024-12-06"], [Outcome.NOT_APPLICABLE]),  # not due yet
        (["2024-05-06", "2024-09-03"], ["2024-05-06", "2024-09-02"], [YES, NO]),
        (["2024-05-07", "2024-09-02"], ["2024-05-06", "2024-09-02"], [NO, YES]),
        (["2024-05-06", "2024-05-06"], ["2024-05-06", "2024-09-02"], [YES, YES]),
        (["2024-05-06"], ["2024-05-06", "2024-09-02"], [YES, NO]),
        (["2024-05-07"], ["2024-05-06", "2024-09-02"], [NO, NO]),
        (["2024-09-02", "2024-05-06"], ["2024-09-02", "2024-05-06"], [YES, YES]),
    ],
)
def test_each_deadline_is_met_by_an_act_of_its_own(done: list[str], orders: list[str], said: list[Outcome]) -> None:
    assert put_right(done, orders) == said


ISSUED = DEADLINES.replace("before: item.on", "after: item.issued, before: item.on")
SINCE = "check: before, first: events.改好, second: notices.通知改, since: notices.通知改.issued,"


@pytest.mark.parametrize(
    ("done", "said"),
    [
        (["2024-04-01"], YES),
        (["2024-03-31"], NO),
        (["2024-03-31", "2024-05-06"], YES),
        (["2024-03-31", "2024-05-07"], NO),
        ([], NO),
    ],
)
@pytest.mark.parametrize("check", [ISSUED, SINCE])
def test_what_was_done_before_the_notice_was_issued_is_not_what_it_orders(
    check: str, done: list[str], said: Outcome
) -> None:
    assert [j.verdict.outcome for j in _judged(done, ["2024-05-06"], check=check, issued=["2024-04-01"])] == [said]
    if done == ["2024-03-31"]:  # a notice that does not say when it was issued bounds nothing
        assert [j.verdict.outcome for j in _judged(done, ["2024-05-06"], check=check)] == [YES]


def test_each_of_several_notices_takes_no_act_from_before_it_was_issued() -> None:
    issued, orders = ["2024-04-01", "2024-08-01"], ["2024-05-06", "2024-09-02"]
    for done, said in (
        (["2024-03-31", "2024-04-01", "2024-08-01"], [YES, YES]),
        (["2024-03-31", "2024-08-01"], [NO, NO]),  # late for the first, as one act for two deadlines is
        (["2024-04-01", "2024-07-31"], [YES, NO]),
    ):
        assert [j.verdict.outcome for j in _judged(done, orders, check=ISSUED, issued=issued)] == said


@pytest.mark.parametrize("of", ["1号", "2024-09-02"])
def test_an_act_that_names_a_deadline_is_not_that_of_another(of: str) -> None:
    assert put_right(["2024-05-06"], ["2024-05-06", "2024-09-02"], of) == [NO, YES]


def test_an_act_that_is_late_for_its_own_deadline_is_told_as_late() -> None:
    details = told_of(["2024-05-06", "2024-09-03"], ["2024-05-06", "2024-09-02"])
    assert "“改好”的日期 2024-09-03 应当不晚于" in details[1]
    assert "没有另外一份" in told_of(["2024-05-06"], ["2024-05-06", "2024-09-02"])[1]


FIRST_APPROVED = "check: before, first: approvals.甲审@甲局, second: events.完成建设,"


def spoken(*said: tuple[str, str] | tuple[str, str, str]) -> list[dict[str, Any]]:
    return [
        {"act": "甲审", "body": "甲局", "result": result, "date": day, **({"of": of[0]} if of else {})}
        for day, result, *of in said
    ]


@pytest.mark.parametrize(
    ("approvals", "outcome"),
    [
        (spoken(("2024-03-01", "通过"), ("2024-04-01", "不通过")), Outcome.VIOLATES),
        (spoken(("2024-04-01", "退回修改"), ("2024-03-01", "通过")), Outcome.VIOLATES),
        (spoken(("2024-03-01", "通过"), ("2024-04-01", "不通过"), ("2024-05-02", "通过")), Outcome.VIOLATES),
        (spoken(("2024-03-01", "通过"), ("2024-04-01", "不通过"), ("2024-05-01", "通过")), Outcome.COMPLIES),
        (spoken(("2024-02-01", "不通过"), ("2024-03-01", "通过")), Outcome.COMPLIES),
        (spoken(("2024-03-01", "通过"), ("2024-05-01", "不通过")), Outcome.VIOLATES),
        (spoken(("2024-03-01", "通过"), ("2024-05-02", "不通过")), Outcome.COMPLIES),
        (spoken(("2024-03-01", "通过"), ("2024-04-01", "不通过", "二期")), Outcome.COMPLIES),
        (spoken(("2024-03-01", "通过"), ("2024-03-01", "退回修改")), Outcome.COMPLIES),
        (spoken(("2024-02-01", "不通过"), ("2024-05-02", "通过")), Outcome.VIOLATES),
    ],
)
def test_an_approval_counts_until_its_body_says_otherwise(approvals: list[dict[str, Any]], outcome: Outcome) -> None:
    """What was done on the first of May rests on what was last said by then."""
    built = [{"kind": "完成建设", "on": "2024-05-01"}]
    assert said(FIRST_APPROVED, approvals=approvals, events=built) is outcome


@pytest.mark.parametrize(
    ("form", "refused", "outcome"),
    [
        ("later", ["甲局"], Outcome.VIOLATES),
        ("later", [], Outcome.COMPLIES),
        ("earlier", ["甲局"], Outcome.COMPLIES),
        ("earlier", ["甲局", "乙局"], Outcome.VIOLATES),
    ],
)
def test_of_several_approvals_all_or_one_must_still_count(form: str, refused: list[str], outcome: Outcome) -> None:
    day = f"facts: [{{name: 审定日, article: 第三条, {form}: [approvals.甲审@甲局, approvals.甲审@乙局]}}]"
    passed = [{"act": "甲审", "body": body, "result": "通过", "date": "2024-03-01"} for body in ("甲局", "乙局")]
    again = [{"act": "甲审", "body": body, "result": "不通过", "date": "2024-04-01"} for body in refused]
    check = "check: before, first: 审定日, second: events.完成建设,"
    built = [{"kind": "完成建设", "on": "2024-05-01"}]
    assert said(check, day, approvals=[*passed, *again], events=built) is outcome
