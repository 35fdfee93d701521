"""An empty Word document as python-docx begins one, without what no test looks at: that is most of what it weighs."""

from __future__ import annotations

import io
from functools import cache
from typing import TYPE_CHECKING

import docx
from docx.enum.style import WD_STYLE_TYPE

if TYPE_CHECKING:
    from docx.document import Document

UNSEEN = ("/stylesWithEffects", "/theme", "/customXml", "/webSettings")
TABLES = {"Normal Table", "Table Grid"}
"""Of a hundred styles of tables those that tests use."""


@cache
def _bytes() -> bytes:
    document = docx.Document()
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in TABLES:
            style.delete()
    relations = document.part.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith(UNSEEN)]:
        relations.pop(name)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def blank_word() -> Document:
    """A new document, to be filled."""
    return docx.Document(io.BytesIO(_bytes()))
