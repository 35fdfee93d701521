"""篇章的要点：what a chapter that the law asks for should speak of, and what of it stands nowhere in it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.documents.names import ChapterState, find_chapter
from govit.statements.disagreements import POINTS, Disagreement
from govit.statements.line_sections import HeadingsInOrder
from govit.statements.sections import section_of
from govit.statements.words import has

if TYPE_CHECKING:
    from collections.abc import Sequence

    from govit.documents.content import Content, Heading
    from govit.documents.passages import Passage
    from govit.statements.disagreements import ReadReport

_ASKED, _USUAL = "办法要求做到、这一章应当写到", "办法没有点名、按通行的做法这一章还要写到"
LEAST = 20
"""Characters below a heading from which on a chapter is more than a remark, such as 见附件三."""


def lacking_points(
    report: ReadReport, chapter: Sequence[str], points: Sequence[tuple[Sequence[str], str]], rule: str
) -> list[Disagreement] | None:
    """The points of which neither the chapter nor any heading speaks; None where there is no such chapter with content.

    `chapter` is its name and its other names; the rule is the one that asks for it. A point is its wordings and the rule that asks
    for it, '' where the regulation does not and it is merely usual.
    """
    search = find_chapter(report.content, chapter[0], chapter[1:])
    heading = search.heading
    if search.state is not ChapterState.FOUND or heading is None or heading.length < LEAST:
        return None
    below = _below(heading, report.content, report.passages)
    if not below:
        return None
    text = "".join(one.text for one in below)
    headings = "\n".join(one.text for one in report.content.headings)
    lacking = [(names, asked) for names, asked in points if not has(text, names) and not has(headings, names)]
    return [
        Disagreement(
            POINTS,
            report.path,
            f"{chapter[0]} {names[0]}",
            f"“{heading.text}”里没有写到{names[0]}",
            f"{_ASKED if asked else _USUAL}{names[0]}：已经落实的，把实际的安排写进这一章；还没有落实的，先落实再写；确实不涉及的，写明不涉及和理由",
            below[0],
            section_of(heading),
            asked_by=asked or rule,
            mild=True,
        )
        for names, asked in lacking
    ]


def _below(heading: Heading, content: Content, passages: Sequence[Passage]) -> list[Passage]:
    """The lines of a chapter, from its heading to the next one of its level."""
    follow = HeadingsInOrder(content.headings)
    found: list[Passage] = []
    inside = False
    for one in passages:
        reached = None if one.cell is not None else follow.at(one)
        if reached is not None:
            inside = reached is heading or (inside and reached.level > heading.level)
        if inside:
            found.append(one)
    return found
