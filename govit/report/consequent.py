"""由此而来：what cannot be judged because of one fault in project.yaml is told with that fault, not one by one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.dossier.finding import Finding, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_MEANT = re.compile(r"(?:是不是“|请写成 |键名写英文：)([^”（\s]+)")
_ELSEWHERE = re.compile(r"(?<!\S)(\S{1,80}) 写在 ([\w.]+)（")
"""How a hint names the key that was meant."""


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
    faults = [(f, tuple(_keys(f))) for f in findings if f.article is None and f.outcome is Outcome.VIOLATES]
    own: list[Finding] = []
    following: dict[int, list[Finding]] = {}
    for finding in findings:
        fault = _cause(finding, faults) if finding.missing else None
        if fault is None:
            own.append(finding)
        else:
            following.setdefault(id(fault), []).append(finding)
    return Sorted(tuple(own), {key: tuple(mine) for key, mine in following.items()})


def key_of(missing: str) -> str:
    """The key of a value that must be filled in: budget.total（总投资）-> budget.total."""
    return missing.partition("（")[0]


def _keys(fault: Finding) -> Iterator[str]:
    """The key that is written, and the one that was meant."""
    if not fault.subject:
        return
    yield fault.subject
    parent, dot, _ = fault.subject.rpartition(".")
    meant = _MEANT.search(fault.hint)
    if meant:
        yield f"{parent}{dot}{meant[1]}"
    elsewhere = _ELSEWHERE.search(fault.hint)
    if elsewhere:
        yield f"{elsewhere[2]}.{elsewhere[1]}"


def _cause(finding: Finding, faults: Iterable[tuple[Finding, tuple[str, ...]]]) -> Finding | None:
    wanted = [key_of(text) for text in finding.missing]
    return next((fault for fault, keys in faults if any(_covers(key, one) for key in keys for one in wanted)), None)


def _covers(key: str, wanted: str) -> bool:
    return wanted == key or wanted.startswith(f"{key}.")
