"""Help and usage errors, in the user's language."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

import govit
from govit.cli.commands import COMMANDS, app
from govit.cli.help_lines import wrapped
from govit.cli.help_topics import NAMES, TOPICS

PACKAGE = Path(govit.__file__).parent


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
    [
        ("govit che", "check"),
        ("govit check --form", "--format"),
        ("govit check --format sar", "sarif"),
        ("govit help dead", "deadlines"),
    ],
)
def test_a_shell_completes_commands_options_and_values(words: str, offered: str) -> None:
    env = {"_GOVIT_COMPLETE": "complete_bash", "COMP_WORDS": words, "COMP_CWORD": str(len(words.split()) - 1)}
    done = subprocess.run(
        [sys.executable, "-m", "govit"], check=False, capture_output=True, text=True, env={**os.environ, **env}
    )
    assert done.stdout.split() == [offered]


def columns_of(text: str) -> list[int]:
    """How wide each line is on a terminal, counted here on its own."""
    return [sum(1 + (unicodedata.east_asian_width(letter) in "WF") for letter in line) for line in text.splitlines()]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("columns", [80, 100])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_no_line_of_help_is_wider_than_the_terminal(name: str, columns: int, language: str) -> None:
    code, shown, _ = run("--lang", language, *([name] if name else []), "--help", COLUMNS=str(columns))
    assert code == 0
    assert max(columns_of(shown)) <= columns


def test_no_line_of_help_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    for name in COMMANDS:
        lines = [line.strip() for line in run(name, "--help", COLUMNS="60")[1].splitlines()]
        assert not [line for line in lines if line[:1] in "，。；：、）》”" and line]
        assert not [line for line in lines if line[-1:] in "（《“" and line]


def test_topics_are_listed_with_what_they_are_about() -> None:
    code, shown, _ = run("help", COLUMNS="80")
    assert code == 0
    for topic in TOPICS:
        assert re.search(rf"^  {topic} +{NAMES[topic][0]} +\S", shown, re.MULTILINE), topic
    assert run("--lang", "en", "help")[1].startswith("Topics (govit help TOPIC):")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_shown_in_the_language_asked_for(topic: str, language: str) -> None:
    code, shown, _ = run("--lang", language, "help", topic, COLUMNS="80")
    assert code == 0
    assert shown.startswith(f"{topic}{'：' if language == 'zh' else ': '}")
    shown.encode("gbk")  # on a console of code page 936 nothing is replaced
    prose = "\n".join(line for line in shown.splitlines() if not line.startswith("      "))
    assert "](" not in prose
    assert "<!--" not in prose
    assert max(columns_of(prose)) <= 80


@pytest.mark.parametrize(("name", "topic"), [(name, topic) for topic in TOPICS for name in NAMES[topic]])
def test_a_topic_is_found_by_its_chinese_names(name: str, topic: str) -> None:
    assert run("help", name, COLUMNS="80") == run("help", topic, COLUMNS="80")
    assert run("--lang", "en", "help", name)[1].startswith(f"{topic}: ")


def test_a_chinese_name_means_one_topic() -> None:
    assert list(NAMES) == list(TOPICS)
    given = [name for names in NAMES.values() for name in names]
    assert len(set(given)) == len(given)


def test_every_file_of_a_topic_is_in_the_list_and_has_its_twin() -> None:
    there = {str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("help/*.md")}
    assert there == {
        os.path.join(room, "help", f"{topic}.{language}.md")
        for topic, room in TOPICS.items()
        for language in ("zh", "en")
    }


@pytest.mark.parametrize(
    ("topic", "said"),
    [
        ("deadline", "没有“deadline”这个主题，最接近的是“deadlines”"),
        ("Check", "最接近的是“check”"),
        ("../../README", "没有“../../README”这个主题"),
        ("截止时间", "最接近的是“截止期”"),
        ("天气", "没有“天气”这个主题，govit help 列出全部"),
    ],
)
def test_an_unknown_topic_names_the_nearest(topic: str, said: str) -> None:
    code, shown, error = run("help", topic)
    assert (code, shown) == (2, "")
    assert said in error


def test_an_unknown_topic_in_english() -> None:
    assert "the nearest is deadlines" in run("--lang", "en", "help", "deadline")[2]


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        ("", 10, [""]),
        ("一二三四五六", 6, ["一二三", "四五六"]),
        ("一二三，四五", 6, ["一二", "三，四", "五"]),
        ("一二（三四）", 6, ["一二", "（三", "四）"]),
        ("甲 `a b c` 乙", 8, ["甲", "`a b c`", "乙"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("two words", 5, ["two", "words"]),
    ],
)
def test_lines_are_broken_where_a_reader_would_break_them(text: str, columns: int, lines: list[str]) -> None:
    assert wrapped(text, columns) == lines


@settings(deadline=None)
@given(st.text(alphabet="一二三，。（）“”ab `-\u3000", max_size=40), st.integers(min_value=2, max_value=12))
def test_wrapping_loses_nothing_but_blanks(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(width <= columns for line in lines for width in columns_of(line))
