"""A warning that a person has looked into: told as information, and not asked again until a figure changes."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
import report_files
from report_files import findings

from govit.dossier.finding import Severity

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 20)
REPORT = "# 可行性研究报告\n\n## 一、概述\n\n本项目总投资 268 万元。\n".encode()
ENTRY = "confirmed:\n  - {{rule: GOV-212, file: documents/可研.md, subject: 总投资 {}, by: 张三, on: 2026-11-18, note: 含三年运维}}\n"


def test_a_warning_says_what_to_record(tmp_path: Path) -> None:
    (one,) = findings(tmp_path, {"可研.md": REPORT}, DAY)
    assert one.severity is Severity.WARNING
    assert "总投资：第 5 行写“268万元”，project.yaml 第 9 行的 budget.total（总投资） 写 260万元" in one.message
    assert "{rule: GOV-212, file: documents/可研.md, subject: 总投资 268万元, by: 核对人" in one.hint
    assert (one.place.file[-15:], one.place.line, one.place.heading) == ("documents/可研.md"[-15:], 5, "一、概述")


def test_a_confirmed_one_is_information(tmp_path: Path) -> None:
    (one,) = findings(tmp_path, {"可研.md": REPORT}, DAY, more=ENTRY.format("268万元"))
    assert one.severity is Severity.INFO
    assert one.message.startswith("已核对（张三，2026-11-18：含三年运维）：总投资")
    assert one.hint == ""


@pytest.mark.parametrize("entry", [ENTRY.format("286万元"), ENTRY.format("268万元").replace("可研.md", "方案.md")])
def test_another_figure_or_file_is_asked_about_again(
    entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_files, "FIGURES", (*report_files.FIGURES, "GOV-404"))
    warning, unused = findings(tmp_path, {"可研.md": REPORT}, DAY, more=entry)
    assert (warning.rule, warning.severity) == ("GOV-212", Severity.WARNING)
    assert (unused.rule, unused.severity, unused.place.file.rpartition("/")[2]) == (
        "GOV-404",
        Severity.INFO,
        "project.yaml",
    )


def test_a_record_without_its_reason_confirms_nothing(tmp_path: Path) -> None:
    (one,) = findings(
        tmp_path, {"可研.md": REPORT}, DAY, more=ENTRY.format("268万元").replace(", note: 含三年运维", "")
    )
    assert one.severity is Severity.WARNING


@pytest.mark.parametrize(
    "since",
    [
        {"stage": "实施"},
        {"contracts": [{"kind": "建设", "on": "2026-10-08", "amount": "250万元", "party": "某公司"}]},
    ],
)
def test_a_true_record_is_not_asked_to_be_deleted_once_nobody_asks_any_more(
    since: dict[str, object], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report_files, "FIGURES", (*report_files.FIGURES, "GOV-404"))
    text = "# 可行性研究报告\n\n## 四、建设内容\n\n数据库采购 Oracle 19c 两套。\n".encode()
    entry = ENTRY.replace("GOV-212", "GOV-217").format("").replace("总投资 ", "Oracle")
    (kept,) = findings(tmp_path / "early", {"可研.md": text}, DAY, more=entry)
    assert (kept.rule, kept.severity) == ("GOV-217", Severity.INFO)
    assert findings(tmp_path / "late", {"可研.md": text}, DAY, project=since, more=entry) == []
