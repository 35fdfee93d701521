"""文中所述：which figures, periods and names a report states of its own project, each with its words and place. Pure.

Only what is surely said of the project itself, as it is to be built, counts: the subject is the project, the clause says nothing of
another time or another project, and the figure is neither a limit nor a range. All else is left alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.statements.amounts import DIGITS, Amount, amount_at, amount_in, plain
from govit.statements.periods import months_at, span_at
from govit.statements.table_sums import is_sum
from govit.statements.tables import BUDGET, amount_rows, bare_head, unit_in
from govit.statements.words import has, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from govit.documents.passages import Passage
    from govit.statements.report_text import ReportText, TextBlock
    from govit.statements.sections import ReportSection
    from govit.statements.tables import ReportTable

TOTAL, OPERATION, PERIOD, DAYS, SPAN = "budget.total", "budget.operation", "schedule", "schedule.end", "schedule.start"
UNIT, NAME, LINES, FUNDING, YEARS = "unit.name", "name", "budget.lines", "funding", "budget.years"
_JOINED = (
    "为", "是", "共计", "合计", "总计", "共", "约", "近", "估算", "概算", "预计", "计", "金额", "人民币", "¥", ":", "(万元)", "(估算)", "(概算)",
)  # fmt: skip
MOST_JOINED = 6
_STOPS = "。;!?"
_SOFT = ",:、()[]【】"
_GOES_ON, _ENDED = ("+", "-", "~", "/", "%", "、"), ("止", "左右", "共", "即")
_OPENED, _CLOSED = "“‘《「", "”’》」"
NUMBERING = "0123456789.()一二三四五六七八九十、第章节*-·•①②③④⑤⑥⑦⑧⑨⑩"
COUNTS = tuple("0123456789一二三四五六七八九十两首次当")
PAGE = "页"
NEAR = 8
"""Characters behind an amount that may say what it comprises."""
LONGEST_UNIT = 40
BUILT_BY = "建设单位"
"""What the unit of 某平台由某局建设 is called."""
_SEVERAL = ("会同", "联合", "配合", "公司", "各", "与", "和", "及", "等")
"""Of whom the sentence names more than one, or one that is no public body."""
FRONT = 80
"""Blocks at the beginning of a report in which it names itself."""
_VALUE = range(4, 60)
"""Characters of a name."""
_LABELLED = ("投资", "概算总额", "估算总额", "总概算", "运维费", "运行维护费", "工期", "周期", "建设期")
"""A block without any of these has none of the labels."""


@record
class Stated:
    """一处说法：what is stated, in which words, and where."""

    key: str
    """The key of project.yaml that it speaks of."""
    about: str
    """Of what: the name of a line, a source, the word for a period; '' of the project."""
    value: Amount | str | int
    shown: str
    place: Passage
    section: ReportSection
    surely: bool
    """The project itself is named as what it is said of."""
    word: str = ""
    """What it is called: 概算总投资, or the line above its table."""
    leeway: int = 0
    """By how many months a period may be meant otherwise."""


@record
class Clause:
    """一句里的一处：the words around a label."""

    prefix: str
    """Between the last mark and the label."""
    sentence: str
    """From the beginning of the sentence to the clause."""
    quoted: bool


def stated(report: ReportText, names: Sequence[str]) -> list[Stated]:
    """What a report states of its project; `names` are those of the project."""
    found: list[Stated] = []
    for at, block in enumerate(report.blocks):
        if has(block.text, _LABELLED):
            found += _in_block(block, names)
        if at < FRONT and not block.section.elsewhere:
            found += _labelled(block)
        if not block.section.elsewhere:
            found += _built_by(block, names)
    found += _in_pairs(report.tables)
    for table in report.tables:
        found += _in_budget(table, names)
    if report.phased:
        return [one for one in found if one.key in (UNIT, NAME)]
    return _of_the_last_stage(found)


def agree(one: Stated, other: Stated) -> bool:
    """Whether two places may state one thing."""
    if isinstance(one.value, Amount) and isinstance(other.value, Amount):
        return one.value.agrees(other.value)
    if isinstance(one.value, int) and isinstance(other.value, int):
        return abs(one.value - other.value) <= max(one.leeway, other.leeway)
    return one.value == other.value


def _of_the_last_stage(found: list[Stated]) -> list[Stated]:
    """Without the totals that others replace.

    An estimate is replaced where another is called a budget, one without a subject where others have one. Of several tables
    that are called that of the whole and come to different sums, nobody knows which is.
    """
    totals = [one for one in found if one.key == TOTAL]
    tables = [one for one in totals if one.place.cell is not None and one.word]
    left_out = set() if all(agree(tables[0], one) for one in tables) else {id(one) for one in tables}
    if any("概算" in one.word for one in totals):
        left_out |= {id(one) for one in totals if "估算" in one.word and "概算" not in one.word}
    nobodys = {id(one) for one in totals if not one.surely and one.word in words().bare}
    if len(nobodys) < len(totals):
        left_out |= nobodys
    return [one for one in found if id(one) not in left_out]


# -- sentences ---------------------------------------------------------------------------------------


def _in_block(block: TextBlock, names: Sequence[str]) -> Iterator[Stated]:
    known, text = words(), block.text
    for key in (TOTAL, OPERATION, PERIOD):
        for at, end in _labels(text, known.labels[key]):
            if block.section.elsewhere or text[max(at - 1, 0) : at] in COUNTS:
                continue  # 2028 年运维费, 三年运维费
            clause = _clause(text, at)
            surely = _is_own(clause, names, block.section)
            if surely is None or (not surely and not _is_at_home(block, clause, _sentence_start(text, at))):
                continue
            if key == PERIOD:
                yield from _period(block, text[at:end], end, surely=surely)
                continue
            one = _money(text, end)
            if one is not None and not has(text[_sentence_start(text, at) : one.end], known.otherwise):
                yield Stated(
                    key, "", one, one.shown, block.passage, block.section, surely, clause.prefix + text[at:end]
                )


def _labels(text: str, listed: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where one of the words stands, the longest of those that overlap."""
    taken = -1
    for at, _ in sorted((at, -len(word)) for word in listed for at in places(text, word)):
        if at >= taken:
            taken = at + max(len(word) for word in listed if text.startswith(word, at))
            yield at, taken


def places(text: str, word: str) -> Iterator[int]:
    """Where a word stands."""
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + len(word))


def _money(text: str, end: int) -> Amount | None:
    """The amount that follows a label, None of a limit, a range or a price."""
    for _ in range(MOST_JOINED):
        end += next((len(one) for one in _JOINED if text.startswith(one, end)), 0)
    one = amount_at(text, end)
    known = words()
    if one is None or text.startswith(known.limits, one.end) or has(text[one.end : one.end + NEAR], known.scopes):
        return None
    goes_on = text[one.end : one.end + 1].isalnum() and not text.startswith(known.after, one.end)
    return None if goes_on or _is_of_some(text, one.end) else one


def _is_of_some(text: str, at: int) -> bool:
    """Whether a bracket with a word of some part follows: 12万元(软件)."""
    if text[at : at + 1] != "(":
        return False
    inside = text[at + 1 :].partition(")")[0]
    return DIGITS.isdisjoint(inside) and not inside.startswith(words().remarks)


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in _STOPS) + 1


def _clause(text: str, at: int) -> Clause:
    start = _sentence_start(text, at)
    begun = max(start, max(text.rfind(mark, start, at) for mark in _SOFT + _OPENED + _CLOSED) + 1)
    quotes = sum(text.count(mark, start, at) for mark in _OPENED) - sum(text.count(mark, start, at) for mark in _CLOSED)
    return Clause(text[begun:at], text[start:begun], quotes > 0 or text.count('"', start, at) % 2 > 0)


def _own(names: Sequence[str], section: ReportSection) -> tuple[str, ...]:
    """What the project is called: 本系统 only where it is a system and the section is not that of one of several."""
    nouns = [noun for noun in _nouns(names) if section.role in words().at_home]
    return (*names, *words().own, *(f"本{noun}" for noun in nouns))


def _nouns(names: Sequence[str]) -> list[str]:
    return [noun for noun in words().nouns if any(name.removesuffix("建设").endswith(noun) for name in names)]


def _is_own(clause: Clause, names: Sequence[str], section: ReportSection) -> bool | None:
    """True if the project is named, False if nothing is; None if the words before the label are of something else."""
    if clause.quoted:
        return None
    rest, named = clause.prefix.lstrip(NUMBERING), False
    called = _own(names, section)
    while rest:
        own = next((one for one in called if rest.startswith(one)), "")
        word = own or next((one for one in (*words().plain, *_nouns(names)) if rest.startswith(one)), "")
        if not word:
            return None
        named = named or bool(own)
        rest = rest[len(word) :]
    if named:
        return True
    sentence = clause.sentence.lstrip(NUMBERING)
    subject = next((one for one in called if sentence.startswith(one)), "")
    if subject and sentence.startswith(words().leading, len(subject)):
        return True
    return None if has(clause.sentence, called) else False


def _is_at_home(block: TextBlock, clause: Clause, start: int) -> bool:
    """Whether a figure whose subject nobody names is the project's: the sentence begins with it, where it belongs."""
    known = words()
    if block.passage.unit == PAGE and not start:
        return False  # on a page a line may go on with the sentence of the one before
    first = clause.sentence.lstrip(NUMBERING)
    begins = not first or first.startswith(known.opening)
    near = has(plain(block.before), known.otherwise) or has(block.text, known.otherwise)
    return begins and not near and not block.section.elsewhere and block.section.role in known.at_home


def _period(block: TextBlock, label: str, end: int, *, surely: bool) -> Iterator[Stated]:
    """建设周期 9 个月, or from one month to another."""
    text, known = block.text, words()
    stop = min((at for mark in _STOPS if (at := text.find(mark, end)) >= 0), default=len(text))
    if has(text[_sentence_start(text, end) : stop], (*known.beyond, *known.otherwise)):
        return
    span = span_at(text, end)
    if span is not None:
        if not _ends(text, span.end):
            return  # 2027年3月至6月为开发阶段
        yield Stated(SPAN, label, f"{span.start} {span.until}", span.shown, block.passage, block.section, surely)
        return
    length = months_at(text, end)
    if length is not None and _ends(text, length.end):
        key = DAYS if length.in_days else PERIOD
        yield Stated(key, label, length.count, length.shown, block.passage, block.section, surely, label, length.leeway)


def _ends(text: str, at: int) -> bool:
    """Whether a period that was stated ends here, and what follows does not say of which work it is."""
    if text.startswith(_ENDED, at):
        return True
    return not text[at : at + 1].isalnum() and text[at : at + 1] not in _GOES_ON and not _is_of_some(text, at)


# -- labels and values -------------------------------------------------------------------------------


def _labelled(block: TextBlock) -> Iterator[Stated]:
    """建设单位：某局, on a line of its own."""
    label, colon, value = block.text.rstrip("。;").partition(":")
    bare = label.lstrip(NUMBERING)
    if not colon or len(value) not in _VALUE or any(mark in value for mark in ":;。,"):
        return
    for key in (NAME, UNIT):
        if bare in words().labels[key]:
            yield Stated(key, bare, value, value, block.passage, block.section, surely=True)


def _built_by(block: TextBlock, names: Sequence[str]) -> Iterator[Stated]:
    """某平台由某局建设, at the beginning of a sentence; a company is who is paid for it, and of several nobody knows which is meant."""
    start = 0
    while start >= 0 and block.passage.unit != PAGE:
        text = block.text[start:].lstrip(NUMBERING)
        subject = next((one for one in (*names, *words().own) if text.startswith(f"{one}由")), "")
        unit, built, _ = text[len(subject) + 1 : len(subject) + LONGEST_UNIT].partition("建设") if subject else ("", "", "")
        for word in words().building:
            unit = unit.removesuffix(word)
        if built and unit.isalnum() and unit.endswith(words().organs) and not has(unit, _SEVERAL):
            yield Stated(UNIT, BUILT_BY, unit, unit, block.passage, block.section, surely=True)
        start = min((at + 1 for mark in _STOPS if (at := block.text.find(mark, start)) >= 0), default=-1)


def _in_pairs(tables: Sequence[ReportTable]) -> Iterator[Stated]:
    """总投资 | 260万元, where no header says that the cells stand below one another; not where a form has several."""
    for key in (TOTAL, OPERATION):
        found = [
            one for table in tables if not table.head and not table.section.elsewhere for one in _pairs(table, key)
        ]
        if len({one.shown for one in found}) == 1:
            yield from found


def _pairs(table: ReportTable, key: str) -> Iterator[Stated]:
    if has("".join(table.rows[0].cells), words().stages):
        return  # what was approved beside what is designed
    for row in table.rows:
        joined = "".join(row.cells)
        if not has(joined, words().labels[key]) or has(joined, words().otherwise):
            continue
        for label, value in zip(row.cells, row.cells[1:], strict=False):
            asked = bare_head(label).removeprefix("项目") in words().labels[key]
            one = amount_in(value, unit_in(label)) if asked else None
            if one is not None:
                yield Stated(key, "", one, one.shown, row.place, table.section, surely=True)


# -- tables of amounts -------------------------------------------------------------------------------


def _in_budget(table: ReportTable, names: Sequence[str]) -> Iterator[Stated]:
    """The sum of the table of the whole budget, and what its rows come to."""
    known = words()
    if table.kind != BUDGET or not table.unit or table.section.elsewhere or has(table.caption, known.otherwise):
        return
    if has("".join(table.head), known.other_columns):
        return  # a table of a change, of a payment, of several years
    whole, rows = _is_whole(table, names), amount_rows(table)
    if any(has(row.name, known.phases) for row in rows):
        return
    for row in rows:
        if row.amount is None:
            continue
        if is_sum(row):
            named = (
                not table.caption
                and not _is_of_a_part(table.section)
                and row.name.removeprefix("项目") in known.labels[TOTAL]
            )
            if row is rows[-1] and (whole or named):
                yield Stated(
                    TOTAL, "", row.amount, row.amount.shown, row.place, table.section, surely=True, word=table.caption
                )
        elif row.name:
            yield Stated(LINES, row.name, row.amount, row.amount.shown, row.place, table.section, surely=True)


def _is_whole(table: ReportTable, names: Sequence[str]) -> bool:
    """Whether the line above a table calls it that of the whole budget, with no word of a part."""
    rest = table.caption.lstrip("附表图续0123456789.-、:" + NUMBERING)
    if not has(rest, ("概算", "估算", "投资", "预算")) or _is_of_a_part(table.section):
        return False
    if "费用" in rest and not has(rest, words().wholly):
        return False
    called = (*_own(names, table.section), *words().whole, ":", "(", ")", ",", "。")
    while rest:
        word = next((one for one in called if rest.startswith(one)), "")
        if not word:
            return False
        rest = rest[len(word) :]
    return True


def _is_of_a_part(section: ReportSection) -> bool:
    """Whether a heading above a table says that it is of a part: 运维费用估算, 软件开发费."""
    return section.heading is not None and any(has(text, words().parts) for text in section.heading.path)
