"""用话说规则：a rule in words, for explain, the coverage table and the keeper's sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.lists import BY_RULES
from govit.law.conditions import describe_condition, describe_ref
from govit.law.regulation import STRENGTH_WORDS

if TYPE_CHECKING:
    from govit.law.regulation import Rule


def describe(rule: Rule) -> str:
    """What a rule demands, in one Chinese sentence built from its own parameters."""
    parts = []
    if rule.when.tests:
        parts.append(f"当{describe_condition(rule.when)}时")
    if rule.each is not None:
        kinds = f"（{'、'.join(rule.each.kinds)}）" if rule.each.kinds else ""
        parts.append(f"对每一项{BY_RULES[rule.each.list].listed.entry}{kinds}")
    if rule.stage:
        parts.append(f"从“{rule.stage}”这一步起")
    if rule.point is not None:
        parts.append(f"以{describe_ref(rule.point)}为界")
    return "，".join([*parts, f"{STRENGTH_WORDS[rule.strength]}{rule.demand.in_words}"])
