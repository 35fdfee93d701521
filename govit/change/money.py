"""金额的差异：the budgets of a project then and now, line by line and in total. Pure, exact, and without any regulation."""

from __future__ import annotations

from decimal import Decimal
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from govit.base.money import format_money
from govit.base.records import record
from govit.dossier.model import Budget
from govit.judging.values import Missing, total_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govit.dossier.model import BudgetLine, Project

ALIKE = 0.6  # names that share this much are one name, reworded


@record
class LineChange:
    """一行概算的前后：None where the line is not there, or its amount is not known."""

    name: str
    group: str
    before: Decimal | None
    after: Decimal | None
    state: str
    """新增, 取消, 改名, 调整 or 不变."""
    was: str = ""
    """What a renamed line was called."""

    @property
    def difference(self) -> Decimal:
        """After minus before; what is not there counts nothing."""
        return (self.after or Decimal(0)) - (self.before or Decimal(0))


@record
class Money:
    """投资的前后. Increases and decreases are sums over the lines, both positive."""

    before: Decimal | None
    after: Decimal | None
    lines: tuple[LineChange, ...]
    increase: Decimal
    decrease: Decimal
    doubts: tuple[str, ...] = ()

    @property
    def net(self) -> Decimal | None:
        """净额：the total after minus before, with its sign."""
        return None if self.before is None or self.after is None else self.after - self.before

    @property
    def gross(self) -> Decimal:
        """增减合计：every absolute change added, at least the change of the total; shown beside the amount."""
        return max(self.increase + self.decrease, abs(self.net or Decimal(0)))

    @property
    def moved(self) -> Decimal:
        """资金调整数额：the greater of all increases and all decreases. What went from one line to another is one sum."""
        return max(self.increase, self.decrease, abs(self.net or Decimal(0)))


def money(then: Project, now: Project) -> Money:
    """Compare the budgets."""
    before, after = then.budget or Budget(), now.budget or Budget()
    lines = _lines(before.lines, after.lines)
    changed = [line.difference for line in lines]
    was, is_ = _total(before), _total(after)
    return Money(
        was,
        is_,
        tuple(lines),
        sum((d for d in changed if d > 0), Decimal(0)),
        -sum((d for d in changed if d < 0), Decimal(0)),
        tuple(_doubts(before, after)),
    )


def _total(budget: Budget) -> Decimal | None:
    if budget.total is not None or not budget.lines:
        return budget.total
    added = total_of(line.amount for line in budget.lines)
    return None if isinstance(added, Missing) else added


def _doubts(before: Budget, after: Budget) -> Iterable[str]:
    for when, budget in (("批复版本", before), ("现在", after)):
        if budget.total is None:
            yield f"{when}没有填写 budget.total（总投资）" + ("，以概算明细合计代替" if budget.lines else "")
        if any(line.amount is None for line in budget.lines):
            yield f"{when}有概算行没有金额，按没有这笔钱计算"
        added = total_of(line.amount for line in budget.lines)
        if budget.total is not None and budget.lines and added != budget.total and not isinstance(added, Missing):
            yield f"{when}的概算明细合计 {format_money(added)}，与总投资 {format_money(budget.total)} 不一致"
    if bool(before.lines) != bool(after.lines):
        yield "只有一边有概算明细，逐行的差额没有意义，以总投资的差额为准"


def _lines(before: Sequence[BudgetLine], after: Sequence[BudgetLine]) -> list[LineChange]:
    if not before or not after:
        return []
    old, new = _keyed(before), _keyed(after)
    renamed = _renamed([old[k] for k in old if k not in new], [new[k] for k in new if k not in old])
    gone = {id(line) for line in renamed.values()}
    found = []
    for key, line in new.items():
        was = renamed.get(id(line))
        if was is not None:
            found.append(_line(line, was.amount, line.amount, "改名", was.name or ""))
        elif key in old:
            same = old[key].amount == line.amount
            found.append(_line(line, old[key].amount, line.amount, "不变" if same else "调整"))
        else:
            found.append(_line(line, None, line.amount, "新增"))
    lost = (line for key, line in old.items() if key not in new and id(line) not in gone)
    return [*found, *(_line(line, line.amount, None, "取消") for line in lost)]


def _line(line: BudgetLine, before: Decimal | None, after: Decimal | None, state: str, was: str = "") -> LineChange:
    return LineChange(line.name or "", line.group or "", before, after, state, was)


def _keyed(lines: Iterable[BudgetLine]) -> dict[tuple[str, int], BudgetLine]:
    """Lines by name; of several with one name the first is compared with the first."""
    counts: dict[str, int] = {}
    keyed = {}
    for line in lines:
        name = line.name or ""
        counts[name] = counts.get(name, 0) + 1
        keyed[name, counts[name]] = line
    return keyed


def _renamed(gone: list[BudgetLine], come: list[BudgetLine]) -> dict[int, BudgetLine]:
    """Lines of the same amount and kind whose names are alike; any other pair is money that moved."""
    pairs: dict[int, BudgetLine] = {}
    left = list(gone)
    for line in come:
        match = next(
            (
                g
                for g in left
                if (g.amount, g.group, g.kind) == (line.amount, line.group, line.kind) and _alike(g, line)
            ),
            None,
        )
        if match is not None:
            pairs[id(line)] = match
            left.remove(match)
    return pairs


def _alike(one: BudgetLine, other: BudgetLine) -> bool:
    return SequenceMatcher(None, one.name or "", other.name or "").ratio() >= ALIKE
