"""Read one story of a docx (the body, a header, a footer) into paragraphs, as a stream.

Only what the clerk sees is text: not what is hidden (隐藏文字), deleted or moved away under
tracked changes (修订), nor the second copy of a text box that Word keeps for older programs.
What is not seen is kept apart: a classification mark (密级标志) in it is still in the file.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from govit.documents.content import MOST_CHARACTERS, MOST_PARAGRAPHS, Trouble, Unreadable
from govit.documents.hidden import Enclosing
from govit.documents.paragraph import PLAIN, Paragraph
from govit.documents.runs import NAME, name_formats
from govit.documents.styles import integer, is_on
from govit.documents.xmlguard import Feed, XmlAllowance

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govit.documents.paragraph import RunFormat
    from govit.documents.styles import Styles
    from govit.documents.xmlguard import Attributes, Ends, Starts

LONGEST_ENTRY = 200
"""Of a table of contents; a longer paragraph shows that the field was never ended."""

_STARS = frozenset(("F0AB", "00AB"))
"""Where Wingdings has its ★."""
_ON = frozenset(("t", "true", "1"))
_SKIPPED = ("w:rPrChange", "w:pPrChange", "w:sectPrChange", "w:tblPrChange", "w:rt", "w:tabs")


class Story:
    """Collects the paragraphs of one story from its XML."""

    def __init__(self, part: str, styles: Styles, budget: XmlAllowance | None = None) -> None:
        """Name the part; the styles tell what is hidden and what ends a table of contents."""
        self.paragraphs: list[Paragraph] = []
        self._budget = budget or XmlAllowance()
        self._feed = Feed(part, self._budget)
        self._characters = MOST_CHARACTERS
        self._enclosing = Enclosing(self._feed)
        self._styles = styles
        self._hidden_styles = {key for key, style in styles.by_id.items() if style.hidden}
        self._count = self._places = self._tables = self._boxes = 0
        self._nowhere = Paragraph(0, in_table=False, boxed=False)
        """Takes what stands outside any paragraph, and is never read."""
        self._paragraph = self._nowhere
        self._outer: list[Paragraph] = []
        """The paragraphs around a text box that is being read."""
        self._floating: list[Paragraph] = []
        """Paragraphs of text boxes; they follow the paragraph that holds the box."""
        self._joined: Paragraph | None = None
        """A paragraph whose mark is deleted: it runs on into the next one."""
        self._cells = self._table_begun = 0
        """Of the table that is being read: how many cells, and where its paragraphs begin."""
        self._row_cells = self._row_begun = 0
        """The same of its row."""
        self._in_properties = False
        self._drawings: list[bool] = []
        self._look = PLAIN
        self._name: str | None = None
        """Under which the look of the run is to be remembered."""
        self._named: dict[str, RunFormat] = {}

    def read(self, chunks: Iterable[bytes]) -> list[Paragraph]:
        """Read the part to its end."""
        starts = {**self._enclosing.starts(), **self._paragraph_starts(), **self._run_starts()}
        ends = {**self._enclosing.ends(), **self._ends()}
        self._feed.run(name_formats(iter(chunks)), starts, ends)
        if self._joined:
            self._add(self._joined)
        return self.paragraphs

    def _paragraph_starts(self) -> Starts:
        skip = dict.fromkeys(_SKIPPED, lambda _attributes: self._feed.skip())
        return {
            **skip,
            "w:p": self._begin,
            "w:pPr": self._properties,
            "w:pStyle": self._style,
            "w:outlineLvl": self._outline,
            "w:numId": self._number,
            "w:ilvl": self._list_level,
            "w:tbl": self._table,
            "w:tr": self._row,
            "w:tc": self._cell,
            "w:txbxContent": self._box,
            "w:altChunk": lambda _attributes: _refuse_chunk(),
            "w:subDoc": lambda _attributes: _refuse_master(),
        }

    def _run_starts(self) -> Starts:
        return {
            **dict.fromkeys(("w:t", "m:t", "w:delText"), self._text),
            **dict.fromkeys(("w:drawing", "w:pict", "w:object"), self._drawing),
            **dict.fromkeys(("w:br", "w:cr"), lambda _attributes: self._break()),
            **dict.fromkeys(("w:del", "w:moveFrom"), self._delete),
            "w:r": self._run,
            "m:r": self._run,
            "w:rStyle": self._run_style,
            "w:b": self._bold,
            "w:sz": self._size,
            "w:rFonts": self._fonts,
            "w:vanish": self._vanish,
            "w:specVanish": self._separate,
            "v:rect": self._rule,
            "w:tab": self._tab,
            "w:noBreakHyphen": lambda _attributes: self._put("-"),
            "w:sym": self._symbol,
        }

    def _ends(self) -> Ends:
        return {
            **dict.fromkeys(("w:t", "m:t", "w:delText"), self._end_text),
            **dict.fromkeys(("w:drawing", "w:pict", "w:object"), self._end_drawing),
            "w:p": self._end,
            "w:pPr": self._end_properties,
            "w:rPr": self._end_run_properties,
            "w:tr": self._end_row,
            "w:tbl": self._end_table,
            "w:txbxContent": self._end_box,
        }

    # paragraphs

    def _begin(self, _attributes: Attributes) -> None:
        in_body = not (self._tables or self._boxes)
        self._places += in_body
        new = Paragraph(self._places, in_table=self._tables > 0, boxed=self._boxes > 0)
        new.own_row = self._tables == 1 and not self._boxes
        if self._joined and in_body:
            new.take(self._joined)
            self._joined = None
        if self._paragraph is not self._nowhere:
            self._outer.append(self._paragraph)
        self._paragraph = new
        self._in_properties = False

    def _end(self) -> None:
        done = self._paragraph
        self._paragraph = self._outer.pop() if self._outer else self._nowhere
        if self._enclosing.linking:
            self._enclosing.end_links()
        if self._enclosing.contents and done.unseen_length > LONGEST_ENTRY:
            self._enclosing.leave_fields()
            if not self._enclosing.contents:
                done.text = list(done.unseen)
        if done.runs_on and self._paragraph is self._nowhere:
            self._joined = done
        else:
            self._add(done)

    def _add(self, paragraph: Paragraph) -> None:
        self._count_line()
        if self._paragraph is not self._nowhere:
            self._floating.append(paragraph)
        else:
            self.paragraphs.append(paragraph)
            self.paragraphs += self._floating
            self._floating = []

    def _count_line(self) -> None:
        """Count a paragraph, or a line of one that a break ended: it is looked at like a paragraph."""
        self._count += 1
        if self._count > MOST_PARAGRAPHS:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：超过 {MOST_PARAGRAPHS} 个段落，未读取",
                "请核实文件是否正确，或拆分后分别提交",
            )
        self._budget.line()

    def _properties(self, _attributes: Attributes) -> None:
        self._in_properties = True

    def _end_properties(self) -> None:
        self._in_properties = False
        if self._enclosing.contents and self._styles.level(self._paragraph):
            self._enclosing.leave_fields()

    def _style(self, attributes: Attributes) -> None:
        self._paragraph.style = attributes.get("w:val", "")

    def _outline(self, attributes: Attributes) -> None:
        self._paragraph.outline = integer(attributes.get("w:val"))

    def _number(self, attributes: Attributes) -> None:
        self._paragraph.number = attributes.get("w:val")

    def _list_level(self, attributes: Attributes) -> None:
        self._paragraph.list_level = integer(attributes.get("w:val"))

    def _table(self, _attributes: Attributes) -> None:
        self._tables += 1
        if self._tables == 1:
            self._cells, self._table_begun = 0, len(self.paragraphs)

    def _row(self, _attributes: Attributes) -> None:
        if self._tables == 1:
            self._row_cells, self._row_begun = 0, len(self.paragraphs)

    def _cell(self, _attributes: Attributes) -> None:
        self._cells += 1
        self._row_cells += self._tables == 1

    def _end_row(self) -> None:
        if self._tables == 1 and self._row_cells != 1 and not self._boxes:
            for one in self.paragraphs[self._row_begun :]:
                one.own_row = False

    def _end_table(self) -> None:
        self._tables -= 1
        if not self._tables and self._cells == 1 and not self._boxes:
            inside = [one for one in self.paragraphs[self._table_begun :] if one.text or one.figures or one.is_table]
            if len(inside) == 1:
                inside[0].alone = True
        if not self._tables and not self._enclosing.hidden:
            table = Paragraph(self._places, in_table=True, boxed=self._boxes > 0)
            table.is_table = True
            self._add(table)

    def _box(self, _attributes: Attributes) -> None:
        self._boxes += 1
        if self._drawings:
            self._drawings[-1] = True

    def _end_box(self) -> None:
        self._boxes -= 1

    # runs

    def _run(self, attributes: Attributes) -> None:
        self._name = name = attributes.get(NAME)
        self._look = PLAIN if name is None else self._named.get(name, PLAIN)

    def _end_run_properties(self) -> None:
        if self._name is not None and not self._in_properties:
            self._named[self._name] = self._look

    def _run_style(self, attributes: Attributes) -> None:
        if not self._in_properties:
            self._look = self._look._replace(style=attributes.get("w:val", ""))

    def _bold(self, attributes: Attributes) -> None:
        if not self._in_properties:
            self._look = self._look._replace(bold=is_on(attributes))

    def _size(self, attributes: Attributes) -> None:
        if not self._in_properties:
            self._look = self._look._replace(size=integer(attributes.get("w:val")))

    def _fonts(self, attributes: Attributes) -> None:
        if not self._in_properties:
            self._look = self._look._replace(font=attributes.get("w:eastAsia"))

    def _vanish(self, attributes: Attributes) -> None:
        if self._in_properties:
            self._paragraph.unnumbered = is_on(attributes)
        else:
            self._look = self._look._replace(hidden=is_on(attributes))

    def _separate(self, attributes: Attributes) -> None:
        """Take a style separator (样式分隔符): its mark is hidden, and its number is shown."""
        if self._in_properties and is_on(attributes):
            self._paragraph.unnumbered = False

    def _rule(self, attributes: Attributes) -> None:
        """Pass over a horizontal rule (横线), which old Word writes as a drawing: it is no figure."""
        if self._drawings and attributes.get("o:hr") in _ON:
            self._drawings[-1] = True

    def _delete(self, attributes: Attributes) -> None:
        if self._in_properties:
            self._paragraph.runs_on = self._paragraph.unnumbered = True
        self._enclosing.delete(attributes)

    def _is_unseen(self) -> bool:
        if self._enclosing.hidden:
            return True
        look = self._look
        if look.hidden is not None or not self._hidden_styles:
            return look.hidden is True
        return not self._hidden_styles.isdisjoint((look.style, self._paragraph.style))

    def _text(self, _attributes: Attributes) -> None:
        hide = self._is_unseen()
        self._feed.parser.CharacterDataHandler = self._hide if hide else self._show

    def _end_text(self) -> None:
        self._feed.parser.CharacterDataHandler = None

    def _refuse_text(self) -> NoReturn:
        raise Unreadable(
            Trouble.HUGE,
            f"文件过大：文字超过 {MOST_CHARACTERS // 10_000} 万字，未读取",
            "请核实文件是否正确，或拆分后分别提交",
        )

    def _show(self, data: str) -> None:
        self._characters -= len(data)
        if self._characters < 0:
            self._refuse_text()
        paragraph = self._paragraph
        if self._look.bold and paragraph.bold_pieces == len(paragraph.text):
            paragraph.bold_pieces += 1
        paragraph.text.append(data)
        looks, look = paragraph.looks_of_line, self._look
        length = len(data.strip())
        looks[look] = looks.get(look, 0) + length
        if self._enclosing.linking:
            paragraph.linked += sum(map(len, data.split()))

    def _hide(self, data: str) -> None:
        self._characters -= len(data)
        if self._characters < 0:
            self._refuse_text()
        if self._enclosing.prompts:
            self._paragraph.ask(data)
        self._paragraph.hide(data)

    def _tab(self, _attributes: Attributes) -> None:
        self._put("\t")

    def _put(self, character: str) -> None:
        if self._is_unseen():
            self._paragraph.hide(character)
        else:
            self._paragraph.text.append(character)

    def _break(self) -> None:
        """End a line (软回车) or a page inside the paragraph."""
        self._put("\n")
        self._count_line()
        if not self._is_unseen():
            self._paragraph.end_line()

    def _symbol(self, attributes: Attributes) -> None:
        self._put(self._sign(attributes))

    def _sign(self, attributes: Attributes) -> str:
        star = attributes.get("w:char", "").upper() in _STARS
        return "★" if star and "Wingdings" in attributes.get("w:font", "") else "□"

    def _drawing(self, _attributes: Attributes) -> None:
        self._drawings.append(False)

    def _end_drawing(self) -> None:
        holds_text = self._drawings.pop()
        if not holds_text and not self._is_unseen():
            self._paragraph.figures += 1


def _refuse_chunk() -> NoReturn:
    """Refuse a file whose text a program put in whole, as a web page (altChunk): nobody can say what it lacks."""
    raise Unreadable(
        Trouble.UNSUPPORTED,
        "正文里有程序整块嵌入的网页或文档，用 Word 打开并保存过才成为正文，没有读取",
        "请用 Word 打开，核对内容后另存为 docx",
    )


def _refuse_master() -> NoReturn:
    """Refuse a master document (主控文档): its chapters are in other files."""
    raise Unreadable(
        Trouble.UNSUPPORTED,
        "这是主控文档，正文在它链接的子文档里，没有读取",
        "请在 Word 的大纲视图里展开全部子文档并取消链接，另存为一个 docx",
    )
