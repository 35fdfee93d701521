"""排列：lines that stand in the wrong place or lack a sign, told with the line as it should be. None of it is mended unasked.

A line may belong one level higher or lower, and only its author knows; what is shown is the nearest that can be read.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from govit.yamltext.nodes import error_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_KEYED = re.compile(r"(?P<indent> *)(?:- +)*(?P<key>[^\s\-:#\"'{\[][^:#\"'{\[]*):(?:[ \t]+(?P<value>\S.*))?$")
_QUOTED = re.compile(r"(?P<head>\s*(?:- +)*(?:[^\s:#\"']+:[ \t]+)?)(?P<quote>[\"'])(?P<rest>[^\"']*)$")
_OTHER_SIGN = re.compile(r"(?P<key>[A-Za-z_][\w.-]*)(?:\s*[;；=＝]\s*|[\s　]+)(?P<value>\S.*)")
_NEAR = 3
_SHOWN = 40
_LONG_TEXT = 100_000


class Misplaced(NamedTuple):
    """What is the matter in a line (from 0), and what to do; the column too, where it is not that of its text."""

    line: int
    what: str
    hint: str
    column: int | None = None


def misplaced(lines: Sequence[str], line: int, problem: str) -> Misplaced | None:
    """What is wrong with how lines are laid out where the parser stopped; None if nothing can be told."""
    if "quoted scalar" in problem:
        return _open_quote(lines, line)
    above = next((at for at in range(line - 1, -1, -1) if lines[at].strip()), None)
    if "mapping values" in problem and above is not None and (found := _below_a_value(lines, above, line)):
        return found
    if "could not find expected ':'" in problem and (found := _without_colon(lines, line)):
        return found
    return _indented(lines, line)


def _open_quote(lines: Sequence[str], line: int) -> Misplaced | None:
    found = _QUOTED.fullmatch(lines[line])
    if found is None:
        return None
    head, quote, rest = found["head"], found["quote"], found["rest"].rstrip()
    return Misplaced(line, f"引号没有成对：{quote}", f"末尾补上引号，写成：{(head + quote + rest + quote).strip()}；或去掉前面的引号", len(head))


def _below_a_value(lines: Sequence[str], above: int, line: int) -> Misplaced | None:
    """`contact: 张三`, and below it a key of the next level."""
    parent, child = _KEYED.fullmatch(lines[above]), _KEYED.fullmatch(lines[line])
    if parent is None or child is None or parent["value"] is None or len(child["indent"]) <= len(parent["indent"]):
        return None
    value, key = _brief(parent["value"]), parent["key"]
    what = f"这里不能再出现冒号：“{key}:”后面写了“{value}”，下面又有下一级的“{child['key']}:”"
    hint = f"“{key}:”后面不写文字，“{value}”另起一行、写在它自己的键后面；“{child['key']}:”不是下一级的，与“{key}:”对齐"
    return Misplaced(line, what, hint, child.end("key"))


def _without_colon(lines: Sequence[str], line: int) -> Misplaced | None:
    """A line of a text that is not indented, or a key without its colon."""
    at = next((n for n in range(min(line, len(lines) - 1), max(line - _NEAR, -1), -1) if lines[n].strip() and ":" not in lines[n]), None)
    if at is None:
        return None
    text = lines[at].strip()
    meant = _OTHER_SIGN.fullmatch(text)
    if meant is not None:
        what = f"“{_brief(text)}”这一行没有冒号"
        return Misplaced(at, what, f"键后面写半角冒号加一个空格，写成：{meant['key']}: {_brief(meant['value'])}")
    key = next((found["key"] for n in range(at - 1, -1, -1) if (found := _KEYED.fullmatch(lines[n]))), "")
    hint = f"它是“{key}:”的文字，前面加两个空格，写成：  {_brief(text)}；它是键的，补上冒号和空格" if key else "键后面写冒号和空格"
    return Misplaced(at, f"“{_brief(text)}”这一行没有冒号，也没有缩进", hint)


def _indented(lines: Sequence[str], line: int) -> Misplaced | None:
    """A line that can be read once it is indented as its neighbours are; an even indent is likelier than an odd one."""
    if sum(map(len, lines)) > _LONG_TEXT:
        return None
    for at, width in sorted(_candidates(lines, line), key=lambda one: (one[1] % 2, abs(one[1] - _indent(lines[one[0]])))):
        mended = [*lines[:at], " " * width + lines[at].lstrip(" "), *lines[at + 1 :]]
        if error_in("\n".join(mended)) is None:
            stands = _indent(lines[at])
            what = f"缩进不齐：“{_brief(lines[at].strip())}”前面有 {stands} 个空格，和同一级的行没有对齐"
            return Misplaced(at, what, f"同一级的行前面空格一样多；这一行改成 {width} 个空格")
    return None


def _candidates(lines: Sequence[str], line: int) -> Iterator[tuple[int, int]]:
    """Lines near the place of the error, each with indents of its neighbours."""
    near = [at for at in range(max(line - _NEAR, 0), min(line + 2, len(lines))) if lines[at].strip()]
    widths = {_indent(lines[at]) for at in near} | {_inner(lines[at]) for at in near}
    return ((at, width) for at in near if at <= line for width in widths if width != _indent(lines[at]))


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _inner(text: str) -> int:
    """Where the keys of a record in a list stand."""
    return len(text) - len(text.lstrip(" -"))


def _brief(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
