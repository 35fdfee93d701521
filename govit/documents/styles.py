"""What the paragraph styles (样式) of a docx say: heading level, contents, number, look.

Word writes the built-in names in English whatever its own language; other programs write their
own. A style based on a heading style is one too, unless it says that it is body text (正文文本).
"""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

from govit.base.patterns import regex
from govit.base.records import record
from govit.documents.content import Trouble, Unreadable
from govit.documents.paragraph import BODY_TEXT
from govit.documents.xmlguard import Feed, XmlAllowance

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.documents.paragraph import Paragraph
    from govit.documents.xmlguard import Attributes

LONGEST_NUMBER = 9
MOST_ANCESTORS = 20
LARGEST_REMEMBERED = 1_000_000
LARGEST_STYLES = 20_000_000
"""Bytes of ``word/styles.xml``."""
MOST_STYLES = 20_000
LONGEST_NAME = 255
"""Characters of a style's name or id, as in Word."""
_STYLE, _STYLE_END = b"<w:style ", b"</w:style>"
DEFAULT_SIZE = 20
"""Half-points, where no style says anything."""

_HEADING_WORDS = frozenset(
    ("heading", "标题", "標題", "見出し", "제목", "überschrift", "titre", "título", "titulo", "titolo", "заголовок",
     "kop", "rubrik", "overskrift", "otsikko", "nagłówek", "nadpis", "başlık", "címsor", "naslov", "επικεφαλίδα"),
)  # fmt: skip
_CONTENTS_WORDS = frozenset(
    ("toc", "目录", "目錄", "目次", "목차", "verzeichnis", "tm", "tdc", "índice", "indice", "sommario", "оглавление",
     "inhopg", "contents", "innehåll", "obsah", "sisluet"),
)  # fmt: skip
_CONTENTS_NAMES = frozenset(
    ("table of figures", "图表目录", "圖表目錄", "toc heading", "toc 标题", "目录标题", "contents heading")
)
_DIGITS = "一二三四五六七八九"
_NAMED_LEVEL = regex(
    r"([1-9一二三四五六七八九])\s?级\s?标题|标题[ _-]?([1-9]|[一二三四五六七八九](?!(?!级)[^\W\d_]))(?!\d)|(?<![a-z])heading[ _-]?([1-9])(?!\d)"
)
"""The level that a name of one's own speaks of: 公文一级标题, 标题 1-可研, 样式 标题 2 + 居中, 标题1级."""
_OTHER_THINGS = regex("[图表]|目录|toc|页眉|页脚|副标题|字符|char")
"""What a name may speak of besides: 图标题 1 is no heading."""
_OFF = frozenset(("0", "false", "off"))


class Style(NamedTuple):
    """A paragraph or character style, with what it inherits."""

    name: str = ""
    level: int | None = None
    """1 to 9, 0 for body text, None where nothing is said."""
    contents: bool = False
    number: str | None = None
    """The list (numId) that numbers its paragraphs."""
    number_level: int | None = None
    bold: bool | None = None
    size: int | None = None
    font: str | None = None
    hidden: bool | None = None
    ancestors: tuple[str, ...] = ()
    """Its own id, then those of the styles it is based on."""


@record
class Styles:
    """All styles of one file."""

    by_id: Mapping[str, Style] = MappingProxyType({})
    default: Style = Style()
    """Of a paragraph that names no style."""
    plain: Style = Style()
    """The document's defaults (文档默认值)."""

    def get(self, style_id: str) -> Style:
        """Find the style of a paragraph; an unknown one is the default one, as in Word."""
        return self.by_id.get(style_id, self.default) if style_id else self.default

    def level(self, paragraph: Paragraph) -> int:
        """Give the heading level that a paragraph or its style claims, 0 for none."""
        style = self.get(paragraph.style)
        if style.contents:
            return 0
        return (style.level or 0) if paragraph.outline is None else _from_outline(paragraph.outline)


def _from_outline(outline: int) -> int:
    return outline + 1 if 0 <= outline < BODY_TEXT else 0


def is_on(attributes: Attributes) -> bool:
    """Read a switch: ``<w:b/>`` is on, ``<w:b w:val="0"/>`` is off."""
    return attributes.get("w:val") not in _OFF


def integer(text: str | None) -> int | None:
    """Read a number as Word writes it; anything else is as if it were not there."""
    if text is None or len(text) > LONGEST_NUMBER:
        return None
    try:
        return int(text)
    except ValueError:
        return None


def read_styles(data: bytes, budget: XmlAllowance) -> Styles:
    """Read ``word/styles.xml``; files made from one template share it, so a small one is remembered."""
    return _remembered(data) if len(data) <= LARGEST_REMEMBERED else _read(data, budget)


def _read(data: bytes, budget: XmlAllowance) -> Styles:
    reader = _StyleReader()
    reader.read(data, budget)
    return _resolve(reader)


@lru_cache(maxsize=8)
def _remembered(data: bytes) -> Styles:
    return _read(data, XmlAllowance())


def _lean(data: bytes) -> Iterator[bytes]:
    """Leave out the table styles (表格样式): nothing is asked of them, and they are nine tenths."""
    if b"<!" in data:  # a comment might quote a style
        yield data
        return
    at = 0
    while (start := data.find(_STYLE, at)) >= 0:
        yield data[at:start]
        head = data.find(b">", start)
        end = data.find(_STYLE_END, start)
        following = data.find(_STYLE, start + 1)
        whole = end >= 0 and (following < 0 or end < following)
        if whole and b'w:type="table"' in data[start:head]:
            at = end + len(_STYLE_END)
        else:
            yield data[start : (at := start + len(_STYLE))]
    yield data[at:]


class _Raw:
    """A style as written, before it inherits."""

    __slots__ = ("based_on", "kind", "known", "name", "outline")

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.name = ""
        self.based_on = ""
        self.outline: int | None = None
        self.known: dict[str, Any] = {}


class _StyleReader:
    """Collects the styles from the XML."""

    def __init__(self) -> None:
        self.styles: dict[str, _Raw] = {}
        self.default = ""
        self.defaults = _Raw("defaults")
        self._raw = self.defaults

    def read(self, data: bytes, budget: XmlAllowance) -> None:
        feed = Feed("word/styles.xml", budget)
        starts = {
            "w:style": self._style,
            "w:name": self._name,
            "w:basedOn": self._based_on,
            "w:outlineLvl": self._outline,
            "w:numId": lambda a: self._note("number", a.get("w:val")),
            "w:ilvl": lambda a: self._note("number_level", integer(a.get("w:val"))),
            "w:b": lambda a: self._note("bold", is_on(a)),
            "w:sz": lambda a: self._note("size", integer(a.get("w:val"))),
            "w:vanish": lambda a: self._note("hidden", is_on(a)),
            "w:rFonts": lambda a: self._note("font", a.get("w:eastAsia")),
        }
        for name in ("w:tblStylePr", "w:latentStyles", "w:rPrChange", "w:pPrChange"):
            starts[name] = lambda _attributes: feed.skip()
        feed.run(_lean(data), starts, {})

    def _style(self, attributes: Attributes) -> None:
        kind = attributes.get("w:type", "paragraph")
        self._raw = _Raw(kind)
        name = attributes.get("w:styleId", "")[:LONGEST_NAME]
        self.styles[name] = self._raw
        if len(self.styles) > MOST_STYLES:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：word/styles.xml 里的样式超过 {MOST_STYLES} 个，未读取",
                "请用 Word 或 WPS 重新另存为 docx",
            )
        if kind == "paragraph" and attributes.get("w:default", "0") not in _OFF:
            self.default = name

    def _name(self, attributes: Attributes) -> None:
        self._raw.name = attributes.get("w:val", "")[:LONGEST_NAME].casefold()

    def _based_on(self, attributes: Attributes) -> None:
        self._raw.based_on = attributes.get("w:val", "")[:LONGEST_NAME]

    def _outline(self, attributes: Attributes) -> None:
        self._raw.outline = integer(attributes.get("w:val"))

    def _note(self, what: str, value: object) -> None:
        if value is not None:
            self._raw.known[what] = value


def _resolve(reader: _StyleReader) -> Styles:
    """Let every style inherit from the one it is based on."""
    done: dict[str, Style] = {}
    for style_id in reader.styles:
        chain: dict[str, None] = {}
        at = style_id
        while at in reader.styles and at not in done and at not in chain:
            chain[at] = None
            at = reader.styles[at].based_on
        for one in reversed(chain):
            raw = reader.styles[one]
            done[one] = _inherit(one, raw, done.get(raw.based_on, Style()))
    plain = _inherit("", reader.defaults, Style())
    return Styles(done, done.get(reader.default, Style()), plain)


def _inherit(style_id: str, raw: _Raw, parent: Style) -> Style:
    level = _level(style_id, raw)
    word, number = _split(raw.name)
    listed = word in _CONTENTS_WORDS or word.endswith("目录")
    contents = raw.name in _CONTENTS_NAMES or (number is not None and listed)
    return parent._replace(
        name=raw.name,
        level=parent.level if level is None else level,
        contents=contents or parent.contents,
        ancestors=(style_id, *parent.ancestors[: MOST_ANCESTORS - 1]),
        **raw.known,
    )


def _level(style_id: str, raw: _Raw) -> int | None:
    """Tell a heading style by its outline level, or else by its name or id."""
    return level_of_name(raw.name, style_id.casefold()) if raw.outline is None else _from_outline(raw.outline)


def level_of_name(name: str, style_id: str = "") -> int | None:
    """The level that the name of a style speaks of, in small letters: heading 1, 标题 1, 公文一级标题."""
    for one in (*name.split(","), style_id):
        word, number = _split(one.strip())
        if number and word in _HEADING_WORDS:
            return number
    named = None if _OTHER_THINGS.search(name) else _NAMED_LEVEL.search(name)
    return _digit(named[1] or named[2] or named[3]) if named else None


def _split(name: str) -> tuple[str, int | None]:
    """Split the name of a numbered style: heading 1, 标题1, 标题一."""
    number = _digit(name[-1:])
    return name[:-1].rstrip(" _-"), number


def _digit(text: str) -> int | None:
    """Read one digit from 1 to 9, Arabic or Chinese."""
    if len(text) != 1:
        return None
    if text in _DIGITS:
        return _DIGITS.index(text) + 1
    return int(text) if text in "123456789" else None
