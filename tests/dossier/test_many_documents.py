"""A folder is listed once, however many documents a project lists in it."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING, Any

from program import program

from govit.dossier import tree

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

MANY = 300


def _project(folder: Path, names: list[str]) -> None:
    listed = "".join(f"  - {{kinds: [建设方案], path: 'papers/{name}'}}\n" for name in names)
    head = "id: a\nname: a\nstage: 草拟\nregulation: lianyungang-2025\n"
    (folder / "project.yaml").write_text(f"{head}documents:\n{listed}", encoding="utf-8")
    (folder / "papers").mkdir()


def test_two_thousand_listed_documents_list_the_folder_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{at}.md" for at in range(MANY)]
    _project(tmp_path, names)
    for name in names:
        (tmp_path / "papers" / name).write_text("# 甲\n", encoding="utf-8")
    seen: Counter[str] = Counter()
    listdir = os.listdir

    def counted(folder: Any) -> list[str]:
        seen[os.fspath(folder)] += 1
        return listdir(folder)

    monkeypatch.setattr(tree.os, "listdir", counted)
    done = program("check", tmp_path, "--as-of", "2026-11-20")
    assert "找不到文件" not in done.stdout
    assert seen
    assert max(seen.values()) == 1


def test_a_name_that_is_meant_is_searched_for_a_few_times_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _project(tmp_path, [f"方案{at}.md" for at in range(MANY)])
    (tmp_path / "papers" / "方案x.md").write_text("# 甲\n", encoding="utf-8")
    searched = []
    monkeypatch.setattr(tree, "nearest_word", lambda name, _: searched.append(name))
    done = program("check", tmp_path, "--as-of", "2026-11-20")
    assert done.stdout.count("找不到文件") == MANY
    assert len(searched) == tree._MOST_HINTS
