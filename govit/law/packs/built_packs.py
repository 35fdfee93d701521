"""做好的办法：a built-in regulation as plain data beside its pack, made when the wheel is built (`build_packs`), never by a run.

Reading the YAML of a pack takes longer than all the rest of a short run. The data are text, numbers and the names of our
own records, nothing that could be run; and they are used only while the pack and the code that reads it are byte for
byte those that they were made from. Otherwise the pack itself is read.
"""

from __future__ import annotations

import datetime as dt
import marshal
import os
import zlib
from collections import deque
from decimal import Decimal
from enum import Enum
from importlib import import_module
from itertools import repeat
from pathlib import Path
from typing import TYPE_CHECKING, Any

from govit.base.records import by_name, is_record
from govit.law.packs.filenames import english_beside

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from govit.law.regulation import Regulation

PACKAGE = Path(__file__).parent.parent.parent
BUILT_IN = PACKAGE / "regulations"
HEAD = 4
"""Bytes that say how long the head of the file is: what it was made from, and the sum of the rest."""
TUPLE, DICT, THING = -1, -2, -3
"""What a list in the data stands for, by its first entry. Everything but a list stands for itself."""
SAME, EACH, THINGS, MADE = range(4)
"""How the values of a field are written: one for all records, each, the number of a thing or None, or lists among them."""
_CHUNK = 1 << 16
_DAMAGED = (OSError, EOFError, ArithmeticError, AttributeError, ImportError, LookupError, MemoryError, TypeError, ValueError)
"""What marshal raises of a file that is not whole, and what comes of data that are not ours."""
SIMPLE = (dt.date, Decimal, Enum)
"""What is made by calling its class."""


def built_pack(pack: Path) -> Regulation | None:
    """The regulation of a pack as it was built, None if it was not, or if it is of other files."""
    try:
        with open(place(pack), "rb") as file:
            whole = memoryview(file.read())
        head = HEAD + int.from_bytes(whole[:HEAD], "little")
        files, stamped, total = marshal.loads(whole[HEAD:head])  # noqa: S302 - plain data of our own
        data = whole[head:]
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
        opened = os.open(file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        try:
            while content := os.read(opened, _CHUNK):
                total, length = zlib.crc32(content, total), length + len(content)
        finally:
            os.close(opened)
    return total, length


def _regulation(
    names: list[tuple[str, str]],
    simple: list[tuple[int, list[tuple[Any, ...]]]],
    tables: list[tuple[int, int, list[tuple[int, Any]]]],
    whole: Any,  # noqa: ANN401 - as marshal gives it
) -> Any:  # noqa: ANN401
    """Make all records anew, class by class, then fill them field by field: so it is done in C what is done thousands of times."""
    classes = [_class(module, name) for module, name in names]
    things: list[Any] = [classes[kind](*given) for kind, rows in simple for given in rows]
    filled = []
    for kind, count, columns in tables:
        records = list(map(object.__new__, repeat(classes[kind], count)))
        things += records
        filled.append((records, _setters(classes[kind]), columns))
    for records, setters, columns in filled:
        for put, (how, given) in zip(setters, columns, strict=True):
            deque(map(put, records, repeat(given) if how == SAME else _values(how, given, things)), maxlen=0)
    return _made(whole, things)


def _values(how: int, given: list[Any], things: list[Any]) -> list[Any]:
    """The values of a field, record by record."""
    if how == THINGS:
        return [None if one is None else things[one] for one in given]
    return [_made(one, things) for one in given] if how == MADE else given


def _made(value: Any, things: list[Any]) -> Any:  # noqa: ANN401 - whatever a record may hold
    if type(value) is not list:
        return value
    kind = value[0]
    if kind == THING:
        return things[value[1]]
    if kind == TUPLE:
        return tuple([_made(one, things) for one in value[1:]])
    return dict(zip(value[1::2], [_made(one, things) for one in value[2::2]], strict=True))


def _class(module: str, name: str) -> type[Any]:
    """A class by its name: one of our records, or of what is made by calling it."""
    found: Any = getattr(import_module(module), name)
    if not (is_record(found) or (isinstance(found, type) and issubclass(found, SIMPLE))):
        raise TypeError(name)
    made: type[Any] = found
    return made


def _setters(cls: type[Any]) -> list[Callable[[object, Any], None]]:
    return [getattr(cls, name).__set__ for name in by_name(cls)]
