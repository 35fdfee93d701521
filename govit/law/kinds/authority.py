"""机构：approved, submitted. What a body must have said, and what must have been handed to it."""

from __future__ import annotations

from typing import ClassVar

from govit.base.records import field, named_record
from govit.law.conditions import Ref, record_ref
from govit.law.kinds.demand import Syntax, written
from govit.law.kinds.order import Placed


@named_record
class ApprovedBy(Placed):
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
        return f"经{bodies or '有关机构'}“{self.act}”通过{self.order_in_words}"


@named_record
class SubmittedTo(Placed):
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
        return f"{'向' + bodies if bodies else ''}报送“{self.submission}”{self.order_in_words}"


KINDS = (ApprovedBy, SubmittedTo)
