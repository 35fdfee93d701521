"""并行：work on a row of things in several processes, with the results in the order of the things.

The processes are forks: they share what was read before, and start in a few milliseconds. Where a system has no forks,
one process does it all, with the same results. What a process makes is bytes; nothing is executed in reading them.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple, NoReturn

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

MOST = 256
"""Processes that may be asked for."""
WORTH = 50
"""So many things are worth a process: fewer are done before it has begun."""
_STRIDE = 4
"""So many things in a row are done by one process, the next ones by the next."""
_AHEAD = 8_000_000
"""Bytes that may wait for their turn of one process; it then waits itself."""
_HEAD = 8
_KILL = 9
"""The signal that cannot be put off."""
_BROKEN = 1 << 63
"""The mark of a frame that says why the work broke down, by our own fault."""


class Died(NamedTuple):
    """A process ended while it worked on something: by which signal, or with which exit code."""

    how: str


class WorkError(Exception):
    """The work itself broke down in a process, by our own fault: its traceback."""


def can_fork() -> bool:
    """Whether several processes are to be had."""
    return sys.platform != "win32" and hasattr(os, "fork")


def processes(asked: int | None, things: int) -> int:
    """How many processes are worth it for so many things; as many as were asked for, if that was said."""
    if not can_fork() or things < 2:  # noqa: PLR2004
        return 1
    if asked is not None:
        return max(1, min(asked, things, MOST))
    if things < 2 * WORTH:
        return 1
    return max(1, min(_cores(), things // WORTH, MOST))


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_order(things: int, work: Callable[[int], bytes], jobs: int) -> Generator[bytes | Died, None, None]:
    """What comes of each thing by its number, in order. Whoever closes it, at whatever point, leaves no process behind."""
    if jobs <= 1:
        yield from map(work, range(things))
        return
    crew = _Crew(things, work, jobs)
    try:
        for number in range(things):
            yield crew.result(number)
    finally:
        crew.end()


class _Process:
    """One process: its pipe, what came of it, and what it has still to do."""

    __slots__ = ("file", "left", "pid", "ready", "status")

    def __init__(self, pid: int, file: int, left: list[int]) -> None:
        self.pid = pid
        self.status = 0
        self.file = file
        self.left = left
        """What is not done yet, the next last."""
        self.ready = bytearray()


class _Crew:
    """All processes. Each does its share of the things in their order, and starts anew after one that killed it."""

    def __init__(self, things: int, work: Callable[[int], bytes], jobs: int) -> None:
        self._work = work
        self._jobs = jobs
        self._running: dict[int, _Process] = {}
        sys.stdout.flush()
        sys.stderr.flush()
        for share in range(jobs):
            mine = [n for n in range(things) if n // _STRIDE % jobs == share]
            if mine:
                self._start(share, mine[::-1])

    def result(self, number: int) -> bytes | Died:
        """What came of the next thing, waited for."""
        share = number // _STRIDE % self._jobs
        while True:
            process = self._running[share]
            found = _taken(process)
            if found is not None:
                process.left.pop()
                return found
            if process.file < 0:
                return self._died(share, process)
            self._gather(share)

    def end(self) -> None:
        """Stop whoever is still at work."""
        for process in self._running.values():
            if process.file >= 0:
                with suppress(ProcessLookupError):
                    os.kill(process.pid, _KILL)
                self._closed(process)

    def _start(self, share: int, left: list[int]) -> None:
        reading, writing = os.pipe()
        pid = os.fork()
        if not pid:
            import signal

            signal.signal(signal.SIGINT, signal.SIG_DFL)  # the one who waits for us says that it was stopped
            os.close(reading)
            for other in self._running.values():
                if other.file >= 0:
                    os.close(other.file)
            _do(self._work, left, writing)
        os.close(writing)
        self._running[share] = _Process(pid, reading, left)

    def _gather(self, wanted: int) -> None:
        """Read what the processes have, but of those that are far ahead of their turn."""
        files = {
            process.file: process
            for share, process in self._running.items()
            if process.file >= 0 and (share == wanted or len(process.ready) < _AHEAD)
        }
        import select

        for file in select.select(files, [], [])[0]:
            data = os.read(file, 1 << 20)
            if data:
                files[file].ready += data
            else:
                self._closed(files[file])

    def _closed(self, process: _Process) -> None:
        os.close(process.file)
        process.file = -1
        _, process.status = os.waitpid(process.pid, 0)

    def _died(self, share: int, process: _Process) -> Died:
        """Tell what killed a process, and go on with the rest of its share in another."""
        process.left.pop()
        code = os.waitstatus_to_exitcode(process.status)
        if process.left:
            self._start(share, process.left)
        import signal

        return Died(signal.Signals(-code).name if code < 0 else str(code))


def _taken(process: _Process) -> bytes | None:
    """The next frame of a process, None while it is not whole."""
    ready = process.ready
    if len(ready) < _HEAD:
        return None
    length = int.from_bytes(ready[:_HEAD], "little")
    broken, length = length & _BROKEN, length & ~_BROKEN
    if len(ready) < _HEAD + length:
        return None
    frame = bytes(memoryview(ready)[_HEAD : _HEAD + length])
    del ready[: _HEAD + length]
    if broken:
        raise WorkError(frame.decode())
    return frame


def _do(work: Callable[[int], bytes], left: list[int], file: int) -> NoReturn:
    """The life of a process: its share of the work, one thing after another."""
    code = 0
    try:
        for number in reversed(left):
            frame = work(number)
            _write(file, len(frame).to_bytes(_HEAD, "little") + frame)
    except BrokenPipeError:
        pass  # nobody waits for it any more
    except BaseException:  # noqa: BLE001 - told to the one who waits, who raises it
        import traceback

        told = traceback.format_exc().encode(errors="replace")
        with suppress(OSError):
            _write(file, (len(told) | _BROKEN).to_bytes(_HEAD, "little") + told)
        code = 1
    os._exit(code)


def _write(file: int, data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(file, left) :]
