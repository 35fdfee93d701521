"""One name, one thing: no class of govit is called as another is."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path

from sources import nodes

import govit

PACKAGE = Path(govit.__file__).parent


def test_no_class_name_is_used_for_two_things() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(path.relative_to(PACKAGE).as_posix())
    assert {name: places for name, places in found.items() if len(places) > 1} == {}
