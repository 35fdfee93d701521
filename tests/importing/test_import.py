"""`govit import`: an edited plan and foreign lists, back into project.yaml, shown first, cell by cell, nothing deleted."""

from __future__ import annotations

import datetime as dt
import errno
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from books import edited, repacked, workbook
from differing import changed_lines
from openpyxl import load_workbook
from places import SAMPLES
from typer.testing import CliRunner

from govit.base import files
from govit.cli import asking, importing
from govit.cli.commands import app
from govit.importing.target_projects import safe_name
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = ["--as-of", "2026-11-20"]
SHEET = "LYG 计划"
PARKING = "lianyungang/2027-smart-parking/project.yaml"
LIGHTS = "lianyungang/2027-streetlight-ops/project.yaml"


@pytest.fixture
def samples(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of two of the sample dossiers, with the current folder above them."""
    for name in ("lianyungang", "qidong"):
        shutil.copytree(SAMPLES / name, tmp_path / "samples" / name)
    (tmp_path / ".git").mkdir()
    monkeypatch.chdir(tmp_path)
    return tmp_path / "samples"


def run(*args: str, keys: str | None = None) -> Any:
    return CliRunner().invoke(app, [*args, *DAY], input=keys)


_MADE: list[bytes] = []


def plan_once() -> Path:
    """The plan of the samples as they are, rendered once for all tests."""
    if not _MADE:
        _MADE.append(plan(2027).read_bytes())
    Path("plan.xlsx").write_bytes(_MADE[0])
    return Path("plan.xlsx")


def plan(year: int, name: str = "plan.xlsx") -> Path:
    result = run("render", "plan", "samples", "--year", str(year), "-o", name)
    assert result.exit_code == 0, result.output
    return Path(name)


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in folder.rglob("*") if path.is_file()}


def contents(path: Path, title: str) -> list[list[Any]]:
    """The cells of a sheet, sums left out."""
    rows = load_workbook(path)[title].iter_rows()
    return [[None if cell.data_type == "f" else cell.value for cell in row] for row in rows]


def changed(before: bytes, after: bytes) -> list[str]:
    return changed_lines(before.decode().splitlines(), after.decode().splitlines())


# -- the plan that govit wrote ---------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2023, 2026])
def test_a_plan_that_nobody_edited_changes_nothing_at_all(samples: Path, year: int) -> None:
    for name in ("laizhou", "taizhou"):
        shutil.copytree(SAMPLES / name, samples / name)
    plan(year)
    before = state(samples)
    result = run("import", "plan.xlsx", "samples", "--yes")
    assert result.exit_code == 0, result.output
    assert "没有动任何文件" in result.output
    assert state(samples) == before


def test_the_plan_of_the_year_to_come_changes_nothing_either(samples: Path) -> None:
    plan_once()
    before = state(samples)
    assert "2 行与 project.yaml 一致" in run("import", "plan.xlsx", "samples", "--yes").output
    assert state(samples) == before


def test_a_plan_that_another_program_saved_changes_nothing_either(samples: Path, soffice: Callable[..., None]) -> None:
    plan_once()
    soffice("xlsx", Path("saved"), Path("plan.xlsx"))
    before = state(samples)
    result = run("import", "saved/plan.xlsx", "samples", "--yes")
    assert result.exit_code == 0, result.output
    assert "2 行与 project.yaml 一致" in result.output
    assert state(samples) == before


def test_three_edited_cells_come_back_and_the_next_plan_is_the_edited_one(samples: Path) -> None:
    path = plan_once()
    edits = {"J6": 261.5, "Z6": "同意列入，\n压缩后报审", "R9": dt.date(2027, 12, 15)}
    edited(path, SHEET, edits, Path("edited.xlsx"))
    before = state(samples)
    result = run("import", "edited.xlsx", "samples", "--yes")
    assert result.exit_code == 0, result.output
    assert f"{SHEET}!J6  budget.total（总投资）：260万元 → 261.5万元" in result.output
    after = state(samples)
    touched = {Path(name).relative_to(samples).as_posix() for name in after if after[name] != before[name]}
    assert touched == {PARKING, LIGHTS}
    assert changed(before[str(samples / PARKING)][1], after[str(samples / PARKING)][1]) == [
        "-   total: 260万元",
        "+   total: 261.5万元",
        "+ ",
        "+ review:",
        "+   opinion: |-",
        "+     同意列入，",
        "+     压缩后报审",
    ]
    assert changed(before[str(samples / LIGHTS)][1], after[str(samples / LIGHTS)][1]) == [
        "- schedule: {start: 2027-01-01, end: 2027-12-31}",
        "+ schedule: {start: 2027-01-01, end: 2027-12-15}",
    ]
    again, meant = contents(plan(2027, "again.xlsx"), SHEET), contents(Path("edited.xlsx"), SHEET)
    others = [
        (new, old) for rows in zip(again, meant, strict=True) for new, old in zip(*rows, strict=True) if new != old
    ]
    approvals, judged = others
    assert approvals == ("概算审核（待定）\n立项审批（待定）", "概算审核\n立项审批"), (
        "the total now contradicts its lines"
    )
    assert judged == ("错误 3，警告 1，待定 1", "未发现问题"), "and the report still states the old total"
    assert "没有动任何文件" in run("import", "edited.xlsx", "samples", "--yes").output


EVERY = {
    "name": ("B6", "停车协同服务平台（二版）"),
    "unit.name": ("C6", "连云港市停车中心"),
    "applicant": ("D6", "连云港市城市管理局"),
    "category": ("E6", "续建"),
    "build_mode": ("G6", "分散建设"),
    "content": ("H6", "一\n二: # 三"),
    "basis": ("I6", "甲文；第1条\n乙文"),
    "budget.total": ("J6", 300),
    "funding": ("K6", 290.000001),
    "budget.spent": ("O6", 12),
    "budget.years": ("P6", "２１０"),
    "schedule.start": ("Q6", "2027年4月1日"),
    "objective": ("S6", "目标"),
    "manager": ("V6", "某人"),
    "contact.person": ("W6", "'甲'"),
    "contact.phone": ("X6", "13800000000"),
    "review.priority": ("Y6", "2"),
    "review.cut": ("AA6", 5),
    "review.granted": ("AB6", 295),
    "review.note": ("AC6", "- 无"),
}


def test_every_editable_column_comes_back(samples: Path) -> None:
    path = plan_once()
    edited(path, SHEET, dict(EVERY.values()), Path("edited.xlsx"))
    result = run("import", "edited.xlsx", "samples", "--yes")
    text = (samples / PARKING).read_text(encoding="utf-8")
    data = parse(text)[0].value
    assert data["name"].value == "停车协同服务平台（二版）"
    assert [entry.value for entry in data["basis"].value] == ["甲文；第1条", "乙文"]
    assert data["budget"].value["total"].value == "300万元"
    assert data["funding"].value[0].value["amount"].value == "208万元"
    assert f"{SHEET}!K6  资金来源“市级财政资金”：project.yaml 里这项来源分 2 条写" in result.output
    assert data["review"].value["note"].value == "- 无"
    assert data["contact"].value["person"].value == "'甲'"
    taken = [line for line in result.output.splitlines() if line.startswith(f"  {SHEET}!") and " → " in line]
    assert len(taken) == len(EVERY) - 1
    assert "没有采用的 1 处" in result.output


def test_what_cannot_be_taken_is_reported_by_cell_and_the_rest_is_kept(samples: Path) -> None:
    path = plan_once()
    edits = {
        "E6": "新健",
        "J6": "约二百万",
        "P6": "=200+8",
        "Q6": "2027年4月",
        "U6": "是",
        "AD6": "another-id",
        "AF6": 2028,
        "J9": 47,
        "S9": None,
        "T9": "立项",
    }
    edited(path, SHEET, edits)
    before = state(samples)
    result = run("import", "plan.xlsx", "samples", "--yes")
    assert result.exit_code == 1
    for said in ("E9", "B6", "J6", "Q6"):
        assert f"{SHEET}!{said}" in result.output or said in ("E9", "J6", "Q6")
    assert f"{SHEET}!B6  这一行没有采用：涉密项目" in result.output
    assert f"{SHEET}!S9  objective（建设目标）留空，原有的值没有删去" in result.output
    assert f"{SHEET}!T9" in result.output
    touched = [name for name, now in state(samples).items() if now != before[name]]
    assert touched == [str(samples / LIGHTS)]
    edited(path, SHEET, {"U6": "否"})
    result = run("import", "plan.xlsx", "samples", "--yes")
    assert result.exit_code == 1
    for said in (
        "E6  category（项目类别）：“新健”不是本办法的词；是不是“新建”",
        "J6  budget.total（总投资）：看不懂金额",
        "P6  budget.years（分年度投资）：是公式",
        "Q6  schedule.start（计划开工日期）：“2027年4月”没有写到日",
        "AD6  id（项目标识）：项目标识是用来认项目的",
        "AF6  year（计划年度）：计划年度是用来认项目的",
    ):
        assert f"{SHEET}!{said}" in result.output


def test_a_source_in_several_entries_is_not_changed_from_one_cell(samples: Path) -> None:
    file = samples / LIGHTS
    text = file.read_text(encoding="utf-8")
    row = "  - {source: 市级财政资金, amount: 46.8万元, year: 2027}\n"
    assert row in text
    two = row.replace("46.8", "40") + row.replace("46.8", "6.8").replace("2027", "2028")
    file.write_text(text.replace(row, two), encoding="utf-8")
    path = plan(2027)
    edited(path, SHEET, {"K9": 50})
    result = run("import", "plan.xlsx", "samples", "--yes")
    assert result.exit_code == 1
    assert "分 2 条写（第 " in result.output

    edited(path, SHEET, {"K9": 46.8 * 10_000, "K4": "市级财政资金（元）"})
    result = run("import", "plan.xlsx", "samples", "--dry-run")
    assert "K9" not in result.output, "together the entries are what the cell says"


def test_a_row_of_which_only_some_columns_were_sorted_is_refused(samples: Path) -> None:
    """The columns that say which project a row is are hidden: a sort by hand may leave them where they are."""
    sheet = load_workbook(plan_once())[SHEET]
    shown = [column for column in range(1, 25) if sheet.cell(6, column).value is not None]
    swap = {sheet.cell(a, c).coordinate: sheet.cell(b, c).value for c in shown for a, b in ((6, 9), (9, 6))}
    edited(Path("plan.xlsx"), SHEET, swap)
    before = state(samples)
    result = run("import", "plan.xlsx", "samples", "--yes")
    assert result.exit_code == 1
    assert f"{SHEET}!B6  这一行没有采用：项目标识是 2027-smart-parking 的" in result.output
    assert f"{SHEET}!B9  这一行没有采用：项目标识是 2027-streetlight-ops 的" in result.output
    assert state(samples) == before


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ({"J6": 2_600_000}, "J6  budget.total（总投资）：260万元 变成 2600000万元，差上千倍"),
        ({"J6": "2,600,000"}, "260万元 变成 2600000万元，差上千倍"),
        ({"K9": 468_000}, "K9  资金来源“市级财政资金”：46.8万元 变成 468000万元，差上千倍"),
        ({"P6": 0.0208}, "208万元 变成 208元，差上千倍"),
        ({"P6": 208, "P3": "本年度计划投资（元）"}, "208万元 变成 208元，差上千倍"),
    ],
)
def test_yuan_taken_for_ten_thousand_yuan_is_refused(samples: Path, cells: dict[str, Any], said: str) -> None:
    edited(plan_once(), SHEET, cells)
    before = state(samples)
    result = run("import", "plan.xlsx", "samples", "--yes")
    assert result.exit_code == 1
    assert said in result.output
    assert state(samples) == before


@pytest.mark.parametrize("value", ["2600000元", "2600000万元"])
def test_an_amount_that_says_its_unit_is_taken_at_its_word(samples: Path, value: str) -> None:
    edited(plan_once(), SHEET, {"J6": value})
    assert run("import", "plan.xlsx", "samples", "--yes").exit_code == 0
    total = {"2600000元": "260万元", "2600000万元": "2600000万元"}[value]
    assert f"  total: {total}\n" in (samples / PARKING).read_text(encoding="utf-8")


def test_of_two_copies_of_a_plan_that_differ_none_is_taken(samples: Path) -> None:
    book = load_workbook(plan_once())
    copy = book.copy_worksheet(book[SHEET])
    book.move_sheet(copy, 1 - len(book.sheetnames))
    copy["J6"] = 300
    book.save("plan.xlsx")
    before = state(samples)
    result = run("import", "plan.xlsx", "samples", "--yes")
    assert result.exit_code == 1
    assert f"{SHEET}!B6  这一行没有采用：同一个项目在 {copy.title}!B6 写的不一样" in result.output
    assert state(samples) == before


def test_comments_quotes_line_ends_and_units_of_the_author_stay(samples: Path) -> None:
    file = samples / LIGHTS
    text = file.read_text(encoding="utf-8").replace("  total: 46.8万元", "  total:   '468000元'   # 合同价")
    file.write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    before = file.read_bytes()
    path = plan(2027)
    edited(path, SHEET, {"J9": 47.5})
    result = run("import", "plan.xlsx", "samples", "--yes")
    assert result.exit_code == 0, result.output
    assert file.read_bytes() == before.replace(b"'468000", b"'475000")


# -- asking, and not asking ------------------------------------------------------------------------------


def test_without_a_terminal_nothing_is_written_unless_it_was_asked_for(samples: Path) -> None:
    path = plan_once()
    edited(path, SHEET, {"J6": 261})
    before = state(samples)
    result = run("import", "plan.xlsx", "samples")
    assert result.exit_code == 2
    assert "--yes" in result.output
    result = run("import", "plan.xlsx", "samples", "--dry-run")
    assert result.exit_code == 0
    assert "+  total: 261万元" in result.output
    assert state(samples) == before


@pytest.mark.parametrize(("key", "written"), [("y\n", True), ("n\n", False), ("", False)])
def test_on_a_terminal_one_is_asked(samples: Path, monkeypatch: pytest.MonkeyPatch, key: str, *, written: bool) -> None:
    for module in (asking, importing):
        monkeypatch.setattr(module, "on_terminal", lambda: True)
    path = plan_once()
    edited(path, SHEET, {"J6": 261})
    result = run("import", "plan.xlsx", "samples", keys=key)
    assert result.exit_code == 0, result.output
    assert ("total: 261万元" in (samples / PARKING).read_text(encoding="utf-8")) is written


def test_a_file_that_was_changed_while_one_looked_at_the_changes_is_left_alone(
    samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And so is one that is read-only; the others are written."""

    def meanwhile(_: str) -> bool:
        parking = samples / PARKING
        parking.write_text(parking.read_text(encoding="utf-8") + "# 别人加的一行\n", encoding="utf-8")
        return True

    monkeypatch.setattr(importing, "agreed", meanwhile)
    (samples / LIGHTS).chmod(0o444)
    rows = [["项目名称", "计划年度", "总投资（万元）"], ["新建的项目", 2027, 5]]
    path = plan_once()
    edited(path, SHEET, {"J6": 261, "J9": 47})
    before = (samples / LIGHTS).read_bytes()
    result = run("import", "plan.xlsx", "samples")
    assert result.exit_code == 2
    assert "2 个文件没有写入" in result.output
    assert "2027-smart-parking/project.yaml：看改动的时候，它被别人改过" in result.output
    assert "2027-streetlight-ops/project.yaml：是只读文件" in result.output
    assert "# 别人加的一行" in (samples / PARKING).read_text(encoding="utf-8")
    assert (samples / LIGHTS).read_bytes() == before
    Path("list.xlsx").write_bytes(workbook(rows))
    assert "已写入 1 个文件" in run("import", "list.xlsx", "samples/lianyungang").output


def test_a_new_project_that_cannot_be_written_leaves_no_folder(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "replace", full)
    Path("list.xlsx").write_bytes(workbook([["项目名称", "总投资（万元）"], ["新建的项目", 5]]))
    before = state(samples)
    result = run("import", "list.xlsx", "samples/lianyungang", "--yes")
    assert result.exit_code == 2
    assert "磁盘已满" in result.output
    assert state(samples) == before
    assert not list((samples / "lianyungang").glob("*新建的项目*"))


@pytest.mark.parametrize("left", [(), (".govit-ab12cd3_",)], ids=["folder", "folder and file"])
def test_what_a_killed_import_had_begun_is_finished_by_the_next(samples: Path, left: tuple[str, ...]) -> None:
    Path("list.xlsx").write_bytes(workbook([["项目名称", "总投资（万元）"], ["新建的项目", 5], ["另一个项目", 5]]))
    run("import", "list.xlsx", "samples/lianyungang", "--yes")
    whole = {path: data for path, (_, data) in state(samples).items()}
    (made,) = (samples / "lianyungang").glob("*新建的项目")
    (made / "project.yaml").unlink()
    for name in left:
        (made / name).write_bytes(b"id: ")
    files._SWEPT.clear()  # another process
    assert run("import", "list.xlsx", "samples/lianyungang", "--yes").exit_code == 0
    assert {path: data for path, (_, data) in state(samples).items()} == whole


def test_a_folder_of_somebody_else_is_not_taken_for_a_begun_one(samples: Path) -> None:
    Path("list.xlsx").write_bytes(workbook([["项目名称", "总投资（万元）"], ["新建的项目", 5]]))
    run("import", "list.xlsx", "samples/lianyungang", "--yes")
    (made,) = (samples / "lianyungang").glob("*新建的项目")
    (made / "project.yaml").rename(made / "别人的.txt")
    run("import", "list.xlsx", "samples/lianyungang", "--yes")
    assert [path.name for path in made.iterdir()] == ["别人的.txt"]
    assert (made.parent / f"{made.name}-2" / "project.yaml").is_file()


def test_a_cell_that_would_burst_project_yaml_is_refused_and_the_rest_is_taken(samples: Path) -> None:
    rows = [["项目名称", "总投资（万元）", "建设内容"], ["新建的项目", 5, "LONG"]]
    data = repacked(
        workbook(rows),
        lambda name, part: part.replace(b"LONG", b"LONG" * 300_000) if "xml" in name else part,
    )
    Path("list.xlsx").write_bytes(data)
    result = run("import", "list.xlsx", "samples/lianyungang", "--yes")
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    assert "单元格里的文字超过 32767 个字" in result.output
    assert "新建的项目" in "".join(path.read_text(encoding="utf-8") for path in samples.rglob("project.yaml"))
    assert max(path.stat().st_size for path in samples.rglob("project.yaml")) < 100_000


# -- lists of others ---------------------------------------------------------------------------------------


LIST = [
    ["XX市2027年度政务信息化项目清单", *[None] * 8],
    ["单位：万元", *[None] * 8],
    ["序号", "项目名称（全称）", "建设单位*", "类别", "建设内容", "总投资", "资金来源", None, "开工日期"],
    [None, None, None, None, None, None, "市级财政资金", "自筹资金", None],
    ["一、新建", *[None] * 8],
    [1, "城市照明智能监控系统2027年度运行维护", "连云港市市政公用服务中心", "运维", None, 46.8, 46.8, None, None],
    [
        2,
        "智慧路灯/../../二期: 新",
        "连云港市市政公用服务中心",
        "新建",
        "内容一\n第二行",
        120,
        "１００",
        "20万元",
        "2027.5.1",
    ],
    [3, "智慧排水", "另一单位", "新键", "内容三", "壹佰万元", "100", 0, "2027年5月"],
    ["合  计", None, None, None, None, "=SUM(F6:F8)", None, None, None],
    ["注：金额含税", *[None] * 8],
]


def test_a_foreign_list_changes_what_there_is_and_makes_what_is_missing(samples: Path) -> None:
    Path("list.xlsx").write_bytes(workbook(LIST, "A1:I1", "G3:H3", "A5:I5"))
    before = state(samples)
    result = run("import", "list.xlsx", "samples/lianyungang", "--yes")
    assert result.exit_code == 1
    assert "1 行与 project.yaml 一致" in result.output
    new = sorted(path.parent.name for path in samples.rglob("project.yaml") if str(path) not in before)
    assert new == ["2027-01-智慧路灯_____二期_ 新", "2027-02-智慧排水"]
    first = (samples / "lianyungang" / new[0] / "project.yaml").read_text(encoding="utf-8")
    assert first == (
        "# 由 list.xlsx 的“清单”第 7 行导入\n"
        "id: 2027-01\n"
        'name: "智慧路灯/../../二期: 新"\n'
        "year: 2027\n"
        "stage: 草拟\n"
        "category: 新建\n"
        "content: |-\n"
        "  内容一\n"
        "  第二行\n"
        "schedule: {start: 2027-05-01}\n"
        "budget: {total: 120万元}\n"
        "funding:\n"
        "  - {source: 市级财政资金, amount: 100万元, year: 2027}\n"
        "  - {source: 自筹资金, amount: 20万元, year: 2027}\n"
    )
    second = (samples / "lianyungang" / new[1] / "project.yaml").read_text(encoding="utf-8")
    assert "unit: {name: 另一单位}" in second
    assert "自筹资金" not in second
    for said in (
        "D8  category（项目类别）：“新键”",
        "F8  budget.total（总投资）：金额“壹佰万元”是汉字数字",
        "I8  schedule",
    ):
        assert f"清单!{said}" in result.output
    assert {name: now for name, now in state(samples).items() if name in before} == before
    assert run("check", "samples/lianyungang").exit_code == 0
    again = run("import", "list.xlsx", "samples/lianyungang", "--yes")
    assert "没有动任何文件" in again.output


def test_a_new_dossier_is_filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "new").mkdir()
    Path("list.xlsx").write_bytes(
        workbook([["项目名称", "总投资（万元）", "项目编号"], ["甲项目", 1, "A-1"], ["乙项目", 2, None]])
    )
    result = run("import", "list.xlsx", "new", "--yes")
    assert result.exit_code == 2
    assert "govit init" in result.output
    (tmp_path / "new" / "govit.yaml").write_text("unit: {name: 某市局}\n", encoding="utf-8")
    result = run("import", "list.xlsx", "new", "--yes")
    assert result.exit_code == 1
    assert "不知道适用哪个办法" in result.output
    (tmp_path / "new" / "govit.yaml").write_text(
        "regulation: qidong-2022\nunit: {name: 某市局}\nyear: 2027\n", encoding="utf-8"
    )
    result = run("import", "list.xlsx", "new", "--yes")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["2027-01-乙项目", "A-1-甲项目", "govit.yaml"]


def test_rows_that_cannot_be_told_apart_are_refused(samples: Path) -> None:
    rows = [
        ["项目名称", "总投资（万元）", "项目标识", "适用办法", "计划年度", "卷宗路径"],
        ["甲", 1, "x", "lianyungang-2025", 2027, "nowhere/x"],
        ["乙乙乙", 1, None, "other-2025", 2027, None],
        ["新的项目", 1, None, "lianyungang-2025", 2027, None],
        ["新的项目", 2, None, "lianyungang-2025", 2027, None],
        [None, 50, "2027-streetlight-ops", "lianyungang-2025", 2027, None],
        ["别的", 52, "2027-smart-parking", "lianyungang-2025", 2027, "elsewhere/2027-parking"],
        ["再来一次", 51, "2027-streetlight-ops", "lianyungang-2025", 2027, None],
    ]
    Path("list.xlsx").write_bytes(workbook(rows))
    result = run("import", "list.xlsx", "samples/lianyungang", "--dry-run")
    assert result.exit_code == 1
    assert "“清单”有 1 行是所给卷宗以外的项目，没有读取：第 2 行" in result.output
    assert "清单!A3  这一行没有采用：适用办法“other-2025”不是卷宗的办法" in result.output
    assert "清单!A5  这一行没有采用：同一个项目已经在 清单!A4 出现过" in result.output
    assert "清单!A8  这一行没有采用：同一个项目在 清单!A6 写的不一样" in result.output
    assert "50万元" not in result.output, "of two rows that differ not even the first is taken"
    assert "清单!A7  这一行没有采用：卷宗路径和项目标识（2027-smart-parking）只有一个与" in result.output
    assert not (samples / "nowhere").exists()


def test_a_unit_reads_its_own_rows_of_a_plan_of_many(samples: Path) -> None:
    edited(plan_once(), SHEET, {"J6": 261})
    result = run("import", "plan.xlsx", "samples/qidong", "--yes")
    assert result.exit_code == 0
    assert "“LYG 计划”有 2 行是所给卷宗以外的项目，没有读取：第 6、9 行" in result.output
    assert "没有动任何文件" in result.output
    assert "total: 260万元" in (samples / PARKING).read_text(encoding="utf-8")


def test_without_git_paths_are_seen_from_where_one_stands(samples: Path) -> None:
    edited(plan_once(), SHEET, {"J6": 261, "B6": "改了名的停车平台"})
    shutil.rmtree(samples.parent / ".git")
    result = run("import", "plan.xlsx", "samples/lianyungang", "--yes")
    assert result.exit_code == 0, result.output
    assert "name: 改了名的停车平台" in (samples / PARKING).read_text(encoding="utf-8")


def test_a_project_that_merely_has_the_same_folder_or_identity_is_not_touched(samples: Path) -> None:
    plan_once()
    project = samples / PARKING
    project.write_text(project.read_text(encoding="utf-8").replace("id: 2027-smart-parking", "id: x"), encoding="utf-8")
    edited(Path("plan.xlsx"), SHEET, {"J6": 261, "B6": "别的项目"})
    before = state(samples)
    result = run("import", "plan.xlsx", "samples/lianyungang", "--yes")
    assert result.exit_code == 1
    assert "不知道是不是它" in result.output
    assert state(samples) == before


def test_a_name_that_is_almost_that_of_a_project_is_remarked(samples: Path) -> None:
    assert samples.is_dir()
    rows = [["项目名称", "总投资（万元）"], ["城市照明智能监控系统2027年度运维维护", 46.8]]
    Path("list.xlsx").write_bytes(workbook(rows))
    result = run("import", "list.xlsx", "samples/lianyungang", "--dry-run")
    assert "很相近" in result.output


def test_a_classified_row_is_neither_made_nor_named(samples: Path) -> None:
    assert samples.is_dir()
    rows = [["项目名称", "总投资（万元）", "是否涉密"], ["某秘项目", 1, "是"]]
    Path("list.xlsx").write_bytes(workbook(rows))
    result = run("import", "list.xlsx", "samples/lianyungang", "--yes")
    assert result.exit_code == 1
    assert "涉密项目按保密规定线下办理" in result.output
    assert "某秘项目" not in result.output


@pytest.mark.parametrize("mapped", ["估算=budget.total", "估算=总投资"])
def test_columns_are_named_by_hand(samples: Path, mapped: str) -> None:
    rows = [["项目名称", "类别", "估算（元）"], ["城市照明智能监控系统2027年度运行维护", "运维", 470000]]
    Path("list.xlsx").write_bytes(workbook(rows))
    result = run("import", "list.xlsx", "samples/lianyungang", "--yes", "--map", mapped)
    assert result.exit_code == 0, result.output
    assert "  total: 47万元\n" in (samples / LIGHTS).read_text(encoding="utf-8")


def test_a_source_that_the_regulation_does_not_know_is_named_by_its_header(samples: Path) -> None:
    assert samples.is_dir()
    rows = [
        ["项目名称", "类别", "资金来源（万元）"],
        [None, None, "天上掉的"],
        ["城市照明智能监控系统2027年度运行维护", "运维", 1],
    ]
    Path("list.xlsx").write_bytes(workbook(rows))
    result = run("import", "list.xlsx", "samples/lianyungang", "--dry-run")
    assert result.exit_code == 1
    assert "“天上掉的”不是本办法的资金来源；可以是 市级财政资金" in result.output


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("missing.xlsx", "samples"), "无法读写"),
        (("samples", "samples"), "无法读写"),
        (("list.xlsx", "nowhere"), "路径不存在"),
        (("list.xlsx", "samples", "--map", "x"), "--map 写成"),
        (("list.xlsx", "samples"), "没有认出项目清单"),
    ],
)
def test_what_is_wrong_is_said(samples: Path, args: tuple[str, ...], said: str) -> None:
    assert samples.is_dir()
    Path("list.xlsx").write_bytes(workbook([["姓名"], ["甲"]]))
    result = run("import", *args)
    assert result.exit_code == 2
    assert said in result.output


@pytest.mark.parametrize(
    ("given", "safe"),
    [
        ("../../etc", "____etc"),
        ("CON", "_CON"),
        ("a\\b:c", "a_b_c"),
        (" .x. ", "x"),
        ("", "_"),
        ("\u202e反", "_反"),
        ("-rf", "_-rf"),
        ("长" * 100, "长" * 40),
    ],
)
def test_names_of_folders_are_safe(given: str, safe: str) -> None:
    assert safe_name(given) == safe
