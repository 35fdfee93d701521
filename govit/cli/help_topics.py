"""主题：which there are, and where their text lies: govit/<room>/help/<topic>.<language>.md, beside the code."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from govit.base.language import is_english

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOPICS: Mapping[str, str] = {
    "check": "judging",
    "deadlines": "deadlines",
    "route": "route",
    "change": "change",
    "render": "forms",
    "proposal": "forms",
    "plan": "forms",
    "templates": "forms",
    "import": "importing",
    "explain": "authoring",
    "regulations": "authoring",
    "init": "scaffold",
    "new": "scaffold",
    "answer": "importing",
    "schema": "scaffold",
    "dossier": "dossier",
    "keys": "dossier",
    "bureau": "report",
    "ci": "report",
    "install": "scaffold",
    "pack": "authoring",
    "pack-keys": "authoring",
}
"""Topic → its room, in the order of the list."""
_PACKAGE = Path(__file__).parent.parent


def place(topic: str, language: str) -> Path:
    """The file of a topic in a language."""
    return _PACKAGE / TOPICS[topic] / "help" / f"{topic}.{language}.md"


def read(topic: str) -> str:
    """The text of a topic in the language of the user."""
    return place(topic, "en" if is_english() else "zh").read_text(encoding="utf-8")


def summaries() -> Iterator[tuple[str, str]]:
    """Every topic with what it is about: its first line is `# topic: summary`."""
    for topic in TOPICS:
        heading = read(topic).partition("\n")[0]
        yield topic, heading.partition("：" if "：" in heading else ": ")[2]
