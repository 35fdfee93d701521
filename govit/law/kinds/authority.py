"""机构：approved, submitted. What a body must have said, and what must have been handed to it."""

from __future__ import annotations

from typing import ClassVar

from govit.base.records import field, named_record
from govit.law.conditions import Ref, record_ref
from govit.law.kinds.demand import Syntax, written
from govit.law.kinds.order import Placed


@named_record
class ApprovedBy(Placed):
    """应经批准：each act by each of `bodies`; `any_body`: by one of them; none named: by any body."""

    kind: ClassVar[str] = "approved"
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = (("act", "acts"),)
    act: str = field(default="", metadata=written(Syntax.WORD, "acts"))
    each_act: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "acts", key="acts"))
    body: str = field(default="", metadata=written(Syntax.WORD, "bodies"))
    each_body: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "bodies", key="bodies"))
    any_body: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "bodies"))

    @property
    def act_word(self) -> str:
        """审批事项：the first of several."""
        return self.act_words[0]

    @property
    def act_words(self) -> tuple[str, ...]:
        """审批事项：each of them is wanted."""
        return self.each_act or (self.act,)

    @property
    def bodies(self) -> tuple[str, ...]:
        """Those named."""
        return self.each_body or ((self.body,) if self.body else ())

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The approvals, one for each act and body."""
        bodies = self.any_body or self.bodies or ("",)
        return tuple(record_ref("approvals", act, body) for act in self.act_words for body in bodies)

    @property
    def in_words(self) -> str:
        """经谁通过."""
        bodies = "、".join(self.bodies) or "或".join(self.any_body)
        acts = "、".join(f"“{act}”" for act in self.act_words)
        return f"经{bodies or '有关机构'}{acts}通过{self.order_in_words}"


@named_record
class SubmittedTo(Placed):
    """应报送：each submission to every body named, each for itself."""

    kind: ClassVar[str] = "submitted"
    one_of: ClassVar[tuple[tuple[str, ...], ...]] = (("submission", "submissions"),)
    one: str = field(default="", metadata=written(Syntax.WORD, "submissions", key="submission"))
    each: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "submissions", key="submissions"))
    receiver: str = field(default="", metadata=written(Syntax.WORD, "bodies", key="to"))
    each_body: tuple[str, ...] = field(default=(), metadata=written(Syntax.WORDS, "bodies", key="bodies"))

    @property
    def submission(self) -> str:
        """报送事项：the first of several."""
        return self.submissions[0]

    @property
    def submissions(self) -> tuple[str, ...]:
        """报送事项：each of them is wanted."""
        return self.each or (self.one,)

    @property
    def bodies(self) -> tuple[str, ...]:
        """Those named."""
        return self.each_body or ((self.receiver,) if self.receiver else ())

    @property
    def acts(self) -> tuple[Ref, ...]:
        """The submissions, one for each kind and body."""
        return tuple(record_ref("submissions", kind, body) for kind in self.submissions for body in self.bodies or ("",))

    @property
    def in_words(self) -> str:
        """向谁报送."""
        bodies, kinds = "、".join(self.bodies), "、".join(f"“{kind}”" for kind in self.submissions)
        return f"{'向' + bodies if bodies else ''}报送{kinds}{self.order_in_words}"


KINDS = (ApprovedBy, SubmittedTo)
