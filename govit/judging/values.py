"""值：what a ref may be worth, and the three ways of having no value."""

from __future__ import annotations

import datetime as dt
import operator
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from govit.dossier.model import Record
    from govit.law.conditions import Literal


class Missing(Enum):
    """Why a ref has no value."""

    UNKNOWN = "未填写"
    ABSENT = "没有记录"
    UNDATED = "未写日期"


UNKNOWN, ABSENT, UNDATED = Missing.UNKNOWN, Missing.ABSENT, Missing.UNDATED

Value: TypeAlias = bool | int | Decimal | dt.date | str | tuple[str, ...] | Missing
"""What a ref may be worth."""


class RuleError(Exception):
    """A rule that cannot run: a fault of the pack, reported as an error, never swallowed."""


def truth(value: Value) -> bool | None:
    """A value as true or false: a record that exists is true, an unknown value None."""
    if value is UNKNOWN:
        return None
    if value is ABSENT:
        return False
    if isinstance(value, (bool, tuple, int)):
        return bool(value)
    return True


def attribute(record: Record, key: str) -> Value:
    """A field or a trait of a record, UNKNOWN if it is not given."""
    if key.startswith("traits."):
        traits: Mapping[str, bool] = getattr(record, "traits", {})
        return traits.get(key.removeprefix("traits."), UNKNOWN)
    value: Value | None = getattr(record, key)
    return UNKNOWN if value is None else value


def same(value: Value, to: Value | Literal) -> bool:
    """Equality; of a list, whether it contains the word."""
    return to in value if isinstance(value, tuple) else bool(value == to)


def number(value: Value, what: object) -> Decimal | int:
    """A value that can be counted with; RuleError if it is something else."""
    if isinstance(value, (Decimal, int)):
        return value
    message = f"{what}不是金额或数字，不能计算"
    raise RuleError(message)


def total_of(amounts: Iterable[Decimal | None]) -> Decimal | Missing:
    """The sum, UNKNOWN if one amount is."""
    known = list(amounts)
    return UNKNOWN if None in known else sum((a for a in known if a is not None), Decimal(0))


OPERATORS: Mapping[str, Callable[..., bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}


def furthest(values: Sequence[Value], op: str) -> Value:
    """The one of several values that lies furthest on one side."""
    found = values[0]
    for value in values[1:]:
        if OPERATORS[op](value, found):
            found = value
    return found
