"""Find the parts (部件) of a docx by its relationships; Word Online calls them document2.xml."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from govit.documents.content import Trouble, Unreadable
from govit.documents.xmlguard import Feed

if TYPE_CHECKING:
    from govit.documents.package import Package
    from govit.documents.xmlguard import Attributes

_USUAL = "word/document.xml"
_WHERE = {"header": "页眉", "footer": "页脚", "footnotes": "正文", "endnotes": "正文", "comments": "正文"}


class Parts(NamedTuple):
    """The names of the parts that are read."""

    document: str
    styles: str | None = None
    numbering: str | None = None
    around: tuple[tuple[str, str], ...] = ()
    """Headers, footers and notes, each with what a message calls it."""


def find_parts(package: Package) -> Parts:
    """Follow the relationships from the package to the document and on to its parts."""
    document = _USUAL
    if document not in package:
        roots = dict(_related(package, "", "_rels/.rels"))
        document = roots.get("officeDocument", _USUAL)
    if document not in package:
        raise Unreadable(
            Trouble.DAMAGED,
            f"不是 Word 文件或已损坏：压缩包里没有 {_USUAL}",
            "请用 Word 或 WPS 重新另存为 docx",
        )
    folder, name = posixpath.split(document)
    found = _related(package, folder, f"{folder}/_rels/{name}.rels".lstrip("/"))
    kinds = dict(reversed(found))
    return Parts(
        document,
        kinds.get("styles"),
        kinds.get("numbering"),
        tuple(dict.fromkeys((part, _WHERE[kind]) for kind, part in found if kind in _WHERE)),
    )


def _related(package: Package, folder: str, part: str) -> list[tuple[str, str]]:
    """List kind and name of the parts that a part refers to and that exist."""
    found: list[tuple[str, str]] = []
    if part not in package:
        return found

    def note(attributes: Attributes) -> None:
        kind = attributes.get("Type", "").rpartition("/")[2]
        target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", "")))
        name = target.lstrip("/")
        if attributes.get("TargetMode") != "External" and name in package:
            found.append((kind, name))

    Feed(part).run(package.chunks(part), {"Relationship": note}, {})
    return found
