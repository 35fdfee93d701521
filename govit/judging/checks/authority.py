"""机构：approved, submitted. What a body must have said, and what must have been handed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.dossier.lists import day_of
from govit.dossier.model import PASSED, Change, Contract
from govit.judging.checks.verdict import Verdict, complies, undetermined, violates
from govit.judging.values import Missing
from govit.law.conditions import Ref, describe_ref
from govit.law.kinds.authority import ApprovedBy, SubmittedTo

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from govit.dossier.model import Approval, Record, Submission
    from govit.judging.facts import Facts
    from govit.law.kinds.demand import Demand


@record
class Limit:
    """时限：the day that an act must not pass, and what that day is."""

    day: dt.date
    ref: Ref
    strict: bool


def approved(demand: ApprovedBy, facts: Facts, item: Record | None) -> list[Verdict]:
    """应经批准：each of `bodies` for itself; `any_body`: one of them; none named: any body."""
    records = facts.records("approvals", demand.act)
    return [_approval(demand, facts, bodies, records, item) for bodies in _asked(demand)]


def _asked(demand: ApprovedBy) -> list[tuple[str, ...]]:
    """The bodies asked, one tuple for each duty; an empty tuple is any body."""
    if demand.any_body:
        return [demand.any_body]
    return [(body,) for body in demand.bodies] or [()]


def _approval(
    demand: ApprovedBy, facts: Facts, bodies: tuple[str, ...], records: Sequence[Approval], item: Record | None
) -> Verdict:
    act = demand.act
    subject = act if len(bodies) == 1 and act.startswith(bodies[0]) else f"{'或'.join(bodies)}{act}"
    ours = [r for r in records if not bodies or r.body in bodies]
    doubt = which_one(ours, item, facts)
    if doubt:
        return undetermined(subject, doubt, at=ours[0].at)
    ours = [r for r in ours if concerns(r, item, facts)]
    passed = [r for r in ours if r.result == PASSED]
    if not passed or _overruled(ours):
        return _not_passed(subject, ours, [r for r in records if r not in ours])
    first = min(passed, key=lambda r: day_of(r) or facts.as_of)
    if facts.brief and demand.before is None:
        return complies(subject, fell_on=first.date)
    number = f" {first.number}" if first.number else ""
    body = "" if first.body and act.startswith(first.body) else first.body or ""
    evidence = (f"{body}{act}通过，{first.date or '日期未写'}{number}",)
    return _in_time(subject, first.date, _limit(demand, facts, item), evidence, first.at)


def _overruled(ours: list[Approval]) -> bool:
    """Whether the body's last word is a refusal."""
    dated = [r for r in ours if r.date is not None]
    last = max((r.date for r in dated if r.date), default=None)
    return bool(dated) and all(r.result != PASSED for r in dated if r.date == last)


def _not_passed(subject: str, ours: list[Approval], others: list[Approval]) -> Verdict:
    if ours:
        last = max(ours, key=lambda r: (r.date is not None, r.date))
        evidence = (f"{last.body} {last.date} {last.result}",)
        return violates(subject, f"“{subject}”的结果是{last.result or '未写'}", at=last.at, evidence=evidence)
    nearest = f"{others[0].body}的“{others[0].act}”" if others else None
    return violates(subject, f"没有“{subject}”通过的记录", at="approvals", nearest=nearest)


def submitted(demand: SubmittedTo, facts: Facts, item: Record | None) -> list[Verdict]:
    """应报送：to every body named, each for itself."""
    return [_submission(demand, facts, body, item) for body in demand.bodies or ("",)]


def _submission(demand: SubmittedTo, facts: Facts, body: str, item: Record | None) -> Verdict:
    kind = demand.submission
    subject = f"{kind}→{body}" if body else kind
    found = facts.records("submissions", kind, body)
    doubt = which_one(found, item, facts)
    if doubt:
        return undetermined(subject, doubt, at=found[0].at)
    found = [r for r in found if concerns(r, item, facts)]
    if not found:
        return _not_submitted(subject, kind, body, facts)
    first = min(found, key=lambda r: r.on or facts.as_of)
    if facts.brief and demand.before is None:
        return complies(subject, fell_on=first.on)
    evidence = (f"{first.on or '日期未写'} 向{'、'.join(first.to)}报送{kind}",)
    return _in_time(subject, first.on, _limit(demand, facts, item), evidence, first.at)


def _not_submitted(subject: str, kind: str, body: str, facts: Facts) -> Verdict:
    others = facts.records("submissions", kind)
    nearest = f"已报送给{'、'.join(others[0].to)}" if others and body else None
    to = f"向{body}" if body else ""
    return violates(subject, f"没有{to}报送“{kind}”的记录", at="submissions", nearest=nearest)


def concerns(record: Approval | Submission, item: Record | None, facts: Facts) -> bool:
    """Whether a record speaks of this change or contract: of several, only the one that its `of` names."""
    return not _one_of_several(item, facts) or record.of == _named(item)


def which_one(records: Sequence[Approval | Submission], item: Record | None, facts: Facts) -> str:
    """Why it is open which of several changes or contracts the records speak of, '' if it is not."""
    if not _one_of_several(item, facts) or any(r.of == _named(item) for r in records):
        return ""
    if all(r.of is not None for r in records):
        return ""
    what = "几次调整" if isinstance(item, Change) else "几份合同"
    return f"有{what}，记录没有写明针对哪一个；请在该记录里写 of: {_named(item)}"


def _one_of_several(item: Record | None, facts: Facts) -> bool:
    if isinstance(item, Change):
        return len(facts.items("changes")) > 1
    return isinstance(item, Contract) and len(facts.items("contracts")) > 1


def _named(item: Record | None) -> str:
    """What `of` calls a change or a contract: the date of the one, the name of the other."""
    if isinstance(item, Change):
        return str(item.on)
    return str(item.name or item.kind) if isinstance(item, Contract) else ""


def _limit(demand: ApprovedBy | SubmittedTo, facts: Facts, item: Record | None) -> Limit | None:
    """The limit that the rule names, None where it names none or that day has not come."""
    if demand.before is None:
        return None
    day = facts.date(demand.before, item)
    return None if isinstance(day, Missing) else Limit(day, demand.before, demand.strict)


def _in_time(subject: str, day: dt.date | None, limit: Limit | None, evidence: tuple[str, ...], at: str) -> Verdict:
    if limit is None:
        return complies(subject, evidence, fell_on=day)
    bound = f"{describe_ref(limit.ref)}（{limit.day}）"
    if day is None:
        return undetermined(subject, f"“{subject}”没有写日期，无法判断是否在{bound}之前", at=at)
    evidence = (*evidence, bound)
    if day < limit.day or (day == limit.day and not limit.strict):
        return complies(subject, evidence, fell_on=day)
    relation = "早于" if limit.strict else "不晚于"
    return violates(
        subject, f"“{subject}”的日期 {day} 应当{relation}{bound}", at=at, evidence=evidence, fell_on=limit.day
    )


JUDGED: Mapping[type[Demand], Callable[..., list[Verdict]]] = {
    ApprovedBy: approved,
    SubmittedTo: submitted,
}
