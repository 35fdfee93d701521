"""How the Word forms look: their files hold what Word and WPS need, and LibreOffice turns every one into pages."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import docx
import pytest
from docx.oxml.ns import qn
from places import SAMPLES

from govit.forms.job import Job
from govit.forms.makers import maker_of
from govit.forms.templates import built_in, forms
from govit.forms.word import report as report_docx
from govit.forms.word.docx import read
from govit.judging.run import RunSettings, open_dossiers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from govit.judging.case import Case

SAMPLE = SAMPLES
AS_OF = dt.date(2026, 11, 20)
MOST_PAGES = {
    "application": 4,
    "selfcheck": 15,
    "handin": 4,
    "progress": 2,
    "change": 2,
    "acceptance": 2,
    "extension": 2,
    "filing": 2,
    "evaluation": 4,
}
"""Form → the most pages that it takes for a project of the sample; the self-check grows with the regulation."""
OTHER_PAGES = {"proposal": 15, "budget": 3, "catalogue": 1, "deadlines": 4, "plan": 8}
"""Reports and workbooks, whose pages are numbered otherwise."""
WHOLE = ("plan", "deadlines")
"""Forms of many projects, whose title has a year or speaks of all."""
RUNNING_TEXT = re.compile(r"_paragraphs|\.text }}|\.basis|standards_text|one\.name|row\.projects")
"""What may be pages long: such a row may go on over the page; every other row stays whole."""


def template_of(form: str) -> bytes:
    return built_in(forms()[form]).data


def parts_of(form: str) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(template_of(form))) as package:
        return {name: package.read(name) for name in package.namelist()}


def tables_of(form: str) -> Iterator[Any]:
    yield from docx.Document(io.BytesIO(template_of(form))).element.body.iterchildren(qn("w:tbl"))


def text_of(element: Any) -> str:
    return "".join(t.text or "" for t in element.iter(qn("w:t")))


def width(element: Any, path: str) -> int:
    return int(element.find(path).get(qn("w:w")))


COMMON = ("correction", "receipts")
"""Forms that go by no one regulation."""
each_form = pytest.mark.parametrize("form", [*MOST_PAGES, *COMMON])


@each_form
def test_a_template_says_only_what_can_be_filled_in(form: str) -> None:
    assert read(template_of(form)).slips == ()


@each_form
def test_fonts_are_named_and_none_comes_from_a_theme(form: str) -> None:
    parts = parts_of(form)
    assert not [name for name in parts if "theme" in name]
    assert not [name for name, data in parts.items() if b"Theme=" in data]
    styles = docx.Document(io.BytesIO(template_of(form))).styles.element
    fonts = [f for f in styles.iter(qn("w:rFonts")) if f.getparent().getparent().tag != qn("w:r")]
    assert len(fonts) > 20
    for font in fonts:
        assert {qn(f"w:{slot}") for slot in ("ascii", "hAnsi", "eastAsia", "cs")} <= set(font.attrib)


@pytest.mark.parametrize("form", [name for name, form in forms().items() if form.template.endswith(".docx")])
def test_figures_are_english_so_that_they_do_not_break_at_the_end_of_a_line(form: str) -> None:
    languages = 0
    for name, data in parts_of(form).items():
        for lang in re.findall(r"<w:lang [^>]*>", data.decode() if name.endswith(".xml") else ""):
            assert 'w:val="en-US"' in lang, (name, lang)
            assert 'w:eastAsia="zh-CN"' in lang, (name, lang)
            languages += 1
    assert languages


@each_form
def test_quotes_and_dashes_are_set_in_the_chinese_font(form: str) -> None:
    document = docx.Document(io.BytesIO(template_of(form))).element
    for run in document.iter(qn("w:r")):
        if run.find(qn("w:t")) is not None:
            assert run.find(f"{qn('w:rPr')}/{qn('w:rFonts')}").get(qn("w:hint")) == "eastAsia"


@each_form
def test_tables_are_as_wide_as_the_text_and_every_row_keeps_to_the_columns(form: str) -> None:
    section = docx.Document(io.BytesIO(template_of(form))).sections[0]._sectPr
    page, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    text = int(page.get(qn("w:w"))) - int(margins.get(qn("w:left"))) - int(margins.get(qn("w:right")))
    for table in tables_of(form):
        grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        assert sum(grid) == width(table, f"{qn('w:tblPr')}/{qn('w:tblW')}") == text
        assert table.find(f"{qn('w:tblPr')}/{qn('w:tblLayout')}").get(qn("w:type")) == "fixed"
        for row in table.iterchildren(qn("w:tr")):
            at = 0
            for cell in row.iterchildren(qn("w:tc")):
                span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
                to = at + (int(span.get(qn("w:val"))) if span is not None else 1)
                assert width(cell, f"{qn('w:tcPr')}/{qn('w:tcW')}") == sum(grid[at:to])
                at = to
            assert at == len(grid)


@each_form
def test_heads_repeat_and_rows_stay_whole(form: str) -> None:
    for table in tables_of(form):
        rows = list(table.iterchildren(qn("w:tr")))
        if "{%tr for" in text_of(table):
            assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None, text_of(rows[0])
        for row in rows:
            if row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is None:
                assert RUNNING_TEXT.search(text_of(row)), text_of(row)


@each_form
def test_titles_are_titles_headings_are_headings_and_tables_have_a_caption(form: str) -> None:
    document = docx.Document(io.BytesIO(template_of(form)))
    named = {style.style_id: style.name for style in document.styles}
    used = {named[p.get(qn("w:val"))] for p in document.element.iter(qn("w:pStyle"))}
    assert "Title" in used
    assert "Heading 1" in used or form == "handin"
    for table in tables_of(form):
        caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}")
        assert caption is not None
        assert caption.get(qn("w:val"))


@each_form
def test_every_page_has_its_number_and_nobody_is_named_in_the_file(form: str) -> None:
    parts = parts_of(form)
    footers = [data.decode() for name, data in parts.items() if name.startswith("word/footer")]
    assert footers
    assert all(re.search(r"— <.*PAGE.*> —<", footer, re.DOTALL) for footer in footers)
    core = docx.Document(io.BytesIO(template_of(form))).core_properties
    assert (core.author, core.last_modified_by, core.created, core.modified) == ("", "", None, None)


# -- pages -----------------------------------------------------------------------------------------------


def projects() -> list[Case]:
    """One project of each regulation, the one that has come furthest."""
    settings = RunSettings(paths=tuple(sorted(SAMPLE.iterdir())), as_of=AS_OF, assume_in_force=True)
    furthest: dict[str, Case] = {}
    for case in open_dossiers(settings).cases():
        assert case.regulation is not None
        held = furthest.get(case.regulation.id)
        if held is None or stage_of(case) > stage_of(held):
            furthest[case.regulation.id] = case
    return list(furthest.values())


def stage_of(case: Case) -> int:
    assert case.regulation is not None
    return case.regulation.order(case.project.stage)


def written(folder: Path) -> dict[str, tuple[str, Case, str]]:
    """Every form of these projects, as drafts so that none is refused for values: file name → form, project, title."""
    found: dict[str, tuple[str, Case, str]] = {}
    for case in projects():
        assert case.regulation is not None
        for entry in case.regulation.forms:
            form = forms()[entry.form]
            maker = maker_of(form)
            if maker is report_docx and report_docx.is_there(case.project, entry):
                continue
            job = Job(
                form=form,
                cases=[case],
                as_of=AS_OF,
                entry=entry,
                regulation=case.regulation,
                template=built_in(form),
                year=case.project.year,
                draft=True,
            )
            (one,) = maker.make(job)
            name = f"{case.regulation.prefix}-{form.id}{one.suffix}"
            (folder / name).write_bytes(one.data)
            found[name] = (form.id, case, one.parts[-2] if form.id == "proposal" else entry.title)
    return found


def largest_workbooks(folder: Path, made: dict[str, tuple[str, Case, str]]) -> dict[str, tuple[str, Case, str]]:
    """All documents, and of each workbook the longest: they differ in their rows alone, and Calc takes long for each."""
    sizes = {name: (folder / name).stat().st_size for name in made if name.endswith(".xlsx")}
    longest = {max((n for n in sizes if made[n][0] == made[name][0]), key=sizes.__getitem__) for name in sizes}
    return {name: of for name, of in made.items() if name not in sizes or name in longest}


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not here")
def test_every_form_becomes_pages(tmp_path: Path, soffice: Callable[..., None]) -> None:
    made = largest_workbooks(tmp_path, written(tmp_path))
    assert {form for form, _, _ in made.values()} == {*MOST_PAGES, *OTHER_PAGES}
    soffice("pdf", tmp_path, *(tmp_path / name for name in made))
    for name, (form, case, title) in made.items():
        told = subprocess.run(
            [str(shutil.which("pdftotext")), "-layout", (tmp_path / name).with_suffix(".pdf"), "-"],
            check=True,
            capture_output=True,
            timeout=60,
        ).stdout.decode()
        pages = told.removesuffix("\f").split("\f")
        bare = "".join(told.split())
        assert 1 <= len(pages) <= {**MOST_PAGES, **OTHER_PAGES}[form], (name, len(pages))
        assert form in WHOLE or title in bare, name
        assert name.endswith(".xlsx") or "".join(str(case.project.name).split()) in bare, name
        assert not re.search(r"\{\{|\{%|%\}|\}\}", bare), name
        if form in OTHER_PAGES:
            continue
        for number, page in enumerate(pages, 1):
            shown = "".join(page.split())
            assert shown.endswith(f"—{number}—"), (name, number)
            assert len(shown) > len("草稿") + len(f"—{number}—") + 10, (name, number)
