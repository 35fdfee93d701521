"""比较的结果：what `govit change` found for each project, as the reports show it. Pure data."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from govit.base.records import named_record

if TYPE_CHECKING:
    import datetime as dt

    from govit.change.consequences import Consequences
    from govit.change.difference import Difference
    from govit.change.git import Revision
    from govit.change.papers import PaperChange
    from govit.dossier.finding import Finding
    from govit.law.regulation import Regulation


class BaseChoice(Enum):
    """How the approved revision was chosen."""

    OPTION = "按 --base"
    NAMED = "按 project.yaml 的 approved_revision（批复版本）"
    TAG = "最新的 approved/ 标签"


class Why(Enum):
    """Why a project was not compared."""

    CLASSIFIED = "classified"
    UNREADABLE = "unreadable"
    REPOSITORY = "repository"
    REVISION = "revision"
    NEW = "new"
    AMBIGUOUS = "ambiguous"


@named_record
class Base:
    """批复版本：which commit a project is compared with, how that was chosen, and where the project lay in it."""

    revision: Revision
    choice: BaseChoice
    folder: str


@named_record
class Comparison:
    """一个项目的比较."""

    difference: Difference
    papers: tuple[PaperChange, ...]
    consequences: Consequences | None
    """None where the project has no regulation."""
    notes: tuple[str, ...]

    @property
    def same(self) -> bool:
        """Whether nothing at all changed."""
        found = self.difference
        moved = any(line.state != "不变" for line in found.money.lines) or found.money.net
        recorded = found.recorded
        return not (moved or found.words or self.papers or recorded.since or recorded.gone)


@named_record
class Compared:
    """一个项目：its comparison, or why there is none."""

    path: str
    id: str | None
    name: str | None
    regulation: Regulation | None
    shared: bool = False
    """Whether other regulations apply to the project as well, which are told of apart."""
    base: Base | None = None
    comparison: Comparison | None = None
    why: Why | None = None
    message: str = ""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What the regulation says for certain of the change."""
        made = self.comparison.consequences if self.comparison else None
        return made.findings if made else ()


@named_record
class Result:
    """一次比较的结果."""

    as_of: dt.date
    assume_in_force: bool
    regulations: tuple[Regulation, ...]
    projects: tuple[Compared, ...]
