"""Real git repositories for tests: a dossier committed, tagged and edited, as a clerk would."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import zlib
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from places import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

IDENTITY = ("-c", "user.name=某人", "-c", "user.email=clerk@example.invalid", "-c", "commit.gpgsign=false")


def git(folder: Path, *args: str, on: str = "2026-01-05", **more: str) -> str:
    """Run git as the clerk does, on a day, with nothing of this machine's own settings."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    moment = f"{on}T09:00:00+08:00"
    settings = {
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": moment,
        "GIT_COMMITTER_DATE": moment,
        **more,
    }
    done = subprocess.run(
        ["git", *IDENTITY, *args],  # noqa: S607
        cwd=folder, env={**kept, **settings}, check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


def commit(folder: Path, tag: str = "", on: str = "2026-01-05") -> str:
    """Commit everything in a folder, which becomes a repository, and tag it; the id of the commit."""
    if not (folder / ".git").exists():
        git(folder, "init", "-q", "-b", "main")
    git(folder, "add", "-A", on=on)
    git(folder, "commit", "-q", "--allow-empty", "-m", "批复", on=on)
    if tag:
        git(folder, "tag", tag, on=on)
    return git(folder, "rev-parse", "HEAD").strip()


def sample(folder: Path, name: str, tag: str = "approved/2026") -> Path:
    """A copy of a sample dossier, committed and tagged; its folder."""

    def make(place: Path) -> None:
        shutil.copytree(SAMPLES / name, place)
        commit(place, tag)

    return made_once(folder / name.replace("/", "-"), f"{name} {tag}", make)


@cache
def _held() -> TemporaryDirectory[str]:
    """Where repositories are kept until the last test."""
    return TemporaryDirectory()


_MADE: dict[str, Path] = {}


def made_once(target: Path, key: str, make: Callable[[Path], object]) -> Path:
    """A copy of what `make` puts there, which is made once under its key: git is a process for every step."""
    if key not in _MADE:
        _MADE[key] = Path(_held().name) / str(len(_MADE))
        make(_MADE[key])
    shutil.copytree(_MADE[key], target)
    return target


def edit(path: Path, *pairs: tuple[str, str]) -> None:
    """Replace texts in a file, each of which must be there."""
    text = path.read_text(encoding="utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")


def loose(folder: Path, kind: str, data: bytes) -> str:
    """Put an object into a repository as it is, whatever git would say to it; its id."""
    whole = f"{kind} {len(data)}\0".encode() + data
    identity = hashlib.sha1(whole, usedforsecurity=False).hexdigest()
    path = folder / ".git" / "objects" / identity[:2] / identity[2:]
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(zlib.compress(whole))
    return identity


def tree_of(folder: Path, *entries: tuple[str, str, str]) -> str:
    """A tree with entries of any mode and name; its id."""
    lines = (f"{mode} {name}\0".encode("utf-8", "surrogateescape") + bytes.fromhex(one) for mode, name, one in entries)
    return loose(folder, "tree", b"".join(lines))
