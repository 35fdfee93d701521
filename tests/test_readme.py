"""The READMEs: every console block is what the program prints, every YAML block is run as it stands.

GOVIT_SNAPSHOTS=write writes the output blocks anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest
from places import ROOT
from typer.testing import CliRunner

from govit.cli.commands import COMMANDS, app

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READMES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(
    r"(?:<!-- in (?P<folder>\S+) -->\n)?```console\n\$ (?P<command>govit [^\n]*)\n(?P<output>.*?)```", re.DOTALL
)
DRAWN = re.compile(r"<!-- drawn by (?P<command>govit [^\n]*) -->\n```mermaid\n(?P<output>.*?)```", re.DOTALL)
SCRIPT = re.compile(r"<!-- run first -->\n```sh\n(?P<text>.*?)```", re.DOTALL)
FILE = re.compile(r"`(?P<path>example/[\w./-]+)`[^\n]*\n\n```(?:yaml|markdown)\n(?P<text>.*?)```", re.DOTALL)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the READMEs speak of, with the files that they show; beside it an empty folder."""
    folder = tmp_path / "govit"
    (folder / ".git").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    for name in ("sample-dossier", "tests/dossiers"):
        shutil.copytree(ROOT / name, folder / name)
    for path, text in shown_files("README.md"):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    for script in shown_scripts("README.md"):
        subprocess.run(["sh", "-ec", script], cwd=folder, env={**os.environ, **GIT}, check=True)  # noqa: S607
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


def shown_scripts(name: str) -> list[str]:
    return [m["text"] for m in SCRIPT.finditer((ROOT / name).read_text(encoding="utf-8"))]


def shown_files(name: str) -> list[tuple[str, str]]:
    return [(m["path"], m["text"]) for m in FILE.finditer((ROOT / name).read_text(encoding="utf-8"))]


def printed(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(folder)
    return CliRunner().invoke(app, shlex.split(command)[1:]).output


@pytest.mark.parametrize("name", READMES)
def test_every_console_block_is_what_the_program_prints(
    name: str, checkout: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = ROOT / name
    text = path.read_text(encoding="utf-8")
    blocks = list(BLOCK.finditer(text))
    assert len(blocks) >= 3
    # In the order of the text: the first minutes build on one another.
    outputs = [printed(b["command"], checkout / (b["folder"] or "."), monkeypatch) for b in blocks]
    for block, output in reversed(list(zip(blocks, outputs, strict=True))):
        text = text[: block.start("output")] + shortened(output, block["output"]) + text[block.end("output") :]
    for drawn in reversed(list(DRAWN.finditer(text))):
        picture = diagram(drawn["command"], checkout, monkeypatch)
        text = text[: drawn.start("output")] + picture + text[drawn.end("output") :]
    if os.environ.get("GOVIT_SNAPSHOTS") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def diagram(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The one flowchart that a command draws."""
    return printed(command, folder, monkeypatch).split("```mermaid\n")[1].split("```")[0]


def shortened(output: str, shown: str) -> str:
    """The output, without the stretches for which the README has a line of ⋮.

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


@pytest.mark.parametrize(("name", "language"), [("README.md", "--lang en "), ("README.zh-CN.md", "")])
def test_the_help_of_every_command_stands_in_the_reference(name: str, language: str) -> None:
    commands = {m["command"] for m in BLOCK.finditer((ROOT / name).read_text(encoding="utf-8"))}
    assert {f"govit {language}{command}--help" for command in ("", *(f"{c} " for c in COMMANDS))} <= commands


def test_both_readmes_show_the_same_example() -> None:
    assert shown_files("README.md") == shown_files("README.zh-CN.md")
    assert len(shown_files("README.md")) >= 3
    assert shown_scripts("README.md") == shown_scripts("README.zh-CN.md")


def test_both_readmes_have_the_same_structure() -> None:
    english, chinese = (parts((ROOT / name).read_text(encoding="utf-8")) for name in READMES)
    assert english == chinese


def parts(text: str) -> tuple[list[str], list[str]]:
    """The levels of the headings, and the commands that are shown, whatever the language."""
    commands = [m["command"].replace("--lang en ", "") for m in BLOCK.finditer(text)]
    return re.findall(r"^#+", without_blocks(text), re.MULTILINE), commands


def without_blocks(text: str) -> str:
    return re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def test_the_regulation_of_the_readme_passes_its_own_examples(checkout: Path) -> None:
    from govit.authoring.examples import examples_of, outcome_of
    from govit.calendar.workdays import published
    from govit.law.packs.pack import load

    regulation = load(next((checkout / "example" / "regulations").glob("*.yaml")))
    for rule in regulation.rules:
        for example in examples_of(rule, regulation):
            assert outcome_of(rule, regulation, example, published())[0] is example.expected, rule.id


@pytest.mark.parametrize("name", READMES)
def test_links_inside_the_project_lead_somewhere(name: str) -> None:
    for target in links(without_blocks((ROOT / name).read_text(encoding="utf-8"))):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("name", READMES)
def test_links_inside_a_readme_lead_to_a_heading(name: str) -> None:
    prose = without_blocks((ROOT / name).read_text(encoding="utf-8"))
    headings = re.findall(r"^#+ (.+)$", prose, re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", prose)) <= anchors


@pytest.mark.parametrize("name", READMES)
def test_the_rooms_that_a_readme_names_are_there(name: str) -> None:
    table = (ROOT / name).read_text(encoding="utf-8").rsplit("\n## ", maxsplit=1)[-1]
    rooms = [
        room for row in re.findall(r"^\| (`[^|]+) \|", table, re.MULTILINE) for room in re.findall(r"`([\w/]+)`", row)
    ]
    assert len(rooms) > 18
    for room in rooms:
        assert (ROOT / "govit" / room).is_dir() or (ROOT / "govit" / f"{room}.py").is_file(), room


def links(text: str) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            yield target
