"""Read the body of a docx with the cell that each paragraph stands in, through the same guards as for its headings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.documents.body import Story

if TYPE_CHECKING:
    from govit.documents.styles import Styles
    from govit.documents.xmlguard import Attributes, XmlAllowance

_SYMBOLS = {
    "Wingdings": {0xFE: "☑", 0xFD: "☒", 0xA8: "☐", 0x6F: "☐", 0xFC: "√", 0x6E: "■", 0x71: "☐", 0x72: "☐"},
    "Wingdings 2": {0x52: "☑", 0x53: "☒", 0x54: "☒", 0xA3: "☐", 0x2A: "☐", 0x50: "√"},
}
"""What these fonts have where a form is ticked, by the lower half of the code."""
_OWN_RANGES = (0x00, 0xF0)
"""Where a font of signs has them."""
_BOXES, _CODE = frozenset("☐☑☒□■✓✔√"), re.compile("[0-9A-Fa-f]{1,4}")
_UNKNOWN = "〓"
"""A sign of a font that is not known: neither a box nor a tick."""


class CelledStory(Story):
    """Collects paragraphs as a story does, and numbers tables, rows and cells; a table in a cell is part of the cell."""

    def __init__(self, part: str, styles: Styles, budget: XmlAllowance | None = None) -> None:
        """Begin before the first table."""
        super().__init__(part, styles, budget)
        self._table_number = self._row_number = 0

    def _begin(self, attributes: Attributes) -> None:
        super()._begin(attributes)
        if self._tables:
            self._paragraph.cell = (self._table_number, self._row_number, self._row_cells)

    def _table(self, attributes: Attributes) -> None:
        super()._table(attributes)
        if self._tables == 1:
            self._table_number += 1
            self._row_number = 0

    def _row(self, attributes: Attributes) -> None:
        super()._row(attributes)
        self._row_number += self._tables == 1

    def _sign(self, attributes: Attributes) -> str:
        code, font = attributes.get("w:char", ""), attributes.get("w:font", "")
        number = int(code, 16) if _CODE.fullmatch(code) else 0
        if font in _SYMBOLS:
            known = _SYMBOLS[font].get(number & 0xFF, "") if number >> 8 in _OWN_RANGES else ""
        else:
            known = chr(number) if chr(number) in _BOXES else ""
        plain = super()._sign(attributes)
        return known or (plain if plain == "★" else _UNKNOWN)
