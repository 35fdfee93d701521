"""Workbooks as openpyxl reads them, each read once: a template or a plan is opened by hundreds of tests.

What was read is kept as bytes, from which every test has a workbook of its own, that it may change.
"""

from __future__ import annotations

import io
import pickle
from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from openpyxl.utils.bound_dictionary import BoundDictionary

if TYPE_CHECKING:
    from collections.abc import Callable

    from openpyxl.reader.excel import ExcelReader

MOST = 100
"""The workbooks that are kept, those used last: most others are read by one test only."""
LARGE = 200_000
"""A file of so many bytes is there to test a limit, and is not kept."""


class _Keeper(pickle.Pickler):
    """openpyxl's dictionaries of rows and columns do not come back by themselves: their first argument is another."""

    def reducer_override(self, obj: Any) -> Any:
        if not isinstance(obj, BoundDictionary):
            return NotImplemented
        return _empty, (type(obj),), (vars(obj), obj.default_factory), None, iter(obj.items()), _restore


def _empty(kind: type[BoundDictionary]) -> BoundDictionary:
    return kind.__new__(kind)


def _restore(one: BoundDictionary, state: tuple[dict[str, Any], Any]) -> None:
    vars(one).update(state[0])
    one.default_factory = state[1]


def keeping(read: Callable[[ExcelReader], None]) -> Callable[[ExcelReader], None]:
    """What `ExcelReader.read` does, with its workbook kept; one that is only read is never held whole."""
    kept: OrderedDict[tuple[bytes, bool, bool, bool], bytes] = OrderedDict()

    def read_once(reader: ExcelReader) -> None:
        file: Any = reader.archive.fp
        file.seek(0)
        data = file.read(LARGE)
        if reader.read_only or reader.keep_vba or len(data) == LARGE:
            read(reader)
            return
        key = data, reader.data_only, reader.keep_links, reader.rich_text
        if key not in kept:
            read(reader)
            out = io.BytesIO()
            _Keeper(out, pickle.HIGHEST_PROTOCOL).dump(reader.wb)
            kept[key] = out.getvalue()
            if len(kept) > MOST:
                kept.popitem(last=False)
            return
        kept.move_to_end(key)
        reader.archive.close()
        reader.wb = pickle.loads(kept[key])  # noqa: S301 - what was written above

    return read_once
