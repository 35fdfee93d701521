"""选规则：the rules of which a run is to tell, each by its id or by the beginning of it (LYG-12, GOV)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.finding import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from govit.dossier.finding import Finding


def is_chosen(rule: str, chosen: Sequence[str]) -> bool:
    """Whether a rule is one of those; of none every rule is."""
    return not chosen or any(rule == one or rule.startswith(f"{one}-") for one in chosen)


def told_of(findings: Iterable[Finding], chosen: Sequence[str]) -> list[Finding]:
    """What is told of findings of no rule of a regulation: the chosen ones, and errors, on which the others may rest."""
    return [one for one in findings if is_chosen(one.rule, chosen) or one.severity is Severity.ERROR]


def unknown(chosen: Iterable[str], known: Iterable[str]) -> str | None:
    """The first that is no rule and no beginning of one."""
    rules = list(known)
    return next((one for one in chosen if not any(is_chosen(rule, (one,)) for rule in rules)), None)
