"""缺口：what a project's passed stages have not left on record, and what cannot be judged before it is.

A record that must be there and is not is neither done nor left undone. So each rule is judged twice: as if it had not
been done, which finds what is wrong either way, and as done on a day not known. What only the second leaves open waits
for the record, and is told in the one line that asks for it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.dossier.finding import Finding, Outcome
from govit.dossier.own_rules import finding_of
from govit.law.conditions import describe_ref
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govit.dossier.model import Project
    from govit.judging.engine import Judgement
    from govit.judging.facts import Facts
    from govit.judging.stages import Gap
    from govit.law.conditions import Ref
    from govit.law.regulation import Rule

OPEN = (Outcome.VIOLATES, Outcome.UNDETERMINED)
MOST = 6
"""How many of the rules that wait for a record are named."""


@record
class Rejudged:
    """重判：the judgements of both readings as one, and which of them only wait for what is missing."""

    each: list[Judgement]
    gaps: tuple[Gap, ...]
    folded: frozenset[int]
    """The identities of those that are told in the line of a gap."""


def untold(gaps: Iterable[Gap], judgements: Sequence[Judgement]) -> tuple[Gap, ...]:
    """The gaps of which no rule says already that the record is missing."""
    wrong = [j for j in judgements if j.verdict.outcome is Outcome.VIOLATES]
    return tuple(gap for gap in gaps if not any(_tells(j, gap) for j in wrong))


def _tells(judgement: Judgement, gap: Gap) -> bool:
    """Whether a violation is that of a rule which wants the very record: nothing of the kind is there."""
    acts = judgement.rule.demand.acts
    mine = [ref for ref in acts if gap.lost(ref) is not None]
    return bool(mine) and (len(acts) == 1 or any(judgement.subject in (r.key, r.text, r.body) for r in mine))


def rejudged(
    undone: Sequence[Judgement], done: Sequence[Judgement], gaps: Sequence[Gap], facts: Facts
) -> Rejudged:
    """What is open as not done stays open; of all else what is said as done. `facts` are those of the second reading."""
    held = {_key(j): j for j in undone if j.verdict.outcome in OPEN}
    again = {_key(j) for j in done}
    each: list[Judgement] = [j for key, j in held.items() if key not in again]
    folded: set[int] = set()
    waiting: dict[int, dict[str, Rule]] = {}
    for judgement in done:
        each.append(held.get(_key(judgement), judgement))
        if judgement.verdict.outcome is Outcome.UNDETERMINED and each[-1] is judgement:
            mine = _behind(judgement, gaps, facts)
            if mine:
                folded.add(id(judgement))
            for n in mine:
                waiting.setdefault(n, {})[judgement.rule.id] = judgement.rule
    told = tuple(replace(gap, waiting=tuple(waiting.get(n, {}).values())) for n, gap in enumerate(gaps))
    order = {rule.id: n for n, rule in enumerate(facts.regulation.rules)}
    return Rejudged(sorted(each, key=lambda j: order[j.rule.id]), told, frozenset(folded))


def _key(judgement: Judgement) -> tuple[str, str, int]:
    return judgement.rule.id, judgement.subject, id(judgement.item)


def _behind(judgement: Judgement, gaps: Sequence[Gap], facts: Facts) -> tuple[int, ...]:
    """Which gaps an open question comes from, where nothing else is to be filled in for it."""
    missing = judgement.verdict.missing
    behind = [ref for one in missing for ref in facts.unknown_behind(one, judgement.item) or [one]]
    if not all(any(gap.lost(ref) for gap in gaps) for ref in behind):
        return ()
    return tuple(n for n, gap in enumerate(gaps) if not behind or any(gap.lost(ref) for ref in behind))


def missing_record(gap: Gap, project: Project, path: str) -> Finding:
    """The one line that asks for a record: a question, since only the clerk knows whether it was done."""
    lists = "、".join(dict.fromkeys(ref.head for ref in gap.records))
    key = gap.records[0].head
    line, column = project.source.place_of(key) or project.source.place_of("stage") or (1, 1)
    fault = Fault(
        "GOV-315",
        f"“{gap.stage}”这一步已经过了，没有{'，也没有'.join(map(describe_ref, gap.records))}的记录{_waits(gap)}",
        line,
        column,
        f"查合同、批文等原件：已经办了的，照原件把日期记入 {lists}；还没有办的，先办理，办好再记，stage 写现在要走的这一步；"
        "确实没有办就走到了后面的，不得补造记录、改写日期，书面说明原因，按主管部门的意见办理",
        key,
    )
    subject = f"{gap.stage}/{'或'.join(ref.key for ref in gap.records)}"
    found = finding_of(fault, project.source.file, path, subject)
    return replace(found, outcome=Outcome.UNDETERMINED, place=replace(found.place, key=key))


def _waits(gap: Gap) -> str:
    """Which rules cannot be judged before it is there."""
    rules = [f"{rule.id}（{rule.title}）" for rule in gap.waiting[:MOST]]
    more = f"等 {len(gap.waiting)} 条规则" if len(gap.waiting) > MOST else ""
    return f"，因此还不能判断 {'、'.join(rules)}{more}" if rules else ""
