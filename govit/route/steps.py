"""步骤与路径：what `govit route` says of a project. Frozen data; how a step is judged stands in `ladder`."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from govit.base.records import named_record, record

if TYPE_CHECKING:
    import datetime as dt

    from govit.dossier.finding import Finding
    from govit.law.regulation import Regulation, Rule
    from govit.route.proof import Proof


class StepState(Enum):
    """办理情况，the gravest first."""

    OVERDUE = "overdue"
    MISSED = "missed"
    FAULTY = "faulty"
    OPEN = "open"
    UNDETERMINED = "undetermined"
    UPCOMING = "upcoming"
    WAITING = "waiting"
    EARLIER_LAW = "earlier-law"
    DONE = "done"
    MET = "met"
    NOT_APPLICABLE = "not-applicable"


GRAVITY = {state: n for n, state in enumerate(StepState)}
STATE_WORDS = {
    StepState.OVERDUE: "逾期",
    StepState.MISSED: "漏办",
    StepState.FAULTY: "有误",
    StepState.OPEN: "待办",
    StepState.UNDETERMINED: "待定",
    StepState.UPCOMING: "未到",
    StepState.WAITING: "等待",
    StepState.EARLIER_LAW: "依原办法",
    StepState.DONE: "已办",
    StepState.MET: "符合",
    StepState.NOT_APPLICABLE: "不适用",
}
NOW = (StepState.OVERDUE, StepState.MISSED, StepState.OPEN)
SOON = (StepState.UNDETERMINED, StepState.UPCOMING)


@record
class Paper:
    """材料：one of these kinds, and whether the project has it."""

    kinds: tuple[str, ...]
    present: bool


@record
class Choice:
    """择一：papers that may be brought, whether this project may, why, and whether it did. None: not known."""

    papers: tuple[tuple[str, ...], ...]
    merged: bool
    article: str
    allowed: bool | None
    reasons: tuple[str, ...]
    taken: bool


@named_record
class Step:
    """步骤."""

    rule: Rule
    body: str
    to: str
    does: str
    state: StepState
    reached: bool
    """到了没有：whether the stage has come from which the step is due."""
    reasons: tuple[str, ...]
    """Why it applies, or why it does not, with the project's own figures."""
    details: tuple[str, ...]
    missing: tuple[str, ...]
    proofs: tuple[Proof, ...]
    due: dt.date | None
    papers: tuple[Paper, ...]
    choices: tuple[Choice, ...]
    advisory: bool

    @property
    def who(self) -> str:
        """Who acts, and to whom: 项目单位 → 某局."""
        return f"{self.body} → {self.to}" if self.to else self.body


@named_record
class Route:
    """路径. Not certain: one of several that cannot be told apart before `missing` is filled in."""

    name: str
    article: str
    reasons: tuple[str, ...]
    steps: tuple[Step, ...]
    channel: str = ""
    certain: bool = True
    missing: tuple[str, ...] = ()

    @property
    def next(self) -> Step | None:
        """The step to make next: what is due now before what comes later.

        Where the route is not certain, what is undetermined may be no step of this project at all.
        """
        for states in (NOW, SOON if self.certain else (StepState.UPCOMING,)):
            found = next((step for step in self.steps if step.state in states), None)
            if found is not None:
                return found
        return None


@record
class Other:
    """另一条路径 that the project does not take, why not, and whether it may still come to it."""

    name: str
    article: str
    reasons: tuple[str, ...]
    open: bool


@named_record
class Routed:
    """一个项目的审批路径."""

    path: str
    id: str | None
    name: str | None
    regulation: Regulation | None
    stage: str | None
    classified: bool
    shared: bool = False
    """Whether other regulations apply to the project as well, which are told of apart."""
    outside: bool = False
    """The regulation does not apply to the project at all."""
    routes: tuple[Route, ...] = ()
    others: tuple[Other, ...] = ()
    doubts: tuple[str, ...] = ()
    """What must be known before it is sure that the regulation applies."""
    findings: tuple[Finding, ...] = ()
    """What govit says of the project itself: why there is no route, or what makes this one unsafe."""
