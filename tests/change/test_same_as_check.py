"""What `govit change` says of a change before it is recorded is what `govit check` says of it once it is, whatever it is."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from dating import pack
from hypothesis import given, settings
from hypothesis import strategies as st

from govit.authoring.examples import base_day, build
from govit.base.records import replace
from govit.calendar.workdays import published
from govit.change.consequences import Sides, consequences
from govit.change.difference import Claims, compare
from govit.dossier.finding import Outcome
from govit.dossier.model import Budget, Index, Neighbour
from govit.judging.engine import OPEN, Options, examine
from govit.judging.figures import contradicted

if TYPE_CHECKING:
    from govit.dossier.model import Change, Project
    from govit.law.regulation import Regulation

PACKS = ("lianyungang-2025", "qidong-2022", "taizhou-draft-2025", "laizhou-2022")
FEN = Decimal("0.01")
SHARES = ("0", "0.05", "0.1", "0.14", "0.15", "0.16", "0.3")
"""Of the total that was approved: below, at and beyond the bounds."""


@cache
def base(name: str, *, with_changes: bool) -> Project:
    """The clean project of a pack, with the change that it has, each record naming it, or without any."""
    patch: dict[str, Any] = {} if with_changes else {"changes": []}
    found, _ = build(pack(name), patch)
    demands = [r.demand for r in pack(name).rules if r.each and r.each.list == "changes"]
    words = {word for demand in demands for word in (demand.act_word, demand.submission) if word}
    of = str(found.changes[0].on) if found.changes else None
    return replace(
        found,
        approvals=tuple(replace(a, of=of) if a.act in words else a for a in found.approvals),
        submissions=tuple(replace(s, of=of) if s.kind in words else s for s in found.submissions),
    )


def moved(project: Project, total: Decimal, line: Decimal) -> Project:
    """The project with another total, which its first line and its first source of money bear, and with money moved."""
    budget = project.budget or Budget()
    first, second, *others = budget.lines
    assert first.amount is not None
    assert second.amount is not None
    assert budget.total is not None
    lines = (replace(first, amount=first.amount + total + line), replace(second, amount=second.amount - line), *others)
    source, *rest = project.funding
    assert source.amount is not None
    return replace(
        project,
        budget=replace(budget, total=budget.total + total, lines=lines, groups=(), years=()),
        funding=(replace(source, amount=source.amount + total), *rest),
    )


@pytest.mark.parametrize("name", PACKS)
@settings(max_examples=40, deadline=None, derandomize=True)
@given(
    share=st.sampled_from(SHARES),
    sign=st.sampled_from((-1, 0, 1)),
    line=st.sampled_from(SHARES),
    fen=st.sampled_from((-1, 0, 1)),
    goal=st.booleans(),
    content=st.booleans(),
    ground=st.integers(0, 3),
    days=st.integers(0, 400),
    earlier=st.booleans(),
)
def test_change_says_what_check_will_say(  # noqa: PLR0913 - what a change can be
    name: str,
    share: str,
    sign: int,
    line: str,
    fen: int,
    *,
    goal: bool,
    content: bool,
    ground: int,
    days: int,
    earlier: bool,
) -> None:
    regulation, then = pack(name), base(name, with_changes=earlier)
    assert then.budget is not None
    assert then.budget.total is not None
    whole = then.budget.total
    now = moved(then, sign * (whole * Decimal(share) + fen * FEN), min(whole * Decimal(line), whole / 4) + fen * FEN)
    day = base_day(regulation)[0] + dt.timedelta(days=days)
    grounds = [*regulation.words.get("grounds", {}), None]
    claims = Claims(goal=goal, content=content, ground=grounds[ground % len(grounds)] or grounds[0])
    options = Options(as_of=day, schedule=published(), assume_in_force=True)
    found = compare(then, now, day, claims)
    index = Index((Neighbour("p", now),))
    follows = consequences(Sides(then=then, now=now, found=found), regulation, index, options)
    assert follows.scenarios == ()
    if found.judged is None or follows.outside:
        return
    recorded = replace(now, changes=(*now.changes, found.judged))
    stage = regulation.stages[
        max(regulation.order(r.stage) for r in regulation.rules if r.each and r.each.list == "changes")
    ]
    judged = examine(
        recorded,
        regulation,
        Index((Neighbour("p", recorded),)),
        replace(options, stage=stage.name),
        contradicted(recorded),
    )
    judgements = [j for j in judged.judgements if not any(j.item is change for change in now.changes)]
    duties = {rule.id: rule.duty for rule in regulation.rules}
    mine = {j.rule.duty for j in judgements if j.rule.each and j.rule.each.list == "changes"}
    check = {(j.rule.duty, _of_what(j.subject), j.verdict.outcome) for j in judgements}
    change = {(duties[f.rule], _of_what(f.subject), f.outcome) for f in follows.always}
    assert change <= check
    if follows.always:
        assert {one for one in check if one[0] in mine and one[2] in OPEN} <= change


def without_amounts(project: Project) -> Project:
    """The project whose approvals tell no amount: what was approved is known from its total alone."""
    return replace(project, approvals=tuple(replace(a, amount=None) for a in project.approvals))


@pytest.mark.parametrize("kept", [True, False], ids=["budget-as-approved", "budget-overwritten"])
@pytest.mark.parametrize("name", PACKS)
@settings(max_examples=10, deadline=None, derandomize=True)
@given(
    share=st.sampled_from(SHARES),
    sign=st.sampled_from((-1, 0, 1)),
    line=st.sampled_from(SHARES),
    goal=st.booleans(),
    content=st.booleans(),
    earlier=st.booleans(),
)
def test_change_and_check_say_the_same_where_no_approval_tells_its_amount(  # noqa: PLR0913 - what a change can be
    name: str, share: str, sign: int, line: str, *, kept: bool, goal: bool, content: bool, earlier: bool
) -> None:
    """Recorded as the hints say, with the budget as approved, a change is judged alike.

    `change` knows the approved total from the approved revision. Where it was overwritten and no approval tells it,
    `check` does not know it any more: it may ask, and must not say the opposite.
    What is open without the change as well (spending against a budget that is not told) is no consequence of it.
    """
    regulation, then = pack(name), without_amounts(base(name, with_changes=earlier))
    assert then.budget is not None
    assert then.budget.total is not None
    whole = then.budget.total
    now = moved(then, sign * whole * Decimal(share), min(whole * Decimal(line), whole / 4))
    day = base_day(regulation)[0]
    grounds = (*regulation.words.get("grounds", {}), None)
    options = Options(as_of=day, schedule=published(), assume_in_force=True)
    found = compare(then, now, day, Claims(goal=goal, content=content, ground=grounds[0]))
    follows = consequences(Sides(then=then, now=now, found=found), regulation, Index((Neighbour("p", now),)), options)
    if found.judged is None or follows.outside:
        return
    recorded = replace(now, changes=(*now.changes, found.judged))
    if kept:
        recorded = replace(recorded, budget=then.budget, funding=then.funding)
    about = [rule for rule in regulation.rules if rule.each and rule.each.list == "changes"]
    last = regulation.stages[max(regulation.order(rule.stage) for rule in about)]
    options = replace(options, stage=last.name)
    without = _said(replace(recorded, changes=()), regulation, options)
    check = _said(recorded, regulation, options, now.changes) - without
    duties = {rule.id: rule.duty for rule in regulation.rules}
    change = {(duties[f.rule], _of_what(f.subject), f.outcome) for f in follows.always}
    mine = {rule.duty for rule in about}
    assert follows.scenarios == ()
    if kept:
        assert change - without <= check
        if follows.always:
            assert {one for one in check if one[0] in mine and one[2] in OPEN} <= change
        return
    asked = {one[0] for one in check if one[2] is Outcome.UNDETERMINED}
    assert not [one for one in change - without - check if one[0] not in asked]


def _said(
    project: Project, regulation: Regulation, options: Options, earlier: tuple[Change, ...] = ()
) -> set[tuple[tuple[int, str], str, Outcome]]:
    """What is said of the project; not what is said of its earlier changes."""
    index = Index((Neighbour("p", project),))
    judged = examine(project, regulation, index, options, contradicted(project))
    mine = (j for j in judged.judgements if not any(j.item is change for change in earlier))
    return {(j.rule.duty, _of_what(j.subject), j.verdict.outcome) for j in mine}


def _of_what(subject: str) -> str:
    return subject.rpartition("/")[2]
