"""对照：a pack held against the text of its law, character by character: what it leaves out, adds or mistypes, and where.

Blanks are not looked at, nor what the splitting of the text takes for layout; what the pack declares as `mended` is read
as the pack reads it.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from govit.authoring.lawtext.heading import heading_of
from govit.base.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.authoring.lawtext.pages import PageLine
    from govit.authoring.lawtext.splitting import LawArticle, LawText
    from govit.law.regulation import Article, Regulation, Sentence

_BLANK = re.compile(r"\s+")
_CONTEXT = 10
_LONGEST = 60
"""Characters that are shown of what differs."""


@record
class TextDifference:
    """一处不同：in which article, on which line of the pack, where in the text, and both wordings."""

    cite: str
    line: int
    """Of the pack, 0 where it has nothing there."""
    place: str
    """In the text, '' where it has nothing there."""
    what: str
    law: str
    pack: str


def differences(regulation: Regulation, law: LawText, lines: Sequence[PageLine]) -> list[TextDifference]:
    """Every difference, in the order of the text."""
    return [
        *_of_heading(regulation, law),
        *_of_mended(regulation, lines),
        *_of_articles(regulation, law),
    ]


def render(regulation: Regulation, found: Sequence[TextDifference], source: str) -> str:
    """What the keeper of a pack reads."""
    sentences = sum(len(article.sentences) for article in regulation.articles)
    verdict = f"{len(found)} 处不同" if found else "逐字相同（不计空白和排版）"
    rows = [f"{regulation.id} 与 {source}：{len(regulation.articles)} 条 {sentences} 句，{verdict}"]
    for one in found:
        at = "，".join(
            filter(None, (f"办法第 {one.line} 行" if one.line else "", f"原文{one.place}" if one.place else ""))
        )
        rows += [f"  {one.cite}  {one.what}  {at}".rstrip(), f"    原文 {one.law}", f"    办法 {one.pack}"]
    return "\n".join(rows) + "\n"


def _of_heading(regulation: Regulation, law: LawText) -> Iterator[TextDifference]:
    """What the text says of itself, as far as it says it."""
    head = heading_of(law)
    for what, printed, written in (
        ("名称", head.title, regulation.title),
        ("文号", head.number, regulation.document_number),
        ("印发日期", f"{head.issued or ''}", f"{regulation.issued or ''}"),
        ("施行日期", f"{head.effective_from or ''}", f"{regulation.effective_from or ''}"),
        ("有效期最后一天", f"{head.effective_to or ''}", f"{regulation.effective_to or ''}"),
    ):
        if printed and _flat(printed) != _flat(written):
            yield TextDifference("题头", 1, "", what, printed, written or "（没有写）")


def _of_mended(regulation: Regulation, lines: Sequence[PageLine]) -> Iterator[TextDifference]:
    """What a pack says that it mends must be printed so."""
    text = _flat("".join(line.text for line in lines))
    for one in regulation.mended:
        if _flat(one.printed) not in text:
            yield TextDifference(one.article, 0, "", "mended 说印成这样，原文不是", "（没有这几个字）", one.printed)


def _of_articles(regulation: Regulation, law: LawText) -> Iterator[TextDifference]:
    ours, theirs = list(regulation.articles), list(law.articles)
    matched = SequenceMatcher(None, [a.cite for a in theirs], [a.cite for a in ours], autojunk=False)
    for how, a, b, c, d in matched.get_opcodes():
        if how == "equal":
            for article, own in zip(theirs[a:b], ours[c:d], strict=True):
                yield from _of_article(regulation, article, own)
            continue
        for article in theirs[a:b]:
            shown = _cut(article.text)
            yield TextDifference(article.cite, 0, article.place, "办法里没有这一条", shown, "（没有）")
        for own in ours[c:d]:
            yield TextDifference(own.cite, _line(own, 0), "", "原文没有这一条", "（没有）", _cut(own.text))


def _of_article(regulation: Regulation, article: LawArticle, own: Article) -> Iterator[TextDifference]:
    if _flat(article.chapter) != _flat(own.chapter):
        law, pack = (chapter or "（没有写）" for chapter in (article.chapter, own.chapter))
        yield TextDifference(own.cite, _line(own, 0), article.place, "章名不同", law, pack)
    printed, written = article.text, _flat(own.text)
    for one in regulation.mended:
        printed = printed.replace(_flat(one.printed), _flat(one.reads))
    for how, a, b, c, d in SequenceMatcher(None, printed, written, autojunk=False).get_opcodes():
        if how != "equal":
            what = {"delete": "漏了", "insert": "多了", "replace": "不同"}[how]
            place = _place(article, a)
            yield TextDifference(
                _cite(own, c), _line(own, c), place, what, _shown(printed, a, b), _shown(written, c, d)
            )


def _shown(text: str, begin: int, end: int) -> str:
    """What differs, in brackets, with a few characters around it."""
    before, after = text[max(begin - _CONTEXT, 0) : begin], text[end : end + _CONTEXT]
    return f"{'…' if begin > _CONTEXT else ''}{before}【{_cut(text[begin:end])}】{after}{'…' if end + _CONTEXT < len(text) else ''}"


def _cut(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…（共 {len(text)} 字）"


def _cite(own: Article, at: int) -> str:
    return next((s.cite for s, _, end in _spans(own) if at < end), own.sentences[-1].cite)


def _line(own: Article, at: int) -> int:
    """The line of the pack on which the sentence stands that has a character."""
    return next((s.line for s, _, end in _spans(own) if at < end), own.sentences[-1].line)


def _spans(own: Article) -> Iterator[tuple[Sentence, int, int]]:
    begin = 0
    for sentence in own.sentences:
        end = begin + len(_flat(sentence.text))
        yield sentence, begin, end
        begin = end


def _place(article: LawArticle, at: int) -> str:
    """Where the sentence of the text stands that has a character."""
    end = 0
    for sentence in article.sentences:
        end += len(sentence.text)
        if at < end:
            return sentence.place
    return article.sentences[-1].place if article.sentences else article.place


def _flat(text: str) -> str:
    return _BLANK.sub("", text)
