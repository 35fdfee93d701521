"""Machines that die and files that do not hold still: nothing is lost, nothing is half written, and it is said clearly.

A command is killed at each of its dealings with the file system in turn, which no clock would hit so surely: Python tells
of every one before it is done. One process forks for each of them, so that Python is started once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from places import SAMPLES
from program import program

from govit.documents import passages
from govit.dossier import load

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = "--as-of=2026-11-20"
KILLED = """
import json, os, re, shutil, signal, sys
from pathlib import Path
from program import program

source, home, words = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
LEFT = re.compile(r"\\.govit-[a-z0-9_]{8}")

def held():
    return {p.relative_to(home).as_posix(): p.read_bytes() for p in sorted(home.rglob("*")) if p.is_file()}

def run(kill_at):
    '''The signal that ended the command, 0 if it ended by itself.'''
    child = os.fork()
    if not child:
        left = [kill_at]
        def dealing(event, given):
            if event.split(".")[0] in ("open", "os", "shutil", "tempfile", "fcntl") and any(str(home) in str(one) for one in given):
                left[0] -= 1
                if not left[0]:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(dealing)
        os._exit(program(*words).returncode)
    return os.waitpid(child, 0)[1] & 127

def fresh():
    shutil.rmtree(home, ignore_errors=True)
    shutil.copytree(source, home)

fresh()
program("check", source)
old = held()
run(0)
new = held()
wrong, moments = [], 0
for moment in range(1, 1000):
    fresh()
    died = run(moment)
    moments += bool(died)
    now = {name: data for name, data in held().items() if not LEFT.fullmatch(name.rpartition("/")[2])}
    for name in old.keys() | new.keys() | now.keys():
        if now.get(name) not in (old.get(name), new.get(name)):
            wrong.append(f"{moment}: {name} is neither what it was nor what it was to be")
    if (now == old or words[0] in ("new", "init")) and moment % 5 == 1:  # what makes several files is completed
        run(0)
        if held() != new:
            wrong.append(f"{moment}: the next run did not do it, or left {sorted(held().keys() - new.keys())}")
    if not died:
        break
print(json.dumps({"changed": old != new, "moments": moments, "wrong": wrong}))
"""


def dossier(folder: Path) -> Path:
    """A dossier of two projects, one with a document."""
    for name in ("good", "other"):
        (folder / name).mkdir(parents=True)
        text = (
            f"id: {name}\nname: {name}\nstage: 草拟\ncategory: 新建\nregulation: lianyungang-2025\n"
            "documents: [{kinds: [建设方案], path: 方案.md}]\n"
        )
        (folder / name / "project.yaml").write_text(text, encoding="utf-8")
        (folder / name / "方案.md").write_text("# 一\n\n内容\n", encoding="utf-8")
    (folder / "govit.yaml").write_text("regulation: lianyungang-2025\nyear: 2027\n", encoding="utf-8")
    return folder


@pytest.mark.skipif(sys.platform == "win32", reason="forks and signals of POSIX")
@pytest.mark.parametrize(
    "words",
    [
        ("answer", "{home}/good", "未拆分建设", "是", "--by", "甲", DAY),
        ("check", "{home}", "-o", "{home}/report.txt", DAY),
        ("new", "2027-b", "--name", "某", "--category", "新建", "--dir", "{home}"),
    ],
    ids=["answer", "check", "new"],
)
def test_a_command_killed_at_any_dealing_with_a_file_loses_nothing(tmp_path: Path, words: tuple[str, ...]) -> None:
    source, home = dossier(tmp_path / "source"), tmp_path / "home"
    given = [word.format(home=home) for word in words]
    path = os.pathsep.join([str(Path(__file__).parent.parent), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(source), str(home), *given],
        check=False, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["changed"]
    assert told["moments"] > 3
    assert told["wrong"] == []


# -- files that do not hold still -----------------------------------------------------------------------


def _findings(folder: Path) -> dict[str, list[dict[str, Any]]]:
    with contextlib.chdir(folder):  # paths are told from the current folder
        done = program("check", ".", "--as-of", "2026-11-20", "--format", "json")
    assert done.returncode in (0, 1)
    found: dict[str, list[dict[str, Any]]] = {}
    for one in json.loads(done.stdout)["findings"]:
        found.setdefault(one["project"], []).append(one)
    return found


def _before(monkeypatch: pytest.MonkeyPatch, where: Any, name: str, part: str, act: Callable[[Path], object]) -> None:
    """Let something happen to a file just before it is read."""
    own = getattr(where, name)

    def read(path: Any, *more: Any) -> Any:
        if part in str(path):
            act(Path(path))
        return own(path, *more)

    monkeypatch.setattr(where, name, read)


def test_a_document_that_vanishes_while_it_is_checked_is_a_finding_of_its_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = _findings(dossier(tmp_path / "alone"))["good"]
    _before(monkeypatch, passages, "read_with_passages", "other", lambda path: path.unlink())
    found = _findings(dossier(tmp_path / "d"))
    assert found["good"] == alone
    (gone,) = (one for one in found["other"] if "文件打不开" in one["message"])
    assert gone["severity"] == "error"
    assert gone["file"] == "other/方案.md"


def test_a_project_that_vanishes_while_it_is_read_is_a_finding_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = _findings(dossier(tmp_path / "alone"))["good"]
    _before(monkeypatch, load, "read_bytes", "other/project.yaml", lambda path: path.unlink())
    found = _findings(dossier(tmp_path / "d"))
    assert found["good"] == alone
    assert any(one["severity"] == "error" for one in found["other"])


@pytest.mark.parametrize("more", [b"\0" * 100_000, b"PK\5\6" + b"\xff" * 18], ids=["zeros", "a second end"])
def test_a_document_that_grows_while_it_is_read_is_read_or_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, more: bytes
) -> None:
    folder = dossier(tmp_path / "d")
    alone = _findings(folder)["good"]
    paper = next(SAMPLES.rglob("*.docx")).read_bytes()
    (folder / "other" / "方案.docx").write_bytes(paper)
    project = folder / "other" / "project.yaml"
    project.write_text(project.read_text(encoding="utf-8").replace("方案.md", "方案.docx"), encoding="utf-8")
    digest = hashlib.file_digest

    def growing(file: Any, name: str) -> Any:
        made = digest(file, name)
        if str(file.name).endswith(".docx"):
            with open(file.name, "ab") as same:
                same.write(more)
        return made

    monkeypatch.setattr(hashlib, "file_digest", growing)
    found = _findings(folder)
    assert found["good"] == alone
    assert not any(one["rule"] == "GOV-210" for one in found["other"])


def test_a_module_that_python_kept_cut_short_is_named(tmp_path: Path) -> None:
    """As a disk that was full leaves it: Python says no more than that the input ended."""
    env = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path), "PYTHONUTF8": "1"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    words = [sys.executable, "-m", "govit", "regulations", "--help"]
    assert subprocess.run(words, check=False, capture_output=True, env=env, timeout=100).returncode == 0
    (kept,) = tmp_path.rglob("cli/regulations.*.pyc")
    kept.write_bytes(kept.read_bytes()[:40])
    done = subprocess.run(words, check=False, capture_output=True, text=True, encoding="utf-8", env=env, timeout=100)
    assert done.returncode == 2
    assert "多半是磁盘写满过" in done.stderr
    assert kept.name in done.stderr
    kept.unlink()
    assert subprocess.run(words, check=False, capture_output=True, env=env, timeout=100).returncode == 0
