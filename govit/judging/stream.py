"""逐个检查：from file to finding one project at a time, so that a pile of any size takes no more room than a project.

What is known before any is judged: the regulations that they name, and what is wrong with the dossiers as such.
"""

from __future__ import annotations

import marshal
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from govit.base.records import named_record
from govit.base.workers import Died, in_order
from govit.documents.allowance import purse
from govit.dossier.finding import Finding, told_apart
from govit.dossier.own_rules import finding_of
from govit.judging.case import cases_of, dossier_options, regulation_of
from govit.judging.judge import Judged, asked_once, judged_case, validity
from govit.judging.selection import told_of
from govit.yamltext.faults import Fault

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

    from govit.dossier.projects import Dossier
    from govit.judging.case import Case
    from govit.judging.engine import Options
    from govit.judging.run import Opened
    from govit.law.regulation import Regulation

    Make = Callable[[Sequence[Judged], Sequence[Case]], bytes]
    """What is wanted of a project under each of its regulations, as bytes; one whose process died has no case."""

@named_record
class ReportHead:
    """开头: what a report says before any project."""

    as_of: dt.date
    assume_in_force: bool
    regulations: tuple[Regulation, ...]
    general: tuple[Finding, ...]
    firsts: Mapping[str, str]
    """The first project of each regulation."""
    chosen: tuple[str, ...] = ()
    """The rules that were asked for, where not all were."""

    def first_of(self, regulation: str) -> str | None:
        """The path of the first project under a regulation."""
        return self.firsts.get(regulation)


class _PlaceInPile(NamedTuple):
    """Where a project stands: its path in the report, its dossier, its number there."""

    path: str
    dossier: Dossier
    number: int
    options: Options


class Pile:
    """一批项目: those that were asked for, in the order of every report."""

    def __init__(self, opened: Opened, *, todo: bool = False) -> None:
        self._opened = opened
        self._todo = todo
        self._places: list[_PlaceInPile] = []
        self.head = self._gathered()
        self._places.sort(key=lambda place: place.path)

    def __len__(self) -> int:
        """How many projects there are."""
        return len(self._places)

    def _gathered(self) -> ReportHead:
        opened, general = self._opened, list[Finding]()
        used: dict[str, Regulation] = {}
        firsts: dict[str, str] = {}
        for dossier in opened.dossiers:
            options, found = dossier_options(dossier, opened.options)
            general.extend(found)
            for number in dossier.chosen:
                near = dossier.index.projects[number]
                self._places.append(_PlaceInPile(near.path, dossier, number, options))
                for one in (near.project, *near.project.also):
                    regulation, _ = regulation_of(one, opened.library, dossier.packs)
                    if regulation is None:
                        continue
                    used.setdefault(regulation.id, regulation)
                    firsts[regulation.id] = min(firsts.get(regulation.id, near.path), near.path)
        for regulation in used.values():
            general.extend(validity(regulation, opened.options))
        return ReportHead(
            as_of=opened.options.as_of,
            assume_in_force=opened.options.assume_in_force,
            regulations=tuple(used[key] for key in sorted(used)),
            general=told_apart(told_of(general, opened.options.rules)),
            firsts=firsts,
            chosen=opened.options.rules,
        )

    def cases(self, number: int) -> list[Case]:
        """A project under each of its regulations, read and ready to be judged."""
        place = self._places[number]
        project = place.dossier.projects[place.number]
        return list(cases_of(project, place.dossier, self._opened.library, place.options))

    def made(self, make: Make, jobs: int) -> Generator[bytes, None, None]:
        """What is made of every project, in their order, by so many processes."""
        if jobs <= 1:
            yield from (self._made(make, number) for number in range(len(self)))
            return
        with closing(in_order(len(self), lambda number: self._apart(make, number), jobs)) as frames:
            for number, frame in enumerate(frames):
                yield make([self._unjudged(number, frame)], []) if isinstance(frame, Died) else (
                    self._as_alone(frame, make, number)
                )

    def _as_alone(self, frame: bytes, make: Make, number: int) -> bytes:
        """What a process has made, if one process alone would have had as much left of the allowance; else made here."""
        before, after, depended, made = marshal.loads(frame)  # noqa: S302 - what a process of this run has just made
        mine = purse()
        if depended and before != (mine.bytes, mine.tags):
            return self._made(make, number)
        if depended:
            mine.bytes, mine.tags = after
        return bytes(made)

    def judged(self) -> Iterator[Judged]:
        """Every project as it is judged, in their order, by this process."""
        for number in range(len(self)):
            yield from self._judged(self.cases(number))

    def _made(self, make: Make, number: int) -> bytes:
        cases = self.cases(number)
        return make(self._judged(cases), cases)

    def _judged(self, cases: Sequence[Case]) -> list[Judged]:
        return asked_once([judged_case(case, todo=self._todo) for case in cases])

    def _apart(self, make: Make, number: int) -> bytes:
        mine = purse()
        before = mine.bytes, mine.tags
        mine.depended = False
        made = self._made(make, number)
        return marshal.dumps((before, (mine.bytes, mine.tags), mine.depended, made))

    def _unjudged(self, number: int, died: Died) -> Judged:
        """A project in which a process ended, which is told as an error of this project, and hides no other."""
        place = self._places[number]
        near = place.dossier.index.projects[place.number]
        regulation, _ = regulation_of(near.project, self._opened.library, place.dossier.packs)
        message = f"检查这个项目的进程意外结束（{died.how}），没有检查完，这个项目还没有结论"
        hint = "多半是内存不够：用 --jobs 1 单独检查这个项目；仍然这样的，把它的文件逐个移开，找出是哪一个，告诉维护人"
        fault = Fault("GOV-602", message, 1, 1, hint)
        return Judged(
            path=place.path,
            id=near.project.id,
            name=near.project.name,
            regulation=regulation,
            stage=None,
            findings=(finding_of(fault, near.project.source.file, place.path),),
        )
