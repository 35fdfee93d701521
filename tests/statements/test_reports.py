"""Twenty reports with planted faults and more without: which alarms come, and that no other comes."""

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
    return [f"{one.rule} {one.subject}" for one in findings(root, {name: data}, DAY, report.kinds)]


@pytest.mark.parametrize("report", [*SOUND, *FAULTY], ids=lambda report: report.name)
def test_the_alarms_of_a_report_in_markdown(report: ReportFile, tmp_path: Path) -> None:
    assert alarms(tmp_path, "报告.md", report.text.encode(), report) == report.alarms


@pytest.mark.parametrize("report", [*SOUND, *FAULTY], ids=lambda report: report.name)
def test_the_alarms_of_the_same_report_in_word(report: ReportFile, tmp_path: Path) -> None:
    assert alarms(tmp_path, "报告.docx", as_docx(report.text), report) == report.alarms


def test_there_are_twenty_of_each_and_more_without_a_fault() -> None:
    assert (len(SOUND), len(FAULTY)) == (42, 20)
    assert not any(one.alarms for one in SOUND)
    assert all(one.alarms for one in FAULTY)
