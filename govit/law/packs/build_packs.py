"""做办法：writes what `built_packs` reads. Run by the build of govit from its source: python -m govit.law.packs.build_packs."""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple

from govit.base.records import by_name, is_record
from govit.law.packs.built_packs import (
    BUILT_IN,
    DICT,
    EACH,
    HEAD,
    MADE,
    PACKAGE,
    SAME,
    SIMPLE,
    THING,
    THINGS,
    TUPLE,
    place,
    stamp,
)
from govit.law.packs.filenames import packs_in
from govit.law.packs.pack import load

if TYPE_CHECKING:
    from decimal import Decimal
    from pathlib import Path

    from govit.law.regulation import Regulation

_VERSION = 4
"""Of marshal's format: read by every Python that govit runs on, whichever has built it."""


def store(pack: Path, regulation: Regulation) -> None:
    """Write the data of a pack."""
    files = read_with_a_pack()
    inside = marshal.dumps(_Data().of(regulation), _VERSION)
    head = marshal.dumps((files, stamp(files, pack), zlib.crc32(inside)), _VERSION)
    place(pack).parent.mkdir(exist_ok=True)
    place(pack).write_bytes(len(head).to_bytes(HEAD, "little") + head + inside)


def read_with_a_pack() -> list[str]:
    """Every module of this package that is imported, with the data that stands beside them, by their paths inside it."""
    loaded = (module.__file__ for name, module in list(sys.modules.items()) if name.partition(".")[0] == "govit")
    modules = {file for file in loaded if file}
    folders = {os.path.dirname(file) for file in modules}
    data = {entry.path for folder in folders for entry in os.scandir(folder) if entry.name.endswith(".yaml")}
    return sorted(os.path.relpath(file, PACKAGE).replace(os.sep, "/") for file in modules | data)


class _Thing(NamedTuple):
    """Where a record, or a value that is made by calling its class, stands among all: `kind` is the number of its class."""

    kind: int
    row: int


class _Data:
    """A regulation as plain data: all records of a class in a table."""

    def __init__(self) -> None:
        self._classes: dict[type[Any], list[tuple[Any, ...]]] = {}
        """The rows of each class in the order in which they are met; what a row holds stands before it or elsewhere."""
        self._numbers: dict[type[Any], int] = {}
        self._met: dict[object, _Thing] = {}
        self._same: dict[str, str] = {}
        """Of texts that are alike only one is written."""

    def of(self, regulation: Regulation) -> tuple[Any, ...]:
        """What `built_packs` makes the regulation from."""
        whole = self._plain(regulation)
        tables = list(self._classes.items())
        starts = [0]
        for cls, rows in sorted(tables, key=lambda table: is_record(table[0])):
            self._numbers[cls] = starts[-1]
            starts.append(starts[-1] + len(rows))
        return (
            [(cls.__module__, cls.__qualname__) for cls, _ in tables],
            [(kind, rows) for kind, (cls, rows) in enumerate(tables) if not is_record(cls)],
            [
                (kind, len(rows), [self._column(column) for column in zip(*rows, strict=True)])
                for kind, (cls, rows) in enumerate(tables)
                if is_record(cls)
            ],
            self._settled(whole),
        )

    def _column(self, values: tuple[Any, ...]) -> tuple[int, Any]:
        """The values of one field of all records of a class."""
        plain = not any(isinstance(value, (_Thing, list)) for value in values)
        if plain and len({(type(value), value) for value in values}) == 1:
            return SAME, values[0]
        if all(value is None or isinstance(value, _Thing) for value in values):
            return THINGS, [self._number(value) if value else None for value in values]
        return (EACH, list(values)) if plain else (MADE, list(map(self._settled, values)))

    def _settled(self, value: Any) -> Any:  # noqa: ANN401 - whatever a record may hold
        if isinstance(value, _Thing):
            return [THING, self._number(value)]
        return list(map(self._settled, value)) if isinstance(value, list) else value

    def _number(self, thing: _Thing) -> int:
        return self._numbers[list(self._classes)[thing.kind]] + thing.row

    def _plain(self, value: Any) -> Any:  # noqa: ANN401 - likewise
        if type(value) is str:
            return self._same.setdefault(value, value)
        if value is None or type(value) in (int, bool):
            return value
        if isinstance(value, SIMPLE):
            row = _given(value)
            return self._once(type(value), row, (type(value), row))
        if is_record(value):
            return self._record(value)
        if type(value) is dict:
            return [DICT, *(part for key, entry in value.items() for part in (self._plain(key), self._plain(entry)))]
        if type(value) is tuple:
            parts = [self._plain(one) for one in value]
            return [TUPLE, *parts] if any(type(one) is not str for one in parts) else tuple(parts)
        message = f"{value!r} is no value of a regulation"
        raise TypeError(message)

    def _record(self, value: Any) -> _Thing:  # noqa: ANN401 - a record of any class
        """One that equals only itself is the same one in all its places; of others all that are alike are one."""
        alone = not any("__hash__" in vars(cls) for cls in type(value).__mro__[:-1])
        if alone and id(value) in self._met:
            return self._met[id(value)]
        row = tuple(self._plain(getattr(value, name)) for name in by_name(value))
        return self._once(type(value), row, id(value) if alone else (type(value), repr(row)))

    def _once(self, cls: type[Any], row: tuple[Any, ...], known: object) -> _Thing:
        if known not in self._met:
            rows = self._classes.setdefault(cls, [])
            self._met[known] = _Thing(list(self._classes).index(cls), len(rows))
            rows.append(row)
        return self._met[known]


def _given(value: date | Decimal | Enum) -> tuple[Any, ...]:
    """What the class of a simple value is called with to make it again."""
    if isinstance(value, date):
        return value.year, value.month, value.day
    return (value.value,) if isinstance(value, Enum) else (str(value),)


def main() -> None:
    """Build every pack that comes with govit."""
    for pack in packs_in(BUILT_IN):
        store(pack, load(pack, examples=False))


if __name__ == "__main__":
    main()
