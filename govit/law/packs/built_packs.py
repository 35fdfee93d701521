"""做好的办法：a built-in regulation as plain data beside its pack, made when the wheel is built (`build_packs`), never by a run.

Reading the YAML of a pack takes longer than all the rest of a short run. The data are text, numbers and the names of our
own records, nothing that could be run; and they are used only while the pack and the code that reads it are byte for
byte those that they were made from. Otherwise the pack itself is read.
"""

from __future__ import annotations

import datetime as dt
import marshal
import zlib
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govit.base.records import by_name, is_record
from govit.law.packs.filenames import english_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govit.law.regulation import Regulation

PACKAGE = Path(__file__).parent.parent.parent
BUILT_IN = PACKAGE / "regulations"
TUPLE, DICT, CALLED, SHARED = -1, -2, -3, -4
"""What a list in the data stands for: its first entry, or the number of a class of records, whose values follow.
Everything but a list stands for itself."""
_DAMAGED = (OSError, EOFError, ArithmeticError, AttributeError, ImportError, LookupError, MemoryError, TypeError, ValueError)
"""What marshal raises of a file that is not whole, and what comes of data that are not ours."""
SIMPLE = (dt.date, Decimal, Enum)
"""What is made by calling its class."""


def built_pack(pack: Path) -> Regulation | None:
    """The regulation of a pack as it was built, None if it was not, or if it is of other files."""
    try:
        with open(place(pack), "rb") as file:
            files, stamped, total, data = marshal.loads(file.read())  # noqa: S302 - plain data of our own
        if zlib.crc32(data) != total or stamp(files, pack) != stamped:
            return None
        found: Regulation = _regulation(*marshal.loads(data))  # noqa: S302 - likewise
    except _DAMAGED:
        return None  # not built, cut short or otherwise damaged, or of another Python: the pack itself is read
    return found


def place(pack: Path) -> Path:
    """The file that holds the data of a pack."""
    return pack.parent / "built" / f"{pack.stem}.data"


def stamp(files: Iterable[str], pack: Path) -> tuple[int, int]:
    """The sum over the content of files of this package, of a pack and of the English beside it, and its length.

    What is built holds no examples, so that those do not count.
    """
    total, length = 0, 0
    english = english_beside(pack)
    beside = (str(english),) if english.exists() else ()
    for file in (*(f"{PACKAGE}/{one}" for one in files), str(pack), *beside):
        with open(file, "rb", buffering=0) as opened:
            content = opened.read()
        total, length = zlib.crc32(content, total), length + len(content)
    return total, length


def _regulation(names: list[tuple[str, str]], shared: list[Any], data: Any) -> Any:  # noqa: ANN401 - as marshal gives it
    """Make the records anew; what stands in several places is made once, before all others."""
    classes = [_class(module, name) for module, name in names]
    setters = [_setters(one) for one in classes]
    again: list[Any] = []
    new = object.__new__

    def made(value: Any) -> Any:  # noqa: ANN401 - whatever a record may hold
        if type(value) is not list:
            return value
        kind = value[0]
        if kind >= 0:
            one = new(classes[kind])
            for put, inner in zip(setters[kind], value[1:], strict=True):
                put(one, made(inner) if type(inner) is list else inner)
            return one
        if kind == SHARED:
            return again[value[1]]
        if kind == TUPLE:
            return tuple(map(made, value[1:]))
        if kind == DICT:
            return dict(zip(value[1::2], map(made, value[2::2]), strict=True))
        return classes[value[1]](*value[2:])

    for one in shared:
        again.append(made(one))  # noqa: PERF401 - each names those before it
    return made(data)


def _class(module: str, name: str) -> type[Any]:
    """A class by its name: one of our records, or of what is made by calling it."""
    found: Any = getattr(import_module(module), name)
    if not (is_record(found) or (isinstance(found, type) and issubclass(found, SIMPLE))):
        raise TypeError(name)
    made: type[Any] = found
    return made


def _setters(cls: type[Any]) -> list[Callable[[object, Any], None]]:
    return [getattr(cls, name).__set__ for name in by_name(cls)]
