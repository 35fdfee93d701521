"""判断：what a check kind says of one subject, before severity, law of the day and waivers."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

from govit.base.records import record
from govit.base.wording import IS, Term, Wording, joined
from govit.dossier.finding import Outcome
from govit.judging.values import Missing
from govit.law.conditions import Ref, describe_ref, show

if TYPE_CHECKING:
    import datetime as dt

    from govit.calendar.periods import LastDay
    from govit.documents.content import Heading
    from govit.dossier.finding import OpenQuestion
    from govit.dossier.model import Document, Record
    from govit.judging.facts import Facts


@record
class Timing:
    """期限的算法：what a date was counted from and what ends it; for those who list dates, not for those who judge."""

    start: Ref | None = None
    since: dt.date | None = None
    period: str = ""
    opens: dt.date | None = None
    """The first day on which something may be done or a length has run; None if only the last day matters."""
    last: LastDay | None = None
    act: Ref | None = None
    done: dt.date | None = None


@record
class Verdict:
    """判断. `at` is the key of project.yaml where the matter stands or belongs."""

    outcome: Outcome
    subject: str = ""
    detail: str = ""
    at: str = ""
    evidence: tuple[str, ...] = ()
    nearest: str | None = None
    due: dt.date | None = None
    fell_on: dt.date | None = None
    trigger: dt.date | None = None
    missing: tuple[Ref, ...] = ()
    doubt: tuple[Ref, ...] = ()
    """Of what does not apply: the values that its condition lacks, where they do not matter yet."""
    document: Document | None = None
    heading: Heading | None = None
    who: str = ""
    papers: tuple[str, ...] = ()
    """The kinds of documents of which one is there, or something that serves instead."""
    earlier_law: bool = False
    timing: Timing | None = None
    lacks: Ref | None = None
    """The record of which there is none at all, by the body that is asked; None where something is there."""
    unfilled: Ref | None = None
    """Of what violates: the value whose being given is itself the duty."""
    asks: OpenQuestion | None = None
    """The question that nobody has answered yet."""
    broken: str = ""
    """Why the rule could not run."""


class More(TypedDict, total=False):
    """What may be said beside outcome, subject and detail."""

    at: str
    evidence: tuple[str, ...]
    nearest: str | None
    due: dt.date | None
    fell_on: dt.date | None
    missing: tuple[Ref, ...]
    doubt: tuple[Ref, ...]
    document: Document | None
    heading: Heading | None
    who: str
    earlier_law: bool
    timing: Timing | None
    lacks: Ref | None
    unfilled: Ref | None
    asks: OpenQuestion | None


class Basis(TypedDict, total=False):
    """What may be said of what complies."""

    due: dt.date | None
    fell_on: dt.date | None
    document: Document | None
    heading: Heading | None
    papers: tuple[str, ...]


def complies(subject: str = "", evidence: tuple[str, ...] = (), **more: Unpack[Basis]) -> Verdict:
    """合规."""
    return Verdict(Outcome.COMPLIES, subject, evidence=evidence, **more)


def violates(subject: str, detail: str, **more: Unpack[More]) -> Verdict:
    """不合规."""
    return Verdict(Outcome.VIOLATES, subject, detail, **more)


def not_applicable(detail: str, subject: str = "", **more: Unpack[More]) -> Verdict:
    """不适用，or its trigger has not happened yet."""
    return Verdict(Outcome.NOT_APPLICABLE, subject, detail, **more)


def undetermined(subject: str, detail: str, **more: Unpack[More]) -> Verdict:
    """无法判断."""
    return Verdict(Outcome.UNDETERMINED, subject, detail, **more)


def unknown(subject: str, refs: list[Ref] | tuple[Ref, ...]) -> Verdict:
    """无法判断，because these values are not given."""
    shown = joined("、", dict.fromkeys(describe_ref(ref) for ref in refs))
    at = key_of(refs[0]) if refs else ""
    return Verdict(Outcome.UNDETERMINED, subject, Wording("还不能判断：没有填写 {}", shown), at=at, missing=tuple(refs))


def key_of(ref: Ref) -> str:
    """The key of project.yaml where a ref's value belongs."""
    if ref.head == "field":
        return ref.key
    if ref.head in ("trait", "figures"):
        return f"{'traits' if ref.head == 'trait' else ref.head}.{ref.key}"
    if ref.head == "lines":
        return "budget.lines"
    return {"systems": "", "predecessor": "predecessor", "as_of": "", "item": "", "name": ""}.get(ref.head, ref.head)


def stated(ref: Ref, facts: Facts, item: Record | None = None) -> str:
    """A ref with its value, as evidence: budget.total（总投资）= 260万元."""
    value = facts.value(ref, item)
    shown = value.value if isinstance(value, Missing) else show(value) or Term("", "", "没有填写")
    return Wording("{}{}{}", describe_ref(ref), IS, shown)
