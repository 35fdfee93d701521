"""缺口：what a project's passed stages have not left on record, and what cannot be judged before it is.

A record that must be there and is not is neither done nor left undone. So each rule is judged twice: as if it had not
been done, which finds what is wrong either way, and as done on a day not known. What only the second leaves open waits
for the record, and is told in the one line that asks for it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.base.wording import Wording, joined
from govit.dossier.finding import Finding, Outcome
from govit.dossier.own_rules import finding_of
from govit.judging import engine
from govit.judging.checks.verdict import unknown
from govit.judging.engine import OPEN, Examined, gravest
from govit.judging.stages import untraced
from govit.law.conditions import describe_ref, refs_in
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from govit.dossier.model import Index, Project
    from govit.judging.engine import Options
    from govit.judging.facts import Facts
    from govit.judging.figures import Reading
    from govit.judging.judgement import Judgement
    from govit.judging.lost import Gap
    from govit.law.conditions import Ref
    from govit.law.regulation import Each, Regulation, Rule

MOST = 4
"""How many of the rules that wait for a record are named by their titles."""


def examine(
    project: Project,
    regulation: Regulation,
    index: Index,
    options: Options,
    contradicted: Mapping[Reading, str] | None = None,
) -> Examined:
    """Every rule of the regulation judged for one project; what is contradicted is not read.

    What a stage that was passed leaves, and is not on record, is taken neither for done nor for not done.
    """
    undone = engine.examine(project, regulation, index, options, contradicted)
    gaps = () if undone.run.only is not None else untraced(undone.run.facts, undone.run.progress)
    if not gaps:
        return undone
    done = engine.examine_again(undone, gaps)
    open_ = [j for j in undone.each if j.verdict.outcome is Outcome.VIOLATES]
    still = {_key(j) for j in done.each if j.verdict.outcome is Outcome.VIOLATES}
    cured = [j for j in open_ if j.item is None and _key(j) not in still]
    tellers = [_tellers(gap, open_, cured, done.run.facts) for gap in gaps]
    gaps = tuple(replace(gap, reported=bool(by)) for gap, by in zip(gaps, tellers, strict=True))
    done.run.facts.lost = gaps
    return _told_once(_both(undone, done, gaps), tellers)


def _told_once(found: Examined, tellers: Sequence[frozenset[int]]) -> Examined:
    """What waits for a record is named in the line of the rule that wants it; where none is left, in one of govit's own."""
    wrong = {j.rule.id for j in found.judgements if j.verdict.outcome is Outcome.VIOLATES}
    waits: dict[int, str] = {}
    gaps = []
    for gap, by in zip(found.gaps, tellers, strict=True):
        teller = next((j for j in found.judgements if id(j) in by), None)
        waiting = tuple(rule for rule in gap.waiting if rule.id not in wrong)
        if teller is not None and waiting:
            rules = "、".join(rule.id for rule in waiting)
            told = Wording("；没有{}的记录，因此还不能判断 {}", _lost(gap), rules)
            waits[id(teller)] = Wording("{}{}", waits.get(id(teller), ""), told)
        gaps.append(replace(gap, reported=teller is not None, waiting=waiting))
    return replace(found, gaps=tuple(gaps), waits=waits)


def _tellers(gap: Gap, open_: Sequence[Judgement], cured: Sequence[Judgement], facts: Facts) -> frozenset[int]:
    """The violations that say that the record is not there: a rule wants it, or what a rule bans is its absence."""
    by = [id(j) for j in open_ if _tells(j, gap)] or [id(j) for j in cured if _is_absence(j, gap, facts)]
    return frozenset(by)


def examine_scope(
    project: Project,
    regulation: Regulation,
    index: Index,
    options: Options,
    contradicted: Mapping[Reading, str] | None = None,
) -> Examined:
    """Whether the regulation applies to a project, for whoever then asks single rules; gaps are seen likewise."""
    undone = engine.examine_scope(project, regulation, index, options, contradicted)
    gaps = () if undone.run.only is not None else untraced(undone.run.facts, undone.run.progress)
    if not gaps:
        return undone
    return Examined(engine.examine_scope_again(undone, gaps).run, undone.judgements, undone.each, gaps)


def _tells(judgement: Judgement, gap: Gap) -> bool:
    """Whether a violation is that of a rule which wants the very record: nothing of the kind is there."""
    acts = judgement.rule.demand.acts
    mine = [ref for ref in acts if gap.lost(ref) is not None]
    return bool(mine) and (len(acts) == len(mine) or any(judgement.subject in (r.key, r.text, r.body) for r in mine))


def _is_absence(judgement: Judgement, gap: Gap, facts: Facts) -> bool:
    """Whether what a rule bans, and is not there once the record is, rests on the record."""
    demand = judgement.rule.demand
    return demand.is_ban and any(gap.lost(ref) is not None for ref in facts.behind(demand.refs()))


def _both(undone: Examined, done: Examined, gaps: Sequence[Gap]) -> Examined:
    """What is open as not done stays open; of all else what is said as done."""
    facts = done.run.facts
    unsure = {j.rule.id for j in done.each if j.verdict.outcome is Outcome.UNDETERMINED and _behind(j, gaps, facts)}
    open_ = (j for j in undone.each if j.verdict.outcome in OPEN)
    held = {_key(j): j for j in open_ if not (j.rule.id in unsure and _rests(j))}
    again = {_key(j) for j in done.each}
    each = [j for key, j in held.items() if key not in again]
    folded: set[int] = set()
    waiting: list[dict[str, Rule]] = [{} for _ in gaps]
    for judgement in done.each:
        if _key(judgement) in held:
            each.append(held[_key(judgement)])
            continue
        each.append(_doubted(judgement, facts))
        mine = _behind(judgement, gaps, facts) or _only_then(judgement, gaps, facts)
        if mine and judgement.verdict.outcome is Outcome.UNDETERMINED:
            folded.add(id(judgement))
        for n in mine:
            waiting[n][judgement.rule.id] = judgement.rule
    known = tuple(replace(gap, waiting=tuple(rules.values())) for gap, rules in zip(gaps, waiting, strict=True))
    order = {rule.id: n for n, rule in enumerate(facts.regulation.rules)}
    each.sort(key=lambda j: order[j.rule.id])
    scope = [j for j in undone.judgements if j.rule.demand.is_scope]
    return Examined(done.run, [*scope, *gravest(each)], each, known, frozenset(folded))


def _rests(judgement: Judgement) -> bool:
    """Whether what is open is so only because the record was taken for nothing.

    A report is wanted of a period because another day was taken for the lost one (开工 by the contract), or something
    is asked that only the record can decide.
    """
    return judgement.verdict.outcome is Outcome.UNDETERMINED or judgement.rule.demand.recurs


def _key(judgement: Judgement) -> tuple[str, str, int]:
    return judgement.rule.id, judgement.subject, id(judgement.item)


def _behind(judgement: Judgement, gaps: Sequence[Gap], facts: Facts) -> tuple[int, ...]:
    """Which gaps a rule waits for: for a day, where nothing else is to be filled in for it, or for an entry of a list."""
    each = judgement.rule.each
    if judgement.verdict.outcome is not Outcome.UNDETERMINED:
        return tuple(n for n, gap in enumerate(gaps) if each and any(_is_entry(ref, each) for ref in gap.records))
    behind = [ref for one in judgement.verdict.missing for ref in _behind_ref(one, judgement, facts)]
    if not all(any(gap.lost(ref) for gap in gaps) for ref in behind):
        return ()
    return tuple(n for n, gap in enumerate(gaps) if not behind or any(gap.lost(ref) for ref in behind))


def _only_then(judgement: Judgement, gaps: Sequence[Gap], facts: Facts) -> tuple[int, ...]:
    """Which gaps must be filled before a rule asks for anything: as it stands nothing is asked, it does not apply or is met."""
    if judgement.verdict.outcome is not Outcome.UNDETERMINED:
        return ()
    refs = (*refs_in(judgement.rule.when), *judgement.rule.demand.refs())
    behind = [ref for one in refs for ref in facts.unknown_behind(one, judgement.item)]
    return tuple(n for n, gap in enumerate(gaps) if any(gap.lost(ref) for ref in behind))


def _is_entry(ref: Ref, each: Each) -> bool:
    """Whether a record would be judged by a rule that goes over its list."""
    return ref.head == each.list and (not each.kinds or ref.key in each.kinds)


def _doubted(judgement: Judgement, facts: Facts) -> Judgement:
    """A violation that there is only if something was done, as a question where a rule says that it was not."""
    if judgement.verdict.outcome is not Outcome.VIOLATES or judgement.verdict.broken:
        return judgement
    reached = facts.behind((*refs_in(judgement.rule.when), *judgement.rule.demand.refs()))
    missing = tuple(ref for ref in reached if any(gap.reported and gap.lost(ref) for gap in facts.lost))
    return judgement._replace(verdict=unknown(judgement.verdict.subject, missing)) if missing else judgement


def _behind_ref(ref: Ref, judgement: Judgement, facts: Facts) -> Sequence[Ref]:
    """What is to be filled in for a value that a question names."""
    return (facts.unknown_behind(ref, judgement.item) if ref.head == "name" else ()) or (ref,)


def missing_record(gap: Gap, project: Project, path: str) -> Finding:
    """The one line that asks for a record: a question, since only the clerk knows whether it was done."""
    lists = "、".join(dict.fromkeys(ref.head for ref in gap.records))
    key = gap.records[0].head
    line, column = project.source.place_of(key) or project.source.place_of("stage") or (1, 1)
    fault = Fault(
        "GOV-315",
        f"“{gap.stage}”这一步已经过了，没有{_lost(gap)}的记录{_waits(gap)}",
        line,
        column,
        f"查合同、批文等原件：已经办了的，照原件把日期记入 {lists}；还没有办的，先办理，办好再记，stage 写现在要走的这一步；"
        "确实没有办就走到了后面的，不得补造记录、改写日期，书面说明原因，按主管部门的意见办理",
        key,
    )
    subject = f"{gap.stage}/{'或'.join(ref.key for ref in gap.records)}"
    found = finding_of(fault, project.source.file, path, subject)
    return replace(found, outcome=Outcome.UNDETERMINED, place=replace(found.place, key=key))


def _lost(gap: Gap) -> str:
    return joined("，也没有", map(describe_ref, gap.records))


def _waits(gap: Gap) -> str:
    """Which rules cannot be judged before it is there; the first by their titles."""
    rules = [f"{rule.id}（{rule.title}）" for rule in gap.waiting[:MOST]] + [rule.id for rule in gap.waiting[MOST:]]
    return f"，因此还不能判断 {'、'.join(rules)}" if rules else ""
