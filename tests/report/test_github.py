"""GitHub workflow commands: one a line, escaped as the runner reads them, the gravest first."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from places import UNCLEAN
from typer.testing import CliRunner

from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path

LINE = re.compile(r"::(error|warning|notice) ([^:]+)::(.*)")


def commands(*arguments: object) -> list[tuple[str, dict[str, str], str]]:
    done = CliRunner().invoke(app, ["check", *map(str, arguments), "--as-of=2026-11-20", "--format=github"])
    found = []
    for line in done.stdout.splitlines():
        match = LINE.fullmatch(line)
        assert match, line
        found.append((match[1], dict(pair.split("=", 1) for pair in match[2].split(",")), match[3]))
    return found


def test_each_open_finding_marks_a_line_of_a_file_that_exists() -> None:
    root = UNCLEAN.parent.parent.parent
    for _, given, message in commands(UNCLEAN):
        assert (root / given["file"]).is_file()
        assert "\n" not in message
        assert int(given.get("line", "1")) >= 1


def test_the_gravest_come_first_and_nothing_undetermined_is_hidden() -> None:
    found = commands(UNCLEAN)
    order = [command for command, _, _ in found]
    assert order == sorted(order, key=["error", "warning", "notice"].index)
    assert sum(given["title"].startswith("待定") for _, given, _ in found) == 14


def test_what_the_runner_would_read_as_its_own_is_escaped(dossier: Path) -> None:
    path = dossier / "bridge" / "project.yaml"
    path.write_text(path.read_text(encoding="utf-8") + '"100%::error file=x,y::,": 1\n', encoding="utf-8")
    done = CliRunner().invoke(app, ["check", str(dossier), "--as-of=2024-06-03", "--format=github"])
    line = next(line for line in done.stdout.splitlines() if "100%25" in line)
    assert line.startswith("::error file=")
    assert "%0A" in line
