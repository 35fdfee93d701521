"""Colours: on a terminal, unless NO_COLOR or FORCE_COLOR says otherwise, in every command that has them."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from places import SAMPLES, UNCLEAN
from typer.testing import CliRunner

from govit.cli.commands import app
from govit.cli.common import in_colour

if TYPE_CHECKING:
    from pathlib import Path

DAY = "--as-of=2026-11-20"
SAMPLE = SAMPLES / "lianyungang"


@pytest.fixture(scope="module")
def approved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier under git whose project has changed since its approval."""
    folder = tmp_path_factory.mktemp("卷宗")
    shutil.copytree(SAMPLE, folder, dirs_exist_ok=True)
    who = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    for words in (("init", "-q"), ("add", "-A"), (*who, "commit", "-qm", "x"), ("tag", "approved/1")):
        subprocess.run(["git", *words], cwd=folder, check=True)  # noqa: S607 - the git of the machine
    path = folder / "2026-road-inspection" / "project.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("total: 356.2万元", "total: 456.2万元"), encoding="utf-8")
    return folder


COMMANDS = {
    "check": ("check", UNCLEAN, DAY),
    "summary": ("check", UNCLEAN, DAY, "--summary"),
    "route": ("route", SAMPLE, DAY),
    "deadlines": ("deadlines", SAMPLE, DAY),
    "change": ("change", "2026-road-inspection", "--base", "approved/1", DAY),
}


def coloured(command: str, approved: Path, monkeypatch: pytest.MonkeyPatch, *more: str, **env: str) -> bool:
    monkeypatch.chdir(approved)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    return "\x1b[" in CliRunner().invoke(app, [*map(str, COMMANDS[command]), *more], env=env).stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_force_color_colours_a_pipe_and_no_color_wins(
    command: str, approved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not coloured(command, approved, monkeypatch)
    assert coloured(command, approved, monkeypatch, FORCE_COLOR="1")
    assert not coloured(command, approved, monkeypatch, FORCE_COLOR="")
    assert not coloured(command, approved, monkeypatch, FORCE_COLOR="1", NO_COLOR="1")


def test_a_terminal_is_coloured_unless_it_is_asked_not_to_be(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert in_colour(None)
    monkeypatch.setenv("NO_COLOR", "1")
    assert not in_colour(None)
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("TERM", "dumb")
    assert not in_colour(None)


def test_a_file_is_never_coloured(approved: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    coloured("check", approved, monkeypatch, "--output", str(tmp_path / "a.txt"), FORCE_COLOR="1")
    assert "\x1b" not in (tmp_path / "a.txt").read_text(encoding="utf-8")
