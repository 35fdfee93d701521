"""From what people have: filled forms, reports and lists become a dossier that is judged."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from typing import TYPE_CHECKING

import docx
import ofd_files
import pdf_files
import pytest
import xlwt
from places import SAMPLES, TESTS
from program import program
from xlsb_files import xlsb

from govit.judging import run

if TYPE_CHECKING:
    from pathlib import Path

    from govit.dossier.model import Project

AS_OF = "2026-11-20"
PROJECTS = sorted(path.parent for path in SAMPLES.glob("*/*/project.yaml"))
LAWS = {
    "lianyungang": "lianyungang-2025",
    "qidong": "qidong-2022",
    "taizhou": "taizhou-draft-2025",
    "laizhou": "laizhou-2022",
}
PRINTED = (
    "name", "year", "category", "lead", "participants", "manager", "team", "applicant", "objective", "demand", "content",
    "basis", "standards", "hosting", "build_mode", "project_code",
)  # fmt: skip
PRINTED_IN_LISTS = {
    "funding": ("source", "amount", "year"),
    "budget.lines": ("name", "group", "kind", "amount", "source"),
    "budget.groups": ("name", "amount"),
    "catalogue": ("name", "direction", "share", "provider", "recipients", "basis"),
}


BROKEN = {"TZ-2-6", "TZ-7-4", "TZ-7-8", "TZ-7-10", "TZ-11-5", "TZ-20-1"}
"""What the papers lack in truth: types of content, a plan, standards, chapters of the plan, the scheme of encryption."""


def project_in(folder: Path) -> Project:
    settings = run.RunSettings(paths=(folder,), as_of=dt.date(2026, 11, 20), regulations=None)
    return next(iter(run.open_dossiers(settings).cases())).project


def printed(project: Project) -> dict[str, object]:
    """The values of a project that its application form prints."""
    found: dict[str, object] = {key: getattr(project, key) for key in PRINTED}
    found |= {key: frozenset(getattr(project, key)) for key in ("objects", "plans")}
    parts = (
        (project.unit, ("name", "parent")),
        (project.contact, ("person", "phone")),
        (project.schedule, ("start", "end")),
        (project.budget, ("total", "single", "operation")),
    )
    found |= {f"{type(part).__name__}.{key}": getattr(part, key) for part, keys in parts for key in keys}
    for path, keys in PRINTED_IN_LISTS.items():
        records: object = project
        for part in path.split("."):
            records = getattr(records, part)
        found[path] = [tuple(getattr(one, key) for key in keys) for one in records]  # type: ignore[attr-defined]  # a list of records
    return found


@pytest.mark.parametrize("sample", PROJECTS, ids=lambda path: path.name)
def test_a_form_that_was_rendered_gives_back_what_it_prints(sample: Path, tmp_path: Path) -> None:
    made = program("render", "application", sample, "--as-of", AS_OF, "-o", tmp_path)
    assert made.returncode == 0, made.stderr
    file = next(tmp_path.glob("*.docx"))
    done = program("new", "again", "--from", file, "--regulation", LAWS[sample.parent.name], "--dir", tmp_path)
    assert done.returncode == 0, done.stderr
    again = project_in(tmp_path / "again")
    assert printed(again) == printed(project_in(sample))
    assert again.faults == ()
    assert (again.approvals, again.submissions, again.events) == ((), (), ())


def folder_of_papers(folder: Path) -> None:
    """An application in old Word, a stamped PDF, an OFD and an old list."""
    shutil.copy(TESTS / "dossiers" / "papers" / "项目申报表.doc", folder)
    chapters = ["项目概算表", "公共数据资源目录及共享方式", "公共数据资源需求", "统一用户认证体系接入方案", "建设进度"]
    (folder / "建设方案.pdf").write_bytes(pdf_files.one_font(pdf_files.report(chapters)))
    (folder / "会议纪要.ofd").write_bytes(ofd_files.ofd(ofd_files.report(["会议情况", "议定事项", "落实要求"])))
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("清单")
    for row, texts in enumerate(
        (
            ("序号", "项目名称", "建设单位", "总投资（万元）", "建设依据"),
            (1, "泰州市智慧养老服务平台", "泰州市养老服务指导中心", 168, "泰州市居家养老服务提升行动方案"),
        )
    ):
        for column, text in enumerate(texts):
            sheet.write(row, column, text)
    book.save(str(folder / "项目清单.xls"))


def test_a_folder_of_files_becomes_a_judged_dossier_with_three_commands(tmp_path: Path) -> None:
    folder_of_papers(tmp_path)
    papers = ("项目申报表.doc", "建设方案.pdf", "会议纪要.ofd")
    first = program("new", "2027-01", "--from", *papers, "--regulation", "taizhou-draft-2025", cwd=tmp_path)
    assert first.returncode == 0, first.stderr
    second = program("import", "项目清单.xls", "--yes", "--as-of", AS_OF, cwd=tmp_path)
    assert second.returncode == 0, second.stdout + second.stderr
    third = program("check", "--stage", "申报", "--as-of", AS_OF, "--format", "json", cwd=tmp_path)
    project = project_in(tmp_path / "2027-01")
    assert (project.name, project.category, project.manager) == ("泰州市智慧养老服务平台", "新建", "缪向东")
    assert project.basis == ("泰州市居家养老服务提升行动方案",)
    assert [(one.kinds, one.path) for one in project.documents] == [
        (("项目申报表",), "documents/项目申报表.doc"),
        (("建设方案",), "documents/建设方案.pdf"),
        (("会议纪要",), "documents/会议纪要.ofd"),
    ]
    found = json.loads(third.stdout)["findings"]
    broken = {one["rule"]: one["message"] for one in found if one["outcome"] == "violates"}
    assert broken.keys() == BROKEN | {"GOV-503"}
    assert "网络安全建设方案" in broken["TZ-11-5"]
    assert "项目概算表" not in broken["TZ-11-5"]


def application(folder: Path, *rows: tuple[str, ...], name: str = "项目申报表.docx") -> Path:
    document = docx.Document()
    table = document.add_table(len(rows), 2)
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
    document.save(str(folder / name))
    return folder / name


def dossier(folder: Path) -> Path:
    shutil.copytree(SAMPLES / "taizhou", folder / "taizhou")
    return folder / "taizhou" / "2027-video-patrol-ops"


def test_a_form_is_read_into_a_project_diff_first(tmp_path: Path) -> None:
    project = dossier(tmp_path)
    before = (project / "project.yaml").read_bytes()
    file = application(tmp_path, ("项目负责人", "新来的人"), ("联系人", "殷小禾"), name="申报信息.docx")
    shown = program("import", file, project, "--as-of", AS_OF)
    assert shown.returncode == 2
    assert "+manager: 新来的人" in shown.stdout
    assert "加 --yes" in shown.stderr
    assert (project / "project.yaml").read_bytes() == before
    done = program("import", file, project, "--as-of", AS_OF, "--yes")
    assert done.returncode == 0, done.stderr
    assert project_in(project).manager == "新来的人"
    assert (project / "documents" / "申报信息.docx").read_bytes() == file.read_bytes()
    again = program("import", file, project, "--as-of", AS_OF, "--yes")
    assert "没有要写入的改动" in again.stdout


def test_the_project_is_found_by_the_name_in_the_form(tmp_path: Path) -> None:
    project = dossier(tmp_path)
    name = project_in(project).name or ""
    file = application(tmp_path, ("项目名称", name), ("项目负责人", "新来的人"), name="甲.docx")
    assert program("import", file, project.parent, "--as-of", AS_OF, "--yes").returncode == 0
    assert project_in(project).manager == "新来的人"
    other = application(tmp_path, ("项目名称", "没有的项目"), name="乙.docx")
    refused = program("import", other, project.parent, "--as-of", AS_OF, "--yes")
    assert refused.returncode == 2
    assert "govit new ID --from 乙.docx" in refused.stderr


def test_another_file_of_the_same_name_stays(tmp_path: Path) -> None:
    project = dossier(tmp_path)
    (project / "documents" / "甲.docx").write_bytes(b"other")
    file = application(tmp_path, ("项目负责人", "新来的人"), name="甲.docx")
    done = program("import", file, project, "--as-of", AS_OF, "--yes")
    assert done.returncode == 2
    assert "内容不同" in done.stderr
    assert (project / "documents" / "甲.docx").read_bytes() == b"other"


def test_what_is_open_is_blank_with_a_remark(tmp_path: Path) -> None:
    one = application(tmp_path, ("项目名称", "某市智慧养老平台"), ("总投资（万元）", "260"), name="甲.docx")
    other = application(tmp_path, ("总投资", "268万元"), ("建设周期", "12个月"), name="乙.docx")
    done = program("new", "p", "--from", one, other, "--regulation", "taizhou-draft-2025", "--dir", tmp_path)
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "p" / "project.yaml").read_text(encoding="utf-8")
    assert "\n  total:\n" in text
    remark = text[text.index("## 没有填 budget.total") :]
    assert "甲.docx》第 1 表第 2 行第 2 格写“260”" in remark.replace("\n  ##   ", "")
    assert "乙.docx》第 1 表第 1 行第 2 格写“268万元”" in remark.replace("\n  ##   ", "")
    assert project_in(tmp_path / "p").faults == ()


def test_a_list_gives_its_row_of_the_project(tmp_path: Path) -> None:
    folder_of_papers(tmp_path)
    done = program(
        "new", "p", "--from", "项目清单.xls", "--category", "新建", "--regulation", "taizhou-draft-2025", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    project = project_in(tmp_path / "p")
    assert project.name == "泰州市智慧养老服务平台"
    assert project.budget is not None
    assert project.budget.total == 1_680_000


@pytest.mark.parametrize("row", [("是否涉密", "☑是 ☐否"), ("密级", "秘密★3年")])
def test_nothing_is_taken_of_what_is_classified(row: tuple[str, str], tmp_path: Path) -> None:
    file = application(tmp_path, ("项目名称", "某项目"), row)
    done = program("new", "p", "--from", file, "--regulation", "taizhou-draft-2025", "--dir", tmp_path)
    assert done.returncode == 2
    assert "没有写入任何文件" in done.stderr
    assert "某项目" not in done.stdout + done.stderr
    assert not (tmp_path / "p").exists()


def test_files_without_from_and_twice_the_same_name_are_asked_about(tmp_path: Path) -> None:
    file = application(tmp_path, ("项目名称", "某项目"))
    assert "--from" in program("new", "p", file, "--name", "某项目", "--regulation", "qidong-2022", cwd=tmp_path).stderr
    (tmp_path / "a").mkdir()
    twice = application(tmp_path / "a", ("项目名称", "某项目"))
    assert "两个文件" in program("new", "p", "--from", file, twice, "--regulation", "qidong-2022", cwd=tmp_path).stderr


def test_a_form_and_a_report_that_differ_leave_the_total_open_until_a_list_decides(tmp_path: Path) -> None:
    """The list is taken over after a diff, and the report that says otherwise is still told, by its page alone."""
    application(tmp_path, ("项目名称", "某市资源平台项目"), ("总投资（万元）", "420"))
    operators = pdf_files.shown("某市资源平台项目可行性研究报告", 60, 760, 20) + pdf_files.shown("1 总论", 60, 700, 16)
    operators += pdf_files.shown("本项目总投资428万元，建设一个平台和三个应用。", 60, 670)
    (tmp_path / "可行性研究报告.pdf").write_bytes(pdf_files.one_font([operators]))
    (tmp_path / "清单.xlsb").write_bytes(xlsb({"清单": [["项目名称", "总投资（万元）"], ["某市资源平台项目", 420]]}))
    made = program("new", "p", "--from", "项目申报表.docx", "可行性研究报告.pdf", "--regulation", "qidong-2022", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    assert "name（项目名称）：某市资源平台项目  《项目申报表.docx》第 1 表第 1 行第 2 格" in made.stdout
    assert "写“420”" in made.stdout
    assert "写“428万元”" in made.stdout
    assert project_in(tmp_path / "p").budget is None or project_in(tmp_path / "p").budget.total is None  # type: ignore[union-attr]
    taken = program("import", "清单.xlsb", "--yes", "--as-of", AS_OF, cwd=tmp_path)
    assert "（未写） → 420万元" in taken.stdout, taken.stderr
    told = program("check", "--stage", "申报", "--as-of", AS_OF, cwd=tmp_path).stdout
    assert "第 1 页写“428万元”" in told
    assert "None" not in told
