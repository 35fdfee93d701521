"""Reports as small files: Markdown with a head that says which alarms come, and the same as Word, ODT and PDF."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml
from blank_word import blank_word

from govit.calendar.workdays import published
from govit.dossier.load import load
from govit.judging.case import cases
from govit.judging.engine import Options
from govit.law.library import Library

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from docx.document import Document as Word

    from govit.dossier.finding import Finding

HERE = Path(__file__).parent / "statements" / "reports"
FIGURES = ("GOV-212", "GOV-213", "GOV-214", "GOV-215", "GOV-216", "GOV-217", "GOV-218")
SETTINGS = "regulation: lianyungang-2025\nunit: {name: 某市市政公用服务中心, level: 市级, kind: 事业单位}\n"
PROJECT = (HERE / "project.yaml").read_text(encoding="utf-8")
KIND = ["可行性研究报告"]
MERGED = re.compile(r"\| [<^] (?=\|)")


class ReportFile(NamedTuple):
    """One report, and the alarms that it must give: all of them, and no other."""

    name: str
    text: str
    """With empty cells where others reach into them."""
    merged: str
    """With `<` in a cell that the one at its left reaches into, `^` where the one above does, and <br> in a cell of two lines."""
    alarms: list[str]
    kinds: list[str]
    project: dict[str, object]
    """What project.yaml says otherwise."""
    unit: dict[str, str]

    def findings(self, root: Path, papers: dict[str, bytes], as_of: dt.date) -> list[Finding]:
        """What govit says of the figures of its project with these reports."""
        return findings(root, papers, as_of, self.kinds, project=self.project, settings={"unit": self.unit} if self.unit else None)


def report_files(folder: str) -> list[ReportFile]:
    found = []
    for path in sorted((HERE / folder).glob("*.md")):
        _, head, text = path.read_text(encoding="utf-8").split("---\n", 2)
        given = yaml.safe_load(head)
        blank = MERGED.sub("|  ", text)
        alarms, kinds, unit = given["alarms"], given.get("kinds", KIND), given.get("unit", {})
        found.append(ReportFile(path.stem, blank, text, alarms, kinds, given.get("project", {}), unit))
    return found


def findings(
    root: Path,
    papers: dict[str, bytes],
    as_of: dt.date,
    kinds: Sequence[str] = KIND,
    more: str = "",
    *,
    project: Mapping[str, object] | None = None,
    settings: Mapping[str, object] | None = None,
) -> list[Finding]:
    """What govit says of the figures of a project with these reports."""
    (root / "documents").mkdir(parents=True)
    (root / "govit.yaml").write_text(_with(SETTINGS, settings or {}), encoding="utf-8")
    listed = "documents:\n"
    for name, data in papers.items():
        (root / "documents" / name).write_bytes(data)
        listed += f"  - {{kinds: [{', '.join(kinds)}], path: documents/{name}}}\n"
    (root / "project.yaml").write_text(_with(PROJECT, project or {}) + listed + more, encoding="utf-8")
    library = Library(examples=False)
    (dossier,) = load([root], library.vocabulary)
    options = Options(as_of=as_of, schedule=published())
    (case,) = cases(dossier, library, options)
    return [one for one in case.findings if one.rule in FIGURES]


def _with(text: str, other: Mapping[str, object]) -> str:
    """A file with some of its keys otherwise; as it is, with all its lines, if there are none."""
    return yaml.safe_dump({**yaml.safe_load(text), **other}, allow_unicode=True, sort_keys=False) if other else text


def as_docx(text: str) -> bytes:
    """The same report in Word: headings by style, tables as tables."""
    document = blank_word()
    held: list[list[str]] = []
    for line in [*shown_lines(text), ""]:
        if line.startswith("|"):
            cells = [cell.strip().replace("**", "") for cell in line.strip().strip("|").split("|")]
            held += [cells] if any(cell.strip("-: ") for cell in cells) else []
            continue
        if held:
            _add_table(document, held)
            held = []
        level = len(line) - len(line.lstrip("#"))
        if level:
            document.add_heading(line.strip("# "), level)
        elif line.strip():
            document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _add_table(document: Word, rows: list[list[str]]) -> None:
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for at, row in enumerate(rows):
        for column, (cell, words) in enumerate(zip(table.rows[at].cells, row, strict=True)):
            if words in ("<", "^"):
                continue
            cell.text = words.replace("<br>", "\n")
            last = next((end for end in range(column + 1, len(row)) if row[end] != "<"), len(row)) - 1
            below = next((end for end in range(at + 1, len(rows)) if rows[end][column] != "^"), len(rows)) - 1
            if (below, last) != (at, column):
                cell.merge(table.cell(below, last))


def shown_lines(text: str) -> list[str]:
    """The lines of a Markdown text, those of a paragraph joined; without quotations, code and comments."""
    blocks: list[str] = []
    code = False
    for line in text.splitlines():
        code ^= line.startswith("```")
        if code or line.startswith(("```", "<!--", ">")):
            continue
        if blocks and blocks[-1] and line and not line.startswith(("|", "#")) and not blocks[-1].startswith(("|", "#")):
            blocks[-1] += line
        else:
            blocks.append(line)
    return blocks
