"""A stamped PDF and its source: figures that both state are compared, and one read from pages raises no false alarm."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from pdf_files import one_font, report, shown
from report_files import findings

if TYPE_CHECKING:
    from pathlib import Path

    from govit.dossier.finding import Finding

DAY = dt.date(2026, 11, 20)
CHAPTERS = ("总论", "需求分析", "建设内容", "网络安全保障", "投资估算")


def printed(total: str) -> bytes:
    pages = report(CHAPTERS)
    pages[4] += shown(f"本项目总投资{total}万元，全部由市级财政资金安排。", 60, 90)
    return one_font(pages)


def source(total: str) -> bytes:
    text = "".join(f"# 第{'一二三四五'[at]}章 {name}\n\n{'内容。' * 60}\n\n" for at, name in enumerate(CHAPTERS))
    return f"{text}本项目总投资 {total} 万元，全部由市级财政资金安排。\n".encode()


def of_figures(root: Path, first: str, second: str) -> list[Finding]:
    found = findings(root, {"可研.md": source(first), "可研盖章.pdf": printed(second)}, DAY)
    return [one for one in found if one.rule != "GOV-218"]


def test_a_copy_with_the_same_total_is_no_finding(tmp_path: Path) -> None:
    assert of_figures(tmp_path, "260", "260") == []


def test_a_copy_with_another_total_is_told_with_both_places(tmp_path: Path) -> None:
    found = of_figures(tmp_path, "260", "286")
    assert [(one.rule, one.subject) for one in found] == [("GOV-214", "总投资 286万元、260万元")]
    assert "《documents/可研盖章.pdf》第 5 页写“286万元”，《documents/可研.md》第 21 行写“260万元”" in found[0].message


def test_what_a_source_does_not_speak_of_is_not_told_of_its_copy_again(tmp_path: Path) -> None:
    found = findings(tmp_path, {"可研.md": source("260"), "可研盖章.pdf": printed("260")}, DAY)
    assert {one.place.file.rpartition("/")[2] for one in found} == {"可研.md"}
