"""GitHub workflow commands: one a line, escaped as the runner reads them, the gravest first."""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import TYPE_CHECKING

from places import UNCLEAN
from typer.testing import CliRunner

from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path

LINE = re.compile(r"::(error|warning|notice) ([^:]+)::(.*)")


def rows(*arguments: object) -> list[str]:
    return (
        CliRunner()
        .invoke(app, ["check", *map(str, arguments), "--as-of=2026-11-20", "--format=github"])
        .stdout.splitlines()
    )


def commands(*arguments: object) -> list[tuple[str, dict[str, str], str]]:
    found = [match for line in rows(*arguments) if (match := LINE.fullmatch(line))]
    return [(match[1], dict(pair.split("=", 1) for pair in match[2].split(",")), match[3]) for match in found]


def test_each_open_finding_marks_a_line_of_a_file_that_exists() -> None:
    root = UNCLEAN.parent.parent.parent
    for _, given, message in commands(UNCLEAN / "pipeline-monitoring"):
        assert "file" not in given or (root / given["file"]).is_file()
        assert "\n" not in message
        assert int(given.get("line", "1")) >= 1


def test_the_gravest_come_first_and_nothing_undetermined_is_hidden() -> None:
    found = commands(UNCLEAN)
    order = [command for command, _, _ in found]
    assert order == sorted(order, key=["error", "warning", "notice"].index)
    warnings = [given["title"][:2] for command, given, _ in found if command == "warning"]
    assert warnings == sorted(warnings, key=["警告", "待定", "还有"].index)
    assert warnings[-1] == "还有"
    report = CliRunner().invoke(app, ["check", str(UNCLEAN), "--as-of=2026-11-20", "--format=json"]).stdout
    assert sum("待定 " in row for row in rows(UNCLEAN)) == json.loads(report)["counts"]["undetermined"]


def test_of_each_kind_ten_are_shown_and_the_last_says_how_many_more_and_where() -> None:
    found = commands(UNCLEAN)
    assert max(Counter(command for command, _, _ in found).values()) == 10
    _, given, message = [one for one in found if one[0] == "error"][-1]
    plain = [row for row in rows(UNCLEAN) if not row.startswith("::")]
    more = sum(row.startswith("错误 ") for row in plain)
    assert more > 20
    assert f"还有 {more} 项错误" in given["title"]
    assert "日志" in message


def test_no_line_of_the_log_is_a_command_of_the_runner(dossier: Path) -> None:
    path = dossier / "bridge" / "project.yaml"
    keys = "".join(f'"k{n} ##[error]甲": 1\n' for n in range(12))
    path.write_text(path.read_text(encoding="utf-8") + keys, encoding="utf-8")
    plain = [row for row in rows(dossier) if not row.startswith("::")]
    assert plain
    assert not any("##[" in row for row in plain)


def test_what_the_runner_would_read_as_its_own_is_escaped(dossier: Path) -> None:
    path = dossier / "bridge" / "project.yaml"
    path.write_text(path.read_text(encoding="utf-8") + '"100%::error file=x,y::,": 1\n', encoding="utf-8")
    done = CliRunner().invoke(app, ["check", str(dossier), "--as-of=2024-06-03", "--format=github"])
    line = next(line for line in done.stdout.splitlines() if "100%25" in line)
    assert line.startswith("::error file=")
    assert "%0A" in line
