"""Reports with planted faults and more without: which alarms come, and that no other comes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from report_files import ReportFile, as_docx, findings, report_files

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 20)
SOUND, FAULTY = report_files("sound"), report_files("faulty")


def alarms(root: Path, name: str, data: bytes, report: ReportFile) -> list[str]:
    return [f"{one.rule} {one.subject}" for one in report.findings(root, {name: data}, DAY)]


@pytest.mark.parametrize("report", [*SOUND, *FAULTY], ids=lambda report: report.name)
def test_the_alarms_of_a_report_in_markdown(report: ReportFile, tmp_path: Path) -> None:
    assert alarms(tmp_path, "报告.md", report.text.encode(), report) == report.alarms


@pytest.mark.parametrize("report", [*SOUND, *FAULTY], ids=lambda report: report.name)
def test_the_alarms_of_the_same_report_in_word(report: ReportFile, tmp_path: Path) -> None:
    assert alarms(tmp_path, "报告.docx", as_docx(report.merged), report) == report.alarms


def test_there_are_many_of_each_and_more_without_a_fault() -> None:
    assert (len(SOUND), len(FAULTY)) == (154, 67)
    assert not any(one.alarms for one in SOUND)
    assert all(one.alarms for one in FAULTY)


@pytest.mark.parametrize("order", [("新.md", "旧.md"), ("旧.md", "新.md")])
def test_an_older_version_beside_the_one_that_agrees_is_left_alone(order: tuple[str, str], tmp_path: Path) -> None:
    text = "# 可行性研究报告\n\n## 一、概述\n\n本项目总投资 260 万元，建设周期 9 个月。\n\n资金来源：市级财政资金 260 万元。\n"
    texts = {"新.md": text, "旧.md": text.replace("260", "300").replace("9 个月", "14 个月")}
    assert findings(tmp_path, {name: texts[name].encode() for name in order}, DAY) == []
