"""原文没有的数：amounts, percentages, periods and counts of rules that their article does not say, most often a slip."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

from govit.authoring.lawtext.clues import clues_of
from govit.authoring.lawtext.heading import validity_of
from govit.base.money import parse_money
from govit.base.records import by_name
from govit.calendar.periods import Period, parse_period
from govit.documents.numerals import chinese
from govit.law.conditions import Percent, parse_literal, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from govit.law.regulation import Regulation, Rule

    Figure: TypeAlias = Period | Percent | Decimal | int

_HUNDREDTHS, _MYRIAD = 100, 10_000
_SMALLEST = 2
"""The smallest count that a law would write out: 至少一份 says nothing that could be mistaken."""
_PAIR = "两"
"""What two of anything is called."""
_LENGTH = re.compile(r"(\d{1,5})(个工作日|个月|年|日)")
"""What may be a period or, as in 次月10日前, a day of the month, which a pack writes as one."""
_DIGITS = re.compile(r"\d+")


def unsaid(regulation: Regulation) -> Iterator[tuple[Rule, str]]:
    """Each rule with a figure that neither its article nor its reading says; what a law leaves open has a reading."""
    for article in regulation.articles:
        said = _Said("".join(sentence.text for sentence in article.sentences))
        for rule in (rule for sentence in article.sentences for rule in sentence.rules):
            if not rule.reading:
                figures = dict.fromkeys(_figures((rule.demand, rule.own_when)))
                yield from ((rule, show(figure)) for figure in figures if not said.says(figure))


def wrong_validity(regulation: Regulation) -> Iterator[tuple[str, str, str]]:
    """Each day of the head of a pack that is another one in its last articles: the key, what it says, what they say."""
    if regulation.draft:
        return
    sentences = [sentence.text for article in regulation.articles for sentence in article.sentences]
    stated = zip(("effective_from", "effective_to"), validity_of(sentences, regulation.issued), strict=True)
    for key, day in stated:
        given = regulation.effective_from if key == "effective_from" else regulation.effective_to
        if day is not None and given != day:
            yield key, f"{given or '没有写'}", f"{day}"


class _Said:
    """What an article says in figures."""

    def __init__(self, text: str) -> None:
        found = clues_of(text)
        self._text = text
        self._amounts = set(_read(found.amounts, parse_money))
        self._shares = set(_read(found.shares, parse_literal))
        self._periods = set(_read(found.periods, parse_period))
        self._lengths = set(_LENGTH.findall(text))
        self._counts = {int(digits) for digits in _DIGITS.findall(text)}

    def says(self, figure: Figure) -> bool:
        """Whether it says the figure, in figures or in words."""
        if isinstance(figure, Period):
            in_words = f"{_in_words(figure.count)}{figure.unit.value}" in self._text
            return figure in self._periods or in_words or (str(figure.count), figure.unit.value) in self._lengths
        if isinstance(figure, Percent):
            return figure in self._shares or figure.number == _HUNDREDTHS
        if isinstance(figure, Decimal):
            myriads = figure / _MYRIAD
            spelt = myriads == int(myriads) and f"{_in_words(int(myriads))}万元" in self._text
            return figure in self._amounts or figure == 0 or spelt
        words = (_in_words(figure), *([_PAIR] if figure == _SMALLEST else ()))
        return figure < _SMALLEST or figure in self._counts or any(word in self._text for word in words)


def _in_words(count: int) -> str:
    """A count as a law spells it; what is too large to be spelt is in no text."""
    return chinese(count) if count < _MYRIAD else f"{count}"


def _read(texts: tuple[str, ...], parse: Callable[[str], object]) -> Iterator[object]:
    for text in texts:
        try:
            yield parse(text)
        except ValueError:  # in words, or otherwise than packs have it
            continue


def _figures(part: object) -> Iterator[Figure]:
    """The figures of a rule, wherever they stand in it."""
    if isinstance(part, Percent):
        if part.parts == _HUNDREDTHS:
            yield Percent(part.number)
    elif isinstance(part, (Period, Decimal)) or (isinstance(part, int) and not isinstance(part, bool)):
        yield part
    elif isinstance(part, Mapping):
        yield from (figure for value in part.values() for figure in _figures(value))
    elif isinstance(part, (tuple, list)):
        yield from (figure for value in part for figure in _figures(value))
    elif hasattr(type(part), "__match_args__"):
        yield from (figure for name in by_name(part) for figure in _figures(getattr(part, name)))
