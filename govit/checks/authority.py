"""机构：approved, submitted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit.checks.verdict import Verdict, complies, undetermined, violates
from govit.facts import Missing, day_of
from govit.model import PASSED
from govit.refs import describe_ref

if TYPE_CHECKING:
    import datetime as dt

    from govit.facts import Facts
    from govit.model import Approval
    from govit.regulation import Rule


def approved(rule: Rule, facts: Facts, item: Any) -> list[Verdict]:  # noqa: ANN401
    """应经批准：each of `bodies` for itself; `any_body`: one of them; none named: any body."""
    limit = _limit(rule, facts, item)
    act = rule.params["act"]
    if "any_body" in rule.params:
        return [_approval(facts, act, rule.params["any_body"], limit, rule)]
    bodies = rule.params.get("bodies") or ((rule.params["body"],) if "body" in rule.params else ())
    if not bodies:
        return [_approval(facts, act, (), limit, rule)]
    return [_approval(facts, act, (body,), limit, rule) for body in bodies]


def _limit(rule: Rule, facts: Facts, item: Any) -> dt.date | None:  # noqa: ANN401
    """The date that must not be passed, where the rule names one and it has happened."""
    if "before" not in rule.params:
        return None
    limit = facts.date(rule.params["before"], item)
    return None if isinstance(limit, Missing) else limit


def _approval(facts: Facts, act: str, bodies: tuple[str, ...], limit: dt.date | None, rule: Rule) -> Verdict:
    subject = act if not bodies else f"{'或'.join(bodies)}{act}"
    records: list[Approval] = facts.records("approvals", act)
    ours = [r for r in records if not bodies or r.body in bodies]
    passed = [r for r in ours if r.result == PASSED]
    if not passed:
        return _not_passed(subject, ours, [r for r in records if r not in ours])
    first = min(passed, key=lambda r: day_of(r) or facts.as_of)
    evidence = (f"{first.body}{act}通过，{first.date or '日期未写'}{' ' + first.number if first.number else ''}",)
    if limit is None:
        return complies(subject, evidence, fell_on=first.date)
    return _in_time(subject, first.date, limit, rule, evidence, first.at)


def _not_passed(subject: str, ours: list[Approval], others: list[Approval]) -> Verdict:
    if ours:
        last = ours[-1]
        return violates(
            subject,
            f"“{subject}”的结果是{last.result or '未写'}",
            at=last.at,
            evidence=(f"{last.body} {last.date} {last.result}",),
        )
    nearest = f"{others[0].body}的“{others[0].act}”" if others else None
    return violates(subject, f"没有“{subject}”通过的记录", at="approvals", nearest=nearest)


def _in_time(
    subject: str, day: dt.date | None, limit: dt.date, rule: Rule, evidence: tuple[str, ...], at: str
) -> Verdict:
    strict = bool(rule.params.get("strict"))
    bound = describe_ref(rule.params["before"])
    if day is None:
        return undetermined(subject, f"“{subject}”没有写日期，无法判断是否在{bound}（{limit}）之前", at=at)
    if day < limit or (day == limit and not strict):
        return complies(subject, (*evidence, f"{bound} {limit}"), fell_on=day)
    return violates(
        subject,
        f"“{subject}”的日期 {day} 应当{'早于' if strict else '不晚于'}{bound}（{limit}）",
        at=at,
        evidence=evidence,
        fell_on=limit,
    )


def submitted(rule: Rule, facts: Facts, item: Any) -> list[Verdict]:  # noqa: ANN401
    """应报送：to every body named, each for itself."""
    limit = _limit(rule, facts, item)
    bodies = rule.params.get("bodies") or ((rule.params["to"],) if "to" in rule.params else ("",))
    return [_submission(facts, rule, body, limit) for body in bodies]


def _submission(facts: Facts, rule: Rule, body: str, limit: dt.date | None) -> Verdict:
    kind = rule.params["submission"]
    subject = f"{kind}→{body}" if body else kind
    found = facts.records("submissions", kind, body)
    if not found:
        others = facts.records("submissions", kind)
        nearest = f"已报送给{'、'.join(others[0].to)}" if others else None
        to = f"向{body}" if body else ""
        return violates(subject, f"没有{to}报送“{kind}”的记录", at="submissions", nearest=nearest)
    first = min(found, key=lambda r: r.on or facts.as_of)
    evidence = (f"{first.on or '日期未写'} 向{'、'.join(first.to)}报送{kind}",)
    if limit is None:
        return complies(subject, evidence, fell_on=first.on)
    return _in_time(subject, first.on, limit, rule, evidence, first.at)
