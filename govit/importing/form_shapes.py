"""值的样子：what a person, a telephone number, a body or a name of a project looks like; what does not is left open. Pure.

A form puts hints for the clerk, signatures and the boxes of other people where its values stand.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from govit.importing.cells import CellRefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

BODY = re.compile(
    r".*(?:局|委|委员会|办|办公室|厅|院|部|中心|站|所|队|支队|大队|政府|公司|处|会|行|社|校|馆|库|署|庭|科|室|股|组|团|园|区|县|镇|乡|"
    r"街道|大学|学院|集团|基地|医院|台|场|段|厂|机关|联|总工会|协会|法院|检察院|党校|学校|银行|分局|指挥部|管委会)"
)
"""A body by the last word of its name."""
_STAMP = re.compile(r"[(（【\[]\s*(?:加盖)?(?:单位)?(?:盖章|公章|签章|印章|签字|签名|章)\s*(?:处)?[)）】\]]")
_HINT = re.compile(
    r"(?:请|填写|填报|指|即|应[当与按为写]|须|需与|简要(?:说明|描述|介绍|填写)|简述|列[出明](?!入)|按(?:照|要求|实际|公章|立项|文件)|与.{0,12}(?:一致|相同)).*",
    re.DOTALL,
)
_LIMIT = re.compile(r"[(（]?(?:限|不超过|控制在|约|一般)?\s{0,3}\d{1,5}\s{0,3}个?字\s{0,3}(?:以内|左右|之内|以下)?[)）]?[。]?")
_ALL_IN_BRACKETS = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]")
_IN_BRACKETS_AT_END = re.compile(r"[(（][^()（）]{1,20}[)）]$")
_SPACED_HAN = re.compile(r"(?<=[\u4e00-\u9fff])[ 　]+(?=[\u4e00-\u9fff])")
_HAN_NAME = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[·•][\u4e00-\u9fff]{1,8}){0,3}|[\u4e00-\u9fff]{2,8}[·•][\u4e00-\u9fff]{1,8}")
_LATIN_NAME = re.compile(r"[A-Za-z][A-Za-z .'-]{1,40}")
_NO_NAME = re.compile(
    r"[见同详待无如按]|.*(?:局|科|处|室|部|中心|公司|单位|负责人|责任人|联系人|经办人|代理人|法人|填表人|局长|科长|主任|封面|附件|签字|电话"
    r"|姓名|职务)$"
)
_TITLED = re.compile(r"(.{2,10}?)[(（][\u4e00-\u9fff]{1,12}[)）]")
_PHONE = re.compile(r"[\d+()（）\-—－–/、,，;；转 \n]{7,60}")
_LEAST_DIGITS = 7
_AT_BODIES = re.compile("[、；;,，\n]")
_SENTENCE_ENDS = "。；;！!？?"
_SHOWN = 30


def without_stamps(text: str) -> str:
    """A value without 盖章, 签字 in brackets behind it."""
    return _STAMP.sub("", text).strip()


def is_hint(text: str) -> bool:
    """Whether a text tells the clerk what to write, instead of saying it."""
    bare = text.strip(" 　\n")
    if _LIMIT.fullmatch(bare) or _HINT.fullmatch(bare):
        return True
    inside = bare.strip("（）()【】[] 　") if _ALL_IN_BRACKETS.fullmatch(bare) else ""
    return bool(inside) and bool(_HINT.fullmatch(inside) or _LIMIT.search(inside))


def shaped(key: str, text: str) -> str:
    """The value of a box as it is taken; CellRefusedError if it does not look like what the box asks for."""
    return _SHAPES[key](text) if key in _SHAPES else text


def _person(text: str) -> str:
    name = _SPACED_HAN.sub("", "".join(text.split("\n")))
    titled = _TITLED.fullmatch(name)
    bare = titled[1] if titled else name
    if _NO_NAME.match(bare) or not (_HAN_NAME.fullmatch(bare) or _LATIN_NAME.fullmatch(bare)):
        message = f"“{_brief(text)}”不像一个人的姓名"
        raise CellRefusedError(message)
    return name


def _phone(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text)
    if not _PHONE.fullmatch(plain) or sum(map(str.isdigit, plain)) < _LEAST_DIGITS:
        message = f"“{_brief(text)}”不像电话号码"
        raise CellRefusedError(message)
    return text


def _body(text: str) -> str:
    parts = [part.strip() for part in _AT_BODIES.split(text.strip())]
    if len(parts) > 1 and all(map(BODY.fullmatch, parts)):
        message = f"“{_brief(text)}”写了 {len(parts)} 个单位"
        raise CellRefusedError(message)
    name = _SPACED_HAN.sub("", "".join(text.split("\n")))
    if not BODY.fullmatch(_IN_BRACKETS_AT_END.sub("", name)):
        message = f"“{_brief(text)}”不像单位名称"
        raise CellRefusedError(message)
    return name


def _name(text: str) -> str:
    if any(end in text for end in _SENTENCE_ENDS):
        message = f"“{_brief(text)}”是一句话或者几个名称，不像项目名称"
        raise CellRefusedError(message)
    return text


_SHAPES: Mapping[str, Callable[[str], str]] = {
    "name": _name,
    "manager": _person,
    "contact.person": _person,
    "contact.phone": _phone,
    **dict.fromkeys(("unit.name", "unit.parent", "applicant", "lead", "participants", "team", "builder"), _body),
}


def _brief(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else line[:_SHOWN] + "…"
