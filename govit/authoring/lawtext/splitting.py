"""拆分：the lines of a law become articles, paragraphs, items and sentences, as they are printed.

What a scan, a page break or a slip of the printer did to the text is named, and mended only where nothing but layout is
lost: blanks, lines that were cut, hyphens before items, stray marks, page numbers. Every letter of the law stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govit.authoring.lawtext.clues import clues
from govit.authoring.lawtext.pages import BAR
from govit.authoring.lawtext.sentences import ended, sentences
from govit.base.records import record, replace
from govit.base.width import width
from govit.documents.numerals import chinese

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from govit.authoring.lawtext.pages import PageLine

_DIGITS = "一二三四五六七八九十百零〇"
_ARTICLE = re.compile(rf"第[{_DIGITS}]+条")
_REFERRED = re.compile(rf"第[{_DIGITS}]+条(?:第|规定|的|所|、|和|至|或|及|以)")
"""How a line begins that goes on with a reference to an article."""
_HEAD = re.compile(rf"(第[{_DIGITS}]+[章节编])([^。；：，]{{0,30}})")
_ITEM = re.compile(rf"[（(]([{_DIGITS}]+)[)）]")
_PAGE_NUMBER = re.compile(r"[-—－–·]*\d{1,3}[-—－–·]*|第\d{1,3}页(?:[共/]\d{1,3}页?)?")
_MARKUP = re.compile(r"\[bookmark:[^\]]{0,200}\]|</?[a-zA-Z][^>]{0,60}>")
_HYPHEN = re.compile(rf"(?<![-—－])[-—－]+(?=[（(][{_DIGITS}]+[)）])")
_BLANK = re.compile(r"\s+")
_DOUBLED = re.compile(r"([\u4e00-\u9fff])[、，]")
_WRAPPED = 0.4
"""The share of lines that end in the middle of a sentence, from which on a text is one of lines and not of paragraphs."""
_FULL = 2
"""So many columns shorter than the usual line a full one may be."""
_SHOWN = 14


@record
class LawSentence:
    """一句：with the number of its paragraph, and of its item where it stands in one."""

    text: str
    paragraph: int
    item: str
    section: int
    """Of an item that has several paragraphs: which one; else 0."""
    place: str


@record
class LawArticle:
    """一条：`mark` is 前 or 后 where its number is printed twice; `chapter` is given by the first of each."""

    number: str
    mark: str
    chapter: str
    sentences: tuple[LawSentence, ...]
    place: str

    @property
    def cite(self) -> str:
        """第十四条（后）."""
        return f"{self.number}（{self.mark}）" if self.mark else self.number

    @property
    def text(self) -> str:
        """The article without its number."""
        return "".join(sentence.text for sentence in self.sentences)

    def cite_of(self, sentence: LawSentence) -> str:
        """第十四条第二款（三）; the paragraph is left out where there is one alone."""
        several = len({one.paragraph for one in self.sentences}) > 1
        paragraph = f"第{chinese(sentence.paragraph)}款" if several else ""
        section = f"第{chinese(sentence.section)}段" if sentence.section else ""
        return f"{self.cite}{paragraph}{f'（{sentence.item}）' if sentence.item else ''}{section}"


@record
class Oddity:
    """原文的毛病：where it stands, what is odd, and what was done."""

    where: str
    what: str
    done: str


@record
class LawText:
    """一部办法的文本."""

    opening: tuple[PageLine, ...]
    """What stands before the first chapter: the notice, the title."""
    articles: tuple[LawArticle, ...]
    closing: tuple[PageLine, ...]
    """What stands behind the last article."""
    oddities: tuple[Oddity, ...]


def split(lines: Iterable[PageLine]) -> LawText:
    """The law that lines print."""
    return _Splitter(tuple(lines)).law()


class _Paragraph:
    """一段, put together from its lines."""

    def __init__(self, line: PageLine) -> None:
        self.text = line.text
        self.place = line.place


class _Splitter:
    def __init__(self, lines: Sequence[PageLine]) -> None:
        self.oddities: list[Oddity] = []
        self.lines = tuple(self._clean(lines))
        starts = [n for n, line in enumerate(self.lines) if _ARTICLE.match(line.text)]
        self.full = _full_line(self.lines[starts[0] : starts[-1]]) if starts else 0

    def law(self) -> LawText:
        """Opening, articles, closing."""
        starts = [n for n, line in enumerate(self.lines) if _ARTICLE.match(line.text)]
        first = starts[0] if starts else len(self.lines)
        begin = first
        while begin and _HEAD.fullmatch(self.lines[begin - 1].text):
            begin -= 1
        end = self._end(starts[-1]) if starts else first
        articles = _marked(self._articles(self._paragraphs(self.lines[begin:end])))
        self._numbering(articles)
        return LawText(self.lines[:begin], articles, self.lines[end:], tuple(self.oddities))

    def _odd(self, where: str, what: str, done: str) -> None:
        self.oddities.append(Oddity(where, what, done))

    def _clean(self, lines: Sequence[PageLine]) -> Iterator[PageLine]:
        """The lines without blanks, stray marks and page numbers; what is empty then is left out."""
        for line in lines:
            text = _BLANK.sub("", line.text)
            for pattern, what in ((_MARKUP, "杂入的标记“{}”"), (_HYPHEN, "项号前多出的“{}”")):
                for found in dict.fromkeys(pattern.findall(text)):
                    self._odd(line.place, what.format(found), "删去")
                text = pattern.sub("", text)
            if text and _PAGE_NUMBER.fullmatch(text):
                self._odd(line.place, f"夹在文中的页码“{text}”", "删去")
            elif text:
                yield replace(line, text=text)

    def _end(self, last: int) -> int:
        """Where the last article ends: at what is sent along, or at names and dates that are no sentence."""
        closing = tuple(clues()["closing"])
        for n in range(last + 1, len(self.lines)):
            text = self.lines[n].text
            ends = ended(self.lines[n - 1].text)
            if text.startswith(closing) or (ends and not ended(self._rest_of(n)) and not _ITEM.match(text)):
                return n
        return len(self.lines)

    def _rest_of(self, n: int) -> str:
        """The last line of what begins with a line, and goes on while lines are full."""
        while n + 1 < len(self.lines) and not ended(self.lines[n].text) and self._is_full(self.lines[n].text):
            n += 1
        return self.lines[n].text

    def _is_full(self, text: str) -> bool:
        return bool(self.full) and width(text) >= self.full - _FULL

    # -- paragraphs ------------------------------------------------------------------------------------

    def _paragraphs(self, lines: Sequence[PageLine]) -> list[_Paragraph]:
        found: list[_Paragraph] = []
        before = ""
        for line in lines:
            if found and not self._begins(line.text, found[-1].text, before):
                if not self.full:
                    self._odd(line.place, f"“…{found[-1].text[-_SHOWN:]}”在这里断开，疑为换页", "与上一行接合")
                found[-1].text += line.text
            else:
                if self._doubtful(line.text, before):
                    self._odd(
                        line.place,
                        f"上一行恰好以“{before[-_SHOWN:]}”写满，是否另起一款不能确定",
                        "另起一款，请对照原件",
                    )
                found.append(_Paragraph(line))
            before = line.text
        if self.full:
            self._odd("全文", "句子在行末断开（逐行排版）", "按标点和行长接合")
        return found

    def _begins(self, text: str, paragraph: str, before: str) -> bool:
        """Whether a line begins something of its own, after the paragraph so far and the line before it."""
        if _HEAD.fullmatch(text) or _HEAD.fullmatch(paragraph):
            return True
        if _ARTICLE.match(text) and not (_REFERRED.match(text) and not ended(before)):
            return True
        return ended(before)

    def _doubtful(self, text: str, before: str) -> bool:
        """Whether it may only seem that a paragraph ends: its last line is as good as full."""
        begins = _ITEM.match(text) or _ARTICLE.match(text) or _HEAD.fullmatch(text)
        return ended(before) and before.endswith("。") and self._is_full(before) and not begins

    # -- articles --------------------------------------------------------------------------------------

    def _articles(self, paragraphs: Sequence[_Paragraph]) -> list[LawArticle]:
        found: list[LawArticle] = []
        held: list[_Paragraph] = []
        chapter = ahead = ""
        for one in paragraphs:
            head = _HEAD.fullmatch(one.text)
            if head and not _ARTICLE.match(one.text):
                ahead = f"{ahead} {head[1]} {head[2]}".strip()
            elif _ARTICLE.match(one.text):
                found += self._article(held, chapter)
                held, chapter, ahead = [one], ahead, ""
            else:
                held.append(one)
        return [*found, *self._article(held, chapter)]

    def _article(self, paragraphs: Sequence[_Paragraph], chapter: str) -> list[LawArticle]:
        """The article of some paragraphs; none where there is nothing but its number."""
        start = _ARTICLE.match(paragraphs[0].text) if paragraphs else None
        number = start[0] if start else ""
        if [one.text for one in paragraphs] in ([], [number]):
            if paragraphs:
                self._odd(paragraphs[0].place, f"{number}只有条号，没有内容", "没有写入，请对照原件")
            return []
        texts = [one.text.removeprefix(number) if n == 0 else one.text for n, one in enumerate(paragraphs)]
        if any(BAR in text for text in texts):
            self._odd(number, "条文里有表格", f"每行写成一句，格与格之间用“{BAR}”，请对照原件")
        for n, (text, one) in enumerate(zip(texts, paragraphs, strict=True)):
            self._look_at(number, text, one.place, first=n == 0)
        found = [
            LawSentence(sentence, at.paragraph, item, at.section, one.place)
            for text, one, at in zip(texts, paragraphs, _standing(texts), strict=True)
            for sentence, item in _with_items(sentences(text), at.item)
        ]
        return [LawArticle(number, "", chapter, tuple(found), paragraphs[0].place)]

    def _look_at(self, number: str, text: str, place: str, *, first: bool) -> None:
        """Name what no printer meant."""
        doubled = None if first else _DOUBLED.match(text)
        if doubled:
            self._odd(f"{number}，{place}", f"一段以“{doubled[0]}”开头，疑为换页时断开或重复", "照印，请对照原件")
        if not ended(text):
            self._odd(f"{number}，{place}", f"一段以“{text[-_SHOWN:]}”结束，没有句末标点", "照印，请对照原件")

    def _numbering(self, articles: Sequence[LawArticle]) -> None:
        """Name numbers that are left out, printed twice or out of order."""
        before = 0
        for article in articles:
            expected = f"第{chinese(before + 1)}条"
            number = _value(article.number, before + 1)
            again = bool(article.mark) and number == before
            if article.mark and not again:
                times = sum(1 for one in articles if one.number == article.number)
                marks = "、".join(f"（{one.mark}）" for one in articles if one.number == article.number)
                self._odd(article.number, f"条号印了{_TIMES.get(times) or chinese(times)}次", f"分别引作{marks}")
            if not again and number > before + 1:
                lacking = "、".join(f"第{chinese(n)}条" for n in range(before + 1, number))
                self._odd(article.number, f"前面没有{lacking}", "照印；请查原件是漏印还是误编")
            elif not again and number <= before:
                self._odd(article.number, f"条号应当是{expected}，次序不对", "照印，请对照原件")
            before = max(before, number)


@record
class _Standing:
    """Where a paragraph stands in its article."""

    paragraph: int
    item: str
    section: int


def _standing(texts: Sequence[str]) -> Iterator[_Standing]:
    """The number of each paragraph, its item, and of an item that goes on in further paragraphs which of these it is."""
    items = [found[1] if (found := _ITEM.match(text)) else "" for text in texts]
    within = [bool(item) for item in items]
    for n, item in enumerate(items):
        after = next((one for one in items[n + 1 :] if one), "")
        before = next((one for one in reversed(items[:n]) if one), "")
        within[n] = bool(item) or (bool(before) and _follows(after, before))
    paragraph, current, section = 0, "", 0
    for n, item in enumerate(items):
        if (not within[n] and BAR not in texts[n]) or not paragraph:
            paragraph += 1
        current = item or (current if within[n] else "")
        goes_on = n + 1 < len(items) and within[n + 1] and not items[n + 1]
        section = 1 if item and goes_on else section + 1 if current and not item else 0
        yield _Standing(paragraph, current, section)


def _follows(item: str, before: str) -> bool:
    """Whether an item is the next of its list."""
    return bool(item) and item == chinese(next((n for n in range(1, _MOST) if chinese(n) == before), 0) + 1)


def _with_items(found: Sequence[str], item: str) -> Iterator[tuple[str, str]]:
    """The sentences of a paragraph, each with its item, which may begin inside."""
    for sentence in found:
        inner = _ITEM.match(sentence)
        item = inner[1] if inner else item
        yield sentence, item


def _full_line(lines: Sequence[PageLine]) -> int:
    """The width of the lines of a text that is printed line by line, 0 where each line is a paragraph."""
    texts = [line.text for line in lines if not _HEAD.fullmatch(line.text)]
    open_ends = [width(text) for text in texts if not ended(text)]
    if len(texts) < _FEWEST or len(open_ends) < _WRAPPED * len(texts):
        return 0
    return sorted(open_ends)[len(open_ends) * 3 // 4]


_TIMES = {2: "两"}
_TWICE = ("前", "后")
_FEWEST = 20
"""Lines by which a text is known to be printed line by line."""


def _marked(articles: Sequence[LawArticle]) -> tuple[LawArticle, ...]:
    """The articles, those whose number is printed twice told apart as 前 and 后, more often as 其一, 其二, 其三."""
    numbers = [article.number for article in articles]
    found = []
    for n, article in enumerate(articles):
        times, before = numbers.count(article.number), numbers[:n].count(article.number)
        marks = _TWICE if times == len(_TWICE) else tuple(f"其{chinese(k + 1)}" for k in range(times))
        found.append(replace(article, mark=marks[before] if times > 1 else ""))
    return tuple(found)


def _value(number: str, near: int) -> int:
    """What an article number counts, 0 for one that is written in no usual way."""
    return next((n for n in (near, *range(1, _MOST)) if number == f"第{chinese(n)}条"), 0)


_MOST = 1000
