"""问什么：which articles of a regulation ask for which key or word of a project. Pure.

For the JSON Schema, which says so in an editor, and for a new project.yaml, which leaves out what
no rule asks for. Nothing is judged here: a rule counts unless the category alone rules it out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.dossier.keys import Role
from govit.dossier.lists import BY_KIND, BY_RULES, RECORDED_AT
from govit.law.conditions import Condition, Ref, own_record, refs_in
from govit.law.derivations import AnyOf
from govit.law.vocabulary import Question

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govit.law.conditions import Test
    from govit.law.regulation import PackFact, Regulation, Rule

_COUNTED = {"cumulative": "amount", "estimate": "on", "nth_in_year": "on", "previous": "on"}
"""What is added up or counted over the entries of a list, and the key that it is taken from."""


@record
class Requirements:
    """What is asked for: slot -> the articles that ask, in the order of the text, and the rules.

    A slot is a dotted key (`budget.total`, `approvals.amount`), or a list and one of its words
    (`events=事项`, `traits=特征`, `answers=问题`).
    """

    articles: Mapping[str, tuple[str, ...]]
    rules: Mapping[str, tuple[Rule, ...]]

    def of(self, slot: str) -> tuple[str, ...]:
        """The articles that ask for a slot."""
        return self.articles.get(slot, ())

    def bodies(self, slot: str) -> tuple[str, ...]:
        """The bodies from whom an act is wanted, or to whom something is handed in: by its own rules, then by others."""
        word = slot.partition("=")[2]
        found: list[str] = []
        for rule in self.rules.get(slot, ()):
            if word in (*rule.demand.act_words, *rule.demand.submissions):
                found += (*rule.demand.bodies, *rule.demand.any_body)
        found += [other.removeprefix(f"{slot}@") for other in self.articles if other.startswith(f"{slot}@")]
        return tuple(dict.fromkeys(body for body in found if body))


def requirements(regulation: Regulation, category: str | None = None) -> Requirements:
    """Everything that a regulation asks for, of projects of one category or of all."""
    gathered: dict[str, dict[str, None]] = {}
    rules: dict[str, list[Rule]] = {}
    seen: set[str] = set()
    for rule in rules_for(regulation, category):
        refs = list(_rule_refs(rule))
        for slot in dict.fromkeys([*_words(rule), *_slots(refs, regulation, rule.each.list if rule.each else "")]):
            gathered.setdefault(slot, {})[rule.article] = None
            rules.setdefault(slot, []).append(rule)
        for fact in _facts(refs, regulation, seen):
            for slot in _slots(fact.derivation.mentioned(), regulation, fact.derivation.listed):
                gathered.setdefault(slot, {})[fact.article] = None
                rules.setdefault(slot, []).append(rule)
    for stage in regulation.stages:
        left = (ref for trace in stage.leaves for ref in trace.records)
        for slot in _slots((*stage.passed, *left), regulation, ""):
            if "=" in slot and "@" not in slot:
                gathered.setdefault(slot, {f"表明“{stage.name}”这一步已经做了": None})
    order = {article.cite: n for n, article in enumerate(regulation.articles)}
    return Requirements(
        {slot: _in_order(cites, order) for slot, cites in gathered.items()},
        {slot: tuple(found) for slot, found in rules.items()},
    )


def law(regulation: Regulation) -> str:
    """A regulation by its title and its number, where it has one of its own."""
    number = "" if regulation.document_number in regulation.title else f"（{regulation.document_number}）"
    return f"《{regulation.title}》{number}"


def word_articles(found: Requirements, regulation: Regulation, listed: str, word: str) -> tuple[str, ...]:
    """The articles that ask for a word of a list, or the one that the pack names for it."""
    cites = found.of(f"{RECORDED_AT[listed]}={word}") if listed in RECORDED_AT else ()
    given = regulation.words.get(listed, {}).get(word)
    return cites or ((given.article,) if given is not None and given.article else ())


def rules_for(regulation: Regulation, category: str | None) -> list[Rule]:
    """The rules that may bind a project of a category."""
    if category is None:
        return list(regulation.rules)
    return [rule for rule in regulation.rules if holds(rule.when, regulation, category) is not False]


def _in_order(cites: Iterable[str], order: Mapping[str, int]) -> tuple[str, ...]:
    """Articles in the order of the text, paragraphs and items by the article that they begin with."""

    def place(cite: str) -> int:
        return max((n for article, n in order.items() if cite.startswith(article)), default=len(order))

    return tuple(sorted(cites, key=place))


# -- what only the category decides ----------------------------------------------------------------


def holds(condition: Condition, regulation: Regulation, category: str, *, unknown: bool | None = None) -> bool | None:
    """Whether a condition holds of every project of a category (True), of none (False), or of some (None).

    With `unknown` what the category does not decide is taken to be so.
    """
    return _OfCategory(regulation, category, unknown).holds(condition)


class _OfCategory:
    """What the category of a project decides, each name once."""

    def __init__(self, regulation: Regulation, category: str, unknown: bool | None) -> None:  # noqa: FBT001
        self.regulation = regulation
        self.category = category
        self.unknown = unknown
        self._known: dict[str, bool | None] = {}

    def holds(self, condition: Condition) -> bool | None:
        found = [self._test(test) for test in condition.tests]
        if False in found:
            return False
        return None if None in found else True

    def _test(self, test: Test) -> bool | None:
        if test.ref.head == "field" and test.ref.key == "category":
            return self.category in (test.to if isinstance(test.to, tuple) else (test.to,))
        if test.ref.head != "name" or not isinstance(test.to, bool):
            return self.unknown
        name = test.ref.key
        if name not in self._known:
            self._known[name] = self._name(name)
        known = self._known[name]
        return None if known is None else known is test.to

    def _name(self, name: str) -> bool | None:
        fact = self.regulation.facts.get(name)
        if fact is not None:
            if not isinstance(fact.derivation, AnyOf):
                return self.unknown
            found = [self.holds(condition) for condition in fact.derivation.conditions]
            return True if True in found else None if None in found else False
        if name in self.regulation.words.get("traits", {}):
            return self.unknown
        word = self.regulation.words["categories"].get(self.category)
        return self.unknown if word is None else name in word.traits


# -- the refs of a rule, down through the facts -------------------------------------------------------


def _rule_refs(rule: Rule) -> Iterator[Ref]:
    yield from refs_in(rule.when)
    yield from rule.demand.refs()


def _facts(refs: Iterable[Ref], regulation: Regulation, seen: set[str]) -> Iterator[PackFact]:
    """The facts that refs name, and those behind them, each once."""
    for ref in refs:
        fact = regulation.facts.get(ref.key) if ref.head == "name" else None
        if fact is not None and fact.name not in seen:
            seen.add(fact.name)
            yield fact
            yield from _facts(fact.derivation.mentioned(), regulation, seen)


# -- refs and words as slots ---------------------------------------------------------------------------


def _words(rule: Rule) -> Iterator[str]:
    """The words that a rule's parameters name, as slots."""
    for parameter, given in rule.demand.given():
        if isinstance(given, Question):
            yield f"answers={given.name}"
        elif parameter.words in RECORDED_AT:
            for word in (given,) if isinstance(given, str) else given if isinstance(given, tuple) else ():
                if isinstance(word, str) and word:
                    yield from _recorded(RECORDED_AT[parameter.words], word)
    if rule.each is not None:
        for kind in rule.each.kinds:
            if rule.each.list in BY_KIND:
                yield from _recorded(rule.each.list, kind)
        yield BY_RULES[rule.each.list].path


def _recorded(listed: str, word: str) -> Iterator[str]:
    yield f"{listed}={word}"
    for key in BY_KIND[listed].found_by:
        yield f"{listed}.{key}"


def _slots(refs: Iterable[Ref], regulation: Regulation, items: str) -> Iterator[str]:
    for ref in refs:
        yield from _slot(ref, regulation, items)


def _slot(ref: Ref, regulation: Regulation, items: str) -> Iterator[str]:
    if ref.head in BY_KIND:
        yield from _recorded(ref.head, ref.key)
        if ref.body:
            yield f"{ref.head}={ref.key}@{ref.body}"
        attr = BY_KIND[ref.head].key(Role.DAY) if ref.attr in ("date", "last") else ref.attr
        if attr not in ("", "count"):
            yield from (f"{ref.head}.{attr}", f"{ref.head}={ref.key}.{attr}")
    elif ref.head == "field":
        yield ref.key
    elif ref.head == "name" and ref.key in regulation.words.get("traits", {}):
        yield f"traits={ref.key}"
    elif ref.head == "name" and ref.key not in regulation.facts:
        yield "category"
    elif ref.head in ("answers", "figures"):
        yield f"{ref.head}={ref.key}"
    elif (own := own_record(ref)) is not None:
        yield from _slot(own, regulation, items)
        yield f"{own.head}.of"
    else:
        yield from _listed(ref, items)


def _listed(ref: Ref, items: str) -> Iterator[str]:
    """Sums and counts over a list, what is known of a predecessor, and fields of an item."""
    match ref.head:
        case "funding":
            yield from ("funding.source", "funding.amount")
        case "lines":
            yield from ("budget.lines.kind", "budget.lines.amount")
            if "spent" in (ref.attr, ref.key):
                yield "budget.lines.spent"
        case "catalogue":
            yield from ("catalogue.name", "catalogue.direction")
        case "systems":
            yield "systems.id"
        case "predecessor":
            yield "predecessor"
        case "item" if items:
            head, _, trait = ref.key.partition(".")
            listed = BY_RULES[items].path
            yield f"{listed}.{_COUNTED.get(head, head)}"
            if trait and head not in _COUNTED:
                yield f"{listed}.{head}={trait}"
