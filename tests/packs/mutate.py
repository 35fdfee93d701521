"""Slips of a pack's author, one of each: a key misspelt, an operator exchanged, a word taken for another of its list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from govit.base.records import fields, is_record, replace
from govit.dossier.lists import BY_KIND, BY_RULES
from govit.law.conditions import Condition, Ref, parse_ref
from govit.law.conditions import Test as Comparison
from govit.law.kinds.demand import Demand, parameters
from govit.law.kinds.value import Bounded
from govit.law.regulation import Each

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from govit.law.regulation import Regulation, Rule
    from govit.yamltext.nodes import Node

OPERATORS = (">", ">=", "<", "<=", "=", "!=")
CONDITIONS = ("when", "where", "holds", "forbidden", "together", "any", "each")
"""The keys below which refs stand as keys."""
OF_PROJECTS = ("set", "base", "headings")
"""The keys below which there are keys of projects, which only running an example reads."""


@dataclass(frozen=True)
class Key:
    """One key of a pack: the mapping that has it, and what kind of key it is."""

    holder: Node
    key: str
    depth: int
    is_ref: bool


def keys(node: Node, above: str = "", depth: int = 0, *, condition: bool = False) -> Iterator[Key]:
    """Every key that packs have, and every ref that stands as a key; no names that an author gives."""
    if isinstance(node.value, list):
        for entry in node.value:
            yield from keys(entry, above, depth + 1, condition=condition)
    elif isinstance(node.value, dict):
        named = above in ("words", "demands", "chapters") or above.startswith("words.")
        for key, value in node.value.items():
            inside = condition or (key in CONDITIONS and above not in ("", "words"))
            if key in OF_PROJECTS:
                continue
            if not named or above == "words":
                yield Key(node, key, depth, condition)
            below = f"words.{key}" if above == "words" else "of a name" if named else key
            yield from keys(value, below, depth + 1, condition=inside)


def misspelt(word: str) -> str:
    """A word with its last letter doubled."""
    return word + word[-1]


def rename(node: Node, key: str, wrong: str) -> None:
    """Write a key otherwise, in its place."""
    assert isinstance(node.value, dict)
    node.value = {wrong if one == key else one: value for one, value in node.value.items()}
    node.keys = {wrong if one == key else one: place for one, place in node.keys.items()}


def operators(value: Any) -> Iterator[tuple[str, Any]]:
    """Every copy of a value in which one comparison has another operator."""
    match value:
        case Comparison(op=op) if op in OPERATORS:
            yield from ((f"{value.ref.text} {op} → {new}", replace(value, op=new)) for new in OPERATORS if new != op)
        case Bounded():
            yield f"strict: {not value.strict}", replace(value, strict=not value.strict)
        case _:
            yield from _inside(value, operators)


def truths(value: Any) -> Iterator[tuple[str, Any]]:
    """Every copy of a value in which one true is false, or the other way round."""
    match value:
        case Comparison(op="is", to=bool()):
            yield f"{value.ref.text}: {not value.to}", replace(value, to=not value.to)
        case _:
            yield from _inside(value, truths)


class Words:
    """Takes each word for the next one of its list."""

    def __init__(self, regulation: Regulation) -> None:
        self.words: Mapping[str, tuple[str, ...]] = {name: tuple(found) for name, found in regulation.words.items()}
        self.regulation = regulation

    def of(self, value: Any) -> Iterator[tuple[str, Any]]:
        """Every copy of a value in which one word is another of its list."""
        match value:
            case Ref():
                other = self.other(BY_KIND[value.head].words, value.key) if value.head in BY_KIND else None
                if other is not None:
                    text = value.text.replace(f".{value.key}", f".{other}", 1)
                    yield f"{value.text} → {text}", parse_ref(text)
            case Comparison(to=str() | tuple()):
                yield from self._compared(value)
            case Demand():
                yield from self._demanded(value)
            case _:
                yield from _inside(value, self.of)

    def other(self, words: str, word: str) -> str | None:
        """The next word of a list, None where there is no other."""
        known = self.words.get(words, ())
        return known[(known.index(word) + 1) % len(known)] if word in known and len(known) > 1 else None

    def _compared(self, test: Comparison) -> Iterator[tuple[str, Any]]:
        said = test.to if isinstance(test.to, tuple) else (test.to,)
        for words in self.words:
            for n, word in enumerate(said):
                other = self.other(words, word) if isinstance(word, str) else None
                if other is not None and other not in said:
                    moved = (*said[:n], other, *said[n + 1 :])
                    to = moved if isinstance(test.to, tuple) else moved[0]
                    yield f"{test.ref.text}: {word} → {other}", replace(test, to=to)
        yield from ((what, replace(test, ref=ref)) for what, ref in self.of(test.ref))

    def _demanded(self, demand: Demand) -> Iterator[tuple[str, Any]]:
        for one in parameters(type(demand)):
            value = getattr(demand, one.name)
            if one.words and isinstance(value, str):
                other = self.other(one.words, value)
                if other is not None:
                    yield f"{one.key}: {value} → {other}", replace(demand, **{one.name: other})
            elif one.words:
                for n, word in enumerate(value):
                    other = self.other(one.words, word)
                    if other is not None and other not in value:
                        moved = (*value[:n], other, *value[n + 1 :])
                        yield f"{one.key}: {word} → {other}", replace(demand, **{one.name: moved})
            else:
                yield from ((what, replace(demand, **{one.name: v})) for what, v in self.of(value))


def _inside(value: Any, vary: Callable[[Any], Iterator[tuple[str, Any]]]) -> Iterator[tuple[str, Any]]:
    match value:
        case tuple():
            for n, entry in enumerate(value):
                yield from ((what, (*value[:n], moved, *value[n + 1 :])) for what, moved in vary(entry))
        case Condition():
            yield from ((what, Condition(tests)) for what, tests in _inside(value.tests, vary))
        case _ if is_record(value) and not isinstance(value, (type, Ref)):
            for name in (f.name for f in fields(value)):
                yield from ((what, replace(value, **{name: v})) for what, v in vary(getattr(value, name)))


def rules_varied(rule: Rule, vary: Callable[[Any], Iterator[tuple[str, Any]]]) -> Iterator[tuple[str, Rule]]:
    """The rule with one part of its condition or of what it demands exchanged."""
    for what, when in vary(rule.when):
        yield f"when {what}", replace(rule, when=when)
    for what, demand in vary(rule.demand):
        yield what, replace(rule, demand=demand)
    for name in ("law_of", "held_until", "at_once", "point"):
        for what, moved in vary(getattr(rule, name)) if getattr(rule, name) is not None else ():
            yield f"{name} {what}", replace(rule, **{name: moved})


def frames_varied(
    regulation: Regulation, vary: Callable[[Any], Iterator[tuple[str, Any]]]
) -> Iterator[tuple[str, list[Rule]]]:
    """What an article or a chapter says of all its rules, exchanged in all of them at once."""
    for frame in {id(rule.framed): rule.framed for rule in regulation.rules if rule.framed.tests}.values():
        mine = [rule for rule in regulation.rules if rule.framed is frame]
        for what, moved in vary(frame):
            yield what, [replace(r, framed=moved, when=replace(moved, tests=(*moved.tests, *r.own_when))) for r in mine]


def lists_varied(regulation: Regulation) -> Iterator[tuple[str, Rule]]:
    """The rule of one kind more or one kind otherwise of the list that it goes over, and of the step after its own."""
    words = Words(regulation)
    stages = [stage.name for stage in regulation.stages]
    for rule in regulation.rules:
        if rule.each is not None and rule.each.kinds:
            for n, kind in enumerate(rule.each.kinds):
                other = words.other(BY_RULES[rule.each.list].words, kind)
                if other is not None and other not in rule.each.kinds:
                    kinds = (*rule.each.kinds[:n], other, *rule.each.kinds[n + 1 :])
                    yield f"{rule.id} each {kind} → {other}", replace(rule, each=Each(rule.each.list, kinds))
        if rule.stage is not None and rule.stage != stages[-1]:
            later = stages[stages.index(rule.stage) + 1]
            yield f"{rule.id} stage {rule.stage} → {later}", replace(rule, stage=later)


def facts_varied(
    regulation: Regulation, vary: Callable[[Any], Iterator[tuple[str, Any]]]
) -> Iterator[tuple[str, str, Regulation]]:
    """The regulation with one part of one of its facts exchanged."""
    for name, fact in regulation.facts.items():
        for what, derivation in vary(fact.derivation):
            moved = replace(fact, derivation=derivation)
            yield name, what, replace(regulation, facts={**regulation.facts, name: moved})
