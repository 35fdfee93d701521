"""部件：the documents in an OFD package, their pages, fonts and outlines (GB/T 33190, 7.4 to 7.9)."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, NamedTuple

from govit.documents.content import Trouble, Unreadable
from govit.documents.xmlguard import Feed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govit.documents.package import Package
    from govit.documents.xmlguard import Attributes, XmlAllowance

ENTRY = "OFD.xml"
MOST_DOCUMENTS = 50
MOST_PAGES = 5_000
MOST_ENTRIES = 8_000
"""Of an outline, or of fonts."""
DEEPEST_ENTRY = 9
_ENCRYPTIONS = ("Encryptions.xml", "Encryptions/Encryptions.xml")
LONGEST_TITLE = 300


class OutlineEntry(NamedTuple):
    """An entry of an outline."""

    title: str
    level: int
    page: str
    """Its id; empty if it leads nowhere."""
    top: float | None
    """Millimetres from the top."""


class OfdFont(NamedTuple):
    """A font of the resources."""

    name: str
    bold: bool


class OfdDocument:
    """One document of the package: where its pages are, and what they refer to."""

    def __init__(self, folder: str) -> None:
        self.folder = folder
        self.box = ""
        self.pages: list[tuple[str, str]] = []
        """The id of each page, and its part."""
        self.templates: dict[str, str] = {}
        self.resources: list[str] = []
        self.fonts: dict[str, OfdFont] = {}
        self.outline: list[OutlineEntry] = []


class CharacterData:
    """Collects the character data of an element."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._parts: list[str] = []

    def begin(self, _attributes: Attributes) -> None:
        """Collect from here on."""
        self._parts = []
        self._feed.parser.CharacterDataHandler = self._parts.append

    def end(self) -> str:
        """Stop, and give what was collected."""
        self._feed.parser.CharacterDataHandler = None
        return "".join(self._parts).strip()


def named(handlers: Mapping[str, Callable[..., None]]) -> dict[str, Callable[..., None]]:
    """The handlers under both names that an element may bear: with the usual prefix, and with none."""
    return {prefix + name: handler for name, handler in handlers.items() for prefix in ("ofd:", "")}


def within(folder: str, given: str) -> str:
    """The part that a place (ST_Loc) names, from the folder in which it stands."""
    return posixpath.normpath(posixpath.join("/", folder, given.strip())).lstrip("/")


def documents(package: Package, budget: XmlAllowance) -> list[OfdDocument]:
    """Every document of the package, read up to its pages."""
    if ENTRY not in package:
        if any(name in package for name in _ENCRYPTIONS):
            raise Unreadable(Trouble.ENCRYPTED, "OFD 文件已加密，无法读取", "请解除加密后重新保存，或放入 docx 版本")
        raise Unreadable(Trouble.DAMAGED, f"不是 OFD 文件或已损坏：压缩包里没有 {ENTRY}", "请重新取得原件")
    roots: list[str] = []
    feed = Feed(ENTRY, budget)
    texts = CharacterData(feed)
    feed.run(package.chunks(ENTRY), named({"DocRoot": texts.begin}), named({"DocRoot": lambda: roots.append(texts.end())}))
    found = [_document(package, within("", root), budget) for root in roots[:MOST_DOCUMENTS] if within("", root) in package]
    if not found:
        raise Unreadable(Trouble.DAMAGED, "文件已损坏：OFD 里没有文档", "请重新取得原件")
    return found


def _document(package: Package, part: str, budget: XmlAllowance) -> OfdDocument:
    found = OfdDocument(posixpath.dirname(part))
    feed = Feed(part, budget)
    texts = CharacterData(feed)
    outline = _OutlineReader(found.outline)

    def page(attributes: Attributes) -> None:
        if len(found.pages) < MOST_PAGES:
            found.pages.append((attributes.get("ID", ""), within(found.folder, attributes.get("BaseLoc", ""))))

    def template(attributes: Attributes) -> None:
        if len(found.templates) < MOST_PAGES:
            found.templates[attributes.get("ID", "")] = within(found.folder, attributes.get("BaseLoc", ""))

    def box() -> None:
        found.box = found.box or texts.end()

    def resource() -> None:
        found.resources.append(within(found.folder, texts.end()))

    starts = {
        "Page": page, "TemplatePage": template, "OutlineElem": outline.begin, "Dest": outline.lead,
        **dict.fromkeys(("PhysicalBox", "PublicRes", "DocumentRes"), texts.begin),
    }  # fmt: skip
    ends = {"PhysicalBox": box, "PublicRes": resource, "DocumentRes": resource, "OutlineElem": outline.end}
    feed.run(package.chunks(part), named(starts), named(ends))
    for name in dict.fromkeys(found.resources[:MOST_DOCUMENTS]):
        if name in package:
            _fonts(package, name, found.fonts, budget)
    return found


class _OutlineReader:
    """Collects the entries of an outline, each with the level at which it stands."""

    def __init__(self, entries: list[OutlineEntry]) -> None:
        self._entries = entries
        self._level = 0
        self._open: list[int] = []

    def begin(self, attributes: Attributes) -> None:
        self._level += 1
        self._open.append(len(self._entries))
        if len(self._entries) < MOST_ENTRIES:
            title = attributes.get("Title", "")[:LONGEST_TITLE]
            self._entries.append(OutlineEntry(title, min(self._level, DEEPEST_ENTRY), "", None))

    def lead(self, attributes: Attributes) -> None:
        """Note where the innermost entry leads to."""
        at = self._open[-1] if self._open else len(self._entries)
        if at < len(self._entries) and not self._entries[at].page:
            top = attributes.get("Top")
            self._entries[at] = self._entries[at]._replace(
                page=attributes.get("PageID", ""), top=number(top) if top else None
            )

    def end(self) -> None:
        self._level -= 1
        del self._open[-1:]


def _fonts(package: Package, part: str, fonts: dict[str, OfdFont], budget: XmlAllowance) -> None:
    def font(attributes: Attributes) -> None:
        name = (attributes.get("FontName", "") + " " + attributes.get("FamilyName", "")).casefold()[:LONGEST_TITLE]
        if len(fonts) < MOST_ENTRIES:
            fonts[attributes.get("ID", "")] = OfdFont(name.strip(), attributes.get("Bold") == "true" or "bold" in name)

    Feed(part, budget).run(package.chunks(part), named({"Font": font}), {})


def number(text: str | None, usual: float = 0.0) -> float:
    """Read a number; what is none, or beyond all measure, is the usual one."""
    try:
        found = float(text) if text else usual
    except ValueError:
        return usual
    return found if abs(found) < 1e6 else usual  # noqa: PLR2004  (also false for nan)


def numbers(text: str) -> list[float]:
    """Read numbers that blanks part."""
    return [number(one) for one in text.split()[:16]]
