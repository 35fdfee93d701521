"""Several formats in one run, each with its file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from govit.cli.commands import app
from govit.cli.pairs import paired

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("--format sarif --output a", "--format sarif --output a"),
        ("--output a --format sarif", "--format sarif --output a"),
        ("-o a", "--format text --output a"),
        ("-oa --format=json", "--format json --output a"),
        ("--format json", "--format json --output -"),
        ("--format text --format sarif --output a", "--format text --output - --format sarif --output a"),
        ("--format sarif --output a --format text", "--format sarif --output a --format text --output -"),
        ("--format sarif --output=a --format junit -o b", "--format sarif --output a --format junit --output b"),
        ("x --todo", "x --todo"),
        ("--format json -- --output a", "--format json --output - -- --output a"),
        ("--format", "--format"),
    ],
)
def test_each_output_belongs_to_its_format(given: str, expected: str) -> None:
    assert paired(given.split()) == expected.split()


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["check", *map(str, arguments), "--as-of=2024-06-03"])
    return done.exit_code, done.stdout, done.stderr


def test_one_run_writes_every_format_and_shows_one(dossier: Path, tmp_path: Path) -> None:
    code, shown, _ = run(dossier, "--format=sarif", "-o", tmp_path / "a.sarif", "--format=junit", "-o",
                         tmp_path / "a.xml", "--format=text")  # fmt: skip
    assert code == 1
    assert "怎么办" in shown
    assert json.loads((tmp_path / "a.sarif").read_text(encoding="utf-8"))["version"] == "2.1.0"
    assert "<testsuites" in (tmp_path / "a.xml").read_text(encoding="utf-8")


def test_two_formats_cannot_both_go_to_the_screen(dossier: Path) -> None:
    code, shown, said = run(dossier, "--format=sarif", "--format=text")
    assert (code, shown) == (2, "")
    assert "最多一个不写" in said


def test_two_formats_cannot_go_to_one_file(dossier: Path, tmp_path: Path) -> None:
    out = tmp_path / "a.txt"
    code, _, said = run(dossier, "--format=sarif", "-o", out, "--format=text", "-o", out)
    assert code == 2
    assert "同一个文件" in said
    assert not out.exists()


def test_a_missing_value_is_said_by_the_program(dossier: Path) -> None:
    assert run(dossier, "--format")[0] == 2
