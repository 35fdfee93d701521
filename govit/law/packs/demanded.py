"""应有的文件：a rule that looks into a document is silent while there is none, so another must ask for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.dossier.lists import list_of
from govit.dossier.model import Document
from govit.law.conditions import refs_in
from govit.law.kinds.demand import Clock
from govit.yamltext.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from govit.law.packs.nodes import NodeReader
    from govit.law.regulation import Article, Rule

_DOCUMENTS = list_of(Document).name


def check_documents(articles: tuple[Article, ...], nodes: NodeReader) -> None:
    """Note every document that rules look into and none requires, unless the rule says that it may be missing."""
    rules = [rule for article in articles for sentence in article.sentences for rule in sentence.rules]
    required = {kind for rule in rules for kind in rule.demand.papers}
    for rule in rules:
        for kind in _looked_into(rule):
            if kind not in required:
                message = (
                    f"{rule.id} 看《{kind}》，但没有一条规则要求有《{kind}》，没有这份文件时它什么也不查"
                )
                optional = "if_any: true" if rule.demand.headings else f"when: {{documents.{kind}: true}}"
                hint = f"另写一条规则 check: present, documents: [{kind}]；不是必须有的文件，在本条写 {optional}"
                nodes.fault(Node(None, rule.line, 1), message, hint)


def _looked_into(rule: Rule) -> Iterator[str]:
    """The kinds of document that a rule looks at, where it does not say that they may be missing.

    What bans something, and what only compares days, wants nothing of a document that is not there.
    """
    demand = rule.demand
    given: Mapping[str, object] = {parameter.key: value for parameter, value in demand.given()}
    wants = demand.headings or (demand.clock is Clock.STANDING and not demand.is_ban and not demand.is_scope)
    if given.get("if_any") or not wants:
        return
    kinds = rule.each.kinds if rule.each is not None and rule.each.list == _DOCUMENTS else ()
    asked = {ref.key for ref in refs_in(rule.when) if ref.head == "documents"}
    yield from (kind for kind in (*kinds, rule.demand.document) if kind and kind not in asked)
