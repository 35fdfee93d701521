"""表格和报送：what a form tells and shows, and which step and rule a submission belongs to, as packs say it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from govit.base.nearest import did_you_mean
from govit.law.packs.nodes import plain
from govit.law.regulation import PlanTest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from govit.law.packs.conditions import ConditionReader
    from govit.yamltext.nodes import Node

FORM_NAMES = (
    "application",
    "proposal",
    "selfcheck",
    "handin",
    "progress",
    "change",
    "acceptance",
    "extension",
    "filing",
    "evaluation",
    "plan",
    "budget",
    "catalogue",
    "deadlines",
)
PLAN = "plan"
ITEM_SOURCES = ("approvals", "contracts", "events", "spent", "content")
"""Records that an item of a form may be told from."""
_ITEM_KEYS = {"label", "from", "required"}
_TEST_KEYS = {"name", "when", "article"}


class FormReader:
    """Reads what a pack says of forms and submissions, once the ids of its rules are known."""

    def __init__(self, conditions: ConditionReader, ids: Collection[str]) -> None:
        self.conditions = conditions
        self.nodes = conditions.nodes
        self.words = conditions.vocabulary.words
        self.ids = ids

    def read(self, node: Node | None) -> tuple[Mapping[str, Any], ...]:
        """The forms, in the order of the pack."""
        return tuple(self._form(entry) for entry in self.nodes.sequence(node))

    def check_submissions(self, words: Node | None) -> None:
        """The step and the rule of a submission, and the submissions that a notice is about."""
        nodes, stages = self.nodes, self.conditions.vocabulary.stages
        given = nodes.mapping(words)
        for node in nodes.mapping(given.get("submissions")).values():
            about = nodes.mapping(node)
            for stage in nodes.sequence(about.get("stage")):
                if stage.value not in stages:
                    nodes.fault(stage, f"本办法没有“{stage.value}”这个阶段", did_you_mean(str(stage.value), stages))
            if "rule" in about:
                nodes.one_of(about["rule"], nodes.text(node, "rule"), self.ids)
        for node in nodes.mapping(given.get("notices")).values():
            for submission in nodes.sequence(nodes.mapping(node).get("submissions")):
                nodes.one_of(submission, str(submission.value), self.words["submissions"])

    def _form(self, node: Node) -> Mapping[str, Any]:
        nodes = self.nodes
        nodes.text(node, "title", required=True)
        name = nodes.text(node, "form", required=True)
        nodes.one_of(node, name, FORM_NAMES)
        for kind in nodes.sequence(nodes.mapping(node).get("documents")):
            nodes.one_of(kind, str(kind.value), self.words["documents"])
        self._told(node)
        about: dict[str, Any] = {**(plain(node) or {}), "members": self._members(node)}
        return {**about, **self._plan(node)} if name == PLAN else about

    def _told(self, node: Node) -> None:
        """`submission` and `acts` of a form are words; `items` have a label and at most a known source.

        `rule` is the one that asks for the form: where it speaks of other projects, `render --all` leaves the form out.
        """
        nodes = self.nodes
        given = nodes.mapping(node)
        if "rule" in given:
            nodes.one_of(given["rule"], nodes.text(node, "rule"), self.ids)
        if "submission" in given:
            nodes.one_of(given["submission"], nodes.text(node, "submission"), self.words["submissions"])
        for act in nodes.sequence(given.get("acts")):
            nodes.one_of(act, str(act.value), self.words["acts"])
        for item in nodes.sequence(given.get("items")):
            nodes.keys(item, _ITEM_KEYS)
            nodes.text(item, "label", required=True)
            source = nodes.text(item, "from")
            if source:
                nodes.one_of(item, source, ITEM_SOURCES)

    # -- the annual plan -------------------------------------------------------------------------------

    def _members(self, node: Node) -> tuple[PlanTest, ...]:
        """What a project must fulfil to be in the plan, or for another form to be for it."""
        return tuple(self._test(entry) for entry in self.nodes.sequence(self.nodes.mapping(node).get("members")))

    def _plan(self, node: Node) -> Mapping[str, object]:
        """`marks`: how a project came in; `approvals`: the rules that demand one."""
        given = self.nodes.mapping(node)
        approvals = self.nodes.texts(given.get("approvals"))
        for rule_id in approvals:
            self.nodes.one_of(given["approvals"], rule_id, self.ids)
        return {
            "marks": tuple(self._test(entry) for entry in self.nodes.sequence(given.get("marks"))),
            "approvals": approvals,
        }

    def _test(self, node: Node) -> PlanTest:
        self.nodes.keys(node, _TEST_KEYS)
        when = self.nodes.mapping(node).get("when")
        if when is None:
            self.nodes.fault(node, "缺少 when（条件）")
        name, article = self.nodes.text(node, "name", required=True), self.nodes.text(node, "article")
        return PlanTest(name, self.conditions.condition(when), article)
