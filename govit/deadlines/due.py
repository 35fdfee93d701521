"""规则的期限：the dates that rules set for one project, from what the engine judged. No law stands here. Pure.

A deadline is no second list: a rule that gives a period, one that wants one thing before another and speaks of a
length or of a day that somebody set, and a rule with a `point` are deadlines.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from govit.base.records import replace
from govit.calendar.periods import LastDay, PeriodUnit
from govit.deadlines import triggers
from govit.deadlines.dates import OPEN, Deadline, DeadlineState, running
from govit.deadlines.duty import is_length, is_set, once, opened
from govit.dossier.finding import Outcome
from govit.dossier.model import label_of
from govit.judging.checks.authority import handed_to
from govit.judging.checks.table import verdicts
from govit.judging.checks.verdict import Timing, Verdict
from govit.judging.concerning import is_body
from govit.judging.engine import ask, item_name
from govit.judging.values import ABSENT
from govit.judging.waivers import covering
from govit.law.conditions import Condition
from govit.law.kinds.demand import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.dossier.finding import Waived
    from govit.dossier.model import Notice, Project, Record
    from govit.judging.case import Case
    from govit.judging.engine import Examined
    from govit.judging.facts import Facts
    from govit.judging.judgement import Judgement
    from govit.law.conditions import Ref
    from govit.law.regulation import Rule


def of_rules(case: Case, examined: Examined, within: int) -> list[Deadline]:
    """Every date that a rule of its regulation sets for one project."""
    return _Project(case, examined, within).of_rules()


class _Project:
    """One project whose rules have been judged."""

    def __init__(self, case: Case, examined: Examined, within: int) -> None:
        self.case = case
        self.examined = examined
        self.facts: Facts = examined.run.facts
        self.as_of = self.facts.as_of
        self.within = within

    def of_rules(self) -> list[Deadline]:
        """The rules of the regulation that are deadlines."""
        windows = {j.rule.duty: j for j in self.examined.each if is_length(j.rule)}
        found: list[tuple[Rule, Deadline]] = []
        for judgement in self.examined.each:
            rule = judgement.rule
            if rule.demand.clock is Clock.PERIOD:
                found += [(rule, opened(d, windows.get(rule.duty))) for d in self._timed(judgement)]
            elif is_length(rule):
                found += [(rule, d) for d in self._length(judgement) if not self._shown_as_window(d, rule)]
            elif rule.demand.clock is Clock.ORDER and (day := rule.demand.guarded) and is_set(day):
                found += [(rule, d) for d in self._set_day(judgement, day)]
            elif rule.point is not None:
                found += [(rule, d) for d in self._point(judgement)]
        return once(found)

    def _shown_as_window(self, deadline: Deadline, rule: Rule) -> bool:
        """The opening of a window stands in the line of its end, unless somebody came too early."""
        ends = any(j.rule.duty == rule.duty and j.rule.demand.period is not None for j in self.examined.each)
        return ends and deadline.state is not DeadlineState.EARLY

    # -- the kinds of lines ----------------------------------------------------------------------

    def _timed(self, judgement: Judgement) -> list[Deadline]:
        """A period or a repeated report."""
        verdict = judgement.verdict
        if verdict.timing is None:
            return self._without_date(judgement)
        return [self._line(judgement, verdict.timing, self._state_of(verdict))]

    def _state_of(self, verdict: Verdict) -> DeadlineState:
        timing = verdict.timing
        assert timing is not None  # noqa: S101 - asked only with one
        if verdict.earlier_law:
            return DeadlineState.NOT_APPLICABLE
        if verdict.outcome is Outcome.UNDETERMINED:
            return DeadlineState.UNDETERMINED
        if timing.last is None:
            return DeadlineState.WAITING
        return self._by_outcome(verdict, timing.last.day)

    def _by_outcome(self, verdict: Verdict, day: dt.date) -> DeadlineState:
        match verdict.outcome:
            case Outcome.COMPLIES:
                return DeadlineState.DONE
            case Outcome.UNDETERMINED:
                return DeadlineState.UNDETERMINED
            case Outcome.VIOLATES if verdict.timing and verdict.timing.done:
                return DeadlineState.LATE
        return running(day, self.as_of, self.within)

    def _without_date(self, judgement: Judgement) -> list[Deadline]:
        """The rule did not run: its condition does not hold, or is unknown, or only waits for the trigger."""
        rule, verdict, item = judgement.rule, judgement.verdict, judgement.item
        if rule.each is not None and item is None:
            return [self._no_item(judgement, rule)]
        waits = verdict.outcome is Outcome.NOT_APPLICABLE and self._only_waits(rule, item)
        if not waits and verdict.outcome is not Outcome.UNDETERMINED and not verdict.doubt:
            return [self._line(judgement, Timing(), DeadlineState.NOT_APPLICABLE)]
        found = []
        for tried in verdicts(rule.demand, self.facts, item):
            timing = tried.timing or Timing()
            state = DeadlineState.UNDETERMINED if timing.last or timing.opens else DeadlineState.WAITING
            found.append(self._line(judgement, timing, state, subject=tried.subject))
        return found or [self._line(judgement, Timing(), DeadlineState.UNDETERMINED)]

    def _no_item(self, judgement: Judgement, rule: Rule) -> Deadline:
        """The list that the rule goes over is empty: it waits for an entry, unless it would not apply to one."""
        assert rule.each is not None  # noqa: S101 - asked only with one
        shared = tuple(t for t in rule.when.tests if not self.facts.regulation.of_item(Condition((t,))))
        if self.facts.holds(Condition(shared)) is False:
            return self._line(judgement, Timing(), DeadlineState.NOT_APPLICABLE)
        kinds = "、".join(rule.each.kinds)
        line = self._line(judgement, Timing(), DeadlineState.WAITING)
        return replace(line, detail=f"{label_of(rule.each.list)}{f'（{kinds}）' if kinds else ''}的第一条记录")

    def _only_waits(self, rule: Rule, item: Record | None) -> bool:
        """Whether nothing of the condition fails but that the trigger has not happened."""
        start = rule.demand.trigger
        if start is None or not self.examined.run.progress.due(rule, self.facts, item):
            return False
        if self.facts.date(start, item) is not ABSENT:
            return False
        rest = tuple(t for t in rule.when.tests if (t.ref.head, t.ref.key) != (start.head, start.key))
        return len(rest) < len(rule.when.tests) and self.facts.holds(Condition(rest), item) is True

    def _length(self, judgement: Judgement) -> list[Deadline]:
        """A length that must run before something may be done: a bar, a free term, the opening of a window."""
        verdict = judgement.verdict
        timing = verdict.timing
        if timing is None:
            return self._without_date(judgement)
        if timing.opens is None:
            state = DeadlineState.UNDETERMINED if verdict.outcome is Outcome.UNDETERMINED else DeadlineState.WAITING
        elif verdict.earlier_law:
            state = DeadlineState.NOT_APPLICABLE
        elif verdict.outcome is Outcome.UNDETERMINED:
            state = DeadlineState.UNDETERMINED
        elif verdict.outcome is Outcome.VIOLATES and not _is_today(judgement.rule.demand.guarded):
            state = DeadlineState.EARLY
        elif timing.opens >= self.as_of:
            state = running(timing.opens, self.as_of, self.within)
        else:
            done = verdict.outcome is Outcome.COMPLIES and timing.done and timing.done < self.as_of
            state = DeadlineState.DONE if done else DeadlineState.ENDED
        line = self._line(judgement, timing, state)
        if timing.done and timing.done > self.as_of and timing.act:
            line = replace(line, detail=f"{line.ends}为 {timing.done}", done=None)
        elif timing.act and timing.act.head == "as_of":
            line = replace(line, ends="", done=None)
        return [line]

    def _set_day(self, judgement: Judgement, second: Ref) -> Iterator[Deadline]:
        """A day that a body or the plan set for an act: judged as the day after it will find the act."""
        rule, item = judgement.rule, judgement.item
        if second.head == "notices":
            for notice in triggers.notices(self.facts, second.key):
                alone = replace(self.facts.project.settings, notices=(notice,))
                for later in self._judgements(
                    rule, notice.on or self.as_of, replace(self.facts.project, settings=alone)
                ):
                    yield self._noticed(later, notice)
            return
        day = self.facts.date(second, item)
        if not isinstance(day, dt.date):
            yield self._line(judgement, Timing(start=second), _undated(judgement))
            return
        for later in self._judgements(rule, day):
            if later.item is item or rule.each is None:
                yield self._after(later, day)

    def _noticed(self, later: Judgement, notice: Notice) -> Deadline:
        assert notice.on is not None  # noqa: S101 - only dated notices are asked for
        line = self._after(later, notice.on)
        trigger = f"《{notice.title}》" if notice.title else notice.kind or ""
        return replace(line, number=notice.number or "", trigger=trigger, key=(*line.key, notice.number or ""))

    def _judgements(self, rule: Rule, day: dt.date, project: Project | None = None) -> list[Judgement]:
        """The rule judged after the day, without its own condition that the act is on record."""
        first = rule.demand.trigger
        tests = tuple(t for t in rule.when.tests if not first or (t.ref.head, t.ref.key) != (first.head, first.key))
        later = day + dt.timedelta(days=1)
        return ask(self.examined, replace(rule, when=Condition(tests)), max(later, self.as_of), project)

    def _after(self, later: Judgement, day: dt.date) -> Deadline:
        verdict = later.verdict
        timing = replace(
            verdict.timing or Timing(start=later.rule.demand.guarded, act=later.rule.demand.trigger),
            since=None,
            last=LastDay(day, day, provisional=False),
        )
        if verdict.outcome is Outcome.NOT_APPLICABLE:
            return self._line(later, timing, DeadlineState.NOT_APPLICABLE)
        return self._line(later, timing, self._by_outcome(verdict, day))

    def _point(self, judgement: Judgement) -> list[Deadline]:
        """A day of the calendar after which a duty arises."""
        rule, facts = judgement.rule, self.facts
        assert rule.point is not None  # noqa: S101 - asked only with one
        day = facts.date(rule.point)
        start, period = triggers.counted(facts, rule.point)
        timing = Timing(start=start, since=triggers.known(facts, start), period=period, act=rule.demand.handed_in)
        if not isinstance(day, dt.date):
            return [self._line(judgement, timing, _undated(judgement))]
        stage = None if self.examined.run.progress.due(rule, facts) else rule.stage
        found = []
        for later in ask(self.examined, rule, max(self.as_of, day + dt.timedelta(days=1)), stage=stage):
            last = day - dt.timedelta(days=1) if self._arises(rule, day, stage) else day
            timed = replace(timing, last=LastDay(last, last, provisional=False))
            found.append(self._pointed(later, timed, stage))
        return found

    def _arises(self, rule: Rule, day: dt.date, stage: str | None) -> bool:
        """Whether the duty arises on the day itself, not only after it."""
        return any(j.verdict.outcome is Outcome.VIOLATES for j in ask(self.examined, rule, day, stage=stage))

    def _pointed(self, later: Judgement, timing: Timing, stage: str | None) -> Deadline:
        outcome = later.verdict.outcome
        assert timing.last is not None  # noqa: S101 - set by the caller
        if outcome is Outcome.NOT_APPLICABLE:
            return self._line(later, timing, DeadlineState.NOT_APPLICABLE)
        if stage is not None:
            line = self._line(later, timing, DeadlineState.WAITING)
            return replace(line, detail=f"进入“{stage}”这一步")
        line = self._line(later, timing, self._by_outcome(later.verdict, timing.last.day))
        if line.state in OPEN:
            line = replace(
                line, detail="过了这一天，所写的情形即成立" if line.state is not DeadlineState.OVERDUE else ""
            )
        return line

    # -- one line --------------------------------------------------------------------------------

    def _line(self, judgement: Judgement, timing: Timing, state: DeadlineState, subject: str | None = None) -> Deadline:
        rule, verdict, regulation = judgement.rule, judgement.verdict, self.facts.regulation
        run, last = self.examined.run, timing.last
        of_item = subject is None and judgement.item is not None
        own = verdict.subject if subject is None else subject
        subject = judgement.subject if subject is None else subject
        item = judgement.item
        body = item.name if is_body(item) else triggers.body_of(rule, timing, regulation)
        awaited = triggers.awaited(self.facts, timing.start, judgement.item) if state is DeadlineState.WAITING else ""
        return Deadline(
            source="rule",
            project=self.case.path,
            project_id=self.facts.project.id,
            project_name=self.facts.project.name,
            regulation=regulation.id,
            document_number=regulation.document_number,
            rule=rule.id,
            duty=rule.title,
            duty_en=rule.title_en,
            subject=subject,
            about="/".join(
                filter(None, (item_name(rule, judgement.item) if of_item else "", _beside(body, own, rule)))
            ),
            body=body,
            trigger=triggers.described(self.facts, timing.start, rule, judgement.item),
            trigger_date=timing.since,
            period=f"满{timing.period}" if timing.period and is_length(rule) else timing.period,
            opens=timing.opens,
            raw=last.raw if last else None,
            last=last.day if last else None,
            provisional=self._reason(timing, rule),
            ends=triggers.described(self.facts, timing.act, rule, judgement.item),
            done=timing.done
            if state not in (DeadlineState.OVERDUE, DeadlineState.TO_COME, DeadlineState.DUE)
            else None,
            state=state,
            detail=self._detail(verdict, state, awaited),
            article=rule.article,
            severity=run.severity_of(rule, verdict),
            advisory=run.is_advisory(rule, verdict, judgement.item),
            waived=self._waived(rule, subject)
            if state in (DeadlineState.OVERDUE, DeadlineState.LATE, DeadlineState.EARLY)
            else None,
            key=(self.facts.project.id or self.case.path, rule.id, subject),
        )

    def _detail(self, verdict: Verdict, state: DeadlineState, awaited: str) -> str:
        if state is DeadlineState.WAITING:
            doubt = "；是否适用还不能判断" if verdict.outcome is Outcome.UNDETERMINED else ""
            return f"{awaited}{doubt}"
        return (
            verdict.detail
            if state in (DeadlineState.UNDETERMINED, DeadlineState.NOT_APPLICABLE, DeadlineState.EARLY)
            else ""
        )

    def _reason(self, timing: Timing, rule: Rule) -> str:
        """Why a day is provisional: the years whose schedule is not known."""
        if timing.last is None or not timing.last.provisional:
            return ""
        first = timing.last.raw
        period = rule.demand.period
        if period is not None and period.unit is PeriodUnit.WORKDAYS and timing.since is not None:
            first = timing.since + dt.timedelta(days=1)
        years = self.facts.schedule.unsettled(first, timing.last.latest or timing.last.day)
        named = "、".join(f"{year}年" for year in years)
        return f"{named}的放假安排没有收录，按法定节日和周六、周日推算；公布后写进 govit.yaml 的 calendars"

    def _waived(self, rule: Rule, subject: str) -> Waived | None:
        if not self.case.options.waivers:
            return None
        open_ = [
            j.subject
            for j in self.examined.judgements
            if j.rule.id == rule.id and j.verdict.outcome is Outcome.VIOLATES
        ]
        return covering(self.facts.project, rule, subject, self.as_of, open_)


def _beside(body: str, own: str, rule: Rule) -> str:
    """What the subject of a verdict says beside the body."""
    if own == body:
        return ""
    kind = rule.demand.submission
    return kind if body and own == handed_to(kind, body) else own


def _undated(judgement: Judgement) -> DeadlineState:
    """The state of a line whose day is not on record."""
    return (
        DeadlineState.UNDETERMINED
        if judgement.verdict.outcome is Outcome.UNDETERMINED
        else DeadlineState.NOT_APPLICABLE
    )


def _is_today(ref: Ref | None) -> bool:
    """Whether what is looked at is the day of judgement itself, which nobody can come too early for."""
    return ref is not None and ref.head == "as_of"
