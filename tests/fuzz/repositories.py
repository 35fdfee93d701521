"""Dossiers under git, as somebody hands them over: the history, the settings and the objects are theirs."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from committed import commit, git, loose, tree_of
from fuzz.chance import ODD_TEXTS, changed_bytes, changed_text
from fuzz.texts import put

if TYPE_CHECKING:
    from random import Random

PROJECT = "good/project.yaml"
HOSTILE = """
[core]
    fsmonitor = touch {canary}
    sshCommand = touch {canary}
    pager = touch {canary}
    editor = touch {canary}
    hooksPath = {hooks}
[diff]
    external = touch {canary}
[diff "a"]
    textconv = touch {canary}
    command = touch {canary}
[filter "a"]
    smudge = touch {canary}
    clean = touch {canary}
[alias]
    show = !touch {canary}
    cat-file = !touch {canary}
[include]
    path = {canary}
"""


@cache
def _history(project: str, settings: str) -> Path:
    """A repository with one approved revision, made once and copied."""
    home = Path(mkdtemp(prefix="govit-fuzz-git-"))
    put(home / PROJECT, project)
    put(home / "govit.yaml", settings)
    commit(home, "approved/2026")
    return home / ".git"


def _odd_tree(chance: Random, root: Path) -> None:
    """A last commit whose tree has names, modes and objects as no git makes them."""
    home = root.parent / "beside"
    ids = [loose(root, "blob", (root / name).read_bytes()) for name in (PROJECT, "govit.yaml")]
    ids += ["1" * 40, tree_of(root, ("100644", "project.yaml", ids[0]), ("100644", "方案.md", ids[1]))]
    names = (
        "good",
        "govit.yaml",
        "project.yaml",
        "..",
        ".git",
        ".",
        "",
        f"{home}/a.yaml",
        "../../beside/a.yaml",
        "a\\b.yaml",
        "方案.docx",
    )
    modes = ("100644", "100644", "40000", "120000", "160000", "0", "177777")
    for _ in range(chance.choice((1, 2, 40, 1_200))):
        entries = [
            (
                chance.choice(modes),
                chance.choice((*names, chance.choice(ODD_TEXTS)[:400].replace("\0", ""))),
                chance.choice(ids),
            )
            for _ in range(chance.choice((1, 2, 5)))
        ]
        ids[3] = tree_of(root, *entries, ("40000", chance.choice(names), ids[3]))
    top = tree_of(
        root, ("40000", "good", ids[3]), ("100644", "govit.yaml", ids[1]), ("100644", chance.choice(names), ids[0])
    )
    commit_ = loose(
        root,
        "commit",
        f"tree {top}\nauthor a <a> 1 +0000\ncommitter a <a> {chance.choice((1, 10**12, -1))} +0000\n\na".encode(),
    )
    git(root, "update-ref", "refs/heads/main", commit_)


def repository(chance: Random, root: Path) -> bool:
    """A history of the good project, with settings that would run something, or damaged."""
    text, settings = ((root / name).read_text(encoding="utf-8") for name in (PROJECT, "govit.yaml"))
    old = changed_text(chance, text, 2) if chance.random() < 0.1 else text
    shutil.copytree(_history(old, settings), root / ".git")
    if chance.random() < 0.3:
        _odd_tree(chance, root)
    canary = root.parent / "beside" / "touched"
    with (root / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write(HOSTILE.format(canary=canary, hooks=root.parent / "beside"))
    put(root / ".gitattributes", "* diff=a filter=a\n")
    files = [path for path in sorted((root / ".git").rglob("*")) if path.is_file() and "hooks" not in path.parts]
    if chance.random() < 0.7:
        path = chance.choice(files)
        path.chmod(0o600)
        path.write_bytes(changed_bytes(chance, path.read_bytes(), chance.choice((1, 9))))
    if chance.random() < 0.4:
        put(root / PROJECT, changed_text(chance, text, 2))
    elif chance.random() < 0.4:
        put(
            root / PROJECT,
            f"{text}approved_revision: {chance.choice((*ODD_TEXTS[5:20], '--output=/tmp/a', 'HEAD', '@{-1}'))!r}\n",
        )
    return False
