"""Several topics that one document lacks are one thing to do, so one line, whichever they are and whatever stands there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from dating import case_of, pack

from govit.authoring.examples import build
from govit.dossier.finding import Outcome

if TYPE_CHECKING:
    from govit.dossier.finding import Finding

CONTRACT = "documents.建设合同文本.headings"
ALL = ("源代码", "数据所有权", "软件著作权", "专利权", "商标权", "使用权")


def said(name: str, rule: str, on: str, patch: dict[str, Any]) -> list[Finding]:
    project, _ = build(pack(name), patch)
    case = case_of(project, pack(name), on, assume=True)
    return [f for f in case.examined().findings() if f.rule == rule]


@pytest.mark.parametrize(
    ("headings", "lacking"),
    [
        ({"合同标的": 600}, ALL),
        ({"源代码": 100}, ALL[1:]),
        ({"源代码、数据所有权、软件著作权、专利权和使用权": 300}, ("商标权",)),
        ({"源代码、数据所有权、软件著作权": 300, "专利权": 0, "使用权": 100}, ("专利权", "商标权")),
    ],
)
def test_what_a_contract_lacks_is_one_line(headings: dict[str, int], lacking: tuple[str, ...]) -> None:
    found = said("laizhou-2022", "LZ-28-3", "2023-09-01", {CONTRACT: headings})
    (one,) = [f for f in found if f.outcome is Outcome.VIOLATES]
    assert one.subject == f"建设合同文本/{'、'.join(lacking)}"
    assert all(f"“{topic}”" in one.detail for topic in lacking)
    assert len([f for f in found if f.outcome is Outcome.COMPLIES]) == len(ALL) - len(lacking)
    assert ("“专利权”（“专利权”下面没有内容）" in one.detail) is ("专利权" in headings)


def test_what_cannot_be_looked_into_is_one_line() -> None:
    (one,) = said("laizhou-2022", "LZ-28-3", "2023-09-01", {"documents.建设合同文本.unreadable": True})
    assert (one.outcome, one.subject) == (Outcome.UNDETERMINED, "建设合同文本")


def test_each_of_several_reports_has_its_own_line() -> None:
    whole = dict.fromkeys(["手续办理", "招投标", "开竣工", "实施情况", "形象进度", "当年完成投资", "当年资金使用"], 200)
    papers = [
        {"kinds": ["季度进展报告"], "path": "一.md", "date": "2024-07-01", "headings": whole},
        {"kinds": ["季度进展报告"], "path": "二.md", "date": "2024-10-08",
         "headings": {**whole, "累计完成投资": 200}},
    ]  # fmt: skip
    found = said("qidong-2022", "QD-18-4", "2025-02-20", {"documents": papers})
    lines = [f.subject.rpartition("/")[2] for f in found if f.outcome is Outcome.VIOLATES]
    assert lines == ["累计完成投资、累计使用资金", "累计使用资金"]


@pytest.mark.parametrize(
    ("stamped", "readable", "lines"),
    [(None, "2024-07-01", 1), ("2024-07-01", "2024-07-01", 1), ("2024-10-08", "2024-07-01", 2)],
)
def test_a_stamped_copy_leaves_nothing_open_unless_another_day_makes_it_a_paper_of_its_own(
    stamped: str | None, readable: str, lines: int
) -> None:
    paper = {"kinds": ["季度进展报告"], "path": "一.md", "date": readable, "headings": {"手续办理": 200}}
    copy = {"kinds": ["季度进展报告"], "path": "一.pdf", "unreadable": True} | ({"date": stamped} if stamped else {})
    found = said("qidong-2022", "QD-18-4", "2025-02-20", {"documents": [paper, copy]})
    assert len([f for f in found if f.outcome in (Outcome.VIOLATES, Outcome.UNDETERMINED)]) == lines
