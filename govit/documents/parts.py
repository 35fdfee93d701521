"""Find the parts (部件) of a docx by its relationships; Word Online calls them document2.xml."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.documents.content import Trouble, Unreadable
from govit.documents.xmlguard import Feed

if TYPE_CHECKING:
    from govit.documents.package import Package
    from govit.documents.xmlguard import Attributes, XmlAllowance

MOST_RELATIONS = 20_000
"""Of one part to parts of the kinds that are read."""
_USUAL = "word/document.xml"
_TYPES = "[Content_Types].xml"
_WHERE = {"header": "页眉", "footer": "页脚", "footnotes": "正文", "endnotes": "正文", "comments": "正文"}
_KINDS = frozenset(("officeDocument", "styles", "numbering", *_WHERE))


@record
class Parts:
    """The names of the parts that are read."""

    document: str
    styles: str | None = None
    numbering: str | None = None
    beside_text: tuple[tuple[str, str], ...] = ()
    """Headers, footers and notes, each with what a message calls it."""


def find_parts(package: Package, budget: XmlAllowance | None = None) -> Parts:
    """Follow the relationships from the package to the document and on to its parts."""
    document = _USUAL
    if document not in package:
        roots = dict(_related(package, "", "_rels/.rels", budget))
        document = roots.get("officeDocument", _USUAL)
    if document not in package:
        raise Unreadable(
            Trouble.DAMAGED,
            f"不是 Word 文件或已损坏：压缩包里没有 {_USUAL}",
            "请用 Word 或 WPS 重新另存为 docx",
        )
    folder, name = posixpath.split(document)
    found = _related(package, folder, f"{folder}/_rels/{name}.rels".lstrip("/"), budget)
    kinds = dict(reversed(found))
    return Parts(
        document,
        kinds.get("styles"),
        kinds.get("numbering"),
        tuple(dict.fromkeys((part, _WHERE[kind]) for kind, part in found if kind in _WHERE)),
    )


def _related(package: Package, folder: str, part: str, budget: XmlAllowance | None) -> list[tuple[str, str]]:
    """List kind and name of the parts that a part refers to and that exist."""
    found: list[tuple[str, str]] = []
    if part not in package:
        return found

    def note(attributes: Attributes) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        if kind not in _KINDS:
            return
        if len(found) >= MOST_RELATIONS:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：{part} 里的关系超过 {MOST_RELATIONS} 个，未读取",
                "请用 Word 或 WPS 重新另存为 docx",
            )
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
        name = target.lstrip("/")
        if attributes.get("TargetMode") != "External" and name in package:
            found.append((kind, name))

    Feed(part, budget).run(package.chunks(part), {"Relationship": note}, {})
    return found


def refuse_template(package: Package, document: str, budget: XmlAllowance) -> None:
    """Refuse a template (模板) that only bears the name of a document: Word opens none under that name."""
    if _TYPES not in package:
        return
    kinds: list[str] = []

    def note(attributes: Attributes) -> None:
        if attributes.get("PartName", "").lstrip("/") == document:
            kinds.append(attributes.get("ContentType", ""))

    Feed(_TYPES, budget).run(package.chunks(_TYPES), {"Override": note}, {})
    if any(".template." in kind or "Template" in kind for kind in kinds[:1]):
        raise Unreadable(
            Trouble.UNSUPPORTED,
            "扩展名是文档，内容却是 Word 模板（dotx 或 dotm），没有读取",
            "请用 Word 或 WPS 打开模板，另存为 docx 后放入",
        )
