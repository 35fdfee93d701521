"""A waiver holds up to and on its last day, in the findings and in the list of dates alike."""

from __future__ import annotations

import datetime as dt

import pytest
from dating import case_of
from small_pack import project, regulation

from govit.deadlines import due
from govit.deadlines.dates import DeadlineState
from govit.judging import waivers

UNTIL = "2024-12-31"
WAIVER = {"rule": "SM-2-2", "reason": "会议同意", "by": "甲局", "number": "豁1号", "until": UNTIL}
BUILT = [{"kind": "完成建设", "on": "2024-03-01"}]


@pytest.mark.parametrize(("on", "valid"), [("2024-12-30", True), (UNTIL, True), ("2025-01-01", False)])
def test_a_waiver_is_valid_on_its_last_day(on: str, *, valid: bool) -> None:
    pack = regulation()
    case = case_of(project(pack, events=BUILT, waivers=[WAIVER]), pack, on)
    examined = case.examined()
    found, faults = waivers.apply(examined.findings(), case.project, pack, dt.date.fromisoformat(on))
    late = next(f for f in found if f.rule == "SM-2-2")
    assert (late.waived is not None) is valid
    assert [fault.rule for fault in faults] == ([] if valid else ["GOV-401"])
    line = next(d for d in due.of_rules(case, examined, 30) if d.rule == "SM-2-2")
    assert line.state is DeadlineState.OVERDUE
    assert (line.waived is not None) is valid
