"""A revision of a stranger's repository is put into a folder of its own, whatever names stand in its trees."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from committed import git, loose, tree_of
from program import program

from govit.change import git as asked
from govit.change.git import GitError, open_repository
from govit.change.put_back import DEEPEST, put_back

PROJECT = "id: good\nname: 好\nyear: 2027\nstage: 草拟\ncategory: 新建\nregulation: lianyungang-2025\nbudget: {total: 300万元}\n"
DAY = "--as-of=2026-11-20"


def everything(folder: Path) -> set[str]:
    return {os.path.relpath(os.path.join(at, name), folder) for at, _, names in os.walk(folder) for name in names}


@pytest.mark.parametrize(
    "path",
    [
        "/{elsewhere}/a.yaml", "../a.yaml", "a/../../a.yaml", "..\\a.yaml", "a//b.yaml", "", "/", ".", "..", "a/", "./a.yaml",
        ".git/config", "a/.GIT/config", "a" * 300, "a/" * (DEEPEST + 1) + "a", "a\0b", "there/b",
    ],
)  # fmt: skip
def test_a_name_that_leads_elsewhere_or_cannot_be_held_is_left_out(tmp_path: Path, path: str) -> None:
    top = tmp_path / "top"
    top.mkdir()
    assert put_back(str(top), "there", b"1")
    assert not put_back(str(top), path.format(elsewhere=tmp_path), b"2")
    assert everything(tmp_path) == {str(Path("top", "there"))}
    assert (top / "there").read_bytes() == b"1"


def test_a_full_disk_is_no_matter_of_the_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "makedirs", full)
    with pytest.raises(OSError, match="No space"):
        put_back(str(tmp_path), "a/b", b"")


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A dossier in a repository whose last commit has names that lead out, and folders in one another without end."""
    home = tmp_path / "d"
    (home / "good").mkdir(parents=True)
    (home / "good" / "project.yaml").write_text(PROJECT, encoding="utf-8")
    git(home, "init", "-q", "-b", "main")
    blob = loose(home, "blob", PROJECT.encode())
    good = tree_of(home, ("100644", "project.yaml", blob))
    deep = good
    for _ in range(1_200):
        deep = tree_of(home, ("40000", "d", deep))
    away = tree_of(home, ("100644", "away.yaml", blob), ("100644", "project.yaml", blob))
    names = (f"{tmp_path}/away.yaml", "../away.yaml", "../../away.yaml", "a\\..\\..\\away.yaml", "a" * 300 + ".yaml")
    top = tree_of(
        home,
        *(("100644", name, blob) for name in names),
        ("40000", "..", away), (("40000"), ".git", away), ("40000", "deep", deep), ("40000", "good", good),
        ("100644", "both.yaml", blob), ("40000", "both.yaml", away), ("40000", f"{tmp_path}/folder", away),
    )  # fmt: skip
    git(home, "update-ref", "refs/heads/main", git(home, "commit-tree", top, "-m", "a").strip())
    return home


@pytest.mark.parametrize(
    "words",
    [
        ("change", "d/good", "--base", "HEAD"),
        ("check", "d", "--format", "html", "--base", "HEAD", "-o", "r.html"),
        ("render", "plan", "d", "--year", "2027", "--since", "HEAD", "--draft", "-o", "out"),
    ],
    ids=["change", "check", "plan"],
)
def test_nothing_of_a_revision_is_written_elsewhere(
    tmp_path: Path, hostile: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    before = everything(tmp_path)
    done = program(*words, DAY, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    made = everything(tmp_path) - before
    assert {name for name in made if name.split(os.sep)[0] not in ("out", "r.html")} == set()
    assert hostile.is_dir()


def test_a_revision_without_the_projects_is_no_plan(tmp_path: Path, hostile: Path) -> None:
    empty = tree_of(hostile)
    git(hostile, "update-ref", "refs/heads/main", git(hostile, "commit-tree", empty, "-m", "a").strip())
    done = program(
        "render", "plan", "d", "--year", "2027", "--since", "HEAD", "--draft", "-o", "out", DAY, cwd=tmp_path
    )
    assert "govit-" not in done.stderr
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="one process bounds another")
def test_a_ref_that_is_a_link_to_a_device_does_not_fill_the_memory(
    hostile: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "MEMORY", 100_000_000)
    (hostile / ".git" / "refs" / "tags" / "approved").mkdir()
    (hostile / ".git" / "refs" / "tags" / "approved" / "x").symlink_to("/dev/zero")
    with pytest.raises(GitError, match="要用的内存太多"):
        open_repository(hostile).tags("approved")
