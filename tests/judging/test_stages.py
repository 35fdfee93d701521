"""Which step a project is about to make, and which of the steps behind it have left nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from small_pack import PACK, project, regulation

from govit.calendar.workdays import published
from govit.dossier.model import Index
from govit.judging.facts import Facts
from govit.judging.stages import progress, untraced

STAGES = """
stages:
  - {name: 草拟}
  - {name: 申报, passed: approvals.甲审, leaves: [{record: approvals.甲审}]}
  - {name: 审批, passed: approvals.乙审, leaves: [{record: [approvals.甲审, approvals.乙审]}]}
  - {name: 实施, passed: events.完成建设, leaves: [{record: events.完成建设}]}
  - {name: 验收}
"""
PACK_OF_STEPS = PACK[: PACK.index("stages:")].rstrip() + STAGES + PACK[PACK.index("facts: []") :]
FIRST, SECOND = dt.date(2024, 2, 1), dt.date(2024, 3, 1)
BOTH = [
    {"act": "甲审", "body": "甲局", "result": "通过", "date": f"{FIRST}"},
    {"act": "乙审", "body": "乙局", "result": "通过", "date": f"{SECOND}"},
]


def facts(**given: Any) -> Facts:
    pack = regulation(PACK_OF_STEPS)
    return Facts(project(pack, **given), pack, Index(), dt.date(2024, 6, 3), published())


def test_a_step_without_a_record_was_not_made_before_the_last_of_the_earlier_steps() -> None:
    made = progress(facts(approvals=BOTH))
    assert made.since("申报") == FIRST
    assert made.since("实施") == SECOND
    assert made.since("草拟") is None


def test_what_two_steps_must_have_left_is_told_once_by_the_one_that_leaves_no_choice() -> None:
    known = facts(stage="实施")
    assert [gap.stage for gap in untraced(known, progress(known))] == ["申报"]


@pytest.mark.parametrize(("asked", "gaps"), [(None, ["申报", "实施"]), ("审批", ["申报"]), ("草拟", [])])
def test_only_what_lies_behind_the_step_that_is_asked_about_is_missing(asked: str | None, gaps: list[str]) -> None:
    known = facts(stage="验收")
    assert [gap.stage for gap in untraced(known, progress(known, asked))] == gaps


def test_what_runs_is_not_taken_for_what_ends() -> None:
    stages = STAGES.replace("{name: 验收}", "{name: 绩效, passed: submissions.交报告}\n  - {name: 停用, passed: events.停用}")
    text = PACK_OF_STEPS.replace(STAGES, stages).replace("events: {完成建设: {}}", "events: {完成建设: {}, 停用: {}}")

    def judged(**given: Any) -> str:
        pack = regulation(text)
        made = progress(Facts(project(pack, **given), pack, Index(), dt.date(2024, 6, 3), published()))
        return made.names[made.judged]

    evaluated = {"submissions": [{"kind": "交报告", "to": "甲局", "on": "2024-05-06"}]}
    assert judged(**evaluated) == "绩效"
    assert judged(**evaluated, stage="停用") == "停用"
    assert judged(**evaluated, events=[{"kind": "停用", "on": "2024-06-01"}]) == "停用"
