"""The lines that differ between two texts."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def changed_lines(old: Sequence[str], new: Sequence[str]) -> list[str]:
    """The lines that went and came, with their signs; `ndiff` also seeks which letters differ, which takes long."""
    rows: list[str] = []
    for tag, start, end, new_start, new_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            rows += [*(f"- {row}" for row in old[start:end]), *(f"+ {row}" for row in new[new_start:new_end])]
    return rows
