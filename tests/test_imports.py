"""One direction of imports: found from the imports themselves, between rooms and inside them.

At every folder its members (files and folders) are looked at as wholes: whatever is imported anywhere below one of
them belongs to it. No circle among the members means that they stand on floors, and no arrow goes up.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

import pytest
from places import ROOT
from sources import nodes as nodes_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

PACKAGE = ROOT / "govit"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
FOLDERS = sorted({path.parent for path in MODULES.values()})
FACES = {"govit", "govit.__main__"}
"""The version, which anyone may name, and the door."""


@cache
def nodes(name: str) -> tuple[ast.AST, ...]:
    """All imports and calls of a module, also those inside functions and for types only."""
    return tuple(node for node in nodes_of(MODULES[name]) if isinstance(node, ast.Import | ast.ImportFrom | ast.Call))


@cache
def imported(name: str) -> frozenset[str]:
    """Every module that a module imports."""
    found: set[str] = set()
    for node in nodes(name):
        if isinstance(node, ast.ImportFrom) and node.module:
            whole = {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            found |= {one if one in MODULES else node.module for one in whole.values()}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return frozenset(found)


@cache
def arrows() -> dict[str, set[str]]:
    """What each module imports of this package."""
    return {
        name: {o for o in imported(name) if o in MODULES and o not in FACES} for name in MODULES if name not in FACES
    }


def room(name: str) -> str:
    return name.split(".")[1]


def among_members(folder: Path) -> Mapping[str, set[str]]:
    """The arrows between the members of a folder."""
    inside = ".".join(folder.relative_to(ROOT).parts)
    deep = inside.count(".") + 2
    among: dict[str, set[str]] = defaultdict(set)
    for name, others in arrows().items():
        for other in others:
            here, there = (".".join(whole.split(".")[:deep]) for whole in (name, other))
            if here != there and here.startswith(f"{inside}.") and there.startswith(f"{inside}."):
                among[here].add(there)
    return among


def circle(among: Mapping[str, set[str]]) -> list[str]:
    """A way back to where it began, [] if there is none."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(among.get(name, ())):
            found = walk(other, [*way, name])
            if found:
                return found
        done.add(name)
        return []

    return next((found for name in sorted(among) if (found := walk(name, []))), [])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_circle_among_the_members_of_a_folder(folder: Path) -> None:
    assert circle(among_members(folder)) == []


def test_no_circle_among_all_modules() -> None:
    assert circle(arrows()) == []


def test_a_circle_is_found() -> None:
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]


@pytest.mark.parametrize("folder", FOLDERS[1:], ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_folder_says_what_it_takes_gives_and_imports(folder: Path) -> None:
    told = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
    assert re.search(r"^In: .+ Out: .+\.$", told, re.MULTILINE | re.DOTALL)
    allowed = re.search(r"^May import: (.+)\.$", told, re.MULTILINE | re.DOTALL)
    assert allowed
    if folder.parent == PACKAGE:
        mine = f"govit.{folder.name}"
        used = {
            room(other) for name, others in arrows().items() if f"{name}.".startswith(f"{mine}.") for other in others
        }
        named = set(re.findall(r"[a-z]+", allowed[1])) & {path.name for path in FOLDERS}
        assert allowed[1] == "every room" or used - {folder.name} == named


def test_the_package_has_rooms_and_no_other_doors() -> None:
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_only_the_command_line_is_above() -> None:
    assert [(n, o) for n, others in arrows().items() if room(n) != "cli" for o in others if room(o) == "cli"] == []


def test_only_the_command_line_prints_exits_or_asks_for_today() -> None:
    calls = [
        (name, ast.unparse(node.func))
        for name in arrows()
        if room(name) != "cli"
        for node in nodes(name)
        if isinstance(node, ast.Call)
    ]
    assert len(calls) > 5_000
    assert [(n, c) for n, c in calls if c in ("print", "exit", "sys.exit", "typer.echo", "input")] == []
    assert [(n, c) for n, c in calls if c.endswith((".today", ".now", ".utcnow"))] == []


def test_nothing_opens_a_network_connection() -> None:
    network = {"socket", "urllib.request", "http.client", "requests", "httpx"}
    assert [name for name in MODULES if network & imported(name)] == []


IMPURE = {
    "govit.base.files": "reads and writes files whole or not at all",
    "govit.base.workers": "starts processes and reads from their pipes",
    "govit.dossier.tree": "walks the folders of a dossier",
    "govit.dossier.yaml_file": "reads the YAML files of a dossier",
    "govit.dossier.load": "reads the parts of a project that others ask for",
    "govit.dossier.projects": "digests the files of dossiers",
    "govit.documents.reader": "opens the file that it looks into",
    "govit.law.packs.built_packs": "reads the data that stand beside a built-in pack",
    "govit.law.packs.build_packs": "keeps built-in packs beside themselves when govit is built",
}
"""The modules outside the rooms of input and output that touch files, each with its reason."""
PURE_ROOMS = (
    "base",
    "yamltext",
    "calendar",
    "documents",
    "dossier",
    "law",
    "judging",
    "deadlines",
    "route",
    "report",
    "scaffold",
)


def test_the_core_does_no_input_or_output() -> None:
    outside = {"os", "subprocess", "shutil", "tempfile", "typer"}
    assert [n for n in arrows() if room(n) in PURE_ROOMS and n not in IMPURE and outside & imported(n)] == []
