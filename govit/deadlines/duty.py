"""一项义务的期限：which rules set which kind of date, and the lines of one duty put together. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from govit.base.records import replace
from govit.deadlines.dates import Deadline, DeadlineState
from govit.law.kinds.demand import Clock

if TYPE_CHECKING:
    import datetime as dt

    from govit.judging.engine import Duty
    from govit.judging.judgement import Judgement
    from govit.law.conditions import Ref
    from govit.law.regulation import Rule

Line: TypeAlias = "tuple[str, dt.date | None, dt.date | None, DeadlineState, dt.date | None, str]"
"""What a line says: two lines of one duty that say the same are one."""


def is_length(rule: Rule) -> bool:
    """Whether a rule speaks of a length that has to run before something is done."""
    return rule.demand.length is not None


def is_set(ref: Ref) -> bool:
    """Whether a date is one that somebody set for the future, not the record of what happened."""
    return ref.head in ("notices", "field") or ref.attr == "until"


def opened(deadline: Deadline, window: Judgement | None) -> Deadline:
    """The line of a window's end with the day on which the window opens."""
    if window is None or window.verdict.timing is None:
        return deadline
    timing = window.verdict.timing
    return replace(deadline, opens=timing.opens, period=f"{timing.period}至{deadline.period}")


def once(found: list[tuple[Rule, Deadline]]) -> list[Deadline]:
    """Of the rules of one duty leave out those that say less: without a body, or not applicable beside one that is."""
    applicable = {rule.duty for rule, d in found if d.state is not DeadlineState.NOT_APPLICABLE}
    named = {(rule.duty, _line(d)) for rule, d in found if rule.demand.bodies}
    kept: list[Deadline] = []
    set_days: set[tuple[Duty, Line]] = set()
    for rule, deadline in found:
        line = rule.duty, _line(deadline)
        if deadline.state is DeadlineState.NOT_APPLICABLE and rule.duty in applicable:
            continue
        if (not rule.demand.bodies and line in named) or (_in_order(rule) and line in set_days):
            continue
        if _in_order(rule):
            set_days.add(line)
        kept.append(deadline)
    return kept


def _line(d: Deadline) -> Line:
    return d.subject, d.opens, d.last, d.state, d.done, d.number


def _in_order(rule: Rule) -> bool:
    """Whether it sets no period, but wants one thing before another."""
    return rule.demand.clock is Clock.ORDER
