"""可比：whether what a pack compares can be compared at all. What never fires, or fires always, is refused."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from govit.base.nearest import did_you_mean
from govit.base.records import record
from govit.law.conditions import Percent, Ref, refs_in
from govit.law.packs.sorts import COUNTED, MEASURED, Sort, Worth

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govit.law.conditions import Literal, Operand, Test
    from govit.law.packs.nodes import NodeReader
    from govit.law.packs.sorts import Sorts
    from govit.yamltext.nodes import Node

_ORDER = (">", ">=", "<", "<=")
_EXAMPLES = {
    Sort.MONEY: '写成 1000万元、"> 1000万元" 或 ">= 1000万元" 这样的金额',
    Sort.NUMBER: '写成 3、3家 或 ">= 3" 这样的整数；小数不能比较，改问两个整数，写成一个是另一个的百分之几或几分之几',
    Sort.DAY: '写成 2026-03-01 或 ">= 2026-03-01" 这样的日期；有没有这条记录，写 true 或 false',
    Sort.TRUTH: "写 true 或 false",
    Sort.GROUP: "只能写 true 或 false：写了还是没写",
}
_LIKE_A_COMPARISON = re.compile(r"^\s*[<>=!＜＞＝≥≤≠]|以上|以下|以内|超过|大于|小于|高于|低于|多于|少于|不足")


@record
class PackComparison:
    """One comparison of a pack, where it stands, and the list that its rule goes over."""

    test: Test
    node: Node
    items: str


@record
class Requisite:
    """A ref that must be worth one of some sorts, where it stands."""

    ref: Ref
    node: Node
    items: str
    sorts: tuple[Sort, ...]


def check_comparisons(compared: Iterable[PackComparison], sorts: Sorts, nodes: NodeReader) -> None:
    """Note every comparison that can never be what its writer meant."""
    for one in compared:
        _Weighing(one, sorts, nodes).run()


def check_wanted(wanted: Iterable[Requisite], sorts: Sorts, nodes: NodeReader) -> None:
    """Note every ref that stands where a date or an amount must, and is worth something else."""
    for one in wanted:
        worth = sorts.of(one.ref, one.items)
        if worth is not None and worth.sort not in one.sorts:
            wants = "或".join(sort.value for sort in one.sorts)
            hint = "例如 events.事项 或 approvals.事项.until" if Sort.DAY in one.sorts else ""
            nodes.fault(one.node, f"这里要写{wants}，{one.ref.text} 是{worth.sort.value}", hint)


class _Weighing:
    """Looks at one comparison."""

    def __init__(self, one: PackComparison, sorts: Sorts, nodes: NodeReader) -> None:
        self.test, self.node, self.items = one.test, one.node, one.items
        self.name = one.test.ref.text
        self.worth = sorts.of(one.test.ref, one.items)
        self.sorts = sorts
        self.nodes = nodes

    def run(self) -> None:
        """Each value on the right side, and the operator."""
        for ref in (self.test.ref, *refs_in(self.test.to)):
            whole = self.sorts.whole(ref, self.items)
            if ref.part and whole is not None and whole.sort is not Sort.DAY:
                self._fault(f"{ref.text.rpartition('.')[0]} 是{whole.sort.value}，没有 {ref.part}")
        to = self.test.to
        for value in to if isinstance(to, tuple) else (to,):
            self._value(value)

    def _value(self, value: Operand) -> None:
        if isinstance(value, bool):
            self._truth()
        elif isinstance(value, Percent):
            self._share(value)
        elif isinstance(value, Ref):
            self._ref(value)
        else:
            self._literal(value)

    def _fault(self, message: str, hint: str = "") -> None:
        self.nodes.fault(self.node, message, hint)

    def _truth(self) -> None:
        """Alone it asks of any value whether it is there; beside a sign or in a list it is compared with the value."""
        if self.test.op not in ("is", "in", "="):
            self._fault(f"{self.name} 的 true 或 false 前面不能写 {self.test.op}", "直接写 true 或 false")
        elif self.test.op != "is" and self.worth is not None and self.worth.sort is not Sort.TRUTH:
            self._fault(
                f"{self.name} 是{self.worth.sort.value}，不会等于 true 或 false", _EXAMPLES.get(self.worth.sort, "")
            )

    def _share(self, value: Percent) -> None:
        if self.test.op not in _ORDER or value.of is None:
            hint = f'写成 "<= {value} budget.total" 这样，后面是基数'
            kind = "百分比" if str(value).endswith("%") else "几分之几"
            self._fault(f"{self.name} 的{kind} {value} 要写明不超过还是不少于，以及是什么的{kind}", hint)
            return
        base = self.sorts.of(value.of, self.items)
        for what, worth in ((self.test.ref, self.worth), (value.of, base)):
            if worth is not None and worth.sort not in COUNTED:
                self._fault(f"{what.text} 是{worth.sort.value}，不能算它的几分之几")

    def _ref(self, value: Ref) -> None:
        own, other = self.worth, self.sorts.of(value, self.items)
        if own is None or other is None:
            return
        if not _fit(own.sort, other.sort):
            self._fault(f"{self.name} 是{own.sort.value}，{value.text} 是{other.sort.value}，不能比较")
        elif self.test.op in _ORDER and own.sort not in MEASURED:
            self._fault(f"{self.name} 是{own.sort.value}，不能比大小或先后", "只能写等于（=）或不是（!=）")

    def _literal(self, value: Literal) -> None:
        worth = self.worth
        if worth is None:
            if isinstance(value, str) and (self.test.op in _ORDER or _LIKE_A_COMPARISON.search(value)):
                self._fault(f"看不懂“{value}”这个比较", '写成 ">= 1000万元" 这样：符号、空格、值')
            return
        if worth.sort is Sort.WORD:
            self._word(value, worth)
        elif not _is(value, worth.sort):
            self._unlike(value, worth.sort)
        elif self.test.op in _ORDER and worth.sort not in MEASURED:
            self._fault(f"{self.name} 是{worth.sort.value}，不能比大小或先后", "只能写等于（=）或不是（!=）")

    def _word(self, value: Literal, worth: Worth) -> None:
        if value not in worth.words:
            said = value if isinstance(value, str) else self.node.value if isinstance(self.node.value, str) else value
            denied = next((word for word in worth.words if str(said).strip() in _denials(word)), None)
            hint = f'写成 "!= {denied}"' if denied is not None else did_you_mean(str(said), worth.words)
            self._fault(f"“{said}”不是 {self.name} 的词", hint)
        elif self.test.op in _ORDER:
            self._fault(f"{self.name} 是固定的词，不能比大小", "直接写这个词，或者写在列表里")

    def _unlike(self, value: Literal, sort: Sort) -> None:
        if sort is Sort.MONEY and type(value) is int:
            self._fault(f"{self.name} 是金额，“{value}”没有单位", f"写成 {value}万元 或 {value}元")
            return
        facts = did_you_mean(value, self.sorts.facts) if isinstance(value, str) and self.test.op in _ORDER else ""
        hint = facts if facts.startswith("是不是") else _EXAMPLES.get(sort, "这里写的是数或日期，不是文字")
        self._fault(f"{self.name} 是{sort.value}，不能与“{_shown(value)}”比较", hint)


def _denials(word: str) -> tuple[str, ...]:
    """How one may say that it is any word but this one."""
    before = ("不是", "不等于", "非", "除", "不为")
    return tuple(f"{no}{gap}{word}{end}" for no in before for gap in ("", " ") for end in ("", "外", "以外"))


def _shown(value: Literal) -> str:
    return f"{value:f}元" if isinstance(value, Decimal) else str(value)


def _fit(own: Sort, other: Sort) -> bool:
    """Whether two values may be the same, or the one more than the other."""
    texts = (Sort.WORD, Sort.TEXT)
    return own is other or (own in COUNTED and other in COUNTED) or (own in texts and other in texts)


def _is(value: Literal, sort: Sort) -> bool:
    match sort:
        case Sort.MONEY:
            return isinstance(value, Decimal) or (type(value) is int and value == 0)
        case Sort.NUMBER:
            return type(value) is int
        case Sort.DAY:
            return isinstance(value, dt.date)
        case Sort.TEXT:
            return isinstance(value, str) and bool(value)
    return False
