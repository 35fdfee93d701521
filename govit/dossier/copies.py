"""盖章件与原稿：a printed file (PDF, OFD) beside one of its kind that can still be edited has the same headings.

What was stamped and what lies beside it may be two versions. Only headings that are certain are compared, the two highest levels
by their names alone: numbers and spelling of numbers differ between programs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from govit.documents.names import bare_name, chapter_levels
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.documents.content import Content, Heading
    from govit.dossier.model import Document

MOST_TOLD = 6
FEWEST_SHARED = 0.3
"""Of the headings; with fewer the two files are no versions of one another."""


class _Pair(NamedTuple):
    """A printed file and the one that it is compared with."""

    printed: Document
    other: Document
    lacking: list[Heading]
    """In the other one, not in the printed one."""
    more: list[Heading]


def copies_that_differ(documents: Sequence[Document]) -> Iterator[tuple[str, Fault]]:
    """Each printed file whose headings differ from those of its like, with what differs."""
    for pair in _nearest_pairs(documents):
        if pair.printed.path is not None and (pair.lacking or pair.more):
            yield pair.printed.path, _fault(pair)


def versions(documents: Sequence[Document]) -> Iterator[tuple[Document, Document]]:
    """Each printed file with the one beside it that can be edited and is a version of it."""
    yield from ((pair.printed, pair.other) for pair in _nearest_pairs(documents))


def _nearest_pairs(documents: Sequence[Document]) -> Iterator[_Pair]:
    for document in documents:
        content = _content(document)
        if content is None or not content.printed or content.doubt or document.path is None:
            continue
        pairs = [pair for other in documents if (pair := _pair(document, content, other)) is not None]
        if pairs:
            yield min(pairs, key=lambda one: len(one.lacking) + len(one.more))


def _content(document: Document) -> Content | None:
    return document.reading.content if document.reading else None


def _pair(printed: Document, content: Content, other: Document) -> _Pair | None:
    theirs = _content(other)
    if theirs is None or theirs.printed or other.path is None or not set(printed.kinds) & set(other.kinds):
        return None
    if None not in (printed.date, other.date) and printed.date != other.date:
        return None
    mine, others = _chapters(content), _chapters(theirs)
    shared = mine.keys() & others.keys()
    if len(shared) < FEWEST_SHARED * max(len(mine), len(others), 1):
        return None
    all_mine, all_others = ({bare_name(one.text) for one in each.headings} for each in (content, theirs))
    lacking = [one for name, one in others.items() if name not in all_mine]
    more = [one for name, one in mine.items() if name not in all_others]
    return _Pair(printed, other, lacking, more)


def _chapters(content: Content) -> dict[str, Heading]:
    """The headings of the two highest levels, by their names."""
    levels = chapter_levels(content.headings)
    return {name: one for one in content.headings if one.level in levels and (name := bare_name(one.text))}


def _fault(pair: _Pair) -> Fault:
    printed, other = pair.printed.path, pair.other.path
    parts = []
    if pair.lacking:
        parts.append(f"《{other}》里有而盖章件里没有的标题：{_named(pair.lacking)}")
    if pair.more:
        parts.append(f"盖章件里有而《{other}》里没有的标题：{_named(pair.more)}")
    return Fault(
        "GOV-211",
        f"《{printed}》与同一种类的《{other}》标题不一致。{'；'.join(parts)}",
        hint="核对哪一份是报送的定稿：不是同一版的，换成同一版；两份本来不同的，在 documents 里各写 date",
        about=str(printed),
    )


def _named(headings: Sequence[Heading]) -> str:
    told = "、".join(f"“{one.text}”{_where(one)}" for one in headings[:MOST_TOLD])
    return told + (f" 等 {len(headings)} 个" if len(headings) > MOST_TOLD else "")


def _where(heading: Heading) -> str:
    if heading.page:
        return f"（第 {heading.page} 页）"
    return f"（第 {heading.paragraph} 段）" if heading.paragraph else f"（第 {heading.line} 行）" if heading.line else ""
