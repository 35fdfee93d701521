"""One direction of imports: the command line on top, the model at the bottom, nothing goes up."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "govit"
LAYERS = (
    {"__main__"},
    {"cli"},
    {
        "run",
        "explain",
        "coverage_xlsx",
        "setup",
        "annotate",
        "importing",
        "answering",
        "comparing",
    },
    {"render"},
    {"report", "rehearsal"},
    {"deadlines", "route", "judge", "coverage", "examples", "schema"},
    {"change"},
    {"cases"},
    {"describe", "because", "library", "papers", "waivers", "consistency", "asked"},
    {"engine", "packs"},
    {"stages", "checks", "gov"},
    {"facts", "derived", "givens", "dossier", "calendars", "rewriting"},
    {"regulation", "values"},
    {"refs"},
    {"reading"},
    {"model", "keys", "workdays", "finding", "yamltext", "yamledit", "slips", "folders"},
    {"documents", "periods", "money", "nearest", "usage", "files", "records", "git", "language", "english"},
)
"""From top to bottom: a module imports from its own layer and below, `__init__` (the version) from anywhere."""

PURE = (
    "asked",
    "keys",
    "schema",
    "change",
    "model",
    "facts",
    "engine",
    "checks",
    "refs",
    "stages",
    "periods",
    "waivers",
    "consistency",
    "finding",
    "money",
    "describe",
    "because",
    "route",
    "coverage",
    "report",
    "regulation",
    "deadlines",
)


def level(module: str) -> int:
    return next(n for n, layer in enumerate(LAYERS) if module in layer)


def modules() -> list[Path]:
    return sorted(path for path in PACKAGE.rglob("*.py") if path.name != "__init__.py" or path.parent != PACKAGE)


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module} if node.module != "govit" else {f"govit.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return names


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_go_down(path: Path) -> None:
    ours = {name.split(".")[1] for name in imported(path) if name.startswith("govit.")}
    rooms = {name for name in ours if name != "__version__"}
    upward = {name for name in rooms if level(name) < level(room(path))}
    assert upward == set()


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_only_the_command_line_prints_exits_or_asks_for_today(path: Path) -> None:
    if room(path) in ("cli", "__main__"):
        return
    source = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            assert called not in ("print", "exit", "sys.exit", "typer.echo", "input")
            assert not called.endswith((".today", ".now", ".utcnow"))


@pytest.mark.parametrize("path", modules(), ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_nothing_opens_a_network_connection(path: Path) -> None:
    assert not {"socket", "urllib.request", "http.client", "requests", "httpx"} & imported(path)


@pytest.mark.parametrize("name", PURE)
def test_the_core_does_no_input_or_output(name: str) -> None:
    for path in modules():
        if room(path) == name:
            assert not {"os", "subprocess", "shutil", "tempfile", "typer"} & imported(path)
