"""取值：equals, one_of, at_most, at_least, forbidden, scope. Exact comparison, nothing rounded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.wording import Wording
from govit.judging.checks.verdict import Verdict, complies, key_of, not_applicable, stated, unknown, violates
from govit.judging.derived import neighbours, of_the_years
from govit.judging.values import ABSENT, UNDATED, UNKNOWN, Missing, number
from govit.law.conditions import Condition, Percent, Ref, Test, describe_condition, describe_ref, show
from govit.law.derivations import AnyOf, Neighbours, OfYears
from govit.law.kinds.value import AtLeast, AtMost, Bounded, Equals, Forbidden, OneOf, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govit.dossier.model import Record
    from govit.judging.facts import Facts
    from govit.judging.values import Value
    from govit.law.conditions import Operand
    from govit.law.kinds.demand import Demand
    from govit.law.regulation import PackFact


def equals(demand: Equals, facts: Facts, item: Record | None) -> list[Verdict]:
    """应当是：the value of a field, or the same as another field."""
    ref, to = demand.field_, demand.to
    value, wanted = _compared(demand, facts, item)
    if value is ABSENT or wanted is ABSENT:
        return [not_applicable(Wording("{}还没有记录", describe_ref(ref)))]
    missing = [r for r, v in ((ref, value), (to, wanted)) if r is not None and v in (UNKNOWN, UNDATED)]
    if missing:
        return [unknown("", [given for r in missing for given in facts.unknown_behind(r, item)])]
    if value == wanted or (isinstance(value, tuple) and wanted in value):
        return [complies("", () if facts.brief else tuple(basis_of(ref, facts, item)))]
    shown = Wording("{}“{}”", "" if to is None else describe_ref(to), show(wanted))
    return [
        violates(
            "",
            Wording("{}是“{}”，应当是{}", describe_ref(ref), show(value), shown),
            at=_at(ref, item, facts),
            evidence=tuple(basis_of(ref, facts, item)),
        )
    ]


def _compared(demand: Equals, facts: Facts, item: Record | None) -> tuple[Value, Value]:
    """Both sides. That two places differ is what such a rule finds: then each is read as it is written there."""
    ref, to = demand.field_, demand.to
    if to is not None and facts.differs(ref) and facts.differs(to):
        written = facts.written(ref, item), facts.written(to, item)
        if written[0] != written[1]:
            return written
    return facts.value(ref, item), facts.operand(demand.wanted, item)


def one_of(demand: OneOf, facts: Facts, item: Record | None) -> list[Verdict]:
    """应当是其中之一；a list must have at least one in common."""
    ref, allowed = demand.field_, demand.values
    value = facts.value(ref, item)
    shown = show(allowed)
    if value is ABSENT:
        return [not_applicable(Wording("{}还没有记录", describe_ref(ref)))]
    if isinstance(value, Missing):
        return [unknown("", facts.unknown_behind(ref, item))]
    held = value if isinstance(value, tuple) else (value,)
    if any(entry in allowed for entry in held):
        return [complies("", () if facts.brief else tuple(basis_of(ref, facts, item)))]
    actual = Wording("是“{}”", show(value)) if held else "没有填写"
    detail = Wording("{}{}，应当是：{}", describe_ref(ref), actual, shown)
    return [violates("", detail, at=_at(ref, item, facts))]


def at_most(demand: AtMost, facts: Facts, item: Record | None) -> list[Verdict]:
    """不超过；`strict` makes it 小于."""
    return [_bounded(demand, facts, item)]


def at_least(demand: AtLeast, facts: Facts, item: Record | None) -> list[Verdict]:
    """不少于；`strict` makes it 超过."""
    return [_bounded(demand, facts, item)]


_PER_CENT = 100
_LIMIT_WORDS = {"<": "应当小于", "<=": "不得超过", ">": "应当超过", ">=": "不得少于"}


def _bounded(demand: Bounded, facts: Facts, item: Record | None) -> Verdict:
    ref, op, limit = demand.value, demand.operator, demand.limit
    test = Test(ref, op, limit)
    value = facts.value(ref, item)
    bound = facts.operand(limit, item)
    if value is ABSENT or bound is ABSENT:
        return not_applicable(Wording("{}或其限额还没有记录", describe_ref(ref)))
    held = facts.test(test, item)
    if held is None:
        return unknown("", facts.unknown_in(Condition((test,)), item))
    evidence = (stated(ref, facts, item), *_base(limit, facts, item))
    if held:
        return complies("", evidence)
    return violates(
        "",
        Wording(
            "{}是 {}，{} {}{}",
            describe_ref(ref),
            show(value),
            _LIMIT_WORDS[op],
            show(limit),
            _in_figures(limit, facts, item),
        ),
        at=_at(ref, item, facts),
        evidence=evidence,
    )


def _base(limit: Operand, facts: Facts, item: Record | None) -> tuple[str, ...]:
    target = limit.of if isinstance(limit, Percent) else limit
    return (stated(target, facts, item),) if isinstance(target, Ref) else ()


def _in_figures(limit: Operand, facts: Facts, item: Record | None) -> str:
    if isinstance(limit, Percent) and limit.of is not None:
        return _amount_of(limit, facts.value(limit.of, item))
    return Wording("（{}）", show(facts.value(limit, item))) if isinstance(limit, Ref) else ""


def _amount_of(limit: Percent, base: Value) -> str:
    """What a share comes to, where that is a whole number or an amount that can be paid: a third of a fen is none."""
    from fractions import Fraction  # few packs have a bound that is a share, and it takes a millisecond

    exact = Fraction(number(base, limit)) * Fraction(limit.number) / limit.parts
    if isinstance(base, int):
        return f"（{exact.numerator}）" if exact.denominator == 1 else ""
    ends = _PER_CENT % limit.parts == 0 or (exact * 100).denominator == 1
    return f"（{show(number(base, limit) * limit.number / limit.parts)}）" if ends else ""


def forbidden(demand: Forbidden, facts: Facts, item: Record | None) -> list[Verdict]:
    """不得：the condition must not hold."""
    condition = demand.condition
    held = facts.holds(condition, item)
    if held is None:
        return [unknown("", facts.unknown_in(condition, item))]
    if not held and facts.brief:
        return [complies()]
    evidence = evidence_of(condition, facts, item)
    if not held:
        return [complies("", evidence)]
    first = condition.tests[0].ref
    return [
        violates(
            "",
            Wording("出现了不允许的情形：{}", describe_condition(condition)),
            at=_at(first, item, facts),
            evidence=evidence,
        )
    ]


def scope(demand: Scope, facts: Facts, item: Record | None) -> list[Verdict]:
    """适用范围：when it does not hold, the engine does what `effect` says."""
    condition = demand.condition
    held = facts.holds(condition, item)
    if held is None:
        return [unknown("", facts.unknown_in(condition, item))]
    if held and facts.brief:
        return [complies()]
    evidence = evidence_of(condition, facts, item)
    if held:
        return [complies("", evidence)]
    return [violates("", "", at=_at(condition.tests[0].ref, item, facts), evidence=evidence)]


def evidence_of(condition: Condition, facts: Facts, item: Record | None) -> tuple[str, ...]:
    """The values that a condition was decided on, down through the facts of the pack."""
    shown = [entry for test in condition.tests for entry in basis_of(test.ref, facts, item)]
    return tuple(dict.fromkeys(shown))


def basis_of(ref: Ref, facts: Facts, item: Record | None) -> list[str]:
    """What a value rests on: itself, or for a fact what it was derived from, and neighbours by name; each once."""
    fact = facts.regulation.facts.get(ref.key) if ref.head == "name" else None
    if fact is None:
        return [stated(ref, facts, item)]
    return facts.once("basis", ref.text, item, lambda: list(dict.fromkeys(_derived_from(ref, fact, facts, item))))


def _derived_from(ref: Ref, fact: PackFact, facts: Facts, item: Record | None) -> list[str]:
    how = fact.derivation
    if isinstance(how, Neighbours):
        return [stated(ref, facts), *(f"项目 {n.path}（{n.project.name}）" for n in neighbours(facts, how))]
    if isinstance(how, OfYears):
        met = [one for one, held in of_the_years(facts, how) if held]
        return [stated(ref, facts), *(f"项目 {n.path}（{n.project.name}）" for n in met)]
    if not isinstance(how, AnyOf):
        below = [entry for part in how.refs for entry in basis_of(part, facts, item)]
        return [stated(ref, facts, item), *below]
    holding = [c for c in how.conditions if facts.holds(c, item)] or how.conditions
    return [entry for c in holding for test in c.tests for entry in basis_of(test.ref, facts, item)]


def _at(ref: Ref, item: Record | None, facts: Facts) -> str:
    """The key where a value stands; of a fact, where the first thing stands that it is derived from."""
    fact = facts.regulation.facts.get(ref.key) if ref.head == "name" else None
    if fact is not None:
        first = next(fact.derivation.mentioned(), None)
        return _at(first, item, facts) if first else ""
    if ref.head == "name":
        return f"traits.{ref.key}" if ref.key in facts.regulation.words.get("traits", {}) else "category"
    if ref.head == "item" and item is not None:
        return f"{item.at}.{ref.key}"
    return key_of(ref)


JUDGED: Mapping[type[Demand], Callable[..., list[Verdict]]] = {
    Equals: equals,
    OneOf: one_of,
    AtMost: at_most,
    AtLeast: at_least,
    Forbidden: forbidden,
    Scope: scope,
}
