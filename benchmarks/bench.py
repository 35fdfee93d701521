"""Two ratios that users feel: one project in a cold process, and 1,000 projects of YAML alone.

Run with the Python that govit is installed in, check-jsonschema beside it:

    python benchmarks/bench.py

Each figure is the median of several runs of whole processes; only the ratios are worth comparing.
"""

from __future__ import annotations

import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).parent
DAY = "--as-of=2026-11-20"


def median_seconds(command: list[str], runs: int) -> float:
    """Seconds of a whole process, the median after one warm-up."""
    taken = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        done = subprocess.run(command, check=False, capture_output=True, text=True)
        taken.append(time.perf_counter() - start)
        assert "Traceback" not in done.stderr, done.stderr
        assert done.returncode in (0, 1), done.stdout + done.stderr
    return statistics.median(taken[1:])


def write_projects(folder: Path, number: int) -> list[str]:
    """Synthetic projects of about 120 lines each, no two alike."""
    text = (HERE / "project.yaml").read_text(encoding="utf-8")
    files = []
    for n in range(number):
        home = folder / f"p{n:05d}"
        home.mkdir()
        own = text.replace("BENCH-ID", f"bench-{n:05d}").replace("BENCH-NAME", f"第{n}号业务管理系统")
        own = own.replace("BENCH-UNIT", f"市第{n % 97}局")
        (home / "project.yaml").write_text(own, encoding="utf-8")
        files.append(str(home / "project.yaml"))
    return files


def schema(folder: Path) -> str:
    """A schema of the same strictness at the top level, for the tool that is compared with."""
    path = folder / "schema.json"
    keys = {
        line.split(":")[0]
        for line in (HERE / "project.yaml").read_text(encoding="utf-8").splitlines()
        if line[:1].isalpha()
    }
    data = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "properties": {key: {} for key in sorted(keys)},
        "required": sorted(keys),
        "additionalProperties": False,
    }
    path.write_text(json.dumps(data), encoding="utf-8")
    return str(path)


def main() -> None:
    """Print both ratios and what they must be."""
    govit = shutil.which("govit", path=str(Path(sys.executable).parent))
    other = shutil.which("check-jsonschema", path=str(Path(sys.executable).parent))
    assert govit, "install govit into this Python first"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        files = write_projects(folder, 1000)
        empty = median_seconds([sys.executable, "-c", "pass"], 15)
        one = median_seconds([govit, "check", str(Path(files[0]).parent), DAY], 15)
        print(f"one project, cold: {one * 1e3:.0f} ms = {one / empty:.1f} x python -c pass (must be at most 12)")
        many = median_seconds([govit, "check", made, DAY, "--format", "json"], 3)
        print(f"1,000 projects of YAML: {many:.2f} s")
        if other is None:
            print("check-jsonschema is not installed beside govit: no ratio (pip install check-jsonschema)")
            return
        rival = median_seconds([other, "--schemafile", schema(folder), *files], 1)
        print(f"check-jsonschema on the same files: {rival:.2f} s; ratio {many / rival:.3f} (must be at most 0.15)")


if __name__ == "__main__":
    main()
