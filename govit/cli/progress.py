"""进度：on a terminal how far a long run has come; nothing elsewhere, so that logs and pipes hold only what was asked for."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, TypeVar

from govit.base.language import say

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable

T = TypeVar("T")
_MANY = 50
"""So many things are done before anybody wonders."""
_EVERY = 0.1
"""Seconds between two figures."""
_CLEARED = "\r\x1b[K"


def watched(things: Iterable[T], number: int, *, shown: bool) -> Generator[T, None, None]:
    """The same things, with a line on the terminal of people that says how many are done."""
    if not shown or number < _MANY or sys.stderr is None or not sys.stderr.isatty():
        yield from things
        return
    last = 0.0
    try:
        for done, thing in enumerate(things, 1):
            now = time.monotonic()
            if now - last >= _EVERY:
                last = now
                sys.stderr.write(_CLEARED + say("已检查 {} 个，共 {} 个").format(done, number))
                sys.stderr.flush()
            yield thing
    finally:
        sys.stderr.write(_CLEARED)
        sys.stderr.flush()
