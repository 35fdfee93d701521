"""表格和报送：what a form tells and shows, and which step and rule a submission belongs to, as packs say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.law.form_names import declared_forms
from govit.law.packs.keys import ITEM_SOURCES, PARTS
from govit.law.regulation import PackForm, PackItem, PlanTest

if TYPE_CHECKING:
    from collections.abc import Collection

    from govit.law.packs.conditions import ConditionReader
    from govit.yamltext.nodes import Node

_OWN_ID = re.compile("[a-z][a-z0-9-]{1,40}")
_OWN_TEMPLATE = re.compile(r"[^/\\:]+\.docx")


class FormReader:
    """Reads what a pack says of forms and submissions, once the ids of its rules are known."""

    def __init__(self, conditions: ConditionReader, ids: Collection[str]) -> None:
        self.conditions = conditions
        self.nodes = conditions.nodes
        self.words = conditions.vocabulary.words
        self.ids = ids

    def read(self, node: Node | None) -> tuple[PackForm, ...]:
        """The forms, in the order of the pack; each of its own has an id of its own."""
        entries = self.nodes.sequence(node)
        found = tuple(self._form(entry) for entry in entries)
        own: set[str] = set()
        for entry, form in zip(entries, found, strict=True):
            if form.form in own:
                self.nodes.fault(entry, f"表格 {form.form} 写了两次", "本办法自己的几张表，各用一个标识")
            own |= {form.form} if form.template else set()
        return found

    def check_submissions(self, words: Node | None) -> None:
        """The step and the rule of a submission, and the submissions that a notice is about."""
        nodes, stages = self.nodes, self.conditions.vocabulary.stages
        given = nodes.mapping(words)
        for node in nodes.mapping(given.get("submissions")).values():
            about = nodes.mapping(node)
            for stage in nodes.one_or_more(about.get("stage")):
                if stage.value not in stages:
                    nodes.fault(stage, f"本办法没有“{stage.value}”这个阶段", did_you_mean(str(stage.value), stages))
            if "rule" in about:
                nodes.one_of(about["rule"], nodes.text(node, "rule"), self.ids)
        for node in nodes.mapping(given.get("notices")).values():
            nodes.each_of(nodes.mapping(node).get("submissions"), self.words["submissions"])

    def _form(self, node: Node) -> PackForm:
        """A form; `rule` is the one that asks for it: where that speaks of other projects, `render --all` leaves it out."""
        nodes, given = self.nodes, self.nodes.mapping(node)
        nodes.keys(node, PARTS["form"])
        form = nodes.text(node, "form", required=True)
        template = self._template(node, form)
        return PackForm(
            form=form,
            title=nodes.text(node, "title", required=True),
            to="、".join(nodes.texts(given.get("to"))),
            stage=nodes.text(node, "stage"),
            article=nodes.text(node, "article"),
            opinions=nodes.texts(given["opinions"]) if "opinions" in given else None,
            documents=self._each_of(given.get("documents"), self.words["documents"]),
            rule=self._one_of(node, "rule", self.ids),
            submission=self._one_of(node, "submission", self.words["submissions"]),
            acts=self._each_of(given.get("acts"), self.words["acts"]),
            items=tuple(self._item(entry) for entry in nodes.sequence(given.get("items"))),
            members=self._tests(given.get("members"), "members"),
            template=template,
            marks=self._tests(given.get("marks"), "marks"),
            approvals=self._each_of(given.get("approvals"), self.ids),
            within=self.conditions.period(given["within"], node) if "within" in given else None,
        )

    def _template(self, node: Node, form: str) -> str:
        """The file that a form of the regulation's own is made from; of ours none, since it is found by its name."""
        nodes, template = self.nodes, self.nodes.text(node, "template")
        if form in declared_forms():
            if template:
                hint = "删去 template：把模板放进卷宗的 templates 文件夹，用表格的名称作文件名"
                nodes.fault(nodes.mapping(node)["template"], f"{form} 不是本办法自己的表", hint)
            return ""
        if not template:
            hint = f"{did_you_mean(form, declared_forms())}本办法自己的表，另写 template: 模板文件名.docx"
            nodes.fault(nodes.mapping(node).get("form", node), f"没有“{form}”这个词", hint)
        elif not _OWN_ID.fullmatch(form):
            nodes.fault(nodes.mapping(node)["form"], f"form“{form}”是本办法自己的表，标识用小写英文、数字和短横线", "例如 start-filing")
        elif not _OWN_TEMPLATE.fullmatch(template):
            nodes.fault(nodes.mapping(node)["template"], f"template“{template}”应当是 Word 文件的名称", "例如 开工备案表.docx")
        return template

    def _item(self, node: Node) -> PackItem:
        nodes = self.nodes
        nodes.keys(node, PARTS["item"])
        source = nodes.text(node, "from")
        if source:
            nodes.one_of(node, source, ITEM_SOURCES)
        required = nodes.flag(nodes.mapping(node).get("required"))
        return PackItem(nodes.text(node, "label", required=True), source, required)

    def _one_of(self, node: Node, key: str, known: Collection[str]) -> str:
        """A word that must be known where it is written."""
        given, word = self.nodes.mapping(node).get(key), self.nodes.text(node, key)
        if given is not None:
            self.nodes.one_of(given, word, known)
        return word

    def _each_of(self, node: Node | None, known: Collection[str]) -> tuple[str, ...]:
        """Words that must be known, each noted where it stands."""
        self.nodes.each_of(node, known)
        return self.nodes.texts(node)

    def _tests(self, node: Node | None, key: str) -> tuple[PlanTest, ...]:
        if node is None or node.value is None:
            return ()
        entries = node.value if isinstance(node.value, list) else [node]
        if not isinstance(node.value, list) or any(not isinstance(entry.value, dict) for entry in entries):
            wrong = next(entry for entry in (node, *entries) if not isinstance(entry.value, list))
            message = f"{key} 应当是列表，每一项写 name（名称）和 when（条件）"
            self.nodes.fault(wrong, message, "例如 - {name: 已批复, when: {approvals.事项: true}}")
            return ()
        return tuple(self._test(entry) for entry in entries)

    def _test(self, node: Node) -> PlanTest:
        self.nodes.keys(node, PARTS["test"])
        when = self.nodes.mapping(node).get("when")
        if when is None:
            self.nodes.fault(node, "缺少 when（条件）")
        name, article = self.nodes.text(node, "name", required=True), self.nodes.text(node, "article")
        return PlanTest(name, self.conditions.condition(when), article)
