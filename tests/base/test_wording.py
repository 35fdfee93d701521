"""A text knows what it names: it is said in a report, on paper and in brief, and never taken apart again."""

from __future__ import annotations

import copy
import datetime as dt
import json

import pytest

from govit.base.wording import IS, Term, Wording, beside, file_named, in_brief, joined, on_paper

TOTAL = Term("budget.total（总投资）", "总投资")
DAY = dt.date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "said", "paper", "brief"),
    [
        ("没有填写", "没有填写", "没有填写", "没有填写"),
        (TOTAL, "budget.total（总投资）", "总投资", "总投资"),
        (Wording("{}在 {}", TOTAL, DAY), "budget.total（总投资）在 2026-03-01", "总投资在 2026年3月1日", "总投资在 2026年3月1日"),
        (Wording("{}{}{}", TOTAL, IS, "3万元"), "budget.total（总投资） = 3万元", "总投资：3万元", "总投资：3万元"),
        (file_named("a/方案.md", "文件 "), "文件 a/方案.md", "文件 a/方案.md", "《方案》"),
        (Wording("{}是", beside("办了吗？", "人工确认：")), "办了吗？是", "办了吗？是", "人工确认：是"),
        (Wording("等待{}", beside("“某问题”")), "等待“某问题”", "等待“某问题”", "等待"),
        (joined("、", (TOTAL, Wording("到 {}", DAY))), "budget.total（总投资）、到 2026-03-01", "总投资、到 2026年3月1日", "总投资、到 2026年3月1日"),
    ],
)  # fmt: skip
def test_a_text_is_said_in_three_ways(text: str, said: str, paper: str, brief: str) -> None:
    assert text == said
    assert f"{text}" == said
    assert on_paper(text) == paper
    assert in_brief(text) == brief
    assert json.dumps(text) == json.dumps(said)
    assert on_paper(copy.deepcopy(text)) == paper


def test_what_a_clerk_wrote_is_printed_as_it_is() -> None:
    """Brackets, keys and days inside a name are the clerk's own words, and no template."""
    name = "{0} budget.total（总投资） = 2026-03-01"
    assert on_paper(Wording("《{}》没有写", name)) == f"《{name}》没有写"
