"""提示: what is asked of every hint of a pack: act, then record, and never a record of what did not happen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.law.kinds.order import After
from govit.law.kinds.time import MET, Before, Within

if TYPE_CHECKING:
    from govit.law.regulation import Regulation, Rule

_KEY = r"[a-z_]+(?:\.[a-z_\u4e00-\u9fff]+)*"
_RECORDS = re.compile(
    r"(?<![a-z.])(?:applicant|approvals|answers|basis|budget|build_mode|builder|by|catalogue|category|changes|contracts"
    r"|demand|documents|events|funding|hosting|kinds|lead|manager|notices|objects|objective|participants|plans"
    r"|predecessor|project_code|schedule|standards|submissions|systems|team|to|traits|unit|waivers|year)(?![a-z])"
    r"|(?<!应)记(?:一条|录|下|入|明|在)|登记(?:在|进)|写明|填写|放进|附上|放入"
)
"""Where a hint begins to speak of a record."""
_REVERSED = re.compile(r"确已|确实已经")
_ONE_SIDE = re.compile(r"确已|确实已经|(?:合格|运行|使用|签订)(?:之日)?以前(?:报|上传|的上传)")
"""Where a hint begins to say what to do with a record that stands on the wrong side of a day."""
_HONEST = re.compile(r"不得改|不得补写|不得倒填|照实|如实")
_ACT = 4
"""So many characters at least a clause has that says what to do."""


def without_an_act(hint: str) -> bool:
    """Whether a hint speaks of the record before it has said what to do in the world."""
    first = re.split("[，；：。]", hint, maxsplit=1)[0]
    found = _RECORDS.search(first)
    if found is None:
        return False
    said = first[: found.start()].rstrip().removesuffix("在")
    return bool(re.match("(?:最好)?[在把给]|.*的$", said)) or len(re.findall(r"[\u4e00-\u9fff]", said)) < _ACT


def of_an_order(rule: Rule) -> bool:
    """Whether a rule turns on the order of two days or on a day that something must not pass."""
    return rule.check in ("before", "within", "every") or getattr(rule.demand, "before", None) is not None


def without_the_reversed_case(rule: Rule) -> bool:
    """Whether a rule of order leaves unsaid what to do when the order is truly reversed, or invites another date."""
    return of_an_order(rule) and not (_REVERSED.search(rule.hint) and _HONEST.search(rule.hint))


def sides_of(rule: Rule) -> int:
    """On how many sides of a day a record may stand that does not count: too early, too late."""
    demand = rule.demand
    if isinstance(demand, Within):
        return 2 - (demand.early == MET)
    if rule.check == "answered" or not isinstance(demand, After):
        return 0
    return len(demand.bounds)


def without_one_side(rule: Rule) -> bool:
    """Whether of a rule with two bounds the hint speaks of one alone."""
    return sides_of(rule) > len(_ONE_SIDE.findall(rule.hint))


def done_again_in_vain(rule: Rule) -> bool:
    """Whether a hint has the later act done again and recorded apart, while the rule looks at the first record alone."""
    demand = rule.demand
    until = demand.second if isinstance(demand, Before) else getattr(demand, "before", None)
    if until is None or until.head not in ("approvals", "submissions", "documents", "contracts"):
        return False
    again = re.search(rf"重新{until.key[-2:]}[^。]*?另记|重新(?:组织)?{until.key[-2:]}，照实另记|新稿另记", rule.hint)
    return bool(again) and until.attr != "last"


def hints_say_what_to_do(regulation: Regulation) -> None:
    """First the act, then its record."""
    found = [f"{r.id} {r.hint}" for r in regulation.rules if r.hint and without_an_act(r.hint)]
    assert found == [], "\n".join(found)


def hints_of_orders_say_the_reversed_case(regulation: Regulation) -> None:
    """What to do when it truly happened the other way round, without touching a date."""
    found = [f"{r.id} {r.hint}" for r in regulation.rules if without_the_reversed_case(r)]
    assert found == [], "\n".join(found)


def hints_of_two_bounds_say_both_sides(regulation: Regulation) -> None:
    """Of what must be done after one day and before another: what to do where it was too early, and where too late."""
    found = [f"{r.id} {r.hint}" for r in regulation.rules if without_one_side(r)]
    assert found == [], "\n".join(found)


def hints_of_what_is_done_again_are_kept(regulation: Regulation) -> None:
    """Whoever does again what came too early, and records it apart, has cleared the finding."""
    found = [f"{r.id} {r.hint}" for r in regulation.rules if done_again_in_vain(r)]
    assert found == [], "\n".join(found)


def hints_of_questions_say_when_to_answer(regulation: Regulation) -> None:
    """No hint tells a clerk to confirm what has not been looked at."""
    asked = [r for r in regulation.rules if r.check == "answered"]
    found = [f"{r.id} {r.hint}" for r in asked if not re.search(r"确已|确实|确有|确无|确认|认定|核实", r.hint)]
    assert found == [], "\n".join(found)
