"""只留要读的：an Open XML workbook with nothing in it but sheets, texts and number formats, as Excel writes them.

Programs, instruments and older versions write styles, names and properties that openpyxl refuses, and "Strict Open XML"
names everything otherwise. None of it is needed to read a list.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from typing import TYPE_CHECKING, NamedTuple
from xml.sax.saxutils import quoteattr

from lxml import etree

from govit.importing.book import MOST_SHEETS
from govit.importing.outline_xlsx import Formats, formats, outline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.documents.package import Package

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTENT = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STRICT = {
    "http://purl.oclc.org/ooxml/spreadsheetml/main": _MAIN,
    "http://purl.oclc.org/ooxml/officeDocument/relationships": _LINKS,
}
"""The names of strict Open XML (ISO/IEC 29500-1), and what all other files call the same."""
_ROOT = re.compile(rb"<(?:[\w.-]+:)?sst\b[^<>]*>")
_WORKBOOK, _TEXTS, _STYLES = "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"
_SHEET = "worksheets/sheet{}.xml"

CHINESE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    **dict.fromkeys((32, 34, 55), 'h"时"mm"分"'),
    **dict.fromkeys((33, 35, 56), 'h"时"mm"分"ss"秒"'),
}
"""Number formats that a Chinese Excel has by number alone (ECMA-376 18.8.30, zh-cn); all of them are dates or times."""


class SheetPart(NamedTuple):
    """一张工作表：its title, the part that holds it, whether it has formulas, the ranges that are merged, hidden rows."""

    title: str
    part: str
    formulas: bool = False
    merged: tuple[str, ...] = ()
    hidden: tuple[int, ...] = ()


class Plain(NamedTuple):
    """The reduced workbook of the first sheets, and all sheets in their order."""

    data: bytes
    sheets: tuple[SheetPart, ...]


def plain(package: Package) -> Plain:
    """Reduce a workbook; ValueError, KeyError or an XML error if it is none."""
    book = workbook_part(package)
    links = links_of(package, book)
    root = etree.fromstring(package.read(book), _parser())
    sheets = tuple(_sheets(root, links, package))
    first = sheets[:MOST_SHEETS]
    texts, styles = target_of(links, "/sharedStrings"), target_of(links, "/styles")
    out, kept = io.BytesIO(), list[SheetPart]()
    with zipfile.ZipFile(out, "w") as file:
        file.writestr("[Content_Types].xml", _content_types(len(first)))
        file.writestr("_rels/.rels", _relationships({"rId1": ("officeDocument", _WORKBOOK)}))
        file.writestr(_WORKBOOK, _workbook(len(first), since_1904=_since_1904(root)))
        file.writestr("xl/_rels/workbook.xml.rels", _relationships(_sheet_links(len(first))))
        for number, sheet in enumerate(first, 1):
            looked = outline(package.read(sheet.part), _STRICT)
            file.writestr(f"xl/{_SHEET.format(number)}", looked.rows)
            kept.append(sheet._replace(formulas=looked.formulas, merged=looked.merged, hidden=looked.hidden))
        file.writestr(_TEXTS, _as_usual(package.read(texts)) if texts in package else f'<sst xmlns="{_MAIN}"/>')
        file.writestr(_STYLES, _formats(package.read(styles) if styles in package else b""))
    return Plain(out.getvalue(), (*kept, *sheets[MOST_SHEETS:]))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _as_usual(data: bytes) -> bytes:
    """The part of the texts, its root naming its elements as all other files do."""
    found = _ROOT.search(data)
    if found is None:
        return data
    root = found[0]
    for strict, usual in _STRICT.items():
        root = root.replace(strict.encode(), usual.encode())
    return data[: found.start()] + root + data[found.end() :]


# -- what the package says -----------------------------------------------------------------------------


def links_of(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """The relationships of a part: what each is, and the part that it leads to."""
    folder, name = posixpath.split(part)
    rels = posixpath.join(folder, "_rels", f"{name}.rels")
    if rels not in package:
        return {}
    found = {}
    for link in etree.fromstring(package.read(rels), _parser()):
        target = str(link.get("Target", ""))
        whole = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[str(link.get("Id"))] = (str(link.get("Type", "")), whole)
    return found


def target_of(links: Mapping[str, tuple[str, str]], kind: str) -> str:
    """The part that a relationship of one kind leads to, '' if none does."""
    return next((target for named, target in links.values() if named.endswith(kind)), "")


def workbook_part(package: Package) -> str:
    """The part that holds the workbook."""
    found = target_of(links_of(package, ""), "/officeDocument")
    return found if found in package else _WORKBOOK


def _sheets(root: etree._Element, links: Mapping[str, tuple[str, str]], package: Package) -> Iterator[SheetPart]:
    """The worksheets; charts and dialogs hold no list."""
    if _local(root.tag) != "workbook":
        message = "no workbook"
        raise ValueError(message)
    seen: set[str] = set()
    for sheet in root.iter("{*}sheet"):
        link = next((str(value) for key, value in sheet.items() if key.endswith("}id")), "")
        kind, part = links.get(link, ("", ""))
        if kind.endswith("/worksheet") and part in package:
            if part in seen:
                message = "two sheets in one place"  # it would be read as often as it is listed
                raise ValueError(message)
            seen.add(part)
            yield SheetPart(str(sheet.get("name", "")), part)


def _since_1904(root: etree._Element) -> bool:
    return any(one.get("date1904") in {"1", "true", "on"} for one in root.iter("{*}workbookPr"))


def _formats(styles: bytes) -> str:
    """The number formats and which style has which, of all that a stylesheet says."""
    codes, used = formats(styles) if styles else Formats({}, [])
    named = {number: codes.get(number) or CHINESE_FORMATS.get(number) for number in set(used)}
    own = "".join(
        f"<numFmt numFmtId={quoteattr(str(number))} formatCode={quoteattr(code)}/>"
        for number, code in named.items()
        if code
    )
    xfs = "".join(f'<xf numFmtId="{number}"/>' for number in used or [0])
    return f'<styleSheet xmlns="{_MAIN}"><numFmts>{own}</numFmts><cellXfs>{xfs}</cellXfs></styleSheet>'


# -- what is written -----------------------------------------------------------------------------------


def _workbook(sheets: int, *, since_1904: bool) -> str:
    """The sheets by number alone: a title that Excel would not take is no reason not to read its sheet."""
    listed = "".join(f'<sheet name="{one}" sheetId="{one}" r:id="rId{one}"/>' for one in range(1, sheets + 1))
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}"><workbookPr date1904="{int(since_1904)}"/>'
        f"<sheets>{listed}</sheets></workbook>"
    )


def _sheet_links(sheets: int) -> dict[str, tuple[str, str]]:
    return {f"rId{number}": ("worksheet", _SHEET.format(number)) for number in range(1, sheets + 1)}


def _relationships(targets: Mapping[str, tuple[str, str]]) -> str:
    links = "".join(
        f'<Relationship Id="{name}" Type="{_LINKS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{links}</Relationships>'
    )


def _content_types(sheets: int) -> str:
    kinds = {_WORKBOOK: "sheet.main", _TEXTS: "sharedStrings", _STYLES: "styles"}
    kinds |= {f"xl/{_SHEET.format(number)}": "worksheet" for number in range(1, sheets + 1)}
    parts = "".join(
        f'<Override PartName="/{name}" ContentType="{_CONTENT}.{kind}+xml"/>' for name, kind in kinds.items()
    )
    return f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{parts}</Types>'
