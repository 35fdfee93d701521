"""值：what a ref may be worth, and the three ways of having no value."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping


class Missing(Enum):
    """Why a ref has no value."""

    UNKNOWN = "未填写"
    ABSENT = "没有记录"
    UNDATED = "未写日期"


UNKNOWN, ABSENT, UNDATED = Missing.UNKNOWN, Missing.ABSENT, Missing.UNDATED


class RuleError(Exception):
    """A rule that cannot run: a fault of the pack, reported as an error, never swallowed."""


def truth(value: Any) -> bool | None:  # noqa: ANN401
    """A value as true or false: a record that exists is true, an unknown value None."""
    if value is UNKNOWN:
        return None
    if value is ABSENT:
        return False
    if isinstance(value, (bool, tuple, int)):
        return bool(value)
    return True


def day_of(record: Any) -> dt.date | None:  # noqa: ANN401 - any record of the model
    """The day that a record carries: of the event, the submission, the approval, the document."""
    day = getattr(record, "on", None)
    return day if day is not None else getattr(record, "date", None)


def kinds_of(record: Any) -> tuple[str, ...]:  # noqa: ANN401
    """The kinds under which a record is found; an approval by its act."""
    kinds = getattr(record, "kinds", None)
    if kinds is not None:
        return tuple(kinds)
    kind = getattr(record, "act", None) or getattr(record, "kind", None)
    return (kind,) if kind else ()


def attribute(record: Any, key: str) -> Any:  # noqa: ANN401
    """A field or a trait of a record, UNKNOWN if it is not given."""
    if key.startswith("traits."):
        return record.traits.get(key.removeprefix("traits."), UNKNOWN)
    value = getattr(record, key)
    return UNKNOWN if value is None else value


def same(value: Any, to: Any) -> bool:  # noqa: ANN401
    """Equality; of a list, whether it contains the word."""
    return to in value if isinstance(value, tuple) else bool(value == to)


def total_of(amounts: Iterable[Decimal | None]) -> Decimal | Missing:
    """The sum, UNKNOWN if one amount is."""
    known = list(amounts)
    return UNKNOWN if None in known else sum((a for a in known if a is not None), Decimal(0))


OPERATORS: Mapping[str, Callable[[Any, Any], bool]] = {
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
}
