"""表格和报送：what a form tells and shows, and which step and rule a submission belongs to, as packs say it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.law.packs.plans import PlanReader

if TYPE_CHECKING:
    from govit.yamltext.nodes import Node

ITEM_SOURCES = ("approvals", "contracts", "events", "spent", "content")
"""Records that an item of a form may be told from."""
_ITEM_KEYS = {"label", "from", "required"}


class FormReader(PlanReader):
    """Reads what packs say of forms and submissions, once words, stages and rules are known."""

    def _told(self, node: Node) -> None:
        """`submission` and `acts` of a form are words; `items` have a label and at most a known source.

        `rule` is the one that asks for the form: where it speaks of other projects, `render --all` leaves the form out.
        """
        given = self.mapping(node)
        if "rule" in given:
            self._one_of(given["rule"], self.text(node, "rule"), self.ids)
        if "submission" in given:
            self._one_of(given["submission"], self.text(node, "submission"), self.words["submissions"])
        for act in self.sequence(given.get("acts")):
            self._one_of(act, str(act.value), self.words["acts"])
        for item in self.sequence(given.get("items")):
            self.keys(item, _ITEM_KEYS)
            self.text(item, "label", required=True)
            source = self.text(item, "from")
            if source:
                self._one_of(item, source, ITEM_SOURCES)

    def _handed_in(self, words: Node | None) -> None:
        """The step and the rule of a submission, and the submissions that a notice is about."""
        given = self.mapping(words)
        for node in self.mapping(given.get("submissions")).values():
            about = self.mapping(node)
            for stage in self.sequence(about.get("stage")):
                if stage.value not in self.stage_names:
                    self.fault(
                        stage, f"本办法没有“{stage.value}”这个阶段", did_you_mean(str(stage.value), self.stage_names)
                    )
            if "rule" in about:
                self._one_of(about["rule"], self.text(node, "rule"), self.ids)
        for node in self.mapping(given.get("notices")).values():
            for submission in self.sequence(self.mapping(node).get("submissions")):
                self._one_of(submission, str(submission.value), self.words["submissions"])
