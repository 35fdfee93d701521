"""读入：a YAML tree and the model's field tables -> frozen records, and every fault of the file.

Nothing stops at the first fault: a value that cannot be read is left None and named with its place.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from govit.base.dates import PERIOD, YEAR, WrittenOtherwiseError, brief, parse_date
from govit.base.files import control_in
from govit.base.money import parse_money
from govit.base.patterns import regex
from govit.base.records import by_name
from govit.dossier.key_hints import key_hint, list_hint, mapping_hint, word_hint
from govit.dossier.keys import Kind, Spec, specs
from govit.dossier.meant import half_width, right_key, right_pair, right_word, without_unseen
from govit.dossier.model import ANSWERS, INAPPLICABLE, NO, YES, Answer
from govit.yamltext.faults import MAX_FAULTS, Fault, note

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection, Mapping
    from decimal import Decimal

    from govit.dossier.keys import Arguments, Declared
    from govit.yamltext.cuts import Cut
    from govit.yamltext.nodes import Node

    Words = Mapping[str, Mapping[str, str]]
    """The words of a regulation, by list: what may be typed, and the word that is meant."""

T = TypeVar("T")
D = TypeVar("D", bound="Declared")
_LONGEST_LINE = 160
_DASHES = "-－—–―−"
_TYPED_ITEM = regex(rf"[{_DASHES}](?![{_DASHES}\d.])\s*(\S.*)", re.DOTALL)
_WHOLE = regex(r"[0-9]{1,15}")
AMOUNTS = "amounts"
"""The figures of a pack that are money, as a list of words."""
_FREE = frozenset((Kind.TEXT, Kind.TEXTS))
"""Kinds of fields that take any text: of a number, a day or a word of a list it is plain where it ends."""
_SHARED: dict[tuple[int, int], tuple[int, int]] = {}
"""Places that many files have in common, kept once."""


class Row(NamedTuple):
    """One field of a record at its place in the file: how it is read, and the dotted key that messages show."""

    spec: Spec
    read: Callable[[Reader, Spec, Node, str], object]
    path: str


_ROWS: dict[tuple[type[Declared], str], Mapping[str, Row]] = {}
_REQUIRED: dict[type[Declared], tuple[Spec, ...]] = {}
_MOST_ROWS = 4096
"""Enough for what projects have in common; a file of a hundred thousand records must not fill the memory."""


def _rows(cls: type[Declared], at: str) -> Mapping[str, Row]:
    rows = _ROWS.get((cls, at))
    if rows is None:
        if len(_ROWS) >= _MOST_ROWS:
            _ROWS.clear()
        rows = {key: Row(s, _READ[s.kind], f"{at}.{key}" if at else key) for key, s in specs(cls).items()}
        _ROWS[cls, at] = rows
    return rows


def _required(cls: type[Declared]) -> tuple[Spec, ...]:
    if cls not in _REQUIRED:
        _REQUIRED[cls] = tuple(spec for spec in specs(cls).values() if spec.required)
    return _REQUIRED[cls]


class Reader:
    """Reads one file. `words` is None while the regulation is unknown: words are then not judged."""

    def __init__(
        self,
        words: Words | None,
        given: Collection[str] = (),
        cut: Mapping[tuple[int, int], Cut] | None = None,
    ) -> None:
        self.words = words
        self.cut = cut or {}
        """Texts that YAML ends at a number sign, by the place where they begin."""
        self.given = given
        """Required keys that are given elsewhere, in the dossier's defaults."""
        self.faults: list[Fault] = []
        self.places: dict[str, tuple[int, int]] = {}
        self.blanks: dict[str, tuple[int, int]] = {}

    def record(self, cls: type[D], node: Node, at: str) -> D:
        """Read a mapping into a record."""
        return cls(**self.fields(cls, node, at))

    def fields(self, cls: type[Declared], node: Node, at: str) -> Arguments:
        """Read a mapping into the arguments of a record class."""
        rows = _rows(cls, at)
        self._note(at, node)
        values: Arguments = {"at": at} if "at" in by_name(cls) else {}
        if type(node.value) is not dict:
            right = right_pair(node.text, _labels(cls))
            hint = mapping_hint(node, next(iter(rows), ""))
            self._fault("GOV-107", at, f"{_shown(at, cls)}应当是“键: 值”的写法", node, hint, right=right)
            return values
        for key, value in node.value.items():
            row = rows.get(key)
            if row is None:
                self._unknown_key(key, node, cls, at)
            elif value.value is not None:
                spec, read, path = row
                self._note(path, value)
                found = read(self, spec, value, path)
                if found is not None:
                    values[key] = found
            else:
                self.blanks[row.path] = node.keys[key]
        self._require(cls, node, at)
        return values

    def _note(self, path: str, node: Node) -> None:
        place = (node.line, node.column)
        self.places[path] = _SHARED.setdefault(place, place)

    def _require(self, cls: type[Declared], node: Node, at: str) -> None:
        for spec in _required(cls):
            if _is_empty(node.entries.get(spec.key)) and f"{at}.{spec.key}" not in self.given:
                where = f"{at} " if at else ""
                path = f"{at}.{spec.key}" if at else spec.key
                self._fault("GOV-108", path, f"{where}缺少 {spec.key}（{spec.label}）", node, f"补写 {spec.key}: …")

    def _unknown_key(self, key: str, node: Node, cls: type[Declared], at: str) -> None:
        if not self._full():
            hint, meant = key_hint(key, specs(cls))
            path, meant = (f"{at}.{one}" if at and one else one for one in (brief(key), meant))
            one_right = right_key(key, _labels(cls))
            right = "" if one_right in node.entries else one_right
            if right and ": " in right:
                wide = "冒号是全角的，改成半角冒号加一个空格" if right.count(": ") == 1 else "冒号、逗号是全角的，改成半角的，后面各空一格"
                wrong = wide if "：" in key else "冒号后面少了空格"
                hint = f"{wrong}，写成 {right if len(right) <= _LONGEST_LINE else brief(right)}"
            message = f"没有“{brief(key)}”这个键"
            note(self.faults, Fault("GOV-105", message, *node.keys[key], hint, path, key, meant=meant, right=right))

    def _fault(  # noqa: PLR0913 - a fault's own fields
        self,
        rule: str,
        key: str,
        message: str,
        node: Node,
        hint: str = "",
        about: str = "",
        *,
        meant: str = "",
        right: str = "",
    ) -> None:
        """What is wrong with the value at a key; it tells of the text as it was written, so that another is another."""
        written = about or (node.value if type(node.value) is str else "")
        fault = Fault(rule, message, node.line, node.column, hint, key, written, meant=meant, right=right)
        note(self.faults, fault)

    def _full(self) -> bool:
        """Whether enough is listed: hints for what is not shown need not be thought of."""
        return len(self.faults) > MAX_FAULTS

    # -- texts and words ---------------------------------------------------------------------------

    def _text(self, spec: Spec, node: Node, path: str) -> str | None:
        if type(node.value) is not str:
            self._fault("GOV-107", path, f"{path}（{spec.label}）应当是一段文字", node, "不要写成列表或多层")
            return None
        text = node.value.strip()
        if not text.isprintable() and not self._harmless(text, spec, node, path):
            return None
        if self.cut and spec.kind in _FREE and (cut := self.cut.get((node.line, node.column))) is not None:
            self._cut_short(cut, spec, path)
        return text or None

    def _cut_short(self, cut: Cut, spec: Spec, path: str) -> None:
        """What YAML kept of a text, and how it is written whole."""
        message = (
            f"{path}（{spec.label}）在 # 处被截断，只读到“{brief(cut.remaining)}”：# 前面有空格，YAML 把后面当作注释"
        )
        whole = f"，写成：{cut.corrected}" if cut.corrected else ""
        hint = f"# 后面也是内容的，给整段文字加引号{whole}；本来就是注释的，# 前面空两格"
        place = (cut.line, cut.column)
        note(self.faults, Fault("GOV-112", message, *place, hint, path, cut.remaining, right=cut.whole_line))

    def _harmless(self, text: str, spec: Spec, node: Node, path: str) -> bool:
        """Whether a text has nothing in it that would turn a terminal or a form upside down."""
        lines = text.replace("\n", " ").replace("\t", " ")
        control = control_in(lines if spec.paragraphs else text)
        if control is None:
            return True
        what = "应当写在一行里" if control[0] == "\n" else f"含有看不见的控制字符 U+{ord(control[0]):04X}"
        seen = without_unseen(text)
        hint, right = "删去换行或看不见的字符，重新输入", ""
        if control_in(seen.replace("\n", " ").replace("\t", " ") if spec.paragraphs else seen) is None:
            hint, right = "这是从 Word 或网页粘贴时带来的，删去它" + (f"，写成：{seen}" if brief(seen) == seen else ""), seen
        self._fault("GOV-107", path, f"{path}（{spec.label}）{what}", node, hint, right=right)
        return False

    def _scalars(self, spec: Spec, node: Node, path: str) -> list[tuple[str, Node]]:
        if type(node.value) is str:
            text = self._text(spec, node, path)
            if text and text[0] in _DASHES and (item := _TYPED_ITEM.match(text)):
                first = item[1].split()[0]
                hint = f"列表项以半角“- ”开头，后面空一格，写成：- {brief(first)}"
                self._fault(
                    "GOV-107", path, f"{path}（{spec.label}）的“-”没有起列表的作用，几项成了一段文字", node, hint
                )
                return []
            return [] if text is None else [(text, node)]
        if type(node.value) is not list:
            self._fault("GOV-107", path, f"{path}（{spec.label}）应当是列表", node, "写成 [甲, 乙] 或每行一个“- 甲”")
            return []
        found = []
        for entry in node.value:
            if _is_empty(entry):
                self._fault("GOV-107", path, f"{path}（{spec.label}）有一项是空的", entry, "补写或删去这一项")
            elif (text := self._text(spec, entry, path)) is not None:
                found.append((text, entry))
        return found

    def _texts(self, spec: Spec, node: Node, path: str) -> tuple[str, ...]:
        found = self._scalars(spec, node, path)
        for text, entry in found if node.flow else ():
            if "，" in text or "、" in text:
                message = f"{path}（{spec.label}）的方括号里用了全角逗号或顿号，几项成了一项"
                self._fault(
                    "GOV-107", path, message, entry, "改成半角逗号“, ”；一项之内本来就有逗号的，每项另起一行写成“- …”"
                )
        return tuple(text for text, _ in found)

    def _known(self, spec: Spec, text: str, node: Node, path: str, key: str = "", *, inside: bool = False) -> str | None:
        """The word of the pack that a text means; `key` where the text is itself a key, `inside` brackets with others."""
        if self.words is None:
            return text
        accepted = self.words.get(spec.words, {})
        known = accepted.get(text) or accepted.get(unicodedata.normalize("NFKC", text))
        if known is None and not self._full():
            message = f"{path}（{spec.label}）写的“{brief(text)}”不是本办法的词"
            hint, meant = word_hint(text, accepted)
            meant_key = f"{path}.{meant}" if key and meant else ""
            right = "" if key else right_word(text, accepted, several=spec.kind is Kind.WORDS)
            if inside and right.startswith("["):
                right = right.strip("[]")
                hint = f"几项之间用半角逗号，写成 {right}"
            self._fault("GOV-106", key or path, message, node, hint, text, meant=meant_key, right=right)
        return known

    def _word(self, spec: Spec, node: Node, path: str) -> str | None:
        text = self._text(spec, node, path)
        return None if text is None else self._known(spec, text, node, path)

    def _words(self, spec: Spec, node: Node, path: str) -> tuple[str, ...]:
        inside = node.flow and type(node.value) is list
        known = (self._known(spec, text, entry, path, inside=inside) for text, entry in self._scalars(spec, node, path))
        return tuple(word for word in known if word is not None)

    def _choice(self, spec: Spec, node: Node, path: str) -> str | None:
        text = self._text(spec, node, path)
        if text is None or text in spec.choices:
            return text
        message = f"{path}（{spec.label}）不能写“{brief(text)}”"
        self._fault("GOV-106", path, message, node, "可以写：" + "、".join(spec.choices))
        return None

    # -- figures and dates -------------------------------------------------------------------------

    def _parsed(self, spec: Spec, node: Node, path: str, parse: Callable[[str], T], hint: str) -> T | None:
        text = self._text(spec, node, path)
        if text is None:
            return None
        try:
            return parse(text)
        except ValueError as error:
            right = half_width(text, parse) or (error.right if isinstance(error, WrittenOtherwiseError) else "")
            self._fault("GOV-107", path, f"{path}（{spec.label}）：{error}", node, hint, right=right)
            return None

    def _money(self, spec: Spec, node: Node, path: str) -> Decimal | None:
        return self._parsed(spec, node, path, parse_money, "例如 320万元")

    def _date(self, spec: Spec, node: Node, path: str) -> dt.date | None:
        return self._parsed(spec, node, path, parse_date, "日期写成 2026-03-01 的样子")

    def _bool(self, spec: Spec, node: Node, path: str) -> bool | None:
        chinese = path != "classified"  # there, whatever is not plainly false is kept secret
        if node.value in ("true", "True", "TRUE") or (chinese and node.value == YES):
            return True
        if node.value in ("false", "False", "FALSE") or (chinese and node.value == NO):
            return False
        hint = "是写 true，否写 false" + ("；也可以直接写 是 或 否" if chinese else "")
        typed = f"，现在是“{brief(node.text)}”" if type(node.value) is str and chinese else ""
        self._fault("GOV-107", path, f"{path}（{spec.label}）只能写 true 或 false{typed}", node, hint)
        return None

    def _year(self, spec: Spec, node: Node, path: str) -> int | None:
        text = self._text(spec, node, path)
        if text is None or YEAR.fullmatch(text):
            return None if text is None else int(text)
        message = f"{path}（{spec.label}）应当是四位年份，现在是“{brief(text)}”"
        bare = text.removesuffix("度").removesuffix("年")
        right = half_width(text, YEAR.fullmatch) or (bare if YEAR.fullmatch(bare) else half_width(bare, YEAR.fullmatch))
        self._fault("GOV-107", path, message, node, "只写半角数字，例如 2027", right=right)
        return None

    def _period(self, spec: Spec, node: Node, path: str) -> str | None:
        text = self._text(spec, node, path)
        if text is None or PERIOD.fullmatch(text):
            return text
        self._fault(
            "GOV-107",
            path,
            f"{path}（{spec.label}）看不懂“{brief(text)}”",
            node,
            "写成 2026、2026Q1、2026H1 或 2026-01",
            right=half_width(text, PERIOD.fullmatch),
        )
        return None

    # -- mappings and lists of records -------------------------------------------------------------

    def _flags(self, spec: Spec, node: Node, path: str) -> dict[str, bool]:
        flags: dict[str, bool] = {}
        for name, value in self._entries(spec, node, path):
            known = self._known(spec, name, value, path, f"{path}.{brief(name)}")
            self._note(f"{path}.{known or name}", value)
            given = None if value.value is None else self._bool(spec, value, f"{path}.{name}")
            if known in flags:
                self._fault("GOV-104", f"{path}.{known}", f"{path}.{known} 用两种写法写了两次", value, "只留一处")
            elif known is not None and given is not None:
                flags[known] = given
        return flags

    def _figures(self, spec: Spec, node: Node, path: str) -> dict[str, Decimal | int]:
        """Whole numbers, and amounts where the word of the pack is one of money."""
        figures: dict[str, Decimal | int] = {}
        for name, value in self._entries(spec, node, path):
            known = self._known(spec, name, value, path, f"{path}.{brief(name)}")
            self._note(f"{path}.{known or name}", value)
            given = None if value.value is None or known is None else self._figure(spec, known, value, f"{path}.{name}")
            if known in figures:
                self._fault("GOV-104", f"{path}.{known}", f"{path}.{known} 用两种写法写了两次", value, "只留一处")
            elif known is not None and given is not None:
                figures[known] = given
        return figures

    def _figure(self, spec: Spec, name: str, node: Node, path: str) -> Decimal | int | None:
        is_money = self.words is not None and name in self.words.get(AMOUNTS, {})
        if is_money or (self.words is None and node.text.strip().endswith("元")):
            return self._money(spec, node, path)
        return self._parsed(spec, node, path, whole_number, "只写半角整数，不带单位，例如 9")

    def _entries(self, spec: Spec, node: Node, path: str) -> list[tuple[str, Node]]:
        if type(node.value) is not dict:
            hint = mapping_hint(node)
            self._fault("GOV-107", path, f"{path}（{spec.label}）应当每行写一个“名称: 值”", node, hint)
            return []
        found = []
        for name, value in node.value.items():
            if control_in(name) is None:
                found.append((name, value))
            else:
                self._fault("GOV-107", path, f"{path}（{spec.label}）的名称含有看不见的控制字符", value, "重新输入名称")
        return found

    def _nested(self, spec: Spec, node: Node, path: str) -> Declared:
        return self.record(spec.record, node, path)

    def _records(self, spec: Spec, node: Node, path: str) -> tuple[Declared, ...]:
        if type(node.value) is not list:
            self._fault("GOV-107", path, f"{path}（{spec.label}）应当是列表", node, list_hint(node))
            return ()
        return tuple(self.record(spec.record, entry, f"{path}[{number}]") for number, entry in enumerate(node.value))

    def _answers(self, spec: Spec, node: Node, path: str) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for question, value in self._entries(spec, node, path):
            at = f"{path}.{question}"
            known = self._known(spec, question, value, path, f"{path}.{brief(question)}")
            if value.value is None:
                continue
            self._note(at, value)
            if type(value.value) is str:
                shown = value.value if value.value in ANSWERS else "、".join(ANSWERS)
                hint = f"照实写成 {question}: {{answer: {shown}, by: 确认人, on: 确认的日期}}，日期例如 2026-03-01"
                self._fault("GOV-107", at, f"{at} 只写了回答，还要写明谁在哪天确认", value, hint)
                continue
            answer = self.record(Answer, value, at)
            if answer.answer == INAPPLICABLE and not answer.note:
                message = f"{at} 答了“{INAPPLICABLE}”，还要写 note（说明）为什么"
                self._fault("GOV-108", at, message, value, "补写 note: 不适用的原因")
            elif known is not None and None not in (answer.answer, answer.by, answer.on):
                answers[known] = answer
        return answers


def whole_number(text: str) -> int:
    """A whole number in figures; ValueError in Chinese if it is none."""
    if not _WHOLE.fullmatch(text):
        message = f"“{brief(text)}”不是整数"
        raise ValueError(message)
    return int(text)


_READ: dict[Kind, Callable[[Reader, Spec, Node, str], object]] = {
    Kind.TEXT: Reader._text,  # noqa: SLF001 - the table belongs to the class
    Kind.TEXTS: Reader._texts,  # noqa: SLF001
    Kind.WORD: Reader._word,  # noqa: SLF001
    Kind.WORDS: Reader._words,  # noqa: SLF001
    Kind.CHOICE: Reader._choice,  # noqa: SLF001
    Kind.MONEY: Reader._money,  # noqa: SLF001
    Kind.DATE: Reader._date,  # noqa: SLF001
    Kind.BOOL: Reader._bool,  # noqa: SLF001
    Kind.INT: Reader._year,  # noqa: SLF001 - every whole number of the model is a year
    Kind.YEAR_OR_QUARTER: Reader._period,  # noqa: SLF001
    Kind.FLAGS: Reader._flags,  # noqa: SLF001
    Kind.FIGURES: Reader._figures,  # noqa: SLF001
    Kind.RECORD: Reader._nested,  # noqa: SLF001
    Kind.RECORDS: Reader._records,  # noqa: SLF001
    Kind.ANSWERS: Reader._answers,  # noqa: SLF001
}


def _is_empty(given: Node | None) -> bool:
    return given is None or not given.value or (type(given.value) is str and not given.value.strip())


def _shown(at: str, cls: type[Declared]) -> str:
    return f"{at}（{cls.RECORD_NAME}）" if at else "文件内容"


def _labels(cls: type[Declared]) -> dict[str, str]:
    """The keys of a record class with their Chinese names."""
    return {spec.key: spec.label for spec in specs(cls).values()}
