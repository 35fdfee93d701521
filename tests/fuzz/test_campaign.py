"""A small part of the campaign, the same at every run; `python -m tests.fuzz` is the rest of it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if sys.platform == "win32":
    pytest.skip("counts with what POSIX tells of a process", allow_module_level=True)

from fuzz import campaign
from fuzz.kinds import KINDS, Kind

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

SEED = 20261130
EACH = 6


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_what_a_stranger_hands_in_does_no_harm(kind: Kind) -> None:
    found = [failure for number in range(EACH) for failure in campaign.attack(kind, SEED, number)]
    assert not found, "\n".join(map(str, found))


def _nothing(_: Random, root: Path) -> bool:
    (root / "bad").mkdir()
    (root / "bad" / "project.yaml").write_text("id: bad\nname: 坏\nstage: 草拟\n", encoding="utf-8")
    return False


def _fails(make: object, command: str) -> str:
    (failure,) = campaign.attack(Kind("one", make, (command,)), SEED, 0)  # type: ignore[arg-type]
    return failure.what


def test_the_same_number_is_the_same_input() -> None:
    assert [campaign.chosen(1, number).name for number in range(50)] == [
        campaign.chosen(1, number).name for number in range(50)
    ]
    assert len({campaign.chosen(1, number).name for number in range(500)}) == len(KINDS)


def test_what_does_not_hold_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    check = "check {root} --as-of 2026-11-20"
    assert campaign.attack(Kind("one", _nothing, (check,)), SEED, 0) == []
    assert "exit 0 for what is broken" in _fails(lambda *_: True, check)
    assert "wrote ['dossier/a.json']" in _fails(_nothing, check + " -o {root}/a.json")
    monkeypatch.setattr(campaign, "SECONDS", 0)
    assert " s, " in _fails(_nothing, check)


def test_a_failure_of_the_program_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        message = "own fault"
        raise IndexError(message)

    monkeypatch.setattr(campaign, "program", fail)
    assert "IndexError: own fault" in _fails(_nothing, "check {root}")
