"""条件：refs, conditions and operands of a pack, which may use no other words than those of its vocabulary."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.calendar.periods import parse_period
from govit.dossier.keys import Kind, Role, specs
from govit.dossier.lists import BY_KIND, BY_RULES
from govit.dossier.model import ANSWERS, Budget, Project
from govit.law.conditions import (
    ANSWERED,
    UNANSWERED,
    Condition,
    Ref,
    own_record,
    parse_condition,
    parse_operand,
    parse_ref,
    refs_in,
)
from govit.law.packs.nodes import plain
from govit.yamltext.nodes import Node

if TYPE_CHECKING:
    from govit.calendar.periods import Period
    from govit.law.conditions import Literal, Operand, Test
    from govit.law.packs.nodes import NodeReader
    from govit.law.vocabulary import Vocabulary

_ITEM_EXTRAS = {"changes": ("cumulative", "estimate", "nth_in_year", "previous")}
_CONCERNED = ("changes", "contracts")
"""The lists of whose entries a record can say by its `of` which one it is about."""
NO_REF = Ref("as_of", "as_of")
"""What stands for a ref that could not be read, in a pack that is refused."""


class ConditionReader:
    """Reads refs and conditions, once the vocabulary is known; `items` is the list that a rule goes over."""

    def __init__(self, nodes: NodeReader, vocabulary: Vocabulary) -> None:
        self.nodes = nodes
        self.vocabulary = vocabulary

    def ref(self, node: Node | None, near: Node, items: str = "") -> Ref:
        """A ref that must be there."""
        if node is None or not isinstance(node.value, str):
            self.nodes.fault(node or near, "这里缺少一个引用")
            return NO_REF
        try:
            ref = parse_ref(node.value)
        except ValueError as error:
            self.nodes.fault(node, str(error))
            return NO_REF
        self._known(ref, node, items)
        return ref

    def refs(self, node: Node | None) -> tuple[Ref, ...]:
        """Refs; one alone is a list of one."""
        if node is not None and isinstance(node.value, str):
            return (self.ref(node, node),)
        return tuple(self.ref(entry, entry) for entry in self.nodes.sequence(node))

    def condition(self, node: Node | None, items: str = "") -> Condition:
        """A condition; none written is one that always holds."""
        given = self.nodes.mapping(node)
        try:
            condition = parse_condition({key: plain(value) for key, value in given.items()})
        except ValueError as error:
            self.nodes.fault(node or Node(None, 1, 1), str(error))
            return Condition(())
        tests = tuple(self._test(test, given[test.ref.text]) for test in condition.tests)
        for test in tests:
            at = given[test.ref.text]
            self._known(test.ref, at, items)
            for target in refs_in(test.to):
                self._known(target, at, items)
            self._literals(test.ref, test.to if isinstance(test.to, tuple) else (test.to,), at)
            if test.of_answering and test.op not in ("is", "in"):
                self.nodes.fault(at, f"“{UNANSWERED}”“{ANSWERED}”不能用来比较", "直接写这个词，或者写在列表里")
        return Condition(tests)

    def _test(self, test: Test, node: Node) -> Test:
        if test.op in ("is", "in") or isinstance(test.to, tuple):
            return test
        return replace(test, to=self._named(test.to, node))

    def operand(self, node: Node, items: str) -> Operand:
        """A literal or a ref."""
        operand = self._named(parse_operand(self.nodes.first_text(node)), node)
        for ref in refs_in(operand):
            self._known(ref, node, items)
        return operand

    def period(self, node: Node | None, near: Node) -> Period:
        """A period that must be there."""
        try:
            return parse_period(str(node.value if node else ""))
        except ValueError as error:
            self.nodes.fault(node or near, str(error))
            return parse_period("1日")

    def _named(self, operand: Operand, node: Node) -> Operand:
        """A bare word right of an operator is the name of a fact; a word can only be equal."""
        if not isinstance(operand, str):
            return operand
        facts = self.vocabulary.facts
        if operand in facts:
            return parse_ref(operand)
        if re.match(r"[^=]*[<>]", str(node.value)):
            self.nodes.fault(node, f"“{operand}”不是金额、数字、日期、引用或事实", did_you_mean(operand, facts))
        return operand

    def _literals(self, ref: Ref, values: tuple[Literal | Ref, ...], node: Node) -> None:
        """A word that is compared with must be one of its list, or the rule is silently dead."""
        words = self._list_of(ref)
        for value in values:
            if type(value) is int and value and _is_money(ref):
                self.nodes.fault(node, f"{ref.text} 是金额，“{value}”没有单位", f"写成 {value}万元 或 {value}元")
            if words and isinstance(value, str) and value not in words:
                self.nodes.fault(node, f"“{value}”不是 {ref.text} 的词", did_you_mean(value, words))

    def _list_of(self, ref: Ref) -> tuple[str, ...]:
        if ref.head == "answers":
            return (*ANSWERS, UNANSWERED, ANSWERED)
        if ref.head != "field":
            return ()
        record: type[object] | None = Project
        spec = None
        for part in ref.key.split("."):
            spec = specs(record).get(part) if record else None
            record = spec.of if spec else None
        if spec is None or not spec.words:
            return ()
        if spec.words == "stages":
            return self.vocabulary.stages
        return tuple(self.vocabulary.words.get(spec.words, {}))

    def _known(self, ref: Ref, node: Node, items: str = "") -> None:
        words = self.vocabulary.words
        if ref.head in BY_KIND:
            self._known_record(ref, node)
        elif ref.head == "name":
            names = self.vocabulary.names
            if ref.key not in names:
                self.nodes.fault(node, f"没有叫“{ref.key}”的事实或特征", did_you_mean(ref.key, names))
        elif ref.head == "answers" and ref.key not in self.vocabulary.questions:
            self.nodes.fault(node, f"没有“{ref.key}”这个问题", did_you_mean(ref.key, self.vocabulary.questions))
        elif ref.head == "funding" and ref.key:
            self.nodes.one_of(node, ref.key, self._sources())
        elif ref.head == "lines" and ref.key not in ("", "spent"):
            self.nodes.one_of(node, ref.key, words["budget_kinds"])
        elif ref.head == "item" and items:
            self._known_item(ref, node, items)

    def _known_item(self, ref: Ref, node: Node, items: str) -> None:
        declared = specs(BY_RULES[items].cls)
        own = own_record(ref)
        if own is not None:
            self.nodes.one_of(node, items, _CONCERNED)
            self._known_record(own, node)
            return
        head, _, trait = ref.key.partition(".")
        self.nodes.one_of(node, head, (*declared, *_ITEM_EXTRAS.get(items, ())))
        if trait and head == "estimate":
            self.nodes.one_of(node, trait, [w.name for w in self.vocabulary.words["acts"].values() if w.estimate])
        if trait and head in declared and declared[head].kind is Kind.FLAGS:
            self.nodes.one_of(node, trait, self.vocabulary.words[declared[head].words])

    def _known_record(self, ref: Ref, node: Node) -> None:
        if ref.head == "contracts" and ref.key == "amount":
            return
        words = self.vocabulary.words
        self.nodes.one_of(node, ref.key, words[BY_KIND[ref.head].words])
        if ref.body:
            self.nodes.one_of(node, ref.body, words["bodies"])
            if not BY_KIND[ref.head].key(Role.BODY):
                self.nodes.fault(
                    node, f"{BY_KIND[ref.head].listed.entry}不写机构，“{ref.text}”里的“@{ref.body}”没有意义"
                )

    def _sources(self) -> list[str]:
        """The sources of money, and what several of them have in common."""
        words = self.vocabulary.words["funding_sources"]
        return [*words, *(trait for word in words.values() for trait in word.traits)]


def _is_money(ref: Ref) -> bool:
    """Whether a ref is worth an amount: a money field, a sum, or an amount of a record."""
    if ref.head in ("funding", "lines") or ref.attr in ("amount", "spent"):
        return True
    spec = specs(Budget).get(ref.key.removeprefix("budget.")) if ref.head == "field" else None
    return spec is not None and ref.key.startswith("budget.") and spec.kind is Kind.MONEY
