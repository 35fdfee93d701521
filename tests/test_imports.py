"""One direction of imports: found from the imports themselves, between rooms and inside them.

At every folder its members (files and folders) are looked at as wholes: whatever is imported anywhere below one of
them belongs to it. No circle among the members means that they stand on floors, and no arrow goes up.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from places import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

PACKAGE = ROOT / "govit"
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(PACKAGE.rglob("*.py"))
}
FOLDERS = sorted({path.parent for path in MODULES.values()})
FACES = {"govit", "govit.__main__"}
"""The version, which anyone may name, and the door."""


def imported(path: Path) -> Iterator[str]:
    """Every module that a file imports, also inside functions and for types only."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in MODULES else node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


ARROWS = {
    name: {other for other in imported(path) if other in MODULES and other not in FACES}
    for name, path in MODULES.items()
    if name not in FACES
}


def room(name: str) -> str:
    return name.split(".")[1]


def among_members(folder: Path) -> Mapping[str, set[str]]:
    """The arrows between the members of a folder."""
    inside = ".".join(folder.relative_to(ROOT).parts)
    deep = inside.count(".") + 2
    arrows: dict[str, set[str]] = defaultdict(set)
    for name, others in ARROWS.items():
        for other in others:
            here, there = (".".join(whole.split(".")[:deep]) for whole in (name, other))
            if here != there and here.startswith(f"{inside}.") and there.startswith(f"{inside}."):
                arrows[here].add(there)
    return arrows


def circle(arrows: Mapping[str, set[str]]) -> list[str]:
    """A way back to where it began, [] if there is none."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for other in sorted(arrows.get(name, ())):
            found = walk(other, [*way, name])
            if found:
                return found
        done.add(name)
        return []

    return next((found for name in sorted(arrows) if (found := walk(name, []))), [])


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_circle_among_the_members_of_a_folder(folder: Path) -> None:
    assert circle(among_members(folder)) == []


def test_no_circle_among_all_modules() -> None:
    assert circle(ARROWS) == []


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
        used = {room(other) for name, others in ARROWS.items() if f"{name}.".startswith(f"{mine}.") for other in others}
        named = set(re.findall(r"[a-z]+", allowed[1])) & {path.name for path in FOLDERS}
        assert allowed[1] == "every room" or used - {folder.name} == named


def test_the_package_has_rooms_and_no_other_doors() -> None:
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py"}


@pytest.mark.parametrize("name", [name for name in MODULES if not name.startswith("govit.cli")])
def test_only_the_command_line_is_above(name: str) -> None:
    assert name == "govit.__main__" or not [other for other in ARROWS.get(name, ()) if room(other) == "cli"]


@pytest.mark.parametrize("name", [name for name in ARROWS if room(name) != "cli"])
def test_only_the_command_line_prints_exits_or_asks_for_today(name: str) -> None:
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("print", "exit", "sys.exit", "typer.echo", "input")
            assert not called.endswith((".today", ".now", ".utcnow"))


@pytest.mark.parametrize("name", list(MODULES))
def test_nothing_opens_a_network_connection(name: str) -> None:
    assert not {"socket", "urllib.request", "http.client", "requests", "httpx"} & set(imported(MODULES[name]))


IMPURE = {
    "govit.base.files": "reads and writes files whole or not at all",
    "govit.dossier.tree": "walks the folders of a dossier",
    "govit.dossier.load": "reads the files of a dossier",
    "govit.documents.reader": "opens the file that it looks into",
    "govit.documents.package": "opens zip files",
    "govit.law.packs.cache": "keeps built-in packs beside themselves",
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


@pytest.mark.parametrize("name", [name for name in ARROWS if room(name) in PURE_ROOMS])
def test_the_core_does_no_input_or_output(name: str) -> None:
    touched = {"os", "subprocess", "shutil", "tempfile", "typer"} & set(imported(MODULES[name]))
    assert not touched or name in IMPURE
