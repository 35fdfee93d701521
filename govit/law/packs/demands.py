"""要求的读法：the parameters of a rule by the shapes that its kind declares."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.lists import BY_RULES
from govit.law.conditions import Percent, parse_literal
from govit.law.kinds.demand import Demand, Syntax, parameters

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from govit.law.kinds.demand import Argument, Parameter
    from govit.law.packs.conditions import ConditionReader
    from govit.yamltext.nodes import Node


class DemandReader:
    """Reads what rules demand, once the vocabulary is known; `items` is the list that a rule goes over."""

    def __init__(self, conditions: ConditionReader) -> None:
        self.conditions = conditions
        nodes, vocabulary = conditions.nodes, conditions.vocabulary
        self.nodes = nodes
        words = vocabulary.words
        self._shapes: Mapping[Syntax, Callable[[Parameter, Node, str], Argument]] = {
            Syntax.REF: lambda _, node, items: conditions.ref(node, node, items),
            Syntax.REFS: lambda _, node, items: tuple(
                conditions.ref(entry, entry, items) for entry in nodes.sequence(node)
            ),
            Syntax.DAY: lambda _, node, items: conditions.day(node, node, items),
            Syntax.DAYS: lambda _, node, items: tuple(
                conditions.day(entry, entry, items) for entry in nodes.sequence(node)
            ),
            Syntax.WORD: lambda given, node, _: next(iter(nodes.all_of(node, words[given.words])), ""),
            Syntax.WORDS: lambda given, node, _: nodes.all_of(node, words[given.words]),
            Syntax.TEXT: lambda _, node, __: nodes.first_text(node),
            Syntax.RULES: lambda _, node, __: nodes.texts(node),
            Syntax.TEXTS: lambda _, node, __: nodes.texts(node),
            Syntax.LITERAL: lambda _, node, __: parse_literal(nodes.first_text(node)),
            Syntax.LITERALS: lambda _, node, __: tuple(parse_literal(text) for text in nodes.texts(node)),
            Syntax.OPERAND: lambda _, node, items: conditions.operand(node, items),
            Syntax.PERIOD: lambda _, node, __: conditions.period(node, node),
            Syntax.FLAG: lambda _, node, __: nodes.flag(node),
            Syntax.CONDITION: lambda _, node, items: conditions.condition(node, items),
            Syntax.QUESTION: lambda _, node, __: vocabulary.questions.get(
                next(iter(nodes.all_of(node, vocabulary.questions)), "")
            ),
            Syntax.CHOICE: lambda given, node, _: next(iter(nodes.all_of(node, given.choices)), ""),
        }

    def read(self, node: Node, kind: type[Demand], items: str) -> Demand:
        """What a rule of a kind demands; nothing where it lacks something, in a pack that is then refused."""
        given, declared = self.nodes.mapping(node), parameters(kind)
        wanted = (*((p.key,) for p in declared if p.required), *kind.one_of)
        lacking = [keys for keys in wanted if not any(key in given for key in keys)]
        for keys in lacking:
            self.nodes.fault(node, f"{kind.kind} 类规则缺少 {' 或 '.join(keys)}")
        if kind.goes_over and "each" not in given:
            over = kind.goes_over
            self.nodes.fault(
                node, f"{kind.kind} 类规则要用 each: {{{over}: […]}} 写明看哪些{BY_RULES[over].listed.entry}"
            )
        read = {p.name: self._shapes[p.shape](p, given[p.key], items) for p in declared if p.key in given}
        make: Callable[..., Demand] = kind
        demand = Demand() if lacking else make(**read)
        for key, test in demand.tests:
            self.conditions.compare(test, given[key], items)
        if "of" in given and demand.comparison is not None and not isinstance(demand.comparison.to, Percent):
            self.nodes.fault(
                given["of"], "of 只用在百分比的 limit 后面，这里的 limit 不是百分比", "删去 of，或者写成 15%"
            )
        return demand
