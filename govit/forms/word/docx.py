"""Word 表：a template's bytes and a context → a document's bytes, the same for the same input. Pure.

docxtpl turns tags into Jinja's language, the sandbox runs it; the file itself is taken apart and put together
here, since what is read comes from strangers and what is written must not differ from day to day.
"""

from __future__ import annotations

import copy
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from docxtpl import DocxTemplate
from lxml import etree

from govit.base.records import named_record, record
from govit.documents.content import Unreadable
from govit.forms.word import lint
from govit.forms.word import parts as wordparts
from govit.forms.word.lacking import Filling, TooMuchError, filled
from govit.forms.word.sandbox import compiled
from govit.forms.word.tags import MOST_TAGS, Slip, W, shield, spots, take, too_many_tags, unshielded
from govit.forms.word.whole import flaws
from govit.forms.zipped import packed, unpacked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from lxml.etree import _Element as Element

    from govit.forms.word.lacking import Lack
    from govit.forms.word.parts import TextPart

MOST_UNPACKED = 30_000_000
"""Bytes of all parts together; templates that were read are kept."""
MOST_ELEMENTS = 100_000
"""Tags of XML in all parts with text, of which a tree is built; a form has some thousand."""
MOST_XML = 1_500_000
"""Bytes of all parts with text; a form has a few hundred thousand."""
_MARK = re.compile("（待填：[^（）]{1,200}）")
_WORD = re.compile(r"\w+")
_NOISE = re.compile(
    r'\s(?:w:rsid\w*|w14:(?:paraId|textId)|w15:\w+)="[^"]*"|<w:proofErr\b[^<>]*/>|<w:lastRenderedPageBreak\s*/>'
    r"|<w:noProof\s*/>|<w:dataBinding\b[^<>]*/>"
)
"""What Word notes about the editing of a file, what would stand twice after a loop, and what ties a control to data
that Word would put over the value."""


class BadTemplateError(Exception):
    """A template that cannot be used; carries every fault."""

    def __init__(self, slips: list[Slip]) -> None:
        super().__init__(slips)
        self.slips = slips


@record
class WordTemplate:
    """模板, read and compiled."""

    parts: Mapping[str, bytes]
    stories: tuple[tuple[str, Callable[[dict[str, Any]], str]], ...]
    """The parts with tags, each as a Jinja template."""
    main: str
    slips: tuple[Slip, ...]
    roots: frozenset[str]
    printed: Mapping[str, str]
    names: frozenset[str]
    """All words in it, those of its tags among them."""


@named_record
class FilledDocument:
    """成品: the document, and what it lacks."""

    data: bytes
    lacks: tuple[Lack, ...]


@lru_cache(maxsize=16)
def read(data: bytes) -> WordTemplate:
    """Read a template with all that is wrong with it; each is read once."""
    try:
        parts = unpacked(data, MOST_UNPACKED)
        stories = wordparts.stories(parts)
    except Unreadable as error:
        return _unusable(str(error.args[-1] if error.args else error))
    slips = [*flaws(parts), *wordparts.dangers(parts)]
    if sum(len(parts[story.name]) for story in stories) > MOST_XML:
        return _unusable(f"模板的文字部分超过 {MOST_XML // 1000} KB，不是表格")
    if sum(parts[story.name].count(b"<") for story in stories) > MOST_ELEMENTS:
        return _unusable(f"模板的标记超过 {MOST_ELEMENTS // 10_000} 万个，不是表格")
    made: list[tuple[str, Callable[[dict[str, Any]], str]]] = []
    roots: set[str] = set()
    printed: dict[str, str] = {}
    names: set[str] = set()
    for story in stories:
        found, checked, source = _story(parts[story.name], story)
        slips += found
        roots |= checked.roots
        for name, place in checked.printed.items():
            printed.setdefault(name, place)
        if source and not any(slip.grave for slip in slips):
            made.append((story.name, compiled(source)))
            names.update(_WORD.findall(source))
    return WordTemplate(parts, tuple(made), stories[0].name, tuple(slips), frozenset(roots), printed, frozenset(names))


def _unusable(message: str) -> WordTemplate:
    slip = Slip("整个文件", "", message, "用 Word 或 WPS 打开，另存为 docx")
    return WordTemplate({}, (), "", (slip,), frozenset(), {}, frozenset())


def _story(data: bytes, story: TextPart) -> tuple[list[Slip], lint.Checked, str]:
    """One part: its faults, what its tags say, and its source for Jinja ('' if it has no tags)."""
    root = wordparts.parsed(data)
    if root is None or root.prefix != "w" or not str(root.tag).startswith(W):
        slip = Slip(
            story.label or "正文",
            "",
            "这一部分不是 Word 的写法，读不出来",
            "用 Word 或 WPS 打开，另存为 docx（不选“严格”）",
        )
        return [slip], lint.check(()), ""
    slips: list[Slip] = []
    tags = []
    body = root.find(f"{W}body")
    order: dict[str, int] = {}
    for spot in spots(root if body is None else body, story.label):
        order.setdefault(spot.place, len(order))
        found, wrong = take(spot)
        tags += found
        slips += wrong
        if len(tags) > MOST_TAGS:
            return [too_many_tags("整个文件")], lint.check(()), ""
        if len(slips) > lint.MOST_SLIPS:
            return [*slips, lint.too_many(spot.place)], lint.check(()), ""
    checked = lint.check(tags)
    slips = sorted([*slips, *checked.slips], key=lambda slip: order.get(slip.place, 0))
    shield(root)
    source = etree.tostring(root, encoding="unicode")
    slips += _elsewhere(source, story, len(tags))
    return slips, checked, (_jinja(source) if tags and not any(s.grave for s in slips) else "")


_OPENED = re.compile(r"\{[{%#][^{}<>\"]{0,40}")
_TEXTS = re.compile(r"<w:t(?:\s[^<>]*)?>[^<]*</w:t>")


def _elsewhere(source: str, story: TextPart, known: int) -> list[Slip]:
    """Tags outside the text, where nothing can be printed: in a field code, the name of a picture, a link."""
    found = _OPENED.search(_TEXTS.sub("", source))
    if found is None and sum(1 for _ in _OPENED.finditer(source)) == known:
        return []
    message = "标签写在了文字以外的地方（域代码、图片说明、链接，或修订中删去的文字），印不出来"
    near = found[0] if found else ""
    return [Slip(story.label or "正文", near, message, "标签只写在正文、表格、页眉页脚的文字里")]


def _jinja(source: str) -> str:
    """The source of a part as docxtpl hands it to Jinja."""
    patched: str = DocxTemplate(None).patch_xml(_NOISE.sub("", source))
    return patched


# -- filling in ------------------------------------------------------------------------------------


def render(
    template: WordTemplate, context: Mapping[str, Any], *, title: str, draft: bool, revision: str | None = None
) -> FilledDocument:
    """Fill a template in. With `draft` what is missing is marked, and the document says that it is one."""
    grave = [slip for slip in template.slips if slip.grave]
    if grave:
        raise BadTemplateError(grave)
    filling = Filling(template.names)
    given = filled(context, filling)
    parts = dict(template.parts)
    roots: dict[str, Element] = {}
    for name, fill in template.stories:
        try:
            root = wordparts.parsed(unshielded(fill(given)).encode())
        except TooMuchError:
            slip = Slip("整个文件", "", "模板的循环太多或内容太长，没有填完", "减少 for 的层数")
            raise BadTemplateError([slip]) from None
        if root is None:
            slip = Slip(name, "", "填好以后不再是完整的文件：标签把表格或段落切断了", "标签的开头和结尾放在同样的位置")
            raise BadTemplateError([slip])
        roots[name] = root
    if draft and template.main not in roots:
        roots[template.main] = wordparts.reread(parts[template.main])
    for root in roots.values():
        wordparts.mend(root)
        if draft:
            _highlight(root)
    for name, root in roots.items():
        parts[name] = wordparts.written(root)
    trees = {parts[name]: root for name, root in roots.items()}
    if draft:
        parts = wordparts.marked_draft(parts, template.main)
    parts = wordparts.in_two_languages(parts, template.main)
    parts = wordparts.with_properties(parts, title, revision)
    return FilledDocument(data=_opened_again(packed(parts), trees), lacks=tuple(filling.lacks))


def _opened_again(data: bytes, trees: Mapping[bytes, Element]) -> bytes:
    """The finished file, once it is seen that Word will open it; a part is the tree that it was written from."""
    wrong = flaws(unpacked(data), trees)
    if wrong:
        raise BadTemplateError(wrong)
    return data


def _highlight(root: Element) -> None:
    """Set the marks of what is missing apart from the text around them."""
    for text in [t for t in root.iter(f"{W}t") if t.text and _MARK.search(t.text)]:
        run = text.getparent()
        paragraph = run.getparent() if run is not None else None
        if run is not None and paragraph is not None and run.tag == f"{W}r":
            _split(paragraph, run, text)


def _split(paragraph: Element, run: Element, text: Element) -> None:
    """Make runs of one: before, the marks, after; each with the look of the whole."""
    look = run.find(f"{W}rPr")
    at = paragraph.index(run)
    made = []
    before = _like(run, look)
    for child in list(run):
        if child is look:
            continue
        if child is not text:
            before.append(child)
            continue
        pieces = re.split(f"({_MARK.pattern})", text.text or "")
        for number, piece in enumerate(pieces):
            if number % 2:
                made.append(before)
                marked = _like(run, look)
                _shade(marked)
                _say(marked, piece)
                made.append(marked)
                before = _like(run, look)
            elif piece:
                _say(before, piece)
    made.append(before)
    runs = [one for one in made if any(child.tag != f"{W}rPr" for child in one)]
    paragraph[at : at + 1] = runs


def _like(run: Element, look: Element | None) -> Element:
    made = etree.Element(run.tag, run.attrib, nsmap=run.nsmap)
    if look is not None:
        made.append(copy.deepcopy(look))
    return made


def _say(run: Element, text: str) -> None:
    said = etree.SubElement(run, f"{W}t")
    said.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    said.text = text


_BEFORE_HIGHLIGHT = tuple(
    W + name
    for name in (
        "rStyle", "rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "strike", "dstrike", "outline", "shadow",
        "emboss", "imprint", "noProof", "snapToGrid", "vanish", "webHidden", "color", "spacing", "w", "kern",
        "position", "sz", "szCs",
    )
)  # fmt: skip


def _shade(run: Element) -> None:
    """Yellow behind a mark, at the place that the order of Word's elements has for it."""
    look = run.find(f"{W}rPr")
    if look is None:
        look = etree.SubElement(run, f"{W}rPr")
    for old in look.findall(f"{W}highlight"):
        look.remove(old)
    at = sum(1 for child in look if child.tag in _BEFORE_HIGHLIGHT)
    look.insert(at, etree.Element(f"{W}highlight", {f"{W}val": "yellow"}))
