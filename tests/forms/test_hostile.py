"""Every built-in Word template, filled with values that try to be something else: they come out as text."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from word_forms import part

from govit.forms import templates
from govit.forms.data.fields import FIELDS, FieldShape
from govit.forms.word.docx import read, render

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.forms.data.fields import Field

HOSTILE = '{{ x }}{% y %}{# z #}</w:t><w:p>&amp;<&>“\'=HYPERLINK("http://x")😀{_{'
FORMS = [form.id for form in templates.forms().values() if form.suffix == ".docx"]


def values(fields: Mapping[str, Field]) -> dict[str, Any]:
    """A hostile text for every name, two rows in every list."""
    return {name: value(field) for name, field in fields.items()}


def value(field: Field) -> Any:
    match field.shape:
        case FieldShape.TEXT:
            return HOSTILE
        case FieldShape.FLAG:
            return True
        case FieldShape.TEXTS:
            return [HOSTILE, HOSTILE]
        case FieldShape.ROWS:
            return [values(field.fields), values(field.fields)]
        case FieldShape.GROUP:
            return values(field.fields)
        case FieldShape.NOTES:
            return {}


@pytest.mark.parametrize("form", FORMS)
def test_a_built_in_template_prints_whatever_it_is_given(form: str) -> None:
    data = templates.built_in(templates.forms()[form]).data
    assert read(data).slips == ()
    written = render(read(data), values(FIELDS), title=HOSTILE, draft=True)
    text = "".join(t.text or "" for t in docx.Document(io.BytesIO(written.data)).element.iter() if t.tag.endswith("}t"))
    assert text.count(HOSTILE) >= 5
    assert part(written.data).count("<w:p>&amp;") == 0


@pytest.mark.parametrize("form", FORMS)
def test_a_built_in_template_of_an_empty_project_is_a_draft(form: str) -> None:
    data = templates.built_in(templates.forms()[form]).data
    written = render(read(data), {}, title="表", draft=True)
    assert written.lacks or form == "handin"  # its list of submissions is what the regulation has
    document = docx.Document(io.BytesIO(written.data))
    assert "草　稿" in [p.text for p in document.sections[0].header.paragraphs]
