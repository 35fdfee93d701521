"""What is kept of a built-in pack is the pack, and is used only while the pack is the same file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packs.pack_checks import as_data

from govit.law.library import BUILT_IN
from govit.law.packs import cache
from govit.law.packs.pack import load

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    return shutil.copy2(BUILT_IN / "qidong-2022.yaml", tmp_path / "qidong-2022.yaml")


def test_what_is_kept_is_the_regulation(pack: Path) -> None:
    read = load(pack, examples=False)
    cache.store(pack, read)
    found = cache.cached(pack)
    assert found is not None
    assert as_data(list(found.rules)) == as_data(list(read.rules))
    assert as_data([found.words, found.facts, found.stages]) == as_data([read.words, read.facts, read.stages])
    assert [a.text for a in found.articles] == [a.text for a in read.articles]


def test_a_changed_pack_is_read_again(pack: Path) -> None:
    cache.store(pack, load(pack, examples=False))
    pack.write_text(pack.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert cache.cached(pack) is None


def touched(module: Path) -> None:
    stat = module.stat()
    os.utime(module, ns=(stat.st_atime_ns, stat.st_mtime_ns + 1))


def longer(module: Path) -> None:
    """Of another size at the same time, as an editor that sets times back may leave it."""
    stat = module.stat()
    module.write_bytes(module.read_bytes() + b"\n")
    os.utime(module, ns=(stat.st_atime_ns, stat.st_mtime_ns))


@pytest.mark.parametrize("change", [touched, longer, Path.unlink])
@pytest.mark.parametrize(
    "name",
    [
        "govit.law.packs.pack",
        "govit.law.packs.articles",
        "govit.law.conditions",
        "govit.dossier.model",
        "govit.yamltext.nodes",
    ],
)
def test_a_changed_module_of_the_reader_makes_what_is_kept_stale(
    pack: Path, name: str, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    module = sys.modules[name]
    copy = Path(shutil.copy2(str(module.__file__), pack.parent / "module.py"))
    monkeypatch.setattr(module, "__file__", str(copy))
    cache.store(pack, load(pack, examples=False))
    assert cache.cached(pack) is not None
    change(copy)
    assert cache.cached(pack) is None


def test_changed_data_of_the_reader_makes_what_is_kept_stale(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = sys.modules["govit.law.form_names"]
    folder = pack.parent / "law"
    folder.mkdir()
    copy = Path(shutil.copy2(str(module.__file__), folder / "form_names.py"))
    data = Path(shutil.copy2(Path(str(module.__file__)).with_name("forms.yaml"), folder / "forms.yaml"))
    monkeypatch.setattr(module, "__file__", str(copy))
    cache.store(pack, load(pack, examples=False))
    assert cache.cached(pack) is not None
    touched(data)
    assert cache.cached(pack) is None


_READ = """
import os, sys
from pathlib import Path
opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
from govit.law.packs import cache
from govit.law.packs.pack import load
pack = Path(sys.argv[1])
load(pack, examples=False)
package = str(Path(cache.__file__).parents[2]) + os.sep
read = {one for one in opened if one.startswith(package) and not one.endswith((".py", ".pyc"))}
print(len(read), sorted(read - set(cache._stamp(pack)[1])))
"""


def test_whatever_is_read_with_a_pack_guards_what_is_kept_of_it() -> None:
    pack = str(BUILT_IN / "qidong-2022.yaml")
    ran = subprocess.run([sys.executable, "-c", _READ, pack], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout.split(" ", 1) == ["2", "[]\n"], "the pack and the forms"


def test_another_version_of_govit_and_another_place_of_the_pack_read_it_again(
    pack: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.store(pack, load(pack, examples=False))
    elsewhere = Path(shutil.copytree(pack.parent, pack.parent / "elsewhere")) / pack.name
    assert cache.cached(elsewhere) is None
    monkeypatch.setattr(cache, "__version__", "0.0.0")
    assert cache.cached(pack) is None


@pytest.mark.parametrize("rest", [b"", b"\x80\x05K\x01.", b"no pickle", b"cnothing\nthere\n.", b"cos\nthere\n.", b"I1x\n.", b"h\x05."])
def test_a_file_cut_short_or_of_another_kind_is_not_used(pack: Path, rest: bytes) -> None:
    cache.store(pack, load(pack, examples=False))
    next((pack.parent / "__pycache__").glob("*.kept")).write_bytes(rest)
    assert cache.cached(pack) is None


def test_nothing_is_kept_where_python_keeps_nothing(pack: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.dont_write_bytecode", True)
    cache.store(pack, load(pack, examples=False))
    assert not (pack.parent / "__pycache__").exists()
