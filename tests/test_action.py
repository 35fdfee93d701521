"""action.yml: its script as written, run as a runner would; and the pre-commit hook's entry."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from places import ROOT
from program import program

UNCLEAN = ROOT / "tests" / "dossiers" / "unclean"
BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None, reason="the runner's shell is bash")


def run_step(tmp_path: Path, programs: str = "bin", **inputs: str) -> subprocess.CompletedProcess[str]:
    """The checking step of the action with its inputs, each through the variable that the action gives it."""
    action: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    step = action["runs"]["steps"][1]
    given = {name.replace("-", "_"): str(about["default"]) for name, about in action["inputs"].items()} | inputs
    variables = {
        key: given[value.split(".")[1].strip(" }").replace("-", "_")]
        for key, value in step["env"].items()
        if "inputs." in value
    }
    bin_ = tmp_path / "govit" / programs
    bin_.mkdir(parents=True)
    (bin_ / "govit").write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m govit "$@"\n', encoding="utf-8")
    (bin_ / "govit").chmod(0o755)
    home = {
        "RUNNER_TEMP": str(tmp_path),
        "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md"),
        "GITHUB_OUTPUT": str(tmp_path / "output.txt"),
    }
    assert BASH
    return subprocess.run(
        [BASH, "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={**os.environ, **variables, **home},
    )


Step = tuple[subprocess.CompletedProcess[str], Path]


@pytest.fixture(scope="module")
def step(tmp_path_factory: pytest.TempPathFactory) -> Step:
    """The step run once on a dossier with faults, and the folder of what it wrote."""
    folder = tmp_path_factory.mktemp("step")
    return run_step(folder, paths=str(UNCLEAN), as_of="2026-11-20"), folder


def test_findings_become_annotations_a_summary_and_an_exit_code(step: Step) -> None:
    done, folder = step
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith("::error file=tests/dossiers/unclean/")
    assert "有错误，不能报送" in (folder / "summary.md").read_text(encoding="utf-8")


def test_reports_are_written_where_they_are_asked_for(tmp_path: Path) -> None:
    files = {"sarif": str(tmp_path / "a.sarif"), "junit": str(tmp_path / "a.xml")}
    run_step(tmp_path, paths=str(UNCLEAN), as_of="2026-11-20", **files)
    assert json.loads(Path(files["sarif"]).read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert "<testsuites" in Path(files["junit"]).read_text(encoding="utf-8")


def test_a_clean_dossier_passes_and_several_paths_are_lines(tmp_path: Path) -> None:
    paths = "sample-dossier/lianyungang\n\nsample-dossier/qidong\n"
    done = run_step(tmp_path, paths=paths, as_of="2026-11-20")
    assert (done.returncode, done.stdout) == (0, "")
    assert "共 7 个项目" in (tmp_path / "summary.md").read_text(encoding="utf-8")


def test_the_counts_are_outputs(step: Step) -> None:
    _, folder = step
    given = dict(line.split("=") for line in (folder / "output.txt").read_text(encoding="utf-8").splitlines())
    report = json.loads((folder / "govit.json").read_text(encoding="utf-8"))
    assert given == {"projects": "2"} | {name: str(number) for name, number in report["counts"].items()}
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    assert set(action["outputs"]) == set(given)


def test_the_program_is_found_where_windows_puts_it(tmp_path: Path) -> None:
    done = run_step(tmp_path, "Scripts", paths="sample-dossier/qidong", as_of="2026-11-20")
    assert done.returncode == 0, done.stderr


def test_an_input_is_data_and_never_part_of_the_script(tmp_path: Path) -> None:
    done = run_step(tmp_path, paths="$(touch broken)`touch broken`; touch broken")
    assert done.returncode == 2
    assert not (ROOT / "broken").exists()


HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_the_hook_checks_the_whole_repository() -> None:
    hook = HOOKS[0]
    assert (hook["entry"], hook["pass_filenames"], hook["always_run"]) == ("govit check", False, True)


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_each_hook_runs_as_it_is_written(hook: dict[str, Any]) -> None:
    name, *words = shlex.split(hook["entry"])
    assert name == "govit"
    done = program(*words, ROOT / "sample-dossier" / "lianyungang")
    assert done.returncode in (0, 1), done.stderr
    assert hook["pass_filenames"] is False
    assert done.stderr == ""


def test_the_container_is_built_from_what_there_is_and_asks_for_no_name_of_ours() -> None:
    text = (ROOT / "Containerfile").read_text(encoding="utf-8")
    copied = [
        part
        for line in text.splitlines()
        if line.startswith("COPY ") and "--from" not in line
        for part in line.split()[1:-1]
    ]
    assert copied
    assert [name for name in copied if not (ROOT / name).exists()] == []
    assert 'readme = "README.md"' in (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    installs = [line for line in text.splitlines() if "pip install" in line]
    assert installs
    assert all("--no-index" in line for line in installs)
    assert "USER clerk" in text
