"""检查的过程：projects judged one at a time by one or several processes, their reports written as they come.

A report that goes to a file is put in place when it is whole. A format that needs all findings before it can say its first
word takes them all; of the others only what the overview says is kept.
"""

from __future__ import annotations

import marshal
from contextlib import ExitStack, closing
from typing import IO, TYPE_CHECKING, NamedTuple, Protocol

from govit.base.files import showable
from govit.base.records import replace
from govit.cli.common import put, put_data, write
from govit.cli.progress import watched
from govit.judging.judge import Report
from govit.report.overview import Totals, row_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from govit.judging.case import Case
    from govit.judging.judge import Judged
    from govit.judging.stream import Pile, ReportHead

_IN_MEMORY = 4_000_000
"""Bytes of a report that are kept in memory until its end; what is more waits in a file without a name."""
_CHUNK = 1 << 20


class ReportStream(Protocol):
    """A format that is written one project after the other."""

    at_once: bool
    """Whether pieces go out as they come; else `last` takes them all."""

    def first(self) -> str:
        """What stands before the projects."""

    def piece(self, told: Sequence[Judged], cases: Sequence[Case] = ()) -> str:
        """What is said of a project, under each of its regulations."""

    def add(self, piece: str) -> str:
        """A piece as it follows those before it."""

    def last(self, whole: Totals, pieces: Iterable[str]) -> Iterator[str]:
        """What stands behind the projects, or everything."""


class WantedReport(NamedTuple):
    """One report: its format, where it goes, and whether people read it."""

    stream: ReportStream
    output: Path | None
    human: bool


def streamed(pile: Pile, wanted: Sequence[WantedReport], jobs: int) -> tuple[Totals, bool]:
    """Write the reports as the projects are judged; the totals, and whether all could be written."""

    def make(told: Sequence[Judged], cases: Sequence[Case]) -> bytes:
        return marshal.dumps((row_of(told), [one.stream.piece(told, cases) for one in wanted]))

    totals = Totals(pile.head)
    shown = not any(one.human and one.output is None for one in wanted)
    with ExitStack() as files:
        sinks = []
        for one in wanted:
            keeps = one.output is not None or not one.stream.at_once
            sinks.append(_Sink(one, files.enter_context(_spool()) if keeps else None))
        for sink in sinks:
            sink.take(sink.stream.first())
        every = files.enter_context(closing(pile.made(make, jobs)))
        for made in files.enter_context(closing(watched(every, len(pile), shown=shown))):
            row, pieces = marshal.loads(made)  # noqa: S302 - what a process of this run has just made
            totals.add(row)
            for sink, piece in zip(sinks, pieces, strict=True):
                sink.take(sink.stream.add(piece))
        written = [sink.close(totals) for sink in sinks]
    return totals, all(written)


def gathered(pile: Pile, jobs: int) -> Report:
    """The whole report, for formats that need all of it at once."""
    head = pile.head
    if jobs <= 1:
        judged_here = tuple(watched(pile.judged(), len(pile), shown=True))
        return _report(head, judged_here)
    import pickle  # what comes back was made by this very run, in memory

    laws = {regulation.id: regulation for regulation in head.regulations}

    def make(told: Sequence[Judged], _: Sequence[Case]) -> bytes:
        return pickle.dumps([(one.regulation and one.regulation.id, replace(one, regulation=None)) for one in told])

    projects: list[Judged] = []
    with closing(pile.made(make, jobs)) as every, closing(watched(every, len(pile), shown=True)) as frames:
        for made in frames:
            told = pickle.loads(made)  # noqa: S301 - see above
            projects.extend(replace(judged, regulation=laws.get(law)) for law, judged in told)
    return _report(head, tuple(projects))


def _report(head: ReportHead, projects: tuple[Judged, ...]) -> Report:
    return Report(
        as_of=head.as_of,
        assume_in_force=head.assume_in_force,
        regulations=head.regulations,
        projects=projects,
        general=head.general,
        chosen=head.chosen,
    )


def _spool() -> IO[bytes]:
    """Where a report waits until it is whole."""
    import tempfile  # not for the screen

    return tempfile.SpooledTemporaryFile(_IN_MEMORY)


class _Sink:
    """Where a report goes: at once to the screen, to a file when it is whole."""

    def __init__(self, wanted: WantedReport, kept: IO[bytes] | None) -> None:
        self.stream = wanted.stream
        self._output = wanted.output
        self._human = wanted.human
        self._whole = not wanted.stream.at_once
        self._waiting = kept

    def take(self, text: str) -> None:
        """Show a text, or keep it until the end."""
        if self._waiting is not None:
            self._waiting.write((text if self._whole else showable(text)).encode(errors="surrogatepass"))
        elif text:
            self._show(text)

    def _show(self, text: str) -> None:
        if self._human:
            put(text, None)
        else:
            put_data(text, None)

    def close(self, totals: Totals) -> bool:
        """Write the end; whether the report could be written."""
        kept = self._texts() if self._whole else ()
        texts = self.stream.last(totals, kept)
        if self._output is None:
            for text in texts:
                self._show(text)
            return True
        try:
            write(self._output, self._bytes(texts))
        except SystemExit:  # it was said why
            return False
        return True

    def _bytes(self, texts: Iterable[str]) -> Iterator[bytes]:
        if not self._whole:
            yield from self._pieces()
        yield from (showable(text).encode() for text in texts)

    def _pieces(self) -> Iterator[bytes]:
        if self._waiting is not None:
            self._waiting.seek(0)
            while chunk := self._waiting.read(_CHUNK):
                yield chunk

    def _texts(self) -> Iterator[str]:
        """The same as text, cut between lines."""
        if self._waiting is not None:
            self._waiting.seek(0)
            for line in self._waiting:
                yield line.decode(errors="surrogatepass")
