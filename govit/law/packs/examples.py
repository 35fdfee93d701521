"""示例的写法：whether the base and the examples of a pack are written so that they can be run; what they say is not judged here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.dossier.finding import Outcome
from govit.law.packs.keys import PARTS

if TYPE_CHECKING:
    from collections.abc import Collection

    from govit.law.packs.nodes import NodeReader
    from govit.yamltext.nodes import Node

_NEIGHBOURS = "neighbours"


def check_base(base: Node | None, nodes: NodeReader, stages: Collection[str]) -> None:
    """Note what of the model project cannot be read; a pack that is only judged by has none."""
    if base is None:
        return
    if base.value is None:
        nodes.fault(base, "base（样板项目）是空的", "写 as_of 和 project，或者删去 base")
        return
    given = nodes.mapping(base)
    if not given:
        return
    nodes.keys(base, PARTS["base"])
    _check_stage(base, nodes, stages)
    if not nodes.text(base, "as_of"):
        nodes.fault(given.get("as_of", base), "base 缺少 as_of（样板项目的判断日）", "例如 as_of: 2026-03-01")
    nodes.day(base, "as_of")
    nodes.mapping(given.get("govit"))
    if not nodes.mapping(given.get("project")):
        nodes.fault(given.get("project", base), "base 缺少 project（样板项目）")


def check_example(example: Node, nodes: NodeReader, stages: Collection[str]) -> None:
    """Note what of an example cannot be read."""
    given = nodes.mapping(example)
    if not given:
        nodes.fault(example, "示例是空的", "写 is 和 set，例如 {is: violates, set: {budget.total: 300万元}}")
        return
    nodes.keys(example, PARTS["example"])
    word = nodes.text(example, "is", required=True)
    known = [outcome.value for outcome in Outcome]
    if word and word not in known:
        nodes.fault(given["is"], f"示例的 is 没有“{word}”这个词", f"可以写：{'、'.join(known)}")
    _check_stage(example, nodes, stages)
    nodes.text(example, "subject")
    nodes.day(example, "as_of")
    if "as_of" in given and not nodes.text(example, "as_of"):
        nodes.fault(given["as_of"], "示例的 as_of 是空的", "写一个日期，或者删去这个键，按 base 的判断日")
    laid = nodes.mapping(given.get("set"))
    for neighbour in nodes.sequence(laid.get(_NEIGHBOURS)):
        nodes.mapping(neighbour)


def _check_stage(node: Node, nodes: NodeReader, stages: Collection[str]) -> None:
    """Note a step that the pack does not have: an example at none would be judged as if it were past all of them."""
    stage = nodes.text(node, "stage")
    if stage and stage not in stages:
        nodes.fault(nodes.mapping(node)["stage"], f"本办法没有“{stage}”这个阶段", did_you_mean(stage, stages))
