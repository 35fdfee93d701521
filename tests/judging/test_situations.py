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
            "documents.项目绩效评价报告.date": "2024-10-18"}, {"events.框架方案确定": None}, {"traits.新建土建工程": True}],
    "LYG": [{"events.软件确权登记": None}, {"traits.新建土建工程": True, "traits.高耗能项目": True}],
    "TZ": [{"traits.新建土建工程": True}],
    "LZ": [{"approvals.立项审查": None}, {"documents.建设合同文本.headings": {"合同标的": 600}}],
}  # fmt: skip
"""One thing that is missing or not in order."""


@pytest.mark.parametrize(("prefix", "patch"), [(prefix, patch) for prefix in MISSING for patch in MISSING[prefix]])
def test_one_missing_thing_is_one_line(prefix: str, patch: dict[str, Any]) -> None:
    found = _examine(prefix, {"set": patch}).findings(everything=False)
    assert len(found) == 1, [(f.rule, f.subject) for f in found]


def test_in_trial_all_well_can_be_said() -> None:
    later = ["approvals.项目竣工验收", "approvals.专家组验收决议", "approvals.验收前确认", "approvals.结余资金收缴",
             "submissions.竣工验收申请", "submissions.验收前资料备案", "submissions.验收报告备案", "submissions.评价报告报送",
             "events.投入运行", "events.运维自评", "events.数字无形资产登记", "documents.验收报告"]  # fmt: skip
    confirmed = {"answers.电子文件同步": {"answer": "是", "by": "顾敏", "on": "2025-08-20"}}  # in the trial, not after it
    patch = {**dict.fromkeys(later), **confirmed, "stage": "试运行"}
    assert _examine("TZ", {"set": patch, "as_of": "2025-08-21"}).findings(everything=False) == []
