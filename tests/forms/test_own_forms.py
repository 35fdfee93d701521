"""A form of a regulation's own: with an id, items and a template that lies beside the pack."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from packs import pack_checks as checks
from places import TESTS
from program import program
from word_forms import template, with_part

from govit.law.packs.pack import PackError, build
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from pathlib import Path

PACK = TESTS / "packs" / "province" / "regulations" / "shili-province-2025.yaml"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
TEXTS = (
    "{{ form.title }}：{{ project.name }}",
    "{%p for row in form.rows %}",
    "{{ row.label }}：{{ row.text }}",
    "{%p endfor %}",
)


def written(texts: tuple[str, ...] = TEXTS) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in texts)
    return with_part(template(), "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>".encode())


@pytest.fixture
def dossier(tmp_path: Path) -> Path:
    root = tmp_path / "dossier"
    (root / "regulations" / "templates").mkdir(parents=True)
    (root / "p").mkdir()
    shutil.copy(PACK, root / "regulations")
    (root / "govit.yaml").write_text(
        "regulation: shili-province-2025\nregulations: regulations\nyear: 2026\n"
        "unit: {name: 某局, level: 市级, kind: 机关}\n",
        encoding="utf-8",
    )
    (root / "p" / "project.yaml").write_text(
        "id: p\nname: 某平台\nstage: 开工建设\ncategory: 新建\n"
        "contracts: [{kind: 承建合同, name: 一期合同, amount: 90万元, on: 2026-03-02}]\n"
        "notes: [{name: 建设地点, text: 某市某路}]\n",
        encoding="utf-8",
    )
    return root


def rendered(dossier: Path, *words: str) -> tuple[int, str, list[Path]]:
    out = dossier.parent / "out"
    done = program("render", *words, dossier / "p", "--as-of", "2026-11-20", "-o", out)
    return done.returncode, done.stdout + done.stderr, sorted(out.glob("*.docx")) if out.exists() else []


@pytest.mark.parametrize("word", ["start-filing", "开工备案表"])
@pytest.mark.parametrize("home", ["regulations/templates", "templates"])
def test_it_is_made_from_its_template_beside_the_pack_or_in_the_dossier(dossier: Path, word: str, home: str) -> None:
    (dossier / home).mkdir(exist_ok=True)
    (dossier / home / "开工备案表.docx").write_bytes(written())
    code, said, (path,) = rendered(dossier, word)
    assert (code, path.name) == (0, "2026-某平台-开工备案表.docx"), said
    text = ZipFile(path).read("word/document.xml").decode()
    assert "开工备案表：某平台" in text
    assert "建设地点：某市某路" in text
    assert "一期合同" in text


def test_what_it_must_tell_and_nobody_has_written_is_named(dossier: Path) -> None:
    (dossier / "templates").mkdir()
    (dossier / "templates" / "开工备案表.docx").write_bytes(written((TEXTS[1], "{{ row.text|required }}", TEXTS[3])))
    project = dossier / "p" / "project.yaml"
    project.write_text(project.read_text("utf-8").partition("notes:")[0], encoding="utf-8")
    code, said, made = rendered(dossier, "start-filing")
    assert (code, made) == (1, [])
    assert "建设地点" in said


def test_without_its_template_it_says_where_one_belongs(dossier: Path) -> None:
    code, said, made = rendered(dossier, "start-filing")
    assert (code, made) == (2, [])
    assert "templates 文件夹里放一份 开工备案表.docx" in said


def test_it_is_listed_and_its_template_is_checked(dossier: Path) -> None:
    (dossier / "templates").mkdir()
    (dossier / "templates" / "开工备案表.docx").write_bytes(written(("{{ project.nmae }}",)))
    listed = program("render", "--list", dossier)
    assert "start-filing" in listed.stdout
    checked = program("render", "--check-templates", dossier)
    assert checked.returncode == 1
    assert "project.nmae" in checked.stdout


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("    template: 开工备案表.docx\n", "", "另写 template"),
        ("form: start-filing", "form: 开工备案表", "标识用小写英文"),
        ("template: 开工备案表.docx", "template: a/开工备案表.docx", "应当是 Word 文件的名称"),
        ("template: 开工备案表.docx", "template: 开工备案表.doc", "应当是 Word 文件的名称"),
        ("form: start-filing", "form: filing", "不是本办法自己的表"),
        ("{label: 建设地点, required: true}", "{lable: 建设地点}", "是不是“label”"),
    ],
)
def test_what_is_wrong_with_it_is_refused(old: str, new: str, said: str) -> None:
    text = PACK.read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(PackError) as caught:
        build(*parse(text.replace(old, new)), str(PACK))
    assert any(said in fault.message + fault.hint for fault in caught.value.faults)


def test_the_pack_declares_it() -> None:
    (own,) = (form for form in checks.loaded(PACK).forms if form.template)
    assert (own.form, [item.label for item in own.items]) == ("start-filing", ["建设地点", "合同情况"])
