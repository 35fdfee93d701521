"""机构：approved, submitted. What a body must have said, and what must have been handed to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit.base.records import record
from govit.dossier.model import PASSED, Change, Contract
from govit.judging.checks.verdict import Verdict, complies, undetermined, violates
from govit.judging.values import Missing, day_of
from govit.law.conditions import Ref, describe_ref

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from govit.dossier.model import Approval, Submission
    from govit.judging.facts import Facts
    from govit.law.regulation import Rule


@record
class Limit:
    """时限：the day that an act must not pass, and what that day is."""

    day: dt.date
    ref: Ref
    strict: bool


def approved(rule: Rule, facts: Facts, item: Any) -> list[Verdict]:  # noqa: ANN401
    """应经批准：each of `bodies` for itself; `any_body`: one of them; none named: any body."""
    records: list[Approval] = facts.records("approvals", rule.params["act"])
    return [_approval(rule, facts, bodies, records, item) for bodies in _asked(rule)]


def _asked(rule: Rule) -> list[tuple[str, ...]]:
    """The bodies asked, one tuple for each duty; an empty tuple is any body."""
    if "any_body" in rule.params:
        return [rule.params["any_body"]]
    if "bodies" in rule.params:
        return [(body,) for body in rule.params["bodies"]]
    return [(rule.params["body"],)] if "body" in rule.params else [()]


def _approval(rule: Rule, facts: Facts, bodies: tuple[str, ...], records: list[Approval], item: Any) -> Verdict:  # noqa: ANN401
    act = rule.params["act"]
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
    if facts.brief and "before" not in rule.params:
        return complies(subject, fell_on=first.date)
    number = f" {first.number}" if first.number else ""
    body = "" if first.body and act.startswith(first.body) else first.body or ""
    evidence = (f"{body}{act}通过，{first.date or '日期未写'}{number}",)
    return _in_time(subject, first.date, _limit(rule, facts, item), evidence, first.at)


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


def submitted(rule: Rule, facts: Facts, item: Any) -> list[Verdict]:  # noqa: ANN401
    """应报送：to every body named, each for itself."""
    bodies = rule.params.get("bodies") or ((rule.params["to"],) if "to" in rule.params else ("",))
    return [_submission(rule, facts, body, item) for body in bodies]


def _submission(rule: Rule, facts: Facts, body: str, item: Any) -> Verdict:  # noqa: ANN401
    kind = rule.params["submission"]
    subject = f"{kind}→{body}" if body else kind
    found: list[Submission] = facts.records("submissions", kind, body)
    doubt = which_one(found, item, facts)
    if doubt:
        return undetermined(subject, doubt, at=found[0].at)
    found = [r for r in found if concerns(r, item, facts)]
    if not found:
        return _not_submitted(subject, kind, body, facts)
    first = min(found, key=lambda r: r.on or facts.as_of)
    if facts.brief and "before" not in rule.params:
        return complies(subject, fell_on=first.on)
    evidence = (f"{first.on or '日期未写'} 向{'、'.join(first.to)}报送{kind}",)
    return _in_time(subject, first.on, _limit(rule, facts, item), evidence, first.at)


def _not_submitted(subject: str, kind: str, body: str, facts: Facts) -> Verdict:
    others: list[Submission] = facts.records("submissions", kind)
    nearest = f"已报送给{'、'.join(others[0].to)}" if others and body else None
    to = f"向{body}" if body else ""
    return violates(subject, f"没有{to}报送“{kind}”的记录", at="submissions", nearest=nearest)


def concerns(record: Approval | Submission, item: Any, facts: Facts) -> bool:  # noqa: ANN401
    """Whether a record speaks of this change or contract: of several, only the one that its `of` names."""
    return not _one_of_several(item, facts) or record.of == _named(item)


def which_one(records: Sequence[Approval | Submission], item: Any, facts: Facts) -> str:  # noqa: ANN401
    """Why it is open which of several changes or contracts the records speak of, '' if it is not."""
    if not _one_of_several(item, facts) or any(r.of == _named(item) for r in records):
        return ""
    if all(r.of is not None for r in records):
        return ""
    what = "几次调整" if isinstance(item, Change) else "几份合同"
    return f"有{what}，记录没有写明针对哪一个；请在该记录里写 of: {_named(item)}"


def _one_of_several(item: Any, facts: Facts) -> bool:  # noqa: ANN401
    if isinstance(item, Change):
        return len(facts.items("changes")) > 1
    return isinstance(item, Contract) and len(facts.items("contracts")) > 1


def _named(item: Any) -> str:  # noqa: ANN401
    """What `of` calls a change or a contract: the date of the one, the name of the other."""
    return str(item.on) if isinstance(item, Change) else str(item.name or item.kind)


def _limit(rule: Rule, facts: Facts, item: Any) -> Limit | None:  # noqa: ANN401
    """The limit that the rule names, None where it names none or that day has not come."""
    if "before" not in rule.params:
        return None
    ref = rule.params["before"]
    day = facts.date(ref, item)
    return None if isinstance(day, Missing) else Limit(day, ref, bool(rule.params.get("strict")))


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
