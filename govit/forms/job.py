"""任务：one form to be made, what comes of it, and how a maker says that it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.records import named_record, record
from govit.judging.case import JudgeableCase

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from govit.forms.data.plan_compared import PastPlan
    from govit.forms.templates import Form, TemplateFile
    from govit.judging.case import Case
    from govit.law.regulation import PackForm, Regulation


@named_record
class Job:
    """One form for one project, or for all of them where the form is one of many projects.

    `entry` and `regulation` are those of the project; a form of many projects has neither, and an entry without a name.
    """

    form: Form
    cases: Sequence[Case]
    as_of: dt.date
    entry: PackForm
    regulation: Regulation | None = None
    template: TemplateFile | None = None
    which: str | None = None
    year: int | None = None
    past: PastPlan | None = None
    """The plan that the annual plan is compared with."""
    file_format: str = ""
    """Of the annual plan: csv or json instead of a workbook."""
    draft: bool = False
    early: str = ""
    """Why it is but a draft: it is too early for it."""
    revision: str | None = None

    @property
    def case(self) -> JudgeableCase:
        """The project, of a form of one project, which is made only of what can be judged."""
        case = self.cases[0]
        if not isinstance(case, JudgeableCase):
            message = f"{case.path} cannot be judged"
            raise TypeError(message)
        return case

    @property
    def filled_template(self) -> TemplateFile:
        """The template, of a form that is made from one."""
        if self.template is None:
            message = f"{self.form.id} is made from no template"
            raise ValueError(message)
        return self.template

    @property
    def title(self) -> str:
        """What the regulation calls the form."""
        return self.entry.title or self.form.label


@named_record
class Made:
    """成品: its bytes, the parts of its file name, and what a draft still lacks."""

    data: bytes
    parts: tuple[str | None, ...]
    """年度、项目名、表名: joined to 年度-项目名-表名."""
    suffix: str
    case: Case | None = None
    notes: tuple[str, ...] = ()
    why: str = ""
    """Why it is but a draft, whatever was asked for."""


@record
class Reason:
    """为什么没有写出: one line, and where to look."""

    text: str
    place: str = ""


class FormRefusedError(Exception):
    """A form that cannot be made; carries every reason."""

    def __init__(self, message: str, reasons: Sequence[Reason]) -> None:
        super().__init__(message)
        self.message = message
        self.reasons = tuple(reasons)
