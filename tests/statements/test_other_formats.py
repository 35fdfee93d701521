"""The same reports printed to PDF and saved as ODT: text from pages raises no other alarm than the file itself."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from pdf_files import one_font, shown
from report_files import ReportFile, findings, report_files, shown_lines

if TYPE_CHECKING:
    from pathlib import Path

DAY = dt.date(2026, 11, 20)
SOUND, FAULTY = report_files("sound"), {one.name: one for one in report_files("faulty")}
WIDTH, TOP, STEP = 36, 780, 24
NAMESPACES = " ".join(
    f'xmlns:{one}="urn:oasis:names:tc:opendocument:xmlns:{one}:1.0"' for one in ("office", "text", "table")
)


def as_pdf(text: str) -> bytes:
    """Lines as wide as a page; the cells of a row beside one another."""
    operators, y = "", TOP
    for line in shown_lines(text):
        level = len(line) - len(line.lstrip("#"))
        words = line.strip("# |").replace("**", "")
        for at in range(0, len(words), WIDTH):
            operators += shown(words[at : at + WIDTH], 60, y, 18 - level if level else 12)
            y -= STEP
    return one_font([operators])


def as_odt(text: str) -> bytes:
    body, rows = "", ""
    for line in [*shown_lines(text), ""]:
        if line.startswith("|"):
            cells = [cell.strip().replace("**", "") for cell in line.strip().strip("|").split("|")]
            if any(cell.strip("-: ") for cell in cells):
                inner = "".join(
                    f"<table:table-cell><text:p>{escape(cell)}</text:p></table:table-cell>" for cell in cells
                )
                rows += f"<table:table-row>{inner}</table:table-row>"
            continue
        body += f"<table:table>{rows}</table:table>" if rows else ""
        rows = ""
        level = len(line) - len(line.lstrip("#"))
        words = escape(line.strip("# "))
        body += f'<text:h text:outline-level="{level}">{words}</text:h>' if level else f"<text:p>{words}</text:p>"
    whole = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<?xml version='1.0'?><office:document-content {NAMESPACES}>{whole}</office:document-content>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return file.getvalue()


@pytest.mark.parametrize("report", SOUND, ids=lambda report: report.name)
def test_a_sound_report_from_pages_raises_no_alarm(report: ReportFile, tmp_path: Path) -> None:
    assert [one.message for one in report.findings(tmp_path, {"报告.pdf": as_pdf(report.text)}, DAY)] == []


@pytest.mark.parametrize("report", [*SOUND, *FAULTY.values()], ids=lambda report: report.name)
def test_the_alarms_of_a_report_in_odt(report: ReportFile, tmp_path: Path) -> None:
    found = report.findings(tmp_path, {"报告.odt": as_odt(report.text)}, DAY)
    assert [f"{one.rule} {one.subject}" for one in found] == report.alarms


@pytest.mark.parametrize("name", ["01-total-in-the-text", "03-two-totals", "08-capitals", "10-two-periods"])
def test_a_planted_fault_is_found_on_pages(name: str, tmp_path: Path) -> None:
    found = findings(tmp_path, {"报告.pdf": as_pdf(FAULTY[name].text)}, DAY)
    assert [f"{one.rule} {one.subject}" for one in found] == FAULTY[name].alarms
