"""`govit render` as a clerk runs it: what is written where, and what is said when it is not."""

from __future__ import annotations

import os
import re
import shutil
from typing import TYPE_CHECKING, Any

import docx
import pytest
from typer.testing import CliRunner
from word_forms import SAMPLES, template

from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

AS_OF = "--as-of=2026-11-20"
FORM = "连云港市市级政务信息化项目申报表"


def govit(*args: Any) -> Result:
    return CliRunner().invoke(app, ["render", *map(str, args), AS_OF])


@pytest.fixture
def lyg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of a sample dossier, in which the run stands."""
    shutil.copytree(SAMPLES / "lianyungang", tmp_path / "dossier")
    monkeypatch.chdir(tmp_path / "dossier")
    return tmp_path / "dossier"


def own(dossier: Path, *paragraphs: str, name: str = FORM) -> None:
    """A template of the dossier's own."""
    (dossier / "templates").mkdir(exist_ok=True)
    (dossier / "templates" / f"{name}.docx").write_bytes(template(*paragraphs))


def edit(dossier: Path, before: str, after: str, project: str = "2027-smart-parking") -> None:
    path = dossier / project / "project.yaml"
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after), encoding="utf-8")


def texts(path: Path) -> list[str]:
    return [paragraph.text for paragraph in docx.Document(str(path)).paragraphs]


def test_a_form_is_written_under_its_year_project_and_title(lyg: Path) -> None:
    result = govit("application", "2027-smart-parking", "-o", lyg.parent / "out")
    assert result.exit_code == 0
    name = f"2027-连云港市城区公共停车协同服务平台-{FORM}.docx"
    assert [path.name for path in (lyg.parent / "out").iterdir()] == [name]
    assert "已写出" in result.output
    assert "连政办发〔2025〕24号（现行有效）" in result.output


@pytest.mark.parametrize("name", ["application", FORM, "项目申报表"])
def test_a_form_goes_by_its_name_its_title_or_the_usual_one(lyg: Path, name: str) -> None:
    result = govit(name, "2027-smart-parking", "-o", "申报表.docx")
    assert result.exit_code == 0
    assert (lyg / "申报表.docx").is_file()


def test_the_same_run_gives_the_same_bytes(lyg: Path) -> None:
    for name in ("a.docx", "b.docx"):
        assert govit("selfcheck", "2026-road-inspection", "-o", name).exit_code == 0
    assert (lyg / "a.docx").read_bytes() == (lyg / "b.docx").read_bytes()


def test_what_is_written_by_default_lies_outside_the_project(lyg: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(lyg / "2027-smart-parking" / "documents")
    assert govit("application", "..").exit_code == 0
    assert len(list(lyg.glob("2027-*.docx"))) == 1


@pytest.mark.usefixtures("lyg")
def test_an_unknown_form_is_an_error_that_lists_those_of_the_regulation() -> None:
    result = govit("申请书", "2027-smart-parking")
    assert result.exit_code == 2
    assert "没有“申请书”这张表" in result.output
    assert f"application {FORM}（报市数据局，阶段 申报，第十二条）" in result.output
    result = govit("evaluation", "2027-smart-parking")
    assert result.exit_code == 2
    assert "没有《绩效自评价报告》这张表" in result.output
    assert FORM in result.output


def test_the_list_of_forms_needs_no_dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = govit("--list")
    assert result.exit_code == 0
    assert FORM in result.output
    assert "莱州市政务信息化项目申报表" in result.output
    assert govit().exit_code == 2
    assert govit("application").exit_code == 2


def test_missing_data_are_listed_with_their_place_and_nothing_is_written(lyg: Path) -> None:
    edit(lyg, "contact: {person: 葛晓彤, phone: 0518-85990112}\n", "contact: {person: 葛晓彤}\n")
    edit(lyg, "  total: 260万元\n", "")
    own(lyg, "{{ contact.phone }}{{ budget.total }}{{ notes.建设地点 }}{{ change.scope }}")
    result = govit("application", "2027-smart-parking", "-o", "out")
    assert result.exit_code == 1
    assert not (lyg / "out").exists()
    assert "缺 4 项数据，没有写出" in result.output
    shown = [" ".join(line.split()) for line in result.output.splitlines()[-4:]]
    assert shown == [
        "contact.phone（联系电话） 2027-smart-parking/project.yaml:14（写在 contact 下面）",
        "budget.total（总投资） 2027-smart-parking/project.yaml:40（写在 budget 下面）",
        "notes.建设地点 2027-smart-parking/project.yaml（在 notes 里写 - {name: 建设地点, text: 内容}）",
        "changes（调整内容） 2027-smart-parking/project.yaml（补写 changes）",
    ]


@pytest.mark.parametrize(
    ("regulation", "category"),
    [
        ("lianyungang-2025", "运维"),
        ("qidong-2022", "购买服务"),
        ("taizhou-draft-2025", "新建"),
        ("laizhou-2022", "政务治理类"),
    ],
)
def test_what_a_new_project_lacks_for_its_application_has_its_blank_near_the_top(
    regulation: str, category: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    named = ["--project", "p1", "--name", "某项目", "--category", category, "--unit", "某局"]
    assert CliRunner().invoke(app, ["init", ".", "--regulation", regulation, *named]).exit_code == 0
    result = govit("application", "p1")
    assert result.exit_code == 1
    lines = re.findall(r"project\.yaml:(\d+)（写在这里）", result.output)
    assert f"缺 {len(lines)} 项数据" in result.output, "each of them has a line of its own"
    rows = (tmp_path / "p1" / "project.yaml").read_text(encoding="utf-8").splitlines()
    rest = next(number for number, row in enumerate(rows, 1) if "没有条文要求的键" in row)
    assert max(map(int, lines)) < rest


def test_a_draft_is_written_with_marks_and_named_so(lyg: Path) -> None:
    own(lyg, "{{ project.name }} {{ notes.建设地点 }}")
    result = govit("application", "2027-smart-parking", "-o", "out", "--draft")
    assert result.exit_code == 0
    (path,) = (lyg / "out").iterdir()
    assert path.name.endswith(f"-{FORM}-草稿.docx")
    assert texts(path) == ["连云港市城区公共停车协同服务平台 （待填：建设地点 notes.建设地点）"]
    assert "（草稿，待填 1 项）" in result.output


def test_notes_of_the_project_fill_what_no_key_holds(lyg: Path) -> None:
    edit(lyg, "approvals:\n", "notes:\n  - {name: 建设地点, text: 主城区}\napprovals:\n")
    own(lyg, "{{ notes.建设地点 }}")
    assert govit("application", "2027-smart-parking", "-o", "a.docx").exit_code == 0
    assert texts(lyg / "a.docx") == ["主城区"]


def test_a_template_of_ones_own_goes_before_the_built_in_one(lyg: Path) -> None:
    own(lyg, "我们的：{{ project.name }}", name="项目申报表")
    assert govit("application", "2027-smart-parking", "-o", "a.docx").exit_code == 0
    assert texts(lyg / "a.docx") == ["我们的：连云港市城区公共停车协同服务平台"]
    own(lyg, "按办法的表名：{{ project.name }}")
    assert govit("application", "2027-smart-parking", "-o", "a.docx").exit_code == 0
    assert texts(lyg / "a.docx") == ["按办法的表名：连云港市城区公共停车协同服务平台"]


def test_a_template_outside_the_dossier_is_not_followed(lyg: Path) -> None:
    own(lyg.parent, "外面的 {{ project.name }}")
    (lyg / "templates").symlink_to(lyg.parent / "templates")
    result = govit("application", "2027-smart-parking", "-o", "a.docx")
    assert result.exit_code == 2
    assert "templates" in result.output
    assert not (lyg / "a.docx").exists()


def test_a_bad_template_is_refused_with_the_list_that_its_check_gives(lyg: Path) -> None:
    own(lyg, "{{ project.nmae }}", "{% if draft %}")
    result = govit("application", "2027-smart-parking", "-o", "out")
    assert result.exit_code == 1
    assert not (lyg / "out").exists()
    assert "有 2 处问题，没有写出" in result.output
    assert "没有“project.nmae”这个栏目；是不是“project.name”？" in result.output
    checked = govit("--check-templates", "2027-smart-parking")
    assert checked.exit_code == 1
    assert checked.output.startswith(f"templates/{FORM}.docx\n")
    assert "错误 第 1 段“{{ project.nmae }}”：没有“project.nmae”这个栏目；是不是“project.name”？" in checked.output
    assert "错误 第 2 段“{% if draft %}”：“if”没有结束" in checked.output


def test_the_check_of_templates_names_lost_fields_and_useless_files(lyg: Path) -> None:
    own(lyg, "{{ project.name }}")
    own(lyg, "随便", name="通知")
    result = govit("--check-templates", ".")
    assert result.exit_code == 0
    assert "提示 没有用到 contact.phone（联系电话）；内置模板印在第 " in result.output
    assert "提示 整个文件：这个文件名不是哪张表的模板，不会用到" in result.output
    assert "内置的 项目申报表.docx：没有问题" in result.output


def test_fields_are_listed_with_labels_and_this_project_s_values(lyg: Path) -> None:
    result = govit("--fields", lyg / "2027-smart-parking")
    assert result.exit_code == 0
    lines = {line.split()[0]: line.split()[1:] for line in reversed(result.output.splitlines()[1:])}
    assert lines["budget.total_wan"] == ["总投资（万元）", "260.00"]
    assert lines["contact.person"] == ["联系人", "葛晓彤"]
    assert lines["budget_lines"][:3] == ["概算明细（列表）", "11", "行：{%tr"]


def test_a_classified_project_gets_no_form(lyg: Path) -> None:
    (lyg / "secret").mkdir()
    (lyg / "secret" / "project.yaml").write_text(
        "id: s\nregulation: lianyungang-2025\nclassified: true\n", encoding="utf-8"
    )
    result = govit("application", "secret", "-o", "out")
    assert result.exit_code == 1
    assert "涉密项目不在本工具内办理" in result.output
    assert not (lyg / "out").exists()


def test_a_fault_in_one_project_does_not_keep_the_others_from_their_forms(lyg: Path) -> None:
    (lyg / "2026-road-inspection" / "project.yaml").write_text("a: [", encoding="utf-8")
    result = govit("selfcheck", ".", "-o", "out")
    assert result.exit_code == 1
    assert len(list((lyg / "out").iterdir())) == 3
    assert "先运行 govit check" in result.output


def test_a_form_that_cannot_be_written_does_not_keep_the_others_from_being(lyg: Path) -> None:
    assert govit("selfcheck", ".", "-o", "out").exit_code == 0
    first, *others = sorted((lyg / "out").iterdir())
    for path in (first, *others):
        path.unlink()
    first.mkdir()
    result = govit("selfcheck", ".", "-o", "out")
    assert (result.exit_code, first.name in result.stderr) == (2, True)
    assert all(path.is_file() for path in others)


def test_all_forms_of_the_stage(lyg: Path) -> None:
    result = govit("--all", "2027-smart-parking", "-o", "out")
    assert result.exit_code == 0, result.output
    names = {path.name.split("-")[-1] for path in (lyg / "out").iterdir()}
    assert {f"{FORM}.docx", "合规自查表.docx", "报送材料清单.docx"} <= names
    assert "竣工验收申请表.docx" not in names


def test_several_documents_need_a_folder_and_the_right_suffix(lyg: Path) -> None:
    several = govit("selfcheck", ".", "-o", "a.docx")
    assert several.exit_code == 2
    assert "要写出 4 份表格，-o 要写文件夹" in several.output
    wrong = govit("selfcheck", "2027-smart-parking", "-o", "a.xlsx")
    assert wrong.exit_code == 2
    assert "扩展名也要是 .docx" in wrong.output
    assert govit("selfcheck", "2027-smart-parking", "-o", "govit.yaml").exit_code == 2
    assert not (lyg / "a.docx").exists()


def test_projects_of_one_name_get_files_of_their_own(lyg: Path) -> None:
    for project in ("2026-manhole-safety", "2026-road-inspection"):
        path = lyg / project / "project.yaml"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(
            "".join("name: 同名\n" if line.startswith("name:") else line for line in lines), encoding="utf-8"
        )
    assert govit("application", "2026-manhole-safety", "2026-road-inspection", "-o", "out").exit_code == 0
    assert sorted(path.name for path in (lyg / "out").iterdir()) == [
        f"2026-同名-{FORM}-2026-road-inspection.docx",
        f"2026-同名-{FORM}.docx",
    ]


def test_a_template_is_never_overwritten(lyg: Path) -> None:
    own(lyg, "{{ project.name }}")
    before = (lyg / "templates" / f"{FORM}.docx").read_bytes()
    result = govit("application", "2027-smart-parking", "-o", f"templates/{FORM}.docx")
    assert result.exit_code == 2
    assert "不能覆盖模板" in result.output
    assert (lyg / "templates" / f"{FORM}.docx").read_bytes() == before


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_folder_that_cannot_be_written_to_is_an_error(lyg: Path) -> None:
    (lyg / "out").mkdir()
    (lyg / "out").chmod(0o500)
    assert govit("application", "2027-smart-parking", "-o", "out").exit_code == 2


def test_a_folder_that_cannot_be_made_is_an_error(lyg: Path) -> None:
    (lyg / "out").write_text("一个文件", encoding="utf-8")
    result = govit("application", "2027-smart-parking", "-o", "out/报送/")
    assert result.exit_code == 2
    assert (lyg / "out").read_text(encoding="utf-8") == "一个文件"


def test_one_of_several_is_chosen(lyg: Path) -> None:
    chosen = govit("handin", "2027-smart-parking", "-o", "a.docx", "--for", "竣工验收申请")
    assert chosen.exit_code == 0
    assert "（竣工验收申请）" in texts(lyg / "a.docx")
    unknown = govit("handin", "2027-smart-parking", "-o", "b.docx", "--for", "验收")
    assert unknown.exit_code == 2
    assert "没有“验收”这个报送事项" in unknown.output
    needless = govit("application", "2027-smart-parking", "-o", "b.docx", "--for", "验收")
    assert needless.exit_code == 2
    assert "每个项目只有一份，不用 --for" in needless.output
    assert not (lyg / "b.docx").exists()


def test_what_is_written_wrongly_is_not_called_missing(lyg: Path) -> None:
    edit(lyg, "  total: 260万元\n", "  total: 260\n")
    result = govit("application", "2027-smart-parking", "-o", "a.docx")
    assert result.exit_code == 1
    assert "project.yaml:40（写法有误，先运行 govit check）" in result.output


def test_a_revision_needs_a_repository(lyg: Path) -> None:
    result = govit("application", "2027-smart-parking", "-o", "a.docx", "--stamp-revision")
    assert result.exit_code == 2
    assert "--stamp-revision：" in result.output
    assert not (lyg / "a.docx").exists()


def test_a_form_for_other_projects_is_refused_with_the_article(lyg: Path) -> None:
    result = govit("acceptance", "2026-manhole-safety", "2026-road-inspection", "-o", "out", "--draft")
    assert result.exit_code == 1
    assert [path.name for path in (lyg / "out").iterdir()] == [
        "2026-连云港市市政道路智能巡检平台-竣工验收申请表-草稿.docx"
    ]
    assert "《竣工验收申请表》只用于经市发改委立项审批的项目" in result.output
    assert "（第二十九条第二款）" in result.output


def at_stage(dossier: Path, stage: str, project: str = "2027-smart-parking") -> None:
    path = dossier / project / "project.yaml"
    text = re.sub(r"(?m)^stage: .*$", f"stage: {stage}", path.read_text(encoding="utf-8"))
    text = re.sub(r"(?ms)^(submissions|approvals|events):\n(?:[ -].*?\n|\n)*", "", text)
    path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize("stage", ["草拟", "计划"])
@pytest.mark.parametrize("form", ["acceptance", "filing"])
def test_a_form_about_what_has_not_happened_is_refused_or_a_draft(lyg: Path, stage: str, form: str) -> None:
    at_stage(lyg, stage)
    refused = govit(form, "2027-smart-parking", "-o", "out")
    assert refused.exit_code == 1
    assert "还不到填的时候" in refused.output
    assert not (lyg / "out").exists()
    for more in (("--draft",), ("--stage", "验收")):
        assert govit(form, "2027-smart-parking", "-o", "out", *more).exit_code == 0
    assert [path.name[-8:] for path in (lyg / "out").iterdir()] == ["-草稿.docx"]


def test_a_form_for_which_an_approval_is_still_ahead_is_for_this_project(lyg: Path) -> None:
    at_stage(lyg, "草拟")
    result = govit("acceptance", "2027-smart-parking", "-o", "out")
    assert "只用于" not in result.output
    assert "项目要先经立项审批（第十八条第一款）" in result.output


@pytest.mark.usefixtures("lyg")
def test_when_nothing_is_due_it_is_said_what_was_handed_in_and_what_comes_next() -> None:
    result = govit("--all", "2027-streetlight-ops", "--stage", "采购", "-o", "out")
    assert "“采购”这一步没有要交的表格；最近一次报送是" in result.output
    assert "加 --stage 申报；下一次是" in result.output


def test_what_was_handed_in_is_made_again_where_its_step_is_asked_for(lyg: Path) -> None:
    assert govit("--all", "2026-road-inspection", "--stage", "申报", "-o", "out").exit_code == 0
    assert any(path.name.endswith("-报送材料清单.docx") for path in (lyg / "out").iterdir())


def test_the_change_form_says_nothing_of_how_it_is_judged(lyg: Path) -> None:
    assert govit("change", "2026-road-inspection", "-o", "a.docx").exit_code == 0
    for word in ("办理要求", "合规", "无法判断"):
        assert word not in texts(lyg / "a.docx")


def test_the_dates_go_by_the_title_that_the_regulation_has_for_them(lyg: Path) -> None:
    assert govit("deadlines", "2027-smart-parking", "-o", "out").exit_code == 0
    (path,) = (lyg / "out").iterdir()
    assert path.name == "2026-11-20-连云港市城区公共停车协同服务平台-法定期限一览表.xlsx"


def test_all_leaves_out_what_the_regulation_does_not_ask_of_such_a_project(lyg: Path) -> None:
    result = govit("--all", ".", "--stage", "审批", "-o", "out")
    assert result.exit_code == 0
    budgets = sorted(path.name for path in (lyg / "out").iterdir() if path.suffix == ".xlsx")
    assert budgets == [
        "2026-连云港市市政道路智能巡检平台-项目投资概算表.xlsx",
        "2027-连云港市城区公共停车协同服务平台-项目投资概算表.xlsx",
    ]
    result = govit("--all", "2027-streetlight-ops", "--stage", "申报", "-o", "more")
    assert result.exit_code == 0
    assert not [path.name for path in (lyg / "more").iterdir() if "可行性研究报告" in path.name]


def test_all_does_not_compile_a_report_that_is_there_as_a_finished_file(tmp_path: Path) -> None:
    shutil.copytree(SAMPLES / "taizhou", tmp_path / "dossier")
    result = govit("--all", tmp_path / "dossier" / "2025-home-care", "--stage", "申报", "-o", tmp_path / "out")
    assert result.exit_code == 0, result.output
    assert "建设方案" not in result.output
    assert "项目概算表.xlsx" in result.output


def test_all_has_the_hand_in_list_of_every_step_that_hands_something_in(lyg: Path) -> None:
    for stage, listed in (("备案", True), ("验收", True), ("采购", False)):
        assert govit("--all", "2026-road-inspection", "--stage", stage, "-o", stage).exit_code == 0
        names = [path.name for path in (lyg / stage).iterdir()] if (lyg / stage).exists() else []
        assert ("2026-连云港市市政道路智能巡检平台-报送材料清单.docx" in names) == listed, stage


@pytest.mark.usefixtures("lyg")
def test_a_stage_that_the_regulation_does_not_have_writes_nothing() -> None:
    result = govit("--all", "2027-smart-parking", "--stage", "储备")
    assert result.exit_code == 1
    assert "没有“储备”这个阶段；可以写：草拟、" in result.output


def test_a_plan_lists_what_it_could_not_read_and_the_run_says_so(lyg: Path) -> None:
    (lyg / "2026-road-inspection" / "project.yaml").write_text("id: [", encoding="utf-8")
    result = govit("plan", ".", "--year", "2027", "-o", lyg.parent / "plan.xlsx")
    assert result.exit_code == 1
    assert (lyg.parent / "plan.xlsx").is_file()
    assert "2026-road-inspection：project.yaml 读不出来" in result.output
