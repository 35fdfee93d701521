"""govit explain: by words, and with the dossier's own regulation first."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest
from places import FIFTH, SAMPLES
from typer.testing import CliRunner

from govit.cli.commands import app

if TYPE_CHECKING:
    from pathlib import Path


def explain(*words: str) -> str:
    done = CliRunner().invoke(app, ["explain", *words])
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    ("city", "title"),
    [("lianyungang", "连云港市"), ("qidong", "启东市"), ("taizhou", "泰州市"), ("laizhou", "莱州市")],
)
@pytest.mark.parametrize("what", ["第十八条", "监理"])
@pytest.mark.parametrize("inside", ["20*", "no folder"])
def test_inside_a_dossier_its_own_regulation_comes_first(
    city: str, title: str, what: str, inside: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(SAMPLES / city, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(next(iter(tmp_path.glob(inside)), tmp_path))
    text = explain(what)
    assert text.startswith(f"《{title}")
    assert text.count("《莱州市政务信息化项目管理办法") == 1


def test_words_are_searched_in_rules_and_in_sentences_without_rules(tmp_path: Path) -> None:
    text = explain("监理")
    assert "LYG-23-1 第二十三条" in text
    assert "QD-24-3" in text
    assert explain("监理", "--regulation", "qidong-2022").count("LYG-") == 0
    assert "LYG-23-1" in explain("监理 200万元")
    assert "QD-24-3" not in explain("监理 200万元")
    assert "〔" in explain("本办法所称")
    assert tmp_path


def test_what_nothing_speaks_of_is_said() -> None:
    done = CliRunner().invoke(app, ["explain", "无此一说的词"])
    assert (done.exit_code, "没有“无此一说的词”" in done.stderr) == (2, True)
    assert "是不是“LYG-23-" in CliRunner().invoke(app, ["explain", "LYG-23-11"]).stderr


def test_a_rule_of_the_dossiers_own_pack_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIFTH)
    assert "示例" in explain("第一条") or "第一条" in explain("第一条")


def test_the_list_of_regulations_and_the_schema_know_the_dossiers_own_pack_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(FIFTH / "sensor-lease")
    assert "shili-city-2026" in CliRunner().invoke(app, ["regulations"]).stdout
    listed = CliRunner().invoke(app, ["schema", "--regulation", "shili-city-2026"])
    assert (listed.exit_code, "租赁服务" in listed.stdout) == (0, True)
