"""填写的值：what the box of a form says as a value of project.yaml, or why nobody can say. Nothing is guessed. Pure."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from govit.base.capitals import CHARACTERS, parse_capitals
from govit.base.money import parse_money
from govit.documents.placeholders import is_placeholder
from govit.dossier.keys import Kind
from govit.importing.book import Cell
from govit.importing.cells import CellRefusedError, spec_of, value_of
from govit.importing.form_labels import CLASSIFIED, FUNDING, MANAGER_AND_PHONE, PERSON_AND_PHONE, SCHEDULE, SECRECY
from govit.importing.form_shapes import is_hint, shaped, without_stamps

if TYPE_CHECKING:

    from govit.importing.cells import FieldValue, Words


class FundingRow(NamedTuple):
    """一项资金来源."""

    source: str
    amount: Decimal
    year: int | None = None


_TICKED, _EMPTY = "☑☒■√✓✔✅●", "☐□○"
_BOXES = re.compile(rf"[{_TICKED}{_EMPTY}]")
_BRACKET_BOX = re.compile(r"[(（\[【]\s{0,3}([√✓✔]?)\s{0,3}[)）\]】]")
_BEHIND_BOX = re.compile(rf"([{_EMPTY}])\s*[√✓✔]")
_SYMBOLS = str.maketrans(
    {0xFE: "☑", 0xA8: "☐", 0xFD: "☒", 0xF052: "☑", 0xF0FE: "☑", 0xF0FD: "☒", 0xF0A3: "☐", 0xF0A8: "☐"}
    | {0xF06F: "☐", 0xF0FC: "√", 0xF050: "√", 0xFE0F: None}
)
"""What Wingdings has, also where its font is lost, and the mark behind a sign that only says in what colour it is shown."""
_LETTERED = re.compile(r"[R£](?=[\s]?[\u4e00-\u9fff])")
"""The ticked and the empty box of Wingdings 2, where the font is lost."""
_FILLERS = " \t　\n_＿-—–/／\\~～.…·:：,，;；"
_NOTHING = frozenset(("", "无", "没有", "暂无", "空", "不涉及", "不适用", "无。", "待填", "（待填）", "(待填)"))
_UNDERLINE = re.compile(r"[_＿]{2,}")
_NUMBERED = re.compile(r"^\s*(?:\d{1,2}\s*(?:[．、)）]|\.(?!\d))|[(（]\d{1,2}[)）]|[①-⑳])\s*")
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})(?:\s*日)?")
_MONTH = re.compile(r"\d{4}\s*[-./年]\s*\d{1,2}\s*月?")
_HAN_DATE = re.compile(r"([二〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月(?:([一二三四五六七八九十]{1,3})日)?")
_HAN_DIGITS = {"〇": "0", "○": "0", "零": "0", **{han: str(n) for n, han in enumerate("一二三四五六七八九", 1)}}
_PERSON = re.compile(r"([\u4e00-\u9fff·]{2,8}(?:[(（][^()（）]{1,12}[)）])?)[\s、,，:：/]*([\d][\d\-—－ ]{6,18})")
_SOURCE = re.compile(r"([\u4e00-\u9fff（）()]{2,20}?)[:：为]?([\d,.]{1,20})(亿元|万元|元)?(?:[;；,，、\n]|$)")
_AT_COMMAS, _AT_SEMICOLONS = re.compile("[、；;]"), re.compile("[；;]")
_AT_NUMBERS = re.compile(r"[；;\s](?=\d{1,2}(?:[．、)）]|\.\D))")
_WITH_COMMAS = frozenset(("participants", "standards"))
"""Lists whose entries a comma parts where they stand on one line; elsewhere only a semicolon does."""


def is_blank(text: str) -> bool:
    """Whether nothing was filled in: nothing, a stroke, 无, an underline."""
    bare = text.strip(_FILLERS)
    return bare in _NOTHING or "".join(bare.split()) == "年月日"


def values_of(key: str, text: str, unit: str, words: Words | None) -> dict[str, FieldValue | tuple[FundingRow, ...]]:
    """The values by key; none for a blank; CellRefusedError if it is not clear what is meant."""
    text = without_stamps(unicodedata.normalize("NFC", _UNDERLINE.sub("", text)))
    if is_blank(text):
        return {}
    if is_hint(text):
        message = f"写的是填表要求“{_brief(text)}”，不是内容"
        raise CellRefusedError(message)
    if key in (CLASSIFIED, SECRECY):
        return {CLASSIFIED: is_classified(text)}
    if key == SCHEDULE:
        return _period(text)
    if key == FUNDING:
        rows = funding_of(text, unit, words)
        return {FUNDING: rows} if rows else {}
    if key in (PERSON_AND_PHONE, MANAGER_AND_PHONE):
        return _person(key, text)
    value = _value(key, text, unit, words)
    return {} if value in ("", ()) else {key: value}


def _value(key: str, text: str, unit: str, words: Words | None) -> FieldValue:
    spec = spec_of(key)
    if spec is None:
        message = f"no field {key}"
        raise ValueError(message)
    if spec.kind in (Kind.WORD, Kind.WORDS, Kind.BOOL):
        chosen = ticked(text)
        if chosen is not None:
            return _chosen(chosen, spec.kind, spec.words, words)
    if is_placeholder(text):
        message = f"写的是“{_brief(text)}”，不是内容"
        raise CellRefusedError(message)
    if spec.kind is Kind.TEXTS:
        return tuple(shaped(key, one) for one in _entries(key, text))
    if spec.kind is Kind.DATE:
        text = _western(text)
    if spec.kind is Kind.TEXT and not spec.paragraphs:
        text = shaped(key, text)
        text = " ".join(text.split("\n")) if _is_english(text) else "".join(text.split("\n"))
    if spec.kind is Kind.MONEY:
        return _no_nothing(money_of(text, unit))
    return value_of(Cell("", text), spec.kind, words=spec.words, unit=unit, known=words)


def _is_english(text: str) -> bool:
    return text.isascii()


# -- ticks ---------------------------------------------------------------------------------------------


def ticked(text: str) -> tuple[str, ...] | None:
    """The options that are ticked; None where the box has no options; CellRefusedError if they cannot be told apart."""
    text = _BEHIND_BOX.sub("☑", unicodedata.normalize("NFC", text).translate(_SYMBOLS))
    if "£" in text and not _BOXES.search(text):
        text = _LETTERED.sub(lambda found: "☑" if found[0] == "R" else "☐", text)
    if "√" in text or _BRACKET_BOX.search(text):
        text = _BRACKET_BOX.sub(lambda found: "☑" if found[1] else "☐", text)
    marks = list(_BOXES.finditer(text))
    if not marks:
        return None
    first = not text[: marks[0].start()].strip(_FILLERS)
    last = not text[marks[-1].end() :].strip(_FILLERS)
    if first == last:
        message = f"看不出勾的是哪一项：“{_brief(text)}”"
        raise CellRefusedError(message)
    parts = [part.strip(_FILLERS) for part in _BOXES.split(text)]
    options = parts[1:] if first else parts[:-1]
    return tuple(option for option, mark in zip(options, marks, strict=True) if mark[0] in _TICKED)


def _chosen(chosen: tuple[str, ...], kind: Kind, listed: str, words: Words | None) -> FieldValue:
    if not chosen:
        return ""
    if kind is Kind.WORDS:
        found = [value_of(Cell("", one), Kind.WORD, words=listed, known=words) for one in chosen]
        return tuple(str(one) for one in found)
    if len(chosen) > 1:
        message = f"勾了 {len(chosen)} 项：{'、'.join(chosen)}"
        raise CellRefusedError(message)
    return value_of(Cell("", chosen[0]), kind, words=listed, known=words)


# -- lists, people, periods ------------------------------------------------------------------------------


def _entries(key: str, text: str) -> tuple[str, ...]:
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    if len(lines) == 1 and not _NUMBERED.match(text):
        lines = (_AT_COMMAS if key in _WITH_COMMAS else _AT_SEMICOLONS).split(text)
    elif len(lines) == 1:
        lines = _AT_NUMBERS.split(text)
    bare = [_NUMBERED.sub("", line).strip().rstrip("；;") for line in lines]
    return tuple(one for one in bare if one)


def _person(key: str, text: str) -> dict[str, FieldValue | tuple[FundingRow, ...]]:
    found = _PERSON.fullmatch(unicodedata.normalize("NFC", text.replace("\n", " ")).strip())
    if found is None:
        message = f"分不清姓名和电话：“{_brief(text)}”"
        raise CellRefusedError(message)
    if key == MANAGER_AND_PHONE:
        return {"manager": found[1]}
    return {"contact.person": found[1], "contact.phone": found[2].strip()}


def _period(text: str) -> dict[str, FieldValue | tuple[FundingRow, ...]]:
    western = _western(text)
    days = list(_DAY.finditer(western))
    if len(days) == 2:  # noqa: PLR2004 - from one day to another
        start, end = (value_of(Cell("", "-".join(day.groups())), Kind.DATE) for day in days)
        if isinstance(start, dt.date) and isinstance(end, dt.date) and start <= end:
            return {"schedule.start": start, "schedule.end": end}
        message = f"完工日期早于开工日期：“{_brief(text)}”"
        raise CellRefusedError(message)
    if _MONTH.search(western) and not days:
        message = f"“{_brief(text)}”没有写到日"
        raise CellRefusedError(message)
    message = f"“{_brief(text)}”看不出从哪天到哪天"
    raise CellRefusedError(message)


def _western(text: str) -> str:
    """A date in Chinese numerals as one in figures: 二〇二七年三月十五日."""

    def figures(found: re.Match[str]) -> str:
        year = "".join(_HAN_DIGITS.get(han, han) for han in found[1])
        day = f"{_count(found[3])}日" if found[3] else ""
        return f"{year}年{_count(found[2])}月{day}"

    return _HAN_DATE.sub(figures, unicodedata.normalize("NFKC", text))


def _count(han: str) -> int:
    """A number below a hundred: 十五, 二十一, 三."""
    tens, ten, ones = han.rpartition("十")
    if not ten:
        return int(_HAN_DIGITS[han]) if han in _HAN_DIGITS else 0
    return 10 * int(_HAN_DIGITS.get(tens, "1")) + int(_HAN_DIGITS.get(ones, "0"))


# -- secrecy ---------------------------------------------------------------------------------------------


_CLASSIFIED_WORDS = ("绝密", "机密", "秘密")
_OTHER_SECRETS = re.compile("工作秘密|商业秘密|国家秘密")
_YES_FIRST, _NO_FIRST = ("是", "涉密", "涉及", "属于", "有", "√"), ("否", "不", "非", "无", "未", "没有", "公开", "内部", "普通", "一般")


def is_classified(text: str) -> bool:
    """What a box on secrecy says; CellRefusedError if nobody can tell."""
    chosen = ticked(text)
    said = "、".join(chosen) if chosen is not None else "".join(text.split())
    if chosen == ():
        return False
    if said.startswith(_NO_FIRST) or _OTHER_SECRETS.fullmatch(said):
        return False
    if said.startswith(_YES_FIRST) or any(word in said for word in _CLASSIFIED_WORDS):
        return True
    message = f"看不出是否涉密：“{_brief(text)}”"
    raise CellRefusedError(message)


# -- money -------------------------------------------------------------------------------------------------


def funding_of(text: str, unit: str, words: Words | None) -> tuple[FundingRow, ...]:
    """Sources with their amounts on one line: 市级财政资金200万元，自筹资金60万元."""
    text = unicodedata.normalize("NFKC", text).replace(" ", "").replace("\t", "")
    if _BOXES.search(text) and not any(character.isdigit() for character in text):
        chosen = ticked(text)
        if not chosen:
            return ()
        message = f"只勾了来源（{'、'.join(chosen)}），没有各写多少"
        raise CellRefusedError(message)
    rows, at = [], 0
    for found in _SOURCE.finditer(text):
        if text[at : found.start()].strip():
            break
        rows.append(FundingRow(source_of(found[1], words), _amount(found[2], found[3] or unit)))
        at = found.end()
    if not rows or text[at:].strip(" 。"):
        message = f"看不出哪项来源各多少：“{_brief(text)}”"
        raise CellRefusedError(message)
    return tuple(rows)


def source_of(text: str, words: Words | None) -> str:
    """A source of money as the regulation calls it."""
    return str(value_of(Cell("", text.strip()), Kind.WORD, words="funding_sources", known=words))


def amount_of(text: str, unit: str) -> Decimal:
    """An amount, in the unit that it names itself or that stands above it."""
    value = value_of(Cell("", text), Kind.MONEY, unit=unit)
    if not isinstance(value, Decimal):
        raise TypeError(text)
    return value


def _no_nothing(amount: Decimal) -> Decimal:
    """An amount that a project is asked for is never nothing: 0 stands where none was filled in."""
    if not amount:
        message = "写的是 0"
        raise CellRefusedError(message)
    return amount


_PARTS = re.compile(r"[(,;]?其中.*")
_AMOUNT_MARKS = re.compile(r"人民币|大写|小写|[:()¥]")
_CAPITALS = re.compile(f"([{''.join(sorted(CHARACTERS))}]{{3,}})(.*)")
_CAPITALS_BEHIND = re.compile(r"([\d,.]+(?:亿元|万元|元)?)([^\d,.]{3,})")


def money_of(text: str, unit: str) -> Decimal:
    """An amount in figures, in capitals, or in both where they agree; what of it 其中 is for something is left aside."""
    plain = unicodedata.normalize("NFKC", text)
    plain = "".join(plain.split())
    plain = _PARTS.sub("", plain) or plain
    bare = _AMOUNT_MARKS.sub("", plain)
    behind = _CAPITALS_BEHIND.fullmatch(bare)
    found = _CAPITALS.fullmatch(behind[2] + behind[1] if behind is not None else bare)
    capital = parse_capitals(found[1]) if found is not None else None
    if found is None or capital is None:
        return amount_of(plain, unit)
    if found[2]:
        figures = [amount for one in dict.fromkeys((unit, "元")) if one and (amount := _or_none(found[2], one)) is not None]
        if capital not in figures:
            message = f"大写“{found[1]}”和小写“{found[2]}”不一致"
            raise CellRefusedError(message)
    return capital


def _or_none(text: str, unit: str) -> Decimal | None:
    try:
        return amount_of(text, unit)
    except CellRefusedError:
        return None


def _amount(number: str, unit: str) -> Decimal:
    if not unit:
        message = f"看不出“{_brief(number)}”是万元还是元"
        raise CellRefusedError(message)
    try:
        return parse_money(number + unit)
    except ValueError as error:
        raise CellRefusedError(str(error)) from error


def alike(one: object, other: object) -> bool:
    """Whether two values are the same, whatever blanks and widths they are written with."""
    if isinstance(one, str) and isinstance(other, str):
        return _plain(one) == _plain(other)
    if isinstance(one, tuple) and isinstance(other, tuple) and len(one) == len(other):
        return all(map(alike, one, other))
    return one == other


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _brief(text: str) -> str:
    most, line = 30, " ".join(text.split())
    return line if len(line) <= most else line[:most] + "…"
