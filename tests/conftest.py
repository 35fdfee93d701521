"""What all tests share: a dossier of the small regulation on disk, and snapshots of what the user sees."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
from hypothesis import settings
from kept_books import keeping
from merging import format_once
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet.merge import MergedCellRange
from places import ROOT, TESTS
from sharing_out import BySharedWork, place
from small_pack import PACK

from govit.base.language import Language, is_english, speak
from govit.cli.commands import Commands
from govit.documents import allowance
from govit.documents.passages import read_with_passages
from govit.dossier.documents_of import read
from govit.law.library import built_in_packs
from govit.law.packs.built_packs import PACKAGE, built_pack
from govit.scaffold.own_wheel import own_wheel
from govit.yamltext.cuts import cuts
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from typer._click.core import Command, Context

    from govit.yamltext.faults import Fault
    from govit.yamltext.nodes import Node

R = TypeVar("R")
SNAPSHOTS = TESTS / "snapshots"
settings.register_profile("govit", deadline=None, max_examples=50)  # a busy machine is no fault; every run draws afresh
settings.load_profile("govit")

LARGE, LARGE_TEXT = 1_000_000, 20_000
"""A file of so many bytes, a project of so many characters is there to test a limit, and is not kept."""
SOME = 500

PROJECT = """\
id: bridge
name: 桥梁监测平台
stage: 审批
category: 新建
unit: {name: 某市交通局}
budget:
  total: 120万元
documents:
  - {kinds: 方案书, path: 方案书.md, date: 2024-02-01}
answers:
  问清楚: {answer: 是, by: 某人, on: 2024-02-01}
"""


def pytest_configure(config: pytest.Config) -> None:
    """What the build makes of the packs is made anew in a checkout that was edited: every process that tests start reads it.

    Else each reads the YAML, which takes longer than all the rest that it does. A run of some tests goes without.
    """
    if config.getoption("dist", "no") == "no" or ROOT not in PACKAGE.parents:
        return
    if any(built_pack(pack) is None for pack in built_in_packs()):
        subprocess.run([sys.executable, "-P", "-m", "govit.law.packs.build_packs"], check=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that at the end no worker waits for another."""
    items.sort(key=lambda item: place(item.nodeid.partition("::")[0]))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """The tests of a file go to one worker, in the order of above."""
    if config.getoption("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False
    return BySharedWork(config, log)


def pytest_collection_finish() -> None:
    """What has been imported and collected stays to the end: no search for garbage goes through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)  # as the program itself


@pytest.fixture(scope="session", autouse=True)
def _papers_are_read_once() -> Iterator[None]:
    """What the same bytes say is remembered: the samples and their copies are opened by hundreds of tests.

    The tests of the readers call them directly.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("govit.dossier.documents_of.read", _of_the_same_bytes(read))
        patch.setattr("govit.documents.passages.read_with_passages", _of_the_same_bytes(read_with_passages))
        yield


def _of_the_same_bytes(reader: Callable[[Path], R]) -> Callable[[Path], R]:
    """A reader of files that remembers what small ones said."""
    seen: dict[tuple[str, bytes], R] = {}

    def read_once(path: Path) -> R:
        if not path.is_file() or path.stat().st_size > LARGE:
            return reader(path)
        key = path.suffix.lower(), path.read_bytes()
        if key not in seen:
            seen[key] = reader(path)
        return seen[key]

    return read_once


@pytest.fixture(scope="session", autouse=True)
def _files_of_projects_are_parsed_once() -> Iterator[None]:
    """The tree of a project's YAML is only read, and the same few texts are judged by thousands of tests.

    The tests of the YAML room call the parser directly; packs are parsed as ever.
    """
    parsed = lru_cache(maxsize=SOME)(parse)
    cut = lru_cache(maxsize=SOME)(cuts)

    def parse_once(text: str) -> tuple[Node, list[Fault]]:
        root, faults = parsed(text) if len(text) < LARGE_TEXT else parse(text)
        return root, [*faults]

    with pytest.MonkeyPatch.context() as patch:
        for module in ("load", "yaml_file"):
            patch.setattr(f"govit.dossier.{module}.parse", parse_once)
        patch.setattr("govit.dossier.yaml_file._cuts", lambda text: cut(text) if len(text) < LARGE_TEXT else cuts(text))
        yield


@pytest.fixture(scope="session", autouse=True)
def _what_every_call_makes_anew_is_made_once() -> Iterator[None]:
    """The wheel that `init` packs of the program, the commands that typer builds from their functions, workbooks.

    A process makes each once; tests call the program a thousand times in one.
    """
    built: dict[tuple[str, bool], Command | None] = {}
    build = Commands.get_command

    def get_command(self: Commands, ctx: Context, name: str) -> Command | None:
        key = name, is_english()
        if key not in built:
            built[key] = build(self, ctx, name)
        return built[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("govit.scaffold.own_wheel.own_wheel", cache(own_wheel))
        patch.setattr(Commands, "get_command", get_command)
        patch.setattr(MergedCellRange, "format", format_once)
        patch.setattr(ExcelReader, "read", keeping(ExcelReader.read))
        yield


@pytest.fixture(autouse=True)
def _no_run_is_open() -> None:
    """A command opens a purse for its run; in one process the next test would read on with what it left."""
    allowance._PURSE.set(None)


@pytest.fixture(scope="session", autouse=True)
def _processes_share_their_bytecode(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Where Python may not keep bytecode beside the source, the programs that tests start keep it for this session."""
    with pytest.MonkeyPatch.context() as patch:
        if sys.dont_write_bytecode:
            of_all_workers = tmp_path_factory.getbasetemp().parent if "PYTEST_XDIST_WORKER" in os.environ else None
            patch.setenv("PYTHONPYCACHEPREFIX", str((of_all_workers or tmp_path_factory.getbasetemp()) / "bytecode"))
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture(autouse=True)
def _in_the_folder_of_the_test(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Outside of git, reports name files from the current folder; a test that has a folder stands in it.

    A test begins in Chinese, whatever the one before it spoke.
    """
    speak(Language.zh)
    if "tmp_path" in request.fixturenames:
        monkeypatch.chdir(request.getfixturevalue("tmp_path"))


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    """A dossier with a regulation of its own and one project, bridge/."""
    (tmp_path / "packs").mkdir()
    (tmp_path / "packs" / "small-2024.yaml").write_text(PACK, encoding="utf-8")
    (tmp_path / "govit.yaml").write_text("regulation: small-2024\nregulations: packs\n", encoding="utf-8")
    (tmp_path / "bridge").mkdir()
    (tmp_path / "bridge" / "project.yaml").write_text(PROJECT, encoding="utf-8")
    (tmp_path / "bridge" / "方案书.md").write_text("# 概述\n\n监测全市桥梁。\n", encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="session")
def soffice(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., None]:
    """LibreOffice, with one profile for all tests: soffice("pdf", folder, *files); skipped where it is not."""
    found = shutil.which("soffice")
    if found is None:
        pytest.skip("LibreOffice is not here")
    profile = tmp_path_factory.mktemp("soffice").as_uri()

    def convert(to: str, folder: Path, *files: Path) -> None:
        command = [found, f"-env:UserInstallation={profile}", "--headless", "--convert-to", to, "--outdir", folder]
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=300)
        suffix = "." + to.partition(":")[0]
        left = {file.suffix for file in files if not (folder / file.name).with_suffix(suffix).is_file()}
        if left == {".xlsx"}:
            pytest.skip("LibreOffice is here without Calc")
        assert left == set()

    return convert


@pytest.fixture
def snapshot() -> Callable[[str, str], None]:
    """Compare a text with tests/snapshots/NAME.txt; GOVIT_SNAPSHOTS=write writes it anew."""

    def compare(name: str, text: str) -> None:
        path = SNAPSHOTS / f"{name}.txt"
        if os.environ.get("GOVIT_SNAPSHOTS") == "write":
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
