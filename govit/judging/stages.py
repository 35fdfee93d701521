"""阶段：which step a project is about to make, as its clerk says and as its records prove."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from govit.base.records import record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.judging.facts import Facts


@record
class Progress:
    """进度. `judged` is the stage that rules are held against."""

    names: tuple[str, ...]
    passed: Mapping[str, dt.date | None]
    """The day on which each step was made: its own record's, or the first of a later step."""
    declared: int
    proven: int
    judged: int

    def reached(self, stage: str | None) -> bool:
        """Whether a rule of this stage is due; a rule without a stage is judged from its trigger."""
        return stage is None or self.names.index(stage) <= self.judged


def progress(facts: Facts, stage: str | None = None) -> Progress:
    """Read a project's progress; `stage` judges as if about to make that step."""
    stages = facts.regulation.stages
    names = tuple(entry.name for entry in stages)
    days = [_earliest(facts, n) for n in range(len(stages))]
    proven = max((n + 1 for n, day in enumerate(days) if day is not None), default=0)
    passed = {name: min((d for d in days[n:] if d is not None), default=None) for n, name in enumerate(names)}
    proven = min(proven, len(stages) - 1)
    declared = facts.regulation.order(facts.project.stage)
    judged = facts.regulation.order(stage) if stage else max(declared, proven)
    return Progress(names, passed, declared, proven, judged)


def _earliest(facts: Facts, number: int) -> dt.date | None:
    days = [facts.value(ref) for ref in facts.regulation.stages[number].passed]
    known = [day for day in days if isinstance(day, dt.date)]
    return min(known) if known else None
