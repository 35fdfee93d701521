"""The READMEs: every console block is what the program prints, every YAML block is run as it stands.

GOVIT_SNAPSHOTS=write writes the output blocks anew.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from govit.cli import app

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.zh-CN.md")
BLOCK = re.compile(
    r"(?:<!-- in (?P<folder>\S+) -->\n)?```console\n\$ (?P<command>govit [^\n]*)\n(?P<output>.*?)```", re.DOTALL
)
SCRIPT = re.compile(r"<!-- run first -->\n```sh\n(?P<text>.*?)```", re.DOTALL)
FILE = re.compile(r"`(?P<path>example/[\w./-]+)`[^\n]*\n\n```(?:yaml|markdown)\n(?P<text>.*?)```", re.DOTALL)


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of what the READMEs speak of, with the files that they show."""
    (tmp_path / ".git").mkdir()
    for name in ("sample-dossier", "tests/dossiers"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for path, text in shown_files("README.md"):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    for script in shown_scripts("README.md"):
        subprocess.run(["sh", "-ec", script], cwd=tmp_path, env={**os.environ, **GIT}, check=True)  # noqa: S607
    monkeypatch.chdir(tmp_path)
    return tmp_path


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
    assert len(list(BLOCK.finditer(text))) >= 3
    for block in reversed(list(BLOCK.finditer(text))):
        output = printed(block["command"], checkout / (block["folder"] or "."), monkeypatch)
        shown = shortened(output, block["output"])
        text = text[: block.start("output")] + shown + text[block.end("output") :]
    if os.environ.get("GOVIT_SNAPSHOTS") == "write":
        path.write_text(text, encoding="utf-8")
    assert text == path.read_text(encoding="utf-8")


def shortened(output: str, shown: str) -> str:
    """The output, with the stretches left out that the README leaves out as a line of ⋮."""
    if "⋮" not in shown:
        return output
    head = shown.split("⋮", maxsplit=1)[0].count("\n")
    tail = shown.rsplit("⋮", maxsplit=1)[-1].removeprefix("\n").count("\n")
    lines = output.splitlines(keepends=True)
    return "".join([*lines[:head], "⋮\n", *lines[len(lines) - tail :]])


def test_both_readmes_show_the_same_example() -> None:
    assert shown_files("README.md") == shown_files("README.zh-CN.md")
    assert len(shown_files("README.md")) >= 3
    assert shown_scripts("README.md") == shown_scripts("README.zh-CN.md")


def test_the_regulation_of_the_readme_passes_its_own_examples(checkout: Path) -> None:
    from govit.examples import examples_of, outcome_of
    from govit.packs import load
    from govit.workdays import published

    regulation = load(next((checkout / "example" / "regulations").glob("*.yaml")))
    for rule in regulation.rules:
        for example in examples_of(rule, regulation):
            assert outcome_of(rule, regulation, example, published())[0] is example.expected, rule.id


@pytest.mark.parametrize("name", READMES)
def test_links_inside_the_project_lead_somewhere(name: str) -> None:
    for target in links((ROOT / name).read_text(encoding="utf-8")):
        assert (ROOT / target).exists(), target


def links(text: str) -> Iterator[str]:
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            yield target
