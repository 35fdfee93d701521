"""No alarm over any project that comes with govit; and a report of a hundred pages is read and compared in no time."""

from __future__ import annotations

import datetime as dt
import time
from typing import TYPE_CHECKING

import pytest
from places import SAMPLES, TESTS
from report_files import FIGURES, findings, report_files

from govit.calendar.workdays import published
from govit.dossier.load import load
from govit.judging.case import cases
from govit.judging.engine import Options
from govit.law.library import Library
from govit.statements.compare import disagreements, read_reports
from govit.statements.words import has, words

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 20)
DOSSIERS = sorted({one.parent for root in (SAMPLES, TESTS / "dossiers") for one in root.rglob("govit.yaml")})


@pytest.mark.parametrize("root", DOSSIERS, ids=lambda path: path.relative_to(TESTS.parent).as_posix())
def test_no_sample_has_an_alarm(root: Path) -> None:
    library = Library(examples=False)
    (dossier,) = load([root], library.vocabulary)
    found = [
        one.message
        for case in cases(dossier, library, Options(as_of=DAY, schedule=published()))
        for one in case.findings
        if one.rule in FIGURES
    ]
    assert found == []


def test_the_samples_have_reports_in_which_something_is_stated() -> None:
    from govit.judging import reports

    library = Library(examples=False)
    (dossier,) = load([SAMPLES / "lianyungang"], library.vocabulary)
    read = [case.project for case in cases(dossier, library, Options(as_of=DAY, schedule=published()))]
    assert (
        sum(any(reports.is_report(document.kinds) and document.passages for document in one.documents) for one in read)
        > 1
    )


def test_a_report_of_a_hundred_pages_is_compared_in_well_under_a_second(tmp_path: Path) -> None:
    """Beside reading it; a hundred pages have some fifty thousand characters and a hundred tables."""
    text = "\n\n".join(one.text for one in report_files("sound") if not has(one.text, words().phases)) * 2
    assert len(text) > 50_000
    (tmp_path / "x").mkdir()
    assert all(one.severity for one in findings(tmp_path / "x", {"a.md": text.encode()}, DAY))
    library = Library(examples=False)
    (dossier,) = load([tmp_path / "x"], library.vocabulary)
    (case,) = cases(dossier, library, Options(as_of=DAY, schedule=published()))
    begun = time.process_time()
    list(disagreements(case.project, read_reports(case.project)))
    assert time.process_time() - begun < 0.5
