"""The annual plan: who is in, who is not and why, what a reviewer is shown, the plan's own checks, and the workbook."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string
from places import SAMPLES
from typer.testing import CliRunner

from govit.base.usage import UsageError
from govit.cli.commands import app
from govit.cli.past_plan import from_workbook
from govit.forms.data import plan
from govit.forms.data.plan_columns import BY_KEY, COLUMNS
from govit.forms.data.plan_compared import compared
from govit.forms.excel import plan as plan_xlsx
from govit.forms.job import FormRefusedError, Job
from govit.forms.templates import TemplateFile, built_in, forms
from govit.judging.run import RunSettings, open_dossiers
from govit.law.regulation import NO_FORM

AS_OF = dt.date(2026, 11, 20)
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SAMPLE = SAMPLES
BASE = """\
id: {id}
name: {name}
regulation: lianyungang-2025
year: 2027
stage: 申报
classified: false
category: 新建
unit: {{name: {unit}, level: 市级, kind: 党政机关}}
content: 建设业务受理、数据汇聚、统计分析三个子系统
objective: 办理时限缩短一半
basis: [苏政办发〔2025〕35号, 年度工作要点]
schedule: {{start: 2027-03-01, end: 2027-11-30}}
budget: {{total: {total}, years: [{{year: 2027, amount: {total}}}]}}
funding: [{{source: 市级财政资金, amount: {total}, year: 2027}}]
"""


def project(folder: Path, name: str, *, more: str = "", without: str = "", **given: str) -> Path:
    values = {"id": folder.name, "name": name, "unit": "市民政局", "total": "120万元", **given}
    text = BASE.format(**values)
    text = "".join(line for line in text.splitlines(keepends=True) if not without or not line.startswith(without))
    folder.mkdir(parents=True)
    (folder / "project.yaml").write_text(text + more, encoding="utf-8")
    return folder


def dossier(folder: Path) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "govit.yaml").write_text("regulation: lianyungang-2025\n", encoding="utf-8")
    return folder


def cases_of(*paths: Path) -> list[Any]:
    return list(open_dossiers(RunSettings(paths=paths, as_of=AS_OF)).cases())


def part_of(*paths: Path, year: int = 2027) -> plan.Part:
    (part,) = plan.build(cases_of(*paths), year).parts
    return part


def job_of(cases: list[Any], *, year: int | None = 2027, template: bytes | None = None, **more: Any) -> Job:
    form = forms()["plan"]
    found = built_in(form)
    if template is not None:
        found = TemplateFile(template, "templates/年度计划.xlsx", found.path, own=True)
    return Job(form=form, cases=cases, as_of=AS_OF, entry=NO_FORM, template=found, year=year, **more)


def made(*paths: Path, **more: Any) -> bytes:
    (one,) = plan_xlsx.make(job_of(cases_of(*paths), **more))
    return one.data


@cache
def of_samples(city: str = "") -> bytes:
    """The plan of the samples as they are, made once for all tests."""
    return made(SAMPLE / city)


@lru_cache(maxsize=4)
def opened(data: bytes, *, values: bool = True) -> Any:
    """The workbook, to be read: a test that changes one opens its own."""
    return load_workbook(io.BytesIO(data), data_only=values)


def rows(data: bytes, sheet: str = "计划") -> list[list[Any]]:
    return [list(row) for row in opened(data)[sheet].iter_rows(values_only=True)]


def texts(data: bytes, sheet: str) -> str:
    return "\n".join(str(value) for row in rows(data, sheet) for value in row if value is not None)


# -- who is in -----------------------------------------------------------------------------------------


def test_the_sample_plan_takes_each_regulations_projects_of_the_year() -> None:
    found = plan.build(cases_of(SAMPLE), 2027)
    planned = {part.regulation.prefix: [e.case.project.id for e in part.entries] for part in found.parts}
    assert planned == {
        "LZ": [],
        "LYG": ["2027-smart-parking", "2027-streetlight-ops"],
        "QD": [],
        "TZ": ["2027-video-patrol-ops"],
    }


def test_a_regulation_that_plans_from_its_reserve_leaves_out_what_is_not_in_it_and_cites_the_article() -> None:
    (part,) = (p for p in plan.build(cases_of(SAMPLE), 2027).parts if p.regulation.prefix == "QD")
    out = {one.case.project.id: one for one in part.left_out}
    assert "储备库" in out["2027-flood-dispatch"].why
    assert out["2027-flood-dispatch"].article == "第十五条（六）、第十六条"
    reserved = plan.build(cases_of(SAMPLE / "qidong"), 2026).parts[0]
    assert [e.case.project.id for e in reserved.entries] == ["2026-leakage-monitoring"]


@pytest.mark.parametrize("level", ["县区级", "功能板块级"])
def test_a_project_of_a_county_is_not_in_the_municipal_plan_nor_in_its_total(tmp_path: Path, level: str) -> None:
    shutil.copytree(SAMPLE / "lianyungang", tmp_path / "lianyungang")
    before = part_of(tmp_path, year=2027)
    yaml = tmp_path / "lianyungang" / "2027-smart-parking" / "project.yaml"
    text = yaml.read_text(encoding="utf-8")
    yaml.write_text(
        f"{text}\nunit: {{name: 某县交通运输局, level: {level}, kind: 党政机关}}\n"
        if "\nunit:" not in text
        else re.sub(r"(?m)^unit:.*(\n .*)*", f"unit: {{name: 某县交通运输局, level: {level}, kind: 党政机关}}", text),
        encoding="utf-8",
    )
    part = part_of(tmp_path, year=2027)
    assert "2027-smart-parking" in [entry.case.project.id for entry in before.entries]
    assert "2027-smart-parking" not in [entry.case.project.id for entry in part.entries]
    (out,) = (one for one in part.left_out if one.case.project.id == "2027-smart-parking")
    assert "县区、功能板块的项目只是参照本办法" in out.why
    assert out.article == "第三十五条"
    (counted,) = (
        check
        for check in part.checks
        if "列入计划" in check.detail and "总投资" in check.detail and "收到" in check.detail
    )
    assert f"列入计划 {len(before.entries) - 1} 个" in counted.detail


def test_an_operation_that_the_regulation_does_not_cover_is_left_out_by_its_scope(tmp_path: Path) -> None:
    shutil.copytree(SAMPLE / "qidong", tmp_path / "qidong")
    yaml = tmp_path / "qidong" / "2026-leakage-monitoring" / "project.yaml"
    text = re.sub(r"(?m)^category: .*", "category: 运行维护", yaml.read_text(encoding="utf-8"))
    for said, why in (
        ("", "无法判断是否符合列入条件（属于智慧城市项目"),
        ("  指挥中心明确适用: false\n", "本项目不适用本办法"),
        ("  指挥中心明确适用: true\n", None),
    ):
        yaml.write_text(text.replace("traits:\n", f"traits:\n{said}"), encoding="utf-8")
        out = {one.case.project.id: one for one in part_of(tmp_path, year=2026).left_out}.get("2026-leakage-monitoring")
        assert (out is None) if why is None else (out is not None and out.why.startswith(why)), said
        assert out is None or out.article.startswith("第二条")


def test_another_year_an_unreadable_file_and_an_unknown_regulation_are_listed_with_the_reason(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "今年的项目")
    project(top / "b", "去年的项目").joinpath("project.yaml").write_text(
        BASE.format(id="b", name="去年的项目", unit="市民政局", total="10万元").replace("year: 2027", "year: 2026", 1),
        encoding="utf-8",
    )
    (top / "c").mkdir()
    (top / "c" / "project.yaml").write_text("id: [broken\n", encoding="utf-8")
    project(top / "e", "无办法的项目", without="regulation", more="regulation: nowhere-2000\n")
    project(top / "f", "没有年度的项目", without="year")
    found = plan.build(cases_of(top), 2027)
    (part,) = found.parts
    assert [e.case.project.name for e in part.entries] == ["今年的项目"]
    why = {one.case.project.name: one.why for one in part.left_out}
    assert why["去年的项目"] == "计划年度是 2026，不是 2027；其中 2027 年安排投资 10.00 万元"
    assert why["没有年度的项目"] == "没有写计划年度（year）"
    stray = {one.case.path: one.why for one in found.stray}
    assert "读不出来" in stray["d/c"]
    assert "nowhere-2000" in stray["d/e"]
    shown = texts(made(top), plan_xlsx.STRAY)
    assert "无办法的项目" in shown
    assert "读不出来" in shown


def test_classified_projects_are_counted_and_nowhere_named(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "普通项目")
    (top / "zq-secret").mkdir()
    (top / "zq-secret" / "project.yaml").write_text(
        "id: zq-secret\nregulation: lianyungang-2025\nclassified: true\n", encoding="utf-8"
    )
    data = made(top)
    part = part_of(top)
    assert (part.classified, len(part.entries), len(part.left_out), len(part.reviewed)) == (1, 1, 0, 1)
    assert "另有涉密项目 1 个" in texts(data, "未列入")
    assert "涉密 1 个（不列名称）" in texts(data, "核对")
    for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
        assert b"zq-secret" not in zipfile.ZipFile(io.BytesIO(data)).read(name)


def test_what_may_be_classified_is_neither_quoted_nor_named_without_a_regulation_or_broken(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "普通项目")
    (top / "b").mkdir()
    (top / "b" / "project.yaml").write_text("classified: true\nname: [绝不能出现的名称\n", encoding="utf-8")
    (top / "zq-secret").mkdir()
    (top / "zq-secret" / "project.yaml").write_text(
        "id: zq-secret\nregulation: ~\nclassified: true\n", encoding="utf-8"
    )
    (top / "govit.yaml").unlink()
    found = plan.build(cases_of(top), 2027)
    assert (found.stray, found.classified) == ((), 2)
    data = made(top)
    assert "另有涉密项目 2 个" in texts(data, plan_xlsx.STRAY)
    for name in zipfile.ZipFile(io.BytesIO(data)).namelist():
        assert b"zq-secret" not in zipfile.ZipFile(io.BytesIO(data)).read(name)
        assert "绝不能出现".encode() not in zipfile.ZipFile(io.BytesIO(data)).read(name)


def test_several_folders_make_one_plan(tmp_path: Path) -> None:
    one, two = dossier(tmp_path / "民政局"), dossier(tmp_path / "教育局")
    project(one / "a", "低保核查系统")
    project(two / "a", "学籍管理系统", unit="市教育局")
    part = part_of(one, two)
    assert sorted(e.case.project.name for e in part.entries) == ["低保核查系统", "学籍管理系统"]
    doubled = [check for check in part.checks if check.name == "项目标识重复"]
    assert len(doubled) == 1


# -- the year ------------------------------------------------------------------------------------------


def test_the_year_is_asked_for_where_projects_differ_and_never_guessed(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--year.*2027、2026、2025"):
        plan_xlsx.year_of(cases_of(SAMPLE), None)
    project(dossier(tmp_path / "d") / "a", "甲")
    assert plan_xlsx.year_of(cases_of(tmp_path), None) == 2027
    assert plan_xlsx.year_of(cases_of(tmp_path), 2030) == 2030
    with pytest.raises(UsageError, match="四位年份"):
        plan_xlsx.year_of(cases_of(tmp_path), 27)


@pytest.mark.parametrize(
    ("title", "expected"), [("某市年度建设计划", "某市2027年度建设计划"), ("项目清单", "2027年度项目清单")]
)
def test_the_title_carries_the_year(title: str, expected: str) -> None:
    assert plan.plan_title(title, 2027) == expected


# -- what a reviewer is shown ----------------------------------------------------------------------------


def test_waived_duties_come_first_then_the_weakest_project(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "较好的项目", more="plans: [市级规划]\ndemand: 需要\nobjects: [软件开发]\n")
    project(top / "b", "较差的项目", without="basis")
    waiver = (
        "waivers: [{rule: LYG-13-3, reason: 专项任务, by: 市数据局, number: 连数函〔2026〕3号, until: 2027-12-31}]\n"
    )
    project(top / "c", "豁免的项目", more="demand: 需要\nobjects: [软件开发]\n" + waiver)
    part = part_of(top)
    assert [one.case.project.name for one in part.reviewed] == ["豁免的项目", "较差的项目", "较好的项目"]
    shown = [row for row in rows(made(top), "评审提示") if any(row)]
    first = shown[4]
    assert (first[1], first[2]) == ("已豁免", "LYG-13-3")
    assert first[7] == "连数函〔2026〕3号\n有效期至 2027-12-31"


def test_claims_that_no_file_shows_are_marked(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    more = (
        "approvals:\n"
        "  - {body: 首席数据官, act: 首席数据官审定, result: 通过, date: 2026-11-02, number: 审〔2026〕1号}\n"
        "  - {body: 市数据局, act: 联合审核, result: 通过, date: 2026-11-03, file: 意见.pdf}\n"
        "submissions: [{kind: 年度计划申报, to: [市数据局], on: 2026-11-05}]\n"
    )
    folder = project(top / "a", "项目", more=more)
    (folder / "意见.pdf").write_bytes(b"%PDF-1.4")
    (one,) = part_of(top).reviewed
    assert one.claims == (
        "审批：首席数据官审定（首席数据官，审〔2026〕1号，2026-11-02）",
        "报送：年度计划申报（市数据局，2026-11-05）",
    )
    shown = texts(made(top), "评审提示")
    assert "无佐证 2" in shown
    assert "联合审核（" not in shown


def test_only_projects_of_the_year_are_reviewed() -> None:
    (part,) = (p for p in plan.build(cases_of(SAMPLE / "lianyungang"), 2027).parts)
    assert {one.case.project.year for one in part.reviewed} == {2027}


# -- the plan's own checks -------------------------------------------------------------------------------


def test_the_numbers_of_the_plan_add_up() -> None:
    part = part_of(SAMPLE / "lianyungang")
    check = part.checks[0]
    assert check.name == "项目数和金额"
    assert "收到 4 个项目：列入计划 2 个，总投资 306.80 万元，本年度计划投资 254.80 万元；未列入 2 个" in check.detail


def results(part: plan.Part, name: str) -> list[tuple[str, str]]:
    return [(check.result, check.detail) for check in part.checks if check.name == name]


def test_sums_that_disagree_are_named(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "不平的项目", without="funding", more="funding: [{source: 市级财政资金, amount: 100万元}]\n")
    ((result, detail),) = results(part_of(top), "明细、资金来源与总投资")
    assert result == "不符"
    assert "100万元" in detail


def test_figures_that_cannot_be_are_named(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    more = "review: {cut: 20万元, granted: 110万元}\n"
    project(top / "a", "核定不平", more=more)
    project(
        top / "b", "超出的", without="budget", more="budget: {total: 10万元, years: [{year: 2027, amount: 12万元}]}\n"
    )
    project(top / "c", "没有金额的", without="budget")
    part = part_of(top)
    assert results(part, "核定金额") == [("不符", "总投资 120.00 减核减金额 20.00，不等于核定金额 110.00 万元")]
    assert results(part, "年度投资") == [("不符", "本年度计划投资 12.00 万元大于总投资 10.00 万元")]
    assert results(part, "应填未填") == [("不符", "没有填：总投资")]


def test_the_same_name_or_code_twice_is_named(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "同名系统", more="project_code: 2027-1\n")
    project(top / "b", "同名系统", unit="市教育局", more="project_code: 2027-1\n")
    part = part_of(top)
    assert results(part, "项目名称重复") == [("不符", "项目名称“同名系统”有 2 个项目")]
    assert results(part, "项目代码重复") == [("不符", "项目代码“2027-1”有 2 个项目")]


def test_the_nearest_projects_of_different_units_are_a_hint(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "市民政局养老机构视频巡查平台")
    project(top / "b", "市教育局校园视频巡查平台", unit="市教育局")
    project(top / "c", "不动产登记档案数字化", unit="市自然资源局", without="content", more="content: 扫描纸质卷\n")
    project(top / "e", "市民政局养老机构视频巡查平台二期")
    part = part_of(top)
    pairs = [check for check in part.checks if check.name == "相近项目"]
    assert {check.result for check in pairs} == {"提示"}
    assert "市教育局校园视频巡查平台" in pairs[0].projects
    assert "市民政局养老机构视频巡查平台" in pairs[0].projects
    assert all("二期" not in check.projects or "教育局" in check.projects for check in pairs)


def test_a_regulation_that_is_not_in_force_is_said() -> None:
    part = part_of(SAMPLE / "taizhou")
    assert part.checks[0].name == "办法效力"
    assert "征求意见稿" in part.checks[0].detail


# -- the workbook ----------------------------------------------------------------------------------------


def test_every_column_of_the_table_stands_in_the_template() -> None:
    sheet = load_workbook(built_in(forms()["plan"]).path)["计划"]
    markers = set(re.findall(r"\{\{ row\.(.*?) \}\}", "".join(str(c.value or "") for row in sheet for c in row)))
    assert markers == {"n", *(column.key for column in COLUMNS)}


def test_each_row_has_the_values_of_its_columns(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    review = "review: {priority: 高, opinion: 合并建设, cut: 20万元, granted: 100.0001万元, note: 会后补}\n"
    project(top / "a", "项目", total="120.0001万元", more=review)
    case = cases_of(top)[0]
    values = plan.values(case, 2027, plan.worked_out(case))
    assert values["budget.total"] == Decimal("120.0001")
    assert values["budget.years"] == Decimal("120.0001")
    assert values["funding.市级财政资金"] == Decimal("120.0001")
    assert values["basis"] == "苏政办发〔2025〕35号\n年度工作要点"
    assert values["schedule.start"] == dt.date(2027, 3, 1)
    assert values["classified"] == "否"
    assert values["kind"] == "年度"
    data = made(top)
    shown = rows(data)
    heads = [str(a or b or "").replace("\n", "") for a, b in zip(shown[2], shown[3], strict=True)]
    by_head = dict(
        zip(
            [str(b or a or "").replace("\n", "") for a, b in zip(shown[2], shown[3], strict=True)],
            shown[5],
            strict=True,
        )
    )
    assert heads[0] == "序号"
    assert by_head["优先级"] == "高"
    assert by_head["核减金额"] == 20
    assert by_head["核定金额"] == 100.0001
    assert by_head["备注"] == "会后补"
    assert by_head["开工"] == dt.datetime(2027, 3, 1)  # noqa: DTZ001 - a date of a sheet
    assert (by_head["项目标识"], by_head["计划年度"], by_head["适用办法"]) == ("a", 2027, "lianyungang-2025")
    assert by_head["卷宗路径"] == "d/a"


def test_nothing_is_rounded_and_few_decimals_stay_few(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "项目", total="1234567.89元")
    sheet = opened(made(top))["计划"]
    cell = next(c for row in sheet for c in row if c.value == 123.456789)
    assert cell.number_format == "#,##0.00####"


def test_subtotals_and_total_are_formulas_with_their_values(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "甲", total="100.01万元")
    project(top / "b", "乙", total="0.1万元")
    project(top / "c", "丙", total="0.2万元", without="category", more="category: 运维\n")
    data = made(top)
    formulas, values = opened(data, values=False)["计划"], opened(data)["计划"]
    letter = next(c.column_letter for c in values[3] if c.value == "总投资")
    shown = [(formulas[f"{letter}{n}"].value, values[f"{letter}{n}"].value) for n in range(5, 13)]
    assert [value for _, value in shown][:8] == [None, 100.01, 0.1, 100.11, None, 0.2, 0.2, 100.31]
    assert shown[3][0] == f"=SUBTOTAL(9,{letter}6:{letter}7)"
    assert shown[7][0] == f"=SUBTOTAL(9,{letter}5:{letter}11)"


def test_the_page_is_ready_to_print() -> None:
    sheet = opened(of_samples("lianyungang"), values=False)["计划"]
    assert sheet.freeze_panes == "C5"
    assert sheet.print_title_rows == "$3:$4"
    assert sheet.print_title_cols == "$A:$B"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 8)
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert [v.formula1 for v in sheet.data_validations.dataValidation] == ['"新建,扩建,升级改造,续建,运维,购买服务"']
    assert sum(s.sheet_view.tabSelected is True for s in opened(of_samples()).worksheets) == 1


def test_the_command_writes_the_plan_under_the_name_of_the_regulations_form(tmp_path: Path) -> None:
    def run(*words: str) -> Any:
        return CliRunner().invoke(app, ["render", "plan", str(SAMPLE / "lianyungang"), "--as-of=2026-11-20", *words])

    asked = run("-o", str(tmp_path))
    assert asked.exit_code == 2
    assert "年度计划要用 --year 写明年度" in asked.output
    assert run("--year", "2027", "-o", str(tmp_path)).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["2027-连云港市市级政务信息化项目年度计划.xlsx"]


def test_a_plan_without_projects_says_so() -> None:
    data = of_samples("qidong")
    assert "本年度没有列入计划的项目" in texts(data, "计划")


def test_several_regulations_have_a_group_of_sheets_each() -> None:
    names = opened(of_samples()).sheetnames
    assert names[:8] == [
        *(f"LZ {sheet}" for sheet in ("计划", "未列入", "核对")),
        *(f"LYG {sheet}" for sheet in ("计划", "未列入", "评审提示", "核对", "统计")),
    ]


HOSTILE = (
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@SUM(A1)",
    "{{ title }}",
    "<w:p>&amp;",
    "平台😀",
    "_x000D_",
    "=cmd|'/c calc'!A1",
)


def test_values_are_data(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    for number, text in enumerate(HOSTILE):
        quoted = text.replace("'", "''")
        project(top / f"p{number}", f"'{quoted}'", id=f"p{number}")
    data = made(top)
    cells = [c for row in opened(data, values=False)["计划"] for c in row]
    shown = {c.value for c in cells if c.data_type == "s"}
    assert {text for text in HOSTILE if text != "_x000D_"} <= shown
    assert "_x005F_x000D_" in shown
    assert all(str(c.value).startswith("=SUBTOTAL(9,") for c in cells if c.data_type == "f")


def test_a_text_of_many_thousand_characters_fits_the_cell(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    content = "".join(f"第{n}句话写得很长；" for n in range(5_000))
    project(top / "a", "项目", without="content", more=f"content: {content}\n")
    data = made(top)
    sheet = opened(data)["计划"]
    (column,) = (c.column for c in sheet[3] if c.value == "主要建设内容")
    told = [sheet.cell(row, column).value for row in range(6, sheet.max_row + 1)]
    assert "".join(text for text in told if text and text.startswith("第")) == content
    assert all(row.height is None or row.height < 409 for row in sheet.row_dimensions.values())
    assert [sheet.cell(row, 1).value for row in (6, 7, 8)] == [1, "续", "续"]


def test_a_long_text_is_read_back_whole(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    content = "".join(f"第{n}项建设内容写得很长；" for n in range(200))
    project(top / "a", "项目", without="content", more=f"content: {content}\n")
    (tmp_path / "plan.xlsx").write_bytes(made(top))
    result = CliRunner().invoke(app, ["import", str(tmp_path / "plan.xlsx"), str(top), "--as-of=2026-11-20"])
    assert "1 行与 project.yaml 一致" in result.output


def test_every_sheet_can_be_read_on_paper() -> None:
    book = opened(made(SAMPLE, year=2027), values=False)
    for sheet in book.worksheets:
        scale = sheet.page_setup.scale
        sizes = {c.font.sz for row in sheet.iter_rows() for c in row if c.value and not hidden(sheet, c)}
        assert min(sizes) * scale / 100 >= 9, (sheet.title, scale, sizes)


def hidden(sheet: Any, cell: Any) -> bool:
    return bool(sheet.column_dimensions[cell.column_letter].hidden)


def test_no_sum_begins_a_page_and_no_head_ends_one(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    for number in range(60):
        category = ("新建", "运维", "续建")[number % 3]
        project(top / f"p{number:02}", f"项目{number}", without="category", more=f"category: {category}\n")
    sheet = opened(made(top))["计划"]
    ends = [brk.id for brk in sheet.row_breaks.brk]
    assert ends
    for end in ends:
        assert sheet.cell(end + 1, 1).value not in ("小计", "合计")
        assert not str(sheet.cell(end, 1).value).startswith(("一、", "二、", "三、"))


def test_the_self_check_is_on_the_sheet_and_not_on_paper() -> None:
    sheet = opened(made(SAMPLE / "lianyungang"))["计划"]
    (head,) = (c for c in sheet[3] if c.value == "自查结论")
    told = [sheet.cell(row, head.column).value for row in range(6, sheet.max_row)]
    assert any(text and re.fullmatch(r"未发现问题|(?:错误|警告|待定|已豁免) \d+(?:，.*)?", text) for text in told)
    last = re.sub(r"[^A-Z]", "", sheet.print_area.rpartition(":")[2])
    assert column_index_from_string(last) < head.column


def test_what_could_not_be_read_is_not_received(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "项目")
    (top / "b").mkdir()
    (top / "b" / "project.yaml").write_text("id: [broken\n", encoding="utf-8")
    check = next(one for one in part_of(top).checks if one.name == "项目数和金额")
    assert check.result == "不符"
    assert check.detail.startswith("送来 2 个项目，读出 1 个：列入计划 1 个")
    assert "另有 1 个读不出来" in check.detail


def test_a_plan_is_held_against_the_one_before(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    for name in ("same", "more", "gone", "later"):
        project(top / name, f"{name}的系统")
    (tmp_path / "last.xlsx").write_bytes(made(top))
    past = from_workbook(tmp_path / "last.xlsx")
    assert (len(past.entries), past.entries[0].total) == (4, Decimal(120))
    shutil.rmtree(top / "gone")
    edit(top / "more", "120万元", "150万元")
    edit(top / "later", "year: 2027", "year: 2028")
    project(top / "new", "new的系统")
    found = compared(plan.build(cases_of(top), 2027), past)
    assert [(one.situation, one.name[:-3], one.difference) for one in found] == [
        ("新增", "new", None),
        ("调增", "more", Decimal(30)),
        ("结转", "same", Decimal(0)),
        ("移出本年度", "later", None),
        ("未再列入", "gone", None),
    ]
    shown = texts(made(top, past=past), "与上年对比")
    assert "last.xlsx" in shown
    assert "一、新增（1 个）" in shown


def edit(folder: Path, old: str, new: str) -> None:
    path = folder / "project.yaml"
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")


def test_a_plan_is_held_against_an_earlier_revision(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "甲系统")
    git = ["git", "-C", str(top), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "x"], ["tag", "last"]):
        subprocess.run([*git, *words], check=True)
    edit(top / "a", "120万元", "90万元")
    out = tmp_path / "plan.json"
    run = ["render", "plan", str(top), "--as-of=2026-11-20", "--since", "last", "--format", "json", "-o", str(out)]
    assert CliRunner().invoke(app, run).exit_code == 0
    told = json.loads(out.read_text("utf-8"))
    assert told["compared_with"] == "版本 last"
    assert [(one["situation"], one["difference"]) for one in told["compared"]] == [("调减", "-30.00")]
    refused = CliRunner().invoke(app, [*run[:5], "nowhere"])
    assert refused.exit_code == 2
    assert "--since：版本库里没有“nowhere”这个版本" in refused.output


def test_the_plan_as_csv_is_text_that_no_spreadsheet_runs(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    project(top / "a", "'=HYPERLINK(1)'")
    (one,) = plan_xlsx.make(job_of(cases_of(top), file_format="csv"))
    assert one.suffix == ".csv"
    head, row = csv.reader(io.StringIO(one.data.decode("utf-8-sig")))
    assert row[head.index("项目名称")] == "'=HYPERLINK(1)"
    assert row[head.index("总投资（万元）")] == "120.00"
    assert CliRunner().invoke(app, ["render", "handin", str(top), "--format", "csv"]).exit_code == 2


def test_the_statistics_count_every_project_once() -> None:
    part = part_of(SAMPLE / "lianyungang")
    for group in part.statistics:
        if group.apart:
            assert sum(row.count for row in group.rows) == len(part.entries), group.name
    assert next(group.name for group in part.statistics) == "按项目类别"


def test_pairs_say_in_what_they_are_alike(tmp_path: Path) -> None:
    top = dossier(tmp_path / "d")
    rows = "catalogue:\n" + "".join(f"  - {{name: 数据{n}, direction: 产生, share: 无条件共享}}\n" for n in range(3))
    project(top / "a", "养老服务平台", more=rows + "objects: [软件开发]\n")
    project(top / "b", "停车收费系统", unit="市城管局", more=rows + "objects: [软件开发]\n")
    (pair,) = part_of(top).alike
    assert pair.rows == ("数据0", "数据1", "数据2")
    assert pair.objects == ("软件开发",)
    assert (round(pair.content or 0), pair.score) == (100, 100.0)
    assert "3 项：数据0、数据1、数据2" in texts(made(top), "相近项目")


def test_the_same_projects_give_the_same_bytes() -> None:
    assert made(SAMPLE) == of_samples()


def test_the_name_of_a_draft_says_so_too() -> None:
    (one,) = plan_xlsx.make(job_of(cases_of(SAMPLE / "lianyungang"), draft=True))
    assert one.parts == ("2027", "连云港市市级政务信息化项目年度计划", "草稿")


def test_an_empty_plan_does_not_praise_sums_that_it_has_not() -> None:
    assert "各项合计与总投资一致" not in texts(of_samples("qidong"), "核对")


def test_a_draft_says_so_and_the_revision_is_told_only_when_asked() -> None:
    plain, draft = opened(of_samples()), opened(made(SAMPLE, draft=True, revision="3f2a91c"))
    assert (plain.worksheets[0].oddHeader.right.text, plain.properties.keywords) == (None, None)
    assert (draft.worksheets[0].oddHeader.right.text, draft.properties.keywords) == ("草稿", "3f2a91c")


def test_libreoffice_works_out_the_same_sums(tmp_path: Path, soffice: Callable[..., None]) -> None:
    top = dossier(tmp_path / "d")
    for number, total in enumerate(("100.01万元", "1234567.89元", "0.1万元", "333.3333万元", "0.000001万元")):
        category = "category: 运维\n" if number % 2 else "category: 新建\n"
        project(top / f"p{number}", f"项目{number}", total=total, without="category", more=category)
    data = made(top)
    book = opened(data, values=False)
    book.save(tmp_path / "plan.xlsx")  # openpyxl drops the values: what comes back is worked out anew
    soffice("xlsx", tmp_path / "out", tmp_path / "plan.xlsx")
    theirs = load_workbook(tmp_path / "out" / "plan.xlsx", data_only=True)["计划"]
    ours = opened(data)["计划"]
    formulas = [c.coordinate for row in book["计划"] for c in row if c.data_type == "f"]
    assert len(formulas) > 20
    for at in formulas:
        assert theirs[at].value == pytest.approx(ours[at].value, abs=1e-9), at


# -- templates -------------------------------------------------------------------------------------------


def template(change: Any) -> bytes:
    book = load_workbook(built_in(forms()["plan"]).path)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_clerk_may_restyle_move_and_leave_out_columns() -> None:
    def simple(book: Any) -> None:
        for name in list(book.sheetnames):
            del book[name]
        sheet = book.create_sheet("计划")
        sheet.append(["各单位项目一览（{{ 年度 }} 年）"])
        sheet.append(["项目单位", "项目", "总投资"])
        sheet.append(["{{ row.项目单位 }}", "{{ row.name }}", "{{ row.总投资 }}"])
        sheet.append(["合计", None, "{{ total.budget.total }}"])

    data = made(SAMPLE / "lianyungang", template=template(simple))
    assert opened(data).sheetnames == ["计划"]
    assert [row[:3] for row in rows(data)][:4] == [
        ["各单位项目一览（2027 年）", None, None],
        ["项目单位", "项目", "总投资"],
        ["连云港市市政公用服务中心", "连云港市城区公共停车协同服务平台", 260],
        ["连云港市市政公用服务中心", "城市照明智能监控系统2027年度运行维护", 46.8],
    ]
    assert rows(data)[4][2] == 306.8


def test_an_unknown_name_in_a_template_is_refused_with_its_place() -> None:
    def wrong(book: Any) -> None:
        book["计划"]["B6"] = "{{ row.nmae }}"
        book["核对"]["A1"] = "{{ titel }}"

    with pytest.raises(FormRefusedError) as refused:
        made(SAMPLE / "lianyungang", template=template(wrong))
    said = [reason.text for reason in refused.value.reasons]
    assert said[0] == "“计划”表 B6：没有“row.nmae”这个名称；是不是“name”？"
    assert said[1] == "“核对”表 A1：没有“titel”这个名称；是不是“title”？"


def test_a_template_that_lost_its_rows_is_refused() -> None:
    def lost(book: Any) -> None:
        book["计划"].delete_rows(6)

    with pytest.raises(FormRefusedError) as refused:
        made(SAMPLE / "lianyungang", template=template(lost))
    assert "{{ row.… }}" in refused.value.reasons[0].text

    def renamed(book: Any) -> None:
        book["计划"].title = "Sheet1"

    with pytest.raises(FormRefusedError) as refused:
        made(SAMPLE / "lianyungang", template=template(renamed))
    assert refused.value.reasons[0].text == "模板里没有“计划”这张表；工作表的名称不能改"


def test_the_bureaus_columns_are_marked_as_such() -> None:
    bureau = [column.header for column in COLUMNS if column.bureau]
    assert bureau == ["优先级", "审核意见", "核减金额", "核定金额", "备注"]
    assert BY_KEY["review.cut"].unit == "万元"


def test_over_several_dossiers_no_dossiers_own_template_is_used(tmp_path: Path) -> None:
    one, two = dossier(tmp_path / "甲"), dossier(tmp_path / "乙")
    project(one / "a", "低保核查系统")
    project(two / "b", "学籍管理系统", unit="市教育局")

    def renamed(book: Any) -> None:
        book["计划"]["A1"] = "甲单位自己的版面"

    for folder in (one, two):
        (folder / "templates").mkdir()
        (folder / "templates" / "年度计划.xlsx").write_bytes(template(renamed))

    def title(*folders: Path) -> str:
        out = tmp_path / "计划.xlsx"
        words = ["render", "plan", *map(str, folders), "--year", "2027", "--as-of=2026-11-20", "-o", str(out)]
        assert CliRunner().invoke(app, words).exit_code == 0
        return str(opened(out.read_bytes())["计划"]["A1"].value)

    assert title(one) == "甲单位自己的版面"
    assert title(one, two) == "连云港市市级政务信息化项目2027年度计划"


def test_the_same_projects_give_the_same_bytes_whatever_the_seed_of_the_run(tmp_path: Path) -> None:
    words = ["render", "plan", str(SAMPLE), "--year", "2027", "--as-of", "2026-11-20", "-o"]
    here, there = tmp_path / "here.xlsx", tmp_path / "there.xlsx"
    assert CliRunner().invoke(app, [*words, str(here)]).exit_code == 0
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"  # that of this run is a random one, or the one given
    subprocess.run(
        [sys.executable, "-m", "govit", *words, str(there)],
        env={**os.environ, "PYTHONHASHSEED": seed},
        check=True,
        capture_output=True,
    )
    assert here.read_bytes() == there.read_bytes()


def test_projects_without_a_regulation_and_no_sheet_to_list_them_make_no_plan(tmp_path: Path) -> None:
    folder = project(tmp_path / "a", "无办法的项目", without="regulation")

    def shorter(book: Any) -> None:
        del book["未列入"]

    with pytest.raises(FormRefusedError) as refused:
        made(folder, template=template(shorter))
    assert [reason.text for reason in refused.value.reasons] == ["没有可以使用的适用办法（未写 regulation）"]
