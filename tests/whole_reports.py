"""整份报告与种下的错：whole projects with their reports, sound as they stand, and faults that are planted one at a time.

A folder of tests/statements/whole is a project: project.yaml and documents/. Its faults.yaml lists faults, each an edit
of one file and what must then be said:

    - check: 总投资            # the line of the table that the fault counts for
      rule: GOV-212
      file: documents/可行性研究报告.md
      replace: 总投资 260 万元   # stands in the file once
      by: 总投资 268 万元
      says: 268              # what the alarm must mention
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from govit.calendar.workdays import published
from govit.dossier.load import load
from govit.judging.case import cases
from govit.judging.engine import Options
from govit.law.library import Library

if TYPE_CHECKING:
    import datetime as dt

    from govit.dossier.finding import Finding

WHOLE = Path(__file__).parent / "statements" / "whole"
LEAST = 0.9
"""Of the alarms of a check that is on by default so many are right."""


class PlantedFault(NamedTuple):
    """One edit of one file, and the alarm that must come of it."""

    check: str
    rule: str
    replace: str
    by: str
    says: str
    file: str = "documents/可行性研究报告.md"


class WholeReport(NamedTuple):
    """A project with its report."""

    folder: Path
    faults: tuple[PlantedFault, ...]


class Alarm(NamedTuple):
    """What govit says of a report: the rule, what it is about, and the message."""

    rule: str
    subject: str
    message: str


class Seen(NamedTuple):
    """What was said of a report as it stands, and with each of its faults."""

    sound: list[Alarm]
    faulty: list[tuple[PlantedFault, list[Alarm]]]

    @property
    def wrong(self) -> list[Alarm]:
        """The alarms that no fault explains, each once."""
        more = [alarm for fault, told in self.faulty for alarm in told if not tells(alarm, fault)]
        return list(dict.fromkeys([*self.sound, *more]))

    @property
    def missed(self) -> list[PlantedFault]:
        """The faults that the check which must find them did not."""
        return [fault for fault, told in self.faulty if not any(a.rule == fault.rule and tells(a, fault) for a in told)]


class Figures(NamedTuple):
    """准确率与召回率：how a check did over all reports."""

    rule: str
    planted: int
    missed: int
    right: int
    """Alarms that tell of a planted fault."""
    wrong: int

    @property
    def precision(self) -> float | None:
        """Of its alarms, the share that is right; None where it gave none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else None

    @property
    def recall(self) -> float | None:
        """Of the planted faults, the share that it found; None where none was planted."""
        return 1 - self.missed / self.planted if self.planted else None


def whole_reports() -> list[WholeReport]:
    """All of them, in the order of their names."""
    return [WholeReport(path.parent, _faults(path)) for path in sorted(WHOLE.glob("*/faults.yaml"))]


def _faults(path: Path) -> tuple[PlantedFault, ...]:
    return tuple(PlantedFault(**entry) for entry in yaml.safe_load(path.read_text(encoding="utf-8")) or ())


def planted(report: WholeReport, root: Path, fault: PlantedFault | None) -> Path:
    """A copy of a project in a dossier of its own, with one fault or as it stands."""
    root.mkdir(parents=True, exist_ok=True)
    shutil.copytree(report.folder, root / report.folder.name, ignore=shutil.ignore_patterns("faults.yaml"))
    shutil.copy(WHOLE / "govit.yaml", root)
    if fault is not None:
        path = root / report.folder.name / fault.file
        text = path.read_text(encoding="utf-8")
        if text.count(fault.replace) != 1:
            message = f"{path}: {fault.replace!r} stands there {text.count(fault.replace)} times"
            raise ValueError(message)
        path.write_text(text.replace(fault.replace, fault.by), encoding="utf-8")
    return root / report.folder.name


def alarms(folder: Path, day: dt.date) -> list[Alarm]:
    """What govit says of the reports of a project."""
    library = Library(examples=False)
    (dossier,) = load([folder], library.vocabulary)
    (case,) = cases(dossier, library, Options(as_of=day, schedule=published()))
    return [Alarm(one.rule, one.subject, one.message) for one in case.findings if _of_reports(one)]


def _of_reports(finding: Finding) -> bool:
    """Whether it is one of the checks of reports: GOV-212 to 219."""
    return "GOV-212" <= finding.rule <= "GOV-219"


def tells(alarm: Alarm, fault: PlantedFault) -> bool:
    """Whether an alarm tells of a fault, by whichever check."""
    return fault.says in alarm.subject + alarm.message


def seen(report: WholeReport, root: Path, day: dt.date) -> Seen:
    """A report judged as it stands and with each of its faults."""
    copies = [planted(report, root / str(number), fault) for number, fault in enumerate((None, *report.faults))]
    sound, *faulty = (alarms(copy, day) for copy in copies)
    return Seen(sound, list(zip(report.faults, faulty, strict=True)))


def figures(whole: list[Seen]) -> list[Figures]:
    """How each check did, by rule."""
    planted = Counter(fault.rule for one in whole for fault, _ in one.faulty)
    missed = Counter(fault.rule for one in whole for fault in one.missed)
    right = Counter(a.rule for one in whole for fault, told in one.faulty for a in told if tells(a, fault))
    wrong = Counter(alarm.rule for one in whole for alarm in one.wrong)
    return [Figures(rule, planted[rule], missed[rule], right[rule], wrong[rule]) for rule in sorted(planted | right | wrong)]
