"""The table of what users feel, as ratios inside one run, with the peers beside govit: which bound is met, and which is not.

    python benchmarks            # about five minutes
    python benchmarks --long     # with 10,000 projects as well
    python benchmarks cold form  # only the jobs whose name has one of these words

Run it with the Python that govit is installed in (`pip install 'govit[bench]'` brings the peers), on a quiet machine.
A figure that leaves no tenth to its bound is not met: machines are noisy. Exit code 1 if a bound is missed.
"""

from __future__ import annotations

import argparse
import os
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).parent))
from measured import DAY, PYTHON, Spent, govit, in_turn, program, run
from portfolio import schema, write_projects

if TYPE_CHECKING:
    from collections.abc import Callable

SAMPLE = Path(__file__).parent.parent / "sample-dossier" / "lianyungang" / "2027-smart-parking"
HEADINGS = """
import sys
import docx
for path in sys.argv[1:]:
    print([p.text for p in docx.Document(path).paragraphs if p.style.name.startswith("Heading")])
"""
MARGIN = 0.9
LEAST = {"cold check, bytecode off": 1, "from 1,000 to 10,000 projects": 10, "ten times": 10}
"""What no program can go below, by the beginning of a job's name: a tenth of the room above it is left."""
TEMPORARY = TemporaryDirectory(prefix="govit-bench-")  # removed at the end


class Job(NamedTuple):
    """What is measured: its figure, None where a peer is absent, and the most that it may be."""

    name: str
    unit: str
    most: float
    figure: Callable[[], float | None]
    long: bool = False


@cache
def portfolio(number: int, *, documents: bool = False) -> Path:
    folder = Path(mkdtemp(dir=TEMPORARY.name)) / f"{number}{'d' * documents}"
    folder.mkdir()
    write_projects(folder, number, documents=documents)
    return folder


def check(folder: Path, *words: str) -> list[str]:
    return govit("check", folder, DAY, *words)


def cold_with_documents() -> float | None:
    peer = program("yamllint")
    if peer is None:
        return None
    ours, theirs = in_turn([check(SAMPLE), [PYTHON, peer, "-d", "relaxed", str(SAMPLE / "project.yaml")]], 15)
    return ours.cpu / theirs.cpu


def cold_yaml() -> float:
    ours, empty = in_turn([check(portfolio(1)), [PYTHON, "-c", "pass"]], 15)
    return ours.cpu / empty.cpu


def cold_without_bytecode() -> float:
    one = check(portfolio(1))
    warm, off = in_turn([one, one], 15, [{}, {"PYTHONDONTWRITEBYTECODE": "1"}])
    return off.cpu / warm.cpu


@cache
def thousand() -> Spent:
    return in_turn([check(portfolio(1000), "--format", "json")], 3)[0]


def thousand_yaml() -> float | None:
    peer = program("check-jsonschema")
    if peer is None:
        return None
    folder = portfolio(1000)
    files = sorted(map(str, folder.glob("*/project.yaml")))
    theirs = run([PYTHON, peer, "--schemafile", str(schema(folder.parent)), *files])
    return thousand().seconds / theirs.seconds


@cache
def thousand_with_documents() -> Spent:
    return in_turn([check(portfolio(1000, documents=True), "--format", "json")], 1)[0]


def documents_beside_python_docx() -> float:
    files = sorted(map(str, portfolio(1000, documents=True).glob("*/*.docx")))[:100]
    theirs = run([PYTHON, "-c", HEADINGS, *files])
    return thousand_with_documents().seconds / 1000 / (theirs.seconds / len(files))


def growth() -> float:
    return run(check(portfolio(10_000), "--format", "json")).seconds / thousand().seconds


def peak(*words: str) -> Callable[[], float]:
    return lambda: run(govit(*words[:-1], portfolio(int(words[-1])), DAY)).megabytes


def peak_of_plan() -> float:
    folder = portfolio(10_000)
    return run(govit("render", "plan", folder, DAY, "--year", "2026", "-o", folder.with_suffix(".xlsx"))).megabytes


def ten_times(measured: str, write: str, small: int) -> Callable[[], float]:
    def figure() -> float:
        import sizes

        folder = Path(mkdtemp(dir=TEMPORARY.name))
        made: float = getattr(sizes, measured)(folder, getattr(sizes, write), small)
        return made

    return figure


def own_pack() -> float:
    from sizes import own_pack as measured

    return measured(Path(mkdtemp(dir=TEMPORARY.name)))


def form() -> float | None:
    if find_spec("docxtpl") is None:
        return None
    from render import warm

    return max(warm("application"), warm("selfcheck"))


def plan_of_thousand() -> float:
    from plan import compared
    from plan import write_projects as write_plan

    folder = Path(mkdtemp(dir=TEMPORARY.name))
    write_plan(folder, 1000)
    return compared(folder, whole=True, runs=3)


def peak_of_small_plan() -> float:
    import plan

    folder = Path(mkdtemp(dir=TEMPORARY.name))
    plan.write_projects(folder, 1000)
    return run([PYTHON, str(Path(plan.__file__)), "--peak", str(folder)]).megabytes


@cache
def html() -> tuple[float, float]:
    folder = portfolio(1000)
    out = folder.with_suffix(".html")
    spent = in_turn([check(folder, "--format", "html", "--output", str(out))], 3)[0]
    return spent.seconds / thousand().seconds, out.stat().st_size / 1e6


JOBS = (
    Job("a pack of the user's own", "ms of CPU for 100 kB", 15, own_pack),
    Job("ten times the pages of a docx", "× the time, from 30 to 300", 11, ten_times("read_ten_times", "write_docx", 30)),
    Job("ten times the Markdown", "× the time, to 14 MB", 11, ten_times("read_ten_times", "write_markdown", 1400)),
    Job("ten times the rows of a list", "× the time, to 5,000", 11, ten_times("check_ten_times", "write_rows", 500)),
    Job("ten times the documents", "× the time, to 5,000", 11, ten_times("check_ten_times", "write_documents", 500)),
    Job("cold check with documents", "× yamllint -d relaxed, CPU", 1.0, cold_with_documents),
    Job("cold check, YAML only", "× python -c pass, CPU", 10, cold_yaml),
    Job("cold check, bytecode off", "× with bytecode, CPU", 1.1, cold_without_bytecode),
    Job("1,000 projects, YAML only", "× check-jsonschema", 0.10, thousand_yaml),
    Job("1,000 projects with documents", "ms a project", 12, lambda: thousand_with_documents().seconds),
    Job("1,000 projects with documents", "× python-docx reading the headings", 0.3, documents_beside_python_docx),
    Job("1,000 projects as HTML", "× the JSON report", 3, lambda: html()[0]),
    Job("1,000 projects as HTML", "MB of the file", 8, lambda: html()[1]),
    Job("one docx form, warm", "× docxtpl's bare render", 0.3, form),
    Job("annual plan of 1,000 rows", "× openpyxl, the same cells", 0.45, plan_of_thousand),
    Job("annual plan of 1,000 rows", "MB at most", 90, peak_of_small_plan),
    Job("from 1,000 to 10,000 projects", "× the time", 10.5, growth, long=True),
    Job("check of 10,000 projects", "MB at most", 120, peak("check", "10000"), long=True),
    Job("deadlines of 10,000 projects", "MB at most", 120, peak("deadlines", "10000"), long=True),
    Job("plan of 10,000 projects", "MB at most", 120, peak_of_plan, long=True),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("words", nargs="*", help="only the jobs whose name has one of these words")
    parser.add_argument("--long", action="store_true", help="with 10,000 projects as well")
    asked = parser.parse_args()
    print(f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; a tenth is left to every bound")
    missed = 0
    for job in JOBS:
        if (job.long and not asked.long) or (asked.words and not any(word in job.name for word in asked.words)):
            continue
        found = job.figure()
        if found is None:
            said = "    -   the peer is not installed: pip install 'govit[bench]'"
        else:
            least = next((least for name, least in LEAST.items() if job.name.startswith(name)), 0)
            tight = least + MARGIN * (job.most - least)
            met = "met" if found <= tight else "no tenth left" if found <= job.most else "MISSED"
            missed += met != "met"
            said = f"{found:8.2f} {job.unit:36} must be at most {job.most:g}: {met}"
        print(f"{job.name:32} {said}", flush=True)
    print("The test suite is measured beside the first version's: `pytest -n 2` of both in turn, in fresh environments.")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
