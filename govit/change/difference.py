"""变更：what changed since an approved revision, and how much of it project.yaml records. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.records import named_record, replace
from govit.change.money import Money, money
from govit.change.words import GOAL, MONEY, PERIOD, SCOPE, WordChange, words
from govit.dossier.model import Change

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from govit.dossier.model import Project


@named_record
class Claims:
    """经办人的说明：what no comparison can see, said for this run instead of in project.yaml."""

    goal: bool | None = None
    content: bool | None = None
    ground: str | None = None


@named_record
class Recorded:
    """已登记的调整. `since` are those that the approved revision does not have yet."""

    earlier: tuple[Change, ...]
    since: tuple[Change, ...]
    gone: tuple[Change, ...]
    """In the approved revision, but no longer in project.yaml."""
    corrected: tuple[tuple[Decimal | None, Change], ...] = ()
    """Those of `earlier` whose amount is another now, each with what it was."""

    @property
    def earlier_amount(self) -> Decimal:
        """What was moved before the approved revision, as recorded."""
        return _added((*self.earlier, *self.gone))

    @property
    def since_amount(self) -> Decimal:
        """What was moved since, as recorded."""
        return _added(self.since)

    @property
    def unpriced(self) -> bool:
        """Whether one of them has no amount."""
        return any(change.amount is None for change in (*self.earlier, *self.since, *self.gone))


@named_record
class Difference:
    """两个版本的差异."""

    money: Money
    words: tuple[WordChange, ...]
    recorded: Recorded
    judged: Change | None
    """What the records do not cover yet, as the change that would be recorded today; None if nothing is open."""

    @property
    def open(self) -> Decimal:
        """未登记差额：measured less recorded."""
        return max(self.money.moved - self.recorded.since_amount, Decimal(0))

    @property
    def cumulative(self) -> Decimal:
        """累计数额：recorded earlier, and the greater of what was measured and what is recorded since."""
        return self.recorded.earlier_amount + max(self.money.moved, self.recorded.since_amount)

    @property
    def twice(self) -> bool:
        """Whether the records count moved money twice: once where it went from, once where it came to."""
        return self.money.moved < self.money.gross == self.recorded.since_amount


def compare(then: Project, now: Project, on: dt.date, claims: Claims) -> Difference:
    """What changed between two versions of a project, and how much of it is recorded."""
    recorded = _recorded(then.changes, now.changes)
    found = Difference(money=money(then, now), words=words(then, now), recorded=recorded, judged=None)
    if not _is_change(found):
        return found
    return replace(found, judged=_as_recorded(found, on, claims))


def _is_change(found: Difference) -> bool:
    """Whether something is open: money that no record covers, or other changes without any record."""
    if found.open > 0:
        return True
    told = {change.group for change in found.words}
    moved = any(line.state != "不变" for line in found.money.lines)
    return not found.recorded.since and (moved or bool(told & {GOAL, SCOPE, PERIOD, MONEY}))


def _as_recorded(found: Difference, on: dt.date, claims: Claims) -> Change:
    told = {change.group for change in found.words}
    lines = {line.state for line in found.money.lines}
    goal = claims.goal if claims.goal is not None or GOAL in told else False
    seen = any(change.key in ("content", "objects") for change in found.words) or bool(lines & {"新增", "取消"})
    return Change(
        at="changes",
        on=on,
        amount=found.open,
        goal=goal,
        content=claims.content if claims.content is not None else True if seen else None,
        ground=claims.ground,
        total_after=found.money.after,
    )


def _recorded(then: Sequence[Change], now: Sequence[Change]) -> Recorded:
    """Pair the records of both versions by their day: one that was corrected is still the same."""
    left = list(now)
    earlier, gone, corrected = [], [], []
    for change in then:
        same = next((c for c in left if c.on == change.on), None)
        if same is None:
            gone.append(change)
        else:
            left.remove(same)
            earlier.append(same)
            if same.amount != change.amount:
                corrected.append((change.amount, same))
    return Recorded(earlier=tuple(earlier), since=tuple(left), gone=tuple(gone), corrected=tuple(corrected))


def _added(changes: Iterable[Change]) -> Decimal:
    return sum((change.amount for change in changes if change.amount is not None), Decimal(0))
