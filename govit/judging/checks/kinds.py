"""规则种类的判断：which function judges which kind of check, written out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit.judging.checks import authority, presence, time, value

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govit.judging.checks.verdict import Verdict
    from govit.judging.facts import Facts
    from govit.law.regulation import Rule

CHECKS: Mapping[str, Callable[[Rule, Facts, Any], list[Verdict]]] = {
    "given": presence.given,
    "present": presence.present,
    "chapter": presence.chapter,
    "contains_all": presence.contains_all,
    "approved": authority.approved,
    "submitted": authority.submitted,
    "answered": presence.answered,
    "equals": value.equals,
    "one_of": value.one_of,
    "at_most": value.at_most,
    "at_least": value.at_least,
    "before": time.before,
    "within": time.within,
    "every": time.every,
    "forbidden": value.forbidden,
    "scope": value.scope,
}
