"""机构：approved, submitted. What a body must have said, and what must have been handed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.wording import Wording, joined
from govit.dossier.lists import day_of
from govit.dossier.model import PASSED
from govit.judging.checks.last_word import refused_at_last
from govit.judging.checks.order import Placing, counted_of, misplaced, of_own, own_of, sort_out, span_of, taken
from govit.judging.checks.verdict import Verdict, complies, undetermined, unknown, violates
from govit.judging.concerning import concerns, is_body, which_one
from govit.law.conditions import record_ref
from govit.law.kinds.authority import ApprovedBy, SubmittedTo

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govit.dossier.model import Approval, Record, Submission
    from govit.judging.facts import Facts
    from govit.law.conditions import Ref
    from govit.law.kinds.demand import Demand


def approved(demand: ApprovedBy, facts: Facts, item: Record | None) -> list[Verdict]:
    """应经批准：each act by each of `bodies`; `any_body`: by one of them; none named: by any body."""
    each = [(item.name,)] if is_body(item) else _bodies(demand)
    return [_approval(demand, facts, act, bodies, item) for act in demand.act_words for bodies in each]


def _bodies(demand: ApprovedBy) -> list[tuple[str, ...]]:
    """The bodies asked, one tuple for each duty; an empty tuple is any body."""
    if demand.any_body:
        return [demand.any_body]
    return [(body,) for body in demand.bodies] or [()]


def _approval(
    demand: ApprovedBy, facts: Facts, act: str, bodies: tuple[str, ...], item: Record | None
) -> Verdict:
    records = facts.records("approvals", act)
    named = is_body(item) or (len(bodies) == 1 and act.startswith(bodies[0]))
    subject = act if named else f"{'或'.join(bodies)}{act}"
    ours = [r for r in records if not bodies or r.body in bodies]
    doubt = which_one(ours, item, facts)
    if doubt:
        return undetermined(subject, doubt, at=ours[0].at)
    ours = [r for r in ours if concerns(r, item, facts)]
    span = span_of(demand, facts, item)
    placed = sort_out(ours, span)
    dated = record_ref("approvals", act, bodies[0] if len(bodies) == 1 else "")
    lacks = record_ref("approvals", act, "或".join(bodies))
    called = f"“{act}”" if named or not bodies else f"{'或'.join(bodies)}的“{act}”"
    if placed.counted and placed.outside and facts.differs(dated):
        return unknown(subject, (dated,))
    passed = [r for r in placed.counted if r.result == PASSED]
    if not passed or refused_at_last(placed.counted):
        wrong = misplaced(subject, _of_passed(placed), span, _approval_text, called) if not placed.counted else None
        others = [r for r in records if r not in ours]
        return wrong or _not_passed(subject, called, lacks, placed.counted or ours, others)
    own = counted_of(own_of(demand, facts, item, [r for r in ours if r.result == PASSED]), passed)
    if not own or span.unknown:
        return unknown(subject, span.unknown) if own else taken(subject, passed[0].at, called)
    first = min(own, key=lambda r: day_of(r) or facts.as_of)
    if facts.brief and not span.bounded:
        return complies(subject, fell_on=first.date)
    return complies(subject, (_approval_text(first), *span.shown), fell_on=first.date)


def _of_passed(placed: Placing[Approval]) -> Placing[Approval]:
    passed = ([r for r in part if r.result == PASSED] for part in (placed.counted, placed.outside, placed.undated))
    return Placing(*passed)


def _approval_text(one: Approval) -> str:
    number = f" {one.number}" if one.number else ""
    act = one.act or ""
    named = one.body and not act.startswith(one.body)
    return Wording("{}通过，{}{}", f"{one.body}的“{act}”" if named else act, one.date or "日期未写", number)


def _not_passed(
    subject: str, called: str, wanted: Ref, ours: list[Approval], others: list[Approval]
) -> Verdict:
    if ours:
        last = max(ours, key=lambda r: (r.date is not None, r.date))
        evidence = (joined(" ", filter(None, (last.body, last.date, last.result))),)
        return violates(subject, f"{called}的结果是{last.result or '未写'}", at=last.at, evidence=evidence)
    nearest = f"{others[0].body}的“{others[0].act}”" if others else None
    return violates(subject, f"没有{called}通过的记录", at="approvals", nearest=nearest, lacks=wanted)


def submitted(demand: SubmittedTo, facts: Facts, item: Record | None) -> list[Verdict]:
    """应报送：each submission to every body named, each for itself."""
    bodies = (item.name,) if is_body(item) else demand.bodies or ("",)
    return [_submission(demand, facts, kind, body, item) for kind in demand.submissions for body in bodies]


def handed_to(kind: str, body: str) -> str:
    """The subject of a report that goes to a body."""
    return f"{kind}→{body}" if body else kind


def _submission(demand: SubmittedTo, facts: Facts, kind: str, body: str, item: Record | None) -> Verdict:
    subject = handed_to(kind, "" if is_body(item) else body)
    found = facts.records("submissions", kind, body)
    doubt = which_one(found, item, facts)
    if doubt:
        return undetermined(subject, doubt, at=found[0].at)
    found = [r for r in found if concerns(r, item, facts)]
    if not found:
        return _not_submitted(subject, kind, body, facts)
    span = span_of(demand, facts, item)
    placed = sort_out(found, span)
    mine = own_of(demand, facts, item, found)
    own = counted_of(mine, placed.counted)
    if not own:
        told = of_own(placed, mine)
        wrong = misplaced(subject, told, span, lambda one: _handed_in(one, kind)) if not told.counted else None
        return wrong or taken(subject, found[0].at)
    if span.unknown:
        return unknown(subject, span.unknown)
    first = min(own, key=lambda r: r.on or facts.as_of)
    if facts.brief and not span.bounded:
        return complies(subject, fell_on=first.on)
    return complies(subject, (_handed_in(first, kind), *span.shown), fell_on=first.on)


def _handed_in(one: Submission, kind: str) -> str:
    return Wording("{} 向{}报送{}", one.on or "日期未写", "、".join(one.to), kind)


def _not_submitted(subject: str, kind: str, body: str, facts: Facts) -> Verdict:
    others = facts.records("submissions", kind)
    nearest = f"已报送给{'、'.join(others[0].to)}" if others and body else None
    to = f"向{body}" if body else ""
    lacks = record_ref("submissions", kind, body)
    return violates(subject, f"没有{to}报送“{kind}”的记录", at="submissions", nearest=nearest, lacks=lacks)


JUDGED: Mapping[type[Demand], Callable[..., list[Verdict]]] = {
    ApprovedBy: approved,
    SubmittedTo: submitted,
}
