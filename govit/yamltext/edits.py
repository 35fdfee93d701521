"""改写 YAML：text -> text, in which only the lines concerned differ.

Edited by position on the text that the author wrote, not by loading and dumping: a dumper, even one that keeps
comments and quotes, sets indentation, inner spaces and line ends anew wherever a person laid out otherwise.
Each change is read back; a text that does not say exactly what was intended is never handed out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from govit.base.files import control_in
from govit.yamltext.faults import YamlError
from govit.yamltext.lines import LINE_END
from govit.yamltext.steps import steps
from govit.yamltext.tree import decode, parse
from govit.yamltext.written import EditError, Typed, dotted, same

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govit.yamltext.faults import Fault
    from govit.yamltext.nodes import Node
    from govit.yamltext.written import Path, Plain

    Value = str | bool | int | dt.date | Mapping[str, object] | Sequence[object]
    Order = Callable[[Path], Sequence[str]]

__all__ = ["Append", "Change", "EditError", "Put", "edit", "edit_bytes"]

_BOM = b"\xef\xbb\xbf"


class Put(NamedTuple):
    """写入：the value at a path is to be exactly this; an entry or list that is missing is made."""

    path: Path
    value: Value


class Append(NamedTuple):
    """追加：one more entry of the list at a path, which is made if it is missing."""

    path: Path
    value: Value


Change = Put | Append


def _as_written(_: Path) -> Sequence[str]:
    return ()


def edit_bytes(data: bytes, changes: Iterable[Change], order: Order = _as_written) -> bytes:
    """The file with the changes made; its BOM, line ends and everything else stay."""
    mark = _BOM if data.startswith(_BOM) else b""
    try:
        text = decode(data)
    except YamlError as error:
        raise EditError(_shown(error.faults[0])) from error
    return mark + edit(text, changes, order).encode()


def edit(text: str, changes: Iterable[Change], order: Order = _as_written) -> str:
    """The text with the changes made. `order` gives the usual order of the keys of the mapping at a path."""
    known: Plain | None = None
    for change in changes:
        before = _plain(_read(text)) if known is None else known
        target = _applied(before, change, order)
        for step in steps((), before, target):
            text = step.made(text)
        known = _plain(_read(text))
        if not same(known, target):
            message = f"{dotted(change.path)} 的写法特别，改写后与预期不一致，没有改动；请手工修改"
            raise EditError(message)
    return text


def _read(text: str) -> Node:
    try:
        node, faults = parse(text)
    except YamlError as error:
        raise EditError(_shown(error.faults[0])) from error
    if faults:
        raise EditError(_shown(faults[0]))
    return node


def _shown(fault: Fault) -> str:
    return f"第 {fault.line} 行{fault.message}" if fault.line else fault.message


# -- what is intended ------------------------------------------------------------------------------


def _plain(node: Node) -> Plain:
    if isinstance(node.value, dict):
        return {key: _plain(entry) for key, entry in node.value.items()}
    if isinstance(node.value, list):
        return [_plain(entry) for entry in node.value]
    return node.value


def _texts(value: object) -> Plain:
    """A value as the reader will have it: scalars are texts."""
    if isinstance(value, Mapping):
        return {str(key): _texts(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple)):
        return [_texts(entry) for entry in value]
    if isinstance(value, bool):
        return Typed("true" if value else "false")
    if isinstance(value, (int, dt.date)):
        return Typed(str(value))
    if not isinstance(value, str):
        message = f"{value!r} is no value of a project.yaml"
        raise TypeError(message)
    return _clean(value)


def _clean(text: str) -> str:
    text = "\n".join(LINE_END.split(text.strip()))
    found = control_in(text.replace("\n", " ").replace("\t", " "))
    if found is not None:
        message = f"含有看不见的控制字符 U+{ord(found[0]):04X}，没有写入"
        raise EditError(message)
    return text


def _applied(data: Plain, change: Change, order: Order) -> Plain:
    there = _at(data, change.path)
    value = _texts(change.value)
    if isinstance(change, Append):
        if there is not None and not isinstance(there, list):
            message = f"{dotted(change.path)} 不是列表，不能追加"
            raise EditError(message)
        value = [*(there or []), value]
    return _with(data, change.path, _as_ordered(value, there), (), order)


def _at(data: Plain, path: Path) -> Plain:
    for key in path:
        if isinstance(key, str) and isinstance(data, dict):
            data = data.get(key)
        elif isinstance(key, int) and isinstance(data, list) and key < len(data):
            data = data[key]
        else:
            return None
    return data


def _as_ordered(value: Plain, there: Plain) -> Plain:
    """The value with its keys in the order that they have in the file."""
    if isinstance(value, dict) and isinstance(there, dict):
        keys = [*(key for key in there if key in value), *(key for key in value if key not in there)]
        return {key: _as_ordered(value[key], there.get(key)) for key in keys}
    if isinstance(value, list) and isinstance(there, list):
        return [_as_ordered(e, there[n]) if n < len(there) else e for n, e in enumerate(value)]
    return value


def _with(data: Plain, path: Path, value: Plain, parents: Path, order: Order) -> Plain:
    if not path:
        return value
    key, rest = path[0], path[1:]
    if isinstance(key, str) and (data is None or isinstance(data, dict)):
        return _placed(
            data or {}, key, _with((data or {}).get(key), rest, value, (*parents, key), order), order(parents)
        )
    if isinstance(key, int) and isinstance(data, list) and key < len(data):
        return [_with(e, rest, value, (*parents, key), order) if n == key else e for n, e in enumerate(data)]
    message = f"{dotted((*parents, *path))} 所在的位置写法不同，不能改写"
    raise EditError(message)


def _placed(data: dict[str, Plain], key: str, value: Plain, order: Sequence[str]) -> dict[str, Plain]:
    """The mapping with a key set; a new one stands after those that usually come before it."""
    if key in data or key not in order:
        return {**data, key: value}
    before = frozenset(order[: order.index(key)])
    last = max((n for n, given in enumerate(data) if given in before), default=len(data) - 1)
    entries = list(data.items())
    return dict([*entries[: last + 1], (key, value), *entries[last + 1 :]])
