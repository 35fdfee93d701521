"""报告用词：products, brands and loose ends that a reviewer asks about, by words and the sentence in which they stand. Pure.

What speaks of the present state, of a replacement or of what must not be is left alone: a word that is left alone costs a question
less, one that is wrongly told of costs trust.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.patterns import regex
from govit.base.records import record
from govit.statements.amounts import plain
from govit.statements.disagreements import WORDING, Disagreement, where
from govit.statements.line_sections import with_sections
from govit.statements.words import has
from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from govit.documents.content import Content
    from govit.documents.passages import Passage
    from govit.dossier.model import WordNote
    from govit.statements.line_sections import LineInSection
    from govit.statements.sections import ReportSection
    from govit.yamltext.nodes import Node

_SENTENCE_END = regex(r"[。；！？\n]")
_WIDE = regex("[Ａ-Ｚａ-ｚ０-９]")
_COUNTED = "套台个项块路颗核万元"
_QUOTED = regex(r"“[^”“]{0,200}”|《[^》《]{0,200}》|「[^」「]{0,200}」")
MOST_PLACES = 3
LONGEST_SHOWN = 40


@record
class Product:
    """一个词 with its other names: as they are written, and as they are looked for."""

    names: tuple[str, ...]
    plain: tuple[str, ...]


@record
class WordGroup:
    """一类用词."""

    name: str
    words: tuple[Product, ...]
    beside: tuple[str, ...]
    """Of which the sentence must have one; () if none is asked for."""
    without: tuple[str, ...]
    says: str
    hint: str
    mild: bool


@record
class _Used:
    """A word where it is used."""

    word: str
    place: Passage
    section: ReportSection
    sentence: str


@cache
def word_groups() -> tuple[WordGroup, ...]:
    """The list that govit has."""
    root, _ = parse((Path(__file__).parent / "wording.yaml").read_text(encoding="utf-8"))
    return tuple(_group(name, node.entries) for name, node in root.entries.items())


def _group(name: str, given: Mapping[str, Node]) -> WordGroup:
    listed = (tuple(one.strip().split("/")) for one in given["words"].text.split(","))
    words = tuple(Product(names, tuple(map(_plain, names))) for names in listed)
    beside, without = (tuple(given[key].text.split()) if key in given else () for key in ("with", "without"))
    return WordGroup(name, words, beside, without, given["says"].text, given["hint"].text, mild="mild" in given)


def questionable(
    path: str, content: Content, passages: Sequence[Passage], notes: Sequence[WordNote]
) -> Iterator[Disagreement]:
    """Each word of a report that is worth asking about, with the first places where it stands."""
    whole = _closed("\n".join(one.text for one in passages))
    asked = [
        (group, product)
        for group in word_groups()
        for product in _words_of(group, notes)
        if any(word.replace(" ", "") in whole for word in product.plain)
    ]
    if not asked:
        return
    lines = list(with_sections(content.headings, passages))
    for group, product in asked:
        used = [use for line in lines for use in _uses(group, product, line)]
        if used:
            yield _alarm(path, group, product, used, notes)


def _words_of(group: WordGroup, notes: Sequence[WordNote]) -> tuple[Product, ...]:
    """The words of a group, those that the dossier adds among them."""
    known = {word for product in group.words for word in product.plain}
    more = [note.word for note in notes if note.word and note.group == group.name and _plain(note.word) not in known]
    return (*group.words, *(Product((word,), (_plain(word),)) for word in more))


def _closed(text: str) -> str:
    """A text without blanks in small letters of one width: all that the first look needs, since most reports have none of the words."""
    closed = "".join(text.split())
    return (unicodedata.normalize("NFKC", closed) if _WIDE.search(closed) else closed).lower()


def _plain(text: str) -> str:
    """A text in small letters of one width, its blanks single."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).lower().split())


def _uses(group: WordGroup, product: Product, line: LineInSection) -> Iterator[_Used]:
    """The sentences of a line in which a product is meant to be bought, or a word means what is asked about."""
    if line.section.elsewhere or (line.row and not _lists_purchases(line.row)):
        return
    for sentence in _SENTENCE_END.split(_QUOTED.sub("", line.passage.text)):
        text = _plain(sentence)
        for word, sought in zip(product.names, product.plain, strict=True):
            rest = _without_word(sought, text)
            if rest is not None and _counts(group, f"{_plain(''.join(line.row))} {rest}", in_table=bool(line.row)):
                yield _Used(word, line.passage, line.section, " ".join(sentence.split()))
                break


def _lists_purchases(row: Sequence[str]) -> bool:
    """Whether a row of a table has a number by itself, as rows of what is to be bought have."""
    return any(plain(cell).rstrip(_COUNTED).replace(",", "").replace(".", "", 1).isdigit() for cell in row)


def _without_word(word: str, text: str) -> str | None:
    """The rest of a text in which a word stands by itself: Intel not in intelligent, DB2 not in HDB2. None where it does not."""
    for sought in dict.fromkeys((word, word.replace(" ", ""))):
        at = text.find(sought)
        while at >= 0:
            end = at + len(sought)
            if not (_goes_on(text[at - 1 : at], sought[0], digits=True) or _goes_on(text[end : end + 1], sought[-1])):
                return text[:at] + text[end:]
            at = text.find(sought, at + 1)
    return None


def _goes_on(beside: str, edge: str, *, digits: bool = False) -> bool:
    """Whether what stands beside a word belongs to it; a version may follow: Oracle19c."""
    return edge.isascii() and beside.isascii() and (beside.isalnum() if digits else beside.isalpha())


def _counts(group: WordGroup, rest: str, *, in_table: bool) -> bool:
    """Whether the rest of a sentence or of a row lets the word mean what is asked about."""
    closed = rest.replace(" ", "")
    return (in_table or not group.beside or has(closed, group.beside)) and not has(closed, group.without)


def _alarm(
    path: str, group: WordGroup, product: Product, used: Sequence[_Used], notes: Sequence[WordNote]
) -> Disagreement:
    first = used[0]
    shown = first.sentence if len(first.sentence) <= LONGEST_SHOWN else f"{first.sentence[:LONGEST_SHOWN]}…"
    places = "、".join(dict.fromkeys(where(one.place) for one in used[:MOST_PLACES]))
    more = f"等 {len(used)} 处" if len(used) > MOST_PLACES else ""
    message = f"{places}{more}{group.says.format(first.word)}：{shown}"
    silenced = next((note.silenced for note in notes if note.silenced and _plain(note.word or "") in product.plain), None)
    return Disagreement(
        WORDING,
        path,
        product.names[0],
        message,
        group.hint,
        first.place,
        first.section,
        asked_by=group.name,
        mild=group.mild,
        silenced=silenced or "",
    )
