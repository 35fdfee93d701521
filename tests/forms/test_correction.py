"""补正通知：one letter for each unit, with what its projects lack, and nothing that has not happened or is not known."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import subprocess
from typing import TYPE_CHECKING

import docx
import pytest
from docx.shared import Mm, Pt
from places import SAMPLES, UNCLEAN
from program import program
from word_forms import AS_OF, part

from govit.dossier.finding import Outcome, Severity
from govit.forms.data import correction
from govit.forms.templates import built_in, forms
from govit.judging.judge import judged_case
from govit.judging.run import RunSettings, open_dossiers

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from govit.forms.data.correction import CorrectionLetter
    from govit.judging.case import Case

LETTER = "补正通知.docx"
GAPPED = {
    "lianyungang": "2026-road-inspection",
    "qidong": "2025-river-patrol",
    "taizhou": "2025-home-care",
    "laizhou": "2023-fishing-port",
}
"""A sample of each city whose approvals and answers are taken out."""


def gapped(folder: Path, city: str) -> Path:
    """A dossier of a city in which one project has neither approvals nor answers."""
    target = folder / city
    shutil.copytree(SAMPLES / city, target)
    file = target / GAPPED[city] / "project.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"(?ms)^(?:approvals|answers):\n(?:[ #].*?\n|\n)*", "", text), encoding="utf-8")
    return target


def cases(*paths: Path, as_of: dt.date = AS_OF) -> list[Case]:
    return list(open_dossiers(RunSettings(paths=paths, as_of=as_of)).cases())


def letters(*paths: Path, as_of: dt.date = AS_OF) -> list[CorrectionLetter]:
    return correction.letters(cases(*paths, as_of=as_of), as_of)


def items(letter: CorrectionLetter) -> list[dict[str, str]]:
    return [item for project in letter.row["projects"] for section in project["sections"] for item in section["rows"]]


def text_of(file: Path) -> str:
    document = docx.Document(str(file))
    inside = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *inside])


def one(folder: Path, text: str, name: str = "bridge") -> None:
    (folder / name).mkdir(exist_ok=True)
    (folder / name / "project.yaml").write_text(text, encoding="utf-8")


LACKING = "id: {id}\nname: {name}\nstage: 审批\ncategory: 新建\nbudget: {{total: 120万元}}\n"


def test_each_unit_has_one_letter_with_all_its_projects(dossier: Path) -> None:
    for name, unit in (("a", "甲局"), ("b", "甲局"), ("c", "乙局")):
        one(dossier, LACKING.format(id=name, name=f"项目{name}") + f"unit: {{name: {unit}}}\n", name)
    found = letters(dossier)
    told = {letter.unit: [p["name"] for p in letter.row["projects"]] for letter in found}
    assert told["甲局"] == ["项目a", "项目b"]
    assert told["乙局"] == ["项目c"]
    assert [row["unit"] for row in correction.receipts(found)] == [letter.unit for letter in found]


def test_what_a_project_lacks_is_in_its_letter_with_article_and_remedy() -> None:
    (letter,) = letters(UNCLEAN / "pipeline-monitoring")
    (case,) = cases(UNCLEAN / "pipeline-monitoring")
    told = items(letter)
    whole = "\n".join(f"{item['text']}{item['cite']}{item['remedy']}" for item in told)
    for finding in judged_case(case).findings:
        if finding.outcome is Outcome.VIOLATES and finding.severity is not Severity.INFO and finding.article:
            assert finding.article in whole, finding.rule
            assert finding.hint in whole, finding.rule
            assert (finding.quote or "") in whole, finding.rule
    counts = judged_case(case).counts
    assert letter.row["count_line"].startswith(
        f"须补正 {counts['error']} 项、请补正或者说明理由 {counts['warning']} 项"
    )


def test_what_cannot_be_judged_is_asked_as_a_question() -> None:
    (letter,) = letters(UNCLEAN / "pipeline-monitoring")
    asked = [s for s in letter.row["projects"][0]["sections"] if s["head"] == "请答复的"]
    texts = [item["text"] for item in asked[0]["rows"]]
    assert "项目是否符合密码应用要求？" in texts
    assert "项目是否涉及重要网络与信息系统？" in texts, "a value that two rules wait for is asked for once"
    assert len(texts) == len(set(texts))
    assert all(text.endswith("？") or text.startswith("请核实：") for text in texts)


def test_the_day_of_return_is_never_guessed(dossier: Path) -> None:
    pack = dossier / "packs" / "small-2024.yaml"
    text = pack.read_text(encoding="utf-8")
    one(dossier, LACKING.format(id="bridge", name="桥"))
    (letter,) = letters(dossier)
    assert letter.row["due"].startswith("　　　　年　　月　　日前（")
    assert "没有规定补正的期限" in letter.row["due"]
    form = "{form: correction, title: 补正告知书, within: 5个工作日, article: 第三条}"
    said = (
        re.sub(r"(?m)^forms:\n", f"forms:\n  - {form}\n", text) if "\nforms:" in text else f"{text}forms:\n  - {form}\n"
    )
    pack.write_text(said, encoding="utf-8")
    (letter,) = letters(dossier, as_of=dt.date(2026, 9, 22))
    assert letter.row["due"] == "收到本通知之日起5个工作日内（第三条；2026年9月22日收到的，不晚于2026年9月30日）"
    assert letter.title == "补正告知书"
    (letter,) = letters(dossier, as_of=dt.date(2026, 12, 29))
    assert "放假安排公布后以公布的为准" in letter.row["due"], "the holidays of the next year are not published"


@pytest.mark.parametrize("city", GAPPED)
def test_a_letter_of_each_city(tmp_path: Path, city: str) -> None:
    folder = gapped(tmp_path, city)
    done = program("render", "correction", folder, "--as-of", AS_OF, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stdout + done.stderr
    draft = city in ("taizhou", "laizhou")
    (file,) = [f for f in (tmp_path / "out").iterdir() if "通知" in f.name and "登记" not in f.name]
    assert file.stem.endswith("-补正通知-草稿" if draft else "-补正通知")
    said = text_of(file)
    assert ("不得作为正式通知发出" in said) is draft
    assert ("草　稿" in [p.text for p in docx.Document(str(file)).sections[0].header.paragraphs]) is draft
    assert not re.search(r"\{\{|\{%|None|待填", said)
    listed = text_of(next((tmp_path / "out").glob("*登记表*")))
    assert cases(folder)[0].project.unit.name in listed  # type: ignore[union-attr] # every sample has a unit


def test_a_project_that_lacks_nothing_gets_no_letter(tmp_path: Path) -> None:
    done = program("render", "correction", SAMPLES / "lianyungang", "--as-of", AS_OF, "-o", tmp_path / "out")
    assert done.returncode == 0
    assert "没有要写进《补正通知》的内容" in done.stdout
    assert not (tmp_path / "out").exists() or not list((tmp_path / "out").iterdir())


def test_classified_projects_are_nowhere(tmp_path: Path) -> None:
    folder = gapped(tmp_path, "qidong")
    one(folder, "id: hidden-one\nregulation: qidong-2022\nclassified: true\n", "hidden-one")
    one(folder, "id: x\nname: 某某机密工程\nregulation: qidong-2022\nclassified: true\nclassified: false\n", "twice")
    done = program("render", "correction", folder, "--as-of", AS_OF, "-o", tmp_path / "out")
    whole = done.stdout + "".join(text_of(file) for file in (tmp_path / "out").glob("*.docx"))
    assert "补正通知.docx" in done.stdout
    assert "机密" not in whole
    assert "hidden-one" not in whole


def test_names_of_files_are_safe_and_differ(dossier: Path) -> None:
    for name, unit in (("a", "甲/乙:局"), ("b", "甲／乙：局"), ("c", "局" * 300), ("d", "..")):
        one(dossier, LACKING.format(id=name, name=f"项目{name}") + f"unit: {{name: '{unit}'}}\n", name)
    done = program("render", "补正通知", dossier, "--as-of", AS_OF, "-o", dossier / "out")
    assert done.returncode == 0, done.stdout + done.stderr
    written = [file.name for file in (dossier / "out").iterdir()]
    assert len(written) == len(letters(dossier)) + 1
    assert all(len(name.encode()) <= 200 and name[0] != "." for name in written)


def test_one_file_cannot_hold_the_letters_of_all_units(tmp_path: Path) -> None:
    done = program("render", "correction", UNCLEAN, "--as-of", AS_OF, "-o", tmp_path / "x.docx")
    assert done.returncode == 2
    assert "每个单位一份，-o 要写文件夹" in done.stderr


def test_a_letter_is_set_out_by_the_standard_for_official_letters() -> None:
    document = docx.Document(io.BytesIO(built_in(forms()["correction"]).data))
    section = document.sections[0]
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin)
    wanted = (*sizes, section.left_margin, section.right_margin)
    for found, asked in zip(wanted, (210, 297, 37, 35, 28, 26), strict=True):
        assert abs(found - Mm(asked)) < Mm(0.1)
    for name in ("公文正文", "主送机关", "Heading 1", "Heading 2"):
        style = document.styles[name]
        assert style.paragraph_format.line_spacing == Pt(28.9)
        assert style.font.size == Pt(16)
    data = built_in(forms()["correction"]).data
    assert 'w:eastAsia="仿宋_GB2312"' in part(data, "word/styles.xml")
    assert "evenAndOddHeaders" in part(data, "word/settings.xml")
    sides = [re.findall(r'<w:jc w:val="(\w+)"', part(data, f"word/footer{n}.xml")) for n in (1, 2)]
    assert sides == [["right"], ["left"]], "the number stands outside: odd pages right, even pages left"


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not here")
def test_letters_become_pages(tmp_path: Path, soffice: Callable[..., None]) -> None:
    folder = gapped(tmp_path, "qidong")
    file = folder / GAPPED["qidong"] / "project.yaml"
    name = "江海堤防智慧防汛调度协同平台" * 20
    file.write_text(re.sub(r"(?m)^name:.*$", f"name: {name}", file.read_text(encoding="utf-8")), encoding="utf-8")
    program("render", "correction", folder, "--as-of", AS_OF, "-o", tmp_path / "out")
    made = list((tmp_path / "out").glob("*.docx"))
    soffice("pdf", tmp_path, *made)
    for document in made:
        pdf = tmp_path / f"{document.stem}.pdf"
        told = subprocess.run(
            [str(shutil.which("pdftotext")), "-layout", pdf, "-"], check=True, capture_output=True, timeout=60
        ).stdout.decode()
        pages = told.removesuffix("\f").split("\f")
        assert "".join(told.split()).count("汛") >= name.count("汛"), document.name  # cut by other columns, never lost
        for number, page in enumerate(pages, 1):
            assert "".join(page.split()).endswith(f"—{number}—"), (document.name, number)
