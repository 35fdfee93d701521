"""重复建设比对表: the pairs with what they have alike and where, and who has looked at them."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
from program import program

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = "regulation: lianyungang-2025\nunit: {name: 某市城管局, level: 市级, kind: 党政机关}\nsystems:\n  - {id: old, name: 视频会商系统}\n"
PROJECT = """id: {id}
name: "{name}"
year: 2027
stage: 申报
budget:
  total: 100万元
  lines:
    - {{name: 停车诱导子系统, amount: 50万元}}
    - {{name: {own}, amount: 50万元}}
documents:
  - {{kinds: [建设方案], path: 方案.md}}
"""
REPORT = "# 建设方案\n\n## 四、建设内容\n\n### 4.1 停车诱导子系统\n\n发布余位。\n\n### 4.2 车位预约子系统\n\n预约。\n"
CONFIRMED = "confirmed:\n  - {rule: GOV-216, file: project.yaml, subject: 乙平台, by: 张三, on: 2026-11-18, note: 两处用的是同一套模块}\n"


def dossier(root: Path, more: str = "") -> Path:
    (root / "govit.yaml").write_text(SETTINGS, encoding="utf-8")
    for name, called, own in (("a", "=1+1", "视频会商子系统"), ("b", "乙平台", "值班排班子系统")):
        (root / name).mkdir()
        text = PROJECT.format(id=name, name=called, own=own) + (more if name == "a" else "")
        (root / name / "project.yaml").write_text(text, encoding="utf-8")
        (root / name / "方案.md").write_text(REPORT, encoding="utf-8")
    return root


def rows(data: bytes) -> list[list[object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4) if row[1].value]


def rendered(folder: Path, output: Path) -> bytes:
    done = program("render", "duplicates", folder, "--as-of=2026-11-20", "-o", output)
    assert done.returncode == 0, done.stderr
    return output.read_bytes()


def test_each_pair_stands_with_what_is_alike_and_where(tmp_path: Path) -> None:
    data = rendered(dossier(tmp_path), tmp_path / "out.xlsx")
    both, system = rows(data)
    assert both[:9] == [1, "=1+1", "某市城管局", 2027, "乙平台", "某市城管局", 2027, 2, 66]
    assert both[9] == (
        "功能 停车诱导子系统（概算明细）＝ 停车诱导子系统（概算明细）\n"
        "功能 车位预约子系统（方案.md 第 9 行）＝ 车位预约子系统（方案.md 第 9 行）"
    )
    assert both[10] == "未核对"
    assert (system[1], system[4], system[9]) == (
        "=1+1",
        "已有系统：视频会商系统",
        "功能 视频会商子系统（概算明细）＝ 视频会商系统（govit.yaml 的 systems）",
    )
    assert data == rendered(tmp_path, tmp_path / "again.xlsx")


def test_who_has_looked_is_named_and_nobody_asks_for_the_record_to_go(tmp_path: Path) -> None:
    folder = dossier(tmp_path, CONFIRMED)
    (both, _) = rows(rendered(folder, tmp_path / "out.xlsx"))
    assert both[10] == "已核对（张三，2026-11-18）：两处用的是同一套模块"
    assert "GOV-404" not in program("check", folder, "--as-of=2026-11-20").stdout


def test_a_classified_project_is_compared_with_nothing(tmp_path: Path) -> None:
    folder = dossier(tmp_path)
    text = (folder / "b" / "project.yaml").read_text(encoding="utf-8")
    (folder / "b" / "project.yaml").write_text(f"{text}classified: true\n", encoding="utf-8")
    assert "乙平台" not in str(rows(rendered(folder, tmp_path / "out.xlsx")))


def test_where_nothing_is_alike_that_is_said(tmp_path: Path) -> None:
    folder = dossier(tmp_path)
    (folder / "govit.yaml").write_text(SETTINGS.partition("systems:")[0], encoding="utf-8")
    done = program("render", "duplicates", folder / "a", "--as-of=2026-11-20", "-o", tmp_path / "out.xlsx")
    assert done.returncode == 1
    assert "没有查出疑似重复的项目" in done.stdout + done.stderr
