"""做办法：writes what `built_packs` reads. Run by the build of govit from its source: python -m govit.law.packs.build_packs."""

from __future__ import annotations

import marshal
import os
import sys
import zlib
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING, Any

from govit.base.records import by_name, is_record
from govit.law.packs.built_packs import BUILT_IN, CALLED, DICT, PACKAGE, SHARED, SIMPLE, TUPLE, place, stamp
from govit.law.packs.filenames import packs_in
from govit.law.packs.pack import load

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from decimal import Decimal
    from pathlib import Path

    from govit.law.regulation import Regulation

_VERSION = 4
"""Of marshal's format: read by every Python that govit runs on, whichever has built it."""


def store(pack: Path, regulation: Regulation) -> None:
    """Write the data of a pack."""
    files = read_with_a_pack()
    data = _Data(regulation, _Data(regulation).twice)
    inside = marshal.dumps((data.classes, data.shared, data.whole), _VERSION)
    place(pack).parent.mkdir(exist_ok=True)
    place(pack).write_bytes(marshal.dumps((files, stamp(files, pack), zlib.crc32(inside), inside), _VERSION))


def read_with_a_pack() -> list[str]:
    """Every module of this package that is imported, with the data that stands beside them, by their paths inside it."""
    loaded = (module.__file__ for name, module in list(sys.modules.items()) if name.partition(".")[0] == "govit")
    modules = {file for file in loaded if file}
    folders = {os.path.dirname(file) for file in modules}
    data = {entry.path for folder in folders for entry in os.scandir(folder) if entry.name.endswith(".yaml")}
    return sorted(os.path.relpath(file, PACKAGE).replace(os.sep, "/") for file in modules | data)


class _Data:
    """A regulation as plain data: `whole`, what stands in several places of it, and the classes of its records."""

    def __init__(self, regulation: Regulation, shared: AbstractSet[int] = frozenset()) -> None:
        self.classes: list[tuple[str, str]] = []
        self.shared: list[Any] = []
        self.twice: set[int] = set()
        """The records that were met again and are not shared yet."""
        self._met: set[int] = set()
        self._to_share = shared
        self._numbers: dict[object, int] = {}
        self.whole = self._plain(regulation)

    def _plain(self, value: Any) -> Any:  # noqa: ANN401 - whatever a record may hold
        if value is None or type(value) in (str, int, bool):
            return value
        if isinstance(value, SIMPLE):
            made = [CALLED, self._class(type(value)), *_given(value)]
            return self._once(made, repr(made))
        if is_record(value):
            return self._record(value)
        if type(value) is dict:
            return [DICT, *(part for key, entry in value.items() for part in (key, self._plain(entry)))]
        if type(value) is tuple:
            parts = [self._plain(one) for one in value]
            return [TUPLE, *parts] if any(type(one) is not str for one in parts) else tuple(parts)
        message = f"{value!r} is no value of a regulation"
        raise TypeError(message)

    def _record(self, value: Any) -> list[Any] | None:  # noqa: ANN401 - a record of any class
        """One that equals only itself is the same one in all its places; of others all that are alike are one."""
        alone = not any("__hash__" in vars(cls) for cls in type(value).__mro__[:-1])
        if alone and id(value) in self._numbers:
            return [SHARED, self._numbers[id(value)]]
        if alone and id(value) in self._met:
            self.twice.add(id(value))
            return None
        self._met.add(id(value))
        made = [self._class(type(value)), *(self._plain(getattr(value, name)) for name in by_name(value))]
        if alone and id(value) not in self._to_share:
            return made
        return self._once(made, id(value) if alone else repr(made))

    def _once(self, made: list[Any], known: object) -> list[Any]:
        """Where a thing stands among the shared ones: after whatever it holds itself."""
        if known not in self._numbers:
            self._numbers[known] = len(self.shared)
            self.shared.append(made)
        return [SHARED, self._numbers[known]]

    def _class(self, cls: type[Any]) -> int:
        name = cls.__module__, cls.__qualname__
        if name not in self.classes:
            self.classes.append(name)
        return self.classes.index(name)


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
