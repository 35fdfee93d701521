"""Read an odt (OpenDocument): its paragraphs become those of a docx.

A heading is one that says so (text:h), or a paragraph that was only typed and made bold, as in a docx.
"""

from __future__ import annotations

import re
from typing import IO, TYPE_CHECKING, Any

from govit.documents.allowance import purse
from govit.documents.content import MOST_CHARACTERS, MOST_PARAGRAPHS, Content, Mark, Trouble, Unreadable
from govit.documents.docx import judged
from govit.documents.marks import MOST_MARKS, has_mark
from govit.documents.package import LARGEST_TOTAL, Package
from govit.documents.paragraph import Paragraph, RunFormat
from govit.documents.styles import MOST_ANCESTORS, MOST_STYLES, Style, Styles, level_of_name
from govit.documents.xmlguard import Feed, XmlAllowance

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from govit.documents.xmlguard import Attributes

CONTENT, STYLES, MANIFEST = "content.xml", "styles.xml", "META-INF/manifest.xml"
LARGEST_MANIFEST = 1_000_000
_POINTS = re.compile(r"(\d{1,3}(?:\.\d{1,3})?)pt")
_LONGEST_NAME = 255
_SKIPPED = (
    "text:table-of-content", "text:illustration-index", "text:table-index", "text:alphabetical-index", "text:user-index",
    "text:tracked-changes", "text:note", "office:annotation", "text:ruby-text", "text:hidden-paragraph", "text:hidden-text",
    "office:forms", "svg:title", "svg:desc", "table:tracked-changes", "office:change-info",
)  # fmt: skip
_BLANKS = {"text:tab": "\t", "text:s": " "}
_BOXES = (
    "draw:text-box", "draw:custom-shape", "draw:rect", "draw:ellipse", "draw:circle", "draw:line", "draw:polyline", "draw:polygon",
    "draw:regular-polygon", "draw:path", "draw:connector", "draw:caption", "draw:measure",
)  # fmt: skip
"""What holds text apart from the body: boxes and shapes."""
_FIGURES = ("draw:image", "draw:object", "draw:plugin", "draw:object-ole")
_REMEDIES = {Trouble.ENCRYPTED: "请取消密码后重新保存"}


def read_odt(file: IO[bytes], size: int) -> Content:
    """Read the file, or raise :class:`Unreadable`."""
    run = purse()
    most_bytes, most_tags = run.limits(size)
    budget = XmlAllowance()
    budget.tags = tags = min(budget.tags, most_tags)
    package: Package | None = None
    try:
        package = Package(file, size, min(LARGEST_TOTAL, most_bytes))
        return _read(package, budget)
    except Unreadable as error:
        remedy = _REMEDIES.get(error.trouble, error.remedy)
        trouble = Trouble.UNSUPPORTED if error.trouble is Trouble.DAMAGED else error.trouble
        raise Unreadable(trouble, error.what.replace("Word ", "办公软件"), remedy) from error
    finally:
        run.spend(size, package.unpacked if package else 0, tags - budget.tags)


def _read(package: Package, budget: XmlAllowance) -> Content:
    if MANIFEST in package and b"encryption-data" in package.read(MANIFEST, LARGEST_MANIFEST):
        raise Unreadable(Trouble.ENCRYPTED, "文件设有打开密码，无法读取")
    if CONTENT not in package:
        raise Unreadable(Trouble.DAMAGED, f"不是 odt 文件或已损坏：压缩包里没有 {CONTENT}", "请用 Word 或 WPS 另存为 docx")
    sheet = _OdtStyles()
    around: list[Paragraph] = []
    if STYLES in package:
        story = _OdtStory(STYLES, budget, sheet)
        story.read(package.chunks(STYLES))
        around = story.paragraphs
    body = _OdtStory(CONTENT, budget, sheet)
    body.read(package.chunks(CONTENT))
    content = judged(body.paragraphs, sheet.styles(), {}, budget)
    marks = (*_marks(body.paragraphs, "正文"), *list(_marks(around, "页眉"))[:1])
    return Content(content.headings, marks[:MOST_MARKS], content.length, content.asides)


def _marks(paragraphs: Iterable[Paragraph], where: str) -> Iterator[Mark]:
    for one in paragraphs:
        if has_mark("".join(one.text)) or (one.unseen and has_mark("".join(one.unseen))):
            yield Mark(one.place or None, None, None, where)


class _OdtStyles:
    """The styles as written; both parts of the file have some."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, dict[str, Any]]] = {}
        self._name = ""

    def begin(self, attributes: Attributes) -> None:
        """Begin a style."""
        if len(self._known) > MOST_STYLES:
            raise Unreadable(Trouble.HUGE, f"文件过大：样式超过 {MOST_STYLES} 个，未读取", "请用 Word 或 WPS 重新另存为 docx")
        self._name = _key(attributes.get("style:family", ""), attributes.get("style:name", ""))
        shown = attributes.get("style:display-name", attributes.get("style:name", "")).casefold()[:_LONGEST_NAME]
        said: dict[str, Any] = {"name": shown}
        level = attributes.get("style:default-outline-level", "")
        if level.isdecimal() and len(level) == 1:
            said["level"] = int(level)
        elif attributes.get("style:family") == "paragraph" and (named := level_of_name(shown)):
            said["level"] = named
        self._known[self._name] = (_key(attributes.get("style:family", ""), attributes.get("style:parent-style-name", "")), said)

    def begin_default(self, attributes: Attributes) -> None:
        """Begin what holds where no style says anything."""
        self._name = _key(attributes.get("style:family", ""), "")
        self._known[self._name] = ("", {})

    def look(self, attributes: Attributes) -> None:
        """Note what a style says of its characters."""
        if self._name not in self._known:
            return
        said = self._known[self._name][1]
        weight = attributes.get("style:font-weight-asian", attributes.get("fo:font-weight"))
        if weight is not None:
            said["bold"] = weight == "bold" or weight in ("600", "700", "800", "900")
        points = _POINTS.fullmatch(attributes.get("style:font-size-asian", attributes.get("fo:font-size", "")))
        if points:
            said["size"] = round(float(points[1]) * 2)
        font = attributes.get("style:font-name-asian", attributes.get("style:font-family-asian"))
        if font is not None:
            said["font"] = font[:_LONGEST_NAME]
        if attributes.get("text:display") == "none":
            said["hidden"] = True

    def end(self) -> None:
        """End a style."""
        self._name = "-"

    def hides(self, name: str) -> bool:
        """Tell a style that hides its text."""
        known = self._known.get(name)
        return known is not None and "hidden" in known[1]

    def styles(self) -> Styles:
        """All styles, each with what it inherits."""
        done: dict[str, Style] = {}
        for first in self._known:
            chain: dict[str, None] = {}
            at = first
            while at in self._known and at not in done and at not in chain:
                chain[at] = None
                at = self._known[at][0]
            for one in reversed(chain):
                above, said = self._known[one]
                parent = done.get(above, Style())
                ancestors = (one, *parent.ancestors[: MOST_ANCESTORS - 1])
                done[one] = parent._replace(ancestors=ancestors)._replace(**said)
        default = done.get(_key("paragraph", ""), Style())
        return Styles(done, default, default)


def _key(family: str, name: str) -> str:
    return f"{family} {name[:_LONGEST_NAME]}" if family else ""


class _OdtStory:
    """Collects paragraphs, and styles on the way."""

    def __init__(self, part: str, budget: XmlAllowance, sheet: _OdtStyles) -> None:
        self.paragraphs: list[Paragraph] = []
        self._budget = budget
        self._feed = Feed(part, budget)
        self._sheet = sheet
        self._characters = MOST_CHARACTERS
        self._places = self._tables = self._boxes = self._cells = self._table_begun = self._row_begun = 0
        self._at = (0, 0, 0)
        """The table, row and cell that is being read."""
        self._open: list[Paragraph] = []
        self._spans: list[str] = []
        self._links: list[bool] = []
        """Of each open link, whether it leads into the document."""

    def read(self, chunks: Iterable[bytes]) -> None:
        """Read the part to its end."""
        starts: dict[str, Callable[[Attributes], None]] = {
            **dict.fromkeys(_SKIPPED, lambda _attributes: self._feed.skip()),
            **{name: self._blank(text) for name, text in _BLANKS.items()},
            **dict.fromkeys(_FIGURES, self._figure),
            "text:line-break": self._break,
            "style:style": self._sheet.begin,
            "style:default-style": self._sheet.begin_default,
            "style:text-properties": self._sheet.look,
            "text:p": self._begin,
            "text:h": self._begin_heading,
            "text:span": lambda attributes: self._spans.append(attributes.get("text:style-name", "")),
            "table:table": self._table,
            "table:table-row": self._row,
            "table:table-cell": self._cell,
            "text:a": lambda attributes: self._links.append(attributes.get("xlink:href", "").startswith("#")),
            **dict.fromkeys(_BOXES, self._box),
        }
        ends: dict[str, Callable[[], None]] = {
            "style:style": self._sheet.end,
            "style:default-style": self._sheet.end,
            "text:p": self._end,
            "text:h": self._end,
            "text:span": self._end_span,
            "text:a": self._end_link,
            "table:table": self._end_table,
            "table:table-row": self._end_row,
            **dict.fromkeys(_BOXES, self._end_box),
        }
        self._feed.parser.CharacterDataHandler = self._text
        self._feed.run(chunks, starts, ends)

    def _begin(self, attributes: Attributes) -> None:
        inside = self._tables or self._boxes
        self._places += not inside
        new = Paragraph(self._places, in_table=self._tables > 0, boxed=self._boxes > 0)
        new.style = _key("paragraph", attributes.get("text:style-name", ""))
        new.cell = self._at if self._tables else None
        new.own_row = self._tables == 1 and not self._boxes
        self._open.append(new)

    def _begin_heading(self, attributes: Attributes) -> None:
        self._begin(attributes)
        level = attributes.get("text:outline-level", "1")
        self._open[-1].outline = int(level) - 1 if level.isdecimal() and len(level) == 1 and level != "0" else 9

    def _end(self) -> None:
        if not self._open:
            return
        self._add(self._open.pop())

    def _add(self, paragraph: Paragraph) -> None:
        self._budget.line()
        self.paragraphs.append(paragraph)
        if len(self.paragraphs) > MOST_PARAGRAPHS:
            raise Unreadable(Trouble.HUGE, f"文件过大：超过 {MOST_PARAGRAPHS} 个段落，未读取", "请核实文件是否正确，或拆分后分别提交")

    def _text(self, data: str) -> None:
        if not self._open:
            return
        self._characters -= len(data)
        if self._characters < 0:
            raise Unreadable(Trouble.HUGE, f"文件过大：文字超过 {MOST_CHARACTERS // 10_000} 万字，未读取", "请核实文件是否正确，或拆分后分别提交")
        paragraph = self._open[-1]
        if self._sheet.hides(paragraph.style) or any(self._sheet.hides(_key("text", span)) for span in self._spans[-2:]):
            paragraph.hide(data)
            return
        paragraph.text.append(data)
        look = RunFormat(style=_key("text", self._spans[-1]) if self._spans else "")
        if look not in paragraph.looks_of_line:
            self._budget.line()
        paragraph.looks_of_line[look] = paragraph.looks_of_line.get(look, 0) + len(data.strip())
        if self._links and self._links[-1]:
            paragraph.linked += sum(map(len, data.split()))

    def _end_span(self) -> None:
        del self._spans[-1:]

    def _end_link(self) -> None:
        del self._links[-1:]

    def _blank(self, text: str) -> Callable[[Attributes], None]:
        return lambda _attributes: self._open[-1].text.append(text) if self._open else None

    def _break(self, _attributes: Attributes) -> None:
        """End a line inside the paragraph."""
        self._budget.line()
        if self._open:
            self._open[-1].text.append("\n")
            self._open[-1].end_line()

    def _figure(self, _attributes: Attributes) -> None:
        if self._open:
            self._open[-1].figures += 1

    def _table(self, _attributes: Attributes) -> None:
        self._tables += 1
        if self._tables == 1:
            self._cells, self._table_begun = 0, len(self.paragraphs)
            self._at = (self._at[0] + 1, 0, 0)

    def _row(self, _attributes: Attributes) -> None:
        if self._tables == 1:
            self._at = (self._at[0], self._at[1] + 1, 0)
            self._row_begun = len(self.paragraphs)

    def _end_row(self) -> None:
        """Note which paragraphs share their row with other cells."""
        if self._tables == 1 and self._at[2] != 1:
            for one in self.paragraphs[self._row_begun :]:
                one.own_row = False

    def _cell(self, _attributes: Attributes) -> None:
        self._cells += 1
        if self._tables == 1:
            self._at = (*self._at[:2], self._at[2] + 1)

    def _end_table(self) -> None:
        self._tables -= 1
        if self._tables:
            return
        inside = [one for one in self.paragraphs[self._table_begun :] if one.text or one.figures or one.is_table]
        if self._cells == 1 and len(inside) == 1:
            inside[0].alone = True
        table = Paragraph(self._places, in_table=True, boxed=self._boxes > 0)
        table.is_table = True
        self._add(table)

    def _box(self, _attributes: Attributes) -> None:
        self._boxes += 1

    def _end_box(self) -> None:
        self._boxes -= 1
