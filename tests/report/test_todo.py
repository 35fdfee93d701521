"""The to-do list: one line for each value or act, what follows from one fault, and the next step."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pytest
from places import SAMPLES, UNCLEAN
from typer.testing import CliRunner

from govit.cli.commands import app
from govit.dossier.finding import Finding, Outcome, Place, Severity, ToFill
from govit.report.todo import todos

if TYPE_CHECKING:
    from pathlib import Path

DAY = "--as-of=2026-11-20"
MANHOLE, PARKING = "2026-manhole-safety", "2027-smart-parking"


def check(*arguments: object) -> str:
    return CliRunner().invoke(app, ["check", *map(str, arguments), DAY]).stdout


@pytest.fixture
def lianyungang(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLES / "lianyungang", tmp_path / "卷宗")
    return tmp_path / "卷宗"


def edit(dossier: Path, project: str, old: str, new: str) -> Path:
    path = dossier / project / "project.yaml"
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text, re.MULTILINE)
    path.write_text(re.sub(old, new, text, flags=re.MULTILINE), encoding="utf-8")
    return dossier / project


def numbered(text: str) -> list[tuple[int, str]]:
    return [(int(n), rest) for n, rest in re.findall(r"(?m)^ +(\d+)\. (.*)$", text)]


@pytest.mark.parametrize("name", ["pipeline-monitoring", "school-meals"])
def test_lines_are_numbered_grouped_and_the_gravest_first(name: str) -> None:
    text = check(UNCLEAN / name, "--todo")
    rows = numbered(text)
    assert [n for n, _ in rows] == list(range(1, len(rows) + 1))
    assert f"待办 {len(rows)} 项" in text
    for group in re.split(r"(?m)^  \S+（\d+ 项）：$", text)[1:]:
        grades = [row[:2] for _, row in numbered(group)]
        assert grades == sorted(grades, key=["错误", "警告", "待定", "提示"].index)
    for count, group in re.findall(r"(?m)^  \S+（(\d+) 项）：\n((?: {3,}.*\n)+)", text):
        assert len(numbered(group)) == int(count)


@pytest.mark.parametrize("name", ["pipeline-monitoring", "school-meals"])
def test_one_remedy_is_told_once(name: str) -> None:
    lines = check(UNCLEAN / name, "--todo").splitlines()
    remedies = [line for line in lines if line.startswith("       ") and "同第" not in line]
    assert len(remedies) == len(set(remedies))
    for line in lines:
        if found := re.fullmatch(r" {7}怎么办同第 (\d+) 项", line):
            at = next(n for n, text in enumerate(lines) if re.match(rf" +{found[1]}\. ", text))
            assert lines[at + 1].startswith("       ")


def test_a_value_that_several_rules_wait_for_is_one_line() -> None:
    rows = [row for _, row in numbered(check(UNCLEAN / "pipeline-monitoring", "--todo")) if "重要网络与信息系统" in row]
    assert len(rows) == 1
    assert "LYG-25-1、LYG-25-2" in rows[0]


def test_what_one_of_several_rules_advises_is_not_said_for_all() -> None:
    """A hint stands below the line of the one rule that gives it; a line of several has none."""
    text = check(UNCLEAN / "pipeline-monitoring", "--todo")
    below = re.findall(r"(?m)^ +\d+\. .*（([A-Z]+-[^（）]*)）\n(?: {7}(?!.*随之)(\S.*))?", text)
    assert any("、" not in rules and hint for rules, hint in below)
    assert [hint for rules, hint in below if "、" in rules and hint] == []


def waiting(subject: str, severity: Severity = Severity.ERROR, rule: str = "SM-1-1") -> Finding:
    """A finding that waits for the amount of one contract."""
    return Finding(
        rule=rule,
        title="应写明金额",
        severity=severity,
        nominal=severity,
        outcome=Outcome.VIOLATES,
        project="p",
        subject=subject,
        message="还不能判断",
        place=Place("p/project.yaml", 3, 5),
        article="第一条",
        unfilled=ToFill("amount（金额）", "amount", "amount"),
    )


@pytest.mark.parametrize(
    ("subject", "shown"),
    [("井盖合同", "填写 〔井盖合同〕amount（金额）"), ("amount", "填写 amount（金额）"), ("", "填写 amount（金额）")],
)
def test_a_value_of_an_entry_is_named_with_its_entry(subject: str, shown: str) -> None:
    """Which contract, which document: the same key stands in each."""
    finding = waiting(subject)
    listed, _ = todos([finding])
    assert [one.does for one in listed] == [shown]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        (r"^traits:", "trait:", "GOV-105"),
        (r"^category:", "catgory:", "GOV-105"),
        (r"^category: .*", "category: 新见", "GOV-106"),
        (r"^  total: .*", "  total: 168.5", "GOV-107"),
        (r"^  数据有偿使用: .*", "  数据有偿: false", "GOV-106"),
    ],
)
def test_what_follows_from_one_fault_stands_with_it(lianyungang: Path, old: str, new: str, fault: str) -> None:
    folder = edit(lianyungang, MANHOLE, old, new)
    text = check(folder)
    assert "  待定 " not in text
    told = re.findall(r"由此无法判断 (\d+) 项：(.*)；改好", text)
    assert len(told) == 1
    assert int(told[0][0]) == len(told[0][1].split("、")) == int(re.findall(r"无法判断 (\d+)、已豁免", text)[-1])
    rows = numbered(check(folder, "--todo"))
    assert [fault in row for _, row in rows] == [True] * len(rows)


def test_a_fault_elsewhere_folds_nothing(tmp_path: Path) -> None:
    shutil.copytree(UNCLEAN, tmp_path / "卷宗")
    path = tmp_path / "卷宗" / "pipeline-monitoring" / "project.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "managr: 张三\n", encoding="utf-8")
    text = check(path)
    assert "  待定 " in text
    assert "由此无法判断" not in text


def test_a_missing_record_is_not_called_a_blank_to_fill_in() -> None:
    for _, row in numbered(check(UNCLEAN, "--todo")):
        assert not re.match(r"\S+ 填写 (?:合同|审批|报送|事项|文件)“", row)


def test_the_next_step_says_to_whom_with_what_until_when(lianyungang: Path) -> None:
    text = check(lianyungang / PARKING, "--todo")
    assert "现在没有要补的内容" in text
    assert "下一步 第 2 步，本项目单位 → 市数据局：提交下一年度计划（第十二条，LYG-12-1）" in text
    assert "材料 √建设方案  √可行性研究报告" in text
    assert "期限 2026-11-27（还有 7 天，LYG-12-3" in text


def test_a_notice_that_is_not_registered_is_named_by_todo_and_deadlines(lianyungang: Path) -> None:
    path = lianyungang / "govit.yaml"
    text = path.read_text(encoding="utf-8")
    assert "预算编制截止" in text
    path.write_text(re.sub(r"(?m)^  - kind: 预算编制截止\n(?:    .*\n)+", "", text), encoding="utf-8")
    assert "没有登记“预算编制截止”的通知" in check(lianyungang / PARKING, "--todo")
    shown = CliRunner().invoke(app, ["deadlines", str(lianyungang), DAY]).stdout.replace("\n", "")
    assert "没有登记“预算编制截止”的通知" in re.sub(r"\s", "", shown)


@pytest.mark.parametrize("city", ["lianyungang", "qidong", "taizhou", "laizhou"])
def test_every_sample_has_its_next_step(city: str) -> None:
    text = check(SAMPLES / city, "--todo")
    assert all("  下一步" in block for block in text.split("■ ")[1:] if "  阶段 " in block)


def test_of_several_findings_that_wait_for_one_value_the_gravest_speaks() -> None:
    listed, _ = todos([waiting("甲", Severity.WARNING), waiting("甲", Severity.ERROR, "SM-1-2")])
    assert [(one.first.rule, len(one.findings)) for one in listed] == [("SM-1-2", 2)]
