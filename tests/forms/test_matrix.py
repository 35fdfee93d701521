"""对应表: what stands where in the reports of a project, and what is coloured."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest
from places import SAMPLES
from typer.testing import CliRunner

from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path

PROJECT = """id: p
name: "=1+1"
regulation: lianyungang-2025
stage: 申报
unit: {name: 某市城管局, level: 市级, kind: 党政机关}
budget:
  total: 100万元
  lines:
    - {name: 资源管理子系统, amount: 50万元}
    - {name: 诱导服务子系统, amount: 30万元}
    - {name: 综合分析子系统, amount: 20万元}
documents:
  - {kinds: [可行性研究报告], path: 可研.md}
"""
REPORT = "# 可行性研究报告\n\n## 四、建设内容\n\n### 4.1 资源管理子系统\n\n建档。\n\n### 4.2 诱导服务子系统\n\n发布余位。\n"


def rendered(folder: Path, output: Path) -> bytes:
    done = CliRunner().invoke(app, ["render", "matrix", str(folder), "--as-of", "2026-11-20", "-o", str(output)])
    assert done.exit_code == 0, done.output
    return output.read_bytes()


def rows(data: bytes) -> list[dict[str, object]]:
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    head = [cell.value for cell in sheet[3]]
    return [dict(zip(head, [cell.value for cell in row], strict=True)) for row in sheet.iter_rows(min_row=4) if row[3].value]


def test_each_item_stands_with_its_places_and_a_gap_is_named_and_coloured(tmp_path: Path) -> None:
    (tmp_path / "project.yaml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "可研.md").write_text(REPORT, encoding="utf-8")
    data = rendered(tmp_path, tmp_path / "out.xlsx")
    found = {row["名称"]: row for row in rows(data)}
    assert list(found) == ["资源管理", "诱导服务", "综合分析"]
    assert (found["资源管理"]["功能"], found["资源管理"]["project.yaml"]) == ("第 5 行", "概算明细")
    assert [row["没有写到的地方"] for row in found.values()] == [None, None, "建设内容"]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    coloured = {cell.coordinate for row in sheet.iter_rows(min_row=4) for cell in row if cell.fill.fgColor.rgb == "FFFFEB9C"}
    assert coloured == {"I6", "J6"}
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)


def test_the_samples_have_no_gap_and_give_the_same_bytes_twice(tmp_path: Path) -> None:
    folder = SAMPLES / "lianyungang"
    data = rendered(folder, tmp_path / "a.xlsx")
    assert data == rendered(folder, tmp_path / "b.xlsx")
    assert {row["没有写到的地方"] for row in rows(data)} == {None}
    assert len(rows(data)) > 20


@pytest.mark.parametrize("report", ["", "# 可行性研究报告\n\n正文。\n"])
def test_without_anything_to_compare_it_is_refused(report: str, tmp_path: Path) -> None:
    text = PROJECT.partition("budget:")[0] + (f"documents:{PROJECT.partition('documents:')[2]}" if report else "")
    (tmp_path / "project.yaml").write_text(text, encoding="utf-8")
    if report:
        (tmp_path / "可研.md").write_text(report, encoding="utf-8")
    done = CliRunner().invoke(app, ["render", "matrix", str(tmp_path), "--as-of", "2026-11-20", "-o", str(tmp_path / "o.xlsx")])
    assert done.exit_code != 0
    assert "才有对应表" in done.output
