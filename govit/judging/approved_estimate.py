"""批复概算：which approval of the estimate a change is measured against, and which changes it has approved already.

A pack marks the acts that approve the estimate, and those that approve it anew. What a new approval approved is no
longer counted, and its amount is the base of the changes that follow. The change that it approves is itself still
measured against what was approved before: only so can it be said that it had to be approved.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.model import PASSED, Approval
from govit.judging.values import ABSENT, UNKNOWN
from govit.law.vocabulary import ANEW

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.dossier.model import Change
    from govit.judging.values import Value
    from govit.judging.view import View
    from govit.law.vocabulary import Word


def since_approval(facts: View, changes: Sequence[Change]) -> list[Change]:
    """Of changes in the order of their days those that no new approval has approved, and the last one in any case."""
    settled = [_settled(approval, changes) for approval in _renewals(facts)]
    before = [number for number in settled if number < len(changes)]
    return list(changes[max(before, default=0) :])


def estimate_before(facts: View, changes: Sequence[Change], act: str = "") -> Value:
    """The amount of the latest approval of the estimate that does not approve the last of the changes itself.

    Of several acts that approve it only one, where that one is named.
    """
    if not changes:
        return UNKNOWN
    own = {id(a) for a in _renewals(facts) if _settled(a, changes) >= len(changes)}
    day = changes[-1].on
    mine = (a for a in _approvals(facts) if act in ("", a.act))
    found = [a for a in mine if id(a) not in own and not (a.date and day and a.date > day)]
    if not found:
        return ABSENT
    latest = max(enumerate(found), key=lambda entry: (entry[1].date is not None, entry[1].date or day, entry[0]))[1]
    return UNKNOWN if latest.amount is None else latest.amount


def _settled(approval: Approval, changes: Sequence[Change]) -> int:
    """How many of the changes a new approval has approved: up to the one that it names, else the first one after it."""
    named = [number for number, change in enumerate(changes) if str(change.on) == approval.of]
    if named:
        return named[-1] + 1
    earlier = sum(1 for change in changes if approval.date and change.on and change.on < approval.date)
    return earlier if approval.of is not None else min(earlier + 1, len(changes))


def _approvals(facts: View) -> Iterator[Approval]:
    for word in facts.regulation.words.get("acts", {}).values():
        if word.estimate:
            found = facts.found("approvals", word.name)
            yield from (a for a in found if isinstance(a, Approval) and _counts(a, word))


def _counts(approval: Approval, word: Word) -> bool:
    return approval.result == PASSED and (not word.by or approval.body in word.by)


def _renewals(facts: View) -> Iterator[Approval]:
    """Every approval of an act that approves anew; of any other act all but the first one."""
    seen: set[str | None] = set()
    for approval in sorted(_approvals(facts), key=lambda a: (a.date is not None, str(a.date))):
        anew = facts.regulation.words["acts"][approval.act or ""].estimate == ANEW
        if anew or approval.act in seen:
            yield approval
        seen.add(approval.act)
