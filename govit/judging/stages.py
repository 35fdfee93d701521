"""阶段：which step a project is about to make, as its clerk says and as its records prove."""

from __future__ import annotations

import datetime as dt
from functools import cached_property
from typing import TYPE_CHECKING

from govit.judging.lost import Gap
from govit.judging.values import ABSENT
from govit.law.regulation import LAST

if TYPE_CHECKING:
    from govit.dossier.model import Record
    from govit.judging.facts import Facts
    from govit.law.conditions import Ref
    from govit.law.regulation import Rule, Stage


class Progress:
    """进度：read from the records as it is asked for, since a rule that is asked alone needs little of it."""

    def __init__(self, facts: Facts, stage: str | None) -> None:
        self._facts = facts
        self._stage = stage
        self._stages = facts.regulation.stages
        self._at = {entry.name: n for n, entry in enumerate(self._stages)}
        self._days: dict[str, dt.date | None] = {}
        self._passed: dict[str, dt.date | None] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The steps, in the order of the regulation."""
        return tuple(self._at)

    def passed(self, stage: str) -> dt.date | None:
        """The day on which a step was made: of its own act or record, or the first of a later step."""
        if stage not in self._passed:
            days = (self._day(later) for later in self._stages[self._at[stage] :])
            self._passed[stage] = min((day for day in days if day is not None), default=None)
        return self._passed[stage]

    def since(self, stage: str) -> dt.date | None:
        """The day before which a step was not made: the same, or where its own is not on record, that of an earlier step."""
        at = self._at[stage]
        own = self._day(self._stages[at])
        days = (self._day(earlier) for earlier in self._stages[:at])
        return own or max((day for day in days if day is not None), default=None)

    def _day(self, stage: Stage) -> dt.date | None:
        if stage.name not in self._days:
            self._days[stage.name] = _earliest(self._facts, (*stage.made, *stage.passed))
        return self._days[stage.name]

    @cached_property
    def declared(self) -> int:
        """The step that the clerk has written."""
        return self._facts.regulation.order(self._facts.project.stage)

    @cached_property
    def proven(self) -> int:
        """The step that follows the last one which a record proves; but none leads to the end of what runs."""
        for n, stage in reversed(tuple(enumerate(self._stages))):
            if _earliest(self._facts, stage.passed) is not None:
                follows = min(n + 1, len(self._stages) - 1)
                return n if self._stages[follows].usual == LAST else follows
        return min(0, len(self._stages) - 1)

    @cached_property
    def judged(self) -> int:
        """The step that rules are held against."""
        if self._stage:
            return self._facts.regulation.order(self._stage)
        return max(self.declared, self.proven)

    def reached(self, stage: str | None) -> bool:
        """Whether a rule of this stage is due; a rule without a stage is judged from its trigger."""
        return stage is None or self._at[stage] <= self.judged

    def due(self, rule: Rule, facts: Facts, item: Record | None = None) -> bool:
        """Whether a rule is due: its stage has come, or what it turns on is a fact already."""
        return self.reached(rule.stage) or (rule.at_once is not None and facts.holds(rule.at_once, item) is True)


def progress(facts: Facts, stage: str | None = None) -> Progress:
    """Read a project's progress; `stage` judges as if about to make that step."""
    return Progress(facts, stage)


def untraced(facts: Facts, made: Progress) -> tuple[Gap, ...]:
    """What is not on record of the steps that lie behind a project, as its clerk says or its later records prove.

    A stage that is only asked about is not behind it. Where it is not known whether a record must be there, what
    decides it is asked for by the rules.
    """
    behind = min(max(made.declared, made.proven), made.judged)
    gaps = [
        Gap(stage.name, trace.records)
        for stage in facts.regulation.stages[: max(behind, 0)]
        for trace in stage.leaves
        if all(facts.value(ref) is ABSENT and not facts.is_on_file(ref) for ref in trace.records)
        and facts.holds(trace.when) is True
    ]
    return tuple(gap for gap in gaps if not any(set(other.records) < set(gap.records) for other in gaps))


def _earliest(facts: Facts, refs: tuple[Ref, ...]) -> dt.date | None:
    """The first of some days; a record whose day two places differ about proves the step all the same."""
    days = [facts.written(ref) for ref in refs]
    known = [day for day in days if isinstance(day, dt.date)]
    return min(known) if known else None
