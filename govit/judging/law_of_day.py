"""所依之日：by the law of which days a duty is judged, and what that law says of it on a day outside its validity.

Of an act that is the day of the act itself (a submission's, an approval's, a signature's), of a state every day on
which it holds; never the day on which the project passed the stage, unless that step itself is the act.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.dossier.lists import BY_RULES, day_of
from govit.law.kinds.demand import Clock

if TYPE_CHECKING:
    from govit.dossier.model import Record
    from govit.judging.checks.verdict import Verdict
    from govit.judging.facts import Facts
    from govit.judging.stages import Progress
    from govit.law.conditions import Ref
    from govit.law.regulation import Rule


@record
class Days:
    """所依之日：the first and the last of them, the same day of an act."""

    first: dt.date
    last: dt.date


def days_of(rule: Rule, verdict: Verdict, item: Record | None, facts: Facts, made: Progress) -> Days:
    """The days whose law judges a duty."""
    named = _known(rule.law_of, facts, item)
    if rule.continuing and verdict.fell_on is None:
        step = _step(rule, made)
        return _state(rule, named or (step.first if step else facts.as_of), facts, item)
    day = named or _own(rule, item) or verdict.fell_on or _guarded(rule, facts, item)
    return Days(day, day) if day else _step(rule, made) or Days(facts.as_of, facts.as_of)


def _state(rule: Rule, first: dt.date, facts: Facts, item: Record | None) -> Days:
    until = _known(rule.held_until, facts, item) or facts.as_of
    return Days(min(first, facts.as_of), max(min(first, facts.as_of), until))


def _known(ref: Ref | None, facts: Facts, item: Record | None) -> dt.date | None:
    day = None if ref is None else facts.date(ref, item)
    return day if isinstance(day, dt.date) else None


def _own(rule: Rule, item: Record | None) -> dt.date | None:
    """The day of the act that the rule is judged on; what must follow it in a period has a day of its own."""
    if rule.each is None or item is None or rule.demand.clock is Clock.PERIOD:
        return None
    return day_of(item) if BY_RULES[rule.each.list].listed.own_law else None


def _guarded(rule: Rule, facts: Facts, item: Record | None) -> dt.date | None:
    """The day of the act that must not be done without it."""
    return _known(rule.demand.guarded, facts, item)


def _step(rule: Rule, made: Progress) -> Days | None:
    """When the step was made that a rule is held against: a later step must not stand for one that is not on record."""
    day = made.passed(rule.stage) if rule.stage is not None else None
    if rule.stage is None or day is None:
        return None
    return Days(min(made.since(rule.stage) or day, day), day)
