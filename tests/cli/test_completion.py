"""Completion by Tab: the script of the shell that is named, and the words that may stand in an argument."""

from __future__ import annotations

import pytest
from places import FIFTH, SAMPLES
from typer.testing import CliRunner

from govit.cli.commands import app


def offered(line: str) -> list[str]:
    env = {"_GOVIT_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(len(line.split(" ")) - 1)}
    return CliRunner().invoke(app, [], prog_name="govit", env=env).stdout.split()


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("govit explain LYG-23-", ["LYG-23-1", "LYG-23-2"]),
        ("govit explain 第二十三", ["第二十三条"]),
        ("govit explain GOV-10", ["GOV-101"]),
        ("govit check --stage 验", ["验收"]),
        ("govit answer --stage 验", ["验收"]),
        ("govit check --regulation l", ["laizhou-2022", "lianyungang-2025"]),
        ("govit explain x --regulation q", ["qidong-2022"]),
        ("govit init --regulation q", ["qidong-2022"]),
        ("govit render 合规", ["合规自查表"]),
        ("govit render 合规自查表 合", []),
        ("govit answer 未", ["未拆分建设"]),
    ],
)
def test_values_are_offered(line: str, first: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(SAMPLES / "lianyungang")
    found = offered(line)
    assert found[: len(first)] == first
    assert first or not found


def test_without_a_dossier_the_words_of_all_regulations_are_offered() -> None:
    found = offered("govit explain ")
    assert {"LYG-1-1"[:3], "QD", "TZ", "LZ"} <= {word.partition("-")[0] for word in found}


def test_a_dossier_offers_the_words_of_its_own_regulation(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIFTH)
    assert "shili-city-2026" in offered("govit check --regulation s")


@pytest.mark.parametrize(
    ("shell", "sign"),
    [("bash", "COMPREPLY"), ("zsh", "#compdef govit"), ("fish", "complete --command govit"), ("pwsh", "PSReadLine")],
)
@pytest.mark.parametrize("joined", [True, False])
def test_the_script_is_that_of_the_shell_that_is_named(shell: str, sign: str, joined: bool) -> None:  # noqa: FBT001
    words = [f"--show-completion={shell}"] if joined else ["--show-completion", shell]
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, sign in done.stdout) == (0, True)


def test_a_shell_that_there_is_no_script_for_is_said() -> None:
    done = CliRunner().invoke(app, ["--show-completion", "zhs"])
    assert (done.exit_code, "是不是“zsh”" in done.stderr) == (2, True)
