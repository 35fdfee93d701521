"""A template that Word would not open is found before anything is made of it; so is a document before it is put in place."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from program import program
from word_forms import faults, filled, part, template, with_part

from govit.forms import templates
from govit.forms.word import docx
from govit.forms.word.docx import BadTemplateError
from govit.forms.word.tags import Slip
from govit.forms.word.whole import flaws
from govit.forms.zipped import unpacked

if TYPE_CHECKING:
    from pathlib import Path

TYPES, RELS, BODY = "[Content_Types].xml", "word/_rels/document.xml.rels", "word/document.xml"


def without(data: bytes, name: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for entry in source.namelist():
            if entry != name:
                target.writestr(entry, source.read(entry))
    return out.getvalue()


def replaced(data: bytes, name: str, old: str, new: str) -> bytes:
    text = part(data, name)
    assert old in text
    return with_part(data, name, text.replace(old, new).encode())


WHOLE = template("{{ project.name }}")
BROKEN = {
    "a part is missing": (without(WHOLE, "word/styles.xml"), "word/styles.xml 不在文件里"),
    "a part is no XML": (with_part(WHOLE, "word/styles.xml", b"<a"), "word/styles.xml 读不出来"),
    "relations are no XML": (with_part(WHOLE, "docProps/_rels/core.xml.rels", b"<a"), "core.xml.rels 读不出来"),
    "the body is typed otherwise": (
        replaced(WHOLE, TYPES, "document.main+xml", "template.main+xml"),
        "的类型不是 Word 文档",
    ),
    "a part is typed otherwise": (
        replaced(WHOLE, TYPES, "wordprocessingml.styles+xml", "wordprocessingml.settings+xml"),
        "word/styles.xml 在部件类型表里的类型不对",
    ),
    "types are no XML": (with_part(WHOLE, TYPES, b"<a"), "不是完整的 XML"),
    "a reference is not answered": (
        replaced(WHOLE, BODY, "<w:sectPr ", '<w:sectPr><w:headerReference w:type="default" r:id="rId99"/></w:sectPr><w:sectPr '),
        "引用 rId99 没有对应的部件",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_a_template_that_word_does_not_open_is_told(name: str) -> None:
    data, what = BROKEN[name]
    assert any(what in fault for fault in faults(data)), faults(data)
    with pytest.raises(BadTemplateError):
        filled(data, {})


def test_what_word_opens_has_no_flaw() -> None:
    assert flaws(unpacked(WHOLE)) == []
    renamed = replaced(WHOLE, RELS, 'Target="styles.xml"', 'Target="/word/Styles.xml"')
    assert flaws(unpacked(renamed)) == []
    assert flaws(unpacked(with_part(WHOLE, "a.unheard-of", b"x"))) == [], "what nobody refers to is in nobody's way"


@pytest.mark.parametrize("form", [form.id for form in templates.forms().values() if form.suffix == ".docx"])
def test_built_in_templates_have_no_flaw(form: str) -> None:
    assert flaws(unpacked(templates.built_in(templates.forms()[form]).data)) == []


def test_a_finished_document_with_a_flaw_is_not_written(monkeypatch: pytest.MonkeyPatch) -> None:
    read = docx.read(WHOLE)
    monkeypatch.setattr(docx, "flaws", lambda *_: [Slip("整个文件", "", "坏")])
    with pytest.raises(BadTemplateError):
        docx.render(read, {}, title="表", draft=True)


def test_check_templates_tells_it(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    name = templates.forms()["application"].template
    own = without(templates.built_in(templates.forms()["application"]).data, "word/styles.xml")
    (tmp_path / "templates" / name).write_bytes(own)
    (tmp_path / "project.yaml").write_text(
        "id: a\nname: a\nstage: 草拟\nregulation: lianyungang-2025\n", encoding="utf-8"
    )
    done = program("render", "--check-templates", tmp_path)
    assert done.returncode == 1
    assert "word/styles.xml 不在文件里" in done.stdout
