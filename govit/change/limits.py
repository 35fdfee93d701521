"""限额：the bounds that a pack puts on changes, found in its rules: which amount, what share of which base or what sum. Pure."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from govit.base.money import format_money
from govit.base.records import record
from govit.dossier.finding import Severity
from govit.judging.values import OPERATORS, UNKNOWN, Missing, number
from govit.law.conditions import Condition, Percent, Ref, Test, describe_ref, label_of_ref, parse_ref, show
from govit.law.derivations import Remainder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.dossier.model import Change
    from govit.judging.facts import Facts
    from govit.judging.values import Value
    from govit.law.derivations import Derivation
    from govit.law.regulation import PackFact, Regulation, Rule

LIST = "changes"
CUMULATIVE = parse_ref("item.cumulative")
"""All changes up to one, as the rules add them up."""
_MEASURES = ("amount", "cumulative")
PLACES = 4
_PER_CENT = 100


@record
class ChangeLimit:
    """一项限额. `measure` is amount (one change) or cumulative (all together)."""

    measure: str
    percent: Decimal | None
    """None where the bound is a sum and no share of anything."""
    inclusive: bool
    """Whether exactly the bound is still within."""
    base: str
    """What the base is called; '' where the pack writes the sum itself."""
    label: str
    """The same as a form prints it, without the key."""
    value: Decimal | None
    """What the base or the sum is worth, None if that is not known."""
    rules: tuple[str, ...]
    article: str
    clause: str
    """The words of the article that set it."""
    advisory: bool
    """Set only by rules that warn: the law can be read so, or it is a second base."""
    judged: Decimal = Decimal(0)
    """The amount that the regulation's own measure gives."""
    parts: int = 100
    """分母：the bound is so many of these parts of the base."""

    @property
    def most(self) -> Decimal | None:
        """The amount of the bound itself, exact; None where it is not known, or no amount: a third of a fen."""
        if self.value is None:
            return None
        product = self.value * self._share
        return None if (Fraction(product) / self.parts * 100).denominator != 1 and self.parts != _PER_CENT else product / self.parts

    @property
    def _share(self) -> Decimal:
        return Decimal(self.parts) if self.percent is None else self.percent

    @property
    def text(self) -> str:
        """15%, 2/3, or the sum, or what the sum is called."""
        if self.percent is not None:
            return str(Percent(self.percent, None, self.parts))
        return self.base or format_money(self.value or Decimal(0))

    def beyond(self, amount: Decimal) -> bool | None:
        """Whether an amount is beyond the bound; compared without any division."""
        if self.value is None:
            return None
        left, right = amount * self.parts, self.value * self._share
        return left > right if self.inclusive else left >= right


def percent_text(amount: Decimal, base: Decimal) -> str:
    """Amount as per cent of base: exact where it has an end within four decimals, else marked as rounded."""
    if base == 0:
        return "—"
    share = Fraction(amount) * 100 / Fraction(base)
    scaled = share * 10**PLACES
    rounded = Decimal(round(scaled)).scaleb(-PLACES)
    if not rounded and share:
        return f"{'-' if share < 0 else ''}不到{Decimal(1).scaleb(-PLACES):f}%"
    text = f"{rounded:f}".rstrip("0").rstrip(".") or "0"
    return f"{text}%" if scaled.denominator == 1 else f"约{text}%"


def limits(
    regulation: Regulation, facts: Facts, amounts: Mapping[str, Decimal], change: Change | None = None
) -> Iterator[ChangeLimit]:
    """Every bound of the rules about changes, one for each measure and limit; those that bind come first."""
    found: dict[tuple[str, str], list[tuple[Rule, Test]]] = {}
    for rule in regulation.rules:
        for test in (*tests_of(rule, regulation), *_demanded(rule)):
            if test.ref.head == "item" and test.ref.key in _MEASURES and _is_bound(test):
                found.setdefault((test.ref.key, _written(test)), []).append((rule, test))
    made = [_limit(uses, regulation, facts, amounts, change) for uses in found.values()]
    return iter(sorted(made, key=lambda limit: limit.advisory))


def _demanded(rule: Rule) -> Iterator[Test]:
    """The comparison that a rule demands by itself, as one more test."""
    if rule.each is not None and rule.each.list == LIST and rule.demand.comparison is not None:
        yield rule.demand.comparison


def _is_bound(test: Test) -> bool:
    """Whether a test holds a change against a share or a sum; whether there is any money in it is no bound."""
    if test.op not in OPERATORS:
        return False
    if isinstance(test.to, Percent):
        return test.to.of is not None
    return isinstance(test.to, Ref) or (isinstance(test.to, Decimal) and test.to > 0)


def _written(test: Test) -> str:
    """What a bound is, so that the same one in several rules is one."""
    if isinstance(test.to, Percent):
        return f"{test.to} {test.to.of.text if test.to.of else ''}"
    return test.to.text if isinstance(test.to, Ref) else str(test.to)


def _limit(
    uses: list[tuple[Rule, Test]],
    regulation: Regulation,
    facts: Facts,
    amounts: Mapping[str, Decimal],
    change: Change | None,
) -> ChangeLimit:
    rule, test = uses[0]
    to = test.to
    base = to.of if isinstance(to, Percent) else to if isinstance(to, Ref) else None
    value = _worth(base, facts, change) if base is not None else to if isinstance(to, Decimal) else UNKNOWN
    article, clause = _clause(rule, regulation, show(to) if base is None else str(to))
    binding = any(use.severity is Severity.ERROR for use, _ in uses)
    return ChangeLimit(
        test.ref.key,
        to.number if isinstance(to, Percent) else None,
        test.op in (">", "<="),
        *_called(base),
        None if isinstance(value, Missing) else Decimal(number(value, base)),
        tuple(dict.fromkeys(use.id for use, _ in uses)),
        article,
        clause,
        not binding,
        amounts[test.ref.key],
        to.parts if isinstance(to, Percent) else _PER_CENT,
    )


def _called(base: Ref | None) -> tuple[str, str]:
    """What a base is called, and its label alone; one that each change has for itself has nothing else."""
    if base is None:
        return "", ""
    described = describe_ref(base)
    label = described if base.head in ("funding", "lines") else label_of_ref(base)  # a sum is more than its label
    return label if base.head == "item" else described, label


def _worth(base: Ref, facts: Facts, change: Change | None) -> Value:
    """What a base is worth; one that each change has for itself only for a change."""
    return UNKNOWN if change is None and facts.regulation.of_item(base) else facts.value(base, change)


def _clause(rule: Rule, regulation: Regulation, share: str) -> tuple[str, str]:
    """The part of a sentence of the rule's article that names the share."""
    for article in regulation.articles:
        for sentence in article.sentences:
            if share in sentence.text and rule.article.startswith(article.number):
                part = next(p for p in sentence.text.replace("；", "，").split("，") if share in p)
                return sentence.cite, part.rstrip("。：")
    return rule.article, rule.quote


def tests_of(rule: Rule, regulation: Regulation) -> Iterator[Test]:
    """Every test that a rule turns on, down through the facts of the pack."""
    given = [value for _, value in rule.demand.given()]
    seen: set[str] = set()
    for condition in (rule.when, *(value for value in given if isinstance(value, Condition))):
        yield from _tests(condition, regulation, seen)
    for value in given:
        if isinstance(value, Ref):
            yield from _behind(value, regulation, seen)


def _tests(condition: Condition, regulation: Regulation, seen: set[str]) -> Iterator[Test]:
    for test in condition.tests:
        yield test
        yield from _behind(test.ref, regulation, seen)


def _behind(ref: Ref, regulation: Regulation, seen: set[str]) -> Iterator[Test]:
    fact = regulation.facts.get(ref.key) if ref.head == "name" else None
    if fact is None or fact.name in seen:
        return
    seen.add(fact.name)
    how = fact.derivation
    for condition in (*how.conditions, *((how.where,) if how.where else ())):
        yield from _tests(condition, regulation, seen)
    for part in how.refs:
        yield from _behind(part, regulation, seen)


def _facts_behind(rule: Rule, regulation: Regulation) -> Iterator[PackFact]:
    """The facts of the pack that a rule names, directly or through others."""
    todo = [t.ref for t in tests_of(rule, regulation)] + [v for _, v in rule.demand.given() if isinstance(v, Ref)]
    seen: set[str] = set()
    while todo:
        ref = todo.pop()
        fact = regulation.facts.get(ref.key) if ref.head == "name" else None
        if fact is None or fact.name in seen:
            continue
        seen.add(fact.name)
        yield fact
        todo += fact.derivation.refs


def speaks_of_changes(rule: Rule, regulation: Regulation) -> bool:
    """Whether a rule is about changes: judged on each of them, or turning on whether there are any."""
    if rule.each is not None:
        return rule.each.list == LIST
    return any(f.derivation.listed == LIST for f in _all_facts(rule, regulation))


def _all_facts(rule: Rule, regulation: Regulation) -> Iterator[PackFact]:
    named = {t.ref.key for t in tests_of(rule, regulation) if t.ref.head == "name"}
    yield from (regulation.facts[name] for name in named if name in regulation.facts)
    yield from _facts_behind(rule, regulation)


def surplus_rules(regulation: Regulation) -> list[Rule]:
    """The rules about money left over: those that turn on an amount less what was spent."""
    return [
        rule for rule in regulation.rules if any(_less_spent(fact.derivation) for fact in _all_facts(rule, regulation))
    ]


def _less_spent(how: Derivation) -> bool:
    return isinstance(how, Remainder) and how.subtrahend.text == "budget.spent"
