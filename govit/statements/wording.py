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
from govit.statements.amounts import in_one_width, plain
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
_CLAUSE_END = regex(r"[，,]")
_COUNTED = "套台个项块路颗核万元"
_QUOTED = regex(r"“[^”“]{0,200}”|《[^》《]{0,200}》|「[^」「]{0,200}」")
_NO_REASON = "；govit.yaml 的 wording 里有这个词，没有写 silenced（不提示的理由），所以仍然提示"
MOST_PLACES = 3
LONGEST_SHOWN = 40


@record
class Product:
    """一个词 with its other names: as they are written, and as they are looked for."""

    names: tuple[str, ...]
    plain: tuple[str, ...]
    closed: tuple[str, ...]
    """Without blanks: what the first look needs."""


@record
class WordGroup:
    """一类用词."""

    name: str
    words: tuple[Product, ...]
    beside: tuple[str, ...]
    """Of which the clause with the word must have one; () if none is asked for."""
    ahead: tuple[str, ...]
    """Of which one before the word does as well, if the clause has one of the things or a version follows the word."""
    things: tuple[str, ...]
    without: tuple[str, ...]
    """Of which neither the sentence nor the row may have one."""
    aside: tuple[str, ...]
    """Which hold one of these but mean nothing by it: 不 of 不含税."""
    headed: tuple[str, ...]
    """Of which neither the heading, nor the line that leads to a list or a table, nor the header row may have one."""
    columns: tuple[str, ...]
    """Of which the header row of a table of purchases has one."""
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
    words = tuple(_product(names) for names in listed)
    keys = ("with", "before", "things", "without", "aside", "above", "columns")
    lists = {key: tuple(given[key].text.lower().split()) if key in given else () for key in keys}
    return WordGroup(
        name,
        words,
        beside=lists["with"],
        ahead=lists["before"],
        things=lists["things"],
        without=lists["without"],
        aside=lists["aside"],
        headed=lists["above"],
        columns=lists["columns"],
        says=given["says"].text,
        hint=given["hint"].text,
        mild="mild" in given,
    )


def _product(names: tuple[str, ...]) -> Product:
    return Product(names, tuple(map(_plain, names)), tuple(map(_closed, names)))


def questionable(
    path: str, content: Content, passages: Sequence[Passage], notes: Sequence[WordNote]
) -> Iterator[Disagreement]:
    """Each word of a report that is worth asking about, with the first places where it stands."""
    whole = _closed("\n".join(one.text for one in passages))
    asked = [
        (group, product)
        for group in word_groups()
        for product in _words_of(group, notes)
        if any(word in whole for word in product.closed)
    ]
    if not asked:
        return
    used: list[list[_Used]] = [[] for _ in asked]
    for line in with_sections(content.headings, passages):
        closed = _closed(line.passage.text)
        here = [at for at, (_, product) in enumerate(asked) if any(word in closed for word in product.closed)]
        sentences = _sentences(line.passage.text) if here else ()
        for at in here:
            used[at] += _uses(*asked[at], line, sentences)
    for (group, product), uses in zip(asked, used, strict=True):
        if uses:
            yield _alarm(path, group, product, uses, notes)


def _sentences(text: str) -> tuple[tuple[str, str], ...]:
    """The sentences of a line without what is quoted, as they are written and as they are looked into."""
    return tuple((one, _plain(one)) for one in _SENTENCE_END.split(_QUOTED.sub("", text)))


def _words_of(group: WordGroup, notes: Sequence[WordNote]) -> tuple[Product, ...]:
    """The words of a group, those that the dossier adds among them."""
    known = {word for one in word_groups() for product in one.words for word in product.plain}
    more = [note.word for note in notes if note.word and note.group == group.name and not note.silenced]
    more = [word for word in more if _plain(word) not in known]
    return (*group.words, *(_product((word,)) for word in more))


def _closed(text: str) -> str:
    """A text without blanks in small letters of one width: all that the first look needs, since most reports have none of the words."""
    return in_one_width("".join(text.split())).lower()


def _plain(text: str) -> str:
    """A text in small letters of one width, its blanks single."""
    return " ".join((text if text.isascii() else unicodedata.normalize("NFKC", text)).lower().split())


def _uses(
    group: WordGroup, product: Product, line: LineInSection, sentences: Sequence[tuple[str, str]]
) -> Iterator[_Used]:
    """The sentences of a line in which a product is meant to be bought, or a word means what is asked about."""
    if line.section.elsewhere or _is_below_others(group, line) or (line.row and not _lists_purchases(group, line)):
        return
    for sentence, text in sentences:
        for word, sought in zip(product.names, product.plain, strict=True):
            rest = _without_word(sought, text)
            if rest is not None and _counts(group, rest, line):
                yield _Used(word, line.passage, line.section, " ".join(sentence.split()))
                break


def _is_below_others(group: WordGroup, line: LineInSection) -> bool:
    """Whether what stands above a line says that it speaks of what is there already, of a source, or of others."""
    heading = line.section.heading
    over = (heading.text if heading else "", line.lead, *line.header)
    return any(has(text, group.headed) for text in over)


def _lists_purchases(group: WordGroup, line: LineInSection) -> bool:
    """Whether a row of a table has a number by itself and a header such as rows of what is to be bought have."""
    if group.columns and not any(has(cell, group.columns) for cell in line.header):
        return False
    return any(plain(cell).rstrip(_COUNTED).replace(",", "").replace(".", "", 1).isdigit() for cell in line.row)


def _without_word(word: str, text: str) -> tuple[str, str] | None:
    """What stands before and behind in a text in which a word stands by itself: Intel not in intelligent, DB2 not in HDB2. None where it does not."""
    for sought in dict.fromkeys((word, word.replace(" ", ""))):
        at = text.find(sought)
        while at >= 0:
            end = at + len(sought)
            if not (_goes_on(text[at - 1 : at], sought[0], digits=True) or _goes_on(text[end : end + 1], sought[-1])):
                return text[:at], text[end:]
            at = text.find(sought, at + 1)
    return None


def _goes_on(beside: str, edge: str, *, digits: bool = False) -> bool:
    """Whether what stands beside a word belongs to it; a version may follow: Oracle19c."""
    return edge.isascii() and beside.isascii() and (beside.isalnum() if digits else beside.isalpha())


def _counts(group: WordGroup, rest: tuple[str, str], line: LineInSection) -> bool:
    """Whether what stands around a word, in its sentence or row, lets it mean what is asked about."""
    before, after = rest
    if _has(f"{_plain(''.join(line.row))} {before} {after}", group.without, group.aside):
        return False
    if line.row or not group.beside:
        return True
    ahead, behind = _CLAUSE_END.split(before)[-1], _CLAUSE_END.split(after)[0]
    if _has(ahead + behind, group.beside):
        return True
    return _has(ahead, group.ahead) and (behind.lstrip()[:1].isdigit() or _has(ahead + behind, group.things))


def _has(text: str, listed: Sequence[str], aside: Sequence[str] = ()) -> bool:
    """Whether a text has one of the words, blanks and what means nothing by it put aside."""
    closed = text.replace(" ", "")
    for word in aside:
        closed = closed.replace(word, "")
    return has(closed, listed)


def _alarm(
    path: str, group: WordGroup, product: Product, used: Sequence[_Used], notes: Sequence[WordNote]
) -> Disagreement:
    first = used[0]
    shown = first.sentence if len(first.sentence) <= LONGEST_SHOWN else f"{first.sentence[:LONGEST_SHOWN]}…"
    places = "、".join(dict.fromkeys(where(one.place) for one in used[:MOST_PLACES]))
    more = f"等 {len(used)} 处" if len(used) > MOST_PLACES else ""
    message = f"{places}{more}{group.says.format(first.word)}：{shown}"
    of_it = [note for note in notes if _plain(note.word or "") in product.plain]
    silenced = next((note.silenced for note in of_it if note.silenced), "")
    hint = group.hint + (_NO_REASON if of_it and not silenced and product in group.words else "")
    return Disagreement(
        WORDING,
        path,
        product.names[0],
        message,
        hint,
        first.place,
        first.section,
        asked_by=group.name,
        mild=group.mild,
        silenced=silenced,
    )
