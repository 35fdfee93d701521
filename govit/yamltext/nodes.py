"""节点：libyaml's events built into a tree in which every value knows its line and column.

PyYAML's own constructor accepts duplicate keys and reads `0102` as 66 and `yes` as true. Here every scalar stays
text, and the field it stands in decides its type. Anchors, aliases and tags are refused, so nothing can multiply and
nothing is of a type unseen.
"""

from __future__ import annotations

from contextlib import suppress
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NoReturn, TypeAlias, TypeVar

from govit.yamltext.faults import MAX_LISTED, Fault, YamlError, note
from govit.yamltext.libyaml import (
    PARSER,
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    MarkedYAMLError,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import yaml

MAX_DEPTH = 40
MAX_VALUES = 50_000
"""Texts, lists and mappings in one file: some ten times what the largest dossier or regulation holds."""
_MOST_DIRECTIVES = 20
T = TypeVar("T")
_LOADER = PARSER
NodeValue: TypeAlias = "str | dict[str, Node] | list[Node] | None"
"""What a node may hold: closed, so that nothing else is taken for a value of a file."""
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NO_KEYS: dict[str, tuple[int, int]] = {}


class Node:
    """A value with its place. `value` is text, a dict of nodes, a list of nodes, or None."""

    __slots__ = ("column", "flow", "keys", "line", "value")

    def __init__(self, value: NodeValue, line: int, column: int, *, flow: bool = False) -> None:
        self.value = value
        self.line = line
        self.column = column
        self.keys: dict[str, tuple[int, int]] = {} if type(value) is dict else _NO_KEYS
        self.flow = flow

    @property
    def entries(self) -> dict[str, Node]:
        """The entries of a mapping, none of anything else."""
        return self.value if isinstance(self.value, dict) else {}

    def with_only(self, wanted: Collection[str]) -> Node:
        """The same mapping with some of its keys: of budget.total what is not wanted of budget is left out as well."""
        inner: dict[str, set[str]] = {}
        for key in wanted:
            top, _, rest = key.partition(".")
            inner.setdefault(top, set()).add(rest)
        found = Node({}, self.line, self.column)
        for key, value in self.entries.items():
            if key in inner:
                whole = "" in inner[key] or type(value.value) is not dict
                found.entries[key] = value if whole else value.with_only(inner[key])
                found.keys[key] = self.keys[key]
        return found

    @property
    def listed(self) -> list[Node]:
        """The entries of a list, none of anything else."""
        return self.value if isinstance(self.value, list) else []

    @property
    def text(self) -> str:
        """The text of a scalar, '' of anything else."""
        return self.value if isinstance(self.value, str) else ""


def error_in(text: str) -> MarkedYAMLError | None:
    """What stops the reading of a text, None if nothing does."""
    try:
        build(text, Builder())
    except MarkedYAMLError as error:
        return error
    except YamlError:
        return None
    return None


def build(text: str, builder: Builder) -> Node:
    """The tree of a text; YamlError at what ends the reading, MarkedYAMLError where the text is no YAML.

    At a bracket the parser looks up to 1,024 characters ahead for the colon of a key, and what it cannot take there
    (libyaml from 0.2.6 on: the 1,000th level) hides what stands before. So what stands before is read by itself.
    """
    try:
        return with_loader(text, builder.build)
    except MarkedYAMLError as error:
        if error.problem_mark is not None:
            with suppress(MarkedYAMLError):
                with_loader(text[: error.problem_mark.index], Builder().build)
        raise


def with_loader(text: str, use: Callable[[yaml.SafeLoader], T]) -> T:
    """Hand a text to libyaml, and release it whatever happens."""
    if text.count("%TAG") > _MOST_DIRECTIVES:  # each is compared with all before it; YAML of a dossier needs none
        hint = "删去以 % 开头的各行；govit 不接受标签"
        raise YamlError([Fault("GOV-102", f"“%TAG”超过 {_MOST_DIRECTIVES} 处，没有读取", 1, 1, hint)])
    loader = _LOADER(text)
    try:
        return use(loader)
    finally:
        loader.dispose()


class Builder:
    """Turns libyaml's flat events into nodes; an explicit stack, so depth cannot overflow Python."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.refused: list[Fault] = []
        self.documents = 0
        self.values = 0

    def build(self, loader: yaml.SafeLoader) -> Node:
        """Read all events of a loader; YamlError at what ends the reading."""
        top = document = Node([], 1, 1)
        key: str | None = None
        above: list[Node] = []
        get_event: Callable[[], Any] = loader.get_event  # the branches below know what each kind of event has
        while (event := get_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_extras(event)
                text, mark = event.value, event.start_mark
                if key is None and type(top.value) is dict:
                    key = text
                    if text in top.keys:
                        self._twice(event, top.keys[text][0], _path([*above, top], text))
                    else:
                        top.keys[text] = (mark.line + 1, mark.column + 1)
                else:
                    self._count(event)
                    value = None if text in _NULLS and event.implicit[0] else text
                    _put(top, key, Node(value, mark.line + 1, mark.column + 1))
                    key = None
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                top, key = above.pop(), None
            elif kind is MappingStartEvent or kind is SequenceStartEvent:
                node = self._container(event, len(above), is_key=key is None and type(top.value) is dict)
                _put(top, key, node)
                above.append(top)
                top, key = node, None
            elif kind is AliasEvent:
                self._refuse(event, "用了别名（*）", "请把内容直接写出来；govit 不接受锚点和别名")
                key = "" if key is None and type(top.value) is dict else None
            elif kind is DocumentStartEvent:
                self._document(event)
        return document.listed[0] if document.value else Node(None, 1, 1)

    def _count(self, event: Event) -> None:
        self.values += 1
        if self.values > MAX_VALUES:
            hint = "元数据只写要点；成批的内容放进 documents/ 里的文件"
            self._stop(event, "GOV-102", f"内容超过 {MAX_VALUES} 项，后面的没有读取", hint)

    def _twice(self, event: ScalarEvent, first: int, path: str) -> None:
        message = f"“{event.value}”写了两次，第一次在第 {first} 行"
        hint = "只留一处；两处都要的内容请合并"
        note(self.faults, Fault("GOV-104", message, *_place(event), hint, path))

    def _container(self, event: CollectionStartEvent, depth: int, *, is_key: bool) -> Node:
        self._count(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if is_key:
            self._stop(event, "GOV-103", "键不是一个词", "冒号左边只能写一个键名")
        if depth >= MAX_DEPTH:
            self._stop(event, "GOV-102", f"嵌套超过 {MAX_DEPTH} 层", "不需要这么深的层次，请核对括号和缩进")
        line, column = _place(event)
        value: NodeValue = {} if type(event) is MappingStartEvent else []
        return Node(value, line, column, flow=bool(event.flow_style))

    def _document(self, event: Event) -> None:
        self.documents += 1
        if self.documents > 1:
            self._stop(event, "GOV-103", "一个文件里有几份 YAML（---）", "每个文件只写一份")

    def _refuse_extras(self, event: ScalarEvent | CollectionStartEvent) -> None:
        if event.anchor is not None:
            self._refuse(event, "用了锚点（&）", "请把内容直接写出来；govit 不接受锚点和别名")
        else:
            self._refuse(event, "用了标签（!）", "去掉感叹号标签；文字以感叹号开头时请加引号")

    def _refuse(self, event: Event, message: str, hint: str) -> None:
        if len(self.refused) < MAX_LISTED:
            self.refused.append(Fault("GOV-102", message, *_place(event), hint))

    def _stop(self, event: Event, rule: str, message: str, hint: str) -> NoReturn:
        raise YamlError([*self.refused, *self.faults, Fault(rule, message, *_place(event), hint)])


def _put(top: Node, key: str | None, node: Node) -> None:
    """Add a value to the list or mapping that it stands in; of a key that is given twice the first counts."""
    held = top.value
    if isinstance(held, list):
        held.append(node)
    elif isinstance(held, dict) and key is not None:
        held.setdefault(key, node)


def _path(nodes: list[Node], key: str) -> str:
    """The dotted key of a key in the innermost of nodes that stand in one another; the outermost is the document."""
    path = ""
    for outer, inner in pairwise(nodes[1:]):
        if type(outer.value) is list:
            path += f"[{len(outer.value) - 1}]"
        else:
            name, value = next(reversed(outer.entries.items()))
            path += f".{name}" if value is inner else ".?"  # what stands under a key that is itself written twice
    return f"{path}.{key}".removeprefix(".")


def _place(event: Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark is not None else (1, 1)
