"""起算与完成：what starts a period and what ends it, in words, down through the facts of a pack. Pure."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from govit.dossier.lists import BY_KIND, BY_RULES
from govit.dossier.model import label_of
from govit.judging.values import ABSENT
from govit.law.conditions import Ref, attribute_of, describe_ref, predecessor_label
from govit.law.derivations import Shift

if TYPE_CHECKING:
    from govit.dossier.model import Notice, Record
    from govit.judging.checks.verdict import Timing
    from govit.judging.facts import Facts
    from govit.law.derivations import Derivation
    from govit.law.regulation import Regulation, Rule


def _behind(facts: Facts, ref: Ref) -> Derivation | None:
    """How a ref is derived, where it is a date made of other dates."""
    fact = facts.regulation.facts.get(ref.key) if ref.head == "name" else None
    return fact.derivation if fact is not None and fact.derivation.joined else None


def known(facts: Facts, ref: Ref | None, item: Record | None = None) -> dt.date | None:
    """The date of a ref, None where it has none."""
    value = None if ref is None else facts.value(ref, item)
    return value if isinstance(value, dt.date) else None


def described(facts: Facts, ref: Ref | None, rule: Rule, item: Record | None = None) -> str:
    """A date's own name: of a fact the record that it comes from, or all that it may come from."""
    if ref is None or ref.head == "as_of":
        return ""
    how = _behind(facts, ref)
    if how is None or isinstance(how, Shift):
        return _named(ref, rule)
    day, parts = known(facts, ref, item), how.refs
    chosen = [part for part in parts if day is not None and known(facts, part, item) == day]
    question = f"described for {rule.id}"
    return facts.once(
        question,
        ref.text,
        item,
        lambda: how.joined.join(dict.fromkeys(described(facts, part, rule, item) for part in chosen[:1] or parts)),
    )


def _named(ref: Ref, rule: Rule) -> str:
    if ref.head != "item" or rule.each is None:
        return short(ref)
    return label_of(f"{BY_RULES[rule.each.list].path}.{ref.key}") or short(ref)


def short(ref: Ref) -> str:
    """A date's name as a clerk's list has it: 某事项, 某审批的截止日期, 计划完工日期."""
    if ref.head in BY_KIND:
        return ref.key + (attribute_of(ref) if ref.attr not in ("", "date", "last") else "")
    if ref.head == "predecessor":
        return predecessor_label(ref)
    return (label_of(ref.key) if ref.head == "field" else "") or describe_ref(ref)


def awaited(facts: Facts, ref: Ref | None, item: Record | None = None) -> str:
    """What has to happen before a date can be counted."""
    if ref is None:
        return ""
    how = _behind(facts, ref)
    if how is None:
        return short(ref)
    parts = how.refs
    if how.wants_all:
        parts = tuple(part for part in parts if facts.value(part, item) is ABSENT) or parts
    return facts.once(
        "awaited first",
        ref.text,
        item,
        lambda: how.joined.join(dict.fromkeys(awaited(facts, part, item) for part in parts)),
    )


def counted(facts: Facts, point: Ref) -> tuple[Ref, str]:
    """What a day is counted from and how long; a day that is not counted stands for itself."""
    how = _behind(facts, point)
    return (how.start, f"{how.period}") if isinstance(how, Shift) else (point, "")


def body_of(rule: Rule, timing: Timing, regulation: Regulation) -> str:
    """The body that an act goes to: the one that the rule names, else those that the pack's word names."""
    act = timing.act
    if act is not None and act.body:
        return act.body
    if rule.demand.bodies:
        return "、".join(rule.demand.bodies)
    if act is None or act.head != "submissions":
        return ""
    word = regulation.words["submissions"].get(act.key)
    return "、".join(word.to) if word is not None else ""


def notices(facts: Facts, kind: str) -> list[Notice]:
    """The dated notices of a kind that concern the project, those of later days too."""
    project = facts.project
    return [
        n
        for n in project.settings.notices
        if n.kind == kind and n.on and n.of in (None, project.id) and n.year in (None, project.year)
    ]
