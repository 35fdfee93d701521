"""A stamped PDF beside the file that it was made of: judged, compared, and never a reason for a false verdict."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from ofd_files import ofd
from ofd_files import report as ofd_report
from pdf_files import one_font, report
from program import program

if TYPE_CHECKING:
    from collections.abc import Sequence

FILES = Path(__file__).parents[1] / "documents" / "files"
CHAPTERS = ("总论", "需求分析", "数据资源共享分析", "网络安全保障", "投资估算")
SETTINGS = "regulation: lianyungang-2025\nunit: {name: 某局, level: 市级, kind: 党政机关}\nyear: 2027\n"
PROJECT = "id: p\nname: 智慧停车\nyear: 2027\nstage: 申报\ncategory: 新建\nbudget: {total: 300万元}\nunit: {name: 某局}\ndocuments:\n"


def markdown(chapters: Sequence[str]) -> bytes:
    return "".join(f"# {name}\n\n{'内容。' * 60}\n\n" for name in chapters).encode()


def checked(root: Path, papers: dict[str, bytes], dates: dict[str, str] | None = None) -> list[dict[str, Any]]:
    """All findings about a project with these feasibility reports."""
    (root / "documents").mkdir()
    (root / "govit.yaml").write_text(SETTINGS, encoding="utf-8")
    listed = PROJECT
    for name, data in papers.items():
        (root / "documents" / name).write_bytes(data)
        date = f", date: {dates[name]}" if dates and name in dates else ""
        listed += f"- {{kinds: [可行性研究报告], path: documents/{name}{date}}}\n"
    (root / "project.yaml").write_text(listed, encoding="utf-8")
    findings: list[dict[str, Any]] = json.loads(program("check", root, "--as-of", "2026-11-20", "--format", "json").stdout)["findings"]
    return findings


def of(findings: list[dict[str, Any]], rule: str) -> list[dict[str, Any]]:
    return [one for one in findings if one["rule"] == rule]


def about(findings: list[dict[str, Any]], word: str) -> list[tuple[str, str]]:
    return [(one["outcome"], one["message"]) for one in findings if word in one["subject"] and one["rule"] != "GOV-218"]


@pytest.mark.parametrize("made", [lambda names: one_font(report(names)), lambda names: ofd(ofd_report(names))])
def test_a_chapter_that_a_certain_outline_lacks_is_missing(made: Any, tmp_path: Path) -> None:
    lacking = ("总论", "需求分析", "网络安全保障", "投资估算")
    found = about(checked(tmp_path, {"可研.pdf" if made(lacking).startswith(b"%PDF") else "可研.ofd": made(lacking)}), "数据资源共享")
    assert [outcome for outcome, _ in found] == ["violates"]


def test_a_chapter_that_an_uncertain_outline_lacks_is_undetermined(tmp_path: Path) -> None:
    pages = report(CHAPTERS)
    found = about(checked(tmp_path, {"可研.pdf": one_font([pages[0], pages[1], pages[3], pages[4]])}), "数据资源共享")
    ((outcome, detail),) = found
    assert outcome == "undetermined"
    assert "不能断定没有" in detail
    assert "docx" in detail


def test_words_that_may_be_a_heading_leave_it_open(tmp_path: Path) -> None:
    from pdf_files import shown

    pages = report(("总论", "需求分析", "网络安全保障", "投资估算"))
    pages[1] += shown("数据资源共享分析", 60, 300)
    ((outcome, detail),) = about(checked(tmp_path, {"可研.pdf": one_font(pages)}), "数据资源共享")
    assert outcome == "undetermined"
    assert "第 2 页" in detail


def test_a_scan_leaves_it_open_and_says_what_to_do(tmp_path: Path) -> None:
    scan = (FILES / "report.pdf").read_bytes()[:900]
    found = about(checked(tmp_path, {"可研.pdf": scan}), "数据资源共享")
    assert [outcome for outcome, _ in found] == ["undetermined"]


def test_an_uncertain_copy_beside_a_readable_file_leaves_nothing_open(tmp_path: Path) -> None:
    pages = report(CHAPTERS)
    papers = {"可研.md": markdown(CHAPTERS), "可研盖章.pdf": one_font([pages[0], pages[2], pages[4]])}
    findings = checked(tmp_path, papers)
    assert about(findings, "数据资源共享") == []
    assert of(findings, "GOV-211") == []


def test_copies_with_the_same_headings_are_no_finding(tmp_path: Path) -> None:
    findings = checked(tmp_path, {"可研.md": markdown(CHAPTERS), "可研盖章.pdf": one_font(report(CHAPTERS))})
    assert of(findings, "GOV-211") == []


@pytest.mark.parametrize("name", ["report.doc", "report.odt", "report.rtf"])
def test_the_same_report_in_two_formats_is_no_finding(name: str, tmp_path: Path) -> None:
    papers = {one: (FILES / one).read_bytes() for one in (name, "report.pdf")}
    findings = checked(tmp_path, papers)
    assert of(findings, "GOV-211") == []
    assert about(findings, "数据资源共享") == []


def test_copies_with_other_headings_are_told_with_both_places(tmp_path: Path) -> None:
    stamped = one_font(report(("总论", "需求分析", "数据资源共享分析", "网络安全保障", "风险评估")))
    (one,) = of(checked(tmp_path, {"可研.md": markdown(CHAPTERS), "可研盖章.pdf": stamped}), "GOV-211")
    assert one["severity"] == "warning"
    assert "“投资估算”（第 17 行）" in one["message"]
    assert "“第五章 风险评估”（第 5 页）" in one["message"]
    assert one["file"].endswith("可研盖章.pdf")
    assert "可研.md" in one["message"]


def test_papers_of_other_days_are_no_copies(tmp_path: Path) -> None:
    stamped = one_font(report(("总论", "需求分析", "数据资源共享分析", "网络安全保障", "风险评估")))
    dates = {"可研.md": "2026-05-01", "可研盖章.pdf": "2026-06-01"}
    assert of(checked(tmp_path, {"可研.md": markdown(CHAPTERS), "可研盖章.pdf": stamped}, dates), "GOV-211") == []


def test_a_bomb_is_told_and_the_other_projects_are_judged(tmp_path: Path) -> None:
    from pdf_files import stream

    bomb = one_font(["a"]).replace(b"startxref", b"startxxxx") + b"5 0 obj\n" + stream(b" " * 100_000_000) + b"\nendobj\n"
    for name, data in (("a", bomb), ("b", one_font(report(CHAPTERS)))):
        folder = tmp_path / name
        folder.mkdir()
        checked(folder, {"可研.pdf": data})
        shutil.move(folder / "govit.yaml", tmp_path / "govit.yaml")
    (tmp_path / "b" / "project.yaml").write_text((tmp_path / "b" / "project.yaml").read_text("utf-8").replace("id: p", "id: q"), "utf-8")
    found = json.loads(program("check", tmp_path, "--as-of", "2026-11-20", "--format", "json").stdout)
    (one,) = of(found["findings"], "GOV-206")
    assert one["file"].endswith("a/documents/可研.pdf")
    assert {project["path"] for project in found["projects"]} == {"a", "b"}
