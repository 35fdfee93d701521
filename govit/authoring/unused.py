"""没有用到的词：what a pack declares and nothing in it speaks of, most often a slip of its author's pen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from govit.base.records import by_name
from govit.dossier.lists import BY_KIND, list_of
from govit.dossier.model import Submission
from govit.law.conditions import Ref
from govit.law.packs.words import TRAIT_LISTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.law.regulation import Each, Regulation
    from govit.law.vocabulary import Word

_SHOWN = 5
_SUBMISSIONS = list_of(Submission).name
_ASKED_FOR = tuple(one.words for one in BY_KIND.values())
"""The lists of what rules ask for. Of the others a project chooses, whether a rule speaks of the choice or not."""
_TRAITS = (*TRAIT_LISTS, "figures")


def unused(regulation: Regulation) -> Iterator[tuple[str, str]]:
    """Where a name is declared, and the name, for each that no rule, fact, stage, route, form or other word names.

    A word that gives the article that sets it, or the rule that asks for it, is accounted for.
    """
    named = set(_named_by(regulation))
    whole = {BY_KIND[each.list].words for each in _each(regulation) if each.list in BY_KIND and not each.kinds}
    for name in (*(name for name in _ASKED_FOR if name not in whole), *_TRAITS):
        for word in regulation.words.get(name, {}).values():
            if word.name not in named and not (word.article or word.rule):
                yield f"words.{name}", word.name
    given = {
        trait: name for name, words in regulation.words.items() for word in words.values() for trait in word.traits
    }
    yield from ((f"words.{name} 的 traits", trait) for trait, name in given.items() if trait not in named)
    yield from (("words.questions", name) for name in regulation.questions if name not in named)
    yield from (("facts", name) for name in regulation.facts if name not in named)


def not_demanded(regulation: Regulation) -> Iterator[tuple[str, str]]:
    """Each submission with each of its materials that no rule asks for: the list of papers has it, no check misses it."""
    wanted = {kind for rule in regulation.rules for kind in rule.demand.papers}
    for word in regulation.words.get("submissions", {}).values():
        yield from ((word.name, paper) for paper in word.materials if paper not in wanted)


def apart(regulation: Regulation) -> Iterator[str]:
    """Where a submission says otherwise than the rules that ask for it: to whom it goes, and through whom."""
    articles = {one.number: "".join(s.text for s in one.sentences) for one in regulation.articles}
    for word in regulation.words.get("submissions", {}).values():
        asking = [
            (rule, ref)
            for rule in regulation.rules
            for ref in rule.demand.acts
            if ref.head == _SUBMISSIONS and ref.key == word.name
        ]
        asked = {ref.body: rule.id for rule, ref in asking if ref.body}
        always = {ref.body: rule.id for rule, ref in asking if ref.body and not rule.own_when}
        to = f"words.submissions“{word.name}”的 to"
        for body in (body for body in always if word.to and body not in word.to):
            yield f"{to} 没有{body}，{always[body]} 要求报送给它；写错的改正"
        of_forms = "、".join(form.to for form in regulation.forms if form.submission == word.name)
        for body in (body for body in word.to if asked and body not in asked and body not in of_forms):
            yield f"{to} 有{body}，没有规则和表格报送给它；写错的改正"
        said = "".join(text for number, text in articles.items() if any(number in rule.article for rule, _ in asking))
        if word.via and said and word.via not in said:
            yield f"words.submissions“{word.name}”的 via“{word.via}”：要求它的条文没有提到；写错的改正"


def in_one_line(regulation: Regulation) -> str:
    """What nothing uses, for whoever judges by the pack, '' if there is nothing; the author's command lists all of it."""
    found = [f"{where}“{name}”" for where, name in unused(regulation)]
    if not found:
        return ""
    shown = "、".join(found[:_SHOWN]) + (f"……共 {len(found)} 处" if len(found) > _SHOWN else "")
    more = f"govit regulations --examples --regulation {regulation.id} 逐个列出"
    return f"提醒：自备办法 {regulation.id} 里有没有用到的名称：{shown}；{more}"


def _each(regulation: Regulation) -> Iterator[Each]:
    """The lists that rules go over, one entry at a time: where it is the whole list, each of its words is asked for."""
    return (rule.each for rule in regulation.rules if rule.each is not None)


def _named_by(regulation: Regulation) -> Iterator[str]:
    derivations = tuple(fact.derivation for fact in regulation.facts.values())
    yield from _names(
        (regulation.articles, regulation.routes, regulation.off_route, regulation.forms, regulation.stages, derivations)
    )
    yield from (name for words in regulation.words.values() for word in words.values() for name in _names(_of(word)))


def _of(word: Word) -> tuple[object, ...]:
    """What a word says of others: not its own name, nor the traits that it has."""
    return word.after, word.to, word.via, word.materials, word.demands, word.submissions, word.by


def _names(value: object) -> Iterator[str]:
    """Every text in the parts of a pack, a ref as the names that it is made of."""
    if isinstance(value, Ref):
        yield from (value.key, value.body, *value.key.replace("@", ".").split("."))
    elif isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, part in value.items():
            yield from _names(key)
            yield from _names(part)
    elif isinstance(value, (tuple, frozenset)):
        for part in value:
            yield from _names(part)
    else:
        for name in by_name(value):
            yield from _names(getattr(value, name))
