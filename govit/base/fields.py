"""字段：what a record is made of, asked for and changed under the names that `dataclasses` has for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

T = TypeVar("T")
MISSING = object()
"""What stands for a default where there is none."""
_NOTHING_MORE: Mapping[str, object] = {}


class RecordField:
    """One field of a record class."""

    __slots__ = ("compare", "default", "default_factory", "metadata", "name")

    def __init__(
        self,
        default: object = MISSING,
        default_factory: Callable[[], object] | None = None,
        metadata: Mapping[str, object] = _NOTHING_MORE,
        *,
        compare: bool = True,
    ) -> None:
        self.name = ""
        self.default = default
        self.default_factory = default_factory
        self.metadata = metadata
        self.compare = compare


field = RecordField


def by_name(of: object) -> Mapping[str, RecordField]:
    """The fields of a record or of a class of records by their names; none of anything else."""
    found: Mapping[str, RecordField] = getattr(of, "__record_fields__", {})
    return found


def fields(of: object) -> tuple[RecordField, ...]:
    """The fields of a record or of a class of records, in their order."""
    return tuple(by_name(of).values())


def replace(one: T, /, **changes: object) -> T:
    """A record with other values in some of its fields."""
    for name in by_name(one):
        if name not in changes:
            changes[name] = getattr(one, name)
    return type(one)(**changes)
