"""A short run is mostly imports: `govit check` imports what it uses, and nothing that is not in the list."""

from __future__ import annotations

import subprocess
import sys
from fnmatch import fnmatch
from typing import TYPE_CHECKING

import pytest
from places import SAMPLES

from govit.law.packs.built_packs import BUILT_IN, built_pack

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import os, sys

leave, out = os._exit, sys.argv.pop(1)

def tell(code):
    with open(out, "w", encoding="utf-8") as file:
        file.write("\\n".join(sys.modules))
    leave(code)

os._exit = tell
sys.argv[0] = "govit"
from govit.__main__ import main

main()
"""
OURS = [
    "govit",
    "govit.__main__",
    "govit.base*",
    "govit.calendar*",
    "govit.dossier*",
    "govit.judging*",
    "govit.yamltext*",
    "govit.cli",
    "govit.cli.check",
    "govit.cli.check_reports",
    "govit.cli.checking",
    "govit.cli.common",
    "govit.cli.line",
    "govit.cli.pairs",
    "govit.cli.plain",
    "govit.cli.plain_options",
    "govit.cli.progress",
    "govit.cli.proof",
    "govit.documents",
    "govit.documents.allowance",
    "govit.documents.content",
    "govit.documents.names",
    "govit.documents.ordinals",
    "govit.documents.placeholders",
    "govit.documents.typed_headings",
    "govit.law",
    "govit.law.conditions",
    "govit.law.derivations",
    "govit.law.kinds*",
    "govit.law.library",
    "govit.law.packs",
    "govit.law.packs.built_packs",
    "govit.law.packs.filenames",
    "govit.law.packs.pack_error",
    "govit.law.regulation",
    "govit.law.vocabulary",
    "govit.report",
    "govit.report.consequent",
    "govit.report.overview",
    "govit.report.text",
]
"""Of a project without documents, under a regulation whose data were built."""
if built_pack(BUILT_IN / "lianyungang-2025.yaml") is None:
    OURS.append("govit.law*")  # a checkout that was edited since it was installed: the pack itself is read
READERS = ["govit.documents*", "govit.statements*"]
"""Where there are documents."""
OTHERS = [
    "chinese_calendar*",
    "yaml",
    "yaml._yaml",
    "yaml.error",
    "yaml.events",
    "yaml.nodes",
    "yaml.tokens",
]
SLOW = [
    "argparse",
    "asyncio",
    "concurrent*",
    "csv",
    "email*",
    "html*",
    "http*",
    "importlib.metadata*",
    "importlib.resources*",
    "json*",
    "logging*",
    "pdb",
    "pydoc",
    "random",
    "rich*",
    "secrets",
    "shutil",
    "socket",
    "sqlite3",
    "ssl",
    "statistics",
    "tempfile",
    "threading",
    "tomllib",
    "unittest*",
    "urllib.request",
    "xml.dom*",
    "xml.etree*",
    "zipfile*",
    "zoneinfo",
    "docx*",
    "docxtpl*",
    "openpyxl*",
    "lxml*",
    "jinja2*",
    "icalendar*",
    "markdown_it*",
    "rapidfuzz*",
    "borax*",
    "xlrd*",
]
"""Of what comes with Python and of our own dependencies: what a check that shows its result as text has no use for."""


def imported(project: Path, out: Path) -> set[str]:
    """The modules that a check of a project has imported when it ends; the second run has all bytecode."""
    for _ in range(2):
        command = [sys.executable, "-c", PROGRAM, str(out), "check", str(project), "--as-of", "2026-11-20"]
        subprocess.run(command, check=False, capture_output=True)
    found = set(out.read_text(encoding="utf-8").split())
    assert "govit.judging.engine" in found
    return found


def beyond(found: set[str], allowed: list[str]) -> set[str]:
    return {name for name in found if not any(fnmatch(name, pattern) for pattern in allowed)}


def of_others(found: set[str]) -> set[str]:
    """What comes neither with Python nor with govit; names with two underscores are made by compilers."""
    own = {*sys.stdlib_module_names, "__main__", "govit", "_distutils_hack", "cython_runtime"}
    return {name for name in found if name.partition(".")[0] not in own and not name.startswith(("_cython", "__"))}


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A project without a document."""
    (tmp_path / "a").mkdir()
    text = "regulation: lianyungang-2025\nid: a\nname: 某项目\nyear: 2027\nstage: 申报\ncategory: 新建\n"
    (tmp_path / "a" / "project.yaml").write_text(text, encoding="utf-8")
    return tmp_path / "a"


def test_a_check_imports_nothing_but_what_it_uses(bare: Path, tmp_path: Path) -> None:
    found = imported(bare, tmp_path / "modules.json")
    assert beyond({name for name in found if name.partition(".")[0] == "govit"}, OURS) == set()
    assert beyond(of_others(found), OTHERS) == set()
    assert {name for name in found if any(fnmatch(name, pattern) for pattern in SLOW)} == set()


def test_documents_add_their_readers_and_nothing_else(tmp_path: Path) -> None:
    found = imported(SAMPLES / "lianyungang" / "2027-smart-parking", tmp_path / "modules.json")
    assert beyond({name for name in found if name.partition(".")[0] == "govit"}, [*OURS, *READERS]) == set()
    assert beyond(of_others(found), OTHERS) == set()
    assert {name for name in found if any(fnmatch(name, pattern) for pattern in SLOW)} == set()
