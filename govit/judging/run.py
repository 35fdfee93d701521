"""运行一次检查：from paths and options to a report, for the command line and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.files import read_bytes
from govit.base.nearest import did_you_mean
from govit.base.records import named_record
from govit.base.usage import UsageError
from govit.calendar.workdays import published
from govit.documents.allowance import new_run
from govit.dossier import load as dossier
from govit.dossier.finding import FAILING
from govit.dossier.nearest import regulations_near
from govit.dossier.projects import digest
from govit.dossier.tree import NoProjectError, base_of
from govit.judging.case import cases, dossier_options
from govit.judging.engine import Options
from govit.judging.judge import Report, judge
from govit.law.library import Library
from govit.law.regulation import STAGES
from govit.yamltext.faults import YamlError
from govit.yamltext.tree import MAX_BYTES, decode

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from govit.dossier.finding import Finding
    from govit.dossier.projects import Dossier
    from govit.judging.case import Case
    from govit.law.regulation import Regulation
    from govit.yamltext.faults import Fault


@named_record
class RunSettings:
    """What a run was asked for."""

    paths: tuple[Path, ...]
    as_of: dt.date
    stage: str | None = None
    regulation: str | None = None
    regulations: Path | None = None
    assume_in_force: bool = False
    waivers: bool = True
    todo: bool = False
    everything: bool = False
    rules: tuple[str, ...] = ()
    proof: Callable[[Regulation], Sequence[Fault]] | None = None
    """What does not hold of a pack of the dossier's own, which is then refused."""
    jobs: int | None = 1
    """In how many processes; None for as many as are worth it."""
    part: tuple[int, int] | None = None
    """Of the projects only every so many, beginning with this one; their neighbours are all of them."""


@named_record
class Opened:
    """What was read: the dossiers, the library of regulations, and how to judge."""

    dossiers: tuple[Dossier, ...]
    library: Library
    options: Options

    def cases(self) -> Iterator[Case]:
        """Every project that was asked for, ready to be judged, one at a time."""
        for read in self.dossiers:
            options, _ = dossier_options(read, self.options)
            yield from cases(read, self.library, options)

    def findings(self) -> list[Finding]:
        """What is wrong with the dossiers as such: govit.yaml, calendars."""
        return [finding for read in self.dossiers for finding in dossier_options(read, self.options)[1]]

    def part(self, settings: RunSettings) -> Mapping[str, int | str | bool] | None:
        """Which part of which dossier was read with which options, for the report; None where all of it was."""
        if settings.part is None:
            return None
        from hashlib import sha256

        number, of = settings.part
        asked = (settings.stage, settings.regulation, settings.waivers, settings.todo, settings.everything)
        return {
            "number": number,
            "of": of,
            "dossier": digest(self.dossiers),
            "options": sha256(repr(asked).encode()).hexdigest()[:16],
            "assume_in_force": settings.assume_in_force,
        }


def open_dossiers(settings: RunSettings) -> Opened:
    """Read the dossiers; UsageError for what the user got wrong."""
    new_run()
    library = Library(examples=False, proof=settings.proof)
    _named_regulation(settings, library)
    try:
        dossiers = dossier.load(
            settings.paths,
            library.vocabulary,
            settings.regulation,
            settings.regulations,
            settings.part,
            library.asked_of_neighbours,
            settings.jobs,
        )
    except NoProjectError as error:
        raise UsageError(str(error)) from error
    _known_stage(settings, dossiers, library)
    options = Options(
        as_of=settings.as_of,
        schedule=published(),
        stage=settings.stage,
        assume_in_force=settings.assume_in_force,
        waivers=settings.waivers,
        everything=settings.everything,
        rules=settings.rules,
    )
    return Opened(dossiers=tuple(dossiers), library=library, options=options)


def _known_stage(settings: RunSettings, dossiers: Sequence[Dossier], library: Library) -> None:
    """A stage that was asked for is one of the closed list, or one that a regulation of these projects calls its own."""
    if settings.stage is None or settings.stage in STAGES:
        return
    asked = dict.fromkeys((project.regulation, read.packs) for read in dossiers for project in read.selected)
    vocabularies = [library.vocabulary(name, packs) for name, packs in asked if name is not None]
    known = dict.fromkeys((*(stage for words in vocabularies if words for stage in words["stages"]), *STAGES))
    if settings.stage not in known:
        message = f"没有“{settings.stage}”这个阶段；{did_you_mean(settings.stage, known)}"
        raise UsageError(message)


def check(settings: RunSettings) -> Report:
    """Read and judge; UsageError for what the user got wrong."""
    opened = open_dossiers(settings)
    return judge(opened.dossiers, opened.library, opened.options, todo=settings.todo)


def _named_regulation(settings: RunSettings, library: Library) -> None:
    if settings.regulations is not None and not settings.regulations.is_dir():
        message = f"自备办法的文件夹不存在：{settings.regulations}"
        raise UsageError(message)
    if settings.regulation is None:
        return
    near = (regulations_near(path if path.is_dir() else path.parent).packs for path in settings.paths)
    folders = [settings.regulations] if settings.regulations else near
    known = dict.fromkeys(name for folder in folders for name in library.ids(folder))
    if settings.regulation not in known:
        message = f"没有“{settings.regulation}”这个办法；{did_you_mean(settings.regulation, known)}"
        raise UsageError(message)


def fails(counts: Mapping[str, int], level: str) -> bool:
    """Whether a run with these counts fails at a level; the waived and the advisory never fail it."""
    return any(counts[counter] for counter in FAILING[level])


def located(paths: Sequence[Path]) -> Callable[[str], Path | None]:
    """Finds a file of the report on disk."""
    bases = dict.fromkeys(base_of(path if path.is_dir() else path.parent, paths) for path in paths)
    return lambda file: next((base / file for base in bases if (base / file).is_file()), None)


_FILES = 16
"""Files whose lines are kept: findings stand together with others of their project."""


def lines_under(paths: Sequence[Path]) -> Callable[[str], list[str] | None]:
    """Gives the lines of a file of the report, read as the dossier reader read it."""
    cache: dict[str, list[str] | None] = {}
    find = located(paths)

    def lines(file: str) -> list[str] | None:
        if file not in cache:
            if len(cache) >= _FILES:
                cache.clear()
            path = find(file)
            cache[file] = _lines(path) if path else None
        return cache[file]

    return lines


def _lines(path: Path) -> list[str] | None:
    try:
        return decode(read_bytes(path, MAX_BYTES)).splitlines()
    except (OSError, YamlError):
        return None
