"""标签：the tags of a Word template, each whole and with its place, before docxtpl and Jinja see them.

Word cuts a tag into pieces as it is typed and corrected; here each is made whole again in its first piece.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from govit.base.records import named_record, record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
PREFIXES = ("tr", "tc", "p", "r")
_OPENING = re.compile(r"\{[{%#]")
_CLOSING = {"{{": "}}", "{%": "%}", "{#": "#}"}
_STRAY = re.compile(r"\}\}|%\}|[｛｝]{2}|[｛｝][{}]|[{}][｛｝]|｛%|%｝|\{[ \u3000\xa0]+\{|\{[ \u3000\xa0]+%")
_TYPED = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\xa0": " ", "\u3000": " ", "\n": " "})
"""What Word and a Chinese keyboard make of quotes and blanks inside a tag."""
MOST_TAGS = 2_000
"""Of one part of a document; a form has some dozens."""
_MOST_STRAYS = 20
"""Braces without a tag that are told of one paragraph."""
_SHOWN = 24
_LONGEST_TAG = 400
_THROUGH = frozenset(
    W + name for name in ("sdt", "sdtContent", "ins", "smartTag", "customXml", "hyperlink", "fldSimple")
)
_TEXT, _PARAGRAPH, _TABLE, _ROW, _CELL, _BOX = (W + name for name in ("t", "p", "tbl", "tr", "tc", "txbxContent"))


@record
class Spot:
    """一段: a paragraph and where a clerk finds it."""

    element: Element
    place: str


@named_record
class Tag:
    """标签. `kind` is {{ or {%; `prefix` says what of the document it takes with it; `body` is what is inside."""

    kind: str
    prefix: str
    body: str
    place: str
    near: str
    element: Element
    """The w:t in which it stands."""
    spot: Spot
    alone: bool
    """Whether its paragraph has no other text."""


@record
class Slip:
    """模板的毛病: where, the text nearby, what is wrong and what to do. `grave` ones stop the rendering."""

    place: str
    near: str
    message: str
    hint: str = ""
    grave: bool = True


LEFT, RIGHT = "\ufdd0", "\ufdd1"
"""Stand for the braces of the template's own text while tags are read: characters that no text has."""
_BRACES = str.maketrans({"{": LEFT, "}": RIGHT})
_BRACE = re.compile(r"\{(?=[{%])")


def shield(root: Element) -> None:
    """Put the braces that belong to no tag out of the way: next to each other they would look like one."""
    for text in root.iter(_TEXT):
        if text.text and ("{" in text.text or "}" in text.text):
            text.text = "".join(_shielded(text.text))


def _shielded(text: str) -> Iterator[str]:
    """The pieces of a text: its whole tags as they are, and what is between them."""
    last = {kind: text.rfind(_CLOSING[kind]) for kind in ("{{", "{%")}
    at = 0
    for brace in _BRACE.finditer(text):
        start = brace.start()
        kind = text[start : start + 2]
        if start >= at and start + 2 <= last[kind]:
            end = text.index(_CLOSING[kind], start + 2) + 2
            yield text[at:start].translate(_BRACES)
            yield text[start:end]
            at = end
    yield text[at:].translate(_BRACES)


def unshielded(text: str) -> str:
    """The braces back in their place."""
    return text.replace(LEFT, "{").replace(RIGHT, "}")


def spots(container: Element, head: str = "") -> Iterator[Spot]:
    """Every paragraph with its place: 第 2 张表第 3 行第 1 格, or 第 5 段 of the text outside tables."""
    number, tables = 0, 0
    for child in _flat(container):
        if child.tag == _PARAGRAPH:
            number += 1
            yield from _paragraph(child, f"{head}第 {number} 段")
        elif child.tag == _TABLE:
            tables += 1
            yield from _table(child, f"{head}第 {tables} 张表")


def _flat(container: Element) -> Iterator[Element]:
    """The children of a container, those inside controls, insertions and the like with them."""
    for child in container:
        if child.tag in _THROUGH:
            yield from _flat(child)
        else:
            yield child


def _paragraph(element: Element, place: str) -> Iterator[Spot]:
    yield Spot(element, place)
    for box in element.iter(_BOX):
        if next(box.iterancestors(_BOX), None) is None:
            yield from spots(box, f"{place}的文本框")


def _table(table: Element, head: str) -> Iterator[Spot]:
    rows = (row for row in _flat(table) if row.tag == _ROW)
    for r, row in enumerate(rows, 1):
        cells = (cell for cell in _flat(row) if cell.tag == _CELL)
        for c, cell in enumerate(cells, 1):
            place = f"{head}第 {r} 行第 {c} 格"
            for spot in spots(cell, f"{place}内"):
                inner = spot.place.removeprefix(f"{place}内")
                yield Spot(spot.element, place if re.fullmatch(r"第 \d+ 段", inner) else spot.place)


def texts_of(paragraph: Element) -> list[Element]:
    """The w:t of a paragraph itself, not of the text boxes in it."""
    return [t for t in paragraph.iter(_TEXT) if next(t.iterancestors(_PARAGRAPH), None) is paragraph]


def near(text: str) -> str:
    """The beginning of a text, as a place is described by it."""
    short = " ".join(text[:_LONGEST_TAG].split())
    return short if len(short) <= _SHOWN else f"{short[:_SHOWN]}…"


def take(spot: Spot) -> tuple[list[Tag], list[Slip]]:
    """The tags of a paragraph, made whole in the document itself; and those that cannot be read as tags."""
    nodes = texts_of(spot.element)
    text = "".join(node.text or "" for node in nodes)
    if not any(mark in text for mark in "{}｛｝"):
        return [], []
    pieces = list(islice(_pieces(text), MOST_TAGS + 1))
    if len(pieces) > MOST_TAGS:
        return [], [too_many_tags(spot.place)]
    whole_ones: list[_Whole] = []
    for start, end, inner in pieces:
        if inner is None:
            what = f"标签没有写完，缺少“{_CLOSING[text[start:end]]}”"
            return [], [Slip(spot.place, near(text[start:]), what, "一个标签要在同一段里写完")]
        whole_ones.append(_whole(text[start : start + 2], start, end, inner))
    slips = [_strayed(spot, text, found) for found in islice(_strays(text, pieces), _MOST_STRAYS)]
    beside = near(text)
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    tags: list[Tag] = []
    for one, node in zip(whole_ones, _make_whole(nodes, whole_ones), strict=True):
        if one.kind == "{#":
            continue
        if len(one.body) > _LONGEST_TAG:
            slips.append(Slip(spot.place, near(one.body), f"标签长过 {_LONGEST_TAG} 个字", "标签里只写栏目名称"))
            continue
        tags.append(
            Tag(
                kind=one.kind,
                prefix=one.prefix,
                body=one.body,
                place=spot.place,
                near=beside,
                element=node,
                spot=spot,
                alone=one.start <= first and one.end >= last,
            )
        )
    return tags, slips


def too_many_tags(place: str) -> Slip:
    """What is said of a template that has more tags than any form."""
    return Slip(place, "", f"标签超过 {MOST_TAGS} 个，不是表格", "删去多余的标签")


class _Whole(NamedTuple):
    """A tag in the text of its paragraph, read but not yet in one piece."""

    kind: str
    prefix: str
    body: str
    start: int
    end: int

    @property
    def written(self) -> str:
        """As it is to stand in the document; a comment does not."""
        front = f"{self.prefix} " if self.prefix else ""
        return "" if self.kind == "{#" else f"{self.kind}{front}{self.body}{_CLOSING[self.kind]}"


def _whole(kind: str, start: int, end: int, inner: str) -> _Whole:
    prefix = next((p for p in PREFIXES if re.match(rf"{p}\s", inner)), "") if kind != "{#" else ""
    body = inner.translate(_TYPED).strip()[len(prefix) :].strip()
    return _Whole(kind, prefix, body, start, end)


def _pieces(text: str) -> Iterator[tuple[int, int, str | None]]:
    """Start and end of every tag and what is inside, None where it does not end."""
    at = 0
    while opening := _OPENING.search(text, at):
        end = text.find(_CLOSING[opening[0]], opening.end())
        again = _OPENING.search(text, opening.end())
        if end < 0 or (again is not None and again.start() < end and opening[0] != "{#"):
            yield opening.start(), opening.end(), None
            return
        yield opening.start(), end + 2, text[opening.end() : end]
        at = end + 2


def _strays(text: str, pieces: list[tuple[int, int, str | None]]) -> Iterator[re.Match[str]]:
    starts = [start for start, _, _ in pieces]
    for found in _STRAY.finditer(text):
        before = bisect_right(starts, found.start())
        if not before or found.start() >= pieces[before - 1][1]:
            yield found


def _strayed(spot: Spot, text: str, found: re.Match[str]) -> Slip:
    beside = near(text[max(0, found.start() - _SHOWN // 2) :])
    if "｛" in found[0] or "｝" in found[0]:
        return Slip(spot.place, beside, f"“{found[0]}”是全角的花括号", "标签用半角的 {{ 和 }}")
    if found[0].startswith("{"):
        return Slip(spot.place, beside, f"“{found[0]}”中间有空格", "标签的 {{ 或 {% 连着写")
    return Slip(spot.place, beside, f"“{found[0]}”前面没有对应的标签开头", "标签写成 {{ 栏目 }} 或 {% … %}")


def _make_whole(nodes: list[Element], tags: list[_Whole]) -> list[Element]:
    """Put each tag where its first piece stands, and take its other pieces out; gives where each stands now."""
    homes: list[Element] = []
    begun, at = 0, 0
    """The first tag that does not end before the text of the node, and where that text begins."""
    for node in nodes:
        text = node.text or ""
        until = at + len(text)
        kept: list[str] = []
        behind = at
        while begun < len(tags) and tags[begun].start < until:
            tag = tags[begun]
            kept.append(text[behind - at : max(tag.start, at) - at])
            if tag.start >= at:
                kept.append(tag.written)
                homes.append(node)
            behind = min(tag.end, until)
            if tag.end > until:
                break
            begun += 1
        if behind > at:
            node.text = "".join((*kept, text[behind - at :]))
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        at = until
    return homes
