"""阶段：which step a project is about to make, as its clerk says and as its records prove."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.judging.lost import Gap
from govit.judging.values import ABSENT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.dossier.model import Record
    from govit.judging.facts import Facts
    from govit.law.conditions import Ref
    from govit.law.regulation import Rule


@record
class Progress:
    """进度. `judged` is the stage that rules are held against."""

    names: tuple[str, ...]
    passed: Mapping[str, dt.date | None]
    """The day on which each step was made: of its own act or record, or the first of a later step."""
    since: Mapping[str, dt.date | None]
    """The day before which it was not made: the same, or where its own is not on record, that of an earlier step."""
    declared: int
    proven: int
    judged: int

    def reached(self, stage: str | None) -> bool:
        """Whether a rule of this stage is due; a rule without a stage is judged from its trigger."""
        return stage is None or self.names.index(stage) <= self.judged

    def due(self, rule: Rule, facts: Facts, item: Record | None = None) -> bool:
        """Whether a rule is due: its stage has come, or what it turns on is a fact already."""
        return self.reached(rule.stage) or (rule.at_once is not None and facts.holds(rule.at_once, item) is True)


def progress(facts: Facts, stage: str | None = None) -> Progress:
    """Read a project's progress; `stage` judges as if about to make that step."""
    stages = facts.regulation.stages
    names = tuple(entry.name for entry in stages)
    proofs = [_earliest(facts, stage.passed) for stage in stages]
    proven = max((n + 1 for n, day in enumerate(proofs) if day is not None), default=0)
    days = [_earliest(facts, (*stage.made, *stage.passed)) for stage in stages]
    passed = {name: min((d for d in days[n:] if d is not None), default=None) for n, name in enumerate(names)}
    since = {name: days[n] or max((d for d in days[:n] if d is not None), default=None) for n, name in enumerate(names)}
    proven = min(proven, len(stages) - 1)
    declared = facts.regulation.order(facts.project.stage)
    judged = facts.regulation.order(stage) if stage else max(declared, proven)
    return Progress(names, passed, since, declared, proven, judged)


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
        if all(facts.value(ref) is ABSENT for ref in trace.records) and facts.holds(trace.when) is True
    ]
    return tuple(gap for gap in gaps if not any(set(other.records) < set(gap.records) for other in gaps))


def _earliest(facts: Facts, refs: tuple[Ref, ...]) -> dt.date | None:
    """The first of some days; a record whose day two places differ about proves the step all the same."""
    days = [facts.written(ref) for ref in refs]
    known = [day for day in days if isinstance(day, dt.date)]
    return min(known) if known else None
