"""A plain line calls its command with the very values that typer would give it; everything else is left to typer."""

from __future__ import annotations

import inspect
import os
import subprocess
import sys
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

import pytest
from cli.plain import TABLE, made
from hypothesis import given, settings
from hypothesis import strategies as st
from places import SAMPLES
from typer.exceptions import TyperException

from govit.cli import plain
from govit.cli.commands import declared
from govit.cli.plain import COMMANDS, plain_call
from govit.cli.plain_options import ARGUMENTS, OPTIONS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from typer.core import TyperCommand

PROJECT = SAMPLES / "lianyungang" / "2027-streetlight-ops"


def test_the_table_is_what_typer_makes_of_the_declarations() -> None:
    if os.environ.get("GOVIT_SNAPSHOTS") == "write":
        TABLE.write_text(made(), encoding="utf-8")
    assert TABLE.read_text(encoding="utf-8") == made()


def test_every_command_has_its_plain_lines() -> None:
    assert list(OPTIONS) == list(ARGUMENTS) == list(COMMANDS)


# -- the same values -----------------------------------------------------------------------------------


@cache
def command_of(name: str) -> tuple[ModuleType, inspect.Signature]:
    """A module that stands for that of a command, whose command gives back the values that it is called with."""
    declared(name)  # its annotations are read
    module = import_module(f"govit.cli.{COMMANDS[name]}")
    signature = inspect.signature(module.command)

    def command(**values: Any) -> dict[str, Any]:
        bound = signature.bind(**values)
        bound.apply_defaults()
        return dict(bound.arguments)

    command.__signature__ = signature  # type: ignore[attr-defined]
    command.__annotations__ = {}
    stands = ModuleType(module.__name__)
    vars(stands).update({**vars(module), "command": command})
    return stands, signature


@cache
def typers(name: str) -> TyperCommand:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("govit.cli.commands.import_module", lambda _: command_of(name)[0])
        return declared(name)


def by_typer(name: str, words: list[str]) -> object:
    """The values that typer reads, None where it refuses the line or shows help."""
    try:
        found = typers(name).main(list(words), standalone_mode=False)
    except TyperException:
        return None
    return found if isinstance(found, dict) else None


def plainly(name: str, words: list[str]) -> object:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "import_module", lambda _: command_of(name)[0])
        call = plain_call([name, *words])
    return None if call is None else call()


def values_of(name: str, kind: str) -> list[str]:
    if kind == "Path":
        return ["a", "b/c.yaml", "-", ".", "", "/nowhere"]
    if kind == "int":
        return ["2027", " 7 ", "１２", "-1", "x", "1.5"]
    if kind == "str":
        return ["审批", "2026-01-01", "", "a=b", "--todo", "-q", "--"]
    return [*(one.value for one in getattr(command_of(name)[0], kind)), "other"]


def words_of(name: str) -> st.SearchStrategy[list[str]]:
    """One or two words of a line: an option with a value, well spelled or not, or an argument."""
    kinds = {kind for _, kind, *_ in [*OPTIONS[name].values(), *ARGUMENTS[name]] if kind}
    usual = [[spelled, value] for spelled, (_, kind, _) in OPTIONS[name].items() if kind for value in values_of(name, kind)]
    joined = [[f"{spelled}={value}"] for spelled, value in usual]
    glued = [[spelled + value] for spelled, value in usual if not spelled.startswith("--")]
    alone = [[spelled] for spelled in OPTIONS[name]]
    arguments = [[value] for kind in sorted(kinds) for value in values_of(name, kind)]
    odd = [["--"], ["-"], ["--help"], ["--nothing"], ["-qo"], ["-x"], ["--all=1"], ["-q=1"], ["--forma", "json"], ["--="]]
    every = [*usual, *joined, *glued, *alone, *arguments, *odd]
    return st.sampled_from(usual or every) | st.sampled_from(every)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_plain_line_gives_the_values_that_typer_gives(name: str) -> None:
    @settings(max_examples=150, deadline=None)
    @given(st.lists(words_of(name), max_size=5))
    def compare(parts: list[list[str]]) -> None:
        words = [word for part in parts for word in part]
        found = plainly(name, words)
        assert found is None or found == by_typer(name, words)

    compare()


@pytest.mark.parametrize(
    "words",
    [
        ["check"],
        ["check", "."],
        ["check", "a", "b", "--as-of", "2026-11-20", "--stage=审批", "-q"],
        ["check", "--format", "json", "--output", "a.json", "--format=sarif", "-o", "b.sarif", "."],
        ["check", "--fail-on", "warning", "--no-waivers", "--all"],
        ["deadlines", ".", "--within", "30d", "--format", "ics", "-o", "a.ics"],
        ["route", "--format=mermaid"],
        ["change", "--base", "v1", "--goal", "不变"],
        ["render", "plan", ".", "--year", "2027", "--draft"],
        ["import", "a.xlsx", "b", "--map", "甲=乙", "--map=丙=-", "-y"],
        ["explain", "LYG-23-1"],
        ["regulations", "--coverage"],
        ["init", "folder", "--ci", "gitlab"],
        ["new", "2027-a", "--category", "新建"],
        ["answer", ".", "未拆分建设", "是", "--by", "甲"],
        ["schema", "govit"],
        ["help"],
    ],
    ids=" ".join,
)
def test_usual_lines_are_plain(words: list[str]) -> None:
    values = plainly(words[0], words[1:])
    assert values is not None
    assert values == by_typer(words[0], words[1:])


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["--version"],
        ["--help"],
        ["nothing"],
        ["check", "--help"],
        ["check", "--nothing"],
        ["check", "--stage"],
        ["check", "--format", "other"],
        ["check", "--todo=1"],
        ["check", "-qo", "a"],
        ["check", "--", "a"],
        ["explain"],
        ["explain", "a", "b"],
        ["render", "plan", "--year", "x"],
    ],
    ids=" ".join,
)
def test_everything_else_is_left_to_typer(words: list[str]) -> None:
    assert plain_call(words) is None


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX")
def test_what_typer_refuses_in_the_file_system_is_left_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert plain_call(["check", str(tmp_path)]) is not None
    monkeypatch.setattr("os.access", lambda *_: False)
    assert plain_call(["check", str(tmp_path)]) is None


def test_completion_is_left_to_typer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("_GOVIT_COMPLETE", "complete_bash")
    assert plain_call(["check"]) is None


# -- the same end --------------------------------------------------------------------------------------

ENDS = {
    "an interrupt": "KeyboardInterrupt()",
    "the end of what is typed": "EOFError()",
    "nobody answers": "typer.Abort()",
    "a file": "PermissionError(13, 'x', '某.txt')",
    "a reader who left": "BrokenPipeError(32, 'x')",
    "our own fault": "ZeroDivisionError('x')",
    "findings": "SystemExit(1)",
}
ENDING = """
import sys, typer
from govit.cli import commands, line, regulations

def command():
    raise {error}

regulations.command = command
if not {plain}:
    line.plain_call = lambda _: None
sys.argv = ["govit", "regulations"]
from govit.__main__ import main

main()
"""


def ended(error: str, *, plain: bool) -> tuple[int, str, str]:
    program = ENDING.format(error=error, plain=plain)
    done = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, encoding="utf-8")
    return done.returncode, done.stdout, done.stderr.strip().rpartition("\n")[2]


@pytest.mark.parametrize("error", ENDS.values(), ids=ENDS)
def test_a_plain_line_ends_as_typer_ends_it(error: str) -> None:
    assert ended(error, plain=True) == ended(error, plain=False)


@pytest.mark.parametrize(
    ("words", "env"),
    [
        (("check", str(PROJECT), "--as-of=2026-11-20"), {}),
        (("check", str(PROJECT), "--as-of=2026-11-20"), {"PYTHONIOENCODING": "ascii"}),
        (("check", str(PROJECT), "--as-of=2026-11-20", "--lang", "en"), {"PYTHONIOENCODING": "gbk"}),
        (("check", str(PROJECT), "--as-of=2026-11-20", "--format", "json"), {"PYTHONIOENCODING": "ascii"}),
        (("deadlines", str(PROJECT), "--as-of=2026-11-20"), {"GOVIT_LANG": "en", "FORCE_COLOR": "1"}),
        (("check", "no/such/folder"), {}),
        (("explain", "第十条"), {"PYTHONIOENCODING": "latin-1"}),
    ],
    ids=str,
)
def test_a_plain_line_says_the_same_bytes(words: tuple[str, ...], env: dict[str, str]) -> None:
    said: list[Callable[[], object] | object] = []
    for prefix in ("", "from govit.cli import line; line.plain_call = lambda _: None; "):
        program = f"{prefix}from govit.__main__ import main; main()"
        command = [sys.executable, "-c", program, *words]
        done = subprocess.run(command, check=False, capture_output=True, env={**os.environ, **env})
        said.append((done.returncode, done.stdout, done.stderr))
    assert said[0] == said[1]
    assert said[0][1] or said[0][2]  # type: ignore[index]


