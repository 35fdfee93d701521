"""Regulations of a dossier's own, as somebody writes them for the first time."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import yaml
from fuzz.chance import changed_text, changed_tree
from fuzz.texts import broken, put
from places import FIFTH

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

ID = "shili-city-2026"


@cache
def text() -> str:
    return (FIFTH / "regulations" / f"{ID}.yaml").read_text(encoding="utf-8")


def pack(chance: Random, root: Path) -> bool:
    """A pack with something in it turned into something else; and a project that is judged by it."""
    if chance.random() < 0.75:
        tree = yaml.load(text(), yaml.CBaseLoader)  # noqa: S506 - it makes nothing but texts
        for _ in range(chance.choice((1, 1, 2))):
            tree = changed_tree(chance, tree)
        made = yaml.dump(tree, allow_unicode=True, sort_keys=False, Dumper=yaml.CSafeDumper)
    else:
        made = changed_text(chance, text(), chance.choice((1, 2, 5)))
    put(root / "packs" / f"{ID}.yaml", made)
    put(root / "bad" / "project.yaml", f"id: bad\nname: 坏\nstage: 草拟\nregulation: {ID}\n")
    return broken(made)
