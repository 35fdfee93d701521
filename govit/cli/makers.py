"""表格由谁做：which module makes which form."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from govit.base.usage import UsageError

if TYPE_CHECKING:
    from govit.forms.templates import Form

MAKERS = {
    "application": "govit.forms.word.forms",
    "proposal": "govit.forms.word.report",
    "selfcheck": "govit.forms.word.forms",
    "handin": "govit.forms.word.forms",
    "progress": "govit.forms.word.forms",
    "change": "govit.forms.word.forms",
    "acceptance": "govit.forms.word.forms",
    "extension": "govit.forms.word.forms",
    "filing": "govit.forms.word.forms",
    "evaluation": "govit.forms.word.forms",
    "plan": "govit.forms.excel.plan",
    "budget": "govit.forms.excel.budget",
    "catalogue": "govit.forms.excel.catalogue",
    "deadlines": "govit.forms.excel.deadlines",
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
