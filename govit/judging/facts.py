"""事实：what a ref is worth for one project on one day, and whether a condition holds.

Three-valued throughout. UNKNOWN: the dossier does not say. ABSENT: the dossier contains no such
record, so it was not done. False AND unknown is false, true OR unknown is true.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal, TypeVar, cast, overload

from govit.calendar.periods import last_day
from govit.dossier.lists import BODIES, BY_NAME, LISTS, bodies_of, by_kind, day_of, entries_of, kinds_of
from govit.dossier.model import Named
from govit.judging import given
from govit.judging.derived import derive
from govit.judging.figures import reading_of
from govit.judging.values import (
    ABSENT,
    OPERATORS,
    UNDATED,
    UNKNOWN,
    Missing,
    RuleError,
    number,
    same,
    truth,
)
from govit.law.conditions import ANSWERED, UNANSWERED, Condition, Percent, Ref, Test, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from govit.calendar.periods import LastDay, Period, Schedule
    from govit.dossier.model import Answer, Approval, Change, Contract, Document, Index, Project, Record, Submission
    from govit.judging.figures import Reading
    from govit.judging.lost import Gap
    from govit.judging.values import Value
    from govit.law.conditions import Literal as PackLiteral
    from govit.law.conditions import Operand
    from govit.law.regulation import PackFact, Regulation

T = TypeVar("T")


class Facts:
    """The values of one project as of one day."""

    __slots__ = (
        "_cache",
        "_named_items",
        "_once",
        "_records",
        "_truths",
        "as_of",
        "brief",
        "contradicted",
        "index",
        "lost",
        "project",
        "regulation",
        "schedule",
        "seen",
    )

    def __init__(
        self,
        project: Project,
        regulation: Regulation,
        index: Index,
        as_of: dt.date,
        schedule: Schedule,
        contradicted: Mapping[Reading, str] | None = None,
    ) -> None:
        self.project = project
        self.regulation = regulation
        self.index = index
        self.as_of = as_of
        self.schedule = schedule
        self.contradicted = contradicted or {}
        """What is not read because two places differ about it, and what they say."""
        self.lost: tuple[Gap, ...] = ()
        """What must have been done, since the stage lies behind the project, and is not on record."""
        self.seen = as_of
        """The day up to which records count: that of judgement, unless one asks what a later day will say of them."""
        self.brief = False
        """Whether what complies is only counted, so that nobody asks what it rests on."""
        self._cache: dict[str, Value] = {}
        self._named_items: dict[str, tuple[Named, ...]] = {}
        self._truths: dict[str, bool | None] = {}
        self._records: dict[str, dict[str, list[Record]]] = {}
        self._once: dict[tuple[str, str, int], tuple[Record | None, object]] = {}

    def suppose(self, ref: Ref, value: Value) -> None:
        """Take a named fact to be worth this, whatever it rests on."""
        self._cache[ref.text] = value

    def share_records(self, other: Facts) -> None:
        """Take the records by their kinds from the facts of the same project up to the same day."""
        self._records = other._records

    def once(self, question: str, name: str, item: Record | None, work: Callable[[], T]) -> T:
        """What is asked of a name, and of an item, worked out once: facts rest on facts, often on the same by many ways.

        The item is kept with the answer, since it is known by its identity.
        """
        key = (question, name, id(item))
        if key not in self._once:
            self._once[key] = (item, work())
        return cast("T", self._once[key][1])

    def value(self, ref: Ref, item: Record | None = None) -> Value:
        """What a ref is worth; UNKNOWN, ABSENT or UNDATED where it has no value."""
        if ref.head == "item":
            return self._part(ref, given.of_item(self, ref, item))
        if ref.head == "name":
            return self._named(ref, item)
        cached = self._cache.get(ref.text)
        if cached is None:
            cached = self._cache[ref.text] = UNKNOWN if self.differs(ref) else self._given(ref)
        return cached

    def written(self, ref: Ref, item: Record | None = None) -> Value:
        """What is written, also where another place says something else."""
        return self._given(ref) if self.differs(ref) else self.value(ref, item)

    def _given(self, ref: Ref) -> Value:
        value = self._part(ref, given.VALUES[ref.head](self, ref))
        return self._lost(ref) or value if value is ABSENT else value

    def _lost(self, ref: Ref) -> Missing | None:
        return next((how for gap in self.lost if (how := gap.lost(ref)) is not None), None)

    def is_lost(self, ref: Ref, item: Record | None = None) -> bool:
        """Whether a value is not known since a record that must be there is not."""
        return bool(self.lost) and any(self._lost(behind) for behind in self.unknown_behind(ref, item))

    def is_short_of(self, ref: Ref) -> bool:
        """Whether a record that a value is made of must be there and is not."""
        return self._lost(ref) is not None

    def holds(self, condition: Condition, item: Record | None = None) -> bool | None:
        """Three-valued AND of the tests; None is unknown."""
        result: bool | None = True
        for test in condition.tests:
            one = self.test(test, item)
            if one is False:
                return False
            if one is None:
                result = None
        return result

    def test(self, test: Test, item: Record | None = None) -> bool | None:
        """One comparison; an absent record makes it false, an absent field unknown."""
        if type(test.to) is bool:
            known = self._truth(test.ref, item)
            return None if known is None else known is test.to
        value = self.value(test.ref, item)
        if value is ABSENT:
            return False
        if test.ref.head == "answers" and (asked := test.of_answering):
            return _answering(value, asked) or (value is not UNKNOWN and self._compared(value, test, item))
        if value is UNKNOWN or value is UNDATED:
            return None
        return self._compared(value, test, item)

    def _truth(self, ref: Ref, item: Record | None) -> bool | None:
        """A value as true or false, kept, since most rules ask for the same few."""
        if item is not None:
            return truth(self.value(ref, item))
        if ref.text not in self._truths:
            self._truths[ref.text] = truth(self.written(ref))
        return self._truths[ref.text]

    def differs(self, ref: Ref) -> bool:
        """Whether places differ about a value: it is there all the same."""
        return bool(self.contradicted) and ref.head != "name" and reading_of(ref) in self.contradicted

    def _compared(self, value: Value, test: Test, item: Record | None) -> bool | None:
        if isinstance(test.to, tuple):
            return any(same(value, entry) for entry in test.to)
        if test.op == "is" and not isinstance(test.to, Ref):
            return same(value, test.to)
        to = self.operand(test.to, item)
        if isinstance(to, Missing):
            return False if to is ABSENT else None
        if isinstance(test.to, Percent):
            value = number(value, test.ref) * test.to.parts
        if test.op in ("=", "!="):
            return same(value, to) is (test.op == "=")
        try:
            return bool(OPERATORS[test.op](value, to))
        except TypeError as error:
            message = f"“{test.ref.text}”的值 {show(value)} 不能与 {show(test.to)} 比较"
            raise RuleError(message) from error

    def operand(self, to: Operand | tuple[PackLiteral, ...], item: Record | None = None) -> Value:
        """The right side of a comparison: a literal, a ref's value, or base*number for a share of so many parts."""
        if isinstance(to, Ref):
            return self.value(to, item)
        if isinstance(to, Percent):
            if to.of is None:
                message = f"百分比 {to} 没有写明基数"
                raise RuleError(message)
            base = self.value(to.of, item)
            return base if isinstance(base, Missing) else number(base, to.of) * to.number
        return tuple(map(str, to)) if isinstance(to, tuple) else to

    def of(self, other: Project) -> Facts:
        """The facts of another project of the dossier, which then has no neighbours of its own."""
        return Facts(other, self.regulation, type(self.index)(), self.as_of, self.schedule)

    def date(self, ref: Ref, item: Record | None = None) -> dt.date | Missing:
        """A ref's date; RuleError if it is worth something else."""
        value = self.value(ref, item)
        if isinstance(value, (dt.date, Missing)):
            return UNKNOWN if value is UNDATED else value
        message = f"“{ref.text}”不是日期"
        raise RuleError(message)

    def answer(self, question: str) -> Answer | None:
        """The answer given up to the day of judgement: the project's own, which even unreadable hides the unit's."""
        own = self.project.answers.get(question)
        if own is None and f"answers.{question}" not in self.project.source.places:
            own = self.project.settings.answers.get(question)
        return own if own is not None and (own.on is None or own.on <= self.seen) else None

    def last_day(self, start: dt.date, period: Period, *, roll: bool) -> LastDay:
        """The last day of a period under this run's schedule of working days."""
        return last_day(start, period, self.schedule, roll=roll)

    def unknown_in(self, condition: Condition, item: Record | None = None) -> list[Ref]:
        """The refs that must be filled in before the condition can be decided; of one that is decided, none."""
        if self.holds(condition, item) is not None:
            return []
        found: list[Ref] = []
        for test in condition.tests:
            if self.test(test, item) is None:
                found.extend(self.unknown_behind(test.ref, item))
                target = test.to.of if isinstance(test.to, Percent) else test.to
                if isinstance(target, Ref):
                    found.extend(self.unknown_behind(target, item))
        return list(dict.fromkeys(found))

    def unknown_behind(self, ref: Ref, item: Record | None = None) -> list[Ref]:
        """The givens behind a value that is unknown, down through the facts of the pack."""
        if self.value(ref, item) not in (UNKNOWN, UNDATED):
            return []
        if ref.head != "name":
            return [ref]
        fact = self.regulation.facts.get(ref.key)
        if fact is not None:
            return self.once("unknown", fact.name, item, lambda: self._unknown_parts(fact, item)) or [ref]
        if ref.key in self.regulation.words.get("traits", {}):
            return [Ref(f"traits.{ref.key}", "trait", ref.key)]
        return [Ref("category", "field", "category")]

    def rests_on(self, refs: Iterable[Ref], some: Iterable[Ref]) -> bool:
        """Whether refs mention one of some others, or a list that these speak of, down through the facts of the pack."""
        wanted = set(some)
        lists = {ref.head for ref in wanted}
        for ref in self.behind(refs):
            fact = self.regulation.facts.get(ref.key) if ref.head == "name" else None
            if ref in wanted or Ref(f"traits.{ref.key}", "trait", ref.key) in wanted:
                return True
            if fact is not None and fact.derivation.listed in lists:
                return True
        return False

    def behind(self, refs: Iterable[Ref]) -> Iterator[Ref]:
        """Every ref that refs rest on, themselves and down through the facts of the pack; each once, as it is met."""
        todo = [*refs][::-1]
        seen: set[Ref] = set()
        while todo:
            ref = todo.pop()
            if ref not in seen:
                seen.add(ref)
                yield ref
                fact = self.regulation.facts.get(ref.key) if ref.head == "name" else None
                todo += [*fact.derivation.mentioned()][::-1] if fact is not None else ()

    def _unknown_parts(self, fact: PackFact, item: Record | None) -> list[Ref]:
        how = fact.derivation
        if how.where is not None:
            behind = [ref for entry in self.items(how.listed) for ref in self.unknown_in(how.where, entry)]
        else:
            behind = [ref for condition in how.conditions for ref in self.unknown_in(condition, item)]
            behind += [found for ref in how.refs for found in self.unknown_behind(ref, item)]
        return list(dict.fromkeys(behind))

    @overload
    def records(self, head: Literal["approvals"], key: str, body: str = "") -> Sequence[Approval]: ...
    @overload
    def records(self, head: Literal["submissions"], key: str, body: str = "") -> Sequence[Submission]: ...
    @overload
    def records(self, head: Literal["documents"], key: str, body: str = "") -> Sequence[Document]: ...
    @overload
    def records(self, head: str, key: str, body: str = "") -> Sequence[Record]: ...
    def records(self, head: str, key: str, body: str = "") -> Sequence[Record]:
        """The records of one kind up to the day of judgement, in the order of the file."""
        return self.found(head, key, body)

    def found(self, head: str, key: str, body: str = "") -> Sequence[Record]:
        """The records of one kind of any list."""
        if head not in self._records:
            self._records[head] = self._by_kind(head)
        found = self._records[head].get(key, [])
        return [record for record in found if body in bodies_of(record)] if body else found

    def is_on_file(self, ref: Ref) -> bool:
        """Whether a record of the kind is there, whatever its day: one of a later day is not missing, only not yet made."""
        return any(
            ref.key in kinds_of(record) and (not ref.body or ref.body in bodies_of(record))
            for record in self._listed(ref.head)
        )

    def _by_kind(self, head: str) -> dict[str, list[Record]]:
        return by_kind(LISTS[head], self._listed(head), self.as_of if head == "notices" else self.seen)

    def _listed(self, head: str) -> Iterable[Record]:
        if head == "notices":
            mine = (None, self.project.id), (None, self.project.year)
            return (n for n in self.project.settings.notices if n.of in mine[0] and n.year in mine[1])
        if head == "documents":
            return (d for d in self.project.documents if not d.missing)
        return entries_of(self.project, LISTS[head])

    def _part(self, ref: Ref, value: Value) -> Value:
        if not ref.part or not isinstance(value, dt.date):
            return value
        return value.year if ref.part == "year" else value.month

    def _named(self, ref: Ref, item: Record | None) -> Value:
        fact = self.regulation.facts.get(ref.key)
        if fact is None:
            return given.trait(self, ref.key)
        if fact.per_item:
            return self.once("value", fact.name, item, lambda: derive(self, fact.derivation, item))
        if ref.text not in self._cache:
            self._cache[ref.text] = derive(self, fact.derivation, None)
        return self._cache[ref.text]

    @overload
    def items(self, name: Literal["documents"]) -> Sequence[Document]: ...
    @overload
    def items(self, name: Literal["changes"]) -> Sequence[Change]: ...
    @overload
    def items(self, name: Literal["contracts"]) -> Sequence[Contract]: ...
    @overload
    def items(self, name: str) -> Sequence[Record]: ...
    def items(self, name: str) -> Sequence[Record]:
        """The entries of a list that rules go over; of systems only those of this unit."""
        if name in BY_NAME:
            if name not in self._named_items:
                self._named_items[name] = self._of_names(name)
            return self._named_items[name]
        if name == "systems":
            unit = self.project.unit.name if self.project.unit else None
            return [s for s in self.project.settings.systems if s.unit in (None, unit)]
        if name == "notices":
            return [n for n in self._listed(name) if (day_of(n) or dt.date.min) <= self.as_of]
        if name == "documents":
            return [d for d in self.project.documents if not d.missing and (d.date or dt.date.min) <= self.seen]
        return [r for r in entries_of(self.project, LISTS[name]) if (day_of(r) or dt.date.min) <= self.seen]

    def _of_names(self, name: str) -> tuple[Named, ...]:
        """The entries of a list that have only a name."""
        if name == BODIES:
            return tuple(Named(name=body) for body in self.regulation.words[BODIES])
        texts: tuple[str, ...] = getattr(self.project, name)
        return tuple(Named(at=name, name=text) for text in texts)


def _answering(value: Value, asked: frozenset[str]) -> bool:
    """Whether it is what was asked of a question: that it is answered, or that it is not."""
    return (UNANSWERED if value is UNKNOWN else ANSWERED) in asked
