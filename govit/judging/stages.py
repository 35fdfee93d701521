"""阶段：which step a project is about to make, as its clerk says and as its records prove."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.judging.values import ABSENT, UNDATED, UNKNOWN, Missing

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
    declared: int
    proven: int
    judged: int

    def reached(self, stage: str | None) -> bool:
        """Whether a rule of this stage is due; a rule without a stage is judged from its trigger."""
        return stage is None or self.names.index(stage) <= self.judged

    def due(self, rule: Rule, facts: Facts, item: Record | None = None) -> bool:
        """Whether a rule is due: its stage has come, or what it turns on is a fact already."""
        return self.reached(rule.stage) or (rule.at_once is not None and facts.holds(rule.at_once, item) is True)


@record
class Gap:
    """缺口：what a stage that was passed leaves, and is not on record: one of these. `waiting` cannot be judged so long."""

    stage: str
    records: tuple[Ref, ...]
    waiting: tuple[Rule, ...] = ()

    def lost(self, ref: Ref) -> Missing | None:
        """How a ref to what is missing is read: it was done on a day not known, or, of several, one of them was."""
        if not any(_same(ref, one) for one in self.records):
            return None
        return UNDATED if len(self.records) == 1 and ref.attr in ("", "date") else UNKNOWN


def _same(ref: Ref, lost: Ref) -> bool:
    """Whether a ref asks for a lost record, whatever it asks of it but how many there are."""
    same = (ref.head, ref.key) == (lost.head, lost.key) and ref.attr != "count"
    return same and (not ref.body or ref.body == lost.body)


def progress(facts: Facts, stage: str | None = None) -> Progress:
    """Read a project's progress; `stage` judges as if about to make that step."""
    stages = facts.regulation.stages
    names = tuple(entry.name for entry in stages)
    proofs = [_earliest(facts, stage.passed) for stage in stages]
    proven = max((n + 1 for n, day in enumerate(proofs) if day is not None), default=0)
    days = [_earliest(facts, (*stage.made, *stage.passed)) for stage in stages]
    passed = {name: min((d for d in days[n:] if d is not None), default=None) for n, name in enumerate(names)}
    proven = min(proven, len(stages) - 1)
    declared = facts.regulation.order(facts.project.stage)
    judged = facts.regulation.order(stage) if stage else max(declared, proven)
    return Progress(names, passed, declared, proven, judged)


def untraced(facts: Facts, made: Progress) -> tuple[Gap, ...]:
    """What is not on record of the steps that lie behind a project, as its clerk says or its later records prove.

    A stage that is only asked about is not behind it.
    """
    behind = min(max(made.declared, made.proven), made.judged)
    return tuple(
        Gap(stage.name, trace.records)
        for stage in facts.regulation.stages[: max(behind, 0)]
        for trace in stage.leaves
        if all(facts.value(ref) is ABSENT for ref in trace.records) and facts.holds(trace.when) is not False
    )


def _earliest(facts: Facts, refs: tuple[Ref, ...]) -> dt.date | None:
    days = [facts.value(ref) for ref in refs]
    known = [day for day in days if isinstance(day, dt.date)]
    return min(known) if known else None
