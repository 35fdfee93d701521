"""English beside Chinese: everything that is said has its English."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import typer
from places import ROOT, SAMPLES
from sources import nodes
from typer.main import get_command
from typer.testing import CliRunner

from govit.base.english import ENGLISH
from govit.base.language import Language, say, speak
from govit.cli.commands import COMMANDS, app
from govit.dossier.own_rules import GOV_RULES
from govit.law.library import Library, built_in_packs

if TYPE_CHECKING:
    from collections.abc import Iterator

UNCLEAN = ROOT / "tests" / "dossiers" / "unclean"
DAY = "--as-of=2026-11-20"


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


def said_in_source() -> set[str]:
    """Every text that a module hands to `say` as it stands."""
    found = set()
    for path in (ROOT / "govit").rglob("*.py"):
        for node in nodes(path):
            if (
                isinstance(node, ast.Call)
                and ast.unparse(node.func) == "say"
                and isinstance(node.args[0], ast.Constant)
            ):
                found.add(str(node.args[0].value))
    return found


def help_texts() -> set[str]:
    """The help of every command and option, before it is put into a language."""
    speak(Language.zh)
    group: Any = get_command(app)
    found = set()
    for command in (group, *(group.get_command(typer.Context(group), name) for name in COMMANDS)):
        found.add((command.help or "").rstrip("."))
        for param in command.params:
            texts = (getattr(param, "help", None), getattr(param, "show_default", None))
            found |= {text for text in texts if isinstance(text, str) and is_chinese(text)}
    return found


@pytest.fixture
def missed(monkeypatch: pytest.MonkeyPatch) -> Iterator[set[str]]:
    """What is said while a test runs and has no English."""
    found: set[str] = set()

    class Recorder(dict[str, str]):
        def get(self, key: str, default: Any = None) -> Any:
            if key not in self and is_chinese(key):
                found.add(key)
            return super().get(key, default)

    monkeypatch.setattr("govit.base.english.ENGLISH", Recorder(ENGLISH))
    yield found
    speak(Language.zh)


def test_every_text_of_the_program_and_its_help_has_its_english() -> None:
    assert {text for text in said_in_source() | help_texts() if text not in ENGLISH} == set()


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", UNCLEAN, DAY, "--all"),
        ("check", UNCLEAN, DAY, "--todo"),
        ("check", SAMPLES, DAY, "--assume-in-force"),
        ("check", UNCLEAN, SAMPLES, DAY, "--format", "html"),
        ("regulations", "--coverage"),
        ("explain", "LYG-19-1"),
        ("explain", "第十九条"),
        ("explain", "GOV-101"),
        ("deadlines", SAMPLES, DAY, "--all"),
        ("route", SAMPLES, DAY, "--all"),
        ("route", SAMPLES, DAY, "--format", "mermaid"),
    ],
    ids=lambda arguments: " ".join(Path(str(a)).name for a in arguments),
)
def test_nothing_is_said_without_english(arguments: tuple[object, ...], missed: set[str]) -> None:
    done = CliRunner().invoke(app, ["--lang", "en", *map(str, arguments)])
    assert done.exit_code in (0, 1), done.output
    assert missed == set()


def test_places_in_a_text_are_filled_in_in_both_languages() -> None:
    for chinese, english in ENGLISH.items():
        assert chinese.count("{}") == english.count("{}"), chinese


def test_every_rule_has_an_english_title() -> None:
    for name in [path.stem for path in built_in_packs()]:
        regulation = Library(examples=False).get(name)
        assert regulation is not None
        assert [rule.id for rule in regulation.rules if not rule.title_en.isascii() or not rule.title_en] == []
    assert all(rule.title_en for rule in GOV_RULES.values())


def test_english_shows_titles_and_keeps_messages_and_the_law_in_chinese() -> None:
    shown = CliRunner().invoke(app, ["check", str(UNCLEAN), DAY, "--lang", "en"]).stdout
    assert "error LYG-15-2" in shown
    assert "says 涉及财政资金" in shown
    assert "by 第十五条" in shown
    assert "errors: not ready to be submitted" in shown
    assert say("位置") == "at"
    speak(Language.zh)
    assert say("位置") == "位置"
