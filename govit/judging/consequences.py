"""连带：a violation that there is only because of another one: told in its line, since one thing is to be done.

A record of which there is none, or a fact that is not as a rule wants it, may break other rules as well. Whether it
does is found by asking them again as if the record were there on some day, or the fact as it should be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.base.wording import Wording, joined
from govit.dossier.finding import Outcome
from govit.judging.facts import Facts
from govit.judging.lost import Gap
from govit.judging.same_thing import in_words, lack_of, not_excused, rank, told_by
from govit.law.conditions import refs_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from govit.judging.judgement import Judgement
    from govit.law.conditions import Ref
    from govit.law.regulation import Rule

    Again = Callable[[Rule, Facts], Sequence[Judgement]]


@record
class ToldTogether:
    """一行：what is told together with a judgement."""

    alike: tuple[Judgement, ...] = ()
    """Those that want the very record that it finds missing."""
    effects: tuple[Judgement, ...] = ()
    """Those that there would not be without it."""

    @property
    def others(self) -> tuple[Judgement, ...]:
        """All that have no line of their own."""
        return self.alike + self.effects

    @property
    def in_words(self) -> str:
        """The other articles, as they are put behind what is told."""
        broken = [Wording("{}（{}）：{}", one.rule.article, one.rule.id, _effect_in_words(one)) for one in self.effects]
        effects = Wording("；因此也不符合{}", joined("；", broken)) if broken else ""
        return Wording("{}{}", in_words(self.alike), effects)


@record
class Cause:
    """一处原因：a violation, what it lacks, and the facts as they would be if that were in order."""

    of: Judgement
    lacks: Ref
    without: Facts

    def bears_on(self, effect: Judgement, refs: set[Ref]) -> bool:
        """Whether another violation rests on what this one lacks."""
        if self.of.rule.id == effect.rule.id or self.of.advisory is not effect.advisory:
            return False
        return self.lacks in refs or (self.lacks.head, self.lacks.key) in {(ref.head, ref.key) for ref in refs}

    def undoes(self, effect: Judgement, again: Again) -> bool:
        """Whether another violation is not there once this one is in order."""
        said = again(effect.rule, self.without)
        return all(one.verdict.outcome is not Outcome.VIOLATES for one in said if one.subject == effect.subject)


def told_together(
    judgements: Iterable[Judgement], facts: Facts, again: Again, *, waived: bool
) -> Mapping[int, ToldTogether]:
    """What is told in one line, by the identity of the judgement whose line it is."""
    wrong = not_excused(judgements, facts, waived=waived)
    alike = told_by(wrong)
    hidden = {id(one) for others in alike.values() for one in others}
    found = {key: ToldTogether(tuple(others)) for key, others in alike.items()}
    for cause, effects in _effects([one for one in wrong if id(one) not in hidden], facts, again):
        first, *others = sorted((cause, *effects), key=rank)
        if first is cause:
            found[id(cause)] = ToldTogether(tuple(alike.get(id(cause), ())), tuple(effects))
        else:
            found.pop(id(cause), None)
            others.remove(cause)
            found[id(first)] = ToldTogether((cause, *alike.get(id(cause), ())), tuple(others))
    return found


def _effect_in_words(one: Judgement) -> str:
    """An effect in words: with its figures where it compares them."""
    figures = one.verdict.detail if one.rule.demand.comparison is not None else ""
    return Wording("{}（{}）", one.rule.title, figures) if figures else one.rule.title


def _effects(
    judgements: Sequence[Judgement], facts: Facts, again: Again
) -> Iterable[tuple[Judgement, list[Judgement]]]:
    """The violations that there would not be without another one, each with that one."""
    wrong = [one for one in judgements if _is_plain(one)]
    causes = [made for one in wrong if (made := _cause(one, wrong, facts)) is not None]
    by: dict[int, Judgement] = {}
    for effect in wrong:
        if causes and lack_of(effect) is None:
            refs = set(facts.behind((*refs_in(effect.rule.when), *effect.rule.demand.refs())))
            cause = next((one.of for one in causes if one.bears_on(effect, refs) and one.undoes(effect, again)), None)
            if cause is not None and not _rests_on(cause, effect, by):
                by[id(effect)] = cause
    found: dict[int, tuple[Judgement, list[Judgement]]] = {}
    for effect in wrong:
        if id(effect) in by:
            root = by[id(effect)]
            while id(root) in by:
                root = by[id(root)]
            found.setdefault(id(root), (root, []))[1].append(effect)
    return found.values()


def _rests_on(one: Judgement, other: Judgement, by: Mapping[int, Judgement]) -> bool:
    """Whether one is told, by however many steps, in the line of the other."""
    while id(one) in by:
        one = by[id(one)]
    return one is other


def _is_plain(one: Judgement) -> bool:
    return one.item is None and not one.verdict.broken and not one.rule.demand.is_scope


def _wanted(one: Judgement, facts: Facts) -> tuple[Ref, bool] | None:
    """The fact of the pack on which alone a rule turns, and what it should be."""
    demand = one.rule.demand
    tests = demand.banned or tuple(test for _, test in demand.tests)
    if len(tests) != 1 or tests[0].ref.head != "name" or tests[0].ref.key not in facts.regulation.facts:
        return None
    to = tests[0].to
    return (tests[0].ref, to is not demand.is_ban) if isinstance(to, bool) else None


def _cause(one: Judgement, wrong: Sequence[Judgement], facts: Facts) -> Cause | None:
    """A violation as the cause of others; None where it neither lacks a record nor turns on one fact alone."""
    lacking = lack_of(one)
    if lacking is not None:
        alike = (lack_of(other) for other in wrong)
        gaps = [Gap("", (ref,)) for ref in alike if ref and (ref.head, ref.key) == (lacking.head, lacking.key)]
        supposed = _copy(facts)
        supposed.lost = (*facts.lost, *gaps)
        return Cause(one, lacking, supposed)
    wanted = _wanted(one, facts)
    if wanted is None:
        return None
    supposed = _copy(facts)
    supposed.suppose(*wanted)
    return Cause(one, wanted[0], supposed)


def _copy(facts: Facts) -> Facts:
    made = Facts(facts.project, facts.regulation, facts.index, facts.as_of, facts.schedule, facts.contradicted)
    made.brief, made.seen, made.lost = facts.brief, facts.seen, facts.lost
    return made
