"""准确率与召回率：of the checks of reports, how many alarms are right and how many planted faults are found.

    python benchmarks/alarms.py

Over the whole reports of tests/statements/whole: each is judged as it stands, where every alarm is wrong, and with each of
its planted faults alone.
"""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
from whole_reports import Seen, figures, seen, whole_reports

DAY = dt.date(2026, 11, 20)


def main() -> None:
    """Print the table, and below it what is wrong and what is missed."""
    with TemporaryDirectory(prefix="govit-alarms-") as root:
        judged = {one.name: seen(one, Path(root) / one.name, DAY) for one in whole_reports()}
    print(f"{len(judged)} sound reports, {sum(len(one.faulty) for one in judged.values())} planted faults")
    for one in figures([*judged.values()]):
        share = [f"{value:.0%}" if value is not None else "-" for value in (one.precision, one.recall)]
        print(f"{one.rule}  alarms right {share[0]:>5} ({one.right} of {one.right + one.wrong})", end="  ")
        print(f"faults found {share[1]:>5} ({one.planted - one.missed} of {one.planted})")
    for name, one in judged.items():
        _tell(name, one)


def _tell(name: str, one: Seen) -> None:
    for alarm in one.wrong:
        print(f"  wrong  {name}: {alarm.rule} {alarm.message}")
    for fault in one.missed:
        print(f"  missed {name}: {fault.rule} {fault.replace} -> {fault.by}")


if __name__ == "__main__":
    main()
