"""引用与条件：how a pack names a value of a project, and the flat AND of tests over such values.

Parsing only. What a ref is worth for one project is decided in `facts`.
"""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, TypeAlias

from govit.base.dates import parse_date
from govit.base.money import format_money, parse_money
from govit.base.patterns import regex
from govit.base.records import replace, value_record
from govit.base.wording import Term, Wording, joined
from govit.dossier.keys import Role
from govit.dossier.lists import BY_KIND
from govit.dossier.model import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_ATTRIBUTE_LABELS = {
    "date": "日期",
    "number": "文号",
    "amount": "金额",
    "until": "截止日期",
    "result": "结论",
    "body": "机构",
    "by": "编制单位",
    "file": "文件",
    "count": "数量",
    "period": "所属期间",
    "of": "对象",
    "spent": "已支出",
    "to": "报送对象",
    "last": "最后日期",
    "issued": "发出日期",
}
"""The parts of a record that may be named, with what a message calls them."""
UNANSWERED, ANSWERED = "未回答", "已回答"
"""Of a question: that nobody has answered it yet, or that somebody has, whatever the answer. Both are known as such."""
_PARTS = {"year": "的年份", "month": "的月份"}
"""The parts of a date that may be named."""
_DATE_PARTS = frozenset(_PARTS)
_HEADS = frozenset(("figures", "funding", "lines", "catalogue", "systems", "predecessor", "answers", "item"))


@value_record
class Ref:
    """引用. `head` says where to look, `key` and `body` what for, `attr` which part of it."""

    text: str
    head: str
    key: str = ""
    body: str = ""
    attr: str = ""
    part: str = ""

    def __str__(self) -> str:
        """The ref as a message shows it."""
        return describe_ref(self)


def parse_ref(text: str) -> Ref:
    """Parse `approvals.事项@机构.date`; ValueError in Chinese if it has no such shape."""
    pieces = text.strip().split(".")
    part = ""
    if len(pieces) > 2 and pieces[-1] in _DATE_PARTS:  # noqa: PLR2004 - item.year is a field of its own
        part = pieces.pop()
    head = pieces[0]
    if head in BY_KIND:
        return _record_ref(text, pieces, part)
    if head in _HEADS and text.strip() != "predecessor":
        attr = pieces[-1] if len(pieces) > 2 and pieces[-1] in _ATTRIBUTE_LABELS else ""  # noqa: PLR2004
        rest = pieces[1:-1] if attr else pieces[1:]
        return Ref(text, head, ".".join(rest), attr=attr, part=part)
    if head == "as_of":
        return Ref(text, "as_of", part=pieces[1] if len(pieces) > 1 else part)
    if label_of(".".join(pieces)):
        return Ref(text, "field", ".".join(pieces), part=part)
    if len(pieces) == 1 and re.search(r"[\u4e00-\u9fff]", head):
        return Ref(text, "name", head)
    message = f"看不懂引用“{text}”"
    raise ValueError(message)


def _record_ref(text: str, pieces: list[str], part: str) -> Ref:
    if len(pieces) not in (2, 3) or (len(pieces) == 3 and pieces[2] not in _ATTRIBUTE_LABELS):  # noqa: PLR2004
        message = f"看不懂引用“{text}”"
        raise ValueError(message)
    key, _, body = pieces[1].partition("@")
    return Ref(text, pieces[0], key, body, pieces[2] if len(pieces) > 2 else "", part)  # noqa: PLR2004


def record_ref(head: str, key: str, body: str = "") -> Ref:
    """The records of a kind, of one body if one is named."""
    return Ref(f"{head}.{key}{'@' + body if body else ''}", head, key, body)


_SHOWN: dict[str, str] = {}
"""What refs were described as: the same few are named for every project."""
_MANY = 10_000


def describe_ref(ref: Ref) -> str:
    """Name a ref for a clerk: budget.total（总投资）, 审批“某事项”."""
    shown = _SHOWN.get(ref.text)
    if shown is None:
        shown = _DESCRIBED[ref.head](ref)
        shown = Wording("{}{}", shown, _PARTS[ref.part]) if ref.part in _PARTS else shown
        if len(_SHOWN) < _MANY:
            _SHOWN[ref.text] = shown
    return shown


def label_of_ref(ref: Ref) -> str:
    """A ref by its Chinese label alone, 总投资, where its key has one; else as it is described."""
    label = "" if ref.part else _LABELS[ref.head](ref) if ref.head in _LABELS else ""
    return label or describe_ref(ref)


def attribute_of(ref: Ref) -> str:
    """Which part of a record is meant, as it is put behind the record's name: 的截止日期, 的日期的年份."""
    return (f"的{_ATTRIBUTE_LABELS[ref.attr]}" if ref.attr else "") + _PARTS.get(ref.part, "")


def _record(ref: Ref) -> str:
    to = "向" if ref.head == "submissions" else ""
    body = f"{to}{ref.body}的" if ref.body else ""
    attribute = f"的{_ATTRIBUTE_LABELS[ref.attr]}" if ref.attr else ""
    return f"{body}{BY_KIND[ref.head].listed.entry}“{ref.key}”{attribute}"


def own_record(ref: Ref) -> Ref | None:
    """Of `item.submissions.事项`: the records among which those are that speak of this change or contract."""
    head, _, key = ref.key.partition(".")
    if ref.head != "item" or head not in ("approvals", "submissions"):
        return None
    kind, _, body = key.partition("@")
    return replace(record_ref(head, kind, body), attr=ref.attr)


_OVER_CHANGES = {
    "cumulative": "累计调整数额",
    "estimate": "批复概算",
    "nth_in_year": "当年第几次",
    "previous": "上一次调整的日期",
}
"""What is known of a change from those before it."""


_DAYS_OF_ITEMS = frozenset(day for one in BY_KIND.values() if (day := one.key(Role.DAY)))
"""The keys under which the lists write the day of a record: on, date; which list an item is of, a ref does not say."""


def _item(ref: Ref) -> str:
    own = own_record(ref)
    if own is not None:
        return Wording("针对这一次的{}", describe_ref(own))
    head, _, trait = ref.key.partition(".")
    if head == "estimate" and trait:
        return f"“{trait}”批复的金额"
    if trait:
        return f"“{trait}”"
    if head in _DAYS_OF_ITEMS:
        return "这一项的日期"
    label = _item_label(ref)
    return Term(f"{head}（{label}）", label) if label else head


def _item_label(ref: Ref) -> str:
    head, _, trait = ref.key.partition(".")
    if trait:
        return ""
    lists = ("changes", "budget.lines", "documents", "contracts", "catalogue", "funding", "approvals")
    labels = (label_of(f"{name}.{head}") for name in lists)
    return _OVER_CHANGES.get(head) or next(filter(None, labels), "")


def predecessor_label(ref: Ref) -> str:
    """What is known of the predecessor, without the key under which it is named."""
    return f"前期项目或系统{_of_predecessor(ref)}{_PARTS.get(ref.part, '')}"


def _predecessor(ref: Ref) -> str:
    return Wording("{}{}", Term("前期项目或系统（predecessor）", "前期项目或系统"), _of_predecessor(ref))


def _of_predecessor(ref: Ref) -> str:
    head, _, trait = ref.key.partition(".")
    return {"id": "的编号", "completed": "的建成日期", "operating": "的运行日期", "grade": "的评价分档"}.get(
        head, f"“{trait or head}”"
    )


def _catalogue(ref: Ref) -> str:
    direction = ref.key.removesuffix("count").rstrip(".")
    return f"数据资源目录{f'中{direction}的' if direction else ''}行数"


_DESCRIBED: Mapping[str, Callable[[Ref], str]] = {
    **dict.fromkeys(BY_KIND, _record),
    "field": lambda ref: Term(f"{ref.key}（{label_of(ref.key)}）", label_of(ref.key)),
    "name": lambda ref: f"“{ref.key}”",
    "trait": lambda ref: Term(f"traits.{ref.key}", ref.key),
    "figures": lambda ref: Term(f"figures.{ref.key}", ref.key),
    "funding": lambda ref: f"资金“{ref.key}”合计" if ref.key else "资金合计",
    "lines": lambda ref: f"概算“{ref.key}”合计" if ref.key else "概算合计",
    "answers": lambda ref: f"人工确认“{ref.key}”",
    "systems": lambda _: "本单位已有系统数",
    "as_of": lambda _: "判断日",
    "item": _item,
    "predecessor": _predecessor,
    "catalogue": _catalogue,
}

_LABELS: Mapping[str, Callable[[Ref], str]] = {
    "field": lambda ref: label_of(ref.key),
    "item": _item_label,
    "figures": lambda ref: ref.key,
    "funding": lambda ref: ref.key,
    "lines": lambda ref: ref.key,
    "name": lambda ref: ref.key,
}
"""What a clerk calls a value, without the key under which it is written."""


@value_record
class Percent:
    """百分比、分数 of the value of a ref; compared as value*parts against base*number, so nothing is rounded."""

    number: Decimal
    of: Ref | None = None
    parts: int = 100
    """分母：of how many equal parts it is so many."""

    def __str__(self) -> str:
        """15%, or 三分之二 as 2/3."""
        return f"{self.number.normalize():f}{'%' if self.parts == _HUNDRED else f'/{self.parts}'}"


Literal: TypeAlias = bool | int | Decimal | dt.date | str | Percent
"""A value that stands in a pack."""
Operand: TypeAlias = Literal | Ref
"""What a value is compared with."""
_HUNDRED = 100
_PERCENT = regex(r"(\d+(?:\.\d+)?)%(?:\s+(\S+))?", re.ASCII)
_FRACTION = regex(r"(\d+)/([1-9]\d*)(?:\s+(\S+))?", re.ASCII)
_DIGITS = "一二三四五六七八九"
_IN_CHARACTERS = regex(rf"([{_DIGITS}十百]+)分之([{_DIGITS}十百]+)(?:\s+(\S+))?")
"""四分之三、百分之十五, as a text of the law writes them."""
_TENTHS = regex(rf"([1-9两{_DIGITS}])成([{_DIGITS}半])?(?:\s+(\S+))?", re.ASCII)
"""三成, 三成五: so many tenths, and hundredths behind them."""
_MEASURED = regex(
    rf"(?:^|(?<=[<>=!,，、；\s至过足于少多到满上下]))(\d{{1,9}}|[两{_DIGITS}十百]{{1,7}})"
    r"(?:家|人|名|位|项|次|份|件|种|类|套|台|级|户|处|条|个)(?=$|[,，、；\s（(至]|及?以[上下内])"
)
"""三家、5人: a count with its measure word, alone or within a bound, and not within a name."""
_COUNT = regex(rf"(?:([{_DIGITS}])?(百))?(?:([{_DIGITS}])?(十))?([{_DIGITS}])?")


def parse_literal(text: str) -> Literal:
    """Read a literal of a pack by its shape."""
    if text in ("true", "false"):
        return text == "true"
    share = _share(text)
    if share is not None:
        return share
    if re.fullmatch(r"\d+", text, re.ASCII):
        return int(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return parse_date(text)
    if text.endswith("元"):
        try:
            return parse_money(text)
        except (ValueError, InvalidOperation):
            return text
    return text


def _share(text: str) -> Percent | None:
    """15%, 2/3 or 三分之二, each with what it is of behind it; None of what is no share."""
    percent = _PERCENT.fullmatch(text)
    if percent:
        return Percent(Decimal(percent[1]), parse_ref(percent[2]) if percent[2] else None)
    tenths = _TENTHS.fullmatch(text)
    if tenths:
        many = 10 * _digit(tenths[1]) + (5 if tenths[2] == "半" else _digit(tenths[2] or ""))
        return Percent(Decimal(many), parse_ref(tenths[3]) if tenths[3] else None)
    fraction = _FRACTION.fullmatch(text)
    if fraction:
        number, parts, of = int(fraction[1]), int(fraction[2]), fraction[3]
    else:
        said = _IN_CHARACTERS.fullmatch(text)
        if said is None:
            return None
        number, parts, of = _count(said[2]), _count(said[1]), said[3]
    return Percent(Decimal(number), parse_ref(of) if of else None, parts) if number and parts else None


def _digit(text: str) -> int:
    """One digit in figures or characters, 0 of what is none."""
    return int(text) if text.isdecimal() else _DIGITS.find(text.replace("两", "二")) + 1 if text else 0


def without_measures(text: str) -> str:
    """5人以上 as 5以上, 三家 as 3: what is said of a number that is a count; any other text as it is."""
    return _MEASURED.sub(lambda found: found[1] if found[1].isdecimal() else f"{_whole(found[1]) or found[0]}", text)


def _whole(text: str) -> int:
    return _count(text.replace("两", "二"))


def is_count(ref: Ref) -> bool:
    """Whether a ref is a count whatever the pack says, so that a measure word behind its bound is no other word."""
    return ref.head in ("figures", "catalogue", "systems") or ref.attr == "count"


def _count(text: str) -> int:
    """A whole number below a thousand in characters, 0 of what is none."""
    found = _COUNT.fullmatch(text)
    if found is None:
        return 0
    hundreds, hundred, tens, ten, ones = found.groups()
    whole = 100 * (_DIGITS.find(hundreds or "一") + 1) if hundred else 0
    whole += 10 * (_DIGITS.find(tens or "一") + 1) if ten else 0
    return whole + (_DIGITS.find(ones) + 1 if ones else 0)


@value_record
class Test:
    """检验：one comparison. `op` is is, in, or an operator; `to` a literal, a tuple of words or a Ref."""

    ref: Ref
    op: str
    to: Operand | tuple[Literal, ...]

    @property
    def of_answering(self) -> frozenset[str]:
        """Of a question: the words that ask whether it is answered, and not how."""
        wanted = self.to if isinstance(self.to, tuple) else (self.to,)
        return frozenset(word for word in (UNANSWERED, ANSWERED) if self.ref.head == "answers" and word in wanted)


@value_record
class Condition:
    """条件：true when all its tests hold."""

    tests: tuple[Test, ...]


ALWAYS = Condition(())
"""What holds of everything."""


_COMPARISON = regex(r"(>=|<=|!=|>|<|=)\s*(.+)")
_SIGNS = str.maketrans(
    {
        "＞": ">",
        "＜": "<",
        "＝": "=",
        "！": "!",
        "≥": ">=",
        "≧": ">=",
        "⩾": ">=",
        "≤": "<=",
        "≦": "<=",
        "⩽": "<=",
        "≠": "!=",
    }
)
"""Signs as a Chinese keyboard writes them."""
_PIECES = regex(r"[,，、](?=\s*[<>=!])")
_MEANT = {"=>": ">=", "=<": "<=", "==": "=", "<>": "!=", "=!": "!="}
_BEFORE: Mapping[str, str] = {
    **dict.fromkeys(("不超过", "不大于", "不多于", "不高于", "不晚于", "至多", "最多"), "<="),
    **dict.fromkeys(("不少于", "不小于", "不低于", "不早于", "至少", "最少", "达到"), ">="),
    **dict.fromkeys(("超过", "大于", "多于", "高于", "晚于"), ">"),
    **dict.fromkeys(("小于", "少于", "低于", "早于", "不足", "不满", "未满"), "<"),
    **dict.fromkeys(("不等于",), "!="),
    **dict.fromkeys(("等于",), "="),
}
"""Words that stand before a bound. 超过、不满 leave the bound itself out."""
_BEHIND: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("及以上", "以上"), (">=", ">")),
    **dict.fromkeys(("及以下", "以下", "及以内", "以内"), ("<=", "<")),
}
"""Words that stand behind a bound, with the bound (as the law reads them) and, where the writer says 不含, without it."""
_INCLUDED = ("（含）", "（含本数）")
_EXCLUDED = ("（不含）", "（不含本数）")
_FIGURE = regex(r"\d")
_SAID_PIECES = regex(r"[,，、；]|(?<=以上)(?=[^（])")


def parse_condition(given: Mapping[str, object]) -> Condition:
    """Read `{budget.total: "> 200万元", category: [新建, 续建]}`; ValueError if a part has no shape."""
    tests: list[Test] = []
    for name, value in given.items():
        ref = parse_ref(name)
        if isinstance(value, list):
            tests.append(Test(ref, "in", tuple(parse_literal(str(entry)) for entry in value)))
        else:
            said = "" if value is None else str(value)
            tests.extend(_with_one_base(_tests(ref, without_measures(said) if is_count(ref) else said)))
    return Condition(tuple(tests))


def _tests(ref: Ref, text: str) -> list[Test]:
    if not text.translate(_SIGNS).startswith((">", "<", "=", "!")):
        said = [_said(piece.strip()) for piece in _SAID_PIECES.split(_as_bounds(text))]
        bounds = [one for one in said if one is not None]
        if bounds and len(bounds) == len(said):
            return [Test(ref, op, to) for op, to in bounds]
        return [Test(ref, "is", parse_literal(text))]
    found = []
    for piece in _PIECES.split(text.translate(_SIGNS)):
        compared = _COMPARISON.fullmatch(piece.strip())
        if compared is None or compared[2].startswith(("<", ">", "=", "!")):
            message = f"看不懂条件“{text}”{_right_form(piece.strip())}"
            raise ValueError(message)
        found.append(Test(ref, compared[1], parse_operand(compared[2].strip())))
    return found


def _with_one_base(tests: list[Test]) -> list[Test]:
    """超过5%、不超过15% budget.total: what the last share is of, the others are of as well."""
    last = tests[-1].to
    if not isinstance(last, Percent) or last.of is None:
        return tests
    return [
        replace(one, to=replace(one.to, of=last.of)) if isinstance(one.to, Percent) and one.to.of is None else one
        for one in tests
    ]


def _as_bounds(text: str) -> str:
    """20万元至80万元（不含） as its two bounds, each with or without the figure itself; any other text as it is."""
    low, to, high = text.partition("至")
    whole = to and _FIGURE.search(low) and _FIGURE.search(high) and not any(word in text for word in _BEHIND)
    return f"{low}以上、{high}以下" if whole else text


def _right_form(piece: str) -> str:
    """What was meant by signs in the wrong order."""
    meant = _MEANT.get(piece[:2])
    return f"，是不是“{meant} {piece[2:].strip()}”？" if meant else "，符号只有 > >= < <= = !="


def _said(text: str) -> tuple[str, Operand] | None:
    """A bound in words, 不超过 1000万元 or 1000万元以上; None of what has no value that can be more or less."""
    before = next((word for word in _BEFORE if text.startswith(word)), None)
    said = (_BEFORE[before], text.removeprefix(before)) if before is not None else _said_behind(text)
    to = parse_operand(said[1].strip()) if said is not None else ""
    return None if said is None or isinstance(to, (str, bool)) else (said[0], to)


def _said_behind(text: str) -> tuple[str, str] | None:
    """The operator and the bound of 1000万元以上, 1000万元（不含）以下 or 100万元以上（含本数）."""
    rest, open_end = _without_mark(text)
    behind = next((word for word in _BEHIND if rest.endswith(word)), None)
    if behind is None:
        return None
    bound, open_before = _without_mark(rest.removesuffix(behind))
    return _BEHIND[behind][open_end or open_before], bound


def _without_mark(text: str) -> tuple[str, bool]:
    """A text without the 含 or 不含 in brackets behind it, and whether it was 不含."""
    bare = text.strip().replace("(", "（").replace(")", "）")
    for mark in (*_INCLUDED, *_EXCLUDED):
        if bare.endswith(mark):
            return bare.removesuffix(mark).strip(), mark in _EXCLUDED
    return bare, False


def parse_operand(text: str) -> Operand:
    """A literal, or a ref where the text has the shape of one."""
    literal = parse_literal(text)
    if not isinstance(literal, str):
        return literal
    try:
        ref = parse_ref(text)
    except ValueError:
        return literal
    return literal if ref.head == "name" else ref


_RELATIONS = {">": "超过", ">=": "不少于", "<": "小于", "<=": "不超过", "=": "等于", "!=": "不是"}
_RELATIONS_OF_DATES = {**_RELATIONS, ">": "晚于", ">=": "不早于", "<": "早于", "<=": "不晚于"}


def relation(op: str, to: object) -> str:
    """An operator in words, as one says it of dates or of anything else."""
    return (_RELATIONS_OF_DATES if isinstance(to, dt.date) else _RELATIONS)[op]


def describe_condition(condition: Condition) -> str:
    """Put a condition in words: 建设类；budget.total（总投资）超过 200万元."""
    return joined("；", map(describe_test, condition.tests))


def describe_test(test: Test) -> str:
    """Put one test in words."""
    name = describe_ref(test.ref)
    if test.op == "is" and isinstance(test.to, bool):
        if test.ref.head in BY_KIND:
            return Wording("{}{}", "已有" if test.to else "没有", name)
        return Wording("{}{}", name, "" if test.to else "不成立")
    if test.of_answering and not isinstance(test.to, tuple):
        return Wording("{}{}", name, show(test.to))
    if test.op == "in":
        return Wording("{}为{}之一", name, show(test.to))
    if test.op == "is":
        return Wording("{}为{}", name, show(test.to))
    return Wording("{}{} {}", name, relation(test.op, test.to), show(test.to))


def show(value: object) -> str:
    """Print a value as a clerk writes it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Decimal):
        return format_money(value)
    if isinstance(value, Percent):
        return Wording("{}的 {}", describe_ref(value.of), str(value)) if value.of else str(value)
    if isinstance(value, Ref):
        return describe_ref(value)
    if isinstance(value, tuple):
        return joined("、", map(show, value))
    return Wording("{}", value) if isinstance(value, dt.date) else str(value)


def refs_in(parts: object) -> Iterator[Ref]:
    """Every ref that a fact, a condition or an operand mentions."""
    if isinstance(parts, Ref):
        yield parts
    elif isinstance(parts, Percent):
        yield from refs_in(parts.of)
    elif isinstance(parts, Condition):
        for test in parts.tests:
            yield test.ref
            yield from refs_in(test.to)
    elif isinstance(parts, tuple):
        for part in parts:
            yield from refs_in(part)
