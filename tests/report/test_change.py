"""govit change as people and machines get it."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from committed import commit, edit, git, sample
from published import follows
from typer.testing import CliRunner

from govit.base.width import width
from govit.cli.commands import app

if TYPE_CHECKING:
    from collections.abc import Callable

    from typer.testing import Result

    Snapshot = Callable[[str, str], None]

EDITS = {
    "lianyungang/2026-road-inspection": (
        ("amount: 54万元, spent", "amount: 67.2万元, spent"),
        ("amount: 39.6万元, spent", "amount: 26.4万元, spent"),
        ("6 套无人机巡检设备", "4 套无人机巡检设备"),
        ("end: 2026-12-18", "end: 2027-01-29"),
    ),
    "qidong/2025-river-patrol": (
        ("amount: 52万元, spent", "amount: 53万元, spent"),
        ("amount: 48万元, spent", "amount: 47万元, spent"),
        ("objective: 1246", "objective: 1300"),
    ),
    "taizhou/2025-home-care": (
        ("amount: 9.4万元, spent", "amount: 15万元, spent"),
        ("total: 168万元", "total: 173.6万元"),
    ),
    "laizhou/2023-fishing-port": (
        ("amount: 88万元, spent", "amount: 134万元, spent"),
        ("amount: 76万元, spent", "amount: 30万元, spent"),
    ),
}


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["change", *map(str, arguments)])


def changed(tmp_path: Path, name: str) -> Path:
    """A sample, approved, and then edited; the project's folder."""
    city, _, project = name.partition("/")
    folder = sample(tmp_path, city) / project
    edit(folder / "project.yaml", *EDITS[name])
    paper = next(iter(sorted((folder / "documents").glob("*.md"))))
    with paper.open("a", encoding="utf-8") as file:
        file.write("\n## 新增一节\n\n补充说明。\n")
    return folder


def without_commit(text: str) -> str:
    """The text with the commit's number out, which depends on nothing but the samples."""
    import re

    return re.sub(r"提交 [0-9a-f]{8}", "提交 ········", text)


@pytest.mark.parametrize("name", EDITS)
def test_what_changed_and_what_follows(tmp_path: Path, name: str, snapshot: Snapshot) -> None:
    done = run(changed(tmp_path, name), "--as-of=2026-11-20")
    snapshot(f"change-{name.split('/', maxsplit=1)[0]}", without_commit(done.output))
    assert all(width(line) <= 100 for line in done.output.splitlines())
    assert done.output.encode("gbk")


@pytest.mark.parametrize("name", EDITS)
def test_json_keeps_its_contract_and_its_bytes(tmp_path: Path, name: str) -> None:
    folder = changed(tmp_path, name)
    first, second = (run(folder, "--as-of=2026-11-20", "--format=json").output for _ in range(2))
    assert first == second
    data = json.loads(first)
    follows(data, "govit-change-1")
    (project,) = data["projects"]
    assert project["changed"] is True
    assert project["consequences"]["always"] or project["consequences"]["scenarios"]


def test_json_of_one_fen(tmp_path: Path) -> None:
    folder = sample(tmp_path, "qidong") / "2025-river-patrol"
    edit(
        folder / "project.yaml",
        ("amount: 52万元", "amount: 519999.99元"),
        ("  total: 236.4万元", "  total: 2363999.99元"),
    )
    data = json.loads(run(folder, "--as-of=2026-11-20", "--format=json").output)
    follows(data, "govit-change-1")
    assert "-不到0.0001%" in [line["percent"] for line in data["projects"][0]["money"]["lines"]]


def test_json_of_what_is_not_compared(tmp_path: Path) -> None:
    folder = changed(tmp_path, "qidong/2025-river-patrol")
    edit(folder / "project.yaml", ("id: 2025-river-patrol", "id: 全新"))
    folder.rename(folder.parent / "新的")
    done = run(folder.parent, "--as-of=2026-11-20", "--format=json")
    data = json.loads(done.output)
    follows(data, "govit-change-1")
    (new,) = (p for p in data["projects"] if p["not_compared"])
    assert new["not_compared"]["why"] == "new"
    assert done.exit_code == 0


def test_exit_codes(tmp_path: Path) -> None:
    folder = changed(tmp_path, "laizhou/2023-fishing-port")
    assert run(folder, "--as-of=2023-05-20").exit_code == 1
    done = run(folder, "--as-of=2023-05-20", "--base=没有")
    assert done.exit_code == 2
    assert "没有“没有”这个版本" in done.output
    assert run(folder, "--ground=没有").exit_code == 2
    assert run(folder / "不存在").exit_code == 2
    root = sample(tmp_path, "taizhou")
    assert run(root).exit_code == 0
    assert run(root, "--output", root / "2025-home-care" / "报告.txt").exit_code == 2


def test_what_the_clerk_says_leaves_one_way(tmp_path: Path) -> None:
    folder = changed(tmp_path, "qidong/2025-river-patrol")
    asked = run(folder, "--as-of=2026-11-20").output
    assert "如果建设目标不变，调整情形是“上级部署改变内容”" in asked
    assert "其他情形：" in asked
    told = run(folder, "--as-of=2026-11-20", "--goal=不变", "--ground=技术方案完善优化").output
    assert "其他情形" not in told
    assert "QD-28-1" in told
    assert "QD-28-3" in run(folder, "--as-of=2026-11-20", "--goal=改变").output


def test_a_run_fails_where_every_way_that_is_left_wants_something(tmp_path: Path) -> None:
    folder = changed(tmp_path, "qidong/2025-river-patrol")
    assert run(folder, "--as-of=2026-11-20").exit_code == 1
    path = folder / "project.yaml"
    edit(
        path,
        (
            "  - {kind: 内容调整备案,",
            "  - {kind: 内容调整备案, to: 市行政审批局, on: 2026-11-20, of: 2026-11-20}\n  - {kind: 内容调整备案,",
        ),
    )
    assert run(folder, "--as-of=2026-11-20").exit_code == 0
    assert run(folder, "--as-of=2026-11-20", "--fail-on=undetermined").exit_code == 1


def test_the_record_that_is_proposed_is_read_and_covers_the_change(tmp_path: Path) -> None:
    folder = changed(tmp_path, "lianyungang/2026-road-inspection")
    lines = run(folder, "--as-of=2026-11-20").output.splitlines()
    start = next(n for n, line in enumerate(lines) if "changes（调整）里记上" in line) + 1
    end = next(n for n in range(start, len(lines)) if not lines[n].startswith("      "))
    path = folder / "project.yaml"
    text = path.read_text(encoding="utf-8")
    entry = "\n".join(line[4:] for line in lines[start:end])
    path.write_text(text.replace("\nchanges:\n", f"\nchanges:\n{entry}\n"), encoding="utf-8")
    again = run(folder, "--as-of=2026-11-20").output
    assert "量得的差额都已登记" in again
    assert "里记上" not in again


def test_several_repositories_in_one_run(tmp_path: Path) -> None:
    one, other = sample(tmp_path, "taizhou"), sample(tmp_path, "laizhou")
    shutil.rmtree(other / ".git")
    done = run(one, other, "--as-of=2026-11-20")
    assert done.exit_code == 1
    assert done.output.count("与批复版本相比没有变化") == 2
    assert done.output.count("没有比较") == 2


def test_a_regulation_of_ones_own_is_compared_too(dossier: Path) -> None:
    commit(dossier, "approved/2024")
    edit(dossier / "bridge" / "project.yaml", ("total: 120万元", "total: 130万元"))
    done = run(dossier, "--as-of=2024-06-03")
    assert "+10万元" in done.output
    assert "+约8.3333%" in done.output
    assert "本办法没有规定调整的比例限额" in done.output
    git(dossier, "tag", "-d", "approved/2024")
    assert run(dossier, "--as-of=2024-06-03").exit_code == 2


@pytest.mark.skipif(os.name == "nt", reason="such names cannot be made there")
def test_names_that_are_no_text_are_shown_and_harm_no_format(tmp_path: Path) -> None:
    folder = changed(tmp_path, "qidong/2025-river-patrol")
    Path(os.fsdecode(os.fsencode(folder) + b"/documents/\xff\x1b.txt")).write_text("x", encoding="utf-8")
    assert "新增 documents/\\udcff\\u001b.txt" in run(folder, "--as-of=2026-11-20").output
    assert json.loads(run(folder, "--as-of=2026-11-20", "--format=json").output)


def test_headings_and_rule_titles_in_english(tmp_path: Path) -> None:
    folder = changed(tmp_path, "laizhou/2023-fishing-port")
    done = CliRunner().invoke(app, ["--lang", "en", "change", str(folder), "--as-of=2026-11-20"])
    assert "What follows" in done.output
    assert "Any other change is applied for anew" in done.output
    machine = ["change", str(folder), "--as-of=2026-11-20", "--format=json"]
    assert CliRunner().invoke(app, ["--lang", "en", *machine]).output == CliRunner().invoke(app, machine).output
    assert CliRunner().invoke(app, ["--lang", "zh", "change", str(folder)]).output.count("后果") == 1
