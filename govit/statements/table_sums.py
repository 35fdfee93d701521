"""表内合计：whether the rows of a table of amounts add up to what its sums say. Pure.

Tables are laid out in many ways: groups with or without amounts, sums of parts, a sum of sums. A sum is wrong only if it is none of
the sums that its table could mean, every amount above it can be read, and rounding to the last figure does not explain it.
"""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.statements.tables import BUDGET, amount_rows, style_of
from govit.statements.words import has, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.statements.tables import AmountRow, ReportTable

FEWEST = 2
MOST_NESTED = 60
MOST_ROWS = 300
"""A longer table is no budget."""
FAREST = 2
"""A sum and its rows that differ by more than one part in so many are two things."""
MOST_TIMES = 5
"""Years or sets that a sum may count its rows for."""
RANKS = ("一", "(一)", "1", "1.1", "1.1.1", "(1)", "")
"""How rows are numbered, from the outer to the inner."""


@record
class WrongSum:
    """合计不对的一行：the row, and what the rows above it come to."""

    row: AmountRow
    added: Decimal
    what: str
    """各行 or 下级各行."""


@record
class _Level:
    """A row that has others below it."""

    row: AmountRow
    style: str
    children: list[AmountRow]


def wrong_sums(table: ReportTable, before: ReportTable | None = None) -> Iterator[WrongSum]:
    """The sums of a table of amounts that cannot be right; `before` is the table before it."""
    if table.kind != BUDGET or table.amount_at < 0 or _goes_on(table, before):
        return
    yield from (one for one in _wrong_sums(table) if not _is_another_thing(one))


def _goes_on(table: ReportTable, before: ReportTable | None) -> bool:
    """Whether the first rows of a table stand in the one before it: 续表, or a table that a page broke in two."""
    if has(table.caption, words().continued):
        return True
    return before is not None and before.head == table.head and not any(map(is_sum, amount_rows(before)))


def _is_another_thing(wrong: WrongSum) -> bool:
    """Whether a sum is so far from its rows that it counts something else: several years, sets, or rows of another table."""
    amount = wrong.row.amount
    if amount is None or not wrong.added or abs(amount.value - wrong.added) * FAREST > abs(amount.value):
        return True
    return amount.value / wrong.added in range(FAREST, MOST_TIMES + 1)


def _wrong_sums(table: ReportTable) -> Iterator[WrongSum]:
    rows = amount_rows(table) if len(table.rows) <= MOST_ROWS else []
    if len(rows) != len(table.rows) or any(one.amount is None and not one.blank for one in rows):
        return  # a row of another shape may count in a way that nobody here knows
    known = words()
    if any(has(one.name, known.of_which) or _is_unclear(one) for one in rows):
        return
    if any(_is_not_counted(row.cells) for row in table.rows):
        return
    above: list[AmountRow] = []
    sums: list[AmountRow] = []
    for one in rows:
        if is_sum(one) or one.name in known.part_sums:
            found = _wrong(one, above, sums)
            if found is not None:
                yield found
            sums.append(one)
            above.append(one)
        else:
            above.append(one)
    if not sums:
        return
    yield from _wrong_groups([one for one in above if one not in sums])


def _is_not_counted(cells: Sequence[str]) -> bool:
    """Whether a row says that it is not counted, or, if it is a sum, that it is more than one."""
    known, text = words(), " ".join(cells)
    return has(text, known.uncounted) or (not known.sums.isdisjoint(cells) and has(text, known.adjusted))


def _is_unclear(row: AmountRow) -> bool:
    """Whether a row is some sum, nobody knows of what: 软件小计, 一至三项合计."""
    known = words()
    return row.name.endswith(known.any_sum) and not is_sum(row) and row.name not in known.part_sums


def is_sum(row: AmountRow) -> bool:
    """Whether a row is the sum of all above it."""
    return row.name in words().sums or row.number in words().sums


def _wrong(one: AmountRow, above: Sequence[AmountRow], sums: Sequence[AmountRow]) -> WrongSum | None:
    """A sum that is none of those that the rows above it could make."""
    leaves = [row for row in above if row not in sums]
    if one.amount is None or len(leaves) < FEWEST or any(row.blank for row in _bottom(leaves)):
        return None
    if len({style_of(row.number) for row in leaves}) == 1 and _is_nested(leaves):
        return None
    for rows in _meant(above, leaves, sums):
        if rows and abs(_added(rows) - one.amount.value) <= _rounding(rows, one):
            return None
    roots = _roots(leaves)
    told = roots if len(roots) >= FEWEST and not any(row.blank for row in roots) else _bottom(leaves)
    return WrongSum(one, _added(told), "各行")


def _is_nested(rows: Sequence[AmountRow]) -> bool:
    """Whether a row comes to what some rows right behind or before it come to: a group that nothing marks as one."""
    amounts = [row.amount.value for row in rows if row.amount is not None]
    slack = min((row.amount.step for row in rows if row.amount is not None), default=Decimal(0)) / 2
    for listed in (amounts, amounts[::-1]):
        for at, amount in enumerate(listed[:MOST_NESTED]):
            added, count = Decimal(0), 0
            for other in listed[at + 1 : at + MOST_NESTED]:
                added, count = added + other, count + 1
                if amount and abs(added - amount) <= count * slack and (count > 1 or listed is amounts):
                    return True
    return False


def _meant(
    above: Sequence[AmountRow], leaves: Sequence[AmountRow], sums: Sequence[AmountRow]
) -> Iterator[list[AmountRow]]:
    """The rows that a sum could be the sum of."""
    yield _roots(leaves)
    yield _bottom(leaves)
    yield list(leaves)
    yield list(sums)
    yield from (list(above[at:]) for at in range(len(above) - 1))
    for last in range(len(above) - 1, -1, -1):
        if above[last] in sums:
            behind = list(above[last + 1 :])
            for rows in (behind, _roots(behind), _bottom(behind)):
                yield rows
                yield [above[last], *rows]
    yield [row for row in leaves if _is_outside(row, above, sums)] + list(sums)


def _is_outside(row: AmountRow, above: Sequence[AmountRow], sums: Sequence[AmountRow]) -> bool:
    """Whether no sum stands below a row."""
    at = above.index(row)
    return not any(one in sums for one in above[at:])


def _roots(rows: Sequence[AmountRow]) -> list[AmountRow]:
    """The rows that are numbered like the first."""
    return [row for row in rows if style_of(row.number) == style_of(rows[0].number)] if rows else []


def _bottom(rows: Sequence[AmountRow]) -> list[AmountRow]:
    """The rows that have none below them."""
    levels: list[str] = []
    found: list[AmountRow] = []
    for at, row in enumerate(rows):
        style = style_of(row.number)
        if style in levels:
            del levels[levels.index(style) + 1 :]
        else:
            levels.append(style)
        following = style_of(rows[at + 1].number) if at + 1 < len(rows) else style
        if following in levels:
            found.append(row)
    return found


def _wrong_groups(rows: Sequence[AmountRow]) -> Iterator[WrongSum]:
    """Groups of two levels, each of which has an amount, as all below it have."""
    if not rows:
        return
    outer = style_of(rows[0].number)
    inner = {style_of(row.number) for row in rows} - {outer}
    if not outer or len(inner) != 1 or not _is_within(inner.pop(), outer):
        return
    groups: list[_Level] = []
    for row in rows:
        if style_of(row.number) == outer:
            groups.append(_Level(row, outer, []))
        else:
            groups[-1].children.append(row)
    for group in groups:
        children, amount = group.children, group.row.amount
        if amount is None or len(children) < 1 or any(row.blank for row in children):
            continue
        added = _added(children)
        if abs(added - amount.value) > _rounding(children, group.row):
            yield WrongSum(group.row, added, "下级各行")


def _is_within(inner: str, outer: str) -> bool:
    """Whether rows numbered so stand below those numbered otherwise, and not above: lines may come before what they make."""
    return inner in RANKS and outer in RANKS and RANKS.index(inner) > RANKS.index(outer)


def _added(rows: Sequence[AmountRow]) -> Decimal:
    return sum((row.amount.value for row in rows if row.amount is not None), Decimal(0))


def _rounding(rows: Sequence[AmountRow], whole: AmountRow) -> Decimal:
    """What rounding each figure to its last place may come to; those with fewer places than the others are exact."""
    steps = [row.amount.step for row in rows if row.amount is not None]
    least = max(whole.amount.step if whole.amount is not None else Decimal(0), min(steps, default=Decimal(0)))
    return (sum((min(step, least) for step in steps), Decimal(0)) + least) / 2
