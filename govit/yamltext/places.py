"""位置：where a value stands in the text, and the text with it set, inserted or removed there."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

import yaml

from govit.yamltext.lines import LINE_END
from govit.yamltext.written import STEP, EditError, Path, Plain, block, dotted, fits_flow, flow, loader, quoted

_BLOCKS = ("|", ">")
_HEADER = re.compile(r"([|>])([+-]?)[1-9]?([+-]?)")


class _Spot(NamedTuple):
    """A value in the text, what it stands in, and the column of that one's keys or dashes."""

    node: yaml.Node
    parent: yaml.Node | None
    column: int
    in_flow: bool


def _root(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=loader())  # the reader has bounded its size and depth


def _spot(text: str, path: Path) -> _Spot:
    root = _root(text)
    if root is None:
        message = f"{dotted(path)} 所在的文件是空的"
        raise EditError(message)
    spot = _Spot(root, None, -len(STEP), in_flow=False)
    for key in path:
        node = spot.node
        spot = _Spot(_entries(node)[key][1], node, node.start_mark.column, spot.in_flow or _is_flow(node))
    return spot


def _is_flow(node: yaml.Node) -> bool:
    """Whether a list or mapping stands in brackets."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def _entries(node: yaml.Node) -> dict[str | int, tuple[int, yaml.Node]]:
    """Where each entry of a mapping or list begins, and its value."""
    if isinstance(node, yaml.MappingNode):
        return {key.value: (key.start_mark.index, value) for key, value in node.value}
    return {n: (value.start_mark.index, value) for n, value in enumerate(node.value)}


def _end(text: str, node: yaml.Node) -> int:
    """Where the last character of a value stands; comments and blank lines below are not of it."""
    if not isinstance(node, yaml.ScalarNode) and not _is_flow(node):
        last = node.value[-1]
        return _end(text, last[1] if isinstance(last, tuple) else last)
    end: int = node.end_mark.index
    if _style(node) in _BLOCKS:
        end = node.start_mark.index + len(text[node.start_mark.index : end].rstrip())
    return end


def _style(node: yaml.Node) -> str | None:
    """How a single value is quoted or laid out; a list or mapping in brackets is neither."""
    return node.style if isinstance(node, yaml.ScalarNode) else None


def _line_start(text: str, index: int) -> int:
    return max((found.end() for found in LINE_END.finditer(text, 0, index)), default=0)


def _line_end(text: str, index: int) -> tuple[int, str]:
    """Where the line of a place ends, and how: '' on a last line without a line end."""
    found = LINE_END.search(text, index)
    return (found.start(), found[0]) if found else (len(text), "")


def _usual_line_end(text: str, index: int) -> str:
    found = LINE_END.search(text, index) or LINE_END.search(text)
    return found[0] if found else "\n"


# -- another value ---------------------------------------------------------------------------------


def put(text: str, path: Path, value: Plain) -> str:
    """The text with another value at a path."""
    if not path and _root(text) is None:
        return _in_empty_file(text, value)
    spot = _spot(text, path)
    node = spot.node
    start, end = node.start_mark.index, _end(text, node)
    if isinstance(node, yaml.ScalarNode) or (isinstance(value, str) and _is_flow(node)):
        return _put_over_scalar(text, spot, value, start, end)
    if not _is_flow(node):
        message = f"{dotted(path)} 分行书写，不能整个替换；请手工修改"
        raise EditError(message)
    if spot.in_flow or fits_flow(value):
        return text[:start] + flow(value) + text[end:]
    return _put_block(text, spot, value, start, end)


def _in_empty_file(text: str, value: Plain) -> str:
    breaks = _usual_line_end(text, 0)
    gap = "" if not text or text.endswith(breaks) else breaks
    return text + gap + "".join(f"{row}{breaks}" for row in block(value, ""))


def _put_over_scalar(text: str, spot: _Spot, value: Plain, start: int, end: int) -> str:
    style = _style(spot.node)
    if not spot.in_flow and not isinstance(value, str) and not fits_flow(value):
        return _put_block(text, spot, value, start, end)
    if not spot.in_flow and isinstance(value, str) and ("\n" in value or style in _BLOCKS):
        return _put_lines(text, spot, value, start, end)
    written = quoted(value, style, in_flow=spot.in_flow) if isinstance(value, str) else flow(value)
    gap = " " if start == end else ""  # an empty value stands right behind the colon or the dash
    return text[:start] + gap + written + text[end:]


def _put_lines(text: str, spot: _Spot, value: str, start: int, end: int) -> str:
    """A text of several lines, or one that stood in a block: as a block, whose head keeps its comment."""
    breaks = _usual_line_end(text, start)
    if _style(spot.node) in _BLOCKS:
        at, _ = _line_end(text, start)
        indent = _indent_of_block(text[at:end])
        head, rest = _header(text[start:at], value), text[end:]
    else:
        at, _ = _line_end(text, end)
        indent = " " * (spot.column + len(STEP))
        head, rest = (" " if start == end else "") + "|-" + text[end:at], text[at:]
    rows = value.split("\n")
    body = breaks.join(f"{indent}{row}" if row else "" for row in rows)
    return text[:start] + head + breaks + body + rest


def _header(head: str, value: str) -> str:
    """The head of a block, which need not count spaces now; folding would join lines that are apart."""
    mark = "|" if "\n" in value else head[0]
    return _HEADER.sub(lambda found: f"{mark}{found[2]}{found[3]}", head, count=1)


def _indent_of_block(body: str) -> str:
    lines = [line for line in LINE_END.split(body) if line.strip()]
    return " " * min((len(line) - len(line.lstrip(" ")) for line in lines), default=len(STEP))


def _put_block(text: str, spot: _Spot, value: Plain, start: int, end: int) -> str:
    """A mapping or list in the place of an empty one or of a single value, on lines of its own."""
    breaks = _usual_line_end(text, start)
    rows = block(value, " " * (spot.column + len(STEP)))
    at, _ = _line_end(text, end)
    return text[:start].rstrip(" ") + text[end:at] + "".join(f"{breaks}{row}" for row in rows) + text[at:]


# -- one entry more or less --------------------------------------------------------------------------


def insert(text: str, path: Path, number: int, key: str | None, value: Plain) -> str:
    """The text with an entry behind the `number`-th one of the mapping or list at a path; -1 is before the first."""
    spot = _spot(text, path)
    node, entries = spot.node, list(_entries(spot.node).values())
    new: Plain = [value] if key is None else {key: value}
    if spot.in_flow or _is_flow(node):
        written = flow(new)[1:-1]
        if number < 0:
            at = entries[0][0]
            return f"{text[:at]}{written}, {text[at:]}"
        at = _end(text, entries[number][1])
        return f"{text[:at]}, {written}{text[at:]}"
    rows = block(new, " " * node.start_mark.column, records_in_flow=_last_in_flow(entries))
    if number < 0:
        at = _line_start(text, node.start_mark.index)
        breaks = _usual_line_end(text, at)
        return text[:at] + "".join(f"{row}{breaks}" for row in rows) + text[at:]
    if not path and isinstance(value, (dict, list)) and _spaced(text, entries):
        rows = ["", *rows]
    at, ends = _line_end(text, _with_deeper_comments(text, _end(text, entries[number][1]), node.start_mark.column))
    breaks = ends or _usual_line_end(text, 0)
    return text[:at] + "".join(f"{breaks}{row}" for row in rows) + text[at:]


def _last_in_flow(entries: list[tuple[int, yaml.Node]]) -> bool | None:
    """Whether the last record beside it stands on one line, None if there is none to go by."""
    records = [node for _, node in entries if isinstance(node, yaml.MappingNode)]
    return bool(records[-1].flow_style) if records else None


def _with_deeper_comments(text: str, end: int, column: int) -> int:
    """The end of an entry, or of the comments right below it that are indented deeper than its key."""
    at, ends = _line_end(text, end)
    while ends:
        start = at + len(ends)
        at, ends = _line_end(text, start)
        line = text[start:at]
        bare = line.lstrip(" ")
        if not bare.startswith("#") or len(line) - len(bare) <= column:
            break
        end = start
    return end


def _spaced(text: str, entries: list[tuple[int, yaml.Node]]) -> bool:
    """Whether the sections of a file are set apart by blank lines."""
    gaps = (text[_end(text, earlier) : start] for (_, earlier), (start, _) in pairwise(entries))
    return any(not line.strip() for gap in gaps for line in LINE_END.split(gap)[1:-1])


def remove(text: str, path: Path, number: int) -> str:
    """The text without the `number`-th entry of the mapping or list at a path, of which others are left."""
    spot = _spot(text, path)
    entries = list(_entries(spot.node).values())
    start, end = entries[number][0], _end(text, entries[number][1])
    if spot.in_flow or _is_flow(spot.node):
        if number:
            return text[: _end(text, entries[number - 1][1])] + text[end:]
        return text[:start] + text[entries[1][0] :]
    if number == 0 and isinstance(spot.parent, yaml.SequenceNode):
        message = f"{dotted(path)} 的第一行不能单独删去；请手工修改"
        raise EditError(message)
    at, ends = _line_end(text, end)
    return text[: _line_start(text, start)] + text[at + len(ends) :]
