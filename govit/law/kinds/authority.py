"""机构：approved, submitted. What a body must have said, and what must have been handed to it."""

from __future__ import annotations

from dataclasses import field
from typing import ClassVar

from govit.base.records import named_record
from govit.law.conditions import Ref, describe_ref, record_ref
from govit.law.kinds.demand import Demand, Syntax, written


@named_record
class _BeforeAnother(Demand):
    """An act that may have to be done before another."""

    before: Ref | None = field(default=None, metadata=written(Syntax.REF))
    strict: bool = field(default=False, metadata=written(Syntax.FLAG))

    @property
    def guarded(self) -> Ref | None:
        """之前."""
        return self.before

    def _before_in_words(self) -> str:
        if self.before is None:
            return ""
        return f"，{'早于' if self.strict else '不晚于'}{describe_ref(self.before)}"


@named_record
class ApprovedBy(_BeforeAnother):
    """应经批准：each of `bodies` for itself; `any_body`: one of them; none named: any body."""

    kind: ClassVar[str] = "approved"
    act: str = field(metadata=written(Syntax.WORD, "acts"))
    body: str = field(default="", metadata=written(Syntax.WORD, "bodies"))
    each_body: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "bodies", key="bodies"))
    any_body: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "bodies"))

    @property
    def act_word(self) -> str:
        """审批事项."""
        return self.act

    @property
    def bodies(self) -> tuple[str, ...]:
        """Those named."""
        return self.each_body or ((self.body,) if self.body else ())

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The approvals, one for each body."""
        return tuple(record_ref("approvals", self.act, body) for body in self.any_body or self.bodies or ("",))

    @property
    def in_words(self) -> str:
        """经谁通过."""
        bodies = "、".join(self.bodies) or "或".join(self.any_body)
        return f"经{bodies or '有关机构'}“{self.act}”通过{self._before_in_words()}"


@named_record
class SubmittedTo(_BeforeAnother):
    """应报送：to every body named, each for itself."""

    kind: ClassVar[str] = "submitted"
    submission: str = field(metadata=written(Syntax.WORD, "submissions"))
    receiver: str = field(default="", metadata=written(Syntax.WORD, "bodies", key="to"))
    each_body: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "bodies", key="bodies"))

    @property
    def bodies(self) -> tuple[str, ...]:
        """Those named."""
        return self.each_body or ((self.receiver,) if self.receiver else ())

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The submissions, one for each body."""
        return tuple(record_ref("submissions", self.submission, body) for body in self.bodies or ("",))

    @property
    def in_words(self) -> str:
        """向谁报送."""
        bodies = "、".join(self.bodies)
        return f"{'向' + bodies if bodies else ''}报送“{self.submission}”{self._before_in_words()}"


KINDS = (ApprovedBy, SubmittedTo)
