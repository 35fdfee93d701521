"""A stage that was passed needs the records that prove it: what it lacks is told or asked for, once."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest

from govit.authoring.examples import build
from govit.base.records import replace
from govit.calendar.workdays import published
from govit.dossier.finding import Outcome
from govit.dossier.lists import BY_KIND, entries_of, kinds_of
from govit.dossier.model import Index, Neighbour, Project
from govit.judging import engine
from govit.judging.engine import Options
from govit.judging.gaps import examine, missing_record
from govit.law.library import Library
from govit.law.packs.pack import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.judging.engine import Examined
    from govit.law.conditions import Ref
    from govit.law.regulation import Regulation

LIBRARY = Library(examples=True)
PACKS = [found for name in LIBRARY.ids(None) if (found := LIBRARY.get(name, None)) is not None]
BY_LAW_NONE = "the law demands no record of it"
UNPROVEN: dict[str, dict[str, str]] = {
    "lianyungang-2025": {
        "草拟": BY_LAW_NONE,
        "绩效": "the bureau evaluates when it sees fit; a system may be taken out of use before",
    },
    "qidong-2022": {
        "草拟": BY_LAW_NONE,
        "规划": "the plan is the bureau's",
        "绩效": "evaluated within a year of use, which a rule tells; a system may be taken out of use before",
    },
    "taizhou-draft-2025": {"草拟": BY_LAW_NONE, "规划": "the plan is the bureau's"},
    "laizhou-2022": {
        "草拟": BY_LAW_NONE,
        "规划": "the plan is the bureau's",
        "绩效": "evaluated within a year of use, which a rule tells; a system may be taken out of use before",
    },
}
"""The stages that may be passed without leaving a record, and why."""


def base(pack: Regulation, **given: Any) -> Project:
    """The clean project of a pack with some keys changed."""
    return build(pack, given)[0]


def examined(pack: Regulation, project: Project) -> Examined:
    as_of = dt.date.fromisoformat(str(plain(pack.base)["as_of"]))
    options = Options(as_of=as_of, schedule=published(), assume_in_force=True)
    return examine(project, pack, Index((Neighbour("base", project),)), options)


def less(project: Project, refs: set[tuple[str, str]]) -> Project:
    """The project without the records of some kinds."""
    kept = {
        head: tuple(r for r in entries_of(project, BY_KIND[head]) if not {(head, kind) for kind in kinds_of(r)} & refs)
        for head in {head for head, _ in refs}
    }
    return replace(project, **kept)


def told(found: Examined) -> Iterator[str]:
    """What is open, in words."""
    gaps = (missing_record(gap, found.run.facts.project, "base").message for gap in found.gaps if not gap.reported)
    yield from (f"{f.message} {f.hint}" for f in found.findings() if f.outcome in engine.OPEN)
    yield from gaps


def names(refs: tuple[Ref, ...]) -> set[tuple[str, str]]:
    return {(ref.head, ref.key) for ref in refs}


CASES = [(pack, n) for pack in PACKS for n in range(len(pack.stages) - 1)]


@pytest.mark.parametrize(("pack", "n"), CASES, ids=[f"{pack.id}-{pack.stages[n].name}" for pack, n in CASES])
def test_a_stage_that_was_passed_is_proven_or_asked_about(pack: Regulation, n: int) -> None:
    """Without every record that shows a stage, something open says so; the later ones stay on record."""
    stage = pack.stages[n]
    wanted = names((*stage.passed, *stage.made, *(ref for trace in stage.leaves for ref in trace.records)))
    project = less(base(pack, stage=pack.stages[-1].name), wanted) if wanted else base(pack)
    messages = list(told(examined(pack, project)))
    proven = any(word in message for message in messages for _, word in wanted)
    assert proven is (stage.name not in UNPROVEN[pack.id])


@pytest.mark.parametrize(("pack", "n"), CASES, ids=[f"{pack.id}-{pack.stages[n].name}" for pack, n in CASES])
def test_each_record_that_a_stage_leaves_is_told_or_asked_for_once(pack: Regulation, n: int) -> None:
    """Of each entry of `leaves` that holds for the base: one line of govit's own, or the rule that demands it."""
    for trace in pack.stages[n].leaves:
        project = base(pack, stage=pack.stages[-1].name)
        if examined(pack, project).run.facts.holds(trace.when) is not True:
            continue
        found = examined(pack, less(project, names(trace.records)))
        mine = [gap for gap in found.gaps if gap.records == trace.records]
        assert len(mine) <= 1
        assert any(ref.key in message for message in told(found) for ref in trace.records)


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_the_base_lacks_nothing_at_any_stage(pack: Regulation) -> None:
    for stage in pack.stages:
        assert examined(pack, base(pack, stage=stage.name)).gaps == (), stage.name


NOTHING_LEFT = {"events": [], "contracts": [], "approvals": [], "submissions": []}


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("lianyungang-2025", {"category": "购买服务", "contracts.服务合同": "2026-02-27"}),
        ("lianyungang-2025", {"category": "运维", "contracts.运维合同": "2026-02-27"}),
        ("qidong-2022", {"category": "购买服务"}),
        ("taizhou-draft-2025", {"category": "运维", "contracts.运维合同": "2025-04-28"}),
        ("laizhou-2022", {"build_mode": "政府购买服务", "contracts.服务合同": "2023-03-30"}),
    ],
)
def test_what_is_bought_as_a_service_is_not_asked_when_work_began(name: str, given: dict[str, Any]) -> None:
    pack = next(p for p in PACKS if p.id == name)
    project = less(base(pack, stage=pack.stages[-1].name, **given), {("events", "项目开工"), ("events", "项目建成")})
    found = examined(pack, project)
    assert [ref.key for gap in found.gaps for ref in gap.records] == []


def test_a_small_project_is_not_asked_for_an_approval_that_it_does_not_need() -> None:
    for name, act in (("lianyungang-2025", "立项审批"), ("taizhou-draft-2025", "立项审批")):
        pack = next(p for p in PACKS if p.id == name)
        small = {"budget.total": "40万元", "budget.single": "40万元"} if name[0] == "l" else {"budget.total": "40万元"}
        project = less(base(pack, stage="运维", **small), {("approvals", act), ("submissions", "立项申请")})
        assert [gap.stage for gap in examined(pack, project).gaps] == []


def test_what_ran_ahead_in_an_emergency_is_not_asked_for_what_it_was_let_off() -> None:
    pack = next(p for p in PACKS if p.id == "qidong-2022")
    let_off = {"traits.突发事件应急": True, "approvals.应急先行同意@市政府": "2024-01-02"}
    wanted = {("submissions", "建设方案报送"), ("approvals", "可行性研究报告审批"), ("events", "列入储备库")}
    assert examined(pack, less(base(pack, stage="实施", **let_off), wanted)).gaps == ()


def test_a_purchase_without_an_announcement_is_not_asked_for_one() -> None:
    pack = next(p for p in PACKS if p.id == "laizhou-2022")
    project = less(
        base(pack, **{"traits.采购方式无须公告": True, "traits.政府采购方式": True}), {("events", "发布采购公告")}
    )
    assert examined(pack, project).gaps == ()


def test_a_stage_that_is_only_asked_about_is_not_passed() -> None:
    pack = next(p for p in PACKS if p.id == "lianyungang-2025")
    project = replace(base(pack, stage="申报"), events=(), contracts=(), approvals=(), submissions=())
    options = Options(as_of=dt.date(2026, 11, 20), schedule=published(), stage="运维")
    assert examine(project, pack, Index((Neighbour("p", project),)), options).gaps == ()


def test_what_depends_on_the_day_of_what_is_missing_is_neither_met_nor_wrong() -> None:
    """A later day must not pass for the day on which work began; what is wrong by any day stays wrong."""
    pack = next(p for p in PACKS if p.id == "lianyungang-2025")
    project = less(base(pack), {("events", "项目开工")})
    found = examined(pack, project)
    waiting = {rule.id for gap in found.gaps for rule in gap.waiting}
    assert {"LYG-17-1", "LYG-17-2", "LYG-18-2"} <= waiting
    open_ = {j.rule.id for j in found.each if j.verdict.outcome is Outcome.UNDETERMINED}
    assert waiting <= open_, "those who list dates and steps see that it is open"
    shown = {f.rule for f in found.findings()}
    assert not waiting & shown, "one missing record is one line"
    late = replace(project, approvals=tuple(replace(a, date=dt.date(2026, 10, 8)) for a in project.approvals))
    assert any(j.rule.id == "LYG-18-2" and j.verdict.outcome is Outcome.VIOLATES for j in examined(pack, late).each)


def test_what_waits_for_a_record_is_named_by_the_rule_that_wants_it() -> None:
    """What else a rule would ask, once the record is there, is not asked before; no verdict is lost all the same."""
    pack = next(p for p in PACKS if p.id == "lianyungang-2025")
    (one,) = examined(pack, less(base(pack), {("approvals", "年度计划批准")})).findings(everything=False)
    assert one.rule == "LYG-15-3"
    assert re.search("因此还不能判断 .*LYG-16-4", one.message)


@pytest.mark.parametrize(("name", "rule"), [("qidong-2022", "QD-26-2"), ("laizhou-2022", "LZ-32-3")])
def test_whether_it_is_late_is_not_asked_before_the_day_of_completion_is_there(name: str, rule: str) -> None:
    pack = next(p for p in PACKS if p.id == name)
    (one,) = examined(pack, less(base(pack), {("events", "项目建成")})).findings(everything=False)
    assert rule in one.message


def test_what_contracts_come_to_is_not_known_where_one_is_lost() -> None:
    pack = next(p for p in PACKS if p.id == "taizhou-draft-2025")
    (one,) = examined(pack, less(base(pack), {("contracts", "建设合同")})).findings(everything=False)
    assert one.rule == "TZ-21-5"
    assert "TZ-26-10" in one.message


@pytest.mark.parametrize("lost", [("approvals", "项目竣工验收"), ("events", "项目开工")])
def test_reports_of_a_period_are_not_late_while_the_day_that_begins_or_ends_them_is_not_known(
    lost: tuple[str, str],
) -> None:
    """Work may have begun in a later quarter than that of the contract, and may have been accepted long ago."""
    pack = next(p for p in PACKS if p.id == "qidong-2022")
    found = examined(pack, less(base(pack), {lost})).findings(everything=False)
    assert not [f for f in found if f.rule == "QD-18-3"]


def test_an_acceptance_without_its_day_leaves_open_whether_later_reports_were_due() -> None:
    pack = next(p for p in PACKS if p.id == "qidong-2022")
    project = base(pack)
    undated = tuple(replace(a, date=None) if a.act == "项目竣工验收" else a for a in project.approvals)
    each = [j for j in examined(pack, replace(project, approvals=undated)).each if j.rule.id == "QD-18-3"]
    said = {j.verdict.outcome for j in each}
    assert Outcome.UNDETERMINED in said
    assert Outcome.VIOLATES not in said


@pytest.mark.parametrize("pack", PACKS, ids=lambda pack: pack.id)
def test_what_is_recorded_for_a_later_day_is_not_missing_before_it(pack: Regulation) -> None:
    """Looking back from a day before the records, each of a stage that the clerk says is passed is on file."""
    project = replace(base(pack), stage=pack.stages[-1].name)
    options = Options(as_of=dt.date(2022, 1, 4), schedule=published(), assume_in_force=True)
    found = examine(project, pack, Index((Neighbour("base", project),)), options)
    on_file = {(head, kind) for head in BY_KIND for r in entries_of(project, BY_KIND[head]) for kind in kinds_of(r)}
    asked = {(ref.head, ref.key) for gap in found.gaps for ref in gap.records}
    assert not asked & on_file
