"""A template that swells is refused by what is counted in it, before much is built of it."""

from __future__ import annotations

import pytest
from word_forms import faults, part, template, with_part

from govit.base.usage import UsageError
from govit.forms.excel import workbook
from govit.forms.templates import built_in, forms
from govit.forms.word import docx, lint, tags
from govit.forms.zipped import packed, unpacked

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
FIELD = "project.name"


def written(*paragraphs: str) -> bytes:
    """A template of these texts, as many as there are: python-docx would take its time."""
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    xml = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return with_part(template(), "word/document.xml", xml.encode())


@pytest.mark.parametrize(
    "texts",
    [
        ["{% if project.name %}"] * 3_000,
        ["{% if project.name %}" * 3_000],
        ["{{ project.name }}" * 50_000],
        ["{# a #}" * 50_000],
    ],
    ids=["conditions", "conditions in one", "names in one", "comments in one"],
)
def test_more_tags_than_any_form_has_are_refused_and_not_read(
    texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lint._Check, "tag", lambda *_: pytest.fail("a tag was read"))
    assert any(f"标签超过 {tags.MOST_TAGS} 个" in fault for fault in faults(written(*texts)))


def test_many_opened_tags_are_one_fault() -> None:
    assert len(faults(written("{{" * 200_000))) == 1


def test_faults_are_told_up_to_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lint, "MOST_SLIPS", 20)
    told = faults(written(*(f"{{{{ zz{at} }}}}" for at in range(300))))
    assert len(told) == 22
    assert "后面的标签没有再看" in told[-1]
    assert "后面的标签没有再看" in faults(written(*["}}"] * 300))[-1]


@pytest.mark.parametrize(
    ("body", "what"),
    [
        ("<w:p/>" * 100_001, "标记超过 10 万个"),
        (f"<w:p><w:r><w:t>{'甲' * 500_001}</w:t></w:r></w:p>", "超过 1500 KB"),
        (f'<w:p w:x="{"a" * 1_500_000}"/>', "超过 1500 KB"),
    ],
)
def test_a_body_beyond_any_form_is_refused_before_a_tree_is_built(
    body: str, what: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = with_part(template(), "word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>".encode())
    monkeypatch.setattr(docx, "_story", lambda *_: pytest.fail("a tree was built"))
    assert what in faults(data)[0]


def test_a_template_that_unpacks_to_more_than_any_form_is_refused() -> None:
    data = with_part(template(), "word/media/a.bin", b"\0" * (docx.MOST_UNPACKED + 1))
    assert "解压后超过 30 MB" in faults(data)[0]


def test_tags_cut_into_pieces_are_made_whole_in_one_pass() -> None:
    """Each tag stands where its first piece stood; what is between two of them stays in its own run."""
    pieces = ["甲{", "{ project", ".name }", "}乙{{ project.name }}丙{# ", "不印 #}丁", "", "{{project.name}}戊"]
    runs = "".join(f"<w:r><w:t>{piece}</w:t></w:r>" for piece in pieces)
    body = f"<w:document {W}><w:body><w:p>{runs}</w:p></w:body></w:document>"
    root = docx.wordparts.reread(part(with_part(template(), "word/document.xml", body.encode())).encode())
    (spot,) = tags.spots(root[0])
    found, slips = tags.take(spot)
    assert not slips
    assert [(tag.body, tag.element.text) for tag in found] == [
        (FIELD, "甲{{project.name}}"),
        (FIELD, "乙{{project.name}}丙"),
        (FIELD, "{{project.name}}戊"),
    ]
    assert [node.text for node in tags.texts_of(spot.element)] == [
        "甲{{project.name}}",
        "",
        "",
        "乙{{project.name}}丙",
        "丁",
        None,
        "{{project.name}}戊",
    ]


def test_a_workbook_of_more_attributes_than_any_form_is_refused_before_it_is_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = built_in(forms()["plan"]).data
    cells = "<row>" + "".join(f'<c r="A{at}" s="0" t="n" cm="0" vm="0" ph="0"/>' for at in range(51_000)) + "</row>"
    data = packed({**unpacked(plain), "xl/worksheets/sheet1.xml": f"<worksheet>{cells}</worksheet>".encode()})
    monkeypatch.setattr(workbook, "load_workbook", lambda *_: pytest.fail("it was built"))
    with pytest.raises(UsageError, match="模板打不开"):
        workbook.opened(data, "a.xlsx")
