"""读取问题：what is wrong with a file, where, and what to write instead; and how many of them are listed."""

from __future__ import annotations

from govit.base.records import value_record

MAX_LISTED = 20
MAX_FAULTS = 200


@value_record
class Fault:
    """读取问题：what is wrong with a file, where (1-based), and what to write instead."""

    rule: str
    message: str
    line: int | None = None
    column: int | None = None
    hint: str = ""
    key: str = ""
    """The dotted key that it concerns, '' if it concerns none."""
    about: str = ""
    """What else tells it apart: the word that is refused, the kind of a slip, a file. Never a part of the message."""
    meant: str = ""
    """The dotted key that was meant where another is written, '' where that is not known."""
    right: str = ""
    """What is to stand instead of what was written, where there is one right answer."""
    file: str = ""
    """The name of the file beside the one that is read in which it stands, '' where it is that one itself."""


def note(faults: list[Fault], fault: Fault) -> None:
    """Add a fault to those of a file; a file of a hundred thousand faults is cut off, and says so."""
    if len(faults) < MAX_FAULTS:
        faults.append(fault)
    elif len(faults) == MAX_FAULTS:
        message = f"问题太多，只列出前 {MAX_FAULTS} 处"
        faults.append(Fault("GOV-102", message, fault.line, fault.column, "先改正以上各处，再检查一次"))


class YamlError(Exception):
    """A file that cannot be read as YAML; carries every fault that was recognised."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.message for fault in faults))
        self.faults = faults
