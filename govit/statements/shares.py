"""分项：what a report says a total is made of: parts of one sentence, sources of money, years. Pure."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.statements.amounts import DIGITS, Amount, amount_at
from govit.statements.stated import FUNDING, PAGE, YEARS, Stated, places
from govit.statements.words import has, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from govit.statements.report_text import ReportText, TextBlock

_OPENING = (",其中:", ",其中", "(其中:", "(其中", "。其中:", "。其中")
_JOINING = ("以及", ",", "、", "和", "及")
_ENDS = "。;)"
_FOLLOWING = frozenset(",、;。:()") | {""}
_NO_NAME = frozenset(",、;。:()")
_ARRANGED = ("安排", "承担", "出资", "解决", "约", "为", ":", "")
_SPOKEN = ("度", "计划", "投资", "安排", "投入", "资金", "为", "约")
FEWEST, LONGEST_NAME, YEAR = 2, 24, 4


@record
class WrongParts:
    """分项合计不对的一句."""

    total: Stated
    parts: tuple[str, ...]
    added: Decimal


def wrong_parts(report: ReportText, totals: Sequence[Stated]) -> Iterator[WrongParts]:
    """The sentences 总投资 X，其中 A、B whose parts cannot make X: they come to more, or end with the rest and still come to less."""
    texts = {id(block.passage): block.text for block in report.blocks}
    for total in totals:
        text = texts.get(id(total.place), "")
        parts = _parts(text, total.value.end) if text and isinstance(total.value, Amount) else []
        if len(parts) < FEWEST or not isinstance(total.value, Amount) or _are_mixed(name for name, _ in parts):
            continue
        slack = sum((one.step for _, one in parts), total.value.step) / 2
        added, known = Decimal(0), words()
        for _, one in parts:
            added += one.value
            if abs(added - total.value.value) <= slack:
                break  # what comes after all parts is told beside them
        rest = len(parts) > FEWEST and parts[-1][0].startswith(known.rest)
        if added - total.value.value > slack or (rest and total.value.value - added > slack):
            yield WrongParts(total, tuple(f"{name}{one.shown}" for name, one in parts), added)


def _are_mixed(names: Iterable[str]) -> bool:
    """Whether some parts are what is paid for, and others where the money comes from, or no part at all."""
    return len({has(name, words().other_parts) for name in names}) > 1


def _parts(text: str, at: int) -> list[tuple[str, Amount]]:
    """The parts that follow a total up to the end of the sentence; none if anything else stands among them."""
    opening = next((one for one in _OPENING if text.startswith(one, at)), "")
    at += len(opening)
    parts: list[tuple[str, Amount]] = []
    while opening and at < len(text) and text[at] not in _ENDS:
        at += next((len(one) for one in _JOINING if text.startswith(one, at)), 0)
        end = next(
            (
                end
                for end in range(at, min(at + LONGEST_NAME, len(text)))
                if text[end] in DIGITS or text[end] in _NO_NAME
            ),
            at,
        )
        name, one = text[at:end], amount_at(text, end)
        if len(name) < FEWEST or one is None or text.startswith("%", one.end) or has(name, words().of_which):
            return []
        parts.append((name, one))
        at = one.end
    return parts if text[at : at + 1] != ";" else []


def by_source(report: ReportText, sources: Sequence[str]) -> Iterator[Stated]:
    """What each source of money gives, where a sentence on the funds of the project says so and names no year."""
    for block in () if report.phased else report.blocks:
        if not has(block.text, sources) or not _is_on_funds(block):
            continue
        for source in sources:
            for at in places(block.text, source):
                end = at + len(source)
                if not _is_led(block.text, at):
                    continue
                end += next(len(one) for one in _ARRANGED if block.text.startswith(one, end))
                one = amount_at(block.text, end)
                if one is not None and block.text[one.end : one.end + 1] in _FOLLOWING:
                    yield Stated(FUNDING, source, one, one.shown, block.passage, block.section, surely=True)


def _is_on_funds(block: TextBlock) -> bool:
    """Whether a paragraph says where all the money of the project comes from, not that of a year, of a part or of the operation."""
    known = words()
    if block.section.elsewhere or has(block.text, (*known.otherwise, *known.portions)):
        return False
    if block.passage.unit == PAGE:
        return False  # what a sentence said before may stand in another line
    said = block.text + (block.section.heading.text if block.section.heading else "")
    return has(said, known.funds) and not has(said, known.parts) and not any(True for _ in _years(block.text))


def _is_led(text: str, at: int) -> bool:
    """Whether a source stands at the beginning of a clause, or behind nothing but words that lead to it."""
    begun = at
    while begun > 0 and text[begun - 1].isalnum():
        begun -= 1
    rest = text[begun:at]
    while rest:
        word = next((one for one in words().led if rest.startswith(one)), "")
        if not word:
            return False
        rest = rest[len(word) :]
    return True


def _years(text: str) -> Iterator[tuple[int, int]]:
    """Each year that a text names, and where the text goes on."""
    for at in places(text, "年"):
        year = text[max(at - YEAR, 0) : at]
        if len(year) == YEAR and year.startswith("20") and DIGITS.issuperset(year):
            yield int(year), at + 1


def by_year(report: ReportText, totals: Sequence[Stated], years: Mapping[int, Decimal]) -> Iterator[Stated]:
    """What each year is to have, where one paragraph gives the total and every year of the project."""
    with_total = {id(one.place) for one in totals}
    for block in report.blocks:
        if id(block.passage) not in with_total or len(years) < FEWEST:
            continue
        said = [(year, one) for year, at in _years(block.text) if (one := _of_year(block.text, at)) is not None]
        if sorted(year for year, _ in said) == sorted(years):
            for year, one in said:
                yield Stated(YEARS, str(year), one, one.shown, block.passage, block.section, surely=True)


def _of_year(text: str, at: int) -> Amount | None:
    for _ in _SPOKEN:
        at += next((len(one) for one in _SPOKEN if text.startswith(one, at)), 0)
    return amount_at(text, at)
