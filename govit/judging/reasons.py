"""因由：why a condition holds for one project, or does not, in words and with the project's own figures.

A pack fact is followed into what decided it. What is only not known is told by `Facts.unknown_in`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govit.dossier.finding import ToFill
from govit.dossier.keys import Role
from govit.dossier.lists import BY_KIND, day_of, text_of
from govit.dossier.model import PASSED
from govit.judging.checks.verdict import key_of
from govit.judging.values import ABSENT, Missing
from govit.law.conditions import UNANSWERED, Percent, Ref, Test, describe_ref, label_of_ref, relation, show
from govit.law.derivations import AnyOf

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from govit.dossier.model import Record
    from govit.judging.facts import Facts
    from govit.judging.values import Value
    from govit.law.conditions import Condition, Literal, Operand
    from govit.law.regulation import PackFact

_OPPOSITE = {">": "<=", ">=": "<", "<": ">=", "<=": ">", "=": "!=", "!=": "="}
_FOLLOWED = 6
"""How many alternatives of a fact that does not hold are told one by one; of more, only its name."""
_LISTED = 4
"""How many words of a list are named."""


class Denial(str):
    """A reason that says that something is not there or not so."""

    __slots__ = ()


class _Reason(NamedTuple):
    """One reason: a value as it is written in the project, and how it stands to each bound."""

    value: str
    relations: tuple[str, ...] = ()
    denies: bool = False

    @property
    def text(self) -> str:
        """总投资 420万元，超过 300万元."""
        text = "，".join((self.value, *self.relations))
        return Denial(text) if self.denies else text


def grounds(facts: Facts, condition: Condition, item: Record | None = None) -> tuple[str, ...]:
    """Why a condition holds, one text for each test that decides it."""
    return _texts(_grounds(facts, condition, item))


def obstacles(facts: Facts, condition: Condition, item: Record | None = None) -> tuple[str, ...]:
    """Why a condition does not hold: the first test that fails."""
    failed = _failing(facts, condition, item)
    return _texts(_said(facts, failed, item, holds=False)) if failed else ()


def _texts(reasons: Iterable[_Reason]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for reason in reasons if (text := reason.text)))


def _grounds(facts: Facts, condition: Condition, item: Record | None) -> list[_Reason]:
    return _joined(reason for test in condition.tests for reason in _said(facts, test, item, holds=True))


def _failing(facts: Facts, condition: Condition, item: Record | None) -> Test | None:
    return next((test for test in condition.tests if facts.test(test, item) is False), None)


def awaited(facts: Facts, condition: Condition, item: Record | None = None) -> tuple[Ref, ...]:
    """The records still to come without which it does not hold; none where something else already decides it."""
    parts = [_awaited(facts, test, item) for test in condition.tests if facts.test(test, item) is False]
    return tuple(dict.fromkeys(ref for part in parts for ref in part)) if all(parts) else ()


def wanting(facts: Facts, condition: Condition, item: Record | None = None) -> tuple[str, ...]:
    """What must be filled in before it can be said whether it holds; of a trait, the question it answers."""
    return tuple(to_fill(facts, ref) for ref in facts.unknown_in(condition, item))


def to_fill(facts: Facts, ref: Ref) -> str:
    """A value to be filled in, as the clerk finds it in project.yaml."""
    words = facts.regulation.words.get({"trait": "traits", "figures": "figures"}.get(ref.head, ""), {})
    word = words.get(ref.key)
    return f"{describe_ref(ref)}（{word.ask}）" if word is not None and word.ask else describe_ref(ref)


def to_fill_of(facts: Facts, ref: Ref) -> ToFill:
    """What is to be filled in for a ref, by its key and in words."""
    words = to_fill(facts, ref)
    if ref.head in ("field", "trait", "figures"):
        return ToFill(words, key_of(ref), ref.key, whole=True)
    of_entry = ref.head == "item" and "." not in ref.key  # what it has besides is said of it or counted
    return ToFill(words, ref.key if of_entry else "", ref.key)


def _joined(reasons: Iterable[_Reason]) -> list[_Reason]:
    """Two bounds of one value as one reason: 总投资 420万元，超过 300万元，不超过 500万元."""
    found: list[_Reason] = []
    for reason in reasons:
        last = found[-1] if found else None
        if last is not None and last.value == reason.value and last.relations and reason.relations:
            found[-1] = last._replace(relations=tuple(dict.fromkeys((*last.relations, *reason.relations))))
        else:
            found.append(reason)
    return found


def _said(facts: Facts, test: Test, item: Record | None, *, holds: bool) -> Iterator[_Reason]:
    if isinstance(test.to, bool):
        yield from _truth_said(facts, test.ref, item, actual=test.to is holds)
        return
    value = facts.value(test.ref, item)
    if value is ABSENT:
        yield _Reason(f"没有{describe_ref(test.ref)}", denies=True)
    elif test.of_answering:
        answered = UNANSWERED if isinstance(value, Missing) else f"已回答“{show(value)}”"
        yield _Reason(f"{describe_ref(test.ref)}{answered}")
    elif test.op in ("is", "in"):
        yield _member_said(test, value, holds=holds)
    else:
        yield _compared_said(facts, test, item, value, holds=holds)


# -- true and false --------------------------------------------------------------------------------


def _truth_said(facts: Facts, ref: Ref, item: Record | None, *, actual: bool) -> Iterator[_Reason]:
    if ref.head in BY_KIND:
        said = f"已有{describe_ref(ref)}{_when(facts, ref)}" if actual else f"没有{describe_ref(ref)}"
        yield _Reason(said, denies=not actual)
    elif ref.head != "name":
        value = facts.value(ref, item)
        named = isinstance(value, (bool, Missing)) or ref.head == "item"
        yield _yes_or_no(label_of_ref(ref), actual=actual) if named else _Reason(f"{label_of_ref(ref)} {show(value)}")
    elif ref.key in facts.regulation.facts:
        fact = facts.regulation.facts[ref.key]
        question = "said of true" if actual else "said of false"
        yield from facts.once(question, fact.name, item, lambda: tuple(_fact_said(facts, fact, item, actual=actual)))
    elif ref.key in facts.regulation.words.get("traits", {}):
        yield _yes_or_no(ref.key, actual=actual)
    else:
        category = f"{label_of_ref(Ref('category', 'field', 'category'))} {facts.project.category}"
        yield _Reason(category, (f"{'属' if actual else '不属'}{ref.key}",))


def _yes_or_no(name: str, *, actual: bool) -> _Reason:
    return _Reason(f"{name}：{'是' if actual else '否'}", denies=not actual)


def _fact_said(facts: Facts, fact: PackFact, item: Record | None, *, actual: bool) -> Iterator[_Reason]:
    how = fact.derivation
    if isinstance(how, AnyOf) and actual:
        held = next((c for c in how.conditions if facts.holds(c, item) is True), None)
        yield from _grounds(facts, held, item) if held else ()
    elif isinstance(how, AnyOf) and len(how.conditions) <= _FOLLOWED:
        failing = [test for c in how.conditions if (test := _failing(facts, c, item))]
        if all(test.ref.head in BY_KIND for test in failing):
            yield _Reason(f"“{fact.name}”不成立", denies=True)
        else:
            for test in failing:
                yield from _said(facts, test, item, holds=False)
    elif how.chooses:
        deciding = _deciding(facts, fact, item)
        value = facts.value(deciding, item)
        unread = isinstance(value, Missing)
        yield _Reason(f"“{fact.name}”没有日期或金额" if unread else f"{label_of_ref(deciding)} {show(value)}")
    else:
        yield _Reason(f"“{fact.name}”{'成立' if actual else '不成立'}", denies=not actual)


def _when(facts: Facts, ref: Ref) -> str:
    """The day and the number of the record that a ref means."""
    found = [
        r for r in facts.records(ref.head, ref.key, ref.body) if getattr(r, "result", PASSED) == PASSED or ref.attr
    ]
    found = [r for r in found if day_of(r)]
    first = min(found, key=lambda r: day_of(r) or facts.as_of, default=None)
    if first is None:
        return ""
    number = text_of(first, Role.NUMBER)
    return f"（{day_of(first)}{f' {number}' if number else ''}）"


# -- words and figures -----------------------------------------------------------------------------


def _member_said(test: Test, value: Value, *, holds: bool) -> _Reason:
    wanted: tuple[Operand, ...] = test.to if isinstance(test.to, tuple) else (test.to,)
    name = label_of_ref(test.ref)
    if isinstance(value, tuple):
        if holds:
            return _Reason(f"{name}有{'、'.join(show(entry) for entry in value if entry in wanted)}")
        return _Reason(f"{name}没有{_few(wanted)}")
    return _Reason(f"{name} {show(value)}", () if holds else (f"不是{_few(wanted)}",))


def _few(words: tuple[Operand, ...]) -> str:
    shown = "、".join(show(word) for word in words[:_LISTED])
    return f"{shown}等" if len(words) > _LISTED else shown


def _compared_said(facts: Facts, test: Test, item: Record | None, value: Value, *, holds: bool) -> _Reason:
    how = relation(test.op if holds else _OPPOSITE[test.op], value)
    name = label_of_ref(_deciding_ref(facts, test.ref, item))
    if isinstance(value, Missing):
        return _Reason(f"{name}{value.value}")
    if holds and test.op == ">" and test.to == 0:
        return _Reason(f"{name} {show(value)}")
    return _Reason(f"{name} {show(value)}", (f"{how} {_limit_said(facts, test.to, item)}",))


def _limit_said(facts: Facts, to: Operand | tuple[Literal, ...], item: Record | None) -> str:
    if isinstance(to, Percent) and to.of is not None:
        return f"{label_of_ref(to.of)} {_shown(facts.value(to.of, item))}的 {to}"
    if isinstance(to, Ref):
        return f"{label_of_ref(to)} {_shown(facts.value(to, item))}"
    return show(to)


def _shown(value: Value) -> str:
    return value.value if isinstance(value, Missing) else show(value)


def _deciding_ref(facts: Facts, ref: Ref, item: Record | None) -> Ref:
    fact = facts.regulation.facts.get(ref.key) if ref.head == "name" else None
    return _deciding(facts, fact, item) if fact and fact.derivation.chooses else ref


def _deciding(facts: Facts, fact: PackFact, item: Record | None) -> Ref:
    """Of several values the one that a fact takes, down through further facts."""
    value = facts.value(Ref(fact.name, "name", fact.name), item)
    for ref in fact.derivation.refs:
        if not isinstance(value, Missing) and facts.value(ref, item) == value:
            return _deciding_ref(facts, ref, item)
    return Ref(fact.name, "name", fact.name)


# -- what is still to come -------------------------------------------------------------------------


def _awaited(facts: Facts, test: Test, item: Record | None) -> tuple[Ref, ...]:
    if test.to is False:
        return ()
    fact = facts.regulation.facts.get(test.ref.key) if test.ref.head == "name" else None
    if fact is not None and isinstance(fact.derivation, AnyOf):
        ways = fact.derivation.conditions
        return facts.once(
            "awaited", fact.name, item, lambda: next((found for c in ways if (found := awaited(facts, c, item))), ())
        )
    come = test.ref.head in BY_KIND or (fact is not None and fact.derivation.chooses)
    return (test.ref,) if come and facts.value(test.ref, item) is ABSENT else ()
