"""报告的结构：sections by what they speak of, running text, and tables, each with its place and in its order.

A section has the role of the nearest heading above it whose words say one; what stands anywhere below 现状 speaks of the present state.
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.statements.amounts import plain
from govit.statements.line_sections import HeadingsInOrder
from govit.statements.sections import NOWHERE, section_of
from govit.statements.tables import ReportTable, gathered
from govit.statements.words import has, words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from govit.documents.content import Content
    from govit.documents.passages import Passage
    from govit.statements.sections import ReportSection

_CANDIDATES = (
    "投资",
    "概算",
    "估算",
    "运维费",
    "运行维护费",
    "工期",
    "周期",
    "建设期",
    "资金",
    "名称",
    "单位",
    "佰",
    "仟",
    "拾",
)
"""A line that states a figure, a period, a name or a unit has one of them; others are not looked at any further."""
LONGEST_BLOCK = 4_000
"""A longer paragraph is no sentence of a report."""
LONGEST_CAPTION, LONGEST_UNIT = 60, 20


@record
class TextBlock:
    """一段：plain, in one width and without blanks."""

    text: str
    passage: Passage
    section: ReportSection
    before: str
    """The line before it, as it is written."""


@record
class ReportText:
    """报告：as far as figures and names can stand in it."""

    blocks: tuple[TextBlock, ...]
    tables: tuple[ReportTable, ...]
    phased: bool
    """It is built in phases, or speaks of one: its totals cannot be told apart."""


def report_text(content: Content, passages: Sequence[Passage], name: str = "") -> ReportText:
    """Read a report; words of phases in the project's own name do not make it a phased one."""
    blocks: list[TextBlock] = []
    tables: list[ReportTable] = []
    section: Callable[[], ReportSection] = _nowhere
    phases = [word for word in words().phases if word not in name]
    phased = _is_phased("\n".join(one.text for one in passages if one.cell is None), phases)
    before = ""
    follow = HeadingsInOrder(content.headings)
    cells: list[Passage] = []
    lines = 0
    for one in passages:
        if one.cell is not None:
            if cells and cells[0].cell is not None and cells[0].cell[0] != one.cell[0]:
                tables += gathered(cells, _called(before, lines, tables), section())
                cells, before, lines = [], "", 0
            cells.append(one)
            continue
        if cells:
            tables += gathered(cells, _called(before, lines, tables), section())
            cells, before, lines = [], "", 0
        lines += 1
        heading = follow.at(one)
        if heading is not None:
            section = lru_cache(partial(section_of, heading))
        if not one.in_table and heading is None and len(one.text) <= LONGEST_BLOCK and has(one.text, _CANDIDATES):
            blocks.append(TextBlock(plain(one.text), one, section(), before))
        before = "" if heading is not None else _caption(before, one.text)
    if cells:
        tables += gathered(cells, _called(before, lines, tables), section())
    return ReportText(tuple(blocks), tuple(tables), phased)


def _nowhere() -> ReportSection:
    return NOWHERE


def _caption(before: str, text: str) -> str:
    """What a table below this line is called: the line, with the one above it if it only gives the unit."""
    is_unit = len(text) <= LONGEST_UNIT and text.lstrip(" 　(（").startswith("单位")
    return before + text if is_unit and len(before) <= LONGEST_CAPTION else text


def _called(before: str, lines: int, tables: Sequence[ReportTable]) -> str:
    """What a table is called: the line above, unless it may be that of the table before, in a report with captions below."""
    called = plain(before)
    if lines == 1 and tables and called.startswith("表") and not tables[-1].caption.startswith("表"):
        return ""
    return called


def _is_phased(text: str, phases: Sequence[str]) -> bool:
    """Whether a text speaks of phases of the project: 专题库第一期 is one of a part of it."""
    follow = words().of_phases
    for word in phases:
        before, *after = text.split(word)
        for behind in after:
            if not before.endswith("第") or behind.startswith(follow):
                return True
            before = behind
    return False
