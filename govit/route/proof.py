"""凭据：the records of a project that show an act which a rule demands, with their dates and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.dossier.model import PASSED, Approval, Submission
from govit.judging.checks.authority import concerns
from govit.judging.values import day_of, kinds_of
from govit.law.conditions import RECORDS, Ref

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from govit.judging.facts import Facts
    from govit.judging.values import Item, Record
    from govit.law.regulation import Rule


@record
class Proof:
    """凭据：what was recorded, of which body, when and under which number."""

    list: str
    """The list of project.yaml that it stands in."""
    kind: str
    body: str
    day: dt.date | None
    number: str
    file: str


def proofs(rule: Rule, facts: Facts, item: Item | None = None) -> tuple[Proof, ...]:
    """The records that the rule is about, by date; of approvals only those that passed."""
    found: dict[int, Proof] = {}
    for ref in resolved(facts, rule.demand.acts):
        for one in facts.records(ref.head, ref.key, ref.body):
            if isinstance(one, Approval) and one.result != PASSED:
                continue
            if isinstance(one, (Approval, Submission)) and not concerns(one, item, facts):
                continue
            found.setdefault(id(one), _proof(ref, one))
    return tuple(sorted(found.values(), key=lambda p: (p.day is None, p.day or facts.as_of, p.kind, p.body)))


def resolved(facts: Facts, refs: Iterable[Ref]) -> Iterator[Ref]:
    """The refs to records, facts of the pack followed down to theirs."""
    for ref in refs:
        if ref.head in RECORDS:
            yield ref
        elif ref.head == "name" and ref.key in facts.regulation.facts:
            yield from resolved(facts, facts.regulation.facts[ref.key].derivation.mentioned())


def _proof(ref: Ref, one: Record) -> Proof:
    body = getattr(one, "body", None) or "、".join(getattr(one, "to", ()))
    kinds = kinds_of(one)
    return Proof(
        list=ref.head,
        kind=ref.key if ref.key in kinds else "、".join(kinds),
        body=body or "",
        day=day_of(one),
        number=getattr(one, "number", None) or "",
        file=getattr(one, "file", None) or getattr(one, "path", None) or "",
    )
