"""YAML 文本：bytes -> a tree in which every value knows its line and column.

libyaml's events are built into nodes by hand: PyYAML's own constructor accepts duplicate keys and
reads `0102` as 66 and `yes` as true. Here every scalar stays text, and the field it stands in decides
its type. Anchors, aliases and tags are refused, so nothing can multiply and nothing is of a type unseen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)
from yaml.reader import ReaderError

if TYPE_CHECKING:
    from collections.abc import Callable

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
MAX_LISTED = 20
MAX_FAULTS = 200
T = TypeVar("T")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # pure Python where libyaml is missing
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))
_NO_KEYS: dict[str, tuple[int, int]] = {}


@dataclass(frozen=True, slots=True)
class Fault:
    """读取问题：what is wrong with a file, where (1-based), and what to write instead."""

    rule: str
    message: str
    line: int | None = None
    column: int | None = None
    hint: str = ""


def note(faults: list[Fault], fault: Fault) -> None:
    """Add a fault to those of a file; a file of a hundred thousand faults is cut off, and says so."""
    if len(faults) < MAX_FAULTS:
        faults.append(fault)
    elif len(faults) == MAX_FAULTS:
        message = f"问题太多，只列出前 {MAX_FAULTS} 处"
        faults.append(Fault("GOV-102", message, fault.line, fault.column, "先改正以上各处，再检查一次"))


class Node:
    """A value with its place. `value` is text, a dict of nodes, a list of nodes, or None."""

    __slots__ = ("column", "flow", "keys", "line", "value")

    def __init__(self, value: Any, line: int, column: int, *, flow: bool = False) -> None:  # noqa: ANN401 - one of four shapes
        self.value = value
        self.line = line
        self.column = column
        self.keys: dict[str, tuple[int, int]] = {} if type(value) is dict else _NO_KEYS
        self.flow = flow


class YamlError(Exception):
    """A file that cannot be read as YAML; carries every fault that was recognised."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


# -- bytes to text -----------------------------------------------------------------------------


def decode(data: bytes) -> str:
    """UTF-8, with or without BOM; anything else is named."""
    if len(data) > MAX_BYTES:
        hint = "元数据只写要点；长文字放进 documents/ 里的 docx 或 md"
        raise YamlError([Fault("GOV-102", f"文件超过上限 {MAX_BYTES // 1_000_000} MB，没有读取", 1, 1, hint)])
    wide = _wide(data)
    if wide:
        raise YamlError([Fault("GOV-101", f"文件是 {wide} 编码", 1, 1, "请用编辑器“另存为”，编码选 UTF-8")])
    if b"\0" in data:
        raise YamlError([Fault("GOV-101", "文件是二进制内容，不是文本", 1, 1, "请换成 YAML 文本文件")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"文件不是 UTF-8 编码{_legacy(data)}"
        raise YamlError([Fault("GOV-101", message, line, column, "请用编辑器“另存为”，编码选 UTF-8")]) from error


def _wide(data: bytes) -> str:
    """Name UTF-16 and UTF-32, with their mark or by the zero byte beside every ASCII letter."""
    if data.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "UTF-32"
    first = data[:200]
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "UTF-16" if marked or (first.count(0) * 5 > len(first) and b"\0\0" not in first) else ""


def _legacy(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，看来是 GBK"


# -- text to a tree ----------------------------------------------------------------------------


def parse(text: str) -> tuple[Node, list[Fault]]:
    """Build the tree. Duplicate keys are returned as faults; broken YAML raises YamlError."""
    builder = _Builder()
    try:
        root = _with_loader(text, builder.build)
    except ReaderError as error:
        from govit.yamltext.slips import bad_characters

        raise YamlError(bad_characters(text)) from error
    except yaml.MarkedYAMLError as error:
        from govit.yamltext.slips import explain

        raise YamlError([*builder.refused, *builder.faults, *explain(text, error)]) from error
    if builder.refused:
        raise YamlError([*builder.refused, *builder.faults])
    return root, builder.faults


def error_in(text: str) -> yaml.MarkedYAMLError | None:
    """What stops the reading of a text, None if nothing does."""
    try:
        _with_loader(text, _Builder().build)
    except yaml.MarkedYAMLError as error:
        return error
    except YamlError:
        return None
    return None


def _with_loader(text: str, use: Callable[[Any], T]) -> T:
    """Hand a text to libyaml, and release it whatever happens."""
    loader = _LOADER(text)
    try:
        return use(loader)
    finally:
        loader.dispose()


class _Builder:
    """Turns libyaml's flat events into nodes; an explicit stack, so depth cannot overflow Python."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.refused: list[Fault] = []
        self.documents = 0

    def build(self, loader: Any) -> Node:  # noqa: ANN401 - C or pure loader
        top = document = Node([], 1, 1)
        key: str | None = None
        above: list[Node] = []
        get_event = loader.get_event
        while (event := get_event()) is not None:
            kind = type(event)
            if kind is ScalarEvent:
                if event.anchor is not None or event.tag is not None:
                    self._refuse_extras(event)
                text, mark = event.value, event.start_mark
                if key is None and type(top.value) is dict:
                    key = text
                    if text in top.keys:
                        self._twice(event, top.keys[text][0])
                    else:
                        top.keys[text] = (mark.line + 1, mark.column + 1)
                else:
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
        return document.value[0] if document.value else Node(None, 1, 1)

    def _twice(self, event: Any, first: int) -> None:  # noqa: ANN401
        message = f"“{event.value}”写了两次，第一次在第 {first} 行"
        hint = "只留一处；两处都要的内容请合并"
        note(self.faults, Fault("GOV-104", message, *_place(event.start_mark), hint))

    def _container(self, event: Any, depth: int, *, is_key: bool) -> Node:  # noqa: ANN401
        if event.anchor is not None or event.tag is not None:
            self._refuse_extras(event)
        if is_key:
            self._stop(event, "GOV-103", "键不是一个词", "冒号左边只能写一个键名")
        if depth >= MAX_DEPTH:
            self._stop(event, "GOV-102", f"嵌套超过 {MAX_DEPTH} 层", "不需要这么深的层次，请核对括号和缩进")
        mark = event.start_mark
        value: Any = {} if type(event) is MappingStartEvent else []
        return Node(value, mark.line + 1, mark.column + 1, flow=bool(event.flow_style))

    def _document(self, event: Any) -> None:  # noqa: ANN401
        self.documents += 1
        if self.documents > 1:
            self._stop(event, "GOV-103", "一个文件里有几份 YAML（---）", "每个文件只写一份")

    def _refuse_extras(self, event: Any) -> None:  # noqa: ANN401
        if event.anchor is not None:
            self._refuse(event, "用了锚点（&）", "请把内容直接写出来；govit 不接受锚点和别名")
        else:
            self._refuse(event, "用了标签（!）", "去掉感叹号标签；文字以感叹号开头时请加引号")

    def _refuse(self, event: Any, message: str, hint: str) -> None:  # noqa: ANN401
        if len(self.refused) < MAX_LISTED:
            self.refused.append(Fault("GOV-102", message, *_place(event.start_mark), hint))

    def _stop(self, event: Any, rule: str, message: str, hint: str) -> NoReturn:  # noqa: ANN401
        raise YamlError([*self.refused, *self.faults, Fault(rule, message, *_place(event.start_mark), hint)])


def _put(top: Node, key: str | None, node: Node) -> None:
    """Add a value to the list or mapping that it stands in; of a key that is given twice the first counts."""
    if key is None:
        top.value.append(node)
    else:
        top.value.setdefault(key, node)


def _place(mark: Any) -> tuple[int, int]:  # noqa: ANN401 - a mark of either loader
    return mark.line + 1, mark.column + 1
