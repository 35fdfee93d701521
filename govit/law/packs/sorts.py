"""值的种类：what a ref of a pack is worth, so that nothing is compared with what it can never be."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.dossier.keys import Kind, Spec, specs
from govit.dossier.lists import BY_KIND, BY_RULES
from govit.dossier.model import ANSWERS, Project, System
from govit.law.conditions import ANSWERED, UNANSWERED, own_record
from govit.law.derivations import (
    AnyOf,
    Count,
    Derivation,
    Earlier,
    Exists,
    First,
    FirstAfter,
    LastBefore,
    Later,
    Neighbours,
    OfYears,
    OnlyIf,
    Remainder,
    Shift,
    Total,
    YearStart,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from govit.dossier.keys import Declared
    from govit.law.conditions import Ref
    from govit.law.regulation import PackFact
    from govit.law.vocabulary import Vocabulary


class Sort(Enum):
    """What kind of value it is, as a message calls it."""

    MONEY = "金额"
    NUMBER = "数目"
    DAY = "日期"
    TRUTH = "“是”或“否”"
    WORD = "固定的词"
    TEXT = "文字"
    GROUP = "一组记录"


COUNTED = (Sort.MONEY, Sort.NUMBER)
MEASURED = (*COUNTED, Sort.DAY)


@record
class Worth:
    """What a ref is worth: a sort, and the words that it may be where these are closed."""

    sort: Sort
    words: tuple[str, ...] = ()


_SORTS: Mapping[Kind, Sort] = {
    Kind.TEXT: Sort.TEXT,
    Kind.TEXTS: Sort.TEXT,
    Kind.YEAR_OR_QUARTER: Sort.TEXT,
    Kind.WORD: Sort.WORD,
    Kind.WORDS: Sort.WORD,
    Kind.CHOICE: Sort.WORD,
    Kind.MONEY: Sort.MONEY,
    Kind.DATE: Sort.DAY,
    Kind.BOOL: Sort.TRUTH,
    Kind.INT: Sort.NUMBER,
    Kind.FLAGS: Sort.GROUP,
    Kind.FIGURES: Sort.GROUP,
    Kind.RECORD: Sort.GROUP,
    Kind.RECORDS: Sort.GROUP,
    Kind.ANSWERS: Sort.GROUP,
}
_EXTRAS: Mapping[str, Worth] = {
    "cumulative": Worth(Sort.MONEY),
    "estimate": Worth(Sort.MONEY),
    "nth_in_year": Worth(Sort.NUMBER),
    "previous": Worth(Sort.DAY),
}
"""What is known of a change from those before it."""
_SAME: tuple[type[Derivation], ...] = (Earlier, First, FirstAfter, LastBefore, Later, OnlyIf, Remainder, Total)
"""The forms that are worth what their refs are worth."""
_FIXED: Mapping[type[Derivation], Worth] = {
    AnyOf: Worth(Sort.TRUTH),
    Exists: Worth(Sort.TRUTH),
    Neighbours: Worth(Sort.TRUTH),
    OfYears: Worth(Sort.TRUTH),
    Count: Worth(Sort.NUMBER),
    Shift: Worth(Sort.DAY),
    YearStart: Worth(Sort.DAY),
}


class Sorts:
    """What refs are worth under one vocabulary and its facts; None where nobody can tell."""

    def __init__(self, vocabulary: Vocabulary, facts: Mapping[str, PackFact]) -> None:
        self.vocabulary = vocabulary
        self.facts = facts

    def of(self, ref: Ref, items: str = "") -> Worth | None:
        """What a ref is worth; `items` is the list that its rule goes over."""
        whole = self.whole(ref, items)
        return Worth(Sort.NUMBER) if ref.part and whole is not None and whole.sort is Sort.DAY else whole

    def whole(self, ref: Ref, items: str = "") -> Worth | None:
        """What it is worth before a year or a month is taken of it."""
        if ref.head in BY_KIND:
            return self._record(ref)
        if ref.head == "item":
            return self._item(ref, items)
        match ref.head:
            case "field":
                return self._field(ref.key)
            case "name":
                return self._named(ref.key)
            case "figures":
                word = self.vocabulary.words["figures"].get(ref.key)
                return None if word is None else Worth(Sort.MONEY if word.money else Sort.NUMBER)
            case "answers":
                return Worth(Sort.WORD, (*ANSWERS, UNANSWERED, ANSWERED))
            case "predecessor":
                return self._predecessor(ref)
        return _OTHERS.get(ref.head)

    def _record(self, ref: Ref) -> Worth | None:
        if ref.attr == "count":
            return Worth(Sort.NUMBER)
        if ref.attr in ("", "date", "last"):
            return Worth(Sort.MONEY if (ref.head, ref.key) == ("contracts", "amount") else Sort.DAY)
        spec = specs(BY_KIND[ref.head].cls).get(ref.attr)
        return self._spec(spec) if spec is not None else None

    def _field(self, key: str) -> Worth | None:
        cls: type[Declared] | None = Project
        spec = None
        for part in key.split("."):
            spec = specs(cls).get(part) if cls else None
            cls = spec.of if spec is not None else None
        return self._spec(spec) if spec is not None else None

    def _spec(self, spec: Spec) -> Worth:
        words = spec.choices
        if spec.words == "stages":
            words = self.vocabulary.stages
        elif spec.words in self.vocabulary.words:
            words = tuple(self.vocabulary.words[spec.words])
        return Worth(_SORTS[spec.kind], words if _SORTS[spec.kind] is Sort.WORD else ())

    def _named(self, name: str) -> Worth | None:
        fact = self.facts.get(name)
        if fact is None:
            return None if name in self.vocabulary.facts else Worth(Sort.TRUTH)
        how = fact.derivation
        return self._alike(how.refs) if isinstance(how, _SAME) else _FIXED[type(how)]

    def _alike(self, refs: Iterable[Ref]) -> Worth | None:
        """What all of several refs are worth, None where they differ."""
        return _one([worth for ref in refs if (worth := self.of(ref)) is not None])

    def _item(self, ref: Ref, items: str) -> Worth | None:
        own = own_record(ref)
        if own is not None:
            return self._record(own)
        head, _, trait = ref.key.partition(".")
        lists = [BY_RULES[items]] if items else list(BY_RULES.values())
        found = [self._spec(declared) for one in lists if (declared := specs(one.cls).get(ref.attr or head))]
        if trait and any(worth.sort is Sort.GROUP for worth in found):
            return Worth(Sort.TRUTH)
        if head in _EXTRAS and not found:
            return _EXTRAS[head]
        return _one(found)

    def _predecessor(self, ref: Ref) -> Worth | None:
        head, _, rest = ref.key.partition(".")
        if head in BY_KIND:
            return Worth(Sort.DAY)
        spec = specs(System).get(head)
        if spec is None:
            return None
        return Worth(Sort.TRUTH) if rest else self._spec(spec)


def _one(found: list[Worth]) -> Worth | None:
    """What all of several are worth, with the words of any of them; None where they are of different sorts."""
    if len({worth.sort for worth in found}) != 1:
        return None
    return Worth(found[0].sort, tuple(dict.fromkeys(word for worth in found for word in worth.words)))


_OTHERS: Mapping[str, Worth] = {
    "funding": Worth(Sort.MONEY),
    "lines": Worth(Sort.MONEY),
    "catalogue": Worth(Sort.NUMBER),
    "systems": Worth(Sort.NUMBER),
    "as_of": Worth(Sort.DAY),
}
