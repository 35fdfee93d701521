"""规则种类的判断：what judges each kind of demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.judging.checks import authority, presence, time, value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from govit.dossier.model import Record
    from govit.judging.checks.verdict import Verdict
    from govit.judging.facts import Facts
    from govit.law.kinds.demand import Demand

JUDGED: Mapping[type[Demand], Callable[..., Sequence[Verdict]]] = {
    **presence.JUDGED,
    **authority.JUDGED,
    **value.JUDGED,
    **time.JUDGED,
}


def verdicts(demand: Demand, facts: Facts, item: Record | None) -> Sequence[Verdict]:
    """What a kind says of one project, or of one item of the list that its rule goes over."""
    return JUDGED[type(demand)](demand, facts, item)
