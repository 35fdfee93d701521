"""What the program meets on Windows and behind WPS: GBK consoles, pipes, blanks in paths, CRLF and BOM."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from places import ROOT, SAMPLES
from typer.testing import CliRunner

from govit.cli.commands import app

UNCLEAN = ROOT / "tests" / "dossiers" / "unclean"
DAY = "--as-of=2026-11-20"
COMMANDS = [
    ("check", UNCLEAN, DAY, "--all"),
    ("check", UNCLEAN, DAY, "--todo"),
    ("deadlines", SAMPLES, DAY, "--all"),
    ("route", SAMPLES, DAY, "--all"),
    ("render", "--list", SAMPLES),
    ("render", "--fields", SAMPLES / "lianyungang" / "2027-smart-parking"),
    ("regulations", "--coverage"),
    ("explain", "LYG-19-1"),
    ("--help",),
]


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda a: " ".join(Path(str(word)).name for word in a))
def test_every_character_can_be_shown_on_a_gbk_console(arguments: tuple[object, ...]) -> None:
    shown = CliRunner().invoke(app, [str(word) for word in arguments]).output
    assert len(shown) > 300
    lost = {character for character in shown if character.encode("gbk", "replace") == b"?" and character != "?"}
    assert lost - {"☐", "☑"} == set()  # the boxes of a form, as the form prints them


def program(*arguments: object, **env: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "govit", *map(str, arguments)]
    return subprocess.run(command, check=False, capture_output=True, env={**os.environ, **env})


def test_a_gbk_pipe_gets_gbk_and_a_character_beyond_it_is_replaced(tmp_path: Path) -> None:
    folder = copy_of_a_project(tmp_path / "a")
    text = (folder / "project.yaml").read_text(encoding="utf-8")
    (folder / "project.yaml").write_text(text.replace("name: 连云港市", "name: 😀连云港市", 1), encoding="utf-8")
    done = program("check", folder, DAY, PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert done.returncode in (0, 1), done.stderr
    assert "判断日" in done.stdout.decode("gbk")
    assert b"Traceback" not in done.stderr


def test_what_machines_read_is_utf8_in_every_pipe() -> None:
    done = program("check", UNCLEAN, DAY, "--format", "json", PYTHONIOENCODING="gbk", PYTHONUTF8="0")
    assert json.loads(done.stdout.decode("utf-8"))["schema"] == "govit-report/1"


def test_a_reader_that_has_seen_enough_is_no_error() -> None:
    command = f'"{sys.executable}" -m govit regulations --coverage | head -1'
    done = subprocess.run(command, shell=True, check=False, capture_output=True)  # noqa: S602 - a pipe is the point
    assert done.stderr == b""


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
def test_what_was_closed_beforehand_is_no_reason_to_fail() -> None:
    """As a scheduler starts programs: the verdict is the exit code."""
    command = f'"{sys.executable}" -m govit check "{UNCLEAN}" {DAY} <&- 2>&1 >&-'
    done = subprocess.run(command, shell=True, check=False, capture_output=True)  # noqa: S602 - what a shell closes is the point
    assert (done.returncode, done.stdout) == (1, b"")


def copy_of_a_project(where: Path) -> Path:
    shutil.copytree(SAMPLES / "lianyungang", where)
    return where / "2027-smart-parking"


def findings(folder: Path) -> list[tuple[str, int | None, str]]:
    done = CliRunner().invoke(app, ["check", str(folder), DAY, "--format", "json", "--all"])
    listed = json.loads(done.stdout)["findings"]
    return [(f["rule"], f["line"], f["outcome"]) for f in listed if f["rule"] != "GOV-110"]


def test_paths_with_blanks_and_chinese_names(tmp_path: Path) -> None:
    plain = findings(copy_of_a_project(tmp_path / "plain"))
    assert findings(copy_of_a_project(tmp_path / "数据局 2027 年（申报）" / "我 的 卷宗")) == plain


@pytest.mark.parametrize("change", ["CRLF", "BOM"])
def test_a_file_saved_by_windows_says_the_same(tmp_path: Path, change: str) -> None:
    folder = copy_of_a_project(tmp_path / "d")
    plain = findings(folder)
    for path in (folder / "project.yaml", folder.parent / "govit.yaml", *folder.glob("documents/*.md")):
        data = path.read_bytes()
        path.write_bytes(data.replace(b"\n", b"\r\n") if change == "CRLF" else b"\xef\xbb\xbf" + data)
    assert findings(folder) == plain
