"""What a line says of itself by its words alone: a number, 篇（章）, a place in a table of contents.

Many files have no heading styles at all: the clerk types 第八章 网络安全保障篇 and makes it bold.
"""

from __future__ import annotations

from govit.base.patterns import regex
from govit.documents.ordinals import CHAPTER, Ordinal, bare_chapter, ordinal

LONGEST = 60
"""A longer line is a sentence, whatever it begins with."""

_ENDINGS = ("篇", "（章）", "(章)", "篇章", "专章")
"""A bold line that calls itself a chapter needs no number; a bare 章 may be a seal (印章)."""
_STOPS = frozenset("。；;，,！!？?、")
"""No heading ends so."""
_FRONTS = frozenset(
    (
        "前言",
        "引言",
        "绪论",
        "序言",
        "序",
        "摘要",
        "概述",
        "综述",
        "总论",
        "总则",
        "目录",
        "目次",
        "说明",
        "编制说明",
        "结论",
    ),
)
_CONTENTS_TITLES = frozenset(("目录", "目次", "目錄", "总目录", "contents", "tableofcontents"))
_LONGEST_TITLE = 20
_LEADERS = " \t.．·。…⋯-—–_－＿"
REPORTS = ("报告", "方案", "设计", "建议书")
_ANNEX = regex(r"附\s?[件录錄]\s?[一二三四五六七八九十\dA-Z]{0,3}(?:\s|[:：、.．]|$)")

_HEAD = regex(r"([^。；;：:]{1,60})[。；;：:]")

_DOTS = regex(r"\s*[)）]?[\divxIVX]{1,5}[(（]?\s*(?:[.．·。]{3}|[…⋯]|[-—_－＿]{4}|(?<=\s)[.．·](?:\s[.．·]){2})")
"""Read from the end, as the next: 3 ...... 论总."""
_LAST = frozenset("0123456789ivxIVX)） \t")
_TABBED = regex(r"\s*[\divxIVX]{1,4}[^\S\t]*\t\s*\S")


def is_line(text: str) -> bool:
    """Tell a line that may be a heading from a sentence."""
    return bool(text) and len(text) <= LONGEST and text[-1] not in _STOPS


def number_of(text: str) -> Ordinal | None:
    """Give the number that a line bears; one that calls itself 篇（章） needs none."""
    if not is_line(text):
        return None
    number = ordinal(text)
    if number is None and text.endswith(_ENDINGS):
        return Ordinal(CHAPTER, 0)
    return number


def is_front(text: str) -> bool:
    """Tell what stands in front of the chapters, or among them without a number: it is not the title."""
    return "".join(text.split()) in _FRONTS


def is_annex(text: str) -> bool:
    """Tell a line that begins an annex: 附件2, 附录A 术语, 附件：管理办法."""
    return text[:1] == "附" and is_line(text) and _ANNEX.match(text) is not None


def is_report(text: str) -> bool:
    """Tell whether an annex bears the name of a report: 附件1 with the name of the report is what the file is about."""
    return any(name in text for name in REPORTS)


def is_bare_number(text: str) -> bool:
    """Tell 第七章 with nothing behind it: its name may stand on the next line."""
    return len(text) <= LONGEST and text[:1] == "第" and bare_chapter(text)


def is_contents_title(text: str) -> bool:
    """Tell the title of a table of contents (目录)."""
    return len(text) <= _LONGEST_TITLE and "".join(text.split()).casefold().strip("【】[]") in _CONTENTS_TITLES


def without_page(text: str) -> str:
    """Take leaders and page number off an entry of a table of contents."""
    whole = text.rstrip(_LEADERS + ")）")
    bare = whole.rstrip("0123456789")
    return " ".join((bare.rstrip("(（").rstrip(_LEADERS) if bare != whole else text).split())


def first_words(text: str) -> str:
    """Give the numbered words in front of a text that runs on behind them: 七、网络安全：系统…… has 七、网络安全."""
    if ordinal(text[:LONGEST]) is None:
        return ""
    head = _HEAD.match(text[: LONGEST + 1])
    return head[1] if head else ""


def is_contents_line(text: str) -> bool:
    """Tell a line of a typed table of contents: dot leaders or a tab, then a page number."""
    if has_leaders(text):
        return True
    if "\t" not in text or len(text) > 2 * LONGEST or _TABBED.match(text[::-1]) is None:
        return False
    return number_of(" ".join(text.split()[:-1])) is not None


def has_leaders(text: str) -> bool:
    """Tell a line that ends in dot leaders (前导符) and a page number."""
    if len(text) > 2 * LONGEST or text[-1:] not in _LAST:
        return False
    return _DOTS.match(text[::-1]) is not None
