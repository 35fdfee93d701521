"""清单里的一行：what a list of projects says of one project, for a project that is only being set up. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.money import format_money
from govit.forms.data.plan_columns import FUNDING as ANY_SOURCE
from govit.forms.data.plan_columns import ColumnPlace
from govit.importing.cells import CellRefusedError, spec_of, value_of
from govit.importing.changes import same_text
from govit.importing.filled_papers import Doubt, PaperSays, ReadValue
from govit.importing.form_values import is_blank, source_of
from govit.importing.heads import column_of, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.importing.book import Book
    from govit.importing.cells import Words
    from govit.importing.heads import Head, ProjectList, ProjectRow

_NOT_TAKEN = frozenset(("id", "regulation", "path", "kind"))


def said_in_list(book: Book, name: str, wanted: str | None, words: Words | None) -> PaperSays:
    """What the row of the project called `wanted` says, or the only row there is; a list of others says nothing."""
    lists = [table for sheet in book.sheets if (table := tables(sheet, {})) is not None]
    rows = [(table, row) for table in lists for row in table.rows]
    mine = [pair for pair in rows if wanted and same_text(pair[1].cells["name"].text) == same_text(wanted)]
    if not wanted and len(rows) == 1:
        mine = rows
    if len(mine) != 1:
        count = f"{len(mine)} 行" if mine else "没有一行"
        why = f"《{name}》里{count}是这个项目" if wanted else f"《{name}》里有 {len(rows)} 个项目，用 --name 写明是哪一个"
        return PaperSays((), (Doubt("name", f"{why}；整张清单没有采用"),))
    run = _RowRun(name, *mine[0], words)
    return PaperSays(tuple(run.found()), tuple(run.doubts), (), None, run.classified)


class _RowRun:
    """One row of a list."""

    def __init__(self, name: str, table: ProjectList, row: ProjectRow, words: Words | None) -> None:
        self.doubts: list[Doubt] = []
        self.classified = False
        self._name, self._table, self._row, self._words = name, table, row, words
        self._sources: list[tuple[tuple[str, str], ...]] = []

    def found(self) -> Iterator[ReadValue]:
        """What its cells say; sources of money together."""
        for head in self._table.heads:
            cell = self._row.cells[head.key]
            if is_blank(cell.text):
                continue
            place = f"《{self._name}》{self._table.sheet.title}!{cell.ref}"
            try:
                yield from self._cell(head, place)
            except CellRefusedError as error:
                self.doubts.append(Doubt("funding" if head.key.startswith("funding.") else head.key, f"{place}：{error}"))
        if self._sources:
            yield ReadValue("funding", tuple(self._sources), f"{len(self._sources)} 项", f"《{self._name}》{self._table.sheet.title}")

    def _cell(self, head: Head, place: str) -> Iterator[ReadValue]:
        cell, column = self._row.cells[head.key], column_of(head.key)
        usable = column.place in (ColumnPlace.FIELD, ColumnPlace.FUNDING) and not column.bureau and head.key not in _NOT_TAKEN
        if not usable or head.key in self._row.shared:
            return
        if cell.formula:
            message = "是公式，没有采用；请复制后选择性粘贴为数值"
            raise CellRefusedError(message)
        spec = spec_of(head.key)
        value = value_of(cell, column.kind, words=spec.words if spec else "", unit=head.unit, known=self._words)
        if head.key == "classified":
            self.classified = self.classified or value is True
        elif column.place is ColumnPlace.FUNDING and isinstance(value, Decimal):
            source = source_of(head.key.removeprefix(ANY_SOURCE.removesuffix("*")), self._words)
            self._sources += [(("source", source), ("amount", format_money(value)))] if value else []
        else:
            yield ReadValue(head.key, value, cell.text, place)
