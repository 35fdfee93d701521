"""Parse the XML of an Office file without trusting it.

Word writes no DTD, so one is refused before an entity can be declared. Expat keeps no tree and
does not recurse: a bomb costs time, never memory or the stack, and the budget bounds the time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from govit.documents.content import Trouble, Unreadable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Attributes = dict[str, str]
    StartHandler = Callable[[str, Attributes], None]
    EndHandler = Callable[[str], None]
    Starts = Mapping[str, Callable[[Attributes], None]]
    Ends = Mapping[str, Callable[[], None]]

LARGEST_TOKEN = 1_000_000
"""Bytes of one tag, comment or the like; expat keeps it whole, and looks at it again with every chunk."""
MOST_TAGS = 1_100_000
"""Tags in all parts of one file, and what is charged as so many; a 1000-page report comes to some 900 000."""
A_LINE = 9
"""Tags that a paragraph, or a line that a break ends, costs besides its own: each is looked at after the parsing too."""
A_NUMBERED_LINE = 20
"""The same of a line that bears a number: all of them are compared."""
MOST_ATTRIBUTES = 2_000_000
"""Attributes of them all, counted by their equals signs; a 1000-page report has under one million."""
DEEPEST = 2_000
"""Word nests some dozens of elements; tables in tables in text boxes stay below a few hundred."""

_ENCODINGS = frozenset(("utf-8", "utf-16", "us-ascii", "iso-8859-1"))
_NAMESPACES = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
)


class XmlAllowance:
    """What may still be spent on the parts of one file."""

    __slots__ = ("attributes", "tags")

    def __init__(self, tags: int = MOST_TAGS) -> None:
        self.tags = tags
        """A tag costs the reader about as much as any other; text costs next to nothing."""
        self.attributes = MOST_ATTRIBUTES

    def line(self, costs: int = A_LINE) -> None:
        """Pay for what is done with a paragraph or a line besides parsing it."""
        self.tags -= costs
        if self.tags < 0:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：段落和元素太多（合计超过 {MOST_TAGS // 10_000} 万个标记），未读取",
                "请核实文件是否正确，或拆分后分别提交",
            )


_BOUND = {"xml", "xmlns"}
"""Prefixes that need no declaration."""


class Feed:
    """One part of the file on its way through expat to the handlers of a reader.

    Handlers are found by names as Word writes them (``w:p``). A file whose root binds the
    namespace to another prefix is translated; to resolve namespaces at every element would cost
    a third more time for files that nobody has.
    """

    def __init__(self, part: str, budget: XmlAllowance | None = None) -> None:
        """Name the part for messages: ``word/document.xml``; the parts of one file share a budget."""
        self._part = part
        self._budget = budget or XmlAllowance()
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.XmlDeclHandler = self._check_encoding

    def run(self, chunks: Iterable[bytes], starts: Starts, ends: Ends) -> None:
        """Parse the part to its end, or raise :class:`Unreadable`."""
        start, end = self._counted(starts, ends)

        def root(name: str, attributes: Attributes) -> None:
            prefix = _prefix(attributes)
            odd = prefix != "w:"
            first = _renamed(start, prefix) if odd else start
            self.parser.StartElementHandler = first
            self.parser.EndElementHandler = _renamed_end(end, prefix) if odd else end
            first(name, attributes)

        self.parser.StartElementHandler = root
        try:
            self._parse(chunks)
        except expat.ExpatError as error:
            raise Unreadable(
                Trouble.DAMAGED,
                f"文件已损坏：{self._part} 第 {error.lineno} 行的 XML 有错误",
                "请用 Word 或 WPS 打开修复后另存为 docx",
            ) from error
        self._check_prefixes()

    def _check_prefixes(self) -> None:
        """Refuse a prefix that is declared nowhere, as Word does: what stands in such an element nobody can say.

        expat keeps one of each name that it has met, those of the declarations among them.
        """
        names = self.parser.intern
        used = {name.partition(":")[0] for name in names if ":" in name} - _BOUND
        unknown = used - {name.removeprefix("xmlns:") for name in names if name.startswith("xmlns:")}
        if unknown:
            raise Unreadable(
                Trouble.DAMAGED,
                f"文件已损坏：{self._part} 用了没有声明的前缀 {min(unknown)}",
                "请用 Word 或 WPS 打开修复后另存为 docx",
            )

    def _parse(self, chunks: Iterable[bytes]) -> None:
        """Hand the chunks to expat, and stop before one token or all tags together become too many."""
        parser, budget, fed = self.parser, self._budget, 0
        for chunk in chunks:
            budget.tags -= chunk.count(b"<")
            if budget.tags < 0:
                self._too_much(f"的元素太多（全文件的标记超过 {MOST_TAGS // 10_000} 万个）")
            budget.attributes -= chunk.count(b"=")
            if budget.attributes < 0:
                self._too_much(f"的属性太多（全文件超过 {MOST_ATTRIBUTES // 10_000} 万个）")
            parser.Parse(chunk, False)  # noqa: FBT003  (expat's own signature)
            fed += len(chunk)
            if fed - parser.CurrentByteIndex > LARGEST_TOKEN + len(chunk):
                self._too_much(f"里有一个超过 {LARGEST_TOKEN // 1_000_000} MB 的标记")
        parser.Parse(b"", True)  # noqa: FBT003

    def skip(self) -> None:
        """Pass over the element that has just begun, with everything in it."""
        parser = self.parser
        start, end = parser.StartElementHandler, parser.EndElementHandler
        inside = 1

        def down(_name: str, _attributes: Attributes) -> None:
            nonlocal inside
            inside += 1
            if inside > DEEPEST:
                self._too_deep()

        def up(name: str) -> None:
            nonlocal inside
            inside -= 1
            if not inside:
                parser.StartElementHandler, parser.EndElementHandler = start, end
                if end is not None:
                    end(name)

        parser.StartElementHandler, parser.EndElementHandler = down, up

    def _counted(self, starts: Starts, ends: Ends) -> tuple[StartHandler, EndHandler]:
        """Make the two handlers that run at every element: closures, for their speed."""
        start_of, end_of = starts.get, ends.get
        depth = 0

        def start(name: str, attributes: Attributes) -> None:
            nonlocal depth
            depth += 1
            handler = start_of(name)
            if handler is not None:
                handler(attributes)
            if depth > DEEPEST:
                self._too_deep()

        def end(name: str) -> None:
            nonlocal depth
            depth -= 1
            handler = end_of(name)
            if handler is not None:
                handler()

        return start, end

    def _refuse(self, *_declaration: object) -> NoReturn:
        raise Unreadable(
            Trouble.DAMAGED,
            f"未读取：{self._part} 含有 DTD 或实体声明，Word 不会写出这种内容，可能是恶意构造的文件",
            "请核实来源，用 Word 或 WPS 重新另存为 docx",
        )

    def _check_encoding(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise Unreadable(
                Trouble.DAMAGED,
                f"文件已损坏：{self._part} 声明了 Word 不用的编码",
                "请用 Word 或 WPS 打开修复后另存为 docx",
            )

    def _too_much(self, what: str) -> NoReturn:
        raise Unreadable(
            Trouble.HUGE,
            f"文件过大：{self._part} {what}，未读取",
            "请核实文件来源，用 Word 或 WPS 重新另存为 docx，或拆分后分别提交",
        )

    def _too_deep(self) -> NoReturn:
        raise Unreadable(
            Trouble.DAMAGED,
            f"未读取：{self._part} 的元素嵌套超过 {DEEPEST} 层，不是正常的 Word 文件",
            "请用 Word 或 WPS 重新另存为 docx",
        )


def _prefix(attributes: Attributes) -> str:
    """Find the prefix that the root element binds to WordprocessingML."""
    for key, value in attributes.items():
        if value in _NAMESPACES and key.startswith("xmlns"):
            return key[6:] + ":" if key != "xmlns" else ""
    return "w:"


def _as_word(name: str, prefix: str) -> str:
    """Give a name the prefix that Word would have given it."""
    if name.startswith(prefix) and (prefix or ":" not in name):
        return "w:" + name[len(prefix) :]
    return name


def _renamed(start: StartHandler, prefix: str) -> StartHandler:
    def renamed(name: str, attributes: Attributes) -> None:
        start(
            _as_word(name, prefix),
            {_as_word(key, prefix): value for key, value in attributes.items()},
        )

    return renamed


def _renamed_end(end: EndHandler, prefix: str) -> EndHandler:
    return lambda name: end(_as_word(name, prefix))
