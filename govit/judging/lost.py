"""缺失的记录：a record that must be there, since its stage lies behind the project, and is not; and how it is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.judging.values import UNDATED, UNKNOWN, Missing
from govit.law.conditions import Ref

if TYPE_CHECKING:
    from govit.law.regulation import Rule


AMOUNT_OF_CONTRACTS = Ref("contracts.amount", "contracts", "amount")
"""合同额合计."""


@record
class Gap:
    """缺口：what a stage that was passed leaves, and is not on record: one of these. `waiting` cannot be judged so long."""

    stage: str
    records: tuple[Ref, ...]
    reported: bool = False
    """Whether a rule says already that it is missing; then it may as well not have been done."""
    waiting: tuple[Rule, ...] = ()

    def lost(self, ref: Ref) -> Missing | None:
        """How a ref to what is missing is read: it was done on a day not known, or, of several, one of them was."""
        if any(_sums(ref, one) for one in self.records):
            return UNKNOWN
        if not any(_same(ref, one) for one in self.records):
            return None
        return UNDATED if len(self.records) == 1 else UNKNOWN


def _sums(ref: Ref, lost: Ref) -> bool:
    """Whether a ref adds up the list that a lost record belongs to."""
    return ref == AMOUNT_OF_CONTRACTS and lost.head == ref.head


def _same(ref: Ref, lost: Ref) -> bool:
    """Whether a ref asks whether or when a lost record was made; what it amounts to stands elsewhere as well."""
    same = (ref.head, ref.key) == (lost.head, lost.key) and ref.attr in ("", "date", "last")
    return same and (not ref.body or not lost.body or ref.body == lost.body)
