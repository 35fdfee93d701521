"""起算与完成：what starts a period and what ends it, in words, down through the facts of a pack. Pure."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from govit.dossier.model import label_of
from govit.judging import derived
from govit.judging.values import ABSENT
from govit.law.conditions import RECORDS, Ref, describe_ref

if TYPE_CHECKING:
    from govit.dossier.model import Notice
    from govit.judging.checks.verdict import Timing
    from govit.judging.facts import Facts
    from govit.law.regulation import PackFact, Regulation, Rule

_JOINED = {"later": "和", "earlier": "或", "first": "或", "shift": "和"}
"""How the parts of a fact that gives a date are named together: all of them are wanted, or any of them."""


def _fact(facts: Facts, ref: Ref) -> PackFact | None:
    fact = facts.regulation.facts.get(ref.key) if ref.head == "name" else None
    return fact if fact is not None and fact.form in _JOINED else None


def known(facts: Facts, ref: Ref | None, item: Any = None) -> dt.date | None:  # noqa: ANN401
    """The date of a ref, None where it has none."""
    value = None if ref is None else facts.value(ref, item)
    return value if isinstance(value, dt.date) else None


def described(facts: Facts, ref: Ref | None, rule: Rule, item: Any = None) -> str:  # noqa: ANN401
    """A date's own name: of a fact the record that it comes from, or all that it may come from."""
    if ref is None or ref.head == "as_of":
        return ""
    fact = _fact(facts, ref)
    if fact is None or fact.form == "shift":
        return _named(ref, rule)
    day, parts = known(facts, ref, item), derived.inputs(fact)
    chosen = [part for part in parts if day is not None and known(facts, part, item) == day]
    return _JOINED[fact.form].join(dict.fromkeys(described(facts, part, rule, item) for part in chosen[:1] or parts))


def _named(ref: Ref, rule: Rule) -> str:
    if ref.head != "item" or rule.each is None:
        return short(ref)
    listed = "budget.lines" if rule.each.list == "lines" else rule.each.list
    return label_of(f"{listed}.{ref.key}") or short(ref)


def short(ref: Ref) -> str:
    """A date's name as a clerk's list has it: 某事项, 某审批的截止日期, 计划完工日期."""
    if ref.head in RECORDS:
        return ref.key + (describe_ref(ref).rpartition("”")[2] if ref.attr not in ("", "date", "last") else "")
    return (label_of(ref.key) if ref.head == "field" else "") or describe_ref(ref).replace(f"（{ref.head}）", "")


def awaited(facts: Facts, ref: Ref | None, item: Any = None) -> str:  # noqa: ANN401
    """What has to happen before a date can be counted."""
    if ref is None:
        return ""
    fact = _fact(facts, ref)
    if fact is None:
        return short(ref)
    parts = derived.inputs(fact)
    if fact.form in ("later", "shift"):
        parts = tuple(part for part in parts if facts.value(part, item) is ABSENT) or parts
    return _JOINED[fact.form].join(dict.fromkeys(awaited(facts, part, item) for part in parts))


def counted(facts: Facts, point: Ref) -> tuple[Ref, str]:
    """What a day is counted from and how long; a day that is not counted stands for itself."""
    fact = _fact(facts, point)
    if fact is None or fact.form != "shift":
        return point, ""
    return fact.parts[0], f"{fact.parts[1]}"


def act_of(rule: Rule) -> Ref | None:
    """What a rule wants to be handed in."""
    kind, body = rule.params.get("submission"), rule.params.get("to", "")
    return Ref(f"submissions.{kind}", "submissions", kind, body) if kind else None


def body_of(rule: Rule, timing: Timing, regulation: Regulation) -> str:
    """The body that an act goes to: the one that the rule names, else those that the pack's word names."""
    act = timing.act
    if act is not None and act.body:
        return act.body
    named = rule.params.get("bodies") or tuple(rule.params[k] for k in ("to", "body") if k in rule.params)
    if named:
        return "、".join(named)
    if act is None or act.head != "submissions":
        return ""
    word = regulation.words["submissions"].get(act.key)
    to = word.about.get("to", ()) if word is not None else ()
    return to if isinstance(to, str) else "、".join(to)


def notices(facts: Facts, kind: str) -> list[Notice]:
    """The dated notices of a kind that concern the project, those of later days too."""
    project = facts.project
    return [
        n
        for n in project.settings.notices
        if n.kind == kind and n.on and n.of in (None, project.id) and n.year in (None, project.year)
    ]
