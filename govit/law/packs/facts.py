"""办法里的事实：what a pack derives from other values, without circles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.base.records import replace
from govit.dossier.lists import BY_KIND, BY_RULES
from govit.law.derivations import (
    FORMS,
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
from govit.law.packs.conditions import NO_REF
from govit.law.packs.keys import PARTS
from govit.law.regulation import PackFact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govit.law.conditions import Condition, Ref
    from govit.law.packs.conditions import ConditionReader
    from govit.yamltext.nodes import Node

_DEEPEST = 40
"""How many facts may rest on one another in a row; each is followed by recursion."""
_MOST_YEARS = "99"


class FactReader:
    """Reads the facts of a pack, once its vocabulary is known."""

    def __init__(self, conditions: ConditionReader) -> None:
        self.conditions = conditions
        self.nodes = conditions.nodes
        self._forms: Mapping[type[Derivation], Callable[[Node], Derivation]] = {
            AnyOf: self._any_of,
            Later: lambda node: Later(conditions.refs(node)),
            Earlier: lambda node: Earlier(conditions.refs(node)),
            First: lambda node: First(conditions.refs(node)),
            Total: lambda node: Total(conditions.counted(node)),
            Remainder: self._difference,
            Shift: self._shift,
            LastBefore: lambda node: LastBefore(*self._at_day(node)),
            FirstAfter: lambda node: FirstAfter(*self._at_day(node)),
            YearStart: self._year_start,
            OnlyIf: self._only_if,
            Exists: lambda node: Exists(*self._of_list(node)),
            Count: lambda node: Count(*self._of_list(node)),
            Neighbours: self._neighbours,
            OfYears: self._of_years,
        }

    def read(self, node: Node | None) -> dict[str, PackFact]:
        """The facts by name."""
        facts: dict[str, PackFact] = {}
        entries = self.nodes.sequence(node)
        for entry in entries:
            fact = self._fact(entry)
            if fact is not None:
                if fact.name in facts:
                    self.nodes.fault(entry, f"事实“{fact.name}”写了两次")
                facts[fact.name] = fact
        known: dict[str, int] = {}
        for entry in entries:
            self._depth(self.nodes.text(entry, "name"), entry, facts, (), known)
        return _with_items(facts)

    def _depth(
        self, name: str, node: Node, facts: Mapping[str, PackFact], path: tuple[str, ...], known: dict[str, int]
    ) -> int:
        """How many facts rest on one another down from one, 0 where they lead in a circle or too deep."""
        if name in path:
            self.nodes.fault(node, "事实互相引用成了圈：" + " → ".join((*path, name)))
            return 0
        if name not in known and name in facts:
            behind = dict.fromkeys(r.key for r in facts[name].derivation.mentioned() if r.head == "name")
            deepest = 0
            for key in behind if len(path) < _DEEPEST else ():
                below = self._depth(key, node, facts, (*path, name), known) if key in facts else 1
                if not below:
                    return 0
                deepest = max(deepest, below)
            if len(path) + deepest >= _DEEPEST:
                self.nodes.fault(node, f"事实“{(*path, name)[0]}”一层一层引用到了 {_DEEPEST} 层以下，请写得平一些")
                return 0
            known[name] = deepest + 1
        return known.get(name, 1)

    def _fact(self, node: Node) -> PackFact | None:
        keys = {form.written: form for form in FORMS}
        self.nodes.keys(node, PARTS["fact"])
        name, article = self.nodes.text(node, "name", required=True), self.nodes.text(node, "article", required=True)
        given = self.nodes.mapping(node)
        written = [key for key in keys if key in given]
        if len(written) != 1:
            self.nodes.fault(node, f"事实“{name}”要有且只有一种写法：" + "、".join(keys))
            return None
        form = keys[written[0]]
        derivation = self._forms[form](given[written[0]])
        per_item = form.of_items and any(ref.head == "item" for ref in derivation.mentioned())
        return PackFact(name, derivation, article, per_item)  # of itself; through others: _with_items

    def _any_of(self, node: Node) -> AnyOf:
        return AnyOf(tuple(self.conditions.condition(entry) for entry in self.nodes.sequence(node)))

    def _difference(self, node: Node) -> Remainder:
        refs = self.conditions.counted(node)
        if len(refs) != 2:  # noqa: PLR2004 - minuend and subtrahend
            self.nodes.fault(node, "difference 要写两个引用")
        return Remainder(*(*refs, NO_REF, NO_REF)[:2])

    def _shift(self, node: Node) -> Shift:
        self.nodes.keys(node, PARTS["shift"])
        given = self.nodes.mapping(node)
        start = self.conditions.day(given.get("from"), node)
        return Shift(start, self.conditions.period(given.get("period"), node), self.nodes.flag(given.get("roll")))

    def _at_day(self, node: Node) -> tuple[Ref, Ref]:
        self.nodes.keys(node, PARTS["at_day"])
        given = self.nodes.mapping(node)
        value = self.conditions.ref(given.get("value"), node)
        if value.head not in BY_KIND:
            self.nodes.fault(node, f"value 要写一种有日期的记录，“{value.text}”不是")
        return value, self.conditions.day(given.get("day"), node)

    def _year_start(self, node: Node) -> YearStart:
        self.nodes.keys(node, PARTS["year_start"])
        given = self.nodes.mapping(node)
        return YearStart(self.conditions.year(given.get("year"), node), self._back(node))

    def _back(self, node: Node) -> int:
        back = self.nodes.text(node, "back") or "0"
        if back.isascii() and back.isdecimal() and len(back) <= len(_MOST_YEARS):
            return int(back)
        self.nodes.fault(node, f"back 要写往前数的整年数，“{back}”不是")
        return 0

    def _only_if(self, node: Node) -> OnlyIf:
        self.nodes.keys(node, PARTS["only_if"])
        given = self.nodes.mapping(node)
        return OnlyIf(self.conditions.ref(given.get("value"), node), self.conditions.condition(given.get("when")))

    def _of_list(self, node: Node) -> tuple[str, Condition]:
        self.nodes.keys(node, PARTS["of_list"])
        name = self.nodes.text(node, "list", required=True)
        if name and name not in BY_RULES:
            self.nodes.fault(node, f"没有“{name}”这个列表", did_you_mean(name, BY_RULES))
        return name, self.conditions.condition(self.nodes.mapping(node).get("where"), name)

    def _neighbours(self, node: Node) -> Neighbours:
        self.nodes.keys(node, PARTS["neighbours"])
        given, conditions = self.nodes.mapping(node), self.conditions
        return Neighbours(
            similar=conditions.ref(given["similar"], node) if "similar" in given else None,
            each=conditions.condition(given["each"]) if "each" in given else None,
            together=conditions.condition(given["together"]) if "together" in given else None,
            same=conditions.refs(given.get("same")),
        )

    def _of_years(self, node: Node) -> OfYears:
        self.nodes.keys(node, PARTS["years"])
        given = self.nodes.mapping(node)
        for key in ("same", "where"):
            if key not in given:
                self.nodes.fault(node, f"years 缺少 {key}", "例如 {same: [unit.name], back: 1, where: {events.逾期未整改: true}}")
        same, where = self.conditions.refs(given.get("same")), self.conditions.condition(given.get("where"))
        return OfYears(same, self._back(node), where)


def _with_items(facts: Mapping[str, PackFact]) -> dict[str, PackFact]:
    """The facts, each per item that rests on one which is, however many lie between; a list asks for its own entries."""
    found = dict(facts)
    changed = True
    while changed:
        through = [
            fact
            for fact in found.values()
            if not fact.per_item
            and fact.derivation.of_items
            and any(
                ref.head == "name" and ref.key in found and found[ref.key].per_item
                for ref in fact.derivation.mentioned()
            )
        ]
        found.update((fact.name, replace(fact, per_item=True)) for fact in through)
        changed = bool(through)
    return found
