"""Situations worked out by hand from the four texts: what one rule says of a pack's base with a patch laid over it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from dating import pack

from govit.authoring.examples import base_day, build
from govit.calendar.workdays import published
from govit.dossier.model import Index, Neighbour
from govit.judging.engine import Examined, Options, examine
from govit.law.packs.nodes import plain
from govit.yamltext.tree import parse

PACKS = {"LYG": "lianyungang-2025", "QD": "qidong-2022", "TZ": "taizhou-draft-2025", "LZ": "laizhou-2022"}
GRAVITY = ("violates", "undetermined", "complies", "not-applicable")


def _rows() -> list[Any]:
    root, faults = parse(Path(__file__).with_name("situations.yaml").read_text(encoding="utf-8"))
    assert faults == []
    found: dict[str, list[dict[str, Any]]] = plain(root)
    return [
        pytest.param(prefix, row, id=f"{row['rule']}-{n}")
        for prefix, rows in found.items()
        for n, row in enumerate(rows)
    ]


def _examine(prefix: str, row: dict[str, Any]) -> Examined:
    regulation = pack(PACKS[prefix])
    day = dt.date.fromisoformat(row["as_of"]) if "as_of" in row else base_day(regulation)[0]
    project, neighbours = build(regulation, row["set"], day)
    index = Index(tuple(Neighbour(f"n{n}", one) for n, one in enumerate((project, *neighbours))))
    options = Options(as_of=day, schedule=published(), stage=row.get("stage"), assume_in_force=regulation.draft)
    return examine(project, regulation, index, options)


@pytest.mark.parametrize(("prefix", "row"), _rows())
def test_a_situation_is_judged_as_the_text_has_it(prefix: str, row: dict[str, Any]) -> None:
    said = {j.verdict.outcome.value for j in _examine(prefix, row).each if j.rule.id == row["rule"]}
    assert next(outcome for outcome in GRAVITY if outcome in said) == row["is"]


MISSING = {
    "QD": [{"submissions.绩效评价报告报送": {"to": ["市财政局"], "on": "2024-10-20", "period": "2024"},
            "documents.项目绩效评价报告.date": "2024-10-18"}, {"events.框架方案确定": None}, {"traits.新建土建工程": True},
           {"documents.密码应用安全性评估报告": None}, {"approvals.项目综合评估": None},
           {"events.投资计划下达": None}],
    "LYG": [{"events.软件确权登记": None}, {"documents.密码应用安全性评估报告": None}, {"traits.新建土建工程": True, "traits.高耗能项目": True},
            {"build_mode": "分散建设", "traits.不适宜统一实施": True}, {"submissions.年度计划申报": None}],
    "TZ": [{"traits.新建土建工程": True}, {"approvals.立项审批": None}, {"approvals.立项审批.body": "市财政局"},
           {"approvals.项目竣工验收": None}, {"events.年度计划发布": None}],
    "LZ": [{"approvals.立项审查": None}, {"submissions.进展信息更新": None}, {"documents.建设合同文本.headings": {"合同标的": 600}}],
}  # fmt: skip
"""One thing that is missing or not in order."""


@pytest.mark.parametrize(("prefix", "patch"), [(prefix, patch) for prefix in MISSING for patch in MISSING[prefix]])
def test_one_missing_thing_is_one_line(prefix: str, patch: dict[str, Any]) -> None:
    found = _examine(prefix, {"set": patch}).findings(everything=False)
    assert len(found) == 1, [(f.rule, f.subject) for f in found]


ABSENT = {
    "LYG": ({"documents.密码应用安全性评估报告": None}, "LYG-25-5", "LYG-28-5"),
    "QD": ({"documents.密码应用安全性评估报告": None}, "QD-29-2", "QD-36-3"),
    "TZ": ({"approvals.立项审批": None}, "TZ-15-1", "TZ-13-2"),
}
"""One record that two rules want: the one whose line is told, and the one that it names."""


@pytest.mark.parametrize("prefix", ABSENT)
def test_what_several_articles_want_is_missing_once_and_names_them_all(prefix: str) -> None:
    patch, told, named = ABSENT[prefix]
    (found,) = _examine(prefix, {"set": patch}).findings(everything=False)
    assert found.rule == told
    assert f"（{named}）要的也是这一件" in found.message


EFFECTS = {
    "LYG": ({"build_mode": "分散建设", "traits.不适宜统一实施": True}, "LYG-21-5", "因此也不符合第二十一条第一款（LYG-21-1）"),
    "QD": ({"events.投资计划下达": None}, "QD-17-1", "未列入计划的除前期经费外不得使用财政资金（“前期以外支出”是 340万元"),
    "LZ": ({"submissions.进展信息更新": None}, "LZ-26-11", "第十六条（LZ-16-2）要的也是这一件"),
}  # fmt: skip
"""One thing that is not in order, by which several rules are broken: the gravest is told, and says so of the others."""


@pytest.mark.parametrize("prefix", EFFECTS)
def test_what_is_broken_only_by_what_is_missing_is_told_in_its_line(prefix: str) -> None:
    patch, told, words = EFFECTS[prefix]
    (found,) = _examine(prefix, {"set": patch}).findings(everything=False)
    assert found.rule == told
    assert words in found.message


def test_what_would_be_broken_all_the_same_has_a_line_of_its_own() -> None:
    """Reviewed by both bureaus, but after the contract: the plan is lacking and the review is late, and no waiver hides it."""
    patch = {
        "submissions.年度计划申报": None, "submissions.追加建设申请": {"to": ["市数据局"], "on": "2026-01-05"},
        "approvals.年度计划批准": None, "plans": ["市级规划"], "traits.工作需要追加": True, "traits.上级要求追加": False,
    }  # fmt: skip
    two = {f.rule for f in _examine("LYG", {"set": patch}).findings(everything=False) if f.rule.startswith("LYG-16")}
    assert two == {"LYG-16-2", "LYG-16-4"}, "16-1 is told with the review that is lacking; what is asked stays"
    waiver = {"rule": "LYG-16-1", "reason": "上级要求", "by": "市政府", "number": "某〔2026〕9号", "until": "2026-12-31"}
    waived = _examine("LYG", {"set": {**patch, "waivers": [waiver]}}).findings(everything=False)
    assert "LYG-16-1" in {f.rule for f in waived}


def test_what_a_waiver_covers_keeps_a_line_of_its_own() -> None:
    """Else the excuse for one article would excuse the other as well."""
    waiver = {
        "rule": "LYG-28-5",
        "reason": "另行评估",
        "by": "市数据局",
        "number": "连数函〔2026〕9号",
        "until": "2026-12-31",
    }
    patch = {"documents.密码应用安全性评估报告": None, "waivers": [waiver]}
    found = _examine("LYG", {"set": patch}).findings(everything=False)
    assert {f.rule for f in found} == {"LYG-25-5", "LYG-28-5"}


def test_what_each_body_owes_is_a_line_of_its_own() -> None:
    found = _examine("QD", {"set": {"events.工程严重逾期": "2024-11-30"}}).findings(everything=False)
    assert len(found) == 2


def test_in_trial_all_well_can_be_said() -> None:
    later = ["approvals.项目竣工验收", "approvals.专家组验收决议", "approvals.验收前确认", "approvals.结余资金收缴",
             "submissions.竣工验收申请", "submissions.验收前资料备案", "submissions.验收报告备案", "submissions.评价报告报送",
             "events.投入运行", "events.运维自评", "events.数字无形资产登记", "documents.验收报告"]  # fmt: skip
    confirmed = {
        "answers.电子文件同步": {"answer": "是", "by": "顾敏", "on": "2025-08-20"}
    }  # in the trial, not after it
    patch = {**dict.fromkeys(later), **confirmed, "stage": "试运行"}
    assert _examine("TZ", {"set": patch, "as_of": "2025-08-21"}).findings(everything=False) == []
