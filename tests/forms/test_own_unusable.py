"""A template of the dossier's own that cannot be used is refused: the built-in one never takes its place unsaid."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from program import program

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links and pipes of POSIX")
NAME = "项目申报表.docx"
PUT: dict[str, Callable[[Path], object]] = {
    "a link out of the dossier": lambda path: path.symlink_to("/etc/hostname"),
    "a link that leads nowhere": lambda path: path.symlink_to("nothing"),
    "a link to itself": lambda path: path.symlink_to(path.name),
    "a folder": lambda path: path.mkdir(),
    "a pipe": os.mkfifo,
}


def rendered(root: Path) -> tuple[int, str, list[str]]:
    (root / "a").mkdir(parents=True, exist_ok=True)
    text = "id: a\nname: 某\nstage: 草拟\ncategory: 新建\nyear: 2027\nregulation: lianyungang-2025\nunit: {name: 某局}\n"
    (root / "a" / "project.yaml").write_text(text, encoding="utf-8")
    (root / "govit.yaml").write_text("year: 2027\n", encoding="utf-8")
    out = root.parent / "out"
    done = program("render", "application", root / "a", "--draft", "--as-of", "2026-11-20", "-o", out)
    return done.returncode, done.stderr, sorted(path.name for path in out.glob("*")) if out.exists() else []


@pytest.mark.parametrize("name", PUT)
def test_what_stands_in_the_place_of_a_template_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / "root" / "templates").mkdir(parents=True)
    PUT[name](tmp_path / "root" / "templates" / NAME)
    code, said, written = rendered(tmp_path / "root")
    assert (code, written) == (2, [])
    assert f"templates/{NAME}：是指向卷宗外的链接，或读不出来" in said


def test_a_folder_of_templates_that_leads_out_is_named(tmp_path: Path) -> None:
    (tmp_path / "root").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "root" / "templates").symlink_to(tmp_path / "elsewhere")
    code, said, written = rendered(tmp_path / "root")
    assert (code, written) == (2, [])
    assert "是指向卷宗外的链接，或读不出来" in said


def test_without_one_the_built_in_is_used(tmp_path: Path) -> None:
    (tmp_path / "root" / "templates").mkdir(parents=True)
    code, _, written = rendered(tmp_path / "root")
    assert (code, len(written)) == (0, 1)
