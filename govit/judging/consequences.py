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


def told_together(judgements: Iterable[Judgement], facts: Facts, again: Again, *, waived: bool) -> Mapping[int, ToldTogether]:
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


def _effects(judgements: Sequence[Judgement], facts: Facts, again: Again) -> Iterable[tuple[Judgement, list[Judgement]]]:
    """The violations that there would not be without another one, each with that one."""
    wrong = [one for one in judgements if _is_plain(one)]
    causes = [one for one in wrong if lack_of(one) is not None or _wanted(one, facts) is not None]
    by: dict[int, Judgement] = {}
    for effect in wrong:
        if lack_of(effect) is None:
            cause = next((one for one in causes if _is_of(effect, one, causes, facts, again)), None)
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


def _is_of(effect: Judgement, cause: Judgement, causes: Sequence[Judgement], facts: Facts, again: Again) -> bool:
    """Whether a violation is gone once what another one lacks is there."""
    if cause.rule.id == effect.rule.id or cause.advisory is not effect.advisory:
        return False
    refs = set(facts.behind((*refs_in(effect.rule.when), *effect.rule.demand.refs())))
    supposed = _without(cause, causes, refs, facts)
    if supposed is None:
        return False
    said = again(effect.rule, supposed)
    return all(one.verdict.outcome is not Outcome.VIOLATES for one in said if one.subject == effect.subject)


def _without(cause: Judgement, causes: Sequence[Judgement], refs: set[Ref], facts: Facts) -> Facts | None:
    """The facts as they would be without the cause; None where it has nothing to do with any of some refs."""
    supposed = Facts(facts.project, facts.regulation, facts.index, facts.as_of, facts.schedule, facts.contradicted)
    supposed.brief, supposed.seen, supposed.lost = facts.brief, facts.seen, facts.lost
    lacking = lack_of(cause)
    if lacking is not None:
        alike = (lack_of(one) for one in causes)
        gaps = [Gap("", (ref,)) for ref in alike if ref is not None and (ref.head, ref.key) == (lacking.head, lacking.key)]
        if not any(gap.lost(ref) is not None for gap in gaps for ref in refs):
            return None
        supposed.lost = (*facts.lost, *gaps)
        return supposed
    wanted = _wanted(cause, facts)
    if wanted is None or wanted[0] not in refs:
        return None
    supposed.suppose(*wanted)
    return supposed
