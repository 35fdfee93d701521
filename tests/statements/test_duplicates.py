"""重复建设: which of the projects of a pile are told of as a pair, and which are not."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest
import yaml
from places import TESTS
from rapidfuzz import fuzz

from govit.calendar.workdays import published
from govit.documents.passages import Passage
from govit.dossier.load import load
from govit.judging.case import cases
from govit.judging.engine import Options
from govit.judging.reports import profile
from govit.law.library import Library
from govit.statements.duplicates import MOST_HOLDERS, pairs
from govit.statements.features import FUNCTION, RESOURCE, Feature, core_of
from govit.statements.own_duplicates import LONGEST_DESCRIPTION, MOST_OF_A_NAME, MOST_TOLD, _listed_twice
from govit.statements.profiles import Profile, systems_of
from govit.statements.sections import NOWHERE
from govit.statements.tables import ReportTable, TableRow

if TYPE_CHECKING:
    from pathlib import Path

    from govit.statements.disagreements import Disagreement, ReadReport

DAY = dt.date(2026, 11, 20)
PILE: Any = yaml.safe_load((TESTS / "statements" / "pile.yaml").read_text(encoding="utf-8"))
LINES = {"停车诱导子系统": "停车诱导", "停车资源管理子系统": "停车资源", "用户管理子系统": "", "统计分析": "", "移动端": ""}


@pytest.mark.parametrize(("name", "core"), [*LINES.items(), ("安全防护与密码应用", ""), ("系统管理平台", ""), ("智慧停车平台", "智慧停车")])
def test_a_name_is_compared_by_what_it_says(name: str, core: str) -> None:
    assert core_of(name) == core


def profiles() -> dict[str, Profile]:
    """The pile as it is compared."""
    found = {}
    for name, given in PILE["projects"].items():
        lines = [Feature(FUNCTION, line, core_of(line), "概算明细") for line in given.get("functions", []) if core_of(line)]
        rows = [Feature(RESOURCE, row, core_of(row, is_function=False), "数据资源目录") for row in given.get("resources", [])]
        found[name] = Profile(
            name, name, given["name"], given["unit"], given.get("year", 2027), given.get("before", ""), is_system=False,
            features=(*lines, *rows),
        )  # fmt: skip
    return found


def test_of_a_pile_the_pairs_that_a_reviewer_would_ask_about_are_found_and_no_other() -> None:
    found = [(pair.one.path, pair.other.path) for pair in pairs([*profiles().values()])]
    assert found == [tuple(pair) for pair in PILE["pairs"]]


def test_each_feature_alike_is_told_once_with_both_places() -> None:
    (first, *_) = pairs([*profiles().values()])
    shown = [(one.one.name, one.other.name) for one in first.alike]
    assert len(set(shown)) == len(shown) >= 2
    assert {one.one.place for one in first.alike} <= {"概算明细", "数据资源目录"}


def test_what_many_projects_have_is_no_mark_of_likeness() -> None:
    def many(number: int) -> list[Profile]:
        own = tuple(Feature(FUNCTION, name, name, "") for name in ("视频会商", "值班排班"))
        return [Profile(f"p{n}", f"p{n}", f"项目{n}", f"单位{n}", 2027, "", is_system=False, features=own) for n in range(number)]

    assert len(pairs(many(MOST_HOLDERS))) == MOST_HOLDERS * (MOST_HOLDERS - 1) // 2
    assert pairs(many(MOST_HOLDERS + 1)) == []


def test_the_order_of_the_projects_changes_nothing_but_which_is_named_first() -> None:
    there = {frozenset((p.one.path, p.other.path)): len(p.alike) for p in pairs([*profiles().values()])}
    back = {frozenset((p.one.path, p.other.path)): len(p.alike) for p in pairs([*profiles().values()][::-1])}
    assert there == back


# -- a system that the unit has already ------------------------------------------------------------------

SETTINGS = """regulation: lianyungang-2025
unit: {name: 某市停车管理中心, level: 市级, kind: 事业单位}
systems:
  - {id: old, name: 停车诱导发布系统, completed: 2021-11-26}
"""
PROJECT = """id: a
name: {}
year: 2027
stage: 申报
category: 新建
{}budget: {{total: 100万元, lines: [{{name: {}, amount: 100万元}}]}}
"""


def told(root: Path, name: str, line: str, more: str) -> list[str]:
    (root / "a").mkdir(parents=True)
    (root / "govit.yaml").write_text(SETTINGS, encoding="utf-8")
    (root / "a" / "project.yaml").write_text(PROJECT.format(name, more, line), encoding="utf-8")
    library = Library(examples=False)
    (dossier,) = load([root], library.vocabulary)
    (case,) = cases(dossier, library, Options(as_of=DAY, schedule=published()))
    found = [one for one in case.findings if one.rule == "GOV-216"]
    assert all(one.article == "第六条" and one.place.line == 2 for one in found)
    compared = pairs([profile(case.project, "a"), *systems_of(case.project.settings.systems, "某市停车管理中心")])
    assert {one.other.name for one in compared} == ({"停车诱导发布系统"} if found else set())
    return [one.message for one in found]


@pytest.mark.parametrize(
    ("name", "line", "more", "said"),
    [
        ("某市停车诱导发布平台", "软件开发", "", "“某市停车诱导发布平台”（项目名称）与本单位的已有系统“停车诱导发布系统”"),
        ("城区停车平台", "停车诱导发布子系统", "", "“停车诱导发布子系统”（概算明细）与本单位的已有系统“停车诱导发布系统”"),
        ("城区停车平台", "停车收费子系统", "", ""),
        ("某市停车诱导发布平台", "软件开发", "predecessor: old\n", ""),
        ("停车诱导发布系统升级改造", "软件开发", "", ""),
    ],
)
def test_a_system_of_the_unit_with_the_same_name_is_told_of(
    name: str, line: str, more: str, said: str, tmp_path: Path
) -> None:
    found = told(tmp_path, name, line, more)
    assert len(found) == bool(said)
    assert said in "".join(found)


# -- hostile tables ----------------------------------------------------------------------------------------


def of_table(rows: list[tuple[str, str]]) -> list[Disagreement]:
    """What a table of functions with these names and descriptions lists twice."""
    made = [
        TableRow({1: [Passage(name, at, "段")], 2: [Passage(said, at, "段")]}) for at, (name, said) in enumerate(rows, 1)
    ]
    table = ReportTable(FUNCTION, ("功能名称", "功能说明"), tuple(made), "", "", NOWHERE, name_at=0)
    return [*_listed_twice(cast("ReadReport", SimpleNamespace(path="documents/a.md")), table)]


def test_a_table_of_thousands_of_rows_of_one_name_is_compared_in_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def ratio(one: str, _: str) -> float:
        compared.append(one)
        return 0

    monkeypatch.setattr(fuzz, "ratio", ratio)
    assert of_table([("井盖告警处置", f"第{at}种告警的登记与转办") for at in range(3000)]) == []
    assert 0 < len(compared) <= 3000 * MOST_OF_A_NAME


def test_descriptions_beyond_all_length_are_not_compared() -> None:
    told_twice = ("井盖告警处置", "接收告警并转给养护单位处置")
    assert len(of_table([told_twice, told_twice])) == 1
    endless = ("井盖告警处置", "告" * (LONGEST_DESCRIPTION + 1))
    assert of_table([endless, endless]) == []


def test_of_many_rows_that_stand_twice_the_first_are_told_and_how_many_more() -> None:
    rows = [(f"第{at}类告警处置闭环", "接收告警并转给养护单位处置") for at in range(13)]
    told = of_table([*rows, *rows])
    assert len(told) == MOST_TOLD
    assert [one.message.endswith("；本表另有 3 处") for one in told] == [False] * (MOST_TOLD - 1) + [True]
