"""READMEs and topics: every console block is what the program prints, every YAML file shown is used as it stands.

GOVIT_SNAPSHOTS=write writes the output blocks and the generated reference anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from places import ROOT
from typer.testing import CliRunner

from govit.cli.commands import COMMANDS, app
from govit.cli.help_topics import TOPICS

if TYPE_CHECKING:
    from collections.abc import Iterator

WRITE = os.environ.get("GOVIT_SNAPSHOTS") == "write"
PAIRS = {
    "README": ("README.zh-CN.md", "README.md"),
    **{
        topic: (f"govit/{room}/help/{topic}.zh.md", f"govit/{room}/help/{topic}.en.md")
        for topic, room in TOPICS.items()
    },
}
"""Every document in Chinese and in English."""
DOCUMENTS = [name for pair in PAIRS.values() for name in pair]
BLOCK = re.compile(
    r"(?:<!-- in (?P<folder>\S+) -->\n)?```console\n\$ (?P<command>govit [^\n]*)\n(?P<output>.*?)```", re.DOTALL
)
DRAWN = re.compile(r"<!-- drawn by (?P<command>govit [^\n]*) -->\n```mermaid\n(?P<output>.*?)```", re.DOTALL)
SCRIPT = re.compile(r"<!-- run first -->\n```sh\n(?P<text>.*?)```", re.DOTALL)
FILE = re.compile(r"`(?P<path>example/[^`\n]+)`[^\n]*\n\n```(?:yaml|markdown)\n(?P<text>.*?)```", re.DOTALL)
PATH = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
"""The program that is tested comes first."""
FIRST_SCREEN = 40
LONGEST_README = 300


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the documents speak of; beside it an empty folder."""
    folder = tmp_path / "govit"
    (folder / ".git").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    for name in ("sample-dossier", "tests/dossiers"):
        shutil.copytree(ROOT / name, folder / name)
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.delenv("GOVIT_LANG", raising=False)
    monkeypatch.chdir(folder)
    return folder


GIT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    **{f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (
        ("NAME", "某人"), ("EMAIL", "clerk@example.invalid"), ("DATE", "2026-01-05T09:00:00+08:00"),
    )},
}  # fmt: skip


def prepare(text: str, folder: Path) -> None:
    """Write the files that a document shows, and run what it says is run first."""
    for path, content in shown_files(text):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(content, encoding="utf-8")
    for script in SCRIPT.findall(text):
        subprocess.run(["sh", "-ec", script], cwd=folder, env={**os.environ, **GIT, "PATH": PATH}, check=True)  # noqa: S607


def shown_files(text: str) -> list[tuple[str, str]]:
    return [(m["path"], m["text"]) for m in FILE.finditer(text)]


def printed(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    return CliRunner().invoke(app, shlex.split(command)[1:]).output


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_block_is_what_the_program_prints(name: str, checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = text_of(name)
    prepare(text, checkout)
    blocks = list(BLOCK.finditer(text))
    # In the order of the text: the first minutes build on one another.
    outputs = [printed(b["command"], checkout / (b["folder"] or "."), monkeypatch) for b in blocks]
    for block, output in reversed(list(zip(blocks, outputs, strict=True))):
        text = text[: block.start("output")] + shortened(output, block["output"]) + text[block.end("output") :]
    for drawn in reversed(list(DRAWN.finditer(text))):
        picture = diagram(drawn["command"], checkout, monkeypatch)
        text = text[: drawn.start("output")] + picture + text[drawn.end("output") :]
    if WRITE:
        (ROOT / name).write_text(text, encoding="utf-8")
    assert text == text_of(name)


def diagram(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The one flowchart that a command draws."""
    return printed(command, folder, monkeypatch).split("```mermaid\n")[1].split("```")[0]


def shortened(output: str, shown: str) -> str:
    """The output, without the stretches for which the document has a line of ⋮.

    What stands between two such lines is found by its first line.
    """
    if "⋮" not in shown:
        return output
    lines = output.splitlines(keepends=True)
    first, *middle, last = [part.splitlines(keepends=True) for part in shown.split("⋮\n")]
    kept = [lines[: len(first)]]
    for part in middle:
        at = lines.index(part[0])
        kept.append(lines[at : at + len(part)])
    kept.append(lines[len(lines) - len(last) :])
    return "⋮\n".join("".join(part) for part in kept)


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_shows_what_the_program_prints_and_a_command_its_options(topic: str) -> None:
    for name, language in zip(PAIRS[topic], ("", "--lang en "), strict=True):
        commands = [m["command"] for m in BLOCK.finditer(text_of(name))]
        assert commands, name
        if topic in COMMANDS:
            assert commands[-1] == f"govit {language}{topic} --help"


def test_every_command_has_its_topic() -> None:
    assert set(COMMANDS) - {"help"} <= set(TOPICS)


@pytest.mark.parametrize("title", PAIRS)
def test_both_languages_say_the_same(title: str) -> None:
    chinese, english = (text_of(name) for name in PAIRS[title])
    assert shape(english) == shape(chinese)
    assert shown_files(english) == shown_files(chinese)
    assert SCRIPT.findall(english) == SCRIPT.findall(chinese)


def shape(text: str) -> dict[str, list[str]]:
    """Headings, commands, rows of tables and links of a document, whatever the language."""
    prose = without_blocks(text)
    return {
        "headings": re.findall(r"^#+", prose, re.MULTILINE),
        "commands": [m["command"].replace("--lang en ", "") for m in BLOCK.finditer(text)],
        "rows": [re.sub(r"[^|]", "", row) for row in re.findall(r"^\|.*$", prose, re.MULTILINE)],
        "links": [re.sub(r"\.(zh|en|zh-CN)\.md", ".md", target) for target in links(prose) if "README" not in target],
        "entries": re.findall(r"^(?:-|\d+\.) ", prose, re.MULTILINE),
    }


def without_blocks(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", PAIRS["README"])
def test_a_readme_is_short_and_its_first_screen_says_what_it_is(name: str) -> None:
    text = text_of(name)
    lines = text.splitlines()
    screen = text[: text.index("\n## ")]
    assert len(lines) <= LONGEST_README
    assert len(screen.splitlines()) <= FIRST_SCREEN
    assert len(BLOCK.findall(screen)) == 1
    assert "依据 第" in screen
    assert "![" not in text  # a picture has no address that also a package index knows


@pytest.mark.parametrize("name", PAIRS["README"])
def test_a_readme_leads_to_every_topic(name: str) -> None:
    language = "zh" if "zh" in name else "en"
    for topic, room in TOPICS.items():
        assert f"(govit/{room}/help/{topic}.{language}.md)" in text_of(name), topic


@pytest.mark.parametrize("name", PAIRS["pack"])
def test_the_regulation_that_is_shown_passes_its_own_examples(name: str, checkout: Path) -> None:
    from govit.authoring.examples import examples_of, outcome_of
    from govit.calendar.workdays import published
    from govit.law.packs.filenames import packs_in
    from govit.law.packs.pack import load

    prepare(text_of(name), checkout)
    regulation = load(*packs_in(checkout / "example" / "regulations"))
    assert len(regulation.rules) > 3
    for rule in regulation.rules:
        for example in examples_of(rule, regulation):
            assert outcome_of(rule, regulation, example, published())[0] is example.expected, rule.id


@pytest.mark.parametrize("name", [*DOCUMENTS, "CHANGELOG.md"])
def test_links_lead_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    for target in links(without_blocks(text_of(name))):
        assert (folder / target).exists(), target


def links(text: str) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            yield target


@pytest.mark.parametrize("name", PAIRS["README"])
def test_the_rooms_that_a_readme_names_are_there(name: str) -> None:
    table = text_of(name).rsplit("\n## ", maxsplit=1)[-1]
    rooms = [
        room for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE) for room in re.findall(r"`([\w/]+)`", row)
    ]
    assert len(rooms) > 18
    for room in rooms:
        assert (ROOT / "govit" / room).is_dir() or (ROOT / "govit" / f"{room}.py").is_file(), room
