"""取值：what a cell says as a value of project.yaml, or why it is refused. Nothing is guessed. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from govit.base.money import LARGEST, format_money, parse_money
from govit.base.nearest import near_hint
from govit.dossier.keys import Kind, Spec, specs
from govit.dossier.meant import near_word
from govit.dossier.model import Project
from govit.forms.data.plan_columns import LIST_SEPARATOR, NO, YES
from govit.forms.excel.workbook import CUT, text_of_cell
from govit.importing.book import MOST_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from govit.dossier.keys import Declared
    from govit.importing.book import Cell, Value

    FieldValue = Decimal | dt.date | int | bool | str | tuple[str, ...]
    Words = Mapping[str, Mapping[str, str]]

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"\d{4}[-/.年]\d{1,2}月?", re.ASCII)
_YEAR = re.compile(r"((?:19|20)\d\d)年?度?", re.ASCII)
_NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?", re.ASCII)
_SCALED = re.compile("[万亿%‰]|[0#?],+(?![0#?,])")
"""Number formats that show another figure than the one that is stored."""
_PLACES = {"万元": 6, "亿元": 10, "元": 2}
_NOISE = Decimal("1e-9")
"""How far a binary fraction may be from the figure that was typed, for each unit of it."""
_YES, _NO = frozenset((YES, "true", "√", "☑", "y", "yes")), frozenset((NO, "false", "×", "☐", "n", "no"))
_SHOWN = 30


class CellRefusedError(Exception):
    """A cell that cannot be taken; says why in Chinese."""


class RemarkedError(CellRefusedError):
    """A cell that is not meant to be taken; what stands there is worth a remark, no more."""


def spec_of(key: str) -> Spec | None:
    """The field of project.yaml that a dotted key names."""
    of: type[Declared] | None = Project
    spec = None
    for part in key.split("."):
        spec = specs(of).get(part) if of is not None else None
        of = spec.of if spec is not None else None
    return spec


def value_of(cell: Cell, kind: Kind, *, words: str = "", unit: str = "", known: Words | None = None) -> FieldValue:
    """The value of a filled cell: a Decimal in 元, a date, a text …; CellRefusedError if it is not understood."""
    value = cell.value
    if isinstance(value, str) and len(value) > MOST_TEXT:
        message = f"单元格里的文字超过 {MOST_TEXT} 个字，Excel 和 WPS 写不出这样的单元格"
        raise CellRefusedError(message)
    if isinstance(value, str) and value.startswith("#") and cell.formula:
        message = f"单元格里是错误值 {value}"
        raise CellRefusedError(message)
    match kind:
        case Kind.MONEY:
            return _money(cell, unit)
        case Kind.DATE:
            return _date(value)
        case Kind.INT:
            return _year(value)
        case Kind.BOOL:
            return _bool(value)
        case Kind.TEXTS:
            return _texts(_text(value))
        case Kind.WORD:
            return _word(_text(value), words, known)
        case Kind.WORDS:
            return tuple(_word(part, words, known) for part in re.split(r"[、，,；;\n]+", _text(value)) if part.strip())
        case _:
            return _text(value)


def written(value: FieldValue) -> str | bool | int | dt.date | list[str]:
    """A value as project.yaml has it."""
    if isinstance(value, Decimal):
        return format_money(value)
    return list(value) if isinstance(value, tuple) else value


# -- texts and words -----------------------------------------------------------------------------------


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return YES if value else NO
    if isinstance(value, (dt.date, dt.time, dt.timedelta)):
        message = f"这一列要文字，单元格里是日期或时间 {value}；请把单元格设为文本再写"
        raise CellRefusedError(message)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = text_of_cell(str(value)).replace("_x000D_", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if text.endswith(CUT):
        message = "这一格写的时候太长截断了，不能读回；请在 project.yaml 里改"
        raise CellRefusedError(message)
    return text


def _texts(text: str) -> tuple[str, ...]:
    """One entry a line; on a single line full-width or half-width semicolons part them."""
    parts = text.split(LIST_SEPARATOR) if LIST_SEPARATOR in text else re.split("[；;]", text)
    return tuple(part.strip() for part in parts if part.strip())


def _word(text: str, listed: str, known: Words | None) -> str:
    text = text.strip()
    if known is None or not listed:
        return text
    accepted = known.get(listed, {})
    found = accepted.get(text) or accepted.get(unicodedata.normalize("NFKC", text))
    if found is None:
        words = dict.fromkeys(accepted.values())
        message = f"“{_brief(text)}”不是本办法的词；{near_hint(near_word(text, words), words)}"
        raise CellRefusedError(message)
    return found


def _bool(value: Value) -> bool:
    if isinstance(value, bool):
        return value
    text = str(value).strip().casefold()
    if text not in _YES | _NO:
        message = f"只能写“{YES}”或“{NO}”，现在是“{_brief(str(value))}”"
        raise CellRefusedError(message)
    return text in _YES


# -- figures -------------------------------------------------------------------------------------------


def _money(cell: Cell, unit: str) -> Decimal:
    value = cell.value
    if isinstance(value, (bool, dt.date, dt.time, dt.timedelta)):
        message = f"应当是金额，现在是“{_brief(str(value))}”"
        raise CellRefusedError(message)
    if isinstance(value, (int, float)):
        if _SCALED.search(_without_texts(cell.format)):
            message = f"单元格格式“{cell.format}”换了单位显示，看到的数和存的数（{value}）不同；请改成常规格式"
            raise CellRefusedError(message)
        return _amount(_exact(value, unit), unit, str(value))
    text = re.sub(r"[\s¥￥]", "", unicodedata.normalize("NFKC", str(value))).removeprefix("人民币")
    if _NUMBER.fullmatch(text):
        return _amount(text, unit, str(value))
    try:
        return parse_money(text)
    except ValueError as error:
        raise CellRefusedError(str(error)) from error


def _without_texts(number_format: str) -> str:
    """A number format without what it merely prints beside the figure, unless that is a unit."""
    return re.sub(r'"([^"万亿%]*)"|\\.', "", number_format)


def _exact(value: float, unit: str) -> str:
    """A stored number as it was typed: Excel keeps binary fractions, whose last digits are noise."""
    try:
        number = Decimal(repr(value))
    except InvalidOperation as error:
        message = f"应当是金额，现在是“{value}”"
        raise CellRefusedError(message) from error
    if not number.is_finite() or abs(number) > LARGEST:
        message = f"应当是金额，现在是“{value}”"
        raise CellRefusedError(message)
    rounded = round(number, _PLACES.get(unit, 10))
    near = abs(rounded - number) <= _NOISE * max(Decimal(1), abs(number))
    return f"{(rounded if near else number).normalize():f}"


def _amount(number: str, unit: str, shown: str) -> Decimal:
    if unit not in _PLACES:
        message = f"看不出“{_brief(shown)}”是万元还是元；请在表头写“（万元）”，或在表上方写“单位：万元”"
        raise CellRefusedError(message)
    try:
        return parse_money(number + unit)
    except ValueError as error:
        raise CellRefusedError(str(error)) from error


# -- dates -----------------------------------------------------------------------------------------------


def _date(value: Value) -> dt.date:
    if isinstance(value, dt.datetime):
        if value.time() != dt.time():
            message = f"“{value}”带时刻，应当只是日期"
            raise CellRefusedError(message)
        return _sensible(value.date())
    if isinstance(value, dt.date):
        return _sensible(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value)))
    found = _DATE.fullmatch(text)
    if found is None:
        raise CellRefusedError(_what_date(text, value))
    year, month, day = (int(part) for part in found.groups() if part)
    try:
        return _sensible(dt.date(year, month, day))
    except ValueError as error:
        message = f"没有“{_brief(text)}”这一天"
        raise CellRefusedError(message) from error


def _sensible(day: dt.date) -> dt.date:
    if not _YEAR.fullmatch(str(day.year)):
        message = f"日期 {day} 的年份不合常理"
        raise CellRefusedError(message)
    return day


def _what_date(text: str, value: Value) -> str:
    if _MONTH.fullmatch(text):
        return f"“{_brief(text)}”没有写到日；请写成 2026-03-01 的样子"
    if isinstance(value, (int, float)):
        return f"“{value}”是数，不知道是不是日期；请把单元格设为日期格式，或写成 2026-03-01"
    return f"看不懂日期“{_brief(text)}”；请写成 2026-03-01 的样子"


def _year(value: Value) -> int:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    found = _YEAR.fullmatch(re.sub(r"\s", "", unicodedata.normalize("NFKC", str(value))))
    if found is None or isinstance(value, bool):
        message = f"应当是四位年份，现在是“{_brief(str(value))}”"
        raise CellRefusedError(message)
    return int(found[1])


def _brief(text: str) -> str:
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
