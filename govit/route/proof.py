"""凭据：the records of a project that show an act which a rule demands, with their dates and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.dossier.keys import Role
from govit.dossier.lists import BY_KIND, bodies_of, day_of, kinds_of, text_of
from govit.dossier.model import PASSED, Approval, Submission
from govit.judging.concerning import concerns

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from govit.dossier.model import Record
    from govit.judging.facts import Facts
    from govit.law.conditions import Ref
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


def proofs(rule: Rule, facts: Facts, item: Record | None = None) -> tuple[Proof, ...]:
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
    """The refs to records, facts of the pack followed down to theirs; each once, in the order in which they are met."""
    return (ref for ref in facts.behind(refs) if ref.head in BY_KIND)


def _proof(ref: Ref, one: Record) -> Proof:
    kinds = kinds_of(one)
    return Proof(
        list=ref.head,
        kind=ref.key if ref.key in kinds else "、".join(kinds),
        body="、".join(bodies_of(one)),
        day=day_of(one),
        number=text_of(one, Role.NUMBER) or "",
        file=text_of(one, Role.FILE) or "",
    )
