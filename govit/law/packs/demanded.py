"""应有的文件：a rule that looks into a document is silent while there is none, so another must ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.law.conditions import refs_in
from govit.yamltext.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.law.packs.nodes import NodeReader
    from govit.law.regulation import Article, Rule


def check_documents(articles: tuple[Article, ...], nodes: NodeReader) -> None:
    """Note every document that rules look into and none requires, unless the rule says that it may be missing."""
    rules = [rule for article in articles for sentence in article.sentences for rule in sentence.rules]
    required = {kind for rule in rules for kind in rule.demand.papers}
    for rule in rules:
        for kind in _looked_into(rule):
            if kind not in required:
                message = (
                    f"{rule.id} 看《{kind}》里写了什么，但没有一条规则要求有《{kind}》，没有这份文件时它什么也不查"
                )
                hint = f"另写一条规则 check: present, documents: [{kind}]；不是必须有的文件，在本条写 if_any: true"
                nodes.fault(Node(None, rule.line, 1), message, hint)


def _looked_into(rule: Rule) -> Iterator[str]:
    """The kinds of document whose inside a rule looks at, where it does not say that they may be missing."""
    given: Mapping[str, object] = {parameter.key: value for parameter, value in rule.demand.given()}
    if given.get("if_any") or not rule.demand.headings:
        return
    kinds = rule.each.kinds if rule.each is not None and rule.each.list == rule.demand.goes_over else ()
    asked = {ref.key for ref in refs_in(rule.when) if ref.head == "documents"}
    yield from (kind for kind in (*kinds, rule.demand.document) if kind and kind not in asked)
