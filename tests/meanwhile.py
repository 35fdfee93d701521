"""Somebody else writes a file after a change of it was made, and before it is put in place."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest


def edited_meanwhile(monkeypatch: pytest.MonkeyPatch, *edits: Callable[[], object]) -> None:
    """One edit for each time that the change is about to be put in place."""
    left, make = list(edits), tempfile.mkstemp

    def mkstemp(*given: Any, **named: Any) -> tuple[int, str]:
        made = make(*given, **named)
        if left:
            left.pop(0)()
        return made

    monkeypatch.setattr(tempfile, "mkstemp", mkstemp)
