"""规则：a flat rule of a pack, its parameters read by their shapes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from govit.base.nearest import did_you_mean
from govit.dossier.finding import Severity
from govit.law.conditions import parse_literal, parse_operand, refs_in
from govit.law.kinds import CHECKS, Param, Shape
from govit.law.packs.facts import FactReader
from govit.law.packs.words import LISTS
from govit.law.regulation import STRENGTHS, Each, Rule

if TYPE_CHECKING:
    from collections.abc import Collection

    from govit.yamltext.faults import Fault
    from govit.yamltext.nodes import Node

_RULE_KEYS = {
    "id",
    "title",
    "title_en",
    "quote",
    "check",
    "each",
    "stage",
    "when",
    "strength",
    "severity",
    "why",
    "reading",
    "message",
    "hint",
    "continuing",
    "point",
    "own",
    "examples",
}


class RuleReader(FactReader):
    """Reads rules."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(faults)
        self.ids: dict[str, int] = {}
        self.prefix = ""
        self.sentences = 0

    def _rule(self, node: Node, sentence: str, cite: str) -> Rule:
        kind = self.text(node, "check", required=True)
        check = CHECKS.get(kind)
        params = check.params if check else {}
        if kind and check is None:
            self.fault(node, f"没有“{kind}”这种检查", did_you_mean(kind, CHECKS))
        self.keys(node, {*_RULE_KEYS, *params})
        given = self.mapping(node)
        each = self._each(given.get("each"))
        items = each.list if each else ""
        rule_id = self._id(node)
        quote = self._quote(node, sentence)
        strength, severity = self._weight(node)
        return Rule(
            id=rule_id,
            title=self.text(node, "title", required=True),
            title_en=self.text(node, "title_en", required=True),
            quote=quote,
            check=kind,
            params=self._params(node, kind, items),
            article=cite,
            sentence=self.sentences,
            each=each,
            stage=self._stage(node, kind),
            when=self._condition(given.get("when"), items),
            strength=strength,
            severity=severity,
            why=self.text(node, "why"),
            reading=self.text(node, "reading"),
            message=self.text(node, "message"),
            hint=self.text(node, "hint"),
            continuing=self._switch(node, "continuing"),
            point=self._ref(given["point"], node) if "point" in given else None,
            own=self._switch(node, "own"),
            examples=tuple(self.sequence(given.get("examples"))),
            line=node.line,
        )

    def _id(self, node: Node) -> str:
        rule_id = self.text(node, "id", required=True)
        if rule_id in self.ids:
            self.fault(node, f"规则编号 {rule_id} 写了两次，第一次在第 {self.ids[rule_id]} 行")
        self.ids[rule_id] = node.line
        if rule_id and not re.fullmatch(rf"{self.prefix}-\d+[a-z]?-\d+", rule_id):
            self.fault(node, f"规则编号“{rule_id}”应当写成 {self.prefix}-条号-序号，例如 {self.prefix}-19-1")
        return rule_id

    def _quote(self, node: Node, sentence: str) -> str:
        quote = self.text(node, "quote", required=True)
        if quote and quote not in sentence:
            self.fault(node, f"quote“{quote[:24]}”不是本句的原文")
        return quote

    def _weight(self, node: Node) -> tuple[str, Severity]:
        strength, severity = self.text(node, "strength", required=True), self.text(node, "severity")
        if strength not in STRENGTHS:
            self.fault(node, f"strength“{strength}”应当是 must、default 或 may")
            strength = "must"
        if not severity:
            return strength, STRENGTHS[strength]
        if severity.upper() not in Severity.__members__:
            self.fault(node, f"severity“{severity}”应当是 error、warning 或 info")
            return strength, STRENGTHS[strength]
        if not self.text(node, "why"):
            self.fault(node, "写了 severity，还要写 why（为什么与 strength 不同）")
        return strength, Severity[severity.upper()]

    def _stage(self, node: Node, kind: str) -> str | None:
        stage = self.text(node, "stage")
        if stage and stage not in self.stage_names:
            self.fault(node, f"本办法没有“{stage}”这个阶段", did_you_mean(stage, self.stage_names))
        if not stage and kind not in ("scope", "before", "within", "every"):
            self.fault(node, f"缺少 stage：{kind} 类规则要写明从哪一步起必须做到")
        return stage or None

    def _each(self, node: Node | None) -> Each | None:
        if node is None:
            return None
        given = self.mapping(node)
        if len(given) != 1 or next(iter(given)) not in LISTS:
            self.fault(node, "each 要写一个列表，例如 documents: [文件种类]", did_you_mean(" ".join(given), LISTS))
            return None
        name, kinds = next(iter(given.items()))
        if kinds.value == "all":
            return Each(name, ())
        words = LISTS[name][1]
        found = self.texts(kinds)
        for kind in found:
            if words:
                self._one_of(kinds, kind, self.words[words])
        return Each(name, found)

    def _params(self, node: Node, kind: str, items: str) -> dict[str, Any]:
        check = CHECKS.get(kind)
        if check is None:
            return {}
        given = self.mapping(node)
        for names in check.needs:
            if not any(name in given for name in names):
                self.fault(node, f"{kind} 类规则缺少 {' 或 '.join(names)}")
        if kind == "chapter" and "each" not in given:
            self.fault(node, "chapter 类规则要用 each: {documents: […]} 写明看哪些文件")
        return {name: self._param(param, given[name], items) for name, param in check.params.items() if name in given}

    def _param(self, param: Param, node: Node, items: str) -> Any:  # noqa: ANN401, C901, PLR0911, PLR0912 - one line a shape
        """Read a parameter by its shape; `items` is the list that the rule goes over."""
        match param.shape:
            case Shape.REF:
                return self._ref(node, node, items)
            case Shape.REFS:
                return tuple(self._ref(entry, entry, items) for entry in self.sequence(node))
            case Shape.WORD:
                return next(iter(self._listed(node, self.words[param.words])), "")
            case Shape.WORDS:
                return self._listed(node, self.words[param.words])
            case Shape.TEXT:
                return next(iter(self.texts(node)), "")
            case Shape.TEXTS:
                return self.texts(node)
            case Shape.LITERAL:
                return parse_literal(next(iter(self.texts(node)), ""))
            case Shape.LITERALS:
                return tuple(parse_literal(text) for text in self.texts(node))
            case Shape.OPERAND:
                return self._operand(node, items)
            case Shape.PERIOD:
                return self._period(node, node)
            case Shape.FLAG:
                return self._flag(node)
            case Shape.CONDITION:
                return self._condition(node, items)
            case Shape.QUESTION:
                return next(iter(self._listed(node, self.questions)), "")
            case Shape.CHOICE:
                return next(iter(self._listed(node, param.choices)), "")

    def _listed(self, node: Node, known: Collection[str]) -> tuple[str, ...]:
        found = self.texts(node)
        for word in found:
            self._one_of(node, word, known)
        return found

    def _operand(self, node: Node, items: str) -> Any:  # noqa: ANN401 - literal or Ref
        operand = self._named(parse_operand(next(iter(self.texts(node)), "")), node)
        for ref in refs_in(operand):
            self._known(ref, node, items)
        return operand

    def _switch(self, node: Node, key: str) -> bool:
        given = self.mapping(node).get(key)
        return given is not None and self._flag(given)

    def _flag(self, node: Node) -> bool:
        if node.value not in ("true", "false"):
            self.fault(node, "这里只能写 true 或 false")
        return bool(node.value == "true")
