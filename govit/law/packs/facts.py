"""办法里的事实：what a pack derives from other values, without circles."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit.base.nearest import did_you_mean
from govit.law.conditions import refs_in
from govit.law.packs.words import LISTS, ConditionReader
from govit.law.regulation import FORMS, PackFact

if TYPE_CHECKING:
    from govit.yamltext.faults import Fault
    from govit.yamltext.nodes import Node


class FactReader(ConditionReader):
    """Reads the facts of a pack."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.facts: dict[str, PackFact] = {}

    def _facts(self, node: Node | None) -> None:
        entries = self.sequence(node)
        self.fact_names = frozenset(self.text(entry, "name") for entry in entries)
        for entry in entries:
            fact = self._fact(entry)
            if fact is not None:
                if fact.name in self.facts:
                    self.fault(entry, f"事实“{fact.name}”写了两次")
                self.facts[fact.name] = fact
        for entry in entries:
            self._no_circle(self.text(entry, "name"), entry, ())

    def _no_circle(self, name: str, node: Node, path: tuple[str, ...]) -> None:
        if name in path:
            self.fault(node, "事实互相引用成了圈：" + " → ".join((*path, name)))
            return
        fact = self.facts.get(name)
        for ref in refs_in(fact.parts) if fact else ():
            if ref.head == "name" and ref.key in self.facts and len(path) < len(self.facts):
                self._no_circle(ref.key, node, (*path, name))

    def _fact(self, node: Node) -> PackFact | None:
        self.keys(node, {"name", "article", "label", *FORMS})
        name, article = self.text(node, "name", required=True), self.text(node, "article", required=True)
        forms = [form for form in FORMS if form in self.mapping(node)]
        if len(forms) != 1:
            self.fault(node, f"事实“{name}”要有且只有一种写法：" + "、".join(FORMS))
            return None
        parts = self._fact_parts(forms[0], self.mapping(node)[forms[0]])
        per_item = forms[0] in ("any", "later", "earlier", "first", "sum", "difference", "shift") and any(
            ref.head == "item" for ref in refs_in(parts)
        )
        return PackFact(name, forms[0], parts, article, per_item)

    def _fact_parts(self, form: str, node: Node) -> Any:  # noqa: ANN401 - as the form wants it
        if form == "any":
            return tuple(self._condition(entry) for entry in self.sequence(node))
        if form in ("later", "earlier", "first", "sum", "difference"):
            refs = self._refs(node)
            if form == "difference" and len(refs) != 2:  # noqa: PLR2004 - minuend and subtrahend
                self.fault(node, "difference 要写两个引用")
            return refs
        given = self.mapping(node)
        if form == "shift":
            return (self._ref(given.get("from"), node), self._period(given.get("period"), node))
        if form in ("exists", "count"):
            name = self.text(node, "list", required=True)
            if name and name not in LISTS:
                self.fault(node, f"没有“{name}”这个列表", did_you_mean(name, LISTS))
            return (name, self._condition(given.get("where"), name))
        return self._neighbours(node)

    def _neighbours(self, node: Node) -> Any:  # noqa: ANN401
        self.keys(node, {"same", "similar", "each", "together"})
        given = self.mapping(node)
        similar = self._ref(given["similar"], node) if "similar" in given else None
        each = self._condition(given["each"]) if "each" in given else None
        together = self._condition(given["together"]) if "together" in given else None
        return self._refs(given.get("same")), similar, each, together
