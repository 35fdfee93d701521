"""One name, one thing: no class of govit is called as another is, and every name says what it holds."""

from __future__ import annotations

import ast
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

from sources import nodes

import govit

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = Path(govit.__file__).parent
MODULES = {path.relative_to(PACKAGE).as_posix(): path for path in sorted(PACKAGE.rglob("*.py"))}
UNTELLING = frozenset(
    (
        "above",
        "around",
        "asked",
        "because",
        "givens",
        "homes",
        "keep",
        "keeping",
        "kept",
        "looks",
        "rehearsal",
        "rehearse",
        "told",
    )
)
"""Words of a sentence that do not say what a thing is; inside a function, beside what it is made from, they may."""


def test_no_class_name_is_used_for_two_things() -> None:
    found: dict[str, list[str]] = defaultdict(list)
    for name, path in MODULES.items():
        for node in nodes(path):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(name)
    assert {name: places for name, places in found.items() if len(places) > 1} == {}


def test_what_others_use_is_called_by_what_it_holds() -> None:
    found = {
        f"{module}: {name}"
        for module, path in MODULES.items()
        for name in (path.stem, *_used_elsewhere(path))
        if name.strip("_").lower() in UNTELLING
    }
    assert found == set()


def _used_elsewhere(path: Path) -> Iterator[str]:
    """The names of functions, classes, constants, fields, attributes and of what is imported."""
    for node in nodes(path):
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name) | ast.alias(asname=str(name)):
                yield name
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
        if isinstance(node, ast.Module | ast.ClassDef):
            yield from _assigned(node.body)


def _assigned(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        match statement:
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
