"""措辞：a text that knows what it names, so that a form says it as people read it, and nobody takes it apart again.

Wherever a text is wanted it is one: what a report says. On paper a value has its label without its key and a day is
written in words; in brief, beside its duty, a file is called by its title and what stands there already is left out.
"""

from __future__ import annotations

import datetime as dt
import posixpath
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self

Part: TypeAlias = str | dt.date


class Term(str):
    """一个词：what is said so in a report and otherwise on paper; in brief as on paper unless that is given."""

    __slots__ = ("_brief", "_paper")

    _brief: str
    _paper: str

    def __new__(cls, said: str, paper: str, brief: str | None = None) -> Self:
        """One word or name."""
        made = super().__new__(cls, said)
        made._paper, made._brief = paper, paper if brief is None else brief
        return made

    def __reduce__(self) -> tuple[type[Term], tuple[str, str, str]]:
        """What it is made of, for a copy."""
        return type(self), (str(self), self._paper, self._brief)

    def on_paper(self) -> str:
        """As a form prints it."""
        return self._paper

    def in_brief(self) -> str:
        """As a form prints it beside the duty that it is about."""
        return self._brief


class Wording(str):
    """一句话: made of parts, each in its place `{}`."""

    __slots__ = ("_parts", "_template")

    _parts: tuple[Part, ...]
    _template: str

    def __new__(cls, template: str, *parts: Part) -> Self:
        """What a report says."""
        made = super().__new__(cls, template.format(*parts))
        made._template, made._parts = template, parts
        return made

    def __reduce__(self) -> tuple[type[Wording], tuple[Part, ...]]:
        """What it is made of, for a copy."""
        return type(self), (self._template, *self._parts)

    def on_paper(self) -> str:
        """As a form prints it."""
        return self._template.format(*map(on_paper, self._parts))

    def in_brief(self) -> str:
        """As a form prints it beside the duty that it is about."""
        return self._template.format(*map(in_brief, self._parts))


IS = Term(" = ", "：")
"""Between a value's name and what it is."""


def joined(between: str, parts: Iterable[Part]) -> Wording:
    """Parts in one text, with something between them."""
    given = tuple(parts)
    return Wording(between.join(["{}"] * len(given)), *given)


def beside(text: str, instead: str = "") -> Term:
    """A text that stands on the form already, beside what is said in brief; there only `instead` is said."""
    return Term(text, text, instead)


def file_named(path: str, before: str = "") -> Term:
    """A file by its path, in brief by its title."""
    return Term(f"{before}{path}", f"{before}{path}", f"《{posixpath.splitext(posixpath.basename(path))[0]}》")


def on_paper(part: Part) -> str:
    """A text, or a day, as a form prints it."""
    return part.on_paper() if isinstance(part, (Term, Wording)) else _plain(part)


def in_brief(part: Part) -> str:
    """A text, or a day, as a form prints it beside the duty that it is about."""
    return part.in_brief() if isinstance(part, (Term, Wording)) else _plain(part)


def day_in_words(day: dt.date) -> str:
    """2026年1月5日, without leading zeros."""
    return f"{day.year}年{day.month}月{day.day}日"


def _plain(part: Part) -> str:
    return day_in_words(part) if isinstance(part, dt.date) else part
