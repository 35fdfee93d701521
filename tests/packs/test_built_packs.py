"""What is built of a pack is that pack, and is used only while the pack and its readers are the same bytes."""

from __future__ import annotations

import copy
import datetime as dt
import marshal
import os
import shutil
import subprocess
import sys
import zlib
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packs.pack_checks import as_data
from places import ROOT

from govit.base.records import by_name, is_record
from govit.law.library import BUILT_IN, built_in_packs
from govit.law.packs import build_packs, built_packs
from govit.law.packs.pack import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from govit.law.regulation import Regulation

PACKS = built_in_packs()


@cache
def regulation() -> Regulation:
    """The pack of one city, read once."""
    return load(BUILT_IN / "qidong-2022.yaml", examples=False)


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    return shutil.copy2(BUILT_IN / "qidong-2022.yaml", tmp_path / "qidong-2022.yaml")


@pytest.fixture
def built(pack: Path) -> Path:
    """A pack with what is built of it."""
    build_packs.store(pack, regulation())
    return pack


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the package: a test that changes a file of it puts the file back."""
    package = tmp_path_factory.mktemp("package") / "govit"
    left_out = shutil.ignore_patterns("__pycache__", "built", "help", "templates")
    shutil.copytree(built_packs.PACKAGE, package, ignore=left_out)
    return package


@pytest.mark.parametrize("path", PACKS, ids=lambda path: path.stem)
def test_what_is_built_is_the_regulation(path: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy2(path, tmp_path / path.name))
    read = load(copy, examples=False)
    build_packs.store(copy, read)
    found = built_packs.built_pack(copy)
    assert found is not None
    assert as_data(found) == as_data(read)
    assert [type(rule.demand) for rule in found.rules] == [type(rule.demand) for rule in read.rules]


def things(value: object, met: dict[int, object]) -> Counter[str]:
    """How many records there are of each class that equal only themselves, each counted once."""
    if is_record(value):
        if id(value) in met:
            return Counter()
        met[id(value)] = value
        inside = Counter([type(value).__name__] if value != copy.copy(value) else [])
        return sum((things(getattr(value, name), met) for name in by_name(value)), inside)
    if isinstance(value, dict | tuple):
        return sum((things(one, met) for one in (value.values() if isinstance(value, dict) else value)), Counter())
    return Counter()


def test_what_stands_in_several_places_is_one_thing(pack: Path) -> None:
    read = load(pack, examples=False)
    build_packs.store(pack, read)
    found = things(built_packs.built_pack(pack), {})
    assert found == things(read, {})
    assert {"Question", "Rule", "Word"} <= set(found)


def test_a_changed_pack_is_read_again(built: Path) -> None:
    assert built_packs.built_pack(built) is not None
    built.write_text(built.read_text(encoding="utf-8").replace("应当", "应该", 1), encoding="utf-8")
    assert built_packs.built_pack(built) is None


def in_one_letter(module: Path) -> None:
    """The same size, and the same time."""
    stat = module.stat()
    module.write_bytes(module.read_bytes().replace(b"a", b"b", 1))
    os.utime(module, ns=(stat.st_atime_ns, stat.st_mtime_ns))


def longer(module: Path) -> None:
    module.write_bytes(module.read_bytes() + b"\n")


@pytest.mark.parametrize("change", [in_one_letter, longer, Path.unlink])
@pytest.mark.parametrize(
    "name",
    [
        "law/packs/pack.py",
        "law/packs/articles.py",
        "law/conditions.py",
        "law/form_names.py",
        "law/forms.yaml",
        "dossier/model.py",
        "yamltext/nodes.py",
        "base/records.py",
    ],
)
def test_a_change_of_what_reads_packs_makes_what_is_built_stale(
    package: Path, name: str, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    pack = package / "regulations" / "qidong-2022.yaml"
    monkeypatch.setattr(built_packs, "PACKAGE", package)
    build_packs.store(pack, regulation())
    assert built_packs.built_pack(pack) is not None
    change(package / name)
    found = built_packs.built_pack(pack)
    shutil.copy2(Path(build_packs.__file__).parents[2] / name, package / name)
    assert found is None
    assert built_packs.built_pack(pack) is not None


_READ = """
import os, sys
from pathlib import Path
opened = set()
sys.addaudithook(lambda event, args: opened.add(str(args[0])) if event == "open" else None)
from govit.law.packs import build_packs, built_packs
from govit.law.packs.filenames import english_beside
from govit.law.packs.pack import load
pack = Path(sys.argv[1])
load(pack, examples=False)
package = str(built_packs.PACKAGE) + os.sep
read = {one for one in opened if one.startswith(package) and not one.endswith((".py", ".pyc"))}
guards = {str(built_packs.PACKAGE / one) for one in build_packs.read_with_a_pack()} | {str(pack), str(english_beside(pack))}
print(len(read), sorted(read - guards))
"""


def test_whatever_is_read_with_a_pack_guards_what_is_built_of_it() -> None:
    pack = str(BUILT_IN / "qidong-2022.yaml")
    ran = subprocess.run([sys.executable, "-c", _READ, pack], capture_output=True, encoding="utf-8", check=True)
    assert ran.stdout.split(" ", 1) == ["3", "[]\n"], "the pack, its English and the forms"


@pytest.mark.parametrize("rest", [b"", b"(", b"no data", marshal.dumps(1), marshal.dumps((1, 2, 3, b""))])
def test_a_file_cut_short_or_of_another_kind_is_not_used(built: Path, rest: bytes) -> None:
    built_packs.place(built).write_bytes(rest)
    assert built_packs.built_pack(built) is None


def test_data_with_another_byte_are_not_used(built: Path) -> None:
    data = built_packs.place(built).read_bytes()
    for at in range(0, len(data), len(data) // 50):
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        built_packs.place(built).write_bytes(changed)
        assert built_packs.built_pack(built) is None


def test_nothing_but_records_and_simple_values_is_made(pack: Path) -> None:
    build_packs.store(pack, load(pack, examples=False))
    for module, name in (("os", "system"), ("govit.law.library", "Library"), ("builtins", "eval")):
        write_data(pack, ([(module, name)], [(0, [("true",)])], [], [built_packs.THING, 0]))
        assert built_packs.built_pack(pack) is None
    write_data(pack, ([("datetime", "date")], [(0, [(2026, 1, 1)])], [], [built_packs.THING, 0]))
    assert built_packs.built_pack(pack) == dt.date(2026, 1, 1)
    write_data(pack, ([("datetime", "date")], [], [(0, 1, [])], [built_packs.THING, 0]))
    assert built_packs.built_pack(pack) is None


def write_data(pack: Path, data: object) -> None:
    """What stands beside a pack, whole and up to date, and of something else."""
    files: list[str] = []
    inside = marshal.dumps(data, 4)
    head = marshal.dumps((files, built_packs.stamp(files, pack), zlib.crc32(inside)), 4)
    built_packs.place(pack).write_bytes(len(head).to_bytes(built_packs.HEAD, "little") + head + inside)


@pytest.mark.skipif(ROOT in built_packs.PACKAGE.parents, reason="in a checkout an edit makes them stale until the next build")
def test_an_installation_brings_every_pack_ready() -> None:
    assert [path.stem for path in PACKS if built_packs.built_pack(path) is None] == []


def test_nothing_is_written_when_packs_are_read(tmp_path: Path) -> None:
    package = tmp_path / "govit"
    shutil.copytree(built_packs.PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__", "built"))
    before = sorted(tmp_path.rglob("*"))
    program = "from govit.law.library import Library; assert Library(examples=False).get('qidong-2022')"
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    subprocess.run([sys.executable, "-c", program], check=True, env=env, cwd=tmp_path)
    assert sorted(tmp_path.rglob("*")) == before
