"""办法旁边的文件的读法：the base and the examples of a pack, and its English, where they have files of their own.

Whoever reads the law need not read past them. What stands in the pack itself is read as well, but not both at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.files import read_bytes
from govit.base.nearest import did_you_mean
from govit.base.records import record, replace
from govit.law.packs.filenames import english_beside, examples_beside
from govit.law.packs.nodes import NodeReader
from govit.law.packs.pack_error import PackError
from govit.yamltext.faults import Fault, YamlError
from govit.yamltext.nodes import Node
from govit.yamltext.tree import MAX_BYTES, decode, parse

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

EXAMPLES_KEYS = ("base", "examples")
ENGLISH_KEYS = ("title", "rules")
"""Of a file beside a pack: what it says of the regulation itself, and of its rules by their ids."""


@record
class SideFile:
    """旁边的文件：a file beside a pack; without a name it is not there."""

    file: str
    root: Node
    nodes: NodeReader
    keys: tuple[str, str]
    wanted: bool = True
    """Whether what it is for is read at all, here or in the pack."""

    @property
    def of_rules(self) -> Node | None:
        """What it says of rules."""
        return self.nodes.mapping(self.root).get(self.keys[1])

    def of(self, rule: str) -> Node | None:
        """What it says of a rule."""
        return self.nodes.mapping(self.of_rules).get(rule)

    def refuse(self, node: Node, key: str, nodes: NodeReader) -> None:
        """Note a key of the pack whose place is here."""
        if self.file and key in nodes.mapping(node):
            nodes.fault_at_key(node, key, f"{key} 要写在旁边的 {self.file} 里", "移过去；那里已经写了的，把这里的删去")

    def check_ids(self, ids: Collection[str]) -> None:
        """Note what is said of rules that the pack does not have."""
        for rule in self.nodes.mapping(self.of_rules):
            if self.of_rules is not None and rule not in ids:
                self.nodes.fault_at_key(self.of_rules, rule, f"办法里没有规则 {rule}", did_you_mean(rule, ids))


def no_examples(*, wanted: bool = True) -> SideFile:
    """The file of the examples where there is none, or where examples are not wanted."""
    return replace(_absent(EXAMPLES_KEYS), wanted=wanted)


def no_english() -> SideFile:
    """The file of the English where there is none."""
    return _absent(ENGLISH_KEYS)


def examples_of(pack: Path) -> SideFile:
    """The base and the examples of a pack from the file beside it."""
    return _read(examples_beside(pack), pack, EXAMPLES_KEYS)


def english_of(pack: Path) -> SideFile:
    """The English of a pack from the file beside it."""
    return _read(english_beside(pack), pack, ENGLISH_KEYS)


def _absent(keys: tuple[str, str]) -> SideFile:
    return SideFile("", Node(None, 1, 1), NodeReader([]), keys)


def _read(path: Path, pack: Path, keys: tuple[str, str]) -> SideFile:
    """A file beside a pack, nothing if it is not there; PackError where it is not to be read, OSError passes through."""
    if not path.is_symlink() and not path.exists():
        return _absent(keys)
    if path.resolve().parent != pack.resolve().parent:
        fault = Fault("GOV-109", "是指向别处的链接", 1, 1, "把文件本身放在办法旁边", file=path.name)
        raise PackError(str(pack), [fault])
    try:
        root, faults = parse(decode(read_bytes(path, MAX_BYTES)))
    except YamlError as error:
        raise PackError(str(pack), [replace(fault, file=path.name) for fault in error.faults]) from error
    nodes = NodeReader([replace(fault, file=path.name) for fault in faults], path.name)
    nodes.keys(root, keys)
    return SideFile(path.name, root, nodes, keys)
