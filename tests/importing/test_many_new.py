"""New projects in the thousands: each is named in the time that the first took."""

from __future__ import annotations

import cProfile
import os
import pstats
from typing import TYPE_CHECKING

import pytest

from govit.importing.drafts import Import, Wanted, draft
from govit.importing.target_projects import empty_target
from govit.importing.workbooks import read_book
from govit.law.library import Library

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def wanted(tmp_path: Path) -> Wanted:
    (tmp_path / "govit.yaml").write_text(
        "regulation: lianyungang-2025\nyear: 2027\nunit:\n  name: 市数据局\n", encoding="utf-8"
    )
    return Wanted([], [empty_target(tmp_path, Library(examples=False), None, None)], {}, None, "list.csv")


def drafted(path: Path, wanted: Wanted, lines: list[str]) -> tuple[Import, int]:
    """What an import would write, and how many calls it took to find out."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    book, profile = read_book(path), cProfile.Profile()
    found = profile.runcall(draft, book, wanted)
    return found, pstats.Stats(profile).total_calls  # type: ignore[attr-defined]  # typeshed has not got it


@pytest.mark.parametrize("identity", [None, "一" * 45], ids=["numbered", "alike when shortened to a folder"])
def test_twice_as_many_new_projects_take_twice_the_calls(tmp_path: Path, wanted: Wanted, identity: str | None) -> None:
    def lines(count: int) -> list[str]:
        if identity is None:
            return ["项目名称,总投资（万元）", *(f"第{n}号平台,{n}" for n in range(1, count + 1))]
        return [
            "项目标识,项目名称,总投资（万元）",
            *(f"{identity}{n},{'平台' * 20}{n},{n}" for n in range(1, count + 1)),
        ]

    drafted(tmp_path / "list.csv", wanted, lines(2))
    _, few = drafted(tmp_path / "list.csv", wanted, lines(150))
    found, many = drafted(tmp_path / "list.csv", wanted, lines(300))
    assert len(found.drafts) == 300
    assert len({one.file.parent.name.casefold() for one in found.drafts}) == 300
    assert many < 2.2 * few


def test_the_dossier_is_listed_once(tmp_path: Path, wanted: Wanted, monkeypatch: pytest.MonkeyPatch) -> None:
    listed: list[object] = []
    real = os.listdir
    monkeypatch.setattr(os, "listdir", lambda path: (listed.append(path), real(path))[1])
    drafted(tmp_path / "list.csv", wanted, ["项目名称,总投资（万元）", *(f"第{n}号平台,{n}" for n in range(20))])
    assert listed.count(tmp_path) == 1
