"""章节讲什么：what a section of a report speaks of, by the words of its headings. Pure."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from govit.base.records import record
from govit.documents.names import bare_name
from govit.statements.words import has, words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from govit.documents.content import Heading


@record
class ReportSection:
    """章节：its heading, and what it speaks of."""

    heading: Heading | None
    role: str
    """'' if its headings do not say."""
    elsewhere: bool = False
    """It speaks of the present state, of the grounds or of other projects."""


NOWHERE = ReportSection(None, "")


def sections(headings: Iterable[Heading]) -> list[ReportSection]:
    """The sections of a report in their order, each with its heading and place."""
    return [section_of(heading) for heading in headings]


def section_of(heading: Heading) -> ReportSection:
    """What a heading and those above it say; worked out for what somebody asks about."""
    roles = [role for text in heading.path if (role := role_of(text))]
    known = words().elsewhere
    return ReportSection(heading, roles[-1] if roles else "", any(role in known for role in roles))


@lru_cache(maxsize=4096)
def role_of(text: str) -> str:
    """What the words of a heading speak of, '' if they do not say."""
    name = bare_name(text)
    return next((role for role, listed in words().roles.items() if has(name, listed)), "")
