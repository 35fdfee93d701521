"""Whole reports: no alarm while they are sound, and how many planted faults are found, as the documentation tells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from places import ROOT
from whole_reports import LEAST, WholeReport, figures, seen, whole_reports

if TYPE_CHECKING:
    from pathlib import Path

    from whole_reports import Seen

DAY = dt.date(2026, 11, 20)
REPORTS = whole_reports()


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    root: Path = tmp_path_factory.mktemp("whole")
    return {one.name: seen(one, root / one.name, DAY) for one in REPORTS}


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.name)
def test_a_sound_report_gives_no_alarm(report: WholeReport, judged: dict[str, Seen]) -> None:
    assert judged[report.name].wrong == []


def test_nine_of_ten_alarms_are_right(judged: dict[str, Seen]) -> None:
    poor = [one for one in figures([*judged.values()]) if one.precision is not None and one.precision < LEAST]
    assert poor == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_documentation_tells_the_figures(language: str, judged: dict[str, Seen]) -> None:
    page = (ROOT / f"govit/statements/help/figures.{language}.md").read_text(encoding="utf-8")
    told = [line for line in page.splitlines() if line.startswith("| GOV-") and line.count("/") == 2]
    assert told == [
        f"| {one.rule} | {one.right}/{one.right + one.wrong} | {one.planted - one.missed}/{one.planted} |"
        for one in figures([*judged.values()])
    ]
