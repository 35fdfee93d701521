"""Which worker tests what: a file is tested by one, and files that read the same packs by the same one.

So what a file makes once for all its tests is made once. What takes longest begins first, so that at the end no worker
waits for another. (pytest-xdist's groups come to nothing from pytest 9.2 on, and its order is that of the number of tests.)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xdist.scheduler import LoadFileScheduling

if TYPE_CHECKING:
    from collections.abc import Sequence

TOGETHER = {
    "packs/test_order.py": "the examples of the packs, judged once",
    "packs/test_packs.py": "the examples of the packs, judged once",
    "packs/test_fifth.py": "the packs of tests",
    "packs/test_province.py": "the packs of tests",
    "packs/test_mutations.py": "the packs of tests",
}
LONG = (
    "tests/test_deletion.py",
    "forms/test_plan.py",
    "importing/test_import.py",
    "packs/test_order.py",
    "packs/test_packs.py",
    "forms/test_look.py",
    "documents/test_pages.py",
    "yamltext/test_edits.py",
    "route/test_route.py",
    "documents/test_pdf_limits.py",
    "fuzz/test_campaign.py",
    "scaffold/test_schema.py",
    "forms/test_docx.py",
    "forms/test_report_docx.py",
    "documents/test_other_word.py",
    "test_readme.py",
    "report/test_html_browser.py",
    "report/test_html.py",
)
"""The files that take longest, each by the end of its path."""


class BySharedWork(LoadFileScheduling):
    """A file is a unit of work, and so are files that share theirs."""

    def _split_scope(self, nodeid: str) -> str:
        file = str(super()._split_scope(nodeid))
        return next((shared for end, shared in TOGETHER.items() if file.endswith(end)), file)


def place(file: str, long: Sequence[str] = LONG) -> int:
    """Where a file stands among those that begin first."""
    return next((at for at, end in enumerate(long) if file.endswith(end)), len(long))
