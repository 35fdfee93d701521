"""题头：what a law's text says of itself: title, document number, issuer, days, what it repeals; '' or None where it says nothing."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from govit.authoring.lawtext.clues import clues
from govit.base.records import record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.authoring.lawtext.splitting import LawText

_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,10}[〔\[［【]\d{4}[〕\]］】]第?\d+号")
_DAY = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_FROM = re.compile(r"自(\d{4})年(\d{1,2})月(\d{1,2})日起(?:施行|实施|执行)")
_AT_ONCE = re.compile(r"自(?:印发|发布|公布)之日起(?:施行|实施|执行)")
_UNTIL = re.compile(r"至(\d{4})年(\d{1,2})月(\d{1,2})日")
_YEARS = re.compile(r"(?:有效期|试行期?|暂行期?)(?:为)?([0-9]{1,2}|[一二两三四五六七八九十])年")
_BRACKETS = re.compile(r"[（(][^（）()]*[)）]$")
_DIGITS = "一二三四五六七八九十"
_SHORT = 8
"""Characters; what is as short and ends a title is the end of a title that goes over two lines."""


@record
class LawHeading:
    """题头."""

    title: str
    number: str
    issuer: str
    issued: dt.date | None
    effective_from: dt.date | None
    effective_to: dt.date | None
    draft: bool
    repeals: tuple[str, ...]


def heading_of(law: LawText) -> LawHeading:
    """What a law says of itself."""
    opening = [line.text for line in law.opening]
    closing = [line.text for line in law.closing]
    title = _title(opening)
    issuer, issued = _signature(opening) or _signature(closing) or ("", None)
    sentences = [sentence.text for article in law.articles for sentence in article.sentences]
    begins, ends = validity_of(sentences, issued)
    return LawHeading(
        title=title,
        number=next(iter(_numbers(opening)), ""),
        issuer=issuer,
        issued=issued,
        effective_from=begins,
        effective_to=ends,
        draft=begins is None or any(word in title for word in clues()["draft"]),
        repeals=tuple(number for text in sentences if "废止" in text for number in _NUMBER.findall(text)),
    )


def _numbers(lines: Sequence[str]) -> Iterator[str]:
    """Document numbers that stand on lines of their own: others are those of what the notice refers to."""
    yield from (part for line in lines for part in _parts(line) if _NUMBER.fullmatch(part))


def _parts(line: str) -> list[str]:
    """What stands in a line, or in its brackets, between commas: （某发〔2026〕7号，2026年5月6日印发）."""
    return re.split("[，,]", line[1:-1]) if _BRACKETS.fullmatch(line) else [line.strip("（）()[]【】 ")]


def _title(lines: Sequence[str]) -> str:
    """The last line that ends as a title does, with the line above where it goes over two; else what the notice names."""
    for n in range(len(lines) - 1, -1, -1):
        line = lines[n]
        if _is_title(line) and "通知" not in line:
            above = lines[n - 1] if n else ""
            cut = len(_BRACKETS.sub("", line)) < _SHORT and above and not _is_title(above)
            return above + line if cut else line
    named = re.search(r"《([^》]{4,60})》", "".join(lines))
    return named[1] if named else ""


def _is_title(line: str) -> bool:
    return _BRACKETS.sub("", line).endswith(tuple(clues()["title"])) and not re.search("[，。；：]", line)


def _signature(lines: Sequence[str]) -> tuple[str, dt.date] | None:
    """Who signed, and the day below the name."""
    for n, line in enumerate(lines):
        bracketed = _BRACKETS.fullmatch(line) is not None
        said = (part.removesuffix("印发").removesuffix("发布").removesuffix("公布") for part in _parts(line))
        day = next((found for part in said if (found := _DAY.fullmatch(part))), None)
        above = lines[n - 1] if n and not bracketed else ""
        if day and (made := _date(day.groups())):
            return ("" if re.search("[，。；：]", above) else above), made
    return None


def validity_of(sentences: Sequence[str], issued: dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    """The first and the last day in force, as the last articles say."""
    begins = ends = None
    for text in sentences:
        stated = _FROM.search(text)
        if stated:
            begins = _date(stated.groups())
        elif _AT_ONCE.search(text):
            begins = issued
        until, years = _UNTIL.search(text), _YEARS.search(text)
        if "有效期" in text and until:
            ends = _date(until.groups())
        elif years and begins:
            ends = _after_years(begins, years[1])
    return begins, ends


def _after_years(begins: dt.date, said: str) -> dt.date:
    count = int(said) if said.isdecimal() else _DIGITS.index(said.replace("两", "二")) + 1
    last = begins.replace(year=begins.year + count, day=min(begins.day, 28 if begins.month == 2 else begins.day))  # noqa: PLR2004
    return last - dt.timedelta(days=1)


def _date(parts: Sequence[str]) -> dt.date | None:
    try:
        return dt.date(*map(int, parts))
    except ValueError:
        return None
