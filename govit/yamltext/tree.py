"""YAML 文本：the bytes of a file -> a tree with places, or every fault in the words of a clerk."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from govit.yamltext.faults import MAX_LISTED, Fault, YamlError
from govit.yamltext.libyaml import MarkedYAMLError, YAMLError
from govit.yamltext.lines import LINE_END
from govit.yamltext.nodes import Builder, Node, build

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_BYTES = 1_000_000


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
    builder = Builder()
    try:
        root = build(text, builder)
    except MarkedYAMLError as error:
        from govit.yamltext.slips import explain

        raise YamlError([*builder.refused, *builder.faults, *explain(text, error)]) from error
    except YAMLError as error:  # the only one without a mark: a character that YAML does not allow
        from govit.yamltext.slips import bad_characters

        raise YamlError(bad_characters(text)) from error
    if builder.refused:
        raise YamlError([*builder.refused, *builder.faults])
    if "\t" in text:
        builder.faults.extend(islice(_only_tabs(text, root), MAX_LISTED))
    return root, builder.faults


def _only_tabs(text: str, root: Node) -> Iterator[Fault]:
    """Values in braces that are nothing but a tab: libyaml takes them for no value, other readers refuse the file."""
    lines = LINE_END.split(text)
    for node in _blank_in_braces(root):
        line = lines[node.line - 1]
        before, after = line[: node.column - 1], line[node.column - 1 :]
        at = len(before.rstrip(" \t"))
        if "\t" in before[at:] and after.startswith((",", "}")):
            hint = "写上内容；没有内容的，连同键一起删去"
            yield Fault("GOV-103", "冒号后面只有制表符（Tab），没有内容", node.line, at + 1, hint)


def _blank_in_braces(root: Node) -> Iterator[Node]:
    """Values of mappings in braces that are empty or null, in the order of the file."""
    todo = [root]
    while todo:
        node = todo.pop()
        inside = list(node.value.values()) if type(node.value) is dict else node.value
        if type(inside) is list:
            todo += reversed(inside)
            if node.flow:
                yield from (one for one in inside if one.value is None)
