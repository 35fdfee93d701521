"""OFD files as tests need them (GB/T 33190), written part by part."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING
from xml.sax.saxutils import quoteattr

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NAMESPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
ROOT = (
    f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NAMESPACE} DocType="OFD" Version="1.0"><ofd:DocBody>'
    "<ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{}</ofd:DocBody></ofd:OFD>"
)
BODY = "本平台汇聚全市路内外停车位的实时数据向公众提供查询预约和缴费服务由市城管局统一建设"


def text(words: str, x: float, y: float, size: float = 4.2, more: str = "") -> str:
    """A text object at a place in millimetres from the upper left corner."""
    return (
        f'<ofd:TextObject ID="9" Boundary="{x} {y - size} 180 {size + 2}" Font="1" Size="{size}" {more}>'
        f'<ofd:TextCode X="0" Y="{size}" DeltaX="g {len(words) - 1} {size}">{words}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(
    pages: Sequence[str], outline: Sequence[tuple[str, int]] = (), template: str = "", parts: Mapping[str, str | bytes] | None = None,
    signatures: str = "",
) -> bytes:
    """A file of pages; the outline names a title and its page, from 1."""
    listed = "".join(f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(1, len(pages) + 1))
    entries = "".join(
        f"<ofd:OutlineElem Title={quoteattr(title)}><ofd:Actions><ofd:Action Event='CLICK'><ofd:Goto><ofd:Dest Type='XYZ' PageID='{page}'"
        " Left='0' Top='20'/></ofd:Goto></ofd:Action></ofd:Actions></ofd:OutlineElem>"
        for title, page in outline
    )
    document = (
        f"<ofd:Document {NAMESPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
        '<ofd:PublicRes>PublicRes.xml</ofd:PublicRes><ofd:TemplatePage ID="50" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
        f"<ofd:Pages>{listed}</ofd:Pages><ofd:Outlines>{entries}</ofd:Outlines></ofd:Document>"
    )
    fonts = f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="宋体" FamilyName="宋体"/></ofd:Fonts></ofd:Res>'
    under = '<ofd:Template TemplateID="50" ZOrder="Background"/>' if template else ""
    files: dict[str, str | bytes] = {
        "OFD.xml": ROOT.format(signatures), "Doc_0/Document.xml": document, "Doc_0/PublicRes.xml": fonts,
        "Doc_0/Tpls/Tpl_0/Content.xml": page(template),
        **{f"Doc_0/Pages/Page_{at}/Content.xml": page(one, under) for at, one in enumerate(pages, 1)},
        **(parts or {}),
    }  # fmt: skip
    return packed(files)


def page(objects: str, under: str = "") -> str:
    return f'<ofd:Page {NAMESPACE}>{under}<ofd:Content><ofd:Layer ID="2" Type="Body">{objects}</ofd:Layer></ofd:Content></ofd:Page>'


def packed(files: Mapping[str, str | bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in files.items():
            file.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def report(chapters: Sequence[str], size: float = 6.3) -> list[str]:
    """Pages with a chapter at the head of each, and text below it."""
    pages = []
    for at, chapter in enumerate(chapters):
        lines = [text(f"第{'一二三四五六七八九'[at]}章 {chapter}", 70, 40, size)]
        lines += [text(BODY[: 40 if row % 4 else 38], 20, 55 + 7 * row) for row in range(12)]
        pages.append("".join(lines) + text(f"— {at + 1} —", 100, 285, 3.5))
    return pages
