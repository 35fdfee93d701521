"""The hints that Python itself writes lead no clerk to a figure or a day that is not so."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

import pytest
from places import ROOT
from sources import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = ROOT / "govit"
FILES = ("judging/own_sums.py", "judging/figures.py", "judging/waivers.py")
HINTS = ("hint", "_CORRECT", "_ACCOUNTS")
"""Names under which a hint is kept until it is given."""
INVITING = ("使合计等于", "使两处一致", "改正工期", "改为不晚于", "改为不早于")
"""Words that tell to make records agree, whatever is true."""


def hints(file: str) -> Iterator[str]:
    """Every text that is given as a hint in a file of the package."""
    for node in nodes(PACKAGE / file):
        by_name = isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
        given = isinstance(node, ast.keyword) and node.arg == "hint"
        if isinstance(node, (ast.keyword, ast.Assign)) and (given or (by_name and node.targets[0].id in HINTS)):
            parts = (part for part in ast.walk(node.value) if isinstance(part, ast.Constant))
            if text := "".join(str(part.value) for part in parts):
                yield text


@pytest.mark.parametrize("file", FILES)
def test_no_hint_tells_to_make_records_agree(file: str) -> None:
    found = list(hints(file))
    assert found
    assert [hint for hint in found if any(word in hint for word in INVITING)] == []


def test_what_contradicts_itself_is_compared_with_its_papers() -> None:
    about = [hint for file in FILES[:2] for hint in hints(file) if "更正" in hint]
    assert len(about) >= 6
    assert all("对照" in hint for hint in about)
