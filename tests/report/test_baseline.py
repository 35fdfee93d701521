"""Only what is new since a report or a revision, by fingerprints; what was mended is counted."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from places import UNCLEAN
from published import follows
from typer.testing import CliRunner

from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

DAY = "--as-of=2026-11-20"


def check(*words: object) -> Result:
    return CliRunner().invoke(app, ["check", *map(str, words), DAY])


def report(*words: object) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(check(*words, "--format=json").stdout)
    follows(data, "govit-report-1")
    return data


@pytest.fixture
def dossier_then(tmp_path: Path) -> Path:
    """A faulty dossier, committed and tagged, and its report of that day."""
    folder = tmp_path / "卷宗"
    shutil.copytree(UNCLEAN, folder)
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "x"), ("tag", "then")):
        subprocess.run(["git", *words], cwd=folder, check=True)  # noqa: S607 - the git of the machine
    (tmp_path / "then.json").write_bytes(check(folder, "--format=json").stdout_bytes)
    return folder


def edit(dossier: Path, old: str, new: str) -> None:
    path = dossier / "pipeline-monitoring" / "project.yaml"
    text = path.read_text(encoding="utf-8")
    assert re.search(old, text, re.MULTILINE)
    path.write_text(re.sub(old, new, text, flags=re.MULTILINE), encoding="utf-8")


@pytest.fixture(params=["--baseline", "--diff"])
def than(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, str]:
    return request.param, {"--baseline": str(tmp_path / "then.json"), "--diff": "then"}[request.param]


def test_what_was_known_is_not_listed_and_fails_nothing(dossier_then: Path, than: tuple[str, str]) -> None:
    assert check(dossier_then).exit_code == 1
    known = len(report(dossier_then)["findings"])
    done = check(dossier_then, *than)
    assert done.exit_code == 0
    assert f"与 {than[1]} 相比：新出现 0 项，已改正 0 项；原有的 {known} 项没有列出。" in done.stdout
    assert "没有新出现的错误。" in done.stdout
    assert "没有新出现的待办" in check(dossier_then, *than, "--todo").stdout
    assert "没有新出现的错误" in check(dossier_then, *than, "--format=markdown").stdout
    assert report(dossier_then, *than)["findings"] == []


def test_what_is_new_is_listed_and_what_was_mended_is_counted(dossier_then: Path, than: tuple[str, str]) -> None:
    edit(dossier_then, r"^hosting: .*", "hosting: 全市统一政务云\nmanagr: 张三\n# 说明\n")
    done = check(dossier_then, *than)
    assert done.exit_code == 1
    assert "GOV-105" in done.stdout
    data = report(dossier_then, *than)
    assert {f["rule"] for f in data["findings"]} == {"GOV-105"}
    assert (data["baseline"]["new"], data["baseline"]["mended"], data["baseline"]["name"]) == (1, 1, than[1])
    assert data["counts"]["error"] == 1


def test_what_became_graver_is_new(dossier_then: Path, tmp_path: Path) -> None:
    path = tmp_path / "then.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    rules = [f for f in data["findings"] if f["rule"] == "LYG-8-1"]
    rules[0]["outcome"] = "undetermined"
    path.write_text(json.dumps(data), encoding="utf-8")
    assert [f["rule"] for f in report(dossier_then, "--baseline", path)["findings"]] == ["LYG-8-1"]


def test_projects_that_are_not_checked_now_are_not_counted_as_mended(dossier_then: Path, tmp_path: Path) -> None:
    data = report(dossier_then / "school-meals", "--baseline", tmp_path / "then.json")
    assert (data["baseline"]["new"], data["baseline"]["mended"]) == (0, 0)


def test_a_project_that_was_not_there_then_is_new_throughout(dossier_then: Path) -> None:
    shutil.copytree(dossier_then / "school-meals", dossier_then / "another")
    data = report(dossier_then, "--diff", "then")
    assert {f["project"] for f in data["findings"]} >= {"another"}
    assert data["baseline"]["mended"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--baseline", "no.json"), "no.json"),
        (("--baseline", "then.json", "--diff", "then"), "只能写一个"),
        (("--baseline", "卷宗/govit.yaml"), "不能作基线"),
        (("--diff", "nowhere"), "没有“nowhere”这个版本"),
        (("--diff", "--upload-pack=x"), "没有“--upload-pack=x”这个版本"),
    ],
)
def test_what_cannot_be_compared_with_is_said(dossier_then: Path, words: tuple[str, ...], said: str) -> None:
    done = check(dossier_then, *words)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr


@pytest.mark.parametrize("text", ["[]", "{}", '{"schema": "govit-report/1", "findings": [{}]}', "null", "\u0000"])
def test_a_file_that_is_no_report_is_refused(dossier_then: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    assert "不能作基线" in check(dossier_then, "--baseline", tmp_path / "x.json").stderr


def test_without_git_there_is_no_revision(tmp_path: Path) -> None:
    shutil.copytree(UNCLEAN, tmp_path / "卷宗")
    done = check(tmp_path / "卷宗", "--diff", "then")
    assert (done.exit_code, "--baseline" in done.stderr) == (2, True)


def test_nothing_is_left_in_the_repository(dossier_then: Path) -> None:
    before = sorted(str(path) for path in dossier_then.rglob("*"))
    check(dossier_then, "--diff", "then")
    assert sorted(str(path) for path in dossier_then.rglob("*")) == before
