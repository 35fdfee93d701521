"""网页上的变更：what the page shows of a project beside its approved revision, where one was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from govit.base.language import say
from govit.base.records import named_record, record
from govit.change.result import Why
from govit.report.change import called, heading_texts, money_table, named_base, paper_text
from govit.report.follows import amounts, follow, records
from govit.report.text import Paint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from govit.change.result import Compared, Comparison
    from govit.change.words import WordChange


@record
class PointShown:
    """One field or document, and what became of it."""

    name: str
    rows: tuple[tuple[str, str], ...]


@named_record
class ChangeShown:
    """One project. `message` says why it was not compared, or that nothing changed."""

    base: str
    message: str
    aside: bool
    """Whether it should have been compared and was not."""
    notes: tuple[str, ...]
    money: tuple[tuple[str, ...], ...]
    """Rows below their heads."""
    words: tuple[PointShown, ...]
    papers: tuple[PointShown, ...]
    following: str
    """Bounds and consequences, as `govit change` prints them."""


def shown(project: Compared) -> ChangeShown:
    """The change of one project."""
    made, base = project.comparison, project.base
    if made is None or base is None:
        aside = project.why not in (Why.NEW, Why.CLASSIFIED)
        return _shown("", project.message, aside=aside)
    if made.same:
        return _shown(named_base(base), say("与批复版本相比没有变化"), notes=made.notes)
    return ChangeShown(
        base=named_base(base),
        message="",
        aside=False,
        notes=made.notes,
        money=tuple(money_table(made)),
        words=tuple(PointShown(called(change), tuple(_rows(change))) for change in made.difference.words),
        papers=tuple(
            PointShown(paper_text(paper), tuple(("", text) for text in heading_texts(paper))) for paper in made.papers
        ),
        following="\n".join(_following(project, made)),
    )


def _shown(base: str, message: str, *, aside: bool = False, notes: tuple[str, ...] = ()) -> ChangeShown:
    return ChangeShown(
        base=base, message=message, aside=aside, notes=notes, money=(), words=(), papers=(), following=""
    )


def _rows(change: WordChange) -> Iterator[tuple[str, str]]:
    if change.added or change.removed:
        said = ((say("增加"), change.added), (say("去掉"), change.removed))
        yield from ((word, "；".join(entries)) for word, entries in said if entries)
    else:
        yield say("原"), change.before
        yield say("现"), change.after


def _following(project: Compared, made: Comparison) -> Iterator[str]:
    if made.consequences is not None:
        yield from amounts(made, made.consequences)
        yield from records(made)
        yield from follow(made, made.consequences, project.regulation, Paint(colour=False))
