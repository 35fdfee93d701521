"""树的读法：small readers over a pack's YAML tree, which collect faults instead of stopping."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.dates import parse_date
from govit.base.nearest import did_you_mean
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from govit.yamltext.nodes import Node
    from govit.yamltext.written import Plain


def plain(node: Node | None) -> Plain:
    """A tree as plain data: mappings, lists and text, nothing typed."""
    if node is None:
        return None
    if isinstance(node.value, dict):
        return {key: plain(value) for key, value in node.value.items()}
    if isinstance(node.value, list):
        return [plain(value) for value in node.value]
    return node.value


class NodeReader:
    """Collects faults while it reads; parts that are broken are left empty, so that all are found."""

    def __init__(self, faults: list[Fault], file: str = "") -> None:
        self.faults = list(faults)
        self._file = file
        """The name of a file beside the pack, '' of the pack itself."""

    def fault(self, node: Node, message: str, hint: str = "") -> None:
        """Note a fault at a node."""
        self.faults.append(Fault("GOV-109", message, node.line, node.column, hint, file=self._file))

    def text(self, node: Node, key: str, *, required: bool = False) -> str:
        """The text of a key, '' if it is absent."""
        value = node.value.get(key) if type(node.value) is dict else self.mapping(node).get(key)
        if value is not None and type(value.value) is str:
            if required and not value.value.strip():
                self.fault(value, f"{key} 是空的")
            return value.value.strip()
        if value is None or value.value is None:
            if required:
                self.fault(node, f"缺少 {key}")
            return ""
        if not isinstance(value.value, str):
            self.fault(value, f"{key} 应当是文字")
            return ""
        return value.value.strip()

    def mapping(self, node: Node | None) -> dict[str, Node]:
        """A node as a mapping, empty if it is absent."""
        if node is None or node.value is None:
            return {}
        if not isinstance(node.value, dict):
            self.fault(node, "这里应当是“键: 值”的写法")
            return {}
        return node.value

    def sequence(self, node: Node | None) -> list[Node]:
        """A node as a list, empty if it is absent."""
        if node is None or node.value is None:
            return []
        if not isinstance(node.value, list):
            self.fault(node, "这里应当是列表")
            return []
        return node.value

    def one_or_more(self, node: Node | None) -> list[Node]:
        """The entries of a list; one text alone is a list of one."""
        return [node] if node is not None and isinstance(node.value, str) else self.sequence(node)

    def texts(self, node: Node | None) -> tuple[str, ...]:
        """A list of texts; one text alone is a list of one."""
        if node is not None and isinstance(node.value, str):
            return (node.value,)
        found: list[str] = []
        for entry in self.sequence(node):
            if not isinstance(entry.value, str):
                self.fault(entry, "这里应当是文字")
            elif entry.value in found:
                self.fault(entry, f"“{entry.value}”在这个列表里写了两次", "多写的删去，写错的改正")
            else:
                found.append(entry.value)
        return tuple(found)

    def listed(self, node: Node | None) -> list[Node]:
        """The entries of a list of texts, each where it stands; one text alone is a list of one."""
        if node is not None and isinstance(node.value, str):
            return [node]
        entries = node.value if node is not None and isinstance(node.value, list) else []
        return [entry for entry in entries if isinstance(entry.value, str)]

    def first_text(self, node: Node) -> str:
        """A text, or the first of a list of them."""
        return next(iter(self.texts(node)), "")

    def day(self, node: Node, key: str) -> dt.date | None:
        """The date of a key, None if it is absent."""
        given = self.text(node, key)
        if not given:
            return None
        try:
            return parse_date(given)
        except ValueError as error:
            self.fault(self.mapping(node)[key], str(error))
            return None

    def flag(self, node: Node | None) -> bool:
        """True or false, false if it is absent."""
        if node is None:
            return False
        if node.value not in ("true", "false"):
            self.fault(node, "这里只能写 true 或 false")
        return bool(node.value == "true")

    def keys(self, node: Node, allowed: Collection[str]) -> None:
        """Note every key that is not allowed, at its own place."""
        for key in self.mapping(node):
            if key not in allowed:
                self.fault_at_key(node, key, f"没有“{key}”这个键", did_you_mean(key, allowed))

    def fault_at_key(self, node: Node, key: str, message: str, hint: str) -> None:
        """Note a fault of a key of a mapping."""
        line, column = node.keys[key]
        self.faults.append(Fault("GOV-109", message, line, column, hint, file=self._file))

    def one_of(self, node: Node, word: str, known: Collection[str]) -> None:
        """Note a word that is not one of those known."""
        if word not in known:
            self.fault(node, f"没有“{word}”这个词", did_you_mean(word, known))

    def each_of(self, node: Node | None, known: Collection[str]) -> None:
        """Note every text that is not one of those known, where it stands."""
        for entry in self.one_or_more(node):
            if isinstance(entry.value, str):
                self.one_of(entry, entry.value, known)

    def all_of(self, node: Node, known: Collection[str]) -> tuple[str, ...]:
        """Texts that must all be known words."""
        found = self.texts(node)
        for word in found:
            self.one_of(node, word, known)
        return found
