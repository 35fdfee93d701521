"""The campaign: strangers' files by the thousand, and what must hold whatever is in them.

No value is expected of any of them. What must hold: nothing is raised; what is broken beyond doubt never ends in 0;
the other project is judged as if the stranger's were not there; no file takes more than its budget; the same input
gives the same bytes; nothing is written but where it was asked for; nothing that a terminal obeys is printed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import resource
import shutil
import signal
import sys
import time
import traceback
import unicodedata
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from fuzz.kinds import CHECK, KINDS, Kind
from program import Ran, program

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SECONDS = 3.0
"""Of the processor, for one command over one input: three times what is promised, for machines that are busy."""
MEMORY = 150_000
"""Kilobytes by which the process may grow over one input."""
TWICE = 3
"""Every so many inputs are met twice, to see that the same comes of it."""
HANGS = 30.0
"""Seconds of the processor after which a command is stopped."""
OBEYED = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""What a terminal obeys, turns, hides or cannot show."""
GOOD = "id: good\nname: 好\nyear: 2027\nstage: 草拟\ncategory: 新建\nbudget: {total: 300万元}\nunit: {name: 某局}\n"
SETTINGS = (
    "regulation: lianyungang-2025\nregulations: packs\nunit: {name: 某局, level: 市级, kind: 党政机关}\nyear: 2027\n"
)


@dataclass(frozen=True)
class Failure:
    """What did not hold, and how to see it again."""

    kind: str
    seed: int
    number: int
    what: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.what}\n  again: python -m tests.fuzz --seed {self.seed} --only {self.number}"


class HangError(BaseException):
    """A command that would not end; no handler of the program takes it for one of its own."""


# -- one input -------------------------------------------------------------------------------------------


def attack(kind: Kind, seed: int, number: int, keep: Path | None = None) -> list[Failure]:
    """Make one input and let its commands meet it; the input is kept where something did not hold."""
    with TemporaryDirectory(prefix="govit-fuzz-") as name:
        home = Path(name)
        root = home / "dossier"
        _dossier(root)
        (home / "beside").mkdir()
        (home / "beside" / "canary").write_text("a", encoding="utf-8")
        broken = kind.make(Random(f"{seed} {number} {kind.name}"), root)  # noqa: S311 - the same again is what is wanted
        wrong = _all_that_fails(kind, root, broken=broken, twice=number % TWICE == 0)
        found = [Failure(kind.name, seed, number, what) for what in wrong]
        if found and keep is not None:
            shutil.copytree(home, keep / f"{seed}-{number}", dirs_exist_ok=True, symlinks=True)
        return found


def _dossier(root: Path) -> None:
    for path, text in {"good/project.yaml": GOOD, "govit.yaml": SETTINGS}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / "packs").mkdir()


def _all_that_fails(kind: Kind, root: Path, *, broken: bool, twice: bool) -> Iterator[str]:
    for command in kind.commands:
        before = tree(root.parent)
        yield from _one_command(kind, command, root, broken=broken, twice=twice)
        after = tree(root.parent)
        allowed = ("out",) if not kind.writes else ("out", "dossier")
        touched = [path for path in before.keys() | after.keys() if before.get(path) != after.get(path)]
        elsewhere = [path for path in sorted(touched) if path.split("/")[0] not in allowed]
        if elsewhere:
            yield f"{command}: wrote {elsewhere[:3]}"
        shutil.rmtree(root.parent / "out", ignore_errors=True)


def _one_command(kind: Kind, command: str, root: Path, *, broken: bool, twice: bool) -> Iterator[str]:
    out = root.parent / "out"
    out.mkdir(exist_ok=True)
    words = [word.format(root=root, out=out) for word in command.split()]
    start, grown = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    try:
        with _guarded():
            done = program(*words)
    except HangError:
        yield f"{command}: no end after {HANGS} s"
        return
    except Exception:  # noqa: BLE001 - whatever is raised is what is looked for
        yield f"{command}: {_last_lines()}"
        return
    spent, grown = time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - grown
    if spent > SECONDS or grown > MEMORY:
        yield f"{command}: {spent:.1f} s, {grown // 1000} MB"
    yield from (f"{command}: {what}" for what in _wrong_in(done, broken=broken))
    if command == CHECK:
        yield from (f"{command}: {what}" for what in _wrong_about_the_good(done))
    if twice and not kind.writes:
        shutil.rmtree(out)
        out.mkdir()
        with _guarded():
            again = program(*words)
        if again != done:
            yield f"{command}: said something else the second time"


def _wrong_in(done: Ran, *, broken: bool) -> Iterator[str]:
    if done.returncode not in (0, 1, 2):
        yield f"exit {done.returncode}"
    if broken and not done.returncode:
        yield "exit 0 for what is broken"
    text = done.stdout + done.stderr
    if "GOV-210" in text:
        yield "the reader itself failed: " + next(line for line in text.splitlines() if "GOV-210" in line)[:300]
    if "Traceback" in text:
        yield "a traceback was printed"
    if not text.replace("\n", "").isprintable():
        obeyed = {char for char in text if unicodedata.category(char) in OBEYED and char != "\n"}
        if obeyed:
            yield f"printed {sorted(map(hex, map(ord, obeyed)))}"


def _wrong_about_the_good(done: Ran) -> Iterator[str]:
    try:
        report = json.loads(done.stdout)
    except ValueError:
        yield f"no report: {done.stderr[:200]}"
        return
    if _of_the_good(report) != _judged_alone():
        yield "the good project was judged otherwise than alone"


def _of_the_good(report: dict[str, Any]) -> Any:
    """What is said of the good project; how many bear its name is for the stranger to say."""
    of = [one for one in report["findings"] if one["project"] == "good" and one["rule"] != "GOV-306"]
    return of, [one["counts"]["not_applicable"] for one in report["projects"] if one["path"] == "good"]


@cache
def _judged_alone() -> Any:
    with TemporaryDirectory(prefix="govit-fuzz-") as name:
        _dossier(Path(name))
        return _of_the_good(json.loads(program(*CHECK.format(root=name, out=name).split()).stdout))


@contextmanager
def _guarded() -> Iterator[None]:
    """Stop what does not end, and let no warning pass."""

    def stop(*_: object) -> None:
        raise HangError

    old = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, old)


def _last_lines() -> str:
    lines = traceback.format_exc().splitlines()
    return " | ".join(line.strip() for line in lines[-5:])[-700:]


def tree(home: Path) -> dict[str, bytes]:
    """Every file and folder below, with what is in it; git's own notes of having looked are no writing."""
    found: dict[str, bytes] = {}
    for folder, _, names in os.walk(home):
        for name in names:
            path = Path(folder, name)
            found[path.relative_to(home).as_posix()] = (
                os.readlink(path).encode() if path.is_symlink() else path.read_bytes()
            )
    return found


# -- many ------------------------------------------------------------------------------------------------


def chosen(seed: int, number: int, kinds: Sequence[Kind] = KINDS) -> Kind:
    """The kind of an input: by its share, the same for the same seed and number."""
    return Random(f"{seed} {number}").choices(kinds, [kind.share for kind in kinds])[0]  # noqa: S311


def campaign(
    seed: int, numbers: Iterable[int], kinds: Sequence[Kind] = KINDS, keep: Path | None = None
) -> Iterator[list[Failure]]:
    """Attack with one input after the other."""
    for number in numbers:
        yield attack(chosen(seed, number, kinds), seed, number, keep)


def main(arguments: Sequence[str]) -> int:
    """Run a campaign from a shell; 1 if anything did not hold."""
    today = int(f"{dt.datetime.now(tz=dt.UTC):%Y%m%d}")
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seed", type=int, default=today, help="where chance begins; of today unless said")
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="or for how long")
    parser.add_argument("--only", type=int, help="the one input of this number, to see it again")
    parser.add_argument("--kind", help="only kinds whose name has this in it")
    parser.add_argument("--keep", type=Path, help="a folder for the inputs with which something did not hold")
    asked = parser.parse_args(arguments)
    kinds = [kind for kind in KINDS if not asked.kind or asked.kind in kind.name]
    numbers: Iterable[int] = range(asked.inputs) if asked.only is None else [asked.only]
    print(f"seed {asked.seed}", flush=True)  # noqa: T201
    begun, count, failures = time.monotonic(), 0, 0
    for found in campaign(asked.seed, numbers, kinds, asked.keep):
        count += 1
        failures += len(found)
        for failure in found:
            print(failure, flush=True)  # noqa: T201
        if time.monotonic() - begun > asked.seconds:
            break
    print(f"seed {asked.seed}: {count} inputs, {failures} failures, {time.monotonic() - begun:.0f} s")  # noqa: T201
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
