"""同语同待: phrases that stand in two texts, and how the rules of each text treat them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from govit.law.regulation import Regulation, Rule, Sentence

LONG = 8
"""So many characters make a phrase; what is shorter is the name of a thing or of a body."""


def runs(one: str, other: str, least: int = LONG) -> Iterator[str]:
    """The longest runs of characters that stand in both, of `least` characters and more."""
    held: list[int] = [0] * (len(other) + 1)
    for i, letter in enumerate(one, 1):
        row = [0] * (len(other) + 1)
        for j, same in enumerate(other, 1):
            if letter == same:
                row[j] = held[j - 1] + 1
                ends = i == len(one) or j == len(other) or one[i] != other[j]
                if ends and row[j] >= least:
                    yield one[i - row[j] : i]
        held = row


@cache
def grams(text: str) -> frozenset[str]:
    """Every run of `LONG` characters of a text."""
    return frozenset(text[i : i + LONG] for i in range(len(text) - LONG + 1))


def sentences(regulation: Regulation) -> Iterator[Sentence]:
    for article in regulation.articles:
        yield from article.sentences


def shared(regulations: Iterable[Regulation]) -> set[str]:
    """Phrases of the quotes of rules that stand in another text too, and are at least half of the quote."""
    packs = list(regulations)
    found: set[str] = set()
    for mine in packs:
        quotes = {rule.quote for rule in mine.rules}
        for text in (s.text for other in packs if other is not mine for s in sentences(other)):
            for quote in quotes:
                if grams(quote) & grams(text):
                    found |= {run.strip("，。；、") for run in runs(quote, text) if 2 * len(run) >= len(quote)}
    return {phrase for phrase in found if len(phrase) >= LONG}


def treatments(phrase: str, regulations: Iterable[Regulation]) -> dict[str, set[str]]:
    """How each regulation in whose text a phrase stands treats it, by its prefix."""
    found: dict[str, set[str]] = {}
    for regulation in regulations:
        for sentence in sentences(regulation):
            if phrase in sentence.text:
                found.setdefault(regulation.prefix, set()).update(_of(sentence, phrase))
    return {prefix: treated for prefix, treated in found.items() if treated}


def _of(sentence: Sentence, phrase: str) -> Iterator[str]:
    if not sentence.rules:
        yield sentence.status
    for rule in sentence.rules:
        if any(
            2 * len(run) >= len(phrase) for run in runs(rule.quote, phrase, min(LONG, len(rule.quote), len(phrase)))
        ):
            yield _weight(rule)


def _weight(rule: Rule) -> str:
    return f"{rule.check} {rule.strength} {rule.severity.name.lower()} {rule.stage or '到期'}"


def differing(regulations: Iterable[Regulation]) -> Mapping[str, dict[str, set[str]]]:
    """The shared phrases that are not treated alike, with how each text treats them."""
    packs = list(regulations)
    treated = {phrase: treatments(phrase, packs) for phrase in shared(packs)}
    return {phrase: how for phrase, how in treated.items() if len({frozenset(one) for one in how.values()}) > 1}
