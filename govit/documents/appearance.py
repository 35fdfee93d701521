"""How the text of a docx looks, as far as it tells a typed heading from body text.

Bold or larger is what makes a typed line a heading (手工标题). Official documents (GB/T 9704)
set headings in 黑体 or 楷体 instead, at the size of the body, so the font counts as well.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.documents.content import Trouble, Unreadable
from govit.documents.styles import DEFAULT_SIZE, Style

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govit.documents.paragraph import Paragraph, RunFormat
    from govit.documents.styles import Styles

MOST_FORMATS = 20_000
_HEADING_FONTS = ("黑", "楷", "标宋", "中宋", "hei", "kai")


@record
class Shown:
    """What a run looks like once all styles have had their say."""

    bold: bool
    size: int
    font: str


class Typography:
    """The looks of one document."""

    def __init__(self, styles: Styles) -> None:
        """Know the styles; the body's own look is learned from the paragraphs."""
        self._styles = styles
        self._shown: dict[tuple[str, RunFormat], Shown] = {}
        self._size = DEFAULT_SIZE
        self._font = ""

    def learn(self, paragraphs: Iterable[Paragraph]) -> None:
        """Take the size and font of most characters outside tables for those of the body."""
        written: dict[tuple[str, RunFormat], int] = {}
        for paragraph in paragraphs:
            if paragraph.in_table or paragraph.boxed:
                continue
            for look, length in paragraph.formats.items():
                key = (paragraph.style, look)
                written[key] = written.get(key, 0) + length
        if len(written) > MOST_FORMATS:
            raise Unreadable(
                Trouble.HUGE,
                f"文件过大：不同的文字格式超过 {MOST_FORMATS} 种，未读取",
                "请用 Word 或 WPS 重新另存为 docx",
            )
        sizes: Counter[int] = Counter()
        fonts: Counter[str] = Counter()
        for key, length in written.items():
            shown = self._show(key)
            sizes[shown.size] += length
            fonts[shown.font] += length
        if written:
            self._size = max(sizes, key=sizes.__getitem__)
            self._font = max(fonts, key=fonts.__getitem__)

    def face(self, paragraph: Paragraph) -> Shown | None:
        """Give the look of most of a paragraph's text, None if it has none."""
        formats = paragraph.formats
        if not formats:
            return None
        look = next(iter(formats)) if len(formats) == 1 else max(formats, key=formats.__getitem__)
        return self._show((paragraph.style, look))

    def stands_out(self, paragraph: Paragraph) -> bool:
        """Tell whether all of a paragraph's text is bold, larger or in a heading's font."""
        formats = [(paragraph.style, look) for look, length in paragraph.formats.items() if length]
        return bool(formats) and all(map(self._is_heavy, formats))

    def _is_heavy(self, key: tuple[str, RunFormat]) -> bool:
        shown = self._show(key)
        if shown.bold or shown.size > self._size:
            return True
        return shown.font != self._font and any(word in shown.font for word in _HEADING_FONTS)

    def _show(self, key: tuple[str, RunFormat]) -> Shown:
        known = self._shown.get(key)
        if known is None:
            known = self._shown[key] = self._resolve(*key)
        return known

    def _resolve(self, paragraph_style: str, look: RunFormat) -> Shown:
        """Let the run, its style, the paragraph's style and the defaults speak in turn."""
        run = self._styles.by_id.get(look.style, Style())
        chain = (look, run, self._styles.get(paragraph_style), self._styles.plain)
        bolds = (one.bold for one in chain)
        sizes = (one.size for one in chain)
        fonts = (one.font for one in chain)
        return Shown(
            bold=next((one for one in bolds if one is not None), False),
            size=next((one for one in sizes if one is not None), DEFAULT_SIZE),
            font=next((one for one in fonts if one is not None), "").casefold(),
        )
