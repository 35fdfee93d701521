"""先后: for every rule that wants records, what a record of a much earlier or a much later day does to it.

From the complying examples of a rule: the records without which it no longer complies are moved, each to a day years
before all others and to a day after all others, and the rule is judged again on a day later still.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from deleting import slots_of
from packs.nudge import only, with_rule
from packs.pack_checks import SCHEDULE

from govit.base.records import replace
from govit.dossier.finding import Outcome
from govit.dossier.keys import Role
from govit.dossier.lists import LISTS, entries_of, kinds_of
from govit.dossier.model import Index, Neighbour, Project
from govit.judging.engine import Options, examine
from govit.law.kinds.demand import Clock
from govit.law.kinds.order import After

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from packs.pack_checks import Built, Results

    from govit.authoring.examples import Example
    from govit.law.regulation import Regulation, Rule

KINDS = ("approved", "submitted", "present", "answered", "given", "contains_all", "chapter", "one_of", "equals")
"""The kinds of check that may be met by a record; of the last five only where one is looked at."""
MOVED = ("events", "approvals", "submissions", "documents", "contracts")
EARLY = dt.date(2000, 1, 3)
LATER = 400
"""So many days after the last record, and as many again before one judges."""
OPEN = (Outcome.VIOLATES, Outcome.UNDETERMINED)


def free_days(rule: Rule, regulation: Regulation, built: list[Built]) -> str:
    """早、晚: which other days of its records satisfy a rule, in whatever complying example they are needed."""
    alone = only(regulation, rule)
    found: dict[str, set[str]] = {}
    for example, (project, others) in built:
        if example.expected is Outcome.COMPLIES and (not found or any(found.values())):
            for name, ways in _still_complying(rule, alone, example, project, others).items():
                found[name] = found.get(name, ways) & ways
    return "".join(way for way in "早晚" if any(way in ways for ways in found.values()))


def _still_complying(
    rule: Rule, alone: Regulation, example: Example, project: Project, others: list[Project]
) -> dict[str, set[str]]:
    """The records that one example needs, each with the other days on which it would still comply."""
    late = max([example.as_of, *_days(project)]) + dt.timedelta(days=LATER)
    after = late + dt.timedelta(days=LATER)
    needed: dict[str, set[str]] = {}

    def said(changed: Project, day: dt.date) -> Outcome:
        return _outcome(rule, alone, changed, others, day, example.stage)

    for name, field, record in _read(rule, alone, project, lambda other: said(other, example.as_of)):
        if said(_with(project, name, record, None), example.as_of) in OPEN:
            moved = {"早": (EARLY, example.as_of), "晚": (late, after)}
            needed[_label(name, record)] = {
                way
                for way, (day, as_of) in moved.items()
                if said(_with(project, name, record, replace(record, **{field: day})), as_of) is Outcome.COMPLIES
            }
    return needed


def _read(
    rule: Rule, alone: Regulation, project: Project, said: Callable[[Project], Outcome]
) -> list[tuple[str, str, Any]]:
    """The records that a rule can depend on: those that it speaks of, if all others gone together change nothing."""
    slots = set(slots_of(rule, alone))
    every = list(_records(project))
    read = [one for one in every if not slots.isdisjoint(_slots_of_record(project, one[0], one[2]))]
    bare = project
    for name, _, record in every:
        if not any(record is one[2] for one in read):
            bare = _with(bare, name, record, None)
    return read if said(bare) is said(project) else every


def _slots_of_record(project: Project, name: str, record: Any) -> set[str]:
    if name == "answers":
        return {name, *(f"answers={key}" for key, value in project.answers.items() if value is record)}
    return {name, *(f"{name}={kind}" for kind in kinds_of(record))}


def _days(project: Project) -> list[dt.date]:
    return [day for _, field, record in _records(project) if (day := getattr(record, field)) is not None]


def _records(project: Project) -> Iterator[tuple[str, str, Any]]:
    for name in MOVED:
        field = LISTS[name].key(Role.DAY)
        for record in entries_of(project, LISTS[name]):
            yield name, field, record
    for record in project.answers.values():
        yield "answers", "on", record


def _label(name: str, record: Any) -> str:
    if name == "answers":
        return "answers"
    body = f"@{record.body}" if name == "approvals" else f"@{'、'.join(record.to)}" if name == "submissions" else ""
    return f"{name}.{'、'.join(kinds_of(record))}{body}"


def _with(project: Project, name: str, old: Any, new: Any) -> Project:
    if name == "answers":
        answers = {key: (new if value is old else value) for key, value in project.answers.items()}
        return replace(project, answers={key: value for key, value in answers.items() if value is not None})
    kept = tuple(new if one is old else one for one in getattr(project, name))
    return replace(project, **{name: tuple(one for one in kept if one is not None)})


def _outcome(
    rule: Rule, alone: Regulation, project: Project, others: list[Project], day: dt.date, stage: str | None
) -> Outcome:
    index = Index(tuple(Neighbour(f"邻{n}", p) for n, p in enumerate((project, *others))))
    options = Options(as_of=day, schedule=SCHEDULE, stage=stage, assume_in_force=True)
    said = {j.verdict.outcome for j in examine(project, alone, index, options).judgements if j.rule.id == rule.id}
    order = (Outcome.VIOLATES, Outcome.UNDETERMINED, Outcome.COMPLIES, Outcome.NOT_APPLICABLE)
    return next((outcome for outcome in order if outcome in said), Outcome.NOT_APPLICABLE)


def wants_records(rule: Rule) -> bool:
    """Whether a rule may be met by a record."""
    return rule.check in KINDS and not rule.demand.is_scope


def orders_that_no_example_needs(regulation: Regulation, results: Results, judged: Any) -> list[str]:
    """The bounds of rules that could be left out without any example changing its verdict."""
    idle = []
    for rule in regulation.rules:
        for name, empty in (("after", None), ("before", None), ("one_each", ()), ("strict", False)):
            if not isinstance(rule.demand, After) or not getattr(rule.demand, name, None):
                continue
            if name == "after" and getattr(rule.demand, "one_each", ()):
                continue  # to have one of its own is to have one on or after it; `after` says which day that is
            without = replace(rule, demand=replace(rule.demand, **{name: empty}))
            examples, outcomes = results[rule.id]
            if judged(without, with_rule(regulation, without), examples) == outcomes:
                idle.append(f"{rule.id}: {name}")
    return idle


def of_time(rule: Rule) -> bool:
    """Whether a rule judges an order or a period, or bans a wrong year."""
    demand = rule.demand
    return demand.clock is not Clock.STANDING or bool(isinstance(demand, After) and demand.bounds) or demand.is_ban
