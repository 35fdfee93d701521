"""A little Word: writes docx files part by part, as sound or as broken as a test needs them."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest

from govit.documents.reader import read

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from govit.documents.content import Content, Heading, Reading

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


class Word:
    """Makes docx files in a test's own folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._count = 0

    def p(self, text: str = "", style: str = "", *, bold: bool = False, run: str = "", properties: str = "") -> str:
        look = ("<w:b/>" if bold else "") + run
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        inner = f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        return f"<w:p><w:pPr>{named}{properties}</w:pPr>{inner if text else ''}</w:p>"

    def style(self, style_id: str, name: str, properties: str = "", based_on: str = "", run: str = "") -> str:
        parent = f'<w:basedOn w:val="{based_on}"/>' if based_on else ""
        return (
            f'<w:style w:type="paragraph" w:styleId="{style_id}"><w:name w:val="{name}"/>{parent}'
            f"<w:pPr>{properties}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )

    def write(
        self,
        body: str,
        *,
        styles: str | None = None,
        numbering: str | None = None,
        parts: Mapping[str, str | bytes] | None = None,
        namespaces: str = NAMESPACES,
        document: str = "word/document.xml",
    ) -> Path:
        """Write a docx of a body, styles and lists; ``parts`` are further parts by name."""
        files: dict[str, str | bytes] = {
            "_rels/.rels": relations({document: "officeDocument"}),
            document: f"<w:document {namespaces}><w:body>{body}</w:body></w:document>",
        }
        related = {}
        if styles is not None:
            files["word/styles.xml"] = f"<w:styles {namespaces}>{styles}</w:styles>"
            related["styles.xml"] = "styles"
        if numbering is not None:
            files["word/numbering.xml"] = f"<w:numbering {namespaces}>{numbering}</w:numbering>"
            related["numbering.xml"] = "numbering"
        for name in parts or {}:
            if name.startswith("word/"):
                related[name[5:]] = name[5:].rstrip(".xml0123456789")
        folder, _, name = document.rpartition("/")
        files[f"{folder}/_rels/{name}.rels"] = relations(related)
        files.update(parts or {})
        return self.zip(files)

    def zip(self, files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> Path:
        self._count += 1
        path = self._folder / f"文档{self._count}.docx"
        with zipfile.ZipFile(path, "w", compression) as archive:
            for name, data in files.items():
                archive.writestr(name, data)
        return path

    def reading(self, body: str, **parts: object) -> Reading:
        return read(self.write(body, **parts))

    def content(self, body: str, **parts: object) -> Content:
        reading = self.reading(body, **parts)
        assert reading.content is not None, reading.detail
        return reading.content

    def headings(self, body: str, **parts: object) -> tuple[Heading, ...]:
        return self.content(body, **parts).headings

    def shown(self, body: str, **parts: object) -> list[tuple[int, str]]:
        return [(one.level, one.text) for one in self.headings(body, **parts)]


def relations(targets: Mapping[str, str]) -> str:
    rows = "".join(
        f'<Relationship Id="r{at}" Type="{KINDS}/{kind}" Target="{target}"/>'
        for at, (target, kind) in enumerate(targets.items())
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


@pytest.fixture
def word(tmp_path: Path) -> Word:
    return Word(tmp_path)
