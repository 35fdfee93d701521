"""Help and usage errors, in the user's language."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from govit.cli.commands import COMMANDS, app


def run(*arguments: str, **env: str) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, list(arguments), env=env)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chek"], "没有“chek”这个命令"),
        (["check", "--formt"], "没有 --formt 这个选项；可能是：--format；用法见 govit check --help"),
        (["check", "--format", "xx"], "'--format' 不能写“xx”；可以写：text, json"),
        (["check", "--stage"], "选项 --stage 后面要写值"),
        (["check", "--todo=1"], "选项 --todo 后面不写值"),
        (["explain"], "缺少 RULE|ARTICLE"),
        (["explain", "甲", "乙"], "多写了：乙"),
        (["--lang", "zh"], "没有写命令"),
    ],
)
def test_what_the_user_got_wrong_is_said_in_chinese(arguments: list[str], said: str) -> None:
    code, _, shown = run(*arguments)
    assert code == 2
    if arguments == ["--lang", "zh"]:
        assert "用法：govit" in shown
    else:
        assert f"govit：{said}" in shown


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_has_no_word_of_the_library_in_it(name: str) -> None:
    code, shown, _ = run(*([name] if name else []), "--help")
    assert code == 0
    assert shown.startswith("用法：govit")
    for word in (
        "Usage",
        "Options:",
        "Arguments:",
        "Show this",
        "[default",
        "[required]",
        "[OPTIONS]",
        "ompletion for",
    ):
        assert word not in shown


@pytest.mark.parametrize("where", ["before", "after", "environment"])
def test_english_is_asked_for_anywhere(where: str) -> None:
    arguments = {"before": ["--lang", "en", "check", "--help"], "after": ["check", "--help", "--lang=en"]}
    _, shown, _ = run(*arguments.get(where, ["check", "--help"]), GOVIT_LANG="en" if where == "environment" else "")
    assert shown.startswith("Usage: govit check")
    assert run("check", "--help")[1].startswith("用法：")


def test_an_error_in_english() -> None:
    assert "No such option" in run("check", "--nope", "--lang", "en")[2]


def test_the_program_itself_takes_its_arguments_from_the_command_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "govit", "--lang", "en", "nope"], check=False, capture_output=True, text=True
    )
    assert (done.returncode, "No such command" in done.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "offered"),
    [("govit che", "check"), ("govit check --form", "--format"), ("govit check --format sar", "sarif")],
)
def test_a_shell_completes_commands_options_and_values(words: str, offered: str) -> None:
    env = {"_GOVIT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "govit"], check=False, capture_output=True, text=True, env={**os.environ, **env}
    )
    assert done.stdout.split() == [offered]
