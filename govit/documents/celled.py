"""Read the body of a docx with the cell that each paragraph stands in, through the same guards as for its headings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.documents.body import Story

if TYPE_CHECKING:
    from govit.documents.styles import Styles
    from govit.documents.xmlguard import Attributes, XmlAllowance

_SYMBOLS = {"F052": "☑", "F0FE": "☑", "F0FD": "☒", "F0A3": "☐", "F0A8": "☐", "F06F": "☐", "F0FC": "√", "F050": "√"}
"""What Wingdings and Wingdings 2 have where a form is ticked."""


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

    def _symbol(self, attributes: Attributes) -> None:
        code = attributes.get("w:char", "").upper()
        if "Wingdings" in attributes.get("w:font", "") and code in _SYMBOLS:
            self._put(_SYMBOLS[code])
        else:
            super()._symbol(attributes)
