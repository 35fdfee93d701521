"""语言：Chinese is what the program is written in; English is looked up, for help, headings and titles.

Messages and the law stay Chinese. The command line chooses the language once, before anything is shown.
"""

from __future__ import annotations

from enum import Enum


class Language(str, Enum):
    """The languages of help, headings and titles."""

    zh = "zh"
    en = "en"


_chosen = Language.zh


def speak(language: Language) -> None:
    """Choose the language of everything that is shown from now on."""
    global _chosen  # noqa: PLW0603 - as gettext does: one language for a run
    _chosen = language


def is_english() -> bool:
    """Whether titles are wanted in English."""
    return _chosen is Language.en


def say(text: str) -> str:
    """A heading, label or help text in the chosen language; what has no English stays as it is."""
    if _chosen is Language.zh:
        return text
    from govit.base.english import ENGLISH

    return ENGLISH.get(text, text)
