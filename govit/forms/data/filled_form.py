"""所填的表：one form for one project, and everything that the context is built from."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, TypeVar

from govit.base.records import named_record, replace
from govit.dossier.lists import day_of
from govit.forms.templates import forms
from govit.judging.stages import progress

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from govit.dossier.model import Project, Record
    from govit.judging.case import JudgeableCase
    from govit.judging.engine import Examined
    from govit.law.regulation import PackForm, Regulation


@named_record
class FilledForm:
    """What is filled in. `entry` is the form as the regulation knows it; `which` picks one of several (--for)."""

    case: JudgeableCase
    entry: PackForm
    which: str | None = None
    draft: bool = False
    revision: str | None = None

    @property
    def project(self) -> Project:
        """The project."""
        return self.case.project

    @property
    def regulation(self) -> Regulation:
        """Its regulation; a project without one has no forms."""
        return self.case.regulation

    @property
    def as_of(self) -> dt.date:
        """The day by which everything is told."""
        return self.case.options.as_of

    @property
    def to_its_step(self) -> bool:
        """Whether the form tells nothing that came after its step."""
        found = forms().get(self.entry.form)
        return found is not None and found.to_its_step

    @cached_property
    def until(self) -> dt.date:
        """The last day of which the form tells: of one about a step, the day on which that step was made."""
        if not self.to_its_step or self.regulation.order(self.entry.stage) < 0:
            return self.as_of
        made = progress(self.case.facts()).passed(self.entry.stage)
        return self.as_of if made is None else min(made, self.as_of)

    @cached_property
    def examined(self) -> Examined:
        """Every rule judged, with what each verdict rests on; only the forms that show findings ask for it."""
        return _examined(self.case)


@lru_cache(maxsize=2)
def _examined(case: JudgeableCase) -> Examined:
    """A project is judged once for all its forms; those of other projects come before or after."""
    return case.examined(replace(case.options, everything=True))


R = TypeVar("R", bound="Record")


def made_by(records: Iterable[R], until: dt.date) -> list[R]:
    """The records that were made up to a day, and those that say no day."""
    return [record for record in records if (day_of(record) or until) <= until]
