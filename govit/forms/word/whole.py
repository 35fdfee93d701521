"""完整的文件：whether Word opens a file — every part it names is there and is what it is said to be. Pure.

Word refuses a file in which one reference leads nowhere, and says only that it is damaged. A template that was saved by
another program or taken apart by hand may be so; what is written is looked at in the same way before it is put in place.
"""

from __future__ import annotations

import posixpath
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote

from govit.forms.word.parts import TYPES, R, main_part, parsed, relations, rels_of
from govit.forms.word.tags import Slip, W
from govit.forms.zipped import CONTENT_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from lxml.etree import _Element as Element

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_MAIN = (f"{_WORD}document.main+xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
_KINDS = {
    kind: f"{_WORD}{kind}+xml"
    for kind in (
        "styles",
        "numbering",
        "settings",
        "header",
        "footer",
        "footnotes",
        "endnotes",
        "comments",
        "fontTable",
    )
}
"""What a part must be typed as that is related so; of other kinds Word is not so strict."""
_SAVE_AGAIN = "用 Word 或 WPS 打开，另存为 docx；打不开的，换一份完好的文件"
_MOST_TOLD = 20
_NONE: Mapping[bytes, Element] = {}


def flaws(parts: Mapping[str, bytes], trees: Mapping[bytes, Element] = _NONE) -> list[Slip]:
    """Everything for which Word would call the file damaged. `trees` are those that parts were written from."""
    told = dict.fromkeys(_flaws(parts, trees))
    return [Slip("整个文件", "", what, _SAVE_AGAIN) for what in list(told)[:_MOST_TOLD]]


def _flaws(parts: Mapping[str, bytes], trees: Mapping[bytes, Element]) -> Iterator[str]:
    kinds = _kinds(parts)
    if kinds is None:
        yield f"部件类型表 {CONTENT_TYPES} 不是完整的 XML"
        return
    main = main_part(parts)
    if kinds(main) not in _MAIN:
        yield f"部件类型表里，{main} 的类型不是 Word 文档（{kinds(main) or '没有写'}）"
    there = {name.casefold(): name for name in parts}
    for owner in ("", *(name for name in parts if not name.endswith(".rels"))):
        rels = parts.get(rels_of(owner))
        if rels is not None and parsed(rels) is None:
            yield f"部件 {rels_of(owner)} 读不出来"
        for _, kind, target, outside in relations(parts, owner):
            if not outside and kind != "hyperlink":
                yield from _led_to(
                    parts, there.get(unquote(target).casefold()), kinds, f"{owner or '文件'} 提到的部件 {target}", kind
                )
    body = trees.get(parts[main])
    yield from _unanswered(parsed(parts[main]) if body is None else body, relations(parts, main))


def _led_to(parts: Mapping[str, bytes], name: str | None, kinds: _Kinds, shown: str, kind: str) -> Iterator[str]:
    """What is wrong with a part that another refers to."""
    if name is None:
        yield f"{shown} 不在文件里"
    elif not kinds(name) or (kind in _KINDS and kinds(name) != _KINDS[kind]):
        yield f"{shown} 在部件类型表里的类型不对（{kinds(name) or '没有写'}）"
    elif kind in _KINDS and not _readable(parts[name]):
        yield f"{shown} 读不出来，不是完整的 XML"


@lru_cache(maxsize=16)
def _readable(part: bytes) -> bool:
    """Whether a part is XML of Word; most parts are the template's, and the same in all that is made from it."""
    return parsed(part) is not None


def _kinds(parts: Mapping[str, bytes]) -> _Kinds | None:
    root = parsed(parts[CONTENT_TYPES])
    if root is None:
        return None
    found = _Kinds()
    for one in root:
        kind = one.get("ContentType") or ""
        if one.tag == f"{TYPES}Default":
            found.by_ending[(one.get("Extension") or "").casefold()] = kind
        elif one.tag == f"{TYPES}Override":
            found.by_name[(one.get("PartName") or "").lstrip("/").casefold()] = kind
    return found


class _Kinds:
    """The type of each part: its own, or that of its ending."""

    def __init__(self) -> None:
        self.by_ending: dict[str, str] = {}
        self.by_name: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        folded = name.casefold()
        return self.by_name.get(folded) or self.by_ending.get(posixpath.splitext(folded)[1][1:], "")


def _unanswered(body: Element | None, answers: Iterable[tuple[str, str, str, bool]]) -> Iterator[str]:
    """References of the body to a header, a picture or the like that no relationship answers."""
    if body is None:
        return
    known = {own for own, _, _, _ in answers}
    for element in body.iter(f"{W}headerReference", f"{W}footerReference", f"{W}hyperlink"):
        wanted = element.get(f"{{{R}}}id")
        if wanted is not None and wanted not in known:
            yield f"正文里的引用 {wanted} 没有对应的部件"
