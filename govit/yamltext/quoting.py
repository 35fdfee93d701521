"""加引号：values that are no YAML as they were typed, and the line that says the same in quotes."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from govit.yamltext.written import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_LINES = 20
"""Lines of one text that are looked at."""
_LONGEST = 160
_DASHES = r"\s*(?:-[ \t]+)*"
_ASCII_KEY = r"[A-Za-z_][\w.-]*[ \t]*:[ \t]+"
_ANY_KEY = r"[^\s\-:：#\"'{\[][^:：#\"'{\[]*:[ \t]+"
_KEYED_LINE = re.compile(rf"(?P<head>{_DASHES}{_ASCII_KEY})(?P<value>\S.*)")
_DASHED_LINE = re.compile(r"(?P<head>\s*(?:-[ \t]+)+)(?P<value>\S.*)")
_WORD_KEYED = re.compile(rf"(?P<head>\s*{_ANY_KEY})(?P<value>\S.*)")
_NEXT_KEY = re.compile(rf"{_DASHES}[A-Za-z_][\w.-]*[ \t]*:([ \t]|$)|\s*-[ \t]|\s*#|\s*$")
_COMMENT = re.compile(r"(?<![ \t])(?:[ \t]{2,}|\t)#[ \t].*$")
_CLOSED = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*')[ \t]*(?P<rest>[^\s#,\]}].*)""")
_CLOSED_BRACKET = re.compile(r"(\[[^\[\]]*\]|\{[^{}]*\})[ \t]*(?P<rest>[^\s#].*)")
_COLON = re.compile(r":(?=[ \t]|$)")
_NESTED = re.compile(_ASCII_KEY)
_HASH = re.compile(r"[ \t]#")
_STARTS = "@`%*&!|>"


class Wants(NamedTuple):
    """What is typed in a value that YAML takes for something else; `at` is its place in the value, from 0."""

    kind: str
    what: str
    remedy: str
    at: int


class Quoting(NamedTuple):
    """A value in quotes: the lines after it, and what was the matter where (from 0)."""

    wants: Wants
    line: int
    column: int
    corrected: str
    lines: list[str]
    sure: bool
    """Whether nothing else can be meant: a text on one line, which is no key of a lower level."""


def quoting(lines: Sequence[str], number: int, column: int) -> Quoting | None:
    """The value at a line in quotes, None if nothing in it asks for them; `column` is where the parser stopped."""
    first = _first(lines, number)
    found = _split(lines[first])
    if found is None:
        return None
    head, value = found.group("head"), found.group("value")
    if value.startswith(("[", "{")) and not _CLOSED_BRACKET.match(value):
        return _in_brackets(lines, first, number, column, head)
    if re.fullmatch(r"[|>][-+0-9]*[ \t]*(#.*)?", value):
        return None
    last = _last(lines, first)
    texts = [without_comment(text) for text in (value, *lines[first + 1 : last + 1])]
    wants, row = next(((w, n) for n, text in enumerate(texts) if (w := _wants(text.strip(), n))), (None, 0))
    if wants is None:
        return None
    comment = found.group("value")[len(texts[0]) :]
    corrected = head + shown_as_text(joined(texts)) + comment
    start = len(head) if row == 0 else len(texts[row]) - len(texts[row].lstrip())
    mended = [*lines[:first], corrected, *[""] * (last - first), *lines[last + 1 :]]
    sure = first == last and value[:1] not in "*&!|>" and not _NESTED.match(value)
    return Quoting(wants, first + row, start + wants.at, corrected.strip(), mended, sure)


def without_comment(text: str) -> str:
    """A text without the comment behind it that is plainly one: two blanks, a number sign, a blank."""
    return _COMMENT.sub("", text)


def joined(texts: Iterable[str]) -> str:
    """The lines of one text as one: Chinese is written on without a blank."""
    rows = [row for text in texts if (row := text.strip())]
    gaps = ["" if max(a[-1], b[0]) > "\x7f" else " " for a, b in pairwise(rows)]
    return "".join(row + gap for row, gap in zip(rows, [*gaps, ""], strict=True))


def shown_as_text(text: str) -> str:
    """A text in quotes, whatever else it might be taken for."""
    return quoted(text, "'" if '"' in text or "\\" in text else '"', in_flow=False)


def brief_line(line: str) -> str:
    """A line as a hint shows it."""
    return line if len(line) <= _LONGEST else ""


def _split(line: str) -> re.Match[str] | None:
    return _KEYED_LINE.fullmatch(line) or _DASHED_LINE.fullmatch(line) or _WORD_KEYED.fullmatch(line)


def _first(lines: Sequence[str], number: int) -> int:
    """The line in which the value that a line belongs to begins."""
    for at in range(number, max(number - MOST_LINES, -1), -1):
        if _KEYED_LINE.fullmatch(lines[at]) or _DASHED_LINE.fullmatch(lines[at]):
            return at
        if _NEXT_KEY.match(lines[at]):
            break
    return number


def _last(lines: Sequence[str], first: int) -> int:
    """The last line of a value: what stands deeper and is no entry of its own."""
    indent = _indent(lines[first])
    last = first
    for at in range(first + 1, min(first + MOST_LINES, len(lines))):
        if _NEXT_KEY.match(lines[at]) or _indent(lines[at]) <= indent:
            break
        last = at
    return last


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _wants(value: str, row: int) -> Wants | None:
    closed = _CLOSED.match(value) if row == 0 else None
    if closed:
        return Wants("closed", "右引号后面又写了文字", "引号要把整段文字包起来", closed.start("rest"))
    bracket = _CLOSED_BRACKET.match(value) if row == 0 else None
    if bracket:
        return Wants("bracket-text", "右括号后面又写了文字", "整段是文字的，加引号", bracket.start("rest"))
    if not value:  # nothing stands in it: what is wrong is elsewhere
        return None
    if row == 0 and value[:1] in _STARTS:
        what = f"“{value[0]}”不能放在值的开头，YAML 里它另有意思"
        return Wants("start", what, "给文字加引号", 0)
    if row == 0 and value[:1] in "\"'":
        return None
    if colon := _COLON.search(value):
        nested = _NESTED.match(value)
        remedy = "下一级的键另起一行、多缩进两格；整段是文字的，加引号" if nested else "整段是文字的，加引号"
        return Wants("colon-in-text", "值里不能再出现冒号加空格“: ”", remedy, colon.start())
    if sign := _HASH.search(value):
        what = "值里有空格加井号“ #”，YAML 把后面当作注释"
        return Wants("hash-in-text", what, "整段是文字的，加引号", sign.start() + 1)
    return None


_PIECE = re.compile(r"""\s*("(?:[^"\\]|\\.)*"[^,\]}]*|'(?:[^']|'')*'[^,\]}]*|[^,\[\]{}"']+)\s*""")


def _in_brackets(lines: Sequence[str], first: int, number: int, column: int, head: str) -> Quoting | None:
    """The entry of a list or record on one line that asks for quotes: the one at the place of the error, or a ` #`."""
    line = lines[first]
    for piece in _PIECE.finditer(line, len(head) + 1):
        keyed = _KEYED_LINE.fullmatch(piece[1]) if line[len(head)] == "{" else None
        start = piece.start(1) + (len(keyed["head"]) if keyed else 0)
        value = line[start : piece.end(1)].rstrip()
        wants = _wants(value, 0)
        if wants is None or (number == first and piece.end() < column):
            continue
        corrected = (
            line[:start] + quoted(value, "'" if '"' in value else '"', in_flow=True) + line[start + len(value) :]
        )
        if wants.kind == "hash-in-text":
            corrected = _all_hashes(line, len(head))
        mended = [*lines[:first], corrected, *lines[first + 1 :]]
        return Quoting(wants, first, start + wants.at, corrected.strip(), mended, sure=False)
    return None


def _all_hashes(line: str, begin: int) -> str:
    """A list on one line with every entry in quotes that has a number sign behind a blank."""

    def mended(piece: re.Match[str]) -> str:
        keyed = _KEYED_LINE.fullmatch(piece[1]) if line[begin] == "{" else None
        value = (keyed["value"] if keyed else piece[1]).rstrip()
        return piece[0].replace(value, quoted(value, '"', in_flow=True)) if _HASH.search(value) else piece[0]

    return line[: begin + 1] + _PIECE.sub(mended, line[begin + 1 :])
