"""The values of a form: dates, amounts, checkboxes and rows as they are printed, of a real sample project."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from word_forms import sample

from govit.base.records import by_name, replace
from govit.base.usage import UsageError
from govit.dossier.model import Change, Document, Note, Plan, Project
from govit.forms.data import context, investment, recorded
from govit.forms.data.adjusted import one_change
from govit.forms.data.fields import FIELDS, FieldShape
from govit.forms.data.printed import day, numeral, wan

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.forms.data.fields import Field
    from govit.forms.data.filled_form import FilledForm

PARKING, RIVER = "2027-smart-parking", "2025-river-patrol"


def changed(about: FilledForm, **given: Any) -> FilledForm:
    """The same form of a project that differs in some fields."""
    fields = {name: getattr(about.project, name) for name in by_name(Project)} | given
    case = about.case
    parts = {name: getattr(case, name) for name in ("path", "dossier", "regulation", "options", "findings")}
    return replace(about, case=type(case)(project=Project(**fields), **parts))


@pytest.mark.parametrize(
    ("amount", "printed"),
    [
        ("0", "0.00"),
        ("98000", "9.80"),
        ("95366", "9.5366"),
        ("2000000.01", "200.000001"),
        ("123456789012", "12345678.9012"),
    ],
)
def test_a_figure_in_wan_has_two_decimals_and_loses_none(amount: str, printed: str) -> None:
    assert wan(Decimal(amount)) == printed


def test_dates_have_no_leading_zeros_and_headings_are_numbered_in_chinese() -> None:
    assert day(dt.date(2026, 1, 5)) == "2026年1月5日"
    assert [numeral(n) for n in (1, 9, 10, 11, 20, 21, 99)] == ["一", "九", "十", "十一", "二十", "二十一", "九十九"]


def test_the_form_knows_its_title_addressee_and_article() -> None:
    form = context.form(sample(PARKING))
    assert form["title"] == "连云港市市级政务信息化项目申报表"
    assert form["to"] == "市数据局"
    assert form["cite"] == "《连云港市市级政务信息化项目建设管理办法》（连政办发〔2025〕24号）第十二条"
    regulation = context.regulation(sample(PARKING))
    assert regulation["status"] == "现行有效"


def test_the_project_is_printed_with_checkboxes_of_the_regulation_s_words() -> None:
    project = context.project(sample(PARKING))
    assert project["category_line"] == "☑新建　☐扩建　☐升级改造　☐续建　☐运维　☐购买服务"
    assert [row["name"] for row in project["objects_boxes"] if row["chosen"]] == [
        "数字基础设施",
        "软件开发",
        "数据治理",
    ]
    assert project["classified_line"] == "☐是　☑否"
    assert project["year"] == "2027"
    assert project["basis_text"].count("；") == 2
    assert project["project_code"] is None
    bare = context.project(changed(sample(PARKING), category=None))
    assert bare["category_line"] is None


def test_amounts_are_printed_with_and_without_their_unit() -> None:
    budget = investment.budget(sample(RIVER))
    assert (budget["total"], budget["total_wan"]) == ("236.4万元", "236.40")
    assert (budget["unspent"], budget["unspent_wan"]) == ("6.72万元", "6.72")
    assert budget["lines_total"] == "236.4万元"
    groups = investment.budget_groups(sample(RIVER))
    assert [(g["number"], g["name"], g["amount_wan"], len(g["lines"])) for g in groups] == [
        ("一", "工程费用", "203.90", 6),
        ("二", "工程建设其他费用", "32.50", 5),
    ]
    first = groups[0]["lines"][0]
    assert (first["n"], first["rate"], first["rest_wan"], first["at"]) == ("1", "98.46%", "0.80", "budget.lines[0]")
    assert investment.funding_text(sample(PARKING)) == "市级财政资金 260万元"
    assert investment.funding_sources(sample(PARKING))[0]["share"] == "100.00%"


def test_a_sum_of_what_is_not_all_known_is_not_known() -> None:
    project = sample(PARKING).project
    assert project.budget is not None
    lines = (type(project.budget.lines[0])(name="甲"), *project.budget.lines)
    parts = {name: getattr(project.budget, name) for name in by_name(project.budget)}
    about = changed(sample(PARKING), budget=type(project.budget)(**{**parts, "lines": lines}))
    assert investment.budget(about)["lines_total"] is None


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [((2027, 3, 15), (2027, 11, 30), "9"), ((2027, 3, 15), (2027, 4, 14), "1"), ((2027, 3, 15), (2027, 3, 20), "1")],
)
def test_the_length_of_the_work_counts_a_part_of_a_month_whole(
    start: tuple[int, int, int], end: tuple[int, int, int], months: str
) -> None:
    plan = Plan(start=dt.date(*start), end=dt.date(*end))
    assert context.schedule(changed(sample(PARKING), schedule=plan))["months"] == months


def test_what_happens_after_the_day_of_the_form_is_not_in_it() -> None:
    about = sample(RIVER)
    before = replace(about.case.options, as_of=dt.date(2025, 1, 31))
    parts = {name: getattr(about.case, name) for name in ("project", "path", "dossier", "regulation", "findings")}
    of_any_step = replace(about.entry, form="selfcheck")
    early = replace(about, entry=of_any_step, case=type(about.case)(options=before, **parts))
    assert [row["date"] for row in recorded.events(early)] == ["2024年8月28日", "2025年1月22日"]
    assert recorded.changes(early) == []
    assert context.ROOTS["as_of_quarter"](early) == "第一季度"


def test_a_form_tells_nothing_that_came_after_its_step() -> None:
    applied, later = sample(RIVER), sample(RIVER, "acceptance")
    assert recorded.events(applied) == []
    assert recorded.contracts(applied) == []
    kinds = "、".join(str(row["kinds"]) for row in recorded.documents(applied))
    assert "建设方案" in kinds
    for paper in ("审计报告", "竣工验收意见", "项目建设总结", "绩效自评价报告", "密码应用安全性评估报告"):
        assert paper not in kinds
    assert [row["kind"] for row in recorded.events(later)][-1] == "项目建成"


def test_a_paper_of_a_later_step_is_not_in_the_application_even_before_it() -> None:
    about = sample(PARKING)
    paper = Document(kinds=("验收报告",), path="documents/验收报告.md")
    plain = Document(kinds=("建设方案",), path="documents/建设方案.md")
    found = recorded.documents(changed(about, documents=(paper, plain)))
    assert [row["kinds"] for row in found] == ["建设方案"]


def test_the_previous_system_is_named() -> None:
    assert context.predecessor(sample(RIVER)) == {
        "name": "河道巡查管理系统",
        "completed": "2018年9月14日",
        "operating": "2018年11月1日",
    }
    assert context.predecessor(changed(sample(RIVER), predecessor="别的系统")) == {"name": "别的系统"}


def test_a_change_has_its_share_and_its_limit() -> None:
    change = one_change(sample(RIVER, "change"))
    assert change["on"] == "2025年7月9日"
    assert (change["before"], change["after"], change["difference"]) == ("236.4万元", "236.4万元", "0元")
    assert (change["percent"], change["percent_cumulative"], change["limit"]) == ("3.64%", "3.64%", "10%")
    assert "☑技术方案完善优化" in change["ground_line"]
    assert change["goal_line"] == "☐改变　☑不变"


def test_a_share_is_one_of_the_base_that_the_regulation_names() -> None:
    about = sample(RIVER, "change")
    planned = replace(about.project.budget, total=Decimal(10_000_000))
    change = one_change(changed(about, budget=planned))
    assert change["base"] == "批复概算"
    assert (change["percent"], change["percent_cumulative"]) == ("3.64%", "3.64%")


@pytest.mark.parametrize(("fen", "share"), [(0, "10.00%"), (1, "超过10%"), (-1, "不到10%"), (10_000_000, "14.23%")])
def test_a_rounded_share_never_stands_on_a_bound_that_it_does_not_meet(fen: int, share: str) -> None:
    moved = Change(at="changes[0]", on=dt.date(2025, 6, 1), amount=Decimal(236_400) + Decimal(fen) / 100)
    assert one_change(changed(sample(RIVER, "change"), changes=(moved,)))["percent"] == share


def test_changes_add_up_and_one_is_chosen_by_its_day() -> None:
    first = Change(at="changes[0]", on=dt.date(2025, 3, 1), amount=Decimal(100_000), total_after=Decimal(2_400_000))
    last = Change(at="changes[1]", on=dt.date(2025, 6, 1), amount=Decimal(50_000), total_after=Decimal(2_350_000))
    about = changed(sample(RIVER, "change"), changes=(last, first))
    latest = one_change(about)
    assert (latest["before_wan"], latest["after_wan"], latest["difference_wan"]) == ("240.00", "235.00", "-5.00")
    assert latest["amount_cumulative_wan"] == "15.00"
    assert one_change(replace(about, which="2025-03-01"))["before"] == "236.4万元"
    with pytest.raises(UsageError, match="可以写：2025-03-01、2025-06-01"):
        one_change(replace(about, which="2025-03-02"))
    assert one_change(changed(about, changes=())) == {}


def test_the_self_check_lists_what_was_judged_in_the_order_of_the_text() -> None:
    about = sample(RIVER, "selfcheck")
    rows = context.ROOTS["findings"](about)
    counts = context.ROOTS["findings_counts"](about)
    assert len(rows) == int(counts["complies"]) + int(counts["violates"]) + int(counts["undetermined"])
    order = [rule.id for rule in about.regulation.rules]
    assert [order.index(row["rule"]) for row in rows] == sorted(order.index(row["rule"]) for row in rows)
    assert {row["outcome"] for row in rows} <= {"合规", "不合规", "无法判断"}
    assert all(row["duty"] and row["article"] for row in rows)
    assert any(row["evidence"] for row in rows)
    assert context.ROOTS["findings_banner"](about) == ""
    assert "征求意见稿" in context.ROOTS["findings_banner"](sample("2025-home-care", "selfcheck"))


def test_notes_are_by_name() -> None:
    notes = (Note(at="notes[0]", name="建设地点", text="甲\n乙"), Note(at="notes[1]", name="空"))
    assert recorded.notes(changed(sample(PARKING), notes=notes)) == {"建设地点": "甲\n乙"}


@pytest.mark.parametrize("project", [PARKING, RIVER, "2025-home-care", "2024-crew-registry-ops"])
def test_contexts_are_plain_data_of_the_names_in_the_table(project: str) -> None:
    _plain(context.build(sample(project), FIELDS), FIELDS, "")


def _plain(values: Mapping[str, Any], fields: Mapping[str, Field], at: str) -> None:
    for name, value in values.items():
        if name == "at":
            continue
        field = fields[name]
        match field.shape:
            case FieldShape.TEXT:
                assert value is None or type(value) is str, f"{at}{name}"
            case FieldShape.FLAG:
                assert type(value) is bool, f"{at}{name}"
            case FieldShape.TEXTS:
                assert all(type(text) is str for text in value), f"{at}{name}"
            case FieldShape.ROWS:
                for row in value:
                    _plain(row, field.fields, f"{at}{name}[].")
            case FieldShape.GROUP:
                _plain(value, field.fields, f"{at}{name}.")
            case FieldShape.NOTES:
                assert all(type(text) is str for text in value.values())
