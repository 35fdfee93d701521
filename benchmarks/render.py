"""One Word form against docxtpl's bare render of the same template and values, warm and as a whole process.

    python benchmarks/render.py

Warm: the same process has rendered the form before, as when a bureau's folder of projects is rendered.
"""

from __future__ import annotations

import datetime as dt
import io
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import docx
from docxtpl import DocxTemplate
from jinja2 import Environment

from govit.forms import templates
from govit.forms.data import context
from govit.forms.data.filled_form import FilledForm
from govit.forms.job import Job
from govit.forms.word import forms as forms_docx
from govit.forms.word.docx import read
from govit.judging import run

if TYPE_CHECKING:
    from collections.abc import Callable

PROJECT = Path(__file__).parent.parent / "sample-dossier" / "lianyungang" / "2027-smart-parking"
MOST = 0.3
AS_OF = dt.date(2026, 11, 20)
BARE = """
import io, sys
from docxtpl import DocxTemplate
template = DocxTemplate(io.BytesIO(open(sys.argv[1], "rb").read()))
template.render({}, autoescape=True)
template.save(io.BytesIO())
"""


def milliseconds(call: Callable[[], object], runs: int = 60) -> float:
    """The median of several runs after one warm-up."""
    taken = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:]) * 1e3


def job_of(form: str) -> Job:
    """A form of the sample project."""
    opened = run.open_dossiers(run.RunSettings(paths=(PROJECT,), as_of=AS_OF))
    case = next(iter(opened.cases()))
    assert case.regulation is not None
    entry = next(entry for entry in case.regulation.forms if entry.form == form)
    known = templates.forms()[form]
    return Job(
        form=known,
        cases=[case],
        as_of=AS_OF,
        entry=entry,
        regulation=case.regulation,
        template=templates.built_in(known),
    )


def bare(job: Job) -> Callable[[], object]:
    """What docxtpl alone does with the template and the finished values."""
    assert job.template is not None
    data = job.template.data
    values = context.build(FilledForm(case=job.case, entry=job.entry), read(data).roots)
    plain = Environment(autoescape=True)
    plain.filters["required"] = lambda value: value

    def once() -> None:
        template = DocxTemplate(io.BytesIO(data))
        template.render(values, plain)
        template.save(io.BytesIO())

    return once


def cold(command: list[str]) -> float:
    """Milliseconds of a whole process."""
    return milliseconds(lambda: subprocess.run(command, check=True, capture_output=True), 9)


def warm(form: str, rounds: int = 9) -> float:
    """What a form takes, as a share of docxtpl's bare render, in turn and in CPU time.

    The project is judged before, as it is when its other forms are made: docxtpl is given the finished values.
    """
    job = job_of(form)
    ours, theirs = partial(forms_docx.make, job), bare(job)
    return statistics.median(_cpu(ours) / _cpu(theirs) for _ in range(rounds))


def _cpu(call: Callable[[], object], runs: int = 10) -> float:
    """Milliseconds of one of several runs after one warm-up."""
    call()
    start = time.process_time()
    for _ in range(runs):
        call()
    return (time.process_time() - start) / runs * 1e3


def main() -> None:
    """Print the ratios and what they must be."""
    for form in ("application", "selfcheck"):
        print(f"{form}, warm: {warm(form):.2f} × docxtpl's bare render (must be at most {MOST})")
    govit = shutil.which("govit", path=str(Path(sys.executable).parent))
    assert govit, "install govit into this Python first"
    with tempfile.TemporaryDirectory() as folder:
        empty = Path(folder) / "template.docx"
        docx.Document().save(str(empty))
        ours = cold([govit, "render", "application", str(PROJECT), "-o", folder, f"--as-of={AS_OF}"])
        theirs = cold([sys.executable, "-c", BARE, str(empty)])
        print(f"one form, cold process: {ours:.0f} ms, docxtpl on an empty file {theirs:.0f} ms")


if __name__ == "__main__":
    main()
