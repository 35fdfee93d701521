"""时间：before, within, every."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from govit.base.records import field, named_record, replace
from govit.dossier.lists import BY_KIND
from govit.law.conditions import Ref, describe_ref, record_ref
from govit.law.kinds.demand import Clock, Demand, Syntax, written

if TYPE_CHECKING:
    from govit.calendar.periods import Period


@named_record
class Before(Demand):
    """先后：first (plus `apart`) not later than second; of the first only what was done since a day, where there is one."""

    kind: ClassVar[str] = "before"
    clock: ClassVar[Clock] = Clock.ORDER
    first: Ref = field(metadata=written(Syntax.DAY))
    second: Ref = field(metadata=written(Syntax.DAY))
    strict: bool = field(default=False, metadata=written(Syntax.FLAG))
    apart: Period | None = field(default=None, metadata=written(Syntax.PERIOD))
    since: Ref | None = field(default=None, metadata=written(Syntax.DAY))

    @property
    def trigger(self) -> Ref:
        """The first."""
        return self.first

    @property
    def length(self) -> Period | None:
        """满."""
        return self.apart

    @property
    def guarded(self) -> Ref:
        """The second."""
        return self.second

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The first."""
        return (self.first,)

    @property
    def in_words(self) -> str:
        """在什么之后."""
        apart = f"满 {self.apart}" if self.apart else ""
        relation = "之后" if self.strict else "当日或之后"
        return f"{describe_ref(self.second)}在{describe_ref(self.first)}{self.since_in_words}{apart}{relation}"

    @property
    def since_in_words(self) -> str:
        """只算哪一天以后的."""
        return f"（不早于{describe_ref(self.since)}的一次）" if self.since is not None else ""


MET, VOID = "算", "不算"


@named_record
class Within(Demand):
    """期限：the act no later than the last day of the period that the trigger starts."""

    kind: ClassVar[str] = "within"
    clock: ClassVar[Clock] = Clock.PERIOD
    trigger: Ref = field(metadata=written(Syntax.DAY, key="from"))
    act: Ref = field(metadata=written(Syntax.DAY))
    period: Period = field(metadata=written(Syntax.PERIOD))
    roll: bool = field(default=True, metadata=written(Syntax.FLAG))
    bodies: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "bodies"))
    early: str = field(default="", metadata=written(Syntax.CHOICE, choices=(MET, VOID)))
    """An act before the trigger: what must only not be later is met by it; what follows is not done by it."""
    one_each: tuple[Ref, ...] = field(default=(), metadata=written(Syntax.DAYS))
    """Each of these days has an act of its own; of a rule that goes over dated records it goes without saying."""

    def over(self, days: tuple[Ref, ...], /) -> Demand:
        """Each of these days has an act of its own."""
        return self if self.one_each or self.act.head not in BY_KIND else replace(self, one_each=days)

    @property
    def due_act(self) -> Ref:
        """The act."""
        return self.act

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The act, one for each body."""
        return tuple(record_ref(self.act.head, self.act.key, body) for body in self.bodies) or (self.act,)

    @property
    def pace(self) -> str:
        """之后多久内."""
        return f"{describe_ref(self.trigger)}之后 {self.period}内办"

    @property
    def in_words(self) -> str:
        """自何时起多久内完成."""
        bodies = f"（{'、'.join(self.bodies)}）" if self.bodies else ""
        roll = "" if self.roll else "（不顺延）"
        own = f"，{'、'.join(map(describe_ref, self.one_each))}各有自己的一份" if self.one_each else ""
        return f"自{describe_ref(self.trigger)}起 {self.period}{roll}内完成{describe_ref(self.act)}{bodies}{own}"


@named_record
class Every(Demand):
    """定期：one report for every calendar period between two events, due at the period's end or so long after it."""

    kind: ClassVar[str] = "every"
    clock: ClassVar[Clock] = Clock.PERIOD
    recurs: ClassVar[bool] = True
    every: str = field(metadata=written(Syntax.CHOICE, choices=("季度", "年", "半年", "月")))
    trigger: Ref = field(metadata=written(Syntax.DAY, key="from"))
    until: Ref | None = field(default=None, metadata=written(Syntax.DAY))
    period: Period | None = field(default=None, metadata=written(Syntax.PERIOD))
    submission: str = field(metadata=written(Syntax.WORD, "submissions"))
    receiver: str = field(default="", metadata=written(Syntax.WORD, "bodies", key="to"))
    roll: bool = field(default=True, metadata=written(Syntax.FLAG))
    whole: bool = field(default=False, metadata=written(Syntax.FLAG))

    @property
    def bodies(self) -> tuple[str, ...]:
        """The one that it goes to."""
        return (self.receiver,) if self.receiver else ()

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The submission."""
        return (record_ref("submissions", self.submission, self.receiver),)

    @property
    def when_due(self) -> str:
        """每期的什么时候."""
        return f"每{self.every}终了后 {self.period}内" if self.period else f"每{self.every}末"

    @property
    def pace(self) -> str:
        """之后每期."""
        when = self.when_due if self.period else f"每{self.every}"
        return f"{describe_ref(self.trigger)}之后，{when}办"

    @property
    def in_words(self) -> str:
        """每期末前报送."""
        until = f"至{describe_ref(self.until)}" if self.until else ""
        to = f"向{self.receiver}" if self.receiver else ""
        before = "" if self.period else "前"
        return f"自{describe_ref(self.trigger)}{until}，{self.when_due}{before}{to}报送“{self.submission}”"


KINDS = (Before, Within, Every)
