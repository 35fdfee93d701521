"""读表：a filled form or a report -> what it says of the project, where, and what is left open. Nothing is guessed.

Two places that say different things leave the value open, whatever looks more likely; what a form says of approvals and
submissions is no record of them, and is not taken.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from govit.dossier.keys import Kind
from govit.importing.cells import CellRefusedError, spec_of
from govit.importing.form_labels import CLASSIFIED, FUNDING, SCHEDULE, asked_by
from govit.importing.form_values import FundingRow, alike, is_blank, values_of
from govit.importing.paper_tables import HEADS, ListRows, head_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from govit.documents.filled import FilledPaper, FormCell, TextLine
    from govit.importing.cells import Words

    _Open = tuple[ListRows, Sequence[FormCell]]

_UNIT = re.compile("单位[:：](?:人民币)?(亿元|万元|元)")
_LONGEST_BAND = 60
_OPENING = 80
"""Lines at the front of a file in which it names itself and its project."""
_SEGMENTS = re.compile(r"\t+|　+| {2,}")
_SAID = re.compile("([^:：]{2,24})[:：](.+)", re.DOTALL)
_NEXT_LABEL = re.compile(r"\s(?=[^\s:：]{2,10}[:：])")
_COLON = re.compile("[:：]")
_OTHERS = re.compile("负责人|责任人|经办人|法人|法定代表人|领导|填表人|填报人|审核人")
_OF_YEAR = re.compile(
    r"[(（]?((?:19|20)\d\d)年度[)）]?|((?:19|20)\d\d)年度.{0,30}(?:申报表|申报书|申请表|申请书|备案表|登记表|任务书)", re.ASCII
)
_AFTER_COLON = re.compile(r"(?<=[:：])[ \t　]++(?![^\s:：]{2,10}[:：])")
"""Blanks before a value, but not before the next label, where nothing was filled in."""
_INSTRUCTIONS = re.compile(r"[(（【]?(?:填[表报写]|编制|编写|申报)(?:说明|须知|要求|指南|注意事项)[)）】]?[:：]?.{0,20}")
_HEADS_LIST = ("序号", "编号", "姓名")
"""What the first column of a list is called."""
_TOTAL = re.compile(
    r"(?:^|[。；;，,])[本该]?项目(?:概算|估算|计划|预算)?总投资(?:概算|估算|额)?(?:为|共计|合计|共|:|：)?(?:人民币)?"
    r"([\d,.]{1,20}(?:亿元|万元|元))"
)
_PLAIN = frozenset(
    ("name", "unit.name", "unit.parent", "applicant", "manager", "team", "contact.person", "contact.phone",
     "project_code", "budget.total", "budget.single", "budget.operation", "category", SCHEDULE, CLASSIFIED)
)  # fmt: skip
"""What a line of text may say; long texts are read from cells alone."""
_BELOW_HEADING = frozenset(("name", "unit.name", SCHEDULE))
_NUMBERED = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})+|\d{1,2}[.、]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])")
_ANEW = re.compile(r"第[一二三四五六七八九十\d]{1,3}[章篇节部]|目\s?录|(?:[二〇○零一二三四五六七八九]{4}|\d{4})\s?[年.-]|附[件表录]|[(（]盖章")
"""What a text does not go on with."""
_LONGEST_NAME, _SHORTEST_NAME = 60, 6
_FRONT = 12
_MOST_DOUBTS = 3
"""Of one key that are shown; a form of a thousand rows with the same fault tells nobody more."""
LISTS = (*HEADS, "budget.groups")


class ReadValue(NamedTuple):
    """读出的值：the key, its value, the words of the file, and where they stand."""

    key: str
    value: object
    text: str
    place: str


class Doubt(NamedTuple):
    """没有采用的：the key, and why it is left open, with the place."""

    key: str
    why: str


class PaperSays(NamedTuple):
    """一份文件说的: its values, what is open, and boxes that were not recognised."""

    found: tuple[ReadValue, ...]
    doubts: tuple[Doubt, ...]
    unknown: tuple[str, ...] = ()
    title: ReadValue | None = None
    """The name that the title of a report gives, for want of a better one."""
    classified: bool = False


def said_by(paper: FilledPaper, name: str, words: Words | None) -> PaperSays:
    """What a file says; `name` is the file's, for the places, '' where it is the only one."""
    run = _PaperRun(name, words, printed=paper.printed)
    run.rows(paper.rows, paper.line_over)
    run.lines(paper.lines)
    return PaperSays(tuple(run.found), tuple(run.doubts), tuple(run.unknown), _title(paper.lines, name, words), run.classified)


def agreed(papers: Iterable[PaperSays]) -> tuple[list[ReadValue], list[Doubt]]:
    """One value for each key on which all places agree; the others are open, with both places."""
    papers = list(papers)
    by_key: dict[str, list[ReadValue]] = {}
    for paper in papers:
        for one in paper.found:
            by_key.setdefault(one.key, []).append(one)
    found, doubts = [], [doubt for paper in papers for doubt in paper.doubts]
    for key, said in by_key.items():
        other = next((one for one in said[1:] if not alike(one.value, said[0].value)), None)
        if other is None:
            found.append(said[0])
        else:
            first = said[0]
            doubts.append(Doubt(key, f"{first.place}写“{_brief(first.text)}”，{other.place}写“{_brief(other.text)}”，不知道以哪个为准"))
    settled = {one.key for one in found}
    titles = [paper.title for paper in papers if paper.title is not None]
    if "name" not in by_key and titles and all(alike(one.value, titles[0].value) for one in titles):
        found.append(titles[0])
    return found, _few(doubt for doubt in doubts if doubt.key not in settled or doubt.key in LISTS)


def _few(doubts: Iterable[Doubt]) -> list[Doubt]:
    """Of many places with one key some, and how many more there are."""
    by_key: dict[str, list[Doubt]] = {}
    for doubt in dict.fromkeys(doubts):
        by_key.setdefault(doubt.key, []).append(doubt)
    shown = []
    for key, those in by_key.items():
        more = len(those) - _MOST_DOUBTS
        shown += those[:_MOST_DOUBTS] + ([Doubt(key, f"另有 {more} 处也没有采用")] if more > 0 else [])
    return shown


class _PaperRun:
    """One file: what was found so far."""

    def __init__(self, name: str, words: Words | None, *, printed: bool) -> None:
        self.found: list[ReadValue] = []
        self.doubts: list[Doubt] = []
        self.unknown: list[str] = []
        self.classified = False
        self._in_file = _in_file(name)
        self._words, self._printed = words, printed
        self._unit = ""
        """Of the amounts below the line of a printed page that was read last."""
        self._person = ""
        """Of whom the last box with a person spoke; a telephone number behind it is his."""

    # tables

    def rows(self, rows: Iterable[tuple[FormCell, ...]], line_over: Mapping[int, str]) -> None:
        """Go through the tables; `line_over` each is often the unit of its amounts."""
        for number, table in groupby(rows, key=lambda row: row[0].table):
            self._table(table, _unit_of(line_over.get(number, "")))

    def _table(self, rows: Iterable[tuple[FormCell, ...]], unit: str) -> None:
        """Go through a table: pairs of label and value, and the lists in it."""
        waiting, skipped = "", False
        heads: Sequence[FormCell] = ()
        listed: _Open | None = None
        for row in rows:
            self._totals(row)
            band = len(row) == 1
            unit = next((named for cell in row if (named := _unit_of(cell.text))), unit)
            head = None if band else head_of(row, unit)
            if head is not None or (band and listed):
                self._end(listed)
                listed = None
            if head is not None:
                listed = (ListRows(head, self._words), row)
            elif listed is not None:
                listed = self._in_list(listed, row)
            elif band:
                waiting, skipped, heads = self._band(row[0], waiting, unit), False, ()
            elif not skipped:
                waiting, skipped = "", "".join(row[0].text.split()) in _HEADS_LIST
                heads = () if skipped else self._row(heads, row, unit)
        self._end(listed)

    def _row(self, heads: Sequence[FormCell], row: Sequence[FormCell], unit: str) -> Sequence[FormCell]:
        """A row of pairs, or one below a row of nothing but labels; the row itself, if it is such a one."""
        if all(asked_by(cell.text)[0] for cell in row):
            return row
        if len(heads) == len(row):
            for head, cell in zip(heads, row, strict=True):
                key, own = asked_by(head.text)
                self._labelled(key, head.text, cell.text, own or unit, self._at(cell))
        else:
            self._pairs(row, unit)
        return ()

    def _totals(self, row: Sequence[FormCell]) -> None:
        """What a sentence in a box says of the total of 本项目: where it is another than in its own box, nobody knows which holds."""
        for cell in row:
            for said in _TOTAL.finditer("".join(cell.text.split())):
                self._take("budget.total", said[1], "", self._at(cell))

    def _band(self, cell: FormCell, waiting: str, unit: str) -> str:
        """A row of one cell: a label whose value stands below, that value, or both in one."""
        if waiting:
            self._take(waiting, cell.text, unit, self._at(cell))
            return ""
        key, _ = asked_by(cell.text)
        if not key:
            self._inline(cell.text, unit, self._at(cell), plain_only=False)
        return key

    def _pairs(self, row: Sequence[FormCell], unit: str) -> None:
        at = 0
        while at < len(row):
            cell = row[at]
            key, own = asked_by(cell.text)
            beside = row[at + 1] if at + 1 < len(row) else None
            if key and beside is not None:
                if key == FUNDING and len(row) - at > len((cell, beside)):
                    self._funding_pairs(row[at + 1 :], own or unit)
                    return
                if not asked_by(beside.text)[0]:
                    self._labelled(key, cell.text, beside.text, own or unit, self._at(beside))
                    at += 1
            elif not key and cell.text:
                self._person = cell.text if _OTHERS.search(cell.text) and len(cell.text) < _LONGEST_NAME else self._person
                if not self._inline(cell.text, unit, self._at(cell), plain_only=False) and beside is not None:
                    at += self._unknown(cell.text, beside.text)
            at += 1

    def _unknown(self, label: str, value: str) -> bool:
        """Note a box that is not recognised; the text beside it is its own, and no label."""
        short = "".join(label.split())
        if 1 < len(short) <= _FRONT and value.strip() and not any(map(str.isdigit, short)):
            self.unknown.append(short)
            return not asked_by(value)[0]
        return False

    def _funding_pairs(self, cells: Sequence[FormCell], unit: str) -> None:
        """资金来源 with a cell for each source and each amount."""
        texts = [cell.text for cell in cells]
        joined = "；".join(f"{one}{two}" for one, two in zip(texts[::2], texts[1::2], strict=False) if not is_blank(two))
        if len(texts) % 2 == 0 and joined:
            self._take(FUNDING, joined, unit, self._at(cells[0]))

    def _labelled(self, key: str, label: str, text: str, unit: str, place: str) -> None:
        if key in ("manager", "contact.person", "contact"):
            self._person = key
        if key == "contact.phone" and "联系人" not in label and self._person not in ("contact.person", "contact"):
            return  # the number of somebody else
        self._take(key, text, unit, place)

    def _in_list(self, listed: _Open, row: Sequence[FormCell]) -> _Open:
        rows, head = listed
        try:
            rows.take(row)
        except CellRefusedError as error:
            self.doubts.append(Doubt(rows.head.key, f"{self._at(row[0])}：{error}；整张清单没有采用"))
            return (_Dropped(rows.head, self._words), head)
        return listed

    def _end(self, listed: _Open | None) -> None:
        if listed is None:
            return
        rows, head = listed
        place = self._at(head[0], whole=True)
        for key, records in ((rows.head.key, rows.records), ("budget.groups", rows.groups)):
            if records and not isinstance(rows, _Dropped):
                self.found.append(ReadValue(key, tuple(map(_frozen, records)), f"{len(records)} 行", place))

    # lines

    def lines(self, lines: Sequence[TextLine]) -> None:
        """Go through the text: what names the project at the front, and what a sentence says of 本项目."""
        told = False
        for at, line in enumerate(lines):
            told = (told and bool(_NUMBERED.match(line.text))) or bool(_INSTRUCTIONS.fullmatch(line.text))
            if told:
                continue  # what a clerk is to write is not what he wrote
            place = f"{self._in_file}第 {line.number} {line.unit}"
            following = lines[at + 1].text if at + 1 < len(lines) else ""
            if at < _OPENING or self._printed:
                self._front(line.text, following, place, at)
            cells = line.text.split() if line.in_table else ["".join(line.text.split())]
            for said in (said for cell in cells for said in _TOTAL.finditer(cell)):
                self._take("budget.total", said[1], "", place)

    def _front(self, text: str, following: str, place: str, at: int) -> None:
        year = _OF_YEAR.fullmatch("".join(text.split()))
        if year is not None and at < _FRONT:
            self._add("year", int(year[1] or year[2]), text, place)
        self._unit = _unit_of(text) or ("" if _NUMBERED.match(text) else self._unit)
        open_end = self._printed and not self._begins_anew(following)
        parts = _SEGMENTS.split(_AFTER_COLON.sub("", text))
        said = [part for part in parts if self._inline(part, "", place, plain_only=True, open_end=open_end)]
        if said:
            return
        if self._printed and self._printed_pairs(text, following, place):
            return
        key, unit = asked_by(text)
        if key in _BELOW_HEADING and _NUMBERED.match(text) and 0 < len(following) <= _LONGEST_NAME:
            self._take(key, following.rstrip("。"), unit, place)

    def _printed_pairs(self, text: str, following: str, place: str) -> bool:
        """A row of a printed table: labels and values parted by blanks. A text may go on in the next line."""
        words = text.split()
        labels = [at for at, word in enumerate(words) if asked_by(word)[0]]
        if not labels or labels[0] != 0:
            return False
        ends = self._begins_anew(following)
        for at, stop in zip(labels, [*labels[1:], len(words)], strict=True):
            key, unit = asked_by(words[at])
            value = " ".join(words[at + 1 : stop])
            spec = spec_of(key)
            if key not in _PLAIN:
                continue
            if len(words[at + 1 : stop]) > 1 and spec is not None and spec.kind is Kind.TEXT and key != "contact.phone":
                self.doubts.append(Doubt(key, f"{place}写“{_brief(value)}”，里面可能有别的栏目，没有采用"))
            elif value and not ends and spec is not None and spec.kind is Kind.TEXT and key != "contact.phone":
                self.doubts.append(Doubt(key, f"{place}写“{_brief(value)}”，后面可能换了行，没有采用"))
            elif value:
                self._labelled(key, words[at], value, unit or self._unit, place)
        return True

    def _begins_anew(self, text: str) -> bool:
        first = text.split(maxsplit=1)[0] if text.split() else ""
        return not text or bool(asked_by(first)[0]) or bool(_ANEW.match(text)) or bool(_NUMBERED.match(text)) or bool(_SAID.match(text))

    # values

    def _inline(self, text: str, unit: str, place: str, *, plain_only: bool, open_end: bool = False) -> bool:
        """项目名称：某平台, in one cell or on a line; with an open end, it may go on in the next."""
        if not plain_only and len(parts := _at_labels(text.strip())) > 1:
            taken = [self._inline(part, unit, place, plain_only=False) for part in parts]
            return any(taken)
        said = _SAID.fullmatch(text.strip())
        key, own = asked_by(said[1]) if said is not None else ("", "")
        if said is None or not key or (plain_only and key not in _PLAIN):
            return False
        value = said[2].strip() if _is_long(key) else _NEXT_LABEL.split(said[2].strip())[0].strip()
        if plain_only and _COLON.search(value):
            self.doubts.append(Doubt(key, f"{place}写“{_brief(value)}”，后面还有别的栏目，没有采用"))
            return True
        spec = spec_of(key)
        if open_end and value and spec is not None and spec.kind is Kind.TEXT and key != "contact.phone":
            self.doubts.append(Doubt(key, f"{place}写“{_brief(value)}”，后面可能换了行，没有采用"))
            return True
        self._labelled(key, said[1], value, own or unit, place)
        return True

    def _take(self, key: str, text: str, unit: str, place: str) -> None:
        try:
            values = values_of(key, text, unit, self._words)
        except CellRefusedError as error:
            for one in _keys(key):
                self.doubts.append(Doubt(one, f"{place}：{error}"))
            return
        for one, value in values.items():
            if one == CLASSIFIED and value is True:
                self.classified = True
            elif one == FUNDING and isinstance(value, tuple):
                self._add(one, tuple(_frozen(_funding(row)) for row in value if isinstance(row, FundingRow)), text, place)
            else:
                self._add(one, value, text, place)

    def _add(self, key: str, value: object, text: str, place: str) -> None:
        self.found.append(ReadValue(key, value, text, place))

    def _at(self, cell: FormCell, *, whole: bool = False) -> str:
        where = f"{self._in_file}第 {cell.table} 表第 {cell.row} 行"
        return where if whole else f"{where}第 {cell.cell} 格"


class _Dropped(ListRows):
    """A list of which one row was not clear: half a list would be a wrong one."""

    def take(self, row: Sequence[FormCell]) -> None:
        """Pass over the rest of it."""


def _at_labels(text: str) -> list[str]:
    """The pieces of a box that says several things, each with its label."""
    begins = [found.end() for found in _NEXT_LABEL.finditer(text) if asked_by(_COLON.split(text[found.end() :], maxsplit=1)[0])[0]]
    return [text[start:end].strip() for start, end in zip([0, *begins], [*begins, len(text)], strict=True)]


def _is_long(key: str) -> bool:
    """Whether a value may be of many sentences, in which a colon is no label."""
    spec = spec_of(key)
    return spec is not None and (spec.paragraphs or spec.kind is Kind.TEXTS)


def _unit_of(text: str) -> str:
    """The unit that a band or a line gives for the amounts below it."""
    found = _UNIT.search("".join(text.split())) if len(text) < _LONGEST_BAND else None
    return found[1] if found else ""


def _keys(key: str) -> tuple[str, ...]:
    return {
        SCHEDULE: ("schedule.start", "schedule.end"),
        "contact": ("contact.person", "contact.phone"),
        "manager+": ("manager",),
    }.get(key, (key,))


def _funding(row: FundingRow) -> dict[str, str | int | list[str]]:
    from govit.base.money import format_money

    year = {"year": row.year} if row.year else {}
    return {"source": row.source, "amount": format_money(row.amount), **year}


def _frozen(record: dict[str, str | int | list[str]]) -> tuple[tuple[str, str | int | tuple[str, ...]], ...]:
    return tuple((key, tuple(value) if isinstance(value, list) else value) for key, value in record.items())


def _title(lines: Sequence[TextLine], name: str, words: Words | None) -> ReadValue | None:
    """The name of the project in the title of a report: what stands before the kind of the paper, on its line or above."""
    kinds = [kind for kind in (words or {}).get("documents", {}) if kind.endswith(("报告", "方案", "建议书"))]
    front = ["".join(unicodedata.normalize("NFC", line.text).split()) for line in lines[:_FRONT]]
    for at, text in enumerate(front):
        kind = max((kind for kind in kinds if text.endswith(kind)), key=len, default="")
        if not kind or len(text) > _LONGEST_NAME:
            continue
        rest = text.removesuffix(kind) or (front[at - 1] if at else "")
        rest = rest.strip('《》（）()【】“”"—-：: ')
        if len(rest) >= _SHORTEST_NAME and not _SAID.match(rest) and "年度" not in rest[:8]:
            line = lines[at]
            return ReadValue("name", rest, text, f"{_in_file(name)}第 {line.number} {line.unit}")
        return None
    return None


def _in_file(name: str) -> str:
    return f"《{name}》" if name else ""


def _brief(text: str) -> str:
    most, line = 30, " ".join(text.split())
    return line if len(line) <= most else line[:most] + "…"
