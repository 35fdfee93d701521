"""同一件：several rules that want one and the same record, which is not there, told in one line.

What several articles want is missing once. The gravest of its rules says so, a rule that wants the record itself before
one that wants it first; the others are named in its line. What a waiver covers is a line of its own: it may be the only
one that is excused.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.finding import Outcome
from govit.judging import waivers
from govit.law.kinds.demand import Clock

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govit.judging.facts import Facts
    from govit.judging.judgement import Judgement
    from govit.law.conditions import Ref


def not_excused(judgements: Iterable[Judgement], facts: Facts, *, waived: bool) -> list[Judgement]:
    """The violations that no waiver covers: only these may be told in the line of another."""
    wrong = [one for one in judgements if one.verdict.outcome is Outcome.VIOLATES]
    if not waived or not facts.project.waivers:
        return wrong
    open_: dict[str, list[str]] = {}
    for one in wrong:
        open_.setdefault(one.rule.id, []).append(one.subject)
    return [one for one in wrong if not _is_waived(one, facts, open_)]


def told_by(wrong: Iterable[Judgement]) -> Mapping[int, list[Judgement]]:
    """Of violations those that are not told, by the identity of the one whose line names them."""
    lacking: dict[tuple[str, str], list[Judgement]] = {}
    for one in wrong:
        if (ref := lack_of(one)) is not None:
            lacking.setdefault((ref.head, ref.key), []).append(one)
    several = [found for found in lacking.values() if len(found) > 1]
    return {
        id(first): others
        for found in several
        for alike in _by_body(found)
        for first, *others in [sorted(alike, key=rank)]
        if others
    }


def lack_of(one: Judgement) -> Ref | None:
    """The record of which there is none; what one of several changes or contracts lacks is its own."""
    return one.verdict.lacks if one.item is None else None


def _is_waived(one: Judgement, facts: Facts, open_: Mapping[str, Sequence[str]]) -> bool:
    return waivers.covering(facts.project, one.rule, one.subject, facts.as_of, open_[one.rule.id]) is not None


def _by_body(found: Sequence[Judgement]) -> Iterable[list[Judgement]]:
    """What each body owes is its own; where there is nothing of any body, that is said with the first of them."""
    groups: dict[str, list[Judgement]] = {}
    for one in found:
        ref = lack_of(one)
        groups.setdefault(ref.body if ref else "", []).append(one)
    of_any = groups.pop("", [])
    if not groups:
        return [of_any]
    next(iter(groups.values())).extend(of_any)
    return groups.values()


def rank(one: Judgement) -> tuple[bool, int, bool]:
    """Of several that may be told in one line, which comes first: the gravest, and a record wanted for itself."""
    return one.advisory, -one.severity, one.rule.demand.clock is Clock.ORDER


def in_words(others: Iterable[Judgement]) -> str:
    """The articles that want the same, as they are put behind the line that is told."""
    articles = dict.fromkeys(f"{one.rule.article}（{one.rule.id}）" for one in others)
    return f"；{'、'.join(articles)}要的也是这一件" if articles else ""
