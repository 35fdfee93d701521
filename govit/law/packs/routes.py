"""审批路径：the ways of approval of a pack; a step names the rule that demands it and has no condition of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.law.conditions import parse_condition
from govit.law.packs.keys import PARTS
from govit.law.regulation import OffRoute, PackChoice, PackRoute, PackStep

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from govit.law.packs.conditions import ConditionReader
    from govit.law.regulation import PackFact
    from govit.yamltext.nodes import Node



class RouteReader:
    """Reads routes, once facts and rules are known."""

    def __init__(self, conditions: ConditionReader, facts: Mapping[str, PackFact], ids: Collection[str]) -> None:
        self.conditions = conditions
        self.nodes = conditions.nodes
        self.facts = facts
        self.ids = ids

    def read(self, node: Node | None) -> tuple[PackRoute, ...]:
        """The routes, in the order of the pack."""
        return tuple(self._route(entry) for entry in self.nodes.sequence(node))

    def read_off(self, node: Node | None) -> tuple[OffRoute, ...]:
        """The rules that are no step of a route, with the reason."""
        found = []
        for entry in self.nodes.sequence(node):
            self.nodes.keys(entry, PARTS["off"])
            rules = self.nodes.texts(self.nodes.mapping(entry).get("rules"))
            for rule in rules:
                self.nodes.one_of(entry, rule, self.ids)
            found.append(OffRoute(rules, self.nodes.text(entry, "why", required=True)))
        return tuple(found)

    def _route(self, node: Node) -> PackRoute:
        self.nodes.keys(node, PARTS["route"])
        given = self.nodes.mapping(node)
        channel, steps = self.nodes.text(node, "channel"), self.nodes.sequence(given.get("steps"))
        if not steps and not channel:
            self.nodes.fault(node, "审批路径既没有 steps（步骤）也没有 channel（办理渠道）")
        if steps and channel:
            self.nodes.fault(node, "写了 channel（不在本工具内办理）的路径不能再写 steps（步骤）")
        return PackRoute(
            name=self.nodes.text(node, "name", required=True),
            article=self.nodes.text(node, "article", required=True),
            when=self.conditions.condition(given["when"]) if "when" in given else None,
            channel=channel,
            steps=tuple(self._step(step) for step in steps),
        )

    def _step(self, node: Node) -> PackStep:
        self.nodes.keys(node, PARTS["step"])
        rule_id = self.nodes.text(node, "rule", required=True)
        if rule_id:
            self.nodes.one_of(node, rule_id, self.ids)
        given = self.nodes.mapping(node)
        return PackStep(
            rule=rule_id,
            body=self.nodes.text(node, "body", required=True),
            to=self.nodes.text(node, "to"),
            does=self.nodes.text(node, "does", required=True),
            papers=self._papers(given.get("papers")),
            choices=tuple(self._choice(entry) for entry in self.nodes.sequence(given.get("choice"))),
        )

    def _choice(self, node: Node) -> PackChoice:
        self.nodes.keys(node, PARTS["choice"])
        papers = self._papers(self.nodes.mapping(node).get("papers"))
        if not papers:
            self.nodes.fault(node, "choice 的每一种做法都要写 papers（文件种类）")
        allowed = self._allowed(node)
        return PackChoice(
            papers=papers,
            merged=self.nodes.flag(self.nodes.mapping(node).get("merged")),
            allowed=parse_condition({allowed: "true"}) if allowed else None,
            article=self.nodes.text(node, "article") or (self.facts[allowed].article if allowed in self.facts else ""),
        )

    def _papers(self, node: Node | None) -> tuple[tuple[str, ...], ...]:
        """The kinds of papers; of `甲/乙` one suffices."""
        papers = tuple(tuple(entry.split("/")) for entry in self.nodes.texts(node))
        for alternatives in papers:
            for kind in alternatives:
                if node is not None:
                    self.nodes.one_of(node, kind, self.conditions.vocabulary.words["documents"])
        return papers

    def _allowed(self, node: Node) -> str:
        """The name of the fact under which a choice is open, '' where it always is."""
        name = self.nodes.text(node, "allowed")
        if name and name not in self.conditions.vocabulary.names:
            self.nodes.one_of(node, name, self.conditions.vocabulary.names)
            return ""
        return name
