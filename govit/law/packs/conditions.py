"""条件：refs, conditions and operands of a pack, which may use no other words than those of its vocabulary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.base.records import replace
from govit.calendar.periods import parse_period
from govit.dossier.keys import Kind, Role, specs
from govit.dossier.lists import BY_KIND, BY_NAME, BY_RULES
from govit.dossier.model import DIRECTIONS, System
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
    without_measures,
)
from govit.law.packs.comparisons import PackComparison, Requisite
from govit.law.packs.nodes import plain
from govit.law.packs.sorts import COUNTED, Sort
from govit.yamltext.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.calendar.periods import Period
    from govit.law.conditions import Operand, Test
    from govit.law.packs.nodes import NodeReader
    from govit.law.vocabulary import Vocabulary

_ITEM_EXTRAS = {"changes": ("cumulative", "estimate", "nth_in_year", "previous")}
_OF_ITEMS = tuple(
    dict.fromkeys(
        key for keys in (*(specs(one.cls) for one in BY_RULES.values()), *_ITEM_EXTRAS.values()) for key in keys
    )
)
"""What can be asked of the item of any list, where a fact does not say which."""
_CONCERNED = ("changes", "contracts", *BY_NAME)
"""The lists of whose entries a record can say by its `of` which one it is about."""
_OF_RECORDS = ("date", "last", "count")
"""What may be asked of records of any kind."""
_CLOSED = {"catalogue": ("", "count", *DIRECTIONS), "systems": ("", "count"), "as_of": ("", "as_of")}
"""The refs that may only be written in so many ways."""
_ATTRIBUTES = (("lines", "spent"), ("catalogue", "count"))
"""What may be asked of what is no record."""
_SEVERAL = (
    "几件事各有期限的，各写一条规则，quote 相同；合起来算一件的，在 facts 写一个事实，"
    "都要有的用 later: […]（最晚的一天），有一个即可的用 earlier: […]，这里写事实的名称"
)
"""What is said where several refs stand in the place of one."""
NO_REF = Ref("as_of", "as_of")
"""What stands for a ref that could not be read, in a pack that is refused."""


class ConditionReader:
    """Reads refs and conditions, once the vocabulary is known; `items` is the list that a rule goes over."""

    def __init__(self, nodes: NodeReader, vocabulary: Vocabulary) -> None:
        self.nodes = nodes
        self.vocabulary = vocabulary
        self.compared: list[PackComparison] = []
        self.wanted: list[Requisite] = []

    def ref(self, node: Node | None, near: Node, items: str = "") -> Ref:
        """A ref that must be there."""
        if node is not None and isinstance(node.value, list):
            self.nodes.fault(node, "这里只能写一个引用，不能写列表", _SEVERAL)
            return NO_REF
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

    def day(self, node: Node | None, near: Node, items: str = "") -> Ref:
        """A ref that must be worth a date."""
        return self._worth(self.ref(node, near, items), node or near, (Sort.DAY,), items)

    def year(self, node: Node | None, near: Node) -> Ref:
        """A ref that must be worth a number."""
        return self._worth(self.ref(node, near), node or near, (Sort.NUMBER,))

    def counted(self, node: Node | None) -> tuple[Ref, ...]:
        """Refs that can be added up."""
        refs = self.refs(node)
        for ref in refs:
            self._worth(ref, node or Node(None, 1, 1), COUNTED)
        return refs

    def _worth(self, ref: Ref, node: Node, sorts: tuple[Sort, ...], items: str = "") -> Ref:
        """Keep what a ref must be worth, to be looked at when it is known what every fact is worth."""
        if ref is not NO_REF:
            self.wanted.append(Requisite(ref, node, items, sorts))
        return ref

    def refs(self, node: Node | None) -> tuple[Ref, ...]:
        """Refs; one alone is a list of one."""
        if node is not None and isinstance(node.value, str):
            return (self.ref(node, node),)
        return tuple(self.ref(entry, entry) for entry in self.nodes.sequence(node))

    def condition(self, node: Node | None, items: str = "") -> Condition:
        """A condition; none written is one that always holds."""
        given = self.nodes.mapping(node)
        for entry in given.values():
            if entry.value is None or isinstance(entry.value, dict):
                self.nodes.fault(entry, "条件右边是空的" if entry.value is None else "条件右边应当是一个值或列表")
        try:
            condition = parse_condition({key: plain(value) for key, value in given.items()})
        except ValueError as error:
            self.nodes.fault(self._misread(given, node), str(error))
            return Condition(())
        tests = tuple(self._test(test) for test in condition.tests)
        for test in tests:
            at = given[test.ref.text]
            self._known(test.ref, at, items)
            self.compare(test, at, items)
            for target in refs_in(test.to):
                self._known(target, at, items)
            if test.of_answering and test.op not in ("is", "in"):
                self.nodes.fault(at, f"“{UNANSWERED}”“{ANSWERED}”不能用来比较", "直接写这个词，或者写在列表里")
        return Condition(tests)

    def compare(self, test: Test, node: Node, items: str) -> None:
        """Keep a comparison, to be looked at when it is known what every fact is worth."""
        self.compared.append(PackComparison(test, node, items))

    def _misread(self, given: Mapping[str, Node], node: Node | None) -> Node:
        """The entry of a condition that cannot be parsed."""
        for key, value in given.items():
            try:
                parse_condition({key: plain(value)})
            except ValueError:
                return value
        return node or Node(None, 1, 1)

    def _test(self, test: Test) -> Test:
        if test.op in ("is", "in") or isinstance(test.to, tuple):
            return test
        return replace(test, to=self._named(test.to))

    def operand(self, node: Node, items: str) -> Operand:
        """A literal or a ref."""
        operand = self._named(parse_operand(without_measures(self.nodes.first_text(node))))
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

    def _named(self, operand: Operand) -> Operand:
        """A bare word right of an operator is the name of a fact; a word can only be equal."""
        if not isinstance(operand, str):
            return operand
        return parse_ref(operand) if operand in self.vocabulary.facts else operand

    def _known(self, ref: Ref, node: Node, items: str = "") -> None:
        if ref.head in BY_KIND:
            self._known_record(ref, node)
        elif ref.head == "name":
            names = self.vocabulary.names
            if ref.key not in names:
                self.nodes.fault(node, f"没有叫“{ref.key}”的事实或特征", did_you_mean(ref.key, names))
        elif ref.head == "answers" and ref.key not in self.vocabulary.questions:
            self.nodes.fault(node, f"没有“{ref.key}”这个问题", did_you_mean(ref.key, self.vocabulary.questions))
        elif ref.head in ("figures", "funding", "lines"):
            self._known_sum(ref, node)
        elif ref.head == "item":
            self._known_item(ref, node, items)
        elif ref.head in _CLOSED:
            self.nodes.one_of(node, ref.key, _CLOSED[ref.head])
        elif ref.head == "predecessor":
            self._known_predecessor(ref, node)
        self._known_part(ref, node)

    def _known_sum(self, ref: Ref, node: Node) -> None:
        """A figure of its own name, or the sum of the money or the lines of one kind."""
        words = self.vocabulary.words
        if ref.head == "figures":
            self.nodes.one_of(node, ref.key, words["figures"])
        elif ref.head == "funding" and ref.key:
            self.nodes.one_of(node, ref.key, self._sources())
        elif ref.head == "lines" and ref.key not in ("", "spent"):
            self.nodes.one_of(node, ref.key, words["budget_kinds"])

    def _known_part(self, ref: Ref, node: Node) -> None:
        """The attribute of a record that has one, and of nothing else."""
        if not ref.attr or ref.head in ("item", "predecessor") or (ref.head, ref.attr) in _ATTRIBUTES:
            return
        attributes = (*specs(BY_KIND[ref.head].cls), *_OF_RECORDS) if ref.head in BY_KIND else ()
        if ref.attr not in attributes:
            self.nodes.fault(node, f"“{ref.text}”没有 {ref.attr} 这一项", did_you_mean(ref.attr, attributes))

    def _known_predecessor(self, ref: Ref, node: Node) -> None:
        """A field or a trait of a system, or a record of a project."""
        head, _, rest = ref.key.partition(".")
        if head in BY_KIND:
            self.nodes.one_of(node, rest.partition("@")[0], self.vocabulary.words[BY_KIND[head].words])
            return
        declared = specs(System)
        self.nodes.one_of(node, head, (*declared, *BY_KIND))
        if rest and head in declared:
            flags = declared[head].kind is Kind.FLAGS
            self.nodes.one_of(node, rest, self.vocabulary.words[declared[head].words] if flags else ())

    def _known_item(self, ref: Ref, node: Node, items: str) -> None:
        own = own_record(ref)
        if not items:  # in a fact, which does not say of what list it speaks
            if own is None:
                self.nodes.one_of(node, ref.key.partition(".")[0], _OF_ITEMS)
            return
        declared = specs(BY_RULES[items].cls)
        if own is not None:
            if items not in _CONCERNED:
                listed = BY_RULES[items].listed.entry
                hint = f"逐次看{listed}的，直接写 {own.head}.{own.key}；每次归自己的一份，记录的 of 写那一次的日期"
                self.nodes.fault(node, f"{ref.text} 只用在逐项看 {'、'.join(_CONCERNED)} 的规则里，这里看的是 {items}", hint)
                return
            self._known_record(own, node)
            return
        head, _, trait = ref.key.partition(".")
        self.nodes.one_of(node, head, (*declared, *_ITEM_EXTRAS.get(items, ())))
        if trait and head == "estimate":
            self.nodes.one_of(node, trait, [w.name for w in self.vocabulary.words["acts"].values() if w.estimate])
        elif trait:
            flags = head in declared and declared[head].kind is Kind.FLAGS
            self.nodes.one_of(node, trait, self.vocabulary.words[declared[head].words] if flags else ())

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
