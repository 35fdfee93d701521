"""各段所在的章节：every line of a report with the section in which it stands, a cell with its row. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.patterns import regex
from govit.base.records import record
from govit.statements.amounts import plain
from govit.statements.sections import NOWHERE, section_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govit.documents.content import Heading
    from govit.documents.passages import Passage
    from govit.statements.sections import ReportSection


_ITEM = regex(r"\s*(?:[-*•·●■◆▪]|[（(]?[0-9一二三四五六七八九十]{1,3}[）).、．]|[①-⑳])")
_COLONS = ("：", ":")


@record
class LineInSection:
    """一行：with the section in which it stands, and of a cell those of its row."""

    passage: Passage
    section: ReportSection
    row: tuple[str, ...]
    header: tuple[str, ...]
    """What stands at the head of its table."""
    lead: str
    """What leads to it: the line above its table, or the one with a colon above the list in which it stands."""


def with_sections(headings: Sequence[Heading], passages: Sequence[Passage]) -> Iterator[LineInSection]:
    """Every line but the headings."""
    follow, section = HeadingsInOrder(headings), NOWHERE
    rows: dict[tuple[int, int], list[str]] = {}
    for one in passages:
        if one.cell is not None:
            rows.setdefault(one.cell[:2], []).append(one.text)
    last = lead = ""
    for one in passages:
        if one.cell is not None:
            yield LineInSection(one, section, tuple(rows[one.cell[:2]]), _header(rows, one.cell[0]), last)
            continue
        heading = follow.at(one)
        if heading is not None:
            section, last, lead = section_of(heading), "", ""
            continue
        lead = lead if _ITEM.match(one.text) else ""
        yield LineInSection(one, section, (), (), lead)
        last = one.text
        lead = last if last.rstrip().endswith(_COLONS) else lead


def _header(rows: Mapping[tuple[int, int], Sequence[str]], table: int) -> tuple[str, ...]:
    """The first row of a table, and the next one where that is a title over all columns."""
    first = rows.get((table, 1), ())
    titled = len({text for text in first if text.strip()}) == 1
    return (*first, *(rows.get((table, 2), ()) if titled else ()))


class HeadingsInOrder:
    """The headings of a file, found again among its lines."""

    def __init__(self, headings: Sequence[Heading]) -> None:
        self._waiting: Iterator[Heading] = iter(headings)
        self._next = next(self._waiting, None)

    def at(self, one: Passage) -> Heading | None:
        """The heading that a line is, None if it is none."""
        found = None
        while self._next is not None and self._is_passed(self._next, one):
            found = self._next
            self._next = next(self._waiting, None)
        return found

    def _is_passed(self, heading: Heading, one: Passage) -> bool:
        place = heading.line if one.unit == "行" else heading.page or heading.paragraph
        if place is None or one.place < place:
            return False
        if one.unit != "页" or one.place > place:
            return True
        text = plain(one.text)
        return bool(text) and plain(heading.text).endswith(text)
