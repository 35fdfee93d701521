"""表格由谁做：which module makes which form."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from govit.usage import UsageError

if TYPE_CHECKING:
    from govit.render.templates import Form

MAKERS = {
    "application": "govit.render.forms_docx",
    "proposal": "govit.render.report_docx",
    "selfcheck": "govit.render.forms_docx",
    "handin": "govit.render.forms_docx",
    "progress": "govit.render.forms_docx",
    "change": "govit.render.forms_docx",
    "acceptance": "govit.render.forms_docx",
    "extension": "govit.render.forms_docx",
    "filing": "govit.render.forms_docx",
    "evaluation": "govit.render.forms_docx",
    "plan": "govit.render.plan_xlsx",
    "budget": "govit.render.budget_xlsx",
    "catalogue": "govit.render.catalogue_xlsx",
    "deadlines": "govit.render.deadlines",
}
"""Form → the module with its make(job) and, for a form of many projects, WHOLE; imported when asked for."""


def maker_of(form: Form) -> Any:  # noqa: ANN401 - a module with make()
    """The module that makes a form."""
    if form.id not in MAKERS:
        message = f"《{form.label}》还不能生成"
        raise UsageError(message)
    return import_module(MAKERS[form.id])


def is_whole(form: Form) -> bool:
    """Whether a form is one of many projects."""
    return bool(getattr(maker_of(form), "WHOLE", False))
