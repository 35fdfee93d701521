"""期限的记录：a date that runs, its state, and a list of such dates. Frozen data."""

from __future__ import annotations

import datetime as dt
from enum import Enum
from typing import TYPE_CHECKING

from govit.base.records import named_record
from govit.dossier.finding import Severity, Waived

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govit.law.regulation import Regulation


SOON = 30
"""Days within which a date is due soon, unless the user says another number."""


class DeadlineState(Enum):
    """状态，most urgent first."""

    OVERDUE = "overdue"
    DUE = "due"
    TO_COME = "to-come"
    EARLY = "early"
    LATE = "late"
    UNDETERMINED = "undetermined"
    WAITING = "waiting"
    DONE = "done"
    ENDED = "ended"
    NOT_APPLICABLE = "not-applicable"


URGENCY = {state: n for n, state in enumerate(DeadlineState)}
OPEN = (DeadlineState.OVERDUE, DeadlineState.DUE, DeadlineState.TO_COME)
"""States of a date that somebody still has to meet, or that has not come."""
SETTLED = (DeadlineState.DONE, DeadlineState.ENDED, DeadlineState.NOT_APPLICABLE)
"""States of a date that nobody has to look at any more."""


@named_record
class Deadline:
    """期限. `last` is the day by which, `opens` the day from which something may be done."""

    source: str
    """rule, notice, waiver or regulation."""
    project: str | None
    project_id: str | None = None
    project_name: str | None = None
    regulation: str = ""
    document_number: str = ""
    rule: str = ""
    duty: str
    duty_en: str = ""
    subject: str = ""
    about: str = ""
    """What it speaks of beside its duty and its body: a contract, a quarter."""
    body: str = ""
    trigger: str = ""
    trigger_date: dt.date | None = None
    period: str = ""
    opens: dt.date | None = None
    raw: dt.date | None = None
    last: dt.date | None = None
    provisional: str = ""
    """Why the day is not certain; empty if it is."""
    ends: str = ""
    """What ends it: the act that was asked for."""
    done: dt.date | None = None
    state: DeadlineState
    detail: str = ""
    article: str = ""
    number: str = ""
    """The document in which a body set the day."""
    severity: Severity = Severity.ERROR
    advisory: bool = False
    waived: Waived | None = None
    key: tuple[str, ...] = ()
    """What stays the same while dates move: project, rule, subject."""

    @property
    def uid(self) -> str:
        """The same for the same deadline at every run, whatever its dates."""
        from hashlib import sha256

        return f"{sha256(chr(0).join(self.key).encode()).hexdigest()[:32]}@govit"

    @property
    def day(self) -> dt.date | None:
        """The day to keep in mind: the last one, else the first one."""
        return self.last or self.opens

    def days_left(self, as_of: dt.date) -> int | None:
        """Days from the day of judgement to that day, negative when it has passed; None when nothing is open."""
        return (self.day - as_of).days if self.day and self.state in OPEN else None

    @property
    def fails(self) -> bool:
        """Whether a run may fail for it: not for advice, nor for what a waiver covers."""
        return not self.advisory and self.waived is None and self.severity > Severity.INFO


@named_record
class Listing:
    """期限清单."""

    as_of: dt.date
    within: int
    assume_in_force: bool
    regulations: tuple[Regulation, ...]
    deadlines: tuple[Deadline, ...]
    notes: tuple[str, ...] = ()
    incomplete: bool = False
    """Whether a project could not be read, so that dates may be missing."""

    def counts(self) -> dict[str, int]:
        """How many deadlines are in each state."""
        return {state.value: sum(1 for d in self.deadlines if d.state is state) for state in DeadlineState}

    def fails(self, *, due: bool) -> bool:
        """Whether something is overdue, or with `due` falls due soon, that is neither advice nor waived.

        A day from which something may be done is nobody's last day: it never fails a run.
        """
        states = (DeadlineState.OVERDUE, DeadlineState.DUE) if due else (DeadlineState.OVERDUE,)
        return any(d.state in states and d.last is not None and d.fails for d in self.deadlines)

    def shown(self, *, everything: bool = False, near: bool = False, overdue: bool = False) -> list[Deadline]:
        """Those to be listed: all, only the overdue, those due soon and overdue, or what is open and lately done."""
        if overdue:
            return [d for d in self.deadlines if d.state is DeadlineState.OVERDUE]
        if near:
            return [d for d in self.deadlines if d.state in (DeadlineState.OVERDUE, DeadlineState.DUE)]
        lately = self.as_of - dt.timedelta(days=self.within)
        return [
            d
            for d in self.deadlines
            if everything or d.state not in SETTLED or (d.state is DeadlineState.DONE and d.done and d.done >= lately)
        ]


def running(day: dt.date, as_of: dt.date, within: int) -> DeadlineState:
    """The state of what is not done yet, by how far off its day is."""
    left = (day - as_of).days
    return DeadlineState.OVERDUE if left < 0 else DeadlineState.DUE if left <= within else DeadlineState.TO_COME


def ordered(deadlines: Iterable[Deadline]) -> list[Deadline]:
    """By urgency, then by day, then by project."""
    far = dt.date.max
    return sorted(deadlines, key=lambda d: (URGENCY[d.state], d.day or far, d.project or "", d.rule, d.key))
