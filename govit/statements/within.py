"""一份报告自己对自己：what one report states twice, and what its tables and sentences add up. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.money import format_money
from govit.statements.amounts import Amount
from govit.statements.disagreements import WITHIN, Disagreement, where
from govit.statements.shares import wrong_parts
from govit.statements.stated import DAYS, OPERATION, PERIOD, SPAN, TOTAL, agree
from govit.statements.table_sums import wrong_sums
from govit.statements.words import has

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from govit.statements.disagreements import ReadReport
    from govit.statements.stated import Stated

_LABELS = {TOTAL: "总投资", OPERATION: "年运维费", PERIOD: "工期", DAYS: "工期", SPAN: "起止时间"}
_CAPITALS = ("佰", "仟", "拾")
"""No amount in capitals lacks all of these, but for the smallest."""
_HINT = "对照定稿核对两处，写错的一处更正，不得凑数"
_SUM_HINT = "对照明细逐行核对，写错的一处更正；各行都对的，改合计，不得凑数"


def within(report: ReadReport, known: Mapping[str, Decimal]) -> Iterator[Disagreement]:
    """Every place that contradicts another place of the same report; `known` is what project.yaml says of the same."""
    for key in _LABELS:
        yield from _said_twice(report, key, known.get(key))
    yield from _sums(report)
    yield from _parts(report)
    yield from _capitals(report)


def _said_twice(report: ReadReport, key: str, exact: Decimal | None) -> Iterator[Disagreement]:
    said = [one for one in report.stated if one.key == key]
    groups: dict[str, list[Stated]] = {}
    for one in said:
        groups.setdefault(one.about if key not in (TOTAL, OPERATION) else "", []).append(one)
    for group in groups.values():
        first = _standard(group, exact)
        shown = set()
        for one in group:
            if not (_is_right(one, exact) or agree(first, one)) and one.shown not in shown:
                shown.add(one.shown)
                label = one.about or _LABELS[key]
                message = f"{label}前后不一：{where(one.place)}写“{one.shown}”，{where(first.place)}写“{first.shown}”"
                yield _disagreement(report, f"{label} {one.shown}、{first.shown}", message, _HINT, one)


def _standard(group: list[Stated], exact: Decimal | None) -> Stated:
    """Which of several is taken for right: what project.yaml says, else what is said most often, else the first."""
    right = [one for one in group if _is_right(one, exact)]
    return right[0] if right else max(group, key=lambda one: sum(agree(one, other) for other in group))


def _is_right(one: Stated, exact: Decimal | None) -> bool:
    """Whether it is what project.yaml says; two such figures may be rounded in two ways."""
    return exact is not None and isinstance(one.value, Amount) and one.value.says(exact)


def _disagreement(report: ReadReport, subject: str, message: str, hint: str, at: Stated) -> Disagreement:
    return Disagreement(WITHIN, report.path, subject, message, hint, at.place, at.section)


def _sums(report: ReadReport) -> Iterator[Disagreement]:
    tables = report.text.tables
    for table, before in zip(tables, (None, *tables), strict=False):
        unit = table.unit
        for wrong in wrong_sums(table, before):
            row = wrong.row
            if row.amount is None:
                continue
            name = row.name or row.number
            amounts = (row.amount.value, wrong.added, abs(row.amount.value - wrong.added))
            said, added, less = (format_money(one) if unit else f"{one:f}" for one in amounts)
            message = f"{where(row.place)}“{name}”写 {said}，{wrong.what}合计 {added}，相差 {less}"
            yield Disagreement(WITHIN, report.path, f"{name} {said}", message, _SUM_HINT, row.place, table.section)


def _parts(report: ReadReport) -> Iterator[Disagreement]:
    totals = [one for one in report.stated if one.key == TOTAL and one.place.cell is None]
    for wrong in wrong_parts(report.text, totals):
        message = f"{where(wrong.total.place)}写总投资 {wrong.total.shown}，其中{'、'.join(wrong.parts)}，合计 {format_money(wrong.added)}"
        yield _disagreement(report, f"总投资分项 {wrong.total.shown}", message, _SUM_HINT, wrong.total)


def _capitals(report: ReadReport) -> Iterator[Disagreement]:
    if not any(has(block.text, _CAPITALS) for block in report.text.blocks):
        return
    from govit.statements.capitals import in_capitals

    for one in in_capitals(report.text):
        if not one.figures.says(one.value):
            place = one.block.passage
            message = f"{where(place)}大写“{one.capitals}”是 {format_money(one.value)}，小写写“{one.figures.shown}”"
            yield Disagreement(WITHIN, report.path, f"大写 {one.capitals}", message, _HINT, place, one.block.section)
