"""Whole reports: no alarm while they are sound, and how many planted faults are found, as the documentation tells."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from whole_reports import LEAST, WholeReport, figures, seen, whole_reports

if TYPE_CHECKING:
    from pathlib import Path

    from whole_reports import Seen

DAY = dt.date(2026, 11, 20)
REPORTS = whole_reports()


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Seen]:
    root: Path = tmp_path_factory.mktemp("whole")
    return {one.folder.name: seen(one, root / one.folder.name, DAY) for one in REPORTS}


@pytest.mark.parametrize("report", REPORTS, ids=lambda report: report.folder.name)
def test_a_sound_report_gives_no_alarm(report: WholeReport, judged: dict[str, Seen]) -> None:
    assert judged[report.folder.name].wrong == []


def test_nine_of_ten_alarms_are_right(judged: dict[str, Seen]) -> None:
    poor = [one for one in figures([*judged.values()]) if one.precision is not None and one.precision < LEAST]
    assert poor == []
