"""由此而来：what cannot be judged because of one fault in project.yaml is told with that fault, not one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.dossier.finding import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


@record
class Sorted:
    """What stands on its own, and of a fault what follows from it, by the fault's own number among the findings."""

    own: tuple[Finding, ...]
    following: dict[int, tuple[Finding, ...]]

    def of(self, finding: Finding) -> tuple[Finding, ...]:
        """What follows from a fault."""
        return self.following.get(id(finding), ())


def sorted_out(findings: Sequence[Finding]) -> Sorted:
    """Put what is undetermined for want of a value to the fault that keeps the value from being read."""
    faults = [(f, _keys(f)) for f in findings if f.article is None and f.outcome is Outcome.VIOLATES]
    own: list[Finding] = []
    following: dict[int, list[Finding]] = {}
    for finding in findings:
        fault = _cause(finding, faults) if finding.missing else None
        if fault is None:
            own.append(finding)
        else:
            following.setdefault(id(fault), []).append(finding)
    return Sorted(tuple(own), {key: tuple(mine) for key, mine in following.items()})


def _keys(fault: Finding) -> tuple[str, ...]:
    """The key that is written, and the one that was meant."""
    return tuple(filter(None, (fault.subject, fault.meant)))


def _cause(finding: Finding, faults: Iterable[tuple[Finding, tuple[str, ...]]]) -> Finding | None:
    wanted = [blank.key for blank in finding.missing if blank.whole]
    return next((fault for fault, keys in faults if any(_covers(key, one) for key in keys for one in wanted)), None)


def _covers(key: str, wanted: str) -> bool:
    return wanted == key or wanted.startswith(f"{key}.")
