"""适用办法：which regulations a file names, and the file as each of them reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.files import control_in
from govit.dossier.yaml_file import text_at
from govit.yamltext.nodes import Node

if TYPE_CHECKING:
    from collections.abc import Sequence


def regulations_in(node: Node | None) -> tuple[str, ...]:
    """The regulations that a file names: one, or several as a list, the first of them the one that leads."""
    value = node.value.get("regulation") if node is not None and type(node.value) is dict else None
    if value is None or type(value.value) is not list:
        one = text_at(node, "regulation")
        return (one,) if one else ()
    texts = (entry.value.strip() for entry in value.value if type(entry.value) is str)
    return tuple(dict.fromkeys(text for text in texts if text and control_in(text) is None))


def as_read_by(node: Node, regulation: str | None, named: Sequence[str]) -> Node:
    """A file as one of the regulations reads it that it names: of what is said for each, what is said for this one."""
    if len(named) <= 1:
        return leading(node)
    chosen = _chosen(node, regulation or "", frozenset(named))
    return leading(chosen, regulation)


def leading(node: Node, regulation: str | None = None) -> Node:
    """A file that names one regulation: that of a list which leads, or the one that is meant."""
    value = node.entries.get("regulation")
    if value is None or not isinstance(value.value, list):
        return node
    entries = [entry for entry in value.value if isinstance(entry.value, str)]
    one = next((entry for entry in entries if regulation is None or entry.text.strip() == regulation), None)
    return _with_value(node, {**node.entries, "regulation": one or Node(None, value.line, value.column)})


def _chosen(node: Node, regulation: str, named: frozenset[str]) -> Node:
    """A tree in which every mapping from regulations to values is the value for one of them."""
    if isinstance(node.value, dict):
        if node.value and named.issuperset(node.value):
            return node.value.get(regulation) or Node(None, node.line, node.column)
        return _with_value(node, {key: _chosen(value, regulation, named) for key, value in node.value.items()})
    if isinstance(node.value, list):
        return _with_value(node, [_chosen(entry, regulation, named) for entry in node.value])
    return node


def _with_value(node: Node, value: dict[str, Node] | list[Node]) -> Node:
    """A node of the same place that holds something else."""
    made = Node(value, node.line, node.column, flow=node.flow)
    made.keys = node.keys
    return made
