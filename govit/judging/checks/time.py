"""时间：before, within, every. Civil Code arts. 200-204 live in `periods`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.base.wording import Wording, joined
from govit.calendar.periods import LastDay, corresponding_day, period_ends
from govit.dossier.finding import Outcome
from govit.dossier.keys import Role
from govit.dossier.lists import BY_KIND, day_of
from govit.dossier.model import PASSED, Approval, Named, Submission
from govit.judging.checks.last_word import taken_back
from govit.judging.checks.order import own_of
from govit.judging.checks.verdict import (
    More,
    Timing,
    Verdict,
    complies,
    key_of,
    not_applicable,
    undetermined,
    unknown,
    violates,
)
from govit.judging.concerning import concerns, which_one
from govit.judging.values import ABSENT, UNKNOWN, Missing
from govit.law.conditions import Ref, describe_ref
from govit.law.kinds.time import MET, VOID, Before, Every, Within

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govit.dossier.model import Record
    from govit.judging.facts import Facts
    from govit.law.kinds.demand import Demand


def before(demand: Before, facts: Facts, item: Record | None) -> list[Verdict]:
    """先后：first (plus `apart`) not later than second; judged once the second has happened."""
    first, second = _first_of(demand, facts, item), facts.date(demand.second, item)
    verdict = _in_order(demand, facts, first, second, item)
    return [verdict if facts.brief else replace(verdict, timing=_order_timing(demand, first, second))]


def _first_of(demand: Before, facts: Facts, item: Record | None) -> dt.date | Missing:
    """The day of the first; where only what was done since a day counts, of the first record on or after it."""
    since = facts.date(demand.since, item) if demand.since is not None else ABSENT
    if isinstance(since, Missing) or demand.first.head not in BY_KIND:
        return facts.date(demand.first, item)
    return _first_since(demand.first, facts, item, since)


def _first_since(ref: Ref, facts: Facts, item: Record | None, since: dt.date) -> dt.date | Missing:
    days = [day_of(one) for one in facts.records(ref.head, ref.key, ref.body) if _counts(one, item, facts)]
    counted = min((day for day in days if day is not None and day >= since), default=None)
    return counted if counted is not None else UNKNOWN if None in days else ABSENT


def _in_order(
    demand: Before, facts: Facts, first: dt.date | Missing, second: dt.date | Missing, item: Record | None
) -> Verdict:
    first_ref, second_ref = demand.first, demand.second
    if second is ABSENT:
        return not_applicable(Wording("等待触发：{}", describe_ref(second_ref)))
    if first is ABSENT and not isinstance(second, Missing):
        return _out_of_order(demand, second)
    if isinstance(first, Missing) or isinstance(second, Missing):
        missing = [r for r, v in ((first_ref, first), (second_ref, second)) if isinstance(v, Missing)]
        return unknown("", [ref for r in missing for ref in facts.unknown_behind(r, item) or [r]])
    return _taken_back(demand, facts, second, item) or _ordered(demand, first, second)


def _taken_back(demand: Before, facts: Facts, second: dt.date, item: Record | None) -> Verdict | None:
    """An approval that its body took back before the second act, and did not give again by then."""
    refusal = None if demand.apart is not None else _refusal_of(demand.first, facts, second, item)
    if refusal is None:
        return None
    names = describe_ref(demand.second), f"{refusal.body}的“{refusal.act}”"
    detail = Wording("{}在 {}，此前{}最后的结果是{}（{}）", names[0], second, names[1], refusal.result or "", refusal.date or "")
    return violates("", detail, at=refusal.at, fell_on=second)


def _refusal_of(ref: Ref, facts: Facts, until: dt.date, item: Record | None) -> Approval | None:
    """What took back the approvals whose day a ref is: one of those that it wants all of, each of those it chooses from."""
    if ref.head == "approvals" and not ref.attr:
        said = [one for one in facts.records("approvals", ref.key, ref.body) if concerns(one, item, facts)]
        return taken_back(said, until)
    fact = facts.regulation.facts.get(ref.key) if ref.head == "name" else None
    form = fact.derivation if fact else None
    if form is None or not (form.wants_all or form.chooses):
        return None
    there = [part for part in form.refs if not isinstance(facts.value(part, item), Missing)]
    found = [_refusal_of(part, facts, until, item) for part in there]
    refused = [one for one in found if one is not None]
    return refused[0] if refused and (form.wants_all or len(refused) == len(found)) else None


def _order_timing(demand: Before, first: dt.date | Missing, second: dt.date | Missing) -> Timing:
    """From `first` a length runs that `second` must not fall short of; without a length `second` is the last day."""
    before, after = (None if isinstance(day, Missing) else day for day in (first, second))
    if demand.apart is None:
        last = None if after is None else LastDay(after, after, provisional=False)
        return Timing(start=demand.second, since=after, last=last, act=demand.first, done=before)
    opens = None if before is None else corresponding_day(before, demand.apart)
    if opens and demand.strict:
        opens += dt.timedelta(days=1)
    apart = f"{demand.apart}"
    return Timing(start=demand.first, since=before, period=apart, opens=opens, act=demand.second, done=after)


def _out_of_order(demand: Before, day: dt.date) -> Verdict:
    first, second = demand.first, demand.second
    if demand.apart is not None or first.head not in BY_KIND:
        return not_applicable(Wording("等待触发：{}", describe_ref(first)))
    return violates(
        "",
        Wording("{}在 {}，之前应当先有{}{}，没有记录", describe_ref(second), day, describe_ref(first), demand.since_in_words),
        at=key_of(first),
        fell_on=day,
        lacks=first,
    )


def _ordered(demand: Before, first: dt.date, second: dt.date) -> Verdict:
    apart = demand.apart
    bound = corresponding_day(first, apart) if apart else first
    strict = demand.strict
    names = describe_ref(demand.first), describe_ref(demand.second)
    evidence = (Wording("{} {}", names[0], first), Wording("{} {}", names[1], second))
    due = bound if apart else None
    if second > bound or (second == bound and not strict):
        return complies("", evidence, due=due, fell_on=second)
    relation = "晚于" if strict else "不早于"
    after = f"满 {apart}之日" if apart else ""
    last = Wording("{}（{}）", after, bound) if apart else ""
    detail = Wording("{}在 {}，应当{}{}（{}）{}", names[1], second, relation, names[0], first, last)
    return violates("", detail, at=key_of(demand.second), evidence=evidence, due=due, fell_on=second)


def within(demand: Within, facts: Facts, item: Record | None) -> list[Verdict]:
    """期限：the act no later than the last day of the period that the trigger starts."""
    start_ref, act = demand.trigger, demand.act
    start = facts.date(start_ref, item)
    if start is ABSENT:
        return [_timed(not_applicable(Wording("等待触发：{}", describe_ref(start_ref))), demand, facts, act)]
    if isinstance(start, Missing):
        return [_timed(_not_known(start_ref, facts, item), demand, facts, act)]
    last = facts.last_day(start, demand.period, roll=demand.roll)
    acts = [Ref(f"{act.text}@{body}", act.head, act.key, body, act.attr) for body in demand.bodies]
    return [
        replace(
            _timed(_timely(demand, facts, one, start, last, item), demand, facts, one, (start, last, item)),
            trigger=start,
        )
        for one in acts or [act]
    ]


def _not_known(start: Ref, facts: Facts, item: Record | None) -> Verdict:
    """What is said where nobody knows the day from which it runs: nothing is asked before any of its records is there."""
    records = [ref for ref in facts.behind([start]) if ref.head in BY_KIND]
    if records and all(facts.value(ref) is ABSENT for ref in records):
        return not_applicable(Wording("等待触发：{}", joined("或", dict.fromkeys(map(describe_ref, records)))))
    return unknown("", facts.unknown_behind(start, item) or [start])


def _timed(
    verdict: Verdict,
    demand: Within,
    facts: Facts,
    act: Ref,
    begun: tuple[dt.date, LastDay, Record | None] | None = None,
) -> Verdict:
    """The verdict with what its date was counted from, where somebody wants to list dates."""
    if facts.brief:
        return verdict
    timing = Timing(start=demand.trigger, period=f"{demand.period}", act=act)
    if begun is not None:
        start, last, item = begun
        day = _day_of_act(demand, facts, act, start, item)
        timing = replace(timing, since=start, last=last, done=None if isinstance(day, Missing) else day)
    return replace(verdict, timing=timing)


def _timely(
    demand: Within,
    facts: Facts,
    act: Ref,
    start: dt.date,
    last: LastDay,
    item: Record | None,
) -> Verdict:
    subject = act.body
    if act.head in BY_KIND and BY_KIND[act.head].spec(Role.BODY) is not None:
        made = [r for r in facts.records(act.head, act.key, act.body) if isinstance(r, (Approval, Submission))]
        doubt = which_one(made, item, facts)
        if doubt:
            return undetermined(subject, doubt, at=act.head, due=last.day)
    day = _day_of_act(demand, facts, act, start, item)
    evidence: tuple[str, ...] = (
        Wording("{} {}", describe_ref(demand.trigger), start),
        f"期限 {demand.period}",
        _shown(last),
    )
    if (isinstance(day, Missing) and day is not ABSENT) or _told_apart(facts, act, last):
        return unknown(subject, (act,))
    if isinstance(day, Missing):
        return _still_open(facts, act, last, evidence)
    evidence = (*evidence, Wording("{} {}", describe_ref(act), day))
    when = Wording("{}在 {}", describe_ref(act), day)
    said: More = {"at": key_of(act), "evidence": evidence, "due": last.day, "fell_on": last.day}
    if day < start:
        early = Wording("{}，早于{}（{}）", when, describe_ref(demand.trigger), start)
        return _early(demand, facts, subject, last, early, said)
    met = last.is_met_by(day)
    if met:
        return complies(subject, evidence, due=last.day, fell_on=last.day)
    if met is None:
        detail = Wording("{}，期限 {}；{}，是否逾期未定", when, _shown(last), _WAITS)
        return undetermined(subject, detail, **said)
    late = (day - last.day).days
    return violates(subject, Wording("{}，应当不晚于 {}，晚了 {} 天", when, _shown(last), f"{late}"), **said)


def _early(demand: Within, facts: Facts, subject: str, last: LastDay, early: Wording, said: More) -> Verdict:
    """An act before the trigger: met by it, or not done by it once the period is over; else one of two days is wrong."""
    if demand.early == MET:
        return complies(subject, said["evidence"], due=last.day, fell_on=last.day)
    if demand.early == VOID and facts.as_of > last.day and last.is_met_by(facts.as_of) is False:
        detail = Wording("{}，不是那以后的一次；应当在那以后、不晚于 {}，没有记录", early, _shown(last))
        return violates(subject, detail, **said)
    return undetermined(subject, Wording("{}，请核对两个日期", early), **said)


def _told_apart(facts: Facts, act: Ref, last: LastDay) -> bool:
    """Whether one record has two days, of which one keeps the period and the other does not."""
    if act.head not in BY_KIND or not facts.differs(act):
        return False
    days = (day_of(r) for r in facts.records(act.head, act.key, act.body))
    return len({last.is_met_by(day) for day in days if day is not None}) > 1


def _day_of_act(demand: Within, facts: Facts, act: Ref, start: dt.date, item: Record | None) -> dt.date | Missing:
    """The day of the act: of several records the first since the trigger; of one made before it, that day.

    Of several changes or contracts only the record that speaks of this one counts; of several events or notices
    each has a record of its own.
    """
    if act.head not in BY_KIND or act.attr not in ("", "date"):
        return facts.date(act, item)
    records = [r for r in facts.records(act.head, act.key, act.body) if _counts(r, item, facts)]
    days = [day_of(r) for r in own_of(demand, facts, item, records)]
    if None in days:
        return UNKNOWN
    known = [day for day in days if day is not None]
    return min((day for day in known if day >= start), default=max(known, default=ABSENT))


def _counts(record: Record, item: Record | None, facts: Facts) -> bool:
    """Whether a record shows that the act was done: not one of another change or contract, and no refusal."""
    if isinstance(record, (Approval, Submission)) or isinstance(item, Named):
        return concerns(record, item, facts) and (not isinstance(record, Approval) or record.result == PASSED)
    return True


def _still_open(facts: Facts, act: Ref, last: LastDay, evidence: tuple[str, ...]) -> Verdict:
    if facts.as_of <= last.day:
        left = (last.day - facts.as_of).days
        return not_applicable(
            Wording("未到期：{}，还有 {} 天", _shown(last), f"{left}"), act.body, due=last.day, evidence=evidence
        )
    if last.is_met_by(facts.as_of) is None:
        detail = Wording("没有{}的记录，期限 {}；{}，是否逾期未定", describe_ref(act), _shown(last), _WAITS)
        return undetermined(act.body, detail, at=key_of(act), evidence=evidence, due=last.day, fell_on=last.day)
    late = (facts.as_of - last.day).days
    return violates(
        act.body,
        Wording("没有{}的记录，应当不晚于 {}，已超过 {} 天", describe_ref(act), _shown(last), f"{late}"),
        at=key_of(act),
        evidence=evidence,
        due=last.day,
        fell_on=last.day,
    )


_WAITS = "放假安排没有收录"
"""Why a last day is provisional: the notice that could move it is not known."""


def _shown(last: LastDay) -> str:
    if last.provisional:
        unmoved = "" if last.raw == last.day else Wording("；未顺延为 {}", last.raw)
        return Wording("{}（暂定{}）", last.day, unmoved)
    moved = "" if last.raw == last.day else Wording("（{} 为休息日，顺延）", last.raw)
    return Wording("{}{}", last.day, moved)


def every(demand: Every, facts: Facts, item: Record | None) -> list[Verdict]:
    """定期：one report for every calendar period between two events, due at the period's end or so long after it."""
    start = facts.date(demand.trigger, item)
    if start is ABSENT:
        return [
            replace(not_applicable(Wording("等待触发：{}", describe_ref(demand.trigger))), timing=_repeated(demand))
        ]
    if isinstance(start, Missing):
        return [replace(_not_known(demand.trigger, facts, item), timing=_repeated(demand))]
    until = facts.date(demand.until, item) if demand.until is not None else ABSENT
    end = facts.as_of if isinstance(until, Missing) else until
    if end < start:
        return [not_applicable("起止日期颠倒，由日期先后的规则指出")]
    ends = period_ends(demand.every, start, end)
    if demand.whole and not isinstance(until, Missing):
        ends = tuple((label, due) for label, due in ends if due <= until)
    if not ends:
        return [not_applicable(f"其间没有经过{demand.every}末")]
    found = [_for_period(demand, facts, label, due, start) for label, due in ends]
    return (
        found
        if demand.until is None or until is ABSENT or not isinstance(until, Missing)
        else [_if_still_due(verdict, demand.until, facts, item) for verdict in found]
    )


def _if_still_due(verdict: Verdict, until: Ref, facts: Facts, item: Record | None) -> Verdict:
    """A report that is not there, where the day that ends them is not known: it may have been due no more."""
    if verdict.outcome is not Outcome.VIOLATES:
        return verdict
    doubt = unknown(verdict.subject, facts.unknown_behind(until, item) or [until])
    return replace(doubt, due=verdict.due, trigger=verdict.trigger, timing=verdict.timing)


def _repeated(demand: Every) -> Timing:
    return Timing(start=demand.trigger, period=demand.when_due, act=demand.handed_in)


def _for_period(demand: Every, facts: Facts, label: str, ending: dt.date, start: dt.date) -> Verdict:
    found = _of_period(facts.records("submissions", demand.submission, demand.receiver), demand, ending)
    since = max(start, _first_day(demand.every, ending))
    last = LastDay(ending, ending, provisional=False)
    if demand.period is not None:
        last = facts.last_day(ending, demand.period, roll=demand.roll)
    verdict = replace(_report(demand, facts, label, (ending, last), found), trigger=since)
    if facts.brief:
        return verdict
    return replace(verdict, timing=replace(_repeated(demand), since=start, last=last, done=found.on if found else None))


def _report(
    demand: Every, facts: Facts, label: str, ends: tuple[dt.date, LastDay], found: Submission | None
) -> Verdict:
    """Of one period: by its end, and by the last day on which its report may still come."""
    kind, body = demand.submission, demand.receiver
    ending, last = ends
    to = f"向{body}" if body else ""
    shown = _shown(last)
    said: More = {"at": "submissions", "due": last.day, "fell_on": last.day}
    if found is not None and found.on is not None:
        said["at"] = found.at
        said["evidence"] = (Wording("{} {}报送{}", found.on, to, kind), Wording("截止 {}", shown))
        handed_in = Wording("{}的“{}”在 {} 报送", label, kind, found.on)
        if demand.period is not None and found.on <= ending:
            detail = Wording("{}，本期到 {} 才终了，请核对日期和所属期间", handed_in, ending)
            return undetermined(label, detail, **said)
        met = last.is_met_by(found.on)
        if met:
            return complies(label, said["evidence"], due=last.day, fell_on=last.day)
        if met is None:
            detail = Wording("{}，期限 {}；{}，是否逾期未定", handed_in, shown, _WAITS)
            return undetermined(label, detail, **said)
        return violates(label, Wording("{}，应当不晚于 {}", handed_in, shown), **said)
    if facts.as_of <= last.day:
        return not_applicable(Wording("未到期：{}，截止 {}", label, shown), label, due=last.day)
    lacking = Wording("{}没有{}报送“{}”", label, to, kind)
    if last.is_met_by(facts.as_of) is None:
        detail = Wording("{}，期限 {}；{}，是否逾期未定", lacking, shown, _WAITS)
        return undetermined(label, detail, **said)
    return violates(label, Wording("{}，应当不晚于 {}", lacking, shown), **said)


_PERIOD_LENGTHS = {"季度": 3, "年": 12, "半年": 6, "月": 1}


def _first_day(length: str, ending: dt.date) -> dt.date:
    """The first day of the calendar period that ends on a day."""
    return dt.date(ending.year, ending.month - _PERIOD_LENGTHS[length] + 1, 1)


def _of_period(found: Sequence[Submission], demand: Every, ending: dt.date) -> Submission | None:
    """The first report that names this period, else the first without a period that was made when it is wanted.

    That is inside the period, or where days after its end are given, from its end to the end of the next one.
    """
    names = {
        "年": f"{ending.year}",
        "半年": f"{ending.year}H{ending.month // 6}",
        "季度": f"{ending.year}Q{ending.month // 3}",
        "月": f"{ending.year}-{ending.month:02}",
    }
    dated = sorted((s for s in found if s.on is not None), key=lambda s: s.on or ending)
    named = [s for s in dated if s.period is not None and s.period == names.get(demand.every)]
    opens, closes = _first_day(demand.every, ending), ending
    if demand.period is not None:
        opens = ending + dt.timedelta(days=1)
        ((_, closes),) = period_ends(demand.every, opens, opens)
        named.sort(key=lambda s: s.on is None or s.on <= ending)
    inside = [s for s in dated if s.period is None and s.on and opens <= s.on <= closes]
    return next(iter([*named, *inside]), None)


JUDGED: Mapping[type[Demand], Callable[..., list[Verdict]]] = {
    Before: before,
    Within: within,
    Every: every,
}
