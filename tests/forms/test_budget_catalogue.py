"""The budget and the data catalogue as sheets: sums, shares, what is refused, drafts, the clerk's own template."""

from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook
from places import SAMPLES

from govit.forms.excel import budget as budget_xlsx
from govit.forms.excel import catalogue as catalogue_xlsx
from govit.forms.job import FormRefusedError, Job
from govit.forms.templates import TemplateFile, built_in, forms
from govit.judging.run import RunSettings, open_dossiers

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

AS_OF = dt.date(2026, 11, 20)
SAMPLE = SAMPLES
PROJECTS = sorted(path.parent for path in SAMPLE.glob("*/*/project.yaml"))
PARKING = SAMPLE / "lianyungang" / "2027-smart-parking"
MAKERS = {"budget": budget_xlsx, "catalogue": catalogue_xlsx}


def made(form: str, folder: Path, *, template: bytes | None = None, **more: Any) -> Any:
    (case,) = open_dossiers(RunSettings(paths=(folder,), as_of=AS_OF)).cases()
    assert case.regulation is not None
    entry = next(entry for entry in case.regulation.forms if entry.form == form)
    found = built_in(forms()[form])
    if template is not None:
        found = TemplateFile(template, "templates/自己的.xlsx", found.path, own=True)
    job = Job(
        form=forms()[form], cases=[case], as_of=AS_OF, entry=entry, regulation=case.regulation, template=found, **more
    )
    (one,) = MAKERS[form].make(job)
    return one


def book(data: bytes, *, values: bool = True) -> Any:
    return load_workbook(io.BytesIO(data), data_only=values)


def project(tmp_path: Path, more: str) -> Path:
    (tmp_path / "a").mkdir()
    head = (
        "id: a\nname: 项目\nregulation: lianyungang-2025\nyear: 2027\nstage: 申报\nclassified: false\ncategory: 新建\n"
    )
    (tmp_path / "a" / "project.yaml").write_text(head + more, encoding="utf-8")
    return tmp_path / "a"


@pytest.mark.parametrize("folder", PROJECTS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("form", MAKERS)
def test_every_sample_project_has_both_sheets_the_same_on_every_run(form: str, folder: Path) -> None:
    one = made(form, folder)
    assert one.data == made(form, folder).data
    assert one.suffix == ".xlsx"
    sheet = book(one.data).worksheets[0]
    assert sheet["A1"].value == one.parts[2]
    assert sheet.print_title_rows == "$3:$3"


def test_the_budget_has_groups_with_sums_and_shares_as_formulas_with_their_values() -> None:
    data = made("budget", PARKING).data
    formulas, values = book(data, values=False)["概算表"], book(data)["概算表"]
    assert [values[f"{c}4"].value for c in "ABEF"] == ["一", "应用软件开发", 146, pytest.approx(146 / 260)]
    assert (formulas["E4"].value, formulas["F4"].value) == ("=SUBTOTAL(9,E5:E8)", "=E4/E$20")
    assert [values[f"{c}5"].value for c in "ABCDE"] == [1, "停车资源管理子系统", "软件开发费", "市级财政资金", 42]
    assert (values["A20"].value, values["E20"].value, formulas["E20"].value) == ("合计", 260, "=SUBTOTAL(9,E4:E19)")
    assert [values[f"{c}21"].value for c in "ABE"] == ["附", "年运行维护费（不计入总投资）", 19.5]


def test_the_money_stands_by_source_and_year() -> None:
    rows = [[c.value for c in row] for row in book(made("budget", PARKING).data)["资金来源"].iter_rows(min_row=3)]
    assert rows == [
        ["序号", "资金来源", "2027年", "2028年", "合计"],
        [1, "市级财政资金", 208, 52, 260],
        ["合计", None, 208, 52, 260],
    ]


def test_a_budget_without_groups_is_one_list(tmp_path: Path) -> None:
    folder = project(
        tmp_path, "budget: {total: 3万元, lines: [{name: 甲, amount: 1万元}, {name: 乙, amount: 2万元}]}\n"
    )
    sheet = book(made("budget", folder).data)["概算表"]
    assert [[sheet[f"{c}{n}"].value for c in "ABE"] for n in (4, 5, 6)] == [
        [1, "甲", 1],
        [2, "乙", 2],
        ["合计", None, 3],
    ]


def test_a_budget_that_contradicts_itself_or_lacks_its_lines_is_refused_with_the_places(tmp_path: Path) -> None:
    folder = project(tmp_path, "budget:\n  total: 3万元\n  lines: [{name: 甲, amount: 1万元}]\n")
    with pytest.raises(FormRefusedError) as refused:
        made("budget", folder)
    (reason,) = refused.value.reasons
    assert reason.text == "概算明细合计 1万元，总投资 3万元，两者不一致"
    assert reason.place.endswith("project.yaml:10")
    (folder / "project.yaml").write_text(
        (folder / "project.yaml").read_text(encoding="utf-8").split("budget")[0], encoding="utf-8"
    )
    with pytest.raises(FormRefusedError) as refused:
        made("budget", folder)
    assert [r.text for r in refused.value.reasons] == ["budget.total（总投资）", "budget.lines（概算明细）"]


def test_a_draft_is_written_with_what_there_is_and_says_what_it_lacks(tmp_path: Path) -> None:
    folder = project(tmp_path, "budget:\n  total: 3万元\n  lines: [{name: 甲, amount: 1万元}]\n")
    one = made("budget", folder, draft=True)
    assert one.parts == ("2027", "项目", "项目投资概算表", "草稿")
    assert len(one.notes) == 1
    assert book(one.data).worksheets[0].oddHeader.right.text == "草稿"


def test_the_catalogue_lists_what_is_produced_and_what_is_needed() -> None:
    sheet = book(made("catalogue", PARKING).data)["目录"]
    rows = [[c.value for c in row] for row in sheet.iter_rows(min_row=4)]
    assert rows[0][0] == "一、本项目产生的数据资源（3 项）"
    assert rows[1][:4] == [1, "公共停车场（库）基础信息", "连云港市市政公用服务中心", "无条件共享"]
    assert rows[4][0] == "二、本项目需要其他单位提供的数据资源（2 项）"
    assert sheet["G2"].value == "产生 3 项，需要 2 项"


def test_a_catalogue_that_is_empty_or_does_not_say_how_data_are_shared_is_refused(tmp_path: Path) -> None:
    folder = project(tmp_path, "catalogue:\n  - {name: 台账, direction: 产生}\n  - {name: 人口, direction: 需要}\n")
    with pytest.raises(FormRefusedError) as refused:
        made("catalogue", folder)
    (reason,) = refused.value.reasons
    assert reason.text == "catalogue[0].share（“台账”的共享类型）"
    shown = book(made("catalogue", folder, draft=True).data)["目录"]
    assert shown["D5"].value == "（待填：共享类型）"
    (folder / "project.yaml").write_text(
        (folder / "project.yaml").read_text(encoding="utf-8").split("catalogue")[0], encoding="utf-8"
    )
    with pytest.raises(FormRefusedError) as refused:
        made("catalogue", folder)
    assert [r.text for r in refused.value.reasons] == ["catalogue（数据资源目录）"]


def changed(form: str, at: str, text: str) -> bytes:
    workbook = load_workbook(built_in(forms()[form]).path)
    workbook.worksheets[0][at] = text
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


@pytest.mark.parametrize("form", MAKERS)
def test_the_clerks_own_template_is_used_and_checked(form: str) -> None:
    own = changed(form, "A1", "本单位的表：{{ 项目名称 }}")
    assert book(made(form, PARKING, template=own).data).worksheets[0]["A1"].value == (
        "本单位的表：连云港市城区公共停车协同服务平台"
    )
    maker: ModuleType = MAKERS[form]
    assert [(slip.message, slip.grave) for slip in maker.check_template(own)] == [("没有用到 {{ title }}", False)]
    wrong = changed(form, "A1", "{{ titel }}")
    assert [slip.grave for slip in maker.check_template(wrong)] == [True]
    with pytest.raises(FormRefusedError, match="有 1 处问题"):
        made(form, PARKING, template=wrong)
    assert maker.check_template(built_in(forms()[form]).data) == []
