"""Every possible value of what a project does not say: the project once for each, as if its clerk had written it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import islice, product
from typing import TYPE_CHECKING, Any

from govit.base.records import replace
from govit.dossier.keys import Kind, specs
from govit.dossier.lists import list_of
from govit.dossier.model import Answer, Approval, Budget, BudgetLine, Funding, Project, System
from govit.judging.facts import Facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.dossier.model import Record
    from govit.law.conditions import Ref
    from govit.law.regulation import Regulation

AMOUNTS = tuple(map(Decimal, ("0", "0.01", "490000", "1000000", "2000000", "3000000", "5000000", "99000000")))
DAYS = tuple(map(dt.date.fromisoformat, ("2019-01-02", "2023-05-04", "2026-11-19", "2031-01-02")))
MANY = 600
"""So many combinations of one judgement are tried, spread over all of them."""


def worlds(facts: Facts, refs: Sequence[Ref], item: Record | None) -> Iterator[tuple[Project, Record | None]]:
    """The project in every world that the unknown refs leave open, with the item as it is there."""
    choices = [list(_settings(facts, ref, item)) for ref in refs]
    size = 1
    for choice in choices:
        size *= len(choice)
    step = max(1, size // MANY)
    for chosen in islice(product(*choices), 0, None, step | 1 if step > 1 else 1):
        project = facts.project
        for change in chosen:
            project = change(project)
        yield project, _same(facts.project, project, item)


def _same(before: Project, after: Project, item: Record | None) -> Record | None:
    """The entry at the same place of the same list."""
    if item is None:
        return None
    old, new = _list(before, item), _list(after, item)
    return new[next(n for n, entry in enumerate(old) if entry is item)] if old is not new else item


def _list(project: Project, item: Record) -> Sequence[Any]:
    one = list_of(type(item))
    if one.of_unit:
        return project.settings.systems
    found: Any = project
    for key in one.keys:
        found = getattr(found, key)
    return found


def _settings(facts: Facts, ref: Ref, item: Record | None) -> Iterator[Any]:
    match ref.head:
        case "trait":
            yield from (lambda p, v=v: replace(p, traits={**p.traits, ref.key: v}) for v in (True, False))
        case "field":
            yield from (_field(ref.key.split("."), v) for v in _values(Project, ref.key.split("."), facts.regulation))
        case "answers":
            for word in ("是", "否", "不适用"):
                answer = Answer(answer=word, by="某人", on=dt.date(2000, 1, 1), note="例")
                yield lambda p, a=answer: replace(p, answers={**p.answers, ref.key: a})
        case "funding":
            yield from _funding(facts)
        case "lines":
            kinds = [ref.key] if ref.key not in ("", "spent") else list(facts.regulation.words.get("budget_kinds", ()))
            yield from (_lines(kind, v) for kind in kinds or [""] for v in AMOUNTS)
        case "item":
            assert item is not None
            yield from _of_item(facts, item, (ref.key + (f".{ref.attr}" if ref.attr else "")).split("."))
        case "predecessor":
            yield from _predecessor(facts, ref.key)
        case "approvals":
            yield from (_approval(ref, v) for v in (AMOUNTS if ref.attr == "amount" else DAYS))
        case _:
            message = f"no way to fill in {ref.text}"
            raise NotImplementedError(message)


def _field(path: list[str], value: object) -> Any:
    def change(holder: Any) -> Any:
        return _with(holder, path, value)

    return change


def _with(holder: Any, path: Sequence[str], value: object) -> Any:
    key, *rest = path
    if not rest:
        return replace(holder, **{key: value})
    if isinstance(getattr(holder, key), dict):
        return replace(holder, **{key: {**getattr(holder, key), rest[0]: value}})
    below = getattr(holder, key) or specs(type(holder))[key].of()
    return replace(holder, **{key: _with(below, rest, value)})


def _values(cls: type[Any], path: Sequence[str], regulation: Regulation) -> tuple[Any, ...]:
    spec = specs(cls)[path[0]]
    if spec.kind is Kind.FLAGS:
        return True, False
    if spec.kind is Kind.FIGURES:
        return AMOUNTS if regulation.words["figures"][path[1]].money else (0, 1, 9)
    if path[1:]:
        return _values(spec.of, path[1:], regulation)
    words = tuple(regulation.words.get(spec.words, ()))
    stages = tuple(stage.name for stage in regulation.stages)
    return {
        Kind.WORD: stages if spec.words == "stages" else words,
        Kind.WORDS: tuple((word,) for word in words),
        Kind.CHOICE: spec.choices,
        Kind.MONEY: AMOUNTS,
        Kind.DATE: DAYS,
        Kind.BOOL: (True, False),
        Kind.INT: (2019, 2024, 2027),
        Kind.TEXTS: (("某局",),),
    }.get(spec.kind, ("某局", "市国有投资运营公司"))


def _funding(facts: Facts) -> Iterator[Any]:
    """Money of every source; where nothing was known of the money, each source is possible."""
    for source in facts.regulation.words.get("funding_sources", {"": None}):
        for amount in AMOUNTS:
            row = Funding(source=source, amount=amount, year=2026)
            yield lambda p, r=row: replace(p, funding=(*(f for f in p.funding if f.amount is not None), r))


def _lines(kind: str, amount: Decimal) -> Any:
    def change(project: Project) -> Project:
        budget = project.budget or Budget()
        line = BudgetLine(name="某项", kind=kind or None, amount=amount, spent=amount)
        kept = tuple(one for one in budget.lines if one.amount is not None and one.kind is not None)
        return replace(project, budget=replace(budget, lines=(*kept, line)))

    return change


def _of_item(facts: Facts, item: Record, path: list[str]) -> Iterator[Any]:
    one = list_of(type(item))
    position = next(n for n, entry in enumerate(_list(facts.project, item)) if entry is item)
    for value in _values(one.cls, path, facts.regulation):
        yield lambda p, v=value: _in_list(p, one.keys, position, path, v)


def _in_list(project: Project, keys: Sequence[str], position: int, path: list[str], value: object) -> Project:
    def changed(entries: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(_with(e, path, value) if n == position else e for n, e in enumerate(entries))

    if keys[0] == "systems":
        return replace(project, settings=replace(project.settings, systems=changed(project.settings.systems)))
    held: Any = project
    for key in keys:
        held = getattr(held, key)
    return _with(project, keys, changed(held))


def _predecessor(facts: Facts, key: str) -> Iterator[Any]:
    path = key.split(".")
    for value in _values(System, path, facts.regulation):
        system = _with(System(id="某系统", name="某系统"), path, value) if path != ["id"] else System(id="某系统")

        def change(project: Project, system: System = system) -> Project:
            known = next((s for s in project.settings.systems if s.id == project.predecessor), None)
            made = replace(system, id="某系统") if known is None else _with(known, path, getattr(system, path[0], None))
            rest = tuple(s for s in project.settings.systems if s is not known)
            settings = replace(project.settings, systems=(*rest, made))
            return replace(project, predecessor=made.id, settings=settings)

        yield change


def _approval(ref: Ref, value: object) -> Any:
    def change(project: Project) -> Project:
        def said(one: Approval) -> bool:
            return one.act == ref.key and (not ref.body or one.body == ref.body)

        made = (replace(one, **{ref.attr or "date": value}) if said(one) else one for one in project.approvals)
        return replace(project, approvals=tuple(made))

    return change


def facts_in(facts: Facts, project: Project) -> Facts:
    """The same day and regulation for the project of another world."""
    return Facts(project, facts.regulation, facts.index, facts.as_of, facts.schedule)
