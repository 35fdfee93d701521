"""一次运行的限额：what all files of one run together may swell to, so that forty bombs are no forty times the work.

A file that Word or WPS wrote unpacks to some ten or twenty times its size: that costs what the file weighs, and is
free. What goes beyond is taken from one purse for the run. When it is empty, files that swell are refused and named;
all others are read.
"""

from __future__ import annotations

from contextvars import ContextVar

USUAL_BYTES, USUAL_TAGS = 40, 2
"""What is free for each byte of the packed file: bytes of XML, and tags in it."""
FREE_BYTES, FREE_TAGS = 2_000_000, 100_000
"""What is free for every file, however small."""
RUN_BYTES, RUN_TAGS = 200_000_000, 4_000_000
"""What all files of a run may take beyond that; a single one takes at most half of the bytes."""


class Purse:
    """余额：what is left for files that swell."""

    __slots__ = ("bytes", "depended", "tags")

    def __init__(self) -> None:
        self.bytes, self.tags = RUN_BYTES, RUN_TAGS
        self.depended = False
        """Whether what was read hung on what was left: something was taken off, or refused."""

    def limits(self, size: int) -> tuple[int, int]:
        """Bytes and tags that a file of a packed size may come to."""
        usual_bytes, usual_tags = _usual(size)
        return usual_bytes + self.bytes, usual_tags + self.tags

    def spend(self, size: int, unpacked: int, tags: int) -> None:
        """Take off what a file came to beyond what is usual for its size."""
        usual_bytes, usual_tags = _usual(size)
        beyond_bytes, beyond_tags = max(0, unpacked - usual_bytes), max(0, tags - usual_tags)
        self.bytes -= beyond_bytes
        self.tags -= beyond_tags
        self.depended = self.depended or beyond_bytes > 0 or beyond_tags > 0


def _usual(size: int) -> tuple[int, int]:
    return FREE_BYTES + USUAL_BYTES * size, FREE_TAGS + USUAL_TAGS * size


_PURSE: ContextVar[Purse | None] = ContextVar("purse", default=None)


def new_run() -> None:
    """Begin a run with a full purse."""
    _PURSE.set(Purse())


def purse() -> Purse:
    """The purse of this run; who reads a file outside of any has a full one."""
    return _PURSE.get() or Purse()
