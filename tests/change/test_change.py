"""What changed since the approved revision, and what each regulation makes of it, at its bound and one fen beyond."""

from __future__ import annotations

import datetime as dt
import os
import shutil
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from committed import commit, edit, git, made_once, sample
from places import ROOT, SAMPLES

from govit.base.records import replace
from govit.base.usage import UsageError
from govit.change.comparing import ComparisonSettings, comparison, fails, nothing_compared
from govit.change.difference import Claims
from govit.change.git import GitError
from govit.change.limits import percent_text
from govit.change.result import BaseChoice, Why
from govit.dossier.finding import Outcome
from govit.judging.case import JudgeableCase
from govit.judging.run import RunSettings, open_dossiers
from govit.report.change import render

if TYPE_CHECKING:
    from pathlib import Path

    from govit.change.consequences import Consequences
    from govit.change.result import Compared, Comparison, Result

LYG, QD, TZ, LZ = (
    "lianyungang/2026-road-inspection",
    "qidong/2025-river-patrol",
    "taizhou/2025-home-care",
    "laizhou/2023-fishing-port",
)
DAY = {LYG: "2026-11-20", QD: "2026-11-20", TZ: "2026-11-20", LZ: "2023-02-20"}


def compared(*paths: Path, on: str = "2026-11-20", base: str | None = None, **claims: object) -> Result:
    run = RunSettings(paths=paths, as_of=dt.date.fromisoformat(on))
    return comparison(ComparisonSettings(run=run, base=base, claims=Claims(**claims)))


def only(result: Result) -> Compared:
    (one,) = result.projects
    return one


def made(result: Result) -> Comparison:
    found = only(result)
    assert found.comparison is not None, found.message
    return found.comparison


def follows(result: Result) -> Consequences:
    found = made(result).consequences
    assert found is not None
    return found


def without_changes(path: Path) -> None:
    """Take the recorded changes out of a project.yaml."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    start = next(n for n, line in enumerate(lines) if line.startswith("changes:"))
    end = next(n for n in range(start + 1, len(lines)) if not lines[n].startswith(" "))
    path.write_text("".join(lines[:start] + lines[end:]), encoding="utf-8")


def approved(tmp_path: Path, name: str) -> Path:
    """A sample project without recorded changes, committed as approved; the project's folder."""
    city, _, project = name.partition("/")

    def make(place: Path) -> None:
        shutil.copytree(SAMPLES / city, place)
        without_changes(place / project / "project.yaml")
        commit(place, "approved/2026")

    return made_once(tmp_path / city, f"{name} without changes", make) / project


def outcomes(found: Consequences) -> dict[str, str]:
    return {f.rule: f.outcome.value for f in (*found.always, *(f for s in found.scenarios for f in s.findings))}


# -- at the bound and one fen beyond ---------------------------------------------------------------

MOVED = {
    LYG: (("54万元, spent", "107.43万元", "107.430001万元"),
          ("39.6万元, spent", "1.6万元", "1.599999万元"), ("42万元, spent: 38.88", "26.57万元", "26.57万元")),
    QD: (("52万元, spent", "75.64万元", "75.640001万元"), ("48万元, spent", "24.36万元", "24.359999万元")),
    LZ: (("88万元, spent", "181万元", "181.000001万元"),
         ("76万元, spent", "10万元", "9.999999万元"), ("96万元, spent", "69万元", "69万元")),
    TZ: (("32万元, spent", "45万元", "45.000001万元"), ("24万元, spent", "11万元", "10.999999万元")),
}  # fmt: skip
"""Lines, each moved so that what came and what went is the bound, and one fen more; the total stays."""
WITHIN = {
    LYG: {"LYG-27-1": "complies"},
    QD: {"QD-28-1": "complies"},
    LZ: {"LZ-19-4": "complies"},
}
BEYOND = {
    LYG: {"LYG-27-3": "violates"},
    QD: {"QD-28-3": "violates"},
    LZ: {"LZ-19-5": "violates", "LZ-19-6": "violates"},
}
MOST = {LYG: Decimal(534300), QD: Decimal(236400), LZ: Decimal(930000)}


def move(folder: Path, name: str, fen: int) -> None:
    edit(
        folder / "project.yaml",
        *((f"amount: {was}", f"amount: {to[fen]}" + was[was.index("元") + 1 :]) for was, *to in MOVED[name]),
    )


@pytest.mark.parametrize("name", [LYG, QD, LZ, TZ])
@pytest.mark.parametrize("fen", [0, 1])
def test_the_change_once_recorded_is_judged_by_check_as_it_was_by_change(tmp_path: Path, name: str, fen: int) -> None:
    folder = approved(tmp_path, name)
    move(folder, name, fen)
    result = compared(
        folder, on=DAY[name], goal=False, content=True, ground="技术方案完善优化" if name in (QD, LZ) else None
    )
    judged = made(result).difference.judged
    assert judged is not None
    path = folder / "project.yaml"
    ground = f"ground: {judged.ground}, " if judged.ground else ""
    text = (
        f"\nchanges:\n  - {{on: {judged.on}, amount: {judged.amount:f}元, goal: false, content: true, {ground}"
        f"total_after: {judged.total_after:f}元}}\n"
    )
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    (case,) = open_dossiers(RunSettings(paths=(folder,), as_of=dt.date.fromisoformat(DAY[name]))).cases()
    assert isinstance(case, JudgeableCase)
    examined = case.examined(replace(case.options, everything=True))
    said = {(j.rule.id, j.verdict.outcome) for j in examined.judgements if j.item or j.rule.each is None}
    expected = {(f.rule, f.outcome) for f in follows(result).always}
    assert expected
    assert expected <= said


@pytest.mark.parametrize("name", [LYG, QD, LZ])
@pytest.mark.parametrize("fen", [0, 1])
def test_exactly_at_the_bound_and_one_fen_beyond(tmp_path: Path, name: str, fen: int) -> None:
    folder = approved(tmp_path, name)
    move(folder, name, fen)
    result = compared(
        folder, on=DAY[name], goal=False, content=True, ground="技术方案完善优化" if name != LYG else None
    )
    amounts = made(result).difference
    assert amounts.money.moved == MOST[name] + Decimal(fen) / 100
    assert amounts.cumulative == amounts.money.moved
    assert amounts.judged is not None
    assert amounts.judged.amount == amounts.money.moved
    found = follows(result)
    assert found.limits[0].most == MOST[name]
    assert found.limits[0].beyond(found.limits[0].judged) is bool(fen)
    expected = BEYOND[name] if fen else WITHIN[name]
    assert expected.items() <= outcomes(found).items()
    unexpected = WITHIN[name] if fen else BEYOND[name]
    assert not unexpected.keys() & outcomes(found).keys()
    assert any(f.outcome is Outcome.VIOLATES for f in found.always) is bool(fen)
    if name != LZ:  # whose surplus was returned long after the day of this test
        assert fails(result, "error") is bool(fen)


def test_before_procurement_a_small_change_is_applied_for(tmp_path: Path) -> None:
    folder = approved(tmp_path, LZ)
    path = folder / "project.yaml"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if "kind: 调整申请" not in line]
    path.write_text("".join(kept), encoding="utf-8")
    edit(path, ("amount: 88万元, spent", "amount: 90万元, spent"), ("amount: 76万元, spent", "amount: 74万元, spent"))
    before = follows(compared(folder, on="2023-02-20", content=True))
    assert before.depends_on == ("ground",)
    assert [{f.rule for f in s.findings} for s in before.scenarios] == [{"LZ-19-8"}, {"LZ-19-5", "LZ-19-6"}]
    after = follows(compared(folder, on="2023-02-28", content=True))
    assert {f.rule for f in after.always} == {"LZ-19-5", "LZ-19-6"}
    assert any("采购启动日" in text for f in after.always for text in f.evidence)


def test_a_draft_without_a_bound_wants_a_report_and_a_plan(tmp_path: Path) -> None:
    folder = approved(tmp_path, TZ)
    (folder / "documents" / "签到终端模组更换整改方案.md").unlink()
    edit(
        folder / "project.yaml",
        ("amount: 9.4万元, spent", "amount: 15万元, spent"),
        ("total: 168万元", "total: 173.6万元"),
    )
    text = (folder / "project.yaml").read_text(encoding="utf-8")
    kept = [line for line in text.splitlines(keepends=True) if "调整中止报告" not in line and "整改方案" not in line]
    (folder / "project.yaml").write_text("".join(kept), encoding="utf-8")
    result = compared(folder)
    found = follows(result)
    assert found.limits == ()
    assert outcomes(found).items() >= {"TZ-24-3": "violates", "TZ-24-5": "violates"}.items()
    assert all(f.advisory for f in found.always)
    assert not fails(result, "error")


EITHER = (
    'item.cumulative: "<= 10% item.estimate"',
    'item.cumulative: "<= 10% item.estimate, <= 15万元"',
)
"""启东's own bound, and the same with a sum beside it."""


def either_bound(tmp_path: Path) -> Path:
    """A copy of the pack with a bound of 10% or 15万元; the folder of packs."""
    packs = tmp_path / "packs"
    packs.mkdir()
    text = (
        (ROOT / "govit" / "regulations" / "qidong-2022.yaml")
        .read_text(encoding="utf-8")
        .replace("id: qidong-2022\n", "id: either\n", 1)
    )
    assert EITHER[0] in text
    (packs / "either.yaml").write_text(text.replace(*EITHER), encoding="utf-8")
    return packs


@pytest.mark.parametrize(
    ("up", "down", "beyond"), [("67万元", "33万元", ""), ("67.000001万元", "32.999999万元", "超过")]
)
def test_a_bound_may_be_a_sum_beside_a_share(tmp_path: Path, up: str, down: str, beyond: str) -> None:
    folder = approved(tmp_path, QD)
    packs = either_bound(tmp_path)
    commit(folder.parent, "approved/2027", "2026-02-01")
    edit(
        folder / "project.yaml",
        ("amount: 52万元, spent", f"amount: {up}, spent"),
        ("amount: 48万元, spent", f"amount: {down}, spent"),
    )
    run = RunSettings(paths=(folder,), as_of=dt.date(2026, 11, 20), regulations=packs, regulation="either")
    claims = Claims(goal=False, content=True, ground="技术方案完善优化")
    result = comparison(ComparisonSettings(run=run, claims=claims))
    share, sum_ = sorted(follows(result).limits, key=lambda limit: limit.percent is None)
    assert (share.text, sum_.text, sum_.percent, sum_.most) == ("10%", "15万元", None, Decimal(150000))
    assert share.beyond(share.judged) is False
    assert sum_.beyond(sum_.judged) is bool(beyond)
    told = render(result)
    assert "限额 15万元（含本数）" in told
    assert ("不到 10%，但已超过 15万元" in told) is bool(beyond)
    assert ("历次累计的数额判断：15万元，没有超过，还差 8.64万元" in told) is not bool(beyond)
    assert outcomes(follows(result)).get("QD-28-3") == ("violates" if beyond else None)


def test_the_base_of_the_share_is_the_approved_total_not_the_total_of_today(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    edit(folder / "project.yaml", ("total: 356.2万元", "total: 300万元"))
    limit = follows(compared(folder)).limits[0]
    assert limit.value == Decimal(3562000)
    assert "项目总金额15%" in limit.clause


@pytest.mark.parametrize(
    ("amount", "base", "text"),
    [
        ("15", "100", "15%"),
        ("1", "3", "约33.3333%"),
        ("0", "5", "0%"),
        ("0.01", "2364000", "不到0.0001%"),
        ("-0.01", "2364000", "-不到0.0001%"),
        ("534300.01", "3562000", "约15%"),
        ("1", "0", "—"),
    ],
)
def test_shares_are_exact_or_marked_as_rounded(amount: str, base: str, text: str) -> None:
    assert percent_text(Decimal(amount), Decimal(base)) == text


# -- what decides and cannot be seen ----------------------------------------------------------------


def test_what_no_comparison_sees_is_asked_and_each_way_is_shown(tmp_path: Path) -> None:
    folder = approved(tmp_path, QD)
    edit(
        folder / "project.yaml",
        ("objective: 1246", "objective: 1300"),
        ("amount: 52万元, spent", "amount: 53万元, spent"),
    )
    edit(
        folder / "project.yaml",
        ("total: 236.4万元", "total: 236.4万元"),
        ("amount: 48万元, spent", "amount: 47万元, spent"),
    )
    found = follows(compared(folder))
    assert found.depends_on == ("goal", "ground")
    first, other = found.scenarios
    assert first.when == "建设目标不变，调整情形是“上级部署改变内容”、“技术方案完善优化”、“业务发展需要”之一"
    assert {f.rule: f.outcome for f in first.findings}["QD-28-1"] is Outcome.COMPLIES
    assert other.when == "其他情形"
    assert {f.rule: f.outcome for f in other.findings} == {"QD-28-3": Outcome.VIOLATES}


def test_three_reviews_or_a_new_application(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    edit(
        folder / "project.yaml",
        ("amount: 54万元, spent", "amount: 55万元, spent"),
        ("amount: 39.6万元, spent", "amount: 38.6万元, spent"),
    )
    found = follows(compared(folder))
    assert found.depends_on == ("content",)
    assert [(s.when, {f.rule for f in s.findings} - {"LYG-27-2"}) for s in found.scenarios] == [
        ("主要内容有调整", {"LYG-27-1"}),
        ("主要内容没有调整", set()),
    ]
    assert follows(compared(folder, content=True)).scenarios == ()


def test_a_new_date_alone_is_no_change_of_content_goal_or_money(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    edit(folder / "project.yaml", ("end: 2026-12-18}\n", "end: 2027-03-18}\n"))
    result = compared(folder)
    adjusted, kept = follows(result).scenarios
    assert (adjusted.when, {f.rule for f in adjusted.findings} - {"LYG-27-2"}) == ("主要内容有调整", {"LYG-27-1"})
    assert (kept.when, {f.rule for f in kept.findings}) == ("主要内容没有调整", set())
    assert not fails(result, "error")
    said = follows(compared(folder, content=False))
    assert (said.always, said.scenarios) == ((), ())
    assert said.aside == ("建设目标、主要内容和资金都没有调整",)


def test_an_unchanged_goal_is_not_asked_for_and_a_changed_text_is(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    edit(folder / "project.yaml", ("objective: 主城区", "objective: 全市"))
    judged = made(compared(folder)).difference.judged
    assert judged is not None
    assert judged.goal is None
    edit(folder / "project.yaml", ("objective: 全市", "objective: 主城区"), ("6 套无人机", "5 套无人机"))
    judged = made(compared(folder)).difference.judged
    assert judged is not None
    assert (judged.goal, judged.content, judged.amount) == (False, True, Decimal(0))


def test_an_unknown_ground_is_a_slip_of_the_user(tmp_path: Path) -> None:
    folder = approved(tmp_path, QD)
    with pytest.raises(UsageError, match="技术方案完善优化"):
        compared(folder, ground="技术方案优化")


# -- recorded changes --------------------------------------------------------------------------------


def test_a_record_that_counts_once_what_was_moved_covers_the_difference(tmp_path: Path) -> None:
    folder = approved(tmp_path, QD)
    path = folder / "project.yaml"
    edit(
        path, ("amount: 52万元, spent", "amount: 60.6万元, spent"), ("amount: 48万元, spent", "amount: 39.4万元, spent")
    )
    record(path, "8.6万元")
    difference = made(compared(folder)).difference
    assert (difference.money.moved, difference.money.gross) == (Decimal(86000), Decimal(172000))
    assert not difference.twice
    assert difference.open == 0
    assert difference.judged is None
    assert outcomes(follows(compared(folder)))["QD-28-1"] == "complies"


def test_a_record_that_counts_moved_money_twice_is_told(tmp_path: Path) -> None:
    folder = approved(tmp_path, QD)
    path = folder / "project.yaml"
    edit(path, ("amount: 52万元, spent", "amount: 60万元, spent"), ("amount: 48万元, spent", "amount: 40万元, spent"))
    record(path, "16万元")
    difference = made(compared(folder)).difference
    assert difference.twice
    assert difference.open == 0
    assert "从一行挪到另一行的钱只算一次，应是8万元" in "".join(render(compared(folder)).split())


def test_gross_is_only_a_note_where_nothing_else_passes_the_bound(tmp_path: Path) -> None:
    folder = approved(tmp_path, QD)
    edit(
        folder / "project.yaml",
        ("amount: 52万元, spent", "amount: 72万元, spent"),
        ("amount: 48万元, spent", "amount: 28万元, spent"),
    )
    result = compared(folder, goal=False, content=True, ground="技术方案完善优化")
    assert outcomes(follows(result))["QD-28-1"] == "complies"
    assert "只有把挪用的钱在调出、调入两行各算一次，才超过10%" in "".join(render(result).split())


def test_what_is_not_recorded_stays_open(tmp_path: Path) -> None:
    folder = approved(tmp_path, QD)
    path = folder / "project.yaml"
    edit(path, ("amount: 52万元, spent", "amount: 60万元, spent"), ("amount: 48万元, spent", "amount: 40万元, spent"))
    record(path, "6万元")
    difference = made(compared(folder)).difference
    assert difference.open == Decimal(20000)
    assert difference.judged is not None
    assert difference.judged.amount == Decimal(20000)


def test_earlier_records_count_into_the_cumulative_amount(tmp_path: Path) -> None:
    folder = sample(tmp_path, "qidong") / "2025-river-patrol"
    path = folder / "project.yaml"
    edit(path, ("amount: 52万元, spent", "amount: 68万元, spent"), ("amount: 48万元, spent", "amount: 32万元, spent"))
    found = made(compared(folder))
    assert found.difference.cumulative == Decimal(246000)
    assert follows(compared(folder)).limits[0].beyond(Decimal(246000))


def test_what_a_new_approval_of_the_estimate_approved_is_no_longer_counted_and_its_amount_is_the_base(
    tmp_path: Path,
) -> None:
    folder = sample(tmp_path, "qidong") / "2025-river-patrol"
    path = folder / "project.yaml"
    edit(path, ("amount: 8.6万元\n    goal: false", "amount: 40万元\n    goal: false"))
    edit(
        path,
        (
            "approvals:\n",
            "approvals:\n  - {body: 市行政审批局, act: 项目变更审批, result: 通过, date: 2025-07-08, amount: 260万元, of: 2025-07-09}\n",
        ),
    )
    commit(folder.parent, "approved/2027", "2026-02-01")
    edit(path, ("amount: 52万元, spent", "amount: 78万元, spent"), ("amount: 48万元, spent", "amount: 22万元, spent"))
    result = compared(folder, goal=False, content=True, ground="技术方案完善优化")
    found = follows(result)
    assert (found.limits[0].value, found.limits[0].judged) == (Decimal(2_600_000), Decimal(260_000))
    assert outcomes(found)["QD-28-1"] == "violates"  # still to be filed; no approval is needed
    assert "QD-28-3" not in outcomes(found)
    assert found.together == Decimal(260_000)
    assert "累计26万元" in "".join(render(result).split())
    edit(
        path,
        ("amount: 78万元, spent", "amount: 78.000001万元, spent"),
        ("amount: 22万元, spent", "amount: 21.999999万元, spent"),
    )
    assert (
        outcomes(follows(compared(folder, goal=False, content=True, ground="技术方案完善优化")))["QD-28-3"]
        == "violates"
    )


def test_a_record_that_disappeared_still_counts_and_is_told(tmp_path: Path) -> None:
    folder = sample(tmp_path, "qidong") / "2025-river-patrol"
    without_changes(folder / "project.yaml")
    found = made(compared(folder))
    assert found.difference.cumulative == Decimal(86000)
    assert any("不应删去" in note for note in found.notes)


def test_an_amount_that_was_corrected_since_is_told(tmp_path: Path) -> None:
    folder = sample(tmp_path, "qidong") / "2025-river-patrol"
    edit(folder / "project.yaml", ("amount: 8.6万元\n", "amount: 1万元\n"))
    found = made(compared(folder))
    assert found.difference.cumulative == Decimal(10000)
    assert any("批复版本记 8.6万元，现在改为 1万元" in note for note in found.notes)


def test_an_approval_that_says_another_amount_or_is_gone_is_told(tmp_path: Path) -> None:
    folder = sample(tmp_path, "qidong") / "2025-river-patrol"
    path = folder / "project.yaml"
    edit(path, ("168号, amount: 236.4万元", "168号, amount: 400万元"), ("date: 2024-08-14", "date: 2024-08-15"))
    notes = made(compared(folder)).notes
    assert any("“初步设计审批”" in note and "现在改为 400万元" in note for note in notes)
    assert any("“可行性研究报告审批”（2024-08-14）的记录，现在没有了" in note for note in notes)


def test_a_change_of_the_day_of_an_earlier_one_is_judged_by_itself(tmp_path: Path) -> None:
    folder = sample(tmp_path, "qidong") / "2025-river-patrol"
    path = folder / "project.yaml"
    edit(path, ("内容调整备案, to: 市行政审批局", "内容调整备案, to: 市财政局"))
    commit(folder.parent, "approved/2027", on="2026-02-02")
    edit(path, ("amount: 52万元, spent", "amount: 53万元, spent"), ("amount: 48万元, spent", "amount: 47万元, spent"))
    found = follows(compared(folder, on="2025-07-09", ground="不属于三种情形"))
    assert outcomes(found) == {"QD-28-3": "violates"}


def test_the_plan_of_an_earlier_change_does_not_serve_a_new_one(tmp_path: Path) -> None:
    folder = sample(tmp_path, "taizhou") / "2025-home-care"
    edit(folder / "project.yaml", ("amount: 32万元", "amount: 33万元"), ("amount: 24万元", "amount: 23万元"))
    found = follows(compared(folder))
    assert outcomes(found)["TZ-24-5"] == "violates"
    assert found.used == ("documents/签到终端模组更换整改方案.md",)
    edit(folder / found.used[0], ("整改方案", "整改方案（第二次）"))
    found = follows(compared(folder))
    assert outcomes(found)["TZ-24-5"] == "complies"
    assert found.used == ()


def test_where_no_rule_about_changes_applies_it_says_why(tmp_path: Path) -> None:
    folder = sample(tmp_path, "lianyungang") / "2026-manhole-safety"
    edit(folder / "project.yaml", ("amount: 22万元", "amount: 21万元"))
    found = follows(compared(folder))
    assert (found.limits, found.always, found.scenarios) == ((), (), ())
    assert found.aside == ("没有市发改委的审批“立项审批”",)


def record(path: Path, amount: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(
        f"{text}\nchanges:\n  - {{on: 2025-07-09, amount: {amount}, goal: false, content: true, "
        "ground: 技术方案完善优化, total_after: 236.4万元}\n",
        encoding="utf-8",
    )


# -- surplus -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "gone", "rule"),
    [
        (QD, "结余资金退回", "QD-27-5"),
        (LZ, "结余资金退回", "LZ-19-3"),
        (TZ, "结余资金收缴", "TZ-25-2"),
    ],
)
def test_money_left_over_is_to_be_returned(tmp_path: Path, name: str, gone: str, rule: str) -> None:
    city, _, project = name.partition("/")
    folder = sample(tmp_path, city) / project
    found = follows(compared(folder, on="2026-11-20"))
    assert [f.outcome for f in found.surplus if f.rule == rule] == [Outcome.COMPLIES]
    path = folder / "project.yaml"
    kept = [line for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if gone not in line]
    path.write_text("".join(kept), encoding="utf-8")
    found = follows(compared(folder, on="2026-11-20"))
    assert [f.outcome for f in found.surplus if f.rule == rule] == [Outcome.VIOLATES]


# -- words, lines and documents ------------------------------------------------------------------------


def test_lines_that_come_go_and_are_renamed(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    edit(
        folder / "project.yaml",
        ("{name: 巡检任务子系统,", "{name: 巡检任务管理子系统,"),
        (
            "{name: 系统集成, group: 设备与集成, kind: 系统集成费",
            "{name: 云资源迁移, group: 设备与集成, kind: 系统集成费",
        ),
    )
    money = made(compared(folder)).difference.money
    states = {line.name: line.state for line in money.lines if line.state != "不变"}
    assert states == {"巡检任务管理子系统": "改名", "云资源迁移": "新增", "系统集成": "取消"}
    assert money.gross == 2 * Decimal(108000)
    assert money.net == 0


def test_scope_goal_period_and_funding_in_words(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    edit(
        folder / "project.yaml",
        ("end: 2026-12-18", "end: 2027-01-29"),
        ("objective: 主城区", "objective: 全市"),
        (
            "  - {source: 市级财政资金, amount: 71.2万元, year: 2027}",
            "  - {source: 自筹资金, amount: 71.2万元, year: 2027}",
        ),
        ("objects: [软件开发, ", "objects: ["),
        ("规模较大: false", "规模较大: true"),
    )
    told = {change.key: change for change in made(compared(folder)).difference.words}
    assert told["schedule.end"].after == "2027-01-29"
    assert told["objects"].removed == ("软件开发",)
    assert told["traits.规模较大"].before == "否"
    assert [c.label for c in made(compared(folder)).difference.words if c.key == "funding"] == [
        "资金来源：市级财政资金 2027 年",
        "资金来源：自筹资金 2027 年",
    ]
    assert [c.group for c in made(compared(folder)).difference.words] == [
        "目标", "内容和范围", "内容和范围", "工期", "资金", "资金",
    ]  # fmt: skip


def test_documents_by_hash_and_by_headings(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    papers = folder / "documents"
    edit(papers / "建设方案.md", ("# ", "# 改过的"))
    shutil.move(papers / "调整申请.md", papers / "调整请示.md")
    (papers / "密码应用方案.md").unlink()
    (papers / "新文件.pdf").write_bytes(b"%PDF-1.7")
    found = {paper.path: paper for paper in made(compared(folder)).papers}
    assert {path: paper.state for path, paper in found.items()} == {
        "documents/建设方案.md": "修改",
        "documents/调整请示.md": "改名",
        "documents/新文件.pdf": "新增",
        "documents/密码应用方案.md": "删除",
    }
    assert found["documents/调整请示.md"].was == "documents/调整申请.md"
    assert any(h.before and "改过的" in h.after for h in found["documents/建设方案.md"].headings)


def test_a_changed_word_file_is_read_on_both_sides(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    (paper,) = (p for p in (folder / "documents").glob("*.docx"))
    shutil.copy(next(iter((folder.parent / "2027-smart-parking" / "documents").glob("*.docx"))), paper)
    (change,) = made(compared(folder)).papers
    assert change.headings
    assert None not in change.lengths


def test_line_ends_and_large_file_storage_are_no_difference(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    paper = folder / "documents" / "建设方案.md"
    kept = paper.read_bytes()
    from hashlib import sha256

    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256(kept).hexdigest()}\nsize {len(kept)}\n"
    paper.write_text(pointer, encoding="utf-8")
    other = folder / "documents" / "密码应用方案.md"
    commit(folder.parent, "approved/2027", "2026-02-01")
    paper.write_bytes(kept)
    other.write_bytes(other.read_bytes().replace(b"\n", b"\r\n"))
    assert made(compared(folder)).same
    assert not any("没有提交" in note for note in made(compared(folder)).notes)
    paper.write_bytes(kept + "\n改\n".encode())
    (change,) = made(compared(folder)).papers
    assert "LFS" in change.detail


# -- which revision, and where the project lay in it ---------------------------------------------------


def test_nothing_changed(tmp_path: Path) -> None:
    result = compared(sample(tmp_path, "qidong"))
    assert len(result.projects) == 3
    assert all(p.comparison is not None and p.comparison.same for p in result.projects)


def test_the_revision_asked_for_comes_before_the_one_named_and_that_before_the_tag(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    commit(folder.parent, "approved/2027", "2026-02-01")
    commit(folder.parent, "试用", "2026-03-01")
    base = only(compared(folder)).base
    assert base is not None
    assert (base.choice, base.revision.name) == (BaseChoice.TAG, "approved/2027")
    edit(folder / "project.yaml", ("year: 2026\n", "year: 2026\napproved_revision: approved/2026\n"))
    base = only(compared(folder)).base
    assert base is not None
    assert (base.choice, base.revision.name) == (BaseChoice.NAMED, "approved/2026")
    assert made(compared(folder)).same  # the name of the revision is no part of what was approved
    base = only(compared(folder, base="试用")).base
    assert base is not None
    assert (base.choice, base.revision.name) == (BaseChoice.OPTION, "试用")


def test_a_tag_of_one_project_is_taken_for_it_and_not_for_another(tmp_path: Path) -> None:
    root = sample(tmp_path, "qidong", tag="approved/2026")
    commit(root, "approved/2025-river-patrol/2", "2026-03-01")
    names = {p.id: p.base.revision.name for p in compared(root).projects if p.base}
    assert names["2025-river-patrol"] == "approved/2025-river-patrol/2"
    assert set(names.values()) == {"approved/2025-river-patrol/2", "approved/2026"}


def test_a_renamed_folder_is_found_again_by_its_id(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    moved = folder.rename(folder.parent / "改名以后")
    found = only(compared(moved))
    assert found.base is not None
    assert found.base.folder == "2026-road-inspection"
    assert found.comparison is not None
    assert found.comparison.same
    assert any("按项目标识 id 认出" in note for note in found.comparison.notes)


def test_two_folders_with_the_id_are_not_guessed_between(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    shutil.copytree(folder, folder.parent / "副本")
    commit(folder.parent, "approved/2027", "2026-02-01")
    shutil.rmtree(folder.parent / "副本")
    moved = folder.rename(folder.parent / "改名以后")
    found = only(compared(moved))
    assert found.why is Why.AMBIGUOUS
    assert "副本" in found.message


def test_a_project_that_did_not_exist_then_is_told_and_the_others_are_shown(tmp_path: Path) -> None:
    root = sample(tmp_path, "qidong")
    shutil.copytree(root / "2027-flood-dispatch", root / "新的")
    edit(root / "新的" / "project.yaml", ("id: 2027-flood-dispatch", "id: 全新"))
    result = compared(root)
    (new,) = (p for p in result.projects if p.why)
    assert new.why is Why.NEW
    assert "还没有这个项目" in new.message
    assert sum(1 for p in result.projects if p.comparison) == 3
    assert not fails(result, "error")
    assert nothing_compared(compared(root / "新的"))


def test_without_a_tag_the_message_says_what_to_write(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    git(folder, "tag", "-d", "approved/2026")
    found = only(compared(folder))
    assert found.why is Why.REVISION
    assert "--base" in found.message
    assert "approved_revision" in found.message
    assert "unshallow" not in found.message


def test_a_shallow_clone_without_the_revision(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    commit(folder.parent, on="2026-02-01")
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-tags", folder.parent.as_uri(), "shallow")
    for base in (None, "approved/2026"):
        found = only(compared(tmp_path / "shallow" / folder.name, base=base))
        assert "git fetch --unshallow --tags" in found.message


def test_a_missing_revision_and_no_repository_at_all(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    found = only(compared(folder, base="--upload-pack=x"))
    assert "没有“--upload-pack=x”这个版本" in found.message
    assert nothing_compared(compared(folder, base="没有"))
    shutil.rmtree(folder.parent / ".git")
    assert "不在 git 版本库里" in only(compared(folder)).message


def test_git_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = approved(tmp_path, LYG)
    monkeypatch.setenv("PATH", "")
    assert "没有找到 git 程序" in only(compared(folder)).message
    assert not issubclass(GitError, OSError)


def test_what_is_not_committed_is_compared_and_said(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    assert made(compared(folder)).notes == ()
    edit(folder / "project.yaml", ("end: 2026-12-18", "end: 2027-01-29"))
    assert any("没有提交" in note for note in made(compared(folder)).notes)
    commit(folder.parent, on="2026-02-01")
    assert made(compared(folder)).notes == ()
    assert not made(compared(folder)).same


def test_a_classified_project_is_not_compared(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    shutil.rmtree(folder)
    folder.mkdir()
    stub = "id: 2026-road-inspection\nregulation: lianyungang-2025\nclassified: true\n"
    (folder / "project.yaml").write_text(stub, encoding="utf-8")
    found = only(compared(folder))
    assert found.why is Why.CLASSIFIED
    assert found.base is None
    commit(folder.parent, "approved/2027", "2026-02-01")
    git(folder.parent, "checkout", "-q", "approved/2026")
    assert "涉密" in only(compared(folder, base="approved/2027")).message


@pytest.mark.parametrize("text", ["id: [\n", "只有一行字\n"])
def test_a_revision_that_cannot_be_read(tmp_path: Path, text: str) -> None:
    folder = approved(tmp_path, LYG)
    kept = (folder / "project.yaml").read_text(encoding="utf-8")
    (folder / "project.yaml").write_text(text, encoding="utf-8")
    assert only(compared(folder)).why is Why.UNREADABLE
    commit(folder.parent, "approved/2027", "2026-02-01")
    (folder / "project.yaml").write_text(kept, encoding="utf-8")
    found = only(compared(folder))
    assert found.why is Why.UNREADABLE
    assert "批复版本" in found.message


def test_a_link_in_the_revision_is_not_followed(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    kept = (folder / "project.yaml").read_bytes()
    (folder / "project.yaml").unlink()
    (folder / "project.yaml").symlink_to(tmp_path / "别处.yaml")
    commit(folder.parent, "approved/2027", "2026-02-01")
    (folder / "project.yaml").unlink()
    (folder / "project.yaml").write_bytes(kept)
    assert "是链接" in only(compared(folder)).message


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be made there")
def test_names_that_lead_out_of_the_folder_are_not_written(tmp_path: Path) -> None:
    folder = approved(tmp_path, LYG)
    root = folder.parent
    blob = git(root, "rev-parse", "HEAD:govit.yaml").strip()
    tree = git(root, "rev-parse", "HEAD:2026-road-inspection").strip()
    entries = git(root, "cat-file", "-p", tree) + f"100644 blob {blob}\t..\\..\\外面.md\n"
    made_tree = mktree(root, entries)
    top = git(root, "cat-file", "-p", "HEAD^{tree}").replace(tree, made_tree)
    new = git(root, "commit-tree", "-m", "坏的", mktree(root, top)).strip()
    found = made(compared(folder, base=new))
    assert found.same
    assert not list(tmp_path.rglob("外面.md"))


def mktree(root: Path, entries: str) -> str:
    given = root / ".git" / "entries"
    given.write_text(entries, encoding="utf-8")
    import subprocess

    with given.open("rb") as file:
        done = subprocess.run(["git", "mktree"], cwd=root, stdin=file, check=True, capture_output=True)  # noqa: S607
    return done.stdout.decode().strip()
