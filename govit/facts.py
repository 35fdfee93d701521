"""事实：what a ref is worth for one project on one day, and whether a condition holds.

Three-valued throughout. UNKNOWN: the dossier does not say. ABSENT: the dossier contains no such
record, so it was not done. False AND unknown is false, true OR unknown is true.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

from govit.model import PASSED, Index, Project
from govit.periods import corresponding_day, last_day
from govit.refs import RECORDS, Condition, Percent, Ref, Test, show

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govit.model import Neighbour
    from govit.periods import LastDay, Period, Schedule
    from govit.regulation import PackFact, Regulation


class Missing(Enum):
    """Why a ref has no value."""

    UNKNOWN = "未填写"
    ABSENT = "没有记录"
    UNDATED = "未写日期"


UNKNOWN, ABSENT, UNDATED = Missing.UNKNOWN, Missing.ABSENT, Missing.UNDATED
SIMILAR = 0.6  # names that share this much look alike; only ever a hint, never a verdict


class RuleError(Exception):
    """A rule that cannot run: a fault of the pack, reported as an error, never swallowed."""


class Facts:
    """The values of one project as of one day."""

    __slots__ = ("_cache", "_records", "as_of", "index", "project", "regulation", "schedule")

    def __init__(
        self,
        project: Project,
        regulation: Regulation,
        index: Index,
        as_of: dt.date,
        schedule: Schedule,
    ) -> None:
        self.project = project
        self.regulation = regulation
        self.index = index
        self.as_of = as_of
        self.schedule = schedule
        self._cache: dict[str, Any] = {}
        self._records: dict[str, dict[str, list[Any]]] = {}

    def value(self, ref: Ref, item: Any = None) -> Any:  # noqa: ANN401 - whatever the pack named
        """What a ref is worth; UNKNOWN, ABSENT or UNDATED where it has no value."""
        if ref.head == "item":
            return self._part(ref, self._of_item(ref, item))
        if ref.head == "name":
            return self._named(ref, item)
        cached = self._cache.get(ref.text)
        if cached is None:
            cached = self._cache[ref.text] = self._part(ref, _VALUES[ref.head](self, ref))
        return cached

    def holds(self, condition: Condition, item: Any = None) -> bool | None:  # noqa: ANN401
        """Three-valued AND of the tests; None is unknown."""
        result: bool | None = True
        for test in condition.tests:
            one = self.test(test, item)
            if one is False:
                return False
            if one is None:
                result = None
        return result

    def test(self, test: Test, item: Any = None) -> bool | None:  # noqa: ANN401
        """One comparison; an absent record makes it false, an absent field unknown."""
        value = self.value(test.ref, item)
        if isinstance(test.to, bool):
            known = truth(value)
            return None if known is None else known is test.to
        if value is ABSENT:
            return False
        if value is UNKNOWN or value is UNDATED:
            return None
        return self._compared(value, test, item)

    def _compared(self, value: Any, test: Test, item: Any) -> bool | None:  # noqa: ANN401
        if test.op == "in":
            return any(_same(value, entry) for entry in test.to)
        if test.op == "is":
            return _same(value, test.to)
        to = self.operand(test.to, item)
        if isinstance(to, Missing):
            return False if to is ABSENT else None
        if isinstance(test.to, Percent):
            value = value * 100
        if test.op in ("=", "!="):
            return _same(value, to) is (test.op == "=")
        try:
            return bool(_OPERATORS[test.op](value, to))
        except TypeError as error:
            message = f"“{test.ref.text}”的值 {show(value)} 不能与 {show(test.to)} 比较"
            raise RuleError(message) from error

    def operand(self, to: Any, item: Any = None) -> Any:  # noqa: ANN401
        """The right side of a comparison: a literal, a ref's value, or base*number for a per cent."""
        if isinstance(to, Ref):
            return self.value(to, item)
        if isinstance(to, Percent):
            if to.of is None:
                message = f"百分比 {to} 没有写明基数"
                raise RuleError(message)
            base = self.value(to.of, item)
            return base if isinstance(base, Missing) else base * to.number
        return to

    def date(self, ref: Ref, item: Any = None) -> dt.date | Missing:  # noqa: ANN401
        """A ref's date; RuleError if it is worth something else."""
        value = self.value(ref, item)
        if isinstance(value, (dt.date, Missing)):
            return UNKNOWN if value is UNDATED else value
        message = f"“{ref.text}”不是日期"
        raise RuleError(message)

    def last_day(self, start: dt.date, period: Period, *, roll: bool) -> LastDay:
        """The last day of a period under this run's schedule of working days."""
        return last_day(start, period, self.schedule, roll=roll)

    def unknown_in(self, condition: Condition, item: Any = None) -> list[Ref]:  # noqa: ANN401
        """The refs that must be filled in before the condition can be decided."""
        found: list[Ref] = []
        for test in condition.tests:
            if self.test(test, item) is None:
                found.extend(self.unknown_behind(test.ref, item))
                target = test.to.of if isinstance(test.to, Percent) else test.to
                if isinstance(target, Ref):
                    found.extend(self.unknown_behind(target, item))
        return list(dict.fromkeys(found))

    def unknown_behind(self, ref: Ref, item: Any = None) -> list[Ref]:  # noqa: ANN401
        """The givens behind a value that is unknown, down through the facts of the pack."""
        if self.value(ref, item) not in (UNKNOWN, UNDATED):
            return []
        fact = self.regulation.facts.get(ref.key) if ref.head == "name" else None
        if fact is None:
            return [ref]
        return self._unknown_parts(fact, item) or [ref]

    def _unknown_parts(self, fact: PackFact, item: Any) -> list[Ref]:  # noqa: ANN401
        if fact.form == "any":
            return [ref for condition in fact.parts for ref in self.unknown_in(condition, item)]
        refs = fact.parts if fact.form in ("later", "earlier", "first", "sum", "difference") else ()
        if fact.form == "shift":
            refs = (fact.parts[0],)
        return [found for ref in refs for found in self.unknown_behind(ref, item)]

    def records(self, head: str, key: str, body: str = "") -> list[Any]:
        """The records of one kind up to the day of judgement, in the order of the file."""
        if head not in self._records:
            self._records[head] = self._by_kind(head)
        found = self._records[head].get(key, [])
        if not body:
            return found
        return [r for r in found if body in (r.to if head == "submissions" else (r.body,))]

    def _by_kind(self, head: str) -> dict[str, list[Any]]:
        by_kind: dict[str, list[Any]] = {}
        for record in self._listed(head):
            day = day_of(record)
            if day is not None and day > self.as_of:
                continue
            for kind in kinds_of(record):
                by_kind.setdefault(kind, []).append(record)
        return by_kind

    def _listed(self, head: str) -> Iterable[Any]:
        if head == "notices":
            return (n for n in self.project.settings.notices if n.of in (None, self.project.id))
        if head == "documents":
            return (d for d in self.project.documents if not d.missing)
        return getattr(self.project, head)  # type: ignore[no-any-return]

    def _record(self, ref: Ref) -> Any:  # noqa: ANN401
        found = self.records(ref.head, ref.key, ref.body)
        if ref.attr == "count":
            return len(found)
        if ref.head == "contracts" and ref.key == "amount":
            return _sum(contract.amount for contract in self.project.contracts)
        if ref.head == "approvals" and ref.attr != "result":
            found = [r for r in found if r.result == PASSED]
        if not found:
            return ABSENT
        if ref.attr in ("", "date"):
            days = [day for day in (day_of(r) for r in found) if day is not None]
            return min(days) if days else UNDATED
        latest = max(found, key=lambda r: day_of(r) or dt.date.min)
        value = getattr(latest, ref.attr, None)
        return UNKNOWN if value is None or value == () else value

    def _field(self, ref: Ref) -> Any:  # noqa: ANN401
        value: Any = self.project
        for part in ref.key.split("."):
            value = getattr(value, part, None)
            if value is None:
                return UNKNOWN
        return value

    def _answer(self, ref: Ref) -> Any:  # noqa: ANN401
        answer = self.project.answers.get(ref.key) or self.project.settings.answers.get(ref.key)
        return answer.answer if answer else UNKNOWN

    def _funding(self, ref: Ref) -> Any:  # noqa: ANN401
        rows = self.project.funding
        if not rows:
            return UNKNOWN
        sources = self.regulation.words.get("funding_sources", {})
        return _sum(row.amount for row in rows if _counts(row.source, ref.key, sources))

    def _lines(self, ref: Ref) -> Any:  # noqa: ANN401
        lines = self.project.budget.lines if self.project.budget else ()
        if not lines:
            return UNKNOWN
        chosen = [line for line in lines if ref.key in ("", line.kind, "spent")]
        if "spent" in (ref.attr, ref.key):
            return sum((line.spent or Decimal(0) for line in chosen), Decimal(0))
        return _sum(line.amount for line in chosen)

    def _catalogue(self, ref: Ref) -> int:
        direction = ref.key.removesuffix("count").rstrip(".")
        return sum(1 for row in self.project.catalogue if direction in ("", row.direction))

    def _systems(self, ref: Ref) -> int:  # noqa: ARG002 - only ever their number
        return len(self.items("systems"))

    def _predecessor(self, ref: Ref) -> Any:  # noqa: ANN401
        name = self.project.predecessor
        if name is None:
            return UNKNOWN
        system = next((s for s in self.project.settings.systems if s.id == name), None)
        if system is not None:
            return ABSENT if ref.key.startswith("events") else _attribute(system, ref.key)
        other = next((n.project for n in self.index.projects if n.project.id == name), None)
        if other is None:
            return UNKNOWN
        head, _, key = ref.key.partition(".")
        if head not in RECORDS:
            return ABSENT
        return Facts(other, self.regulation, Index(), self.as_of, self.schedule).value(Ref(ref.text, head, key))

    def _as_of(self, ref: Ref) -> dt.date:  # noqa: ARG002 - there is only one
        return self.as_of

    def _of_item(self, ref: Ref, item: Any) -> Any:  # noqa: ANN401
        if ref.key == "cumulative":
            return _sum(c.amount for c in self._changes_until(item))
        if ref.key == "nth_in_year":
            return sum(1 for c in self._changes_until(item) if c.on.year == item.on.year)
        return _attribute(item, ref.key + (f".{ref.attr}" if ref.attr else ""))

    def _changes_until(self, item: Any) -> list[Any]:  # noqa: ANN401
        dated = [c for c in self.project.changes if c.on is not None]
        position = {id(c): n for n, c in enumerate(dated)}
        if id(item) not in position:
            return []
        mark = (item.on, position[id(item)])
        return [c for c in dated if (c.on, position[id(c)]) <= mark]

    def _part(self, ref: Ref, value: Any) -> Any:  # noqa: ANN401
        return getattr(value, ref.part) if ref.part and isinstance(value, dt.date) else value

    def _named(self, ref: Ref, item: Any) -> Any:  # noqa: ANN401
        fact = self.regulation.facts.get(ref.key)
        if fact is None:
            return self._trait(ref.key)
        if fact.per_item:
            return self._derived(fact, item)
        if ref.text not in self._cache:
            self._cache[ref.text] = self._derived(fact, None)
        return self._cache[ref.text]

    def _trait(self, name: str) -> Any:  # noqa: ANN401
        if name in self.regulation.words.get("traits", {}):
            return self.project.traits.get(name, UNKNOWN)
        category = self.regulation.words["categories"].get(self.project.category or "")
        return UNKNOWN if category is None else name in category.traits

    def _derived(self, fact: PackFact, item: Any) -> Any:  # noqa: ANN401
        return _FORMS[fact.form](self, fact.parts, item)

    def _any(self, conditions: Iterable[Condition], item: Any) -> Any:  # noqa: ANN401
        results = [self.holds(condition, item) for condition in conditions]
        if True in results:
            return True
        return UNKNOWN if None in results else False

    def _values(self, refs: Iterable[Ref], item: Any) -> list[Any]:  # noqa: ANN401
        return [UNKNOWN if v is UNDATED else v for v in (self.value(ref, item) for ref in refs)]

    def _later(self, refs: Iterable[Ref], item: Any) -> Any:  # noqa: ANN401
        values = self._values(refs, item)
        if ABSENT in values:
            return ABSENT
        return UNKNOWN if UNKNOWN in values else max(values)

    def _earlier(self, refs: Iterable[Ref], item: Any) -> Any:  # noqa: ANN401
        values = [value for value in self._values(refs, item) if value is not ABSENT]
        if not values:
            return ABSENT
        return UNKNOWN if UNKNOWN in values else min(values)

    def _first(self, refs: Iterable[Ref], item: Any) -> Any:  # noqa: ANN401
        values = self._values(refs, item)
        known = next((value for value in values if not isinstance(value, Missing)), None)
        if known is not None:
            return known
        return UNKNOWN if UNKNOWN in values else ABSENT

    def _total(self, refs: Iterable[Ref], item: Any) -> Any:  # noqa: ANN401
        values = [value for value in self._values(refs, item) if value is not ABSENT]
        return UNKNOWN if UNKNOWN in values else sum(values, Decimal(0))

    def _difference(self, refs: tuple[Ref, Ref], item: Any) -> Any:  # noqa: ANN401
        first, second = self._values(refs, item)
        if isinstance(first, Missing):
            return first
        if second is UNKNOWN:
            return UNKNOWN
        return first if second is ABSENT else first - second

    def _shift(self, parts: tuple[Ref, Period], item: Any) -> Any:  # noqa: ANN401
        start = self.date(parts[0], item)
        return start if isinstance(start, Missing) else corresponding_day(start, parts[1])

    def _exists(self, parts: tuple[str, Condition], item: Any) -> Any:  # noqa: ANN401, ARG002
        results = [self.holds(parts[1], entry) for entry in self.items(parts[0])]
        if True in results:
            return True
        return UNKNOWN if None in results else False

    def _count(self, parts: tuple[str, Condition], item: Any) -> Any:  # noqa: ANN401, ARG002
        results = [self.holds(parts[1], entry) for entry in self.items(parts[0])]
        return UNKNOWN if None in results else results.count(True)

    def items(self, name: str) -> list[Any]:
        """The entries of a list that rules go over; of systems only those of this unit."""
        if name == "systems":
            unit = self.project.unit.name if self.project.unit else None
            return [s for s in self.project.settings.systems if s.unit in (None, unit)]
        if name == "lines":
            return list(self.project.budget.lines) if self.project.budget else []
        if name == "documents":
            return [d for d in self.project.documents if not d.missing]
        return [r for r in getattr(self.project, name) if (day_of(r) or dt.date.min) <= self.as_of]

    def _neighbours(self, parts: Any, item: Any) -> Any:  # noqa: ANN401, ARG002
        return bool(self.neighbours(parts))

    def neighbours(self, parts: Any) -> list[Neighbour]:  # noqa: ANN401
        """The other projects of the dossier that a neighbour fact finds suspicious."""
        same, similar, each, together = parts
        mine = self._values(same, None)
        if any(isinstance(value, Missing) for value in mine) or (each and not self.holds(each)):
            return []
        found = [n for n in self._group(same, tuple(mine)) if self._alike(n, similar, each)]
        if found and together is not None and not self._together(found, together):
            return []
        return found

    def _group(self, same: tuple[Ref, ...], mine: tuple[Any, ...]) -> list[Neighbour]:
        groups = self.index.groups
        key = tuple(ref.text for ref in same)
        if key not in groups:
            table: dict[tuple[Any, ...], list[Neighbour]] = {}
            for neighbour in self.index.projects:
                values = tuple(self._of(neighbour)._values(same, None))  # noqa: SLF001 - same class
                table.setdefault(values, []).append(neighbour)
            groups[key] = table
        return [n for n in groups[key].get(mine, ()) if n.project.source.file != self.project.source.file]

    def _of(self, neighbour: Neighbour) -> Facts:
        return Facts(neighbour.project, self.regulation, Index(), self.as_of, self.schedule)

    def _alike(self, neighbour: Neighbour, similar: Ref | None, each: Condition | None) -> bool:
        other = self._of(neighbour)
        if each is not None and not other.holds(each):
            return False
        return similar is None or _similar(self.value(similar), other.value(similar))

    def _together(self, found: list[Neighbour], together: Condition) -> bool:
        test = together.tests[0]
        amounts = [self.value(test.ref), *(self._of(n).value(test.ref) for n in found)]
        known = [amount for amount in amounts if not isinstance(amount, Missing)]
        total = sum(known, Decimal(0))
        return all(_OPERATORS[t.op](total, t.to) for t in together.tests)


def truth(value: Any) -> bool | None:  # noqa: ANN401
    """A value as true or false: a record that exists is true, an unknown value None."""
    if value is UNKNOWN:
        return None
    if value is ABSENT:
        return False
    if isinstance(value, (bool, tuple, int)):
        return bool(value)
    return True


def day_of(record: Any) -> dt.date | None:  # noqa: ANN401 - any record of the model
    """The day that a record carries: of the event, the submission, the approval, the document."""
    day = getattr(record, "on", None)
    return day if day is not None else getattr(record, "date", None)


def kinds_of(record: Any) -> tuple[str, ...]:  # noqa: ANN401
    """The kinds under which a record is found; an approval by its act."""
    kinds = getattr(record, "kinds", None)
    if kinds is not None:
        return tuple(kinds)
    kind = getattr(record, "act", None) or getattr(record, "kind", None)
    return (kind,) if kind else ()


def _attribute(record: Any, key: str) -> Any:  # noqa: ANN401
    if key.startswith("traits."):
        return record.traits.get(key.removeprefix("traits."), UNKNOWN)
    value = getattr(record, key)
    return UNKNOWN if value is None else value


def _same(value: Any, to: Any) -> bool:  # noqa: ANN401
    return to in value if isinstance(value, tuple) else bool(value == to)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | Missing:
    known = list(amounts)
    return UNKNOWN if None in known else sum((a for a in known if a is not None), Decimal(0))


def _counts(source: str | None, key: str, sources: Any) -> bool:  # noqa: ANN401
    return not key or source == key or (source in sources and key in sources[source].traits)


def _similar(mine: Any, other: Any) -> bool:  # noqa: ANN401
    if not isinstance(mine, str) or not isinstance(other, str):
        return False
    from difflib import SequenceMatcher  # noqa: PLC0415 - only where neighbours remain

    matcher = SequenceMatcher(None, mine, other)
    return matcher.quick_ratio() >= SIMILAR and matcher.ratio() >= SIMILAR


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}
_VALUES: dict[str, Callable[[Facts, Ref], Any]] = {
    **dict.fromkeys(RECORDS, Facts._record),  # noqa: SLF001 - the table belongs to the class
    "field": Facts._field,  # noqa: SLF001
    "answers": Facts._answer,  # noqa: SLF001
    "funding": Facts._funding,  # noqa: SLF001
    "lines": Facts._lines,  # noqa: SLF001
    "catalogue": Facts._catalogue,  # noqa: SLF001
    "systems": Facts._systems,  # noqa: SLF001
    "predecessor": Facts._predecessor,  # noqa: SLF001
    "as_of": Facts._as_of,  # noqa: SLF001
}
_FORMS: dict[str, Callable[[Facts, Any, Any], Any]] = {
    "any": Facts._any,  # noqa: SLF001
    "later": Facts._later,  # noqa: SLF001
    "earlier": Facts._earlier,  # noqa: SLF001
    "first": Facts._first,  # noqa: SLF001
    "sum": Facts._total,  # noqa: SLF001
    "difference": Facts._difference,  # noqa: SLF001
    "shift": Facts._shift,  # noqa: SLF001
    "exists": Facts._exists,  # noqa: SLF001
    "count": Facts._count,  # noqa: SLF001
    "neighbours": Facts._neighbours,  # noqa: SLF001
}
FORMS = tuple(_FORMS)
