"""Git is asked through git alone, and nothing that a stranger's repository configures is run."""

from __future__ import annotations

import datetime as dt
import os
import sys
from typing import TYPE_CHECKING

import pytest
from committed import commit, git

from govit.change.git import SHALLOW, GitError, environment, open_repository, run

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "卷 宗"
    (folder / "甲").mkdir(parents=True)
    (folder / "甲" / "文 件.md").write_text("一\n", encoding="utf-8")
    commit(folder, "approved/v9", "2026-01-05")
    (folder / "甲" / "文 件.md").write_text("二\n", encoding="utf-8")
    commit(folder, "approved/v10", "2026-02-05")
    return folder


def test_a_revision_is_found_by_tag_branch_and_commit(repository: Path) -> None:
    found = open_repository(repository)
    commits = {found.revision(name).commit for name in ("approved/v10", "main", "HEAD", "HEAD^{commit}")}
    assert len(commits) == 1
    assert found.revision(next(iter(commits))[:10]).on == dt.date(2026, 2, 5)
    assert found.revision("HEAD~1").on == dt.date(2026, 1, 5)


def test_the_day_is_that_of_the_committers_clock(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("a", encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "夜里", GIT_COMMITTER_DATE="2026-01-05T00:30:00+08:00")
    assert open_repository(tmp_path).revision("HEAD").on == dt.date(2026, 1, 5)


def test_the_prefix_tells_where_a_folder_lies(repository: Path) -> None:
    assert open_repository(repository).prefix == ""
    assert open_repository(repository / "甲").prefix == "甲/"


@pytest.mark.parametrize(
    "name",
    [
        "--upload-pack=touch pwned",
        "-x",
        "--output=pwned",
        "",
        " ",
        "main\nHEAD",
        "a\0b",
        "没有",
        "HEAD:甲/文 件.md",
        "a commit b",
        "HEAD commit",
    ],
)
def test_what_is_no_revision_is_said_so_and_is_never_an_option(repository: Path, name: str) -> None:
    with pytest.raises(GitError, match="这个版本"):
        open_repository(repository).revision(name)
    assert not list(repository.glob("pwned*"))


def test_tags_newest_commit_first_and_by_version_where_the_commit_is_one(repository: Path) -> None:
    git(repository, "tag", "approved/v2")
    git(repository, "tag", "-a", "-m", "旧的", "approved/旧", "HEAD~1", on="2026-03-01")
    git(repository, "tag", "other/v99")
    names = [tag.name for tag in open_repository(repository).tags("approved")]
    assert names[:2] == ["approved/v10", "approved/v2"]
    assert set(names[2:]) == {"approved/v9", "approved/旧"}


def test_a_tree_lists_names_as_they_are_and_blobs_are_bounded(repository: Path) -> None:
    found = open_repository(repository)
    tree = found.tree(found.revision("approved/v9").commit)
    assert list(tree) == ["甲/文 件.md"]
    entry = tree["甲/文 件.md"]
    assert entry.regular
    assert found.blobs([entry.id], 100) == {entry.id: "一\n".encode()}
    assert found.blobs([entry.id], 3) == {}
    assert found.blobs(["0" * 40], 100) == {}
    with pytest.raises(GitError, match="对象号"):
        found.blobs(["--batch"], 100)


def test_links_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/etc/passwd")
    commit(tmp_path)
    found = open_repository(tmp_path)
    assert not found.tree(found.revision("HEAD").commit)["link"].regular


def test_outside_of_any_repository(tmp_path: Path) -> None:
    with pytest.raises(GitError, match="不在 git 版本库里"):
        open_repository(tmp_path)


def test_a_bare_repository_among_the_documents_is_not_taken_for_one(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "--bare", ".")
    with pytest.raises(GitError, match="不在 git 版本库里"):
        open_repository(tmp_path)


def test_a_shallow_clone_says_how_to_get_the_rest(repository: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", repository.as_uri(), "shallow")
    found = open_repository(tmp_path / "shallow")
    assert found.shallow
    with pytest.raises(GitError, match="git fetch --unshallow --tags"):
        found.revision("HEAD~1")
    assert "浅克隆" in SHALLOW


def test_without_git(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="没有找到 git 程序"):
        open_repository(repository)


def test_a_git_in_the_current_folder_is_not_run(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = repository / "git"
    fake.write_text("#!/bin/sh\ntouch pwned\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.chdir(repository)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    open_repository(repository)
    assert not (repository / "pwned").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script")
def test_nothing_that_the_repository_configures_is_run(repository: Path) -> None:
    trap = repository / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch '{repository}/pwned'\ncat\n", encoding="utf-8")
    trap.chmod(0o755)
    for key in (
        "core.fsmonitor",
        "core.pager",
        "filter.x.smudge",
        "filter.x.clean",
        "diff.x.textconv",
        "core.sshCommand",
    ):
        git(repository, "config", key, str(trap))
    git(repository, "config", "remote.origin.url", f"ext::{trap}")
    git(repository, "config", "remote.origin.promisor", "true")
    git(repository, "config", "remote.origin.partialclonefilter", "blob:none")
    git(repository, "config", "extensions.partialClone", "origin")
    git(repository, "config", "protocol.ext.allow", "always")
    (repository / ".git" / "info").mkdir(exist_ok=True)
    (repository / ".git" / "info" / "attributes").write_text("* filter=x diff=x\n", encoding="utf-8")
    found = open_repository(repository)
    tree = found.tree(found.revision("HEAD").commit)
    assert found.blobs([entry.id for entry in tree.values()], 100)
    assert found.blobs(["1" * 40], 100) == {}
    assert not (repository / "pwned").exists()


def test_the_environment_of_a_hook_does_not_lead_elsewhere() -> None:
    given = {"GIT_DIR": "/x", "GIT_INDEX_FILE": "/x", "GIT_TRACE": "1", "GIT_CONFIG_GLOBAL": "/g", "HOME": "/h"}
    made = environment(given)
    assert not {"GIT_DIR", "GIT_INDEX_FILE", "GIT_TRACE"} & set(made)
    assert made["GIT_CONFIG_GLOBAL"] == "/g"
    assert made["HOME"] == "/h"
    assert made["GIT_ALLOW_PROTOCOL"] == "none"


def test_too_much_output_is_refused(repository: Path) -> None:
    with pytest.raises(GitError, match="太多"):
        run(str(repository), "cat-file", "commit", "HEAD", limit=10)


def test_a_repository_of_somebody_else_says_what_to_do(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("govit.change.git._FIXED", {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "LC_ALL": "C"})
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    with pytest.raises(GitError, match=r"safe\.directory"):
        open_repository(repository)


def test_what_git_says_of_a_broken_repository_is_shown(repository: Path) -> None:
    (repository / ".git" / "config").write_text("[core\n", encoding="utf-8")
    with pytest.raises(GitError, match="git 不能读取"):
        open_repository(repository)
