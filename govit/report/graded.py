"""轻重次序：findings for hosts that show only so many, the gravest first, and what is said of those left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.report.listed import listed
from govit.report.overview import GRAVEST

if TYPE_CHECKING:
    from govit.dossier.finding import Finding
    from govit.judging.judge import Report


def graded(report: Report) -> list[Finding]:
    """What is open: errors, warnings, then what cannot be judged; otherwise in the order of every report."""
    return sorted(listed(report), key=lambda f: GRAVEST.index(f.counts_as))
