"""Values that a pack derives from others: neighbours of the dossier, and how late something was."""

from __future__ import annotations

import datetime as dt

import pytest
from small_pack import PACK, judge, project, regulation

from govit.base.records import replace
from govit.calendar.workdays import published
from govit.dossier.finding import Outcome
from govit.dossier.model import Index, Neighbour, Source
from govit.judging.engine import Options, evaluate

SPLIT = PACK.replace(
    "facts: []",
    'facts: [{name: 疑似拆分, article: 第一条, neighbours: {same: [unit.name], together: {budget.total: "> 150万元"}}}]',
).replace("check: present, documents: [方案书]", "check: forbidden, forbidden: {疑似拆分: true}")


@pytest.mark.parametrize(
    ("other", "outcome"),
    [("small-2024", Outcome.VIOLATES), ("another-2024", Outcome.COMPLIES), (None, Outcome.COMPLIES)],
)
def test_only_neighbours_under_the_same_regulation_count(other: str | None, outcome: Outcome) -> None:
    pack = regulation(SPLIT)
    mine = replace(project(pack), regulation="small-2024")
    theirs = replace(mine, regulation=other, source=Source("q/project.yaml", {"": (1, 1)}))
    index = Index((Neighbour("p", mine), Neighbour("q", theirs)))
    options = Options(as_of=dt.date(2024, 6, 3), schedule=published())
    found = next(f for f in evaluate(mine, pack, index, options) if f.rule == "SM-3-1")
    assert found.outcome is outcome


def test_a_project_is_not_its_own_neighbour() -> None:
    pack = regulation(SPLIT)
    mine = replace(project(pack, budget={"total": "200万元"}), regulation="small-2024")
    options = Options(as_of=dt.date(2024, 6, 3), schedule=published())
    found = next(f for f in evaluate(mine, pack, Index((Neighbour("p", mine),)), options) if f.rule == "SM-3-1")
    assert found.outcome is Outcome.COMPLIES


BUILT = [{"kind": "完成建设", "on": "2024-01-10"}]
LIMIT = "2024-07-10"
"""A Wednesday, six months after."""


@pytest.mark.parametrize(
    ("on", "detail"),
    [
        ("2024-07-11", f"应当不晚于 {LIMIT}，晚了 1 天"),
        ("2024-07-13", f"应当不晚于 {LIMIT}，晚了 3 天"),
        ("2024-08-10", f"应当不晚于 {LIMIT}，晚了 31 天"),
    ],
)
def test_what_was_done_late_says_by_how_many_days(on: str, detail: str) -> None:
    found = judge(on="2024-10-08", events=BUILT, submissions=[{"kind": "交报告", "to": ["甲局"], "on": on}])["SM-2-1"]
    assert found.outcome is Outcome.VIOLATES
    assert found.message.endswith(detail)


@pytest.mark.parametrize(
    ("on", "said"),
    [
        ("2024-07-08", "还有 2 天"),
        (LIMIT, "还有 0 天"),
        ("2024-07-11", "已超过 1 天"),
        ("2024-07-20", "已超过 10 天"),
    ],
)
def test_what_is_still_open_says_how_many_days_are_left_or_over(on: str, said: str) -> None:
    assert said in judge(on=on, events=BUILT)["SM-2-1"].message


def test_a_period_that_has_not_begun_asks_for_nothing_whatever_its_beginning_turns_on() -> None:
    fact = "facts: [{name: 起, article: 第二条, only_if: {value: events.完成建设, when: {跨界: true}}}]"
    text = PACK.replace("facts: []", fact).replace("from: events.完成建设", "from: 起")
    assert judge(text, stage="申报")["SM-2-1"].outcome is Outcome.NOT_APPLICABLE
    assert judge(text, events=BUILT)["SM-2-1"].outcome is Outcome.UNDETERMINED
