"""年度计划的条件：which projects a regulation takes into its annual plan, as its pack's form `plan` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.law.packs.routes import RouteReader
from govit.law.regulation import PlanTest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.yamltext.nodes import Node

_TEST_KEYS = {"name", "when", "article"}


class PlanReader(RouteReader):
    """Reads what a form `plan` says beyond its title, once the rules are known."""

    def _members(self, node: Node) -> tuple[PlanTest, ...]:
        """What a project must fulfil to be in the plan, or for another form to be for it."""
        return tuple(self._test(entry) for entry in self.sequence(self.mapping(node).get("members")))

    def _plan(self, node: Node) -> Mapping[str, object]:
        """`marks`: how a project came in; `approvals`: the rules that demand one."""
        given = self.mapping(node)
        approvals = self.texts(given.get("approvals"))
        for rule_id in approvals:
            self._one_of(given["approvals"], rule_id, self.ids)
        return {
            "marks": tuple(self._test(entry) for entry in self.sequence(given.get("marks"))),
            "approvals": approvals,
        }

    def _test(self, node: Node) -> PlanTest:
        self.keys(node, _TEST_KEYS)
        when = self.mapping(node).get("when")
        if when is None:
            self.fault(node, "缺少 when（条件）")
        return PlanTest(self.text(node, "name", required=True), self._condition(when), self.text(node, "article"))
