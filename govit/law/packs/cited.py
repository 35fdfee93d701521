"""条号：that every article which a pack cites stands in the text that it gives."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.law.packs.nodes import NodeReader
    from govit.law.regulation import Article
    from govit.yamltext.nodes import Node

CITING = ("words", "facts", "routes", "forms", "mended")
"""The parts of a pack that cite articles of its text."""
_NUMBER = re.compile("第[一二三四五六七八九十百]+条")
_CITE = re.compile(
    "第[一二三四五六七八九十百]+条(?:（[前后]）)?(?:第[一二三四五六七八九十]+款)?(?:（[一二三四五六七八九十]+）)?"
)
_PARAGRAPH = re.compile("条第[一二三四五六七八九十]+款(?=（)")


def check_cites(top: dict[str, Node], articles: tuple[Article, ...], nodes: NodeReader) -> None:
    """Note every `article` that cites what the text does not have."""
    known = _cites(articles)
    for part in CITING:
        for node in _cited(top.get(part)):
            text = node.value if isinstance(node.value, str) else ""
            if not _NUMBER.search(text):
                nodes.fault(node, f"article“{text}”里没有条号", "照原文写，例如 第十四条、第十四条第二款")
            for found in _CITE.finditer(text):
                if found[0] not in known:
                    nodes.fault(node, f"原文没有{found[0]}", did_you_mean(found[0], known))


def _cited(node: Node | None) -> Iterator[Node]:
    """Every text that stands under `article`."""
    if node is None or isinstance(node.value, str):
        return
    if isinstance(node.value, list):
        for entry in node.value:
            yield from _cited(entry)
    elif isinstance(node.value, dict):
        for key, value in node.value.items():
            if key == "article":
                yield value
            else:
                yield from _cited(value)


def _cites(articles: tuple[Article, ...]) -> list[str]:
    """What may be cited: the articles, their sentences, and of 第九条第二款（三） also 第九条第二款 and 第九条（三）."""
    found: dict[str, None] = {}
    for article in articles:
        for cite in (article.number, article.cite, *(sentence.cite for sentence in article.sentences)):
            exact = _CITE.match(cite)
            for one in (cite, exact[0] if exact else cite):
                found.update(dict.fromkeys((one, one.partition("款")[0] + "款" if "款" in one else one)))
                found[_PARAGRAPH.sub("条", one)] = None
    return list(found)
