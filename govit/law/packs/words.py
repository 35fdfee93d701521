"""词与条件：the words of a pack, and refs and conditions that may use no other."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from govit.base.nearest import did_you_mean
from govit.calendar.periods import parse_period
from govit.dossier.keys import Kind, specs
from govit.dossier.model import (
    Approval,
    Budget,
    BudgetLine,
    CatalogueRow,
    Change,
    Contract,
    Document,
    Event,
    Funding,
    Notice,
    Submission,
    System,
)
from govit.law.conditions import RECORDS, Condition, Ref, parse_condition, parse_ref, refs_in
from govit.law.packs.nodes import NodeReader, plain
from govit.law.regulation import ORDERED, STAGES, Question, Stage, Word
from govit.yamltext.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from govit.yamltext.faults import Fault

WORD_LISTS = (
    "levels",
    "unit_kinds",
    "categories",
    "objects",
    "hosting",
    "build_modes",
    "plans",
    "share_types",
    "grades",
    "grounds",
    "funding_sources",
    "budget_kinds",
    "bodies",
    "acts",
    "documents",
    "events",
    "contracts",
    "submissions",
    "notices",
    "traits",
    "row_traits",
    "change_traits",
    "system_traits",
)
LISTS: Mapping[str, tuple[type[Any], str]] = {
    "documents": (Document, "documents"),
    "contracts": (Contract, "contracts"),
    "catalogue": (CatalogueRow, ""),
    "changes": (Change, ""),
    "systems": (System, ""),
    "lines": (BudgetLine, "budget_kinds"),
    "funding": (Funding, "funding_sources"),
    "events": (Event, "events"),
    "approvals": (Approval, "acts"),
    "submissions": (Submission, "submissions"),
    "notices": (Notice, "notices"),
}
"""The lists that a rule may go over: the record class and the word list of its kinds."""
_ITEM_EXTRAS = {"changes": ("cumulative", "nth_in_year")}


class ConditionReader(NodeReader):
    """Reads words, refs and conditions."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.words: dict[str, dict[str, Word]] = {}
        self.questions: dict[str, Question] = {}
        self.stage_names: tuple[str, ...] = ()
        self.fact_names: frozenset[str] = frozenset()

    def _words(self, node: Node | None) -> None:
        given = self.mapping(node)
        if node is not None:
            self.keys(node, {*WORD_LISTS, "questions"})
        for name in WORD_LISTS:
            listed = self.mapping(given.get(name))
            self.words[name] = {word: self._word(word, about) for word, about in listed.items()}
        self._orders(given)
        if not self.words["categories"] and node is not None:
            self.fault(node, "words 里没有 categories（项目类别）")
        for name, about in self.mapping(given.get("questions")).items():
            of = self.text(about, "of") or "project"
            if of not in ("project", "unit"):
                self.fault(about, f"of“{of}”应当是 project 或 unit")
            who = self.text(about, "who") or "项目单位"
            self.questions[name] = Question(name, self.text(about, "ask", required=True), who, of)

    def _orders(self, given: Mapping[str, Node]) -> None:
        """`after` of a word: records that cannot be later than it. Read last, since they name words themselves."""
        for name in ORDERED:
            for word, about in self.mapping(given.get(name)).items():
                refs = self._refs(self.mapping(about).get("after"))
                for ref in refs:
                    if ref.head not in RECORDS or ref.head == "notices" or ref.attr or ref.body:
                        self.fault(about, f"after 只能写事项、审批、报送、文件、合同，不能写“{ref.text}”")
                self.words[name][word] = replace(self.words[name][word], after=refs)
        for name, head in ORDERED.items():
            for word in self.words[name]:
                self._no_round(f"{head}.{word}", self.mapping(given.get(name))[word])

    def _no_round(self, start: str, node: Node) -> None:
        """A record that must be later than itself makes every project impossible."""
        lists = {head: name for name, head in ORDERED.items()}
        reached: list[str] = []
        waiting = [start]
        while waiting:
            head, _, key = waiting.pop().partition(".")
            word = self.words.get(lists.get(head, ""), {}).get(key)
            found = [f"{ref.head}.{ref.key}" for ref in word.after] if word else []
            waiting += [text for text in found if text not in reached]
            reached += found
        if start in reached:
            self.fault(node, f"“{start}”经 after 排在自己之后，先后成了圈")

    def _word(self, name: str, node: Node) -> Word:
        about = self.mapping(node)
        return Word(name, self.texts(about.get("traits")), self.texts(about.get("also")), plain(node) or {})

    def _stages(self, node: Node | None) -> None:
        names = []
        for entry in self.sequence(node):
            name = self.text(entry, "name", required=True)
            if name and name not in STAGES:
                self.fault(entry, f"阶段“{name}”不在固定的名称里", did_you_mean(name, STAGES))
            names.append(name)
        self.stage_names = tuple(names)

    def _stage_records(self, node: Node | None) -> tuple[Stage, ...]:
        return tuple(
            Stage(self.text(entry, "name"), self._refs(self.mapping(entry).get("passed")))
            for entry in self.sequence(node)
        )

    def _ref(self, node: Node | None, near: Node, items: str = "") -> Ref:
        if node is None or not isinstance(node.value, str):
            self.fault(node or near, "这里缺少一个引用")
            return Ref("as_of", "as_of")
        try:
            ref = parse_ref(node.value)
        except ValueError as error:
            self.fault(node, str(error))
            return Ref("as_of", "as_of")
        self._known(ref, node, items)
        return ref

    def _refs(self, node: Node | None) -> tuple[Ref, ...]:
        if node is not None and isinstance(node.value, str):
            return (self._ref(node, node),)
        return tuple(self._ref(entry, entry) for entry in self.sequence(node))

    def _condition(self, node: Node | None, items: str = "") -> Condition:
        given = self.mapping(node)
        try:
            condition = parse_condition({key: plain(value) for key, value in given.items()})
        except ValueError as error:
            self.fault(node or Node(None, 1, 1), str(error))
            return Condition(())
        tests = tuple(
            test if test.op in ("is", "in") else replace(test, to=self._named(test.to, given[test.ref.text]))
            for test in condition.tests
        )
        for test in tests:
            self._known(test.ref, given[test.ref.text], items)
            for target in refs_in(test.to):
                self._known(target, given[test.ref.text], items)
            self._literals(test.ref, test.to if isinstance(test.to, tuple) else (test.to,), given[test.ref.text])
        return Condition(tests)

    def _named(self, operand: Any, node: Node) -> Any:  # noqa: ANN401 - what stands right of an operator
        """A bare word right of an operator is the name of a fact; a word can only be equal."""
        if not isinstance(operand, str):
            return operand
        if operand in self.fact_names:
            return parse_ref(operand)
        if re.match(r"[^=]*[<>]", str(node.value)):
            self.fault(node, f"“{operand}”不是金额、数字、日期、引用或事实", did_you_mean(operand, self.fact_names))
        return operand

    def _literals(self, ref: Ref, values: tuple[Any, ...], node: Node) -> None:
        """A word that is compared with must be one of its list, or the rule is silently dead."""
        words = self._list_of(ref)
        for value in values:
            if type(value) is int and value and self._is_money(ref):
                self.fault(node, f"{ref.text} 是金额，“{value}”没有单位", f"写成 {value}万元 或 {value}元")
            if words and isinstance(value, str) and value not in words:
                self.fault(node, f"“{value}”不是 {ref.text} 的词", did_you_mean(value, words))

    def _is_money(self, ref: Ref) -> bool:
        """Whether a ref is worth an amount: a money field, a sum, or an amount of a record."""
        if ref.head in ("funding", "lines") or ref.attr in ("amount", "spent"):
            return True
        spec = specs(Budget).get(ref.key.removeprefix("budget.")) if ref.head == "field" else None
        return spec is not None and ref.key.startswith("budget.") and spec.kind is Kind.MONEY

    def _list_of(self, ref: Ref) -> tuple[str, ...]:
        if ref.head != "field":
            return ()
        from govit.dossier.model import Project

        record: Any = Project
        spec = None
        for part in ref.key.split("."):
            spec = specs(record).get(part) if record else None
            record = spec.of if spec else None
        if spec is None or not spec.words:
            return ()
        return self.stage_names if spec.words == "stages" else tuple(self.words.get(spec.words, {}))

    def _known(self, ref: Ref, node: Node, items: str = "") -> None:
        if ref.head in RECORDS:
            self._known_record(ref, node)
        elif ref.head == "name":
            names = self.names
            if ref.key not in names:
                self.fault(node, f"没有叫“{ref.key}”的事实或特征", did_you_mean(ref.key, names))
        elif ref.head == "answers" and ref.key not in self.questions:
            self.fault(node, f"没有“{ref.key}”这个问题", did_you_mean(ref.key, self.questions))
        elif ref.head == "funding" and ref.key:
            self._one_of(node, ref.key, self._with_traits("funding_sources"))
        elif ref.head == "lines" and ref.key not in ("", "spent"):
            self._one_of(node, ref.key, self.words["budget_kinds"])
        elif ref.head == "item" and items:
            self._known_item(ref, node, items)

    def _known_item(self, ref: Ref, node: Node, items: str) -> None:
        record = LISTS[items][0] if items in LISTS else Document
        head = ref.key.split(".")[0]
        allowed = (*specs(record), *_ITEM_EXTRAS.get(items, ()))
        self._one_of(node, head, allowed)
        if head == "traits":
            lists = {"changes": "change_traits", "systems": "system_traits", "catalogue": "row_traits"}
            self._one_of(node, ref.key.removeprefix("traits."), self.words[lists.get(items, "traits")])

    def _known_record(self, ref: Ref, node: Node) -> None:
        if ref.head == "contracts" and ref.key == "amount":
            return
        self._one_of(node, ref.key, self.words[{"approvals": "acts"}.get(ref.head, ref.head)])
        if ref.body:
            self._one_of(node, ref.body, self.words["bodies"])

    def _one_of(self, node: Node, word: str, known: Collection[str]) -> None:
        if word not in known:
            self.fault(node, f"没有“{word}”这个词", did_you_mean(word, known))

    def _with_traits(self, name: str) -> list[str]:
        words = self.words[name]
        return [*words, *(trait for word in words.values() for trait in word.traits)]

    @cached_property
    def names(self) -> set[str]:
        """The bare names that refs may use."""
        categories = {trait for word in self.words["categories"].values() for trait in word.traits}
        return {*self.fact_names, *self.words["traits"], *categories}

    def _period(self, node: Node | None, near: Node) -> Any:  # noqa: ANN401 - a Period
        try:
            return parse_period(str(node.value if node else ""))
        except ValueError as error:
            self.fault(node or near, str(error))
            return parse_period("1日")
