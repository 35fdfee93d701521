"""年度计划的速度和内存：a plan of 1,000 rows from its template, against openpyxl's normal mode on the same cells.

    python benchmarks/plan.py

Both write the same cells with the same looks; the plan also finds its template, fits heights and widths, merges,
and puts the values of its formulas into the file. Each runs in a process of its own for its peak memory.
"""

from __future__ import annotations

import argparse
import datetime as dt
import io
import subprocess
import sys
import time
from copy import copy
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

TIMES, MEGABYTES = 0.45, 90
ROWS, RUNS = 1000, 7
AS_OF = dt.date(2026, 11, 20)
TEXT = Path(__file__).with_name("project.yaml").read_text(encoding="utf-8")
UNITS = [f"第{number}局" for number in range(20)]
CATEGORIES = ("新建", "扩建", "升级改造", "续建", "运维", "购买服务")


def write_projects(folder: Path, number: int) -> None:
    for n in range(number):
        home = folder / f"{UNITS[n % len(UNITS)]}-{n:04d}"
        home.mkdir(parents=True)
        text = (
            TEXT.replace("BENCH-ID", f"p{n:04d}")
            .replace("BENCH-NAME", f"业务协同平台第{n}号")
            .replace("BENCH-UNIT", UNITS[n % 20])
        )
        text = text.replace("category: 新建", f"category: {CATEGORIES[n % len(CATEGORIES)]}")
        (home / "project.yaml").write_text(text.replace("260万元", f"{200 + n * 0.37:.4f}万元"), encoding="utf-8")


def planned(folder: Path) -> Any:
    """The plan, read and judged: not measured."""
    from govit.forms.data import plan
    from govit.judging.run import RunSettings, open_dossiers

    return plan.build(list(open_dossiers(RunSettings(paths=(folder,), as_of=AS_OF)).cases()), 2026)


def ours(found: Any, *, whole: bool) -> bytes:
    """The workbook as `govit render plan` writes it, or its sheet of the plan alone."""
    from govit.forms.excel import plan as plan_xlsx
    from govit.forms.excel.layout import read
    from govit.forms.excel.workbook import opened, save
    from govit.forms.templates import built_in, forms

    data = built_in(forms()["plan"]).data
    book = opened(data, "年度计划.xlsx")
    fields = plan_xlsx.FIELDS if whole else {plan_xlsx.PLAN: plan_xlsx.FIELDS[plan_xlsx.PLAN]}
    models, _ = read(book, fields, (plan_xlsx.PLAN,))
    made = plan_xlsx.sheets(found, book, models, AS_OF)
    kept = {filled.sheet.title for filled in made}
    for name in list(book.sheetnames):
        if name not in kept:
            book.remove(book[name])
    return save(book, {filled.sheet.title: filled.rows for filled in made})


def read_cells(data: bytes) -> list[tuple[str, list[tuple[int, int, Any, Any]]]]:
    """Every cell of a workbook: place, value and looks."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    looks: dict[int, dict[str, Any]] = {}
    sheets = []
    for sheet in book.worksheets:
        cells = []
        for row in sheet.iter_rows():
            for cell in row:
                if cell.__class__.__name__ == "MergedCell":
                    continue
                style = looks.setdefault(
                    cell.style_id,
                    {
                        name: copy(getattr(cell, name))
                        for name in ("font", "border", "fill", "alignment", "number_format")
                    },
                )
                cells.append((cell.row, cell.column, cell.value, style))
        sheets.append((sheet.title, cells))
    return sheets


def theirs(sheets: list[tuple[str, list[tuple[int, int, Any, Any]]]]) -> bytes:
    """The same cells with openpyxl's normal mode, the looks shared between cells as its users share them."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    made: dict[int, Any] = {}
    for title, cells in sheets:
        sheet = book.create_sheet(title)
        for row, column, value, looks in cells:
            cell = sheet.cell(row, column, value)
            if id(looks) in made:
                cell._style = copy(made[id(looks)])  # noqa: SLF001 - the fast way
            else:
                for name, look in looks.items():
                    setattr(cell, name, look)
                made[id(looks)] = cell._style  # noqa: SLF001
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def timed(call: Any) -> float:
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def peak(folder: str) -> None:
    """For a process of its own: the plan from reading to bytes, and its peak memory in MB."""
    data = ours(planned(Path(folder)), whole=True)
    status = Path("/proc/self/status").read_text(encoding="ascii")  # ru_maxrss would begin with the parent's memory
    kilobytes = int(status.partition("VmHWM:")[2].split()[0])
    print(kilobytes / 1024, len(data))


def compared(folder: Path, *, whole: bool, runs: int = RUNS) -> float:
    """What the workbook takes, as a share of openpyxl's normal mode on the same cells."""
    found = planned(folder)
    cells = read_cells(ours(found, whole=whole))
    return median(timed(lambda: ours(found, whole=whole)) / timed(lambda: theirs(cells)) for _ in range(runs))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--peak", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.peak:
        peak(asked.peak)
        return
    failed = False
    with TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_projects(folder, asked.rows)
        started = time.perf_counter()
        found = planned(folder)
        print(f"{asked.rows} projects read and judged, and the plan drawn up: {time.perf_counter() - started:.1f} s")
        for name, whole in (("the sheet of the plan", False), ("the whole workbook", True)):
            cells = read_cells(ours(found, whole=whole))
            pairs = [
                (timed(lambda w=whole: ours(found, whole=w)), timed(lambda c=cells: theirs(c)))
                for _ in range(asked.runs)
            ]
            mine, other = median(a for a, _ in pairs), median(b for _, b in pairs)
            ratio = median(a / b for a, b in pairs)
            count = sum(len(sheet) for _, sheet in cells)
            print(
                f"{name}: {count} cells  govit {mine * 1000:.0f} ms  openpyxl {other * 1000:.0f} ms  {ratio:.2f} × (must ≤ {TIMES})"
            )
            failed |= ratio > TIMES
        done = subprocess.run(
            [sys.executable, __file__, "--peak", str(folder)], check=True, capture_output=True, text=True
        )
        megabytes, size = done.stdout.split()
        print(
            f"peak memory from reading to bytes: {float(megabytes):.0f} MB (must ≤ {MEGABYTES})  file {int(size) // 1024} kB"
        )
        failed |= float(megabytes) > MEGABYTES
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
