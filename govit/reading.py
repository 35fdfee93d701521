"""读入：a YAML tree and the model's field tables -> frozen records, and every fault of the file.

Nothing stops at the first fault: a value that cannot be read is left None and named with its place.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import TYPE_CHECKING, Any, TypeVar

from govit.model import INAPPLICABLE, Answer, Kind, Spec, specs
from govit.money import parse_money
from govit.nearest import did_you_mean
from govit.yamltext import Fault, Node

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from decimal import Decimal

Vocabulary = "Mapping[str, Mapping[str, str]]"
"""Word list name -> accepted spelling -> the word itself."""

T = TypeVar("T")
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_LOOSE_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_PERIOD = re.compile(r"\d{4}(Q[1-4])?", re.ASCII)


class Reader:
    """Reads one file. `words` is None while the regulation is unknown: words are then not judged."""

    def __init__(self, words: Mapping[str, Mapping[str, str]] | None) -> None:
        self.words = words
        self.faults: list[Fault] = []
        self.places: dict[str, tuple[int, int]] = {}

    def record(self, cls: type[T], node: Node, at: str, allowed: Collection[str] | None = None) -> T:
        """Read a mapping into a record; `allowed` narrows the keys that may be given."""
        table = specs(cls)
        self.places[at] = (node.line, node.column)
        values: dict[str, Any] = {"at": at} if "at" in cls.__dataclass_fields__ else {}  # type: ignore[attr-defined]
        if not isinstance(node.value, dict):
            self._fault("GOV-107", f"{_shown(at, cls)}应当是“键: 值”的写法", node, "每行写一个 键: 值")
            return cls(**values)
        for key, value in node.value.items():
            spec = table.get(key)
            if spec is None or (allowed is not None and key not in allowed):
                self._unknown_key(key, node, allowed or table)
                continue
            if value.value is None:
                continue
            path = f"{at}.{key}" if at else key
            self.places[path] = (value.line, value.column)
            read = _READ[spec.kind](self, spec, value, path)
            if read is not None:
                values[key] = read
        self._require(table, node, at, allowed)
        return cls(**values)

    def _require(self, table: Mapping[str, Spec], node: Node, at: str, allowed: Collection[str] | None) -> None:
        for key, spec in table.items():
            if not spec.required or (allowed is not None and key not in allowed):
                continue
            given = node.value.get(key)
            if given is None or given.value is None or given.value == []:
                where = f"{at} " if at else ""
                self._fault("GOV-108", f"{where}缺少 {key}（{spec.label}）", node, f"补写 {key}: …")

    def _unknown_key(self, key: str, node: Node, known: Collection[str]) -> None:
        line, column = node.keys[key]
        normal = unicodedata.normalize("NFKC", key)
        hint = (
            "键名里有全角字符，请改成半角"
            if normal != key and normal.rstrip(": ").split(":")[0] in known
            else did_you_mean(key, known)
        )
        self.faults.append(Fault("GOV-105", f"没有“{key}”这个键", line, column, hint))

    def _fault(self, rule: str, message: str, node: Node, hint: str = "") -> None:
        self.faults.append(Fault(rule, message, node.line, node.column, hint))

    def _text(self, spec: Spec, node: Node, path: str) -> str | None:
        if isinstance(node.value, str):
            return node.value.strip()
        self._fault("GOV-107", f"{path}（{spec.label}）应当是一段文字", node, "不要写成列表或多层")
        return None

    def _scalars(self, spec: Spec, node: Node, path: str) -> list[tuple[str, Node]]:
        if isinstance(node.value, str):
            return [(node.value.strip(), node)]
        if not isinstance(node.value, list):
            self._fault("GOV-107", f"{path}（{spec.label}）应当是列表", node, "写成 [甲, 乙] 或每行一个“- 甲”")
            return []
        found = []
        for entry in node.value:
            if isinstance(entry.value, str):
                found.append((entry.value.strip(), entry))
            else:
                self._fault("GOV-107", f"{path}（{spec.label}）的每一项应当是文字", entry)
        return found

    def _texts(self, spec: Spec, node: Node, path: str) -> tuple[str, ...]:
        return tuple(text for text, _ in self._scalars(spec, node, path))

    def _known(self, spec: Spec, text: str, node: Node, path: str) -> str | None:
        if self.words is None:
            return text
        accepted = self.words.get(spec.words, {})
        known = accepted.get(text) or accepted.get(unicodedata.normalize("NFKC", text))
        if known is None:
            self._fault(
                "GOV-106",
                f"{path}（{spec.label}）写的“{text}”不是本办法的词",
                node,
                did_you_mean(text, dict.fromkeys(accepted.values())),
            )
        return known

    def _word(self, spec: Spec, node: Node, path: str) -> str | None:
        text = self._text(spec, node, path)
        return None if text is None else self._known(spec, text, node, path)

    def _words(self, spec: Spec, node: Node, path: str) -> tuple[str, ...]:
        known = (self._known(spec, text, entry, path) for text, entry in self._scalars(spec, node, path))
        return tuple(word for word in known if word is not None)

    def _choice(self, spec: Spec, node: Node, path: str) -> str | None:
        text = self._text(spec, node, path)
        if text is None or text in spec.choices:
            return text
        self._fault("GOV-106", f"{path}（{spec.label}）不能写“{text}”", node, "可以写：" + "、".join(spec.choices))
        return None

    def _money(self, spec: Spec, node: Node, path: str) -> Decimal | None:
        text = self._text(spec, node, path)
        if text is None:
            return None
        try:
            return parse_money(text)
        except ValueError as error:
            self._fault("GOV-107", f"{path}（{spec.label}）：{error}", node, "例如 320万元")
            return None

    def _date(self, spec: Spec, node: Node, path: str) -> dt.date | None:
        text = self._text(spec, node, path)
        if text is None:
            return None
        try:
            return parse_date(text)
        except ValueError as error:
            self._fault("GOV-107", f"{path}（{spec.label}）：{error}", node, "日期写成 2026-03-01 的样子")
            return None

    def _bool(self, spec: Spec, node: Node, path: str) -> bool | None:
        if node.value in ("true", "True", "TRUE"):
            return True
        if node.value in ("false", "False", "FALSE"):
            return False
        self._fault("GOV-107", f"{path}（{spec.label}）只能写 true 或 false", node, "是写 true，否写 false")
        return None

    def _int(self, spec: Spec, node: Node, path: str) -> int | None:
        text = self._text(spec, node, path)
        if text is None or re.fullmatch(r"\d{1,9}", text, re.ASCII):
            return None if text is None else int(text)
        self._fault("GOV-107", f"{path}（{spec.label}）应当是整数，现在是“{text}”", node, "只写半角数字，例如 2027")
        return None

    def _period(self, spec: Spec, node: Node, path: str) -> str | None:
        text = self._text(spec, node, path)
        if text is None or _PERIOD.fullmatch(text):
            return text
        self._fault("GOV-107", f"{path}（{spec.label}）看不懂“{text}”", node, "写成 2026 或 2026Q1")
        return None

    def _flags(self, spec: Spec, node: Node, path: str) -> dict[str, bool]:
        flags: dict[str, bool] = {}
        for name, value in self._entries(spec, node, path):
            known = self._known(spec, name, value, path)
            given = None if value.value is None else self._bool(spec, value, f"{path}.{name}")
            self.places[f"{path}.{name}"] = (value.line, value.column)
            if known is not None and given is not None:
                flags[known] = given
        return flags

    def _entries(self, spec: Spec, node: Node, path: str) -> list[tuple[str, Node]]:
        if isinstance(node.value, dict):
            return list(node.value.items())
        self._fault("GOV-107", f"{path}（{spec.label}）应当每行写一个“名称: 值”", node)
        return []

    def _nested(self, spec: Spec, node: Node, path: str) -> Any:  # noqa: ANN401 - the record class of the field
        assert spec.of is not None  # noqa: S101 - fixed by the field table
        return self.record(spec.of, node, path)

    def _records(self, spec: Spec, node: Node, path: str) -> tuple[Any, ...]:
        assert spec.of is not None  # noqa: S101 - fixed by the field table
        if not isinstance(node.value, list):
            self._fault("GOV-107", f"{path}（{spec.label}）应当是列表", node, "每条记录以“- ”开头")
            return ()
        return tuple(self.record(spec.of, entry, f"{path}[{number}]") for number, entry in enumerate(node.value))

    def _answers(self, spec: Spec, node: Node, path: str) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        for question, value in self._entries(spec, node, path):
            known = self._known(spec, question, value, path)
            answer = self.record(Answer, value, f"{path}.{question}")
            if answer.answer == INAPPLICABLE and not answer.note:
                self._fault(
                    "GOV-108",
                    f"{path}.{question} 答了“不适用”，还要写 note（说明）为什么",
                    value,
                    "补写 note: 不适用的原因",
                )
            if known is not None and answer.answer is not None:
                answers[known] = answer
        return answers


_READ: dict[Kind, Callable[[Reader, Spec, Node, str], Any]] = {
    Kind.TEXT: Reader._text,  # noqa: SLF001 - the table belongs to the class
    Kind.TEXTS: Reader._texts,  # noqa: SLF001
    Kind.WORD: Reader._word,  # noqa: SLF001
    Kind.WORDS: Reader._words,  # noqa: SLF001
    Kind.CHOICE: Reader._choice,  # noqa: SLF001
    Kind.MONEY: Reader._money,  # noqa: SLF001
    Kind.DATE: Reader._date,  # noqa: SLF001
    Kind.BOOL: Reader._bool,  # noqa: SLF001
    Kind.INT: Reader._int,  # noqa: SLF001
    Kind.YEAR_OR_QUARTER: Reader._period,  # noqa: SLF001
    Kind.FLAGS: Reader._flags,  # noqa: SLF001
    Kind.RECORD: Reader._nested,  # noqa: SLF001
    Kind.RECORDS: Reader._records,  # noqa: SLF001
    Kind.ANSWERS: Reader._answers,  # noqa: SLF001
}


def parse_date(text: str) -> dt.date:
    """Read 2026-03-01; ValueError says in Chinese what is wrong."""
    found = _DATE.fullmatch(text)
    if found:
        try:
            return dt.date(int(found[1]), int(found[2]), int(found[3]))
        except ValueError as error:
            message = f"没有“{text}”这一天"
            raise ValueError(message) from error
    loose = _LOOSE_DATE.fullmatch(unicodedata.normalize("NFKC", text))
    if loose:
        message = f"日期“{text}”请写成 {loose[1]}-{int(loose[2]):02d}-{int(loose[3]):02d}"
        raise ValueError(message)
    message = f"看不懂日期“{text}”"
    raise ValueError(message)


def _shown(at: str, cls: type[Any]) -> str:
    name = (cls.__doc__ or "").split("：")[0].strip("。. ")
    return f"{at}（{name}）" if at else "文件内容"
