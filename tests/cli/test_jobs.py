"""Any number of processes and any size of the pile give the same bytes; who is stopped leaves nothing behind."""

from __future__ import annotations

import json
import marshal
import os
import pickle
import signal
import subprocess
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
from places import SAMPLES, UNCLEAN
from program import program

from govit.base import workers
from govit.cli import checking
from govit.dossier import load
from govit.judging import stream
from govit.law.library import BUILT_IN, Library

if TYPE_CHECKING:
    from pathlib import Path

    from govit.judging.case import Case
    from govit.judging.judge import Judged

DAY = "--as-of=2026-11-20"
UNDER = (SAMPLES / "qidong", UNCLEAN)
"""Clean projects and others of two dossiers: what several of them have in common goes through the pile too."""
VIEWS = [
    [],
    ["--all"],
    ["--quiet"],
    ["--todo"],
    ["--summary"],
    ["--statistics"],
    ["--format=json"],
    ["--format=json", "--all", "--statistics"],
    ["--format=gitlab"],
    ["--format=sarif"],
    ["--format=junit"],
    ["--format=github"],
    ["--format=markdown"],
    ["--format=html"],
]
forks = pytest.mark.skipif(not workers.can_fork(), reason="one process does it all where there are no forks")


def said(*words: object) -> tuple[int, str, str]:
    done = program("check", *UNDER, DAY, *words)
    return done.returncode, done.stdout, done.stderr


@forks
@pytest.mark.parametrize("view", VIEWS, ids=" ".join)
def test_any_number_of_processes_gives_the_same_bytes(view: list[str]) -> None:
    assert said(*view, "--jobs=3") == said(*view, "--jobs=1")


@pytest.mark.parametrize("view", [[], ["--format=json", "--all"]], ids=" ".join)
def test_a_large_dossier_that_is_not_kept_gives_the_same_bytes(
    view: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = said(*view, "--jobs=1")
    monkeypatch.setattr(load, "READ_ONCE", 0)
    assert said(*view, "--jobs=1") == kept


@pytest.mark.parametrize("command", [["deadlines", "--all"], ["route", "--all"]])
def test_other_commands_say_the_same_of_a_dossier_that_is_not_kept(
    command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = program(*command, *UNDER, DAY).stdout
    monkeypatch.setattr(load, "READ_ONCE", 0)
    assert program(*command, *UNDER, DAY).stdout == kept


def test_every_pack_says_what_it_asks_of_neighbours() -> None:
    for path in BUILT_IN.glob("*.yaml"):
        keys = Library().asked_of_neighbours(path.stem)
        assert keys is not None
        assert "predecessor" not in keys


def test_neighbours_are_compared_by_all_that_the_rules_ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One project split in two: unit, year, name and total of a neighbour; and an earlier project that was completed."""
    text = (
        "id: {}\nname: 智慧停车平台{}\nregulation: lianyungang-2025\nstage: 申报\nyear: 2027\ncategory: 续建\n"
        "predecessor: {}\nunit: {{name: 某局, level: 市级}}\nbudget: {{total: 150万元}}\n"
        "events: [{{kind: 项目建成, on: 2026-05-01}}]\n"
    )
    for name, number, before in (("a", "一期", "b"), ("b", "二期", "a")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "project.yaml").write_text(text.format(name, number, before), encoding="utf-8")
    (tmp_path / "govit.yaml").write_text("{}\n", encoding="utf-8")
    words = ("check", tmp_path, DAY, "--stage=计划", "--format=json", "--all")
    kept = program(*words).stdout
    found = json.loads(kept)["findings"]
    rules = {(f["project"].rpartition("/")[2], f["rule"]) for f in found if f["project"] and f["outcome"] == "violates"}
    assert {("a", "LYG-7-2"), ("b", "LYG-7-2")} <= rules
    monkeypatch.setattr(load, "READ_ONCE", 0)
    assert program(*words).stdout == kept


@forks
@pytest.mark.parametrize("view", [["--format=json"], ["--format=junit"]], ids=" ".join)
def test_a_process_that_dies_is_told_and_hides_no_other_project(
    view: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = json.loads(said("--format=json", "--jobs=2")[1])
    fatal = whole["projects"][3]["path"]
    real, here = stream.judged_case, os.getpid()

    def deadly(case: Case, *, todo: bool = False) -> Judged:
        if case.path == fatal and os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(case, todo=todo)

    monkeypatch.setattr(stream, "judged_case", deadly)
    code, out, _ = said(*view, "--jobs=2")
    assert code == 1
    assert "检查这个项目的进程意外结束（SIGKILL）" in out
    if view == ["--format=json"]:
        data: Any = json.loads(out)
        assert [p["path"] for p in data["projects"]] == [p["path"] for p in whole["projects"]]
        others = [f for f in data["findings"] if f["project"] != fatal]
        assert others == [f for f in whole["findings"] if f["project"] != fatal]
        assert [f["rule"] for f in data["findings"] if f["project"] == fatal] == ["GOV-602"]


@forks
@pytest.mark.parametrize("view", [["--format=json"], ["--format=junit"]], ids=" ".join)
def test_who_is_stopped_between_two_projects_leaves_nobody_behind(
    view: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, here = stream.judged_case, os.getpid()
    begun = 0

    def waiting(case: Case, *, todo: bool = False) -> Judged:
        nonlocal begun
        begun += 1
        if begun > 1 and os.getpid() != here:
            signal.pause()
        return real(case, todo=todo)

    def stopped(_: object) -> object:
        raise KeyboardInterrupt

    monkeypatch.setattr(stream, "judged_case", waiting)
    if "json" in view[0]:
        monkeypatch.setattr(checking, "marshal", SimpleNamespace(dumps=marshal.dumps, loads=stopped))
    else:
        monkeypatch.setattr(pickle, "loads", stopped)  # already where the neighbours are gathered
    assert program("check", SAMPLES / "qidong", DAY, "--jobs=2", *view).returncode != 0
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


STOPPED = """
import os, signal, sys
from govit.judging import stream
real, file = stream.judged_case, int(sys.argv.pop(1))
def waiting(case, *, todo=False):
    os.write(file, b"x")
    signal.pause()
stream.judged_case = waiting
from govit.__main__ import main
main()
"""


@forks
@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("whole_group", [True, False], ids=["a terminal", "one process"])
def test_ctrl_c_ends_everything_at_once_and_leaves_nothing_behind(
    tmp_path: Path, jobs: int, *, whole_group: bool
) -> None:
    reading, writing = os.pipe()
    output = tmp_path / "报告" / "报告.json"
    words = ["check", str(SAMPLES), DAY, f"--jobs={jobs}", "--format=json", "--output", str(output)]
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED, str(writing), *words],
        pass_fds=[writing],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as running:
        os.close(writing)
        for _ in range(jobs):  # every process has begun with a project
            assert os.read(reading, 1) == b"x"
        (os.killpg if whole_group else os.kill)(running.pid, signal.SIGINT)
        out, err = running.communicate()
    assert (running.returncode, out, err) == (130, b"", b"")
    assert not output.exists()
    assert os.read(reading, 100) == b""  # nobody holds the other end any more
    os.close(reading)


@pytest.mark.parametrize("given", ["0", "-1", "二", "1000"])
def test_a_number_that_is_none_is_refused(given: str) -> None:
    assert program("check", UNCLEAN, f"--jobs={given}").returncode == 2
