"""结论：what one rule says of one project and subject. Immutable data, no I/O."""

from __future__ import annotations

from collections import Counter
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from govit.base.records import named_record, replace, value_record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


class Outcome(Enum):
    """四种结论，never two."""

    COMPLIES = "complies"
    VIOLATES = "violates"
    NOT_APPLICABLE = "not-applicable"
    UNDETERMINED = "undetermined"


class Severity(IntEnum):
    """轻重：the higher the graver."""

    INFO = 1
    WARNING = 2
    ERROR = 3

    @property
    def word(self) -> str:
        """The word of the JSON contract: error, warning, info."""
        return self._name_.lower()


@value_record
class Place:
    """位置：where to look, or for what is missing, where it belongs. 1-based, in characters."""

    file: str
    line: int | None = None
    column: int | None = None
    heading: str | None = None
    paragraph: int | None = None
    key: str | None = None
    """The key of project.yaml under which something is missing."""


@value_record
class ToFill:
    """待填：what must be filled in, by its key and in words. Equal to another that is said alike."""

    words: str
    """As a clerk finds it: budget.total（总投资）, 审批“某事项”."""
    key: str = ""
    """The key of its value; '' of what is no single value: a record is made of what has happened, a sum of its parts."""
    name: str = ""
    """What a finding about nothing else has as its subject."""
    whole: bool = False
    """Whether it is a value of the whole project, its key one of project.yaml; else it is one of an entry or record."""


@value_record
class OpenQuestion:
    """人工确认的问题：its name, and what is asked."""

    name: str
    ask: str


@value_record
class Waived:
    """豁免：the approval number of the waiver and the day until which it holds."""

    number: str
    until: date


@named_record
class Finding:
    """结论. `project` is the folder as shown in the report; None for a dossier-level finding."""

    rule: str
    title: str
    title_en: str = ""
    severity: Severity
    nominal: Severity
    outcome: Outcome
    project: str | None
    subject: str = ""
    message: str
    detail: str = ""
    """What the message adds to the title; '' where it says it in its own words."""
    place: Place
    document_number: str | None = None
    article: str | None = None
    quote: str | None = None
    evidence: tuple[str, ...] = ()
    nearest: str | None = None
    hint: str = ""
    due: date | None = None
    waived: Waived | None = None
    advisory: bool = False
    earlier_law: bool = False
    """Fell due before the regulation's first day, and is therefore not judged by it."""
    who: str = "项目单位"
    missing: tuple[ToFill, ...] = ()
    """Of what is undetermined: the values that must be filled in before it can be judged."""
    unfilled: ToFill | None = None
    """Of what violates: the value whose being given is itself the duty, unless the rule says it in its own words."""
    asks: OpenQuestion | None = None
    """The question that nobody has answered yet, unless the rule says it in its own words."""
    meant: str = ""
    """Of a fault: the dotted key that was meant where another is written."""
    nth: int = 1
    """Which it is of those that are alike, in the order of their places."""

    @property
    def alike(self) -> tuple[str, ...]:
        """What several findings may share: the project, the rule, the subject, and of govit's own rules the file."""
        file = () if self.article else (self.place.file,)
        return (self.project or "", self.rule, self.subject, *file)

    @property
    def fingerprint(self) -> str:
        """Stable over moved lines and changed wording, and no other's in one report."""
        from hashlib import sha256

        number = () if self.nth == 1 else (str(self.nth),)
        return sha256("\0".join((*self.alike, *number)).encode()).hexdigest()[:16]

    @property
    def counts_as(self) -> str:
        """The one counter of the summary that this finding adds to."""
        if self.outcome is Outcome.UNDETERMINED:
            return "undetermined"
        if self.waived:
            return "waived"
        if self.advisory:
            return "advisory"
        return self.severity.word


def told_apart(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The same findings, those that are alike numbered in the order of their places."""
    found = tuple(findings)
    groups: dict[tuple[str, ...], list[int]] = {}
    for number, finding in enumerate(found):
        groups.setdefault(finding.alike, []).append(number)
    nth = {
        number: n
        for group in groups.values()
        if len(group) > 1
        for n, number in enumerate(sorted(group, key=lambda at: _where(found[at].place)), 1)
    }
    return tuple(replace(f, nth=nth[n]) if nth.get(n, 1) != f.nth else f for n, f in enumerate(found))


def _where(place: Place) -> tuple[int, int, int]:
    return place.line or 0, place.paragraph or 0, place.column or 0


FAILING = {
    "error": ("error",),
    "warning": ("error", "warning"),
    "undetermined": ("error", "warning", "undetermined"),
}
"""What fails a run at each level; the waived and the advisory never do."""

COUNTERS = ("error", "warning", "info", "undetermined", "waived", "advisory")


def count(findings: list[Finding]) -> dict[str, int]:
    """Count findings by the six counters; complies and not-applicable are in none of them."""
    open_ = (Outcome.VIOLATES, Outcome.UNDETERMINED)
    found = Counter(finding.counts_as for finding in findings if finding.outcome in open_)
    return {counter: found[counter] for counter in COUNTERS}
