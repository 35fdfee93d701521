"""办法包：a YAML file -> Regulation, or every fault of the file with its line.

A pack is code of the law: one that is broken is refused whole, never half used. It is built from the bottom up: of
its words the vocabulary, with that its facts and articles, with these its routes and forms.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.base.files import read_bytes
from govit.base.records import record
from govit.dossier.lists import BY_KIND
from govit.law.packs.articles import ArticleReader
from govit.law.packs.beside import SideFile, english_of, examples_of, no_english, no_examples
from govit.law.packs.cited import check_cites
from govit.law.packs.comparisons import check_comparisons, check_wanted
from govit.law.packs.conditions import ConditionReader
from govit.law.packs.demanded import check_documents
from govit.law.packs.examples import check_base
from govit.law.packs.facts import FactReader
from govit.law.packs.forms import FormReader
from govit.law.packs.keys import PARTS
from govit.law.packs.nodes import NodeReader, plain
from govit.law.packs.pack_error import PackError
from govit.law.packs.routes import RouteReader
from govit.law.packs.sorts import Sorts
from govit.law.packs.words import read_vocabulary, words_by_name
from govit.law.regulation import Defect, Mended, Regulation, Stage, Trace
from govit.yamltext.faults import YamlError
from govit.yamltext.nodes import Node
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from govit.law.vocabulary import Vocabulary
    from govit.yamltext.faults import Fault
__all__ = ["PackError", "build", "load", "plain", "vocabulary_of"]

_REQUIRED = ("id", "prefix", "title", "status")
"""What every pack says of its regulation, in the order in which it is written."""


def load(path: Path, *, examples: bool = True) -> Regulation:
    """Read one pack with what stands beside it; PackError lists all its faults, OSError passes through.

    Judging needs neither base nor examples: without them the file that holds them beside a pack is not even opened.
    """
    try:
        root, faults = parse(decode(read_bytes(path, MAX_BYTES)))
    except YamlError as error:
        raise PackError(str(path), error.faults) from error
    shown = examples_of(path) if examples else no_examples(wanted=False)
    return build(root, faults, str(path), examples=shown, english=english_of(path))


def vocabulary_of(path: Path) -> Vocabulary:
    """The words of a pack that is being written, whatever else of it cannot be read yet; PackError, OSError likewise."""
    try:
        root, faults = parse(decode(read_bytes(path, MAX_BYTES)))
    except YamlError as error:
        raise PackError(str(path), error.faults) from error
    nodes = NodeReader(faults)
    words_by_name(nodes.mapping(root).get("words"), nodes)
    return read_vocabulary(root, nodes)


def build(
    root: Node, faults: list[Fault], file: str, *, examples: SideFile | None = None, english: SideFile | None = None
) -> Regulation:
    """Build a regulation from its tree and from what stands beside it; PackError lists all its faults."""
    pack = _Pack(root, NodeReader(faults), examples or no_examples(), english or no_english())
    regulation = _regulation(pack, file)
    found = [*pack.nodes.faults, *pack.examples.nodes.faults, *pack.english.nodes.faults]
    if found:
        faults = list(dict.fromkeys(found))  # a part that several readers look at is wrong once
        raise PackError(file, sorted(faults, key=lambda f: (f.file, f.line or 0, f.column or 0)))
    return regulation


@record
class _Pack:
    """办法包：the tree of a pack, with what stands beside it."""

    root: Node
    nodes: NodeReader
    examples: SideFile
    english: SideFile

    def base(self, stages: Collection[str]) -> Node | None:
        """The model project, from the file where it stands."""
        if not self.examples.wanted:
            return None
        self.examples.refuse(self.root, "base", self.nodes)
        root, nodes = (self.examples.root, self.examples.nodes) if self.examples.file else (self.root, self.nodes)
        base = nodes.mapping(root).get("base")
        check_base(base, nodes, stages)
        return base

    def title_en(self) -> str:
        """The English title, from the file where it stands."""
        self.english.refuse(self.root, "title_en", self.nodes)
        if self.english.file:
            return self.english.nodes.text(self.english.root, "title")
        return self.nodes.text(self.root, "title_en")


def _regulation(pack: _Pack, file: str) -> Regulation:
    root, nodes = pack.root, pack.nodes
    top = nodes.mapping(root)
    nodes.keys(root, PARTS["top"])
    _required(root, nodes)
    prefix = _prefix(root, nodes)
    words_by_name(top.get("words"), nodes)
    vocabulary = read_vocabulary(root, nodes)
    conditions = ConditionReader(nodes, vocabulary)
    facts = FactReader(conditions).read(top.get("facts"))
    text = ArticleReader(conditions, prefix, pack.examples, pack.english).read(root)
    forms = FormReader(conditions, text.ids)
    forms.check_submissions(top.get("words"))
    routes = RouteReader(conditions, facts, text.ids)
    found = Regulation(
        id=nodes.text(root, "id"),
        prefix=prefix,
        title=nodes.text(root, "title"),
        title_en=pack.title_en(),
        document_number=nodes.text(root, "document_number"),
        issuer=nodes.text(root, "issuer"),
        issued=nodes.day(root, "issued"),
        effective_from=nodes.day(root, "effective_from"),
        effective_to=nodes.day(root, "effective_to"),
        draft=_is_draft(root, nodes),
        repeals=nodes.texts(top.get("repeals")),
        superseded_by=nodes.text(root, "superseded_by"),
        preceded_by=nodes.text(root, "preceded_by"),
        checked=nodes.day(root, "checked"),
        notes=nodes.texts(top.get("notes")),
        defects=tuple(_defect(node, nodes) for node in nodes.sequence(top.get("defects"))),
        mended=tuple(_mended(node, nodes) for node in nodes.sequence(top.get("mended"))),
        words=vocabulary.words,
        questions=vocabulary.questions,
        stages=tuple(_stage(node, conditions) for node in nodes.sequence(top.get("stages"))),
        facts=facts,
        articles=text.articles,
        routes=routes.read(top.get("routes")),
        off_route=routes.read_off(top.get("off_route")),
        forms=forms.read(top.get("forms")),
        base=pack.base(vocabulary.stages),
        file=file,
        examples_file=pack.examples.file,
    )
    _each_where_items_are(found, nodes)
    sorts = Sorts(vocabulary, facts)
    check_comparisons(conditions.compared, sorts, nodes)
    check_documents(text.articles, nodes)
    check_cites(top, text.articles, nodes)
    check_wanted(conditions.wanted, sorts, nodes)
    return found


def _required(root: Node, nodes: NodeReader) -> None:
    """Note each key that every pack has and this one lacks, below the key behind which it belongs."""
    given = nodes.mapping(root)
    for n, key in enumerate(_REQUIRED):
        if key in given and given[key].value == "":
            nodes.fault(given[key], f"{key} 是空的")
        elif key not in given or given[key].value is None:
            above = next((root.keys[one] for one in reversed(_REQUIRED[:n]) if one in root.keys), (root.line, root.column))
            nodes.fault(Node(None, *above), f"办法最上一级缺少 {key}", f"在 {_REQUIRED[n - 1]} 下面写 {key}: …" if n else "")


def _each_where_items_are(regulation: Regulation, nodes: NodeReader) -> None:
    """Note every rule that speaks of the item of a list, itself or through its facts, and goes over none."""
    for rule in regulation.rules:
        if rule.each is None and regulation.of_item((rule.when, *rule.demand.refs())):
            message = f"{rule.id} 用了 item（逐项判断的那一项），却没有写 each（看哪个列表）"
            nodes.fault(Node(None, rule.line, 1), message, "例如 each: {changes: all}")


def _stage(node: Node, conditions: ConditionReader) -> Stage:
    nodes, given = conditions.nodes, conditions.nodes.mapping(node)
    nodes.keys(node, PARTS["stage"])
    return Stage(
        nodes.text(node, "name"),
        conditions.refs(given.get("passed")),
        conditions.refs(given.get("made")),
        tuple(_trace(left, conditions) for left in nodes.sequence(given.get("leaves"))),
        nodes.text(node, "stands_for"),
    )


def _trace(node: Node, conditions: ConditionReader) -> Trace:
    """What a passed stage leaves: `record` is one, or several of which one suffices."""
    nodes, given = conditions.nodes, conditions.nodes.mapping(node)
    nodes.keys(node, PARTS["trace"])
    records = conditions.refs(given.get("record"))
    if not records or any(ref.head not in BY_KIND for ref in records):
        nodes.fault(
            node, "leaves 的每一项用 record 写阶段过后必有的记录（如 events 的一种事项）；几个有一个即可的写成列表"
        )
    return Trace(records, conditions.condition(given.get("when")))


def _prefix(root: Node, nodes: NodeReader) -> str:
    prefix = nodes.text(root, "prefix")
    if prefix and not re.fullmatch(r"[A-Z]{2,6}", prefix):
        nodes.fault(nodes.mapping(root)["prefix"], f"prefix“{prefix}”应当是 2 到 6 个大写字母")
    if prefix == "GOV":
        nodes.fault(nodes.mapping(root)["prefix"], "prefix 不能是 GOV，它留给 govit 自身的检查")
    return prefix


def _is_draft(root: Node, nodes: NodeReader) -> bool:
    given, status = nodes.mapping(root), nodes.text(root, "status")
    if status not in ("", "in_force", "draft"):
        nodes.fault(given["status"], f"status“{status}”应当是 in_force 或 draft；是否失效由 effective_to 决定")
    if status == "in_force" and not nodes.text(root, "effective_from"):
        nodes.fault(given["status"], "status 为 in_force 时要写 effective_from（施行日期）")
    return status == "draft"


def _defect(node: Node, nodes: NodeReader) -> Defect:
    nodes.keys(node, PARTS["defect"])
    return Defect(nodes.text(node, "where"), nodes.text(node, "defect"), nodes.text(node, "handling"))


def _mended(node: Node, nodes: NodeReader) -> Mended:
    nodes.keys(node, PARTS["mended"])
    return Mended(nodes.text(node, "article"), nodes.text(node, "printed"), nodes.text(node, "reads"))
