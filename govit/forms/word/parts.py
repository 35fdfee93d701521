"""Word 文件的部件：which parts have text, what in them is dangerous, and what a finished file needs. Pure."""

from __future__ import annotations

import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lxml import etree

from govit.base.records import record
from govit.documents.content import Trouble, Unreadable
from govit.forms.word.tags import Slip, W
from govit.forms.zipped import CONTENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from lxml.etree import _Element as Element

_RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CORE = "docProps/core.xml"
_CORE_TYPE = "application/vnd.openxmlformats-package.core-properties+xml"
_CORE_REL = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
_HEADER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
_HARMLESS = ("hyperlink", "attachedTemplate")
"""Links that go outside and are not followed when the file is opened; a template's own template is taken out."""
_SILENT = {"footnotes": "脚注", "endnotes": "尾注", "comments": "批注"}
"""Parts with text in which nothing is filled in."""
_HEAD = 200
_DRAFT = "草　稿"
_DRAFT_HEADER = "govit-draft.xml"


@record
class TextPart:
    """A part with text. `label` says which in front of a place, '' for the body."""

    name: str
    label: str


def parsed(data: bytes) -> Element | None:
    """The tree of a part from a stranger: no document type, no entity, no network; None if it is none of Word's XML."""
    if b"<!DOCTYPE" in data or b"\0" in data[:_HEAD]:  # the latter: UTF-16, in which a type would not be seen
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None
    return None if root.getroottree().docinfo.doctype else root


def reread(data: bytes) -> Element:
    """The tree of a part that could be read before."""
    root = parsed(data)
    if root is None:
        raise Unreadable(Trouble.DAMAGED, "部件读不出来")
    return root


def written(root: Element) -> bytes:
    """The bytes of a part."""
    data: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return data


@lru_cache(maxsize=256)
def rels_of(name: str) -> str:
    """Where the relationships of a part stand."""
    folder, base = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{base}.rels")


def relations(parts: Mapping[str, bytes], name: str) -> list[tuple[str, str, str, bool]]:
    """Id, kind, target part and whether it is outside, of everything a part refers to."""
    return list(_relations(parts.get(rels_of(name), b"<Relationships/>"), posixpath.dirname(name)))


@lru_cache(maxsize=64)
def _relations(rels: bytes, folder: str) -> tuple[tuple[str, str, str, bool], ...]:
    root = parsed(rels)
    if root is None:
        return ()
    found = []
    for rel in root:
        outside = rel.get("TargetMode") == "External"
        target = rel.get("Target") or ""
        if not outside:
            target = posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
        found.append((rel.get("Id") or "", (rel.get("Type") or "").rpartition("/")[2], target, outside))
    return tuple(found)


def main_part(parts: Mapping[str, bytes]) -> str:
    """The part with the body."""
    found = next((t for _, kind, t, out in relations(parts, "") if kind == "officeDocument" and not out), None)
    if found is None or found not in parts or not found.endswith(".xml") or CONTENT_TYPES not in parts:
        raise Unreadable(Trouble.DAMAGED, "不是 Word 的 docx 文件")
    return found


def stories(parts: Mapping[str, bytes]) -> list[TextPart]:
    """The parts with text: the body, then headers and footers."""
    main = main_part(parts)
    found = [TextPart(main, "")]
    for kind, label in (("header", "页眉"), ("footer", "页脚")):
        targets = dict.fromkeys(t for _, k, t, out in relations(parts, main) if k == kind and not out and t in parts)
        many = len(targets) > 1
        found += [TextPart(t, f"{label} {n} " if many else label) for n, t in enumerate(targets, 1)]
    return found


def dangers(parts: Mapping[str, bytes]) -> Iterator[Slip]:
    """What a template from a stranger must not bring along: macros, and links that fetch when the file is opened."""
    if any(name.lower().endswith("vbaproject.bin") for name in parts):
        yield Slip("整个文件", "", "模板里有宏", "另存为不含宏的 docx")
    for name, label in _SILENT.items():
        if any(b"{{" in data or b"{%" in data for part, data in parts.items() if part.endswith(f"/{name}.xml")):
            yield Slip(label, "", f"{label}里的标签不会填写", "移到正文、表格、页眉或页脚")
    for name in sorted(parts):
        if name.endswith(".rels"):
            owner = name.replace("_rels/", "").removesuffix(".rels")
            for _, kind, target, outside in relations(parts, owner):
                if outside and kind not in _HARMLESS:
                    message = "模板链接到文件以外的内容，打开时会去读取"
                    yield Slip("整个文件", target[:60], message, "在 Word 里把图片或对象改为嵌入，或断开链接")


# -- a finished file -------------------------------------------------------------------------------

_P, _PPR, _T, _TC, _TBL, _TR, _KEEP = (W + name for name in ("p", "pPr", "t", "tc", "tbl", "tr", "keepNext"))
_DOCPR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"


def drop(element: Element) -> None:
    """Take an element out of the tree that it stands in."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def mend(root: Element) -> None:
    """What loops and conditions may have left: a table without rows, a cell without a paragraph, ids twice."""
    for table in [t for t in root.iter(_TBL) if t.find(f".//{_TR}") is None]:
        drop(table)
    for cell in root.iter(_TC):
        if len(cell) == 0 or cell[-1].tag != _P:
            etree.SubElement(cell, _P)
    for number, drawing in enumerate(root.iter(_DOCPR), 1):
        drawing.set("id", str(number))
    for table in root.iter(_TBL):
        _hold_the_sum(table)
    for keep in list(root.iter(_KEEP)):
        _hold_the_blank(keep)


def _hold_the_sum(table: Element) -> None:
    """A last row that begins with cells made one, a sum, does not begin a page without the row before it."""
    rows = table.findall(_TR)
    if len(rows) > 1 and rows[-1].find(f"{_TC}[1]/{W}tcPr/{W}gridSpan") is not None:
        for paragraph in rows[-2].iter(_P):
            _stay_with_next(paragraph)


def _hold_the_blank(keep: Element) -> None:
    """A blank line that stays with what follows, a signature, stays with what is before it too."""
    look = keep.getparent()
    paragraph = look.getparent() if look is not None and look.tag == _PPR else None
    if paragraph is None or paragraph.tag != _P or any(text.text for text in paragraph.iter(_T)):
        return
    before = paragraph.getprevious()
    if before is not None and before.tag == _P:
        _stay_with_next(before)


def _stay_with_next(paragraph: Element) -> None:
    """Let a paragraph stay with the next."""
    look = paragraph.find(f"{W}pPr")
    if look is None:
        look = etree.Element(f"{W}pPr")
        paragraph.insert(0, look)
    if look.find(_KEEP) is None:
        look.insert(0 if look.find(f"{W}pStyle") is None else 1, etree.Element(_KEEP))


def in_two_languages(parts: dict[str, bytes], main: str) -> dict[str, bytes]:
    """Latin letters and figures in English, Chinese characters in Chinese, in the whole file.

    Where a file calls its figures Chinese, or does not say, LibreOffice and WPS break them at the end of a line like
    Chinese text, character by character: 9|8%, 20|26年, GB/T 222|39.
    """
    styles = next((t for _, kind, t, out in relations(parts, main) if kind == "styles" and not out), "")
    if styles in parts:
        parts = {**parts, styles: _styles_in_two_languages(parts[styles])}
    for name in [story.name for story in stories(parts) if _CALLED_CHINESE.search(parts[story.name])]:
        parts = {**parts, name: written(_figures_in_english(reread(parts[name])))}
    return parts


@lru_cache(maxsize=8)
def _styles_in_two_languages(styles: bytes) -> bytes:
    """The styles of a template, the same for all that is made from it; as they are if they cannot be read."""
    root = parsed(styles)
    if root is None:
        return styles
    at = root
    for name in ("docDefaults", "rPrDefault", "rPr"):
        found = at.find(f"{W}{name}")
        if found is None:
            found = etree.Element(f"{W}{name}")
            at.insert(0, found)
        at = found
    lang = at.find(_LANG)
    if lang is None:
        lang = etree.SubElement(at, _LANG)
    for key, language in _LANGUAGES.items():
        lang.set(key, lang.get(key, language))
    return written(_figures_in_english(root))


def _figures_in_english(root: Element) -> Element:
    for lang in root.iter(_LANG):
        if lang.get(_LATIN, "").lower().startswith("zh"):
            lang.set(_LATIN, _LANGUAGES[_LATIN])
    return root


_LANG, _LATIN = f"{W}lang", f"{W}val"
_LANGUAGES = {_LATIN: "en-US", f"{W}eastAsia": "zh-CN"}
_CALLED_CHINESE = re.compile(rb"<w:lang\b[^<>]*w:val=\"[zZ][hH]")


def with_properties(parts: Mapping[str, bytes], title: str, revision: str | None) -> dict[str, bytes]:
    """The properties of the file: its title, the revision if that was asked for, and no time and no person."""
    note = f"<cp:keywords>{escape(revision)}</cp:keywords>" if revision else ""
    core = (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties '
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(title)}</dc:title>{note}</cp:coreProperties>"
    )
    found = dict(parts)
    own = next((t for _, kind, t, out in relations(parts, "") if kind == "core-properties" and not out), None)
    found[own or _CORE] = core.encode()
    if own is None:
        found = _related(_typed(found, _CORE, _CORE_TYPE), "", _CORE_REL, _CORE)[0]
    return _without_own_template(found)


def _without_own_template(parts: dict[str, bytes]) -> dict[str, bytes]:
    """Take out the template on which someone's Word based the file: a path of their machine, or worse."""
    for name in [n for n in parts if n.endswith("/settings.xml.rels")]:
        root = parsed(parts[name])
        if root is None:
            continue
        gone = [rel for rel in root if (rel.get("Type") or "").endswith("/attachedTemplate")]
        owner = name.replace("_rels/", "").removesuffix(".rels")
        if gone and owner in parts:
            ids = {rel.get("Id") for rel in gone}
            for rel in gone:
                root.remove(rel)
            parts[name] = written(root)
            settings = parsed(parts[owner])
            if settings is not None:
                for link in [e for e in settings if e.get(f"{{{R}}}id") in ids]:
                    settings.remove(link)
                parts[owner] = written(settings)
    return parts


def _typed(parts: dict[str, bytes], name: str, kind: str) -> dict[str, bytes]:
    """Declare the type of a part that is added."""
    root = reread(parts[CONTENT_TYPES])
    etree.SubElement(root, f"{TYPES}Override", {"PartName": f"/{name}", "ContentType": kind})
    return {**parts, CONTENT_TYPES: written(root)}


def _related(parts: dict[str, bytes], owner: str, kind: str, target: str) -> tuple[dict[str, bytes], str]:
    """Refer to a part that is added; gives the id."""
    name = rels_of(owner)
    root = reread(parts.get(name, f'<Relationships xmlns="{_RELS[1:-1]}"/>'.encode()))
    taken = {rel.get("Id") for rel in root}
    own = next(f"rIdGovit{n}" for n in range(1, len(taken) + 2) if f"rIdGovit{n}" not in taken)
    shown = posixpath.relpath(target, posixpath.dirname(owner) or ".")
    etree.SubElement(root, f"{_RELS}Relationship", {"Id": own, "Type": kind, "Target": shown})
    return {**parts, name: written(root)}, own


def _draft_line() -> Element:
    """草稿 in red, centred."""
    xml = (
        f'<w:p xmlns:w="{W[1:-1]}"><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:rPr>'
        '<w:rFonts w:ascii="黑体" w:hAnsi="黑体" w:eastAsia="黑体"/><w:b/><w:color w:val="C00000"/><w:sz w:val="32"/>'
        f"</w:rPr><w:t>{_DRAFT}</w:t></w:r></w:p>"
    )
    return etree.fromstring(xml)


def marked_draft(parts: dict[str, bytes], main: str) -> dict[str, bytes]:
    """The word 草稿 at the top of every page: in each header there is, and in a new one where there is none."""
    for _, kind, target, outside in relations(parts, main):
        if kind == "header" and not outside and target in parts:
            header = parsed(parts[target])
            if header is not None:
                header.insert(0, _draft_line())
                parts = {**parts, target: written(header)}
    root = reread(parts[main])
    section = next(root.iter(f"{W}sectPr"), None)
    if section is None:
        body = root.find(f"{W}body")
        section = etree.SubElement(body if body is not None else root, f"{W}sectPr")
    there = {reference.get(f"{W}type", "default") for reference in section.findall(f"{W}headerReference")}
    wanted = [kind for kind in ("default", "first", "even") if kind not in there and _in_use(kind, root, parts, main)]
    if not wanted:
        return parts
    name = posixpath.join(posixpath.dirname(main), _DRAFT_HEADER)
    header = etree.Element(f"{W}hdr", nsmap={"w": W[1:-1]})
    header.append(_draft_line())
    parts = _typed({**parts, name: written(header)}, name, _HEADER_TYPE)
    parts, own = _related(parts, main, f"{R}/header", name)
    for kind in wanted:
        section.insert(0, etree.Element(f"{W}headerReference", {f"{W}type": kind, f"{{{R}}}id": own}, nsmap={"r": R}))
    return {**parts, main: written(root)}


def _in_use(kind: str, root: Element, parts: Mapping[str, bytes], main: str) -> bool:
    """Whether pages of a kind (first, even) have headers of their own."""
    if kind == "first":
        return root.find(f".//{W}sectPr/{W}titlePg") is not None
    if kind == "even":
        settings = next((t for _, k, t, out in relations(parts, main) if k == "settings" and not out), "")
        return re.search(rb"<w:evenAndOddHeaders(?![^<>]*\"(?:0|false)\")", parts.get(settings, b"")) is not None
    return True
