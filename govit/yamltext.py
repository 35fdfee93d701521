"""YAML 文本：bytes -> a tree in which every value knows its line and column.

libyaml's events are built into nodes by hand: PyYAML's own constructor accepts duplicate keys and
reads `0102` as 66 and `yes` as true. Here every scalar stays text, and the field it stands in decides
its type. Anchors and aliases are refused, so nothing can multiply.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

MAX_BYTES = 1_000_000
MAX_DEPTH = 40
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # pure Python where libyaml is missing
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


@dataclass(frozen=True, slots=True)
class Fault:
    """读取问题：what is wrong with a file, where (1-based), and what to write instead."""

    rule: str
    message: str
    line: int | None = None
    column: int | None = None
    hint: str = ""


class Node:
    """A value with its place. `value` is text, a dict of nodes, a list of nodes, or None."""

    __slots__ = ("column", "keys", "line", "value")

    def __init__(self, value: Any, line: int, column: int) -> None:  # noqa: ANN401 - one of four shapes
        self.value = value
        self.line = line
        self.column = column
        self.keys: dict[str, tuple[int, int]] = {}


class YamlError(Exception):
    """A file that cannot be read as YAML; carries every fault that was recognised."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults


def decode(data: bytes) -> str:
    """UTF-8, with or without BOM; anything else is named."""
    if len(data) > MAX_BYTES:
        raise YamlError(
            [
                Fault(
                    "GOV-102",
                    f"文件有 {len(data):,} 字节，超过上限 {MAX_BYTES:,} 字节",
                    hint="元数据只写要点；长文字放进 documents/ 里的 docx 或 md",
                )
            ]
        )
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise YamlError([Fault("GOV-101", "文件是 UTF-16 编码", 1, 1, "请另存为 UTF-8")])
    if b"\0" in data:
        raise YamlError([Fault("GOV-101", "文件是二进制内容，不是文本", hint="请换成 YAML 文本文件")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YamlError(
            [Fault("GOV-101", f"文件不是 UTF-8 编码{_encoding(data)}", line, 1, "请用编辑器“另存为”，编码选 UTF-8")]
        ) from error


def _encoding(data: bytes) -> str:
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，看来是 GBK"


def parse(text: str) -> tuple[Node, list[Fault]]:
    """Build the tree. Duplicate keys and the like are returned; broken YAML raises YamlError."""
    loader = _LOADER(text)
    try:
        return _Builder().build(loader)
    except yaml.MarkedYAMLError as error:
        raise YamlError(_explain(text, error)) from error
    except yaml.YAMLError as error:
        raise YamlError(
            [Fault("GOV-103", f"含有 YAML 不允许的字符：{_one_line(error)}", 1, 1, "请删去不可见的控制字符")]
        ) from error
    finally:
        loader.dispose()


class _Builder:
    """Turns libyaml's flat events into nodes; an explicit stack, so depth cannot overflow Python."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.stack: list[Node] = []
        self.pending: list[str | None] = []
        self.root: Node | None = None

    def build(self, loader: Any) -> tuple[Node, list[Fault]]:  # noqa: ANN401 - C or pure loader
        documents = 0
        while loader.check_event():
            event = loader.get_event()
            kind = type(event)
            if kind is ScalarEvent:
                self._scalar(event)
            elif kind is MappingStartEvent:
                self._open(event, {})
            elif kind is SequenceStartEvent:
                self._open(event, [])
            elif kind is MappingEndEvent or kind is SequenceEndEvent:
                self.stack.pop()
                self.pending.pop()
            elif kind is AliasEvent:
                self._refuse(event, "用了别名（*）", "请把内容直接写出来；govit 不接受锚点和别名")
            elif kind is yaml.DocumentStartEvent:
                documents += 1
                if documents > 1:
                    self._refuse(event, "一个文件里有几份 YAML（---）", "每个文件只写一份")
        return self.root or Node(None, 1, 1), self.faults

    def _refuse(self, event: Any, message: str, hint: str) -> None:  # noqa: ANN401
        mark = event.start_mark
        raise YamlError([Fault("GOV-102", message, mark.line + 1, mark.column + 1, hint)])

    def _scalar(self, event: Any) -> None:  # noqa: ANN401
        if event.anchor is not None:
            self._refuse(event, "用了锚点（&）", "请把内容直接写出来；govit 不接受锚点和别名")
        mark = event.start_mark
        text = event.value
        if self.pending and type(self.stack[-1].value) is dict and self.pending[-1] is None:
            self._key(text, mark.line + 1, mark.column + 1)
            return
        value = None if event.implicit[0] and text in _NULLS else text
        self._put(Node(value, mark.line + 1, mark.column + 1))

    def _key(self, text: str, line: int, column: int) -> None:
        top = self.stack[-1]
        if text in top.keys:
            first = top.keys[text][0]
            self.faults.append(
                Fault(
                    "GOV-104",
                    f"“{text}”写了两次，第一次在第 {first} 行",
                    line,
                    column,
                    "只留一处；两处都要的内容请合并",
                )
            )
        top.keys[text] = (line, column)
        self.pending[-1] = text

    def _open(self, event: Any, value: Any) -> None:  # noqa: ANN401
        if event.anchor is not None:
            self._refuse(event, "用了锚点（&）", "请把内容直接写出来；govit 不接受锚点和别名")
        if len(self.stack) >= MAX_DEPTH:
            self._refuse(event, f"嵌套超过 {MAX_DEPTH} 层", "project.yaml 不需要这么深的层次")
        if self.pending and type(self.stack[-1].value) is dict and self.pending[-1] is None:
            self._refuse(event, "键不是一个词", "冒号左边只能写一个键名")
        mark = event.start_mark
        node = Node(value, mark.line + 1, mark.column + 1)
        self._put(node)
        self.stack.append(node)
        self.pending.append(None)

    def _put(self, node: Node) -> None:
        if not self.stack:
            self.root = node
            return
        top = self.stack[-1]
        if type(top.value) is list:
            top.value.append(node)
            return
        key = self.pending[-1]
        if key is not None:
            top.value.setdefault(key, node)
        self.pending[-1] = None


_SLIPS = (
    (re.compile(r"^\s*(?:-\s*)?[\w.@-]+(：)"), "全角冒号“：”", "改成半角冒号加一个空格“: ”"),
    (re.compile(r"^(\s*\t+)"), "制表符（Tab）缩进", "YAML 只能用空格缩进，请把 Tab 换成空格"),
    (re.compile(r"^\s*([－—–])\s*\S"), "全角横线“－”", "列表项用半角“- ”开头"),
    (re.compile(r"^\s*(\u3000+)"), "全角空格缩进", "请换成半角空格"),
    (re.compile(r":\s*([“”‘’])"), "中文引号", '去掉引号，或改用半角引号 "'),
    (re.compile(r"[\[{].*(，)"), "全角逗号“，”", "方括号、花括号里用半角逗号“, ”"),
)


def _explain(text: str, error: yaml.MarkedYAMLError) -> list[Fault]:
    """Name the slips of a Chinese input method before quoting the parser."""
    mark = error.problem_mark or error.context_mark
    line = mark.line + 1 if mark else 1
    column = mark.column + 1 if mark else 1
    slips = [
        Fault("GOV-103", f"这一行用了{what}", number, found.start(1) + 1, remedy)
        for number, content in enumerate(text.splitlines(), 1)
        for pattern, what, remedy in _SLIPS
        if (found := pattern.search(content))
    ]
    if slips:
        return slips[:20]
    return [
        Fault("GOV-103", f"YAML 写法有误：{_problem(error)}", line, column, "请检查这一行和上一行的缩进、冒号和引号")
    ]


_PROBLEMS = {
    "mapping values are not allowed": "这里不能再出现冒号，多半是上一行少了冒号或缩进不齐",
    "could not find expected ':'": "少了冒号“: ”",
    "did not find expected key": "缩进不齐，或少了列表符号“- ”",
    "did not find expected '-' indicator": "列表项没有对齐",
    "found character that cannot start any token": "出现了不能开头的字符（如 Tab、@、`）",
    "found unexpected end of stream": "引号没有成对",
    "found undefined tag handle": "出现了感叹号标签（!）",
    "did not find expected ',' or": "方括号或花括号没有写完",
}


def _problem(error: yaml.MarkedYAMLError) -> str:
    problem = str(error.problem or error)
    for english, chinese in _PROBLEMS.items():
        if english in problem:
            return chinese
    return _one_line(problem)


def _one_line(error: object) -> str:
    return " ".join(str(error).split())
