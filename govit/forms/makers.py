"""表格由谁做：the module that makes a form."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from govit.forms.job import Job, Made
    from govit.forms.templates import Form


class Maker(Protocol):
    """A module of this room that makes forms; it may also say what is wrong with a template, or that a form is there."""

    def make(self, job: Job) -> list[Made]:
        """Make a form."""


def maker_of(form: Form) -> Maker:
    """The module that makes a form, imported when it is asked for."""
    return cast("Maker", import_module(f"govit.forms.{form.maker}"))
