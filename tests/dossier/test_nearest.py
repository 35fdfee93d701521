"""A folder of own regulations that cannot be used is told by every command that would have read it."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from govit.cli.commands import app
from govit.dossier.nearest import regulations_near


@pytest.mark.parametrize(("named", "why"), [("../packs", "不在项目文件夹内"), ("pakcs", "找不到文件"), ("a.txt", "不是文件夹")])
def test_why_the_folder_cannot_be_used_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str, why: str
) -> None:
    (tmp_path / "govit.yaml").write_text(f"regulation: own-2026\nregulations: {named}\n", encoding="utf-8")
    (tmp_path / "a.txt").write_text("", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    near = regulations_near(Path())
    assert near.packs is None
    assert why in near.odd
    assert "写相对路径，例如 regulations；放在别处的，这里不写，用 --regulations 指定" in near.odd
    for words in (["explain", "第一条"], ["regulations"], ["new", "a", "--name", "甲", "--category", "新建"]):
        assert near.odd in CliRunner().invoke(app, words).output, words


def test_a_folder_that_can_be_used_is_not_spoken_of(tmp_path: Path) -> None:
    (tmp_path / "packs").mkdir()
    (tmp_path / "govit.yaml").write_text("regulations: packs\n", encoding="utf-8")
    near = regulations_near(tmp_path)
    assert (near.packs, near.odd) == (tmp_path / "packs", "")
