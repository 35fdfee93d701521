"""What a submission hands in, what a form must tell, and the period and time limit that it is about."""

from __future__ import annotations

import datetime as dt
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from places import FIFTH, SAMPLES

from govit.base.records import replace
from govit.base.usage import UsageError
from govit.dossier.model import Note, ProgressText
from govit.forms.data.context import build
from govit.forms.data.filled_form import FilledForm
from govit.forms.data.required_content import SOURCES
from govit.judging.run import RunSettings, open_dossiers
from govit.law.packs.forms import ITEM_SOURCES
from govit.law.vocabulary import PaperDemand

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SAMPLE = SAMPLES
PARKING = "lianyungang/2027-smart-parking"
RIVER = "qidong/2025-river-patrol"
LEAKAGE = "qidong/2026-leakage-monitoring"
HOME_CARE = "taizhou/2025-home-care"
VIDEO = "taizhou/2027-video-patrol-ops"


def about(
    project: str, form: str = "handin", which: str | None = None, day: str = "2026-11-20", top: Path = SAMPLE
) -> FilledForm:
    settings = RunSettings(paths=(top / project,), as_of=dt.date.fromisoformat(day), assume_in_force=True)
    case = next(iter(open_dossiers(settings).cases()))
    assert case.regulation is not None
    entry = next(entry for entry in case.regulation.forms if entry.form == form)
    return FilledForm(case=case, entry=entry, which=which)


def given(found: FilledForm, name: str) -> Any:
    return build(found, {name})[name]


def with_words(found: FilledForm, submission: str, **more: Any) -> FilledForm:
    """The same form under a regulation that says more of a submission."""
    regulation = found.regulation
    words = dict(regulation.words["submissions"])
    words[submission] = replace(words[submission], **more)
    changed = replace(regulation, words={**regulation.words, "submissions": words})
    return replace(found, case=replace(found.case, regulation=changed))


def with_project(found: FilledForm, **more: Any) -> FilledForm:
    return replace(found, case=replace(found.case, project=replace(found.project, **more)))


def names(handin: Mapping[str, Any]) -> list[tuple[str, bool]]:
    return [(row["name"], row["present"]) for row in handin["rows"]]


# -- which submissions -----------------------------------------------------------------------------------


def test_a_submission_of_other_projects_is_not_listed() -> None:
    approved, other = (
        stand_at(about(f"lianyungang/{name}"), "验收") for name in ("2026-road-inspection", "2026-manhole-safety")
    )
    (handin,) = given(approved, "handins")
    assert (handin["kind"], handin["to"]) == ("竣工验收申请", "市发改委或者行业主管部门")
    assert "竣工验收申请" not in [row["kind"] for row in given(other, "handins")]


def stand_at(found: FilledForm, stage: str) -> FilledForm:
    return replace(found, case=replace(found.case, options=replace(found.case.options, stage=stage)))


def test_the_submission_of_the_present_step_is_listed_with_its_papers_in_the_order_of_the_text() -> None:
    (handin,) = given(about(PARKING), "handins")
    assert (handin["kind"], handin["to"], handin["article"]) == ("年度计划申报", "市数据局", "第十二条")
    assert names(handin) == [("建设方案", True), ("可行性研究报告", True)]
    assert (handin["present_count"], handin["missing_count"], handin["date"]) == ("2", "0", None)


def test_what_has_been_made_shows_its_day_and_number() -> None:
    (handin,) = given(about(RIVER), "handins")
    assert (handin["kind"], handin["date"], handin["number"]) == (
        "自评价报告报送",
        "2026年9月15日",
        "启水服〔2026〕61号",
    )


def test_a_step_without_submissions_leads_to_the_next_one_that_has_any() -> None:
    assert [handin["kind"] for handin in given(about(VIDEO), "handins")] == ["合同资料上传"]


def test_a_submission_that_its_rule_does_not_demand_is_left_out() -> None:
    made = with_project(about(PARKING), stage="审批")
    assert "立项送审" in [handin["kind"] for handin in given(made, "handins")]
    cheap = about(PARKING)
    assert cheap.project.budget is not None
    budget = replace(cheap.project.budget, total=Decimal(1_000_000))
    contradicted = with_project(cheap, stage="审批", budget=budget)
    assert "立项送审" in [handin["kind"] for handin in given(contradicted, "handins")]  # the lines say more
    budget = replace(budget, single=None, lines=(), groups=(), years=())
    funding = (replace(cheap.project.funding[0], amount=budget.total),)
    cheap = with_project(cheap, stage="审批", budget=budget, funding=funding)
    assert "立项送审" not in [handin["kind"] for handin in given(cheap, "handins")]


def test_one_submission_can_be_asked_for_and_an_unknown_one_is_refused_with_the_nearest() -> None:
    (handin,) = given(about(PARKING, which="竣工验收申请"), "handins")
    assert names(handin)[0] == ("项目建设总结", False)
    with pytest.raises(UsageError, match="竣工验收申请"):
        given(about(PARKING, which="竣工验收申情"), "handins")


# -- which papers ----------------------------------------------------------------------------------------


def test_papers_that_the_text_asks_of_other_projects_are_left_out() -> None:
    (build_,) = given(about(HOME_CARE, which="项目申报"), "handins")
    assert [name for name, _ in names(build_)] == ["项目申报表", "建设方案", "会议纪要"]
    (service,) = given(about(VIDEO, which="项目申报"), "handins")
    assert [name for name, _ in names(service)] == ["项目申报表", "上一期合同", "服务需求报告", "有关批复"]


def test_one_of_several_papers_is_enough_and_none_is_one_missing_row() -> None:
    acceptance = about(RIVER, which="竣工验收申请")
    (handin,) = given(acceptance, "handins")
    assert ("审计报告", True) in names(handin)
    assert "社会审计报告" not in dict(names(handin))
    without = tuple(d for d in acceptance.project.documents if "审计报告" not in d.kinds)
    (handin,) = given(with_project(acceptance, documents=without), "handins")
    row = next(row for row in handin["rows"] if not row["present"])
    assert (row["name"], row["note"], row["box"]) == ("审计报告、社会审计报告", "有其一即可", "☐")
    assert handin["missing_count"] == "1"


def test_a_paper_of_a_later_day_is_not_there_yet() -> None:
    (handin,) = given(about(PARKING, day="2026-11-08"), "handins")
    assert names(handin) == [("建设方案", True), ("可行性研究报告", False)]


def test_the_materials_of_a_form_are_those_of_its_submission() -> None:
    acceptance = about(RIVER, "acceptance")
    assert [row["name"] for row in given(acceptance, "materials")][:2] == ["项目建设总结", "财务报告"]
    assert (given(acceptance, "materials_present"), given(acceptance, "materials_missing")) == ("8", "0")
    assert given(about(PARKING, "application"), "materials") == []


# -- in what shape ---------------------------------------------------------------------------------------


def test_a_notice_says_in_what_shape() -> None:
    (handin,) = given(about(PARKING), "handins")
    assert {(row["format"], row["sealed"], row["copies"]) for row in handin["rows"]} == {
        ("PDF", "加盖公章", "一式两份")
    }
    assert handin["note"] == "形式和份数按《关于编制2027年市级部门预算的通知》（连财预〔2026〕21号）"


def test_where_neither_the_text_nor_a_notice_says_so_nothing_is_demanded() -> None:
    (handin,) = given(about(PARKING, which="竣工验收申请"), "handins")
    assert {(row["format"], row["sealed"], row["copies"]) for row in handin["rows"]} == {("", "", "")}
    assert handin["note"] == ""


def test_a_regulation_may_say_so_for_one_paper() -> None:
    demands = {"建设方案": PaperDemand(format="OFD", sealed=True, copies="一式三份", note="骑缝章")}
    (handin,) = given(with_words(about(PARKING), "年度计划申报", demands=demands, via="某平台"), "handins")
    first = handin["rows"][0]
    assert (first["format"], first["sealed"], first["copies"], first["note"]) == (
        "OFD",
        "加盖公章",
        "一式三份",
        "骑缝章",
    )
    assert handin["via"] == "某平台"


@pytest.mark.parametrize("more", ["    of: 另一个项目\n", "    year: 2030\n"])
def test_a_notice_on_another_project_or_year_says_nothing(tmp_path: Path, more: str) -> None:
    shutil.copytree(SAMPLE / "lianyungang", tmp_path / "lianyungang")
    file = tmp_path / "lianyungang" / "govit.yaml"
    file.write_text(file.read_text("utf-8").replace("    format: PDF\n", f"    format: PDF\n{more}"), "utf-8")
    (handin,) = given(about(PARKING, top=tmp_path), "handins")
    assert {row["format"] for row in handin["rows"]} == {""}


# -- what a form must tell -------------------------------------------------------------------------------


def test_the_nine_items_are_told_in_the_clerks_words() -> None:
    rows = given(about(LEAKAGE, "progress", "2026Q3"), "form")["rows"]
    assert [row["label"] for row in rows][:9] == [
        "手续办理情况",
        "招投标情况",
        "开竣工情况",
        "实施情况",
        "当前形象进度",
        "当年完成投资",
        "当年资金使用情况",
        "累计完成投资",
        "累计使用资金情况",
    ]
    assert rows[5]["text"] == "189.54万元"


def test_each_period_keeps_its_own_words() -> None:
    found = about(LEAKAGE, "progress", "2026Q4")
    told = (*found.project.progress, ProgressText(period="2026Q4", name="实施情况", text="测评完成"))
    found = with_project(found, progress=told)
    rows = {row["label"]: row for row in given(found, "form")["rows"]}
    assert rows["实施情况"]["text"] == "测评完成"
    assert rows["当前形象进度"]["text"] is None
    assert rows["当前形象进度"]["at"] == "progress.2026Q4.当前形象进度"
    earlier = {row["label"]: row["text"] for row in given(replace(found, which="2026Q3"), "form")["rows"]}
    assert earlier["实施情况"].startswith("184个分区")


def test_a_dossier_that_keeps_its_progress_in_notes_is_read_as_before() -> None:
    notes = tuple(Note(name=one.name, text=one.text) for one in about(LEAKAGE, "progress").project.progress)
    rows = given(with_project(about(LEAKAGE, "progress"), progress=(), notes=notes), "form")["rows"]
    assert rows[5]["text"] == "189.54万元"


def test_what_is_told_from_the_records_ends_with_the_period() -> None:
    rows = {row["label"]: row["text"] for row in given(about(RIVER, "progress", "2025Q1"), "form")["rows"]}
    assert rows["开竣工情况"].splitlines()[-1] == "2025年3月10日项目开工"


def test_a_report_without_fixed_periods_is_of_the_last_one_told() -> None:
    found = about(HOME_CARE, "progress")
    told = [ProgressText(period=p, name="资金用途", text=p) for p in ("2025-11", "2025Q4", "2025-06")]
    found = with_project(found, progress=tuple(told))
    assert given(found, "progress")["period"] == "2025Q4"


def test_what_nobody_wrote_is_told_from_the_records_or_missed() -> None:
    rows = {row["label"]: row["text"] for row in given(about(RIVER, "progress"), "form")["rows"]}
    assert rows["手续办理情况"].startswith(
        "2024年4月10日市市域社会治理现代化指挥中心项目综合评估通过（启指评〔2024〕7号）\n"
    )
    assert "2025年3月5日签订河道巡查管理系统升级改造监理合同（江苏示例监理咨询有限公司，6.4万元）" in rows["招投标情况"]
    assert "2025年3月10日项目开工\n" in rows["开竣工情况"]
    assert rows["累计使用资金情况"] == "229.68万元"
    assert (rows["当前形象进度"], rows["存在问题及下步计划"]) == (None, "")


def test_a_form_shows_the_approvals_that_it_is_about() -> None:
    shown = given(about(RIVER, "acceptance"), "form")["approvals"]
    assert [row["act"] for row in shown] == ["可行性研究报告审批", "初步设计审批", "项目档案验收"]
    assert len(given(about(RIVER, "handin"), "form")["approvals"]) == 12


@pytest.mark.parametrize(
    ("which", "day", "title"),
    [
        (None, "2026-11-20", "2026年第四季度"),
        (None, "2026-03-31", "2026年第一季度"),
        ("2026Q3", "2026-11-20", "2026年第三季度"),
    ],
)
def test_a_quarterly_report_is_of_the_quarter_of_its_day_or_of_the_one_asked_for(
    which: str | None, day: str, title: str
) -> None:
    assert given(about(LEAKAGE, "progress", which, day), "progress")["title"] == title


@pytest.mark.parametrize(
    ("which", "title"),
    [("2026", "2026年度"), ("2026H1", "2026年上半年"), ("2026H2", "2026年下半年"), ("2026-03", "2026年3月")],
)
def test_any_period_that_project_yaml_may_name_can_be_asked_for(which: str, title: str) -> None:
    assert given(about(LEAKAGE, "progress", which), "progress") == {"period": which, "title": title}


@pytest.mark.parametrize("which", ["三季度", "2026Q5", "2026-13", "2026Q3 "])
def test_what_is_no_period_is_refused(which: str) -> None:
    with pytest.raises(UsageError, match="2026Q3"):
        given(about(LEAKAGE, "progress", which), "progress")


@pytest.mark.parametrize(("day", "title"), [("2026-06-30", "2026年上半年"), ("2026-07-01", "2026年下半年")])
def test_a_regulation_may_want_its_report_by_the_half_year(day: str, title: str) -> None:
    fifth = FIFTH
    found = about("sanitation-dispatch", "progress", day=day, top=fifth)
    half_yearly = next(r.demand.submission for r in found.regulation.rules if r.demand.every == "半年")
    found = replace(found, entry=replace(found.entry, submission=half_yearly))
    assert given(found, "progress")["title"] == title


def test_a_report_that_comes_when_there_is_news_has_no_period() -> None:
    assert given(about(HOME_CARE, "progress"), "progress") == {"period": None, "title": None}


def test_an_extension_names_the_time_limit_that_it_moves() -> None:
    assert given(about(RIVER, "extension"), "extension") == {"start": "2025年8月20日", "due": "2026年2月24日"}
    assert given(about(LEAKAGE, "extension"), "extension") == {"start": None, "due": None}


def test_packs_and_forms_know_the_same_sources() -> None:
    assert set(SOURCES) == set(ITEM_SOURCES)
