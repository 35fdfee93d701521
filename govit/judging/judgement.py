"""判定：what one rule says of one subject, weighed; a Finding is made of it for those who will read it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from govit.dossier.finding import Severity
    from govit.dossier.model import Record
    from govit.judging.checks.verdict import Verdict
    from govit.law.regulation import Rule


class Judgement(NamedTuple):
    """判定：what one rule says of one subject, weighed; a Finding is made of it for those who will read it."""

    rule: Rule
    verdict: Verdict
    item: Record | None
    subject: str
    severity: Severity
    advisory: bool
