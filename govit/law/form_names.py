"""表格的标识：the forms that a regulation can ask for, from the one file that says what each is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from govit.yamltext.tree import parse

if TYPE_CHECKING:
    from collections.abc import Mapping


@lru_cache(maxsize=1)
def declared_forms() -> Mapping[str, Mapping[str, str]]:
    """What is declared of every form, by its id. It stands in a file of data: the names are words of regulations too."""
    root, _ = parse((Path(__file__).parent / "forms.yaml").read_text(encoding="utf-8"))
    return {name: {key: value.text for key, value in node.entries.items()} for name, node in root.entries.items()}
