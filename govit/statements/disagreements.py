"""不一致：one place of a report beside another place, or beside project.yaml, where both state one thing differently. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import record
from govit.documents.passages import Passage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.documents.content import Content, Heading
    from govit.statements.report_text import ReportText
    from govit.statements.sections import ReportSection
    from govit.statements.stated import Stated

AGAINST_PROJECT, WITHIN, BETWEEN_COPIES = "GOV-212", "GOV-213", "GOV-214"
CORRESPONDENCE, DUPLICATE, WORDING, POINTS = "GOV-215", "GOV-216", "GOV-217", "GOV-218"


@record
class ReadReport:
    """一份读过的报告."""

    path: str
    kinds: tuple[str, ...]
    rank: int
    content: Content
    passages: Sequence[Passage]
    text: ReportText
    stated: list[Stated]


@record
class Disagreement:
    """一处不一致."""

    rule: str
    path: str
    """The file in which it is told."""
    subject: str
    """What is stated, and the words in which it is: another figure makes it another disagreement."""
    message: str
    hint: str
    place: Passage
    section: ReportSection
    asked_by: str = ""
    """The group of words, or the rule, whose article asks for it."""
    mild: bool = False
    """It is a hint and no warning."""
    silenced: str = ""
    """Why the dossier does not want to be told."""


def place_of(heading: Heading) -> Passage:
    """A heading as a place."""
    unit = "行" if heading.line else "页" if heading.page else "段"
    return Passage(heading.text, heading.line or heading.page or heading.paragraph or 0, unit)


def where(place: Passage) -> str:
    """A place as people find it: 第 67 段, 第 3 表第 5 行."""
    if place.cell is not None and place.unit != "行":
        return f"第 {place.cell[0]} 表第 {place.cell[1]} 行"
    return f"第 {place.place} {place.unit}"
