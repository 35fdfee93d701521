"""整份报告与种下的错：whole reports of the samples, sound as they stand, and faults that are planted one at a time.

Each file of tests/statements/whole names a sample project, its report, and faults: an edit of the report and what must
then be said. The project is judged as it was when the report was written: what was done since is left out.

    project: sample-dossier/lianyungang/2026-manhole-safety
    report: documents/可行性研究报告.md
    kind: 可行性研究报告
    faults:
      - rule: GOV-212
        replace: 总投资 168.5万元     # stands in the report once
        by: 总投资 186.5万元
        says: "186.5"               # what the alarm must mention
        also: 下级各行合计 86        # what follows from it and is rightly told as well
    rightly: [网络安全保障 数据安全]   # what is rightly told of the report as it stands
"""

from __future__ import annotations

import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml
from places import ROOT

from govit.calendar.workdays import published
from govit.dossier.load import load
from govit.judging.case import cases
from govit.judging.engine import Options
from govit.law.library import Library

if TYPE_CHECKING:
    import datetime as dt

    from govit.dossier.finding import Finding

WHOLE = Path(__file__).parent / "statements" / "whole"
SINCE = ("approvals", "submissions", "events", "contracts", "changes", "waivers", "confirmed", "progress", "notes")
"""What is recorded after a report was written."""
LEAST = 0.9
"""Of the alarms of a check that is on by default so many are right."""


class PlantedFault(NamedTuple):
    """One edit of a report, and the alarm that must come of it."""

    rule: str
    replace: str
    by: str
    says: str
    also: str = ""


class WholeReport(NamedTuple):
    """A report of a sample project."""

    name: str
    project: Path
    report: str
    kind: str
    faults: tuple[PlantedFault, ...]
    rightly: tuple[str, ...]
    """The subjects of what is rightly told of it as it stands."""


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
    return [_read(path) for path in sorted(WHOLE.glob("*.yaml"))]


def _read(path: Path) -> WholeReport:
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    faults = tuple(PlantedFault(**entry) for entry in given["faults"])
    return WholeReport(path.stem, ROOT / given["project"], given["report"], given["kind"], faults, tuple(given["rightly"]))


def planted(one: WholeReport, root: Path, fault: PlantedFault | None) -> Path:
    """The project when the report was written, with one fault or as it stands."""
    home = root / one.project.name
    text = (one.project / one.report).read_text(encoding="utf-8")
    if fault is not None:
        if text.count(fault.replace) != 1:
            message = f"{one.name}: {fault.replace!r} stands there {text.count(fault.replace)} times"
            raise ValueError(message)
        text = text.replace(fault.replace, fault.by)
    (home / one.report).parent.mkdir(parents=True)
    (home / one.report).write_text(text, encoding="utf-8")
    whole = yaml.safe_load((one.project / "project.yaml").read_text(encoding="utf-8"))
    early = {key: value for key, value in whole.items() if key not in SINCE}
    early |= {"stage": "申报", "documents": [{"kinds": [one.kind], "path": one.report}]}
    (home / "project.yaml").write_text(yaml.safe_dump(early, allow_unicode=True, sort_keys=False), encoding="utf-8")
    shutil.copy(one.project.parent / "govit.yaml", root)
    return home


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
    told = alarm.subject + alarm.message
    return fault.says in told or (fault.also != "" and fault.also in told)


def seen(report: WholeReport, root: Path, day: dt.date) -> Seen:
    """A report judged as it stands and with each of its faults."""
    copies = [planted(report, root / str(number), fault) for number, fault in enumerate((None, *report.faults))]
    sound, *faulty = ([one for one in alarms(copy, day) if one.subject not in report.rightly] for copy in copies)
    return Seen(sound, list(zip(report.faults, faulty, strict=True)))


def figures(whole: list[Seen]) -> list[Figures]:
    """How each check did, by rule."""
    planted = Counter(fault.rule for one in whole for fault, _ in one.faulty)
    missed = Counter(fault.rule for one in whole for fault in one.missed)
    right = Counter(a.rule for one in whole for fault, told in one.faulty for a in told if tells(a, fault))
    wrong = Counter(alarm.rule for one in whole for alarm in one.wrong)
    return [Figures(rule, planted[rule], missed[rule], right[rule], wrong[rule]) for rule in sorted(planted | right | wrong)]
