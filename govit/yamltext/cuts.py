"""截断：plain texts that YAML ends at a blank and a number sign, where the person who typed them read on.

`demand: 现有系统 #1、#2 不通` says 现有系统 to YAML, and nobody is told. A comment has two blanks in front of it, or
follows a value that is whole by itself; which values may be cut short at all, the reader of fields knows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from govit.yamltext.libyaml import ScalarEvent
from govit.yamltext.lines import LINE_END
from govit.yamltext.nodes import with_loader
from govit.yamltext.quoting import brief_line, joined, shown_as_text, without_comment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import yaml

_NUMBERED = re.compile(r"#+([0-9０-９①-⑳]|[一二三四五六七八九十]+[号期座栋台个、])")
"""#1, #２, #二期: the number of a thing, not the beginning of an explanation."""
_OPEN_ENDED = re.compile("[、，：；（《“‘(/—]$")
_PAIRS = (("（", "）"), ("《", "》"), ("“", "”"), ("(", ")"), ("【", "】"))
_PERHAPS = re.compile(r"^[^\S\n]*[^\s#][^\n]*[ \t]#|^[ \t]+#+[0-9０-９①-⑳]", re.MULTILINE)
_BLANKS_BEFORE_COMMENT = 2


class Cut(NamedTuple):
    """截断：where the number sign stands, from 1; what remains of the text; and the line in quotes ('' in brackets)."""

    line: int
    column: int
    remaining: str
    corrected: str
    whole_line: str = ""
    """The line as it should stand, where it can mean but one thing: the sign is the number of something."""


def cuts(text: str) -> Mapping[tuple[int, int], Cut]:
    """The texts that are cut short, by the line and column where they begin; of a text that is YAML."""
    if not _PERHAPS.search(text):
        return {}
    lines = LINE_END.split(text)
    found = ((one, _cut(lines, one)) for one in with_loader(text, _plain_scalars))
    return {(one.first + 1, one.start + 1): cut for one, cut in found if cut is not None}


class _Plain(NamedTuple):
    """A plain scalar: its text, and where it begins and ends, from 0."""

    text: str
    first: int
    start: int
    last: int
    end: int


def _plain_scalars(loader: yaml.SafeLoader) -> list[_Plain]:
    get_event: Callable[[], Any] = loader.get_event
    found = []
    while (event := get_event()) is not None:
        kind = type(event)  # of an event of any kind the marks are typed as perhaps missing
        if kind is ScalarEvent and event.value and not event.style:
            start, end = event.start_mark, event.end_mark
            found.append(_Plain(event.value, start.line, start.column, end.line, end.column))
    return found


def _cut(lines: Sequence[str], plain: _Plain) -> Cut | None:
    last = lines[plain.last]
    before = last[: plain.end].rstrip(" \t")
    after = last[len(before) :]
    rest = after.lstrip(" \t")
    rows = [*lines[plain.first : plain.last], before]
    if rest.startswith("#") and _reads_on(plain.text, rest, len(after) - len(rest)):
        sign = after.index("#") + 1
        rows[-1] += after[:sign] + without_comment(after[sign:])
        line, column = plain.last, len(before) + sign
    elif not rest and (below := _below(lines, plain.first, plain.last)):
        rows.append(below)
        line, column = plain.last + 1, lines[plain.last + 1].index("#") + 1
    else:
        return None
    head, rows[0] = rows[0][: plain.start], rows[0][plain.start :]
    in_brackets = "[" in head or "{" in head
    corrected = "" if in_brackets else brief_line(f"{head.strip()} {shown_as_text(joined(rows))}")
    sure = not in_brackets and plain.first == plain.last == line and _NUMBERED.match(rest) is not None
    whole_line = head + shown_as_text(rows[0]) + last[len(head) + len(rows[0]) :] if sure else ""
    return Cut(line + 1, column, plain.text, corrected, whole_line)


def _reads_on(text: str, comment: str, blanks: int) -> bool:
    """Whether what stands behind the number sign belongs to the text, as far as one can see."""
    if blanks < _BLANKS_BEFORE_COMMENT or _NUMBERED.match(comment) or _OPEN_ENDED.search(text):
        return True
    return any(text.count(left) > text.count(right) and right in comment for left, right in _PAIRS)


def _below(lines: Sequence[str], first: int, last: int) -> str:
    """A further line of the text that begins with the number of a thing, '' if there is none."""
    following = lines[last + 1] if last + 1 < len(lines) else ""
    bare = following.lstrip(" \t")
    deeper = len(following) - len(bare) > len(lines[first]) - len(lines[first].lstrip(" "))
    return bare if deeper and _NUMBERED.match(bare) else ""
