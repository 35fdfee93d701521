"""凭据：the records of a project that show an act which a rule demands, with their dates and numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit.base.records import record
from govit.dossier.model import PASSED
from govit.judging.checks.authority import concerns
from govit.judging.values import day_of, kinds_of
from govit.law.conditions import RECORDS, Ref, refs_in

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from govit.judging.facts import Facts
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


def proofs(rule: Rule, facts: Facts, item: Any = None) -> tuple[Proof, ...]:  # noqa: ANN401
    """The records that the rule is about, by date; of approvals only those that passed."""
    found: dict[int, Proof] = {}
    for ref in resolved(facts, acts(rule)):
        for one in facts.records(ref.head, ref.key, ref.body):
            if getattr(one, "result", PASSED) != PASSED and ref.head == "approvals":
                continue
            if ref.head in ("approvals", "submissions") and not concerns(one, item, facts):
                continue
            found.setdefault(id(one), _proof(ref, one))
    return tuple(sorted(found.values(), key=lambda p: (p.day is None, p.day or facts.as_of, p.kind, p.body)))


def acts(rule: Rule) -> tuple[Ref, ...]:
    """The refs to what a rule wants done."""
    given = rule.params
    match rule.check:
        case "approved":
            bodies = given.get("any_body") or given.get("bodies") or (given.get("body", ""),)
            return tuple(_record_ref("approvals", given["act"], body) for body in bodies)
        case "submitted" | "every":
            bodies = given.get("bodies") or (given.get("to", ""),)
            return tuple(_record_ref("submissions", given["submission"], body) for body in bodies)
        case "within":
            act: Ref = given["act"]
            bodies = given.get("bodies", ())
            return tuple(_record_ref(act.head, act.key, body) for body in bodies) or (act,)
        case "before":
            return (given["first"],)
        case "present":
            return tuple(_record_ref("documents", kind) for kind in given.get("any_of") or given["documents"])
        case "forbidden":
            return tuple(refs_in(given["forbidden"]))
        case _:
            return tuple(refs_in((given.get("fields", ()), given.get("field"), given.get("value"))))


def _record_ref(head: str, key: str, body: str = "") -> Ref:
    return Ref(f"{head}.{key}{'@' + body if body else ''}", head, key, body)


def resolved(facts: Facts, refs: Iterable[Ref]) -> Iterator[Ref]:
    """The refs to records, facts of the pack followed down to theirs."""
    for ref in refs:
        if ref.head in RECORDS:
            yield ref
        elif ref.head == "name" and ref.key in facts.regulation.facts:
            yield from resolved(facts, refs_in(facts.regulation.facts[ref.key].parts))


def _proof(ref: Ref, one: Any) -> Proof:  # noqa: ANN401 - any record of the model
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
