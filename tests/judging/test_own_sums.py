"""Contradictions: what a project's own figures, dates and names say against each other."""

from __future__ import annotations

import datetime as dt
import shutil
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from committed import edit
from dating import pack
from hypothesis import given
from hypothesis import strategies as st
from places import SAMPLES
from small_pack import PACK, regulation

from govit.authoring.examples import build
from govit.base.money import format_money
from govit.base.records import replace
from govit.base.wording import on_paper
from govit.calendar.workdays import published
from govit.dossier.fields import Reader
from govit.dossier.finding import Outcome
from govit.dossier.model import Index, Neighbour, Project, Settings, Source, System
from govit.judging import run
from govit.judging.case import JudgeableCase
from govit.judging.engine import Options, examine
from govit.judging.facts import Facts
from govit.judging.figures import contradicted
from govit.judging.own_sums import check
from govit.judging.stages import progress
from govit.judging.values import UNKNOWN
from govit.law.conditions import Ref
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from pathlib import Path

    from govit.dossier.finding import Finding

TODAY = dt.date(2026, 11, 20)
HEAD = "id: p\nname: 项目\nstage: 申报\n"


YEARS = """\
budget:
  total: 10万元
  years:
    - {year: 2026, amount: 4万元}
    - {year: 2027, amount: 6万元}
funding:
  - {source: 甲, amount: 5万元, year: 2026}
  - {source: 乙, amount: 5万元, year: 2027}
"""
GROUPS = """\
budget:
  total: 10万元
  groups:
    - {name: 一, amount: 4万元}
    - {name: 二, amount: 5万元}
  lines:
    - {name: a, group: 一, amount: 4万元}
    - {name: b, group: 二, amount: 6万元}
"""

FEN = Decimal("0.01")


def read(text: str, file: str = "p/project.yaml") -> Project:
    reader = Reader(None)
    project = reader.record(Project, parse(text)[0], "")
    assert reader.faults == []
    return replace(project, source=Source(file, reader.places))


def told(text: str, *neighbours: Project, settings: Settings | None = None) -> list[tuple[int | None, str, str]]:
    project = replace(read(HEAD + text), settings=settings or Settings())
    index = Index(tuple(Neighbour(p.source.file.rpartition("/")[0], p) for p in (project, *neighbours)))
    return [(fault.line, fault.rule, fault.message) for fault in check(project, index, TODAY)]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("budget: {total: 10万元, lines: [{name: a, amount: 4万元}, {name: b, amount: 6万元}]}\n", []),
        (
            "budget:\n  total: 10万元\n  lines: [{name: a, amount: 4万元}, {name: b, amount: 5.999999万元}]\n",
            [(6, "GOV-301", "概算明细合计 9.999999万元，总投资（budget.total）10万元，相差 0.01元")],
        ),
        (
            "budget: {total: 10万元}\nfunding:\n  - {source: 甲, amount: 4万元}\n  - {source: 乙, amount: 7万元}\n",
            [(6, "GOV-303", "资金来源合计 11万元，总投资（budget.total）10万元，相差 1万元")],
        ),
        (
            "budget:\n  total: 10万元\n  years: [{year: 2026, amount: 4万元}, {year: 2027, amount: 5万元}]\n",
            [(6, "GOV-304", "分年度投资合计 9万元，总投资（budget.total）10万元，相差 1万元")],
        ),
        (
            YEARS,
            [
                (7, "GOV-304", "2026 年投资写 4万元，该年资金来源合计 5万元"),
                (8, "GOV-304", "2027 年投资写 6万元，该年资金来源合计 5万元"),
            ],
        ),
        (
            GROUPS,
            [(8, "GOV-302", "分组“二”小计写 5万元，明细合计 6万元")],
        ),
    ],
)
def test_lines_groups_total_sources_and_years_add_up_to_the_fen(text: str, faults: list[Any]) -> None:
    assert told(text) == faults


@pytest.mark.parametrize(
    "text",
    [
        "budget: {lines: [{name: a, amount: 4万元}]}\n",
        "budget: {total: 10万元, lines: [], years: []}\nfunding: []\n",
        "budget: {total: 10万元, years: [{year: 2026, amount: 10万元}]}\nfunding: [{source: 甲, amount: 10万元}]\n",
    ],
)
def test_what_is_not_given_is_not_added_up(text: str) -> None:
    assert told(text) == []


def test_a_sum_with_an_unreadable_amount_is_left_alone() -> None:
    reader = Reader(None)
    text = HEAD + "budget:\n  total: 10万元\n  lines: [{name: a, amount: 4}]\n  groups: [{amount: 4万元}, {name: b}]\n"
    project = reader.record(Project, parse(text)[0], "")
    assert len(reader.faults) == 3
    assert check(project, Index(), TODAY) == []


@given(st.lists(st.integers(0, 10**12), min_size=1, max_size=30), st.integers(-1, 1))
def test_one_fen_too_many_or_too_few_is_seen(fen: list[int], off: int) -> None:
    total = sum(fen) + off
    if total < 0:
        return
    lines = ", ".join(f"{{name: a, amount: {n // 100}.{n % 100:02d}元}}" for n in fen)
    found = told(f"budget: {{total: {total // 100}.{total % 100:02d}元, lines: [{lines}]}}\n")
    assert [rule for _, rule, _ in found] == ([] if off == 0 else ["GOV-301"])
    if off:
        assert found[0][2].endswith(f"相差 {format_money(FEN)}")


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("events: [{kind: a, on: 2026-11-20}]\n", []),
        (
            "events:\n  - {kind: a, on: 2026-11-21}\n",
            [(5, "GOV-307", "events[0].on（发生日期）2026-11-21 晚于判断日 2026-11-20，未计入判断")],
        ),
        (
            "approvals: [{body: a, act: b, result: 通过, date: 2027-01-01, until: 2028-01-01}]\n",
            [(4, "GOV-307", "approvals[0].date（审批日期）2027-01-01 晚于判断日 2026-11-20，未计入判断")],
        ),
        (
            "approvals: [{body: a, act: b, result: 通过, date: 2026-05-02, until: 2026-05-01}]\n",
            [(4, "GOV-308", "批准的截止日期 2026-05-01 早于审批日期 2026-05-02")],
        ),
        (
            "schedule:\n  start: 2026-05-02\n  end: 2026-05-01\n",
            [(6, "GOV-308", "计划完工 2026-05-01 早于计划开工 2026-05-02")],
        ),
        ("schedule: {start: 2027-05-02, end: 2027-05-02}\n", []),
    ],
)
def test_what_has_not_happened_yet_and_what_ends_before_it_begins_is_told(text: str, faults: list[Any]) -> None:
    assert told(text) == faults


ORDERED = PACK.replace("acts: {甲审: {}", "acts: {甲审: {after: [events.完成建设]}").replace(
    "events: {完成建设: {}}", "events: {动工: {}, 完成建设: {after: [events.动工]}, 验收: {after: [events.完成建设]}}"
)


def disordered(text: str) -> list[tuple[int | None, str]]:
    faults = check(read(HEAD + text), Index(), TODAY, regulation(ORDERED))
    assert {fault.rule for fault in faults} <= {"GOV-307", "GOV-310"}
    return [(fault.line, fault.message) for fault in faults if fault.rule == "GOV-310"]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("events:\n  - {kind: 完成建设, on: 2026-05-01}\n  - {kind: 验收, on: 2026-05-01}\n", []),
        ("events:\n  - {kind: 验收, on: 2026-04-30}\n", []),
        (
            "events:\n  - {kind: 验收, on: 2026-04-30}\n  - {kind: 完成建设, on: 2026-05-01}\n",
            [(5, "事项“验收”在 2026-04-30，早于事项“完成建设”（2026-05-01，events[1]，第 6 行），先后不可能")],
        ),
        (
            """\
events:
  - {kind: 完成建设, on: 2026-05-01}
approvals:
  - {body: 甲局, act: 甲审, result: 不通过, date: 2026-04-01}
  - {body: 甲局, act: 甲审, result: 通过, date: 2026-04-30}
""",
            [(8, "审批“甲审”在 2026-04-30，早于事项“完成建设”（2026-05-01，events[0]，第 5 行），先后不可能")],
        ),
        # what has not happened yet contradicts nothing: GOV-307 tells it
        ("events:\n  - {kind: 验收, on: 2026-04-30}\n  - {kind: 完成建设, on: 2026-11-21}\n", []),
        # what is recorded of different things has no order, and the first of several acts counts
        (
            "events:\n  - {kind: 验收, on: 2026-04-30, of: 一期}\n  - {kind: 完成建设, on: 2026-05-01, of: 二期}\n",
            [],
        ),
        (
            """\
events:
  - {kind: 完成建设, on: 2026-05-01}
  - {kind: 完成建设, on: 2026-04-01}
  - {kind: 验收, on: 2026-04-30}
""",
            [],
        ),
    ],
)
def test_records_in_an_impossible_order_are_told_with_both_places(text: str, faults: list[Any]) -> None:
    assert disordered(text) == faults


def test_check_tells_an_impossible_order_by_the_words_of_the_projects_own_regulation(tmp_path: Path) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "project.yaml").write_text(
        "id: p\nname: 项目\nstage: 验收\nregulation: lianyungang-2025\nunit: {name: 某局}\nevents:\n"
        "  - {kind: 项目建成, on: 2026-05-02}\n  - {kind: 竣工验收合格, on: 2026-05-01}\n",
        encoding="utf-8",
    )
    found = run.check(run.RunSettings(paths=(tmp_path,), as_of=TODAY)).findings
    (told,) = (f for f in found if f.rule == "GOV-310")
    assert (told.severity.word, told.place.line) == ("error", 8)
    assert "第 7 行" in told.message


def test_an_id_is_used_once_in_a_dossier() -> None:
    others = [read(HEAD, f"q{n}/project.yaml") for n in range(7)]
    assert told("") == []
    assert told("", others[0]) == [(1, "GOV-306", "id“p”与 q0 重复")]
    assert told("", *others) == [(1, "GOV-306", "id“p”与 q0、q1、q2、q3、q4 等 7 个项目 重复")]


def test_a_predecessor_is_a_project_of_the_dossier_or_a_system_of_the_unit() -> None:
    unknown = [(4, "GOV-309", "找不到前期项目或系统“old”")]
    assert told("predecessor: old\n") == unknown
    assert told("predecessor: old\n", read(HEAD.replace("id: p", "id: old"), "o/project.yaml")) == []
    assert told("predecessor: old\n", settings=Settings(systems=(System(id="old", name="旧"),))) == []
    assert told("predecessor: p\n") == [(4, "GOV-309", "找不到前期项目或系统“p”")]


def test_ids_of_ten_thousand_projects_are_gathered_once() -> None:
    projects = [replace(read(HEAD), id=f"p{n}", source=Source(f"{n}/project.yaml", {})) for n in range(3)]
    many = tuple(Neighbour(str(n), replace(projects[0], id=f"p{n}", predecessor="p1")) for n in range(10_000))
    index = Index(many)
    start = time.process_time()
    for neighbour in many:
        check(neighbour.project, index, TODAY)
    assert time.process_time() - start < 2


# -- figures that stand in two places ------------------------------------------------------------------


def budget(**given: str) -> str:
    return "budget:\n" + "".join(f"  {key}: {value}\n" for key, value in given.items())


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (budget(total="260万元", single="260万元"), []),
        (budget(total="260万元", single="999万元"), ["GOV-311"]),
        (budget(spent="50万元", lines="[{name: a, amount: 60万元, spent: 50万元}]"), []),
        (budget(spent="0元", lines="[{name: a, amount: 60万元, spent: 50万元}]"), ["GOV-312"]),
        (budget(spent="70万元", lines="[{name: a, amount: 60万元, spent: 50万元}]"), []),  # spending that no line has
        (budget(lines="[{name: a, amount: 60万元, spent: 60万元}]"), []),
        (budget(lines="[{name: a, amount: 60万元, spent: 600000.01元}]"), ["GOV-314"]),
        (budget(total="10万元", groups="[{name: 一, amount: 9万元}]"), ["GOV-302"]),
        (budget(lines="[{name: a, amount: 9万元}]") + "funding: [{source: 甲, amount: 8万元}]\n", ["GOV-303"]),
        (budget(total="10万元") + "contracts: [{kind: 甲, amount: 9万元}, {kind: 甲, amount: 9万元}]\n", []),
    ],
)
def test_every_figure_that_stands_in_two_places_is_compared(text: str, rules: list[str]) -> None:
    assert [rule for _, rule, _ in told(text)] == rules


CHANGES = """\
changes:
  - {on: 2025-03-03, amount: 5万元, total_after: 100万元}
  - {on: 2025-05-06, amount: AMOUNT, total_after: 120万元}
"""
AGAIN = "approvals: [{body: 甲, act: 变更审批, result: 通过, date: 2025-04-01, amount: 115万元}]\n"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (CHANGES.replace("AMOUNT", "20万元"), []),
        (CHANGES.replace("AMOUNT", "30万元"), []),  # more moved than the total shows
        (CHANGES.replace("AMOUNT", "5万元"), ["GOV-314"]),
        (CHANGES.replace("AMOUNT", "5万元") + AGAIN, []),  # 追加 that was approved in between
    ],
)
def test_a_total_that_moves_by_more_than_the_change_is_worth_a_look(text: str, rules: list[str]) -> None:
    assert [rule for _, rule, _ in told(text)] == rules


@pytest.mark.parametrize(
    ("first", "second", "rules"),
    [
        ("date: 2025-04-01, amount: 5万元", "date: 2025-04-01, amount: 5万元", []),
        ("date: 2025-04-01, amount: 5万元", "date: 2025-04-01, amount: 6万元", ["GOV-313"]),
        ("date: 2025-04-01, amount: 5万元", "date: 2025-04-02", ["GOV-313"]),
        ("date: 2025-04-01, amount: 5万元, of: 一期", "date: 2025-04-01, amount: 6万元, of: 二期", []),
    ],
)
def test_one_document_recorded_twice_says_the_same(first: str, second: str, rules: list[str]) -> None:
    one = "  - {body: 甲, act: 批, result: 通过, number: 甲〔2025〕1号, "
    assert [rule for _, rule, _ in told(f"approvals:\n{one}{first}}}\n{one}{second}}}\n")] == rules


def judged(tmp_path: Path, name: str, *pairs: tuple[str, str], on: str = "2026-11-20") -> dict[str, Finding]:
    """A sample project with some texts replaced, as `govit check` judges it; the findings by rule."""
    city, _, project = name.partition("/")
    shutil.copytree(SAMPLES / city, tmp_path / city)
    edit(tmp_path / city / project / "project.yaml", *pairs)
    settings = run.RunSettings(paths=(tmp_path / city / project,), as_of=dt.date.fromisoformat(on))
    (case,) = run.open_dossiers(settings).cases()
    assert isinstance(case, JudgeableCase)
    found = case.examined(replace(case.options, everything=True)).findings()
    return {finding.rule: finding for finding in (*found, *case.findings)}


def test_a_rule_that_reads_a_contradicted_figure_is_undetermined_and_names_both_places(tmp_path: Path) -> None:
    without = ("{kind: 监理合同,", "{kind: 咨询设计合同,")
    found = judged(tmp_path, "lianyungang/2026-road-inspection", ("  single: 356.2万元", "  single: 999万元"), without)
    assert found["GOV-311"].outcome.value == "violates"
    supervision = found["LYG-23-1"]
    assert supervision.outcome.value == "undetermined"
    assert "budget.single（单体规模投资） 999万元，大于budget.total（总投资） 356.2万元" in supervision.detail
    assert found["LYG-15-1"].outcome.value == "complies"  # reads neither


def test_spending_on_the_lines_is_not_hidden_by_a_total_of_nothing(tmp_path: Path) -> None:
    listed = ("  - {kind: 投资计划下达", "  - {kind: 前期论证会")
    found = judged(tmp_path, "qidong/2025-river-patrol", ("  spent: 229.68万元", "  spent: 0元"), listed)
    assert found["QD-17-3"].outcome.value == "undetermined"
    assert "实际支出" in found["QD-17-3"].detail
    assert "GOV-312" in found


def test_what_is_written_twice_is_not_asked_for_as_missing(tmp_path: Path) -> None:
    without = ("{kind: 监理合同,", "{kind: 咨询合同,")
    found = judged(tmp_path, "qidong/2025-river-patrol", ("  total: 236.4万元", "  total: 300万元"), without)
    assert found["QD-5-7"].outcome.value == "complies"
    assert found["QD-24-1"].outcome.value == "undetermined"


# -- what a rule of the regulation says with its article -----------------------------------------------


def reported(tmp_path: Path, name: str, *pairs: tuple[str, str], on: str = "2026-11-20", **how: Any) -> list[Finding]:
    """A sample project with some texts replaced, as `govit check` reports it."""
    city, _, project = name.partition("/")
    shutil.copytree(SAMPLES / city, tmp_path / city)
    edit(tmp_path / city / project / "project.yaml", *pairs)
    settings = run.RunSettings(paths=(tmp_path / city / project,), as_of=dt.date.fromisoformat(on), **how)
    return [f for f in run.check(settings).findings if f.outcome is Outcome.VIOLATES]


FEN_SHORT = ("amount: 226.6万元", "amount: 226.599999万元")


def test_the_articles_own_rule_tells_that_funding_and_total_differ_and_govit_does_not_repeat_it(tmp_path: Path) -> None:
    found = reported(tmp_path, "qidong/2025-river-patrol", FEN_SHORT)
    (one,) = [f for f in found if "资金" in f.message and f.rule in ("QD-5-8", "GOV-303")]
    assert (one.rule, one.article) == ("QD-5-8", "第五条（三）")
    assert "236.399999万元" in one.message
    assert "236.4万元" in one.message


def test_where_no_rule_says_it_govit_does(tmp_path: Path) -> None:
    short = ("amount: 71.2万元", "amount: 71.199999万元")
    assert "GOV-303" in [f.rule for f in reported(tmp_path, "lianyungang/2026-road-inspection", short)]


@pytest.mark.parametrize("how", [{"stage": "草拟"}])
def test_where_the_rule_is_not_due_yet_govit_does(tmp_path: Path, how: dict[str, str]) -> None:
    rules = {f.rule for f in reported(tmp_path, "qidong/2025-river-patrol", FEN_SHORT, **how)}
    assert rules & {"GOV-303", "QD-5-8"} == {"GOV-303"}


def test_where_the_rule_is_waived_govit_does(tmp_path: Path) -> None:
    waiver = "waivers:\n  - {rule: QD-5-8, reason: 另有安排, by: 某局, number: 某〔2025〕1号, until: 2027-01-01}\n\nfunding:\n"
    found = reported(tmp_path, "qidong/2025-river-patrol", FEN_SHORT, ("funding:\n", waiver))
    assert {f.rule for f in found} >= {"GOV-303", "QD-5-8"}


def test_a_total_that_lines_contradict_too_does_not_hide_that_funding_differs(tmp_path: Path) -> None:
    rules = {f.rule for f in reported(tmp_path, "qidong/2025-river-patrol", ("  total: 236.4万元", "  total: 300万元"))}
    assert rules & {"GOV-301", "GOV-303", "QD-5-8"} == {"GOV-301", "QD-5-8"}
    both = ("  total: 236.4万元", "  total: 300万元"), ("amount: 226.6万元", "amount: 290.2万元")
    shutil.rmtree(tmp_path / "qidong")
    rules = {f.rule for f in reported(tmp_path, "qidong/2025-river-patrol", *both)}
    assert rules & {"GOV-301", "GOV-303", "QD-5-8"} == {"GOV-301"}


# -- one document with two days ------------------------------------------------------------------------

TWO_DAYS = {
    "both before the listing": ("2026-01-08", "2026-01-09", "complies"),
    "one before, one after": ("2026-01-08", "2026-01-17", "undetermined"),
    "both after it": ("2026-01-17", "2026-01-18", "violates"),
}


@pytest.mark.parametrize("days", TWO_DAYS.values(), ids=TWO_DAYS)
@pytest.mark.parametrize("rule", ["LYG-15-1"])
def test_a_rule_of_order_is_undetermined_where_the_two_days_of_one_document_lie_on_both_sides(
    rule: str, days: tuple[str, str, str]
) -> None:
    first, second, outcome = days
    one = {"body": "市数据局", "act": "联合审核", "result": "通过", "number": "连数审〔2026〕6号"}
    patch = {"approvals": [{**one, "date": first}, {**one, "date": second}, LISTED]}
    assert of_two_days("lianyungang-2025", rule, patch) == outcome


LISTED = {
    "body": "市政府",
    "act": "年度计划批准",
    "result": "通过",
    "date": "2026-01-16",
    "number": "连政复〔2026〕3号",
}


def of_two_days(name: str, rule: str, patch: dict[str, Any], on: str = "2026-07-20") -> str:
    """The gravest that a rule says of a pack's base with a patch, its contradictions seen."""
    project, _ = build(pack(name), patch)
    options = Options(as_of=dt.date.fromisoformat(on), schedule=published(), assume_in_force=True)
    index = Index((Neighbour("p", project),))
    found = examine(project, pack(name), index, options, contradicted(project)).findings()
    said = {f.outcome.value for f in found if f.rule == rule}
    return next(outcome for outcome in ("violates", "undetermined", "complies", "not-applicable") if outcome in said)


def test_a_document_with_two_days_still_proves_the_step_that_it_ends() -> None:
    one = {
        "body": "市发改委",
        "act": "立项审批",
        "result": "通过",
        "number": "连发改投〔2026〕15号",
        "amount": "260万元",
    }
    project, _ = build(
        pack("lianyungang-2025"), {"approvals": [{**one, "date": "2026-01-29"}, {**one, "date": "2026-01-30"}]}
    )
    facts = Facts(project, pack("lianyungang-2025"), Index(), dt.date(2026, 2, 5), published(), contradicted(project))
    alone = replace(project, events=(), submissions=(), contracts=())
    assert progress(facts).proven >= facts.regulation.order("审批") + 1
    facts = Facts(alone, facts.regulation, Index(), dt.date(2026, 2, 5), published(), contradicted(alone))
    assert progress(facts).proven == facts.regulation.order("审批") + 1


def test_a_choice_among_records_is_open_where_one_of_them_has_two_days() -> None:
    given = {"body": "市财政局", "act": "决算延期批准", "result": "通过", "number": "连财〔2026〕90号"}
    both = {"approvals": [{**given, "date": "2026-07-01"}, {**given, "date": "2026-12-01"}]}
    project, _ = build(pack("lianyungang-2025"), {**both, "events.竣工验收合格": "2026-06-18"})
    facts = Facts(project, pack("lianyungang-2025"), Index(), dt.date(2027, 1, 5), published(), contradicted(project))
    assert facts.value(Ref("期满前获准延期", "name", "期满前获准延期")) is UNKNOWN
    alone = Facts(project, pack("lianyungang-2025"), Index(), dt.date(2027, 1, 5), published())
    assert alone.value(Ref("期满前获准延期", "name", "期满前获准延期")) is True


def test_on_paper_a_sum_is_called_by_its_label_and_never_by_its_key() -> None:
    """A letter goes to people who have never seen project.yaml."""
    text = "budget:\n  total: 10万元\n  single: 11万元\n  spent: 1万元\n  lines: [{name: a, amount: 9万元, spent: 2万元}]\n"
    project = read(HEAD + text)
    faults = check(project, Index((Neighbour("p", project),)), TODAY)
    printed = [on_paper(fault.message) for fault in faults]
    assert "概算明细合计 9万元，总投资 10万元，相差 1万元" in printed
    assert "单体规模投资 11万元，大于总投资 10万元：一个单体不可能大于全部" in printed
    assert "实际支出 1万元，小于概算明细各行已支出之和 2万元" in printed
    assert "budget" not in "".join(printed)


def test_the_facts_beside_a_finding_are_what_is_written_and_not_that_nothing_is(tmp_path: Path) -> None:
    (one,) = [f for f in reported(tmp_path, "qidong/2025-river-patrol", FEN_SHORT) if f.rule == "QD-5-8"]
    assert one.evidence == ("资金合计 = 236.399999万元",)
